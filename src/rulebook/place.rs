//! Where something stands in the rulebook's text: its own words, and the mapping that they belong to, key by key.
//!
//! Every part of a rulebook knows its place, so that whoever speaks of one asks it, and nobody reads the text again.

use super::yaml::{KeyValue, YamlKind, YamlNode};
use crate::diagnostic::Span;
use std::sync::Arc;

/// How deep mappings inside a mapping are kept: `decay.step.percent`. Deeper ones belong to parts with a place of their own.
const DEEPEST: usize = 3;

/// Where something stands. Two parts that say the same are equal wherever they stand, so that equal tallies can be kept once:
/// a place is equal to every other place.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Its own words: of a criterion its id, of a test the operator with its value.
    pub span: Span,
    mapping: Option<Arc<PlacedMapping>>,
}

/// A mapping as it is written.
#[derive(Debug)]
struct PlacedMapping {
    span: Span,
    keys: Vec<PlacedKey>,
}

#[derive(Debug)]
struct PlacedKey {
    name: String,
    span: Span,
    value: Place,
}

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Place {}

impl Place {
    /// Of a value in the text.
    pub(crate) fn of(node: &YamlNode) -> Self {
        Self::down_to(node, DEEPEST)
    }

    /// Of a mapping in the text.
    pub(crate) fn of_mapping(span: Span, entries: &[KeyValue]) -> Self {
        Self::with_keys(span, entries, DEEPEST)
    }

    fn down_to(node: &YamlNode, depth: usize) -> Self {
        match &node.kind {
            YamlKind::Map(entries) if depth > 0 => Self::with_keys(node.span, entries, depth),
            _ => Self::words(node.span),
        }
    }

    fn with_keys(span: Span, entries: &[KeyValue], depth: usize) -> Self {
        let keys = entries.iter().map(|entry| PlacedKey {
            name: entry.key.text.clone(),
            span: entry.key_span,
            value: Self::down_to(&entry.value, depth - 1),
        });
        Self { span, mapping: Some(Arc::new(PlacedMapping { span, keys: keys.collect() })) }
    }

    /// Of words outside any mapping of their own.
    #[must_use]
    pub fn words(span: Span) -> Self {
        Self { span, mapping: None }
    }

    /// Other words of the same mapping.
    #[must_use]
    pub fn narrowed(&self, span: Span) -> Self {
        Self { span, mapping: self.mapping.clone() }
    }

    /// The whole mapping; of what is none, its own words.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.mapping.as_ref().map_or(self.span, |mapping| mapping.span)
    }

    /// Where the value of a key of the mapping stands; none where the key is not written.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.keys().iter().find(|known| known.name == key).map(|known| &known.value)
    }

    /// Where the value of a key stands; of one that is not written, the words of the whole.
    #[must_use]
    pub fn at(&self, key: &str) -> Span {
        self.get(key).map_or(self.span, |value| value.span)
    }

    /// The keys of the mapping, each as written and where it stands, in order.
    pub fn written(&self) -> impl Iterator<Item = (&str, Span)> {
        self.keys().iter().map(|key| (key.name.as_str(), key.span))
    }

    fn keys(&self) -> &[PlacedKey] {
        self.mapping.as_ref().map_or(&[], |mapping| &mapping.keys)
    }
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;

    #[test]
    fn keys_are_found_as_deep_as_they_are_asked_for() {
        let text = "id: demo\ndecay: { step: { percent: 10, every: { a: { b: 1 } } } }\nwhen: [{ field: x }]\n";
        let place = Place::of(&yaml::parse(text).expect("it is YAML"));
        let written = |place: &Place| &text[place.span.start..place.span.end];
        assert_eq!(place.get("id").map(written), Some("demo"));
        let percent = place.get("decay").and_then(|decay| decay.get("step")).and_then(|step| step.get("percent"));
        assert_eq!(percent.map(written), Some("10"));
        assert_eq!(place.written().map(|(key, _)| key).collect::<Vec<_>>(), ["id", "decay", "when"]);
        let id = place.narrowed(place.at("id"));
        assert_eq!((written(&id), id.whole(), id.at("cap")), ("demo", place.whole(), id.span));
        assert!(
            place.get("when").is_some_and(|when| when.get("field").is_none()),
            "what stands in a list has its own place"
        );
        assert_eq!(place, Place::default(), "places are all equal");
    }
}
