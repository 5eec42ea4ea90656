//! The conditions without parts that read one field, numbered: those of a field stand side by side in a word, so that reading its
//! cell once says what all of them are.
//!
//! What a condition means is [`super::eval`]'s; here its answers are kept: by the number of a number or date, of which a rulebook
//! tells few spans apart.

use super::cells::{FoldedText, fold_text, fold_value};
use super::eval::{Facts, evaluate_atom};
use super::words::{LeafBit, TruthWord};
use crate::rulebook::expr::{Atom, Expr, FieldRef, Term, Test};
use crate::value::{Instant, Number, Part, Type, Value};
use foldhash::HashMap;
use std::cell::OnceCell;

/// How many conditions stand in a word.
const WORD: usize = 64;

/// The leaves of some conditions.
#[derive(Debug, Default)]
pub(crate) struct Leaves<'r> {
    /// How many words a row has.
    pub n_words: usize,
    /// The fields that are read, by word.
    pub groups: Vec<LeafGroup<'r>>,
    /// For each field, where it stands whether it has a value.
    has_value: Vec<Option<LeafBit>>,
    /// The bit of each leaf, by where in memory it is: the conditions stay where they are as long as this borrows them.
    by_place: HashMap<usize, LeafBit>,
    /// How many places of the last word are taken.
    n_used: usize,
}

/// Leaves of one field, in one word.
#[derive(Debug)]
pub(crate) struct LeafGroup<'r> {
    /// The field.
    pub field: usize,
    /// The word.
    pub word: usize,
    /// The first of its places: whether the field has a value.
    first: u32,
    atoms: Vec<&'r Atom>,
    /// What the leaves are, by a number or date; none where the field holds texts.
    steps: Option<Steps>,
}

/// Spans of integers in which all leaves stay as they are.
#[derive(Debug)]
struct Steps {
    /// Where the spans begin, the first aside.
    breaks: Vec<i64>,
    words: Vec<TruthWord>,
}

impl Steps {
    #[inline]
    fn word(&self, value: i64) -> TruthWord {
        // There are few, and a loop over all of them needs no guess.
        let span = self.breaks.iter().map(|start| usize::from(*start <= value)).sum::<usize>();
        self.words[span]
    }
}

