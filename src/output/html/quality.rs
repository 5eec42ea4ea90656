//! What is wrong with the data or missing from it, and what to ask leads next.

use super::page::Page;
use super::table::{Cell, Table};
use super::words::{count, count_if_known, figure_number, figure_share, name, plural, words};
use crate::funnel::report::{FieldOrigin, NextQuestions, Quality};
use crate::output::number::grouped;

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    let quality = &page.report.quality;
    page.definitions(&["quality"]);
    if quality.n_later_leads > 0 {
        page.paragraph(&format!("{} created after this instant: not scored.", plural(quality.n_later_leads, "lead")));
    }
    date_errors(page);
    questions(page, &quality.questions);
    page.heading("Fields and files");
    fields(page, quality);
    files(page, quality);
    events(page, quality);
}

fn date_errors(page: &mut Page) {
    let errors = &page.report.date_errors;
    page.heading("Dates out of order");
    page.definitions(&["dates"]);
    if errors.n_leads == 0 {
        page.paragraph("No lead has dates out of order.");
        return;
    }
    let n_shown = errors.examples.len();
    let shown = if u64::try_from(n_shown).is_ok_and(|n| n < errors.n_leads) {
        format!(" The first {n_shown} examples:")
    } else {
        String::new()
    };
    page.paragraph(&format!("{} with dates out of order.{shown}", plural(errors.n_leads, "lead")));
    let header = ["Lead", "stage", "entered", "later stage", "entered before it"];
    let mut table = Table::new("Dates out of order", &header);
    for error in &errors.examples {
        let cells = [&error.lead, &error.stage, &error.at, &error.later_stage, &error.later_at];
        table.row(cells.map(|text| name(text)));
    }
    page.table(&table);
}

fn questions(page: &mut Page, questions: &NextQuestions) {
    page.heading("The next question to ask");
    page.definitions(&["questions"]);
    let Some(stage) = &questions.stage else {
        page.paragraph("No stage of the rulebook reads a score, so no answer could move a lead.");
        return;
    };
    let sample = if questions.n_asked < questions.n_below {
        format!(" Worked out for an even sample of {} of them.", grouped(questions.n_asked))
    } else {
        String::new()
    };
    page.paragraph(&format!("{} below {stage}.{sample}", plural(questions.n_below, "lead")));
    if questions.questions.is_empty() {
        page.paragraph("No missing field would change their score.");
        return;
    }
    let header = ["Field", "#leads without", "#would gain", "#would move", "#mean gain", "#largest gain"];
    let mut table =
        Table::new(&format!("Missing fields, by how many leads an answer would move to {stage} at best"), &header);
    for question in &questions.questions {
        table.row([
            name(&question.field),
            count(question.n_lacking),
            count(question.n_gaining),
            count(question.n_moved),
            figure_number(&question.mean_gain),
            figure_number(&question.most_gain),
        ]);
    }
    page.table(&table);
}

fn fields(page: &mut Page, quality: &Quality) {
    let mut table =
        Table::new("How well fields are filled", &["Field", "from", "read by the score", "#filled", "#share"]);
    for field in &quality.fields {
        let origin = match &field.origin {
            FieldOrigin::Leads => words("leads"),
            FieldOrigin::Table(table) => name(&format!("table {table}")),
        };
        let is_scored = words(if field.is_scored { "yes" } else { "no" });
        table.row([name(&field.name), origin, is_scored, count_if_known(field.n_filled), figure_share(&field.filled)]);
    }
    page.table(&table);
    let mut issues =
        Table::new("Cells that can't be read and count as missing", &["Field", "in", "#cells", "the first"]);
    for issue in &quality.issues {
        let first = issue.first.as_ref().map_or_else(|| words(""), |first| name(first));
        issues.row([name(&issue.field), name(&issue.place), count(issue.n_cells), first]);
    }
    page.table(&issues);
}

fn files(page: &mut Page, quality: &Quality) {
    let mut table = Table::new("Files", &["File", "holds", "#rows", "#rejected", "#empty"]);
    for file in &quality.files {
        let counts = [file.n_rows, file.n_rejects, file.n_empty].map(count);
        table.row([name(&file.name), name(&file.role)].into_iter().chain(counts));
    }
    page.table(&table);
    let mut rejects = Table::new("Rejected rows; each stands in rejects.csv", &["Code", "what is wrong", "#rows"]);
    for reject in &quality.rejects {
        rejects.row([name(reject.code), words(reject.meaning), count(reject.n_rows)]);
    }
    page.table(&rejects);
    let mut unmatched = Table::new("Leads whose key no row of a table has", &["Table", "#leads"]);
    for (table, n) in quality.unmatched.iter().filter(|(_, n)| *n > 0) {
        unmatched.row([name(table), count(*n)]);
    }
    page.table(&unmatched);
}

fn events(page: &mut Page, quality: &Quality) {
    let header = ["Source", "#counted", "#without a time", "#of no lead", "#later", "#repeated", "#of several leads"];
    let mut table = Table::new("Events", &header);
    for source in &quality.sources {
        let counts: [Cell; 6] =
            [source.n_counted, source.n_undated, source.n_orphans, source.n_later, source.n_repeats, source.n_shared]
                .map(count);
        table.row(std::iter::once(name(&source.source)).chain(counts));
    }
    page.table(&table);
    let mut orphans = Table::new("Events of no known lead, by source and type", &["Source", "type", "#events"]);
    for orphan in &quality.orphans {
        orphans.row([name(&orphan.source), name(&orphan.kind), count(orphan.n_events)]);
    }
    page.numbers(&orphans);
}
