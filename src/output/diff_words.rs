//! A change in words, the same in every form of it: counts, signed points, edits on one line.

use super::number::grouped;
use super::report_words::percent;
use crate::diff::Which;
use crate::diff::report::{Count, DiffReport, EditRow, EffectRow, FateRow};
use crate::points::Points;

/// A number of leads: `1,234`, `-3`, `<5`.
pub(super) fn count(count: Count) -> String {
    count.n().map_or_else(|| "<5".to_owned(), |n| with_sign(n, false))
}

/// A change of a number of leads: `+12`, `-3`, `0`.
pub(super) fn signed(n: i64) -> String {
    with_sign(n, true)
}

fn with_sign(n: i64, shows_plus: bool) -> String {
    let sign = match n {
        n if n < 0 => "-",
        n if n > 0 && shows_plus => "+",
        _ => "",
    };
    format!("{sign}{}", grouped(n.unsigned_abs()))
}

/// A sum of points in hundredths with its sign: `+1,234.5`.
pub(super) fn points(hundredths: i128) -> String {
    let sign = match hundredths {
        n if n < 0 => "-",
        0 => "",
        _ => "+",
    };
    format!("{sign}{}", plain_points(hundredths.unsigned_abs()))
}

fn plain_points(hundredths: u128) -> String {
    let whole = grouped(u64::try_from(hundredths / 100).unwrap_or(u64::MAX));
    match hundredths % 100 {
        0 => whole,
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

/// Points as they stand on a card.
pub(super) fn card_points(hundredths: i64) -> String {
    Points::from_hundredths(hundredths).signed().to_string()
}

/// How far a number went, in percent of what it was: ` (+2.5 %)`; nothing where it was nothing.
pub(super) fn relative(before: i128, after: i128) -> String {
    if before == 0 {
        return String::new();
    }
    let tenths = crate::points::div_round((after - before) * 1000, before.abs());
    let sign = if tenths < 0 { "-" } else { "+" };
    format!(" ({sign}{}.{} %)", tenths.abs() / 10, tenths.abs() % 10)
}

/// What a key said and says: `points: 45 → 60`, `label: added …`.
fn detail(detail: &crate::diff::Detail) -> String {
    let change = match (&detail.old, &detail.new) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(old), None) => format!("{old} removed"),
        (None, Some(new)) => format!("{new} added"),
        (None, None) => String::new(),
    };
    if detail.key.0.is_empty() { change } else { format!("{}: {change}", detail.key) }
}

/// What was edited and how, without the place.
pub(super) fn edit(row: &EditRow) -> String {
    let details: Vec<String> = row.details.iter().map(detail).collect();
    let is_whole = row.details.iter().all(|one| one.key.0.is_empty() && (one.old.is_none() || one.new.is_none()));
    match (details.is_empty(), is_whole) {
        (true, _) => row.change.to_string(),
        (false, true) => format!("{}: {}", row.change, plain_whole(row)),
        (false, false) => details.join("; "),
    }
}

/// What came or went, as it is written.
fn plain_whole(row: &EditRow) -> String {
    let text =
        |one: &crate::diff::Detail| one.new.as_ref().or(one.old.as_ref()).map(ToString::to_string).unwrap_or_default();
    row.details.iter().map(text).collect::<Vec<_>>().join("; ")
}

/// Where an edit stands: `new.yaml:12`; of the old rulebook where it is gone from the new.
pub(super) fn place(report: &DiffReport, row: &EditRow) -> String {
    let name = |which: Which| if which == Which::New { &report.new } else { &report.old };
    row.line.map_or_else(String::new, |(which, line)| format!("{}:{line}", name(which)))
}

/// What an effect did to the scores: how many, by how much in all, and on average: three cells.
pub(super) fn score_cells(effect: &EffectRow) -> [String; 3] {
    let sum = effect.sum_hundredths.map_or_else(|| "<5".to_owned(), points);
    let mean = match (effect.sum_hundredths, effect.n_changed.n(), effect.range_hundredths) {
        (Some(sum), Some(n), Some(_)) if n > 0 => points(crate::points::div_round(sum, i128::from(n))),
        _ => String::new(),
    };
    [count(effect.n_changed), sum, mean]
}

/// How many more leads each place has: `Lead -12, MQL +12`.
pub(super) fn net(report: &DiffReport, effect: &EffectRow) -> String {
    let Some(net) = &effect.net else { return "<5".to_owned() };
    let places = report.places.iter().zip(net).filter(|(_, n)| **n != 0);
    places.map(|(place, n)| format!("{place} {}", signed(*n))).collect::<Vec<_>>().join(", ")
}

/// The share of customers with its interval: `12.5 % (3.1–38.2 %)`; nothing where it isn't known.
pub(super) fn share(row: &FateRow) -> String {
    row.customer_share.map_or_else(String::new, |(share, low, high)| {
        let low = percent(low);
        format!("{} ({}–{})", percent(share), low.trim_end_matches(" %"), percent(high))
    })
}

/// The mean of all totals: `45.12`.
pub(super) fn mean(sum_hundredths: i128, n_leads: u64) -> String {
    super::number::average(sum_hundredths, n_leads)
}
