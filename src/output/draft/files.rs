//! The files of a draft: leads, tables, events, each column with how it is read.

use super::encoding_doubt;
use super::text::{YamlText, list, quoted};
use crate::draft::{
    AutomatedDraft, FieldDraft, FileDraft, LeadsDraft, MappedDraft, ReadingDraft, SourceDraft, TableDraft, TypesDraft,
};
use crate::present::passed::{ABOVE, first_and_last, rows_passed};
use crate::rulebook::Header;
use crate::value::{SkipLast, Type};

pub(super) fn leads(lines: &mut YamlText, leads: &LeadsDraft) {
    lines.with("leads:", &leads.file.because);
    file(lines, 2, &leads.file);
    lines.with(&format!("  id: {}", header(&leads.id)), &leads.id_because);
    if let Some(created) = &leads.created {
        lines.with(
            &format!("  created: {created}"),
            "a lead that was created after the day of scoring is not scored yet",
        );
    }
    if let Some(newest) = &leads.newest {
        lines.with(&format!("  newest: {newest}"), "of several rows with one id, the one that was changed last counts");
    }
    if let Some(former) = &leads.former_ids {
        lines.with(&format!("  former_ids: {former}"), "an event that names an id from before a merge finds its lead");
    }
    lines.comment(2, "Left: the name that the rules below use. Right: the header in the export.");
    fields(lines, 2, &leads.fields, &leads.mapped);
    suggestions(lines, 2, &leads.others, "lead");
}

pub(super) fn tables(lines: &mut YamlText, tables: &[TableDraft]) {
    if tables.is_empty() {
        return;
    }
    lines.blank();
    lines.comment(0, "Further exports. A lead finds its row by the field named after `by`.");
    lines.push("tables:");
    for table in tables {
        lines.with(&format!("  {}:", table.name), &table.file.because);
        file(lines, 4, &table.file);
        lines.with(&format!("    key: {}", header(&table.key)), &table.because);
        lines.push(&format!("    by: {}", table.by));
        fields(lines, 4, &table.fields, &table.mapped);
        suggestions(lines, 4, &table.others, "lead");
    }
}

pub(super) fn sources(lines: &mut YamlText, sources: &[SourceDraft]) {
    if sources.is_empty() {
        return;
    }
    lines.blank();
    lines.comment(0, "What leads did, one row per event. If one of these files is missing, the run fails, so that no lead loses points unnoticed. If a");
    lines.comment(0, "file may be missing, write `optional: true` under its source.");
    lines.push("events:");
    for source in sources {
        lines.with(&format!("  {}:", source.name), &source.file.because);
        file(lines, 4, &source.file);
        let ways: Vec<String> = source.lead.iter().map(|(column, by)| way(column, by.as_deref())).collect();
        let lead = if let [way] = &ways[..] { way.clone() } else { format!("[{}]", ways.join(", ")) };
        lines.with(&format!("    lead: {lead}"), &source.because);
        types(lines, &source.types);
        if let Some((column, reading)) = &source.time {
            ask(lines, 4, reading);
            lines.push(&format!("    time: {}", time(column, reading)));
        }
        if let Some(id) = &source.id {
            lines.with(&format!("    id: {}", header(id)), "an event that was exported twice counts once");
        }
        if !source.fields.is_empty() {
            fields(lines, 4, &source.fields, &[]);
        }
        if let Some(automated) = &source.automated {
            self::automated(lines, automated);
        }
        suggestions(lines, 4, &source.others, "event");
    }
}

/// What mail scanners do.
fn automated(lines: &mut YamlText, automated: &AutomatedDraft) {
    let types = |types: &[String]| match types {
        [only] => quoted(only),
        several => list(several),
    };
    let same = automated.same.as_ref().map_or_else(String::new, |field| format!(", same: {field}"));
    lines.with(
        "    automated:",
        "mail scanners open a mail and follow its links as soon as it is sent: that gives no points, and is counted",
    );
    let (events, after) = (types(&automated.events), types(&automated.after));
    lines.push(&format!("      - {{ event: {events}, after: {after}, within: 15s{same} }}"));
}

fn way(column: &Header, by: Option<&str>) -> String {
    match by {
        Some(by) => format!("{{ column: {}, by: {by} }}", header(column)),
        None => header(column),
    }
}

fn types(lines: &mut YamlText, types: &TypesDraft) {
    match types {
        TypesDraft::Column(column) => lines.push(&format!("    type: {}", header(column))),
        TypesDraft::Always(kind) => {
            lines.with(&format!("    type: {{ always: {} }}", quoted(kind)), "no column shows what happened");
        }
        TypesDraft::Columns(columns) => {
            lines.with("    type:", "one event for each of these columns that has a time");
            lines.push("      from_columns:");
            for (kind, column, reading) in columns {
                ask(lines, 8, reading);
                lines.entry(8, kind, &time(column, reading));
            }
        }
    }
}

/// What the cells leave open: most often whether the day or the month comes first.
fn ask(lines: &mut YamlText, indent: usize, reading: &ReadingDraft) {
    if let Some(question) = &reading.question {
        lines.comment(indent, &format!("DECIDE: {} {}", question.asked, question.then));
    }
    if !reading.or_formats.is_empty() {
        let other = match &reading.or_formats[..] {
            [only] => quoted(only),
            several => list(several),
        };
        let first = if other.find("%d") < other.find("%m") { "day" } else { "month" };
        lines.comment(
            indent,
            &format!(
                "DECIDE: day or month first? No cell has a day above 12. If the {first} comes first, write {other}"
            ),
        );
    }
}

