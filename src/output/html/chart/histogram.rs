//! Columns over one axis, a panel a row, so that shapes can be compared: each panel has its own height.

use super::{About, Anchor, Markup, bar, frame, label, line, place, shortened};

/// A panel.
#[derive(Clone, Debug, Default)]
pub(crate) struct Panel {
    /// What it is.
    pub(crate) name: String,
    /// How much it is in all, in words.
    pub(crate) value: String,
    /// How high each column is, in any unit.
    pub(crate) columns: Vec<f64>,
}

const HEAD: f64 = 22.0;
const PLOT: f64 = 46.0;
const GAP: f64 = 12.0;
const AXIS: f64 = 22.0;

/// The chart; `names` are the columns', of which as many are written as there is room for.
pub(crate) fn histogram(about: &About, names: &[String], panels: &[Panel]) -> Markup {
    let row = HEAD + PLOT + GAP;
    let width = 100.0 / place(names.len().max(1));
    let height = place(panels.len()) * row;
    frame(about, height + AXIS, |svg| {
        for (index, panel) in panels.iter().enumerate() {
            let top = place(index) * row;
            let highest = panel.columns.iter().copied().filter(|size| size.is_finite()).fold(0.0, f64::max);
            label(svg, "label", Anchor::Start, 0.0, top + 14.0, &shortened(&panel.name, 30));
            label(svg, "value", Anchor::End, 100.0, top + 14.0, &panel.value);
            for (column, size) in panel.columns.iter().take(names.len()).enumerate() {
                if *size > 0.0 && highest > 0.0 {
                    // What is there is seen, however little it is.
                    let high = (size / highest * PLOT).max(1.5);
                    let bottom = top + HEAD + PLOT;
                    bar(svg, "bar", place(column) * width + 0.1, bottom - high, width - 0.2, high);
                }
            }
            line(svg, "zero", (0.0, top + HEAD + PLOT), (100.0, top + HEAD + PLOT));
        }
        let every = names.len().div_ceil(6).max(1);
        for (column, name) in names.iter().enumerate().step_by(every) {
            label(svg, "tick", Anchor::Start, place(column) * width, height + 10.0, name);
        }
    })
}
