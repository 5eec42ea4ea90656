//! How long it takes: curves of conversion over time, response times against promises, entries against targets.

use super::{define, meaning};
use crate::funnel::report::{Days, Figure, PathReport, Report, Sla, SlaCounts, SlaHours, Target, Velocity};
use crate::present::{
    Absence, Block, Cell, Chart, Column, Curve, MOST_CURVES, Picture, Section, Setting, Table, Text, Unit, words,
};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("speed", "Speed");
    define(&mut section, &[meaning::VELOCITY]);
    for path in &report.paths {
        velocity(&mut section, path);
    }
    if report.paths.is_empty() {
        section.say("Without a path there is no time to measure.");
    }
    slas(&mut section, &report.slas);
    targets(&mut section, &report.targets);
    section
}

/// The drawings first, so that on paper they stand side by side; then one table of all steps, none of them twice.
fn velocity(section: &mut Section, path: &PathReport) {
    let last = path.stages.last().map_or("", |stage| stage.stage.as_str());
    let of_path = |title: Text| title.words(", path ").name(&path.name);
    let next: Vec<&Velocity> = path.velocity_to_next.iter().collect();
    let to_last: Vec<&Velocity> = path.velocity_to_last.iter().collect();
    draw(section, &of_path("Time to the next stage".into()), &drawn(&next));
    // Of a path of two stages the next is the last.
    if to_last.len() > 1 {
        draw(section, &of_path(Text::from("Time to ").name(last)), &drawn(&to_last));
    }
    let further = to_last.into_iter().filter(|one| !path.velocity_to_next.contains(one));
    let steps: Vec<&Velocity> = next.into_iter().chain(further).collect();
    let title = of_path("Time from stage to stage".into());
    let has_returns = path.to_next.iter().any(|step| step.n_returned.is_some());
    numbers(section, &title, &steps, if has_returns { "Lost or given back" } else { "Lost" });
    heights(section, &title, &drawn(&steps));
}

fn draw(section: &mut Section, title: &Text, drawn: &[&Velocity]) {
    if drawn.is_empty() {
        return;
    }
    let mut reading = "The share of leads that converted, by days after entry.".to_owned();
    if drawn.len() > MOST_CURVES {
        reading += " The first five steps are drawn; the table has all.";
    }
    let picture = Picture::Curves(drawn.iter().map(|one| curve(one)).collect(), "days since entry");
    section.add(Block::Chart(Chart { title: title.clone(), reading, picture }));
}

fn numbers(section: &mut Section, title: &Text, all: &[&Velocity], lost: &str) {
    let Some(first) = all.first() else { return };
    let after = first.after.iter().map(|(n_days, _)| Column::number(format!("After {n_days} d (95 %)")));
    let columns = std::iter::once(Column::text("Step"))
        .chain(["Leads", "Converted", lost, "Open", "Left out"].map(Column::number))
        .chain(after)
        .chain(["Median", "90 % after", "Median of converted"].map(Column::number));
    let mut table = Table::new(title.clone(), columns);
    for one in all {
        let counts = [one.n, one.n_converted, one.n_lost, one.n_censored, one.n_left_out].map(Cell::Count);
        let after = one.after.iter().map(|(_, share)| Cell::FigureWithRange(*share, Unit::Share));
        let spans = [one.median, one.p90, one.median_of_converted].map(Cell::Days);
        table.row(std::iter::once(Cell::step(&one.from, &one.to)).chain(counts).chain(after).chain(spans));
    }
    section.table(table);
}

/// Those with a curve, of leads enough to speak of.
fn drawn<'v>(all: &[&'v Velocity]) -> Vec<&'v Velocity> {
    all.iter().copied().filter(|one| is_drawn(one)).collect()
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

fn heights(section: &mut Section, title: &Text, drawn: &[&Velocity]) {
    let steps = drawn.iter().map(|one| Column::number(Text::new().name(format!("{} → {}", one.from, one.to))));
    let columns = std::iter::once(Column::number("Days")).chain(steps);
    let mut table = Table::new(title.clone().words(": the curves"), columns).set(Setting::Folded);
    for day in DAYS.into_iter().filter(|day| drawn.iter().any(|one| last_day(one) >= *day)) {
        let height = |one: &&Velocity| {
            let point = one.curve.iter().take_while(|point| point.days <= day).last();
            match point {
                Some(point) if day <= last_day(one) => Cell::Figure(Figure::Known { value: point.share }, Unit::Share),
                _ => Cell::Absent(Absence::NotKnown),
            }
        };
        table.row(std::iter::once(Cell::Number(words::amount(day))).chain(drawn.iter().map(height)));
    }
    section.table(table);
}

