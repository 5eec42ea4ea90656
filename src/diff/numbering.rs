//! Two rulebooks onto one numbering of lead fields, event fields, slots, tables, sources and tallies: so that one pass over the
//! files, one set of tallies and one decoded row serve both. What they say is not changed.

use super::sides::{Pairs, Sides, paired, places};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::rewrite::Ref;
use crate::rulebook::{Origin, Rulebook, Source};
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
    pub rulebooks: Sides<Rulebook>,
    /// Which tables either declares.
    pub tables: Pairs,
    /// Which sources either declares.
    pub sources: Pairs,
}

/// Brings two rulebooks onto one numbering. Where they declare a table or source differently, each keeps its own under the common
/// number; where only one declares it, both have it.
pub(super) fn common(both: Sides<&Rulebook>, same: &SameFields) -> Common {
    let tables = paired(&both.map(|one| one.tables.iter().map(|table| &table.name).collect()));
    let sources = paired(&both.map(|one| one.sources.iter().map(|source| &source.name).collect()));
    let fields = fields(both.map(|one| one.fields.iter().map(|field| &field.name).collect()), &same.lead);
    let event_fields =
        self::fields(both.map(|one| one.event_fields.iter().map(|field| &field.name).collect()), &same.event);
    let mut both = both.map(Clone::clone);
    let to = Renumbering {
        fields: places(&fields).new,
        event_fields: places(&event_fields).new,
        tables: places(&tables).new,
        sources: places(&sources).new,
    };
    move_references(&mut both, &to);
    // Before fields are joined: of the new ones, those that are the old's have its numbers of tallies.
    join_tallies(&mut both);
    let lists = joined(&fields, both.as_ref().map(|one| &one.fields[..]), |_, _| {});
    both.new.fields.clone_from(&lists.old);
    both.old.fields = lists.old;
    let lists = joined(&event_fields, both.as_ref().map(|one| &one.event_fields[..]), |_, _| {});
    both.new.event_fields.clone_from(&lists.old);
    both.old.event_fields = lists.old;
    let lists = joined(&tables, both.as_ref().map(|one| &one.tables[..]), |_, _| {});
    (both.old.tables, both.new.tables) = (lists.old, lists.new);
    let lists = joined(&sources, both.as_ref().map(|one| &one.sources[..]), add_columns);
    (both.old.sources, both.new.sources) = (lists.old, lists.new);
    Common { rulebooks: both, tables, sources }
}

/// Fields by name; a name that means another column or type stands for a field of its own.
fn fields(names: Sides<Vec<&String>>, same: &BTreeSet<String>) -> Pairs {
    let old = names.old.into_iter().map(|name| same.contains(name).then_some(name)).collect();
    paired(&Sides { old, new: names.new.into_iter().map(Some).collect() })
}

/// Where the parts of the new rulebook stand in the common numbering; the old one keeps its numbers.
struct Renumbering {
    fields: Vec<usize>,
    event_fields: Vec<usize>,
    tables: Vec<usize>,
    sources: Vec<usize>,
}

fn move_references(both: &mut Sides<Rulebook>, to: &Renumbering) {
    let Sides { old, new } = both;
    let moved = |field: &mut FieldRef, to: &[usize], slots: &mut Vec<(usize, Part)>| {
        field.field = to[field.field];
        let slot = (field.field, field.part);
        field.slot = slots.iter().position(|known| *known == slot).unwrap_or_else(|| {
            slots.push(slot);
            slots.len() - 1
        });
    };
    let (lead_slots, event_slots) = (&mut old.lead_slots, &mut old.event_slots);
    new.rewrite(&mut |reference| match reference {
        Ref::LeadField(field) => moved(field, &to.fields, lead_slots),
        Ref::EventField(field) => moved(field, &to.event_fields, event_slots),
        Ref::Source(source) => *source = to.sources[*source],
        Ref::Tally(_) | Ref::Score(_) | Ref::Stage(_) => {}
    });
    new.lead_slots.clone_from(&old.lead_slots);
    new.event_slots.clone_from(&old.event_slots);
    new.missing_fields.iter_mut().for_each(|field| *field = to.fields[*field]);
    for read in &mut new.read_fields {
        read.field = to.fields[read.field];
        read.readers.iter_mut().for_each(|reader| *reader = to.fields[*reader]);
    }
    for field in &mut new.fields {
        if let Origin::Table(table) = &mut field.origin {
            *table = to.tables[*table];
        }
    }
    for (field, _) in new.sources.iter_mut().flat_map(|source| &mut source.fields) {
        *field = to.event_fields[*field];
    }
}

/// A list under common numbers: each side keeps what it says, joined with what the other says of the same, and has what only the
/// other declares.
fn joined<T: Clone>(pairs: &Pairs, lists: Sides<&[T]>, join: impl Fn(&mut T, &T)) -> Sides<Vec<T>> {
    let of = |is_new: bool| {
        let entry = |pair: &Sides<Option<usize>>| {
            let sides = pair.zip(lists).map(|(at, list)| at.map(|at| &list[at]));
            let (own, other) = (sides.of(is_new), sides.of(!is_new));
            let mut entry = own.or(other).cloned()?;
            own.and(other).into_iter().for_each(|other| join(&mut entry, other));
            Some(entry)
        };
        pairs.iter().filter_map(entry).collect()
    };
    Sides { old: of(false), new: of(true) }
}

/// A source that decodes also the columns that the other rulebook wants of it.
fn add_columns(to: &mut Source, other: &Source) {
    let more = other.fields.iter().filter(|(field, _)| to.fields.iter().all(|(known, _)| known != field));
    let more: Vec<_> = more.cloned().collect();
    to.fields.extend(more);
}

/// One list of tallies, each selection-and-measure once.
fn join_tallies(both: &mut Sides<Rulebook>) {
    for tally in &mut both.new.tallies {
        tally.select.since.sort_unstable_by_key(|field| field.slot);
    }
    let pairs = paired(&both.as_ref().map(|one| one.tallies.iter().collect()));
    let to = places(&pairs).new;
    both.new.rewrite(&mut |reference| {
        if let Ref::Tally(tally) = reference {
            *tally = to[*tally];
        }
    });
    let tallies = joined(&pairs, both.as_ref().map(|one| &one.tallies[..]), |_, _| {}).old;
    both.old.tallies.clone_from(&tallies);
    both.new.tallies = tallies;
}
