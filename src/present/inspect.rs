//! What `inspect` found in files, for a person: how each is read, a line a column, and what only a person can say.

use super::document::LedgerEntry;
use super::doubt::encoding_doubt;
use super::passed::passed_over;
use super::words::{grouped, plural, share};
use super::{Block, Cell, Column, Document, Look, Table, Text};
use crate::input::shown_header;
use crate::inspect::{ColumnProfile, DateOrder, FileProfile, Guess, MOST_HELD};
use crate::value::number::Decimal;
use std::fmt::Write as _;

/// How wide values are shown, in characters.
const MOST_SHOWN: usize = 52;

/// The profiles as a document for a terminal; each with what its columns are likely to be, in words, empty where nothing is.
#[must_use]
pub fn inspected(files: &[(&FileProfile, &[String])]) -> Document {
    let mut opening = Vec::new();
    for (profile, roles) in files {
        if !opening.is_empty() {
            opening.push(Block::Lines(vec![LedgerEntry::new(0, "")]));
        }
        let path = LedgerEntry::new(0, profile.path.display().to_string());
        let about = about(profile).into_iter().map(|line| LedgerEntry::new(1, line));
        opening.push(Block::Lines(std::iter::once(path).chain(about).collect()));
        opening.push(Block::Table(columns(profile, roles)));
        let notes: Vec<LedgerEntry> = notes(profile).into_iter().map(|note| LedgerEntry::new(1, note)).collect();
        opening.extend((!notes.is_empty()).then_some(Block::Lines(notes)));
    }
    Document { opening, ..Document::untitled(Look::Report) }
}

fn columns(profile: &FileProfile, roles: &[String]) -> Table {
    let names = ["column", "likely", "type"].map(Column::text);
    let heads = [Column::number("filled"), Column::number("distinct"), Column::text("range or most frequent")];
    let mut table = Table::new(Text::new(), names.into_iter().chain(heads));
    for (column, role) in profile.columns.iter().zip(roles) {
        let name = if column.name.is_empty() { "(no header)".to_owned() } else { shown_header(&column.name) };
        let about = if column.sketch.is_whole() { "" } else { "~" };
        table.row([
            Cell::Name(name),
            Cell::said(role.as_str()),
            Cell::Said(kind(&column.guess)),
            Cell::Number(share(column.n_values(), profile.rows.n_usable)),
            Cell::Number(format!("{about}{}", grouped(column.sketch.n_distinct()))),
            Cell::Name(shown(column)),
        ]);
    }
    table
}

/// How the file is read, in a few lines.
fn about(profile: &FileProfile) -> Vec<String> {
    let rows = profile.rows;
    let mut first = format!("{}; {}", profile.assumed, plural(profile.n_rows(), "row"));
    let kinds = [(rows.n_empty, "empty"), (rows.n_ragged, "not as wide as the header"), (rows.n_damaged, "damaged")];
    let odd = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n)));
    let odd: Vec<String> = odd.collect();
    if !odd.is_empty() {
        let _ = write!(first, ", {} of them usable ({})", grouped(rows.n_usable), odd.join(", "));
    }
    let lines = |n: usize| plural(n as u64, "line");
    let mut second = format!("header on line {}", profile.header_line);
    if profile.assumed.skip_first > 0 {
        let _ = write!(second, ", below {}", lines(profile.assumed.skip_first));
    }
    if profile.below().n_lines > 0 {
        let _ = write!(second, "; {} below the data", lines(profile.below().n_lines));
    }
    if let Some(language) = profile.language {
        let _ = write!(second, "; names of months: {language}");
    }
    if profile.has_decimal_comma {
        second += "; decimal comma";
    }
    let mut about = vec![first, second];
    about.extend(passed_over(profile.above(), profile.below()));
    about.extend(profile.assumed.layout_doubt.as_ref().map(|doubt| format!("not certain: {doubt}")));
    about
}

/// The type of a column in words.
fn kind(guess: &Guess) -> Text {
    match guess {
        Guess::Empty => "-".into(),
        Guess::Number { decimal: Decimal::Comma, .. } => "number, decimal comma".into(),
        Guess::Number { .. } => "number".into(),
        Guess::Boolean { .. } => "boolean".into(),
        Guess::Date(date) if date.reading().formats.is_empty() => "date, ISO".into(),
        Guess::Date(date) => {
            let order = match date.order {
                DateOrder::Plain => "",
                DateOrder::DayFirst => ", day first",
                DateOrder::MonthFirst => ", month first",
                DateOrder::Ambiguous => ", ambiguous",
            };
            format!("date, {}{order}", date.reading().formats.join(" or ")).into()
        }
        Guess::Email => "e-mail".into(),
        Guess::Url => "web address".into(),
        Guess::Set { separator } => format!("several values, \"{separator}\"").into(),
        Guess::Text => "text".into(),
    }
}

/// The range of numbers and dates; of anything else the most frequent values, if they come more than once.
fn shown(column: &ColumnProfile) -> String {
    if let Some((low, high)) = column.range() {
        return if low == high { low.to_string() } else { format!("{low} to {high}") };
    }
    let values = column.sketch.values();
    let is_counted = column.sketch.is_whole() && values.first().is_some_and(|held| held.count > 1);
    let mut text = String::new();
    for held in values {
        let one = if is_counted { format!("{} {}", held.text, grouped(held.count)) } else { held.text.to_string() };
        let joint = if text.is_empty() { "" } else { " · " };
        if !text.is_empty() && text.chars().count() + one.chars().count() + 3 > MOST_SHOWN {
            break;
        }
        text.push_str(joint);
        text.push_str(&cut(&one));
    }
    text
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST_SHOWN {
        return text.to_owned();
    }
    text.chars().take(MOST_SHOWN - 1).chain(['…']).collect()
}

/// What someone has to look at.
fn notes(profile: &FileProfile) -> Vec<String> {
    let mut notes: Vec<String> = encoding_doubt(&profile.path, &profile.assumed).into_iter().collect();
    if !profile.assumed.is_named {
        notes.push(format!("line {}: this looks like values, not like a header", profile.header_line));
    }
    if let Some(line) = profile.first_ragged {
        notes.push(format!("line {line}: this row is not as wide as the header, and would be rejected"));
    }
    for column in &profile.columns {
        notes.extend(column_notes(column).into_iter().map(|note| format!("{}: {note}", shown_header(&column.name))));
    }
    if profile.columns.iter().any(|column| !column.sketch.is_whole()) {
        notes.push(format!(
            "~: the column has more than {} distinct values, so their number is an estimate (accurate to about 3 %), and the type is a guess from that many of them; all other numbers are exact",
            grouped(MOST_HELD as u64)
        ));
    }
    notes
}

fn column_notes(column: &ColumnProfile) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(nth) = column.nth {
        notes.push(format!("several columns have this header; a rulebook names this one by `nth: {nth}`"));
    }
    if let Guess::Date(date) = &column.guess
        && let Some(other) = date.other()
    {
        let first = if date.is_month_first() { "day" } else { "month" };
        notes.push(format!(
            "day or month first? No cell shows it. leadscore reads it as {}; if the {first} comes first, write {}",
            date.reading().formats.join(" or "),
            other.formats.join(" or ")
        ));
    }
    if column.n_unfit > 0 {
        notes.push(format!(
            "{} of {} cells can't be read as this type",
            grouped(column.n_unfit),
            grouped(column.n_values())
        ));
    }
    if !column.blank.is_empty() {
        let words: Vec<String> = column.blank.iter().map(|word| format!("\"{word}\"")).collect();
        notes.push(format!("{} counted as empty", words.join(", ")));
    }
    notes
}
