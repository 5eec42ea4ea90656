//! Everything that two rulebooks score with, in one frame: each dimension, group, criterion, stage and disqualifier that either
//! has stands once, with what each side says of it. From a frame any mixture can be put together as a rulebook: the old one, the
//! new one, or the old one with a single edit.

use super::patch::{Patch, Whole};
use super::reason::Reason;
use crate::points::Points;
use crate::rulebook::expr::{Expr, ScoreRef, Worth};
use crate::rulebook::logic::Form;
use crate::rulebook::rewrite::Ref;
use crate::rulebook::{Criterion, Dimension, Disqualifier, Grade, Group, Limits, Priority, Rulebook, Stage};
use crate::value::Number;

/// Two rulebooks on one numbering of fields and tallies, in one frame.
#[derive(Debug)]
pub(super) struct Frame {
    /// The dimensions of both, with their groups.
    pub dimensions: Vec<(String, Vec<String>)>,
    /// The criteria of both: the old ones in order, then the added ones.
    pub criteria: Vec<String>,
    /// The names of all stages, from the top of the funnel down; a renamed one has its new name.
    pub stages: Vec<String>,
    /// The disqualifiers of both: the old ones in order, then the added ones.
    pub reasons: Vec<Reason>,
    /// What the old rulebook says.
    pub old: Side,
    /// What the new rulebook says.
    pub new: Side,
}

/// What one rulebook says of everything in the frame. Scores are numbered by the frame; stages in conditions too.
#[derive(Debug)]
pub(super) struct Side {
    /// The dimensions that it has.
    pub dimensions: Vec<Option<Dimension>>,
    /// The limits of the groups that it has.
    pub groups: Vec<Vec<Option<Limits>>>,
    /// Limits of the total.
    pub total: Limits,
    /// Its grade.
    pub grade: Option<Grade>,
    /// The criteria that it has.
    pub criteria: Vec<Option<Criterion>>,
    /// The disqualifiers that it has.
    pub disqualifiers: Vec<Option<Disqualifier>>,
    /// The stages that it has.
    pub stages: Vec<Option<Stage>>,
    /// Its stages, in its order, by their number in the frame.
    pub order: Vec<usize>,
    /// Its priorities.
    pub priorities: Vec<Priority>,
}

/// A rulebook put together, and which stages of the frame its stages are.
#[derive(Debug)]
pub(super) struct Mixture {
    pub rulebook: Rulebook,
    pub stages: Vec<usize>,
}

/// A stage that isn't there: no lead holds it.
const NOWHERE: usize = usize::MAX;

impl Side {
    fn empty(frame: &[(String, Vec<String>)], n_criteria: usize, n_reasons: usize, n_stages: usize) -> Self {
        Self {
            dimensions: vec![None; frame.len()],
            groups: frame.iter().map(|(_, groups)| vec![None; groups.len()]).collect(),
            total: Limits::default(),
            grade: None,
            criteria: vec![None; n_criteria],
            disqualifiers: vec![None; n_reasons],
            stages: vec![None; n_stages],
            order: Vec::new(),
            priorities: Vec::new(),
        }
    }
}

/// How the stages of two rulebooks stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StageNames {
    /// In the order of the frame.
    pub names: Vec<String>,
    /// The old rulebook's stages, by their number in the frame.
    pub old: Vec<usize>,
    /// The new rulebook's.
    pub new: Vec<usize>,
}

impl StageNames {
    /// Aligns stages by name, and those that `renamed` pairs (old name, new name). A removed stage keeps its place below the one
    /// that stood above it.
    pub(super) fn align(old: &[Stage], new: &[Stage], renamed: &[(String, String)]) -> Self {
        let name_now = |name: &str| {
            renamed.iter().find(|(before, _)| before == name).map_or(name.to_owned(), |(_, now)| now.clone())
        };
        let mut names: Vec<String> = new.iter().map(|stage| stage.name.clone()).collect();
        let mut above: Option<String> = None;
        for stage in old {
            let name = name_now(&stage.name);
            if !names.contains(&name) {
                let place = above.as_ref().and_then(|above| names.iter().position(|known| known == above));
                names.insert(place.map_or(0, |place| place + 1), name.clone());
            }
            above = Some(name);
        }
        let place = |name: &str| names.iter().position(|known| known == name).unwrap_or(NOWHERE);
        let old = old.iter().map(|stage| place(&name_now(&stage.name))).collect();
        let new = new.iter().map(|stage| place(&stage.name)).collect();
        Self { names, old, new }
    }
}

