//! Where a condition stands, and so what it may name: fields of the lead or of an event, scores, stages; and the resolution
//! of field names there.

use super::Decoder;
use super::blame::noun;
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::keys::Reach;
use crate::rulebook::yaml::Node;
use crate::value::{Part, Type};

/// The place of a condition.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// Which kind of place.
    pub place: Spot,
    /// `since` dates that hold for every selection in this place.
    pub since: Vec<FieldRef>,
    /// Whether the lead fields read here count for the column `missing`.
    pub counts_as_missing: bool,
}

/// The kinds of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// In a criterion.
    Criterion,
    /// In a disqualifier.
    Disqualifier,
    /// In a stage: this many stages stand above it.
    Stage(usize),
    /// In a stage's `entered`.
    Entered,
    /// In a priority.
    Priority,
    /// In the report's part.
    Report,
    /// In `where`.
    Where,
}

impl Scope {
    /// A place without inherited `since`.
    pub(crate) fn new(place: Spot, counts_as_missing: bool) -> Self {
        Self { place, since: Vec::new(), counts_as_missing }
    }

    /// Whether names are those of an event's fields.
    pub(crate) fn is_where(&self) -> bool {
        self.place == Spot::Where
    }

    /// What names of fields are names of.
    fn field_noun(&self) -> &'static str {
        if self.is_where() { noun::EVENT_FIELD } else { noun::LEAD_FIELD }
    }

    /// What conditions here may name.
    pub(crate) fn reach(&self) -> Reach {
        match self.place {
            Spot::Where => Reach::Event,
            Spot::Criterion | Spot::Entered | Spot::Report => Reach::Facts,
            Spot::Disqualifier => Reach::Scores,
            Spot::Stage(_) | Spot::Priority => Reach::Stages,
        }
    }

    /// How many stages, from the top, can be named.
    pub(crate) fn n_stages(&self, n_all: usize) -> usize {
        if let Spot::Stage(n_above) = self.place { n_above } else { n_all }
    }

    /// The place in words.
    pub(crate) fn name(&self) -> &'static str {
        match self.place {
            Spot::Criterion => "in a criterion",
            Spot::Disqualifier => "in a disqualifier",
            Spot::Stage(_) => "in a stage",
            Spot::Entered => "in `entered`",
            Spot::Priority => "in a priority",
            Spot::Report => "here",
            Spot::Where => "inside `where`",
        }
    }
}

/// The inside of a `where`.
pub(crate) fn inside_where() -> Scope {
    Scope::new(Spot::Where, false)
}

/// What a term's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    /// One value of that type.
    Plain(Type),
    /// A set of texts.
    Set,
    /// Already reported: nothing more is said about it.
    Unreadable,
}

