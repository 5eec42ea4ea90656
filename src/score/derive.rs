//! The value of a derived field, from the other values of its row: the same for leads and events, for files and for a lead in
//! memory. What events gave is put in by whoever has the tallies.

use super::card::{Chosen, first_true};
use super::cells::{any_text, fold_value, is_present};
use super::eval::{Facts, held_against};
use super::leaves::OneValue;
use super::passes::latest_return;
use crate::rulebook::derived::{Banded, Derivation, MapEntry, Mapped};
use crate::rulebook::expr::{FieldRef, Term};
use crate::rulebook::{Field, Origin};
use crate::value::{Instant, Moment, Number, Part, Value, fold};
use std::borrow::Cow;

/// The value of a derived field; `read` knows the other fields of the row.
pub(crate) fn derive<'v>(derivation: &'v Derivation, as_of: Instant, read: &dyn Fn(usize) -> Value<'v>) -> Value<'v> {
    let part = |field: &FieldRef| part_of(read(field.field), field.part);
    let moments = |fields: &[FieldRef]| fields.iter().filter_map(|field| part(field).moment()).collect::<Vec<_>>();
    let date = |moment: Option<Moment>| moment.map_or(Value::Missing, Moment::value);
    match derivation {
        Derivation::Map(mapped) => map(mapped, part(&mapped.of), as_of),
        Derivation::Bands(banded) => band(banded, as_of, read),
        Derivation::FirstOf(fields) => {
            fields.iter().map(part).find(|value| !value.is_missing()).unwrap_or(Value::Missing)
        }
        // Of two at one instant the bare date counts.
        Derivation::Earliest(fields) => {
            date(moments(fields).into_iter().min_by_key(|moment| (moment.at, !moment.is_bare)))
        }
        Derivation::Latest(fields) => {
            date(moments(fields).into_iter().max_by_key(|moment| (moment.at, moment.is_bare)))
        }
        Derivation::Minus { from, minus } => sum(&[part(from), part(minus)], -1),
        Derivation::SumOf(fields) => sum(&fields.iter().map(part).collect::<Vec<_>>(), 1),
        Derivation::Days { from, minus } => match part(from).instant().zip(part(minus).instant()) {
            Some((from, minus)) => Value::Days(from.ms_since(minus)),
            None => Value::Missing,
        },
        Derivation::OfEvents(_) => Value::Missing,
        // What hangs on events is put in later, as what comes from events alone.
        Derivation::LatestReturn(latest) if !latest.tallies().is_empty() => Value::Missing,
        Derivation::LatestReturn(latest) => {
            let values = derivation.inputs().into_iter().map(|input| (input.field, read(input.field))).collect();
            latest_return(latest, &RowFacts { values, as_of }).map_or(Value::Missing, Moment::value)
        }
    }
}

/// The value of a field of a lead in memory that has to be known before its events are; `read` knows those that have a column.
pub(crate) fn settled<'v>(
    fields: &'v [Field],
    as_of: Instant,
    field: usize,
    read: &dyn Fn(usize) -> Value<'v>,
) -> Value<'v> {
    let Some(derivation) = fields[field].derivation() else { return read(field) };
    if fields[field].origin.table().is_some_and(|table| !has_row(fields, table, |field| !read(field).is_missing())) {
        return Value::Missing;
    }
    derive(derivation, as_of, &|input| settled(fields, as_of, input, read))
}

/// Whether a lead in memory has a row in a table: one of its columns has a value.
pub(super) fn has_row(fields: &[Field], table: usize, has_value: impl Fn(usize) -> bool) -> bool {
    let is_column = |field: &usize| fields[*field].origin == Origin::Table(table) && fields[*field].spec().is_some();
    (0..fields.len()).filter(is_column).any(has_value)
}

/// A part of a value.
pub(super) fn part_of<'v>(value: Value<'v>, part: Part) -> Value<'v> {
    match value {
        value if part == Part::Whole => value,
        Value::Text(Cow::Borrowed(text)) => {
            part.extract(text).map_or(Value::Missing, |text| Value::Text(Cow::Borrowed(text)))
        }
        Value::Text(Cow::Owned(text)) => {
            part.extract(&text).map_or(Value::Missing, |text| Value::Text(Cow::Owned(text.to_owned())))
        }
        Value::Set(texts) => {
            let cut = |text: Cow<'v, str>| match text {
                Cow::Borrowed(text) => part.extract(text).map(Cow::Borrowed),
                Cow::Owned(text) => part.extract(&text).map(|text| Cow::Owned(text.to_owned())),
            };
            let texts: Vec<_> = texts.into_iter().filter_map(cut).collect();
            if texts.is_empty() { Value::Missing } else { Value::Set(texts) }
        }
        Value::Range(range) => range.part(part).map_or(Value::Missing, Value::Number),
        _ => Value::Missing,
    }
}

