//! Two rulebooks → the list of edits between them. What an edit *says* comes from the two texts, key by key; what it *does* comes
//! from the rulebooks' meaning: an edit that changes no meaning is cosmetic, a change of meaning without an edit of its own
//! belongs to the list, field or `since` that it comes from. Nothing here has seen a lead.

mod cause;
mod data;
mod entries;
mod rest;
mod structure;

use super::edit::{Change, Edit, Reach, Subject, Which};
use super::frame::Frame;
use super::patch::Patch;
use super::sides::Sides;
use super::source::Source;
use super::tree::{Detail, Nodes, gone_and_come};
use cause::Cause;

pub(super) use data::same_fields;
pub(super) use entries::renamed;

/// Two rulebooks being aligned.
struct Aligner<'s> {
    sources: Sides<&'s Source>,
    root: Nodes<'s>,
    frame: &'s Frame,
    edits: Vec<Edit>,
    /// What can change the meaning of what stands elsewhere, and the edit that says so; the likeliest first.
    causes: Vec<(Cause, usize)>,
}

/// All edits, in the order of the new rulebook, what was removed at its old line.
pub(super) fn align(sources: Sides<&Source>, frame: &Frame) -> Vec<Edit> {
    let root = sources.map(|source| Some(source.tree()));
    let mut aligner = Aligner { sources, root, frame, edits: Vec::new(), causes: Vec::new() };
    for key in ["name", "owner", "agreed", "review_by"] {
        aligner.once(key, Reach::Cosmetic, Patch::default());
    }
    aligner.lists();
    aligner.structure();
    aligner.data();
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

impl Aligner<'_> {
    /// The line of what stands in either text: in the new one, else in the old one.
    fn line(&self, spans: impl IntoIterator<Item = Sides<Option<crate::diagnostic::Span>>>) -> Option<(Which, usize)> {
        let first = |found: Sides<Option<_>>, spans: Sides<Option<_>>| Sides {
            old: found.old.or(spans.old),
            new: found.new.or(spans.new),
        };
        let (which, span) = spans.into_iter().fold(Sides::default(), first).latest()?;
        Some((which, self.sources.of(which == Which::New).line(span)))
    }

    /// An edit of keys, at the line of the first; none if no key differs.
    fn edit(
        &mut self,
        subject: Subject,
        change: Change,
        details: Vec<Detail>,
        reach: Reach,
        patch: Patch,
    ) -> Option<usize> {
        let line = self.line(details.iter().map(|detail| detail.spans));
        (!details.is_empty())
            .then(|| self.push(Edit { subject, change, line, details, patch, reach, is_reading: false }))
    }

    fn push(&mut self, edit: Edit) -> usize {
        self.edits.push(edit);
        self.edits.len() - 1
    }

    /// An edit of a part that a rulebook has once, if it says something else.
    fn once(&mut self, key: &'static str, reach: Reach, patch: Patch) {
        let nodes = self.root.get(key);
        self.edit(Subject::Key(key), nodes.change(), nodes.differences(&[]), reach, patch);
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
            let subject = Subject::List(name.to_owned());
            let edit = self.edit(subject, nodes.change(), details, Reach::Scores, Patch::default());
            self.causes.extend(edit.map(|edit| (Cause::List(name.to_owned()), edit)));
        }
    }
}