impl Decoder<'_> {
    /// The field that a node names, in this place.
    pub(crate) fn field(&mut self, node: &Node, scope: &Scope) -> Option<FieldRef> {
        let name = self.text(node, "a field")?;
        self.field_named(name, node.span, scope)
    }

    /// A field or its part by name, in this place.
    pub(crate) fn field_named(&mut self, name: &str, span: Span, scope: &Scope) -> Option<FieldRef> {
        let (base, part) = name.split_once('.').map_or((name, ""), |(base, part)| (base, part));
        let found = if scope.is_where() { self.event_field_index(base) } else { self.lead_field_index(base) };
        let Some(field) = found else {
            self.unknown_field(name, base, part, span, scope.is_where());
            return None;
        };
        let kind = if scope.is_where() { self.event_fields[field].kind } else { self.fields[field].kind };
        let part = self.part_of(name, part, kind, span, scope)?;
        if scope.counts_as_missing && !scope.is_where() {
            self.missing_fields[field] = true;
        }
        let slots = if scope.is_where() { &mut self.event_slots } else { &mut self.lead_slots };
        let slot = slots.iter().position(|known| *known == (field, part)).unwrap_or_else(|| {
            slots.push((field, part));
            slots.len() - 1
        });
        Some(FieldRef { field, part, slot })
    }

    /// A lead field outside of any condition: for `since`, `from`, `by`, `entered`.
    pub(crate) fn plain_field(&mut self, node: &Node) -> Option<FieldRef> {
        self.field(node, &Scope::new(Spot::Report, false))
    }

    /// A lead's date field.
    pub(crate) fn date_field(&mut self, node: &Node, what: &str) -> Option<FieldRef> {
        let field = self.plain_field(node)?;
        let kind = self.fields[field.field].kind;
        if kind != Type::Date {
            let name = &self.fields[field.field].name;
            let message = format!("{what} is a date field, and `{name}` is {}", Typed::Plain(kind).name());
            let help = format!("declare it as `{name}: {{ column: …, type: date }}`");
            let is_faulty = self.has_faulty_type(noun::LEAD_FIELD, name);
            self.report_unless(is_faulty, Diagnostic::error("LS009", node.span, message).with_help(help));
            return None;
        }
        Some(field)
    }

    /// What the values of a field in this place are.
    pub(crate) fn typed(&self, field: FieldRef, scope: &Scope) -> Typed {
        let (kind, is_set, is_faulty) = if scope.is_where() {
            let field = &self.event_fields[field.field];
            (field.kind, field.is_set, self.has_faulty_type(noun::EVENT_FIELD, &field.name))
        } else {
            let field = &self.fields[field.field];
            (field.kind, field.is_set, self.has_faulty_type(noun::LEAD_FIELD, &field.name))
        };
        if is_faulty {
            return Typed::Unreadable;
        }
        match (is_set, field.part) {
            (true, _) => Typed::Set,
            (false, Part::Whole) => Typed::Plain(kind),
            (false, _) => Typed::Plain(Type::Text),
        }
    }

    fn lead_field_index(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    fn event_field_index(&self, name: &str) -> Option<usize> {
        self.event_fields.iter().position(|field| field.name == name)
    }

    fn part_of(&mut self, name: &str, part: &str, kind: Type, span: Span, scope: &Scope) -> Option<Part> {
        let parts: &[&str] = match kind {
            Type::Email => &["local", "domain"],
            Type::Url => &["host", "path", "query"],
            _ => &[],
        };
        if part.is_empty() && !name.contains('.') {
            return Some(Part::Whole);
        }
        if parts.contains(&part) {
            return Part::of(part);
        }
        let help = match parts {
            [] => format!("only e-mail and url fields have parts; this one is {}", Typed::Plain(kind).name()),
            _ => {
                did_you_mean(part, parts.iter().copied()).unwrap_or_else(|| format!("its parts: {}", parts.join(", ")))
            }
        };
        let base = name.split('.').next().unwrap_or(name);
        let is_faulty = self.has_faulty_type(scope.field_noun(), base);
        self.report_unless(
            is_faulty,
            Diagnostic::error("LS006", span, format!("`{name}` has no part `{part}`")).with_help(help),
        );
        None
    }

    fn unknown_field(&mut self, name: &str, base: &str, part: &str, span: Span, in_where: bool) {
        let (known, what): (Vec<&str>, _) = if in_where {
            (self.event_fields.iter().map(|field| field.name.as_str()).collect(), noun::EVENT_FIELD)
        } else {
            (self.fields.iter().map(|field| field.name.as_str()).collect(), noun::LEAD_FIELD)
        };
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        if let Some(near) = crate::diagnostic::nearest(base, known.iter().map(String::as_str)) {
            let full = if part.is_empty() { near.to_owned() } else { format!("{near}.{part}") };
            let found = Diagnostic::error("LS006", span, format!("no {what} is called `{name}`"));
            self.report_unknown(what, name, found.with_help(format!("did you mean `{full}`?")));
        } else {
            self.unknown(name, span, what, known.iter().map(String::as_str));
        }
    }
}
