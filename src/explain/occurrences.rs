//! The events that a tally looks at, newest first, with what became of each and, for an occurrence criterion, its points.

use super::claim::Named;
use super::finding::{Eye, Finding};
use super::found::Found;
use super::shape;
use super::view::View;
use crate::points::Points;
use crate::rulebook::derived::DerivedFields;
use crate::rulebook::expr::{Count, Measure};
use crate::rulebook::{AutomatedRule, Side};
use crate::run::Sighting;
use crate::score::{
    Candidate, Cells, Contribution, EventFacts, Fate, Standing, Take, Timing, Truth, Verdict, latest_past,
};
use crate::value::{Instant, Part, Value};
use serde::Serialize;
use std::path::PathBuf;

/// An event that a tally looks at.
#[derive(Clone, Debug, Serialize)]
pub struct Occurrence<'r> {
    pub time: Option<Instant>,
    /// Its type, as it stands in the file.
    #[serde(rename = "type")]
    pub kind: String,
    pub source: String,
    #[serde(serialize_with = "shape::path")]
    pub file: PathBuf,
    /// The physical line where its row begins, from 1.
    pub line: u64,
    #[serde(rename = "fields", serialize_with = "shape::map")]
    pub values: Vec<(String, Found)>,
    #[serde(flatten)]
    pub outcome: EventOutcome<'r>,
    /// The criterion's points, in millionths.
    #[serde(rename = "raw", serialize_with = "shape::millionths")]
    pub raw_micros: i64,
    /// What is left of them at its age.
    #[serde(rename = "decayed", serialize_with = "shape::millionths")]
    pub decayed_micros: i64,
    /// What it adds before the cap.
    #[serde(rename = "counted", serialize_with = "shape::millionths")]
    pub counted_micros: i64,
}

/// What became of an event.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "outcome", content = "detail", rename_all = "snake_case")]
pub enum EventOutcome<'r> {
    #[serde(serialize_with = "shape::null")]
    Counted,
    TooOld {
        #[serde(serialize_with = "shape::duration")]
        within: i64,
    },
    /// It lies not after the latest of the `since` dates.
    BeforeSince {
        since: Option<Instant>,
    },
    /// It lies after the time that begins with the latest of the `since` dates beside it, or there is no such date.
    AfterFor {
        #[serde(serialize_with = "shape::duration")]
        r#for: i64,
        from: Option<Instant>,
    },
    /// Something that its `where` asks for is not known.
    WhereUnknown {
        r#where: Finding<'r>,
    },
    WhereFalse {
        r#where: Finding<'r>,
    },
    NewerCounts {
        newer: Instant,
        /// What they have in common; nothing where only one counts at all.
        same: Option<Named<'r, &'r Count>>,
    },
    BeyondAtMost {
        at_most: usize,
    },
    #[serde(serialize_with = "shape::null")]
    WithoutValue,
    #[serde(serialize_with = "shape::null")]
    Later,
    #[serde(serialize_with = "shape::null")]
    Undated,
    /// An earlier row has its id and type.
    #[serde(serialize_with = "shape::null")]
    Repeat,
    /// A program made it, not the lead.
    Automated {
        /// Which rule of its source says so, from 1.
        rule: usize,
        /// The rule in words.
        sign: Option<Named<'r, &'r AutomatedRule>>,
    },
}

impl EventOutcome<'_> {
    /// Whether it counts.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::Counted)
    }
}

/// The events that a tally looks at, newest first, undated ones last.
pub(super) fn occurrences<'r>(view: &View<'_, '_, 'r>, tally: usize) -> Vec<Occurrence<'r>> {
    let all = view.sightings.iter().zip(&view.looked_at_by);
    let mut seen: Vec<&Sighting> =
        all.filter(|(_, tallies)| tallies.contains(&tally)).map(|(sighting, _)| sighting).collect();
    // The first of equally new ones stays first, as it does where one of them stands for the others.
    seen.sort_by_key(|sighting| std::cmp::Reverse((sighting.time, points(view, tally, sighting))));
    let mut found: Vec<Occurrence<'r>> = seen.iter().map(|sighting| occurrence(view, tally, sighting)).collect();
    if let Measure::Points { .. } = &view.rulebook.tallies[tally].measure {
        for (event, sighting) in found.iter_mut().zip(&seen) {
            let Some(points) = points(view, tally, sighting) else { continue };
            event.raw_micros = i64::try_from(points.micros()).unwrap_or(i64::MAX);
            event.decayed_micros = event.time.map_or(event.raw_micros, |time| view.plan.left(tally, time, points));
        }
        settle(view, tally, &seen, &mut found);
    }
    found
}

/// The points of an event in an occurrence criterion, before decay.
fn points(view: &View<'_, '_, '_>, tally: usize, sighting: &Sighting) -> Option<Points> {
    let cells = event_cells(view, sighting);
    view.plan.fresh_points(tally, |field| cells.value(field).clone())
}

