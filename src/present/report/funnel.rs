//! The funnel: how far leads come along each path, from stage to stage, by segment, and the paths side by side.

use super::given_back::counted;
use super::{define, ends, meaning, segments};
use crate::funnel::report::{Conversion, PathReport, Rate, Report, StageReach};
use crate::present::language::elapsed;
use crate::present::{Absence, Bar, Block, Cell, Chart, Column, Picture, Section, Table, Text, Unit, words};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("funnel", "Funnel");
    if report.paths.is_empty() {
        section
            .say(Text::from("The rulebook's ").code("funnel").words(" names no path, so there is no funnel to show."));
    }
    if let Some(counts) = report.passes.as_ref().filter(|_| !report.paths.is_empty()) {
        section.say(counted(counts));
        define(&mut section, &[meaning::PASSES]);
    }
    define(&mut section, &[meaning::REACHED, meaning::CONVERSION, meaning::RATE, meaning::FEW]);
    if report.n_left_out.is_some() {
        define(&mut section, &[meaning::LEFT_OUT]);
    }
    for path in &report.paths {
        if report.paths.len() > 1 {
            section.heading(Text::from("Path ").name(&path.name));
        }
        reached(&mut section, path);
        conversions(&mut section, path);
        windows(&mut section, path);
    }
    ends::add(&mut section, report);
    side_by_side(&mut section, report);
    if report.paths.iter().any(|path| !path.segments.is_empty()) {
        section.heading("By segment");
        define(&mut section, &[meaning::SEGMENTS]);
    }
    for path in &report.paths {
        segments::add(&mut section, report, path);
    }
    section
}

/// One of the counts of a stage.
type StageCount = fn(&StageReach) -> u64;

fn reached(section: &mut Section, path: &PathReport) {
    let first = path.stages.first().map_or(0, |stage| stage.n_reached);
    let rate = |at: usize| at.checked_sub(1).and_then(|before| path.to_next.get(before)).map(|step| step.rate);
    let bars = path.stages.iter().enumerate().map(|(at, stage)| {
        let n = words::grouped(stage.n_reached);
        Bar {
            name: stage.stage.clone(),
            value: rate(at).map_or_else(|| n.clone(), |rate| format!("{n} · {}", words::rate(rate, 2))),
            share: if first == 0 { 0.0 } else { words::size(stage.n_reached) / words::size(first) },
            solid: 1.0,
        }
    });
    let names: Vec<&str> = path.stages.iter().map(|stage| stage.stage.as_str()).collect();
    section.add(Block::Chart(Chart {
        title: Text::from("Leads that reached each stage: ").name(names.join(" → ")),
        reading: reading(path).to_owned(),
        picture: Picture::Bars(bars.collect()),
    }));
    let counts: [(&str, StageCount); 6] = [
        ("Reached", |stage| stage.n_reached),
        ("With a date", |stage| stage.n_dated),
        ("Implied", |stage| stage.n_implied),
        ("Without a date", |stage| stage.n_undated),
        ("Unknown", |stage| stage.n_unknown),
        ("Open here", |stage| stage.n_open_here),
    ];
    // What few paths have gets a column only where one of their stages has it.
    let has_some = |(_, of): &&(&str, StageCount)| path.stages.iter().any(|stage| of(stage) > 0);
    let is_rare = |head: &str| ["Implied", "Without a date", "Unknown"].contains(&head);
    let counts: Vec<_> = counts.iter().filter(|count| !is_rare(count.0) || has_some(count)).collect();
    let heads: Vec<&str> = counts.iter().map(|(head, _)| *head).collect();
    let caption = Text::from("Leads by stage reached, path ").name(&path.name);
    let mut table = Table::of_numbers(caption, "Stage", &heads);
    for stage in &path.stages {
        let counts = counts.iter().map(|(_, of)| Cell::Count(of(stage)));
        table.row(std::iter::once(Cell::name(&stage.stage)).chain(counts));
    }
    section.table(table);
}

