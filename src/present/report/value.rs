//! What a lead is worth: lifetime value × every rate on the way to a customer, open leads, spend and what a lead may cost.

use super::{define, meaning, pipeline};
use crate::funnel::report::{ChainFactor, FactorFrom, Figure, LtvFrom, Report, StageValue, ValueFigures};
use crate::present::language::elapsed;
use crate::present::{Block, Cell, Column, Section, Setting, Table, Text, Unit, words};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("value", "Value");
    let Some(value) = &report.value else {
        section.say(Text::from("The rulebook has no ").code("value").words(", so the worth of a customer is unknown."));
        return section;
    };
    define(&mut section, &[meaning::VALUE, meaning::LTV]);
    lifetime(&mut section, value);
    let told: Vec<&StageValue> = value
        .stages
        .iter()
        .enumerate()
        .filter(|(at, stage)| !is_told(&value.stages[..*at], stage))
        .map(|(_, stage)| stage)
        .collect();
    for stage in &told {
        chain(&mut section, value, stage);
    }
    stages(&mut section, value);
    pool(&mut section, value);
    if let Some(open) = &value.pipeline {
        pipeline::add(&mut section, open, |title| caption(value, title));
    }
    if value.stages.iter().any(|stage| !stage.segments.is_empty()) {
        section.heading("Worth by segment");
    }
    for stage in told {
        segments(&mut section, value, stage);
    }
    spend(&mut section, value);
    section
}

/// Whether an earlier path has told the same of this stage: paths share their ends.
fn is_told(earlier: &[StageValue], stage: &StageValue) -> bool {
    let mut alike = earlier.iter().filter(|other| other.stage == stage.stage);
    alike.any(|other| other.factors == stage.factors && other.segments == stage.segments)
}

fn lifetime(section: &mut Section, value: &ValueFigures) {
    let Some(ltv) = &value.ltv else {
        section.say("The rulebook gives no lifetime value of a customer: rates are known, amounts are not.");
        return;
    };
    let from = match ltv.from {
        LtvFrom::Stated => "stated in the rulebook, not measured".to_owned(),
        LtvFrom::Mean { n, n_customers } => {
            let (n, all) = (words::plural(n, "customer"), words::grouped(n_customers));
            format!("the mean over {n} with a value, of {all}")
        }
    };
    section.say(format!("Lifetime value of a customer: {} ({from}).", money(value, ltv.amount)));
}

fn money(value: &ValueFigures, figure: Figure) -> String {
    let amount = words::figure(figure, words::amount);
    match (&value.currency, figure.value()) {
        (Some(currency), Some(_)) => format!("{amount} {currency}"),
        _ => amount,
    }
}

/// `20,000 × 25 % × 40 % = 2,000`, each with what it is.
fn chain(section: &mut Section, value: &ValueFigures, stage: &StageValue) {
    let ltv = value.ltv.as_ref().map_or(Figure::None, |ltv| ltv.amount);
    let factors = stage.factors.iter().map(|factor| {
        let step = Text::new().name(format!("{} → {}", factor.from, factor.to));
        let what = match factor.source {
            FactorFrom::Stated => step.words(format!(" (stated; measured: {})", words::rate(factor.measured, 2))),
            FactorFrom::Measured => match factor.within_ms {
                Some(ms) => step.words(format!(" (within {})", elapsed(ms))),
                None => step,
            },
        };
        (fine_share(factor.rate), what)
    });
    section.add(Block::Product {
        of: Text::from("Worth of one ").name(&stage.stage).words(", path ").name(&stage.path),
        factors: std::iter::once((money(value, ltv), Text::from("lifetime value"))).chain(factors).collect(),
        result: money(value, stage.chain),
    });
    if let Some(stated) = &stage.gap_why {
        section.add(Block::Note(gap(&stated.0)));
    }
}

/// Why the chain and the direct rate differ.
fn gap(stated: &[ChainFactor]) -> Text {
    stated.iter().enumerate().fold(Text::new(), |text, (at, factor)| {
        let step = format!("{} → {}", factor.from, factor.to);
        let (stated, measured) = (words::figure(factor.rate, words::percent), words::rate(factor.measured, 1));
        let text = if at > 0 { text.words(" ") } else { text };
        if let (FactorFrom::Measured, Some(ms)) = (factor.source, factor.within_ms) {
            let within = elapsed(ms);
            return text.name(step).words(format!(" is measured within {within}: {measured}."));
        }
        text.name(step).words(format!(" is stated as {stated}; measured: {measured}."))
    })
}

