//! Operators: what a field, a measure or a score is held against, typed by its left side.

use super::hint::for_missing;
use super::keys::Keys;
use super::scope::{Scope, Typed};
use super::{Decoder, ListItems};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::expr::{Atom, Expr, Order, Term, Test};
use crate::rulebook::keys::{NAMED_LIST, RIGHT_SIDE, operators};
use crate::rulebook::text_test::{TextOp, TextTest};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::{Number, PhoneReader, Type, trim};

impl Decoder<'_> {
    /// All operators of a mapping, each a condition of its own. Without a term they are taken and nothing is said of them.
    pub(crate) fn operators(
        &mut self,
        keys: &mut Keys<'_>,
        term: Option<Term>,
        typed: Typed,
        scope: &Scope,
    ) -> Vec<Expr> {
        let mut tests = Vec::new();
        let around = keys.place();
        let known: Vec<&str> = operators().filter(|name| keys.knows(name) && !is_window(keys, name)).collect();
        for operator in known {
            let span = keys.key_span(operator);
            let Some(node) = keys.take(operator) else { continue };
            if let (Some(term), false) = (term, typed == Typed::Unreadable) {
                if self.is_empty_value(keys, operator, node) {
                    continue;
                }
                tests.extend(self.operator((operator, span), &around, node, term, typed, scope));
            }
        }
        tests
    }

    /// Reports an operator that asks for equality with an empty text.
    fn is_empty_value(&mut self, keys: &Keys<'_>, operator: &str, node: &YamlNode) -> bool {
        let is_empty =
            |node: &&YamlNode| matches!(&node.kind, YamlKind::Scalar(scalar) if trim(&scalar.text).is_empty());
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        let found = nodes.iter().find(is_empty).filter(|_| ["is", "is_not", "in", "not_in"].contains(&operator));
        if let Some(found) = found {
            self.wrong("LS005", found.span, EQUALS_EMPTY).help(for_missing(keys, operator));
        }
        found.is_some()
    }

    fn operator(
        &mut self,
        (name, span): (&'static str, Span),
        around: &Place,
        node: &YamlNode,
        term: Term,
        typed: Typed,
        scope: &Scope,
    ) -> Option<Expr> {
        let place = around.narrowed(Span::new(span.start, node.span.end));
        let test = |test| Some(Expr::leaf(Atom::Test { term, test }, place.clone()));
        let negated = |inner: Option<Expr>| inner.map(Expr::negated);
        match name {
            "is" => test(self.equals(node, typed, true)?),
            "in" => test(self.equals(node, typed, false)?),
            "is_not" => negated(self.equals(node, typed, true).and_then(test)),
            "not_in" => negated(self.equals(node, typed, false).and_then(test)),
            "gt" => self.order(Order::Greater, &place, node, term, typed, scope),
            "gte" => self.order(Order::AtLeast, &place, node, term, typed, scope),
            "lt" => self.order(Order::Less, &place, node, term, typed, scope),
            "lte" => self.order(Order::AtMost, &place, node, term, typed, scope),
            "within" | "older_than" => {
                if typed != Typed::Plain(Type::Date) {
                    self.wrong_type(name, span, typed, "dates");
                    return None;
                }
                let duration = self.duration_ms(node)?;
                test(if name == "within" { Test::Within(duration) } else { Test::OlderThan(duration) })
            }
            _ => test(self.text_operator(name, span, node, typed)?),
        }
    }

    fn text_operator(&mut self, name: &'static str, span: Span, node: &YamlNode, typed: Typed) -> Option<Test> {
        if !is_text(typed) {
            self.wrong_type(name, span, typed, "text");
            return None;
        }
        let op = match name {
            "contains" => TextOp::Contains,
            "has_word" => TextOp::HasWord,
            "starts_with" => TextOp::StartsWith,
            "ends_with" => TextOp::EndsWith,
            _ => TextOp::Matches,
        };
        let values = self.values(node, false)?;
        if let Some((_, span)) = values.items.iter().find(|(text, _)| text.is_empty()) {
            self.wrong("LS005", *span, format!("`{name}` with an empty text is always true"));
            return None;
        }
        self.text_test(op, values)
    }

    fn text_test(&mut self, op: TextOp, values: Values) -> Option<Test> {
        let (texts, spans): (Vec<String>, Vec<Span>) = values.items.into_iter().unzip();
        match TextTest::new(op, texts) {
            Ok(mut test) => {
                test.places = if values.is_file { Vec::new() } else { spans };
                Some(Test::Text(test))
            }
            Err((index, reason)) => {
                self.wrong("LS005", spans[index], "this is not a valid regular expression").label(reason);
                None
            }
        }
    }

    /// `is` and `in`, typed by the left side.
    pub(crate) fn equals(&mut self, node: &YamlNode, typed: Typed, single: bool) -> Option<Test> {
        let values = self.values(node, single)?;
        match typed {
            Typed::Plain(Type::Number) => Some(Test::Numbers(self.each(&values.items, Decoder::number_text)?)),
            Typed::Plain(Type::Boolean) => Some(Test::Booleans(self.each(&values.items, Decoder::boolean_text)?)),
            Typed::Plain(Type::Date) => Some(Test::Dates(self.each(&values.items, Decoder::date)?)),
            Typed::Phone(reader) => {
                let numbers = self.each(&values.items, |this, text, span| this.phone_text(reader, text, span))?;
                let items = numbers.into_iter().zip(values.items.into_iter().map(|(_, span)| span)).collect();
                self.text_test(TextOp::Is, Values { items, ..values })
            }
            _ => {
                for (_, span) in values.items.iter().filter(|(text, _)| text.is_empty()) {
                    let help = "for the points of a missing value, write `unknown: …` beside `values`";
                    self.wrong("LS005", *span, EQUALS_EMPTY).help(help);
                }
                self.text_test(TextOp::Is, values)
            }
        }
    }

    fn each<T>(
        &mut self,
        values: &[(String, Span)],
        mut read: impl FnMut(&mut Self, &str, Span) -> Option<T>,
    ) -> Option<Vec<T>> {
        // All are read before any failure counts, so that every bad value is reported.
        let read: Vec<Option<T>> = values.iter().map(|(text, span)| read(self, text, *span)).collect();
        read.into_iter().collect()
    }

    fn number_text(&mut self, text: &str, span: Span) -> Option<Number> {
        Number::parse_literal(text)
            .map_err(|error| {
                let found = self.wrong("LS005", span, format!("`{text}` is not a number")).label(error.to_string());
                if let Some((low, high)) = two_numbers(text) {
                    found.help(format!("for all numbers from {low} to {high}, write `gte: {low}, lte: {high}`"));
                }
            })
            .ok()
    }

    /// A phone number of the rulebook, read as the field's cells are.
    pub(crate) fn phone_text(&mut self, reader: PhoneReader, text: &str, span: Span) -> Option<String> {
        let number = reader.read(text);
        if number.is_none() {
            let help = match reader.country {
                Some(country) => {
                    format!("write it with its country, as in `+905320000001`, or as people in {country} dial it")
                }
                None => "write it with its country, as in `+905320000001`, or give the field a `country`".to_owned(),
            };
            self.wrong("LS005", span, format!("`{text}` is not a full phone number")).help(help);
        }
        number
    }

    fn boolean_text(&mut self, text: &str, span: Span) -> Option<bool> {
        let value = match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        if value.is_none() {
            self.wrong("LS005", span, format!("`{text}` is neither `true` nor `false`"))
                .help("if the file has other words, list them on the field: `true: [Evet]`");
        }
        value
    }

    /// One value, a list, or `{ list: name }`; a single value only where `single`.
    fn values(&mut self, node: &YamlNode, single: bool) -> Option<Values> {
        match &node.kind {
            YamlKind::Map(_) if !single => self.listed(node),
            YamlKind::List(_) if single => {
                self.wrong("LS004", node.span, "this operator needs one value, but this is a list")
                    .help("for several values, write `in: […]` (or `not_in: […]`)");
                None
            }
            _ => {
                let values: Vec<_> =
                    self.texts(node, "a value").into_iter().map(|(text, span)| (text.to_owned(), span)).collect();
                (!values.is_empty()).then_some(Values { items: values, is_file: false })
            }
        }
    }

    /// The texts of a list that is named: `{ list: name }`. Those of a file all stand where the list is named.
    pub(super) fn listed_texts(&mut self, node: &YamlNode) -> Option<Vec<(String, Span)>> {
        self.listed(node).map(|values| values.items)
    }

    fn listed(&mut self, node: &YamlNode) -> Option<Values> {
        let name_node = self.mapping(node, &NAMED_LIST, |this, keys| this.required(keys, "list"))?;
        let name = self.text(name_node, "a list")?;
        let names: Vec<String> = self.lists.iter().map(|list| list.name.clone()).collect();
        let index = self.index_of(name, name_node.span, "list", &names)?;
        self.lists[index].is_read = true;
        Some(match &self.list_items[index] {
            ListItems::Inline(items) => Values { items: items.clone(), is_file: false },
            ListItems::File(items) => {
                Values { items: items.iter().map(|text| (text.clone(), name_node.span)).collect(), is_file: true }
            }
        })
    }

    fn order(
        &mut self,
        order: Order,
        place: &Place,
        node: &YamlNode,
        term: Term,
        typed: Typed,
        scope: &Scope,
    ) -> Option<Expr> {
        let Typed::Plain(kind @ (Type::Number | Type::Date)) = typed else {
            self.wrong_type(order.name(), place.span, typed, "numbers and dates");
            return None;
        };
        if matches!(node.kind, YamlKind::Map(_)) {
            return self.compare(order, place, node, term, kind, scope);
        }
        let test = if kind == Type::Number {
            Test::Number(order, self.number(node, "the right side")?)
        } else {
            let text = self.text(node, "a date")?;
            Test::Date(order, self.date(text, node.span)?)
        };
        Some(Expr::leaf(Atom::Test { term, test }, place.clone()))
    }

    fn compare(
        &mut self,
        order: Order,
        place: &Place,
        node: &YamlNode,
        left: Term,
        kind: Type,
        scope: &Scope,
    ) -> Option<Expr> {
        let (right, times_node, times) = self.mapping_within(node, &RIGHT_SIDE, scope.reach(), |this, keys| {
            if keys.shape().is_some_and(|shape| !shape.is_for(scope.reach())) {
                this.not_here(keys, keys.form(), scope.name());
                return None;
            }
            let right = if keys.has("event") {
                this.measured(keys, scope)
            } else {
                let field = keys.take("field").and_then(|node| this.field(node, scope));
                field.map(|field| (Term::Field(field), this.typed(field, scope)))
            };
            let times_node = keys.take("times");
            Some((right, times_node, times_node.and_then(|node| this.number(node, "a factor"))))
        })?;
        let (right, typed) = right?;
        if typed != Typed::Plain(kind) {
            let message =
                format!("the left side is {}, but the right side is {}", Typed::Plain(kind).name(), typed.name());
            self.report_unless(typed == Typed::Unreadable, Diagnostic::error("LS009", node.span, message));
            return None;
        }
        if let (Some(node), Type::Date) = (times_node, kind) {
            self.wrong("LS009", node.span, "`times` multiplies numbers, but these are dates");
            return None;
        }
        Some(Expr::leaf(Atom::Compare { left, order, right, times }, place.clone()))
    }

    fn wrong_type(&mut self, operator: &str, span: Span, typed: Typed, wanted: &str) {
        let message = format!("`{operator}` compares {wanted}, but this is {}", typed.name());
        let found = Diagnostic::error("LS009", span, message);
        let help = match wanted {
            "text" => "for numbers and dates, use `is`, `in`, `gte`, `lt` and similar operators".to_owned(),
            _ if matches!(typed, Typed::Phone(_)) => {
                "use `is`, `in` or `starts_with`, for example `starts_with: \"+90\"`".to_owned()
            }
            _ => "set the type where the field is declared: `employees: { column: …, type: number }`".to_owned(),
        };
        self.report(found.with_help(help));
    }
}

