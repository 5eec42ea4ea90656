//! A comment that allows a finding, and gives no reason or allows nothing.
//!
//! `# allow LS201: the field is for the autumn campaign` at the end of a line, or on lines of its own above one, silences
//! the findings of that code whose place begins on that line. Several codes stand between commas: `# allow LS201, LS305: …`.
//! Errors of shape can't be silenced: a rulebook that has one scores nothing.
//!
//! ## Why
//! A finding is allowed because a person decided so, and whoever reads the rulebook next wants to know why. So without a
//! reason nothing is silenced. A comment that silences nothing would hide the next finding that comes to stand there.
//!
//! ## Example
//! ```yaml
//! phone: Phone Number        # allow LS201
//! ```
//!
//! ## What to do
//! Give the reason after a colon, or take the comment (or the code) out.

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
            let message = format!("{} is allowed without a reason, so it is not", allow.code);
            let help = format!("say why: `# allow {}: because …`", allow.code);
            found.push(Diagnostic::warning(CODE, allow.span, message).with_help(help));
        } else if !used {
            let message = format!("nothing on this line is a finding of {}", allow.code);
            found.push(Diagnostic::warning(CODE, allow.span, message).with_help("take the comment out"));
        }
    }
    found.sort_by_key(|finding| (finding.span, finding.code));
    found
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
