//! The funnel: how far leads come along each path, from stage to stage, by segment, and the paths side by side.

use super::chart::{Bar, bars};
use super::page::Page;
use super::segments;
use super::table::Table;
use super::words::{count, count_if_known, days, figure_share, fine_rate, interval, name, size, spoken, words};
use crate::funnel::report::{Conversion, PathReport};
use crate::output::number::grouped;

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    let report = page.report;
    if report.paths.is_empty() {
        page.paragraph("The rulebook's `funnel` names no path, so there is no funnel to show; none is made up.");
    }
    page.definitions(&["reached", "conversion", "rate", "few"]);
    for path in &report.paths {
        if report.paths.len() > 1 {
            page.heading(&format!("Path {}", path.name));
        }
        reached(page, path);
        conversions(page, path);
    }
    side_by_side(page);
    if report.paths.iter().any(|path| !path.segments.is_empty()) {
        page.heading("By segment");
        page.definitions(&["segments"]);
    }
    for path in &report.paths {
        segments::write(page, path);
    }
}

fn reached(page: &mut Page, path: &PathReport) {
    let first = path.stages.first().map_or(0, |stage| stage.n_reached);
    let rows: Vec<Bar> = path
        .stages
        .iter()
        .map(|stage| {
            let share = if first == 0 { 0.0 } else { size(stage.n_reached) / size(first) };
            Bar { name: stage.stage.clone(), value: grouped(stage.n_reached), share, solid: 1.0 }
        })
        .collect();
    let rows = with_rates(rows, path);
    let names: Vec<&str> = path.stages.iter().map(|stage| stage.stage.as_str()).collect();
    let title = format!("Leads that reached each stage: {}", names.join(" → "));
    let reading = "A bar is as long as its share of the first stage; the percentage is of the stage before.";
    page.chart(&title, reading, |about| bars(about, &rows));
    let header = ["Stage", "#reached", "#with a date", "#implied", "#without a date", "#unknown", "#open here"];
    let mut table = Table::new(&format!("Leads by stage reached, path {}", path.name), &header);
    for stage in &path.stages {
        let counts =
            [stage.n_reached, stage.n_dated, stage.n_implied, stage.n_undated, stage.n_unknown, stage.n_open_here];
        table.row(std::iter::once(name(&stage.stage)).chain(counts.map(count)));
    }
    page.numbers(&table);
}

/// Adds to each stage after the first its rate from the stage before.
fn with_rates(mut rows: Vec<Bar>, path: &PathReport) -> Vec<Bar> {
    for (row, step) in rows.iter_mut().skip(1).zip(&path.to_next) {
        row.value = format!("{} · {}", row.value, spoken(&fine_rate(&step.rate)));
    }
    rows
}

fn conversions(page: &mut Page, path: &PathReport) {
    let header = ["From → to", "#leads", "#converted", "#rate", "#95 % interval", "#open", "#lost", "#of the resolved"];
    let last = path.stages.last().map_or("", |stage| stage.stage.as_str());
    let mut next = Table::new(&format!("Conversion to the next stage, path {}", path.name), &header);
    path.to_next.iter().for_each(|step| next.row(row(step)));
    page.table(&next);
    // From the stage before the last, the next is the last: a path of two stages has said it all.
    if path.to_last.len() > 1 {
        let mut through = Table::new(&format!("Conversion to {last}, path {}", path.name), &header);
        path.to_last.iter().for_each(|step| through.row(row(step)));
        page.table(&through);
    }
}

fn row(step: &Conversion) -> [super::table::Cell; 8] {
    [
        name(&format!("{} → {}", step.from, step.to)),
        count(step.n),
        count(step.n_converted),
        fine_rate(&step.rate),
        interval(&step.rate),
        count(step.n_open),
        count_if_known(step.n_lost),
        fine_rate(&step.resolved),
    ]
}

fn side_by_side(page: &mut Page) {
    let rows = &page.report.side_by_side;
    let Some(first) = rows.first() else { return };
    page.heading("Paths side by side");
    page.definitions(&["paths"]);
    let after: Vec<String> = first.after.iter().map(|(n_days, _)| format!("#after {n_days} days")).collect();
    let mut header = vec!["Path", "from → to", "#leads", "#converted", "#rate", "#95 % interval"];
    header.extend(after.iter().map(String::as_str));
    header.extend(["#median", "#median of the converted"]);
    let mut table = Table::new("The paths side by side", &header);
    for path in rows {
        let (n, converted) = counts(&path.rate);
        let mut cells = vec![name(&path.path), name(&format!("{} → {}", path.from, path.to)), n, converted];
        cells.extend([fine_rate(&path.rate), interval(&path.rate)]);
        cells.extend(path.after.iter().map(|(_, share)| figure_share(share)));
        cells.extend([days(&path.median), days(&path.median_of_converted)]);
        table.row(cells);
    }
    page.table(&table);
}

/// The leads that a rate is of, and those that converted.
fn counts(rate: &crate::funnel::report::Rate) -> (super::table::Cell, super::table::Cell) {
    use crate::funnel::report::Rate;
    match rate {
        Rate::Measured { n, converted, .. } | Rate::TooFew { n, converted } => (count(*n), count(*converted)),
        Rate::None => (words("–"), words("–")),
    }
}
