//! Everything that two rulebooks score with, in one frame: each dimension, group, criterion, stage and disqualifier that either
//! has stands once, with what each side says of it. From a frame any mixture can be put together as a rulebook: the old one, the
//! new one, or the old one with a single edit.

use super::patch::{FramePart, Patch};
use super::sides::{Pairs, Sides, paired, places};
use crate::points::Points;
use crate::rulebook::expr::{Expr, ScoreRef, Worth};
use crate::rulebook::logic::Form;
use crate::rulebook::rewrite::Ref;
use crate::rulebook::{Criterion, Dimension, Disqualifier, Group, Limits, Rulebook, Stage};
use crate::value::Number;

/// Two rulebooks on one numbering of fields and tallies, in one frame.
#[derive(Debug)]
pub(super) struct Frame {
    /// What each says. Its parts name dimensions, groups, scores and stages by their numbers in the frame; its own lists are as
    /// they were.
    pub rulebooks: Sides<Rulebook>,
    pub dimensions: Pairs,
    /// For each dimension of the frame its groups.
    pub groups: Vec<Pairs>,
    pub criteria: Pairs,
    pub disqualifiers: Pairs,
    /// The stages of both, from the top of the funnel down.
    pub stages: Pairs,
    /// The stages of each, in its order, by their numbers in the frame.
    pub order: Sides<Vec<usize>>,
}

/// A rulebook put together, and which stages of the frame its stages are.
#[derive(Debug)]
pub(super) struct Mixture {
    pub rulebook: Rulebook,
    pub stages: Vec<usize>,
}

/// A stage that isn't there: no lead holds it.
const NOWHERE: usize = usize::MAX;

/// Stages by name, and those that `renamed` pairs by their numbers. A removed stage keeps its place below the one that stood
/// above it.
fn paired_stages(both: Sides<&Rulebook>, renamed: &[Sides<usize>]) -> Pairs {
    let old_of = |at: usize| {
        let by_name = || both.old.stage_named(&both.new.stages[at].name);
        renamed.iter().find(|pair| pair.new == at).map(|pair| pair.old).or_else(by_name)
    };
    let mut pairs: Pairs = (0..both.new.stages.len()).map(|at| Sides { old: old_of(at), new: Some(at) }).collect();
    for at in 0..both.old.stages.len() {
        if pairs.iter().all(|pair| pair.old != Some(at)) {
            let above = at.checked_sub(1).and_then(|above| pairs.iter().position(|pair| pair.old == Some(above)));
            pairs.insert(above.map_or(0, |above| above + 1), Sides { old: Some(at), new: None });
        }
    }
    pairs
}

