//! The key figures: how many leads, how far they came along the first path, how many of the chief stage became customers, and
//! what one of those is worth. And what a reader should mind.

use crate::funnel::report::{Caution, FactorFrom, Figure, PathReport, Rate, Report, StageValue};
use crate::present::language::elapsed;
use crate::present::{Block, Cell, Section, Text, Tile, words};

/// What stands below the page of sales; without one it opens the report.
pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("key", "Key figures");
    if report.sales.is_some() {
        section.blocks = opening(report);
    }
    section
}

/// What stands before the sections.
pub(super) fn opening(report: &Report) -> Vec<Block> {
    let scored = match report.n_left_out {
        None => "scored".to_owned(),
        Some(n) => format!("scored; {} more left out", words::grouped(n)),
    };
    let mut tiles = vec![tile("Leads", &Cell::Count(report.n_leads), scored)];
    if let Some(path) = report.paths.first() {
        tiles.extend(along(report, path));
    } else {
        let rate = report.scores.all.rate;
        tiles.push(tile("Customers", &Cell::count_or(report.n_customers), String::new()));
        tiles.push(Tile { is_chief: true, ..tile("Leads → customers", &Cell::Rate(rate, 2), rests_on(rate)) });
    }
    let mut blocks = vec![Block::Tiles(tiles)];
    if report.n_leads == 0 {
        blocks.push(Block::Note("No lead was scored, so there is nothing to measure.".into()));
    }
    blocks.extend(report.cautions.iter().map(|caution| Block::Note(self::caution(caution))));
    blocks
}

fn along(report: &Report, path: &PathReport) -> Vec<Tile> {
    let chief = chief_stage(path);
    // On a long path the first stage says little that the number of leads doesn't.
    let skipped = usize::from(path.stages.len() > 2);
    let mut tiles: Vec<Tile> = path
        .stages
        .iter()
        .skip(skipped)
        .map(|stage| {
            let more = match stage.n_unknown {
                0 => String::new(),
                n => format!("{} more unknown", words::grouped(n)),
            };
            tile(&stage.stage, &Cell::Count(stage.n_reached), more)
        })
        .collect();
    let Some(conversion) = path.to_last.get(chief) else { return tiles };
    let title = format!("{} → {}", conversion.from, conversion.to);
    let mut rests = rests_on(conversion.rate);
    if let Some(window) = conversion.window {
        rests = format!("within {}: {rests}", elapsed(window.within_ms));
    }
    tiles.push(Tile { is_chief: true, ..tile(&title, &Cell::Rate(conversion.rate, 2), rests) });
    let value = report.value.as_ref();
    let worth = value
        .and_then(|value| value.stages.iter().find(|stage| stage.path == path.name && stage.stage == conversion.from));
    if let (Some(value), Some(worth)) = (value, worth) {
        let unit = value.currency.clone().filter(|_| worth.chain.value().is_some());
        let title = format!("Worth of one {}", worth.stage);
        let figure = Cell::Number(words::figure(worth.chain, words::glance));
        tiles.push(Tile { is_chief: true, unit, ..tile(&title, &figure, worth_rests_on(worth)) });
    }
    tiles
}

/// The stage that the report is about: `MQL`, or else the second of a long path and the first of a short one.
fn chief_stage(path: &PathReport) -> usize {
    let last = path.stages.len().saturating_sub(1);
    let named = path.stages.iter().position(|stage| stage.stage.eq_ignore_ascii_case("mql"));
    named.filter(|index| *index < last).unwrap_or(usize::from(last >= 2))
}

/// What an amount rests on. The interval is the direct rate's, so it speaks of the chain only where that is measured.
fn worth_rests_on(worth: &StageValue) -> String {
    if worth.factors.iter().any(|factor| factor.source == FactorFrom::Stated) {
        return format!("with stated rates; measured: {}", words::figure(worth.direct, words::glance));
    }
    if worth.factors.len() > 1 && worth.factors.iter().any(|factor| factor.within_ms.is_some()) {
        return format!("by steps with a window; direct: {}", words::figure(worth.direct, words::glance));
    }
    match worth.direct {
        Figure::Between { low, high, .. } => format!("95 %: {}–{}", words::glance(low), words::glance(high)),
        Figure::Known { .. } | Figure::TooFew { .. } | Figure::None => String::new(),
    }
}

fn rests_on(rate: Rate) -> String {
    match rate {
        Rate::Measured { n, converted, .. } => {
            format!("{} of {}; 95 %: {}", words::grouped(converted), words::grouped(n), words::interval(rate))
        }
        Rate::TooFew { n, converted } => format!("{} of {}", words::grouped(converted), words::plural(n, "lead")),
        Rate::None => String::new(),
    }
}

fn tile(title: &str, figure: &Cell, more: String) -> Tile {
    Tile { title: Text::new().name(title), figure: figure.words(), unit: None, more, is_chief: false }
}

/// What a reader should be careful about.
fn caution(caution: &Caution) -> Text {
    match caution {
        Caution::PastCustomers => {
            "A customer's score today already includes what happened up to the sale, so it predicts nothing. To test whether scores predict sales, score the leads as of an earlier day."
                .into()
        }
        Caution::NoPath => Text::from("The rulebook's ")
            .code("funnel")
            .words(" names no path, so there is no conversion, time or value by stage."),
        Caution::NoCustomer => "The CRM doesn't record the last stage, so no lead is known to be a customer.".into(),
        Caution::NoLoss => {
            "The rulebook doesn't say when a lead is lost. A lead that has not converted counts as open.".into()
        }
        Caution::NotToCustomer { path, last } => Text::from("The path ")
            .code(path)
            .words(" ends in ")
            .name(last)
            .words(", not in a customer, so its stages have no value."),
        Caution::Skipped { path, n_skipped, n_reached, stage } => Text::from("On the path ")
            .code(path)
            .words(format!(", {} of {} leads that reached ", words::grouped(*n_skipped), words::grouped(*n_reached)))
            .name(stage)
            .words(" skipped it and may have come by another path. They raise its rate and value. ")
            .link("side-by-side")
            .words(" leaves them out."),
        Caution::DatesOutOfOrder { n_leads } => {
            let have = if *n_leads == 1 { "has" } else { "have" };
            Text::from(format!("{} {have} dates out of order: see ", words::plural(*n_leads, "lead")))
                .link("dates")
                .words(".")
        }
    }
}
