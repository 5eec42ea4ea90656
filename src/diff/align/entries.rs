//! Edits of what stands in lists: criteria, disqualifiers, stages, and the order of these.

use super::Aligner;
use crate::diff::edit::{Breach, Change, EditReach, EditSubject};
use crate::diff::frame::reasons;
use crate::diff::patch::FramePart;
use crate::diff::sides::Sides;
use crate::diff::source::DiffSource;
use crate::diff::tree::{Content, Detail, KeyPath, Nodes, PathSegment, criteria};
use crate::rulebook::expr::ScoreRef;
use crate::rulebook::{Criterion, Stage};

/// Keys that no score depends on.
const COSMETIC: [&str; 2] = ["label", "note"];

/// One entry of a list of both.
struct AlignedEntry<'n> {
    subject: EditSubject,
    nodes: Nodes<'n>,
    /// The keys that differ, if both sides have it.
    details: Vec<Detail>,
    /// Whether both say the same, in one frame.
    is_same: bool,
    part: FramePart,
    reach: EditReach,
}

/// Stages with another name. One that went and one that came are the same stage where they say the same, or stand at the same
/// place of equally long lists.
pub(in crate::diff) fn renamed(sources: Sides<&DiffSource>) -> Vec<Sides<usize>> {
    let Sides { old, new } = sources.map(|source| &source.rulebook);
    let stages = sources.map(|source| Some(source.tree())).get("stages");
    let is_free = |pairs: &[Sides<usize>], at: usize| {
        old.stage_named(&new.stages[at].name).is_none() && pairs.iter().all(|pair| pair.new != at)
    };
    let says_the_same = |before: usize, after: usize| {
        stages.item(Sides { old: Some(before), new: Some(after) }).differences(&["name"]).is_empty()
    };
    let mut pairs: Vec<Sides<usize>> = Vec::new();
    for before in (0..old.stages.len()).filter(|at| new.stage_named(&old.stages[*at].name).is_none()) {
        let same = (0..new.stages.len()).find(|after| is_free(&pairs, *after) && says_the_same(before, *after));
        let is_there = old.stages.len() == new.stages.len() && is_free(&pairs, before);
        pairs.extend(same.or(is_there.then_some(before)).map(|after| Sides { old: before, new: after }));
    }
    pairs
}

fn same_criterion(old: &Criterion, new: &Criterion) -> bool {
    *new == Criterion { label: new.label.clone(), note: new.note.clone(), ..old.clone() }
}

fn same_stage(old: &Stage, new: &Stage) -> bool {
    *new == Stage { name: new.name.clone(), ..old.clone() }
}

/// Whether both sides have something and mean the same by it.
fn is_same<T>(sides: Sides<Option<&T>>, same: impl Fn(&T, &T) -> bool) -> bool {
    sides.both().is_some_and(|both| same(both.old, both.new))
}

