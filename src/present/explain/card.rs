//! The card as a bill: everything above a line of a sum adds up to it.

use super::evidence;
use crate::explain::{Adjustment, CriterionLine, DimensionLine, Explanation, Found, Silent, Sum};
use crate::points::Points;
use crate::present::document::{Amount, LedgerEntry};
use crate::present::language;
use crate::present::{Block, Tone};
use crate::value::Zone;

/// The dimensions and the total.
pub(super) fn points(explanation: &Explanation<'_>, all: bool) -> Vec<Block> {
    let dimensions = explanation.card.dimensions.iter().map(|dimension| bill(explanation, dimension, all));
    dimensions.chain([total(explanation)]).collect()
}

/// One criterion of the card, with all that there is to say of it.
pub(super) fn criterion(explanation: &Explanation<'_>, id: &str) -> Vec<Block> {
    let mut entries = Vec::new();
    for dimension in &explanation.card.dimensions {
        let grouped = dimension.groups.iter().flat_map(|group| &group.criteria);
        for criterion in dimension.criteria.iter().chain(grouped).filter(|criterion| criterion.id == id) {
            whole(&mut entries, explanation, 0, criterion, false);
        }
    }
    vec![Block::Ledger(entries)]
}

fn total(explanation: &Explanation<'_>) -> Block {
    let card = &explanation.card;
    let (inside, outside): (Vec<_>, Vec<_>) = card.dimensions.iter().partition(|dimension| dimension.in_total);
    let mut entries = vec![LedgerEntry::new(0, "total").tone(Tone::Strong)];
    entries.extend(
        inside.iter().map(|dimension| LedgerEntry::new(1, &dimension.name).amount(Amount::Part(dimension.sum.value))),
    );
    entries.extend(outside.iter().map(|dimension| {
        let words = format!("{} is a separate score and not part of the total", dimension.name);
        LedgerEntry::new(1, words).tone(Tone::Faint)
    }));
    changes(&mut entries, &explanation.zone, 1, &card.total);
    entries.push(LedgerEntry::new(0, "total").tone(Tone::Strong).amount(Amount::Total(card.total.value)));
    Block::Ledger(entries)
}

/// A dimension of the card.
pub(super) fn bill(explanation: &Explanation<'_>, dimension: &DimensionLine<'_>, all: bool) -> Block {
    let name = || LedgerEntry::new(0, &dimension.name).tone(Tone::Strong);
    let mut entries = vec![name()];
    criteria(&mut entries, explanation, 1, &dimension.criteria, all);
    for group in &dimension.groups {
        entries.push(LedgerEntry::new(1, &group.name).tone(Tone::Strong));
        criteria(&mut entries, explanation, 2, &group.criteria, all);
        changes(&mut entries, &explanation.zone, 2, &group.sum);
        let sum = LedgerEntry::new(1, format!("= {}", group.name)).tone(Tone::Strong);
        entries.push(sum.amount(Amount::Carried(group.sum.value)));
    }
    changes(&mut entries, &explanation.zone, 1, &dimension.sum);
    entries.push(name().amount(Amount::Total(dimension.sum.value)));
    Block::Ledger(entries)
}

/// Those that gave points, then, briefly, those that gave none.
fn criteria(
    entries: &mut Vec<LedgerEntry>,
    explanation: &Explanation<'_>,
    depth: usize,
    criteria: &[CriterionLine<'_>],
    all: bool,
) {
    let (fired, silent): (Vec<_>, Vec<_>) = criteria.iter().partition(|criterion| !criterion.points.is_zero());
    for criterion in fired {
        whole(entries, explanation, depth, criterion, all);
    }
    for criterion in silent {
        if all && criterion.enabled {
            whole(entries, explanation, depth, criterion, all);
        } else {
            let brief = evidence::brief(criterion, &explanation.zone);
            let amount = if criterion.enabled { Amount::Part(Points::ZERO) } else { Amount::Off };
            let words = format!("{}: {brief}", criterion.title());
            entries.push(LedgerEntry::new(depth, words).tone(Tone::Faint).amount(amount));
        }
    }
}

/// A criterion with its evidence; with its id where the title isn't it.
fn whole(
    entries: &mut Vec<LedgerEntry>,
    explanation: &Explanation<'_>,
    depth: usize,
    criterion: &CriterionLine<'_>,
    all: bool,
) {
    let title = match &criterion.label {
        Some(label) => format!("{label} ({})", criterion.id),
        None => criterion.id.clone(),
    };
    entries.push(LedgerEntry::new(depth, title).amount(Amount::Part(criterion.points)));
    evidence::full(entries, explanation, depth + 1, criterion, all);
}

/// `silent for 120 days, since the event of 2026-02-01 09:00: 10 % of what is left lost every 30 days`.
fn faded(silent: &Silent, zone: &Zone) -> String {
    let days = language::found(&Found::Number(silent.days_micros), zone);
    let since = language::found(&Found::Instant(silent.since), zone);
    let event = if silent.is_event { "the event of " } else { "" };
    format!("silent for {days} days, since {event}{since}: {}", language::decay(silent.decay))
}

/// The sum, where something changed it, and what did.
fn changes(entries: &mut Vec<LedgerEntry>, zone: &Zone, depth: usize, sum: &Sum) {
    if !sum.changes.is_empty() {
        entries.push(LedgerEntry::new(depth, "together").tone(Tone::Faint).amount(Amount::Before(sum.sum)));
    }
    entries.extend(sum.changes.iter().map(|changed| {
        let words = match changed.change {
            Adjustment::Fade(silent) => faded(&silent, zone),
            Adjustment::Weight(weight) => format!("weight: × {weight}"),
            Adjustment::Max(max) => format!("limit: no more than {max}"),
            Adjustment::Min(min) => format!("limit: no less than {min}"),
        };
        LedgerEntry::new(depth, words).amount(Amount::Part(changed.by))
    }));
}
