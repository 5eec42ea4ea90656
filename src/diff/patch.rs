//! What an edit takes over from the new rulebook: numbers of the frame's parts. Applied by [`super::frame::Frame::mix`].

use super::frame::Frame;
use crate::rulebook::Dimension;

/// What is taken over from the new rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Patch {
    /// Criteria.
    pub criteria: Vec<usize>,
    /// Keys of dimensions.
    pub dimensions: Vec<(usize, DimensionKey)>,
    /// Limits of groups: dimension and group.
    pub groups: Vec<(usize, usize)>,
    /// Disqualifiers.
    pub disqualifiers: Vec<usize>,
    /// Stages.
    pub stages: Vec<usize>,
    /// What there is once.
    pub whole: Vec<Whole>,
}

/// A part that a rulebook has once, taken over as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// The limits of the total.
    Total,
    /// The grade.
    Grade,
    /// The order of the stages.
    Order,
    /// All priorities.
    Priorities,
}

/// A key of a dimension, and what it is where the key is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DimensionKey {
    /// `min`
    Min,
    /// `max`
    Max,
    /// `weight`
    Weight,
    /// `in_total`
    InTotal,
}

impl DimensionKey {
    /// All, by their names in the rulebook.
    pub(super) const ALL: [(&'static str, Self); 4] =
        [("min", Self::Min), ("max", Self::Max), ("weight", Self::Weight), ("in_total", Self::InTotal)];

    /// Makes one dimension like another in this key. A dimension that goes no longer counts for the total.
    pub(super) fn take_over(self, to: &mut Dimension, from: Option<&Dimension>) {
        match (self, from) {
            (Self::Min, Some(from)) => to.limits.min = from.limits.min,
            (Self::Max, Some(from)) => to.limits.max = from.limits.max,
            (Self::Weight, Some(from)) => to.weight = from.weight,
            (Self::InTotal, Some(from)) => to.in_total = from.in_total,
            (Self::InTotal, None) => to.in_total = false,
            (Self::Min | Self::Max | Self::Weight, None) => {}
        }
    }
}

impl Patch {
    /// Everything that the new rulebook says.
    pub(super) fn everything(frame: &Frame) -> Self {
        let dimensions = || frame.dimensions.iter().enumerate();
        let keys = |(at, _): (usize, _)| DimensionKey::ALL.map(|(_, key)| (at, key));
        let groups =
            |(at, (_, groups)): (usize, &(String, Vec<String>))| (0..groups.len()).map(move |group| (at, group));
        Self {
            criteria: (0..frame.criteria.len()).collect(),
            dimensions: dimensions().flat_map(keys).collect(),
            groups: dimensions().flat_map(groups).collect(),
            disqualifiers: (0..frame.reasons.len()).collect(),
            stages: (0..frame.stages.len()).collect(),
            whole: vec![Whole::Total, Whole::Grade, Whole::Order, Whole::Priorities],
        }
    }

    /// Whether this part is taken over.
    pub(super) fn takes(&self, part: Whole) -> bool {
        self.whole.contains(&part)
    }

    /// Whether nothing is taken over.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Everything of both.
    pub(super) fn join(&mut self, other: &Self) {
        self.criteria.extend(&other.criteria);
        self.dimensions.extend(&other.dimensions);
        self.groups.extend(&other.groups);
        self.disqualifiers.extend(&other.disqualifiers);
        self.stages.extend(&other.stages);
        self.whole.extend(&other.whole);
    }

    /// Whether only the points of criteria can differ, and all that follows from them: nothing else is taken over, and no
    /// criterion counts elsewhere than before.
    pub(super) fn is_points_only(&self, frame: &Frame) -> bool {
        let stays = |at: &usize| match (&frame.old.criteria[*at], &frame.new.criteria[*at]) {
            (Some(old), Some(new)) => (old.dimension, old.group) == (new.dimension, new.group),
            (None, Some(new)) => {
                frame.old.dimensions[new.dimension].is_some()
                    && new.group.is_none_or(|group| frame.old.groups[new.dimension][group].is_some())
            }
            (_, None) => true,
        };
        let without_criteria = Self { criteria: Vec::new(), ..self.clone() };
        without_criteria.is_empty() && self.criteria.iter().all(stays)
    }

    /// Whether a criterion of the patch counts in a dimension, or in a group of it.
    pub(super) fn brings(&self, frame: &Frame, dimension: usize, group: Option<usize>) -> bool {
        self.criteria
            .iter()
            .filter_map(|at| frame.new.criteria[*at].as_ref())
            .any(|criterion| criterion.dimension == dimension && (group.is_none() || criterion.group == group))
    }
}
