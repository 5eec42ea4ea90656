//! A field of cells, the fuller the deeper the color; every cell says its number too, so that the color is only a hint.

use super::{About, Anchor, Markup, frame, label, place, shortened, within};

/// A cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeatCell {
    /// How deep its color is, from 0 to 1; nothing where nothing is known.
    pub(crate) depth: Option<f64>,
    /// What it says.
    pub(crate) words: String,
    /// What it says below that, smaller; may be empty.
    pub(crate) more: String,
}

/// A field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heat {
    /// Over the names of the rows.
    pub(crate) corner: String,
    /// The heads of the columns.
    pub(crate) columns: Vec<String>,
    /// The names of the rows, with their cells.
    pub(crate) rows: Vec<(String, Vec<HeatCell>)>,
}

const HEAD: f64 = 24.0;
/// What the names of the rows take, in per cent.
const SIDE: f64 = 20.0;
/// The deepest color still leaves letters on it readable.
const DEEPEST: f64 = 0.5;

/// The chart.
pub(crate) fn heat(about: &About, field: &Heat) -> Markup {
    let has_more = field.rows.iter().any(|(_, cells)| cells.iter().any(|cell| !cell.more.is_empty()));
    let row_height = if has_more { 44.0 } else { 28.0 };
    let width = (100.0 - SIDE) / place(field.columns.len().max(1));
    let n_letters = if field.columns.len() > 4 { 9 } else { 14 };
    frame(about, HEAD + place(field.rows.len()) * row_height, |svg| {
        label(svg, "tick", Anchor::Start, 0.0, 15.0, &shortened(&field.corner, 12));
        for (index, column) in field.columns.iter().enumerate() {
            let middle = SIDE + (place(index) + 0.5) * width;
            label(svg, "tick", Anchor::Middle, middle, 15.0, &shortened(column, n_letters));
        }
        for (index, (name, cells)) in field.rows.iter().enumerate() {
            let top = HEAD + place(index) * row_height;
            label(svg, "label", Anchor::Start, 0.0, top + row_height / 2.0 + 4.0, &shortened(name, 10));
            for (column, cell) in cells.iter().take(field.columns.len()).enumerate() {
                draw(svg, cell, (SIDE + place(column) * width, top), (width, row_height));
            }
        }
    })
}

fn draw(svg: &mut Markup, cell: &HeatCell, (left, top): (f64, f64), (width, height): (f64, f64)) {
    svg.raw("<rect").attribute("class", if cell.depth.is_some() { "heat" } else { "unknown" });
    svg.length("x", left + 0.3, "%").length("y", top + 1.0, "");
    svg.length("width", (width - 0.6).max(0.1), "%").length("height", height - 2.0, "");
    if let Some(depth) = cell.depth {
        svg.length("fill-opacity", 0.05 + (DEEPEST - 0.05) * within(depth), "");
    }
    svg.raw("/>\n");
    let (middle, centre) = (left + width / 2.0, top + height / 2.0);
    let class = if cell.depth.is_some() { "value" } else { "tick" };
    if cell.more.is_empty() {
        label(svg, class, Anchor::Middle, middle, centre + 4.0, &cell.words);
    } else {
        label(svg, class, Anchor::Middle, middle, centre - 3.0, &cell.words);
        label(svg, "more", Anchor::Middle, middle, centre + 13.0, &cell.more);
    }
}