/// All of both, each once: the old ones in order, then those that came.
fn joined<T: PartialEq>(old: impl Iterator<Item = T>, new: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for one in old.chain(new) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

impl Frame {
    /// Puts two rulebooks that share their numbering of fields and tallies into a frame.
    pub(super) fn new(old: &Rulebook, new: &Rulebook, stages: &StageNames) -> Self {
        let names = joined(names_of(old), names_of(new)).into_iter();
        let groups = |rulebook: &'_ Rulebook, name: &str| -> Vec<String> {
            let dimension = rulebook.dimensions.iter().find(|dimension| dimension.name == name);
            dimension.iter().flat_map(|dimension| &dimension.groups).map(|group| group.name.clone()).collect()
        };
        let with_groups = |name: String| {
            let all = joined(groups(old, &name).into_iter(), groups(new, &name).into_iter());
            (name, all)
        };
        let dimensions: Vec<(String, Vec<String>)> = names.map(str::to_owned).map(with_groups).collect();
        let ids = |rulebook: &'_ Rulebook| rulebook.criteria.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        let mut frame = Self {
            criteria: joined(ids(old).into_iter(), ids(new).into_iter()),
            stages: stages.names.clone(),
            reasons: joined(reasons(old).into_iter(), reasons(new).into_iter()),
            old: Side::empty(&[], 0, 0, 0),
            new: Side::empty(&[], 0, 0, 0),
            dimensions,
        };
        frame.old = frame.side(old, &stages.old);
        frame.new = frame.side(new, &stages.new);
        frame
    }

    /// Whether the two sides differ in nothing but how criteria come to their points, and so a lead to whom all give the same has
    /// the same card.
    pub(super) fn differs_in_points_only(&self) -> bool {
        let (old, new) = (&self.old, &self.new);
        let sums = |one: &Option<Dimension>| one.as_ref().map(|one| (one.limits, one.weight, one.in_total));
        let place = |one: &Option<Criterion>| one.as_ref().map(|one| (one.dimension, one.group));
        let bounds = |grade: &Option<Grade>| -> Vec<_> {
            let axes = grade.iter().flat_map(|grade| &grade.axes);
            let of =
                |axis: &crate::rulebook::Axis| axis.bounds.iter().map(|one| (one.mark.clone(), one.from)).collect();
            axes.map(|axis| (axis.score, of(axis))).collect::<Vec<(ScoreRef, Vec<_>)>>()
        };
        let reasons = |one: &Option<Disqualifier>| one.as_ref().map(|one| one.when.clone());
        let ladder = |one: &Option<Stage>| {
            let parts = |stage: &Stage| {
                let conditions = (stage.when.clone(), stage.keep_when.clone(), stage.recycle_when.clone());
                (conditions, stage.after.clone(), stage.entered.clone())
            };
            one.as_ref().map(parts)
        };
        let calls = |one: &Priority| (one.name.clone(), one.when.clone(), one.action.clone());
        old.dimensions.iter().map(sums).eq(new.dimensions.iter().map(sums))
            && old.groups == new.groups
            && old.total == new.total
            && bounds(&old.grade) == bounds(&new.grade)
            && old
                .criteria
                .iter()
                .zip(&new.criteria)
                .all(|(old, new)| old.is_none() || new.is_none() || place(old) == place(new))
            && old.disqualifiers.iter().map(reasons).eq(new.disqualifiers.iter().map(reasons))
            && old.stages.iter().map(ladder).eq(new.stages.iter().map(ladder))
            && old.order == new.order
            && old.priorities.iter().map(calls).eq(new.priorities.iter().map(calls))
    }

    fn side(&self, rulebook: &Rulebook, stage_places: &[usize]) -> Side {
        let mut side = Side::empty(&self.dimensions, self.criteria.len(), self.reasons.len(), self.stages.len());
        let places: Vec<(usize, Vec<usize>)> = rulebook.dimensions.iter().map(|one| self.place(one)).collect();
        let score = |score: &mut ScoreRef| match score {
            ScoreRef::Total => {}
            ScoreRef::Dimension(dimension) => *dimension = places[*dimension].0,
            ScoreRef::Group(dimension, group) => {
                *group = places[*dimension].1[*group];
                *dimension = places[*dimension].0;
            }
        };
        let mut renumber = |reference: Ref<'_>| match reference {
            Ref::Score(found) => score(found),
            Ref::Stage(stage) => *stage = stage_places[*stage],
            Ref::LeadField(_) | Ref::EventField(_) | Ref::Tally(_) | Ref::Source(_) => {}
        };
        for (dimension, (place, groups)) in rulebook.dimensions.iter().zip(&places) {
            side.dimensions[*place] = Some(dimension.clone());
            for (group, at) in dimension.groups.iter().zip(groups) {
                side.groups[*place][*at] = Some(group.limits);
            }
        }
        side.total = rulebook.total;
        side.grade.clone_from(&rulebook.grade);
        side.grade.iter_mut().for_each(|grade| grade.rewrite(&mut renumber));
        for criterion in &rulebook.criteria {
            let mut criterion = criterion.clone();
            let (place, groups) = &places[criterion.dimension];
            (criterion.dimension, criterion.group) = (*place, criterion.group.map(|group| groups[group]));
            let at = index_of(&self.criteria, &criterion.id);
            side.criteria[at] = Some(criterion);
        }
        let reasons = reasons(rulebook);
        for (disqualifier, reason) in rulebook.disqualifiers.iter().zip(&reasons) {
            let mut disqualifier = disqualifier.clone();
            disqualifier.when.rewrite(&mut renumber);
            side.disqualifiers[index_of(&self.reasons, reason)] = Some(disqualifier);
        }
        for (stage, place) in rulebook.stages.iter().zip(stage_places) {
            let mut stage = stage.clone();
            stage.rewrite(&mut renumber);
            side.stages[*place] = Some(stage);
        }
        side.order = stage_places.to_vec();
        side.priorities.clone_from(&rulebook.priorities);
        side.priorities.iter_mut().filter_map(|one| one.when.as_mut()).for_each(|when| when.rewrite(&mut renumber));
        side
    }

    fn place(&self, dimension: &Dimension) -> (usize, Vec<usize>) {
        let place = self.dimensions.iter().position(|(name, _)| *name == dimension.name).unwrap_or_default();
        let groups = dimension.groups.iter().map(|group| index_of(&self.dimensions[place].1, &group.name)).collect();
        (place, groups)
    }

    /// The rulebook that scores as the old one with some edits. Criteria stand in the order of the frame; with `has_worth` they
    /// say how they come to their points, else only where these count. `base` gives everything that the frame doesn't speak of.
    pub(super) fn mix(&self, base: &Rulebook, patch: &Patch, has_worth: bool) -> Mixture {
        let criteria = (0..self.criteria.len()).map(|at| self.criterion(patch, at, has_worth)).collect();
        let (stages, order) = self.stages_of(patch);
        let disqualifiers = (0..self.reasons.len()).filter_map(|at| {
            let side = if patch.disqualifiers.contains(&at) { &self.new } else { &self.old };
            side.disqualifiers[at].clone()
        });
        let mut rulebook = Rulebook {
            dimensions: (0..self.dimensions.len()).map(|at| self.dimension(patch, at)).collect(),
            criteria,
            total: if patch.takes(Whole::Total) { self.new.total } else { self.old.total },
            grade: if patch.takes(Whole::Grade) { self.new.grade.clone() } else { self.old.grade.clone() },
            disqualifiers: disqualifiers.collect(),
            stages,
            priorities: if patch.takes(Whole::Priorities) {
                self.new.priorities.clone()
            } else {
                self.old.priorities.clone()
            },
            ..base.clone()
        };
        settle_stages(&mut rulebook, &order);
        Mixture { rulebook, stages: order }
    }

    fn criterion(&self, patch: &Patch, at: usize, has_worth: bool) -> Criterion {
        let (chosen, other) = if patch.criteria.contains(&at) {
            (&self.new.criteria[at], &self.old.criteria[at])
        } else {
            (&self.old.criteria[at], &self.new.criteria[at])
        };
        let mut criterion = chosen.as_ref().or(other.as_ref()).cloned().expect("one of the two sides has it");
        criterion.enabled &= chosen.is_some();
        if !has_worth {
            criterion.only_if = None;
            criterion.worth = Worth::Choose { arms: Vec::new(), otherwise: Points::ZERO, unknown: Points::ZERO };
        }
        criterion
    }

    /// A dimension as one of the sides has it, key by key. One that the old side lacks counts for nothing, unless the patch brings
    /// it or a criterion in it.
    fn dimension(&self, patch: &Patch, at: usize) -> Dimension {
        let (old, new) = (&self.old.dimensions[at], &self.new.dimensions[at]);
        let brings = |group: Option<usize>| patch.brings(self, at, group);
        let base = match (old, new) {
            (Some(old), _) => old.clone(),
            (None, Some(new)) if brings(None) => new.clone(),
            (None, other) => Dimension {
                limits: Limits::default(),
                weight: Number::from_micros(1_000_000),
                in_total: false,
                ..other.clone().expect("one of the two sides has it")
            },
        };
        let mut dimension = base;
        for (_, key) in patch.dimensions.iter().filter(|(dimension, _)| *dimension == at) {
            key.take_over(&mut dimension, new.as_ref());
        }
        let group = |(index, name): (usize, &String)| {
            let is_patched = patch.groups.contains(&(at, index));
            let (old, new) = (self.old.groups[at][index], self.new.groups[at][index]);
            let limits = match (old, new) {
                (_, new) if is_patched => new,
                (None, new) if brings(Some(index)) => new,
                (old, _) => old,
            };
            Group { name: name.clone(), place: dimension.place.clone(), limits: limits.unwrap_or_default() }
        };
        let groups = self.dimensions[at].1.iter().enumerate().map(group).collect();
        Dimension { groups, ..dimension }
    }

    /// The stages, still naming each other by their number in the frame, and those numbers in order.
    fn stages_of(&self, patch: &Patch) -> (Vec<Stage>, Vec<usize>) {
        let chosen = |at: usize| if patch.stages.contains(&at) { &self.new.stages[at] } else { &self.old.stages[at] };
        // Those that come or go have their place in the frame's order, which agrees with both where neither moved a stage.
        let of_side = if patch.takes(Whole::Order) { &self.new.order } else { &self.old.order };
        let mut order = of_side.clone();
        for at in 0..self.stages.len() {
            if !order.contains(&at) {
                let above = order.iter().rposition(|other| *other < at);
                order.insert(above.map_or(0, |above| above + 1), at);
            }
        }
        order.retain(|at| chosen(*at).is_some());
        (order.iter().filter_map(|at| chosen(*at).clone()).collect(), order)
    }
}

