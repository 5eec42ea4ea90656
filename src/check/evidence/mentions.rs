//! Where the rulebook names event types, and what became of each type in the files.

use super::super::observed::Observed;
use super::super::source::{Source, get};
use crate::diagnostic::Span;
use crate::rulebook::Rulebook;
use crate::rulebook::yaml::{Kind, Node};
use crate::run::EventCounts;
use crate::value::{fold, trim};
use std::collections::BTreeMap;

/// One place that names an event type.
pub(super) struct Mention {
    /// The type, folded.
    pub name: String,
    /// As written.
    pub written: String,
    /// The only source that is meant, if one is named.
    pub source: Option<usize>,
    /// The types that are named with it, folded.
    pub beside: Vec<String>,
    /// Whether it stands under `not_engagement`.
    pub is_excepted: bool,
    /// Where it stands.
    pub span: Span,
}

/// Every place that names an event type, in order of place.
pub(super) fn mentions(rulebook: &Rulebook, source: &Source) -> Vec<Mention> {
    let mut found = Vec::new();
    // Elsewhere `event` may be a name of the user's own, such as a field's.
    let sections = ["not_engagement", "dimensions", "disqualify", "stages", "priorities", "funnel", "value"];
    let mut open: Vec<&Node> = sections.into_iter().filter_map(|section| source.at(&[section])).collect();
    if let Some(node) = source.at(&["not_engagement"]) {
        collect(node, None, true, &mut found);
    }
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::List(items) => open.extend(items),
            Kind::Map(entries) => {
                let only = get(node, "source")
                    .and_then(text_of)
                    .and_then(|name| rulebook.sources.iter().position(|source| source.name == name));
                for entry in entries.iter().filter(|entry| entry.key.text != "values") {
                    if entry.key.text == "event" {
                        collect(&entry.value, only, false, &mut found);
                    }
                    open.push(&entry.value);
                }
            }
            Kind::Null | Kind::Scalar(_) => {}
        }
    }
    found.sort_by_key(|mention| mention.span);
    found
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(trim(&scalar.text)),
        _ => None,
    }
}

fn collect(node: &Node, source: Option<usize>, is_excepted: bool, found: &mut Vec<Mention>) {
    let items = node.items().unwrap_or(std::slice::from_ref(node));
    let all: Vec<String> = items.iter().filter_map(text_of).map(|text| fold(text).into_owned()).collect();
    for (text, span) in items.iter().filter_map(|item| Some((text_of(item)?, item.span))) {
        if text != "any" && !text.is_empty() {
            found.push(Mention {
                name: fold(text).into_owned(),
                written: text.to_owned(),
                source,
                beside: all.clone(),
                is_excepted,
                span,
            });
        }
    }
}

/// How many events of each type count, in one source or in all.
pub(super) fn counted(observed: &Observed, only: Option<usize>) -> BTreeMap<&str, u64> {
    sum(observed, only, |counts| &counts.counted_by_type)
}

/// How many events of each type name no lead.
pub(super) fn orphans(observed: &Observed, only: Option<usize>) -> BTreeMap<&str, u64> {
    sum(observed, only, |counts| &counts.orphans_by_type)
}

/// How many events of each type lie after the instant of the check.
pub(super) fn later(observed: &Observed, only: Option<usize>) -> BTreeMap<&str, u64> {
    sum(observed, only, |counts| &counts.later_by_type)
}

fn sum<'o>(
    observed: &'o Observed,
    only: Option<usize>,
    of: impl Fn(&'o EventCounts) -> &'o BTreeMap<String, u64>,
) -> BTreeMap<&'o str, u64> {
    let mut all = BTreeMap::new();
    for (index, counts) in observed.sources.iter().enumerate() {
        if only.is_none_or(|only| only == index) {
            for (name, n) in of(counts) {
                *all.entry(name.as_str()).or_default() += n;
            }
        }
    }
    all
}
