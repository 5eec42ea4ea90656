//! `report.html`: the report as one page that needs nothing else: no script, no request, no font. Everything on it comes from
//! [`Report`]; it computes only places on a drawing.
//!
//! Written by plain functions and no template engine: half of the page is drawings and tables, which are code anyway, and
//! [`markup::Markup`] takes markup as literals only, so that a name can't become markup by a forgotten filter.

mod chart;
mod cohorts;
mod criteria;
mod crm;
mod diff;
mod funnel;
mod key;
mod markup;
mod page;
mod quality;
mod scores;
mod segments;
mod speed;
mod table;
mod value;
mod words;

pub use diff::diff_html;

use crate::funnel::report::Report;
use crate::value::{Instant, Zone, parse_date_literal};
use markup::Markup;
use page::Page;

/// What the browser is allowed to do: to use the style that stands in the page, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A section: its id, its title, and what writes it.
type Section = (&'static str, &'static str, fn(&mut Page<'_>));

/// The sections, in order.
const SECTIONS: [Section; 8] = [
    ("funnel", "Funnel", funnel::write),
    ("value", "Value", value::write),
    ("speed", "Speed", speed::write),
    ("cohorts", "Cohorts", cohorts::write),
    ("scores", "Scores", scores::write),
    ("criteria", "Criteria", criteria::write),
    ("crm", "Rulebook and CRM", crm::write),
    ("quality", "Data quality", quality::write),
];

/// Keys of the definitions that stand in the sections; those the report has beyond them stand at the end.
const DEFINED: [&str; 23] = [
    "reached",
    "conversion",
    "segments",
    "cohorts",
    "velocity",
    "dates",
    "sla",
    "targets",
    "value",
    "ltv",
    "cost",
    "scores",
    "auc",
    "criteria",
    "points",
    "pairs",
    "unclosed",
    "crm",
    "paths",
    "quality",
    "questions",
    "few",
    "rate",
];

/// The report as a page: HTML in UTF-8, the same bytes for the same report.
///
/// It works offline and opens in any browser of these years; it follows the reader's choice of light or dark, and prints on A4
/// with every table open.
#[must_use]
pub fn report_html(report: &Report) -> String {
    let mut page = Page::new(report);
    for (id, title, write) in SECTIONS {
        page.section(id, title, write);
    }
    others(&mut page);
    let mut html = Markup::new();
    head(&mut html, "Lead report: ", rulebook(report), "");
    html.raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n");
    title(&mut html, report);
    contents(&mut html);
    html.raw("</header>\n<main id=\"main\">\n");
    key::write(&mut html, report);
    html.add(&page.body).raw("</main>\n");
    footer(&mut html, report);
    html.raw("</body>\n</html>\n");
    html.into_string()
}

/// Everything before the body: what the page is called, and its style with what one kind of page adds to it.
fn head(html: &mut Markup, what: &'static str, title: &str, more_style: &'static str) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\"").attribute("content", POLICY).raw(">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw("<meta name=\"robots\" content=\"noindex\">\n<title>").raw(what).text(title).raw("</title>\n");
    html.raw("<style>\n").raw(include_str!("style.css")).raw(more_style).raw("</style>\n</head>\n");
}

fn rulebook(report: &Report) -> &str {
    report.rulebook.as_deref().unwrap_or("unnamed rulebook")
}

fn title(html: &mut Markup, report: &Report) {
    html.raw("<h1>").name(rulebook(report)).raw("</h1>\n<p class=\"about\">Lead report as of <time");
    html.attribute("datetime", &report.as_of).raw(">").text(&instant(report)).raw("</time> in ");
    html.name(&report.timezone);
    if let Some(owner) = &report.owner {
        html.raw(", rules kept by ").name(owner);
    }
    html.raw(".</p>\n");
}

/// The report's instant as a clock on the wall shows it; as it is written if it can't be read.
fn instant(report: &Report) -> String {
    let local = || {
        let zone = Zone::named(&report.timezone).ok()?;
        let instant = parse_date_literal(&report.as_of, &zone).ok()?.start;
        // The text of the wall clock's milliseconds, without the end of the minute.
        let text = Instant::from_ms(zone.local_ms(instant)).to_string();
        Some(text.get(..16)?.replacen('T', " ", 1))
    };
    local().unwrap_or_else(|| report.as_of.clone())
}

fn contents(html: &mut Markup) {
    html.raw("<nav aria-label=\"Contents\"><ul>\n");
    for (id, title, _) in SECTIONS {
        html.raw("<li><a href=\"#").raw(id).raw("\">").raw(title).raw("</a></li>\n");
    }
    html.raw("</ul></nav>\n");
}

/// Definitions that no section knows of.
fn others(page: &mut Page) {
    let keys: Vec<&str> = page.report.definitions.iter().map(|definition| definition.key).collect();
    let others: Vec<&str> = keys.into_iter().filter(|key| !DEFINED.contains(key)).collect();
    if !others.is_empty() {
        page.section("words", "Words", |page| page.definitions(&others));
    }
}

fn footer(html: &mut Markup, report: &Report) {
    html.raw("<footer>\n<p>Written by leadscore. This page works without a network and asks nothing of one. ");
    html.raw("The same figures for machines: report.json (<code>")
        .text(report.schema)
        .raw("</code>).</p>\n</footer>\n");
}

#[cfg(test)]
mod tests;
