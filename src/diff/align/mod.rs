//! Two rulebooks → the list of edits between them. What an edit *says* comes from the two texts, key by key; what it *does* comes
//! from the rulebooks' meaning: an edit that changes no meaning is cosmetic, a change of meaning without an edit of its own
//! belongs to the list, field or `since` that it comes from. Nothing here has seen a lead.

mod cause;
mod data;
mod entries;
mod rest;
mod structure;

use super::edit::{Change, Edit, EditReach, EditSubject, Which};
use super::frame::Frame;
use super::patch::FramePart;
use super::sides::Sides;
use super::source::DiffSource;
use super::tree::{Detail, Nodes, gone_and_come};
use crate::diagnostic::Span;
use cause::Cause;

pub(super) use data::same_fields;
pub(super) use entries::renamed;

/// Two rulebooks being aligned.
struct Aligner<'s> {
    sources: Sides<&'s DiffSource>,
    root: Nodes<'s>,
    frame: &'s Frame,
    edits: Vec<Edit>,
    /// What can change the meaning of what stands elsewhere, and the edit that says so; the likeliest first.
    causes: Vec<(Cause, usize)>,
}

/// All edits, in the order of the new rulebook, what was removed at its old line.
pub(super) fn align(sources: Sides<&DiffSource>, frame: &Frame) -> Vec<Edit> {
    let root = sources.map(|source| Some(source.tree()));
    let mut aligner = Aligner { sources, root, frame, edits: Vec::new(), causes: Vec::new() };
    for key in ["name", "owner", "agreed", "review_by"] {
        aligner.once(key, EditReach::Cosmetic, None);
    }
    aligner.lists();
    aligner.structure();
    aligner.data();
    aligner.criteria();
    aligner.disqualifiers();
    aligner.returns();
    aligner.stages();
    aligner.rest();
    let mut edits = aligner.edits;
    for edit in &mut edits {
        if edit.patch.is_empty() && edit.reach == EditReach::Scores && !edit.is_reading {
            edit.reach = EditReach::Cosmetic;
        }
    }
    edits.sort_by_key(|edit| edit.line.map(|(which, line)| (line, which == Which::Old)));
    edits
}

impl Aligner<'_> {
    /// An edit of keys, at the line of the first; none if no key differs.
    fn edit(
        &mut self,
        subject: EditSubject,
        change: Change,
        details: Vec<Detail>,
        reach: EditReach,
        parts: impl IntoIterator<Item = FramePart>,
    ) -> Option<usize> {
        let first = |found: Sides<Option<_>>, detail: &Detail| Sides {
            old: found.old.or(detail.spans.old),
            new: found.new.or(detail.spans.new),
        };
        let spans = details.iter().fold(Sides::default(), first);
        (!details.is_empty()).then(|| self.edit_at(spans, subject, change, details, reach, parts))
    }

    /// An edit at its line in the new text, else in the old one.
    fn edit_at(
        &mut self,
        spans: Sides<Option<Span>>,
        subject: EditSubject,
        change: Change,
        details: Vec<Detail>,
        reach: EditReach,
        parts: impl IntoIterator<Item = FramePart>,
    ) -> usize {
        let line = spans.latest().map(|(which, span)| (which, self.sources.of(which == Which::New).line(span)));
        let patch = parts.into_iter().collect();
        self.edits.push(Edit { subject, change, details, line, patch, reach, is_reading: false });
        self.edits.len() - 1
    }

    /// An edit of a part that a rulebook has once, if it says something else.
    fn once(&mut self, key: &'static str, reach: EditReach, part: Option<FramePart>) {
        let nodes = self.root.get(key);
        self.edit(EditSubject::Key(key), nodes.change(), nodes.differences(&[]), reach, part);
    }

    fn returns(&mut self) {
        let nodes = self.root.get("returns");
        let subject = EditSubject::Key("returns");
        let details = nodes.differences(&[]);
        let edit = self.edit(subject, nodes.change(), details, EditReach::Scores, [FramePart::Returns]);
        self.causes.extend(edit.map(|edit| (Cause::Returns, edit)));
    }

    fn lists(&mut self) {
        let lists = self.root.get("lists");
        for name in lists.keys() {
            let nodes = lists.get(name);
            let entries = nodes.zip(self.sources).map(|(node, source)| node.map(|node| source.list(node)));
            if entries.is_same() {
                continue;
            }
            let details = vec![gone_and_come(entries.map(Option::unwrap_or_default), nodes)];
            let subject = EditSubject::List(name.to_owned());
            let edit = self.edit(subject, nodes.change(), details, EditReach::Scores, None);
            self.causes.extend(edit.map(|edit| (Cause::List(name.to_owned()), edit)));
        }
    }
}
