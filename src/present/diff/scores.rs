//! How totals changed, and the leads nearest to each line.

use super::leads;
use crate::diff::report::{Bin, DiffCount, DiffReport};
use crate::present::{Block, Cell, Chart, Column, Panel, Picture, Section, Setting, Table, Text, words};

pub(super) fn totals(report: &DiffReport) -> Section {
    let mut section = Section::new("totals", "Totals");
    if report.histogram.is_empty() {
        section.say("No total changed.");
        return section;
    }
    let size = |n: DiffCount| words::size(n.n().unwrap_or(1).unsigned_abs());
    let range = |bin: &Bin| format!("{} to {}", words::change(bin.above), words::change(bin.to));
    // Where there are many columns, there is only room for where each begins.
    let is_long = report.histogram.len() > 8;
    let name = |bin: &Bin| if is_long { words::change(bin.above) } else { range(bin) };
    let panel = Panel {
        name: "Leads".to_owned(),
        value: leads(report.total.n_changed).words(),
        columns: report.histogram.iter().map(|bin| size(bin.n)).collect(),
    };
    section.add(Block::Chart(Chart {
        title: "Change of the total".into(),
        reading: "Leads by how many points their total changed.".to_owned(),
        picture: Picture::Histogram(report.histogram.iter().map(name).collect(), vec![panel]),
    }));
    let columns = [Column::text("Points"), Column::number("Leads"), Column::text("")];
    let mut table = Table::new("Leads by the change of their total", columns).set(Setting::Drawn);
    let largest = report.histogram.iter().map(|bin| size(bin.n)).fold(1.0, f64::max);
    for bin in &report.histogram {
        table.row([Cell::said(range(bin)), leads(bin.n), Cell::Bar(size(bin.n) / largest)]);
    }
    section.table(table);
    section
}

pub(super) fn nearest(report: &DiffReport) -> Section {
    let mut section = Section::new("lines", "Nearest to each line");
    let lines = report.lines.iter().filter(|line| !(line.above.is_empty() && line.below.is_empty()));
    for line in lines {
        let columns = [Column::text("Lead"), Column::number("Distance"), Column::text("Before"), Column::text("After")];
        let mut table = Table::new(Text::new(), columns);
        for near in line.above.iter().rev().chain(&line.below) {
            let distance = Cell::SumChange(near.distance_hundredths.into());
            table.row([Cell::name(&near.lead), distance, Cell::name(&near.before), Cell::name(&near.after)]);
        }
        let title = Text::new().name(&line.stage).words(": ").name(line.asks.to_string());
        section.add(Block::Folded { title, blocks: vec![Block::Table(table)] });
    }
    if !section.blocks.is_empty() {
        let words = "The leads for which a stage depends on one score alone, from above the line to below it.";
        section.blocks.insert(0, Block::Paragraph(words.into()));
    }
    section
}
