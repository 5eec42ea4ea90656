//! Curves that rise in steps over time, told apart by their dashes, with what each is written above.

use super::{Drawing, TextAnchor, label, line, place, short, shortened, ticks};
use crate::present::chart::{Curve, MOST_CURVES};
use maud::{Markup, html};
use std::fmt::Write as _;

const STYLES: [&str; MOST_CURVES] = ["curve", "curve dashed", "curve ink", "curve ink dashed", "curve ink dotted"];
const PLOT: f64 = 170.0;
const LEGEND: f64 = 20.0;

/// The first five curves.
pub(super) fn draw(all: &[Curve], unit: &str) -> Drawing {
    let drawn = &all[..all.len().min(MOST_CURVES)];
    let finite = |most: f64, value: f64| if value.is_finite() { most.max(value) } else { most };
    let days = ticks(drawn.iter().map(|curve| curve.end).fold(1.0, finite), 5);
    let highest = drawn.iter().flat_map(|curve| &curve.steps).map(|step| step.1).fold(0.05, finite).min(1.0);
    let shares = ticks(highest, 4);
    let (last_day, top_share) = (days.last().copied().unwrap_or(1.0), shares.last().copied().unwrap_or(1.0));
    let top = place(drawn.len()) * LEGEND + 14.0;
    let content = html! {
        (legend(drawn))
        @for share in &shares {
            @let y = top + PLOT * (1.0 - share / top_share);
            (line("grid", (0.0, y), (100.0, y)))
            // Where all curves begin there is no room for a number, and none is needed.
            @if *share > 0.0 {
                (label("tick halo", TextAnchor::Start, 0.0, y - 3.0, &format!("{} %", whole(share * 100.0))))
            }
        }
        @for day in &days {
            (label("tick", anchor(day / last_day), day / last_day * 100.0, top + PLOT + 16.0, &whole(*day)))
        }
        (label("tick", TextAnchor::End, 100.0, top + PLOT + 33.0, unit))
        // Lines can't be given in per cent, so they have a drawing of their own that is pulled to the width.
        svg x="0" width="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none" y=(short(top)) height=(short(PLOT))
            overflow="visible" {
            @for (curve, style) in drawn.iter().zip(STYLES) {
                path class=(style) d=(path(curve, last_day, top_share)) {}
            }
        }
    };
    Drawing { height: top + PLOT + 40.0, content }
}

fn anchor(at: f64) -> TextAnchor {
    match at {
        at if at <= 0.0 => TextAnchor::Start,
        at if at >= 1.0 => TextAnchor::End,
        _ => TextAnchor::Middle,
    }
}

fn legend(curves: &[Curve]) -> Markup {
    html! {
        @for (index, (curve, style)) in curves.iter().zip(STYLES).enumerate() {
            @let y = place(index) * LEGEND;
            line class=(style) x1="0" x2="28" y1=(short(y + 9.0)) y2=(short(y + 9.0)) {}
            text.label x="36" y=(short(y + 13.0)) { (super::shown(&shortened(&curve.name, 44))) }
        }
    }
}

fn path(curve: &Curve, last_day: f64, top_share: f64) -> String {
    let x = |day: f64| short((day / last_day).clamp(0.0, 1.0) * 1000.0);
    let y = |share: f64| short((1.0 - (share / top_share).clamp(0.0, 1.0)) * 1000.0);
    let mut path = "M0 1000".to_owned();
    for (day, share) in &curve.steps {
        let _ = write!(path, "H{}V{}", x(*day), y(*share));
    }
    path + "H" + &x(curve.end)
}

/// A tick's number: whole where it is whole.
fn whole(value: f64) -> String {
    if (value - value.round()).abs() < 1e-6 { format!("{value:.0}") } else { format!("{value:.1}") }
}
