//! What some passes came to: how far along each path, and how promises were kept.

use super::arrivals::Journey;
use super::flow::Flow;
use super::lens::Lens;
use super::pass::Pass;
use super::segments::Summed;
use super::sla::{PromiseKept, PromiseVerdict};

/// One pass, with how far it got and what became of the promises.
pub(super) struct SeenPass<'x, 'r> {
    pub pass: Pass<'x, 'r>,
    pub journeys: Vec<Journey>,
    pub verdicts: Vec<Option<PromiseVerdict>>,
}

/// What some passes came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub n_passes: u64,
    /// One a path.
    pub flows: Vec<Flow>,
    /// One a promise.
    pub kept: Vec<PromiseKept>,
}

impl Sums {
    pub(super) fn new(lens: &Lens<'_>) -> Self {
        let flows = (0..lens.paths.len()).map(|path| Flow::new(lens, path)).collect();
        Self { n_passes: 0, flows, kept: vec![PromiseKept::default(); lens.promises.len()] }
    }

    pub(super) fn add_seen(&mut self, lens: &Lens<'_>, seen: &SeenPass<'_, '_>) {
        self.n_passes += 1;
        add_to_flows(&mut self.flows, lens, seen);
        for (kept, verdict) in self.kept.iter_mut().zip(&seen.verdicts) {
            if let Some(verdict) = verdict {
                kept.add_verdict(*verdict);
            }
        }
    }
}

/// Adds a pass to what is kept of each path.
pub(super) fn add_to_flows(flows: &mut [Flow], lens: &Lens<'_>, seen: &SeenPass<'_, '_>) {
    let pass = &seen.pass;
    let paths = lens.paths.iter().zip(&lens.unsure);
    for ((flow, journey), (path, unsure)) in flows.iter_mut().zip(&seen.journeys).zip(paths) {
        let entered = |place: usize| pass.entry(path, place).truth;
        flow.add_pass(journey, pass.is_disqualified, unsure, entered);
        flow.in_time.iter_mut().for_each(|step| step.add_pass(journey, lens.as_of));
    }
}

impl Summed for Sums {
    fn add_sums(&mut self, other: &Self) {
        self.n_passes += other.n_passes;
        for (flow, more) in self.flows.iter_mut().zip(&other.flows) {
            flow.add(more);
        }
        for (kept, more) in self.kept.iter_mut().zip(&other.kept) {
            kept.add(more);
        }
    }

    fn size(&self) -> u64 {
        self.n_passes
    }
}
