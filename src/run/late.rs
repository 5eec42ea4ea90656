//! What waits for the returns of leads: where an event says that a lead was given back, which events lie after that is known when
//! all are in. Then the leads are read once more for their dates, and what waited is given where it counts.

use super::evidence::Sighting;
use super::index::LeadIndex;
use super::{Loaded, Options, RunError, Unwatched};
use crate::score::{Board, Changes, Edges, LateChanges, Tallies, Timing};

/// An edge of a lead's window: the lead, the window and the edges.
type LeadEdges = (u32, usize, Edges);

/// Gives what waits. `loaded` has the tallies of everything else, and `sightings` are the events that are noted for an
/// explanation.
pub(super) fn settle(
    loaded: &mut Loaded<'_>,
    index: &mut LeadIndex,
    late: LateChanges,
    sightings: &mut [Sighting],
    options: &Options,
) -> Result<(), RunError> {
    // What is counted here is counted when the leads are scored.
    let counts = std::mem::take(&mut loaded.counts);
    let options = Options { keep: Vec::new(), ..options.clone() };
    loaded.score(
        &options,
        &Unwatched,
        |found: &mut Vec<LeadEdges>, lead| {
            let plan = lead.facts.plan;
            let edges = plan.edges_of(|field| lead.facts.lead.value(field).clone()).enumerate();
            found.extend(
                edges.filter(|(window, _)| plan.is_late[*window]).map(|(window, edges)| (lead.number, window, edges)),
            );
        },
        |found| found.into_iter().for_each(|(lead, window, edges)| index.set_edges(lead, window, edges)),
    )?;
    loaded.counts = counts;
    let plan = &loaded.plan;
    let board = Board::resumed(std::mem::replace(&mut loaded.tallies, Tallies::none()));
    let mut changes = Changes::default();
    late.settle(plan, |lead, window, time| index.is_within(lead, window, time), &mut changes);
    board.apply(plan, &mut changes);
    loaded.tallies = board.close();
    for sighting in sightings {
        for take in &mut sighting.takes {
            let window = plan.window_of[take.tally].filter(|window| plan.is_late[*window]);
            if let (Some(window), Some(time)) = (window, sighting.time) {
                take.timing = Timing::of(time, index.edges(sighting.lead, window));
            }
        }
    }
    Ok(())
}
