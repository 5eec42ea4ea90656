//! A dot and the interval around it, a row each, over one axis; a line marks what to compare with.

use super::{About, Anchor, Markup, frame, label, line, place, shortened, ticks};

/// A row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interval {
    /// What it is.
    pub(crate) name: String,
    /// The dot in words, or why there is none.
    pub(crate) value: String,
    /// The dot and the ends of the interval, none below 0; nothing where too little is known.
    pub(crate) dot: Option<(f64, f64, f64)>,
}

const ROW: f64 = 36.0;
const AXIS: f64 = 30.0;

/// The chart. `reference` is marked with a line and its words; an interval that reaches beyond four times the largest dot is
/// cut there, lest one wide interval squeezes all dots.
pub(crate) fn intervals(about: &About, rows: &[Interval], reference: Option<(f64, &str)>) -> Markup {
    let dots = rows.iter().filter_map(|row| row.dot);
    let largest = dots.clone().map(|dot| dot.0).chain(reference.map(|found| found.0)).fold(0.0, f64::max);
    let widest = dots.map(|dot| dot.2).fold(largest, f64::max).min(largest * 4.0);
    let ticks = ticks(widest, 4);
    let end = ticks.last().copied().unwrap_or(1.0);
    // A little room keeps dots and numbers at the ends of the axis whole.
    let across = |value: f64| 2.0 + 94.0 * (value / end).clamp(0.0, 1.0);
    let height = place(rows.len()) * ROW;
    frame(about, height + AXIS + if reference.is_some() { 14.0 } else { 0.0 }, |svg| {
        for tick in &ticks {
            line(svg, "grid", (across(*tick), 0.0), (across(*tick), height + 4.0));
            label(svg, "tick", Anchor::Middle, across(*tick), height + 20.0, &short(*tick));
        }
        if let Some((at, words)) = reference {
            let (anchor, told) = if across(at) > 50.0 {
                (Anchor::End, format!("{words} ▲"))
            } else {
                (Anchor::Start, format!("▲ {words}"))
            };
            label(svg, "tick", anchor, across(at), height + 38.0, &told);
        }
        for (index, row) in rows.iter().enumerate() {
            let top = place(index) * ROW;
            label(svg, "label halo", Anchor::Start, 0.0, top + 13.0, &shortened(&row.name, 30));
            label(svg, "value halo", Anchor::End, 100.0, top + 13.0, &row.value);
            if let (Some((at, _)), Some(_)) = (reference, row.dot) {
                line(svg, "zero", (across(at), top + 18.0), (across(at), top + 30.0));
            }
            if let Some((dot, low, high)) = row.dot {
                line(svg, "whisker", (across(low), top + 24.0), (across(high), top + 24.0));
                svg.raw("<circle class=\"dot\" r=\"4.5\"").length("cx", across(dot), "%");
                svg.length("cy", top + 24.0, "").raw("/>\n");
            }
        }
    })
}

/// A tick's number without zeros that say nothing.
fn short(value: f64) -> String {
    let written = format!("{value:.2}");
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}
