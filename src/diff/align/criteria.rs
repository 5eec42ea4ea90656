//! Edits of criteria.

use super::{Aligner, section};
use crate::diff::edit::{Edit, Reach};
use crate::diff::patch::Patch;
use crate::diff::tree::{Difference, differences};
use crate::rulebook::Criterion;

/// Keys that no score depends on.
const COSMETIC: [&str; 2] = ["label", "note"];

/// Whether two criteria say the same, in one frame.
fn same_meaning(old: &Criterion, new: &Criterion) -> bool {
    (old.dimension, old.group, old.enabled) == (new.dimension, new.group, new.enabled)
        && old.only_if == new.only_if
        && old.worth == new.worth
}

impl Aligner<'_> {
    pub(super) fn criteria(&mut self) {
        let (old, new) = (section::criteria(self.old_tree), section::criteria(self.new_tree));
        for (at, id) in self.frame.criteria.iter().enumerate() {
            let before = old.iter().find(|placed| placed.id == id);
            let after = new.iter().find(|placed| placed.id == id);
            let subject = format!("criterion {id}");
            let patch = Patch { criteria: vec![at], ..Patch::default() };
            let (Some(before), Some(after)) = (before, after) else {
                let (old, new) = (before.map(|placed| placed.node), after.map(|placed| placed.node));
                let edit = self.whole(&subject, old, new, patch, Reach::Scores);
                self.edits.push(edit);
                continue;
            };
            let mut found = differences(Some(before.node), Some(after.node), &["id"]);
            if before.place() != after.place() {
                found.insert(0, moved(before, after));
            }
            let sides = (&self.frame.old.criteria[at], &self.frame.new.criteria[at]);
            let is_same = matches!(sides, (Some(old), Some(new)) if same_meaning(old, new));
            let has_own = found.iter().any(|one| !COSMETIC.contains(&one.key.as_str()));
            if !is_same && !has_own {
                let places = [after.dimension.to_owned(), after.place()];
                let places: Vec<&str> = places.iter().map(String::as_str).collect();
                self.blame(&subject, after.node, &places, &patch);
            }
            if !found.is_empty() {
                let change = section::change(Some(()), Some(()));
                let is_felt = !is_same && has_own;
                let edit = self.made(&subject, change, found, if is_felt { Reach::Scores } else { Reach::Cosmetic });
                self.edits.push(if is_felt { Edit { patch, ..edit } } else { edit });
            }
        }
    }
}

fn moved(before: &section::Placed<'_>, after: &section::Placed<'_>) -> Difference {
    Difference {
        key: "place".to_owned(),
        old: Some(before.place()),
        new: Some(after.place()),
        old_span: Some(before.node.span),
        new_span: Some(after.node.span),
    }
}
