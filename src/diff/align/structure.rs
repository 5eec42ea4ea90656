//! Edits of what stands around the criteria: dimensions, groups, their limits and weights, the total, the grade.

use super::{Aligner, section};
use crate::diff::edit::{Change, Edit, Reach};
use crate::diff::patch::{DimensionKey, Patch, Whole};
use crate::diff::tree::{differences, get};
use crate::rulebook::yaml::Node;
use crate::rulebook::{Axis, Grade};

impl Aligner<'_> {
    pub(super) fn structure(&mut self) {
        let (old, new) = (get(self.old_tree, "dimensions"), get(self.new_tree, "dimensions"));
        for (at, (name, _)) in self.frame.dimensions.iter().enumerate() {
            self.dimension(at, name, get(old, name), get(new, name));
        }
        self.total();
        self.grade();
    }

    fn dimension(&mut self, at: usize, name: &str, old: Option<&Node>, new: Option<&Node>) {
        let subject = format!("dimension {name}");
        if old.is_none() || new.is_none() {
            let keys = DimensionKey::ALL.into_iter().map(|(_, key)| (at, key)).collect();
            let patch = Patch { dimensions: keys, ..Patch::default() };
            let change = section::change(old, new);
            let reach = Reach::Contract(format!("scored.csv: the column `{name}` is {}", change.name()));
            let line = self.whole(&subject, old, new, Patch::default(), Reach::Cosmetic).line;
            self.edits.push(Edit { line, patch, ..super::edit(&subject, change, reach) });
        } else {
            for (key, patched) in DimensionKey::ALL {
                let found = differences(get(old, key), get(new, key), &[]);
                if !found.is_empty() {
                    let patch = Patch { dimensions: vec![(at, patched)], ..Patch::default() };
                    let edit = self.made(&format!("{subject}, {key}"), Change::Changed, found, Reach::Scores);
                    self.edits.push(Edit { patch, ..edit });
                }
            }
            self.since(name, &subject, old, new);
        }
        let groups = &self.frame.dimensions[at].1;
        for (group, group_name) in groups.iter().enumerate() {
            let of = |node: Option<&'_ Node>| get(get(node, "groups"), group_name).cloned();
            let (old, new) = (of(old), of(new));
            self.group((at, group), &format!("{name}.{group_name}"), old.as_ref(), new.as_ref());
        }
    }

    fn group(&mut self, at: (usize, usize), name: &str, old: Option<&Node>, new: Option<&Node>) {
        let subject = format!("group {name}");
        let limits = |node: Option<&Node>| (get(node, "min").cloned(), get(node, "max").cloned());
        let ((old_min, old_max), (new_min, new_max)) = (limits(old), limits(new));
        let mut found = differences(old_min.as_ref(), new_min.as_ref(), &[]);
        for one in &mut found {
            "min".clone_into(&mut one.key);
        }
        let max = differences(old_max.as_ref(), new_max.as_ref(), &[]);
        found.extend(max.into_iter().map(|one| crate::diff::tree::Difference { key: "max".to_owned(), ..one }));
        let change = section::change(old, new);
        if !found.is_empty() || change != Change::Changed {
            let line = self.whole(&subject, old, new, Patch::default(), Reach::Cosmetic).line;
            let patch = Patch { groups: vec![at], ..Patch::default() };
            let edit = self.made(&subject, change, found, Reach::Scores);
            self.edits.push(Edit { patch, line: edit.line.or(line), ..edit });
        }
        self.since(name, &subject, old, new);
    }

    /// An edit of `since`: what it does, it does to the criteria under it.
    fn since(&mut self, of: &str, subject: &str, old: Option<&Node>, new: Option<&Node>) {
        let found = differences(get(old, "since"), get(new, "since"), &[]);
        if !found.is_empty() {
            let edit = self.made(&format!("{subject}, since"), Change::Changed, found, Reach::Scores);
            self.since.push((of.to_owned(), self.edits.len()));
            self.edits.push(edit);
        }
    }

    fn total(&mut self) {
        let found = differences(get(self.old_tree, "total"), get(self.new_tree, "total"), &[]);
        if !found.is_empty() {
            let is_same = self.frame.old.total == self.frame.new.total;
            let whole = if is_same { Vec::new() } else { vec![Whole::Total] };
            let patch = Patch { whole, ..Patch::default() };
            let edit = self.made("total", Change::Changed, found, Reach::Scores);
            self.edits.push(Edit { patch, ..edit });
        }
    }

    fn grade(&mut self) {
        let found = differences(get(self.old_tree, "grade"), get(self.new_tree, "grade"), &[]);
        if found.is_empty() {
            return;
        }
        let (old, new) = (&self.frame.old.grade, &self.frame.new.grade);
        let marks = |grade: &Option<Grade>| grade.as_ref().map(Grade::all).unwrap_or_default();
        let bounds = |grade: &Option<Grade>| -> Vec<_> {
            let of = |axis: &Axis| axis.bounds.iter().map(|bound| (bound.mark.clone(), bound.from)).collect::<Vec<_>>();
            grade.iter().flat_map(|grade| &grade.axes).map(|axis| (axis.score, of(axis))).collect()
        };
        let reach = if marks(old) == marks(new) {
            Reach::Scores
        } else {
            Reach::Contract("scored.csv: there are other grades".to_owned())
        };
        let whole = if bounds(old) == bounds(new) { Vec::new() } else { vec![Whole::Grade] };
        let patch = Patch { whole, ..Patch::default() };
        let edit = self.made("grade", Change::Changed, found, reach);
        self.edits.push(Edit { patch, ..edit });
    }
}
