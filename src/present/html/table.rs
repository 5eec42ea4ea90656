//! A table with a caption and heads that say what they are the head of; a long one is cut, and says so.

use super::{HtmlPage, shown, text, width};
use crate::present::cell::{Cell, Line, Tone};
use crate::present::table::{Setting, Table};
use crate::present::words;
use maud::{Markup, html};

/// More rows than these help nobody on a page; the other formats have them all.
const MOST_ROWS: usize = 100;
/// On paper a list that fits one column ends after these.
const MOST_PRINTED: usize = 20;
/// On paper so few rows stay together.
const SHORT_ROWS: usize = 12;
/// So many columns need small letters on a screen.
const WIDE_COLUMNS: usize = 10;
/// The table; nothing if it has no row. Where it is wider than the page, it can be moved by keyboard too.
pub(super) fn table(page: &HtmlPage<'_>, table: &Table) -> Markup {
    if table.rows.is_empty() {
        return html! {};
    }
    let caption = html! {
        (text(page, &table.caption))
        @if table.rows.len() > MOST_ROWS {
            " (the first " (MOST_ROWS) " of " (table.rows.len()) " rows; the JSON form has all)"
        }
    };
    let fits_half = width::fits_half(table);
    let n_printed = if fits_half { MOST_PRINTED } else { MOST_ROWS };
    let grid = html! {
        div .scroll .short[table.rows.len() <= SHORT_ROWS] .wide[table.columns.len() >= WIDE_COLUMNS]
            .across[!fits_half]
            role="region" tabindex="0" aria-label=(plain(table)) {
            table {
                @if !table.caption.is_empty() { caption { span {
                    (caption)
                    @if table.rows.len().min(MOST_ROWS) > n_printed {
                        span.print { "; printed are the first " (n_printed) " of " (n_rows(table)) }
                    }
                } } }
                thead { tr {
                    @for column in &table.columns { th scope="col" .n[column.is_number] { (text(page, &column.head)) } }
                } }
                tbody {
                    @for (at, row) in table.rows.iter().take(MOST_ROWS).enumerate() {
                        (self::row(page, table, row, at >= n_printed)) "\n"
                    }
                }
            }
        }
    };
    match table.setting {
        Setting::Grid | Setting::Wrapped | Setting::Prose => grid,
        Setting::Folded | Setting::Drawn => {
            html! {
                details.numbers {
                    summary {
                        "The numbers: " (text(page, &table.caption))
                        span.print { ". Not printed: " (n_rows(table)) "." }
                    }
                    (grid)
                }
            }
        }
    }
}

/// What a form that can't show everything says instead.
fn n_rows(table: &Table) -> String {
    words::plural(u64::try_from(table.rows.len()).unwrap_or(u64::MAX), "row")
}

/// What a reader who can't see it is told that the table is.
fn plain(table: &Table) -> String {
    let caption = crate::present::markdown::spoken(&table.caption);
    if caption.is_empty() {
        let heads: Vec<String> =
            table.columns.iter().map(|column| crate::present::markdown::spoken(&column.head)).collect();
        return shown(&heads.join(", "));
    }
    shown(&caption)
}

/// A row: the first cell is its head. What is beyond the end of a printed list is on the screen only.
fn row(page: &HtmlPage<'_>, table: &Table, cells: &[Cell], is_beyond: bool) -> Markup {
    html! {
        tr .beyond[is_beyond] {
            @for (at, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
                @if at == 0 { th scope="row" .n[column.is_number] { (self::cell(page, cell)) } }
                @else { td .n[column.is_number] { (self::cell(page, cell)) } }
            }
        }
    }
}

fn cell(page: &HtmlPage<'_>, cell: &Cell) -> Markup {
    if let Some(why) = cell.absence() {
        return html! { span.absent { (why.word()) } };
    }
    match cell {
        Cell::Name(name) => html! { bdi { (shown(name)) } },
        Cell::Said(words) => text(page, words),
        Cell::Lines(lines) => {
            html! { @for (at, line) in lines.iter().enumerate() { @if at > 0 { br; } (self::line(page, line)) } }
        }
        // The number stands beside it, so that nobody has to be told twice.
        Cell::Bar(_) => html! { span aria-hidden="true" { (cell.words()) } },
        other if other.sign() < 0 => html! { span.costs { (other.words()) } },
        other => html! { (shown(&other.words())) },
    }
}

fn line(page: &HtmlPage<'_>, line: &Line) -> Markup {
    match line.tone {
        Tone::Plain => text(page, &line.text),
        Tone::Strong => html! { b { (text(page, &line.text)) } },
        Tone::Faint => html! { small { (text(page, &line.text)) } },
    }
}
