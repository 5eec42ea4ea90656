//! Bars to both sides of a line: given to the right, taken to the left.

use super::{Drawing, TextAnchor, bar, label, line, place, shortened};
use crate::present::chart::SignedRow;
use maud::html;

const ROW: f64 = 32.0;
const BAR: f64 = 10.0;

pub(super) fn draw(rows: &[SignedRow]) -> Drawing {
    let most = |of: fn(&SignedRow) -> f64| rows.iter().map(of).filter(|size| size.is_finite()).fold(0.0, f64::max);
    let (given, taken) = (most(|row| row.given), most(|row| row.taken));
    let scale = if given + taken > 0.0 { 100.0 / (given + taken) } else { 0.0 };
    let zero = taken * scale;
    let content = html! {
        @for (index, row) in rows.iter().enumerate() {
            @let top = place(index) * ROW;
            @let taken = row.taken.max(0.0) * scale;
            (label("label", TextAnchor::Start, 0.0, top + 13.0, &shortened(&row.name, 32)))
            (label("value", TextAnchor::End, 100.0, top + 13.0, &row.value))
            (bar("bar", zero, top + 18.0, row.given.max(0.0) * scale, BAR))
            (bar("taken", zero - taken, top + 18.0, taken, BAR))
            (line("zero", (zero, top + 16.0), (zero, top + 30.0)))
        }
    };
    Drawing { height: place(rows.len()) * ROW, content }
}
