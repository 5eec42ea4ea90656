//! Diagnostics → text: with their source lines, as rustc shows them, or one line each.
//!
//! Knows no terminal: whether to colour is the caller's to say and the width is fixed, so equal findings give equal
//! bytes. Any span may be given, also one beyond the text or inside a character: it is moved to the nearest place.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};

pub use crate::diagnostic::line_column;
use crate::diagnostic::{Diagnostic, LineColumn, Lines, Severity, Span};

/// A rulebook's text with the path shown to people.
#[derive(Debug, Clone, Copy)]
pub struct SourceText<'a> {
    /// The path as the user gave it.
    pub path: &'a str,
    /// The whole text; [`Span`] counts its bytes.
    pub text: &'a str,
}

/// Renders every finding, in order of place, with the line it speaks of underlined.
///
/// Of a span over several lines the first is underlined. Empty if there are no findings, otherwise ends in a line feed.
#[must_use]
pub fn render(source: &SourceText, diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let lines = Lines::new(source.text);
    let mut out = String::new();
    for diagnostic in in_order(diagnostics) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&render_one(source.path, &lines, diagnostic, &renderer));
        out.push('\n');
    }
    out
}

fn render_one(path: &str, lines: &Lines, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let place = lines.place(diagnostic.span.start);
    // Of a very long line the renderer shows the part that is underlined.
    let line = &lines.text[place.line_start..place.line_end];
    let mut annotation = AnnotationKind::Primary.span(underlined(line, &place, diagnostic.span));
    if let Some(label) = &diagnostic.label {
        annotation = annotation.label(one_line(label));
    }
    let snippet = Snippet::source(line).path(one_line(path)).line_start(place.line).annotation(annotation);
    let title = level(diagnostic.severity).primary_title(one_line(&diagnostic.message)).id(diagnostic.code);
    let mut group = Group::with_title(title).element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    renderer.render(&[group])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Names in messages come from the rulebook: what they bring of line breaks and terminal codes must not get through.
fn one_line(text: &str) -> String {
    normalize_untrusted_str(text).replace(['\n', '\r'], " ")
}

/// Renders one line a finding, in order of place: `path:line:column: error[LS012]: message (help)`.
#[must_use]
pub fn render_short(source: &SourceText, diagnostics: &[Diagnostic]) -> String {
    let lines = Lines::new(source.text);
    let path = one_line(source.path);
    let mut out = String::new();
    for diagnostic in in_order(diagnostics) {
        let LineColumn { line, column, .. } = lines.place(diagnostic.span.start);
        let severity = diagnostic.severity.name();
        let message = one_line(&diagnostic.message);
        let code = diagnostic.code;
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!(" ({})", one_line(help)));
        writeln!(out, "{path}:{line}:{column}: {severity}[{code}]: {message}{help}")
            .expect("writing to a String cannot fail");
    }
    out
}

/// By place, then by weight; findings alike in both keep the order given.
fn in_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| (d.span.start, d.severity));
    sorted
}

