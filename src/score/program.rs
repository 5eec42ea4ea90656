//! A rulebook's criteria, lowered to bits: what is true of a lead's fields stands in words, and the points follow from them.
//!
//! Most criteria give points where one condition is true and nothing elsewhere: of those only the ones are looked at whose bit is
//! set. The others are asked one by one, in the order of the rulebook.

use super::card::capped;
use super::column::{ColumnReader, Note, Noted, NotedValue, judge};
use super::eval::{Facts, evaluate, quantity_against};
use super::facts::LeadFacts;
use super::layout::Layout;
use super::leaves::Leaves;
use super::measure::{SumForm, TallyShape};
use super::plan::Plan;
use super::tallies::{LeadTallies, Tallies};
use super::truth::Truth;
use super::words::{Folded, LeafBit, TruthWord};
use crate::points::Points;
use crate::rulebook::expr::{Atom, Expr, Term, Test, Worth};
use crate::rulebook::{ConditionRole, Criterion, Rulebook, Side};
use crate::value::{CellReader, Instant, Type, Value};

/// The criteria of a rulebook over words of truths.
#[derive(Debug)]
pub(crate) struct Program<'r> {
    leaves: Leaves<'r>,
    /// For each group of leaves what is noted of its field's value.
    noted: Vec<Vec<Noted<'r>>>,
    /// For each field the place of its date among the notes, if it holds dates.
    dates: Vec<Option<usize>>,
    n_notes: usize,
    /// Leaves over a measure, by measure.
    measured: Vec<Measured<'r>>,
    /// For each word, the bits of which a criterion gives points where they are true.
    giving: Vec<u64>,
    /// For each bit of those what is given, all by bit.
    given: Vec<Vec<(u32, Points)>>,
    /// Criteria whose points are a narrow sum of the board, up to a cap.
    summed: Vec<Summed>,
    /// The other criteria, in order.
    asked: Vec<Asked<'r>>,
    as_of: Instant,
}

/// Leaves that hold one measure against constants.
#[derive(Debug)]
struct Measured<'r> {
    tally: usize,
    tests: Vec<(LeafBit, &'r Test)>,
}

/// A criterion whose points are a narrow sum.
#[derive(Debug)]
struct Summed {
    criterion: u32,
    slot: usize,
    /// The cap, in millionths.
    cap: i64,
}

/// A criterion that is asked.
#[derive(Debug)]
struct Asked<'r> {
    criterion: u32,
    only_if: Option<Question<'r>>,
    worth: AskedWorth<'r>,
}

#[derive(Debug)]
enum AskedWorth<'r> {
    Choose {
        arms: Vec<(Question<'r>, Points)>,
        otherwise: Points,
        unknown: Points,
    },
    /// What is found stands at a place of the row.
    Lookup {
        place: usize,
        worth: &'r Worth,
    },
    Occurrences {
        tally: usize,
        cap: Option<Points>,
    },
}

/// A condition: over the words if they have all its leaves, else over the lead.
#[derive(Debug)]
enum Question<'r> {
    Words(Folded),
    Lead(&'r Expr),
}

impl Question<'_> {
    #[inline]
    fn truth(&self, facts: &LeadFacts<'_, '_>) -> Truth {
        match self {
            Self::Words(folded) => folded.truth(&facts.judged.words),
            Self::Lead(expr) => evaluate(expr, facts),
        }
    }
}

/// What is known of a lead once its cells are read: the same room serves one lead after another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged {
    pub words: Vec<TruthWord>,
    pub notes: Vec<Note>,
}

impl<'r> Program<'r> {
    /// The program of a rulebook.
    pub(super) fn new(rulebook: &'r Rulebook, as_of: Instant, layout: &Layout) -> Self {
        let conditions = rulebook.conditions();
        let conditions = conditions.iter().filter(|condition| condition.role.side() == Side::Lead);
        let types: Vec<_> = rulebook.fields.iter().map(|field| field.kind).collect();
        let read = rulebook.lead_slots.iter().map(|(field, _)| *field);
        let leaves = Leaves::new(conditions.map(|condition| condition.expr), &types, read, as_of);
        let mut program = Self {
            noted: vec![Vec::new(); leaves.groups.len()],
            dates: vec![None; rulebook.fields.len()],
            n_notes: 0,
            measured: Vec::new(),
            giving: Vec::new(),
            given: Vec::new(),
            summed: Vec::new(),
            asked: Vec::new(),
            leaves,
            as_of,
        };
        program.note_dates(&types);
        program.add_measured(rulebook);
        let n_words = program.leaves.n_words;
        program.giving = vec![0; n_words];
        program.given = vec![Vec::new(); n_words * 64];
        for (index, criterion) in (0..).zip(&rulebook.criteria).filter(|(_, criterion)| criterion.enabled) {
            program.add(index, criterion, layout);
        }
        program
    }

