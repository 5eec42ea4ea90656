//! What was assumed of each file, and a line for each thing that someone should know about the data.

use super::lines;
use crate::present::document::LedgerEntry;
use crate::present::language::a_kind;
use crate::present::passed::passed_over;
use crate::present::words::{grouped, mixed_currencies, plural};
use crate::present::{Document, Look, Text};
use crate::rulebook::Rulebook;
use crate::run::{
    CellIssues, Counts, FileReport, FileRole, NameInEvent, Reject, RejectCode, Rewritten, RoundedIds, Unmet,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How much of a cell is shown.
const MOST_SHOWN: usize = 40;
/// How many types of events are named.
const MOST_TYPES: usize = 3;

/// What was assumed of each file: `leads.csv: windows-1254, ';', 41,233 rows`.
#[must_use]
pub fn assumptions(files: &[FileReport]) -> Document {
    let line = |file: &FileReport| {
        let mut text = format!("{}: {}, {}", file.path.display(), file.assumed, plural(file.n_rows, "row"));
        if file.n_rejects > 0 {
            let _ = write!(text, ", {} rejected", grouped(file.n_rejects));
        }
        if file.n_superseded > 0 {
            let _ = write!(text, ", {} superseded", grouped(file.n_superseded));
        }
        if file.n_padded > 0 {
            let _ = write!(text, ", {} with fewer cells than the header", grouped(file.n_padded));
        }
        for told in passed_over(&file.assumed.above, &file.assumed.below) {
            let _ = write!(text, "; {told}");
        }
        text
    };
    Document { opening: vec![lines(files.iter().map(line))], ..Document::untitled(Look::Report) }
}

/// Nothing where all is well.
pub(super) fn quality(rulebook: &Rulebook, counts: &Counts, n_formulas: u64) -> Vec<LedgerEntry> {
    let mut said = without_files(rulebook, counts);
    said.extend(rejects(counts));
    said.extend(nobody(counts));
    said.extend(superseded(counts));
    said.extend(rounded(&counts.files));
    if counts.leads.n_later > 0 {
        let was = verb(counts.leads.n_later, "was", "were");
        said.push(format!("{} {was} created later and not scored", plural(counts.leads.n_later, "lead")).into());
    }
    said.extend(counts.issues.iter().map(|((role, field), issues)| unreadable(role, field, issues)));
    said.extend(counts.mixed_currencies(rulebook).iter().map(|(field, marks)| {
        let marks: Vec<String> = marks.iter().map(ToString::to_string).collect();
        mixed_currencies(field.name(rulebook), &marks)
    }));
    for (table, n) in rulebook.tables.iter().zip(&counts.n_unmatched).filter(|(_, n)| **n > 0) {
        let have = verb(*n, "has", "have");
        let text = format!("{} {have} no matching row in the table ", plural(*n, "lead"));
        said.push(Text::from(text).code(&table.name));
    }
    said.extend(events(rulebook, counts));
    if n_formulas > 0 {
        let begin = verb(n_formulas, "begins", "begin");
        said.push(
            format!(
                "{} {begin} like a formula; use --excel to open the files safely in a spreadsheet",
                plural(n_formulas, "cell")
            )
            .into(),
        );
    }
    said.into_iter().map(|text| LedgerEntry::new(0, text)).collect()
}

fn verb(n: u64, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

/// What is optional and has no file: nobody should have to guess why its points are missing.
fn without_files(rulebook: &Rulebook, counts: &Counts) -> Vec<Text> {
    let tables = rulebook.tables.iter().map(|table| ("table ", &table.name, FileRole::Table(table.name.clone())));
    let sources =
        rulebook.sources.iter().map(|source| ("events ", &source.name, FileRole::Events(source.name.clone())));
    let without = tables.chain(sources).filter(|(.., role)| !counts.has_file(role));
    without.map(|(what, name, _)| Text::from(what).code(name).words(": no file (the rulebook allows that)")).collect()
}

/// The rejected rows by what is wrong with them, with the first of each.
fn rejects(counts: &Counts) -> Vec<Text> {
    let mut by_code: BTreeMap<RejectCode, (u64, &Reject)> = BTreeMap::new();
    for reject in &counts.rejects {
        by_code.entry(reject.code).or_insert((0, reject)).0 += 1;
    }
    let line = |(code, (n_rows, first)): (RejectCode, (u64, &Reject))| {
        let (was, why) = (verb(n_rows, "was", "were"), code.meaning());
        let place = format!("{}:{}", first.file.display(), first.line);
        let text = Text::from(format!("{} {was} rejected: {why} (the first: {place}", plural(n_rows, "row")));
        let text = if first.column.is_empty() { text } else { text.words(", column ").code(&first.column) };
        text.words("); see rejects.csv")
    };
    by_code.into_iter().map(line).collect()
}

/// The rows that newer ones supersede, by what the files are.
fn superseded(counts: &Counts) -> Vec<Text> {
    let mut by_role: BTreeMap<&FileRole, u64> = BTreeMap::new();
    for file in counts.files.iter().filter(|file| file.n_superseded > 0) {
        *by_role.entry(&file.role).or_default() += file.n_superseded;
    }
    let tell = |(role, n): (&FileRole, u64)| {
        let rows = format!("{} ({role}) {} superseded by a newer row", plural(n, "row"), verb(n, "is", "are"));
        format!("{rows} with the same {}", if *role == FileRole::Leads { "id" } else { "key" }).into()
    };
    by_role.into_iter().map(tell).collect()
}

fn nobody(counts: &Counts) -> Option<Text> {
    let why = match counts.leads.n_rows {
        0 => "the leads file has a header but no rows",
        _ => "every row of the leads file is empty, rejected, or a lead that was created later",
    };
    (counts.leads.n_scored == 0).then(|| format!("no lead was scored: {why}").into())
}

fn unreadable(role: &FileRole, field: &str, issues: &CellIssues) -> Text {
    let counts = verb(issues.n_cells, "counts", "count");
    let kind = a_kind(issues.kind);
    let text = Text::from(format!("{} of ", plural(issues.n_cells, "cell"))).code(field);
    let text = text.words(format!(" ({role}) can't be read as {kind} and {counts} as missing"));
    let Some(first) = issues.examples.first() else { return text };
    text.words(format!(": {}:{} ", first.file.display(), first.line)).code(shortened(&first.text))
}

/// The events that don't count, by source.
fn events(rulebook: &Rulebook, counts: &Counts) -> Vec<Text> {
    let mut said = Vec::new();
    for (source, events) in rulebook.sources.iter().zip(&counts.sources) {
        let parts = [
            (events.n_orphans, format!("of no lead ({})", by_type(&events.orphans_by_type))),
            (events.n_undated, "without a time".to_owned()),
            (events.n_later, "later".to_owned()),
            (events.n_repeats, "repeated".to_owned()),
            (events.n_automated, format!("automated ({})", by_rule(&events.automated))),
            (events.n_shared, "shared by several leads".to_owned()),
        ];
        let told = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n)));
        let told: Vec<String> = told.collect();
        if !told.is_empty() {
            let text = format!(": {} counted; {}", grouped(events.n_counted), told.join(", "));
            said.push(Text::from("events ").code(&source.name).words(text));
        }
        said.extend(events.unmet.as_ref().map(|unmet| do_not_meet(rulebook, &source.name, unmet)));
    }
    said
}

