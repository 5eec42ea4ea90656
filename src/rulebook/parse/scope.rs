//! Where a condition stands, and so what it may name: fields of the lead or of an event, scores, stages; and the resolution
//! of field names there.

use super::Decoder;
use super::blame::noun;
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::rulebook::exports::Origin;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::keys::{Reach, advice_on_word};
use crate::rulebook::yaml::YamlNode;
use crate::value::{Part, PhoneReader, Type};

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
    /// In the accounts' part, about a lead.
    OfAccounts,
    /// About an account: this many of its stages stand above it.
    Account(usize),
    /// In the report's part.
    Report,
    /// In `where`.
    Where,
    /// In a derived field of these rows.
    Derived(Rows),
}

/// Whose rows a derived field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// Leads, with their tables.
    Leads,
    /// Of a table: index into [`crate::rulebook::Rulebook::tables`].
    Table(usize),
    /// Of a source: index into [`crate::rulebook::Rulebook::sources`].
    Source(usize),
}

impl Rows {
    /// Whether they are events.
    pub(crate) fn is_of_events(self) -> bool {
        matches!(self, Self::Source(_))
    }
}

impl Scope {
    /// A place without inherited `since`.
    pub(crate) fn new(place: Spot, counts_as_missing: bool) -> Self {
        Self { place, since: Vec::new(), counts_as_missing }
    }

    /// Whether names are those of an account.
    pub(crate) fn is_account(&self) -> bool {
        matches!(self.place, Spot::Account(_))
    }

    /// Whether names are those of an event's fields.
    pub(crate) fn is_where(&self) -> bool {
        matches!(self.place, Spot::Where | Spot::Derived(Rows::Source(_)))
    }

    /// What names of fields are names of.
    pub(super) fn field_noun(&self) -> &'static str {
        if self.is_where() { noun::EVENT_FIELD } else { noun::LEAD_FIELD }
    }

    /// What conditions here may name.
    pub(crate) fn reach(&self) -> Reach {
        match self.place {
            Spot::Where | Spot::Derived(_) => Reach::Event,
            Spot::Criterion | Spot::Entered | Spot::Report => Reach::Facts,
            Spot::Disqualifier => Reach::Scores,
            Spot::Stage(_) | Spot::Priority | Spot::OfAccounts => Reach::Stages,
            Spot::Account(_) => Reach::Account,
        }
    }

    /// Whose rows alone the fields here are those of, if not of all.
    pub(super) fn rows(&self) -> Option<Rows> {
        if let Spot::Derived(rows) = self.place { Some(rows) } else { None }
    }

    /// How many stages, from the top, can be named.
    pub(crate) fn n_stages(&self, n_all: usize) -> usize {
        if let Spot::Stage(n_above) | Spot::Account(n_above) = self.place { n_above } else { n_all }
    }

    /// The place in words.
    pub(crate) fn name(&self) -> &'static str {
        match self.place {
            Spot::Criterion => "in a criterion",
            Spot::Disqualifier => "in a disqualifier",
            Spot::Stage(_) => "in a stage",
            Spot::Entered => "in `entered`",
            Spot::Priority => "in a priority",
            Spot::OfAccounts => "in `accounts`",
            Spot::Account(_) => "in a condition on accounts",
            Spot::Report => "here",
            Spot::Where => "inside `where`",
            Spot::Derived(_) => "in a derived field",
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
    /// One value of that type; a range is the number at its lower end.
    Plain(Type),
    /// A set of texts.
    Set,
    /// Phone numbers; the rulebook's own are read like this.
    Phone(PhoneReader),
    /// Already reported: nothing more is said about it.
    Unreadable,
}

impl Typed {
    /// What the values of a field of this type are called, in messages.
    pub(crate) fn of(kind: Type, is_set: bool) -> Self {
        if is_set && kind != Type::Phone { Self::Set } else { Self::Plain(kind) }
    }
}

