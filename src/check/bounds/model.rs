//! The criteria of a rulebook, made ready: every condition over numbered questions, the questions by what they are about.

use super::cells::{Atom, Cell, cells};
use super::occurrences;
use super::outcomes::Outcomes;
use super::range::Range;
use crate::points::Points;
use crate::rulebook::expr::{Expr, FieldRef, Term, Test, Worth};
use crate::rulebook::{Criterion, Rulebook};
use crate::score::Truth;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The criteria of a rulebook, made ready for [`super::Bounds`].
#[derive(Debug)]
pub struct Model<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) subjects: Vec<Subject<'r>>,
    pub(super) shapes: Vec<Shape>,
    /// For each criterion the subjects that it asks about, in order.
    pub(super) asks: Vec<Vec<usize>>,
    /// Sums that were found already, by their criteria: many questions differ in one criterion.
    pub(super) known: RefCell<BTreeMap<Vec<usize>, Option<Range>>>,
}

/// What questions are about.
#[derive(Clone, Copy, Debug, PartialEq)]
enum About<'r> {
    /// A field, or a part of one: its slot.
    Field(usize),
    /// A measure.
    Tally(usize),
    /// A condition by itself.
    Alone(&'r Expr),
}

/// A field or a measure with all questions about it and the cases that it can be in.
#[derive(Debug)]
pub(super) struct Subject<'r> {
    about: About<'r>,
    term: Option<Term>,
    atoms: Vec<Atom<'r>>,
    /// The cases; none where they can't be listed.
    pub(super) cells: Option<Vec<Cell>>,
}

/// A condition over numbered questions.
#[derive(Debug)]
pub(super) enum Node {
    /// True when at least so many are: all of them, one, or as said.
    AtLeast(usize, Vec<Node>),
    /// The negation.
    Not(Box<Node>),
    /// A question: the subject, and the number of the question there.
    Atom(usize, usize),
}

/// How a criterion comes to its points.
#[derive(Debug)]
pub(super) struct Shape {
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
    Some(Range),
}

impl<'r> Model<'r> {
    /// Of a rulebook.
    #[must_use]
    pub fn of(rulebook: &'r Rulebook) -> Self {
        let (subjects, shapes, asks, known) = (Vec::new(), Vec::new(), Vec::new(), RefCell::default());
        let mut model = Self { rulebook, subjects, shapes, asks, known };
        let shapes: Vec<Shape> = rulebook.criteria.iter().map(|criterion| model.shape(criterion)).collect();
        model.asks = shapes.iter().map(Shape::subjects).collect();
        model.shapes = shapes;
        for subject in &mut model.subjects {
            subject.cells = match subject.term {
                Some(term) => cells(rulebook, term, &subject.atoms),
                None => Some([Truth::True, Truth::False, Truth::Unknown].map(|truth| vec![truth]).to_vec()),
            };
        }
        model
    }

