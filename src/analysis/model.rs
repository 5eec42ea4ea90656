//! The criteria of a rulebook, made ready: every condition over numbered questions, the questions by what they are about.

use super::cells::{Question, Truths, cells};
use super::occurrences;
use super::outcomes::PossibleTruths;
use super::range::PointRange;
use crate::points::Points;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Term, Worth};
use crate::rulebook::logic::Logic;
use crate::rulebook::{Criterion, Place, Rulebook};
use crate::score::Truth;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The criteria of a rulebook, made ready for [`super::Bounds`].
#[derive(Debug)]
pub(super) struct Model<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) subjects: Vec<Topic<'r>>,
    pub(super) shapes: Vec<CriterionShape>,
    /// For each criterion the subjects that it asks about, in order.
    pub(super) asks: Vec<Vec<usize>>,
    /// Sums that were found already, by their criteria: many questions differ in one criterion.
    pub(super) known: RefCell<BTreeMap<Vec<usize>, Option<PointRange>>>,
}

/// What questions are about.
#[derive(Clone, Copy, Debug, PartialEq)]
enum About<'r> {
    /// A field, or a part of one: its slot.
    Field(usize),
    /// A measure.
    Tally(usize),
    /// Something that is asked by itself.
    Alone(&'r Atom),
}

/// A field or a measure with all questions about it and the cases that it can be in.
#[derive(Debug)]
pub(super) struct Topic<'r> {
    about: About<'r>,
    term: Option<Term>,
    atoms: Vec<Question<'r>>,
    /// The cases; none where they can't be listed.
    pub(super) cells: Option<Vec<Truths>>,
}

/// A condition over numbered questions.
pub(super) type Node = Logic<Numbered>;

/// A question: its subject, and its number there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numbered {
    pub subject: usize,
    pub number: usize,
}

/// How a criterion comes to its points.
#[derive(Debug)]
pub(super) struct CriterionShape {
    /// Where this is not true, there are none.
    pub(super) gate: Option<Node>,
    pub(super) gives: Gives,
}

/// What a criterion gives.
#[derive(Debug)]
pub(super) enum Gives {
    /// The points of the first arm that is true.
    Choice { arms: Vec<(Node, Points)>, otherwise: Points, unknown: Points },
    /// Some points of these.
    Some(PointRange),
}

impl<'r> Model<'r> {
    /// Of a rulebook.
    pub(super) fn of(rulebook: &'r Rulebook) -> Self {
        let (subjects, shapes, asks, known) = (Vec::new(), Vec::new(), Vec::new(), RefCell::default());
        let mut model = Self { rulebook, subjects, shapes, asks, known };
        let shapes: Vec<CriterionShape> = rulebook.criteria.iter().map(|criterion| model.shape(criterion)).collect();
        model.asks = shapes.iter().map(CriterionShape::subjects).collect();
        model.shapes = shapes;
        for subject in &mut model.subjects {
            subject.cells = match subject.term {
                Some(term) => cells(rulebook, term, &subject.atoms),
                None => Some([Truth::True, Truth::False, Truth::Unknown].map(|truth| vec![truth]).to_vec()),
            };
        }
        model
    }

    fn shape(&mut self, criterion: &'r Criterion) -> CriterionShape {
        if !criterion.enabled {
            return CriterionShape { gate: None, gives: Gives::Some(PointRange::default()) };
        }
        let gate = criterion.only_if.as_ref().map(|gate| self.node(gate));
        let gives = match &criterion.worth {
            Worth::Choose { arms, otherwise, unknown } => {
                let arms = arms.iter().map(|arm| (self.node(&arm.when), arm.points)).collect();
                Gives::Choice { arms, otherwise: *otherwise, unknown: *unknown }
            }
            // Of several values in one cell the first counts, which no test of a single value says.
            Worth::Lookup { field, entries, otherwise, unknown, .. } if self.rulebook.fields[field.field].is_set => {
                let all = entries.iter().map(|entry| entry.points).chain([*otherwise, *unknown]);
                Gives::Some(all.map(PointRange::only).reduce(PointRange::join).unwrap_or_default())
            }
            Worth::Lookup { field, entries, otherwise, unknown, .. } => {
                let (about, term) = (About::Field(field.slot), Term::Field(*field));
                let mut node = |test| Node::leaf(self.question(about, term, Question::Test(test)), Place::default());
                let arms = entries.iter().map(|entry| (node(&entry.test), entry.points)).collect();
                Gives::Choice { arms, otherwise: *otherwise, unknown: *unknown }
            }
            Worth::Occurrences { tally, cap } => Gives::Some(occurrences::range(&self.rulebook.tallies[*tally], *cap)),
        };
        CriterionShape { gate, gives }
    }

    fn node(&mut self, expr: &'r Expr) -> Node {
        expr.map(&mut |atom| self.atom(atom))
    }

    fn atom(&mut self, atom: &'r Atom) -> Numbered {
        let is_set = |field: &FieldRef| self.rulebook.fields[field.field].is_set;
        match atom {
            Atom::Present(field) if !is_set(field) => {
                self.question(About::Field(field.slot), Term::Field(*field), Question::Present)
            }
            Atom::Test { term: term @ Term::Field(field), test } if !is_set(field) => {
                self.question(About::Field(field.slot), *term, Question::Test(test))
            }
            Atom::Test { term: term @ Term::Tally(tally), test } => {
                self.question(About::Tally(*tally), *term, Question::Test(test))
            }
            _ => {
                let known = self.subjects.iter().position(|subject| subject.about == About::Alone(atom));
                let subject = known.unwrap_or_else(|| self.subject(About::Alone(atom), None));
                Numbered { subject, number: 0 }
            }
        }
    }

    fn question(&mut self, about: About<'r>, term: Term, atom: Question<'r>) -> Numbered {
        let known = self.subjects.iter().position(|subject| subject.about == about);
        let at = known.unwrap_or_else(|| self.subject(about, Some(term)));
        let atoms = &mut self.subjects[at].atoms;
        let number = atoms.iter().position(|known| *known == atom).unwrap_or_else(|| {
            atoms.push(atom);
            atoms.len() - 1
        });
        Numbered { subject: at, number }
    }

    fn subject(&mut self, about: About<'r>, term: Option<Term>) -> usize {
        self.subjects.push(Topic { about, term, atoms: Vec::new(), cells: None });
        self.subjects.len() - 1
    }

    /// What a condition can come to, each question taken for itself.
    pub(super) fn outcomes(&self, node: &Node) -> PossibleTruths {
        node.judge(&|asked: &Numbered| match &self.subjects[asked.subject].cells {
            Some(cells) => cells.iter().fold(PossibleTruths::NONE, |found, cell| found.with(cell[asked.number])),
            None => PossibleTruths::ALL,
        })
    }
}

impl CriterionShape {
    /// The subjects that a criterion asks about, in order.
    fn subjects(&self) -> Vec<usize> {
        let arms = if let Gives::Choice { arms, .. } = &self.gives { arms.as_slice() } else { &[] };
        let nodes = self.gate.iter().chain(arms.iter().map(|(when, _)| when));
        let mut found: Vec<usize> = nodes.flat_map(Node::leaves).map(|at| at.leaf.subject).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
