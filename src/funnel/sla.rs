//! Promised response times: the clock starts when a stage is entered, by the CRM's own date, and stops at what `until` names.

use super::arrivals::{Arrival, Journey, elapsed_ms};
use super::figures::{FEW, count, rate, to_days};
use super::lens::{Lens, Promise, Until};
use super::pass::Pass;
use super::report::{Days, SlaCounts};
use crate::value::Instant;

/// How one promise was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PromiseKept {
    n_met: u64,
    n_missed: u64,
    n_running: u64,
    n_past_due: u64,
    n_lost: u64,
    n_before: u64,
    n_undated: u64,
    /// Seconds until the answer, rounded up, of those answered.
    responses_s: Vec<u32>,
}

/// What became of a promise to one lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PromiseVerdict {
    /// Answered after so many milliseconds: in time or not.
    Answered { ms: i64, in_time: bool },
    /// Not answered, and there is still time.
    Running,
    /// Not answered, and the time is over.
    PastDue,
    /// Lost before an answer was due.
    Lost,
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
    let entry = pass.entered[promise.stage];
    if !entry.truth.is_true() {
        return None;
    }
    let Some(start) = entry.at else { return Some(PromiseVerdict::Undated) };
    let stop = match promise.until {
        Until::Moment(until) => pass.moment(until),
        Until::Next { path, place } => match journeys[path].arrivals[place] {
            Arrival::Undated => return Some(PromiseVerdict::Undated),
            arrival => arrival.at(),
        },
    };
    let zone = &lens.rulebook.zone;
    if let Some(stop) = stop {
        let ms = elapsed_ms(start, stop, zone);
        return Some(
            ms.map_or(PromiseVerdict::Before, |ms| PromiseVerdict::Answered { ms, in_time: ms <= promise.within_ms }),
        );
    }
    let is_due = |end: Instant| end.ms_since(start) > promise.within_ms;
    let lost = pass.lost.filter(|lost| elapsed_ms(start, *lost, zone).is_some());
    Some(match lost {
        Some(lost) if !is_due(lost) => PromiseVerdict::Lost,
        _ if is_due(lens.as_of) => PromiseVerdict::PastDue,
        _ => PromiseVerdict::Running,
    })
}

impl PromiseVerdict {
    /// Whether there was an answer, in time or late.
    pub(super) fn is_answered(self) -> bool {
        matches!(self, Self::Answered { .. })
    }

    /// Whether the lead waits for an answer now, and the time is over.
    pub(super) fn is_past_due(self) -> bool {
        self == Self::PastDue
    }
}

impl PromiseKept {
    pub(super) fn add_verdict(&mut self, verdict: PromiseVerdict) {
        match verdict {
            PromiseVerdict::Answered { ms, in_time } => {
                *(if in_time { &mut self.n_met } else { &mut self.n_missed }) += 1;
                let seconds = ms / 1000 + i64::from(ms % 1000 > 0);
                self.responses_s.push(u32::try_from(seconds).unwrap_or(u32::MAX));
            }
            PromiseVerdict::Running => self.n_running += 1,
            PromiseVerdict::PastDue => self.n_past_due += 1,
            PromiseVerdict::Lost => self.n_lost += 1,
            PromiseVerdict::Before => self.n_before += 1,
            PromiseVerdict::Undated => self.n_undated += 1,
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.n_met += other.n_met;
        self.n_missed += other.n_missed;
        self.n_running += other.n_running;
        self.n_past_due += other.n_past_due;
        self.n_lost += other.n_lost;
        self.n_before += other.n_before;
        self.n_undated += other.n_undated;
        self.responses_s.extend_from_slice(&other.responses_s);
    }

    pub(super) fn counts(&self) -> SlaCounts {
        let n_due = self.n_met + self.n_missed + self.n_past_due;
        SlaCounts {
            n: n_due + self.n_running + self.n_lost,
            n_met: self.n_met,
            n_missed: self.n_missed,
            n_running: self.n_running,
            n_past_due: self.n_past_due,
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
