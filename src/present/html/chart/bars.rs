//! Bars from the left, a row each: what it is and how much above, the bar below. For a funnel, and for shares side by side.

use super::{Drawing, TextAnchor, bar, label, place, shortened, within};
use crate::present::chart::Bar;
use maud::html;

const ROW: f64 = 36.0;
const BAR: f64 = 12.0;

pub(super) fn draw(rows: &[Bar]) -> Drawing {
    let content = html! {
        @for (index, row) in rows.iter().enumerate() {
            @let top = place(index) * ROW;
            @let (share, solid) = (within(row.share), within(row.solid.min(row.share)));
            (label("label", TextAnchor::Start, 0.0, top + 14.0, &shortened(&row.name, 30)))
            (label("value", TextAnchor::End, 100.0, top + 14.0, &row.value))
            (bar("track", 0.0, top + 20.0, 100.0, BAR))
            @if solid < share { (bar("soft", 0.0, top + 20.0, share * 100.0, BAR)) }
            (bar("bar", 0.0, top + 20.0, solid * 100.0, BAR))
        }
    };
    Drawing { height: place(rows.len()) * ROW, content }
}
