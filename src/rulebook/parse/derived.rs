//! Derived fields. They may read fields that are declared below them, so their declarations are kept, and each is read when
//! something first asks for it: a field that is asked for while it is being read depends on itself.

use super::Decoder;
use super::blame::noun;
use super::keys::Keys;
use super::scope::{Rows, Scope, Spot, Typed};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::ValueFrom;
use crate::rulebook::derived::Derivation;
use crate::rulebook::exports::EventField;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::keys::{DERIVED, DERIVED_IN_ROW};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::{Part, PhoneReader, Type};

/// A derived field that is declared.
#[derive(Clone, Debug)]
pub(super) struct DerivedName {
    /// Whose rows it belongs to.
    pub rows: Rows,
    pub name: String,
    pub span: Span,
}

/// A derived field that is declared and not read yet.
#[derive(Debug)]
pub(super) struct Pending {
    pub field: DerivedName,
    pub node: YamlNode,
}

/// What was read of a derived field.
pub(super) struct Derived {
    /// What it is made of.
    pub derivation: Derivation,
    /// Its type.
    pub kind: Type,
    /// Whether it has several values.
    pub is_set: bool,
    /// How the rulebook's own phone numbers are read, if it holds some.
    pub phone: Option<PhoneReader>,
}

/// What the values of a field are like.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub kind: Type,
    /// Whether a row has several.
    pub is_set: bool,
    /// How the rulebook's own phone numbers are read, if it holds some.
    pub phone: Option<PhoneReader>,
}

/// A range and its lower end are one thing wherever values are compared; in a list of fields of one type they are two.
pub(super) fn named_low(node: &YamlNode, field: FieldRef) -> FieldRef {
    let named = match &node.kind {
        YamlKind::Scalar(name) => name.text.split_once('.').and_then(|(_, part)| Part::of(part)),
        _ => None,
    };
    let is_low = named == Some(Part::Low);
    if is_low && field.part == Part::Whole { FieldRef { part: Part::Low, ..field } } else { field }
}

impl Shape {
    /// Whether values of both can stand in one field.
    fn is_like(self, other: Self) -> bool {
        (self.kind, self.is_set) == (other.kind, other.is_set)
    }

    fn name(self) -> &'static str {
        Typed::of(self.kind, self.is_set).name()
    }
}

impl Derived {
    /// One value, which is no phone number.
    pub(super) fn plain(derivation: Derivation, kind: Type) -> Self {
        Self { derivation, kind, is_set: false, phone: None }
    }
}

/// Whether a declaration is one of a derived field.
pub(super) fn is_derived(node: &YamlNode) -> bool {
    let YamlKind::Map(entries) = &node.kind else { return false };
    let deciding = DERIVED.deciding();
    entries.iter().any(|entry| deciding.contains(&entry.key.text.as_str()))
}

