//! A step of a path with a window: only leads that have had the time count, and only those convert that did in time.

use super::arrivals::Journey;
use super::lens::Lens;
use crate::value::Instant;

/// From a stage of a path to the next, how long a lead has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StepWindow {
    /// The place in the path of the stage that the window begins with.
    pub from: usize,
    pub within_ms: i64,
}

/// What a step with a window came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InTime {
    pub window: StepWindow,
    pub n_converted: u64,
    pub n_late: u64,
    pub n_lost: u64,
    pub n_returned: u64,
    pub n_open: u64,
    pub n_not_due: u64,
    pub n_undated: u64,
}

/// What became of one pass in a window.
enum Outcome {
    Converted,
    Late,
    Lost,
    Returned,
    Open,
    NotDue,
    Undated,
}

/// The windows of a path.
pub(super) fn windows_of<'x>(lens: &'x Lens<'_>, path: usize) -> impl Iterator<Item = StepWindow> + 'x {
    let stages = &lens.paths[path].stages;
    lens.windows.iter().filter_map(move |window| {
        let from = stages.iter().position(|stage| *stage == window.from)?;
        (stages.get(from + 1) == Some(&window.to)).then_some(StepWindow { from, within_ms: window.within_ms })
    })
}

impl InTime {
    pub(super) fn new(window: StepWindow) -> Self {
        Self { window, n_converted: 0, n_late: 0, n_lost: 0, n_returned: 0, n_open: 0, n_not_due: 0, n_undated: 0 }
    }

    /// The leads whose time is over: those that the rate is of.
    pub(super) fn n_due(self) -> u64 {
        self.n_converted + self.n_late + self.n_lost + self.n_returned + self.n_open
    }

    pub(super) fn add_pass(&mut self, journey: &Journey, as_of: Instant) {
        let Some(furthest) = journey.furthest.filter(|furthest| *furthest >= self.window.from) else { return };
        *match outcome(self.window, journey, furthest, as_of) {
            Outcome::Converted => &mut self.n_converted,
            Outcome::Late => &mut self.n_late,
            Outcome::Lost => &mut self.n_lost,
            Outcome::Returned => &mut self.n_returned,
            Outcome::Open => &mut self.n_open,
            Outcome::NotDue => &mut self.n_not_due,
            Outcome::Undated => &mut self.n_undated,
        } += 1;
    }

    pub(super) fn add(&mut self, other: Self) {
        self.n_converted += other.n_converted;
        self.n_late += other.n_late;
        self.n_lost += other.n_lost;
        self.n_returned += other.n_returned;
        self.n_open += other.n_open;
        self.n_not_due += other.n_not_due;
        self.n_undated += other.n_undated;
    }
}

/// An implied date is a date, as it is for cohorts. The earliest date of the next stage or one beyond it decides; one before the
/// entry is in time. Where none of them has a date nobody knows whether it was in time.
fn outcome(window: StepWindow, journey: &Journey, furthest: usize, as_of: Instant) -> Outcome {
    let StepWindow { from, within_ms } = window;
    let Some(entry) = journey.arrivals[from].at() else { return Outcome::Undated };
    if as_of.ms_since(entry) < within_ms {
        return Outcome::NotDue;
    }
    if furthest == from {
        return match (journey.lost, journey.returned) {
            (Some(_), _) => Outcome::Lost,
            (None, Some(_)) => Outcome::Returned,
            (None, None) => Outcome::Open,
        };
    }
    match journey.arrivals[from + 1..=furthest].iter().filter_map(|arrival| arrival.at()).min() {
        Some(reached) if reached.ms_since(entry) <= within_ms => Outcome::Converted,
        Some(_) => Outcome::Late,
        None => Outcome::Undated,
    }
}
