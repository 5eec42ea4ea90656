//! The card as a waterfall: everything above a line of a sum adds up to it.

use super::evidence;
use crate::explain::{Change, CriterionLine, DimensionLine, Evidence, Explanation, Sum};
use crate::present::sheet::{Ink, Sheet};

/// The card.
pub(super) fn card(sheet: &mut Sheet, explanation: &Explanation, all: bool) {
    sheet.title("How the points come about");
    sheet.blank();
    points(sheet, explanation, all);
}

/// One dimension of the card.
pub(super) fn dimension(sheet: &mut Sheet, explanation: &Explanation, name: &str, all: bool) {
    for dimension in explanation.dimensions.iter().filter(|dimension| dimension.name == name) {
        dimension_lines(sheet, explanation, dimension, all);
    }
}

/// One criterion of the card, with all that there is to say of it.
pub(super) fn criterion(sheet: &mut Sheet, explanation: &Explanation, id: &str, all: bool) {
    for dimension in &explanation.dimensions {
        let grouped = dimension.groups.iter().flat_map(|group| &group.criteria);
        for criterion in dimension.criteria.iter().chain(grouped).filter(|criterion| criterion.id == id) {
            sheet.points(0, &titled(criterion), criterion.points, false, Ink::Plain);
            evidence::full(sheet, explanation, 2, criterion, all);
        }
    }
}

/// The dimensions and the total.
pub(super) fn points(sheet: &mut Sheet, explanation: &Explanation, all: bool) {
    for dimension in &explanation.dimensions {
        dimension_lines(sheet, explanation, dimension, all);
    }
    let (inside, outside): (Vec<_>, Vec<_>) = explanation.dimensions.iter().partition(|dimension| dimension.in_total);
    sheet.text(0, "total", Ink::Strong);
    for dimension in inside {
        sheet.points(2, &dimension.name, dimension.sum.value, false, Ink::Plain);
    }
    for dimension in outside {
        sheet.text(2, &format!("{} is a score of its own and not part of the total", dimension.name), Ink::Faint);
    }
    changes(sheet, 2, &explanation.total);
    sheet.rule();
    sheet.points(0, "total", explanation.total.value, true, Ink::Strong);
    sheet.blank();
}

fn dimension_lines(sheet: &mut Sheet, explanation: &Explanation, dimension: &DimensionLine, all: bool) {
    sheet.text(0, &dimension.name, Ink::Strong);
    criteria(sheet, explanation, 2, &dimension.criteria, all);
    for group in &dimension.groups {
        sheet.text(2, &group.name, Ink::Strong);
        criteria(sheet, explanation, 4, &group.criteria, all);
        changes(sheet, 4, &group.sum);
        sheet.points(2, &format!("= {}", group.name), group.sum.value, true, Ink::Strong);
        sheet.blank();
    }
    changes(sheet, 2, &dimension.sum);
    sheet.rule();
    sheet.points(0, &dimension.name, dimension.sum.value, true, Ink::Strong);
    sheet.blank();
}

/// Those that gave points, then, briefly, those that gave none.
fn criteria(sheet: &mut Sheet, explanation: &Explanation, indent: usize, criteria: &[CriterionLine], all: bool) {
    let (fired, silent): (Vec<_>, Vec<_>) = criteria.iter().partition(|criterion| !criterion.points.is_zero());
    for criterion in fired {
        sheet.points(indent, &titled(criterion), criterion.points, false, Ink::Plain);
        evidence::full(sheet, explanation, indent + 2, criterion, all);
    }
    for criterion in silent {
        let is_switched_off = matches!(criterion.evidence, Evidence::Disabled);
        if all && !is_switched_off {
            sheet.points(indent, &titled(criterion), criterion.points, false, Ink::Plain);
            evidence::full(sheet, explanation, indent + 2, criterion, all);
        } else {
            let brief = evidence::brief(criterion, &explanation.zone);
            let right = if is_switched_off { "off" } else { "0" };
            sheet.right(
                indent,
                &one_line(&format!("{}: {brief}", criterion.title()), 84 - indent),
                right,
                Ink::Faint,
                0,
            );
        }
    }
}

/// A title, with the id where the title isn't it.
fn titled(criterion: &CriterionLine) -> String {
    match &criterion.label {
        Some(label) => format!("{label} ({})", criterion.id),
        None => criterion.id.clone(),
    }
}

fn one_line(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

/// The sum, where something changed it, and what did.
fn changes(sheet: &mut Sheet, indent: usize, sum: &Sum) {
    if !sum.changes.is_empty() {
        sheet.right(indent, "together", &sum.sum.to_string(), Ink::Faint, 0);
    }
    for (change, by) in &sum.changes {
        let words = match change {
            Change::Weight(weight) => format!("weight: × {weight}"),
            Change::Max(max) => format!("limit: no more than {max}"),
            Change::Min(min) => format!("limit: no less than {min}"),
        };
        sheet.points(indent, &words, *by, false, Ink::Plain);
    }
}
