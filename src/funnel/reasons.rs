//! Why passes ended, by how far they had come.

use super::arrivals::Journey;
use super::lens::Lens;
use super::report::{Reason, Reasons};
use super::segments::{Segments, Summed};

/// Passes that ended, by the furthest stage that they reached.
#[derive(Clone, Debug)]
pub(super) struct ByPlace {
    n: u64,
    /// One a path, then one a stage.
    places: Vec<Vec<u64>>,
}

impl ByPlace {
    pub(super) fn new(lens: &Lens<'_>) -> Self {
        Self { n: 0, places: lens.paths.iter().map(|path| vec![0; path.stages.len()]).collect() }
    }

    /// Adds a pass on those paths on which it ended.
    pub(super) fn add_pass(&mut self, journeys: &[Journey], has_ended: impl Fn(&Journey) -> bool) {
        self.n += 1;
        for (places, journey) in self.places.iter_mut().zip(journeys) {
            if let Some(furthest) = journey.furthest.filter(|_| has_ended(journey)) {
                places[furthest] += 1;
            }
        }
    }
}

impl Summed for ByPlace {
    fn add_sums(&mut self, other: &Self) {
        self.n += other.n;
        for (sum, more) in self.places.iter_mut().flatten().zip(other.places.iter().flatten()) {
            *sum += more;
        }
    }

    fn size(&self) -> u64 {
        self.n
    }
}

/// The reasons on one path, the most frequent first; those of which the path has none left out.
pub(super) fn reasons(lens: &Lens<'_>, seen: &Segments<ByPlace>, path: usize, field: String) -> Reasons {
    let (shown, n_in_other) = seen.shown();
    let reason = |(name, sums): (String, ByPlace)| {
        let n_by_stage = sums.places[path].clone();
        Reason { reason: name, n: n_by_stage.iter().sum(), n_by_stage }
    };
    Reasons {
        field,
        stages: (0..lens.paths[path].stages.len()).map(|place| lens.stage_of(path, place)).collect(),
        reasons: shown.into_iter().map(reason).filter(|reason| reason.n > 0).collect(),
        n_in_other,
    }
}
