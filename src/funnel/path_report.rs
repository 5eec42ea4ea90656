//! A path's part of the report, and the paths side by side.

use super::figures::rate;
use super::lens::{Lens, Until};
use super::observed::Observed;
use super::reasons::reasons;
use super::report::{OpenByOwner, OwnerOpen, PathCompared, PathReport, Segment, SegmentTable, Sla, SlaHours, Velocity};
use super::sums::Sums;
use crate::rulebook::LeadMoment;
use crate::value::Clock;

/// One path.
pub(super) fn path_report(lens: &Lens<'_>, seen: &Observed, path: usize) -> PathReport {
    let flow = &seen.all.flows[path];
    let n_stages = flow.stages.len();
    let last = n_stages - 1;
    let velocity = |from: usize, to: usize| {
        let spans = &seen.spans[path][Lens::pair(n_stages, from, to)];
        spans.velocity(lens.stage_of(path, from), lens.stage_of(path, to))
    };
    let cohorts = (0..last).map(|from| {
        let enough = (from + 1..n_stages).map(|to| seen.spans[path][Lens::pair(n_stages, from, to)].enough_time());
        seen.days[path][from].cohorts(lens, path, from, enough.collect())
    });
    PathReport {
        name: lens.paths[path].name.clone(),
        stages: flow.reach(lens, path),
        to_next: (0..last).map(|from| flow.conversion(lens, path, from, from + 1)).collect(),
        to_last: (0..last).map(|from| flow.conversion(lens, path, from, last)).collect(),
        segments: segments(lens, seen, path),
        cohorts: cohorts.collect(),
        velocity_to_next: (0..last).map(|from| velocity(from, from + 1)).collect(),
        velocity_to_last: (0..last).map(|from| velocity(from, last)).collect(),
        losses: lens
            .lost_reason
            .zip(seen.losses.as_ref())
            .map(|(field, losses)| reasons(lens, losses, path, lens.rulebook.field_name(field))),
        open_by_owner: open_by_owner(lens, seen, path),
    }
}

fn open_by_owner(lens: &Lens<'_>, seen: &Observed, path: usize) -> Option<OpenByOwner> {
    let (field, owners) = lens.owner.zip(seen.owners.as_ref())?;
    let (shown, n_in_other) = owners.shown();
    let last = lens.paths[path].stages.len() - 1;
    let owner = |(owner, sums): (String, Sums)| {
        let n_open = sums.flows[path].stages[..last].iter().map(|passage| passage.n_open_here).collect();
        OwnerOpen { owner, n_open }
    };
    let has_open = |owner: &OwnerOpen| owner.n_open.iter().any(|n| *n > 0);
    Some(OpenByOwner {
        field: lens.rulebook.field_name(field),
        stages: (0..last).map(|place| lens.stage_of(path, place)).collect(),
        owners: shown.into_iter().map(owner).filter(has_open).collect(),
        n_in_other,
    })
}

fn segments(lens: &Lens<'_>, seen: &Observed, path: usize) -> Vec<SegmentTable> {
    let last = lens.paths[path].stages.len() - 1;
    let segment = |(name, sums): &(String, Sums)| {
        let flow = &sums.flows[path];
        Segment {
            name: name.clone(),
            n_leads: sums.n_passes,
            n_reached: (0..=last).map(|place| flow.n_reached(place)).collect(),
            to_next: (0..last).map(|from| flow.conversion(lens, path, from, from + 1)).collect(),
            to_last: flow.conversion(lens, path, 0, last),
        }
    };
    let table = |(segments, field): (&super::segments::Segments<Sums>, &crate::rulebook::expr::FieldRef)| {
        let (shown, n_in_other) = segments.shown();
        SegmentTable {
            field: lens.rulebook.field_name(*field),
            segments: shown.iter().map(segment).collect(),
            n_in_other,
        }
    };
    seen.segments.iter().zip(lens.by).map(table).collect()
}

/// The paths beside each other; with fewer than two there is nothing to compare.
pub(super) fn side_by_side(lens: &Lens<'_>, seen: &Observed) -> Vec<PathCompared> {
    if lens.paths.len() < 2 {
        return Vec::new();
    }
    let compared = |path: usize| {
        let stages = &lens.paths[path].stages;
        let last = stages.len() - 1;
        let is_own = |stage: &usize| !lens.paths.iter().all(|other| other.stages.contains(stage));
        let from = stages[..last].iter().position(is_own).unwrap_or(usize::from(last > 1));
        let spans = &seen.spans[path][Lens::pair(stages.len(), from, last)];
        let own = seen.all.flows[path].stages[from];
        let velocity = spans.velocity(lens.stage_of(path, from), lens.stage_of(path, last));
        let Velocity { from: from_name, to, after, median, median_of_converted, .. } = velocity;
        PathCompared {
            path: lens.paths[path].name.clone(),
            from: from_name,
            to,
            rate: rate(own.n_own_converted, own.n_own),
            after,
            median,
            median_of_converted,
        }
    };
    (0..lens.paths.len()).map(compared).collect()
}

/// The promised response times.
pub(super) fn slas(lens: &Lens<'_>, seen: &Observed) -> Vec<Sla> {
    let sla = |(index, promise): (usize, &super::lens::Promise<'_>)| {
        let (until, path) = match promise.until {
            Until::Moment(LeadMoment::Field(field)) => (lens.rulebook.field_name(*field), None),
            Until::Moment(LeadMoment::Event(tally)) => (event_name(lens, *tally), None),
            Until::Next { path, place } => (lens.stage_of(path, place), Some(lens.paths[path].name.clone())),
        };
        // An owner that is a segment, too, is told once.
        let owner = seen.owners.iter().zip(&lens.owner).filter(|(_, owner)| !lens.by.contains(owner));
        let by = seen.segments.iter().zip(lens.by).chain(owner).map(|(segments, field)| {
            let (shown, _) = segments.shown();
            let counts = shown.iter().map(|(name, sums)| (name.clone(), sums.kept[index].counts()));
            (lens.rulebook.field_name(*field), counts.filter(|(_, counts)| counts.n > 0).collect())
        });
        Sla {
            stage: lens.rulebook.stages[promise.sla.stage].name.clone(),
            until,
            path,
            within_hours: super::figures::to_days(super::figures::float(promise.sla.within_ms.into()) / 3_600_000.0),
            hours: if promise.sla.clock == Clock::Always { SlaHours::All } else { SlaHours::Business },
            all: seen.all.kept[index].counts(),
            segments: by.collect(),
        }
    };
    lens.promises.iter().enumerate().map(sla).collect()
}

fn event_name(lens: &Lens<'_>, tally: usize) -> String {
    match &lens.rulebook.tallies[tally].select.types {
        crate::rulebook::expr::Types::Named(names) => lens.rulebook.types_written(names).join(" or "),
        _ => "any event".to_owned(),
    }
}
