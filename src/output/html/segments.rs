//! A path by the values of a field: where the leads come from that become customers.

use super::chart::{Interval, intervals};
use super::page::Page;
use super::table::Table;
use super::words::{count, interval, measured, name, rate, spoken};
use crate::funnel::report::{PathReport, Rate, Segment, SegmentTable};
use crate::output::number::grouped;

/// As many segments as a drawing holds; the table has them all.
const MOST_DRAWN: usize = 15;

/// Writes all fields of a path.
pub(super) fn write(page: &mut Page, path: &PathReport) {
    let report = page.report;
    for table in &path.segments {
        // Paths with the same ends have the same drawing.
        let mut earlier = report.paths.iter().take_while(|other| other.name != path.name);
        if !earlier.any(|other| other.segments.iter().any(|other| is_alike(other, table))) {
            draw(page, path, table);
        }
        numbers(page, path, table);
    }
}

fn is_alike(one: &SegmentTable, other: &SegmentTable) -> bool {
    let ends = |table: &SegmentTable| -> Vec<_> {
        table.segments.iter().map(|segment| (segment.name.clone(), segment.to_last.clone())).collect()
    };
    one.field == other.field && ends(one) == ends(other)
}

fn draw(page: &mut Page, path: &PathReport, table: &SegmentTable) {
    let Some(whole) = path.to_last.first() else { return };
    let drawn: Vec<&Segment> = table.segments.iter().filter(|one| one.to_last.n > 0).take(MOST_DRAWN).collect();
    let rows: Vec<Interval> = drawn.iter().map(|segment| row(segment)).collect();
    // Where every segment has too few leads there is nothing to draw.
    if rows.iter().all(|row| row.dot.is_none()) {
        return;
    }
    let average = measured(&whole.rate).map(|rate| rate * 100.0);
    let words = average.map(|_| format!("all: {}", spoken(&rate(&whole.rate)))).unwrap_or_default();
    let title = format!("{} → {} by {}", whole.from, whole.to, table.field);
    let mut reading = "Per cent of the leads; the line through a dot is the 95 % interval.".to_owned();
    if table.segments.iter().filter(|one| one.to_last.n > 0).count() > MOST_DRAWN {
        reading += " The largest segments are drawn, all stand in the table.";
    }
    page.chart(&title, &reading, |about| intervals(about, &rows, average.map(|at| (at, words.as_str()))));
}

fn row(segment: &Segment) -> Interval {
    let dot = match segment.to_last.rate {
        Rate::Measured { rate, low, high, .. } => Some((rate * 100.0, low * 100.0, high * 100.0)),
        Rate::TooFew { .. } | Rate::None => None,
    };
    let value = match &segment.to_last.rate {
        Rate::Measured { .. } => format!("{} of {}", spoken(&rate(&segment.to_last.rate)), grouped(segment.to_last.n)),
        Rate::TooFew { n, .. } => format!("too few: {}", grouped(*n)),
        Rate::None => "n/a".to_owned(),
    };
    Interval { name: segment.name.clone(), value, dot }
}

fn numbers(page: &mut Page, path: &PathReport, table: &SegmentTable) {
    let reached: Vec<String> = path.stages.iter().map(|stage| format!("#{}", stage.stage)).collect();
    let steps: Vec<String> = path.to_next.iter().map(|step| format!("#{} → {}", step.from, step.to)).collect();
    let whole = path.to_last.first().map(|step| format!("#{} → {}", step.from, step.to)).unwrap_or_default();
    let mut header = vec![table.field.as_str(), "#leads"];
    header.extend(reached.iter().map(String::as_str));
    // Of a path of two stages the only step is the whole.
    let has_steps = steps.len() > 1;
    if has_steps {
        header.extend(steps.iter().map(String::as_str));
    }
    header.extend([whole.as_str(), "#95 % interval"]);
    let caption = format!("Leads that reached each stage, and conversion, by {}, path {}", table.field, path.name);
    let mut filled = Table::new(&caption, &header);
    for segment in &table.segments {
        let mut cells = vec![name(&segment.name), count(segment.n_leads)];
        cells.extend(segment.n_reached.iter().map(|n| count(*n)));
        if has_steps {
            cells.extend(segment.to_next.iter().map(|step| rate(&step.rate)));
        }
        cells.extend([rate(&segment.to_last.rate), interval(&segment.to_last.rate)]);
        filled.row(cells);
    }
    page.numbers(&filled);
    if table.n_in_other > 0 {
        let told = format!("`(other)` holds {} smaller segments together.", grouped(table.n_in_other));
        page.remark(&told);
    }
}
