//! Leads by the month in which they entered a stage, against the later stages.

use super::chart::{Heat, HeatCell, heat};
use super::page::Page;
use super::table::Table;
use super::words::{count, days, figure_share, measured, name, rate, spoken, value};
use crate::funnel::report::{Cohort, CohortCell, Cohorts, PathReport};
use crate::output::number::grouped;

/// As many months as fit a page; the table has them all.
const MOST_DRAWN: usize = 18;

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    page.definitions(&["cohorts"]);
    let mut n_shown = 0;
    for path in &page.report.paths {
        for cohorts in path.cohorts.iter().filter(|cohorts| !cohorts.months.is_empty()) {
            // Paths that end alike share their last cohorts.
            let mut earlier = page.report.paths.iter().take_while(|other| other.name != path.name);
            if earlier.any(|other| other.cohorts.contains(cohorts)) {
                continue;
            }
            n_shown += 1;
            draw(page, path, cohorts);
            numbers(page, path, cohorts);
        }
    }
    if n_shown == 0 {
        page.paragraph("No lead entered a stage of a path on a known date, so there are no cohorts.");
    }
}

fn draw(page: &mut Page, path: &PathReport, cohorts: &Cohorts) {
    let first = cohorts.months.len().saturating_sub(MOST_DRAWN);
    let drawn = &cohorts.months[first..];
    let rates = drawn.iter().flat_map(|month| &month.cells).filter_map(|cell| measured(&cell.rate));
    // Where every month has too few leads there is nothing to draw.
    let Some(deepest) = rates.reduce(f64::max) else { return };
    let scale = if deepest > 0.0 { 1.0 / deepest } else { 0.0 };
    let field = Heat {
        corner: "month".to_owned(),
        columns: std::iter::once("leads").chain(cohorts.to.iter().map(String::as_str)).map(str::to_owned).collect(),
        rows: drawn.iter().map(|month| row(month, scale)).collect(),
    };
    let title = format!("Leads that entered {} in a month, path {}", cohorts.from, path.name);
    let mut reading =
        "The deeper the color, the more of the month's leads reached the stage; * marks months of which not \
                       all leads are known to have had time."
            .to_owned();
    if first > 0 {
        reading += " The latest months are drawn, all stand in the table.";
    }
    page.chart(&title, &reading, |about| heat(about, &field));
}

fn row(month: &Cohort, scale: f64) -> (String, Vec<HeatCell>) {
    let leads = HeatCell { depth: None, words: grouped(month.n), more: String::new() };
    let cells = month.cells.iter().map(|cell| HeatCell {
        depth: measured(&cell.rate).map(|rate| rate * scale),
        words: format!("{}{}", spoken(&rate(&cell.rate)), if may_rise(cell) { "*" } else { "" }),
        more: String::new(),
    });
    (month.month.clone(), std::iter::once(leads).chain(cells).collect())
}

fn may_rise(cell: &CohortCell) -> bool {
    measured(&cell.rate).is_some() && value(&cell.had_time).is_none_or(|share| share < 1.0)
}

fn numbers(page: &mut Page, path: &PathReport, cohorts: &Cohorts) {
    let mut header = vec!["Month".to_owned(), "#leads".to_owned()];
    for to in &cohorts.to {
        header.extend([format!("#{to}"), format!("#had time ({to})")]);
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let caption = format!("Leads by the month in which they entered {}, path {}", cohorts.from, path.name);
    let mut table = Table::new(&caption, &header);
    for month in &cohorts.months {
        let cells = month.cells.iter().flat_map(|cell| [rate(&cell.rate), figure_share(&cell.had_time)]);
        table.row([name(&month.month), count(month.n)].into_iter().chain(cells));
    }
    let times = cohorts.to.iter().zip(&cohorts.enough_time);
    let told: Vec<String> = times.map(|(to, time)| format!("{to} {}", spoken(&days(time)))).collect();
    page.remark(&format!("Time to convert, as it counts here: {}.", told.join(", ")));
    page.numbers(&table);
}