/// A factor with two decimals of a per cent, so that the product can be checked.
fn fine_share(figure: Figure) -> String {
    words::figure(figure, |share| format!("{} %", words::fixed(share * 100.0, 2)))
}

fn caption(value: &ValueFigures, words: impl Into<Text>) -> Text {
    let words = words.into();
    match &value.currency {
        Some(currency) => words.words(", in ").name(currency),
        None => words,
    }
}

fn money_cell(figure: Figure) -> Cell {
    Cell::Figure(figure, Unit::Money)
}

fn stages(section: &mut Section, value: &ValueFigures) {
    let heads = [
        "Chain rate",
        "Worth by the chain",
        "Direct rate",
        "Worth by the direct rate",
        "95 % interval",
        "Gap",
        "May cost at most",
        "Costs",
    ];
    let columns = ["Stage", "Path"].map(Column::text).into_iter().chain(heads.map(Column::number));
    let mut table = Table::new(caption(value, "What a lead is worth by the stage it reached"), columns);
    for stage in &value.stages {
        table.row([
            Cell::name(&stage.stage),
            Cell::name(&stage.path),
            Cell::Figure(stage.chain_rate, Unit::FineShare),
            money_cell(stage.chain),
            Cell::Rate(stage.direct_rate, 2),
            money_cell(stage.direct),
            Cell::Range(stage.direct, Unit::Money),
            money_cell(stage.gap),
            money_cell(stage.max_cost),
            money_cell(stage.cost),
        ]);
    }
    section.table(table);
    if let Some(roas) = value.target_roas {
        section.say(format!("May cost at most: worth by the chain / target ROAS of {}.", words::amount(roas)));
    }
}

fn pool(section: &mut Section, value: &ValueFigures) {
    let columns =
        [Column::text("Stage"), Column::text("Path"), Column::number("Open"), Column::number("Worth together")];
    let mut table = Table::new(caption(value, "What the open leads are worth"), columns);
    for pool in &value.pool {
        table.row([Cell::name(&pool.stage), Cell::name(&pool.path), Cell::Count(pool.n_open), money_cell(pool.value)]);
    }
    section.table(table);
}

fn segments(section: &mut Section, value: &ValueFigures, stage: &StageValue) {
    let title = Text::from("What one ").name(&stage.stage).words(" is worth by segment, path ").name(&stage.path);
    let heads = ["Direct rate", "95 % interval", "Worth", "95 % interval", "May cost at most", "Costs"];
    let has_window = stage.segments.iter().any(|segment| segment.chain_rate.is_some());
    let chain_head = has_window.then_some("Rate with windows");
    let heads: Vec<&str> = heads[..2].iter().copied().chain(chain_head).chain(heads[2..].iter().copied()).collect();
    let mut table = Table::of_numbers(caption(value, title), "Segment", &heads).set(Setting::Folded);
    for segment in &stage.segments {
        let direct = [Cell::Rate(segment.direct_rate, 1), Cell::Interval(segment.direct_rate)];
        let chain = has_window.then(|| Cell::Figure(segment.chain_rate.unwrap_or(Figure::None), Unit::FineShare));
        let worth = [money_cell(segment.value), Cell::Range(segment.value, Unit::Money)];
        let costs = [money_cell(segment.max_cost), money_cell(segment.cost)];
        let cells = std::iter::once(Cell::name(&segment.name)).chain(direct).chain(chain);
        table.row(cells.chain(worth).chain(costs));
    }
    section.table(table);
}

fn spend(section: &mut Section, value: &ValueFigures) {
    let Some(first) = value.spend.first() else { return };
    section.heading("Spend and cost");
    define(section, &[meaning::COST]);
    // Paths share stages, and what a lead of a stage cost is the same on each path only where it is reached the same way.
    let costs =
        first.costs.iter().map(|cost| Column::number(Text::new().name(format!("{} ({})", cost.stage, cost.path))));
    let columns = [Column::text("Segment"), Column::number("Spent")].into_iter().chain(costs);
    let mut table = Table::new(caption(value, "Spend, and what a lead of each stage (path) cost"), columns);
    for row in &value.spend {
        let cells = [Cell::name(&row.segment), Cell::Number(words::amount(row.amount))];
        table.row(cells.into_iter().chain(row.costs.iter().map(|cost| money_cell(cost.cost))));
    }
    section.table(table);
}
