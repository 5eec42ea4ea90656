//! What is wrong with, or missing from, the data, and what to ask next.

use super::tables::{Markdown, count_or};
use crate::funnel::report::{FieldOrigin, NextQuestions, Quality, Report};
use crate::output::number::grouped;
use crate::output::report_words::{NOT_KNOWN, figure, fixed, percent};

pub(super) fn quality(page: &mut Markdown<'_>, report: &Report) {
    let quality = &report.quality;
    page.heading(2, "Data quality");
    page.table(&["File", "Read as", "#Rows", "#Rejected", "#Empty"]);
    for file in &quality.files {
        page.row([
            file.name.clone(),
            file.role.clone(),
            grouped(file.n_rows),
            grouped(file.n_rejects),
            grouped(file.n_empty),
        ]);
    }
    page.heading(3, "Fields");
    page.table(&["Field", "From", "#Filled", "#Share", "Read by the score"]);
    for field in &quality.fields {
        let from = match &field.origin {
            FieldOrigin::Leads => "leads".to_owned(),
            FieldOrigin::Table(name) => format!("table {name}"),
        };
        let is_scored = if field.is_scored { "yes" } else { "no" }.to_owned();
        page.row([field.name.clone(), from, count_or(field.n_filled), figure(field.filled, percent), is_scored]);
    }
    problems(page, quality);
    questions(page, &quality.questions);
}

fn problems(page: &mut Markdown<'_>, quality: &Quality) {
    if quality.n_later_leads > 0 {
        page.line(&format!("{} leads were created later and are not scored.", grouped(quality.n_later_leads)));
    }
    if !quality.issues.is_empty() {
        page.heading(3, "Cells that can't be read");
        page.table(&["Field", "In", "#Cells", "First"]);
        for issue in &quality.issues {
            let first = issue.first.clone().unwrap_or_else(|| NOT_KNOWN.to_owned());
            page.row([issue.field.clone(), issue.place.clone(), grouped(issue.n_cells), first]);
        }
    }
    if !quality.rejects.is_empty() {
        page.heading(3, "Rejected rows");
        page.table(&["What is wrong", "#Rows"]);
        for reject in &quality.rejects {
            page.row([reject.meaning.to_owned(), grouped(reject.n_rows)]);
        }
    }
    if !quality.sources.is_empty() {
        page.heading(3, "Events");
        page.table(&["Source", "#Counted", "#Without a time", "#Of no lead", "#Later", "#Repeated", "#Shared"]);
        for source in &quality.sources {
            let counts = [
                source.n_counted,
                source.n_undated,
                source.n_orphans,
                source.n_later,
                source.n_repeats,
                source.n_shared,
            ];
            page.row(std::iter::once(source.source.clone()).chain(counts.map(grouped)));
        }
    }
    if !quality.orphans.is_empty() {
        page.heading(3, "Events of no lead");
        page.table(&["Source", "Type", "#Events"]);
        for orphans in &quality.orphans {
            page.row([orphans.source.clone(), orphans.kind.clone(), grouped(orphans.n_events)]);
        }
    }
    for (table, n_leads) in quality.unmatched.iter().filter(|(_, n_leads)| *n_leads > 0) {
        page.line(&format!("{} leads name a row that the table {table} doesn't have.", grouped(*n_leads)));
    }
}

fn questions(page: &mut Markdown<'_>, questions: &NextQuestions) {
    let Some(stage) = &questions.stage else { return };
    page.heading(3, "The next question to ask");
    page.define("questions");
    let sample = if questions.n_asked < questions.n_below {
        format!(", of which {} were looked at", grouped(questions.n_asked))
    } else {
        String::new()
    };
    page.line(&format!("{} leads are below {stage}{sample}.", grouped(questions.n_below)));
    if questions.questions.is_empty() {
        return;
    }
    let moved = format!("#Could reach {stage}");
    page.table(&["Missing field", "#Lacking", "#Would gain", &moved, "#Mean gain", "#Largest gain"]);
    let points = |x: f64| fixed(x, 2);
    for question in &questions.questions {
        let counts = [question.n_lacking, question.n_gaining, question.n_moved].map(grouped);
        let gains = [figure(question.mean_gain, points), figure(question.most_gain, points)];
        page.row(std::iter::once(question.field.clone()).chain(counts).chain(gains));
    }
}
