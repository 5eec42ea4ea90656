//! LS200: a comment that silences a finding names its code and gives a reason, and silences something.
//!
//! `# allow LS201: the field is for the autumn campaign` at the end of a line, or on lines of its own above one, silences
//! findings of that code whose place begins on that line. Without a reason it silences nothing and is a finding itself; so
//! is one that silences nothing, which would otherwise hide the next finding that comes to stand there.
//!
//! Errors of shape can't be silenced: a rulebook that has one scores nothing.

use super::Source;
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::yaml::{Kind, Node};

/// The code of findings about these comments.
pub(super) const CODE: &str = "LS200";

/// A comment that allows something.
struct Allow {
    code: String,
    has_reason: bool,
    span: Span,
    /// The line, counted from 0, on which findings are allowed.
    line: usize,
}

/// Takes away what comments allow and adds what is wrong with the comments.
pub(super) fn settle(source: &Source, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let allows = allows(source);
    let mut used = vec![false; allows.len()];
    let line_of = |offset: usize| source.text[..offset.min(source.text.len())].matches('\n').count();
    found.retain(|finding| {
        let line = line_of(finding.span.start);
        let silent =
            allows.iter().position(|allow| allow.has_reason && allow.line == line && allow.code == finding.code);
        silent.inspect(|at| used[*at] = true).is_none()
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
fn allows(source: &Source) -> Vec<Allow> {
    let mut texts = Vec::new();
    scalars(source.tree(), &mut texts);
    texts.sort_unstable();
    let mut found = Vec::new();
    let mut start = 0;
    let lines: Vec<&str> = source.text.split_inclusive('\n').collect();
    for (number, line) in lines.iter().enumerate() {
        if let Some(at) = comment(line, start, &texts) {
            let text = line[at..].trim_end();
            let is_alone = line[..at].trim().is_empty();
            let below = || lines[number + 1..].iter().take_while(|line| is_comment_line(line)).count() + 1;
            let line = if is_alone { number + below() } else { number };
            found.extend(allow(text, Span::new(start + at, start + at + text.len()), line));
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

fn scalars(node: &Node, spans: &mut Vec<Span>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar(_) => spans.push(node.span),
        Kind::List(items) => items.iter().for_each(|item| scalars(item, spans)),
        Kind::Map(entries) => {
            for entry in entries {
                spans.push(entry.key_span);
                scalars(&entry.value, spans);
            }
        }
    }
}

/// Reads `# allow LS201: reason`.
fn allow(comment: &str, span: Span, line: usize) -> Option<Allow> {
    let rest = comment.trim_start_matches('#').trim_start().strip_prefix("allow ")?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (code, rest) = rest.split_at(end);
    if !code.starts_with("LS") || !code[2..].bytes().all(|byte| byte.is_ascii_digit()) || code.len() < 5 {
        return None;
    }
    let has_reason = rest.trim_start().strip_prefix(':').is_some_and(|reason| !reason.trim().is_empty());
    Some(Allow { code: code.to_owned(), has_reason, span, line })
}
