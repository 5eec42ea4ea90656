//! What the open leads may bring.

use super::{define, meaning};
use crate::funnel::report::{Pipeline, PipelineSum};
use crate::present::{Cell, Column, Section, Table, Text, Unit, words};

/// Adds the pipeline; `caption` puts the currency behind the title of a table.
pub(super) fn add(section: &mut Section, pipeline: &Pipeline, caption: impl Fn(Text) -> Text) {
    section.heading("Pipeline");
    define(section, &[meaning::PIPELINE]);
    let counts = ["Open", "With an amount", "Sum"];
    let heads = counts.iter().copied().chain(["Rate to the last stage", "Weighted"]).map(Column::number);
    let columns = [Column::text("Stage in the CRM"), Column::text("Path")].into_iter().chain(heads);
    let mut table =
        Table::new(caption(Text::from("Open leads by ").name(&pipeline.field).words(" and stage")), columns);
    for stage in &pipeline.stages {
        let name = stage.stage.as_ref().map_or_else(|| Cell::said("(none)"), Cell::name);
        let path = stage.path.as_ref().map_or(Cell::Empty, Cell::name);
        let counts = [Cell::Count(stage.n_open), Cell::Count(stage.n_with), Cell::Number(words::amount(stage.sum))];
        let rate = [Cell::Rate(stage.rate, 2), Cell::Figure(stage.weighted, Unit::Money)];
        table.row([name, path].into_iter().chain(counts).chain(rate));
    }
    table.row([Cell::said("all"), Cell::Empty].into_iter().chain(numbers(&pipeline.all, true)));
    section.table(table);
    if pipeline.segments.is_empty() {
        return;
    }
    let heads: Vec<&str> = counts.into_iter().chain(["Weighted"]).collect();
    let title = caption(Text::from("Open leads by ").name(&pipeline.field).words(" and segment"));
    let mut table = Table::of_numbers(title, "Segment", &heads);
    for segment in &pipeline.segments {
        table.row(std::iter::once(Cell::name(&segment.name)).chain(numbers(segment, false)));
    }
    section.table(table);
}

fn numbers(sum: &PipelineSum, has_rate: bool) -> impl Iterator<Item = Cell> {
    let counts = [Cell::Count(sum.n_open), Cell::Count(sum.n_with), Cell::Number(words::amount(sum.sum))];
    let rate = has_rate.then_some(Cell::Empty);
    counts.into_iter().chain(rate).chain([Cell::Figure(sum.weighted, Unit::Money)])
}
