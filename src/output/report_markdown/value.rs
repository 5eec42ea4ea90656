//! What a lead of each stage is worth, and what it costs.

use super::tables::Markdown;
use crate::funnel::report::{FactorFrom, Figure, LtvFrom, Report, StageValue, Value};
use crate::output::number::grouped;
use crate::output::report_words::{amount, figure, figure_between, percent, rate};
use std::fmt::Write as _;

pub(super) fn value(page: &mut Markdown<'_>, report: &Report) {
    let Some(value) = &report.value else { return };
    let currency = value.currency.as_ref().map_or_else(String::new, |currency| format!(" ({currency})"));
    page.heading(2, &format!("What a lead is worth{currency}"));
    page.define("value");
    page.define("ltv");
    if let Some(ltv) = &value.ltv {
        let from = match ltv.from {
            LtvFrom::Stated => "stated in the rulebook".to_owned(),
            LtvFrom::Mean { n, n_customers } => format!("mean of {} of {} customers", grouped(n), grouped(n_customers)),
        };
        page.line(&format!("Lifetime value: {}, {from}.", figure(ltv.amount, amount)));
    }
    chains(page, value);
    segments(page, value);
    pool(page, value);
    spend(page, value);
}

fn chains(page: &mut Markdown<'_>, value: &Value) {
    if value.stages.is_empty() {
        return;
    }
    let ltv = value.ltv.as_ref().map_or(Figure::None, |ltv| ltv.amount);
    page.table(&["Path", "Stage", "Chain", "#Value", "#Direct rate", "#Direct value", "#Gap", "#May cost", "#Cost"]);
    for stage in &value.stages {
        page.row([
            stage.path.clone(),
            stage.stage.clone(),
            chain(stage, ltv),
            figure(stage.chain, amount),
            rate(stage.direct_rate, 2),
            figure_between(stage.direct, amount),
            figure(stage.gap, amount),
            figure(stage.max_cost, amount),
            figure(stage.cost, amount),
        ]);
    }
    for stage in &value.stages {
        if let Some(why) = &stage.gap_why {
            page.line(&format!("{} ({}): {why}.", stage.stage, stage.path));
        }
    }
}

/// Every factor: `20,000 × 25.0 % (MQL → SQL, stated) × 40.0 % (SQL → Customer)`.
fn chain(stage: &StageValue, ltv: Figure) -> String {
    let mut text = figure(ltv, amount);
    for factor in &stage.factors {
        let mark = if factor.source == FactorFrom::Stated { ", stated" } else { "" };
        let rate = figure(factor.rate, percent);
        let _ = write!(text, " × {rate} ({} → {}{mark})", factor.from, factor.to);
    }
    text
}

fn segments(page: &mut Markdown<'_>, value: &Value) {
    for stage in value.stages.iter().filter(|stage| !stage.segments.is_empty()) {
        page.heading(3, &format!("{} by segment (path {})", stage.stage, stage.path));
        page.table(&["Segment", "#Direct rate", "#Value", "#May cost", "#Cost"]);
        for segment in &stage.segments {
            page.row([
                segment.name.clone(),
                rate(segment.direct_rate, 1),
                figure(segment.value, amount),
                figure(segment.max_cost, amount),
                figure(segment.cost, amount),
            ]);
        }
    }
}

fn pool(page: &mut Markdown<'_>, value: &Value) {
    if value.pool.is_empty() {
        return;
    }
    page.heading(3, "Open leads");
    page.table(&["Path", "Stage", "#Open", "#Worth together"]);
    for pool in &value.pool {
        page.row([pool.path.clone(), pool.stage.clone(), grouped(pool.n_open), figure(pool.value, amount)]);
    }
}

fn spend(page: &mut Markdown<'_>, value: &Value) {
    if value.spend.is_empty() {
        return;
    }
    page.heading(3, "Spend");
    page.define("cost");
    page.table(&["Segment", "#Spend", "Path", "Stage", "#Leads", "#Cost of one"]);
    for row in &value.spend {
        for cost in &row.costs {
            page.row([
                row.segment.clone(),
                amount(row.amount),
                cost.path.clone(),
                cost.stage.clone(),
                grouped(cost.n),
                figure(cost.cost, amount),
            ]);
        }
    }
}