/// Turns the stages' names for each other from numbers of the frame into places in this rulebook. A stage that isn't there, or
/// doesn't stand above, is not held.
fn settle_stages(rulebook: &mut Rulebook, order: &[usize]) {
    let place = |stage: usize| order.iter().position(|at| *at == stage).unwrap_or(NOWHERE);
    for (own, stage) in rulebook.stages.iter_mut().enumerate() {
        let had_after = !stage.after.is_empty();
        stage.rewrite(&mut |reference| {
            if let Ref::Stage(other) = reference {
                *other = Some(place(*other)).filter(|place| *place < own).unwrap_or(NOWHERE);
            }
        });
        stage.after.retain(|other| *other != NOWHERE);
        if had_after && stage.after.is_empty() {
            stage.when = stage.when.take().map(|_| Expr::nowhere(Form::Any(Vec::new())));
            stage.keep_when = None;
        }
    }
    let priorities = rulebook.priorities.iter_mut().filter_map(|priority| priority.when.as_mut());
    priorities.for_each(|when| {
        when.rewrite(&mut |reference| {
            if let Ref::Stage(stage) = reference {
                *stage = place(*stage);
            }
        });
    });
}

fn names_of(rulebook: &Rulebook) -> impl Iterator<Item = &str> {
    rulebook.dimensions.iter().map(|dimension| dimension.name.as_str())
}

/// The disqualifiers of a rulebook, by what tells them apart.
fn reasons(rulebook: &Rulebook) -> Vec<Reason> {
    Reason::number(rulebook.disqualifiers.iter().map(|one| one.reason.as_str()))
}

fn index_of<T: PartialEq>(names: &[T], name: &T) -> usize {
    names.iter().position(|known| known == name).expect("the frame has every name of both sides")
}
