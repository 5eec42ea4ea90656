//! Outcomes by score: the histogram by stage, lift by band, the grid of grades, and how well the total tells customers apart.

use super::chart::{Heat, HeatCell, Interval, Panel, heat, histogram, intervals};
use super::page::Page;
use super::table::{Cell, Table};
use super::words::{
    between, count, count_if_known, decimal, figure_number, interval, measured, name, plural, rate, size, spoken, value,
};
use crate::funnel::report::{Band, Figure, GradeGrid, Outcomes, Scores};
use crate::output::number::grouped;

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    let scores = &page.report.scores;
    page.definitions(&["scores"]);
    shape(page, scores);
    lift(page, scores);
    if let Some(grid) = &scores.grades {
        grades(page, grid);
    }
    let mut table = Table::new("Outcomes by the stage that the rulebook gives", &outcome_header("Stage"));
    for (stage, outcomes) in &scores.stages {
        table.row(outcome_row(name(stage), outcomes));
    }
    table.row(outcome_row(Cell::Words("all leads".to_owned()), &scores.all));
    page.table(&table);
    auc(page, scores);
}

/// `20 to 30`; the ends are open.
fn range(band: &Band) -> String {
    match (band.from, band.to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("{from} and more"),
        (None, Some(to)) => format!("below {to}"),
        (None, None) => "all".to_owned(),
    }
}

/// Where a band begins, for an axis.
fn start(band: &Band) -> String {
    band.from
        .or(band.to)
        .map_or_else(String::new, |from| if band.from.is_none() { format!("<{from}") } else { from.to_string() })
}

/// As many stages as fit a page.
const MOST_PANELS: usize = 10;

fn shape(page: &mut Page, scores: &Scores) {
    if scores.bands.is_empty() {
        return;
    }
    let in_stage = |stage: usize, band: &Band| band.by_stage.get(stage).copied().unwrap_or(0);
    let panels: Vec<Panel> = scores
        .stages
        .iter()
        .enumerate()
        .filter(|(_, (_, outcomes))| outcomes.n_leads > 0)
        .take(MOST_PANELS)
        .map(|(index, (stage, outcomes))| Panel {
            name: stage.clone(),
            value: plural(outcomes.n_leads, "lead"),
            columns: scores.bands.iter().map(|band| size(in_stage(index, band))).collect(),
        })
        .collect();
    let names: Vec<String> = scores.bands.iter().map(start).collect();
    let reading =
        "Leads by total, in bands of ten points; each stage has its own height, so shapes compare, sizes don't.";
    page.chart("Totals by stage", reading, |about| histogram(about, &names, &panels));
    let heads: Vec<String> = scores.stages.iter().map(|(stage, _)| format!("#{stage}")).collect();
    let header: Vec<&str> = std::iter::once("Total").chain(heads.iter().map(String::as_str)).collect();
    let mut table = Table::new("Leads by total and stage", &header);
    for band in &scores.bands {
        table.row(std::iter::once(name(&range(band))).chain(band.by_stage.iter().map(|n| count(*n))));
    }
    page.numbers(&table);
}

/// As many rows as fit a page; the table has them all.
const MOST_DRAWN: usize = 18;

fn lift(page: &mut Page, scores: &Scores) {
    let known: Vec<&Band> = scores.bands.iter().filter(|band| value(&band.outcomes.lift).is_some()).collect();
    let skipped = known.len().saturating_sub(MOST_DRAWN);
    let rows: Vec<Interval> = known.iter().skip(skipped).map(|band| lift_row(band)).collect();
    let mut reading =
        "How many times as often as the average lead of all, these became customers; the line is the 95 % interval."
            .to_owned();
    if rows.len() < scores.bands.iter().filter(|band| band.outcomes.n_leads > 0).count() {
        reading += " Bands with too few leads are left out here; all stand in the table.";
    }
    if !rows.is_empty() {
        page.chart("Lift by total", &reading, |about| intervals(about, &rows, Some((1.0, "average"))));
    }
    let mut table = Table::new("Outcomes by total", &outcome_header("Total"));
    for band in &scores.bands {
        table.row(outcome_row(name(&range(band)), &band.outcomes));
    }
    page.numbers(&table);
}

fn lift_row(band: &Band) -> Interval {
    let dot = match band.outcomes.lift {
        Figure::Between { value, low, high } => Some((value, low, high)),
        Figure::Known { value } => Some((value, value, value)),
        Figure::TooFew { .. } | Figure::None => None,
    };
    let lift = spoken(&figure_number(&band.outcomes.lift));
    Interval { name: range(band), value: format!("{lift} · {}", plural(band.outcomes.n_leads, "lead")), dot }
}

fn outcome_header(first: &str) -> [&str; 7] {
    [first, "#leads", "#customers", "#rate", "#95 % interval", "#lift", "#95 % interval"]
}

fn outcome_row(first: Cell, outcomes: &Outcomes) -> [Cell; 7] {
    [
        first,
        count(outcomes.n_leads),
        count_if_known(outcomes.n_customers),
        rate(&outcomes.rate),
        interval(&outcomes.rate),
        figure_number(&outcomes.lift),
        between(&outcomes.lift, decimal),
    ]
}

fn grades(page: &mut Page, grid: &GradeGrid) {
    let rates = grid.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| measured(&cell.outcomes.rate));
    let deepest = rates.fold(0.0, f64::max);
    let scale = if deepest > 0.0 { 1.0 / deepest } else { 0.0 };
    let cell = |outcomes: &Outcomes| HeatCell {
        depth: measured(&outcomes.rate).map(|rate| rate * scale),
        words: grouped(outcomes.n_leads),
        more: if outcomes.n_leads == 0 { String::new() } else { spoken(&rate(&outcomes.rate)) },
    };
    let field = Heat {
        corner: "grade".to_owned(),
        columns: grid.columns.clone(),
        rows: grid
            .rows
            .iter()
            .take(MOST_DRAWN)
            .map(|row| (row.mark.clone(), row.cells.iter().map(|grade| cell(&grade.outcomes)).collect()))
            .collect(),
    };
    let title = format!(
        "Leads and customer rate by grade: {}",
        grid.axes.join(" down, ") + if grid.axes.len() > 1 { " across" } else { "" }
    );
    let reading = "Leads, below them the share of customers; the deeper the color, the larger that share.";
    page.chart(&title, reading, |about| heat(about, &field));
    let mut table = Table::new("Outcomes by grade", &outcome_header("Grade"));
    for grade in grid.rows.iter().flat_map(|row| &row.cells) {
        table.row(outcome_row(name(&grade.grade), &grade.outcomes));
    }
    page.numbers(&table);
}

fn auc(page: &mut Page, scores: &Scores) {
    page.heading("How well the total tells customers from others");
    page.definitions(&["auc"]);
    let mut table = Table::new(
        "Area under the ROC curve of the total",
        &["What", "#AUC", "#95 % interval", "#customers", "#others"],
    );
    table.row([
        Cell::Words("total".to_owned()),
        figure_number(&scores.auc.auc),
        between(&scores.auc.auc, decimal),
        count_if_known(scores.auc.n_customers),
        count_if_known(scores.auc.n_others),
    ]);
    page.table(&table);
}
