//! Where each tally of a lead stands on the board: how wide, and which of them share the place in memory that every event
//! touches. Made once a run from the plan; knows no events.

use super::measure::{TallyShape, is_common};
use crate::rulebook::expr::{EventPoints, Measure, Types, Worth};
use crate::rulebook::{Criterion, Rulebook};

/// How many wide and narrow integers of a lead stand on its line.
pub(super) const LINE_WIDE: usize = 2;
/// See [`LINE_WIDE`].
pub(super) const LINE_NARROW: usize = 12;

/// The integers of a lead that most events change: as much as memory hands over at once.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Line {
    pub wide: [i64; LINE_WIDE],
    pub narrow: [i32; LINE_NARROW],
}

/// How exactly sums of points are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exactness {
    /// In full: an explanation shows them before their cap.
    Full,
    /// As far as the cap of their criterion lets them count: all that is added has one sign, so that a sum which has left the
    /// narrow integers lies beyond the cap, in whatever order it was added.
    ToTheCap,
}

/// What each event of the common tallies changes: the slots of counts, of newest and of earliest times.
#[derive(Clone, Debug, Default)]
pub(super) struct CommonSlots {
    pub counts: Vec<usize>,
    pub newest: Vec<usize>,
    pub earliest: Vec<usize>,
}

/// Where everything stands.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// How each tally is kept.
    pub(super) shapes: Vec<TallyShape>,
    /// What an event changes that is noted as a whole: first of any type, then one of engagement.
    pub(super) common: [CommonSlots; 2],
    /// The wide integers of a lead before any event.
    wide: Vec<i64>,
    n_narrow: usize,
    pub(super) n_sets: usize,
    pub(super) n_bundles: usize,
    pub(super) n_newest: usize,
    pub(super) n_worths: usize,
    pub(super) n_periods: usize,
    pub(super) n_apart: usize,
    pub(super) n_held: usize,
    pub(super) n_moments: usize,
}

impl Layout {
    /// The layout of a rulebook's tallies, some of which keep the number of an earlier one. The common ones come first, so that they share the line.
    pub(super) fn new(rulebook: &Rulebook, feeders: &[Option<usize>], exactness: Exactness) -> Self {
        let mut layout = Self::default();
        let tallies = &rulebook.tallies;
        let mut shapes: Vec<Option<TallyShape>> = vec![None; tallies.len()];
        for is_turn_of_common in [true, false] {
            for (index, tally) in tallies.iter().enumerate().filter(|(_, tally)| is_common(tally) == is_turn_of_common)
            {
                // Two that keep the same number select the same, so both are common or neither is.
                if let Some(shape) = feeders[index].and_then(|feeder| shapes[feeder]) {
                    shapes[index] = Some(shape);
                    continue;
                }
                let is_narrow = exactness == Exactness::ToTheCap && fits_to_the_cap(rulebook, index);
                let shape = layout.shape(&tally.measure, is_narrow);
                if is_turn_of_common {
                    layout.add_common(shape, &tally.select.types);
                }
                shapes[index] = Some(shape);
            }
        }
        layout.shapes = shapes.into_iter().flatten().collect();
        layout
    }

    fn add_common(&mut self, shape: TallyShape, types: &Types) {
        let [every, engagement] = &mut self.common;
        let kinds = if *types == Types::Every { vec![every, engagement] } else { vec![engagement] };
        for slots in kinds {
            match shape {
                TallyShape::Count { slot } => slots.counts.push(slot),
                TallyShape::Largest { slot } => slots.newest.push(slot),
                TallyShape::Smallest { slot } => slots.earliest.push(slot),
                _ => {}
            }
        }
    }

    /// Whether everything that every event changes stands on the lines.
    pub(super) fn is_common_on_lines(&self) -> bool {
        let wide = self.common.iter().flat_map(|slots| slots.newest.iter().chain(&slots.earliest));
        let mut narrow = self.common.iter().flat_map(|slots| &slots.counts);
        narrow.all(|slot| *slot < LINE_NARROW) && wide.copied().all(|slot| slot < LINE_WIDE)
    }

    /// A place for a wide integer.
    pub(super) fn wide_slot(&mut self, initial: i64) -> usize {
        self.wide.push(initial);
        self.wide.len() - 1
    }

    /// A place for a narrow integer, which begins with 0.
    pub(super) fn narrow_slot(&mut self) -> usize {
        self.n_narrow += 1;
        self.n_narrow - 1
    }

    /// The line of a lead before any event.
    pub(super) fn first_line(&self) -> Line {
        let mut line = Line { wide: [0; LINE_WIDE], narrow: [0; LINE_NARROW] };
        for (slot, initial) in line.wide.iter_mut().zip(&self.wide) {
            *slot = *initial;
        }
        line
    }

    /// The wide integers of a lead that don't stand on its line, before any event.
    pub(super) fn wide_rest(&self) -> &[i64] {
        self.wide.get(LINE_WIDE..).unwrap_or_default()
    }

    /// How many narrow integers of a lead don't stand on its line.
    pub(super) fn n_narrow_rest(&self) -> usize {
        self.n_narrow.saturating_sub(LINE_NARROW)
    }
}

/// Whether the points of a tally may be kept as far as the caps let them count: whoever reads it caps it, within what a narrow
/// integer holds.
fn fits_to_the_cap(rulebook: &Rulebook, tally: usize) -> bool {
    let fits = |micros: i128| i32::try_from(micros).is_ok();
    let Measure::Points { points: EventPoints::Fixed(points), .. } = &rulebook.tallies[tally].measure else {
        return false;
    };
    let is_reader =
        |criterion: &&Criterion| matches!(criterion.worth, Worth::Occurrences { tally: read, .. } if read == tally);
    let is_capped = |criterion: &Criterion| match criterion.worth {
        Worth::Occurrences { cap: Some(cap), .. } => fits(cap.micros()),
        _ => false,
    };
    fits(points.micros()) && rulebook.criteria.iter().filter(is_reader).all(is_capped)
}
