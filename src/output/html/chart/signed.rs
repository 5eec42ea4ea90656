//! Bars to both sides of a line: given to the right, taken to the left.

use super::{About, Anchor, Markup, bar, frame, label, line, place, shortened};

/// A row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signed {
    /// What it is.
    pub(crate) name: String,
    /// How much it is, in words.
    pub(crate) value: String,
    /// How far it reaches to the right, 0 or more, in the unit of all rows.
    pub(crate) given: f64,
    /// How far it reaches to the left, 0 or more.
    pub(crate) taken: f64,
}

const ROW: f64 = 38.0;
const BAR: f64 = 12.0;

/// The chart.
pub(crate) fn signed(about: &About, rows: &[Signed]) -> Markup {
    let most = |of: fn(&Signed) -> f64| rows.iter().map(of).filter(|size| size.is_finite()).fold(0.0, f64::max);
    let (given, taken) = (most(|row| row.given), most(|row| row.taken));
    let scale = if given + taken > 0.0 { 100.0 / (given + taken) } else { 0.0 };
    let zero = taken * scale;
    let height = place(rows.len()) * ROW;
    frame(about, height, |svg| {
        for (index, row) in rows.iter().enumerate() {
            let top = place(index) * ROW;
            label(svg, "label", Anchor::Start, 0.0, top + 13.0, &shortened(&row.name, 32));
            label(svg, "value", Anchor::End, 100.0, top + 13.0, &row.value);
            bar(svg, "bar", zero, top + 19.0, row.given.max(0.0) * scale, BAR);
            let taken = row.taken.max(0.0) * scale;
            bar(svg, "taken", zero - taken, top + 19.0, taken, BAR);
            line(svg, "zero", (zero, top + 17.0), (zero, top + 33.0));
        }
    })
}
