//! What stands in a pipe that is no row: a program that writes its rows into a pipe may write its messages there too.
//!
//! In a file that somebody exported, a few bad rows are usual. In a pipe they are a sign that two writers share it, and then rows
//! are torn that look whole. Here the first text that is no row is looked at, and shown; nothing is decided.

use super::counts::{FileRole, RejectCode};
use std::fmt::{self, Write as _};
use std::path::PathBuf;

/// Rows of a pipe that can't be used, more than are allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayRows {
    /// What it is read as.
    pub role: FileRole,
    /// The pipe, as it was named.
    pub path: PathBuf,
    /// How many rows were rejected.
    pub n_rejects: u64,
    /// Of how many.
    pub n_rows: u64,
    /// How many are allowed.
    pub n_allowed: u64,
    /// The line of the first of them.
    pub line: u64,
    /// What is wrong with it.
    pub code: RejectCode,
    /// Its text.
    pub stray: Stray,
}

impl fmt::Display for StrayRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { role, path, n_rejects, n_rows, n_allowed, line, code, stray } = self;
        write!(f, "{} ({role}): {n_rejects} of {n_rows} rows were rejected, ", path.display())?;
        match n_allowed {
            0 => f.write_str("but none are allowed in a pipe")?,
            n => write!(f, "but the limit is {n}")?,
        }
        write!(f, "\n  the first: line {line}: {}\n  its text: {stray}\n  ", code.meaning())?;
        f.write_str(
            "a program may have written messages into the pipe; then other rows may be damaged, too, even if they look good\n  ",
        )?;
        f.write_str("turn its messages off, or save its rows to a file, check them, and name the file\n  ")?;
        write!(f, "if the other rows are good, pass `--max-rejects {n_rejects}`")
    }
}

/// A text that stood where a row was expected, as it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The text, cut short, with control characters escaped.
    pub shown: String,
    /// What it looks like, if that can be told.
    pub looks: Option<Looks>,
}

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Looks {
    /// How far something has got.
    ProgressBar,
    /// A sequence that moves a terminal's cursor or sets its colours.
    EscapeSequence,
    /// A line of a log, with a level.
    LogLine,
    /// What a program says when it fails.
    ErrorMessage,
}

impl Looks {
    /// As it follows "it looks like".
    fn name(self) -> &'static str {
        match self {
            Self::ProgressBar => "a progress bar",
            Self::EscapeSequence => "an escape sequence for a terminal",
            Self::LogLine => "a line of a log",
            Self::ErrorMessage => "an error message",
        }
    }

    fn of(text: &str) -> Option<Self> {
        let found = [
            (Self::ProgressBar, is_progress(text)),
            (Self::EscapeSequence, text.contains(['\u{1b}', '\u{9b}'])),
            (Self::LogLine, is_log_line(text)),
            (Self::ErrorMessage, is_error(text)),
        ];
        found.into_iter().find(|(_, is_it)| *is_it).map(|(looks, _)| looks)
    }
}

/// The longest text that is shown, in characters.
const MOST_SHOWN: usize = 120;

impl Stray {
    /// Looks at a text.
    pub(super) fn new(text: &str) -> Self {
        let mut shown = String::new();
        for c in text.chars().take(MOST_SHOWN) {
            if is_invisible(c) {
                // Writing to a text can't fail.
                let _ = write!(shown, "{}", c.escape_default());
            } else {
                shown.push(c);
            }
        }
        if text.chars().nth(MOST_SHOWN).is_some() {
            shown.push('…');
        }
        Self { shown, looks: Looks::of(text) }
    }
}

/// Shows the text and says what it looks like: `` `\r 12% ▕█   ▏`, which looks like a progress bar``.
impl fmt::Display for Stray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.shown)?;
        match self.looks {
            Some(looks) => write!(f, ", which looks like {}", looks.name()),
            None => Ok(()),
        }
    }
}

/// Characters that a terminal acts on or shows as nothing.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Signs that bars are drawn with, blocks and braille; or a share of a hundred beside a run of signs that fill a bar.
fn is_progress(text: &str) -> bool {
    let n_blocks =
        text.chars().filter(|c| matches!(c, '\u{2580}'..='\u{259f}' | '\u{2800}'..='\u{28ff}' | '━' | '╸' | '╺'));
    let mut last_signs = (' ', 0);
    let mut longest = 0;
    for c in text.chars() {
        last_signs = if c == last_signs.0 { (c, last_signs.1 + 1) } else { (c, 1) };
        if matches!(c, '#' | '=' | '-' | '.' | '>' | '*') {
            longest = longest.max(last_signs.1);
        }
    }
    let digits_end = |(at, _): (usize, &str)| text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
    let has_percent = text.match_indices('%').any(digits_end);
    n_blocks.take(2).count() == 2 || has_percent && (longest >= 3 || text.contains('\r'))
}

/// A level in capitals among the first words, as loggers write it.
fn is_log_line(text: &str) -> bool {
    const LEVELS: [&str; 10] =
        ["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL", "SEVERE"];
    // A cell of a row may be such a word; a logger's level is followed by what it has to say.
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let level = |word: &&str| LEVELS.contains(&word.trim_matches(|c: char| !c.is_ascii_alphabetic()));
    let is_told_by_name = |word: &&str| ["ERROR:", "FATAL:", "WARNING:"].contains(word);
    words.len() > 1 && !words.first().is_some_and(is_told_by_name) && words.iter().take(4).any(level)
}

/// How programs begin to say that something went wrong.
fn is_error(text: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "error:",
        "error ",
        "fatal:",
        "warning:",
        "exception",
        "traceback",
        "panicked at",
        "permission denied",
        "no such file",
        "command not found",
        "connection refused",
        "timed out",
        "failed to",
        "out of memory",
    ];
    let text = text.to_lowercase();
    SIGNS.iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_say_is_told_from_rows() {
        let cases = [
            (" 72% ▕██████████████████▎      ▏ ", Some(Looks::ProgressBar)),
            ("[=====>     ]  41 %", Some(Looks::ProgressBar)),
            ("\u{1b}[2K\u{1b}[1Gfetching", Some(Looks::EscapeSequence)),
            ("⠋⠙ loading", Some(Looks::ProgressBar)),
            ("2026-03-04 08:15:02,113 INFO exporting page 4", Some(Looks::LogLine)),
            ("[WARN] slow query: 12 s", Some(Looks::LogLine)),
            ("FATAL: role \"reader\" does not exist", Some(Looks::ErrorMessage)),
            ("psql: error: connection to server failed", Some(Looks::ErrorMessage)),
            ("Traceback (most recent call last):", Some(Looks::ErrorMessage)),
            ("C-17,demo", None),
            ("C-17,discount 20%,x", None),
            ("C-17,INFO", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Looks::of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_shown_does_nothing_to_a_terminal() {
        assert_eq!(Stray::new("\u{1b}[31m\r\u{202e}a\tb").shown, "\\u{1b}[31m\\r\\u{202e}a\\tb");
        assert_eq!(Stray::new(&"x".repeat(130)).shown, "x".repeat(120) + "…");
    }
}
