//! Two rulebooks onto one numbering of lead fields, event fields, slots, tables, sources and tallies: so that one pass over the
//! files, one set of tallies and one decoded row serve both. What they say is not changed.

use crate::rulebook::expr::{FieldRef, Tally};
use crate::rulebook::rewrite::Ref;
use crate::rulebook::{Origin, Rulebook, Source, Table};
use crate::value::Part;
use std::collections::BTreeSet;

/// Names of fields that both rulebooks define in the same way.
#[derive(Debug, Default)]
pub(super) struct SameFields {
    /// Lead fields.
    pub lead: BTreeSet<String>,
    /// Event fields.
    pub event: BTreeSet<String>,
}

/// Both rulebooks, with the same fields, slots, tables, sources and tallies under the same numbers.
#[derive(Debug)]
pub(super) struct Common {
    pub old: Rulebook,
    pub new: Rulebook,
}

/// Where the parts of the new rulebook stand in the common numbering.
struct Moves {
    fields: Vec<usize>,
    event_fields: Vec<usize>,
    tables: Vec<usize>,
    sources: Vec<usize>,
}

/// The place of each name of `new` among those of `old`, further ones behind them.
fn places<'n>(old: &[&str], new: impl Iterator<Item = &'n str>) -> Vec<usize> {
    let mut n_names = old.len();
    let mut next = || {
        n_names += 1;
        n_names - 1
    };
    new.map(|name| old.iter().position(|known| *known == name).unwrap_or_else(&mut next)).collect()
}

fn as_texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

impl Moves {
    fn of(old: &Rulebook, new: &Rulebook, same: &SameFields) -> Self {
        // A name that means another column or type stands for a field of its own.
        let known = |is_same: bool, name: &'_ str| if is_same { name.to_owned() } else { String::new() };
        let fields: Vec<String> =
            old.fields.iter().map(|field| known(same.lead.contains(&field.name), &field.name)).collect();
        let event_fields: Vec<String> =
            old.event_fields.iter().map(|field| known(same.event.contains(&field.name), &field.name)).collect();
        let tables: Vec<&str> = old.tables.iter().map(|table| table.name.as_str()).collect();
        let sources: Vec<&str> = old.sources.iter().map(|source| source.name.as_str()).collect();
        Self {
            fields: places(&as_texts(&fields), new.fields.iter().map(|field| field.name.as_str())),
            event_fields: places(&as_texts(&event_fields), new.event_fields.iter().map(|field| field.name.as_str())),
            tables: places(&tables, new.tables.iter().map(|table| table.name.as_str())),
            sources: places(&sources, new.sources.iter().map(|source| source.name.as_str())),
        }
    }
}

fn slot_of(slots: &mut Vec<(usize, Part)>, field: usize, part: Part) -> usize {
    slots.iter().position(|known| *known == (field, part)).unwrap_or_else(|| {
        slots.push((field, part));
        slots.len() - 1
    })
}

/// Brings two rulebooks onto one numbering. Where they declare a table or source differently, each keeps its own under the common
/// number; where only one declares it, both have it.
pub(super) fn common(old: &Rulebook, new: &Rulebook, same: &SameFields) -> Common {
    let moves = Moves::of(old, new, same);
    let mut old = old.clone();
    let mut new = new.clone();
    let (mut lead_slots, mut event_slots) = (old.lead_slots.clone(), old.event_slots.clone());
    new.rewrite(&mut |reference| {
        let moved = |field: &mut FieldRef, to: &[usize], slots: &mut Vec<(usize, Part)>| {
            field.field = to[field.field];
            field.slot = slot_of(slots, field.field, field.part);
        };
        match reference {
            Ref::LeadField(field) => moved(field, &moves.fields, &mut lead_slots),
            Ref::EventField(field) => moved(field, &moves.event_fields, &mut event_slots),
            Ref::Source(source) => *source = moves.sources[*source],
            Ref::Tally(_) | Ref::Score(_) | Ref::Stage(_) => {}
        }
    });
    (old.lead_slots, new.lead_slots) = (lead_slots.clone(), lead_slots);
    (old.event_slots, new.event_slots) = (event_slots.clone(), event_slots);
    new.missing_fields.iter_mut().for_each(|field| *field = moves.fields[*field]);
    join_fields(&mut old, &mut new, &moves);
    join_declared(&mut old.tables, &mut new.tables, &moves.tables, |_, _| {});
    let join_columns = |to: &mut Source, other: &Source| {
        let more = other.fields.iter().filter(|(field, _)| to.fields.iter().all(|(known, _)| known != field));
        let more: Vec<_> = more.cloned().collect();
        to.fields.extend(more);
    };
    join_declared(&mut old.sources, &mut new.sources, &moves.sources, join_columns);
    join_tallies(&mut old, &mut new);
    Common { old, new }
}

