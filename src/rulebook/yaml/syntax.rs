//! The parser's complaints in an analyst's words, at the place to repair.
//!
//! The parser reports where it gave up; what is wrong is often earlier, or plain from the line it gave up on. What is
//! not recognised here keeps the parser's own words.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::{MAX_DEPTH, SYNTAX, TOO_LARGE};
use crate::diagnostic::{Diagnostic, Span};

/// What had been read when the parser gave up.
pub(super) struct Context {
    /// The byte after the last value read.
    pub(super) last_end: usize,
    /// The innermost `[` or `{` that is not closed.
    pub(super) open_bracket: Option<usize>,
}

/// Said by both readers of `owner:ops`.
pub(super) const NO_BLANK: &str = "a space is missing after this colon";
const QUOTE_IT: &str = "put the whole value in quotes";

/// The diagnostic for the error that ended the reading.
pub(super) fn explain(text: &str, error: &ScanError, context: &Context) -> Diagnostic {
    let marked = error.marker().byte_offset().unwrap_or(text.len());
    let at = LineAt::new(text, marked);
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => too_deep(at.span()),
        kind if is_about_tabs(kind) => tab(&at),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => unclosed_quote(&at, context),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            wrong(&at, "the text continues after its closing quote")
                .with_help("inside '…' write `''` for `'`, and inside \"…\" write `\\\"` for `\"`; or put quotes around the whole value")
        }
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            wrong(&at, "a `\\` in \"…\" begins an escape sequence, but this is not one")
                .with_help("use '…', where `\\` has no special meaning, or write `\\\\`")
        }
        ErrorKind::CommentInterceptedScalar => wrong(&at, "there is a comment inside a text of several lines")
            .with_help("put the text in quotes, or move the comment above it"),
        kind => by_character(&at, kind, context),
    }
}

/// Too many lists and mappings inside each other.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("lists and mappings are nested more than {MAX_DEPTH} levels deep");
    Diagnostic::error(TOO_LARGE, span, message)
}

/// A place in the text and the line around it.
struct LineAt<'t> {
    text: &'t str,
    at: usize,
    line: &'t str,
    line_start: usize,
}

impl<'t> LineAt<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        let at = text.floor_char_boundary(at.min(text.len()));
        let line_start = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        Self { text, at, line, line_start }
    }

    fn character(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The one character here; nothing at the end of a line.
    fn span(&self) -> Span {
        let length = self.character().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        Span::new(self.at, self.at + length)
    }

    /// What stands on this line before the place.
    fn before(&self) -> &'t str {
        &self.text[self.line_start..self.at]
    }

    /// Whether only blanks and list dashes stand before it.
    fn is_first(&self) -> bool {
        self.before().chars().all(|c| matches!(c, ' ' | '-' | '\t'))
    }

    /// The start of the last line before this one that is not blank.
    fn previous_line(&self) -> Option<usize> {
        let before = self.text[..self.line_start].trim_end();
        let is_there = !before.is_empty();
        is_there.then(|| before.rfind('\n').map_or(0, |feed| feed + 1))
    }
}

fn wrong(at: &LineAt, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(SYNTAX, at.span(), message)
}

