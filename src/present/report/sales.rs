//! The page that the head of sales asks for, on top of the report: this month and last beside targets, who is past due, what comes
//! soon.

use super::{define, meaning};
use crate::funnel::report::{
    ComingSoon, GivenBackFor, HandedOver, MonthlyReturns, Months, PastDue, Report, Sales, Won,
};
use crate::present::{Absence, Cell, Column, Section, Table, Text, words};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("sales", "Sales this month");
    let Some(sales) = &report.sales else { return section };
    months(&mut section, sales);
    pipeline(&mut section, report);
    if let Some(past_due) = &sales.past_due {
        overdue(&mut section, report, past_due);
    }
    if let Some(soon) = &sales.soon {
        near(&mut section, soon);
    }
    section
}

/// What is counted, this month's number and last month's, the target.
pub(in crate::present) fn rows(sales: &Sales) -> Vec<Vec<Cell>> {
    let given_back = sales.given_back.iter().flat_map(given_back);
    sales.handed_over.iter().flat_map(handed_over).chain(given_back).chain(sales.won.iter().map(won)).collect()
}

fn months(section: &mut Section, sales: &Sales) {
    let this = format!("{} so far", sales.this_month);
    let heads = [this.as_str(), &sales.last_month, "Target"];
    let mut table = Table::of_numbers("This calendar month and last, beside the target a month", "Stage", &heads);
    table.rows = rows(sales);
    section.table(table);
    let (has_stages, mut stages) = (!sales.handed_over.is_empty(), sales.handed_over.iter());
    let has_touched = stages.any(|stage| stage.n_touched.is_some());
    let terms = [
        (meaning::HANDED_OVER, has_stages),
        (meaning::TOUCHED, has_touched),
        (meaning::ACCEPTED, has_stages),
        (meaning::RETURNED, sales.given_back.is_some()),
        (meaning::WON, true),
    ];
    for (term, _) in terms.into_iter().filter(|(_, is_used)| *is_used) {
        define(section, &[term]);
    }
}

fn handed_over(stage: &HandedOver) -> impl Iterator<Item = Vec<Cell>> + use<> {
    let touched = stage.n_touched.map(|months| row(&stage.stage, "touched", months, None));
    let first = row(&stage.stage, "handed over", stage.n_entered, stage.target);
    let last = row(&stage.stage, "accepted", stage.n_accepted, None);
    std::iter::once(first).chain(touched).chain([last])
}

fn given_back(returns: &MonthlyReturns) -> impl Iterator<Item = Vec<Cell>> + use<'_> {
    let line = |what: Text, n: Months| {
        vec![Cell::said(what), Cell::Count(n.this), Cell::Count(n.last), Cell::Absent(Absence::None)]
    };
    let reason = move |reason: &GivenBackFor| line(Text::from("Given back: ").name(&reason.reason), reason.n);
    std::iter::once(line(Text::from("Given back"), returns.n)).chain(returns.reasons.iter().map(reason))
}

fn won(won: &Won) -> Vec<Cell> {
    row(&won.stage, "won", won.n_entered, won.target)
}

fn row(stage: &str, what: &str, months: Months, target: Option<u64>) -> Vec<Cell> {
    let target = target.map_or(Cell::Absent(Absence::None), Cell::Count);
    let name = Cell::said(Text::new().name(stage).words(format!(": {what}")));
    vec![name, Cell::Count(months.this), Cell::Count(months.last), target]
}

/// What the open leads may bring, in a sentence; the part on value has it by stage.
fn pipeline(section: &mut Section, report: &Report) {
    let Some(pipeline) = report.value.as_ref().and_then(words::pipeline) else { return };
    let times = |weighted| format!(" Times the rate from each stage to the last: {weighted}.");
    let weighted = pipeline.weighted.map(times).unwrap_or_default();
    let rest = format!(", in {}.{weighted}", pipeline.leads);
    section.say(Text::from("Open pipeline: ").strong(pipeline.sum).words(rest));
}

fn overdue(section: &mut Section, report: &Report, past_due: &PastDue) {
    section.heading("Past due");
    define(section, &[meaning::PAST_DUE]);
    if past_due.leads.is_empty() {
        section.say("Nobody waits longer than was promised.");
        return;
    }
    let has_owner = past_due.leads.iter().any(|lead| lead.owner.is_some());
    let heads = ["Lead", "Stage", "Since"].into_iter().chain(has_owner.then_some("Owner"));
    let mut table = Table::new("Past due, the longest first", heads.map(Column::text));
    for lead in &past_due.leads {
        let since = Cell::Said(Text::new().time(lead.since, &report.zone));
        let owner = lead.owner.as_ref().map_or_else(|| Cell::said("(none)"), Cell::name);
        let cells = [Cell::name(&lead.lead), Cell::name(&lead.stage), since];
        table.row(cells.into_iter().chain(has_owner.then_some(owner)));
    }
    rest(&mut table, past_due.n);
    section.table(table);
}

fn near(section: &mut Section, soon: &ComingSoon) {
    section.heading("Coming soon");
    define(section, &[meaning::SOON]);
    let stages = soon.stages.iter().enumerate().fold(Text::new(), |text, (at, stage)| {
        let text = if at > 0 { text.words(" or ") } else { text };
        text.name(stage)
    });
    if soon.leads.is_empty() {
        let none = Text::from(format!("No lead lacks {} points or fewer for ", soon.within));
        section.say(none.then(stages).words("."));
        return;
    }
    let columns = ["Lead", "Stage"].map(Column::text).into_iter().chain([Column::number("Points missing")]);
    let mut table = Table::new("Coming soon, the nearest first", columns);
    for lead in &soon.leads {
        table.row([Cell::name(&lead.lead), Cell::name(&lead.stage), Cell::Points(lead.missing)]);
    }
    rest(&mut table, soon.n_leads);
    section.table(table);
}

/// Says below what a list is called how many it leaves out.
fn rest(table: &mut Table, n: u64) {
    let n_more = n.saturating_sub(u64::try_from(table.rows.len()).unwrap_or(u64::MAX));
    if n_more > 0 {
        let caption = std::mem::replace(&mut table.caption, Text::new());
        table.caption = caption.words(format!("; {} more", words::grouped(n_more)));
    }
}
