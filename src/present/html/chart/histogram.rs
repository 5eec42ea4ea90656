//! Columns over one axis, a panel a row, so that shapes can be compared: each panel has its own height.

use super::{Drawing, TextAnchor, bar, label, line, place, shortened};
use crate::present::chart::Panel;
use maud::{Markup, html};

const HEAD: f64 = 22.0;
const PLOT: f64 = 46.0;
const GAP: f64 = 12.0;
const AXIS: f64 = 22.0;

/// `names` are the columns', of which as many are written as there is room for.
pub(super) fn draw(names: &[String], panels: &[Panel]) -> Drawing {
    let row = HEAD + PLOT + GAP;
    let width = 100.0 / place(names.len().max(1));
    let height = place(panels.len()) * row;
    let every = names.len().div_ceil(6).max(1);
    let content = html! {
        @for (index, panel) in panels.iter().enumerate() { (self::panel(panel, place(index) * row, width, names.len())) }
        @for (column, name) in names.iter().enumerate().step_by(every) {
            (label("tick", TextAnchor::Start, place(column) * width, height + 10.0, name))
        }
    };
    Drawing { height: height + AXIS, content }
}

fn panel(panel: &Panel, top: f64, width: f64, n_columns: usize) -> Markup {
    let highest = panel.columns.iter().copied().filter(|size| size.is_finite()).fold(0.0, f64::max);
    let bottom = top + HEAD + PLOT;
    html! {
        (label("label", TextAnchor::Start, 0.0, top + 14.0, &shortened(&panel.name, 30)))
        (label("value", TextAnchor::End, 100.0, top + 14.0, &panel.value))
        @for (column, size) in panel.columns.iter().take(n_columns).enumerate() {
            @if *size > 0.0 && highest > 0.0 {
                // What is there is seen, however little it is.
                @let high = (size / highest * PLOT).max(1.5);
                (bar("bar", place(column) * width + 0.1, bottom - high, width - 0.2, high))
            }
        }
        (line("zero", (0.0, bottom), (100.0, bottom)))
    }
}
