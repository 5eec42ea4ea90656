//! Edits of what stands around the criteria: dimensions, groups, their limits and weights, the total, the grade.

use super::Aligner;
use super::cause::Cause;
use crate::diff::edit::{Breach, Change, Reach, Subject};
use crate::diff::patch::{DimensionKey, Part};
use crate::diff::tree::Nodes;
use crate::points::Points;
use crate::rulebook::Grade;
use crate::rulebook::expr::ScoreRef;

impl Aligner<'_> {
    pub(super) fn structure(&mut self) {
        let dimensions = self.root.get("dimensions");
        for at in 0..self.frame.dimensions.len() {
            let (_, dimension) = self.frame.dimension(at).latest().expect("one of the two sides has it");
            self.dimension(at, &dimension.name, dimensions.get(&dimension.name));
        }
        let is_same = self.frame.rulebooks.as_ref().map(|one| one.total).is_same();
        self.once("total", Reach::Scores, (!is_same).then_some(Part::Total));
        self.grade();
    }

    fn dimension(&mut self, at: usize, name: &str, nodes: Nodes<'_>) {
        if nodes.both().is_none() {
            let subject = Subject::Dimension(name.to_owned(), None);
            let reach = Reach::Contract(Breach::DimensionColumn(name.to_owned(), nodes.change()));
            let parts = DimensionKey::ALL.map(|key| Part::Dimension(at, key));
            self.edit_at(nodes.spans(), subject, nodes.change(), Vec::new(), reach, parts);
        } else {
            for key in DimensionKey::ALL {
                let details = nodes.get(key.key()).differences(&[]);
                let subject = Subject::Dimension(name.to_owned(), Some(key));
                self.edit(subject, Change::Changed, details, Reach::Scores, [Part::Dimension(at, key)]);
            }
            self.since(Subject::Since(name.to_owned(), None), Cause::Since(at, None), nodes);
        }
        for group in 0..self.frame.groups[at].len() {
            let (_, own) = self.frame.group(at, group).latest().expect("one of the two sides has it");
            self.group((at, group), (name, &own.name), nodes.get("groups").get(&own.name));
        }
    }

    fn group(&mut self, at: (usize, usize), (dimension, name): (&str, &str), nodes: Nodes<'_>) {
        let change = nodes.change();
        let limit = |key: &'static str| nodes.get(key).differences(&[]).into_iter().map(move |one| one.under(key));
        let details: Vec<_> = limit("min").chain(limit("max")).collect();
        let subject = Subject::Group(dimension.to_owned(), name.to_owned());
        let part = Part::Group(at.0, at.1);
        if !details.is_empty() {
            self.edit(subject, change, details, Reach::Scores, [part]);
        } else if change != Change::Changed {
            self.edit_at(nodes.spans(), subject, change, details, Reach::Scores, [part]);
        }
        let subject = Subject::Since(dimension.to_owned(), Some(name.to_owned()));
        self.since(subject, Cause::Since(at.0, Some(at.1)), nodes);
    }

    /// An edit of `since`: what it does, it does to the criteria under it.
    fn since(&mut self, subject: Subject, cause: Cause, nodes: Nodes<'_>) {
        let details = nodes.get("since").differences(&[]);
        let edit = self.edit(subject, Change::Changed, details, Reach::Scores, None);
        self.causes.extend(edit.map(|edit| (cause, edit)));
    }

    fn grade(&mut self) {
        let grades = self.frame.rulebooks.as_ref().map(|one| one.grade.as_ref());
        let all = grades.map(|grade| grade.map(Grade::all).unwrap_or_default());
        let reach = if all.is_same() { Reach::Scores } else { Reach::Contract(Breach::Grades) };
        let is_same = grades.map(bounds).is_same();
        self.once("grade", reach, (!is_same).then_some(Part::Grade));
    }
}

/// The bounds of each axis, without where they stand.
fn bounds(grade: Option<&Grade>) -> Vec<(ScoreRef, Vec<(&str, Points)>)> {
    let axes = grade.into_iter().flat_map(|grade| &grade.axes);
    axes.map(|axis| (axis.score, axis.bounds.iter().map(|bound| (bound.mark.as_str(), bound.from)).collect())).collect()
}