fn time(column: &Header, reading: &ReadingDraft) -> String {
    match formats(reading) {
        Some(formats) => format!("{{ column: {}, format: {formats} }}", header(column)),
        None => header(column),
    }
}

/// A column: its header, and which of those that have it.
fn header(header: &Header) -> String {
    let name = quoted(&header.name);
    header.nth.map_or_else(|| name.clone(), |nth| format!("{{ name: {name}, nth: {nth} }}"))
}

fn formats(reading: &ReadingDraft) -> Option<String> {
    match &reading.formats[..] {
        [] => None,
        [format] => Some(quoted(format)),
        several => Some(list(several)),
    }
}

fn fields(lines: &mut YamlText, indent: usize, fields: &[FieldDraft], mapped: &[MappedDraft]) {
    let pad = " ".repeat(indent);
    if fields.is_empty() {
        lines.push(&format!("{pad}fields: {{}}"));
    } else {
        lines.push(&format!("{pad}fields:"));
    }
    for field in fields {
        ask(lines, indent + 2, &field.reading);
        lines.with(&format!("{pad}  {}", declared(field)), &field.because);
    }
    for mapped in mapped {
        lines.with(
            &format!("{pad}  {}:", mapped.name),
            "one thing under several spellings gets the one that most rows have",
        );
        lines.push(&format!("{pad}    from: {}", mapped.from));
        lines.push(&format!("{pad}    map:"));
        for (thing, spellings) in &mapped.things {
            lines.entry(indent + 6, thing, &list(spellings));
        }
    }
}

/// Columns that nothing reads yet, as comments.
fn suggestions(lines: &mut YamlText, indent: usize, others: &[FieldDraft], of: &str) {
    if others.is_empty() {
        return;
    }
    let what = if of == "event" {
        "Columns that no rule reads yet. To use one, remove its # and put it below `fields:`."
    } else {
        "Columns that no rule reads yet. To use one, remove its #."
    };
    lines.comment(indent + 2, what);
    for field in others {
        lines.comment(indent + 2, &declared(field));
    }
}

/// `name: Header`, or with a type what else there is to say.
fn declared(field: &FieldDraft) -> String {
    let reading = &field.reading;
    let mut parts = vec![format!("column: {}", header(&field.column))];
    if reading.kind != Type::Text {
        parts.push(format!("type: {}", reading.kind));
    }
    parts.extend(formats(reading).map(|formats| format!("format: {formats}")));
    parts.extend(reading.split.as_deref().map(|split| format!("split: {}", quoted(split))));
    for (key, words) in [("true", &reading.yes), ("false", &reading.no)] {
        if !words.is_empty() {
            parts.push(format!("{key}: {}", list(words)));
        }
    }
    parts.extend(reading.decimal.map(|mark| format!("decimal: {mark}")));
    parts.extend(reading.country.map(|country| format!("country: {country}")));
    parts.extend(reading.currency.map(|currency| format!("currency: {}", currency.code())));
    if parts.len() == 1 {
        return format!("{}: {}", field.name, header(&field.column));
    }
    format!("{}: {{ {} }}", field.name, parts.join(", "))
}

/// How a file is read; what was seen is said, so that tomorrow's export is read alike.
fn file(lines: &mut YamlText, indent: usize, file: &FileDraft) {
    let pad = " ".repeat(indent);
    if let Some(doubt) = encoding_doubt(file) {
        lines.comment(indent, &format!("DECIDE: {doubt}."));
    }
    lines.push(&format!("{pad}file:"));
    let mut say = |text: &str, comment: &str| lines.with(&format!("{pad}  {text}"), comment);
    let above = match file.above.n_rows {
        0 => String::new(),
        _ => format!("not read: {}", rows_passed(&file.above, ABOVE)),
    };
    say(&format!("path: {}", quoted(&file.path)), &above);
    if let Some(encoding) = file.encoding {
        let because =
            if file.is_encoding_named { "" } else { "recognized by its letters; the next export is read alike" };
        say(&format!("encoding: {}", encoding.to_lowercase()), because);
    }
    let decide = file.or_delimiter.map(|other| format!("DECIDE: or {}", other.key()));
    if let Some(found) = file.delimiter {
        say(&format!("delimiter: {}", found.key()), &decide.unwrap_or_default());
    }
    if file.has_decimal_comma {
        say("decimal: comma", "47,5 is 47.5");
    }
    if let Some(language) = file.language {
        say(&format!("language: {language}"), "the language of month names");
    }
    if let Some(n) = file.skip_first {
        say(&format!("skip_first: {n}"), "lines above the header");
    }
    match (file.skip_last, file.below.n_rows) {
        (SkipLast::Lines(n), _) => say(&format!("skip_last: {n}"), "lines below the data"),
        (SkipLast::Auto, 0) => say("skip_last: auto", "lines below the data, if there are any"),
        (SkipLast::Auto, _) => {
            let shown = first_and_last(&file.below);
            say("skip_last: auto", &format!("lines below the data, if there are any; here: {shown}"));
        }
    }
    if !file.blank.is_empty() {
        say(&format!("blank: {}", list(&file.blank)), "cells with these texts count as empty");
    }
}
