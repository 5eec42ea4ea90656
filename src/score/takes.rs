//! What the tallies take of one event, on its way to the leads that it belongs to: the same for files and for a lead in memory.
//!
//! For a source and a type of event, the tallies that look at it are lowered to an [`EventProgram`] once; events then go through
//! it.

use super::cells::Cells;
use super::changes::{Changes, LateNumber};
use super::eval::evaluate;
use super::held::{HeldValue, held};
use super::lately::{Doing, minute_number};
use super::measure::Feed;
use super::plan::Plan;
use super::select::{Contribution, EventFacts};
use super::words::{Folded, TruthWord};
use crate::rulebook::expr::Expr;
use crate::value::{Fade, Instant, Moment, Part, Value};

/// What the tallies do with events of one type.
#[derive(Clone, Debug)]
pub(crate) struct EventProgram<'r> {
    /// What the common tallies take them for.
    pub doing: Doing,
    /// Up to this instant, in milliseconds, an event lies outside of every window: only the common tallies take it.
    pub old_ms: i64,
    /// Whether it matters that the time of an event is a bare date.
    pub asks_for_bare_dates: bool,
    /// The tallies to be asked, beside the common ones.
    ops: Vec<EventOp<'r>>,
}

/// What one tally does with an event.
#[derive(Clone, Debug)]
struct EventOp<'r> {
    tally: u32,
    /// Only events after this instant, in milliseconds.
    after_ms: i64,
    filter: EventFilter<'r>,
    feed: Feed,
    /// The number under which the time of the newest event is kept, if it is.
    newest: Option<u32>,
}

/// A `where`.
#[derive(Clone, Debug)]
pub(super) enum EventFilter<'r> {
    None,
    /// Over the truths of the event's fields, which come from these parts, or over the event itself.
    Words(Folded, Vec<usize>, &'r Expr),
    /// Over the event itself.
    Event(&'r Expr),
}

impl<'r> EventProgram<'r> {
    /// The program for events of a source and a folded type.
    pub(crate) fn new(plan: &Plan<'r>, source: usize, folded_type: Option<&str>) -> Self {
        let tallies = plan.tallies_beside_common(source, folded_type);
        let old_ms = tallies.iter().map(|tally| plan.after_ms[*tally]).min().unwrap_or(i64::MAX);
        let op = |tally: usize| EventOp {
            tally: u32::try_from(tally).expect("a rulebook has fewer than four billion tallies"),
            after_ms: plan.after_ms[tally],
            filter: EventFilter::new(plan, plan.rulebook.tallies[tally].select.filter.as_ref()),
            feed: plan.feeds[tally],
            newest: plan.newest_of.get(tally).copied().flatten(),
        };
        let asks_for_bare_dates = tallies.iter().any(|tally| matches!(plan.feeds[*tally], Feed::Moment(_)));
        let doing = if plan.is_engagement(folded_type) { Doing::ANYTHING } else { Doing::NOT_THE_LEADS };
        Self { doing, old_ms, asks_for_bare_dates, ops: tallies.into_iter().map(op).collect() }
    }
}

impl<'r> EventFilter<'r> {
    pub(super) fn new(plan: &Plan<'r>, filter: Option<&'r Expr>) -> Self {
        let Some(filter) = filter else { return Self::None };
        let leaves = &plan.event_leaves;
        let Some(folded) = Folded::of(filter, &|atom| leaves.bit(atom)) else { return Self::Event(filter) };
        let is_read = |field: usize| filter.fields().any(|read| read.field == field);
        let parts = (0..leaves.groups.len()).filter(|part| is_read(leaves.groups[*part].field));
        Self::Words(folded, parts.collect(), filter)
    }

    /// Whether it is true of an event.
    #[inline]
    pub(super) fn takes<'a, D: Fn(usize) -> Value<'a>>(
        &self,
        plan: &Plan<'_>,
        judged: &mut impl JudgedEvent,
        cells: &Cells<'a, D>,
    ) -> bool {
        match self {
            Self::None => true,
            Self::Event(filter) => is_true(filter, plan, cells),
            Self::Words(folded, parts, filter) => match judged.words(parts) {
                Some(words) => folded.truth(words).is_true(),
                // Whoever asks for the cell itself notes that it can't be read.
                None => is_true(filter, plan, cells),
            },
        }
    }
}

/// What an event's fields make true, found out part by part as the filters ask for it.
pub(crate) trait JudgedEvent {
    /// The words, with what these parts make true; none if a cell can't be read.
    fn words(&mut self, parts: &[usize]) -> Option<&[TruthWord]>;
}

/// Nothing is judged: every filter is asked of the event itself.
pub(crate) struct Unjudged;

impl JudgedEvent for Unjudged {
    fn words(&mut self, _: &[usize]) -> Option<&[TruthWord]> {
        None
    }
}

/// What the tallies take of one event.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventTakes {
    /// What the common tallies take: what the lead did, and when.
    common: Option<(Doing, Instant)>,
    /// Integers, by tally.
    numbers: Vec<(u32, i64)>,
    /// Keys and members of bundles, by tally.
    others: Vec<(u32, Contribution)>,
    /// Values of which the earliest or the latest is kept, by tally; all at the time of the event.
    values: Vec<(u32, Value<'static>)>,
    /// Whether the time of the event is a bare date.
    is_bare: bool,
    fade: Fade,
}

impl EventTakes {
    /// Makes this what the tallies take of an event.
    #[inline]
    pub(crate) fn fill<'a, D: Fn(usize) -> Value<'a>>(
        &mut self,
        plan: &Plan<'_>,
        program: &EventProgram<'_>,
        Moment { at: time, is_bare }: Moment,
        judged: &mut impl JudgedEvent,
        cells: &Cells<'a, D>,
    ) {
        self.common = Some((program.doing, time));
        self.numbers.clear();
        self.others.clear();
        self.values.clear();
        self.is_bare = is_bare;
        for op in program.ops.iter().filter(|op| time.ms() > op.after_ms) {
            if op.filter.takes(plan, judged, cells) {
                self.add(plan, op, time, cells);
            }
        }
    }

    /// Adds what a tally takes of an event that it selects.
    #[inline]
    fn add<'a, D: Fn(usize) -> Value<'a>>(
        &mut self,
        plan: &Plan<'_>,
        op: &EventOp<'_>,
        time: Instant,
        cells: &Cells<'a, D>,
    ) {
        let number = match &op.feed {
            Feed::One => Some(1),
            Feed::Time => Some(time.ms()),
            Feed::Decayed { points, decay } => {
                Some(self.fade.apply(*decay, points.hundredths().saturating_mul(10_000), plan.as_of.ms_since(time)))
            }
            Feed::Own { points, field, decay } => cells.value(field.field).number_rounded(field.part).map(|number| {
                let micros = points.of(number.micros()).hundredths().saturating_mul(10_000);
                let age_ms = plan.as_of.ms_since(time);
                decay.map_or(micros, |decay| self.fade.apply(decay, micros, age_ms))
            }),
            Feed::Field(field) => plan.number(*field, cells.value(field.field)),
            Feed::Value(field) => {
                self.values.extend(held(cells.value(field.field), field.part).map(|value| (op.tally, value)));
                None
            }
            Feed::Moment(reason) => {
                self.values.push((op.tally, Moment { at: time, is_bare: self.is_bare }.value()));
                // As a text, whatever its type: a date beside it would be a moment of its own.
                let reason = reason.and_then(|field| held(cells.value(field.field), field.part));
                let text = |reason: Value<'_>| Value::Text(reason.text(Part::Whole).into());
                self.values.extend(reason.map(|reason| (op.tally, text(reason))));
                None
            }
            Feed::More => {
                let kept = plan.kept_of(op.tally as usize, time, cells);
                self.others.push((op.tally, kept));
                if let (Some(newest), true) = (op.newest, kept != Contribution::Nothing) {
                    self.numbers.push((newest, minute_number(time)));
                }
                None
            }
        };
        if let Some(number) = number {
            self.numbers.push((op.tally, number));
            self.numbers.extend(op.newest.map(|newest| (newest, minute_number(time))));
        }
    }

    /// What was taken, to be given later or now.
    #[inline]
    pub(crate) fn taken(&self) -> Taken<'_> {
        Taken { common: self.common, numbers: &self.numbers, others: &self.others, values: &self.values }
    }
}

