//! Which values of maps, and which bands, the rows of some files have: what a check asks for, and no run.

use super::card::Chosen;
use super::cells::Cells;
use super::derive::{is_listed, part_of};
use crate::rulebook::Rulebook;
use crate::rulebook::derived::{Derivation, DerivedSpot, Mapped};
use crate::value::{Instant, Value, fold};
use std::collections::{BTreeMap, HashMap};

/// What is there of derived fields, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextsSeen {
    by_field: BTreeMap<usize, FieldSeen>,
}

/// What is there of a derived field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSeen {
    /// Whether a row has any value of the field that it is made of.
    pub is_present: bool,
    /// Of a map for each value that it lists whether a row has it, then for each new text; of bands for each whether a row is in it.
    pub each: Vec<bool>,
}

impl TextsSeen {
    /// What is there of a field; none where no row was looked at.
    #[must_use]
    pub fn of(&self, field: usize) -> Option<&FieldSeen> {
        self.by_field.get(&field)
    }

    /// Adds what other rows have.
    pub(crate) fn add(&mut self, other: Self) {
        for (field, more) in other.by_field {
            match self.by_field.get_mut(&field) {
                Some(seen) => {
                    seen.is_present |= more.is_present;
                    seen.each.iter_mut().zip(more.each).for_each(|(seen, more)| *seen |= more);
                }
                None => drop(self.by_field.insert(field, more)),
            }
        }
    }
}

/// Looks at the derived fields of one kind of rows.
pub(crate) struct TextsLook<'r> {
    fields: Vec<LookedAt<'r>>,
    as_of: Instant,
}

struct LookedAt<'r> {
    field: usize,
    derivation: &'r Derivation,
    /// Of a map over texts the number of each value that it lists, and of each new text, by folded text.
    by_text: HashMap<String, usize>,
    n_parts: usize,
}

impl<'r> TextsLook<'r> {
    /// Looks at leads with their tables, or at the events of a source; none where they have no such field.
    pub(crate) fn new(rulebook: &'r Rulebook, source: Option<usize>, as_of: Instant) -> Option<Self> {
        let of_these = rulebook.derived().filter_map(|(spot, derivation)| match spot {
            DerivedSpot::Lead(field) if source.is_none() => Some((field, derivation)),
            DerivedSpot::Event(of, field) if source == Some(of) => Some((field, derivation)),
            _ => None,
        });
        let looked_at = |(field, derivation): (usize, &'r Derivation)| {
            let (n_parts, by_text) = match derivation {
                Derivation::Map(mapped) => (mapped.entries.len() + mapped.targets.len(), by_text(mapped)),
                Derivation::Bands(banded) => (banded.bands.len(), HashMap::new()),
                _ => return None,
            };
            Some(LookedAt { field, derivation, by_text, n_parts })
        };
        let fields: Vec<LookedAt<'r>> = of_these.filter_map(looked_at).collect();
        (!fields.is_empty()).then_some(Self { fields, as_of })
    }

    /// Notes what a row has.
    pub(crate) fn note<'v, D: Fn(usize) -> Value<'v>>(&self, cells: &Cells<'v, D>, seen: &mut TextsSeen) {
        for at in &self.fields {
            let none = || FieldSeen { is_present: false, each: vec![false; at.n_parts] };
            let seen = seen.by_field.entry(at.field).or_insert_with(none);
            let Some(chosen) = cells.chosen(at.field) else { continue };
            seen.is_present |= chosen != Chosen::Unknown;
            match (at.derivation, chosen) {
                (Derivation::Map(mapped), _) => {
                    let value = part_of(cells.value(mapped.of.field).clone(), mapped.of.part);
                    self.note_values(at, mapped, &value, &mut seen.each);
                }
                (_, Chosen::Arm(band)) => seen.each[band] = true,
                _ => {}
            }
        }
    }

    fn note_values(&self, at: &LookedAt<'_>, mapped: &Mapped, value: &Value<'_>, each: &mut [bool]) {
        let mut note = |text: &str| {
            if let Some(number) = at.by_text.get(fold(text).as_ref()) {
                each[*number] = true;
            }
        };
        match value {
            Value::Missing => {}
            Value::Text(text) => note(text),
            Value::Set(texts) => texts.iter().for_each(|text| note(text)),
            value => {
                for (entry, seen) in mapped.entries.iter().zip(each) {
                    *seen = *seen || is_listed(mapped, entry, value, self.as_of);
                }
            }
        }
    }
}

/// The numbers of listed values and new texts; a new text that is listed is that value.
fn by_text(mapped: &Mapped) -> HashMap<String, usize> {
    let listed = mapped.entries.iter().map(|entry| entry.written.as_str());
    let mut by_text = HashMap::new();
    for (number, text) in listed.chain(mapped.targets.iter().map(String::as_str)).enumerate() {
        by_text.entry(fold(text).into_owned()).or_insert(number);
    }
    by_text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(is_present: bool, each: [bool; 3]) -> TextsSeen {
        TextsSeen { by_field: BTreeMap::from([(7, FieldSeen { is_present, each: each.to_vec() })]) }
    }

    #[test]
    fn what_some_rows_have_and_what_others_have_is_there() {
        let mut all = TextsSeen::default();
        all.add(seen(false, [true, false, false]));
        all.add(seen(true, [false, false, true]));
        assert_eq!(all, seen(true, [true, false, true]));
        all.add(TextsSeen::default());
        assert_eq!(all, seen(true, [true, false, true]));
    }
}
