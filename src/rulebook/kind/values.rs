//! `values:` — a table from a field's value to points.

use super::Kind;
use crate::diagnostic::Span;
use crate::rulebook::Place;
use crate::rulebook::expr::{Entry, FieldRef, Test, Worth};
use crate::rulebook::keys::{Key, OTHERWISE, Shape, Takes, UNKNOWN};
use crate::rulebook::parse::{Decoder, Keys, Scope, Typed};
use crate::rulebook::yaml::{Scalar, YamlKind, YamlNode};
use crate::value::fold;
use std::collections::HashMap;

pub(super) const KIND: Kind = Kind { shapes: &[Shape::new(KEYS, &[])], lower };

const KEYS: &[Key] = &[
    Key::deciding("values", Takes::ByName("value", &Takes::Points), "The points for each value of the field.")
        .more("Capitals do not matter. Two values that differ only in capitals are an error.")
        .example("values: { Software: 15, \"Oil, Gas\": -5 }"),
    Key::deciding("field", Takes::Name("a field"), "The field, or a part of it: `email.domain`.")
        .example("field: industry"),
    OTHERWISE,
    UNKNOWN,
];

fn lower(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> Option<Worth> {
    let node = keys.take("values")?;
    let field = decoder.required(keys, "field").and_then(|node| decoder.field(node, scope));
    let entries = table(decoder, node, field, scope);
    let otherwise = decoder.points_or_zero(keys, "otherwise");
    let unknown = decoder.points_or_zero(keys, "unknown");
    let entries = entries?;
    let by_text = entries.iter().enumerate().map(|(index, entry)| (fold(&entry.key).into_owned(), index)).collect();
    Some(Worth::Lookup { field: field?, entries, by_text, otherwise, unknown })
}

fn table(decoder: &mut Decoder<'_>, node: &YamlNode, field: Option<FieldRef>, scope: &Scope) -> Option<Vec<Entry>> {
    let typed = field.map_or(Typed::Unreadable, |field| decoder.typed(field, scope));
    let rows = decoder.entries(node, "`values`");
    if rows.is_empty() {
        decoder.wrong("LS005", node.span, "`values` has no entry");
    }
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut entries = Vec::new();
    for (key, span, value) in rows {
        let first = seen.insert(fold(key).into_owned(), key);
        let is_repeated = first.is_some();
        if let Some(first) = first {
            let message = format!("`{key}` and `{first}` are the same value: text compares without regard to case");
            decoder.wrong("LS007", span, message);
        }
        let points = decoder.points(value, "points");
        let test = entry(decoder, key, span, typed);
        let same = |known: &&Option<Entry>| known.as_ref().is_some_and(|known| Some(&known.test) == test.as_ref());
        if let Some(Some(first)) = entries.iter().find(same).filter(|_| !is_repeated) {
            let message = format!("`{key}` and `{}` are the same value", first.key);
            decoder.wrong("LS007", span, message);
        }
        entries.push(test.zip(points).map(|(test, points)| Entry {
            key: compared(&test, key),
            test,
            key_place: Place::words(span),
            points,
            place: Place::words(Span::new(span.start, value.span.end)),
        }));
    }
    entries.into_iter().collect()
}

/// The key as texts of the field are compared with it: a phone number is in E.164, however it is written.
fn compared(test: &Test, key: &str) -> String {
    match test {
        Test::Text(test) => test.values.first().map_or(key, String::as_str).to_owned(),
        _ => key.to_owned(),
    }
}

fn entry(decoder: &mut Decoder<'_>, key: &str, span: Span, typed: Typed) -> Option<Test> {
    if typed == Typed::Unreadable {
        return None;
    }
    let scalar = Scalar { text: key.to_owned(), quoted: true };
    let node = YamlNode { span, kind: YamlKind::Scalar(scalar) };
    decoder.equals(&node, typed, true)
}
