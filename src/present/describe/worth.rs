//! How one criterion comes to its points, in words, with a small worked number where points fade.

use crate::analysis::Analysis;
use crate::explain::{Side, Statement};
use crate::points::Points;
use crate::present::Cell;
use crate::present::language::{Voice, claim, condition, duration, field, stated, statement, subject, terms};
use crate::present::words::gain;
use crate::rulebook::Criterion;
use crate::rulebook::expr::{Arm, Count, Entry, EventPoints, Measure, Tally, Worth};
use crate::value::Decay;

/// The least and the most that a criterion gives for one thing: of events, for one of them.
pub(super) fn range(voice: Voice<'_>, criterion: &Criterion) -> (Points, Points) {
    let of = |all: &mut dyn Iterator<Item = Points>| {
        all.fold((Points::ZERO, Points::ZERO), |(least, most), points| (least.min(points), most.max(points)))
    };
    match &criterion.worth {
        Worth::Choose { arms, otherwise, unknown } => {
            of(&mut arms.iter().map(|arm| arm.points).chain([*otherwise, *unknown]))
        }
        Worth::Lookup { entries, otherwise, unknown, .. } => {
            of(&mut entries.iter().map(|entry| entry.points).chain([*otherwise, *unknown]))
        }
        Worth::Occurrences { tally, .. } => of(&mut fresh(&voice.rulebook.tallies[*tally]).into_iter()),
    }
}

/// What it gives, as a cell.
pub(super) fn range_cell(voice: Voice<'_>, criterion: &Criterion) -> Cell {
    if let Worth::Occurrences { tally, .. } = &criterion.worth
        && let Measure::Points { points: EventPoints::Field { .. }, .. } = &voice.rulebook.tallies[*tally].measure
    {
        return Cell::Said("its own".into());
    }
    let (least, most) = range(voice, criterion);
    let each = match &criterion.worth {
        Worth::Occurrences { tally, .. } => !is_once(&voice.rulebook.tallies[*tally]),
        Worth::Choose { .. } | Worth::Lookup { .. } => false,
    };
    Cell::PointRange { least, most, each }
}

/// A line a case.
pub(super) fn lines(voice: Voice<'_>, criterion: &Criterion) -> Vec<String> {
    match &criterion.worth {
        Worth::Choose { arms, otherwise, unknown } => {
            let can_be_unknown = Analysis::of(voice.rulebook).rest(criterion).can_be_unknown;
            let mut lines = choice(voice, arms);
            lines.extend(rest(*otherwise, *unknown, can_be_unknown));
            lines
        }
        Worth::Lookup { field: name, entries, otherwise, unknown, .. } => {
            let mut lines = vec![format!("by {}", field(voice, *name, Side::Lead))];
            lines.extend(by_points(entries));
            lines.extend(rest(*otherwise, *unknown, true));
            lines
        }
        Worth::Occurrences { tally, cap } => {
            let mut lines = vec![terms(voice, stated(voice, *tally))];
            lines.extend(cap.map(|cap| match fresh(&voice.rulebook.tallies[*tally]) {
                Some(points) if points < Points::ZERO => format!("never more than {cap} taken in all"),
                None => format!("never more than {cap} given or taken in all"),
                _ => format!("never more than {cap} in all"),
            }));
            lines
        }
    }
}

/// One condition, or several of which the first one that is true counts counts.
fn choice(voice: Voice<'_>, arms: &[Arm]) -> Vec<String> {
    let given = |arm: &Arm| format!("{} if {}", gain(arm.points), condition(voice, &arm.when, Side::Lead));
    if let [only] = arms {
        return vec![given(only)];
    }
    let said: Option<Vec<_>> = arms.iter().map(|arm| statement(voice, &arm.when, Side::Lead)).collect();
    match said {
        Some(said) if said.iter().all(|one| one.subject == said[0].subject) => {
            let line =
                |(arm, one): (&Arm, &Statement<'_>)| format!("{} if it {}", gain(arm.points), claim(voice, one.claim));
            let by = format!("by {}; the first one that is true counts", subject(voice, said[0].subject));
            std::iter::once(by).chain(arms.iter().zip(&said).map(line)).collect()
        }
        _ => std::iter::once("the first one that is true counts".to_owned()).chain(arms.iter().map(given)).collect(),
    }
}

/// The entries of a table, those of the same points together.
fn by_points(entries: &[Entry]) -> Vec<String> {
    let mut lines: Vec<(Points, Vec<&str>)> = Vec::new();
    for entry in entries {
        match lines.iter_mut().find(|(points, _)| *points == entry.points) {
            Some((_, keys)) => keys.push(&entry.key),
            None => lines.push((entry.points, vec![&entry.key])),
        }
    }
    lines.into_iter().map(|(points, keys)| format!("{}: {}", gain(points), keys.join(", "))).collect()
}

/// What is left over, where it is not nothing.
fn rest(otherwise: Points, unknown: Points, can_be_unknown: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if !otherwise.is_zero() {
        lines.push(format!("{} otherwise", gain(otherwise)));
    }
    if can_be_unknown && !(unknown.is_zero() && otherwise.is_zero()) {
        lines.push(format!("{} if it is not known", gain(unknown)));
    }
    lines
}

/// Whether at most one event counts.
fn is_once(tally: &Tally) -> bool {
    matches!(tally.measure, Measure::Points { count: Count::Once, .. } | Measure::Points { at_most: Some(1), .. })
}

/// What a new event gives.
fn fresh(tally: &Tally) -> Option<Points> {
    match &tally.measure {
        Measure::Points { points, .. } => points.fixed(),
        _ => None,
    }
}

/// `One gives 20 when it is new, 10 after 45 days, 5 after 90 days.`
pub(super) fn example(voice: Voice<'_>, criterion: &Criterion) -> Option<String> {
    let Worth::Occurrences { tally, .. } = &criterion.worth else { return None };
    let tally = &voice.rulebook.tallies[*tally];
    let Measure::Points { points: EventPoints::Fixed(points), decay: Some(decay), .. } = &tally.measure else {
        return None;
    };
    let ages = match *decay {
        Decay::HalfLife { half_life_ms } => [half_life_ms, half_life_ms.saturating_mul(2)],
        Decay::Linear { duration_ms } => [duration_ms / 2, duration_ms],
        Decay::Step { every_ms, .. } | Decay::Compound { every_ms, .. } => [every_ms, every_ms.saturating_mul(2)],
    };
    let micros = points.hundredths().saturating_mul(10_000);
    let is_in_time = |age: &i64| tally.select.within_ms.is_none_or(|within_ms| *age < within_ms);
    let after = |age: i64| {
        let left = Points::from_micros_rounded(i128::from(decay.apply(micros, age)));
        format!("{left} after {}", duration(age))
    };
    let mut worked = vec![format!("{points} when it is new")];
    worked.extend(ages.into_iter().filter(is_in_time).map(after));
    worked.extend(tally.select.within_ms.map(|within_ms| format!("nothing from {} on", duration(within_ms))));
    Some(format!("One gives {}.", worked.join(", ")))
}
