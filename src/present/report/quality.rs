//! What is wrong with the data or missing from it, and what to ask leads next.

use super::{define, meaning};
use crate::funnel::report::{FieldOrigin, File, NextQuestions, Quality, Report, SourceEvents};
use crate::present::{Cell, Column, Section, Setting, Table, Text, Unit, words};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("quality", "Data quality");
    let quality = &report.quality;
    if quality.n_later_leads > 0 {
        let leads = words::plural(quality.n_later_leads, "lead");
        section.say(format!("{leads} created after this report's instant: not scored."));
    }
    date_errors(&mut section, report);
    questions(&mut section, &quality.questions);
    section.heading("Fields and files");
    fields(&mut section, quality);
    files(&mut section, quality);
    events(&mut section, quality);
    section
}

/// Columns of names, then columns of numbers.
fn columns<const T: usize, const N: usize>(texts: [&str; T], numbers: [&str; N]) -> impl Iterator<Item = Column> {
    texts.map(Column::text).into_iter().chain(numbers.map(Column::number))
}

fn date_errors(section: &mut Section, report: &Report) {
    let errors = &report.date_errors;
    section.named_heading("dates", "Dates out of order");
    define(section, &[meaning::DATES]);
    if errors.n_leads == 0 {
        section.say("No lead has dates out of order.");
        return;
    }
    let n_shown = errors.examples.len();
    let shown = match u64::try_from(n_shown) {
        Ok(n) if n < errors.n_leads => format!(" The first {n_shown}:"),
        _ => String::new(),
    };
    section.say(format!("{} with dates out of order.{shown}", words::plural(errors.n_leads, "lead")));
    let heads = ["Lead", "Stage", "Entered", "Later stage", "Entered before it"];
    let mut table = Table::new("Dates out of order", heads.map(Column::text));
    for error in &errors.examples {
        let [at, later_at] = [error.at, error.later_at].map(|at| Cell::Said(Text::new().time(at, &report.zone)));
        table.row([Cell::name(&error.lead), Cell::name(&error.stage), at, Cell::name(&error.later_stage), later_at]);
    }
    section.table(table);
}

fn questions(section: &mut Section, questions: &NextQuestions) {
    section.heading("The next question to ask");
    define(section, &[meaning::QUESTIONS]);
    let Some(stage) = &questions.stage else {
        section.say("No stage of the rulebook reads a score, so no answer could move a lead.");
        return;
    };
    let sample = if questions.n_asked < questions.n_below {
        format!(" Worked out for an even sample of {} of them.", words::grouped(questions.n_asked))
    } else {
        String::new()
    };
    let below = words::plural(questions.n_below, "lead");
    section.say(Text::from(format!("{below} below ")).name(stage).words(format!(".{sample}")));
    if questions.questions.is_empty() {
        section.say("No missing field would change their score.");
        return;
    }
    let caption =
        Text::from("Missing fields, by how many leads an answer would move to ").name(stage).words(" at best");
    let heads = ["Leads without it", "Would gain", "Would move", "Mean gain", "Largest gain"];
    let mut table = Table::of_numbers(caption, "Field", &heads);
    for question in &questions.questions {
        let counts = [question.n_lacking, question.n_gaining, question.n_moved].map(Cell::Count);
        let gains = [question.mean_gain, question.most_gain].map(|gain| Cell::Figure(gain, Unit::Plain(2)));
        table.row(std::iter::once(Cell::name(&question.field)).chain(counts).chain(gains));
    }
    section.table(table);
}

fn fields(section: &mut Section, quality: &Quality) {
    let heads = columns(["Field", "From", "Used by the score"], ["Filled", "Share"]);
    let mut table = Table::new("How well fields are filled", heads);
    for field in &quality.fields {
        let origin = match &field.origin {
            FieldOrigin::Leads => Text::from("leads"),
            FieldOrigin::Table(table) => Text::from("table ").name(table),
        };
        let is_scored = Cell::said(if field.is_scored { "yes" } else { "no" });
        let filled = [Cell::count_or(field.n_filled), Cell::Figure(field.filled, Unit::Share)];
        table.row([Cell::name(&field.name), Cell::Said(origin), is_scored].into_iter().chain(filled));
    }
    section.table(table);
    let heads = columns(["Field", "In", "First"], ["Cells"]);
    let mut issues = Table::new("Cells that can't be read and count as missing", heads);
    for issue in &quality.issues {
        let first = issue.first.as_ref().map_or(Cell::Empty, Cell::name);
        issues.row([Cell::name(&issue.field), Cell::name(&issue.place), first, Cell::Count(issue.n_cells)]);
    }
    section.table(issues);
    for mixed in &quality.mixed_currencies {
        section.say(words::mixed_currencies(&mixed.field, &mixed.marks));
    }
}

