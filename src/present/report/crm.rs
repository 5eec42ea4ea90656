//! What the rulebook says of the leads against what the CRM says, and what to do about it.

use super::{define, meaning};
use crate::funnel::report::Report;
use crate::present::{Cell, Column, Section, Table, Text, words};
use crate::score::Step;

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("crm", "Rulebook and CRM");
    let crm = &report.crm;
    define(&mut section, &[meaning::CRM]);
    let across = crm.crm_stages.iter().map(|stage| Column::number(Text::new().name(stage)));
    let columns = std::iter::once(Column::text("Rulebook ↓ CRM →")).chain(across);
    let mut table = Table::new("Leads by the rulebook's stage (down) and the CRM's (across)", columns);
    for row in &crm.rows {
        table.row(std::iter::once(Cell::name(&row.stage)).chain(row.n_leads.iter().copied().map(Cell::Count)));
    }
    section.table(table);
    let (hand_over, recycle) = (words::plural(crm.n_hand_over, "lead"), words::plural(crm.n_recycle, "lead"));
    section.say(format!("{hand_over} to hand over to sales, {recycle} to recycle."));
    let columns = ["Step", "The CRM's stage", "The rulebook's stage"].map(Column::text).into_iter();
    let mut steps = Table::new("What to do, the largest first", columns.chain([Column::number("Leads")]));
    for step in &crm.steps {
        let what = match step.step {
            Step::HandOver => "hand over",
            Step::Recycle => "recycle",
        };
        steps.row([Cell::said(what), Cell::name(&step.crm_stage), Cell::name(&step.stage), Cell::Count(step.n_leads)]);
    }
    section.table(steps);
    let mut reasons = Table::of_numbers("Disqualified leads by reason", "Reason", &["Leads"]);
    for (reason, n) in &crm.disqualified {
        reasons.row([Cell::name(reason), Cell::Count(*n)]);
    }
    section.table(reasons);
    section
}
