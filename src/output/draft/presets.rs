//! The list of exports that are recognised.

use crate::output::table::Table;
use crate::preset::Preset;

/// A line a preset: its name, what it is an export of, where its headers are from.
#[must_use]
pub fn preset_list(presets: &[Preset]) -> String {
    let mut table = Table::new(&["preset", "export", "used as", "headers"]);
    for preset in presets {
        let export = format!("{} {}", preset.product, preset.export);
        table.row([preset.name.to_owned(), export, preset.what.name().to_owned(), preset.provenance.join("; ")]);
    }
    table.to_string()
}