/// One of the counts of a source.
type EventCount = fn(&SourceEvents) -> u64;

/// One of the counts of a file.
type FileCount = fn(&File) -> u64;

fn files(section: &mut Section, quality: &Quality) {
    let counts: [(&str, FileCount); 5] = [
        ("Rows", |file| file.n_rows),
        ("Rejected", |file| file.n_rejects),
        ("Empty", |file| file.n_empty),
        ("Superseded", |file| file.n_superseded),
        ("Too short, used", |file| file.n_padded),
    ];
    // What few files have gets a column only where one has it.
    let has_some = |of: FileCount| quality.files.iter().any(|file| of(file) > 0);
    let shown = counts.iter().enumerate().filter(|(at, (_, of))| *at < 3 || has_some(*of));
    let counts: Vec<_> = shown.map(|(_, count)| count).collect();
    let heads = counts.iter().map(|(head, _)| Column::number(*head));
    let mut table = Table::new("Files", ["File", "Holds"].map(Column::text).into_iter().chain(heads));
    for file in &quality.files {
        let counts = counts.iter().map(|(_, of)| Cell::Count(of(file)));
        table.row([Cell::name(&file.name), Cell::name(&file.role)].into_iter().chain(counts));
    }
    section.table(table);
    let heads = columns(["Code", "What is wrong"], ["Rows"]);
    let mut rejects = Table::new("Rejected rows; rejects.csv has each", heads);
    for reject in &quality.rejects {
        rejects.row([Cell::name(reject.code), Cell::said(reject.meaning), Cell::Count(reject.n_rows)]);
    }
    section.table(rejects);
    let mut unmatched = Table::of_numbers("Leads that have no matching row in a table", "Table", &["Leads"]);
    for (table, n) in quality.unmatched.iter().filter(|(_, n)| *n > 0) {
        unmatched.row([Cell::name(table), Cell::Count(*n)]);
    }
    section.table(unmatched);
}

fn events(section: &mut Section, quality: &Quality) {
    let counts: [(&str, EventCount); 7] = [
        ("Counted", |source| source.n_counted),
        ("Without a time", |source| source.n_undated),
        ("Of no lead", |source| source.n_orphans),
        ("Later", |source| source.n_later),
        ("Repeated", |source| source.n_repeats),
        ("Automated", |source| source.n_automated),
        ("Of several leads", |source| source.n_shared),
    ];
    // Few rulebooks have rules for automated events.
    let has_automated = quality.sources.iter().any(|source| source.n_automated > 0);
    let counts: Vec<_> = counts.into_iter().filter(|(head, _)| has_automated || *head != "Automated").collect();
    let heads: Vec<&str> = counts.iter().map(|(head, _)| *head).collect();
    let mut table = Table::of_numbers("Events", "Source", &heads);
    for source in &quality.sources {
        let counts = counts.iter().map(|(_, of)| Cell::Count(of(source)));
        table.row(std::iter::once(Cell::name(&source.source)).chain(counts));
    }
    section.table(table);
    let heads = columns(["Source", "Type", "Rule"], ["Events"]);
    let mut automated = Table::new("Automated events, by source, type and rule", heads);
    for events in &quality.automated {
        let rule = Cell::said(events.rule.to_string());
        automated.row([Cell::name(&events.source), Cell::name(&events.kind), rule, Cell::Count(events.n_events)]);
    }
    section.table(automated);
    let heads = columns(["Source", "Type"], ["Events"]);
    let mut orphans = Table::new("Events of no known lead, by source and type", heads).set(Setting::Folded);
    for orphan in &quality.orphans {
        orphans.row([Cell::name(&orphan.source), Cell::name(&orphan.kind), Cell::Count(orphan.n_events)]);
    }
    section.table(orphans);
}
