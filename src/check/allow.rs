//! An `allow` comment that gives no reason, or that matches no finding.
//!
//! Write `# allow LS201: the field is for the autumn campaign` at the end of a line, or on a line of its own above it.
//! The comment then hides the findings of that code that begin on that line. Separate several codes with commas: `#
//! allow LS201, LS305: …`. You can't allow errors: a rulebook with an error can't score.
//!
//! ## Why
//! The next reader of the rulebook wants to know why somebody allowed a finding. So a comment without a reason hides
//! nothing. A comment that matches no finding could later hide a new one that you want to see.
//!
//! ## Example
//! ```yaml
//! phone: Phone Number        # allow LS201
//! ```
//!
//! ## What to do
//! Give the reason after a colon, or remove the comment (or the code).

use super::{CheckSubject, opening_comment};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::manual::ManualPage;
use crate::rulebook::yaml::{self, YamlKind, YamlNode};

/// The code of findings about these comments.
pub(super) const CODE: &str = "LS200";

/// The manual page of those findings.
pub(super) fn page() -> ManualPage {
    let text = opening_comment(include_str!("allow.rs"));
    ManualPage { code: CODE, name: "allowance", severity: Severity::Warning, text }
}

/// A comment, or one of the codes in it, that allows something.
struct Allow {
    code: String,
    has_reason: bool,
    span: Span,
    /// The line, counted from 0, on which findings are allowed.
    line: usize,
}

/// Takes away what comments allow and adds what is wrong with the comments.
pub(super) fn settle(subject: &CheckSubject<'_>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let allows = allows(subject.text);
    let mut used = vec![false; allows.len()];
    found.retain(|finding| {
        let line = subject.line(finding.span) - 1;
        let mut is_silent = false;
        for (allow, used) in allows.iter().zip(&mut used) {
            let applies = allow.line == line && allow.code == finding.code;
            *used |= applies;
            is_silent |= applies && allow.has_reason;
        }
        !is_silent
    });
    for (allow, used) in allows.iter().zip(used) {
        if !allow.has_reason {
            let message = format!("this comment doesn't allow {}, because it gives no reason", allow.code);
            let help = format!("write the reason: `# allow {}: because …`", allow.code);
            found.push(Diagnostic::warning(CODE, allow.span, message).with_help(help));
        } else if !used {
            let message = format!("this line has no finding of {}", allow.code);
            found.push(Diagnostic::warning(CODE, allow.span, message).with_help("remove the comment"));
        }
    }
    found.sort_by_key(|finding| (finding.span, finding.code));
    found
}

/// Whether a comment allows what is found there.
pub(super) fn is_allowed(subject: &CheckSubject<'_>, code: &str, span: Span) -> bool {
    let line = subject.line(span) - 1;
    allows(subject.text).iter().any(|allow| allow.has_reason && allow.line == line && allow.code == code)
}

/// The comments that allow something.
fn allows(text: &str) -> Vec<Allow> {
    let mut texts = Vec::new();
    // Only a text that was read as a rulebook comes here, so it is YAML.
    if let Ok(tree) = yaml::parse(text) {
        scalars(&tree, &mut texts);
    }
    texts.sort_unstable();
    let mut found = Vec::new();
    let mut start = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (number, line) in lines.iter().enumerate() {
        if let Some(at) = comment(line, start, &texts) {
            let comment = line[at..].trim_end();
            let is_alone = line[..at].trim().is_empty();
            let below = || lines[number + 1..].iter().take_while(|line| is_comment_line(line)).count() + 1;
            let line = if is_alone { number + below() } else { number };
            found.extend(allow(comment, Span::new(start + at, start + at + comment.len()), line));
        }
        start += line.len();
    }
    found
}

fn is_comment_line(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// Where a comment begins in a line that begins at `start`: at a `#` after a blank that stands in no text.
fn comment(line: &str, start: usize, texts: &[Span]) -> Option<usize> {
    let is_in_text = |offset: usize| {
        let before = texts.partition_point(|span| span.start <= offset);
        before > 0 && offset < texts[before - 1].end
    };
    line.match_indices('#')
        .map(|(at, _)| at)
        .find(|&at| (at == 0 || line[..at].ends_with([' ', '\t'])) && !is_in_text(start + at))
}

fn scalars(node: &YamlNode, spans: &mut Vec<Span>) {
    match &node.kind {
        YamlKind::Null => {}
        YamlKind::Scalar(_) => spans.push(node.span),
        YamlKind::List(items) => items.iter().for_each(|item| scalars(item, spans)),
        YamlKind::Map(entries) => {
            for entry in entries {
                spans.push(entry.key_span);
                scalars(&entry.value, spans);
            }
        }
    }
}

/// Reads `# allow LS201: reason`, or `# allow LS201, LS305: reason`: one allowance a code.
fn allow(comment: &str, span: Span, line: usize) -> Vec<Allow> {
    let text = comment.trim_start_matches('#').trim_start();
    let Some(rest) = text.strip_prefix("allow ") else { return Vec::new() };
    let (codes, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let has_reason = !reason.trim().is_empty();
    let codes: Vec<&str> = codes.split([',', ' ', '\t']).filter(|code| !code.is_empty()).collect();
    // Words that only begin like an allowance are a person's words to another.
    if codes.is_empty() || !codes[0].starts_with("LS") || !codes[0].ends_with(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    codes
        .into_iter()
        .take_while(|code| is_code(code))
        .map(|code| Allow { code: code.to_owned(), has_reason, span, line })
        .collect()
}

/// Whether it is written like a code: `LS201`.
fn is_code(text: &str) -> bool {
    text.strip_prefix("LS").is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
