//! Two rulebooks → the list of edits between them. What an edit *says* comes from the two texts, key by key; what it *does* comes
//! from the rulebooks' meaning: an edit that changes no meaning is cosmetic, a change of meaning without an edit of its own
//! belongs to the list, field or `since` that it comes from. Nothing here has seen a lead.

mod criteria;
mod data;
mod rest;
mod section;
mod stages;
mod structure;

use super::edit::{Change, Edit, Reach, Which};
use super::frame::Frame;
use super::patch::Patch;
use super::source::Source;
use super::tree::{Difference, differences, get, gone_and_come, mentions, reads_list};
use crate::diagnostic::Span;
use crate::rulebook::yaml::Node;

pub(super) use data::same_fields;
pub(super) use stages::renamed;

/// Two rulebooks being aligned.
struct Aligner<'s> {
    old: &'s Source,
    new: &'s Source,
    old_tree: Option<&'s Node>,
    new_tree: Option<&'s Node>,
    frame: &'s Frame,
    edits: Vec<Edit>,
    /// Fields that are read in another way, and the edit that says so.
    fields: Vec<(String, usize)>,
    /// Lists with other entries.
    lists: Vec<(String, usize)>,
    /// Dimensions, or groups in them, with another `since`.
    since: Vec<(String, usize)>,
}

/// All edits, in the order of the new rulebook, what was removed at its old line.
pub(super) fn align(old: &Source, new: &Source, frame: &Frame) -> Vec<Edit> {
    let (fields, lists, since) = (Vec::new(), Vec::new(), Vec::new());
    let (old_tree, new_tree) = (Some(old.tree()), Some(new.tree()));
    let mut aligner = Aligner { old, new, old_tree, new_tree, frame, edits: Vec::new(), fields, lists, since };
    aligner.card();
    aligner.data();
    aligner.lists();
    aligner.structure();
    aligner.criteria();
    aligner.disqualifiers();
    aligner.stages();
    aligner.rest();
    let mut edits = aligner.edits;
    for edit in &mut edits {
        if edit.patch.is_empty() && edit.reach == Reach::Scores && !edit.is_reading {
            edit.reach = Reach::Cosmetic;
        }
    }
    edits.sort_by_key(|edit| edit.line.map(|(which, line)| (line, which == Which::Old)));
    edits
}

/// An edit that takes nothing over yet.
fn edit(subject: &str, change: Change, reach: Reach) -> Edit {
    Edit {
        subject: subject.to_owned(),
        change,
        differences: Vec::new(),
        line: None,
        patch: Patch::default(),
        reach,
        is_reading: false,
        changes_worth: false,
    }
}

impl Aligner<'_> {
    fn line(&self, which: Which, span: Span) -> usize {
        match which {
            Which::Old => self.old.line(span),
            Which::New => self.new.line(span),
        }
    }

    /// An edit with its differences, at the line of the first.
    fn made(&self, subject: &str, change: Change, differences: Vec<Difference>, reach: Reach) -> Edit {
        let new = differences.iter().find_map(|found| found.new_span).map(|span| (Which::New, self.new.line(span)));
        let old = || differences.iter().find_map(|found| found.old_span).map(|span| (Which::Old, self.old.line(span)));
        Edit { line: new.or_else(old), differences, ..edit(subject, change, reach) }
    }

    /// An edit of something that is there on one side only, or on both, shown whole where it came or went.
    fn whole(&self, subject: &str, old: Option<&Node>, new: Option<&Node>, patch: Patch, reach: Reach) -> Edit {
        let edit = self.made(subject, section::change(old, new), differences(old, new, &[]), reach);
        Edit { patch, ..edit }
    }

    /// The edit that a change of meaning without an edit of its own comes from.
    fn cause(&self, node: &Node, place: &[&str]) -> Option<usize> {
        let list = self.lists.iter().find(|(name, _)| reads_list(node, name));
        let since = || self.since.iter().find(|(of, _)| place.contains(&of.as_str()));
        let field = || self.fields.iter().find(|(name, _)| mentions(node, name));
        let reading = || self.edits.iter().position(|edit| edit.is_reading);
        list.or_else(since).or_else(field).map(|(_, at)| *at).or_else(reading)
    }

    /// Puts a change of meaning where it comes from; where that can't be told, it is an edit of its own.
    fn blame(&mut self, subject: &str, node: &Node, place: &[&str], patch: &Patch) {
        if let Some(at) = self.cause(node, place) {
            self.edits[at].patch.join(patch);
        } else {
            let line = Some((Which::New, self.new.line(node.span)));
            let edit = edit(subject, Change::Changed, Reach::Scores);
            self.edits.push(Edit { line, patch: patch.clone(), ..edit });
        }
    }

    fn lists(&mut self) {
        let (old, new) = (get(self.old_tree, "lists"), get(self.new_tree, "lists"));
        for name in section::keys(old, new) {
            let (before, after) = (get(old, &name), get(new, &name));
            let entries = (
                before.map(|node| self.old.list(node)).unwrap_or_default(),
                after.map(|node| self.new.list(node)).unwrap_or_default(),
            );
            if entries.0 == entries.1 && before.is_some() == after.is_some() {
                continue;
            }
            let (gone, come) = gone_and_come(&entries.0, &entries.1);
            let spans = (before.map(|node| node.span), after.map(|node| node.span));
            let found = Difference { key: String::new(), old: gone, new: come, old_span: spans.0, new_span: spans.1 };
            let edit = self.made(&format!("list {name}"), section::change(before, after), vec![found], Reach::Scores);
            self.lists.push((name, self.edits.len()));
            self.edits.push(edit);
        }
    }
}
