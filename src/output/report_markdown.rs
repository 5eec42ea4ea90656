//! `report.md`: the whole report for a pull request or a chat, as GitHub-flavored Markdown. A table a figure, with its
//! definition beneath the heading.

mod outcomes;
mod quality;
mod tables;
mod value;

use super::number::grouped;
use super::report_words::{NOT_KNOWN, days, figure, figure_between, fixed, interval, percent, rate};
use crate::funnel::report::{Conversion, Days, PathReport, Report, Sla, SlaCounts, Target, Velocity};
use std::fmt::Write as _;
pub(super) use tables::plain;
use tables::{Markdown, count_or};

/// How many cohort months are shown here; `report.json` has more.
const MOST_MONTHS: usize = 12;

/// The report as Markdown.
#[must_use]
pub fn report_markdown(report: &Report) -> String {
    let mut page = Markdown::new(report);
    head(&mut page, report);
    for path in &report.paths {
        funnel(&mut page, path);
    }
    side_by_side(&mut page, report);
    dates(&mut page, report);
    slas(&mut page, &report.slas);
    targets(&mut page, &report.targets);
    value::value(&mut page, report);
    outcomes::scores(&mut page, report);
    outcomes::criteria(&mut page, report);
    outcomes::crm(&mut page, report);
    quality::quality(&mut page, report);
    page.text
}

fn head(page: &mut Markdown<'_>, report: &Report) {
    let name = report.rulebook.as_deref().unwrap_or("Rulebook");
    let _ = writeln!(page.text, "# {}: funnel and value\n", plain(name));
    let customers = count_or(report.n_customers);
    let _ = writeln!(
        page.text,
        "As of {} ({}): {} leads, {customers} customers.\n",
        report.as_of,
        plain(&report.timezone),
        grouped(report.n_leads)
    );
    for caution in &report.cautions {
        let _ = writeln!(page.text, "> {}\n", plain(caution));
    }
    page.define("reached");
    page.define("rate");
    page.define("few");
}

fn funnel(page: &mut Markdown<'_>, path: &PathReport) {
    page.heading(2, &format!("Path {}", path.name));
    page.table(&["Stage", "#Reached", "#With date", "#Implied", "#Date unknown", "#Not known", "#Open here"]);
    for stage in &path.stages {
        let counts =
            [stage.n_reached, stage.n_dated, stage.n_implied, stage.n_undated, stage.n_unknown, stage.n_open_here];
        page.row(std::iter::once(stage.stage.clone()).chain(counts.map(grouped)));
    }
    page.heading(3, "Conversion");
    page.define("conversion");
    page.table(&["Step", "#Leads", "#Converted", "#Rate", "#95 %", "#Open", "#Lost", "#Of resolved"]);
    path.to_next.iter().for_each(|step| conversion(page, step));
    let jumps = path.to_last.len().saturating_sub(1);
    path.to_last[..jumps].iter().for_each(|step| conversion(page, step));
    segments(page, path);
    cohorts(page, path);
    velocity(page, path);
}

fn conversion(page: &mut Markdown<'_>, step: &Conversion) {
    page.row([
        format!("{} → {}", step.from, step.to),
        grouped(step.n),
        grouped(step.n_converted),
        rate(step.rate, 2),
        interval(step.rate),
        grouped(step.n_open),
        count_or(step.n_lost),
        rate(step.resolved, 2),
    ]);
}

fn segments(page: &mut Markdown<'_>, path: &PathReport) {
    for (place, table) in path.segments.iter().enumerate() {
        page.heading(3, &format!("By {}", table.field));
        if place == 0 {
            page.define("segments");
        }
        let mut header = vec!["Segment".to_owned(), "#Leads".to_owned()];
        header.extend(path.to_next.iter().map(|step| format!("#{} → {}", step.from, step.to)));
        let whole = path.to_next.len() > 1;
        if whole {
            header.extend(path.to_last.first().map(|step| format!("#{} → {}", step.from, step.to)));
        }
        page.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
        for segment in &table.segments {
            let steps = segment.to_next.iter().chain(whole.then_some(&segment.to_last));
            let cells = steps.map(|step| rate(step.rate, 1));
            page.row([segment.name.clone(), grouped(segment.n_leads)].into_iter().chain(cells));
        }
        if table.n_in_other > 0 {
            page.line(&format!("(other) are {} values.", grouped(table.n_in_other)));
        }
    }
}

fn cohorts(page: &mut Markdown<'_>, path: &PathReport) {
    for (place, cohorts) in path.cohorts.iter().enumerate().filter(|(_, cohorts)| !cohorts.months.is_empty()) {
        page.heading(3, &format!("Cohorts by entry into {}", cohorts.from));
        if place == 0 {
            page.define("cohorts");
        }
        let columns = cohorts.to.iter().flat_map(|to| [format!("#→ {to}"), "#Had time".to_owned()]);
        let header: Vec<String> = ["Month".to_owned(), "#Leads".to_owned()].into_iter().chain(columns).collect();
        page.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
        let skipped = cohorts.months.len().saturating_sub(MOST_MONTHS);
        for month in &cohorts.months[skipped..] {
            let cells = month.cells.iter().flat_map(|cell| [rate(cell.rate, 1), figure(cell.had_time, percent)]);
            page.row([month.month.clone(), grouped(month.n)].into_iter().chain(cells));
        }
        if skipped > 0 {
            page.line(&format!("{skipped} earlier months are in report.json."));
        }
    }
}

