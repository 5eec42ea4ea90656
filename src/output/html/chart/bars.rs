//! Bars from the left, a row each: what it is and how much above, the bar below. For a funnel, and for shares side by side.

use super::{About, Anchor, Markup, bar, frame, label, place, shortened, within};

/// A row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bar {
    /// What it is.
    pub(crate) name: String,
    /// How much it is, in words.
    pub(crate) value: String,
    /// How long the bar is, from 0 to 1.
    pub(crate) share: f64,
    /// The end of a part of it that stands out, from 0 to `share`; usually all of it.
    pub(crate) solid: f64,
}

const ROW: f64 = 42.0;
const BAR: f64 = 14.0;

/// The chart.
pub(crate) fn bars(about: &About, rows: &[Bar]) -> Markup {
    frame(about, place(rows.len()) * ROW, |svg| {
        for (index, row) in rows.iter().enumerate() {
            let top = place(index) * ROW;
            let (share, solid) = (within(row.share), within(row.solid.min(row.share)));
            label(svg, "label", Anchor::Start, 0.0, top + 14.0, &shortened(&row.name, 30));
            label(svg, "value", Anchor::End, 100.0, top + 14.0, &row.value);
            bar(svg, "track", 0.0, top + 20.0, 100.0, BAR);
            if solid < share {
                bar(svg, "soft", 0.0, top + 20.0, share * 100.0, BAR);
            }
            bar(svg, "bar", 0.0, top + 20.0, solid * 100.0, BAR);
        }
    })
}