fn join_fields(old: &mut Rulebook, new: &mut Rulebook, moves: &Moves) {
    for (field, to) in new.fields.iter().zip(&moves.fields) {
        if *to >= old.fields.len() {
            let mut field = field.clone();
            if let Origin::Table(table) = &mut field.origin {
                *table = moves.tables[*table];
            }
            old.fields.push(field);
        }
    }
    new.fields.clone_from(&old.fields);
    for (field, to) in new.event_fields.iter().zip(&moves.event_fields) {
        if *to >= old.event_fields.len() {
            old.event_fields.push(field.clone());
        }
    }
    new.event_fields.clone_from(&old.event_fields);
    for (field, _) in new.sources.iter_mut().flat_map(|source| &mut source.fields) {
        *field = moves.event_fields[*field];
    }
}

/// Lists of declared things under common numbers: each side keeps what it says, and has what only the other declares.
fn join_declared<T: Clone>(old: &mut Vec<T>, new: &mut Vec<T>, moves: &[usize], join: impl Fn(&mut T, &T)) {
    let n_old = old.len();
    let mut joined = old.clone();
    for (thing, to) in new.iter().zip(moves) {
        if *to >= n_old {
            old.push(thing.clone());
            joined.push(thing.clone());
        } else {
            join(&mut old[*to], thing);
            let mut thing = thing.clone();
            join(&mut thing, &joined[*to]);
            joined[*to] = thing;
        }
    }
    *new = joined;
}

/// One list of tallies, each selection-and-measure once.
fn join_tallies(old: &mut Rulebook, new: &mut Rulebook) {
    for tally in &mut new.tallies {
        tally.select.since.sort_unstable_by_key(|field| field.slot);
    }
    let mut tallies = old.tallies.clone();
    let places: Vec<usize> = new.tallies.iter().map(|tally| place_of(&mut tallies, tally)).collect();
    new.rewrite(&mut |reference| {
        if let Ref::Tally(tally) = reference {
            *tally = places[*tally];
        }
    });
    old.tallies.clone_from(&tallies);
    new.tallies = tallies;
}

fn place_of(tallies: &mut Vec<Tally>, tally: &Tally) -> usize {
    tallies.iter().position(|known| known == tally).unwrap_or_else(|| {
        tallies.push(tally.clone());
        tallies.len() - 1
    })
}

/// The tables or sources that only one of two rulebooks declares, by their number in the common numbering.
pub(super) fn only_in_one<T>(declared: &[T], name: impl Fn(&T) -> &str, by: &[&str]) -> Vec<bool> {
    declared.iter().map(|thing| !by.contains(&name(thing))).collect()
}

/// Whether a rulebook declares each of the tables of the common numbering.
pub(super) fn lacks_tables(common: &[Table], own: &Rulebook) -> Vec<bool> {
    let names: Vec<&str> = own.tables.iter().map(|table| table.name.as_str()).collect();
    only_in_one(common, |table| &table.name, &names)
}

/// Whether a rulebook declares each of the sources of the common numbering.
pub(super) fn lacks_sources(common: &[Source], own: &Rulebook) -> Vec<bool> {
    let names: Vec<&str> = own.sources.iter().map(|source| source.name.as_str()).collect();
    only_in_one(common, |source| &source.name, &names)
}
