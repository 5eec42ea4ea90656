//! The edits, where they stand and what they say, and what each does alone.

use super::{Extent, leads};
use crate::diff::report::{DiffReport, EditRow, EffectRow};
use crate::diff::{Content, Detail, Which};
use crate::points::div_round;
use crate::present::{Absence, Cell, Column, Line, Section, Setting, Table, Text, Tone, words};

pub(super) fn edits(report: &DiffReport, extent: Extent) -> Section {
    let mut section = Section::new("edits", "Edits");
    let rows = those_that_change_most(report, extent.n_edits);
    let mut said = Table::new(Text::new(), ["Edit", "What"].map(Column::text)).set(Setting::Prose);
    for row in &rows {
        let place = row.line.map(|(which, line)| {
            let name = if which == Which::New { &report.new } else { &report.old };
            line_of(Tone::Faint, Text::new().name(format!("{name}:{line}")))
        });
        let name = line_of(Tone::Strong, Text::new().name(row.subject.to_string()));
        said.row([Cell::Lines(std::iter::once(name).chain(place).collect()), what(row, extent)]);
    }
    section.table(said);
    section.heading("What each edit does alone");
    let hidden = rows.iter().filter_map(|row| row.effect.as_ref()).any(|row| row.net.is_none());
    section.say(format!(
        "Each edit is applied alone to the old rulebook. All edits, and their joint effect beyond the sum, add up to the last line.{}",
        if hidden { " Effects on fewer than five leads are not shown, but are part of the sums." } else { "" }
    ));
    let numbers = ["Totals changed", "Points", "On average", "Changed stage"].map(Column::number);
    let columns = std::iter::once(Column::text("Edit")).chain(numbers).chain([Column::text("Stages")]);
    let mut effects = Table::new(Text::new(), columns);
    for row in rows {
        let effect = row.effect.as_ref();
        effects.rows.extend(effect.map(|effect| cells(report, Cell::name(row.subject.to_string()), effect)));
    }
    effects.row(cells(report, Cell::said("together, beyond the sum"), &report.interaction));
    effects.row(cells(report, Cell::said("the whole change"), &report.total));
    section.table(effects);
    section
}

/// Of more edits than there is room for those that change most, in their order.
fn those_that_change_most(report: &DiffReport, n_edits: usize) -> Vec<&EditRow> {
    let weight = |row: &EditRow| {
        let effect = row.effect.as_ref();
        effect.map_or((0, 0), |effect| (effect.n_moved.n().unwrap_or(1), effect.n_changed.n().unwrap_or(1)))
    };
    let mut rows: Vec<(usize, &EditRow)> = report.edits.iter().enumerate().collect();
    rows.sort_by_key(|(at, row)| (std::cmp::Reverse(weight(row)), *at));
    rows.truncate(n_edits);
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn line_of(tone: Tone, text: Text) -> Line {
    Line { tone, text }
}

/// What an edit says, a line a key.
fn what(row: &EditRow, extent: Extent) -> Cell {
    let n_keys = if extent.all_keys { usize::MAX } else { 1 };
    let mut lines: Vec<Line> = row.details.iter().take(n_keys).map(|one| line_of(Tone::Plain, key(row, one))).collect();
    if lines.is_empty() {
        lines.push(line_of(Tone::Plain, row.change.to_string().into()));
    }
    if row.is_cosmetic {
        lines.push(line_of(Tone::Faint, "cosmetic".into()));
    }
    Cell::Lines(lines)
}

/// `points: 45 → 55`; `added: { … }` of the whole.
fn key(row: &EditRow, detail: &Detail) -> Text {
    let name = match (detail.key.0.is_empty(), &detail.old, &detail.new) {
        (false, ..) => Text::new().name(detail.key.to_string()).words(": "),
        (true, Some(_), Some(_)) => Text::new(),
        (true, ..) => {
            return Text::from(format!("{}: ", row.change)).name(said(detail.new.as_ref().or(detail.old.as_ref())));
        }
    };
    match (&detail.old, &detail.new) {
        (Some(old), Some(new)) => name.name(old.to_string()).words(" → ").name(new.to_string()),
        (Some(old), None) => name.name(old.to_string()).words(" removed"),
        (None, new) => name.name(said(new.as_ref())).words(" added"),
    }
}

fn said(said: Option<&Content>) -> String {
    said.map(ToString::to_string).unwrap_or_default()
}

fn cells(report: &DiffReport, name: Cell, effect: &EffectRow) -> Vec<Cell> {
    let sum = effect.sum_hundredths.map_or(Cell::Absent(Absence::UnderFive), Cell::SumChange);
    let mean = match (effect.sum_hundredths, effect.n_changed.n(), effect.range_hundredths) {
        (Some(sum), Some(n), Some(_)) if n > 0 => Cell::SumChange(div_round(sum, i128::from(n))),
        _ => Cell::Empty,
    };
    vec![name, leads(effect.n_changed), sum, mean, leads(effect.n_moved), net(report, effect)]
}

/// How many more leads each stage has: `Lead -12, MQL +12`.
fn net(report: &DiffReport, effect: &EffectRow) -> Cell {
    let Some(net) = &effect.net else { return Cell::Absent(Absence::UnderFive) };
    let moved = report.places.iter().zip(net).filter(|(_, n)| **n != 0);
    Cell::said(moved.enumerate().fold(Text::new(), |text, (at, (place, n))| {
        let text = if at > 0 { text.words(", ") } else { text };
        text.name(place).words(format!(" {}", words::change(*n)))
    }))
}