impl Decoder<'_> {
    /// The field that a node names, in this place.
    pub(crate) fn field(&mut self, node: &YamlNode, scope: &Scope) -> Option<FieldRef> {
        let name = self.text(node, "a field")?;
        self.field_named(name, node.span, scope)
    }

    /// A field or its part by name, in this place.
    pub(crate) fn field_named(&mut self, name: &str, span: Span, scope: &Scope) -> Option<FieldRef> {
        let (base, part) = name.split_once('.').map_or((name, ""), |(base, part)| (base, part));
        self.settle_named(base, scope);
        let found = self.declared_fields(scope).enumerate().find(|(_, (known, ..))| *known == base);
        let found = found.map(|(field, (_, kind, _))| (field, kind));
        // Only `since` names the latest return.
        let is_named = |(field, _): &(usize, Type)| scope.is_where() || self.latest_return != Some(*field);
        let Some((field, kind)) = found.filter(is_named) else {
            self.unknown_field(name, base, part, span, scope);
            return None;
        };
        self.is_in_rows(field, base, span, scope)?;
        let part = self.part_of(name, part, kind, span, scope)?;
        if scope.is_account() && !self.account.has_field(field, part) {
            self.not_of_accounts(name, span);
            return None;
        }
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

    /// Whether a field is one of the rows whose fields can be named in this place.
    fn is_in_rows(&mut self, field: usize, name: &str, span: Span, scope: &Scope) -> Option<()> {
        let Some(rows) = scope.rows() else { return Some(()) };
        let whose = match rows {
            Rows::Leads => return Some(()),
            Rows::Table(table) if self.fields[field].origin == Origin::Table(table) => return Some(()),
            Rows::Source(source) if self.sources[source].fields.iter().any(|(known, _)| *known == field) => {
                return Some(());
            }
            Rows::Table(table) => format!("the table `{}`", self.tables[table].name),
            Rows::Source(source) => format!("the source `{}`", self.sources[source].name),
        };
        let help = match rows {
            Rows::Table(_) => "declare the derived field under `leads`: there it can read fields of all tables",
            _ => "a derived field of events reads fields of its own source",
        };
        self.wrong("LS006", span, format!("`{name}` is not a field of {whose}")).help(help);
        None
    }

    /// A lead field outside of any condition: for `since`, `from`, `by`, `entered`.
    pub(crate) fn plain_field(&mut self, node: &YamlNode) -> Option<FieldRef> {
        self.field(node, &Scope::new(Spot::Report, false))
    }

    /// A lead's date field.
    pub(crate) fn date_field(&mut self, node: &YamlNode, what: &str) -> Option<FieldRef> {
        let scope = Scope::new(Spot::Report, false);
        let name = self.text(node, "a field")?;
        let is_known = self.fields.iter().any(|field| field.name == name);
        if let (false, Some(help)) = (is_known, self.advice_on_header(name, &scope, Some(Type::Date))) {
            let message = format!("no {} is called `{name}`", noun::LEAD_FIELD);
            self.report_unknown(noun::LEAD_FIELD, name, Diagnostic::error("LS006", node.span, message).with_help(help));
            return None;
        }
        let field = self.field_named(name, node.span, &scope)?;
        let kind = self.fields[field.field].kind;
        if kind != Type::Date {
            let name = &self.fields[field.field].name;
            let message = format!("{what} must be a date field, but `{name}` is {}", Typed::Plain(kind).name());
            let help = format!("declare it as `{name}: {{ column: …, type: date }}`");
            let is_faulty = self.has_faulty_type(noun::LEAD_FIELD, name);
            self.report_unless(is_faulty, Diagnostic::error("LS009", node.span, message).with_help(help));
            return None;
        }
        Some(field)
    }

    /// A lead's date field that must be known before its events are.
    pub(crate) fn early_date(&mut self, node: &YamlNode, what: &str) -> Option<FieldRef> {
        let field = self.date_field(node, what)?;
        self.must_be_known_early(field, node.span, what).map(|()| field)
    }

    /// What the values of a field in this place are.
    pub(crate) fn typed(&self, field: FieldRef, scope: &Scope) -> Typed {
        let (name, kind, is_set) = self.declared_fields(scope).nth(field.field).expect("a field that was resolved");
        if self.has_faulty_type(scope.field_noun(), name) {
            return Typed::Unreadable;
        }
        let phone =
            if scope.is_where() { self.event_fields[field.field].phone } else { self.fields[field.field].from.phone() };
        match (is_set, field.part) {
            _ if kind == Type::Phone => Typed::Phone(phone.unwrap_or_default()),
            (true, _) => Typed::Set,
            (false, Part::Whole) if kind.is_numeric() => Typed::Plain(Type::Number),
            (false, Part::Whole) => Typed::Plain(kind),
            (false, part) if part.is_number() => Typed::Plain(Type::Number),
            (false, _) => Typed::Plain(Type::Text),
        }
    }

    /// The fields that can be named in this place: their names and types, and whether a cell holds several values.
    fn declared_fields(&self, scope: &Scope) -> impl Iterator<Item = (&str, Type, bool)> {
        let (of_leads, of_events) =
            if scope.is_where() { (&[][..], &self.event_fields[..]) } else { (&self.fields[..], &[][..]) };
        let of_leads = of_leads.iter().map(|field| (field.name.as_str(), field.kind, field.is_set));
        of_leads.chain(of_events.iter().map(|field| (field.name.as_str(), field.kind, field.is_set)))
    }

    fn part_of(&mut self, name: &str, part: &str, kind: Type, span: Span, scope: &Scope) -> Option<Part> {
        if part.is_empty() && !name.contains('.') {
            return Some(Part::Whole);
        }
        if let Some(part) = Part::of(part).filter(|part| kind.parts().contains(part)) {
            // A range is its lower end: under one name they are one thing.
            return Some(if part == Part::Low { Part::Whole } else { part });
        }
        let parts: Vec<&str> = kind.parts().iter().map(|part| part.name()).collect();
        let help = if parts.is_empty() {
            format!("only e-mail, url and range fields have parts, but this one is {}", Typed::Plain(kind).name())
        } else {
            let told = advice_on_part(part, kind).or_else(|| did_you_mean(part, parts.iter().copied()));
            told.unwrap_or_else(|| format!("its parts: {}", parts.join(", ")))
        };
        let base = name.split('.').next().unwrap_or(name);
        let is_faulty = self.has_faulty_type(scope.field_noun(), base);
        self.report_unless(
            is_faulty,
            Diagnostic::error("LS006", span, format!("`{name}` has no part `{part}`")).with_help(help),
        );
        None
    }

    fn unknown_field(&mut self, name: &str, base: &str, part: &str, span: Span, scope: &Scope) {
        let what = scope.field_noun();
        let known: Vec<String> = self.declared_fields(scope).map(|(name, ..)| name.to_owned()).collect();
        if let Some(help) = self.advice_on_header(name, scope, None) {
            let found = Diagnostic::error("LS006", span, format!("no {what} is called `{name}`"));
            self.report_unknown(what, name, found.with_help(help));
        } else if let Some(near) = crate::diagnostic::nearest(base, known.iter().map(String::as_str)) {
            let full = if part.is_empty() { near.to_owned() } else { format!("{near}.{part}") };
            let found = Diagnostic::error("LS006", span, format!("no {what} is called `{name}`"));
            self.report_unknown(what, name, found.with_help(format!("did you mean `{full}`?")));
        } else if let Some(help) = self.of_other_side(base, scope, &known) {
            let found = Diagnostic::error("LS006", span, format!("no {what} is called `{name}`"));
            self.report_unknown(what, name, found.with_help(help));
        } else {
            self.unknown(name, span, what, known.iter().map(String::as_str));
        }
    }

    /// What to say of a field of leads where only those of events can be named, and the other way round.
    fn of_other_side(&self, name: &str, scope: &Scope, known: &[String]) -> Option<String> {
        let is_there = if scope.is_where() {
            self.fields.iter().any(|field| field.name == name)
        } else {
            self.event_fields.iter().any(|field| field.name == name)
        };
        is_there.then(|| match (scope.is_where(), known) {
            (true, []) => format!("`{name}` is a field of leads; here you can name only fields of events"),
            (true, known) => {
                format!("`{name}` is a field of leads; here you can name only fields of events: {}", known.join(", "))
            }
            (false, _) => {
                format!("`{name}` is a field of events; name it inside `where`, beside the event")
            }
        })
    }
}

/// What to write in place of a part that other tools have.
fn advice_on_part(part: &str, kind: Type) -> Option<String> {
    kind.parts().first()?;
    advice_on_word(&format!("part of {}", kind.name()), part).map(str::to_owned)
}
