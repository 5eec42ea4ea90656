//! `lead:` and `personas:` → typed values: the cells of a test are typed, not read as a file's.

use super::manual::UNKNOWN_PERSONA;
use super::read::TestReader;
use crate::diagnostic::{Span, did_you_mean};
use crate::rulebook::derived::Derivation;
use crate::rulebook::keys::{LEAD, once};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::email::is_email;
use crate::value::{Decimal, Instant, Moment, Part, PhoneReader, Range, Type, Value, parse_signed_duration_ms, trim};
use std::borrow::Cow;

/// A field's declared type, whether a cell holds several values, and how phone numbers in it are read.
#[derive(Clone, Copy)]
pub(super) struct FieldType {
    pub kind: Type,
    pub is_set: bool,
    pub phone: Option<PhoneReader>,
}

impl<'n> TestReader<'_, '_, 'n> {
    /// A lead's values: its personas' in the order named, then its own.
    pub(super) fn lead(&mut self, node: &'n YamlNode, as_of: Instant) -> Vec<(usize, Value<'static>)> {
        let mut values = Vec::new();
        let entries = self.decoder.entries(node, "a lead");
        if let Some((_, _, named)) = entries.iter().find(|(key, _, _)| *key == "is") {
            for (name, span) in self.decoder.texts(named, "a persona") {
                if let Some(persona) = self.persona(name, span) {
                    values.extend(self.fields(&entries_of(persona), as_of));
                }
            }
        }
        let own: Vec<_> = entries.into_iter().filter(|(key, _, _)| LEAD.key(key).is_none()).collect();
        values.extend(self.fields(&own, as_of));
        values
    }

    /// The personas, each read once so that what is wrong with one is said even if no case names it.
    pub(super) fn personas(&mut self, node: &'n YamlNode, as_of: Instant) {
        for (name, _, persona) in self.decoder.entries(node, "`personas`") {
            let entries = self.decoder.entries(persona, "a persona");
            self.fields(&entries, as_of);
            self.personas.push((name, persona));
        }
    }

