//! What `inspect` found in a file, for a person: how it is read, a line a column, and what only a person can say.

use super::number::{grouped, share};
use super::passed::passed_over;
use super::table::Table;
use crate::inspect::{ColumnProfile, DateOrder, FileProfile, Guess, MOST_HELD};
use crate::value::number::Decimal;
use std::fmt::Write as _;

/// How wide values are shown, in characters.
const MOST_SHOWN: usize = 52;

/// The profile as text; `roles` has for each column what it is likely to be, in words, empty where nothing is.
#[must_use]
pub fn inspect_text(profile: &FileProfile, roles: &[String]) -> String {
    let mut text = format!("{}\n", profile.path.display());
    for line in about(profile) {
        writeln!(text, "  {line}").unwrap_or_default();
    }
    text.push('\n');
    let mut table = Table::new(&["column", "likely", "type", "#filled", "#distinct", "range or most frequent"]);
    for (column, role) in profile.columns.iter().zip(roles) {
        let name = if column.name.is_empty() { "(no header)" } else { &column.name };
        table.row([
            clean(name),
            role.clone(),
            type_in_words(&column.guess),
            share(column.n_values(), profile.rows.n_usable),
            distinct(column),
            clean(&shown(column)),
        ]);
    }
    text += &table.to_string();
    let notes = notes(profile);
    if !notes.is_empty() {
        text.push('\n');
    }
    for note in notes {
        writeln!(text, "  {note}").unwrap_or_default();
    }
    text
}

/// How the file is read, in a few lines.
fn about(profile: &FileProfile) -> Vec<String> {
    let rows = profile.rows;
    let plural = |n: u64, what: &str| format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" });
    let mut first = format!("{}; {}", profile.assumed, plural(profile.n_rows(), "row"));
    let kinds = [(rows.n_empty, "empty"), (rows.n_ragged, "not as wide as the header"), (rows.n_damaged, "damaged")];
    let odd = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n)));
    let odd: Vec<String> = odd.collect();
    if !odd.is_empty() {
        write!(first, ", {} of them usable ({})", grouped(rows.n_usable), odd.join(", ")).unwrap_or_default();
    }
    let lines = |n: usize| plural(n as u64, "line");
    let mut second = format!("header on line {}", profile.header_line);
    if profile.skip_first > 0 {
        write!(second, ", below {}", lines(profile.skip_first)).unwrap_or_default();
    }
    if profile.below().n_lines > 0 {
        write!(second, "; {} below the data", lines(profile.below().n_lines)).unwrap_or_default();
    }
    if let Some(language) = profile.language {
        write!(second, "; names of months: {language}").unwrap_or_default();
    }
    if profile.has_decimal_comma {
        second += "; decimal comma";
    }
    let mut about = vec![first, second];
    about.extend(passed_over(&profile.above, profile.below()));
    about
}

/// The type of a column in words.
#[must_use]
pub fn type_in_words(guess: &Guess) -> String {
    match guess {
        Guess::Empty => "-".to_owned(),
        Guess::Number { decimal: Decimal::Comma, .. } => "number, decimal comma".to_owned(),
        Guess::Number { .. } => "number".to_owned(),
        Guess::Boolean { .. } => "boolean".to_owned(),
        Guess::Date(date) if date.formats().is_empty() => "date, ISO".to_owned(),
        Guess::Date(date) => {
            let order = match date.order {
                DateOrder::Plain => "",
                DateOrder::DayFirst => ", day first",
                DateOrder::MonthFirst => ", month first",
                DateOrder::Ambiguous => ", ambiguous: say which",
            };
            format!("date, {}{order}", date.formats().join(" or "))
        }
        Guess::Email => "e-mail".to_owned(),
        Guess::Url => "web address".to_owned(),
        Guess::Set { separator } => format!("several values, \"{separator}\""),
        Guess::Text => "text".to_owned(),
    }
}

fn distinct(column: &ColumnProfile) -> String {
    let about = if column.sketch.is_whole() { "" } else { "~" };
    format!("{about}{}", grouped(column.sketch.n_distinct()))
}

/// The range of numbers and dates; of anything else the most frequent values, if they come more than once.
fn shown(column: &ColumnProfile) -> String {
    if let Some((low, high)) = column.range {
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
    let start: String = text.chars().take(MOST_SHOWN - 1).collect();
    format!("{start}…")
}

/// Text from files, without what could drive a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What someone has to look at.
fn notes(profile: &FileProfile) -> Vec<String> {
    let mut notes = Vec::new();
    if !profile.is_named {
        notes.push(format!("line {}: this looks like values, not like a header", profile.header_line));
    }
    if let Some(line) = profile.first_ragged {
        notes.push(format!("line {line}: this row is not as wide as the header, and would be set aside"));
    }
    for column in &profile.columns {
        let name = clean(&column.name);
        if column.is_unusable && !column.name.is_empty() {
            notes.push(format!("{name}: several columns have this header; a rulebook can use none of them"));
        }
        if let Guess::Date(date) = &column.guess
            && date.order == DateOrder::Ambiguous
        {
            let (day, month) = (date.day_first.join(" or "), date.month_first.join(" or "));
            notes.push(format!("{name}: day or month first? No cell decides. Say which: {day} or {month}"));
        }
        if column.n_unfit > 0 {
            let n = grouped(column.n_unfit);
            notes.push(format!("{name}: {n} of {} cells can't be read so", grouped(column.n_values())));
        }
        if !column.blank.is_empty() {
            let words: Vec<String> = column.blank.iter().map(|word| format!("\"{}\"", clean(word))).collect();
            notes.push(format!("{name}: {} taken for empty", words.join(", ")));
        }
    }
    if profile.columns.iter().any(|column| !column.sketch.is_whole()) {
        notes.push(format!(
            "~: more than {} distinct values, so their number is an estimate, right to about 3 %, and the type was suspected \
             from as many of them; filled, ranges and cells that can't be read are counted over all rows",
            grouped(MOST_HELD as u64)
        ));
    }
    notes
}
