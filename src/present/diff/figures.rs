//! How far a change reaches, and what it comes to at a glance.

use super::leads;
use crate::diff::report::{DiffReport, ValueChange};
use crate::points::Points;
use crate::present::{Block, Text, Tile, words};

/// So many reasons say enough.
const MOST_REASONS: usize = 20;

/// What stands before the sections.
pub(super) fn opening(report: &DiffReport) -> Vec<Block> {
    let class = Text::from("Effect: ").strong(report.class.to_string());
    let more = report.reasons.len().saturating_sub(MOST_REASONS);
    let more = (more > 0).then(|| format!("and {more} more; the JSON form has all"));
    let reasons = report.reasons.iter().take(MOST_REASONS).map(ToString::to_string).chain(more).map(Text::from);
    let mut blocks = vec![Block::Paragraph(class), Block::List(reasons.collect())];
    blocks.extend(report.tripped.iter().map(|tripped| {
        let limit = Text::new().strong("Limit exceeded: ").code(&tripped.limit);
        Block::Note(limit.words(format!(" ({}).", tripped.found)))
    }));
    if report.is_empty() {
        let n_leads = words::plural(report.n_leads, "lead");
        blocks.push(Block::Paragraph(format!("No edit: both rulebooks say the same ({n_leads}).").into()));
        return blocks;
    }
    if report.has_two_readings {
        let [old, new] = [report.n_only_old, report.n_only_new].map(words::grouped);
        blocks.push(Block::Paragraph(
            format!(
                "The rulebooks read the files differently, so the files were read once for each. Leads that only the old one \
                 finds: {old}; only the new one: {new}."
            )
            .into(),
        ));
    }
    blocks.push(Block::Tiles(tiles(report)));
    blocks
}

fn tiles(report: &DiffReport) -> Vec<Tile> {
    let tile = |title: &str, figure: String, more: String| Tile {
        title: title.into(),
        figure,
        unit: None,
        more,
        is_chief: false,
    };
    let (score, total) = (&report.score, &report.total);
    let mean = |sum: i128| words::average(sum, report.n_leads);
    let before = |before: String, growth: Option<String>| match growth {
        Some(growth) => format!("before: {before}; {growth}"),
        None => format!("before: {before}"),
    };
    let changed = total.range_hundredths.filter(|range| *range != (0, 0)).map_or_else(String::new, |(least, most)| {
        let [least, most] = [least, most].map(|hundredths| Points::from_hundredths(hundredths).signed());
        format!("by {least} to {most}")
    });
    let growth_of_score = words::growth(score.before_hundredths, score.after_hundredths);
    let mut tiles = vec![
        tile("Leads", words::grouped(report.n_leads), String::new()),
        Tile { is_chief: true, ..tile("Changed stage", leads(total.n_moved).words(), String::new()) },
        tile("Total changed", leads(total.n_changed).words(), changed),
        tile("Grade changed", leads(report.n_grade_changed).words(), String::new()),
        tile("Priority changed", leads(report.n_priority_changed).words(), String::new()),
        tile("Mean total", mean(score.after_hundredths), before(mean(score.before_hundredths), growth_of_score)),
    ];
    tiles.extend(report.value.as_ref().map(|value| {
        let ValueChange { currency, before: old, after: new, .. } = value;
        let growth = words::growth(cents(*old), cents(*new));
        let more = before(words::glance(*old), growth);
        Tile { unit: currency.clone(), ..tile("Worth of open leads", words::glance(*new), more) }
    }));
    tiles
}

/// An amount in hundredths of its unit.
#[expect(clippy::cast_possible_truncation, reason = "amounts of money lie far below the limits of an integer")]
fn cents(amount: f64) -> i128 {
    libm::round(amount * 100.0) as i128
}
