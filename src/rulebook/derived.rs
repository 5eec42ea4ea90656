//! Derived fields: what a value is made of other values of the same row, or of a lead's events. Only what is said;
//! [`crate::score`] makes the values.

use super::Rulebook;
use super::exports::{Field, Source};
use super::expr::{Expr, FieldRef, Test};
use super::measure::LeadMoment;
use super::place::Place;
use super::stages::Entered;
use crate::diagnostic::Span;
use crate::value::Zone;
use std::collections::HashMap;

/// What a derived field is made of. Its fields are those of its row: of leads and tables index into
/// [`super::Rulebook::fields`], of a source into [`super::Rulebook::event_fields`].
#[derive(Clone, Debug)]
pub enum Derivation {
    /// `map`: a text for each value.
    Map(Mapped),
    /// `bands`: a text for each range.
    Bands(Banded),
    /// The first that has a value.
    FirstOf(Vec<FieldRef>),
    /// The earliest of the dates that there are.
    Earliest(Vec<FieldRef>),
    /// The latest of the dates that there are.
    Latest(Vec<FieldRef>),
    /// A number less another.
    Minus {
        /// From what is taken away.
        from: FieldRef,
        /// What is taken away.
        minus: FieldRef,
    },
    /// The days from one date to another.
    Days {
        /// The date that the days lead to.
        from: FieldRef,
        /// The date that they begin at.
        minus: FieldRef,
    },
    /// A sum of numbers.
    SumOf(Vec<FieldRef>),
    /// What an event field held, of leads only: index into [`super::Rulebook::tallies`].
    OfEvents(usize),
    /// When sales gave the lead back last: what `since: returns` names. No rulebook declares it.
    LatestReturn(LatestReturn),
}

/// What the latest return is read from.
#[derive(Clone, Debug)]
pub struct LatestReturn {
    /// What records a return.
    pub at: Vec<LeadMoment>,
    /// What records that the final stage was entered, after which there is no return; none where no stage is final.
    pub last: Option<Entered>,
    /// The zone of calendar days.
    pub zone: Zone,
}

impl LatestReturn {
    /// The tallies that it reads itself.
    #[must_use]
    pub fn tallies(&self) -> Vec<usize> {
        let records = match &self.last {
            Some(Entered::Records(records)) => &records[..],
            _ => &[],
        };
        let of_moment = |moment: &LeadMoment| if let LeadMoment::Event(tally) = moment { Some(*tally) } else { None };
        let own = self.at.iter().chain(records).filter_map(of_moment);
        let of_condition = match &self.last {
            Some(Entered::When { when, .. }) => when.tallies().collect(),
            _ => Vec::new(),
        };
        own.chain(of_condition).collect()
    }

    fn inputs(&self) -> Vec<FieldRef> {
        let of_moment = |moment: &LeadMoment| if let LeadMoment::Field(field) = moment { Some(*field) } else { None };
        let mut inputs: Vec<FieldRef> = self.at.iter().filter_map(of_moment).collect();
        match &self.last {
            Some(Entered::Records(records)) => inputs.extend(records.iter().filter_map(of_moment)),
            Some(Entered::When { when, at }) => inputs.extend(when.fields().chain(*at)),
            None => {}
        }
        inputs
    }
}

/// `map`
#[derive(Clone, Debug)]
pub struct Mapped {
    /// What is mapped.
    pub of: FieldRef,
    /// The new texts, in order.
    pub targets: Vec<String>,
    /// The values that are listed, in order.
    pub entries: Vec<MapEntry>,
    /// Where texts are mapped: by folded text the index of the new one.
    pub by_text: HashMap<String, usize>,
    /// What becomes of the rest.
    pub rest: Rest,
}

/// A value that a map lists.
#[derive(Clone, Debug)]
pub struct MapEntry {
    /// The value, as the field's type compares it.
    pub test: Test,
    /// As written.
    pub written: String,
    /// Where it stands.
    pub place: Place,
    /// Index of the text that it is mapped to.
    pub target: usize,
}

/// `bands`
#[derive(Clone, Debug)]
pub struct Banded {
    /// What is divided.
    pub of: FieldRef,
    /// The bands, in order.
    pub bands: Vec<Band>,
    /// What becomes of the rest.
    pub rest: Rest,
}

/// A band.
#[derive(Clone, Debug)]
pub struct Band {
    /// When a row is in it.
    pub when: Expr,
    /// Its text.
    pub then: String,
    /// Where it stands.
    pub place: Place,
}

/// The texts for what no entry and no band has.
#[derive(Clone, Debug, Default)]
pub struct Rest {
    /// For other values.
    pub otherwise: Option<String>,
    /// For no value.
    pub unknown: Option<String>,
}

impl Derivation {
    /// The fields that it reads, as often as it names them.
    #[must_use]
    pub fn inputs(&self) -> Vec<FieldRef> {
        match self {
            Self::Map(mapped) => vec![mapped.of],
            Self::Bands(banded) => {
                std::iter::once(banded.of).chain(banded.bands.iter().flat_map(|band| band.when.fields())).collect()
            }
            Self::FirstOf(fields) | Self::Earliest(fields) | Self::Latest(fields) | Self::SumOf(fields) => {
                fields.clone()
            }
            Self::Minus { from, minus } | Self::Days { from, minus } => vec![*from, *minus],
            Self::OfEvents(_) => Vec::new(),
            Self::LatestReturn(latest) => latest.inputs(),
        }
    }