impl<'r> Leaves<'r> {
    /// The leaves of conditions over fields of these types; every field of `read` is looked at, whatever is asked of it.
    pub(super) fn new(
        conditions: impl Iterator<Item = &'r Expr>,
        types: &[Type],
        read: impl Iterator<Item = usize>,
        as_of: Instant,
    ) -> Self {
        let mut by_field: Vec<Option<Vec<&'r Atom>>> = vec![None; types.len()];
        for field in read {
            by_field[field].get_or_insert_default();
        }
        let mut places: Vec<(&'r Atom, usize)> = Vec::new();
        for leaf in conditions.flat_map(Expr::leaves) {
            let Some(field) = only_field(leaf.leaf) else { continue };
            let atoms = by_field[field.field].get_or_insert_default();
            let known = atoms.iter().position(|atom| *atom == leaf.leaf);
            places.push((leaf.leaf, known.unwrap_or(atoms.len())));
            if known.is_none() {
                atoms.push(leaf.leaf);
            }
        }
        let mut leaves = Self { has_value: vec![None; types.len()], n_used: WORD, ..Self::default() };
        let mut starts: Vec<Vec<LeafBit>> = vec![Vec::new(); types.len()];
        for (field, atoms) in by_field.into_iter().enumerate() {
            let Some(atoms) = atoms else { continue };
            // Each group begins with whether there is a value; a field with very many conditions has several.
            let mut parts: Vec<&[&'r Atom]> = atoms.chunks(WORD - 1).collect();
            if parts.is_empty() {
                parts.push(&[]);
            }
            for part in parts {
                let first = leaves.room(part.len() + 1);
                starts[field].push(first);
                leaves.has_value[field].get_or_insert(first);
                leaves.groups.push(LeafGroup::new(field, first, part.to_vec(), types[field], as_of));
            }
        }
        for (atom, at) in places {
            let Some(field) = only_field(atom) else { continue };
            let first = starts[field.field][at / (WORD - 1)];
            let bit = LeafBit { place: first.place + 1 + place(at % (WORD - 1)), ..first };
            leaves.by_place.insert(std::ptr::from_ref(atom).addr(), bit);
        }
        leaves
    }

    /// So many places side by side; the first of them.
    fn room(&mut self, n: usize) -> LeafBit {
        if self.n_used + n > WORD {
            self.n_words += 1;
            self.n_used = 0;
        }
        let first = LeafBit { word: self.n_words - 1, place: place(self.n_used) };
        self.n_used += n;
        first
    }

    /// Gives a leaf that reads something else a place of its own.
    pub(super) fn add(&mut self, atom: &'r Atom) -> LeafBit {
        let bit = self.room(1);
        self.by_place.insert(std::ptr::from_ref(atom).addr(), bit);
        bit
    }

    /// The bit of a leaf, if it is one of these.
    pub(super) fn bit(&self, atom: &Atom) -> Option<LeafBit> {
        self.by_place.get(&std::ptr::from_ref(atom).addr()).copied()
    }

    /// Where it stands whether a field has a value, if it is looked at.
    #[inline]
    pub(super) fn has_value(&self, field: usize) -> Option<LeafBit> {
        self.has_value[field]
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a word has sixty-four places")
}

/// The field that a leaf reads, if it reads nothing else.
fn only_field(atom: &Atom) -> Option<FieldRef> {
    match atom {
        Atom::Present(field) | Atom::Test { term: Term::Field(field), .. } => Some(*field),
        Atom::Test { .. } | Atom::Compare { .. } | Atom::Stage(_) | Atom::Grade(_) => None,
    }
}

impl<'r> LeafGroup<'r> {
    fn new(field: usize, first: LeafBit, atoms: Vec<&'r Atom>, kind: Type, as_of: Instant) -> Self {
        let mut group = Self { field, word: first.word, first: first.place, atoms, steps: None };
        let value: Option<fn(i64) -> Value<'static>> = match kind {
            Type::Number => Some(|micros| Value::Number(Number::from_micros(micros))),
            Type::Date => Some(|ms| Value::Instant(Instant::from_ms(ms))),
            Type::Text | Type::Boolean | Type::Email | Type::Url | Type::Phone | Type::Range => None,
        };
        group.steps = value.map(|value| {
            let mut breaks: Vec<i64> = group.atoms.iter().flat_map(|atom| breaks(atom, as_of)).collect();
            breaks.sort_unstable();
            breaks.dedup();
            let starts = std::iter::once(i64::MIN).chain(breaks.iter().copied());
            let words = starts.map(|start| group.word_of(&value(start), as_of)).collect();
            Steps { breaks, words }
        });
        group
    }

    /// What the leaves are for a value.
    pub(crate) fn word_of(&self, value: &Value<'_>, as_of: Instant) -> TruthWord {
        let mut word = TruthWord::default();
        word.put(self.first, (!value.is_missing()).into());
        let facts = OneValue::new(value, as_of);
        for (at, atom) in self.atoms.iter().enumerate() {
            word.put(self.first + 1 + place(at), evaluate_atom(atom, &facts));
        }
        word
    }

    /// What the leaves are for a number in millionths, or a date in milliseconds, if the field holds such.
    #[inline]
    pub(super) fn word_at(&self, value: i64) -> Option<TruthWord> {
        self.steps.as_ref().map(|steps| steps.word(value))
    }
}

/// Where, among integers, a leaf can change.
fn breaks(atom: &Atom, as_of: Instant) -> Vec<i64> {
    let around = |number: &Number| [number.micros(), number.micros().saturating_add(1)];
    match atom {
        Atom::Test { test, .. } => match test {
            Test::Numbers(numbers) => numbers.iter().flat_map(around).collect(),
            Test::Number(_, number) => around(number).to_vec(),
            Test::Dates(spans) => spans.iter().flat_map(|span| [span.start.ms(), span.end.ms()]).collect(),
            Test::Date(_, span) => vec![span.start.ms(), span.end.ms()],
            Test::Within(ms) | Test::OlderThan(ms) => {
                vec![as_of.minus_ms(*ms).plus_ms(1).ms(), as_of.plus_ms(1).ms()]
            }
            Test::Text(_) | Test::Booleans(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// One value as facts: whatever field is asked for, it is this one's.
pub(super) struct OneValue<'v> {
    value: &'v Value<'v>,
    as_of: Instant,
    /// The whole text, folded.
    whole: OnceCell<FoldedText>,
    /// The part that was asked for first, with its text and that folded: most rulebooks ask for one part of a field.
    part: OnceCell<(Part, Option<&'v str>, FoldedText)>,
}

impl<'v> OneValue<'v> {
    pub(super) fn new(value: &'v Value<'v>, as_of: Instant) -> Self {
        Self { value, as_of, whole: OnceCell::new(), part: OnceCell::new() }
    }
}

impl Facts for OneValue<'_> {
    fn as_of(&self) -> Instant {
        self.as_of
    }

    fn value(&self, _: FieldRef) -> &Value<'_> {
        self.value
    }

    fn is_present(&self, field: FieldRef) -> bool {
        super::cells::is_present(self.value, field.part)
    }

    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool> {
        let (Value::Text(whole), part) = (self.value, field.part) else {
            if field.part != Part::Whole {
                return super::cells::any_text(self.value, field.part, &fold_value(self.value, field.part), holds);
            }
            let folded = self.whole.get_or_init(|| fold_value(self.value, Part::Whole));
            return super::cells::any_text(self.value, Part::Whole, folded, holds);
        };
        if part == Part::Whole {
            let folded = self.whole.get_or_init(|| fold_text(part.extract(whole)));
            return folded.holds(part.extract(whole), holds);
        }
        let fresh = || {
            let text = part.extract(whole);
            (part, text, fold_text(text))
        };
        match self.part.get_or_init(fresh) {
            (known, text, folded) if *known == part => folded.holds(*text, holds),
            _ => {
                let (_, text, folded) = fresh();
                folded.holds(text, holds)
            }
        }
    }
}
