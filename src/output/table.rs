//! Tables of text for a terminal, a file or a chat: columns aligned by what they show wide, without frames.

use comfy_table::{CellAlignment, ContentArrangement, presets::NOTHING};

/// A table being filled.
#[derive(Debug, Default)]
pub struct Table {
    header: Vec<String>,
    is_number: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns; a header that begins with `#` is of a column of numbers, aligned to the right.
    #[must_use]
    pub fn new(header: &[&str]) -> Self {
        let is_number = header.iter().map(|name| name.starts_with('#')).collect();
        let header = header.iter().map(|name| name.trim_start_matches('#').to_owned()).collect();
        Self { header, is_number, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(&self.header);
        table.add_rows(&self.rows);
        for (column, is_number) in table.column_iter_mut().zip(&self.is_number) {
            if *is_number {
                column.set_cell_alignment(CellAlignment::Right);
            }
            column.set_padding((0, 2));
        }
        for line in table.to_string().lines() {
            writeln!(f, "  {}", line.trim_end())?;
        }
        Ok(())
    }
}
