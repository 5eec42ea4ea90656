//! `measure`: what is counted of selected events. A new one is an entry here, a variant of [`Measure`], and its tally.

use super::Decoder;
use super::keys::{Choice, shapes_of};
use super::scope::{Typed, inside_where};
use crate::diagnostic::Diagnostic;
use crate::rulebook::expr::{Aggregate, FieldRef, Measure};
use crate::rulebook::keys::{Key, Mapping, Takes, Version, names};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::{Calendar, Type};

/// Measures that need no more words.
const PLAIN: [(&str, Measure); 3] =
    [("count", Measure::Count), ("days", Measure::Days), ("idle_days", Measure::IdleDays { from: None })];

/// What stands under `measure`.
pub(crate) const MEASURE_FORM: Takes = Takes::OneOf(&[Takes::Word(&names(&PLAIN)), Takes::In(&MEASURE)]);

/// The calendar periods by their names.
pub(crate) const PERIODS: [(&str, Calendar); 5] = [
    ("day", Calendar::Day),
    ("week", Calendar::Week),
    ("month", Calendar::Month),
    ("quarter", Calendar::Quarter),
    ("year", Calendar::Year),
];

const MEASURE: Mapping = Mapping::new("measure", "a measure", "A measure of a field of the events, or of a period.")
    .example("{ sum: amount }")
    .shapes(&[&shapes_of(&OF_FIELD)]);

/// Measures with a word of their own, each with the type of its values.
const OF_FIELD: [Choice<(Measure, Type)>; 6] = [
    Choice {
        key: Key::deciding("sum", Takes::Name("a number field of events"), "The sum of this field. Without events, 0.")
            .example("measure: { sum: amount }"),
        read: |decoder, node| {
            let (field, kind) = of_field(decoder, node, "`sum`", &[Type::Number])?;
            Some((Measure::OfField(Aggregate::Sum, field), kind))
        },
    },
    Choice {
        key: Key::deciding(
            "max",
            Takes::Name("a number or date field of events"),
            "The largest value of this field. Without events, unknown.",
        )
        .example("measure: { max: minutes }"),
        read: |decoder, node| {
            let (field, kind) = of_field(decoder, node, "`max`", &[Type::Number, Type::Date])?;
            Some((Measure::OfField(Aggregate::Max, field), kind))
        },
    },
    Choice {
        key: Key::deciding(
            "min",
            Takes::Name("a number or date field of events"),
            "The smallest value of this field. Without events, unknown.",
        )
        .since(Version::V1_1)
        .example("measure: { min: rating }"),
        read: |decoder, node| {
            let (field, kind) = of_field(decoder, node, "`min`", &[Type::Number, Type::Date])?;
            Some((Measure::OfField(Aggregate::Min, field), kind))
        },
    },
    Choice {
        key: Key::deciding(
            "average",
            Takes::Name("a number field of events"),
            "The mean of this field over the events that have a value in it. Without those, unknown.",
        )
        .since(Version::V1_1)
        .example("measure: { average: minutes }")
        .also_called(&["mean", "avg"]),
        read: |decoder, node| {
            let field = number_of_events(decoder, node, "`average`")?;
            Some((Measure::OfField(Aggregate::Average, field), Type::Number))
        },
    },
    Choice {
        key: Key::deciding(
            "busiest",
            Takes::Word(&names(&PERIODS)),
            "The largest number of events in one calendar period, in the rulebook's time zone. Without events, 0.",
        )
        .since(Version::V1_1)
        .example("measure: { busiest: day }"),
        read: |decoder, node| {
            let calendar = decoder.word(node, "calendar period", &PERIODS)?;
            Some((Measure::Busiest(calendar), Type::Number))
        },
    },
    Choice {
        key: Key::deciding("distinct", Takes::Name("a field of events"), "How many different values this field has.")
            .example("measure: { distinct: url }"),
        read: |decoder, node| {
            let field = decoder.field(node, &inside_where())?;
            decoder.expect_single(field, node.span)?;
            Some((Measure::OfField(Aggregate::Distinct, field), Type::Number))
        },
    },
];

impl Decoder<'_> {
    /// `measure:`, with the type of its values.
    pub(super) fn measure(&mut self, node: &YamlNode) -> Option<(Measure, Type)> {
        match node.kind {
            YamlKind::Map(_) => self.one_of(node, &MEASURE, &OF_FIELD),
            _ => Some((self.word_or(node, "measure", &PLAIN, &OF_FIELD)?, Type::Number)),
        }
    }

    /// Whether a name is that of a field of events.
    pub(crate) fn is_event_field(&self, name: &str) -> bool {
        self.event_fields.iter().any(|field| field.name == name)
    }

    /// An event field that holds one value a cell.
    pub(crate) fn expect_single(&mut self, field: FieldRef, span: crate::diagnostic::Span) -> Option<()> {
        if self.event_fields[field.field].is_set {
            self.wrong("LS009", span, "`distinct` can't be used on a field with `split`");
            return None;
        }
        Some(())
    }
}

/// A field of events that holds numbers.
pub(crate) fn number_of_events(decoder: &mut Decoder<'_>, node: &YamlNode, what: &str) -> Option<FieldRef> {
    of_field(decoder, node, what, &[Type::Number]).map(|(field, _)| field)
}

/// A field of events of one of these types.
fn of_field(decoder: &mut Decoder<'_>, node: &YamlNode, what: &str, wanted: &[Type]) -> Option<(FieldRef, Type)> {
    let scope = inside_where();
    let field = decoder.field(node, &scope)?;
    let typed = decoder.typed(field, &scope);
    if let Typed::Plain(kind) = typed
        && wanted.contains(&kind)
    {
        return Some((field, kind));
    }
    let names: Vec<&str> = wanted.iter().map(|kind| kind.name()).collect();
    let message = format!("{what} needs a field of type {}, but this is {}", names.join(" or "), typed.name());
    let name = decoder.event_fields[field.field].name.clone();
    let help = format!("if its cells hold numbers, declare it as `{name}: {{ column: …, type: number }}`");
    let found = Diagnostic::error("LS009", node.span, message).with_help(help);
    decoder.report_unless(typed == Typed::Unreadable, found);
    None
}
