//! What each criterion did: points given and taken, outcomes with and without it, points by group, pairs, deals not closed.

use super::chart::{Signed, signed};
use super::page::Page;
use super::table::{Cell, Table};
use super::words::{
    amount, between, count, count_if_known, decimal, figure_money, figure_number, name, percent, rate, words,
};
use crate::funnel::report::{CriterionEffect, Unclosed};

/// As many criteria as fit a page; the table has them all.
const MOST_DRAWN: usize = 16;

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    page.definitions(&["criteria"]);
    let all = &page.report.criteria.criteria;
    draw(page, all);
    effects(page, all);
    groups(page);
    pairs(page);
    if let Some(unclosed) = &page.report.criteria.unclosed {
        not_closed(page, unclosed);
    }
}

fn draw(page: &mut Page, all: &[CriterionEffect]) {
    let mut fired: Vec<&CriterionEffect> = all.iter().filter(|criterion| criterion.n_fired > 0).collect();
    if fired.is_empty() {
        page.paragraph("No criterion gave or took a point.");
        return;
    }
    let weight = |criterion: &CriterionEffect| criterion.given - criterion.taken;
    // Stable, so that ties stay in rulebook order.
    fired.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    let mut reading =
        "All points given (to the right, filled) and taken (to the left, hollow) over all leads.".to_owned();
    if fired.len() > MOST_DRAWN {
        reading += " The largest are drawn, all stand in the table.";
    }
    let rows: Vec<Signed> = fired.iter().take(MOST_DRAWN).map(|criterion| row(criterion)).collect();
    page.chart("Points by criterion", &reading, |about| signed(about, &rows));
}

fn row(criterion: &CriterionEffect) -> Signed {
    let given = (criterion.given > 0.0).then(|| format!("+{}", amount(criterion.given.round())));
    let taken = (criterion.taken < 0.0).then(|| amount(criterion.taken.round()));
    let value = [given, taken].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Signed { name: criterion.title.clone(), value, given: criterion.given, taken: -criterion.taken }
}

fn effects(page: &mut Page, all: &[CriterionEffect]) {
    let header = [
        "Criterion",
        "part",
        "#fired on",
        "#given",
        "#taken",
        "#customers with",
        "#without",
        "#lift",
        "#95 % interval",
        "#revenue a lead with",
        "#without",
    ];
    let mut table =
        Table::new("Criteria in rulebook order: customer rate, revenue a lead and lift with and without", &header);
    for criterion in all {
        table.row([
            name(&criterion.title),
            name(&criterion.part),
            count(criterion.n_fired),
            Cell::Number(amount(criterion.given)),
            Cell::Number(amount(criterion.taken)),
            rate(&criterion.rate_with),
            rate(&criterion.rate_without),
            figure_number(&criterion.lift),
            between(&criterion.lift, decimal),
            figure_money(&criterion.revenue_with),
            figure_money(&criterion.revenue_without),
        ]);
    }
    page.table(&table);
}

fn groups(page: &mut Page) {
    let dimensions = &page.report.criteria.dimensions;
    if dimensions.is_empty() {
        return;
    }
    page.heading("Points by dimension and group");
    page.definitions(&["points"]);
    let mut table =
        Table::new("Points by dimension and group", &["Part", "in the total", "#leads", "#given", "#taken"]);
    for dimension in dimensions {
        let is_in_total = words(if dimension.in_total { "yes" } else { "no" });
        let (given, taken) = (amount(dimension.given), amount(dimension.taken));
        let sums = [Cell::Number(given), Cell::Number(taken)];
        table.row([name(&dimension.name), is_in_total, count(dimension.n_leads)].into_iter().chain(sums));
        for group in &dimension.groups {
            let part = format!("{}.{}", dimension.name, group.name);
            let sums = [Cell::Number(amount(group.given)), Cell::Number(amount(group.taken))];
            table.row([name(&part), words(""), count(group.n_leads)].into_iter().chain(sums));
        }
    }
    page.table(&table);
}

fn pairs(page: &mut Page) {
    let pairs = &page.report.criteria.pairs;
    if pairs.is_empty() {
        return;
    }
    page.heading("Criteria that fire on the same leads");
    page.definitions(&["pairs"]);
    let mut table = Table::new("Pairs of criteria", &["Criterion", "and", "#both", "#either", "#in common"]);
    for pair in pairs {
        let common = Cell::Number(percent(pair.jaccard));
        table.row([name(&pair.titles.0), name(&pair.titles.1), count(pair.n_both), count(pair.n_either), common]);
    }
    page.table(&table);
}

fn not_closed(page: &mut Page, unclosed: &Unclosed) {
    page.heading(&format!("{}: what did not close", unclosed.stage));
    page.definitions(&["unclosed"]);
    let mut table = Table::new(
        &format!("Leads that reached {}, path {}", unclosed.stage, unclosed.path),
        &["Stage", "#leads", "#closed", "#lost", "#open"],
    );
    table.row([
        name(&unclosed.stage),
        count(unclosed.n),
        count(unclosed.n_closed),
        count_if_known(unclosed.n_lost),
        count(unclosed.n_open),
    ]);
    page.table(&table);
    let header = ["Criterion", "#fired on", "#not closed", "#closed", "#closed without it"];
    let mut table = Table::new(&format!("{} by criterion, the most unclosed first", unclosed.stage), &header);
    for criterion in &unclosed.criteria {
        table.row([
            name(&criterion.title),
            count(criterion.n),
            count(criterion.n_unclosed),
            rate(&criterion.closed),
            rate(&criterion.closed_without),
        ]);
    }
    page.table(&table);
}
