//! What `inspect` says of a file, put beside what a person says.

use super::table::{Reading, Right, Unusable};
use serde_json::Value;
use std::fmt;

/// A file as `inspect` shows it, or why it does not.
pub(super) type Found = Result<Value, String>;

/// A question with both answers.
#[derive(Debug)]
pub(super) struct Answer {
    question: String,
    right: String,
    got: String,
    pub is_right: bool,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: right {}, got {}", self.question, self.right, self.got)
    }
}

/// The answers about a file.
pub(super) fn answers(right: &Right, found: &Found) -> Vec<Answer> {
    match (right, found) {
        (Right::Unusable(why), found) => vec![unusable(*why, found)],
        (Right::Table(right), Ok(file)) => compared(right, file),
        (Right::Table(right), Err(error)) => {
            let mut answers = compared(right, &Value::Null);
            for answer in &mut answers {
                error.clone_into(&mut answer.got);
                answer.is_right = false;
            }
            answers
        }
    }
}

fn unusable(why: Unusable, found: &Found) -> Answer {
    let (is_right, got) = match found {
        Err(error) => (true, error.clone()),
        Ok(file) => match why {
            Unusable::NoHeader => (file["header_looks_like_names"] == false, "a header".to_owned()),
            Unusable::Refused => (n_usable(file) == 0, format!("{} usable rows", n_usable(file))),
            Unusable::Unsure => (!file["layout_doubt"].is_null(), format!("read with {}", file["delimiter"])),
        },
    };
    Answer { question: "can be used".to_owned(), right: format!("{why:?}"), got, is_right }
}

fn number(file: &Value, key: &str) -> u64 {
    file[key].as_u64().unwrap_or_default()
}

fn n_passed(file: &Value, side: &str) -> u64 {
    number(&file["passed_over"][side], "rows")
}

/// Leads and events: all rows but those without a filled cell.
fn n_rows(file: &Value) -> u64 {
    number(file, "rows") - number(file, "empty")
}

fn n_usable(file: &Value) -> u64 {
    n_rows(file) - number(file, "ragged") - number(file, "damaged")
}

/// How many rows there are besides the header, in truth and as told.
pub(super) fn all_rows(right: &Reading, file: &Value) -> (u64, u64) {
    (right.rows + right.above + right.below, n_rows(file) + n_passed(file, "above") + n_passed(file, "below"))
}

fn compared(right: &Reading, file: &Value) -> Vec<Answer> {
    let delimiter = if right.delimiter == "tab" { "\t" } else { &right.delimiter };
    let text = |key: &str| file[key].as_str().unwrap_or_default().to_owned();
    let is_table = file.is_object();
    let count = |n: &dyn Fn() -> u64| if is_table { n().to_string() } else { String::new() };
    let mut answers = Vec::new();
    let mut ask = |question: &str, right: &str, got: String| {
        if right != "any" {
            answers.push(Answer {
                question: question.to_owned(),
                right: right.to_owned(),
                is_right: is_one_of(right, &got),
                got,
            });
        }
    };
    let doubt = &file["layout_doubt"];
    ask("layout doubt", "none", if doubt.is_null() { "none".to_owned() } else { doubt.to_string() });
    ask("encoding", &right.encoding, text("encoding"));
    ask("delimiter", delimiter, text("delimiter"));
    ask("header", &right.header.to_string(), count(&|| number(file, "header_line")));
    ask("rows", &right.rows.to_string(), count(&|| n_rows(file)));
    ask("ragged", &right.ragged.to_string(), count(&|| number(file, "ragged")));
    ask("damaged", &right.damaged.to_string(), count(&|| number(file, "damaged")));
    ask("above", &right.above.to_string(), count(&|| n_passed(file, "above")));
    ask("below", &right.below.to_string(), count(&|| n_passed(file, "below")));
    let found = columns(file);
    if is_table {
        ask("columns", &right.columns.len().to_string(), found.len().to_string());
    }
    for (at, column) in right.columns.iter().enumerate() {
        let (kind, role) = column.split_once(" = ").unwrap_or((column, if column == "any" { "any" } else { "none" }));
        let got = found.get(at).copied().unwrap_or(&Value::Null);
        let name = format!("column {} {}", at + 1, got["name"].as_str().unwrap_or_default());
        ask(&format!("type of {name}"), kind, shown_kind(got, kind));
        ask(&format!("role of {name}"), role, shown_role(got, role));
    }
    answers
}

/// Whether an answer is one of those that are right.
fn is_one_of(right: &str, got: &str) -> bool {
    right.split(" or ").any(|right| right == got || right == "any")
}

/// The columns, without those at the right that have neither a name nor a cell.
fn columns(file: &Value) -> Vec<&Value> {
    let mut columns: Vec<&Value> = file["columns"].as_array().into_iter().flatten().collect();
    while columns.last().is_some_and(|column| column["name"] == "" && column["type"] == "empty") {
        columns.pop();
    }
    columns
}

/// A column's type as the table writes it. The decimal mark is said where it is asked.
fn shown_kind(column: &Value, asked: &str) -> String {
    let kind = column["type"].as_str().unwrap_or("no such column");
    let behind = match kind {
        "date" => match column["first"].as_str() {
            Some("ambiguous") => Some("unsure"),
            first => first,
        },
        "set" => column["separator"].as_str(),
        "number" => column["decimal"].as_str().filter(|_| asked.contains(' ')),
        _ => None,
    };
    behind.map_or_else(|| kind.to_owned(), |behind| format!("{kind} {behind}"))
}

/// A column's role. `id?` is a guess that is marked as one.
fn shown_role(column: &Value, asked: &str) -> String {
    match column["role"].as_str() {
        Some("id?") if is_one_of(asked, "id") => "id".to_owned(),
        Some("id?") | None => "none".to_owned(),
        Some(role) => role.to_owned(),
    }
}
