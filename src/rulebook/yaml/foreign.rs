//! What YAML has and a rulebook does not use, and what is YAML but surely not meant: one function a finding.
//!
//! Decides nothing about the reading itself, which goes on after most of these.

use super::{FOREIGN, KeyValue, SYNTAX, Scalar, TOO_LARGE, YamlKind, YamlNode, syntax};
use crate::diagnostic::{Diagnostic, Span};

const QUOTE_OR_REMOVE: &str = "if you mean it as text, put the whole value in quotes; otherwise remove it";

/// The node as a key, and what is wrong with it as one.
pub(super) fn key(node: YamlNode) -> (Scalar, Option<Diagnostic>) {
    let (key, problem) = match node.kind {
        YamlKind::Scalar(key) if key.quoted || key.text != "<<" => return (key, None),
        YamlKind::Scalar(key) => {
            let problem = Diagnostic::error(FOREIGN, node.span, "`<<` does not merge mappings here")
                .with_help("write the keys out, or give the whole value by reference: `key: *name`");
            (key.text, problem)
        }
        YamlKind::Null => {
            let message = "there is no key before this colon";
            (String::new(), Diagnostic::error(SYNTAX, node.span, message))
        }
        YamlKind::List(_) | YamlKind::Map(_) => {
            let message = "a key must be a text, not a list or a mapping";
            let problem =
                Diagnostic::error(FOREIGN, node.span, message).with_help("if you mean it as text, put it in quotes");
            (String::new(), problem)
        }
    };
    // No two of these count as repeated: their place makes them different.
    let text = format!("{key}\0{}", node.span.start);
    (Scalar { text, quoted: false }, Some(problem))
}

/// A blank is missing: `{ points:5 }` is to YAML a key `points:5` without a value.
pub(super) fn glued_colon(entry: &KeyValue) -> Option<Diagnostic> {
    // A key over several lines is not as long as its source, and the colon's place unknown.
    let is_as_written = entry.key_span.end - entry.key_span.start == entry.key.text.len();
    let is_bare = is_as_written && !entry.key.quoted && entry.value.kind == YamlKind::Null;
    let (before, _) = entry.key.text.split_once(':').filter(|_| is_bare)?;
    let at = entry.key_span.start + before.len();
    Some(
        Diagnostic::error(SYNTAX, Span::new(at, at + 1), syntax::NO_BLANK)
            .with_help(format!("write `{before}: ` and then the value")),
    )
}

/// `!name` before a value.
pub(super) fn tag(text: &str, tag: Span) -> Diagnostic {
    let message = format!("`{}` is a YAML tag, which a rulebook does not use", &text[tag.start..tag.end]);
    Diagnostic::error(FOREIGN, tag, message)
        .with_label("unquoted text that begins with `!` is a tag")
        .with_help(QUOTE_OR_REMOVE)
}

/// A document after the first.
pub(super) fn second_document(place: Span) -> Diagnostic {
    let span = Span::new(place.start, place.end.min(place.start + 3));
    Diagnostic::error(FOREIGN, span, "a second YAML document begins here")
        .with_help("a rulebook is one document: remove `---` or `...`, or split the file")
}

/// `*name` without a `&name` before it; most often a file pattern.
pub(super) fn unknown_alias(text: &str, place: Span) -> Diagnostic {
    let written = &text[place.start..place.end];
    let message = format!("`{written}` refers to a value, but no `&` has that name");
    Diagnostic::error(FOREIGN, place, message)
        .with_label("unquoted text that begins with `*` is a reference in YAML")
        .with_help("if you mean it as text, put the whole value in quotes")
}

/// `&name` without a `*name`; most often a text, whose first word would be lost.
pub(super) fn unused_anchor(text: &str, place: Span) -> Diagnostic {
    let written = &text[place.start..place.end];
    let message = format!("`{written}` names a value, but nothing refers to it");
    Diagnostic::error(FOREIGN, place, message)
        .with_label("unquoted text that begins with `&` is a name in YAML")
        .with_help(QUOTE_OR_REMOVE)
}

/// `&a [*a]`.
pub(super) fn self_reference(place: Span) -> Diagnostic {
    Diagnostic::error(FOREIGN, place, "this value refers to itself").with_label("is inside the value that it refers to")
}

/// Aliases of aliases, each many times the last.
pub(super) fn too_many_copies(place: Span) -> Diagnostic {
    let message = "references such as this one make the rulebook too large";
    Diagnostic::error(TOO_LARGE, place, message)
        .with_help("write the lists out, or keep them in files and name these under `lists`")
}