    /// Notes the dates of all fields that hold some.
    fn note_dates(&mut self, types: &[Type]) {
        for (noted, group) in self.noted.iter_mut().zip(&self.leaves.groups) {
            if types[group.field] == Type::Date && self.dates[group.field].is_none() {
                self.dates[group.field] = Some(self.n_notes);
                noted.push(Noted { place: self.n_notes, what: NotedValue::Date });
                self.n_notes += 1;
            }
        }
    }

    /// Gives the leaves of criteria that hold a measure against constants a place in the words.
    fn add_measured(&mut self, rulebook: &'r Rulebook) {
        let is_criterion = |role: &ConditionRole| role.criterion().is_some_and(|at| rulebook.criteria[at].enabled);
        let conditions = rulebook.conditions();
        for condition in conditions.iter().filter(|condition| is_criterion(&condition.role)) {
            for leaf in condition.expr.leaves() {
                let Atom::Test { term: Term::Tally(tally), test } = leaf.leaf else { continue };
                let known = self.measured.iter().position(|measured| measured.tally == *tally);
                let at = known.unwrap_or_else(|| {
                    self.measured.push(Measured { tally: *tally, tests: Vec::new() });
                    self.measured.len() - 1
                });
                let bit = self.leaves.add(leaf.leaf);
                self.measured[at].tests.push((bit, test));
            }
        }
    }

    fn add(&mut self, index: u32, criterion: &'r Criterion, layout: &Layout) {
        let only_if = criterion.only_if.as_ref().map(|gate| self.question(gate));
        let worth = match &criterion.worth {
            Worth::Choose { arms, otherwise, unknown } => {
                let arms: Vec<_> = arms.iter().map(|arm| (self.question(&arm.when), arm.points)).collect();
                if let ([(Question::Words(Folded::Leaf(bit)), points)], None) = (&arms[..], &only_if)
                    && otherwise.is_zero()
                    && unknown.is_zero()
                {
                    self.giving[bit.word] |= 1 << bit.place;
                    self.given[bit.word * 64 + bit.place as usize].push((index, *points));
                    return;
                }
                AskedWorth::Choose { arms, otherwise: *otherwise, unknown: *unknown }
            }
            worth @ Worth::Lookup { field, .. } => {
                let place = self.n_notes;
                self.n_notes += 1;
                let group = self.leaves.groups.iter().position(|group| group.field == field.field);
                if let Some(group) = group {
                    self.noted[group].push(Noted { place, what: NotedValue::Entry(worth) });
                }
                AskedWorth::Lookup { place, worth }
            }
            Worth::Occurrences { tally, cap } => {
                let cap_micros = cap.and_then(|cap| i64::try_from(cap.micros()).ok());
                if let (TallyShape::Sum { slot, form: SumForm::Narrow }, Some(cap), None) =
                    (layout.shapes[*tally], cap_micros, &only_if)
                {
                    self.summed.push(Summed { criterion: index, slot, cap });
                    return;
                }
                AskedWorth::Occurrences { tally: *tally, cap: *cap }
            }
        };
        self.asked.push(Asked { criterion: index, only_if, worth });
    }

