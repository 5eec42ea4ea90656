//! Leads by the month in which they entered a stage, against the later stages.

use super::{define, meaning};
use crate::funnel::report::{Cohort, CohortCell, Cohorts, PathReport, Report};
use crate::present::{Block, Cell, Chart, Column, Heat, HeatCell, Picture, Section, Setting, Table, Text, Unit, words};

/// As many months as fit a page; the table has them all.
const MOST_DRAWN: usize = 15;

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("cohorts", "Cohorts");
    define(&mut section, &[meaning::COHORTS]);
    let mut n_shown = 0;
    for (at, path) in report.paths.iter().enumerate() {
        for cohorts in path.cohorts.iter().filter(|cohorts| !cohorts.months.is_empty()) {
            // Paths that end alike share their last cohorts.
            if report.paths[..at].iter().any(|other| other.cohorts.contains(cohorts)) {
                continue;
            }
            n_shown += 1;
            draw(&mut section, path, cohorts);
            numbers(&mut section, path, cohorts);
        }
    }
    if n_shown == 0 {
        section.say("No lead entered a stage of a path on a known date, so there are no cohorts.");
    }
    section
}

fn draw(section: &mut Section, path: &PathReport, cohorts: &Cohorts) {
    let first = cohorts.months.len().saturating_sub(MOST_DRAWN);
    let drawn = &cohorts.months[first..];
    let rates = drawn.iter().flat_map(|month| &month.cells).filter_map(|cell| cell.rate.share());
    // Where every month has too few leads there is nothing to draw.
    let Some(deepest) = rates.reduce(f64::max) else { return };
    let scale = if deepest > 0.0 { 1.0 / deepest } else { 0.0 };
    let field = Heat {
        corner: "month".to_owned(),
        columns: std::iter::once("leads").chain(cohorts.to.iter().map(String::as_str)).map(str::to_owned).collect(),
        rows: drawn.iter().map(|month| row(month, scale)).collect(),
    };
    let mut reading =
        "The deeper the color, the more of the month's leads reached the stage. In months with * some leads may \
        not have had time yet."
            .to_owned();
    if first > 0 {
        reading += " The latest months are drawn; the table has all.";
    }
    let title = Text::from("Leads that entered ").name(&cohorts.from).words(" in a month, path ").name(&path.name);
    section.add(Block::Chart(Chart { title, reading, picture: Picture::Heat(field) }));
}

fn row(month: &Cohort, scale: f64) -> (String, Vec<HeatCell>) {
    let leads = HeatCell { depth: None, words: words::grouped(month.n), more: String::new() };
    let cells = month.cells.iter().map(|cell| HeatCell {
        depth: cell.rate.share().map(|rate| rate * scale),
        words: format!("{}{}", words::rate(cell.rate, 1), if may_rise(cell) { "*" } else { "" }),
        more: String::new(),
    });
    (month.month.clone(), std::iter::once(leads).chain(cells).collect())
}

fn may_rise(cell: &CohortCell) -> bool {
    cell.rate.share().is_some() && cell.had_time.value().is_none_or(|share| share < 1.0)
}

fn numbers(section: &mut Section, path: &PathReport, cohorts: &Cohorts) {
    let times = cohorts.to.iter().zip(&cohorts.enough_time).enumerate();
    let told = times.fold(Text::from("Time that nine in ten converted leads took: "), |text, (at, (to, time))| {
        let text = if at > 0 { text.words(", ") } else { text };
        text.name(to).words(format!(" {}", words::days(*time)))
    });
    section.add(Block::Remark(told.words(".")));
    let later = |to: &String| [Text::new().name(to), Text::from("Had time (").name(to).words(")")].map(Column::number);
    let columns = [Column::text("Month"), Column::number("Leads")].into_iter().chain(cohorts.to.iter().flat_map(later));
    let caption =
        Text::from("Leads by the month in which they entered ").name(&cohorts.from).words(", path ").name(&path.name);
    let mut table = Table::new(caption, columns).set(Setting::Folded);
    for month in &cohorts.months {
        let cell = |cell: &CohortCell| [Cell::Rate(cell.rate, 1), Cell::Figure(cell.had_time, Unit::Share)];
        let head = [Cell::name(&month.month), Cell::Count(month.n)];
        table.row(head.into_iter().chain(month.cells.iter().flat_map(cell)));
    }
    section.table(table);
}
