//! A dot and the interval around it, a row each, over one axis; a line marks what to compare with.

use super::{Drawing, TextAnchor, label, line, percent, place, short, shortened, ticks};
use crate::present::chart::IntervalRow;
use maud::html;

const ROW: f64 = 28.0;
const AXIS: f64 = 30.0;

/// `reference` is marked with a line and its words; an interval that reaches beyond four times the largest dot is cut there, lest
/// one wide interval squeezes all dots.
pub(super) fn draw(rows: &[IntervalRow], reference: Option<(f64, &str)>) -> Drawing {
    let dots = rows.iter().filter_map(|row| row.dot);
    let largest = dots.clone().map(|dot| dot.0).chain(reference.map(|found| found.0)).fold(0.0, f64::max);
    let widest = dots.map(|dot| dot.2).fold(largest, f64::max).min(largest * 4.0);
    let ticks = ticks(widest, 4);
    let end = ticks.last().copied().unwrap_or(1.0);
    // A little room keeps dots and numbers at the ends of the axis whole.
    let across = |value: f64| 2.0 + 94.0 * (value / end).clamp(0.0, 1.0);
    let height = place(rows.len()) * ROW;
    let content = html! {
        @for tick in &ticks {
            (line("grid", (across(*tick), 0.0), (across(*tick), height + 4.0)))
            (label("tick", TextAnchor::Middle, across(*tick), height + 20.0, &short(*tick)))
        }
        @if let Some((at, words)) = reference {
            @if across(at) > 50.0 {
                (label("tick", TextAnchor::End, across(at), height + 38.0, &format!("{words} ▲")))
            } @else {
                (label("tick", TextAnchor::Start, across(at), height + 38.0, &format!("▲ {words}")))
            }
        }
        @for (index, row) in rows.iter().enumerate() {
            @let top = place(index) * ROW;
            (label("label halo", TextAnchor::Start, 0.0, top + 13.0, &shortened(&row.name, 30)))
            (label("value halo", TextAnchor::End, 100.0, top + 13.0, &row.value))
            @if let (Some((at, _)), Some(_)) = (reference, row.dot) {
                (line("zero", (across(at), top + 16.0), (across(at), top + 27.0)))
            }
            @if let Some((dot, low, high)) = row.dot {
                (line("whisker", (across(low), top + 22.0), (across(high), top + 22.0)))
                circle.dot r="4.5" cx=(percent(across(dot))) cy=(short(top + 22.0)) {}
            }
        }
    };
    Drawing { height: height + AXIS + if reference.is_some() { 14.0 } else { 0.0 }, content }
}
