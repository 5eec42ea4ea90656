//! `grade`, `disqualify`, `stages` and `priorities`.

use super::Decoder;
use super::blame::noun;
use super::scope::{Scope, Spot};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::expr::{Atom, Expr, Term};
use crate::rulebook::keys::{DISQUALIFIER, ENTERED, PRIORITY, STAGE};
use crate::rulebook::measure::LeadMoment;
use crate::rulebook::stages::{Axis, Bound, Disqualifier, Entered, Grade, Priority, Stage};
use crate::rulebook::yaml::{YamlKind, YamlNode};

/// The stage that disqualified leads are in; no stage of the rulebook can have this name.
pub const DISQUALIFIED: &str = "Disqualified";

impl Decoder<'_> {
    /// `grade:`
    pub(crate) fn grade(&mut self, node: &YamlNode) -> Option<Grade> {
        let entries = self.entries(node, "`grade`");
        if entries.is_empty() {
            self.wrong("LS005", node.span, "`grade` has no score");
            return None;
        }
        let axes: Vec<Option<Axis>> =
            entries.into_iter().map(|(name, span, node)| self.axis(name, span, node)).collect();
        let axes: Vec<Axis> = axes.into_iter().collect::<Option<_>>()?;
        let n_grades = axes.iter().map(|axis| axis.bounds.len()).try_fold(1usize, usize::checked_mul);
        if n_grades.is_none_or(|n| n > 10_000) {
            self.wrong("LS011", node.span, "there are more than 10,000 possible grades");
            return None;
        }
        let grade = Grade { axes };
        let mut all = grade.all();
        all.sort_unstable();
        let twice = all.iter().zip(all.iter().skip(1)).find(|(grade, next)| grade == next);
        if let Some((twice, _)) = twice {
            let message = format!("the grade `{twice}` can arise in two ways, because its marks run together");
            self.wrong("LS011", node.span, message);
        }
        Some(grade)
    }

    fn axis(&mut self, name: &str, span: Span, node: &YamlNode) -> Option<Axis> {
        let score = self.score_ref(name, span);
        let mut bounds: Vec<Bound> = Vec::new();
        let mut is_faulty = false;
        for (mark, span, value) in self.entries(node, "the marks of a grade") {
            if mark.is_empty() {
                self.wrong("LS005", span, "the mark of a grade is empty");
            }
            let Some(from) = self.points(value, "a lower bound") else {
                is_faulty = true;
                continue;
            };
            if let Some(above) = bounds.last()
                && above.from <= from
            {
                let message = format!("the lower bounds of a grade must fall, but {from} is not below {}", above.from);
                self.wrong("LS011", value.span, message);
            }
            bounds.push(Bound { mark: mark.to_owned(), from, span });
        }
        if bounds.is_empty() {
            self.report_unless(is_faulty, Diagnostic::error("LS005", node.span, "this grade has no marks"));
            is_faulty = true;
        }
        if is_faulty {
            return None;
        }
        Some(Axis { score: score?, bounds })
    }

    /// `disqualify:`
    pub(crate) fn disqualifiers(&mut self, node: &YamlNode) -> Vec<Disqualifier> {
        let scope = Scope::new(Spot::Disqualifier, true);
        let items = self.list(node, "`disqualify`").iter();
        items.filter_map(|item| self.disqualifier(item, &scope)).collect()
    }

    fn disqualifier(&mut self, node: &YamlNode, scope: &Scope) -> Option<Disqualifier> {
        self.mapping(node, &DISQUALIFIER, |this, keys| {
            let reason = this.required(keys, "reason").and_then(|node| this.filled_text(node, "a reason"));
            let when = this.required(keys, "when").and_then(|node| this.condition(node, scope));
            Some(Disqualifier { reason: reason?.to_owned(), when: when?, place: Place::of(node) })
        })
    }

    /// The names of all stages, so that conditions can name them before they are read.
    pub(crate) fn stage_names_of(&mut self, node: &YamlNode) {
        let YamlKind::List(items) = &node.kind else { return self.blame_all(noun::STAGE) };
        for item in items {
            let entries = if let YamlKind::Map(entries) = &item.kind { entries.as_slice() } else { &[] };
            let name = entries.iter().find(|entry| entry.key.text == "name").map(|entry| &entry.value.kind);
            if let Some(YamlKind::Scalar(scalar)) = name {
                self.stage_names.push(crate::value::trim(&scalar.text).to_owned());
            } else {
                self.blame_all(noun::STAGE);
            }
        }
    }

    /// `stages:`
    pub(crate) fn stages(&mut self, node: &YamlNode) -> Vec<Stage> {
        let items = self.list(node, "`stages`");
        if items.is_empty() {
            self.wrong("LS005", node.span, "`stages` has no stages");
        }
        let mut stages = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if let Some(stage) = self.stage(item, index) {
                stages.push(stage);
            }
        }
        stages
    }

    fn stage(&mut self, node: &YamlNode, index: usize) -> Option<Stage> {
        let mut keys = self.keys(node, &STAGE)?;
        let name =
            self.required(&mut keys, "name").and_then(|node| Some((self.filled_text(node, "a name")?, node.span)));
        if let Some((name, span)) = name {
            self.once("stage", name, span);
            if name == DISQUALIFIED {
                self.wrong(
                    "LS007",
                    span,
                    "you can't declare `Disqualified`, because it is the stage of disqualified leads",
                );
            }
        }
        let held = Scope::new(Spot::Stage(index), true);
        let when = self.part(&mut keys, "when", |this, node| this.condition(node, &held));
        let keep_when = self.part(&mut keys, "keep_when", |this, node| this.condition(node, &held));
        let after = keys.take("after").map(|node| self.earlier_stages(node, index)).unwrap_or_default();
        let entered = self.part(&mut keys, "entered", Self::entered);
        let recycling = Scope::new(Spot::Stage(index), false);
        let recycle_when = self.part(&mut keys, "recycle_when", |this, node| this.condition(node, &recycling));
        let is_misspelt = keys.has_near(&["when", "entered"]);
        self.finish(&keys);
        if index == 0 && keys.has("when") {
            let message = "the first stage can't have `when`, because every lead holds it";
            self.wrong("LS010", keys.key_span("when"), message);
        }
        if !keys.has("when") {
            for key in ["keep_when", "after"].into_iter().filter(|key| keys.has(key)) {
                let message = format!("`{key}` needs `when`, but this stage has none");
                self.report_unless(is_misspelt, Diagnostic::error("LS010", keys.key_span(key), message));
            }
            if index > 0 && !keys.has("entered") {
                let message = "this stage has neither `when` nor `entered`, so no lead can hold it";
                self.report_unless(is_misspelt, Diagnostic::error("LS003", node.span, message));
            }
        }
        let (when, keep_when, entered, recycle_when) = (when?, keep_when?, entered?, recycle_when?);
        let is_fact = ![&when, &keep_when].into_iter().flatten().any(names_a_judgement);
        let (name, span) = name?;
        let (name, place) = (name.to_owned(), keys.place().narrowed(span));
        Some(Stage { name, place, when, keep_when, after, entered, recycle_when, is_fact })
    }

    fn earlier_stages(&mut self, node: &YamlNode, index: usize) -> Vec<usize> {
        let names = self.stage_names.clone();
        let mut stages = Vec::new();
        for (name, span) in self.texts(node, "a stage") {
            match self.index_of(name, span, "stage", &names) {
                Some(found) if found >= index => {
                    self.wrong("LS010", span, format!("`{name}` is not above this stage"));
                }
                found => stages.extend(found),
            }
        }
        stages
    }

    fn entered(&mut self, node: &YamlNode) -> Option<Entered> {
        if !matches!(node.kind, YamlKind::Map(_)) {
            return self.moments(node, "`entered`", None).map(Entered::Records);
        }
        self.mapping(node, &ENTERED, |this, keys| match keys.take("when") {
            Some(when) => {
                let when = this.condition(when, &Scope::new(Spot::Entered, false));
                let at = this.part(keys, "at", |this, node| this.date_field(node, "`at`"));
                Some(Entered::When { when: when?, at: at? })
            }
            None if keys.has("event") => {
                this.events_of_moment(keys, None).map(|tally| Entered::Records(vec![LeadMoment::Event(tally)]))
            }
            None => None,
        })
    }

    /// `priorities:`
    pub(crate) fn priorities(&mut self, node: &YamlNode) -> Vec<Priority> {
        let items = self.list(node, "`priorities`").iter();
        items.filter_map(|item| self.priority(item)).collect()
    }

    fn priority(&mut self, node: &YamlNode) -> Option<Priority> {
        self.mapping(node, &PRIORITY, |this, keys| {
            let name =
                this.required(keys, "name").and_then(|node| Some((this.filled_text(node, "a name")?, node.span)));
            if let Some((name, span)) = name {
                this.once("priority", name, span);
            }
            let scope = Scope::new(Spot::Priority, false);
            let when = this.part(keys, "when", |this, node| this.condition(node, &scope));
            let action = this.note(keys, "action");
            Some(Priority { name: name?.0.to_owned(), when: when?, action, place: Place::of(node) })
        })
    }
}

/// Whether a condition rests on scores, grades or stages rather than on facts.
fn names_a_judgement(expr: &Expr) -> bool {
    expr.leaves().into_iter().any(|at| match at.leaf {
        Atom::Stage(_) | Atom::Grade(_) => true,
        leaf => leaf.terms().any(|term| matches!(term, Term::Score(_))),
    })
}
