//! Passes that sales gave back: from which stage, why, by whom, after how long; and how later passes fare beside first ones.

use super::arrivals::{Journey, elapsed_ms};
use super::figures::{median_of_seconds, rate};
use super::flow::Flow;
use super::lens::Lens;
use super::observed::Observed;
use super::reasons::{ByPlace, reasons};
use super::report::{FirstAndLater, GivenBack, GivenBackPath, GivenBackStage};
use super::segments::Segments;
use super::sums::{SeenPass, add_to_flows};
use crate::run::ScoredLead;
use crate::value::Zone;

/// The returns of the passes seen.
#[derive(Clone, Debug)]
pub(super) struct GivenBackSeen {
    n_passes: u64,
    n_returned: u64,
    reasons: Segments<ByPlace>,
    owners: Option<Segments<ByPlace>>,
    /// One a path, then one a stage: seconds from the entry into the furthest stage until the return, rounded up.
    waits_s: Vec<Vec<Vec<u32>>>,
    /// One a path: of first passes, and of those that a return began.
    first: Vec<Flow>,
    later: Vec<Flow>,
}

impl GivenBackSeen {
    /// No passes; none where the rulebook has no returns.
    pub(super) fn new(lens: &Lens<'_>) -> Option<Self> {
        if !lens.has_returns() {
            return None;
        }
        let none = || Segments::new(ByPlace::new(lens));
        let flows = || -> Vec<Flow> { (0..lens.paths.len()).map(|path| Flow::new(lens, path)).collect() };
        Some(Self {
            n_passes: 0,
            n_returned: 0,
            reasons: none(),
            owners: lens.owner.map(|_| none()),
            waits_s: lens.paths.iter().map(|path| vec![Vec::new(); path.stages.len()]).collect(),
            first: flows(),
            later: flows(),
        })
    }

    pub(super) fn add_pass(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, seen: &SeenPass<'_, '_>) {
        self.n_passes += 1;
        add_to_flows(if seen.pass.is_later() { &mut self.later } else { &mut self.first }, lens, seen);
        if seen.pass.returned().is_none() {
            return;
        }
        self.n_returned += 1;
        let is_returned = |journey: &Journey| journey.returned.is_some();
        self.reasons.of_text(seen.pass.reason.as_deref()).add_pass(&seen.journeys, is_returned);
        if let (Some(owners), Some(field)) = (&mut self.owners, lens.owner) {
            owners.of_lead(lead.facts, field, |sums| sums.add_pass(&seen.journeys, is_returned));
        }
        for (waits_s, journey) in self.waits_s.iter_mut().zip(&seen.journeys) {
            if let Some((furthest, seconds)) = wait(journey, &lens.rulebook.zone) {
                waits_s[furthest].push(seconds);
            }
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.n_passes += other.n_passes;
        self.n_returned += other.n_returned;
        self.reasons.add(&other.reasons);
        if let (Some(owners), Some(more)) = (&mut self.owners, &other.owners) {
            owners.add(more);
        }
        for (waits, more) in self.waits_s.iter_mut().flatten().zip(other.waits_s.iter().flatten()) {
            waits.extend_from_slice(more);
        }
        let flows = self.first.iter_mut().chain(&mut self.later);
        flows.zip(other.first.iter().chain(&other.later)).for_each(|(flow, more)| flow.add(more));
    }

    /// How many passes there are.
    pub(super) fn n_passes(&self) -> u64 {
        self.n_passes
    }
}

/// From the recorded entry into the furthest stage until the return.
fn wait(journey: &Journey, zone: &Zone) -> Option<(usize, u32)> {
    let furthest = journey.furthest?;
    let ms = elapsed_ms(journey.arrivals[furthest].recorded()?, journey.returned?, zone)?;
    let seconds = ms / 1000 + i64::from(ms % 1000 > 0);
    Some((furthest, u32::try_from(seconds).unwrap_or(u32::MAX)))
}

/// The figures; none where the rulebook has no returns.
pub(super) fn given_back(lens: &Lens<'_>, seen: &Observed) -> Option<GivenBack> {
    let found = seen.given_back.as_ref()?;
    let paths = (0..lens.paths.len()).map(|path| on_path(lens, seen, found, path));
    Some(GivenBack { n_passes: found.n_passes, n_returned: found.n_returned, paths: paths.collect() })
}

fn on_path(lens: &Lens<'_>, seen: &Observed, found: &GivenBackSeen, path: usize) -> GivenBackPath {
    let flow = &seen.all.flows[path];
    let stage = |(place, passage): (usize, &super::flow::Passage)| GivenBackStage {
        stage: lens.stage_of(path, place),
        n_reached: passage.n_reached(),
        n_returned: passage.n_returned_here,
        rate: rate(passage.n_returned_here, passage.n_reached()),
        median: median_of_seconds(&found.waits_s[path][place]),
    };
    let last = flow.stages.len() - 1;
    let compared = |from: usize, to: usize| FirstAndLater {
        first: found.first[path].conversion(lens, path, from, to),
        later: found.later[path].conversion(lens, path, from, to),
    };
    let returns = lens.rulebook.returns.as_ref();
    let reason = returns.filter(|returns| returns.reason.is_some() || returns.event_reason.is_some());
    let owner = lens.owner.zip(found.owners.as_ref());
    GivenBackPath {
        path: lens.paths[path].name.clone(),
        stages: flow.stages.iter().enumerate().map(stage).collect(),
        reasons: reason.map(|_| reasons(lens, &found.reasons, path, reason_name(lens))),
        owners: owner.map(|(field, owners)| reasons(lens, owners, path, lens.rulebook.field_name(field))),
        to_next: (0..last).map(|from| compared(from, from + 1)).collect(),
        to_last: (0..last).map(|from| compared(from, last)).collect(),
    }
}

/// The name of the field that says why; of leads and events it is the same.
fn reason_name(lens: &Lens<'_>) -> String {
    let Some(returns) = &lens.rulebook.returns else { return String::new() };
    let of_lead = returns.reason.map(|field| lens.rulebook.field_name(field));
    let of_event = || returns.event_reason.map(|field| lens.rulebook.event_field_name(field));
    of_lead.or_else(of_event).unwrap_or_default()
}