/// An event's cells.
fn event_cells<'v>(
    view: &View<'_, '_, 'v>,
    sighting: &'v Sighting,
) -> Cells<'v, impl Fn(usize) -> Value<'v> + use<'v>> {
    let decode = |field| {
        let known = sighting.values.iter().find(|(known, _)| *known == field);
        known.map_or(Value::Missing, |(_, value)| value.borrowed())
    };
    let rulebook = view.rulebook;
    let cells = Cells::new(rulebook.event_fields.len(), rulebook.event_slots.len(), decode);
    cells.with_derived(DerivedFields::of_source(&rulebook.sources[sighting.source]), view.plan.as_of)
}

/// Lets the selected events stand for one another, as the criterion counts.
fn settle<'r>(view: &View<'_, '_, 'r>, tally: usize, seen: &[&Sighting], found: &mut [Occurrence<'r>]) {
    let Measure::Points { count, at_most, .. } = &view.rulebook.tallies[tally].measure else { return };
    let mut selected = Vec::new();
    for (index, (sighting, event)) in seen.iter().zip(found.iter()).enumerate() {
        if let (EventOutcome::Counted, Some(time)) = (&event.outcome, event.time) {
            let contribution = take(sighting, tally).map_or(Contribution::Nothing, |take| take.contribution);
            let points = points(view, tally, sighting).unwrap_or_default();
            selected.push((index, Candidate { time, points, contribution }));
        }
    }
    let events: Vec<_> = selected.iter().map(|(_, event)| *event).collect();
    let bundle = matches!(count, Count::Per(_) | Count::Apart(_) | Count::Distinct(_)).then(|| view.named(count));
    for ((index, _), standing) in selected.iter().zip(view.plan.standings(tally, &events)) {
        let event = &mut found[*index];
        event.outcome = match standing {
            Standing::Counts => EventOutcome::Counted,
            Standing::Superseded(newer) => EventOutcome::NewerCounts { newer: events[newer].time, same: bundle },
            Standing::BeyondLimit => EventOutcome::BeyondAtMost { at_most: at_most.unwrap_or(0) },
        };
        if standing == Standing::Counts {
            event.counted_micros = event.decayed_micros;
        }
    }
}

fn take(sighting: &Sighting, tally: usize) -> Option<&Take> {
    sighting.takes.iter().find(|take| take.tally == tally)
}

fn occurrence<'r>(view: &View<'_, '_, 'r>, tally: usize, sighting: &Sighting) -> Occurrence<'r> {
    let name = |field: usize| view.rulebook.event_fields[field].name.clone();
    let values = sighting.values.iter().map(|(field, value)| (name(*field), Found::of_value(value, Part::Whole)));
    Occurrence {
        time: sighting.time,
        kind: sighting.kind.clone(),
        source: view.rulebook.sources[sighting.source].name.clone(),
        file: sighting.file.clone(),
        line: sighting.line,
        values: values.collect(),
        outcome: outcome(view, tally, sighting),
        raw_micros: 0,
        decayed_micros: 0,
        counted_micros: 0,
    }
}

fn outcome<'r>(view: &View<'_, '_, 'r>, tally: usize, sighting: &Sighting) -> EventOutcome<'r> {
    match sighting.fate {
        Fate::Undated => return EventOutcome::Undated,
        Fate::Later => return EventOutcome::Later,
        Fate::Repeat => return EventOutcome::Repeat,
        Fate::Automated(rule) => {
            let source = &view.rulebook.sources[sighting.source];
            let sign = source.automated.get(rule).map(|rule| view.named(rule));
            return EventOutcome::Automated { rule: rule + 1, sign };
        }
        Fate::Counted => {}
    }
    let select = &view.rulebook.tallies[tally].select;
    let said = take(sighting, tally).map(|take| (take.verdict, take.contribution, take.timing));
    match said {
        Some((Verdict::TooOld, _, _)) => EventOutcome::TooOld { within: select.within_ms.unwrap_or(0) },
        Some((Verdict::Filtered | Verdict::FilterUnknown, _, _)) => filtered(view, tally, sighting),
        Some((Verdict::Selected, _, Timing::Before)) => {
            EventOutcome::BeforeSince { since: latest_past(view.plan, &view.facts.lead, &select.since) }
        }
        Some((Verdict::Selected, _, Timing::Beyond)) => {
            let stretch = select.stretch.as_ref();
            let from = stretch.and_then(|stretch| latest_past(view.plan, &view.facts.lead, &stretch.from));
            EventOutcome::AfterFor { r#for: stretch.map_or(0, |stretch| stretch.for_ms), from }
        }
        Some((Verdict::Selected, Contribution::Nothing, Timing::Within)) | None => EventOutcome::WithoutValue,
        Some((Verdict::Selected, _, Timing::Within)) => EventOutcome::Counted,
    }
}

/// Why an event's `where` is not true.
fn filtered<'r>(view: &View<'_, '_, 'r>, tally: usize, sighting: &Sighting) -> EventOutcome<'r> {
    let rulebook = view.rulebook;
    let Some(filter) = &rulebook.tallies[tally].select.filter else { return EventOutcome::Counted };
    let cells = event_cells(view, sighting);
    let facts = EventFacts { cells: &cells, as_of: view.plan.as_of };
    let finding = Eye { facts: &facts, rulebook, side: Side::Event, view: None }.finding(filter);
    match finding.truth {
        Truth::Unknown => EventOutcome::WhereUnknown { r#where: finding },
        _ => EventOutcome::WhereFalse { r#where: finding },
    }
}
