//! Which stages of a path a lead reached, and when: entered, skipped and implied, or known but not when.

use super::pass::Pass;
use crate::rulebook::Path;
use crate::value::{Calendar, Instant, Zone, bucket, calendar::start_of_day, day_number};

/// How a lead came to a stage of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// It did not reach it.
    Never,
    /// It reached it, but nobody knows when.
    Undated,
    /// It skipped the stage: it takes the date of the next one.
    Implied(Instant),
    /// The CRM has the date.
    Dated(Instant),
}

impl Journey {
    /// When it was lost or given back.
    pub(super) fn over(&self) -> Option<Instant> {
        self.lost.or(self.returned)
    }
}

impl Arrival {
    /// When, recorded or implied.
    pub(super) fn at(self) -> Option<Instant> {
        match self {
            Self::Implied(at) | Self::Dated(at) => Some(at),
            Self::Never | Self::Undated => None,
        }
    }

    /// When, if the CRM has the date.
    pub(super) fn recorded(self) -> Option<Instant> {
        if let Self::Dated(at) = self { Some(at) } else { None }
    }
}

/// A pass on a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Journey {
    /// One a stage of the path.
    pub arrivals: Vec<Arrival>,
    /// The furthest stage reached: its place in the path. None: it is not on the path.
    pub furthest: Option<usize>,
    /// When it was lost, unless it entered a further stage of the path afterwards.
    pub lost: Option<Instant>,
    /// When it was given back, unless it was lost before.
    pub returned: Option<Instant>,
}

/// A pass's way along a path; `journey` is room for it. A stage is reached if it, or a later one, was entered. From the end
/// backwards, a skipped stage takes the date of the one after it; a stage that is known but not when neither takes nor gives one.
pub(super) fn travel(journey: &mut Journey, path: &Path, pass: &Pass<'_, '_>, zone: &Zone) {
    let n_stages = path.stages.len();
    let arrivals = &mut journey.arrivals;
    arrivals.clear();
    arrivals.resize(n_stages, Arrival::Never);
    journey.furthest = (0..n_stages).rposition(|place| pass.entry(path, place).truth.is_true());
    for place in (0..journey.furthest.map_or(0, |furthest| furthest + 1)).rev() {
        let entry = pass.entry(path, place);
        arrivals[place] = match (entry.truth.is_true(), entry.at) {
            (true, Some(at)) => Arrival::Dated(at),
            (true, None) => Arrival::Undated,
            (false, _) => arrivals[place + 1].at().map_or(Arrival::Undated, Arrival::Implied),
        };
    }
    let newest = arrivals.iter().filter_map(|arrival| arrival.at()).max();
    journey.lost = pass.lost_after(newest, zone);
    // A loss in a pass lies before the return that ended it, or on its day.
    journey.returned = pass.returned().filter(|_| journey.lost.is_none());
}

/// Whether `later` does not lie before `earlier`. A time that is the first of its day may be a bare date, of which only the day
/// is known: on the same day it follows.
pub(super) fn follows(earlier: Instant, later: Instant, zone: &Zone) -> bool {
    later >= earlier
        || (day_number(earlier, zone) == day_number(later, zone)
            && start_of_day(bucket(later, zone, Calendar::Day), zone) == later)
}

/// The first two recorded dates of a journey that are out of order: the places in the path.
pub(super) fn out_of_order(journey: &Journey, zone: &Zone) -> Option<(usize, usize)> {
    let mut before: Option<(usize, Instant)> = None;
    for (place, arrival) in journey.arrivals.iter().enumerate() {
        let Some(at) = arrival.recorded() else { continue };
        if let Some((earlier, earlier_at)) = before
            && !follows(earlier_at, at, zone)
        {
            return Some((earlier, place));
        }
        before = Some((place, at));
    }
    None
}

/// From one recorded date to another, in milliseconds; none if they are out of order.
pub(super) fn elapsed_ms(earlier: Instant, later: Instant, zone: &Zone) -> Option<i64> {
    follows(earlier, later, zone).then(|| later.ms_since(earlier).max(0))
}
