//! Lines of commented YAML: comments behind a line stand in one column where there is room.

use crate::rulebook::yaml;

/// Where comments behind a line begin, in characters.
const COMMENT_AT: usize = 60;
/// How long lines of lists and comments are.
const WIDTH: usize = 120;

/// Text being written.
#[derive(Debug, Default)]
pub(super) struct YamlText {
    text: String,
}

impl YamlText {
    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// `key: value`; a key that is longer than YAML takes on one line with its value (1024 characters) on a line of its own.
    pub(super) fn entry(&mut self, indent: usize, key: &str, value: &str) {
        let (pad, key) = (" ".repeat(indent), quoted(key));
        if key.chars().count() < 1000 {
            self.push(&format!("{pad}{key}: {value}"));
        } else {
            self.push(&format!("{pad}? {key}"));
            self.push(&format!("{pad}: {value}"));
        }
    }

    /// A line with a comment behind it, if there is something to say.
    pub(super) fn with(&mut self, line: &str, comment: &str) {
        if comment.is_empty() {
            return self.push(line);
        }
        let width = line.chars().count();
        let gap = COMMENT_AT.saturating_sub(width).max(2);
        self.push(&format!("{line}{}# {}", " ".repeat(gap), clean(comment)));
    }

    /// A line of its own that is a comment.
    pub(super) fn comment(&mut self, indent: usize, comment: &str) {
        let line = format!("{}# {}", " ".repeat(indent), clean(comment));
        self.push(line.trim_end());
    }

    /// The start of a part.
    pub(super) fn section(&mut self, title: &str) {
        self.blank();
        self.push(&format!("# {}", "-".repeat(93)));
        self.comment(0, title);
        self.push(&format!("# {}", "-".repeat(93)));
        self.blank();
    }

    /// A list over as many lines as it needs.
    pub(super) fn wrapped_list(&mut self, indent: usize, name: &str, items: &[String]) {
        let pad = " ".repeat(indent);
        let whole = format!("{pad}{name}: {}", list(items));
        if whole.chars().count() <= WIDTH {
            return self.push(&whole);
        }
        self.push(&format!("{pad}{name}:"));
        for item in items {
            self.push(&format!("{pad}  - {}", quoted(item)));
        }
    }
}

/// A comment is one line, whatever a header or a cell holds.
fn clean(text: &str) -> String {
    text.chars().map(|c| if yaml::is_printable(c) { c } else { ' ' }).collect()
}

/// A list in brackets.
pub(super) fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    format!("[{}]", items.join(", "))
}

/// A text as it may stand anywhere: plain where that is safe, else in quotes.
pub(super) fn quoted(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '/' | '(' | ')');
    let is_path = text.starts_with("../") || text.starts_with('/');
    let starts = is_path || (text.chars().next().is_some_and(char::is_alphabetic) && text.len() < 100);
    let ends = text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ')');
    let is_inner = text.chars().all(|c| is_word(c) || c == '-');
    let is_reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if starts && ends && is_inner && !is_reserved && !text.contains("  ") {
        return text.to_owned();
    }
    yaml::quoted(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        assert_eq!(quoted("Number of Employees"), "Number of Employees");
        assert_eq!(quoted("Şirket (ad)"), "Şirket (ad)");
        for (text, expected) in [
            ("Interested?", "\"Interested?\""),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("", "\"\""),
            ("1", "\"1\""),
            (" x", "\" x\""),
            ("#1", "\"#1\""),
            ("a\"b\n", "\"a\\\"b\\n\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
