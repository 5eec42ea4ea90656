//! How long it takes: curves of conversion over time, response times against promises, entries against targets.

use super::chart::{Curve, MOST_CURVES, curves};
use super::page::Page;
use super::table::{Cell, Table};
use super::words::{amount, count, days, interval, name, not_known, percent, rate, share_between, value, words};
use crate::funnel::report::{Figure, PathReport, Sla, SlaCounts, Target, Velocity};

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    page.definitions(&["velocity"]);
    for path in &page.report.paths {
        velocity(page, path);
    }
    if page.report.paths.is_empty() {
        page.paragraph("Without a path there is no way to go, and no time to measure.");
    }
    slas(page);
    targets(page);
}

fn velocity(page: &mut Page, path: &PathReport) {
    let has_last = path.velocity_to_last.len() > 1;
    let last = path.stages.last().map_or("", |stage| stage.stage.as_str());
    part(page, &format!("Time to the next stage, path {}", path.name), &path.velocity_to_next);
    if has_last {
        part(page, &format!("Time to {last}, path {}", path.name), &path.velocity_to_last);
    }
}

fn part(page: &mut Page, title: &str, all: &[Velocity]) {
    let found: Vec<Curve> = all.iter().filter(|one| is_drawn(one)).map(curve).collect();
    if !found.is_empty() {
        let mut reading = "The share converted by so many days after entry.".to_owned();
        if found.len() > MOST_CURVES {
            reading += " The first five steps are drawn, all stand in the table.";
        }
        page.chart(title, &reading, |about| curves(about, &found, "days since entry"));
    }
    let Some(first) = all.first() else { return };
    let after: Vec<String> =
        first.after.iter().map(|(n_days, _)| format!("#after {n_days} days (95 % interval)")).collect();
    let mut header = vec!["From → to", "#leads", "#converted", "#lost", "#open", "#left out"];
    header.extend(after.iter().map(String::as_str));
    header.extend(["#median", "#90 %", "#median of the converted"]);
    let mut table = Table::new(title, &header);
    for one in all {
        let counts = [one.n, one.n_converted, one.n_lost, one.n_censored, one.n_left_out].map(count);
        let mut cells = vec![name(&format!("{} → {}", one.from, one.to))];
        cells.extend(counts);
        cells.extend(one.after.iter().map(|(_, share)| share_between(share)));
        cells.extend([days(&one.median), days(&one.p90), days(&one.median_of_converted)]);
        table.row(cells);
    }
    page.table(&table);
    steps(page, title, all);
}

/// Whether there is a curve, of leads enough to speak of.
fn is_drawn(one: &Velocity) -> bool {
    !one.curve.is_empty() && one.after.iter().all(|(_, share)| !matches!(share, Figure::TooFew { .. }))
}

fn curve(one: &Velocity) -> Curve {
    let steps = one.curve.iter().map(|point| (point.days, point.share)).collect();
    Curve { name: format!("{} → {}", one.from, one.to), steps, end: last_day(one) }
}

/// The days at which the curves' heights are told.
const DAYS: [f64; 16] =
    [0.0, 1.0, 2.0, 3.0, 7.0, 14.0, 21.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 270.0, 365.0, 730.0];

fn steps(page: &mut Page, title: &str, all: &[Velocity]) {
    let drawn: Vec<&Velocity> = all.iter().filter(|one| is_drawn(one)).collect();
    let heads: Vec<String> = drawn.iter().map(|one| format!("#{} → {}", one.from, one.to)).collect();
    let header: Vec<&str> = std::iter::once("#Days").chain(heads.iter().map(String::as_str)).collect();
    let mut table = Table::new(&format!("{title}: the curves"), &header);
    for day in DAYS.into_iter().filter(|day| drawn.iter().any(|one| last_day(one) >= *day)) {
        let height = |one: &&Velocity| {
            let point = one.curve.iter().take_while(|point| point.days <= day).last();
            match point {
                Some(point) if day <= last_day(one) => Cell::Number(percent(point.share)),
                _ => not_known(),
            }
        };
        table.row(std::iter::once(Cell::Number(amount(day))).chain(drawn.iter().map(height)));
    }
    page.numbers(&table);
}

/// The last day on which the height is known: that of the last conversion, or a later one of those that the report tells.
fn last_day(one: &Velocity) -> f64 {
    let told = one.after.iter().filter(|(_, share)| value(share).is_some()).map(|(n_days, _)| f64::from(*n_days));
    told.fold(one.curve.last().map_or(0.0, |point| point.days), f64::max)
}

fn slas(page: &mut Page) {
    let slas = &page.report.slas;
    if slas.is_empty() {
        return;
    }
    page.heading("Response times");
    page.definitions(&["sla"]);
    let mut table = Table::new("Promised response times, all leads", &sla_header("Promise"));
    for sla in slas {
        table.row(sla_row(&promise(sla), &sla.all));
    }
    page.table(&table);
    for sla in slas {
        for (field, segments) in &sla.segments {
            let mut table = Table::new(&format!("{}, by {field}", promise(sla)), &sla_header(field));
            for (segment, counts) in segments {
                table.row(sla_row(segment, counts));
            }
            page.numbers(&table);
        }
    }
}

/// `MQL: contacted within 24 h`.
fn promise(sla: &Sla) -> String {
    let path = sla.path.as_ref().map_or_else(String::new, |path| format!(" (path {path})"));
    format!("{}: {} within {} h{path}", sla.stage, sla.until, amount(sla.within_hours))
}

fn sla_header(first: &str) -> [&str; 12] {
    [
        first,
        "#leads",
        "#met",
        "#missed",
        "#running",
        "#past due",
        "#lost",
        "#answered before",
        "#no date",
        "#kept",
        "#95 % interval",
        "#median",
    ]
}

fn sla_row(first: &str, counts: &SlaCounts) -> [Cell; 12] {
    [
        name(first),
        count(counts.n),
        count(counts.n_met),
        count(counts.n_missed),
        count(counts.n_running),
        count(counts.n_past_due),
        count(counts.n_lost),
        count(counts.n_before),
        count(counts.n_undated),
        rate(&counts.kept),
        interval(&counts.kept),
        days(&counts.median),
    ]
}

fn targets(page: &mut Page) {
    let targets = &page.report.targets;
    let Some(first) = targets.first() else { return };
    page.heading("Targets");
    page.definitions(&["targets"]);
    let this = format!("#{} so far", first.this_month.month);
    let last = format!("#{}", first.last_month.month);
    let header = ["Stage", "#target a month", &last, &this, "#missing", "#days left", "#needed a day", "#so far a day"];
    let mut table = Table::new("Entries this calendar month and last, against the target", &header);
    for target in targets {
        table.row(target_row(target));
    }
    page.table(&table);
}

fn target_row(target: &Target) -> [Cell; 8] {
    let pace = |hundredths: Option<u64>| {
        hundredths.map_or_else(not_known, |n| Cell::Number(format!("{}.{:02}", n / 100, n % 100)))
    };
    [
        name(&target.stage),
        count(target.target),
        count(target.last_month.n),
        count(target.this_month.n),
        if target.n_missing == 0 { words("reached") } else { count(target.n_missing) },
        count(u64::from(target.days_left)),
        pace(target.needed_a_day_hundredths),
        pace(target.so_far_a_day_hundredths),
    ]
}
