//! A change for a pull request: what a reviewer needs first stands first, and what doesn't fit into a comment is left out, and
//! said to be.

use super::diff_text::{exact, is_crossed, range};
use super::diff_words::{count, edit, mean, net, place, points, relative, score_cells, share, signed};
use super::number::grouped;
use super::report_words::amount;
use crate::diff::report::{DiffReport, EditRow, EffectRow, LineRow};
use crate::present::plain;
use std::fmt::Write as _;

/// How many characters the page has at most; comments of code hosts take a little more.
pub const MOST_CHARACTERS: usize = 60_000;

/// What is left out, one thing after the other, until the rest fits: what, and how many edits remain.
const LEFT_OUT: [(&str, usize); 6] = [
    ("", usize::MAX),
    ("the leads nearest each line", usize::MAX),
    ("the leads nearest each line, all keys of an edit but the first", usize::MAX),
    ("the leads nearest each line, all keys of an edit but the first, all edits but the 150 that change most", 150),
    ("the leads nearest each line, all keys of an edit but the first, all edits but the 30 that change most", 30),
    ("everything but the leads by stage", 0),
];

/// The report as Markdown.
#[must_use]
pub fn diff_markdown(report: &DiffReport) -> String {
    let fits = |text: &String| text.chars().count() <= MOST_CHARACTERS;
    let mut pages = (0..LEFT_OUT.len()).map(|level| page(report, level));
    pages.find(fits).unwrap_or_else(|| page(report, LEFT_OUT.len() - 1).chars().take(MOST_CHARACTERS).collect())
}

fn page(report: &DiffReport, level: usize) -> String {
    let mut text = head(report);
    text += &stages(report);
    if report.is_empty() {
        return text;
    }
    let (left_out, n_edits) = LEFT_OUT[level];
    if n_edits > 0 {
        text += &edits(report, n_edits, level >= 2);
        text += &matrix(report);
        text += &histogram(report);
        text += &fates(report);
    }
    if level == 0 && report.has_moves() {
        report.lines.iter().for_each(|line| text += &nearest(line));
    }
    if !left_out.is_empty() {
        let _ = writeln!(text, "_Left out, so that this fits into {MOST_CHARACTERS} characters: {left_out}._\n");
    }
    text + &footer(report)
}

fn head(report: &DiffReport) -> String {
    let name = report.rulebook.as_deref().unwrap_or("rulebook");
    let mut text = format!("## {}: {}\n\n", plain(name), report.class);
    for tripped in &report.tripped {
        let _ = writeln!(text, "- **exceeded: {}** ({})", plain(&tripped.limit), plain(&tripped.found.to_string()));
    }
    for reason in report.reasons.iter().take(20) {
        let _ = writeln!(text, "- {}", plain(&reason.to_string()));
    }
    let score = &report.score;
    let of = |sum: i128| mean(sum, report.n_leads);
    let _ = write!(
        text,
        "\n{} leads as of {}, `{}` → `{}`. Mean total {} → {}{}; {} totals, {} grades, {} priorities and {} stages change.",
        grouped(report.n_leads),
        report.as_of,
        report.old.replace('`', ""),
        report.new.replace('`', ""),
        of(score.before_hundredths),
        of(score.after_hundredths),
        relative(score.before_hundredths, score.after_hundredths),
        count(report.total.n_changed),
        count(report.n_grade_changed),
        count(report.n_priority_changed),
        count(report.total.n_moved),
    );
    if let Some(value) = &report.value {
        let currency = value.currency.as_ref().map_or_else(String::new, |currency| format!(" {}", plain(currency)));
        let change = relative(exact(value.before), exact(value.after));
        let _ =
            write!(text, " Open leads are worth {} → {}{currency}{change}.", amount(value.before), amount(value.after));
    }
    if report.has_two_readings {
        let _ = write!(text, " The rulebooks read the files differently, so each has read them:");
        let (old, new) = (grouped(report.n_only_old), grouped(report.n_only_new));
        let _ = write!(text, " {old} leads are there for the old one only, {new} for the new one only.");
    }
    text + "\n\n"
}

/// A table: a header that begins with `#` is of a column of numbers.
fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let names: Vec<String> = header.iter().map(|name| plain(name.trim_start_matches('#'))).collect();
    let rules: Vec<&str> = header.iter().map(|name| if name.starts_with('#') { "---:" } else { "---" }).collect();
    let mut text = format!("| {} |\n|{}|\n", names.join(" | "), rules.join("|"));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text + "\n"
}

fn stages(report: &DiffReport) -> String {
    let rows = report.stages.iter().map(|row| {
        let change = match (row.before.n(), row.after.n()) {
            (Some(before), Some(after)) => {
                format!("{}{}", signed(after - before), relative(before.into(), after.into()))
            }
            _ => String::new(),
        };
        vec![row.stage.clone(), count(row.before), count(row.after), change]
    });
    table(&["stage", "#before", "#after", "#change"], rows)
}

