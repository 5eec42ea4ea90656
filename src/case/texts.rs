//! The derived fields whose texts a test can see: those that a lead's result hangs on. What only a report or an export reads is
//! nothing that a test could notice.

use crate::rulebook::derived::DerivedSpot;
use crate::rulebook::expr::{Count, Expr, FieldRef, Measure, Worth};
use crate::rulebook::{ConditionRole, Rulebook, Side};

/// The derived fields that a lead's result hangs on, in order.
pub(super) fn seen_texts(rulebook: &Rulebook) -> Vec<DerivedSpot> {
    let mut read: Vec<(Side, usize)> = Vec::new();
    let mut open = read_directly(rulebook);
    while let Some((side, field)) = open.pop() {
        if read.contains(&(side, field)) {
            continue;
        }
        read.push((side, field));
        let own = rulebook.derived().filter(|(spot, _)| side_of(*spot) == (side, field));
        open.extend(own.flat_map(|(_, derivation)| derivation.inputs()).map(|input| (side, input.field)));
    }
    rulebook.derived().map(|(spot, _)| spot).filter(|spot| read.contains(&side_of(*spot))).collect()
}

fn side_of(spot: DerivedSpot) -> (Side, usize) {
    match spot {
        DerivedSpot::Lead(field) => (Side::Lead, field),
        DerivedSpot::Event(_, field) => (Side::Event, field),
    }
}

/// The fields that conditions and criteria name, and those whose texts events are told apart by.
fn read_directly(rulebook: &Rulebook) -> Vec<(Side, usize)> {
    let fields = |side: Side, expr: &Expr| expr.fields().map(|field| (side, field.field)).collect::<Vec<_>>();
    let apart = |role: &ConditionRole| {
        matches!(role, ConditionRole::OfAccounts | ConditionRole::AccountCount(_) | ConditionRole::LeftOut)
    };
    let of_leads = |role: &ConditionRole| !apart(role);
    let conditions = rulebook.conditions().into_iter().filter(|condition| of_leads(&condition.role));
    let mut read: Vec<(Side, usize)> =
        conditions.flat_map(|condition| fields(condition.role.side(), condition.expr)).collect();
    read.extend(rulebook.criteria.iter().filter_map(|criterion| match &criterion.worth {
        Worth::Lookup { field, .. } => Some((Side::Lead, field.field)),
        _ => None,
    }));
    let of_event = |field: FieldRef| (Side::Event, field.field);
    read.extend(rulebook.tallies.iter().filter_map(|tally| match &tally.measure {
        Measure::OfField(_, field) | Measure::Points { count: Count::Distinct(field), .. } => Some(of_event(*field)),
        _ => None,
    }));
    let rules = rulebook.sources.iter().flat_map(|source| &source.automated);
    read.extend(rules.filter_map(|rule| rule.same).map(of_event));
    read
}
