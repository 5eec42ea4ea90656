//! A change for a terminal: how far it reaches, what it comes to, each edit with its own effect, who is gained and lost.

use super::diff_words::{card_points, count, edit, mean, net, place, points, relative, score_cells, share, signed};
use super::number::grouped;
use super::report_words::amount;
use super::table::Table;
use crate::diff::report::{CrossingRow, DiffReport, EditRow, EffectRow, LineRow, NearRow, ValueChange};
use std::fmt::Write as _;

/// The report as text.
#[must_use]
pub fn diff_text(report: &DiffReport) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{} → {}: {}", report.old, report.new, report.class);
    for reason in &report.reasons {
        let _ = writeln!(text, "  {reason}");
    }
    if report.is_empty() {
        let _ = writeln!(text, "\nno edit: both rulebooks say the same ({} leads)", grouped(report.n_leads));
        return text;
    }
    let _ = writeln!(text, "\n{}", stages(report));
    text += &scores(report);
    if let Some(value) = &report.value {
        text += &worth(value);
    }
    text += &readings(report);
    if report.has_moves() {
        let _ = write!(text, "\nstages, from (down) to (across)\n{}", matrix(report));
    }
    if !report.histogram.is_empty() {
        let _ = write!(text, "\nchange of the total\n{}", histogram(report));
    }
    let _ = write!(text, "\nedits\n{}", edits(report));
    let _ = write!(text, "\nwhat each edit does alone, to the leads as they were\n{}", effects(report));
    let crossings: Vec<&CrossingRow> = report.crossings.iter().filter(|row| is_crossed(row)).collect();
    if !crossings.is_empty() {
        let _ = write!(text, "\ngained and lost, by what became of them\n{}", fates(&crossings));
    }
    if report.has_moves() {
        text += &lines(&report.lines);
    }
    text
}

/// Whether anybody gained or lost a stage.
pub(super) fn is_crossed(row: &CrossingRow) -> bool {
    [row.gained.n, row.lost.n].iter().any(|n| n.n() != Some(0))
}

fn stages(report: &DiffReport) -> Table {
    let mut table = Table::new(&["stage", "#before", "#after", "#change"]);
    for row in &report.stages {
        let change = match (row.before.n(), row.after.n()) {
            (Some(before), Some(after)) => {
                format!("{}{}", signed(after - before), relative(before.into(), after.into()))
            }
            _ => String::new(),
        };
        table.row([row.stage.clone(), count(row.before), count(row.after), change]);
    }
    table
}

fn scores(report: &DiffReport) -> String {
    let score = &report.score;
    let of = |sum: i128| mean(sum, report.n_leads);
    let mut text = format!(
        "{} leads as of {}; mean total {} → {}{}\n",
        grouped(report.n_leads),
        report.as_of,
        of(score.before_hundredths),
        of(score.after_hundredths),
        relative(score.before_hundredths, score.after_hundredths),
    );
    let _ = write!(text, "{} totals change", count(report.total.n_changed));
    if let Some((least, most)) = report.total.range_hundredths.filter(|range| *range != (0, 0)) {
        let _ = write!(text, ", by {} to {}", card_points(least), card_points(most));
    }
    let grades = count(report.n_grade_changed);
    let priorities = count(report.n_priority_changed);
    let _ = writeln!(text, "; {grades} grades, {priorities} priorities, {} stages", count(report.total.n_moved));
    text
}

fn worth(value: &ValueChange) -> String {
    let currency = value.currency.as_ref().map_or_else(String::new, |currency| format!(" {currency}"));
    let cents = |amount: f64| crate::points::div_round(exact(amount), 1);
    let change = relative(cents(value.before), cents(value.after));
    format!("open leads are worth {} → {}{currency}{change}\n", amount(value.before), amount(value.after))
}

/// An amount in hundredths of its unit.
#[expect(clippy::cast_possible_truncation, reason = "amounts of money lie far below the limits of an integer")]
pub(super) fn exact(amount: f64) -> i128 {
    libm::round(amount * 100.0) as i128
}

