//! The report's short form for a terminal: the funnel in at most twelve lines, and what an MQL is worth.

use super::number::grouped;
use super::report_words::{NOT_KNOWN, amount, days, figure, interval, rate};
use super::table::Table;
use crate::funnel::report::{Days, Figure, PathReport, Report, StageValue, Value};
use std::fmt::Write as _;

/// How many lines of stages are shown.
const MOST_LINES: usize = 10;

/// The funnel and the value; empty where the rulebook has neither.
#[must_use]
pub fn report_text(report: &Report) -> String {
    let mut text = String::new();
    if !report.paths.is_empty() {
        let _ = writeln!(text, "\n{}", funnel(&report.paths));
    }
    if let Some(value) = &report.value {
        text += &worth(value);
    }
    if report.date_errors.n_leads > 0 {
        let n = report.date_errors.n_leads;
        let _ = writeln!(text, "{} lead{} with dates out of order", grouped(n), if n == 1 { "" } else { "s" });
    }
    text
}

fn funnel(paths: &[PathReport]) -> Table {
    let mut table = Table::new(&["funnel", "#reached", "#to next", "95 %", "#to last", "#median to last"]);
    let n_lines: usize = paths.iter().map(|path| path.stages.len()).sum();
    let has_room = n_lines <= MOST_LINES;
    // Where there are too many lines for all paths, the first are shown whole, and how many more there are.
    let mut n_left = if has_room { MOST_LINES } else { MOST_LINES - 1 };
    let mut n_shown = 0;
    for path in paths {
        if path.stages.len() > n_left && n_shown > 0 {
            break;
        }
        for place in 0..path.stages.len().min(n_left) {
            table.row(line(path, place));
        }
        n_left = n_left.saturating_sub(path.stages.len());
        n_shown += 1;
    }
    if n_shown < paths.len() {
        table.row([format!("… and {} more in report.md", paths.len() - n_shown)]);
    }
    table
}

fn line(path: &PathReport, place: usize) -> [String; 6] {
    let stage = &path.stages[place];
    let (next, last) = (path.to_next.get(place), path.to_last.get(place));
    let median = path.velocity_to_last.get(place).map(|velocity| velocity.median);
    [
        if place == 0 { format!("{}: {}", path.name, stage.stage) } else { format!("  → {}", stage.stage) },
        grouped(stage.n_reached),
        next.map_or_else(String::new, |next| rate(next.rate, 2)),
        next.map_or_else(String::new, |next| interval(next.rate)),
        last.map_or_else(String::new, |last| rate(last.rate, 2)),
        median.map_or_else(String::new, |median: Days| days(median)),
    ]
}

/// The value of the stage that sales and marketing talk about: MQL where a path has one, else the first stage.
fn worth(value: &Value) -> String {
    let currency = value.currency.as_deref().unwrap_or("");
    let money = |shown: Figure| {
        let text = figure(shown, amount);
        if currency.is_empty() || !text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            text
        } else {
            format!("{text} {currency}")
        }
    };
    let ltv = value.ltv.as_ref().map_or(Figure::None, |ltv| ltv.amount);
    let mut text = String::new();
    let mut told: Vec<&str> = Vec::new();
    for stage in chosen(&value.stages) {
        if told.contains(&stage.stage.as_str()) {
            continue;
        }
        told.push(&stage.stage);
        let _ = write!(text, "{} value: {} = {}", stage.stage, money(stage.chain), money(ltv));
        for factor in &stage.factors {
            let shown = figure(factor.rate, super::report_words::percent);
            let mark = if factor.source == crate::funnel::report::FactorFrom::Stated { " stated" } else { "" };
            let _ = write!(text, " × {shown} ({}→{}{mark})", factor.from, factor.to);
        }
        let _ = write!(text, "; direct {}", money(stage.direct));
        if let Figure::Between { low, high, .. } = stage.direct {
            let _ = write!(text, " ({}–{})", amount(low), amount(high));
        }
        let max = money(stage.max_cost);
        if max != NOT_KNOWN {
            let _ = write!(text, "; may cost {max}");
        }
        text.push('\n');
    }
    text
}

/// The stages named MQL and PQL; without them each path's first stage.
fn chosen(stages: &[StageValue]) -> Vec<&StageValue> {
    let named = |stage: &&StageValue| ["mql", "pql"].contains(&stage.stage.to_lowercase().as_str());
    let found: Vec<&StageValue> = stages.iter().filter(named).collect();
    if found.is_empty() { stages.iter().take(1).collect() } else { found }
}
