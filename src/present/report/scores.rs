//! Outcomes by score: the histogram by stage, lift by band, the grid of grades, and how well the total tells customers apart.

use super::{define, meaning};
use crate::funnel::report::{Band, Figure, GradeGrid, Outcomes, Report, Scores};
use crate::present::{
    Block, Cell, Chart, Column, Heat, HeatCell, IntervalRow, Panel, Picture, Section, Setting, Table, Text, Unit, words,
};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("scores", "Scores");
    let scores = &report.scores;
    define(&mut section, &[meaning::SCORES]);
    shape(&mut section, scores);
    lift(&mut section, scores);
    if let Some(grid) = &scores.grades {
        grades(&mut section, grid);
    }
    auc(&mut section, scores);
    section.heading("Outcomes by stage");
    let mut table = outcomes("Outcomes by the stage that the rulebook gives", "Stage");
    for (stage, outcomes) in &scores.stages {
        table.row(row(Cell::name(stage), outcomes));
    }
    table.row(row(Cell::said("all leads"), &scores.all));
    section.table(table);
    section
}

/// `20 to 30`; the ends are open.
fn range(band: &Band) -> String {
    match (band.from, band.to) {
        (Some(from), Some(to)) => format!("{from} to below {to}"),
        (Some(from), None) => format!("{from} and more"),
        (None, Some(to)) => format!("below {to}"),
        (None, None) => "all".to_owned(),
    }
}

/// Where a band begins, for an axis.
fn start(band: &Band) -> String {
    match (band.from, band.to) {
        (Some(from), _) => from.to_string(),
        (None, Some(to)) => format!("<{to}"),
        (None, None) => String::new(),
    }
}

/// As many stages as fit a page.
const MOST_PANELS: usize = 10;

fn shape(section: &mut Section, scores: &Scores) {
    if scores.bands.is_empty() {
        return;
    }
    let in_stage = |stage: usize, band: &Band| band.by_stage.get(stage).copied().unwrap_or(0);
    let filled = scores.stages.iter().enumerate().filter(|(_, (_, outcomes))| outcomes.n_leads > 0);
    let panels = filled.take(MOST_PANELS).map(|(index, (stage, outcomes))| Panel {
        name: stage.clone(),
        value: words::plural(outcomes.n_leads, "lead"),
        columns: scores.bands.iter().map(|band| words::size(in_stage(index, band))).collect(),
    });
    section.add(Block::Chart(Chart {
        title: "Totals by stage".into(),
        reading: "Leads by total, in bands of ten points. Each stage has its own height: compare shapes, not sizes."
            .to_owned(),
        picture: Picture::Histogram(scores.bands.iter().map(start).collect(), panels.collect()),
    }));
    let stages = scores.stages.iter().map(|(stage, _)| Column::number(Text::new().name(stage)));
    let columns = std::iter::once(Column::text("Total")).chain(stages);
    let mut table = Table::new("Leads by total and stage", columns).set(Setting::Folded);
    for band in &scores.bands {
        table.row(std::iter::once(Cell::said(range(band))).chain(band.by_stage.iter().copied().map(Cell::Count)));
    }
    section.table(table);
}

/// As many rows as fit a page; the table has them all.
const MOST_DRAWN: usize = 18;

fn lift(section: &mut Section, scores: &Scores) {
    let known: Vec<&Band> = scores.bands.iter().filter(|band| band.outcomes.lift.value().is_some()).collect();
    let skipped = known.len().saturating_sub(MOST_DRAWN);
    let rows: Vec<IntervalRow> = known.iter().skip(skipped).map(|band| lift_row(band)).collect();
    let mut reading =
        "How often these leads became customers, compared with the average lead; the line is the 95 % interval."
            .to_owned();
    if rows.len() < scores.bands.iter().filter(|band| band.outcomes.n_leads > 0).count() {
        reading += " Bands with too few leads are left out; the table has all.";
    }
    if !rows.is_empty() {
        let picture = Picture::Intervals(rows, Some((1.0, "average".to_owned())));
        section.add(Block::Chart(Chart { title: "Lift by total".into(), reading, picture }));
    }
    let mut table = outcomes("Outcomes by total", "Total").set(Setting::Folded);
    for band in &scores.bands {
        table.row(row(Cell::said(range(band)), &band.outcomes));
    }
    section.table(table);
}

fn lift_row(band: &Band) -> IntervalRow {
    let dot = match band.outcomes.lift {
        Figure::Between { value, low, high } => Some((value, low, high)),
        Figure::Known { value } => Some((value, value, value)),
        Figure::TooFew { .. } | Figure::None => None,
    };
    let lift = words::figure(band.outcomes.lift, |value| words::fixed(value, 2));
    IntervalRow { name: range(band), value: format!("{lift} · {}", words::plural(band.outcomes.n_leads, "lead")), dot }
}

fn outcomes(caption: &str, first: &str) -> Table {
    Table::of_numbers(caption, first, &["Leads", "Customers", "Rate", "95 % interval", "Lift", "95 % interval"])
}

fn row(first: Cell, outcomes: &Outcomes) -> [Cell; 7] {
    [
        first,
        Cell::Count(outcomes.n_leads),
        Cell::count_or(outcomes.n_customers),
        Cell::Rate(outcomes.rate, 1),
        Cell::Interval(outcomes.rate),
        Cell::Figure(outcomes.lift, Unit::Plain(2)),
        Cell::Range(outcomes.lift, Unit::Plain(2)),
    ]
}

fn grades(section: &mut Section, grid: &GradeGrid) {
    let rates = grid.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.outcomes.rate.share());
    let deepest = rates.fold(0.0, f64::max);
    let scale = if deepest > 0.0 { 1.0 / deepest } else { 0.0 };
    let cell = |outcomes: &Outcomes| HeatCell {
        depth: outcomes.rate.share().map(|rate| rate * scale),
        words: words::grouped(outcomes.n_leads),
        more: if outcomes.n_leads == 0 { String::new() } else { words::rate(outcomes.rate, 1) },
    };
    let rows = grid.rows.iter().take(MOST_DRAWN);
    let field = Heat {
        corner: "grade".to_owned(),
        columns: grid.columns.clone(),
        rows: rows
            .map(|row| (row.mark.clone(), row.cells.iter().map(|grade| cell(&grade.outcomes)).collect()))
            .collect(),
    };
    let across = if grid.axes.len() > 1 { " across" } else { "" };
    section.add(Block::Chart(Chart {
        title: format!("Leads and customer rate by grade: {}{across}", grid.axes.join(" down, ")).into(),
        reading: "Leads, below them the share of customers; the deeper the color, the larger that share.".to_owned(),
        picture: Picture::Heat(field),
    }));
    let mut table = outcomes("Outcomes by grade", "Grade").set(Setting::Folded);
    for grade in grid.rows.iter().flat_map(|row| &row.cells) {
        table.row(row(Cell::name(&grade.grade), &grade.outcomes));
    }
    section.table(table);
}

fn auc(section: &mut Section, scores: &Scores) {
    section.heading("How well the total separates customers from others");
    define(section, &[meaning::AUC]);
    let heads = ["AUC", "95 % interval", "Customers", "Others"];
    let mut table = Table::of_numbers("Area under the ROC curve of the total", "Score", &heads);
    table.row([
        Cell::said("total"),
        Cell::Figure(scores.auc.auc, Unit::Plain(3)),
        Cell::Range(scores.auc.auc, Unit::Plain(3)),
        Cell::count_or(scores.auc.n_customers),
        Cell::count_or(scores.auc.n_others),
    ]);
    section.table(table);
}
