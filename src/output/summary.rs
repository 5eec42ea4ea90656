//! The short form for a terminal: leads by stage and grade, what the criteria gave and took, and what could not be used.

use super::number::{average, grouped, points_grouped, share};
use super::passed::rows_passed;
use super::table::Table;
use crate::rulebook::{DISQUALIFIED, Grade, Rulebook};
use crate::run::{Counts, FileReport, Reject, RejectCode, Role};
use crate::score::{StageTotals, Totals};
use crate::value::Type;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many criteria the short form shows.
const MOST_CRITERIA: usize = 12;

/// What was assumed of each file: `leads.csv: windows-1254, ';', 41,233 rows`.
#[must_use]
pub fn assumptions(files: &[FileReport]) -> String {
    let mut text = String::new();
    for file in files {
        let _ = write!(text, "{}: {}, {}", file.path.display(), file.assumed, plural(file.n_rows, "row"));
        if file.n_rejects > 0 {
            let _ = write!(text, ", {} rejected", grouped(file.n_rejects));
        }
        let below = &file.assumed.below;
        if below.n_rows > 0 {
            let _ = write!(text, "; not read: {}", rows_passed(below, "below the data"));
        }
        text.push('\n');
    }
    text
}

/// The files that were read in the encoding named for them and look as if they were UTF-8, in words.
#[must_use]
pub fn encoding_doubts(files: &[FileReport]) -> Vec<String> {
    let tell = |file: &FileReport| {
        format!(
            "{} is read as {}, as it is told to be, and looks like UTF-8: then every letter beyond A–Z is misread; \
             without `encoding` it is recognised",
            file.path.display(),
            file.assumed.encoding
        )
    };
    files.iter().filter(|file| file.assumed.looks_utf8).map(tell).collect()
}

/// The files of which `skip_last` leaves out a row that looks like one of the table, in words.
#[must_use]
pub fn dropped_rows(files: &[FileReport]) -> Vec<String> {
    let tell = |file: &FileReport| {
        let (line, row) = file.assumed.below.like_data.as_ref()?;
        let (path, n_lines) = (file.path.display(), file.assumed.below.n_lines);
        Some(format!(
            "{path}:{line}: `skip_last: {n_lines}` leaves out a row that looks like data: `{row}`; \
             to keep it, write `skip_last: auto` or a smaller number"
        ))
    };
    files.iter().filter_map(tell).collect()
}

/// What a run came to.
#[must_use]
pub fn summary(rulebook: &Rulebook, totals: &Totals, counts: &Counts, as_of: &str) -> String {
    let mut text = String::new();
    let name = rulebook.card.name.as_deref().unwrap_or("rulebook");
    let _ = writeln!(text, "{name}: {} scored as of {as_of}\n", plural(totals.n_leads, "lead"));
    let _ = writeln!(text, "{}", stages(rulebook, totals));
    if let Some(grade) = &rulebook.grade {
        let _ = writeln!(text, "{}", grades(rulebook, grade, totals));
    }
    let criteria = criteria(rulebook, totals);
    if !criteria.is_empty() {
        let _ = writeln!(text, "{criteria}");
    }
    text + &quality(rulebook, counts)
}

fn stages(rulebook: &Rulebook, totals: &Totals) -> Table {
    let mut table = Table::new(&["stage", "#leads", "#share", "#average total"]);
    let mut row = |name: &str, stage: StageTotals| {
        let average = average(stage.sum_hundredths, stage.n_leads);
        table.row([name.to_owned(), grouped(stage.n_leads), share(stage.n_leads, totals.n_leads), average]);
    };
    for (index, stage) in rulebook.stages.iter().enumerate() {
        row(&stage.name, totals.by_stage.get(index).copied().unwrap_or_default());
    }
    if !rulebook.disqualifiers.is_empty() {
        row(DISQUALIFIED, totals.disqualified);
    }
    table
}

/// The first axis down, the second across; other numbers of axes as a list.
fn grades(rulebook: &Rulebook, grade: &Grade, totals: &Totals) -> Table {
    let n_leads = |grade: &str| grouped(totals.by_grade.get(grade).copied().unwrap_or(0));
    if let [down, across] = &grade.axes[..] {
        let corner = format!("{} \\ {}", score_name(rulebook, down), score_name(rulebook, across));
        let marks: Vec<String> = across.bounds.iter().map(|bound| format!("#{}", bound.mark)).collect();
        let header: Vec<&str> = std::iter::once(corner.as_str()).chain(marks.iter().map(String::as_str)).collect();
        let mut table = Table::new(&header);
        for row in &down.bounds {
            let cells = across.bounds.iter().map(|column| n_leads(&format!("{}{}", row.mark, column.mark)));
            table.row(std::iter::once(row.mark.clone()).chain(cells));
        }
        return table;
    }
    let mut table = Table::new(&["grade", "#leads"]);
    for grade in grade.all() {
        let n_leads = n_leads(&grade);
        table.row([grade, n_leads]);
    }
    table
}

fn score_name(rulebook: &Rulebook, axis: &crate::rulebook::Axis) -> String {
    rulebook.score_name(axis.score)
}

