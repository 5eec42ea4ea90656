//! What each criterion did: points given and taken, outcomes with and without it, points by group, pairs, deals not closed.

use super::{define, meaning};
use crate::funnel::report::{CriterionEffect, Report, Unclosed};
use crate::present::{Block, Cell, Chart, Column, Line, Picture, Section, SignedRow, Table, Text, Tone, Unit, words};

/// As many criteria as fit a page; the table has them all.
const MOST_DRAWN: usize = 12;

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("criteria", "Criteria");
    let all = &report.criteria.criteria;
    // On paper the sums by group stand beside the drawing.
    groups(&mut section, report);
    section.heading("Outcomes by criterion");
    define(&mut section, &[meaning::CRITERIA]);
    draw(&mut section, all);
    effects(&mut section, all);
    pairs(&mut section, report);
    if let Some(unclosed) = &report.criteria.unclosed {
        not_closed(&mut section, unclosed);
    }
    section
}

fn draw(section: &mut Section, all: &[CriterionEffect]) {
    let mut fired: Vec<&CriterionEffect> = all.iter().filter(|criterion| criterion.n_fired > 0).collect();
    if fired.is_empty() {
        section.say("No criterion gave or took a point.");
        return;
    }
    let weight = |criterion: &CriterionEffect| criterion.given - criterion.taken;
    // Stable, so that ties stay in rulebook order.
    fired.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    let mut reading =
        "All points given (to the right, filled) and taken (to the left, hollow) over all leads.".to_owned();
    if fired.len() > MOST_DRAWN {
        reading += " The largest are drawn; the table has all.";
    }
    let picture = Picture::Signed(fired.iter().take(MOST_DRAWN).map(|criterion| bar(criterion)).collect());
    section.add(Block::Chart(Chart { title: "Points by criterion".into(), reading, picture }));
}

fn bar(criterion: &CriterionEffect) -> SignedRow {
    let given = (criterion.given > 0.0).then(|| format!("+{}", words::amount(criterion.given.round())));
    let taken = (criterion.taken < 0.0).then(|| words::amount(criterion.taken.round()));
    let value = [given, taken].into_iter().flatten().collect::<Vec<_>>().join(" ");
    SignedRow { name: criterion.title.clone(), value, given: criterion.given, taken: -criterion.taken }
}

fn points(given: f64, taken: f64) -> [Cell; 2] {
    [given, taken].map(|points| Cell::Number(words::amount(points)))
}

fn effects(section: &mut Section, all: &[CriterionEffect]) {
    let heads = [
        "Fired on",
        "Given",
        "Taken",
        "Customers with it",
        "Customers without it",
        "Lift",
        "95 % interval",
        "Revenue a lead with it",
        "Revenue a lead without it",
    ];
    let mut table =
        Table::of_numbers("Criteria in rulebook order: points, customers, lift and revenue", "Criterion", &heads);
    let mut part = None;
    for criterion in all {
        // A row for each part, instead of its name in each row.
        if part.replace(&criterion.part) != Some(&criterion.part) {
            let name = Line { tone: Tone::Strong, text: Text::new().name(&criterion.part) };
            table.row(std::iter::once(Cell::Lines(vec![name])).chain(heads.map(|_| Cell::Empty)));
        }
        let head = [Cell::name(&criterion.title), Cell::Count(criterion.n_fired)];
        let rest = [
            Cell::Rate(criterion.rate_with, 1),
            Cell::Rate(criterion.rate_without, 1),
            Cell::Figure(criterion.lift, Unit::Plain(2)),
            Cell::Range(criterion.lift, Unit::Plain(2)),
            Cell::Figure(criterion.revenue_with, Unit::Money),
            Cell::Figure(criterion.revenue_without, Unit::Money),
        ];
        table.row(head.into_iter().chain(points(criterion.given, criterion.taken)).chain(rest));
    }
    section.table(table);
}

fn groups(section: &mut Section, report: &Report) {
    let dimensions = &report.criteria.dimensions;
    if dimensions.is_empty() {
        return;
    }
    section.heading("Points by dimension and group");
    define(section, &[meaning::POINTS]);
    let columns =
        ["Part", "In the total"].map(Column::text).into_iter().chain(["Leads", "Given", "Taken"].map(Column::number));
    let mut table = Table::new("Points by dimension and group", columns);
    for dimension in dimensions {
        let in_total = Cell::said(if dimension.in_total { "yes" } else { "no" });
        let head = [Cell::name(&dimension.name), in_total, Cell::Count(dimension.n_leads)];
        table.row(head.into_iter().chain(points(dimension.given, dimension.taken)));
        for group in &dimension.groups {
            let part = format!("{}.{}", dimension.name, group.name);
            let head = [Cell::name(part), Cell::Empty, Cell::Count(group.n_leads)];
            table.row(head.into_iter().chain(points(group.given, group.taken)));
        }
    }
    section.table(table);
}

fn pairs(section: &mut Section, report: &Report) {
    let pairs = &report.criteria.pairs;
    if pairs.is_empty() {
        return;
    }
    section.heading("Criteria that fire on the same leads");
    define(section, &[meaning::PAIRS]);
    let columns = ["One criterion", "The other"]
        .map(Column::text)
        .into_iter()
        .chain(["Both", "Either", "In common"].map(Column::number));
    let mut table = Table::new("Pairs of criteria", columns);
    for pair in pairs {
        let names = [Cell::name(&pair.titles.0), Cell::name(&pair.titles.1)];
        let common = Cell::Number(words::percent(pair.jaccard));
        table.row(names.into_iter().chain([pair.n_both, pair.n_either].map(Cell::Count)).chain([common]));
    }
    section.table(table);
}

fn not_closed(section: &mut Section, unclosed: &Unclosed) {
    section.heading(Text::new().name(&unclosed.stage).words(": what did not close"));
    define(section, &[meaning::UNCLOSED]);
    let caption = Text::from("Leads that reached ").name(&unclosed.stage).words(", path ").name(&unclosed.path);
    let mut table = Table::of_numbers(caption, "Stage", &["Leads", "Closed", "Lost", "Open"]);
    table.row([
        Cell::name(&unclosed.stage),
        Cell::Count(unclosed.n),
        Cell::Count(unclosed.n_closed),
        Cell::count_or(unclosed.n_lost),
        Cell::Count(unclosed.n_open),
    ]);
    section.table(table);
    let caption = Text::new().name(&unclosed.stage).words(" by criterion, the most unclosed first");
    let heads = ["Fired on", "Not closed", "Closed with it", "Closed without it"];
    let mut table = Table::of_numbers(caption, "Criterion", &heads);
    for criterion in &unclosed.criteria {
        table.row([
            Cell::name(&criterion.title),
            Cell::Count(criterion.n),
            Cell::Count(criterion.n_unclosed),
            Cell::Rate(criterion.closed, 1),
            Cell::Rate(criterion.closed_without, 1),
        ]);
    }
    section.table(table);
}