    fn persona(&mut self, name: &str, span: Span) -> Option<&'n YamlNode> {
        let found = self.personas.iter().find(|(known, _)| *known == name).map(|(_, node)| *node);
        if found.is_none() {
            let names = || self.personas.iter().map(|(name, _)| *name);
            let known = match names().collect::<Vec<_>>().join(", ") {
                none if none.is_empty() => "this file has no `personas`".to_owned(),
                names => format!("there are: {names}"),
            };
            let help = did_you_mean(name, names()).unwrap_or(known);
            let message = format!("no persona is called `{name}`");
            self.decoder.wrong(UNKNOWN_PERSONA, span, message).help(help);
        }
        found
    }

    fn fields(&mut self, entries: &[(&'n str, Span, &'n YamlNode)], as_of: Instant) -> Vec<(usize, Value<'static>)> {
        let mut values = Vec::new();
        for (name, span, node) in entries {
            let known = self.rulebook.fields.iter().position(|field| field.name == *name);
            let Some(field) = known else {
                self.unknown_field(name, *span, node);
                continue;
            };
            let declared = &self.rulebook.fields[field];
            if let Some(derivation) = declared.derivation() {
                self.derived_field(name, *span, derivation);
                continue;
            }
            let phone = declared.from.phone();
            let typed = FieldType { kind: declared.kind, is_set: declared.is_set, phone };
            values.extend(self.value(node, typed, name, as_of).map(|value| (field, value)));
        }
        values
    }

    /// A derived field is what its rules make of the others, in a test as in a run.
    fn derived_field(&mut self, name: &str, span: Span, derivation: &Derivation) {
        let inputs = derivation.inputs();
        let inputs = once(inputs.iter().map(|input| self.rulebook.fields[input.field].name.as_str())).join("`, `");
        let help = match inputs.as_str() {
            "" => "give the events that it comes from".to_owned(),
            inputs => format!("give `{inputs}`; `{name}` follows from that"),
        };
        let message = format!("`{name}` is a derived field, so a test can't give it a value");
        self.decoder.wrong("LS010", span, message).help(help);
    }

    fn unknown_field(&mut self, name: &str, span: Span, node: &YamlNode) {
        if node.kind == YamlKind::Null && name.bytes().all(|byte| byte.is_ascii_digit()) {
            self.decoder
                .wrong("LS006", span, format!("no field of leads is called `{name}`"))
                .help("write numbers without commas: 1000, or 2.5 with a point");
            return;
        }
        let whole = name.split_once('.').filter(|(_, part)| Part::of(part).is_some()).map(|(field, _)| field);
        if let Some(field) = whole.filter(|field| self.rulebook.fields.iter().any(|known| known.name == *field)) {
            let message = format!("`{name}` is only a part of `{field}`");
            self.decoder
                .wrong("LS006", span, message)
                .help(format!("give the whole `{field}`; leadscore takes the parts from it"));
            return;
        }
        let known: Vec<&str> = self.rulebook.fields.iter().map(|field| field.name.as_str()).collect();
        self.decoder.unknown(name, span, "field of leads", known);
    }

    /// A typed value; nothing written is a missing one. None where it can't be read, which is reported.
    pub(super) fn value(
        &mut self,
        node: &YamlNode,
        typed: FieldType,
        name: &str,
        as_of: Instant,
    ) -> Option<Value<'static>> {
        if node.kind == YamlKind::Null {
            return Some(Value::Missing);
        }
        if typed.is_set {
            let texts = self.decoder.texts_or_none(node, name);
            let parts: Vec<Cow<'static, str>> = texts
                .into_iter()
                .filter(|(text, _)| !text.is_empty())
                .filter_map(|(text, span)| self.one_text(text, span, typed))
                .collect();
            return Some(if parts.is_empty() { Value::Missing } else { Value::Set(parts) });
        }
        let text = self.decoder.text(node, name)?;
        if text.is_empty() {
            return Some(Value::Missing);
        }
        match typed.kind {
            Type::Text | Type::Url | Type::Email | Type::Phone => {
                self.one_text(text, node.span, typed).map(Value::Text)
            }
            Type::Range => {
                let range = Range::parse(text, Decimal::Point);
                if range.is_none() {
                    let message = format!("`{text}` is not a range");
                    self.decoder.wrong("LS005", node.span, message).help("write `201-500`, `10001+` or `<50`");
                }
                range.map(Value::Range)
            }
            Type::Number => self.decoder.number(node, name).map(Value::Number),
            Type::Boolean => self.decoder.boolean(node, name).map(Value::Boolean),
            Type::Date => self.instant(text, node.span, as_of).map(Moment::value),
        }
    }

    /// A text as the field compares it. None where it can't be read, which is reported.
    fn one_text(&mut self, text: &str, span: Span, typed: FieldType) -> Option<Cow<'static, str>> {
        match (typed.kind, typed.phone) {
            (Type::Email, _) if !is_email(text) => {
                self.decoder.wrong("LS005", span, format!("`{text}` is not an e-mail address"));
                None
            }
            (Type::Phone, Some(reader)) => self.decoder.phone_text(reader, text, span).map(Cow::Owned),
            _ => Some(text.to_owned().into()),
        }
    }

    /// `-5d` (before the case's instant), `+5d` (after it), `now`, or a date or time in ISO form; a date is its first instant.
    pub(super) fn instant(&mut self, text: &str, span: Span, as_of: Instant) -> Option<Moment> {
        let timed = |at| Moment { at, is_bare: false };
        if text == "now" {
            return Some(timed(as_of));
        }
        let Some(sign) = text.chars().next().filter(|sign| matches!(sign, '-' | '+')) else {
            let is_bare = !text.contains(':');
            return self.decoder.date(text, span).map(|date| Moment { at: date.start, is_bare });
        };
        match parse_signed_duration_ms(sign, &text[1..]) {
            Ok(ms) => Some(timed(as_of.plus_ms(ms))),
            Err(error) => {
                self.decoder.wrong("LS005", span, format!("`{text}` is not a time")).help(error.hint);
                None
            }
        }
    }
}

/// The entries of a mapping that was read before.
fn entries_of(node: &YamlNode) -> Vec<(&str, Span, &YamlNode)> {
    match &node.kind {
        YamlKind::Map(entries) => {
            entries.iter().map(|entry| (trim(&entry.key.text), entry.key_span, &entry.value)).collect()
        }
        _ => Vec::new(),
    }
}
