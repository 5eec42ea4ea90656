//! Charts as SVG, pure functions from plain numbers. They know neither leads nor stages, and compute nothing but places.
//!
//! A chart is as wide as its place: lengths across are per cent, lengths down and letters are pixels, so that nothing shrinks
//! on a phone or is cut on paper, and no script is needed. Color never stands alone: length, place or dashes say the same.

mod bars;
mod curves;
mod heat;
mod histogram;
mod intervals;
mod signed;

use super::{HtmlPage, shown, text};
use crate::present::chart::{Chart, Picture};
use crate::present::markdown::spoken;
use maud::{Markup, html};

/// A chart below what it is called and how it is read.
pub(super) fn chart(page: &mut HtmlPage<'_>, chart: &Chart) -> Markup {
    page.n_charts += 1;
    let id = format!("chart-{}", page.n_charts);
    let drawing = match &chart.picture {
        Picture::Bars(rows) => bars::draw(rows),
        Picture::Curves(curves, unit) => curves::draw(curves, unit),
        Picture::Heat(field) => heat::draw(field),
        Picture::Histogram(names, panels) => histogram::draw(names, panels),
        Picture::Intervals(rows, reference) => {
            intervals::draw(rows, reference.as_ref().map(|(at, words)| (*at, words.as_str())))
        }
        Picture::Signed(rows) => signed::draw(rows),
    };
    html! {
        figure {
            figcaption { b { (text(page, &chart.title)) "." } " " (shown(&chart.reading)) }
            svg.chart role="img" width="100%" height=(short(drawing.height))
                aria-labelledby={ (id) "-t " (id) "-d" } {
                title id={ (id) "-t" } { (shown(&spoken(&chart.title))) }
                desc id={ (id) "-d" } { (shown(&chart.reading)) " The numbers are in the table below." }
                (drawing.content)
            }
        }
    }
}

/// What is drawn, and how high it is in pixels.
struct Drawing {
    height: f64,
    content: Markup,
}

/// Where a text is fastened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextAnchor {
    Start,
    Middle,
    End,
}

/// A text at `x` per cent and `y` pixels.
fn label(class: &str, anchor: TextAnchor, x: f64, y: f64, words: &str) -> Markup {
    let anchor = match anchor {
        TextAnchor::Start => None,
        TextAnchor::Middle => Some("middle"),
        TextAnchor::End => Some("end"),
    };
    html! { text class=(class) x=(percent(x)) y=(short(y)) text-anchor=[anchor] { (shown(words)) } }
}

/// A bar, `x` and `width` in per cent, `y` and `height` in pixels.
fn bar(class: &str, x: f64, y: f64, width: f64, height: f64) -> Markup {
    let (width, height) = (percent(width.max(0.0)), short(height.max(0.0)));
    html! { rect class=(class) x=(percent(x)) y=(short(y)) width=(width) height=(height) {} }
}

/// A straight line, across in per cent, down in pixels.
fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    html! { line class=(class) x1=(percent(from.0)) y1=(short(from.1)) x2=(percent(to.0)) y2=(short(to.1)) {} }
}

fn percent(value: f64) -> String {
    short(value) + "%"
}

/// A number of a drawing, with two decimals at most; what is not a number is 0.
fn short(value: f64) -> String {
    let written = format!("{:.2}", if value.is_finite() { value } else { 0.0 });
    let short = written.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
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

/// Round steps from 0 to at least `most`, about `n` of them: 1, 2 or 5 times a power of ten.
fn ticks(most: f64, n: usize) -> Vec<f64> {
    if !most.is_finite() || most <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = most / place(n.max(1));
    let mut step = 1.0;
    while step > rough {
        step /= 10.0;
    }
    while step * 10.0 <= rough {
        step *= 10.0;
    }
    let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * step).into_iter().find(|step| *step >= rough).unwrap_or(step);
    let mut ticks = vec![0.0];
    while ticks.last().is_some_and(|last| *last < most - step * 1e-9) && ticks.len() < 50 {
        ticks.push(place(ticks.len()) * step);
    }
    ticks
}

#[cfg(test)]
mod tests;