impl Decoder<'_> {
    /// Keeps the declaration of a derived field.
    pub(super) fn keep_derived(&mut self, rows: Rows, name: &str, span: Span, node: &YamlNode) {
        self.pending.push(Pending { field: DerivedName { rows, name: name.to_owned(), span }, node: node.clone() });
    }

    /// Reads every derived field of leads, tables or sources that nothing has asked for.
    pub(super) fn settle_all(&mut self, of_events: bool) {
        while let Some(at) = self.pending.iter().position(|known| known.field.rows.is_of_events() == of_events) {
            self.settle(at);
        }
    }

    /// Reads the derived fields of this name that are asked for from such a place, if that has not been done.
    pub(super) fn settle_named(&mut self, name: &str, scope: &Scope) {
        let rows = scope.rows();
        let is_it = |field: &DerivedName| {
            let is_there = match rows {
                Some(Rows::Source(_)) => Some(field.rows) == rows,
                _ => field.rows.is_of_events() == scope.is_where(),
            };
            is_there && field.name == name
        };
        if let Some(first) = self.underway.iter().position(&is_it) {
            let way: Vec<String> = self.underway[first..].iter().map(|field| field.name.clone()).collect();
            let message = format!("the derived field `{}` depends on itself", way[0]);
            let way = way.iter().chain(way.first()).cloned().collect::<Vec<_>>().join(" → ");
            let declared = self.underway[first].span;
            self.wrong("LS011", declared, message).label(way);
            self.blame_type(scope.field_noun(), name);
            self.blame_name(scope.field_noun(), name);
        }
        while let Some(at) = self.pending.iter().position(|known| is_it(&known.field)) {
            self.settle(at);
        }
    }

    fn settle(&mut self, at: usize) {
        let Pending { field, node } = self.pending.remove(at);
        self.underway.push(field.clone());
        let derived = self.derivation(&node, field.rows);
        self.underway.pop();
        match field.rows {
            Rows::Source(source) => self.put_event_field(source, &field, derived),
            Rows::Leads | Rows::Table(_) => self.put_lead_field(&field, derived),
        }
    }

    fn put_lead_field(&mut self, declared: &DerivedName, derived: Option<Derived>) {
        let Some(Derived { derivation, kind, is_set, phone }) = derived else {
            self.blame_type(noun::LEAD_FIELD, &declared.name);
            self.report_unless(true, Diagnostic::error("LS004", declared.span, "this derived field can't be read"));
            return;
        };
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == declared.name) {
            field.from = ValueFrom::Derived { derivation: Box::new(derivation), phone };
            (field.kind, field.is_set) = (kind, is_set);
        }
    }

    fn put_event_field(&mut self, source: usize, declared: &DerivedName, derived: Option<Derived>) {
        let DerivedName { name, span, .. } = declared;
        let Some(Derived { derivation, kind, is_set, phone }) = derived else {
            self.blame_name(noun::EVENT_FIELD, name);
            self.report_unless(true, Diagnostic::error("LS004", *span, "this derived field can't be read"));
            return;
        };
        let index = self.event_field_index(EventField { name: name.clone(), kind, is_set, phone }, *span);
        let from = ValueFrom::Derived { derivation: Box::new(derivation), phone };
        self.sources[source].fields.push((index, from));
    }

    /// What a derived field is made of; none if that can't be read, which has been reported.
    fn derivation(&mut self, node: &YamlNode, rows: Rows) -> Option<Derived> {
        let mapping = if rows == Rows::Leads { &DERIVED } else { &DERIVED_IN_ROW };
        let scope = Scope::new(Spot::Derived(rows), false);
        self.mapping(node, mapping, |this, keys| {
            if keys.is_mixed() {
                return None;
            }
            match keys.form() {
                "map" => this.mapped(keys, &scope),
                "bands" => this.banded(keys, &scope),
                "first_of" => this.first_of(keys, &scope),
                "minus" => this.difference(keys, &scope),
                "sum_of" => {
                    let fields = this.inputs(keys, "sum_of", Type::Number, &scope)?;
                    Some(Derived::plain(Derivation::SumOf(fields), Type::Number))
                }
                "earliest" => {
                    let fields = this.inputs(keys, "earliest", Type::Date, &scope)?;
                    Some(Derived::plain(Derivation::Earliest(fields), Type::Date))
                }
                "latest" => {
                    let fields = this.inputs(keys, "latest", Type::Date, &scope)?;
                    Some(Derived::plain(Derivation::Latest(fields), Type::Date))
                }
                "first" | "last" => this.held_by_events(keys),
                _ => None,
            }
        })
    }

    /// The field under a key, with what its values are.
    pub(super) fn input(&mut self, node: &YamlNode, scope: &Scope) -> Option<(FieldRef, Typed)> {
        let field = self.field(node, scope)?;
        let typed = self.typed(field, scope);
        (typed != Typed::Unreadable).then_some((field, typed))
    }

    /// The fields that a list names, each with what its values are.
    fn input_list(
        &mut self,
        keys: &mut Keys<'_>,
        key: &'static str,
        scope: &Scope,
    ) -> Option<Vec<(FieldRef, Typed, Span)>> {
        let node = keys.take(key)?;
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        if nodes.is_empty() {
            self.wrong("LS005", node.span, format!("`{key}` is an empty list"));
        }
        let input = |node: &YamlNode| {
            let (field, typed) = self.input(node, scope)?;
            Some((named_low(node, field), typed, node.span))
        };
        let inputs: Vec<_> = nodes.iter().map(input).collect();
        let inputs = inputs.into_iter().collect::<Option<Vec<_>>>()?;
        (!inputs.is_empty()).then_some(inputs)
    }

    /// The fields that a list names, all of one type.
    fn inputs(&mut self, keys: &mut Keys<'_>, key: &'static str, wanted: Type, scope: &Scope) -> Option<Vec<FieldRef>> {
        let inputs = self.input_list(keys, key, scope)?;
        let inputs: Vec<_> = inputs
            .into_iter()
            .map(|(field, typed, span)| self.is_of(typed, wanted, key, span).then_some(field))
            .collect();
        inputs.into_iter().collect()
    }

    /// Whether values are of a type; a report if not.
    fn is_of(&mut self, typed: Typed, wanted: Type, key: &str, span: Span) -> bool {
        let is_it = typed == Typed::Plain(wanted);
        if !is_it {
            let wanted = Typed::Plain(wanted).name();
            self.wrong("LS009", span, format!("`{key}` needs {wanted}, but this is {}", typed.name()));
        }
        is_it
    }

    fn first_of(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Derived> {
        let inputs = self.input_list(keys, "first_of", scope)?;
        let shapes: Vec<Shape> = inputs.iter().map(|(field, ..)| self.shape_of(*field, scope)).collect();
        let first = shapes[0];
        for (other, (_, _, span)) in shapes.iter().zip(&inputs).filter(|(other, _)| !other.is_like(first)) {
            let message = format!("this field is {}, but the first one is {}", other.name(), first.name());
            self.wrong("LS009", *span, message).help("all fields of `first_of` must have the same type");
        }
        if shapes.iter().any(|other| !other.is_like(first)) {
            return None;
        }
        // Where the countries differ, numbers in the rulebook need their own.
        let is_one = shapes.iter().all(|other| other.phone == first.phone);
        let phone = if is_one { first.phone } else { first.phone.map(|_| PhoneReader::default()) };
        let derivation = Derivation::FirstOf(inputs.into_iter().map(|(field, ..)| field).collect());
        Some(Derived { derivation, kind: first.kind, is_set: first.is_set, phone })
    }

    /// What the values of a field, or of a part of it, are like, as a field of their own.
    pub(super) fn shape_of(&self, field: FieldRef, scope: &Scope) -> Shape {
        let (kind, is_set, phone) = if scope.is_where() {
            let declared = &self.event_fields[field.field];
            (declared.kind, declared.is_set, declared.phone)
        } else {
            let declared = &self.fields[field.field];
            (declared.kind, declared.is_set, declared.from.phone())
        };
        let kind = match field.part {
            Part::Whole => kind,
            part if part.is_number() => Type::Number,
            _ => Type::Text,
        };
        Shape { kind, is_set, phone }
    }

    fn difference(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Derived> {
        let from_node = self.required(keys, "from");
        let minus_node = keys.take("minus");
        let in_days = keys.take("in").map(|node| self.word(node, "unit", &[("days", ())]));
        let read = |this: &mut Self, node: Option<&YamlNode>| {
            let node = node?;
            this.input(node, scope).map(|(field, typed)| (field, typed, node.span))
        };
        let (from, minus) = (read(self, from_node), read(self, minus_node));
        let ((from, from_typed, from_span), (minus, minus_typed, minus_span)) = (from?, minus?);
        let dates = Typed::Plain(Type::Date);
        match in_days {
            Some(unit) => {
                unit?;
                let is_good = self.is_of(from_typed, Type::Date, "in: days", from_span)
                    & self.is_of(minus_typed, Type::Date, "in: days", minus_span);
                is_good.then_some(Derived::plain(Derivation::Days { from, minus }, Type::Number))
            }
            None if from_typed == dates && minus_typed == dates => {
                self.wrong("LS003", keys.span, "the distance of two dates needs a unit")
                    .help("write `in: days`; the result is a number of days, with fractions");
                None
            }
            None => {
                let is_good = self.is_of(from_typed, Type::Number, "minus", from_span)
                    & self.is_of(minus_typed, Type::Number, "minus", minus_span);
                is_good.then_some(Derived::plain(Derivation::Minus { from, minus }, Type::Number))
            }
        }
    }

    /// A field that must be known before any lead is: of derived ones only those that take a column's value as it stands.
    pub(super) fn must_be_known_early(&mut self, field: FieldRef, span: Span, what: &str) -> Option<()> {
        let declared = &self.fields[field.field];
        let Some(derivation) = declared.derivation() else { return Some(()) };
        let is_column = |input: &FieldRef| self.fields[input.field].spec().is_some();
        if derivation.is_choice() && derivation.inputs().iter().all(is_column) {
            return Some(());
        }
        let message = format!("{what} can't use the derived field `{}`", declared.name);
        self.wrong("LS010", span, message)
            .help("use a field that has a column, or `first_of`, `earliest` or `latest` of such fields");
        None
    }
}
