//! Who is at which stage before and after, who moved, and what became of those that gained or lost a stage.

use super::{Extent, leads};
use crate::diff::report::{DiffCount, DiffReport, FateRow, StageCount};
use crate::funnel::report::Figure;
use crate::present::{
    Absence, Block, Cell, Chart, Column, Heat, HeatCell, Picture, Section, Setting, Table, Text, Unit, words,
};

pub(super) fn by_stage(report: &DiffReport, extent: Extent) -> Section {
    let mut section = Section::new("stages", "Stages");
    let mut table = Table::of_numbers("Leads by stage", "Stage", &["Before", "After", "Change", "In %"]);
    for StageCount { stage, before, after } in &report.stages {
        let (change, percent) = match (before.n(), after.n()) {
            (Some(before), Some(after)) if before != after => {
                let percent =
                    words::growth(before.into(), after.into()).map_or(Cell::Absent(Absence::None), Cell::Number);
                (Cell::Change(after - before), percent)
            }
            (Some(_), Some(_)) => (Cell::Change(0), Cell::Empty),
            _ => (Cell::Absent(Absence::UnderFive), Cell::Empty),
        };
        table.row([Cell::name(stage), leads(*before), leads(*after), change, percent]);
    }
    section.table(table);
    if !report.has_moves() {
        section.say("No lead changed stage.");
    } else if extent.n_edits > 0 {
        moves(&mut section, report);
    }
    section
}

/// A number that is lighter where it is 0.
fn step(n: DiffCount) -> Cell {
    if n == DiffCount::exact(0) { Cell::Number("·".to_owned()) } else { leads(n) }
}

fn moves(section: &mut Section, report: &DiffReport) {
    let size = |n: DiffCount| words::size(n.n().unwrap_or(1).unsigned_abs());
    let rows = || report.places.iter().zip(&report.matrix).enumerate();
    let moved = rows().flat_map(|(from, (_, row))| row.iter().enumerate().filter(move |(to, _)| *to != from));
    let largest = moved.map(|(_, n)| size(*n)).fold(1.0, f64::max);
    let cell = |is_move: bool, n: DiffCount| HeatCell {
        depth: is_move.then(|| size(n) / largest).filter(|depth| *depth > 0.0),
        words: step(n).words(),
        more: String::new(),
    };
    let cells = |(from, (place, row)): (usize, (&String, &Vec<DiffCount>))| {
        (place.clone(), row.iter().enumerate().map(|(to, n)| cell(to != from, *n)).collect())
    };
    section.add(Block::Chart(Chart {
        title: "From stage to stage".into(),
        reading: "Leads by their stage before, down, and after, across. The more moved, the deeper the color."
            .to_owned(),
        picture: Picture::Heat(Heat {
            corner: "from".to_owned(),
            columns: report.places.clone(),
            rows: rows().map(cells).collect(),
        }),
    }));
    let places = report.places.iter().map(|place| Column::number(Text::new().name(place)));
    let columns = std::iter::once(Column::text("From, to")).chain(places);
    let mut table = Table::new("Leads by their stage before, down, and after, across", columns).set(Setting::Drawn);
    for (_, (place, row)) in rows() {
        table.row(std::iter::once(Cell::name(place)).chain(row.iter().copied().map(step)));
    }
    section.table(table);
}

pub(super) fn gained_and_lost(report: &DiffReport) -> Section {
    let mut section = Section::new("gained", "Gained and lost");
    let columns = ["Leads", "Customers", "Lost", "Open", "Customers, 95 % interval"].map(Column::number);
    let columns = [Column::text("Stage"), Column::text("Change")].into_iter().chain(columns);
    let mut table = Table::new("Leads that gained or lost a stage, by what became of them", columns);
    for crossing in &report.crossings {
        for (word, fates) in [("gained", &crossing.gained), ("lost", &crossing.lost)] {
            if fates.n != DiffCount::exact(0) {
                let counts = [fates.n, fates.n_customers, fates.n_lost, fates.n_open].map(leads);
                let names = [Cell::name(&crossing.stage), Cell::said(word)];
                table.row(names.into_iter().chain(counts).chain([share(fates)]));
            }
        }
    }
    section.table(table);
    section
}

fn share(row: &FateRow) -> Cell {
    row.customer_share.map_or(Cell::Absent(Absence::TooFew), |(value, low, high)| {
        Cell::FigureWithRange(Figure::Between { value, low, high }, Unit::Share)
    })
}
