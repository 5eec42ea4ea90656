//! The list of exports that are recognised.

use crate::present::{Block, Cell, Column, Document, Look, Table, Text, terminal};
use crate::preset::Preset;

/// A line a preset: its name, what it is an export of, where its headers are from.
#[must_use]
pub fn preset_list(presets: &[Preset]) -> String {
    let mut table = Table::new(Text::new(), ["preset", "export", "used as", "headers"].map(Column::text));
    for preset in presets {
        let export = format!("{} {}", preset.product, preset.export);
        let headers = preset.provenance.join("; ");
        table.row([Cell::name(preset.name), Cell::Name(export), Cell::said(preset.what.name()), Cell::Name(headers)]);
    }
    terminal(&Document { opening: vec![Block::Table(table)], ..Document::untitled(Look::Report) }, false)
}
