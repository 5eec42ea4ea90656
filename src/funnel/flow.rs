//! How many leads reached each stage of a path, and how they ended.

use super::arrivals::{Arrival, Journey};
use super::figures::rate;
use super::lens::Lens;
use super::report::{Conversion, ConversionWindow, Rate, StageReach};
use super::window::{InTime, windows_of};
use crate::score::Truth;

/// How many leads came through a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Passage {
    pub n_dated: u64,
    pub n_implied: u64,
    pub n_undated: u64,
    pub n_unknown: u64,
    pub n_open_here: u64,
    /// It is the furthest stage, and they were lost.
    pub n_lost_here: u64,
    /// It is the furthest stage, and they were given back.
    pub n_returned_here: u64,
    /// The CRM says that they entered this very stage.
    pub n_own: u64,
    /// Of these: reached the last stage.
    pub n_own_converted: u64,
}

impl Passage {
    pub(super) fn n_reached(self) -> u64 {
        self.n_dated + self.n_implied + self.n_undated
    }
}

/// A path's passages, one a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub stages: Vec<Passage>,
    /// One a step that has a window.
    pub in_time: Vec<InTime>,
}

impl Flow {
    pub(super) fn new(lens: &Lens<'_>, path: usize) -> Self {
        let stages = vec![Passage::default(); lens.paths[path].stages.len()];
        Self { stages, in_time: windows_of(lens, path).map(InTime::new).collect() }
    }

    /// Adds a pass; `entered` says of a place in the path whether the CRM says that it was entered.
    /// `unsure` are the places where that may be unknown.
    pub(super) fn add_pass(
        &mut self,
        journey: &Journey,
        is_disqualified: bool,
        unsure: &[usize],
        entered: impl Fn(usize) -> Truth,
    ) {
        let n_reached = journey.furthest.map_or(0, |furthest| furthest + 1);
        for place in unsure.iter().filter(|place| **place >= n_reached) {
            self.stages[*place].n_unknown += u64::from(entered(*place) == Truth::Unknown);
        }
        let has_converted = journey.furthest.is_some_and(|furthest| furthest + 1 == self.stages.len());
        for (place, (passage, arrival)) in self.stages.iter_mut().zip(&journey.arrivals[..n_reached]).enumerate() {
            match arrival {
                // None before the furthest is.
                Arrival::Never => {}
                Arrival::Undated => passage.n_undated += 1,
                Arrival::Implied(_) => passage.n_implied += 1,
                Arrival::Dated(_) => passage.n_dated += 1,
            }
            let is_own = entered(place).is_true();
            passage.n_own += u64::from(is_own);
            passage.n_own_converted += u64::from(is_own && has_converted);
        }
        if let Some(furthest) = journey.furthest {
            let here = &mut self.stages[furthest];
            here.n_lost_here += u64::from(journey.lost.is_some());
            here.n_returned_here += u64::from(journey.returned.is_some());
            here.n_open_here += u64::from(journey.over().is_none() && !is_disqualified);
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (passage, more) in self.stages.iter_mut().zip(&other.stages) {
            passage.n_dated += more.n_dated;
            passage.n_implied += more.n_implied;
            passage.n_undated += more.n_undated;
            passage.n_unknown += more.n_unknown;
            passage.n_open_here += more.n_open_here;
            passage.n_lost_here += more.n_lost_here;
            passage.n_returned_here += more.n_returned_here;
            passage.n_own += more.n_own;
            passage.n_own_converted += more.n_own_converted;
        }
        for (step, more) in self.in_time.iter_mut().zip(&other.in_time) {
            step.add(*more);
        }
    }

    pub(super) fn n_reached(&self, place: usize) -> u64 {
        self.stages[place].n_reached()
    }

    /// What a step with a window came to; none for one without, and for several steps at once.
    pub(super) fn window(&self, from: usize, to: usize) -> Option<&InTime> {
        self.in_time.iter().find(|step| step.window.from == from && from + 1 == to)
    }

    /// The share of one stage's leads that reached a later one: in time, where the step has a window.
    pub(super) fn rate(&self, from: usize, to: usize) -> Rate {
        if let Some(step) = self.window(from, to) {
            return rate(step.n_converted, step.n_due());
        }
        rate(self.n_reached(to), self.n_reached(from))
    }

    /// From one stage of a path to a later one.
    pub(super) fn conversion(&self, lens: &Lens<'_>, path: usize, from: usize, to: usize) -> Conversion {
        if let Some(step) = self.window(from, to) {
            return in_window(lens, path, step);
        }
        let (n, n_converted) = (self.n_reached(from), self.n_reached(to));
        let sum = |part: fn(&Passage) -> u64| self.stages[from..to].iter().map(part).sum::<u64>();
        let (lost, returned) = (sum(|passage| passage.n_lost_here), sum(|passage| passage.n_returned_here));
        let (n_lost, n_returned) = ends(lens, lost, returned);
        Conversion {
            from: lens.stage_of(path, from),
            to: lens.stage_of(path, to),
            n,
            n_converted,
            n_open: n - n_converted - lost - returned,
            n_lost,
            n_returned,
            rate: rate(n_converted, n),
            resolved: resolved(n_converted, 0, n_lost, n_returned),
            window: None,
        }
    }

    /// How many reached each stage.
    pub(super) fn reach(&self, lens: &Lens<'_>, path: usize) -> Vec<StageReach> {
        let reach = |(place, passage): (usize, &Passage)| StageReach {
            stage: lens.stage_of(path, place),
            n_reached: passage.n_reached(),
            n_dated: passage.n_dated,
            n_implied: passage.n_implied,
            n_undated: passage.n_undated,
            n_unknown: passage.n_unknown,
            n_open_here: passage.n_open_here,
        };
        self.stages.iter().enumerate().map(reach).collect()
    }
}

/// How many were lost and given back, where the rulebook says what that is.
fn ends(lens: &Lens<'_>, n_lost: u64, n_returned: u64) -> (Option<u64>, Option<u64>) {
    (lens.lost.is_some().then_some(n_lost), lens.has_returns().then_some(n_returned))
}

/// Of those whose end is known.
fn resolved(n_converted: u64, n_late: u64, n_lost: Option<u64>, n_returned: Option<u64>) -> Rate {
    if n_lost.is_none() && n_returned.is_none() {
        return Rate::None;
    }
    rate(n_converted, n_converted + n_late + n_lost.unwrap_or(0) + n_returned.unwrap_or(0))
}

/// A step with a window. Of the resolved are those whose end is known: converted, late or lost.
fn in_window(lens: &Lens<'_>, path: usize, step: &InTime) -> Conversion {
    let from = step.window.from;
    let (n_lost, n_returned) = ends(lens, step.n_lost, step.n_returned);
    Conversion {
        from: lens.stage_of(path, from),
        to: lens.stage_of(path, from + 1),
        n: step.n_due(),
        n_converted: step.n_converted,
        n_open: step.n_open,
        n_lost,
        n_returned,
        rate: rate(step.n_converted, step.n_due()),
        resolved: resolved(step.n_converted, step.n_late, n_lost, n_returned),
        window: Some(ConversionWindow {
            within_ms: step.window.within_ms,
            n_late: step.n_late,
            n_not_due: step.n_not_due,
            n_undated: step.n_undated,
        }),
    }
}
