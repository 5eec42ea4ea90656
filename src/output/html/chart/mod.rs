//! Charts as SVG, pure functions from plain numbers. They know neither leads nor stages, and compute nothing but places.
//!
//! A chart is as wide as its place: lengths across are per cent, lengths down and letters are pixels, so that nothing shrinks
//! on a phone or is cut on paper, and no script is needed. Color never stands alone: length, place or dashes say the same.

mod heat;
mod histogram;

pub(super) use heat::{Heat, HeatCell, heat};
pub(super) use histogram::{Panel, histogram};

use super::markup::Markup;

/// What a chart is called, for those who see it and those who hear it.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// Unique on the page; letters, digits and `-`.
    pub(super) id: String,
    /// What it shows.
    pub(super) title: String,
    /// What can be read off it, in a sentence or two.
    pub(super) description: String,
}

/// An `svg` of this height in pixels around what `draw` writes.
fn frame(about: &About, height: f64, draw: impl FnOnce(&mut Markup)) -> Markup {
    let mut svg = Markup::new();
    svg.raw("<svg class=\"chart\" role=\"img\" width=\"100%\"").length("height", height, "");
    svg.raw(" aria-labelledby=\"").text(&about.id).raw("-t ").text(&about.id).raw("-d\">");
    svg.raw("<title id=\"").text(&about.id).raw("-t\">").text(&about.title).raw("</title>");
    svg.raw("<desc id=\"").text(&about.id).raw("-d\">").text(&about.description).raw("</desc>\n");
    draw(&mut svg);
    svg.raw("</svg>\n");
    svg
}

/// Where a text is fastened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// A text at `x` per cent and `y` pixels.
fn label(svg: &mut Markup, class: &'static str, anchor: Anchor, x: f64, y: f64, text: &str) {
    svg.raw("<text").attribute("class", class).length("x", x, "%").length("y", y, "");
    match anchor {
        Anchor::Start => {}
        Anchor::Middle => {
            svg.raw(" text-anchor=\"middle\"");
        }
        Anchor::End => {
            svg.raw(" text-anchor=\"end\"");
        }
    }
    svg.raw(">").text(text).raw("</text>\n");
}

/// A bar, `x` and `width` in per cent, `y` and `height` in pixels.
fn bar(svg: &mut Markup, class: &'static str, x: f64, y: f64, width: f64, height: f64) {
    svg.raw("<rect").attribute("class", class).length("x", x, "%").length("y", y, "");
    svg.length("width", width.max(0.0), "%").length("height", height.max(0.0), "").raw("/>\n");
}

/// A straight line, across in per cent, down in pixels.
fn line(svg: &mut Markup, class: &'static str, from: (f64, f64), to: (f64, f64)) {
    svg.raw("<line").attribute("class", class).length("x1", from.0, "%").length("y1", from.1, "");
    svg.length("x2", to.0, "%").length("y2", to.1, "").raw("/>\n");
}

/// A text for a place that holds about so many characters.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The place of a number of a row, of so many.
fn place(index: usize) -> f64 {
    f64::from(u32::try_from(index).unwrap_or(u32::MAX))
}

/// A share that is a number from 0 to 1; what is no number is 0.
fn within(share: f64) -> f64 {
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}
