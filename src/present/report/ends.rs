//! Why leads were lost, and who has the open ones.

use super::{define, meaning};
use crate::funnel::report::{OpenByOwner, PathReport, Reasons, Report};
use crate::present::{Block, Cell, Column, Section, Table, Text, words};

/// Adds what the rulebook asks for; nothing where it asks for neither.
pub(super) fn add(section: &mut Section, report: &Report) {
    let losses = report.paths.iter().filter_map(|path| Some((path, path.losses.as_ref()?)));
    for (index, (path, losses)) in losses.enumerate() {
        if index == 0 {
            section.heading("Why leads were lost");
            define(section, &[meaning::LOSSES]);
        }
        lost(section, path, losses);
    }
    let open = report.paths.iter().filter_map(|path| Some((path, path.open_by_owner.as_ref()?)));
    for (index, (path, open)) in open.enumerate() {
        if index == 0 {
            section.heading("Open leads by owner");
            define(section, &[meaning::OWNER]);
        }
        owners(section, path, open);
    }
}

fn lost(section: &mut Section, path: &PathReport, losses: &Reasons) {
    let title =
        Text::from("Lost leads by ").name(&losses.field).words(" and last stage reached, path ").name(&path.name);
    by_stage(section, title, &losses.field, &losses.stages, |table| {
        for reason in &losses.reasons {
            table.row(cells(&reason.reason, &reason.n_by_stage));
        }
    });
    in_other(section, losses.n_in_other, "rarer reason");
}

fn owners(section: &mut Section, path: &PathReport, open: &OpenByOwner) {
    let title = Text::from("Open leads by ").name(&open.field).words(" and furthest stage, path ").name(&path.name);
    by_stage(section, title, &open.field, &open.stages, |table| {
        for owner in &open.owners {
            table.row(cells(&owner.owner, &owner.n_open));
        }
    });
    in_other(section, open.n_in_other, "smaller owner");
}

pub(super) fn by_stage(
    section: &mut Section,
    title: Text,
    field: &str,
    stages: &[String],
    fill: impl FnOnce(&mut Table),
) {
    let stages = stages.iter().map(|stage| Column::number(Text::new().name(stage)));
    let columns = [Column::text(Text::new().name(field)), Column::number("All")].into_iter().chain(stages);
    let mut table = Table::new(title, columns);
    fill(&mut table);
    section.table(table);
}

pub(super) fn cells(name: &str, counts: &[u64]) -> impl Iterator<Item = Cell> {
    let all = counts.iter().sum();
    [Cell::name(name), Cell::Count(all)].into_iter().chain(counts.iter().copied().map(Cell::Count))
}

pub(super) fn in_other(section: &mut Section, n: u64, noun: &str) {
    if n > 0 {
        let n = words::plural(n, noun);
        section.add(Block::Remark(Text::new().code("(other)").words(format!(" holds {n} together."))));
    }
}
