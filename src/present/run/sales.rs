//! The short form of what the head of sales asks for: this month and last, who is past due, who comes soon.

use super::lines;
use crate::funnel::report::{ComingSoon, PastDue, Report};
use crate::present::report::sales::rows;
use crate::present::words::{grouped, plural};
use crate::present::{Block, Table, Text};

/// Nothing without a path.
pub(super) fn sales(report: &Report) -> Vec<Block> {
    let Some(sales) = &report.sales else { return Vec::new() };
    let past_due = sales.past_due.iter().filter_map(|past_due| self::past_due(report, past_due));
    let soon = sales.soon.iter().filter_map(soon);
    let this = format!("{} so far", sales.this_month);
    let mut table = Table::of_numbers(Text::new(), "sales", &[&this, &sales.last_month, "target"]);
    table.rows = rows(sales);
    vec![Block::Table(table), lines(past_due.chain(soon))]
}

fn past_due(report: &Report, past_due: &PastDue) -> Option<String> {
    let longest = past_due.leads.first()?;
    let (n, since) = (grouped(past_due.n), report.zone.wall(longest.since).minute());
    Some(format!("{n} past due, the longest {} ({} since {since})", longest.lead, longest.stage))
}

fn soon(soon: &ComingSoon) -> Option<String> {
    let nearest = soon.leads.first()?;
    let n = plural(soon.n_leads, "lead");
    let (within, stages) = (soon.within, soon.stages.join(" or "));
    Some(format!("{n} within {within} points of {stages}, the nearest {} ({} missing)", nearest.lead, nearest.missing))
}
