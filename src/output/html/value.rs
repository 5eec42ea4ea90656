//! What a lead of each stage is worth: the chain with every factor, the rate measured at once, cost, and the pool of open leads.

use super::key::with_currency;
use super::page::Page;
use super::table::{Cell, Table};
use super::words::{
    amount, between, count, figure_money, figure_share, fine_rate, fixed, interval, name, plural, rate, spoken,
};
use crate::funnel::report::{FactorFrom, Figure, LtvFrom, StageValue, Value};

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    let Some(value) = &page.report.value else {
        page.paragraph("The rulebook has no `value`, so nothing is known of what a customer is worth.");
        return;
    };
    page.definitions(&["value", "ltv", "cost"]);
    lifetime(page, value);
    for stage in value.stages.iter().filter(|stage| !is_told(value, stage)) {
        chain(page, value, stage);
    }
    stages(page, value);
    pool(page, value);
    if value.stages.iter().any(|stage| !stage.segments.is_empty()) {
        page.heading("Worth by segment");
    }
    for stage in value.stages.iter().filter(|stage| !is_told(value, stage)) {
        segments(page, value, stage);
    }
    spend(page, value);
}

fn unit(value: &Value) -> String {
    value.currency.as_ref().map_or_else(String::new, |currency| format!(", in {currency}"))
}

fn in_currency(value: &Value, figure: &Figure) -> String {
    match figure_money(figure) {
        Cell::Number(amount) => with_currency(value.currency.as_deref(), &amount),
        other => spoken(&other),
    }
}

fn lifetime(page: &mut Page, value: &Value) {
    let Some(ltv) = &value.ltv else {
        page.paragraph("The rulebook gives no lifetime value of a customer: rates are known, amounts are n/a.");
        return;
    };
    let from = match &ltv.from {
        LtvFrom::Stated => "stated in the rulebook, not measured".to_owned(),
        LtvFrom::Mean { n, n_customers } => {
            format!("the mean over {} that have a value, of {}", plural(*n, "customer"), count_of(*n_customers))
        }
    };
    page.paragraph(&format!("Lifetime value of a customer: {} ({from}).", in_currency(value, &ltv.amount)));
}

fn count_of(n: u64) -> String {
    spoken(&count(n))
}

/// `20,000 × 25 % × 40 % = 2,000`, each with what it is.
fn chain(page: &mut Page, value: &Value, stage: &StageValue) {
    let ltv = value.ltv.as_ref().map_or(Figure::None, |ltv| ltv.amount);
    page.body.raw("<p class=\"chain\"><small>Worth of one ").name(&stage.stage).raw(", path ").name(&stage.path);
    page.body
        .raw("</small><br>\n<span><b>")
        .text(&in_currency(value, &ltv))
        .raw("</b> <small>lifetime value</small></span>");
    for factor in &stage.factors {
        page.body.raw("\n<span>× <b>").text(&spoken(&factor_rate(&factor.rate))).raw("</b> <small>");
        page.body.name(&format!("{} → {}", factor.from, factor.to));
        if factor.source == FactorFrom::Stated {
            page.body.raw(" (stated; measured: ").text(&spoken(&fine_rate(&factor.measured))).raw(")");
        }
        page.body.raw("</small></span>");
    }
    page.body.raw("\n<span>= <b>").text(&in_currency(value, &stage.chain)).raw("</b></span></p>\n");
    if let Some(why) = &stage.gap_why {
        page.note(why);
    }
}

/// Whether an earlier path has told the same of this stage: paths share their ends.
fn is_told(value: &Value, stage: &StageValue) -> bool {
    let earlier = value.stages.iter().take_while(|other| !std::ptr::eq(*other, stage));
    let mut alike = earlier.filter(|other| other.stage == stage.stage);
    alike.any(|other| other.factors == stage.factors && other.segments == stage.segments)
}

/// A factor with two decimals of a per cent, so that the product can be checked.
fn factor_rate(figure: &Figure) -> Cell {
    match figure {
        Figure::Known { value } | Figure::Between { value, .. } => {
            Cell::Number(format!("{} %", fixed(value * 100.0, 2)))
        }
        other => figure_share(other),
    }
}

fn stages(page: &mut Page, value: &Value) {
    let header = [
        "Stage",
        "path",
        "#chain rate",
        "#worth by the chain",
        "#direct rate",
        "#worth by the direct rate",
        "#95 % interval",
        "#gap",
        "#may cost at most",
        "#costs",
    ];
    let mut table = Table::new(&format!("What a lead is worth by the stage it reached{}", unit(value)), &header);
    for stage in &value.stages {
        table.row([
            name(&stage.stage),
            name(&stage.path),
            factor_rate(&stage.chain_rate),
            figure_money(&stage.chain),
            fine_rate(&stage.direct_rate),
            figure_money(&stage.direct),
            between(&stage.direct, amount),
            figure_money(&stage.gap),
            figure_money(&stage.max_cost),
            figure_money(&stage.cost),
        ]);
    }
    page.table(&table);
    if let Some(roas) = value.target_roas {
        let told = format!("May cost at most: worth by the chain / target ROAS of {}.", amount(roas));
        page.paragraph(&told);
    }
}

fn pool(page: &mut Page, value: &Value) {
    let mut table = Table::new(
        &format!("What the open leads are worth{}", unit(value)),
        &["Stage", "path", "#open", "#worth together"],
    );
    for pool in &value.pool {
        table.row([name(&pool.stage), name(&pool.path), count(pool.n_open), figure_money(&pool.value)]);
    }
    page.table(&table);
}

fn segments(page: &mut Page, value: &Value, stage: &StageValue) {
    let caption = format!("What one {} is worth by segment, path {}{}", stage.stage, stage.path, unit(value));
    let header =
        ["Segment", "#direct rate", "#95 % interval", "#worth", "#95 % interval", "#may cost at most", "#costs"];
    let mut table = Table::new(&caption, &header);
    for segment in &stage.segments {
        table.row([
            name(&segment.name),
            rate(&segment.direct_rate),
            interval(&segment.direct_rate),
            figure_money(&segment.value),
            between(&segment.value, amount),
            figure_money(&segment.max_cost),
            figure_money(&segment.cost),
        ]);
    }
    page.numbers(&table);
}

fn spend(page: &mut Page, value: &Value) {
    let Some(first) = value.spend.first() else { return };
    page.heading("Spend and cost");
    // Paths share stages, and what a lead of a stage cost is the same on each path only where it is reached the same way.
    let heads: Vec<String> = first.costs.iter().map(|cost| format!("#{} ({})", cost.stage, cost.path)).collect();
    let mut header = vec!["Segment", "#spent"];
    header.extend(heads.iter().map(String::as_str));
    let mut table = Table::new(&format!("Spend, and what a lead of each stage (path) cost{}", unit(value)), &header);
    for row in &value.spend {
        let costs = row.costs.iter().map(|cost| figure_money(&cost.cost));
        let cells = [name(&row.segment), Cell::Number(amount(row.amount))];
        table.row(cells.into_iter().chain(costs));
    }
    page.table(&table);
}