/// A name from each side, where those of the events and of the leads don't meet.
pub(super) fn do_not_meet(rulebook: &Rulebook, source: &str, unmet: &Unmet) -> Text {
    let NameInEvent { file, line, column, text, .. } = &unmet.event;
    let said = Text::from("events ").code(source).words(": no lead has ").code(shortened(text));
    let said = said.words(format!(" ({}:{line}, column ", file.display())).code(column).words(")");
    let said = match (&unmet.lead, unmet.is_meant) {
        (Some(lead), true) => said.words("; one has ").code(shortened(lead)),
        (Some(lead), false) => {
            let of = unmet.by.map_or_else(|| "id".to_owned(), |by| format!("`{}`", rulebook.field_name(by)));
            said.words(format!("; the {of} of a lead looks like ")).code(shortened(lead))
        }
        (None, _) => said,
    };
    said.words(unmet.cause.map_or_else(String::new, |cause| format!(": {}", cause.meaning())))
}

/// The ids and keys that a spreadsheet rounded, file by file.
fn rounded(files: &[FileReport]) -> impl Iterator<Item = Text> {
    let tell = |file: &FileReport| {
        let RoundedIds { n_rows, line, column, text } = file.rounded.as_ref()?;
        let have = verb(*n_rows, "has", "have");
        let said = Text::from(format!("{}: {} {have} an id such as ", file.path.display(), plural(*n_rows, "row")));
        let said = said.code(shortened(text)).words(format!(" (line {line}, column ")).code(column);
        Some(said.words(format!("), a number in scientific notation: {}", Rewritten::of_one_file())))
    };
    files.iter().filter_map(tell)
}

/// A cell, cut where it is long.
fn shortened(cell: &str) -> String {
    let mut shown: String = cell.chars().take(MOST_SHOWN).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}

/// Automated events: `rule 1: email_click 3, email_open 2; rule 2: email_click 1`.
fn by_rule(automated: &BTreeMap<(usize, String), u64>) -> String {
    let mut rules: BTreeMap<usize, BTreeMap<String, u64>> = BTreeMap::new();
    for ((rule, kind), n) in automated {
        rules.entry(*rule).or_default().insert(kind.clone(), *n);
    }
    let told = rules.iter().map(|(rule, types)| format!("rule {}: {}", rule + 1, by_type(types)));
    told.collect::<Vec<_>>().join("; ")
}

pub(super) fn by_type(types: &BTreeMap<String, u64>) -> String {
    let mut sorted: Vec<(&String, &u64)> = types.iter().collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let told = sorted.iter().take(MOST_TYPES).map(|(kind, n)| {
        let kind = if kind.is_empty() { "no type" } else { kind.as_str() };
        format!("{kind} {}", grouped(**n))
    });
    told.collect::<Vec<_>>().join(", ") + if types.len() > MOST_TYPES { ", …" } else { "" }
}
