//! The key figures: how many leads, how far they came along the first path, how many of the chief stage became customers, and
//! what one of those is worth. And what a reader should mind.

use super::markup::Markup;
use super::table::Cell;
use super::words::{amount, between, count_if_known, figure_in, fine_rate, interval, plural, spoken, value as known};
use crate::funnel::report::{FactorFrom, PathReport, Rate, Report, StageValue};
use crate::output::number::grouped;

/// Writes them.
pub(super) fn write(html: &mut Markup, report: &Report) {
    html.raw("<section id=\"key\" aria-label=\"Key figures\">\n<dl class=\"key\">\n");
    tile(html, &Tile::new("Leads", &Cell::Number(grouped(report.n_leads)), "scored"));
    if let Some(path) = report.paths.first() {
        along(html, report, path);
    } else {
        tile(html, &Tile::new("Customers", &count_if_known(report.n_customers), ""));
        let rate = &report.scores.all.rate;
        tile(html, &Tile { is_chief: true, ..Tile::new("Leads → customers", &fine_rate(rate), &told(rate)) });
    }
    html.raw("</dl>\n");
    if report.n_leads == 0 {
        html.raw("<p class=\"note\">No lead was scored, so there is nothing to measure.</p>\n");
    }
    for caution in &report.cautions {
        html.raw("<p class=\"note\">").prose(caution).raw("</p>\n");
    }
    html.raw("</section>\n");
}

fn along(html: &mut Markup, report: &Report, path: &PathReport) {
    let chief = chief_stage(path);
    for (index, stage) in path.stages.iter().enumerate() {
        // On a long path the first stage says little that the number of leads doesn't.
        if index == 0 && path.stages.len() > 2 {
            continue;
        }
        let more =
            if stage.n_unknown > 0 { format!("{} more unknown", grouped(stage.n_unknown)) } else { String::new() };
        tile(html, &Tile::new(&stage.stage, &Cell::Number(grouped(stage.n_reached)), &more));
    }
    let Some(conversion) = path.to_last.get(chief) else { return };
    let title = format!("{} → {}", conversion.from, conversion.to);
    tile(html, &Tile { is_chief: true, ..Tile::new(&title, &fine_rate(&conversion.rate), &told(&conversion.rate)) });
    let Some(value) = &report.value else { return };
    let Some(worth) = value.stages.iter().find(|stage| stage.path == path.name && stage.stage == conversion.from)
    else {
        return;
    };
    let title = format!("Worth of one {}", worth.stage);
    let unit = value.currency.as_deref().filter(|_| known(&worth.chain).is_some());
    tile(
        html,
        &Tile { is_chief: true, unit, ..Tile::new(&title, &figure_in(&worth.chain, round), &told_worth(worth)) },
    );
}

/// The stage that the report is about: `MQL`, or else the second of a long path and the first of a short one.
fn chief_stage(path: &PathReport) -> usize {
    let last = path.stages.len().saturating_sub(1);
    let named = path.stages.iter().position(|stage| stage.stage.eq_ignore_ascii_case("mql"));
    named.filter(|index| *index < last).unwrap_or(usize::from(last >= 2))
}

/// What an amount rests on. The interval is the direct rate's, so it speaks of the chain only where that is measured.
fn told_worth(worth: &StageValue) -> String {
    let range = match between(&worth.direct, round) {
        Cell::Number(range) if range != "–" => range,
        _ => String::new(),
    };
    if worth.factors.iter().any(|factor| factor.source == FactorFrom::Stated) {
        let measured = spoken(&figure_in(&worth.direct, round));
        return format!("with stated rates; measured: {measured}");
    }
    if range.is_empty() { range } else { format!("95 %: {range}") }
}

/// An amount for a glance: from a thousand on without cents, which the section on value has.
fn round(value: f64) -> String {
    if value.abs() < 1000.0 { amount(value) } else { amount(libm::round(value)) }
}

/// `2,000 USD`.
pub(super) fn with_currency(currency: Option<&str>, amount: &str) -> String {
    currency.map_or_else(|| amount.to_owned(), |currency| format!("{amount} {currency}"))
}

/// What a rate rests on.
fn told(rate: &Rate) -> String {
    match rate {
        Rate::Measured { n, converted, .. } => {
            format!("{} of {}; 95 %: {}", grouped(*converted), grouped(*n), spoken(&interval(rate)))
        }
        Rate::TooFew { n, converted } => format!("{} of {}", grouped(*converted), plural(*n, "lead")),
        Rate::None => String::new(),
    }
}

/// A figure in large letters.
struct Tile<'a> {
    is_chief: bool,
    title: &'a str,
    figure: String,
    unit: Option<&'a str>,
    more: &'a str,
}

impl<'a> Tile<'a> {
    fn new(title: &'a str, figure: &Cell, more: &'a str) -> Self {
        Self { is_chief: false, title, figure: spoken(figure), unit: None, more }
    }
}

fn tile(html: &mut Markup, tile: &Tile) {
    html.raw(if tile.is_chief { "<div class=\"chief\"><dt>" } else { "<div><dt>" }).name(tile.title).raw("</dt><dd>");
    html.text(&tile.figure);
    if let Some(unit) = tile.unit {
        html.raw(" <small>").name(unit).raw("</small>");
    }
    html.raw("</dd>");
    if !tile.more.is_empty() {
        html.raw("<dd>").text(tile.more).raw("</dd>");
    }
    html.raw("</div>\n");
}
