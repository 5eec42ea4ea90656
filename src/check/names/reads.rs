//! What a rulebook reads of its exports: fields, tables, types of events.

use crate::rulebook::expr::{Tally, Types};
use crate::rulebook::{Dimension, Origin, Rulebook, Source, TypeFrom};
use crate::value::fold;

/// Whether anything reads a field of leads.
pub(super) fn reads_field(rulebook: &Rulebook, field: usize) -> bool {
    rulebook.lead_slots.iter().any(|(read, _)| *read == field)
}

/// Whether anything reads a field of a table.
pub(super) fn reads_table(rulebook: &Rulebook, table: usize) -> bool {
    let fields = rulebook.fields.iter().enumerate();
    let mut own = fields.filter(|(_, field)| field.origin == Origin::Table(table));
    own.any(|(index, _)| reads_field(rulebook, index))
}

/// The tallies that the rulebook asks for, without those behind the columns that every output has.
///
/// That of `last_event` is the same as one that a rulebook may ask for; what looks at any event looks at every source, so
/// taking it for a standing one would call used sources unused only where nothing else reads them.
pub(super) fn asked_for(rulebook: &Rulebook) -> impl Iterator<Item = &Tally> {
    // A fade asks for the newest event.
    let has_fade = rulebook.dimensions.iter().any(Dimension::has_fade);
    let is_standing =
        move |index: usize| index == rulebook.events_tally || (index == rulebook.last_event_tally && !has_fade);
    rulebook.tallies.iter().enumerate().filter(move |(index, _)| !is_standing(*index)).map(|(_, tally)| tally)
}

/// The types of a source's events, folded, where the rulebook says them.
pub(super) fn types_of(source: &Source) -> Option<Vec<String>> {
    match &source.type_from {
        TypeFrom::Column { .. } => None,
        TypeFrom::Always { name, .. } => Some(vec![fold(name).into_owned()]),
        TypeFrom::Columns(kinds) => Some(kinds.iter().map(|kind| fold(&kind.name).into_owned()).collect()),
    }
}

/// Whether a tally can look at events of a source.
pub(super) fn looks_at(rulebook: &Rulebook, tally: &Tally, source: usize) -> bool {
    let is_type = |types: &Types| match (types, types_of(&rulebook.sources[source])) {
        (Types::Every, _) | (_, None) => true,
        (Types::Any, Some(own)) => own.iter().any(|name| !rulebook.not_engagement.contains(name)),
        (Types::Named(names), Some(own)) => names.iter().any(|name| own.contains(name)),
    };
    tally.select.source.is_none_or(|wanted| wanted == source) && is_type(&tally.select.types)
}
