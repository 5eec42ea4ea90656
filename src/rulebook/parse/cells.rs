//! `fields:` — how a column is read: its header, type, format, words and separators.

use super::Decoder;
use super::exports::{FieldSpec, names_column};
use super::keys::Keys;
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::exports::{Column, FileSettings, Spec, ValueFrom};
use crate::rulebook::keys::{FIELD, TIME, advice_on_word};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::{
    BooleanReader, CellReader, CellReading, Country, Currency, DateReader, Decimal, PhoneReader, SetOf, SetReader,
    Split, Type, Words,
};

impl Decoder<'_> {
    /// A field under its name: a header, a list of headers, or a mapping; without a `column` the name is the header.
    pub(super) fn field_spec(
        &mut self,
        name: &str,
        span: Span,
        node: &YamlNode,
        settings: &FileSettings,
        noun: &'static str,
    ) -> FieldSpec {
        let named = || Column::named(name, span);
        if !matches!(node.kind, YamlKind::Map(_)) || names_column(node, &FIELD) {
            let column = if node.kind == YamlKind::Null { None } else { self.column(node, "a column") };
            let reader = text_reader(settings);
            let spec = Spec { column: column.unwrap_or_else(named), optional: false, reader };
            return FieldSpec { from: ValueFrom::Column(spec), kind: Type::Text, is_set: false };
        }
        let Some(mut keys) = self.keys(node, &FIELD) else {
            unreachable!("a mapping was just seen");
        };
        let column = keys.take("column").and_then(|node| self.column(node, "a column")).unwrap_or_else(named);
        let type_node = keys.take("type");
        let kind = type_node.and_then(|node| self.field_type(node));
        let is_faulty = type_node.is_some() && kind.is_none() || keys.has_near(&["type"]);
        if is_faulty {
            self.blame_type(noun, name);
        }
        let kind = kind.unwrap_or_default();
        let optional = self.switch(&mut keys, "optional", false);
        let split = keys.take("split").and_then(|node| self.split(node, kind));
        let is_set = split.is_some();
        let reading = self.reading(&mut keys, kind, settings);
        let reading = match (split, reading) {
            (Some(split), CellReading::Email) => CellReading::Set(SetReader { split, of: SetOf::Email }),
            (Some(split), CellReading::Phone(reader)) => {
                CellReading::Set(SetReader { split, of: SetOf::Phone(reader) })
            }
            (Some(split), _) => CellReading::Set(SetReader { split, of: SetOf::Text }),
            (None, reading) => reading,
        };
        self.misplaced(&mut keys, kind, is_faulty);
        self.finish(&keys);
        let reader = CellReader::new(reading, Words::new(&settings.blank));
        FieldSpec { from: ValueFrom::Column(Spec { column, optional, reader }), kind, is_set }
    }

    /// A column of times: a header, or a mapping with `column` and `format`.
    pub(super) fn time_spec(&mut self, node: &YamlNode, settings: &FileSettings) -> Spec {
        let mut column = None;
        let mut reader = DateReader::iso(self.zone.clone()).with_decimal(decimal(settings));
        if matches!(node.kind, YamlKind::Map(_)) && !names_column(node, &TIME) {
            let read = self.mapping(node, &TIME, |this, keys| {
                column = this.required(keys, "column").and_then(|node| this.column(node, "a column"));
                Some(this.date_reader(keys, settings))
            });
            reader = read.unwrap_or(reader);
        } else {
            column = self.column(node, "a time column");
        }
        let column = column.unwrap_or_else(|| Column::named("", node.span));
        let reader = CellReader::new(CellReading::Date(reader), Words::new(&settings.blank));
        Spec { column, optional: false, reader }
    }

    fn field_type(&mut self, node: &YamlNode) -> Option<Type> {
        let name = self.text(node, "a type")?;
        let found = Type::of(name);
        if found.is_none() {
            self.unknown(name, node.span, "type", Type::ALL.iter().map(|known| known.name()));
        }
        found
    }

    fn split(&mut self, node: &YamlNode, kind: Type) -> Option<Split> {
        let YamlKind::Scalar(scalar) = &node.kind else {
            self.text(node, "a separator");
            return None;
        };
        if scalar.text.is_empty() {
            self.wrong("LS009", node.span, "the separator is empty");
            return None;
        }
        let split = if scalar.text == "json" { Split::Json } else { Split::Separator(scalar.text.clone()) };
        // Of another type it is misplaced, which is told below.
        matches!(kind, Type::Text | Type::Email | Type::Phone).then_some(split)
    }

    fn reading(&mut self, keys: &mut Keys<'_>, kind: Type, settings: &FileSettings) -> CellReading {
        match kind {
            Type::Text => CellReading::Text,
            Type::Email => CellReading::Email,
            Type::Url => CellReading::Url,
            Type::Number => {
                let decimal = self.decimal_of(keys, settings);
                CellReading::Number { decimal, currency: keys.take("currency").and_then(|node| self.currency(node)) }
            }
            Type::Range => CellReading::Range(self.decimal_of(keys, settings)),
            Type::Phone => {
                let own = keys.take("country").map(|node| self.country(node));
                CellReading::Phone(PhoneReader { country: own.unwrap_or(settings.country) })
            }
            Type::Boolean => CellReading::Boolean(self.boolean_reader(keys)),
            Type::Date => CellReading::Date(self.date_reader(keys, settings)),
        }
    }

    fn decimal_of(&mut self, keys: &mut Keys<'_>, settings: &FileSettings) -> Decimal {
        let own = keys.take("decimal").map(|node| self.decimal_comma(node));
        if own.unwrap_or(settings.decimal_comma) { Decimal::Comma } else { Decimal::Point }
    }

    fn currency(&mut self, node: &YamlNode) -> Option<Currency> {
        let code = self.filled_text(node, "a currency")?;
        let found = Currency::of(code);
        if found.is_none() {
            self.unknown_code(
                code,
                node.span,
                "currency",
                &Currency::codes().map(str::to_owned).collect::<Vec<_>>(),
                "USD",
            );
        }
        found
    }

    /// `country: TR`, of a field or of files.
    pub(super) fn country(&mut self, node: &YamlNode) -> Option<Country> {
        let code = self.filled_text(node, "a country")?;
        let found = Country::of(code);
        if found.is_none() {
            self.unknown_code(code, node.span, "country", &Country::all(), "TR");
        }
        found
    }

    /// Reports a code that is not one of these; `example` is one that is.
    fn unknown_code(&mut self, code: &str, span: Span, what: &str, known: &[String], example: &str) {
        let capitals = known.iter().find(|known| known.eq_ignore_ascii_case(code)).map(String::as_str);
        let near = capitals.map(|capitals| format!("did you mean `{capitals}`?"));
        let told = near.or_else(|| advice_on_word(what, code).map(str::to_owned));
        let n_letters = example.len();
        let help =
            told.unwrap_or_else(|| format!("write its code of {n_letters} capital letters, such as `{example}`"));
        self.wrong("LS005", span, format!("`{code}` is not the code of a {what}")).help(help);
    }

    fn boolean_reader(&mut self, keys: &mut Keys<'_>) -> BooleanReader {
        let span = keys.span;
        let mut words = |key| {
            let texts = keys.take(key).map(|node| self.texts(node, "a word for a boolean"));
            texts.map(|texts| texts.into_iter().map(|(text, _)| text).collect::<Vec<_>>())
        };
        let (true_words, false_words) = (words("true"), words("false"));
        BooleanReader::new(true_words.as_deref(), false_words.as_deref()).unwrap_or_else(|error| {
            self.wrong("LS011", span, error.to_string());
            BooleanReader::default()
        })
    }

    fn date_reader(&mut self, keys: &mut Keys<'_>, settings: &FileSettings) -> DateReader {
        let iso = DateReader::iso(self.zone.clone()).with_decimal(decimal(settings));
        let Some(node) = keys.take("format") else { return iso };
        let formats = self.texts(node, "a date format");
        let texts: Vec<&str> = formats.iter().map(|(text, _)| *text).collect();
        if texts.is_empty() {
            return iso;
        }
        match DateReader::with_formats(&texts, self.zone.clone(), settings.language.as_deref()) {
            Ok(reader) => reader.with_decimal(decimal(settings)),
            Err(error) => {
                let span = error.format.and_then(|index| formats.get(index)).map_or(node.span, |(_, span)| *span);
                self.wrong("LS005", span, "this is not a date format").label(error.message);
                iso
            }
        }
    }

    /// Says which types a key belongs to, where it stands beside another.
    fn misplaced(&mut self, keys: &mut Keys<'_>, kind: Type, is_faulty: bool) {
        for key in FIELD.common_keys().filter(|key| !key.of_types.is_empty() && !key.of_types.contains(&kind)) {
            if keys.take(key.name).is_some() {
                let types: Vec<&str> = key.of_types.iter().map(|wanted| wanted.name()).collect();
                let message = format!("`{}` belongs to fields of type {}", key.name, in_words(&types));
                let found = Diagnostic::error("LS010", keys.key_span(key.name), message);
                self.report_unless(is_faulty, found.with_help(format!("write `type: {}`", types[0])));
            }
        }
    }
}

/// Reads cells as they stand, knowing which are blank: ids, keys, types.
pub(super) fn text_reader(settings: &FileSettings) -> CellReader {
    CellReader::new(CellReading::Text, Words::new(&settings.blank))
}

fn decimal(settings: &FileSettings) -> Decimal {
    if settings.decimal_comma { Decimal::Comma } else { Decimal::Point }
}

/// `text`, `text or email`, `text, email or phone`.
fn in_words(types: &[&str]) -> String {
    match types {
        [all_but_last @ .., last] if !all_but_last.is_empty() => format!("{} or {last}", all_but_last.join(", ")),
        _ => types.concat(),
    }
}