/// The last day on which the height is known: that of the last conversion, or a later one of those that the report tells.
fn last_day(one: &Velocity) -> f64 {
    let told = one.after.iter().filter(|(_, share)| share.value().is_some()).map(|(n_days, _)| f64::from(*n_days));
    told.fold(one.curve.last().map_or(0.0, |point| point.days), f64::max)
}

fn slas(section: &mut Section, slas: &[Sla]) {
    if slas.is_empty() {
        return;
    }
    section.heading("Response times");
    define(section, &[meaning::SLA]);
    if slas.iter().any(|sla| sla.hours == SlaHours::Business) {
        define(section, &[meaning::BUSINESS_HOURS]);
    }
    let heads = [
        "Leads",
        "Kept",
        "Broken",
        "Past due now",
        "Kept, not yet due",
        "Running",
        "Lost",
        "Answered before",
        "No date",
        "Rate kept",
        "95 % interval",
        "Median",
    ];
    let mut table = Table::of_numbers("Promised response times, all leads", "Promise", &heads);
    table.rows.extend(slas.iter().map(|sla| sla_row(Cell::Said(promise(sla)), &sla.all, sla.hours).collect()));
    section.table(table);
    for sla in slas {
        for (field, segments) in &sla.segments {
            let caption = promise(sla).words(", by ").name(field);
            let columns = std::iter::once(Column::text(Text::new().name(field))).chain(heads.map(Column::number));
            let mut table = Table::new(caption, columns).set(Setting::Folded);
            let rows =
                segments.iter().map(|(segment, counts)| sla_row(Cell::name(segment), counts, sla.hours).collect());
            table.rows.extend(rows);
            section.table(table);
        }
    }
}

/// `MQL: contacted within 24 h`, `MQL: contacted within 4 business hours`.
fn promise(sla: &Sla) -> Text {
    let text = Text::new().name(&sla.stage).words(": ").name(&sla.until);
    let text = text.words(match sla.hours {
        SlaHours::All => format!(" within {} h", words::amount(sla.within_hours)),
        SlaHours::Business => format!(" within {}", words::business_hours(sla.within_hours)),
    });
    match &sla.path {
        Some(path) => text.words(" (path ").name(path).words(")"),
        None => text,
    }
}

fn sla_row(first: Cell, counts: &SlaCounts, hours: SlaHours) -> impl Iterator<Item = Cell> {
    let SlaCounts {
        n, n_met, n_broken, n_missed: _, n_past_due, n_early, n_running, n_lost, n_before, n_undated, ..
    } = *counts;
    let SlaCounts { kept, median, .. } = *counts;
    let counts = [n, n_met, n_broken, n_past_due, n_early, n_running, n_lost, n_before, n_undated].map(Cell::Count);
    let median = match (hours, median) {
        // Days of 24 business hours are no days that anybody knows.
        (SlaHours::Business, Days::After { days }) => Cell::Number(words::hours_of_days(days)),
        _ => Cell::Days(median),
    };
    let rest = [Cell::Rate(kept, 1), Cell::Interval(kept), median];
    std::iter::once(first).chain(counts).chain(rest)
}

fn targets(section: &mut Section, targets: &[Target]) {
    let Some(first) = targets.first() else { return };
    section.heading("Targets");
    define(section, &[meaning::TARGETS]);
    let this = format!("{} so far", first.this_month.month);
    let heads =
        ["Target a month", &first.last_month.month, &this, "Missing", "Days left", "Needed a day", "So far a day"];
    let mut table = Table::of_numbers("Entries this calendar month and last, against the target", "Stage", &heads);
    let pace = |hundredths: Option<u64>| {
        let shown = |n| Cell::Number(format!("{}.{:02}", n / 100, n % 100));
        hundredths.map_or(Cell::Absent(Absence::NotKnown), shown)
    };
    for target in targets {
        table.row([
            Cell::name(&target.stage),
            Cell::Count(target.target),
            Cell::Count(target.last_month.n),
            Cell::Count(target.this_month.n),
            if target.n_missing == 0 { Cell::said("reached") } else { Cell::Count(target.n_missing) },
            Cell::Count(u64::from(target.days_left)),
            pace(target.needed_a_day_hundredths),
            pace(target.so_far_a_day_hundredths),
        ]);
    }
    section.table(table);
}