fn criteria(rulebook: &Rulebook, totals: &Totals) -> Table {
    let mut table = Table::new(&["criterion", "#leads", "#points given", "#taken"]);
    let mut order: Vec<usize> =
        (0..totals.by_criterion.len()).filter(|index| totals.by_criterion[*index].n_leads > 0).collect();
    order.sort_by_key(|index| std::cmp::Reverse(totals.by_criterion[*index].n_leads));
    for index in order.iter().take(MOST_CRITERIA) {
        let sums = totals.by_criterion[*index];
        let points = |hundredths: i128| if hundredths == 0 { String::new() } else { points_grouped(hundredths) };
        let title = rulebook.criteria[*index].title().to_owned();
        table.row([title, grouped(sums.n_leads), points(sums.given_hundredths), points(sums.taken_hundredths)]);
    }
    if order.len() > MOST_CRITERIA {
        table.row([format!("… and {} more", order.len() - MOST_CRITERIA)]);
    }
    table
}

/// What is optional and has no file: nobody should have to guess why its points are missing.
fn without_files(rulebook: &Rulebook, counts: &Counts) -> String {
    let tables =
        rulebook.tables.iter().map(|table| (Role::Table(table.name.clone()), format!("table `{}`", table.name)));
    let sources = rulebook.sources.iter();
    let sources = sources.map(|source| (Role::Events(source.name.clone()), format!("events `{}`", source.name)));
    let lines = tables.chain(sources).filter(|(role, _)| !counts.has_file(role));
    lines.fold(String::new(), |text, (_, name)| text + &name + ": no file, which is allowed\n")
}

/// The rejected rows by what is wrong with them, with the first of each.
fn rejects(counts: &Counts) -> String {
    let mut by_code: BTreeMap<RejectCode, (u64, &Reject)> = BTreeMap::new();
    for reject in &counts.rejects {
        by_code.entry(reject.code).or_insert((0, reject)).0 += 1;
    }
    let mut text = String::new();
    for (code, (n_rows, first)) in by_code {
        let column = if first.column.is_empty() { String::new() } else { format!(", column `{}`", first.column) };
        let place = format!("{}:{}{column}", first.file.display(), first.line);
        let _ = writeln!(
            text,
            "{} rejected: {} (the first: {place}); see rejects.csv",
            plural(n_rows, "row"),
            code.meaning()
        );
    }
    if counts.leads.n_scored == 0 {
        text += if counts.leads.n_rows == 0 {
            "no lead was scored: the leads have a header and no rows\n"
        } else {
            "no lead was scored: every row of the leads is empty, rejected or of a later lead\n"
        };
    }
    text
}

/// One line for each thing that someone should know about the data; nothing where all is well.
fn quality(rulebook: &Rulebook, counts: &Counts) -> String {
    let mut text = String::new();
    text += &without_files(rulebook, counts);
    text += &rejects(counts);
    if counts.leads.n_later > 0 {
        let _ = writeln!(text, "{} created later, not scored", plural(counts.leads.n_later, "lead"));
    }
    for ((place, field), issues) in &counts.issues {
        let _ = write!(
            text,
            "{} of `{field}` ({place}) can't be read as {} and count as missing",
            plural(issues.n_cells, "cell"),
            a_kind(issues.kind)
        );
        if let Some(first) = issues.examples.first() {
            let _ = write!(text, ": {}:{} `{}`", first.file.display(), first.line, shortened(&first.text));
        }
        text.push('\n');
    }
    for (table, n) in rulebook.tables.iter().zip(&counts.n_unmatched) {
        if *n > 0 {
            let _ = writeln!(text, "{} name a row that the table `{}` doesn't have", plural(*n, "lead"), table.name);
        }
    }
    for (source, events) in rulebook.sources.iter().zip(&counts.sources) {
        let parts = [
            (events.n_orphans, format!("of no lead ({})", by_type(&events.orphans_by_type))),
            (events.n_undated, "without a time".to_owned()),
            (events.n_later, "later".to_owned()),
            (events.n_repeats, "repeated".to_owned()),
            (events.n_shared, "shared by several leads".to_owned()),
        ];
        let told: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n))).collect();
        if !told.is_empty() {
            let _ =
                writeln!(text, "events `{}`: {} counted; {}", source.name, grouped(events.n_counted), told.join(", "));
        }
    }
    text
}

/// What the cells of a field should have been.
fn a_kind(kind: Type) -> &'static str {
    match kind {
        Type::Text => "text",
        Type::Number => "a number",
        Type::Boolean => "yes or no",
        Type::Date => "a date",
        Type::Email => "an e-mail address",
        Type::Url => "a url",
    }
}

fn by_type(types: &BTreeMap<String, u64>) -> String {
    const MOST: usize = 3;
    let name = |name: &String| if name.is_empty() { "no type".to_owned() } else { name.clone() };
    let mut sorted: Vec<(&String, &u64)> = types.iter().collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let told: Vec<String> =
        sorted.iter().take(MOST).map(|(kind, n)| format!("{} {}", name(kind), grouped(**n))).collect();
    told.join(", ") + if types.len() > MOST { ", …" } else { "" }
}

fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A cell for one line of a terminal: no control characters, not too long.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().take(MOST).map(|c| if c.is_control() { '␣' } else { c }).collect();
    if text.chars().count() > MOST {
        short.push('…');
    }
    short
}