/// Each disqualifier's reason, and which of those with this reason it is, from 1.
pub(super) fn reasons(rulebook: &Rulebook) -> Vec<(&str, usize)> {
    let all = &rulebook.disqualifiers;
    let nth =
        |(at, one): (usize, &'_ Disqualifier)| all[..=at].iter().filter(|other| other.reason == one.reason).count();
    all.iter().enumerate().map(|(at, one)| (one.reason.as_str(), nth((at, one)))).collect()
}

impl Frame {
    /// Puts two rulebooks that share their numbering of fields and tallies into a frame. `renamed` pairs stages with another
    /// name.
    pub(super) fn new(mut rulebooks: Sides<Rulebook>, renamed: &[Sides<usize>]) -> Self {
        let both = rulebooks.as_ref();
        let dimensions = paired(&both.map(|one| one.dimensions.iter().map(|dimension| &dimension.name).collect()));
        let groups_of = |pair: &Sides<Option<usize>>| {
            let names = pair.zip(both).map(|(at, rulebook)| -> Vec<&String> {
                let groups = at.into_iter().flat_map(|at| &rulebook.dimensions[at].groups);
                groups.map(|group| &group.name).collect()
            });
            paired(&names)
        };
        let groups: Vec<Pairs> = dimensions.iter().map(groups_of).collect();
        let criteria = paired(&both.map(|one| one.criteria.iter().map(|criterion| &criterion.id).collect()));
        let disqualifiers = paired(&both.map(reasons));
        let stages = paired_stages(both, renamed);
        let order = places(&stages);
        let scores = Sides { old: false, new: true }.map(|is_new| ScorePlaces::of(is_new, &dimensions, &groups));
        onto_frame(&mut rulebooks.old, &scores.old, &order.old);
        onto_frame(&mut rulebooks.new, &scores.new, &order.new);
        Self { rulebooks, dimensions, groups, criteria, disqualifiers, stages, order }
    }

    fn sides<'f, T>(
        &'f self,
        pair: Sides<Option<usize>>,
        list: impl Fn(&'f Rulebook) -> &'f [T],
    ) -> Sides<Option<&'f T>> {
        pair.zip(self.rulebooks.as_ref()).map(|(at, rulebook)| at.map(|at| &list(rulebook)[at]))
    }

    /// A dimension as either has it.
    pub(super) fn dimension(&self, at: usize) -> Sides<Option<&Dimension>> {
        self.sides(self.dimensions[at], |rulebook| &rulebook.dimensions)
    }

    /// A group as either has it.
    pub(super) fn group(&self, dimension: usize, at: usize) -> Sides<Option<&Group>> {
        self.dimension(dimension).zip(self.groups[dimension][at]).map(|(one, at)| Some(&one?.groups[at?]))
    }

    /// A criterion as either has it.
    pub(super) fn criterion(&self, at: usize) -> Sides<Option<&Criterion>> {
        self.sides(self.criteria[at], |rulebook| &rulebook.criteria)
    }

    /// A disqualifier as either has it.
    pub(super) fn disqualifier(&self, at: usize) -> Sides<Option<&Disqualifier>> {
        self.sides(self.disqualifiers[at], |rulebook| &rulebook.disqualifiers)
    }

    /// A stage as either has it.
    pub(super) fn stage(&self, at: usize) -> Sides<Option<&Stage>> {
        self.sides(self.stages[at], |rulebook| &rulebook.stages)
    }

    /// The name of a stage; a renamed one has its new name.
    pub(super) fn stage_name(&self, at: usize) -> &str {
        self.stage(at).latest().map_or("", |(_, stage)| &stage.name)
    }

    /// The rulebook that scores as the old one with some edits. Criteria stand in the order of the frame; with `has_worth` they
    /// say how they come to their points, else only where these count. `base` gives everything that the frame doesn't speak of.
    pub(super) fn mix(&self, base: &Rulebook, patch: &Patch, has_worth: bool) -> Mixture {
        let whole = |part| self.rulebooks.as_ref().of(patch.takes(part));
        let disqualifier = |at| self.disqualifier(at).of(patch.takes(FramePart::Disqualifier(at))).cloned();
        let stage = |at| self.stage(at).of(patch.takes(FramePart::Stage(at)));
        let order = self.order_of(patch);
        let mut rulebook = Rulebook {
            dimensions: (0..self.dimensions.len()).map(|at| self.mixed_dimension(patch, at)).collect(),
            criteria: (0..self.criteria.len()).map(|at| self.mixed_criterion(patch, at, has_worth)).collect(),
            total: whole(FramePart::Total).total,
            grade: whole(FramePart::Grade).grade.clone(),
            disqualifiers: (0..self.disqualifiers.len()).filter_map(disqualifier).collect(),
            stages: order.iter().filter_map(|at| stage(*at)).cloned().collect(),
            returns: whole(FramePart::Returns).returns.clone(),
            priorities: whole(FramePart::Priorities).priorities.clone(),
            ..base.clone()
        };
        settle_stages(&mut rulebook, &order);
        Mixture { rulebook, stages: order }
    }

    fn mixed_criterion(&self, patch: &Patch, at: usize, has_worth: bool) -> Criterion {
        let is_new = patch.takes(FramePart::Criterion(at));
        let sides = self.criterion(at);
        let mut criterion = sides.of(is_new).or(sides.of(!is_new)).cloned().expect("one of the two sides has it");
        criterion.enabled &= sides.of(is_new).is_some();
        if !has_worth {
            criterion.only_if = None;
            criterion.worth = Worth::Choose { arms: Vec::new(), otherwise: Points::ZERO, unknown: Points::ZERO };
        }
        criterion
    }

    /// A dimension as one of the sides has it, key by key. One that the old side lacks counts for nothing, unless the patch brings
    /// it or a criterion in it.
    fn mixed_dimension(&self, patch: &Patch, at: usize) -> Dimension {
        let sides = self.dimension(at);
        let brings = |group: Option<usize>| patch.brings(self, at, group);
        let (_, latest) = sides.latest().expect("one of the two sides has it");
        let mut dimension = match (sides.old, sides.new) {
            (Some(old), _) => old.clone(),
            (None, Some(new)) if brings(None) => new.clone(),
            (None, _) => Dimension {
                limits: Limits::default(),
                weight: Number::from_micros(1_000_000),
                in_total: false,
                fade: None,
                ..latest.clone()
            },
        };
        for part in &patch.0 {
            match part {
                FramePart::Dimension(of, key) if *of == at => key.take_over(&mut dimension, sides.new),
                _ => {}
            }
        }
        let group = |index: usize| {
            let sides = self.group(at, index);
            let (_, latest) = sides.latest().expect("one of the two sides has it");
            let takes_new = patch.takes(FramePart::Group(at, index)) || (sides.old.is_none() && brings(Some(index)));
            let own = sides.of(takes_new);
            let (fade, limits) = (own.and_then(|group| group.fade), own.map(|group| group.limits).unwrap_or_default());
            Group { name: latest.name.clone(), place: dimension.place.clone(), fade, limits }
        };
        let groups = (0..self.groups[at].len()).map(group).collect();
        Dimension { groups, ..dimension }
    }

    /// The stages of a mixture in order, by their numbers in the frame.
    fn order_of(&self, patch: &Patch) -> Vec<usize> {
        // Those that come or go have their place in the frame's order, which agrees with both where neither moved a stage.
        let mut order = self.order.as_ref().of(patch.takes(FramePart::Order)).clone();
        for at in 0..self.stages.len() {
            if !order.contains(&at) {
                let above = order.iter().rposition(|other| *other < at);
                order.insert(above.map_or(0, |above| above + 1), at);
            }
        }
        order.retain(|at| self.stages[*at].of(patch.takes(FramePart::Stage(*at))).is_some());
        order
    }
}

