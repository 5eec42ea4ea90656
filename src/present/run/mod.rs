//! What a run came to, in short, for a terminal: leads by stage and grade, what the criteria gave and took, what could not be
//! used, the funnel in a few lines, and what moved since the run before.

mod accounts;
mod funnel;
mod guard;
mod moves;
mod quality;
mod sales;
mod warnings;

pub use guard::{GuardBroken, guard_broken};
pub use quality::assumptions;
pub use warnings::{dropped_rows, encoding_doubts};

use super::document::LedgerEntry;
use super::words::{average, plural, share};
use super::{Block, Cell, Document, Look, Table, Text};
use crate::funnel::report::Report;
use crate::rulebook::{Axis, DISQUALIFIED, Grade, Rulebook};
use crate::run::{Counts, Moves};
use crate::score::{StageTotals, Totals};

/// How many criteria are shown.
const MOST_CRITERIA: usize = 12;

/// What a run came to.
#[derive(Clone, Copy, Debug)]
pub struct Ended<'a> {
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// The instant, as a person reads it.
    pub as_of: &'a str,
    /// What the leads came to.
    pub totals: &'a Totals,
    /// What became of every row.
    pub counts: &'a Counts,
    /// What the leads came to together.
    pub report: &'a Report,
    /// Cells that a spreadsheet would run as a formula.
    pub n_formulas: u64,
    /// What moved since the run before, if there was one.
    pub moves: Option<&'a Moves>,
}

/// A run as a document for a terminal.
#[must_use]
pub fn summary(run: &Ended<'_>) -> Document {
    let rulebook = run.rulebook;
    let name = rulebook.card.name.as_deref().unwrap_or("rulebook");
    let scored = format!("{name}: {} scored as of {}", plural(run.totals.n_leads, "lead"), run.as_of);
    let mut blocks = vec![lines([scored]), Block::Table(stages(rulebook, run.totals))];
    blocks.extend(rulebook.grade.as_ref().map(|grade| Block::Table(grades(rulebook, grade, run.totals))));
    blocks.push(Block::Table(criteria(rulebook, run.totals)));
    blocks.push(Block::Lines(quality::quality(rulebook, run.counts, run.n_formulas)));
    blocks.extend(accounts::accounts(run.report));
    blocks.extend(sales::sales(run.report));
    blocks.extend(funnel::funnel(run.report));
    blocks.extend(run.moves.into_iter().flat_map(|moves| moves::moves(rulebook, moves)));
    blocks.retain(|block| !matches!(block, Block::Lines(entries) if entries.is_empty()));
    Document { opening: blocks, ..Document::untitled(Look::Report) }
}

fn lines(said: impl IntoIterator<Item = String>) -> Block {
    Block::Lines(said.into_iter().map(|line| LedgerEntry::new(0, line)).collect())
}

fn stages(rulebook: &Rulebook, totals: &Totals) -> Table {
    let mut table = Table::of_numbers(Text::new(), "stage", &["leads", "share", "average total"]);
    let mut row = |name: &str, stage: StageTotals| {
        let share = Cell::Number(share(stage.n_leads, totals.n_leads));
        let average = Cell::Number(average(stage.sum_hundredths, stage.n_leads));
        table.row([Cell::name(name), Cell::Count(stage.n_leads), share, average]);
    };
    for (index, stage) in rulebook.stages.iter().enumerate() {
        row(&stage.name, totals.by_stage.get(index).copied().unwrap_or_default());
    }
    if !rulebook.disqualifiers.is_empty() {
        row(DISQUALIFIED, totals.disqualified);
    }
    table
}

/// The first axis down, the second across; other numbers of axes as a list.
fn grades(rulebook: &Rulebook, grade: &Grade, totals: &Totals) -> Table {
    let n_leads = |grade: &str| Cell::Count(totals.by_grade.get(grade).copied().unwrap_or(0));
    if let [down, across] = &grade.axes[..] {
        let name = |axis: &Axis| rulebook.score_name(axis.score);
        let corner = format!("{} \\ {}", name(down), name(across));
        let marks: Vec<&str> = across.bounds.iter().map(|bound| bound.mark.as_str()).collect();
        let mut table = Table::of_numbers(Text::new(), &corner, &marks);
        for row in &down.bounds {
            let cells = marks.iter().map(|mark| n_leads(&format!("{}{mark}", row.mark)));
            table.row(std::iter::once(Cell::name(&row.mark)).chain(cells));
        }
        return table;
    }
    let mut table = Table::of_numbers(Text::new(), "grade", &["leads"]);
    for grade in grade.all() {
        let n_leads = n_leads(&grade);
        table.row([Cell::Name(grade), n_leads]);
    }
    table
}

fn criteria(rulebook: &Rulebook, totals: &Totals) -> Table {
    let mut table = Table::of_numbers(Text::new(), "criterion", &["leads", "points given", "taken"]);
    let mut order: Vec<_> = rulebook.criteria.iter().zip(&totals.by_criterion).collect();
    order.retain(|(_, sums)| sums.n_leads > 0);
    order.sort_by_key(|(_, sums)| std::cmp::Reverse(sums.n_leads));
    for (criterion, sums) in order.iter().take(MOST_CRITERIA) {
        let points = |sum: i128| if sum == 0 { Cell::Empty } else { Cell::PointSum(sum) };
        let points = [points(sums.given_hundredths), points(sums.taken_hundredths)];
        table.row([Cell::name(criterion.title()), Cell::Count(sums.n_leads)].into_iter().chain(points));
    }
    if order.len() > MOST_CRITERIA {
        table.rows.push(vec![Cell::said(format!("… and {} more", order.len() - MOST_CRITERIA))]);
    }
    table
}
