//! A path by the values of a field: where the leads come from that become customers.

use crate::funnel::report::{PathReport, Rate, Report, Segment, SegmentTable};
use crate::present::{Block, Cell, Chart, Column, IntervalRow, Picture, Section, Setting, Table, Text, words};

/// As many segments as a drawing holds; the table has them all.
const MOST_DRAWN: usize = 15;

/// Adds all fields of a path.
pub(super) fn add(section: &mut Section, report: &Report, path: &PathReport) {
    for table in &path.segments {
        // Paths with the same ends have the same drawing, but for leads that are on one of them only; the table tells those.
        let mut earlier = report.paths.iter().take_while(|other| other.name != path.name);
        if !earlier.any(|other| ends(other) == ends(path)) {
            draw(section, path, table);
        }
        numbers(section, path, table);
    }
}

fn ends(path: &PathReport) -> Option<(&str, &str)> {
    path.to_last.first().map(|whole| (whole.from.as_str(), whole.to.as_str()))
}

fn draw(section: &mut Section, path: &PathReport, table: &SegmentTable) {
    let Some(whole) = path.to_last.first() else { return };
    let reached: Vec<&Segment> = table.segments.iter().filter(|one| one.to_last.n > 0).collect();
    let rows: Vec<IntervalRow> = reached.iter().take(MOST_DRAWN).map(|segment| row(segment)).collect();
    // Where every segment has too few leads there is nothing to draw.
    if rows.iter().all(|row| row.dot.is_none()) {
        return;
    }
    let average = whole.rate.share().map(|share| (share * 100.0, format!("all: {}", words::rate(whole.rate, 1))));
    let mut reading = "Per cent of the leads; the line through a dot is the 95 % interval.".to_owned();
    if reached.len() > MOST_DRAWN {
        reading += " The largest segments are drawn; the table has all.";
    }
    let title = Text::new().name(format!("{} → {}", whole.from, whole.to)).words(" by ").name(&table.field);
    section.add(Block::Chart(Chart { title, reading, picture: Picture::Intervals(rows, average) }));
}

fn row(segment: &Segment) -> IntervalRow {
    let step = &segment.to_last;
    let (dot, value) = match step.rate {
        Rate::Measured { rate, low, high, .. } => {
            let words = format!("{} of {}", words::rate(step.rate, 1), words::grouped(step.n));
            (Some((rate * 100.0, low * 100.0, high * 100.0)), words)
        }
        Rate::TooFew { n, .. } => (None, format!("{}: {}", words::TOO_FEW, words::grouped(n))),
        Rate::None => (None, words::NOT_KNOWN.to_owned()),
    };
    IntervalRow { name: segment.name.clone(), value, dot }
}

fn numbers(section: &mut Section, path: &PathReport, table: &SegmentTable) {
    let step = |from: &str, to: &str| Column::number(Text::new().name(format!("{from} → {to}")));
    let steps = path.to_next.iter().map(|one| step(&one.from, &one.to));
    // Of a path of two stages the only step is the whole.
    let n_steps = if path.to_next.len() > 1 { path.to_next.len() } else { 0 };
    let columns = [Column::text(Text::new().name(&table.field)), Column::number("Leads")]
        .into_iter()
        .chain(path.stages.iter().map(|stage| Column::number(Text::new().name(&stage.stage))))
        .chain(steps.take(n_steps))
        .chain(path.to_last.first().map(|whole| step(&whole.from, &whole.to)))
        .chain([Column::number("95 % interval")]);
    let caption = Text::from("Leads that reached each stage, and conversion, by ")
        .name(&table.field)
        .words(", path ")
        .name(&path.name);
    let mut filled = Table::new(caption, columns).set(Setting::Folded);
    for segment in &table.segments {
        let rates = segment.to_next.iter().take(n_steps).chain([&segment.to_last]).map(|step| Cell::Rate(step.rate, 1));
        let counts = std::iter::once(segment.n_leads).chain(segment.n_reached.iter().copied()).map(Cell::Count);
        let interval = Cell::Interval(segment.to_last.rate);
        filled.row(std::iter::once(Cell::name(&segment.name)).chain(counts).chain(rates).chain([interval]));
    }
    section.table(filled);
    if table.n_in_other > 0 {
        let n = words::plural(table.n_in_other, "smaller segment");
        section.add(Block::Remark(Text::new().code("(other)").words(format!(" holds {n} together."))));
    }
}
