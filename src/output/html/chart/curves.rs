//! Curves that rise in steps over time, told apart by their dashes, with what each is written above.

use super::{About, Anchor, Markup, frame, label, line, place, shortened, ticks};

/// A curve.
#[derive(Clone, Debug, Default)]
pub(crate) struct Curve {
    /// What it is.
    pub(crate) name: String,
    /// From where on the height is how much: days from 0 on, rising, and shares from 0 to 1.
    pub(crate) steps: Vec<(f64, f64)>,
    /// The last day that anything is known of.
    pub(crate) end: f64,
}

/// So many curves can be told apart.
pub(crate) const MOST_CURVES: usize = 5;
const STYLES: [&str; MOST_CURVES] = ["curve", "curve dashed", "curve ink", "curve ink dashed", "curve ink dotted"];
const PLOT: f64 = 220.0;
const LEGEND: f64 = 20.0;

/// The chart, of the first five curves.
pub(crate) fn curves(about: &About, all: &[Curve], unit: &str) -> Markup {
    let drawn = &all[..all.len().min(MOST_CURVES)];
    let finite = |most: f64, value: f64| if value.is_finite() { most.max(value) } else { most };
    let days = ticks(drawn.iter().map(|curve| curve.end).fold(1.0, finite), 5);
    let highest = drawn.iter().flat_map(|curve| &curve.steps).map(|step| step.1).fold(0.05, finite).min(1.0);
    let shares = ticks(highest, 4);
    let (last_day, top_share) = (days.last().copied().unwrap_or(1.0), shares.last().copied().unwrap_or(1.0));
    let top = place(drawn.len()) * LEGEND + 14.0;
    frame(about, top + PLOT + 40.0, |svg| {
        legend(svg, drawn);
        for share in &shares {
            let y = top + PLOT * (1.0 - share / top_share);
            line(svg, "grid", (0.0, y), (100.0, y));
            // Where all curves begin there is no room for a number, and none is needed.
            if *share > 0.0 {
                label(svg, "tick halo", Anchor::Start, 0.0, y - 3.0, &format!("{} %", whole(share * 100.0)));
            }
        }
        for day in &days {
            let anchor = match day / last_day {
                at if at <= 0.0 => Anchor::Start,
                at if at >= 1.0 => Anchor::End,
                _ => Anchor::Middle,
            };
            label(svg, "tick", anchor, day / last_day * 100.0, top + PLOT + 16.0, &whole(*day));
        }
        label(svg, "tick", Anchor::End, 100.0, top + PLOT + 33.0, unit);
        // Lines can't be given in per cent, so they have a drawing of their own that is pulled to the width.
        svg.raw("<svg x=\"0\" width=\"100%\" viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\"");
        svg.length("y", top, "").length("height", PLOT, "").raw(" overflow=\"visible\">\n");
        for (curve, style) in drawn.iter().zip(STYLES) {
            path(svg, style, curve, last_day, top_share);
        }
        svg.raw("</svg>\n");
    })
}

fn legend(svg: &mut Markup, curves: &[Curve]) {
    for (index, (curve, style)) in curves.iter().zip(STYLES).enumerate() {
        let y = place(index) * LEGEND;
        svg.raw("<line").attribute("class", style).raw(" x1=\"0\" x2=\"28\"");
        svg.length("y1", y + 9.0, "").length("y2", y + 9.0, "").raw("/>\n<text class=\"label\" x=\"36\"");
        svg.length("y", y + 13.0, "").raw(">").text(&shortened(&curve.name, 44)).raw("</text>\n");
    }
}

fn path(svg: &mut Markup, style: &'static str, curve: &Curve, last_day: f64, top_share: f64) {
    let x = |day: f64| (day / last_day).clamp(0.0, 1.0) * 1000.0;
    let y = |share: f64| (1.0 - (share / top_share).clamp(0.0, 1.0)) * 1000.0;
    svg.raw("<path").attribute("class", style).raw(" d=\"M0 1000");
    for (day, share) in &curve.steps {
        svg.raw("H").coordinate(x(*day)).raw("V").coordinate(y(*share));
    }
    svg.raw("H").coordinate(x(curve.end)).raw("\"/>\n");
}

/// A tick's number: whole where it is whole.
fn whole(value: f64) -> String {
    if (value - value.round()).abs() < 1e-6 { format!("{value:.0}") } else { format!("{value:.1}") }
}
