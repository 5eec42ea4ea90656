//! `grade`, `disqualify`, `stages` and `priorities`.

use super::Decoder;
use super::blame::noun;
use super::keys::Keys;
use super::scope::{Scope, Spot};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::expr::{Atom, Expr, Measure, Tally, Term};
use crate::rulebook::measure::LeadMoment;
use crate::rulebook::stages::{Axis, Bound, Disqualifier, Entered, Grade, Priority, Stage};
use crate::rulebook::yaml::{Kind, Node};

/// The stage that disqualified leads are in; no stage of the rulebook can have this name.
pub const DISQUALIFIED: &str = "Disqualified";

impl Decoder<'_> {
    /// `grade:`
    pub(crate) fn grade(&mut self, node: &Node) -> Option<Grade> {
        let entries = self.entries(node, "`grade`");
        if entries.is_empty() {
            self.report(Diagnostic::error("LS005", node.span, "`grade` names no score"));
            return None;
        }
        let axes: Vec<Option<Axis>> =
            entries.into_iter().map(|(name, span, node)| self.axis(name, span, node)).collect();
        let axes: Vec<Axis> = axes.into_iter().collect::<Option<_>>()?;
        let n_grades = axes.iter().map(|axis| axis.bounds.len()).try_fold(1usize, usize::checked_mul);
        if n_grades.is_none_or(|n| n > 10_000) {
            self.report(Diagnostic::error("LS011", node.span, "there are more than 10,000 possible grades"));
            return None;
        }
        let grade = Grade { axes };
        let mut all = grade.all();
        all.sort_unstable();
        let twice = all.iter().zip(all.iter().skip(1)).find(|(grade, next)| grade == next);
        if let Some((twice, _)) = twice {
            let message = format!("the grade `{twice}` comes about in two ways: its marks run into each other");
            self.report(Diagnostic::error("LS011", node.span, message));
        }
        Some(grade)
    }

    fn axis(&mut self, name: &str, span: Span, node: &Node) -> Option<Axis> {
        let score = self.score_ref(name, span);
        let mut bounds: Vec<Bound> = Vec::new();
        let mut is_faulty = false;
        for (mark, span, value) in self.entries(node, "the marks of a grade") {
            if mark.is_empty() {
                self.report(Diagnostic::error("LS005", span, "the mark of a grade is empty"));
            }
            let Some(from) = self.points(value, "a lower bound") else {
                is_faulty = true;
                continue;
            };
            if let Some(above) = bounds.last()
                && above.from <= from
            {
                let message = format!("the lower bounds of a grade fall, and {from} does not lie below {}", above.from);
                self.report(Diagnostic::error("LS011", value.span, message));
            }
            bounds.push(Bound { mark: mark.to_owned(), from, span });
        }
        if bounds.is_empty() {
            self.report_unless(is_faulty, Diagnostic::error("LS005", node.span, "this grade has no mark"));
            is_faulty = true;
        }
        if is_faulty {
            return None;
        }
        Some(Axis { score: score?, bounds })
    }

    /// `disqualify:`
    pub(crate) fn disqualifiers(&mut self, node: &Node) -> Vec<Disqualifier> {
        let scope = Scope::new(Spot::Disqualifier, true);
        let items = self.list(node, "`disqualify`").iter();
        items.filter_map(|item| self.disqualifier(item, &scope)).collect()
    }

    fn disqualifier(&mut self, node: &Node, scope: &Scope) -> Option<Disqualifier> {
        let mut keys = self.keys(node, "a disqualifier")?;
        let reason = self.required(&mut keys, "reason").and_then(|node| self.filled_text(node, "a reason"));
        let when = self.required(&mut keys, "when").and_then(|node| self.condition(node, scope));
        self.finish(&keys);
        Some(Disqualifier { reason: reason?.to_owned(), when: when?, place: Place::of(node) })
    }

    /// The names of all stages, so that conditions can name them before they are read.
    pub(crate) fn stage_names_of(&mut self, node: &Node) {
        let Kind::List(items) = &node.kind else { return self.blame_all(noun::STAGE) };
        for item in items {
            let entries = if let Kind::Map(entries) = &item.kind { entries.as_slice() } else { &[] };
            let name = entries.iter().find(|entry| entry.key.text == "name").map(|entry| &entry.value.kind);
            if let Some(Kind::Scalar(scalar)) = name {
                self.stage_names.push(crate::value::trim(&scalar.text).to_owned());
            } else {
                self.blame_all(noun::STAGE);
            }
        }
    }

    /// `stages:`
    pub(crate) fn stages(&mut self, node: &Node) -> Vec<Stage> {
        let items = self.list(node, "`stages`");
        if items.is_empty() {
            self.report(Diagnostic::error("LS005", node.span, "`stages` has no stage"));
        }
        let mut stages = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if let Some(stage) = self.stage(item, index) {
                stages.push(stage);
            }
        }
        stages
    }

    fn stage(&mut self, node: &Node, index: usize) -> Option<Stage> {
        let mut keys = self.keys(node, "a stage")?;
        let name =
            self.required(&mut keys, "name").and_then(|node| Some((self.filled_text(node, "a name")?, node.span)));
        if let Some((name, span)) = name {
            self.once("stage", name, span);
            if name == DISQUALIFIED {
                self.report(Diagnostic::error(
                    "LS007",
                    span,
                    "`Disqualified` is the stage of disqualified leads; it can't be declared",
                ));
            }
        }
        let held = Scope::new(Spot::Stage(index), true);
        let when_span = keys.key_span("when");
        let when = keys.take("when").map(|node| self.condition(node, &held));
        let keep_span = keys.key_span("keep_when");
        let keep_when = keys.take("keep_when").map(|node| self.condition(node, &held));
        let after_span = keys.key_span("after");
        let after = keys.take("after").map(|node| self.earlier_stages(node, index)).unwrap_or_default();
        let entered = keys.take("entered").map(|node| self.entered(node));
        let recycle_when =
            keys.take("recycle_when").map(|node| self.condition(node, &Scope::new(Spot::Stage(index), false)));
        let is_misspelt = keys.has_near(&["when", "entered"]);
        self.finish(&keys);
        if index == 0 && when.is_some() {
            let found =
                Diagnostic::error("LS010", when_span, "the first stage has no `when`: every lead is at least there");
            self.report(found);
        }
        if when.is_none() {
            for (given, key, span) in
                [(keep_when.is_some(), "keep_when", keep_span), (!after.is_empty(), "after", after_span)]
            {
                if given {
                    let found =
                        Diagnostic::error("LS010", span, format!("`{key}` goes with `when`, and this stage has none"));
                    self.report_unless(is_misspelt, found);
                }
            }
            if index > 0 && entered.is_none() {
                let found = Diagnostic::error(
                    "LS003",
                    node.span,
                    "this stage has neither `when` nor `entered`, so no lead could hold it",
                );
                self.report_unless(is_misspelt, found);
            }
        }
        let part = |part: Option<Option<Expr>>| part.map_or(Some(None), |found| found.map(Some));
        let (when, keep_when, recycle_when) = (part(when)?, part(keep_when)?, part(recycle_when)?);
        let entered = entered.map_or(Some(None), |found| found.map(Some))?;
        let is_fact = ![&when, &keep_when].into_iter().flatten().any(names_a_judgement);
        let (name, span) = name?;
        let (name, place) = (name.to_owned(), keys.place().narrowed(span));
        Some(Stage { name, place, when, keep_when, after, entered, recycle_when, is_fact })
    }

    fn earlier_stages(&mut self, node: &Node, index: usize) -> Vec<usize> {
        let names = self.stage_names.clone();
        let mut stages = Vec::new();
        for (name, span) in self.texts(node, "a stage") {
            match self.index_of(name, span, "stage", &names) {
                Some(found) if found >= index => {
                    self.report(Diagnostic::error("LS010", span, format!("`{name}` does not stand above this stage")));
                }
                found => stages.extend(found),
            }
        }
        stages
    }

    fn entered(&mut self, node: &Node) -> Option<Entered> {
        if !matches!(node.kind, Kind::Map(_)) {
            return self.date_field(node, "`entered`").map(Entered::Field);
        }
        let mut keys = self.keys(node, "`entered`")?;
        let one = self.one_form(&mut keys, &["when", "event"]);
        let when = keys.take("when").map(|node| self.condition(node, &Scope::new(Spot::Entered, false)));
        let entered = match when {
            Some(when) => when.map(Entered::When),
            None => self.earliest(&mut keys).map(Entered::Event),
        };
        self.finish(&keys);
        if one { entered } else { None }
    }

    /// The tally of the earliest of some events.
    fn earliest(&mut self, keys: &mut Keys<'_>) -> Option<usize> {
        let select = self.occasion(keys)?;
        Some(self.tally(Tally { select, measure: Measure::Earliest }))
    }

    /// A moment in a lead's life: a date field or an event.
    pub(crate) fn moment(&mut self, node: &Node, what: &str) -> Option<LeadMoment> {
        if !matches!(node.kind, Kind::Map(_)) {
            return self.date_field(node, what).map(LeadMoment::Field);
        }
        let mut keys = self.keys(node, "a date field or an event")?;
        let tally = self.earliest(&mut keys);
        self.finish(&keys);
        tally.map(LeadMoment::Event)
    }

    /// `priorities:`
    pub(crate) fn priorities(&mut self, node: &Node) -> Vec<Priority> {
        let items = self.list(node, "`priorities`").iter();
        items.filter_map(|item| self.priority(item)).collect()
    }

    fn priority(&mut self, node: &Node) -> Option<Priority> {
        let mut keys = self.keys(node, "a priority")?;
        let name =
            self.required(&mut keys, "name").and_then(|node| Some((self.filled_text(node, "a name")?, node.span)));
        if let Some((name, span)) = name {
            self.once("priority", name, span);
        }
        let when = keys.take("when").map(|node| self.condition(node, &Scope::new(Spot::Priority, false)));
        let action = self.note(&mut keys, "action");
        self.finish(&keys);
        let when = when.map_or(Some(None), |found| found.map(Some))?;
        Some(Priority { name: name?.0.to_owned(), when, action, place: Place::of(node) })
    }
}

/// Whether a condition rests on scores, grades or stages rather than on facts.
fn names_a_judgement(expr: &Expr) -> bool {
    expr.leaves().into_iter().any(|at| match at.leaf {
        Atom::Stage(_) | Atom::Grade(_) => true,
        leaf => leaf.terms().any(|term| matches!(term, Term::Score(_))),
    })
}