fn readings(report: &DiffReport) -> String {
    if !report.has_two_readings {
        return String::new();
    }
    let mut text = "the rulebooks read the files differently, so each has read them\n".to_owned();
    for (n, which) in [(report.n_only_old, "old"), (report.n_only_new, "new")] {
        if n > 0 {
            let _ = writeln!(text, "{} leads are there for the {which} rulebook only", grouped(n));
        }
    }
    text
}

fn matrix(report: &DiffReport) -> Table {
    let heads: Vec<String> = report.places.iter().map(|place| format!("#{place}")).collect();
    let header: Vec<&str> = std::iter::once("").chain(heads.iter().map(String::as_str)).collect();
    let mut table = Table::new(&header);
    for (place, row) in report.places.iter().zip(&report.matrix) {
        let cells = row.iter().map(|n| if n.n() == Some(0) { "·".to_owned() } else { count(*n) });
        table.row(std::iter::once(place.clone()).chain(cells));
    }
    table
}

fn histogram(report: &DiffReport) -> Table {
    let mut table = Table::new(&["points", "#leads", ""]);
    let largest = report.histogram.iter().filter_map(|bin| bin.n.n()).max().unwrap_or(0).max(1);
    for bin in &report.histogram {
        let n = bin.n.n().unwrap_or(0);
        let bar = "█".repeat(usize::try_from((n * 40 + largest - 1) / largest).unwrap_or(0));
        table.row([range(bin.above, bin.to), count(bin.n), bar]);
    }
    table
}

/// A bin in words: `+5 to +10`.
pub(super) fn range(above: i64, to: i64) -> String {
    format!("{} to {}", signed(above), signed(to))
}

fn edits(report: &DiffReport) -> String {
    let mut text = String::new();
    for (index, row) in report.edits.iter().enumerate() {
        let place = place(report, row);
        let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
        let mark = if row.is_cosmetic { " [cosmetic]" } else { "" };
        let _ = writeln!(text, "  {:>2}. {}{place}{mark}\n      {}", index + 1, row.subject, edit(row));
    }
    text
}

fn effects(report: &DiffReport) -> Table {
    let mut table = Table::new(&["#", "edit", "#scores", "#points", "#each", "#moved", "stages"]);
    let mut add = |number: String, subject: &str, effect: &EffectRow| {
        let [n, sum, mean] = score_cells(effect);
        table.row([number, subject.to_owned(), n, sum, mean, count(effect.n_moved), net(report, effect)]);
    };
    let felt = |row: &EditRow| row.effect.clone();
    for (index, row) in report.edits.iter().enumerate() {
        if let Some(effect) = felt(row) {
            add(format!("{}.", index + 1), &row.subject.to_string(), &effect);
        }
    }
    add(String::new(), "together, beyond the sum", &report.interaction);
    add(String::new(), "old → new", &report.total);
    table
}

fn fates(rows: &[&CrossingRow]) -> Table {
    let mut table = Table::new(&["stage", "", "#leads", "#customers", "#lost", "#open", "customers, 95 %"]);
    for row in rows {
        for (word, fates) in [("gained", &row.gained), ("lost", &row.lost)] {
            let counts = [fates.n, fates.n_customers, fates.n_lost, fates.n_open].map(count);
            table.row([row.stage.clone(), word.to_owned()].into_iter().chain(counts).chain([share(fates)]));
        }
    }
    table
}

fn lines(rows: &[LineRow]) -> String {
    let mut text = String::new();
    for row in rows.iter().filter(|row| !(row.above.is_empty() && row.below.is_empty())) {
        let _ = writeln!(text, "\nnearest to {}: {}", row.stage, row.asks);
        let mut table = Table::new(&["#distance", "lead", "before", "after"]);
        let mut add = |near: &NearRow| {
            let distance = points(near.distance_hundredths.into());
            table.row([distance, near.lead.clone(), near.before.clone(), near.after.clone()]);
        };
        row.above.iter().rev().for_each(&mut add);
        row.below.iter().for_each(&mut add);
        let _ = write!(text, "{table}");
    }
    text
}
