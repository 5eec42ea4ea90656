//! The values of lead fields that a rulebook asks for, and which of them a text is.

use crate::diagnostic::Span;
use crate::rulebook::expr::{Atom, FieldRef, Term, Test, Worth};
use crate::rulebook::{Rulebook, Side, TextOp, TextTest};
use crate::score::TextsLook;
use crate::value::{Instant, fold};
use foldhash::HashMap;

/// Beyond so many values of one test that looks into texts, its values are not asked for one by one.
const MOST_LOOKED_FOR: usize = 500;

/// One test of a lead's text.
#[derive(Debug, Clone)]
pub(crate) struct TextQuestion<'r> {
    /// The field.
    pub field: FieldRef,
    /// How its text is compared.
    pub op: TextOp,
    /// With what.
    pub values: Vec<&'r str>,
    /// Where it stands.
    pub span: Span,
    /// Where each of the values stands; empty where they come from a list file.
    pub places: Vec<Span>,
}

impl TextQuestion<'_> {
    /// Where a value stands: in the test, or in the list that it names; not in the rulebook if that list is a file.
    pub(in crate::check) fn place_of(&self, value: &str) -> Option<Span> {
        let at = self.values.iter().position(|known| *known == value)?;
        self.places.get(at).copied()
    }
}

/// The tests of lead texts in a rulebook, in a fixed order.
#[must_use]
pub(crate) fn asked(rulebook: &Rulebook) -> Vec<TextQuestion<'_>> {
    let mut found: Vec<TextQuestion<'_>> = Vec::new();
    for condition in rulebook.conditions().into_iter().filter(|condition| condition.role.side() == Side::Lead) {
        for at in condition.expr.leaves() {
            let Atom::Test { term: Term::Field(field), test: Test::Text(test) } = at.leaf else { continue };
            if test.op == TextOp::Is || test.values.len() <= MOST_LOOKED_FOR {
                let values = test.values.iter().map(String::as_str).collect();
                let places = test.places.clone();
                found.push(TextQuestion { field: *field, op: test.op, values, span: at.place.span, places });
            }
        }
    }
    for criterion in &rulebook.criteria {
        let Worth::Lookup { field, entries, .. } = &criterion.worth else { continue };
        if entries.iter().all(|entry| matches!(entry.test, Test::Text(_))) {
            let values = entries.iter().map(|entry| entry.key.as_str()).collect();
            let span = entries.iter().map(|entry| entry.place.span).reduce(Span::joined).unwrap_or_default();
            let places = entries.iter().map(|entry| entry.key_place.span).collect();
            found.push(TextQuestion { field: *field, op: TextOp::Is, values, span, places });
        }
    }
    found
}

/// The same, made ready to be answered.
pub(super) struct TextQuestions<'r> {
    pub asked: Vec<TextQuestion<'r>>,
    ready: Vec<ReadyQuestion>,
    /// What is asked of derived fields.
    pub texts: Option<TextsLook<'r>>,
}

enum ReadyQuestion {
    Equal(HashMap<String, Vec<usize>>),
    Each(Vec<TextTest>),
}

impl<'r> TextQuestions<'r> {
    pub(super) fn new(rulebook: &'r Rulebook, as_of: Instant) -> Self {
        let asked = asked(rulebook);
        let ready = asked.iter().map(|asked| match asked.op {
            TextOp::Is => {
                let mut by_text: HashMap<String, Vec<usize>> = HashMap::default();
                for (index, value) in asked.values.iter().enumerate() {
                    by_text.entry(fold(value).into_owned()).or_default().push(index);
                }
                ReadyQuestion::Equal(by_text)
            }
            op => {
                let one = |value: &&str| TextTest::new(op, vec![(*value).to_owned()]).ok();
                ReadyQuestion::Each(asked.values.iter().filter_map(one).collect())
            }
        });
        let ready = ready.collect();
        Self { asked, ready, texts: TextsLook::new(rulebook, None, as_of) }
    }

    /// Counts the values of a question that are true of a text.
    pub(super) fn answer(&self, question: usize, text: &str, folded: &str, n_matches: &mut [u64]) {
        match &self.ready[question] {
            ReadyQuestion::Equal(by_text) => {
                for index in by_text.get(folded).into_iter().flatten() {
                    n_matches[*index] += 1;
                }
            }
            ReadyQuestion::Each(tests) => {
                for (test, n) in tests.iter().zip(n_matches) {
                    *n += u64::from(test.holds(text, folded));
                }
            }
        }
    }
}