/// The two numbers of `201-500`.
fn two_numbers(text: &str) -> Option<(&str, &str)> {
    let (low, high) = text.split_once(['-', '–'])?;
    let (low, high) = (trim(low), trim(high));
    let is_number = |text: &str| Number::parse_literal(text).is_ok();
    (is_number(low) && is_number(high)).then_some((low, high))
}

/// Said of an empty text that a field is compared with.
const EQUALS_EMPTY: &str = "no field ever equals an empty text, because an empty cell counts as missing";

/// What a text is held against: each with its place, or with that of the list's name where the list is a file.
struct Values {
    items: Vec<(String, Span)>,
    is_file: bool,
}

/// Whether a mapping has no operator at all, so that its lack can be reported once.
pub(crate) fn has_no_operator(keys: &Keys<'_>) -> bool {
    operators().filter(|operator| keys.has(operator)).all(|operator| is_window(keys, operator))
}

/// Beside an event, `within` is the selection's window and no operator.
fn is_window(keys: &Keys<'_>, operator: &str) -> bool {
    operator == "within" && keys.has("event")
}

fn is_text(typed: Typed) -> bool {
    matches!(typed, Typed::Set | Typed::Phone(_) | Typed::Plain(Type::Text | Type::Email | Type::Url))
}

impl Typed {
    /// The type in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain(Type::Text) => "text",
            Self::Plain(Type::Number) => "a number",
            Self::Plain(Type::Boolean) => "a boolean",
            Self::Plain(Type::Date) => "a date",
            Self::Plain(Type::Email) => "an e-mail",
            Self::Plain(Type::Url) => "a url",
            Self::Plain(Type::Phone) | Self::Phone(_) => "a phone number",
            Self::Plain(Type::Range) => "a range",
            Self::Set => "a set of texts",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Order {
    /// The operator's name in the rulebook.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Greater => "gt",
            Self::AtLeast => "gte",
            Self::Less => "lt",
            Self::AtMost => "lte",
        }
    }
}
