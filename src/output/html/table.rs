//! A table with a caption and heads that say what they are the head of; a long one is cut, and says so.

use super::markup::Markup;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A name from a file or a rulebook.
    Name(String),
    /// Words of ours, which may hold code between backticks.
    Words(String),
    /// A number that is known.
    Number(String),
    /// Why there is no number: `n/a`, `too few`.
    Absent(String),
}

impl Cell {
    fn write(&self, to: &mut Markup) {
        match self {
            Self::Name(name) => to.name(name),
            Self::Words(words) => to.prose(words),
            Self::Number(number) => to.text(number),
            Self::Absent(why) => to.raw("<span class=\"absent\">").text(why).raw("</span>"),
        };
    }
}

/// More rows than these help nobody on a page; the other formats have them all.
const MOST_ROWS: usize = 100;
/// On paper so few rows stay together.
const SHORT_ROWS: usize = 12;
/// On paper so many columns need small letters.
const WIDE_COLUMNS: usize = 10;

/// A table being filled; the first cell of a row is its head.
#[derive(Clone, Debug)]
pub(super) struct Table {
    caption: String,
    header: Vec<(String, bool)>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with these columns; a header that begins with `#` is of a column of numbers, aligned to the right.
    pub(super) fn new(caption: &str, header: &[&str]) -> Self {
        let head = |name: &&str| (name.strip_prefix('#').unwrap_or(name).to_owned(), name.starts_with('#'));
        let header = header.iter().map(head).collect();
        Self { caption: caption.to_owned(), header, rows: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether it has no row.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table; nothing if it has no row. Where it is wider than the page, it can be moved by keyboard too.
    pub(super) fn write(&self, to: &mut Markup) {
        if self.is_empty() {
            return;
        }
        to.raw("<div class=\"scroll");
        if self.rows.len() <= SHORT_ROWS {
            to.raw(" short");
        }
        if self.header.len() >= WIDE_COLUMNS {
            to.raw(" wide");
        }
        to.raw("\" role=\"region\" tabindex=\"0\"").attribute("aria-label", &self.caption).raw(">\n");
        to.raw("<table>\n<caption><span>").prose(&self.caption);
        if self.rows.len() > MOST_ROWS {
            let cut = format!(" (the first {MOST_ROWS} of {} rows; all are in report.json)", self.rows.len());
            to.text(&cut);
        }
        to.raw("</span></caption>\n<thead><tr>");
        for (name, is_number) in &self.header {
            to.raw(if *is_number { "<th scope=\"col\" class=\"n\">" } else { "<th scope=\"col\">" });
            to.name(name).raw("</th>");
        }
        to.raw("</tr></thead>\n<tbody>\n");
        for row in self.rows.iter().take(MOST_ROWS) {
            self.write_row(to, row);
        }
        to.raw("</tbody>\n</table>\n</div>\n");
    }

    fn write_row(&self, to: &mut Markup, row: &[Cell]) {
        to.raw("<tr>");
        for (index, (cell, (_, is_number))) in row.iter().zip(&self.header).enumerate() {
            to.raw(match (index, is_number) {
                (0, true) => "<th scope=\"row\" class=\"n\">",
                (0, false) => "<th scope=\"row\">",
                (_, true) => "<td class=\"n\">",
                (_, false) => "<td>",
            });
            cell.write(to);
            to.raw(if index == 0 { "</th>" } else { "</td>" });
        }
        to.raw("</tr>\n");
    }

    /// The table behind a line that opens it; on paper it is open.
    pub(super) fn write_folded(&self, to: &mut Markup) {
        if self.is_empty() {
            return;
        }
        to.raw("<details>\n<summary>The numbers: ").prose(&self.caption).raw("</summary>\n");
        self.write(to);
        to.raw("</details>\n");
    }
}
