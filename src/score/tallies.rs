//! The tallies of all leads, complete: only read.

use super::board::{Shard, row_of, shard_of};
use super::bundles::{Bundle, DatedPoints, apart};
use super::lately::DoingNames;
use super::layout::{LINE_NARROW, LINE_WIDE, Line};
use super::measure::{NONE_LARGEST, SumForm, TallyShape};
use super::moments::WithReason;
use super::plan::Plan;
use super::truth::Quantity;
use crate::points::Points;
use crate::rulebook::expr::{Count, EventPoints, Measure};
use crate::value::{Instant, Value};

/// The tallies of all leads, complete.
#[derive(Debug)]
pub struct Tallies {
    pub(super) shards: Vec<Shard>,
    pub(super) doings: DoingNames,
}

/// What is kept of one lead.
#[derive(Clone, Copy)]
pub(super) struct LeadTallies<'t> {
    line: &'t Line,
    wide: &'t [i64],
    narrow: &'t [i32],
    shard: &'t Shard,
    row: u32,
}

impl LeadTallies<'_> {
    /// A wide integer.
    #[inline]
    pub(super) fn wide(&self, slot: usize) -> i64 {
        self.line.wide.get(slot).copied().unwrap_or_else(|| self.wide[slot - LINE_WIDE])
    }

    /// A narrow integer.
    #[inline]
    pub(super) fn narrow(&self, slot: usize) -> i32 {
        self.line.narrow.get(slot).copied().unwrap_or_else(|| self.narrow[slot - LINE_NARROW])
    }

    /// A sum.
    pub(super) fn sum(&self, slot: usize, form: SumForm) -> i128 {
        match form {
            SumForm::Narrow => i128::from(self.narrow(slot)),
            SumForm::Wide => i128::from(self.wide(slot)),
            SumForm::Halves => (i128::from(self.wide(slot)) << 32) + i128::from(self.wide(slot + 1)),
        }
    }

    fn newest(&self, newest: usize) -> &[Bundle] {
        self.shard.newest[newest].get(&self.row).map_or(&[], Vec::as_slice)
    }

    /// The moments of a tally of them, from the earliest on.
    pub(super) fn moments(&self, moments: usize) -> Vec<WithReason> {
        self.shard.moments[moments].of(self.row)
    }

    fn apart(&self, apart: usize) -> &[DatedPoints] {
        self.shard.apart[apart].get(&self.row).map_or(&[], Vec::as_slice)
    }
}

impl Tallies {
    /// The value of the earliest or latest event of a lead that has one, of a tally that keeps it.
    pub(super) fn held(&self, plan: &Plan<'_>, tally: usize, lead: u32) -> Option<&Value<'static>> {
        let TallyShape::Held { held, .. } = plan.layout.shapes[tally] else { return None };
        self.shards[shard_of(lead)].held[held].of(row_of(lead))
    }

    /// The moments of a lead, with their reasons, of a tally that keeps them; from the earliest on.
    pub(super) fn moments(&self, plan: &Plan<'_>, tally: usize, lead: u32) -> Vec<WithReason> {
        match plan.layout.shapes[tally] {
            TallyShape::Moments { moments } => self.of(lead).moments(moments),
            _ => Vec::new(),
        }
    }

    /// Those of nobody.
    pub(crate) fn none() -> Self {
        Self { shards: Vec::new(), doings: DoingNames::default() }
    }

    pub(super) fn into_parts(self) -> (Vec<Shard>, DoingNames) {
        (self.shards, self.doings)
    }

    pub(super) fn new(shards: Vec<Shard>, doings: DoingNames) -> Self {
        Self { shards, doings }
    }

    /// What is kept of a lead.
    #[inline]
    pub(super) fn of(&self, lead: u32) -> LeadTallies<'_> {
        let shard = &self.shards[shard_of(lead)];
        let row = row_of(lead);
        let at = row as usize;
        let (n_wide, n_narrow) = (shard.n_wide, shard.n_narrow);
        LeadTallies {
            line: &shard.lines[at],
            wide: &shard.wide[at * n_wide..(at + 1) * n_wide],
            narrow: &shard.narrow[at * n_narrow..(at + 1) * n_narrow],
            shard,
            row,
        }
    }

    /// The value of a measure for a lead. `from` is the date to be idle from where there is no event.
    #[must_use]
    pub fn quantity(&self, plan: &Plan<'_>, tally: usize, lead: u32, from: Option<Instant>) -> Quantity {
        plan.read(tally, plan.layout.shapes[tally], self.of(lead), from)
    }

    /// The points of an occurrence criterion of a lead, in millionths, before its cap. Where the tallies are kept as far as the
    /// cap, they are so far as the cap lets them count.
    #[must_use]
    #[inline]
    pub(super) fn points_micros(plan: &Plan<'_>, tally: usize, kept: LeadTallies<'_>) -> i128 {
        match plan.layout.shapes[tally] {
            // Most leads have done few of the things that give points.
            TallyShape::Count { slot } | TallyShape::Sum { slot, form: SumForm::Narrow } if kept.narrow(slot) == 0 => 0,
            shape => points_of(plan, tally, shape, kept),
        }
    }
}

fn points_of(plan: &Plan<'_>, tally: usize, shape: TallyShape, kept: LeadTallies<'_>) -> i128 {
    let Measure::Points { points, count, at_most, decay } = &plan.rulebook.tallies[tally].measure else { return 0 };
    let left = |event: &DatedPoints| i128::from(event.left(plan, decay.as_ref()));
    // Where each event has points of its own, none is kept without them.
    let fixed = if let EventPoints::Fixed(points) = points { *points } else { Points::ZERO };
    match shape {
        TallyShape::Count { slot } => {
            let limit = at_most.map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
            i128::from(i64::from(kept.narrow(slot)).min(limit)) * fixed.micros()
        }
        TallyShape::Sum { slot, form } => kept.sum(slot, form),
        TallyShape::Largest { slot } if *count == Count::Once => match kept.wide(slot) {
            NONE_LARGEST => 0,
            newest => left(&DatedPoints::new(Instant::from_ms(newest), fixed)),
        },
        TallyShape::Bundles { slot, .. } | TallyShape::Worths { slot, .. } => kept.sum(slot, SumForm::Halves),
        TallyShape::Newest { newest, .. } => kept.newest(newest).iter().map(|bundle| left(&bundle.newest)).sum(),
        TallyShape::Apart { apart: events } => {
            let gap_ms = if let Count::Apart(gap_ms) = count { *gap_ms } else { 0 };
            apart(kept.apart(events), gap_ms).iter().take(at_most.unwrap_or(usize::MAX)).map(left).sum()
        }
        _ => 0,
    }
}
