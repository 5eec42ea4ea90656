//! The report's short form: the funnel in at most twelve lines, and what an MQL is worth.

use super::lines;
use crate::funnel::report::{
    Conversion, CountedPasses, FactorFrom, Figure, PathReport, Rate, Report, StageValue, ValueFigures,
};
use crate::present::language::elapsed;
use crate::present::words::{self, amount, figure, grouped, percent, plural};
use crate::present::{Block, Cell, Column, Table, Text};
use std::fmt::Write as _;

/// How many lines of stages are shown.
const MOST_LINES: usize = 10;

/// The funnel and the value, where the rulebook has any.
pub(super) fn funnel(report: &Report) -> Vec<Block> {
    let mut said: Vec<String> = report.value.as_ref().map(worth).unwrap_or_default();
    said.extend(given_back(report));
    said.extend(report.paths.iter().filter_map(windows));
    said.extend(report.value.as_ref().and_then(pipeline));
    if let Some(n) = report.n_left_out {
        let is = if n == 1 { "is" } else { "are" };
        said.push(format!("{} {is} left out of the figures of the report", plural(n, "lead")));
    }
    if report.date_errors.n_leads > 0 {
        let have = if report.date_errors.n_leads == 1 { "has" } else { "have" };
        said.push(format!("{} {have} dates out of order", plural(report.date_errors.n_leads, "lead")));
    }
    vec![Block::Table(paths(&report.paths)), lines(said)]
}

/// The rates of a path that are those of a window, and who is in none.
fn windows(path: &PathReport) -> Option<String> {
    let step = |step: &Conversion| {
        let window = step.window?;
        let (late, not_due) = (grouped(window.n_late), grouped(window.n_not_due));
        let within = elapsed(window.within_ms);
        Some(format!("{}→{} within {within}: {late} late, {not_due} not yet due", step.from, step.to))
    };
    let steps: Vec<String> = path.to_next.iter().filter_map(step).collect();
    (!steps.is_empty()).then(|| format!("{}: {}", path.name, steps.join("; ")))
}

/// How many passes there are, and how many were given back.
fn given_back(report: &Report) -> Option<String> {
    let (counts, given_back) = (report.passes.as_ref()?, report.given_back.as_ref()?);
    let which = match counts.counted {
        CountedPasses::All => "all are counted",
        CountedPasses::Latest => "only the latest of each is counted",
    };
    let (n_passes, n_returned) = (grouped(counts.n_passes), grouped(given_back.n_returned));
    let leads = plural(counts.n_leads, "lead");
    Some(format!("passes: {n_passes} of {leads} ({which}), {n_returned} given back by sales"))
}

/// What the open leads may bring, by their own amounts.
fn pipeline(value: &ValueFigures) -> Option<String> {
    let pipeline = words::pipeline(value)?;
    let times = |weighted| format!("; times the rate from each stage to the last: {weighted}");
    let weighted = pipeline.weighted.map(times).unwrap_or_default();
    Some(format!("open pipeline: {}, in {}{weighted}", pipeline.sum, pipeline.leads))
}

fn paths(paths: &[PathReport]) -> Table {
    let rates = [Column::number("to next"), Column::text("95 %"), Column::number("to last")];
    let heads = [Column::text("funnel"), Column::number("reached")].into_iter().chain(rates);
    let mut table = Table::new(Text::new(), heads.chain([Column::number("median to last")]));
    let n_lines: usize = paths.iter().map(|path| path.stages.len()).sum();
    // Where there are too many lines for all paths, the first are shown whole, and how many more there are.
    let mut n_left = if n_lines <= MOST_LINES { MOST_LINES } else { MOST_LINES - 1 };
    let mut n_shown = 0;
    for path in paths {
        if path.stages.len() > n_left && n_shown > 0 {
            break;
        }
        table.rows.extend((0..path.stages.len().min(n_left)).map(|place| row(path, place)));
        n_left = n_left.saturating_sub(path.stages.len());
        n_shown += 1;
    }
    if n_shown < paths.len() {
        table.rows.push(vec![Cell::said(format!("… and {} more in report.md", paths.len() - n_shown))]);
    }
    table
}

fn row(path: &PathReport, place: usize) -> Vec<Cell> {
    let stage = &path.stages[place];
    let name = if place == 0 { format!("{}: {}", path.name, stage.stage) } else { format!("  → {}", stage.stage) };
    let next = path.to_next.get(place).map(|next| next.rate);
    let last = path.to_last.get(place).map(|last| last.rate);
    let rate = |rate: Option<Rate>| rate.map_or(Cell::Empty, |rate| Cell::Rate(rate, 2));
    let interval = match next {
        Some(next @ Rate::Measured { .. }) => Cell::Interval(next),
        _ => Cell::Empty,
    };
    let median = path.velocity_to_last.get(place).map_or(Cell::Empty, |velocity| Cell::Days(velocity.median));
    vec![Cell::Name(name), Cell::Count(stage.n_reached), rate(next), interval, rate(last), median]
}

/// The value of the stage that sales and marketing talk about: MQL where a path has one, else the first stage.
fn worth(value: &ValueFigures) -> Vec<String> {
    let money = |shown: Figure| {
        let currency = value.currency.as_ref().filter(|_| shown.value().is_some());
        figure(shown, amount) + &currency.map_or_else(String::new, |currency| format!(" {currency}"))
    };
    let ltv = value.ltv.as_ref().map_or(Figure::None, |ltv| ltv.amount);
    let mut told: Vec<&StageValue> = Vec::new();
    for stage in chosen(&value.stages) {
        if told.iter().all(|known| known.stage != stage.stage) {
            told.push(stage);
        }
    }
    let line = |stage: &StageValue| {
        let mut text = format!("{} value: {} = {}", stage.stage, money(stage.chain), money(ltv));
        for factor in &stage.factors {
            let mark = match (factor.source, factor.within_ms) {
                (FactorFrom::Stated, _) => " stated".to_owned(),
                (FactorFrom::Measured, Some(ms)) => format!(" within {}", elapsed(ms)),
                (FactorFrom::Measured, None) => String::new(),
            };
            let _ = write!(text, " × {} ({}→{}{mark})", figure(factor.rate, percent), factor.from, factor.to);
        }
        let _ = write!(text, "; direct {}", money(stage.direct));
        if let Figure::Between { low, high, .. } = stage.direct {
            let _ = write!(text, " ({}–{})", amount(low), amount(high));
        }
        if stage.max_cost != Figure::None {
            let _ = write!(text, "; may cost {}", money(stage.max_cost));
        }
        text
    };
    told.into_iter().map(line).collect()
}

/// The stages named MQL and PQL; without them each path's first stage.
fn chosen(stages: &[StageValue]) -> Vec<&StageValue> {
    let named = |stage: &&StageValue| ["mql", "pql"].contains(&stage.stage.to_lowercase().as_str());
    let found: Vec<&StageValue> = stages.iter().filter(named).collect();
    if found.is_empty() { stages.iter().take(1).collect() } else { found }
}