fn reading(path: &PathReport) -> &'static str {
    if path.to_next.iter().any(|step| step.window.is_some()) {
        return "A bar is as long as its share of the first stage. The percentage is of the stage before, for a step with a window in time.";
    }
    "A bar is as long as its share of the first stage. The percentage is of the stage before."
}

/// The steps for which leads have a time, if there are any.
fn windows(section: &mut Section, path: &PathReport) {
    let steps: Vec<_> = path.to_next.iter().filter_map(|step| step.window.map(|window| (step, window))).collect();
    if steps.is_empty() {
        return;
    }
    define(section, &[meaning::WITHIN]);
    let heads = ["Within", "Due", "In time", "Rate", "Late", "Not yet due", "No date"];
    let title = Text::from("Steps with a window, path ").name(&path.name);
    let mut table = Table::of_numbers(title, "Step", &heads);
    for (step, window) in steps {
        table.row([
            Cell::step(&step.from, &step.to),
            Cell::Number(elapsed(window.within_ms)),
            Cell::Count(step.n),
            Cell::Count(step.n_converted),
            Cell::Rate(step.rate, 2),
            Cell::Count(window.n_late),
            Cell::Count(window.n_not_due),
            Cell::Count(window.n_undated),
        ]);
    }
    section.table(table);
}

fn conversions(section: &mut Section, path: &PathReport) {
    let has_returns = path.to_next.iter().any(|step| step.n_returned.is_some());
    let heads = ["Leads", "Converted", "Rate", "95 % interval", "Open", "Lost", "Given back", "Of the resolved"];
    let heads: Vec<&str> = heads.into_iter().filter(|head| has_returns || *head != "Given back").collect();
    let mut add = |title: Text, steps: &[Conversion]| {
        let mut table = Table::of_numbers(title.words(", path ").name(&path.name), "Step", &heads);
        table.rows.extend(steps.iter().map(|step| row(step).collect()));
        section.table(table);
    };
    add("Conversion to the next stage".into(), &path.to_next);
    // From the stage before the last, the next is the last: a path of two stages has said it all.
    if path.to_last.len() > 1 {
        let last = path.stages.last().map_or("", |stage| stage.stage.as_str());
        add(Text::from("Conversion to ").name(last), &path.to_last);
    }
}

fn row(step: &Conversion) -> impl Iterator<Item = Cell> {
    let counts = [
        Cell::step(&step.from, &step.to),
        Cell::Count(step.n),
        Cell::Count(step.n_converted),
        Cell::Rate(step.rate, 2),
        Cell::Interval(step.rate),
        Cell::Count(step.n_open),
        Cell::count_or(step.n_lost),
    ];
    let returned = step.n_returned.map(Cell::Count);
    counts.into_iter().chain(returned).chain([Cell::Rate(step.resolved, 2)])
}

fn side_by_side(section: &mut Section, report: &Report) {
    let Some(first) = report.side_by_side.first() else { return };
    section.named_heading("side-by-side", "Paths side by side");
    define(section, &[meaning::PATHS]);
    let after = first.after.iter().map(|(n_days, _)| Column::number(format!("After {n_days} days")));
    let columns = [Column::text("Path"), Column::text("Step")]
        .into_iter()
        .chain(["Leads", "Converted", "Rate", "95 % interval"].map(Column::number))
        .chain(after)
        .chain(["Median", "Median of the converted"].map(Column::number));
    let mut table = Table::new("The paths side by side", columns);
    for path in &report.side_by_side {
        let counts = match path.rate {
            Rate::Measured { n, converted, .. } | Rate::TooFew { n, converted } => [n, converted].map(Cell::Count),
            Rate::None => [Absence::None, Absence::None].map(Cell::Absent),
        };
        let head = [Cell::name(&path.path), Cell::step(&path.from, &path.to)].into_iter().chain(counts);
        let rates = [Cell::Rate(path.rate, 2), Cell::Interval(path.rate)];
        let after = path.after.iter().map(|(_, share)| Cell::Figure(*share, Unit::Share));
        table.row(head.chain(rates).chain(after).chain([path.median, path.median_of_converted].map(Cell::Days)));
    }
    section.table(table);
}
