//! What an edit takes over from the new rulebook: parts of the frame. Applied by [`super::frame::Frame::mix`].

use super::frame::Frame;
use crate::rulebook::Dimension;
use std::collections::BTreeSet;

/// A part of the frame that can be taken over from the new rulebook, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FramePart {
    Criterion(usize),
    Dimension(usize, DimensionKey),
    /// The limits and the fade of a group: its dimension and its own number.
    Group(usize, usize),
    Disqualifier(usize),
    Stage(usize),
    /// What records that leads were given back.
    Returns,
    /// The limits of the total.
    Total,
    Grade,
    /// The order of the stages.
    Order,
    /// All priorities.
    Priorities,
}

/// A key of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DimensionKey {
    /// `min`
    Min,
    /// `max`
    Max,
    /// `weight`
    Weight,
    /// `in_total`
    InTotal,
    /// `fade`
    Fade,
}

impl DimensionKey {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [Self::Min, Self::Max, Self::Weight, Self::InTotal, Self::Fade];

    /// The key in the rulebook.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Weight => "weight",
            Self::InTotal => "in_total",
            Self::Fade => "fade",
        }
    }

    /// Makes one dimension like another in this key. A dimension that goes no longer counts for the total.
    pub(super) fn take_over(self, to: &mut Dimension, from: Option<&Dimension>) {
        match (self, from) {
            (Self::Min, Some(from)) => to.limits.min = from.limits.min,
            (Self::Max, Some(from)) => to.limits.max = from.limits.max,
            (Self::Weight, Some(from)) => to.weight = from.weight,
            (Self::InTotal, Some(from)) => to.in_total = from.in_total,
            (Self::Fade, Some(from)) => to.fade = from.fade,
            (Self::InTotal, None) => to.in_total = false,
            (Self::Min | Self::Max | Self::Weight | Self::Fade, None) => {}
        }
    }
}

/// What is taken over from the new rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Patch(pub BTreeSet<FramePart>);

impl FromIterator<FramePart> for Patch {
    fn from_iter<I: IntoIterator<Item = FramePart>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}

impl Patch {
    /// Everything that the new rulebook says.
    pub(super) fn everything(frame: &Frame) -> Self {
        let keys = |at| DimensionKey::ALL.map(|key| FramePart::Dimension(at, key));
        let groups = |(at, groups): (usize, &super::sides::Pairs)| {
            (0..groups.len()).map(move |group| FramePart::Group(at, group))
        };
        let whole = [FramePart::Returns, FramePart::Total, FramePart::Grade, FramePart::Order, FramePart::Priorities]
            .into_iter();
        whole
            .chain((0..frame.criteria.len()).map(FramePart::Criterion))
            .chain((0..frame.dimensions.len()).flat_map(keys))
            .chain(frame.groups.iter().enumerate().flat_map(groups))
            .chain((0..frame.disqualifiers.len()).map(FramePart::Disqualifier))
            .chain((0..frame.stages.len()).map(FramePart::Stage))
            .collect()
    }

    /// Whether this part is taken over.
    pub(super) fn takes(&self, part: FramePart) -> bool {
        self.0.contains(&part)
    }

    /// Whether nothing is taken over.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything of both.
    pub(super) fn join(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// The criteria that are taken over, by their numbers in the frame.
    pub(super) fn criteria(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|part| if let FramePart::Criterion(at) = part { Some(*at) } else { None })
    }

    /// Whether only the points of criteria can differ, and all that follows from them: nothing else is taken over, and no
    /// criterion counts elsewhere than before.
    pub(super) fn is_points_only(&self, frame: &Frame) -> bool {
        let stays = |at: usize| {
            let criterion = frame.criterion(at);
            match (criterion.old, criterion.new) {
                (Some(old), Some(new)) => (old.dimension, old.group) == (new.dimension, new.group),
                (None, Some(new)) => {
                    frame.dimensions[new.dimension].old.is_some()
                        && new.group.is_none_or(|group| frame.groups[new.dimension][group].old.is_some())
                }
                (_, None) => true,
            }
        };
        self.0.iter().all(|part| if let FramePart::Criterion(at) = part { stays(*at) } else { false })
    }

    /// Whether a criterion of the patch counts in a dimension, or in a group of it.
    pub(super) fn brings(&self, frame: &Frame, dimension: usize, group: Option<usize>) -> bool {
        self.criteria()
            .filter_map(|at| frame.criterion(at).new)
            .any(|criterion| criterion.dimension == dimension && (group.is_none() || criterion.group == group))
    }
}