impl Aligner<'_> {
    pub(super) fn criteria(&mut self) {
        let frame = self.frame;
        let lists = self.root.map(criteria);
        for (at, pair) in frame.criteria.iter().enumerate() {
            let sides = frame.criterion(at);
            let nodes = lists.as_ref().zip(*pair).map(|(list, at)| at.and_then(|at| list.get(at).copied()));
            let mut details = nodes.differences(&["id"]);
            let places = self.sources.zip(*pair).map(|(source, at)| Some(place(source, at?)));
            if nodes.both().is_some() && !places.is_same() {
                let said = places.map(|place| place.map(Content::Written));
                let key = KeyPath(vec![PathSegment::Place]);
                details.insert(0, Detail { key, old: said.old, new: said.new, spans: nodes.spans() });
            }
            let (_, criterion) = sides.latest().expect("one of the two sides has it");
            self.entry(AlignedEntry {
                subject: EditSubject::Criterion(criterion.id.clone()),
                nodes,
                details,
                is_same: is_same(sides, same_criterion),
                part: FramePart::Criterion(at),
                reach: EditReach::Scores,
            });
        }
    }

    pub(super) fn disqualifiers(&mut self) {
        let frame = self.frame;
        let nodes = self.root.get("disqualify");
        let names = frame.rulebooks.as_ref().map(reasons);
        for (at, pair) in frame.disqualifiers.iter().enumerate() {
            let name = pair.zip(names.as_ref()).map(|(at, names)| at.map(|at| names[at])).latest();
            let (_, (reason, nth)) = name.expect("one of the two sides has it");
            let nodes = nodes.item(*pair);
            self.entry(AlignedEntry {
                subject: EditSubject::Disqualifier { reason: reason.to_owned(), nth },
                nodes,
                details: nodes.differences(&[]),
                is_same: is_same(frame.disqualifier(at), |old, new| old.when == new.when),
                part: FramePart::Disqualifier(at),
                reach: EditReach::Scores,
            });
        }
        let order = crate::diff::sides::places(&frame.disqualifiers);
        let name = |at: usize| frame.disqualifier(at).latest().map_or("", |(_, it)| &it.reason);
        self.order(EditSubject::DisqualifierOrder, order.as_ref(), &name, nodes, EditReach::Report, None);
    }

    pub(super) fn stages(&mut self) {
        let frame = self.frame;
        let nodes = self.root.get("stages");
        for (at, pair) in frame.stages.iter().enumerate() {
            let name = frame.stage_name(at).to_owned();
            let sides = frame.stage(at);
            let nodes = nodes.item(*pair);
            let reach = match sides.both() {
                Some(both) if both.old.name == name => EditReach::Scores,
                Some(both) => EditReach::Contract(Breach::StageName { old: both.old.name.clone(), new: name.clone() }),
                None => EditReach::Contract(Breach::Stage(name.clone(), sides.change())),
            };
            self.entry(AlignedEntry {
                subject: EditSubject::Stage(name),
                nodes,
                details: nodes.differences(&[]),
                is_same: is_same(sides, same_stage),
                part: FramePart::Stage(at),
                reach,
            });
        }
        let name = |at: usize| frame.stage_name(at);
        self.order(
            EditSubject::StageOrder,
            frame.order.as_ref(),
            &name,
            nodes,
            EditReach::Scores,
            Some(FramePart::Order),
        );
    }

    /// An edit of one entry of a list: come, gone, or with other keys.
    fn entry(&mut self, entry: AlignedEntry<'_>) {
        let AlignedEntry { subject, nodes, details, is_same, part, reach } = entry;
        let Some(both) = nodes.both() else {
            self.edit(subject, nodes.change(), details, reach, [part]);
            return;
        };
        let is_cosmetic = |detail: &Detail| matches!(&detail.key.0[..], [PathSegment::Name(name)] if COSMETIC.contains(&name.as_str()));
        let says_it = !details.iter().all(is_cosmetic);
        if !is_same && !says_it {
            self.blame(subject.clone(), both.new, part);
        }
        let change = if matches!(reach, EditReach::Contract(_)) { Change::Renamed } else { Change::Changed };
        self.edit(subject, change, details, reach, (!is_same && says_it).then_some(part));
    }

    /// An edit of an order that counts: that of the entries which both have.
    fn order<'a>(
        &mut self,
        subject: EditSubject,
        order: Sides<&Vec<usize>>,
        name: &dyn Fn(usize) -> &'a str,
        nodes: Nodes<'_>,
        reach: EditReach,
        part: Option<FramePart>,
    ) {
        let kept = Sides {
            old: order.old.iter().filter(|at| order.new.contains(at)).collect::<Vec<_>>(),
            new: order.new.iter().filter(|at| order.old.contains(at)).collect(),
        };
        if kept.is_same() {
            return;
        }
        let said = kept.map(|order| Some(Content::Order(order.into_iter().map(|at| name(*at).to_owned()).collect())));
        let details = vec![Detail { key: KeyPath::default(), old: said.old, new: said.new, spans: nodes.spans() }];
        self.edit(subject, Change::Moved, details, reach, part);
    }
}

/// `fit` or `fit.company`.
fn place(source: &DiffSource, criterion: usize) -> String {
    let Criterion { dimension, group, .. } = source.rulebook.criteria[criterion];
    let score = group.map_or(ScoreRef::Dimension(dimension), |group| ScoreRef::Group(dimension, group));
    source.rulebook.score_name(score)
}