fn velocity(page: &mut Markdown<'_>, path: &PathReport) {
    page.heading(3, "Time to convert");
    page.define("velocity");
    page.table(&[
        "Step",
        "#Leads",
        "#Converted",
        "#Lost",
        "#Open",
        "#Left out",
        "#30 days",
        "#60 days",
        "#90 days",
        "#Median",
        "#90 % after",
        "#Median of converted",
    ]);
    let jumps = path.velocity_to_last.len().saturating_sub(1);
    for step in path.velocity_to_next.iter().chain(&path.velocity_to_last[..jumps]) {
        page.row(times(step));
    }
}

fn times(step: &Velocity) -> Vec<String> {
    let counts = [step.n, step.n_converted, step.n_lost, step.n_censored, step.n_left_out].map(grouped);
    let after = step.after.iter().map(|(_, share)| figure(*share, percent));
    let spans = [step.median, step.p90, step.median_of_converted].map(days);
    std::iter::once(format!("{} → {}", step.from, step.to)).chain(counts).chain(after).chain(spans).collect()
}

fn side_by_side(page: &mut Markdown<'_>, report: &Report) {
    if report.side_by_side.is_empty() {
        return;
    }
    page.heading(2, "Paths side by side");
    page.define("paths");
    page.table(&[
        "Path",
        "From",
        "#Leads",
        "#To last",
        "#95 %",
        "#30 days",
        "#60 days",
        "#90 days",
        "#Median",
        "#Median of converted",
    ]);
    for path in &report.side_by_side {
        let n = match path.rate {
            crate::funnel::report::Rate::Measured { n, .. } | crate::funnel::report::Rate::TooFew { n, .. } => {
                grouped(n)
            }
            crate::funnel::report::Rate::None => "0".to_owned(),
        };
        let head = [path.path.clone(), path.from.clone(), n, rate(path.rate, 2), interval(path.rate)];
        let after = path.after.iter().map(|(_, share)| figure(*share, percent));
        let spans: [Days; 2] = [path.median, path.median_of_converted];
        page.row(head.into_iter().chain(after).chain(spans.map(days)));
    }
}

fn dates(page: &mut Markdown<'_>, report: &Report) {
    let errors = &report.date_errors;
    if errors.n_leads == 0 {
        return;
    }
    page.heading(2, "Dates out of order");
    page.define("dates");
    page.table(&["Lead", "Stage", "Entered", "Later stage", "Entered before it"]);
    for error in &errors.examples {
        page.row([&error.lead, &error.stage, &error.at, &error.later_stage, &error.later_at].map(Clone::clone));
    }
    page.line(&format!("{} in all.", grouped(errors.n_leads)));
}

fn slas(page: &mut Markdown<'_>, slas: &[Sla]) {
    if slas.is_empty() {
        return;
    }
    page.heading(2, "Response times");
    page.define("sla");
    for sla in slas {
        let of_path = sla.path.as_ref().map_or_else(String::new, |path| format!(" (path {path})"));
        page.heading(3, &format!("{} to {} within {} h{of_path}", sla.stage, sla.until, fixed(sla.within_hours, 0)));
        page.table(&[
            "Leads",
            "#In all",
            "#Met",
            "#Missed",
            "#Running",
            "#Past due",
            "#Lost",
            "#Kept",
            "#Median",
            "#Before",
            "#No date",
        ]);
        page.row(kept("all", &sla.all));
        for (field, segments) in &sla.segments {
            for (name, counts) in segments {
                page.row(kept(&format!("{field}: {name}"), counts));
            }
        }
    }
}

fn kept(name: &str, counts: &SlaCounts) -> Vec<String> {
    let first = [counts.n, counts.n_met, counts.n_missed, counts.n_running, counts.n_past_due, counts.n_lost];
    let last = [counts.n_before, counts.n_undated];
    let middle = [rate(counts.kept, 1), days(counts.median)];
    std::iter::once(name.to_owned()).chain(first.map(grouped)).chain(middle).chain(last.map(grouped)).collect()
}

fn targets(page: &mut Markdown<'_>, targets: &[Target]) {
    if targets.is_empty() {
        return;
    }
    page.heading(2, "Targets");
    page.define("targets");
    page.table(&[
        "Stage",
        "#Target",
        "#Last month",
        "#This month",
        "#Missing",
        "#Days left",
        "#Needed a day",
        "#So far a day",
    ]);
    let pace = |hundredths: Option<u64>| {
        hundredths.map_or_else(|| NOT_KNOWN.to_owned(), |n| format!("{}.{:02}", n / 100, n % 100))
    };
    for target in targets {
        page.row([
            target.stage.clone(),
            grouped(target.target),
            format!("{} ({})", grouped(target.last_month.n), target.last_month.month),
            format!("{} ({})", grouped(target.this_month.n), target.this_month.month),
            grouped(target.n_missing),
            target.days_left.to_string(),
            pace(target.needed_a_day_hundredths),
            pace(target.so_far_a_day_hundredths),
        ]);
    }
}

/// A lift with its interval.
fn lift(shown: crate::funnel::report::Figure) -> String {
    figure_between(shown, |value| fixed(value, 2))
}
