//! Edits of what stands around the criteria: dimensions, groups, their limits and weights, the total, the grade.

use super::Aligner;
use super::cause::Cause;
use crate::diff::edit::{Breach, Change, EditReach, EditSubject};
use crate::diff::patch::{DimensionKey, FramePart};
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
        self.once("total", EditReach::Scores, (!is_same).then_some(FramePart::Total));
        self.grade();
    }

    fn dimension(&mut self, at: usize, name: &str, nodes: Nodes<'_>) {
        if nodes.both().is_none() {
            let subject = EditSubject::Dimension(name.to_owned(), None);
            let reach = EditReach::Contract(Breach::DimensionColumn(name.to_owned(), nodes.change()));
            let parts = DimensionKey::ALL.map(|key| FramePart::Dimension(at, key));
            self.edit_at(nodes.spans(), subject, nodes.change(), Vec::new(), reach, parts);
        } else {
            for key in DimensionKey::ALL {
                let details = nodes.get(key.key()).differences(&[]);
                let subject = EditSubject::Dimension(name.to_owned(), Some(key));
                self.edit(subject, Change::Changed, details, EditReach::Scores, [FramePart::Dimension(at, key)]);
            }
            self.since(EditSubject::Since(name.to_owned(), None), Cause::Since(at, None), nodes);
        }
        for group in 0..self.frame.groups[at].len() {
            let (_, own) = self.frame.group(at, group).latest().expect("one of the two sides has it");
            self.group((at, group), (name, &own.name), nodes.get("groups").get(&own.name));
        }
    }

    fn group(&mut self, at: (usize, usize), (dimension, name): (&str, &str), nodes: Nodes<'_>) {
        let change = nodes.change();
        let limit = |key: &'static str| nodes.get(key).differences(&[]).into_iter().map(move |one| one.under(key));
        let details: Vec<_> = limit("min").chain(limit("max")).chain(limit("fade")).collect();
        let subject = EditSubject::Group(dimension.to_owned(), name.to_owned());
        let part = FramePart::Group(at.0, at.1);
        if !details.is_empty() {
            self.edit(subject, change, details, EditReach::Scores, [part]);
        } else if change != Change::Changed {
            self.edit_at(nodes.spans(), subject, change, details, EditReach::Scores, [part]);
        }
        let subject = EditSubject::Since(dimension.to_owned(), Some(name.to_owned()));
        self.since(subject, Cause::Since(at.0, Some(at.1)), nodes);
    }

    /// An edit of `since`: what it does, it does to the criteria under it.
    fn since(&mut self, subject: EditSubject, cause: Cause, nodes: Nodes<'_>) {
        let details = nodes.get("since").differences(&[]);
        let edit = self.edit(subject, Change::Changed, details, EditReach::Scores, None);
        self.causes.extend(edit.map(|edit| (cause, edit)));
    }

    fn grade(&mut self) {
        let grades = self.frame.rulebooks.as_ref().map(|one| one.grade.as_ref());
        let all = grades.map(|grade| grade.map(Grade::all).unwrap_or_default());
        let reach = if all.is_same() { EditReach::Scores } else { EditReach::Contract(Breach::Grades) };
        let is_same = grades.map(bounds).is_same();
        self.once("grade", reach, (!is_same).then_some(FramePart::Grade));
    }
}

/// The bounds of each axis, without where they stand.
fn bounds(grade: Option<&Grade>) -> Vec<(ScoreRef, Vec<(&str, Points)>)> {
    let axes = grade.into_iter().flat_map(|grade| &grade.axes);
    axes.map(|axis| (axis.score, axis.bounds.iter().map(|bound| (bound.mark.as_str(), bound.from)).collect())).collect()
}