fn is_about_tabs(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

fn tab(at: &LineAt) -> Diagnostic {
    let is_behind = !at.text[at.at..].starts_with('\t') && at.before().ends_with('\t');
    let ahead = at.text[at.at..].find('\t').unwrap_or(0);
    let start = if is_behind { at.at - 1 } else { at.at + ahead };
    Diagnostic::error(SYNTAX, Span::new(start, start + 1), "there is a tab here, but only spaces are allowed")
        .with_label("a tab")
        .with_help("indent with spaces, two for each level")
}

/// The quote that was opened last and never closed is found by reading the quotes since the last value.
fn unclosed_quote(at: &LineAt, context: &Context) -> Diagnostic {
    let from = at.text.floor_char_boundary(context.last_end.min(at.at));
    let mut open: Option<(usize, char)> = None;
    let mut previous = ' ';
    for (offset, c) in at.text[from..at.at].char_indices() {
        match open {
            Some((_, quote)) if c == quote && previous != '\\' => open = None,
            None if matches!(c, '"' | '\'') && !previous.is_alphanumeric() => {
                open = Some((from + offset, c));
            }
            _ => {}
        }
        previous = c;
    }
    let start = open.map_or(at.at, |(start, _)| start);
    wrong(&LineAt::new(at.text, start), "this quote is not closed")
        .with_label("opened here")
        .with_help("close it, or indent the lines of the text that follow")
}

fn by_character(at: &LineAt, kind: &ErrorKind, context: &Context) -> Diagnostic {
    match (at.character(), kind) {
        (Some(c @ ('%' | '@' | '`')), ErrorKind::UnexpectedCharacter { .. })
        | (Some(c @ ('*' | '&')), ErrorKind::MissingAnchorOrAliasName) => {
            wrong(at, format!("unquoted text cannot begin with `{c}`")).with_help(QUOTE_IT)
        }
        (Some(c @ ('|' | '>')), ErrorKind::InvalidBlockScalarHeader) => {
            wrong(at, format!("`{c}` begins a text on the next lines"))
                .with_help(format!("if you mean `{c}` as text, {QUOTE_IT}"))
        }
        (Some(c), ErrorKind::MisplacedFlowCollectionEnd) => wrong(at, format!("`{c}` closes nothing"))
            .with_help("remove it, or add the opening bracket; if it is part of a text, put the whole text in quotes"),
        (_, ErrorKind::MismatchedFlowCollectionEnd { open, close }) => {
            wrong(at, format!("`{open}` is closed by `{close}`")).with_label("opened here")
        }
        (_, ErrorKind::UnclosedFlowCollection { open }) => unclosed_bracket(at, *open),
        _ if context.open_bracket.is_some() => in_brackets(at, kind, context),
        _ => in_lines(at, kind),
    }
}

fn unclosed_bracket(at: &LineAt, open: char) -> Diagnostic {
    let close = if open == '{' { '}' } else { ']' };
    wrong(at, format!("`{open}` is not closed"))
        .with_label("opened here")
        .with_help(format!("add the missing `{close}`"))
}

fn in_brackets(at: &LineAt, kind: &ErrorKind, context: &Context) -> Diagnostic {
    let start = context.open_bracket.unwrap_or(at.at);
    let open = LineAt::new(at.text, start);
    let bracket = open.character().unwrap_or('[');
    if start < at.line_start {
        return unclosed_bracket(&open, bracket);
    }
    let close = if bracket == '{' { '}' } else { ']' };
    match at.character() {
        Some(',') => wrong(at, "there is nothing before this comma").with_help("remove the comma"),
        Some(':') => wrong(at, "this entry has a second `: `")
            .with_label(format!("expected `,` or `{close}`"))
            .with_help("separate entries with `, `; put quotes around a text that contains `: `"),
        Some('-') => wrong(at, format!("`- ` is not allowed inside `{bracket} {close}`"))
            .with_help("separate the entries with commas, without `-`"),
        _ => wrong(at, format!("this is not allowed inside `{bracket} {close}`: {kind}")),
    }
}

fn in_lines(at: &LineAt, kind: &ErrorKind) -> Diagnostic {
    if let Some(glued) = glued_colon(at) {
        return glued;
    }
    match kind {
        ErrorKind::MappingValueNotAllowed if is_value(at.before()) => wrong(at, "this line has a second `: `")
            .with_label("the value should end before this")
            .with_help(format!("if the colon is part of the text, {QUOTE_IT}")),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
            if at.is_first() || at.character() == Some(':') =>
        {
            indent(at)
        }
        ErrorKind::SimpleKeyExpected => wrong(at, "a key without a colon").with_label("expected `key: value`"),
        ErrorKind::BlockSequenceEntryNotAllowed => wrong(at, "a list with `- ` must begin on its own line")
            .with_help("put it on the next line, or write the list as `[a, b]`"),
        _ if at.character() == Some(',') => wrong(at, "unquoted text cannot begin with `,`").with_help(QUOTE_IT),
        ErrorKind::ExpectedBlockMappingKey => {
            wrong(at, "the line continues after the end of its value").with_help(QUOTE_IT)
        }
        _ => wrong(at, format!("this is not YAML: {kind}")),
    }
}

fn indent(at: &LineAt) -> Diagnostic {
    let width = at.line.len() - at.line.trim_start_matches([' ', '\t']).len();
    let start = at.line_start + width;
    let line = at.line.trim_end();
    let end = (at.line_start + line.len()).max(start);
    Diagnostic::error(SYNTAX, Span::new(start, end), "the indentation of this line matches no line above it")
        .with_label(format!("indented by {width}"))
        .with_help("all keys of a mapping, and all `-` of a list, must begin in the same column")
}

/// Whether the text, the start of a line, has a key and the beginning of its value.
fn is_value(before: &str) -> bool {
    let entry = before.trim_start_matches([' ', '-']);
    entry.split_once(": ").is_some_and(|(_, value)| !value.trim().is_empty())
}

/// `owner:ops` is one word to YAML, and what follows it then makes no sense.
fn glued_colon(at: &LineAt) -> Option<Diagnostic> {
    let starts = [Some(at.line_start), at.previous_line()];
    starts.into_iter().flatten().find_map(|start| {
        let line = at.text[start..].lines().next()?;
        let entry = line.trim_start_matches([' ', '-']);
        let (key, value) = entry.split_once(':')?;
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let is_key = key.starts_with(char::is_alphabetic) && key.chars().all(is_word);
        if !is_key || value.is_empty() || value.starts_with([' ', '\t']) || value.starts_with("//") {
            return None;
        }
        let colon = start + (line.len() - entry.len()) + key.len();
        let span = Span::new(colon, colon + 1);
        Some(Diagnostic::error(SYNTAX, span, NO_BLANK).with_help(format!("write `{key}: ` and then the value")))
    })
}
