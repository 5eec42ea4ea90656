//! Edits of disqualifiers and stages.

use super::{Aligner, edit, section};
use crate::diff::edit::{Change, Edit, Reach, Which};
use crate::diff::patch::{Patch, Whole};
use crate::diff::reason::Reason;
use crate::diff::source::Source;
use crate::diff::tree::{Difference, differences, get, items, text_of};
use crate::rulebook::Stage;
use crate::rulebook::yaml::Node;

/// Stages with another name: the old name and the new. One that went and one that came are the same stage where they say the
/// same, or stand at the same place of equally long lists.
pub(in crate::diff) fn renamed(old: &Source, new: &Source) -> Vec<(String, String)> {
    let (old, new) = (items(get(Some(old.tree()), "stages")), items(get(Some(new.tree()), "stages")));
    let name = |node: &Node| text_of(Some(node), "name").unwrap_or_default().to_owned();
    let lacks = |all: &[Node], wanted: &str| all.iter().all(|node| name(node) != wanted);
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (at, before) in old.iter().enumerate().filter(|(_, node)| lacks(new, &name(node))) {
        let is_free = |after: &Node| lacks(old, &name(after)) && pairs.iter().all(|(_, now)| *now != name(after));
        let same =
            new.iter().find(|after| is_free(after) && differences(Some(before), Some(after), &["name"]).is_empty());
        let there = || new.get(at).filter(|after| old.len() == new.len() && is_free(after));
        if let Some(after) = same.or_else(there) {
            let pair = (name(before), name(after));
            pairs.push(pair);
        }
    }
    pairs
}

/// Whether two stages say the same, in one frame, whatever they are called.
fn same_meaning(old: &Stage, new: &Stage) -> bool {
    old.when == new.when
        && old.keep_when == new.keep_when
        && old.after == new.after
        && old.entered == new.entered
        && old.recycle_when == new.recycle_when
}

impl Aligner<'_> {
    pub(super) fn disqualifiers(&mut self) {
        let (old, new) = (get(self.old_tree, "disqualify"), get(self.new_tree, "disqualify"));
        for (at, reason) in self.frame.reasons.iter().enumerate() {
            let of = |list| section::named(list, "reason", &reason.text, reason.nth);
            let (before, after) = (of(old), of(new));
            let subject = format!("disqualifier {reason}");
            let patch = Patch { disqualifiers: vec![at], ..Patch::default() };
            let sides = (&self.frame.old.disqualifiers[at], &self.frame.new.disqualifiers[at]);
            let is_same = matches!(sides, (Some(old), Some(new)) if old.when == new.when);
            self.component(&subject, (before, after), is_same, patch, Reach::Scores);
        }
        let order = |list: Option<&'_ Node>| {
            Reason::number(items(list).iter().filter_map(|item| text_of(Some(item), "reason")))
        };
        let common = |mine: &[Reason], other: &[Reason]| {
            mine.iter().filter(|reason| other.contains(reason)).cloned().collect::<Vec<_>>()
        };
        let (before, after) = (order(old), order(new));
        let (before, after) = (common(&before, &after), common(&after, &before));
        if before != after {
            let shown = |reasons: &[Reason]| reasons.iter().map(ToString::to_string).collect::<Vec<_>>();
            let (before, after) = (shown(&before), shown(&after));
            self.order("disqualifiers, order", (&before, &after), (old, new), Patch::default(), Reach::Report);
        }
    }

    pub(super) fn stages(&mut self) {
        let (old, new) = (get(self.old_tree, "stages"), get(self.new_tree, "stages"));
        let frame = self.frame;
        for (at, name) in frame.stages.iter().enumerate() {
            let sides = (&frame.old.stages[at], &frame.new.stages[at]);
            let node = |list, stage: &Option<Stage>| {
                stage.as_ref().and_then(|stage| section::named(list, "name", &stage.name, 1))
            };
            let (before, after) = (node(old, sides.0), node(new, sides.1));
            let is_same = matches!(sides, (Some(old), Some(new)) if same_meaning(old, new));
            let patch = Patch { stages: vec![at], ..Patch::default() };
            let reach = match sides {
                (Some(old), Some(new)) if old.name == new.name => Reach::Scores,
                (Some(old), Some(_)) => Reach::Contract(format!("the stage `{}` is now called `{name}`", old.name)),
                (None, _) => Reach::Contract(format!("the stage `{name}` is added")),
                (_, None) => Reach::Contract(format!("the stage `{name}` is removed")),
            };
            let n_edits = self.edits.len();
            self.component(&format!("stage {name}"), (before, after), is_same, patch, reach);
            let is_entered = !differences(get(before, "entered"), get(after, "entered"), &[]).is_empty();
            for edit in &mut self.edits[n_edits..] {
                edit.changes_worth = is_entered || edit.change != Change::Changed;
            }
        }
        let common = |mine: &[usize], other: &[usize]| {
            let stays = mine.iter().filter(|at| other.contains(at));
            stays.map(|at| frame.stages[*at].clone()).collect::<Vec<_>>()
        };
        let (before, after) = (common(&frame.old.order, &frame.new.order), common(&frame.new.order, &frame.old.order));
        if before != after {
            let patch = Patch { whole: vec![Whole::Order], ..Patch::default() };
            self.order("stages, order", (&before, &after), (old, new), patch, Reach::Scores);
        }
    }

    /// An edit of one entry of a list: come, gone, or with other keys.
    fn component(
        &mut self,
        subject: &str,
        (before, after): (Option<&Node>, Option<&Node>),
        is_same: bool,
        patch: Patch,
        reach: Reach,
    ) {
        let found = differences(before, after, &[]);
        if before.is_none() || after.is_none() {
            let edit = self.whole(subject, before, after, patch, reach);
            self.edits.push(edit);
        } else if found.is_empty() {
            if let (false, Some(node)) = (is_same, after) {
                self.blame(subject, node, &[], &patch);
            }
        } else {
            let change = if matches!(reach, Reach::Contract(_)) { Change::Renamed } else { Change::Changed };
            let reach = if is_same && reach == Reach::Scores { Reach::Cosmetic } else { reach };
            let edit = self.made(subject, change, found, reach);
            self.edits.push(if is_same { edit } else { Edit { patch, ..edit } });
        }
    }

    /// An edit of an order that counts.
    fn order(
        &mut self,
        subject: &str,
        (before, after): (&[String], &[String]),
        (old, new): (Option<&Node>, Option<&Node>),
        patch: Patch,
        reach: Reach,
    ) {
        let span = |node: Option<&Node>| node.map(|node| node.span);
        let (old_span, new_span) = (span(old), span(new));
        let text = |names: &[String]| Some(crate::diff::tree::shortened(&names.join(", ")));
        let found = Difference { key: String::new(), old: text(before), new: text(after), old_span, new_span };
        let line = new_span.map(|span| (Which::New, self.line(Which::New, span)));
        let edit = edit(subject, Change::Moved, reach);
        self.edits.push(Edit { differences: vec![found], line, patch, ..edit });
    }
}