/// What the tallies take of one event, wherever it is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'t> {
    /// What the common tallies take: what the lead did, and when.
    pub common: Option<(Doing, Instant)>,
    /// Integers, by tally.
    pub numbers: &'t [(u32, i64)],
    /// Keys and members of bundles, by tally.
    pub others: &'t [(u32, Contribution)],
    /// Values of which the earliest or the latest is kept, by tally; all at the time of the event.
    pub values: &'t [(u32, Value<'static>)],
}

impl Taken<'_> {
    /// Notes what the event gives where a window hangs on returns that events say: which of it counts is known when all are in.
    fn wait(self, plan: &Plan<'_>, lead: u32, changes: &mut Changes) {
        let time = self.common.map_or(0, |(_, time)| time.ms());
        let is_late = |tally: u32| plan.window_of[tally as usize].is_some_and(|window| plan.is_late[window]);
        let late = &mut changes.late;
        late.numbers.extend(
            self.numbers.iter().filter(|(tally, _)| is_late(*tally)).map(|&(tally, number)| LateNumber {
                lead,
                tally,
                time,
                number,
            }),
        );
        late.others.extend(
            self.others.iter().filter(|(tally, _)| is_late(*tally)).map(|&(tally, other)| (lead, tally, time, other)),
        );
        late.values.extend(self.values.iter().filter(|(tally, _)| is_late(*tally)).map(|(tally, value)| HeldValue {
            lead,
            tally: *tally,
            time,
            value: value.clone(),
        }));
    }

    /// Notes what the event gives to one lead. `is_within` says for a window, by its number, whether the event lies in that of the
    /// lead.
    #[inline]
    pub(crate) fn give(self, plan: &Plan<'_>, lead: u32, is_within: impl Fn(usize) -> bool, changes: &mut Changes) {
        if let Some((doing, time)) = self.common {
            changes.push_common(lead, doing, time.ms());
        }
        if !plan.late_returns.is_empty() {
            self.wait(plan, lead, changes);
        }
        // What waits is given when the lead's returns are known.
        let is_in_force =
            |tally: u32| plan.window_of[tally as usize].is_none_or(|window| !plan.is_late[window] && is_within(window));
        for &(tally, number) in self.numbers.iter().filter(|(tally, _)| is_in_force(*tally)) {
            changes.push_number(lead, tally, number);
        }
        for &(tally, contribution) in self.others.iter().filter(|(tally, _)| is_in_force(*tally)) {
            changes.push(lead, tally, contribution);
        }
        for (tally, value) in self.values.iter().filter(|(tally, _)| is_in_force(*tally)) {
            let time = self.common.map_or(0, |(_, time)| time.ms());
            changes.push_value(lead, *tally, time, value.clone());
        }
    }
}

fn is_true<'a, D: Fn(usize) -> Value<'a>>(filter: &Expr, plan: &Plan<'_>, cells: &Cells<'a, D>) -> bool {
    evaluate(filter, &EventFacts { cells, as_of: plan.as_of }).is_true()
}
