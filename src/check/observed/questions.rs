//! The values of lead fields that a rulebook asks for, and which of them a text is.

use super::super::conditions::{Leaf, lead_conditions, leaves};
use crate::diagnostic::Span;
use crate::rulebook::expr::{FieldRef, Term, Test, Worth};
use crate::rulebook::{Rulebook, TextOp, TextTest};
use crate::value::fold;
use foldhash::HashMap;

/// Beyond so many values of one test that looks into texts, its values are not asked for one by one.
const MOST_LOOKED_FOR: usize = 500;

/// One test of a lead's text.
#[derive(Debug, Clone)]
pub struct Asked<'r> {
    /// The field.
    pub field: FieldRef,
    /// How its text is compared.
    pub op: TextOp,
    /// With what.
    pub values: Vec<&'r str>,
    /// Where it stands.
    pub span: Span,
}

/// The tests of lead texts in a rulebook, in a fixed order.
#[must_use]
pub fn asked(rulebook: &Rulebook) -> Vec<Asked<'_>> {
    let mut found: Vec<Asked<'_>> = Vec::new();
    for expr in lead_conditions(rulebook) {
        for (leaf, _) in leaves(expr) {
            let Leaf::Test(Term::Field(field), Test::Text(test), span) = leaf else { continue };
            if test.op == TextOp::Is || test.values.len() <= MOST_LOOKED_FOR {
                let values = test.values.iter().map(String::as_str).collect();
                found.push(Asked { field, op: test.op, values, span });
            }
        }
    }
    for criterion in &rulebook.criteria {
        let Worth::Lookup { field, entries, .. } = &criterion.worth else { continue };
        if entries.iter().all(|entry| matches!(entry.test, Test::Text(_))) {
            let values = entries.iter().map(|entry| entry.key.as_str()).collect();
            let span = entries.iter().map(|entry| entry.place.0);
            let span = span.reduce(|all, next| Span::new(all.start.min(next.start), all.end.max(next.end)));
            found.push(Asked { field: *field, op: TextOp::Is, values, span: span.unwrap_or_default() });
        }
    }
    found
}

/// The same, made ready to be answered.
pub(super) struct Questions<'r> {
    pub asked: Vec<Asked<'r>>,
    ready: Vec<Ready>,
}

enum Ready {
    Equal(HashMap<String, Vec<usize>>),
    Each(Vec<TextTest>),
}

impl<'r> Questions<'r> {
    pub(super) fn new(rulebook: &'r Rulebook) -> Self {
        let asked = asked(rulebook);
        let ready = asked.iter().map(|asked| match asked.op {
            TextOp::Is => {
                let mut by_text: HashMap<String, Vec<usize>> = HashMap::default();
                for (index, value) in asked.values.iter().enumerate() {
                    by_text.entry(fold(value).into_owned()).or_default().push(index);
                }
                Ready::Equal(by_text)
            }
            op => {
                let one = |value: &&str| TextTest::new(op, vec![(*value).to_owned()]).ok();
                Ready::Each(asked.values.iter().filter_map(one).collect())
            }
        });
        let ready = ready.collect();
        Self { asked, ready }
    }

    /// Counts the values of a question that are true of a text.
    pub(super) fn answer(&self, question: usize, text: &str, folded: &str, n_matches: &mut [u64]) {
        match &self.ready[question] {
            Ready::Equal(by_text) => {
                for index in by_text.get(folded).into_iter().flatten() {
                    n_matches[*index] += 1;
                }
            }
            Ready::Each(tests) => {
                for (test, n) in tests.iter().zip(n_matches) {
                    *n += u64::from(test.holds(text, folded));
                }
            }
        }
    }
}