/// The edits, of more than there is room for those that change most, in their order.
fn edits(report: &DiffReport, n_edits: usize, is_short: bool) -> String {
    let weight = |row: &EditRow| {
        let effect = row.effect.as_ref();
        effect.map_or((0, 0), |effect| (effect.n_moved.n().unwrap_or(1), effect.n_changed.n().unwrap_or(1)))
    };
    let mut order: Vec<(usize, &EditRow)> = report.edits.iter().enumerate().collect();
    order.sort_by_key(|(at, row)| (std::cmp::Reverse(weight(row)), *at));
    order.truncate(n_edits);
    order.sort_by_key(|(at, _)| *at);
    let text = |row: &EditRow| {
        let mut row = row.clone();
        if is_short {
            row.details.truncate(1);
        }
        let mark = if row.is_cosmetic { " (cosmetic)" } else { "" };
        format!("{}{mark}", edit(&row))
    };
    let effect = |effect: &EffectRow| {
        let [n, sum, mean] = score_cells(effect);
        [n, sum, mean, count(effect.n_moved), net(report, effect)]
    };
    let none = || std::array::from_fn(|_| String::new());
    let row = |(_, row): (usize, &EditRow)| {
        let cells: [String; 5] = row.effect.as_ref().map_or_else(none, effect);
        [row.subject.to_string(), place(report, row), text(row)].into_iter().chain(cells).collect()
    };
    let sum = |name: &str, row: &EffectRow| {
        [name.to_owned(), String::new(), String::new()].into_iter().chain(effect(row)).collect::<Vec<String>>()
    };
    let last = [sum("together, beyond the sum", &report.interaction), sum("old → new", &report.total)];
    let header = ["edit", "where", "what", "#scores", "#points", "#each", "#moved", "stages"];
    let rows: Vec<Vec<String>> = order.into_iter().map(row).collect();
    let hidden = if report.edits.iter().filter_map(|row| row.effect.as_ref()).any(|row| row.net.is_none()) {
        " Effects on fewer than five leads are not shown, but are part of the sums."
    } else {
        ""
    };
    format!(
        "### Edits\n\nWhat each does alone, to the leads as they were; the rows and what the edits do together beyond their sum \
         add up to the last line.{hidden}\n\n{}",
        table(&header, rows.into_iter().chain(last))
    )
}

fn matrix(report: &DiffReport) -> String {
    if !report.has_moves() {
        return String::new();
    }
    let heads: Vec<String> = report.places.iter().map(|place| format!("#{place}")).collect();
    let header: Vec<&str> = std::iter::once("from \\ to").chain(heads.iter().map(String::as_str)).collect();
    let rows = report.places.iter().zip(&report.matrix).map(|(place, row)| {
        let cells = row.iter().map(|n| if n.n() == Some(0) { "·".to_owned() } else { count(*n) });
        std::iter::once(place.clone()).chain(cells).collect()
    });
    format!("### Stages\n\n{}", table(&header, rows))
}

fn histogram(report: &DiffReport) -> String {
    if report.histogram.is_empty() {
        return String::new();
    }
    let rows = report.histogram.iter().map(|bin| vec![range(bin.above, bin.to), count(bin.n)]);
    format!("### Change of the total\n\n{}", table(&["points", "#leads"], rows))
}

fn fates(report: &DiffReport) -> String {
    let rows: Vec<_> = report.crossings.iter().filter(|row| is_crossed(row)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let rows = rows.into_iter().flat_map(|row| {
        [("gained", &row.gained), ("lost", &row.lost)].map(|(word, fates)| {
            let counts = [fates.n, fates.n_customers, fates.n_lost, fates.n_open].map(count);
            [row.stage.clone(), word.to_owned()].into_iter().chain(counts).chain([share(fates)]).collect()
        })
    });
    let header = ["stage", "", "#leads", "#customers", "#lost", "#open", "customers, 95 %"];
    format!("### Gained and lost, by what became of them\n\n{}", table(&header, rows))
}

fn nearest(line: &LineRow) -> String {
    if line.above.is_empty() && line.below.is_empty() {
        return String::new();
    }
    let rows = line.above.iter().rev().chain(&line.below).map(|near| {
        vec![points(near.distance_hundredths.into()), near.lead.clone(), near.before.clone(), near.after.clone()]
    });
    let title = format!("Nearest to {}: {}", line.stage, line.asks);
    format!(
        "<details><summary>{}</summary>\n\n{}</details>\n\n",
        plain(&title),
        table(&["#distance", "lead", "before", "after"], rows)
    )
}

fn footer(report: &DiffReport) -> String {
    match (report.shows_ids, report.hides_small_groups) {
        (true, _) => String::new(),
        (false, true) => "_Ids are hashed; groups of fewer than five leads read <5._\n".replace('<', "&lt;"),
        (false, false) => "_Ids are hashed._\n".to_owned(),
    }
}