    fn shape(&mut self, criterion: &'r Criterion) -> Shape {
        if !criterion.enabled {
            return Shape { gate: None, gives: Gives::Some(Range::default()) };
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
                Gives::Some(all.map(Range::only).reduce(Range::join).unwrap_or_default())
            }
            Worth::Lookup { field, entries, otherwise, unknown, .. } => {
                let arms = entries.iter().map(|entry| (self.test(*field, &entry.test), entry.points)).collect();
                Gives::Choice { arms, otherwise: *otherwise, unknown: *unknown }
            }
            Worth::Occurrences { tally, cap } => Gives::Some(occurrences::range(&self.rulebook.tallies[*tally], *cap)),
        };
        Shape { gate, gives }
    }

    fn test(&mut self, field: FieldRef, test: &'r Test) -> Node {
        self.question(About::Field(field.slot), Term::Field(field), Atom::Test(test))
    }

    fn node(&mut self, expr: &'r Expr) -> Node {
        let is_set = |field: &FieldRef| self.rulebook.fields[field.field].is_set;
        match expr {
            Expr::All(items) => Node::AtLeast(items.len(), self.nodes(items)),
            Expr::Any(items) => Node::AtLeast(1, self.nodes(items)),
            Expr::AtLeast(n, items) => Node::AtLeast(*n, self.nodes(items)),
            Expr::Not(inner) => Node::Not(Box::new(self.node(inner))),
            Expr::Present(field) if !is_set(field) => {
                self.question(About::Field(field.slot), Term::Field(*field), Atom::Present)
            }
            Expr::Test { term: term @ Term::Field(field), test, .. } if !is_set(field) => {
                self.question(About::Field(field.slot), *term, Atom::Test(test))
            }
            Expr::Test { term: term @ Term::Tally(tally), test, .. } => {
                self.question(About::Tally(*tally), *term, Atom::Test(test))
            }
            _ => {
                let known = self.subjects.iter().position(|subject| subject.about == About::Alone(expr));
                Node::Atom(known.unwrap_or_else(|| self.subject(About::Alone(expr), None)), 0)
            }
        }
    }

    fn nodes(&mut self, items: &'r [Expr]) -> Vec<Node> {
        items.iter().map(|item| self.node(item)).collect()
    }

    fn question(&mut self, about: About<'r>, term: Term, atom: Atom<'r>) -> Node {
        let known = self.subjects.iter().position(|subject| subject.about == about);
        let at = known.unwrap_or_else(|| self.subject(about, Some(term)));
        let atoms = &mut self.subjects[at].atoms;
        let number = atoms.iter().position(|known| *known == atom).unwrap_or_else(|| {
            atoms.push(atom);
            atoms.len() - 1
        });
        Node::Atom(at, number)
    }

    fn subject(&mut self, about: About<'r>, term: Option<Term>) -> usize {
        self.subjects.push(Subject { about, term, atoms: Vec::new(), cells: None });
        self.subjects.len() - 1
    }

    /// What a condition can come to, each question taken for itself.
    pub(super) fn outcomes(&self, node: &Node) -> Outcomes {
        match node {
            Node::AtLeast(n, items) => {
                let items: Vec<Outcomes> = items.iter().map(|item| self.outcomes(item)).collect();
                Outcomes::at_least(*n, &items)
            }
            Node::Not(inner) => self.outcomes(inner).negated(),
            Node::Atom(subject, number) => match &self.subjects[*subject].cells {
                Some(cells) => cells.iter().fold(Outcomes::NONE, |found, cell| found.with(cell[*number])),
                None => Outcomes::ALL,
            },
        }
    }
}

impl Shape {
    /// The subjects that a criterion asks about, in order.
    fn subjects(&self) -> Vec<usize> {
        let mut found = Vec::new();
        if let Some(gate) = &self.gate {
            gate.subjects(&mut found);
        }
        if let Gives::Choice { arms, .. } = &self.gives {
            for (when, _) in arms {
                when.subjects(&mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Node {
    /// The subjects that it asks about.
    pub(super) fn subjects(&self, found: &mut Vec<usize>) {
        match self {
            Self::AtLeast(_, items) => items.iter().for_each(|item| item.subjects(found)),
            Self::Not(inner) => inner.subjects(found),
            Self::Atom(subject, _) => found.push(*subject),
        }
    }

    /// What it comes to where `answer` says what each question does.
    pub(super) fn truth(&self, answer: &impl Fn(usize, usize) -> Truth) -> Truth {
        match self {
            Self::AtLeast(n, items) => {
                let (mut n_true, mut n_possible) = (0, 0);
                for item in items {
                    let truth = item.truth(answer);
                    n_true += usize::from(truth == Truth::True);
                    n_possible += usize::from(truth != Truth::False);
                }
                match () {
                    () if n_true >= *n => Truth::True,
                    () if n_possible < *n => Truth::False,
                    () => Truth::Unknown,
                }
            }
            Self::Not(inner) => !inner.truth(answer),
            Self::Atom(subject, number) => answer(*subject, *number),
        }
    }
}