    /// Whether it takes one of several values as it stands, so that it lacks a value only if all of them do.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::FirstOf(_) | Self::Earliest(_) | Self::Latest(_))
    }

    /// The texts that it can come to, in the order of the rulebook; none where it may come to any other value, too.
    #[must_use]
    pub fn texts(&self) -> Option<Vec<&str>> {
        let (own, rest): (Vec<&str>, &Rest) = match self {
            Self::Map(mapped) => {
                if mapped.rest.otherwise.is_none() && !mapped.by_text.is_empty() {
                    return None;
                }
                (mapped.targets.iter().map(String::as_str).collect(), &mapped.rest)
            }
            Self::Bands(banded) => (banded.bands.iter().map(|band| band.then.as_str()).collect(), &banded.rest),
            _ => return None,
        };
        Some(
            own.into_iter().chain([&rest.otherwise, &rest.unknown].into_iter().flatten().map(String::as_str)).collect(),
        )
    }
}

impl Mapped {
    /// Where an entry stands: the first value that it lists.
    #[must_use]
    pub fn span_of(&self, target: usize) -> Option<Span> {
        self.entries.iter().find(|entry| entry.target == target).map(|entry| entry.place.span)
    }
}

/// Which derived field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DerivedSpot {
    /// One of leads or of a table: index into [`super::Rulebook::fields`].
    Lead(usize),
    /// One of a source: indices into [`super::Rulebook::sources`] and [`super::Rulebook::event_fields`].
    Event(usize, usize),
}

impl DerivedSpot {
    /// Its name: `segment`, or of a source `page of web`.
    #[must_use]
    pub fn name(self, rulebook: &Rulebook) -> String {
        match self {
            Self::Lead(field) => rulebook.fields[field].name.clone(),
            Self::Event(source, field) => {
                format!("{} of {}", rulebook.event_fields[field].name, rulebook.sources[source].name)
            }
        }
    }

    /// Where it is declared.
    #[must_use]
    pub fn span(self, rulebook: &Rulebook) -> Span {
        match self {
            Self::Lead(field) => rulebook.fields[field].span,
            Self::Event(source, field) => rulebook.sources[source].field_span(&rulebook.event_fields[field].name),
        }
    }

    /// What it is made of.
    #[must_use]
    pub fn derivation(self, rulebook: &Rulebook) -> Option<&Derivation> {
        match self {
            Self::Lead(field) => rulebook.fields[field].derivation(),
            Self::Event(source, field) => DerivedFields::OfSource(&rulebook.sources[source]).get(field),
        }
    }
}

impl Rulebook {
    /// All derived fields: of leads and tables, then of each source, in order.
    pub fn derived(&self) -> impl Iterator<Item = (DerivedSpot, &Derivation)> {
        let of_leads = self.fields.iter().enumerate();
        let of_leads = of_leads.filter_map(|(field, of)| Some((DerivedSpot::Lead(field), of.derivation()?)));
        let of_events = self.sources.iter().enumerate().flat_map(|(source, of)| {
            let fields = of.fields.iter();
            fields.filter_map(move |(field, from)| Some((DerivedSpot::Event(source, *field), from.derivation()?)))
        });
        of_leads.chain(of_events)
    }
}

/// The derived fields of one kind of rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DerivedFields<'r> {
    /// There are none.
    None,
    /// Of leads with their tables.
    OfLeads(&'r [Field]),
    /// Of a source.
    OfSource(&'r Source),
}

impl<'r> DerivedFields<'r> {
    /// Those of leads with their tables.
    pub(crate) fn of_leads(fields: &'r [Field]) -> Self {
        if fields.iter().any(|field| field.derivation().is_some()) { Self::OfLeads(fields) } else { Self::None }
    }

    /// Those of a source.
    pub(crate) fn of_source(source: &'r Source) -> Self {
        let has_some = source.fields.iter().any(|(_, from)| from.derivation().is_some());
        if has_some { Self::OfSource(source) } else { Self::None }
    }

    /// Whether all values of a field are numbers of days.
    pub(crate) fn is_days(self, field: usize) -> bool {
        // A field that is asked for already is not asked for again, however many read it.
        let (mut asked, mut open) = (vec![field], vec![field]);
        while let Some(field) = open.pop() {
            match self.get(field) {
                Some(Derivation::Days { .. }) => {}
                Some(derivation @ (Derivation::Minus { .. } | Derivation::SumOf(_) | Derivation::FirstOf(_))) => {
                    for input in derivation.inputs() {
                        if !asked.contains(&input.field) {
                            asked.push(input.field);
                            open.push(input.field);
                        }
                    }
                }
                _ => return false,
            }
        }
        true
    }

    /// The table whose row has a field, if that is not the lead's own.
    pub(crate) fn table_of(self, field: usize) -> Option<usize> {
        match self {
            Self::OfLeads(fields) => fields[field].origin.table(),
            Self::None | Self::OfSource(_) => None,
        }
    }

    /// What a field is made of, if it is derived.
    #[inline]
    pub(crate) fn get(self, field: usize) -> Option<&'r Derivation> {
        match self {
            Self::None => None,
            Self::OfLeads(fields) => fields[field].derivation(),
            Self::OfSource(source) => source.fields.iter().find(|(known, _)| *known == field)?.1.derivation(),
        }
    }
}