/// Which of its texts a derived field comes to: of a map the number of a new text, of bands that of a band; none where it is
/// neither.
pub(super) fn chosen<'v>(derivation: &Derivation, as_of: Instant, read: &dyn Fn(usize) -> Value<'v>) -> Option<Chosen> {
    match derivation {
        Derivation::Map(mapped) => Some(chosen_target(mapped, &part_of(read(mapped.of.field), mapped.of.part), as_of)),
        Derivation::Bands(banded) => Some(chosen_band(banded, as_of, read)),
        _ => None,
    }
}

fn chosen_target(mapped: &Mapped, value: &Value<'_>, as_of: Instant) -> Chosen {
    let listed = |text: &str| mapped.by_text.get(fold(text).as_ref()).copied();
    let target = match value {
        Value::Missing => return Chosen::Unknown,
        Value::Text(own) => listed(own),
        Value::Set(parts) => parts.iter().find_map(|part| listed(part)),
        value => {
            let fits = mapped.entries.iter().find(|entry| is_listed(mapped, entry, value, as_of));
            fits.map(|entry| entry.target)
        }
    };
    target.map_or(Chosen::None, Chosen::Arm)
}

/// Whether a value that is no text is one that an entry of a map lists.
pub(super) fn is_listed(mapped: &Mapped, entry: &MapEntry, value: &Value<'_>, as_of: Instant) -> bool {
    held_against(Term::Field(mapped.of), &entry.test, &OneValue::new(value, as_of)).is_true()
}

fn map<'v>(mapped: &'v Mapped, value: Value<'v>, as_of: Instant) -> Value<'v> {
    let text = |text: &'v String| Value::Text(Cow::Borrowed(text.as_str()));
    let target = chosen_target(mapped, &value, as_of);
    match (target, &mapped.rest.otherwise, value) {
        (Chosen::Arm(target), _, _) => text(&mapped.targets[target]),
        (Chosen::Unknown, _, _) => mapped.rest.unknown.as_ref().map_or(Value::Missing, text),
        (Chosen::None, Some(otherwise), _) => text(otherwise),
        (Chosen::None, None, Value::Text(own)) => Value::Text(own),
        (Chosen::None, None, Value::Set(parts)) => parts.into_iter().next().map_or(Value::Missing, Value::Text),
        (Chosen::None, None, _) => Value::Missing,
    }
}

fn band<'v>(banded: &'v Banded, as_of: Instant, read: &dyn Fn(usize) -> Value<'v>) -> Value<'v> {
    let text = |text: Option<&'v String>| text.map_or(Value::Missing, |text| Value::Text(Cow::Borrowed(text.as_str())));
    match chosen_band(banded, as_of, read) {
        Chosen::Arm(arm) => text(Some(&banded.bands[arm].then)),
        Chosen::Unknown => text(banded.rest.unknown.as_ref()),
        Chosen::None => text(banded.rest.otherwise.as_ref()),
    }
}

fn chosen_band<'v>(banded: &Banded, as_of: Instant, read: &dyn Fn(usize) -> Value<'v>) -> Chosen {
    let fields = banded.bands.iter().flat_map(|band| band.when.fields());
    let mut values: Vec<(usize, Value<'v>)> = Vec::new();
    for field in fields {
        if values.iter().all(|(known, _)| *known != field.field) {
            values.push((field.field, read(field.field)));
        }
    }
    first_true(banded.bands.iter().map(|band| &band.when), &RowFacts { values, as_of })
}

/// A sum of numbers, of which all but the first count `sign` times; missing where one is. Beyond what a number can hold it stays
/// at its end.
fn sum(values: &[Value<'_>], sign: i64) -> Value<'static> {
    if let [Value::Days(from), rest @ ..] = values
        && let Some(rest) = rest.iter().map(days).collect::<Option<Vec<i64>>>()
    {
        return Value::Days(rest.iter().fold(*from, |sum, ms| sum.saturating_add(ms.saturating_mul(sign))));
    }
    let mut sum = 0_i64;
    for (at, value) in values.iter().enumerate() {
        let Some(micros) = micros(value) else { return Value::Missing };
        sum = sum.saturating_add(if at == 0 { micros } else { micros.saturating_mul(sign) });
    }
    Value::Number(Number::from_micros(sum))
}

fn days(value: &Value<'_>) -> Option<i64> {
    if let Value::Days(ms) = value { Some(*ms) } else { None }
}

/// A number in millionths; of a range its lower end.
fn micros(value: &Value<'_>) -> Option<i64> {
    value.number_rounded(Part::Whole).map(Number::micros)
}

/// Some values of a row as facts.
struct RowFacts<'v> {
    values: Vec<(usize, Value<'v>)>,
    as_of: Instant,
}

impl Facts for RowFacts<'_> {
    fn as_of(&self) -> Instant {
        self.as_of
    }

    fn value(&self, field: FieldRef) -> &Value<'_> {
        self.values.iter().find(|(known, _)| *known == field.field).map_or(&Value::Missing, |(_, value)| value)
    }

    fn is_present(&self, field: FieldRef) -> bool {
        is_present(self.value(field), field.part)
    }

    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool> {
        let value = self.value(field);
        any_text(value, field.part, &fold_value(value, field.part), holds)
    }
}