/// Where the dimensions of one side, and the groups of each, stand in the frame.
struct ScorePlaces {
    dimensions: Vec<usize>,
    groups: Vec<Vec<usize>>,
}

impl ScorePlaces {
    fn of(is_new: bool, dimensions: &Pairs, groups: &[Pairs]) -> Self {
        let dimensions = places(dimensions).of(is_new);
        let groups = dimensions.iter().map(|at| places(&groups[*at]).of(is_new)).collect();
        Self { dimensions, groups }
    }
}

/// Numbers what names a score or a stage as the frame does.
fn onto_frame(rulebook: &mut Rulebook, scores: &ScorePlaces, stages: &[usize]) {
    let place = |dimension: &mut usize, group: Option<&mut usize>| {
        if let Some(group) = group {
            *group = scores.groups[*dimension][*group];
        }
        *dimension = scores.dimensions[*dimension];
    };
    rulebook.rewrite(&mut |reference| match reference {
        Ref::Score(ScoreRef::Dimension(dimension)) => place(dimension, None),
        Ref::Score(ScoreRef::Group(dimension, group)) => place(dimension, Some(group)),
        Ref::Stage(stage) => *stage = stages[*stage],
        Ref::Score(ScoreRef::Total | ScoreRef::Account(_) | ScoreRef::AccountLeads)
        | Ref::LeadField(_)
        | Ref::EventField(_)
        | Ref::Tally(_)
        | Ref::Source(_) => {}
    });
    for criterion in &mut rulebook.criteria {
        place(&mut criterion.dimension, criterion.group.as_mut());
    }
}

/// Turns the numbers of stages from those of the frame into places in this rulebook. A stage that isn't there is not held, nor is
/// one that a stage asks for and that doesn't stand above it.
fn settle_stages(rulebook: &mut Rulebook, order: &[usize]) {
    let place = |stage: usize| order.iter().position(|at| *at == stage).unwrap_or(NOWHERE);
    rulebook.rewrite(&mut |reference| {
        if let Ref::Stage(stage) = reference {
            *stage = place(*stage);
        }
    });
    for (own, stage) in rulebook.stages.iter_mut().enumerate() {
        let had_after = !stage.after.is_empty();
        stage.rewrite(&mut |reference| {
            if let Ref::Stage(other) = reference {
                *other = Some(*other).filter(|place| *place < own).unwrap_or(NOWHERE);
            }
        });
        stage.after.retain(|other| *other != NOWHERE);
        if had_after && stage.after.is_empty() {
            stage.when = stage.when.take().map(|_| Expr::nowhere(Form::Any(Vec::new())));
            stage.keep_when = None;
        }
    }
}