    fn question(&self, expr: &'r Expr) -> Question<'r> {
        Folded::of(expr, &|atom| self.leaves.bit(atom)).map_or(Question::Lead(expr), Question::Words)
    }

    /// How many words and findings a row has.
    pub(crate) fn widths(&self) -> (usize, usize) {
        (self.leaves.n_words, self.n_notes)
    }

    /// What each part of the words comes from: the fields, in the order of [`Self::reader`].
    pub(crate) fn fields(&self) -> impl ExactSizeIterator<Item = usize> {
        self.leaves.groups.iter().map(|group| group.field)
    }

    /// Reads the cells of a part's column.
    pub(crate) fn reader<'p>(&'p self, part: usize, reader: &'p CellReader) -> ColumnReader<'p> {
        ColumnReader::new(&self.leaves.groups[part], &self.noted[part], reader, self.as_of)
    }

    /// Adds what a value of a part makes true to the words of its row.
    pub(crate) fn judge(&self, part: usize, value: &Value<'_>, words: &mut [TruthWord], notes: &mut [Note]) {
        let group = &self.leaves.groups[part];
        words[group.word].join(judge(group, &self.noted[part], value, self.as_of, notes));
    }

    /// The truth of a leaf of a lead whose words are filled, if it stands there.
    pub(super) fn truth(&self, atom: &Atom, judged: &Judged) -> Option<Truth> {
        // Scores, stages and grades are not what cells say.
        let may_be_known = matches!(atom, Atom::Present(_) | Atom::Test { term: Term::Field(_) | Term::Tally(_), .. });
        if !may_be_known || judged.words.is_empty() {
            return None;
        }
        self.leaves.bit(atom).map(|bit| bit.truth(&judged.words))
    }

    /// The note of a date field of a lead whose notes are filled, if that stands there.
    #[inline]
    pub(super) fn date_note(&self, field: usize, judged: &Judged) -> Option<Note> {
        judged.notes.get(self.dates[field]?).copied()
    }

    /// Whether a lead whose words are filled has a value in a field, if that stands there.
    #[inline]
    pub(super) fn has_value(&self, field: usize, judged: &Judged) -> Option<bool> {
        let bit = self.leaves.has_value(field)?;
        let word = judged.words.get(bit.word)?;
        Some(word.truths >> bit.place & 1 == 1)
    }

    /// Fills in the points of all criteria of a lead whose cells are judged.
    pub(super) fn points(&self, facts: &mut LeadFacts<'_, '_>) {
        let mut criteria = std::mem::take(&mut facts.card.criteria);
        criteria.clear();
        criteria.resize(facts.rulebook.criteria.len(), Points::default());
        for measured in &self.measured {
            let quantity = facts.tally(measured.tally);
            for (bit, test) in &measured.tests {
                let truth = quantity_against(quantity, test, self.as_of);
                facts.judged.words[bit.word].put(bit.place, truth);
            }
        }
        for (word, giving) in self.giving.iter().enumerate() {
            let mut set = facts.judged.words[word].truths & giving;
            while set != 0 {
                for (criterion, points) in &self.given[word * 64 + set.trailing_zeros() as usize] {
                    criteria[*criterion as usize] = *points;
                }
                set &= set - 1;
            }
        }
        let kept = facts.tallies.of(facts.index);
        for Summed { criterion, slot, cap } in &self.summed {
            let sum = i64::from(kept.narrow(*slot));
            criteria[*criterion as usize] = Points::from_few_micros(sum.clamp(-cap, *cap));
        }
        for asked in &self.asked {
            if asked.only_if.as_ref().is_none_or(|gate| gate.truth(facts) == Truth::True) {
                criteria[asked.criterion as usize] = asked.worth.points(facts, kept);
            }
        }
        facts.card.criteria = criteria;
    }
}

impl AskedWorth<'_> {
    #[inline]
    fn points(&self, facts: &LeadFacts<'_, '_>, kept: LeadTallies<'_>) -> Points {
        match self {
            Self::Occurrences { tally, cap } => capped(Tallies::points_micros(facts.plan, *tally, kept), *cap),
            Self::Choose { arms, otherwise, unknown } => {
                let mut fallback = *otherwise;
                for (when, points) in arms {
                    match when.truth(facts) {
                        Truth::True => return *points,
                        Truth::Unknown => fallback = *unknown,
                        Truth::False => {}
                    }
                }
                fallback
            }
            Self::Lookup { place, worth } => {
                let Worth::Lookup { entries, otherwise, unknown, .. } = worth else { return Points::default() };
                match facts.judged.notes[*place] {
                    0 => *otherwise,
                    1 => *unknown,
                    entry => usize::try_from(entry - 2).map_or(*otherwise, |entry| entries[entry].points),
                }
            }
        }
    }
}

impl Plan<'_> {
    /// Judges the cells of the lead that the facts have turned to, one by one.
    pub(super) fn judge_lead(&self, facts: &mut LeadFacts<'_, '_>) {
        let program = &self.program;
        let (n_words, n_notes) = program.widths();
        let mut judged = std::mem::take(&mut facts.judged);
        judged.words.clear();
        judged.words.resize(n_words, TruthWord::default());
        judged.notes.clear();
        judged.notes.resize(n_notes, 0);
        for (part, field) in program.fields().enumerate() {
            program.judge(part, facts.lead.value(field), &mut judged.words, &mut judged.notes);
        }
        facts.judged = judged;
    }
}

#[cfg(test)]
mod tests;
