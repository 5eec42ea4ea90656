//! A field of cells, the fuller the deeper the color; every cell says its number too, so that the color is only a hint.

use super::{Drawing, TextAnchor, label, percent, place, short, shortened, within};
use crate::present::chart::{Heat, HeatCell};
use maud::{Markup, html};

const HEAD: f64 = 24.0;
/// What the names of the rows take, in per cent.
const SIDE: f64 = 20.0;
/// The deepest color still leaves letters on it readable.
const DEEPEST: f64 = 0.5;

pub(super) fn draw(field: &Heat) -> Drawing {
    let has_more = field.rows.iter().any(|(_, cells)| cells.iter().any(|cell| !cell.more.is_empty()));
    let row_height = if has_more { 40.0 } else { 20.0 };
    let width = (100.0 - SIDE) / place(field.columns.len().max(1));
    let n_letters = if field.columns.len() > 4 { 9 } else { 14 };
    let content = html! {
        (label("tick", TextAnchor::Start, 0.0, 15.0, &shortened(&field.corner, 12)))
        @for (index, column) in field.columns.iter().enumerate() {
            (label("tick", TextAnchor::Middle, SIDE + (place(index) + 0.5) * width, 15.0, &shortened(column, n_letters)))
        }
        @for (index, (name, cells)) in field.rows.iter().enumerate() {
            @let top = HEAD + place(index) * row_height;
            (label("label", TextAnchor::Start, 0.0, top + row_height / 2.0 + 4.0, &shortened(name, 10)))
            @for (column, cell) in cells.iter().take(field.columns.len()).enumerate() {
                (self::cell(cell, (SIDE + place(column) * width, top), (width, row_height)))
            }
        }
    };
    Drawing { height: HEAD + place(field.rows.len()) * row_height, content }
}

fn cell(cell: &HeatCell, (left, top): (f64, f64), (width, height): (f64, f64)) -> Markup {
    let (shape, class) = if cell.depth.is_some() { ("heat", "value") } else { ("unknown", "tick") };
    let opacity = cell.depth.map(|depth| short(0.05 + (DEEPEST - 0.05) * within(depth)));
    let (middle, centre) = (left + width / 2.0, top + height / 2.0);
    html! {
        rect class=(shape) x=(percent(left + 0.3)) y=(short(top + 1.0)) width=(percent((width - 0.6).max(0.1)))
            height=(short(height - 2.0)) fill-opacity=[opacity] {}
        @if cell.more.is_empty() {
            (label(class, TextAnchor::Middle, middle, centre + 4.0, &cell.words))
        } @else {
            (label(class, TextAnchor::Middle, middle, centre - 3.0, &cell.words))
            (label("more", TextAnchor::Middle, middle, centre + 13.0, &cell.more))
        }
    }
}
