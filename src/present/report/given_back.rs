//! Passes that sales gave back: from which stage, why, whose, after how long; and later passes beside first ones.

use super::ends::{by_stage, in_other};
use super::{define, meaning};
use crate::funnel::report::{Conversion, CountedPasses, GivenBackPath, PassCounts, Reasons, Report};
use crate::present::{Cell, Column, Section, Table, Text, words};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("given-back", "Given back");
    let (Some(given_back), Some(counts)) = (&report.given_back, &report.passes) else { return section };
    let n = words::grouped(given_back.n_returned);
    let passes = if given_back.n_returned == 1 { "pass" } else { "passes" };
    section.say(format!("Sales gave back {n} {passes}. {}", counted(counts)));
    define(&mut section, &[meaning::GIVEN_BACK]);
    for path in &given_back.paths {
        stages(&mut section, path);
        if let Some(reasons) = &path.reasons {
            listed(&mut section, path, reasons, "rarer reason");
        }
        if let Some(owners) = &path.owners {
            listed(&mut section, path, owners, "smaller owner");
        }
        first_and_later(&mut section, path);
    }
    section
}

/// What the figures count.
pub(super) fn counted(counts: &PassCounts) -> String {
    let (n_passes, leads) = (words::grouped(counts.n_passes), words::plural(counts.n_leads, "lead"));
    match counts.counted {
        CountedPasses::All => format!("The figures count all passes of each lead: {n_passes}, of {leads}."),
        CountedPasses::Latest => {
            format!("The figures count only the latest pass of each lead: {n_passes}, of {leads}.")
        }
    }
}

fn stages(section: &mut Section, path: &GivenBackPath) {
    let heads = ["Reached", "Given back", "Share", "95 % interval", "Median until then"];
    let title = Text::from("Passes given back by the furthest stage reached, path ").name(&path.path);
    let mut table = Table::of_numbers(title, "Stage", &heads);
    for stage in &path.stages {
        table.row([
            Cell::name(&stage.stage),
            Cell::Count(stage.n_reached),
            Cell::Count(stage.n_returned),
            Cell::Rate(stage.rate, 1),
            Cell::Interval(stage.rate),
            Cell::Days(stage.median),
        ]);
    }
    section.table(table);
}

fn listed(section: &mut Section, path: &GivenBackPath, reasons: &Reasons, noun: &str) {
    if reasons.reasons.is_empty() {
        return;
    }
    let title = Text::from("Passes given back by ").name(&reasons.field).words(", path ").name(&path.path);
    by_stage(section, title, &reasons.field, &reasons.stages, |table| {
        for reason in &reasons.reasons {
            table.row(super::ends::cells(&reason.reason, &reason.n_by_stage));
        }
    });
    in_other(section, reasons.n_in_other, noun);
}

fn first_and_later(section: &mut Section, path: &GivenBackPath) {
    let heads =
        ["First passes", "Converted", "Rate", "95 % interval", "Later passes", "Converted", "Rate", "95 % interval"];
    let columns = std::iter::once(Column::text("Step")).chain(heads.map(Column::number));
    let title = Text::from("First and later passes, path ").name(&path.path);
    let mut table = Table::new(title, columns);
    // From the stage before the last, the next is the last: that step is told once.
    let to_last = &path.to_last[..path.to_last.len().saturating_sub(1)];
    for step in path.to_next.iter().chain(to_last) {
        let name = Cell::step(&step.first.from, &step.first.to);
        table.row(std::iter::once(name).chain(half(&step.first)).chain(half(&step.later)));
    }
    section.table(table);
}

fn half(step: &Conversion) -> [Cell; 4] {
    [Cell::Count(step.n), Cell::Count(step.n_converted), Cell::Rate(step.rate, 1), Cell::Interval(step.rate)]
}
