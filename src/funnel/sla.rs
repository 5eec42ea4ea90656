//! Promised response times: the clock starts when a stage is entered, by the CRM's own date, and stops at what `until` names.

use super::arrivals::{Arrival, Journey, follows};
use super::figures::{FEW, count, rate, to_days};
use super::lens::{Lens, Promise, Until};
use super::pass::Pass;
use super::report::{Days, SlaCounts};

/// How one promise was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PromiseKept {
    n_met: u64,
    n_missed: u64,
    n_past_due: u64,
    n_lost_after: u64,
    n_early: u64,
    n_running: u64,
    n_lost: u64,
    n_before: u64,
    n_undated: u64,
    /// Seconds of the promise's clock until the answer, rounded up, of those answered.
    responses_s: Vec<u32>,
}

/// What became of a promise to one lead. Times are milliseconds of the promise's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PromiseVerdict {
    /// Answered in time, and the time is over.
    Met { ms: i64 },
    /// Answered when the time was over.
    Missed { ms: i64 },
    /// Not answered, and the time is over.
    PastDue,
    /// Not answered before it was lost, when the time was over.
    LostAfter,
    /// Answered, and the time is not over yet.
    Early { ms: i64 },
    /// Not answered, and there is still time.
    Running,
    /// Lost before the time was over, perhaps after an answer.
    Lost { answered_ms: Option<i64> },
    /// Answered before the clock started.
    Before,
    /// No date at one end.
    Undated,
}

/// What became of a promise in a pass of a lead; none if its clock never started.
pub(super) fn verdict(
    lens: &Lens<'_>,
    promise: &Promise<'_>,
    pass: &Pass<'_, '_>,
    journeys: &[Journey],
) -> Option<PromiseVerdict> {
    let sla = promise.sla;
    let entry = pass.entered[sla.stage];
    if !entry.truth.is_true() {
        return None;
    }
    let Some(start) = entry.at else { return Some(PromiseVerdict::Undated) };
    let stop = match promise.until {
        Until::Moment(until) => pass.moment(until, start, &lens.rulebook.zone),
        Until::Next { path, place } => match journeys[path].arrivals[place] {
            Arrival::Undated => return Some(PromiseVerdict::Undated),
            arrival => arrival.at(),
        },
    };
    let zone = &lens.rulebook.zone;
    if stop.is_some_and(|stop| !follows(start, stop, zone)) {
        return Some(PromiseVerdict::Before);
    }
    let ms = stop.map(|stop| sla.clock.elapsed_ms(start, stop, zone));
    let end = sla.end(start, zone);
    let is_over = end <= lens.as_of;
    let over = pass.over_after(start, zone);
    Some(match (ms, stop) {
        _ if over.is_some_and(|over| over < end) => PromiseVerdict::Lost { answered_ms: ms },
        (Some(ms), Some(stop)) if stop > end => PromiseVerdict::Missed { ms },
        (Some(ms), _) if is_over => PromiseVerdict::Met { ms },
        (Some(ms), _) => PromiseVerdict::Early { ms },
        (None, _) if is_over && over.is_some() => PromiseVerdict::LostAfter,
        (None, _) if is_over => PromiseVerdict::PastDue,
        (None, _) => PromiseVerdict::Running,
    })
}

impl PromiseVerdict {
    /// Whether there was an answer, in time or late.
    pub(super) fn is_answered(self) -> bool {
        matches!(
            self,
            Self::Met { .. } | Self::Missed { .. } | Self::Early { .. } | Self::Lost { answered_ms: Some(_) }
        )
    }

    /// Whether the lead waits for an answer now, and the time is over.
    pub(super) fn is_past_due(self) -> bool {
        self == Self::PastDue
    }
}

impl PromiseKept {
    pub(super) fn add_verdict(&mut self, verdict: PromiseVerdict) {
        let (n, answered_ms) = match verdict {
            PromiseVerdict::Met { ms } => (&mut self.n_met, Some(ms)),
            PromiseVerdict::Missed { ms } => (&mut self.n_missed, Some(ms)),
            PromiseVerdict::PastDue => (&mut self.n_past_due, None),
            PromiseVerdict::LostAfter => (&mut self.n_lost_after, None),
            PromiseVerdict::Early { ms } => (&mut self.n_early, Some(ms)),
            PromiseVerdict::Running => (&mut self.n_running, None),
            PromiseVerdict::Lost { answered_ms } => (&mut self.n_lost, answered_ms),
            PromiseVerdict::Before => (&mut self.n_before, None),
            PromiseVerdict::Undated => (&mut self.n_undated, None),
        };
        *n += 1;
        if let Some(ms) = answered_ms {
            let seconds = ms / 1000 + i64::from(ms % 1000 > 0);
            self.responses_s.push(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.n_met += other.n_met;
        self.n_missed += other.n_missed;
        self.n_past_due += other.n_past_due;
        self.n_lost_after += other.n_lost_after;
        self.n_early += other.n_early;
        self.n_running += other.n_running;
        self.n_lost += other.n_lost;
        self.n_before += other.n_before;
        self.n_undated += other.n_undated;
        self.responses_s.extend_from_slice(&other.responses_s);
    }

    pub(super) fn counts(&self) -> SlaCounts {
        let n_broken = self.n_missed + self.n_past_due + self.n_lost_after;
        let n_due = self.n_met + n_broken;
        SlaCounts {
            n: n_due + self.n_early + self.n_running + self.n_lost,
            n_met: self.n_met,
            n_broken,
            n_missed: self.n_missed,
            n_past_due: self.n_past_due,
            n_lost_after: self.n_lost_after,
            n_early: self.n_early,
            n_running: self.n_running,
            n_lost: self.n_lost,
            n_before: self.n_before,
            n_undated: self.n_undated,
            kept: rate(self.n_met, n_due),
            median: self.median(),
        }
    }

    fn median(&self) -> Days {
        let n = u64::try_from(self.responses_s.len()).unwrap_or(u64::MAX);
        match n {
            0 => Days::None,
            n if n < FEW => Days::TooFew { n },
            _ => {
                let mut sorted = self.responses_s.clone();
                let rank = (sorted.len() - 1) / 2;
                let (_, median, _) = sorted.select_nth_unstable(rank);
                Days::After { days: to_days(count(u64::from(*median)) / 86_400.0) }
            }
        }
    }
}