/// The bytes of the line at `place` that are underlined.
fn underlined(line: &str, place: &LineColumn, span: Span) -> Range<usize> {
    let start = place.offset - place.line_start;
    let end = span.end.clamp(place.offset, place.line_end) - place.line_start;
    start..line.floor_char_boundary(end).max(start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, span: Span) -> String {
        let found = Diagnostic::error("LS012", span, "no such\tthing")
            .with_label("expected a field")
            .with_help("did you mean `field`?");
        let path = "rules/b2b.yaml";
        render(&SourceText { path, text }, &[found], false)
    }

    #[test]
    fn places_are_right_beside_marks_wide_characters_and_carriage_returns() {
        let text = "\u{feff}# İstanbul\r\nfit: { şehir: 😀, feild: x }\r\n";
        let start = text.find("feild").expect("it is there");
        let expected = "\
error[LS012]: no such    thing
 --> rules/b2b.yaml:2:18
  |
2 | fit: { şehir: 😀, feild: x }
  |                   ^^^^^ expected a field
  |
  = help: did you mean `field`?
";
        assert_eq!(shown(text, Span::new(start, start + 5)), expected);
        let places = [(0, (1, 1)), (3, (1, 1)), (5, (1, 3)), (6, (1, 3)), (7, (1, 4)), (999, (3, 1))];
        for (offset, place) in places {
            assert_eq!(line_column(text, offset), place, "{offset}");
        }
    }

    #[test]
    fn edges_are_underlined_in_one_line() {
        let cases = [
            ("a: b\n", Span::at(5), ":2:1\n  |\n2 |\n  | ^ expected"),
            ("a", Span::at(1), ":1:2\n  |\n1 | a\n  |  ^ expected"),
            ("", Span::new(7, 3), ":1:1\n  |\n1 |\n  | ^ expected"),
            ("a:\n\tb: 1", Span::new(4, 99), ":2:2\n  |\n2 |     b: 1\n  |     ^^^^ expected"),
            ("a: 漢字 x\nb: 1", Span::new(3, 99), ":1:4\n  |\n1 | a: 漢字 x\n  |    ^^^^^^ expected"),
            ("a:\n  b: 1\n", Span::new(0, 9), ":1:1\n  |\n1 | a:\n  | ^^ expected"),
        ];
        for (text, span, expected) in cases {
            let shown = shown(text, span);
            assert!(shown.contains(expected), "{text:?} {span:?}\n{shown}");
        }
    }

    #[test]
    fn of_a_very_long_line_a_part_is_shown() {
        let long = format!("{{ {}feild }}", "aş: 1, ".repeat(20_000));
        let shown = shown(&long, Span::new(long.len() - 7, long.len() - 2));
        assert!(shown.contains("rules/b2b.yaml:1:140003\n"), "{shown}");
        assert!(shown.contains(" aş: 1, feild }\n"), "{shown}");
        assert!(shown.len() < 700, "{shown}");
        assert!(!shown.contains(":::"), "one place is told: {shown}");
        let under = shown.lines().find(|line| line.contains('^'));
        assert!(under.is_some_and(|line| line.contains("^^^^^ expected")));
    }

    #[test]
    fn findings_stand_in_order_of_place() {
        let text = "a: 1\nb: 2\n";
        let found = [
            Diagnostic::warning("LS002", Span::at(5), "two"),
            Diagnostic::note("LS003", Span::at(0), "one").with_help("go on"),
            Diagnostic::error("LS001", Span::at(5), "more\nlines"),
        ];
        let expected = "r.yaml:1:1: note[LS003]: one (go on)\n\
                        r.yaml:2:1: error[LS001]: more lines\n\
                        r.yaml:2:1: warning[LS002]: two\n";
        let path = "r.yaml";
        assert_eq!(render_short(&SourceText { path, text }, &found), expected);
        assert_eq!(render(&SourceText { path, text }, &[], true), "");
        let colored = render(&SourceText { path, text }, &found, true);
        assert!(colored.contains("\u{1b}["), "{colored}");
    }

    proptest! {
        #[test]
        fn any_text_and_span_render(
            text in "(\\PC|[\\x00-\\x1f\\x7f\u{feff}\u{200d}\u{301}ğ漢😀 :{}\\[\\]\\n\\r\\t]){0,300}",
            start in 0_usize..700,
            end in 0_usize..700,
        ) {
            let text = text.as_str();
            let found = [Diagnostic::error("LS001", Span::new(start, end), text)
                .with_label(text)
                .with_help(text)];
            let source = SourceText { path: text, text };
            let plain = render(&source, &found, false);
            prop_assert_eq!(plain.find('\u{1b}'), None);
            prop_assert!(!render(&source, &found, true).is_empty());
            prop_assert_eq!(render_short(&source, &found).lines().count(), 1);
        }
    }
}
