//! Tests of text: what `is`, `contains`, `has_word`, `starts_with`, `ends_with` and `matches` look for, made ready once.
//!
//! A test holds when one of its values does. All but `matches` compare folded text; `matches` reads the text as written.

use crate::diagnostic::Span;
use crate::value::{fold, has_word};
use aho_corasick::AhoCorasick;
use foldhash::HashSet;
use memchr::memmem::Finder;
use regex::{Regex, RegexBuilder};

/// How a text is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOp {
    /// Equal.
    Is,
    /// Anywhere in it.
    Contains,
    /// Anywhere in it, not inside a longer word.
    HasWord,
    /// At its beginning.
    StartsWith,
    /// At its end.
    EndsWith,
    /// A regular expression, anywhere in the text as written.
    Matches,
}

/// A comparison with any of several texts.
#[derive(Clone, Debug)]
pub struct TextTest {
    /// How.
    pub op: TextOp,
    /// The values, as the rulebook or the list file has them.
    pub values: Vec<String>,
    /// Where each of them stands in the rulebook; empty where they come from a list file.
    pub places: Vec<Span>,
    ready: ReadyTest,
}

#[derive(Clone, Debug)]
enum ReadyTest {
    Set(HashSet<String>),
    Folded(Vec<String>),
    Find(Box<Finder<'static>>),
    Search(AhoCorasick),
    Patterns(Vec<Regex>),
}

/// The largest compiled size of one regular expression, in bytes: a rulebook can't make a run slow.
const PATTERN_SIZE: usize = 1 << 20;

impl TextTest {
    /// Makes the values ready.
    ///
    /// # Errors
    /// The index of the value that is no regular expression (or one too large), and why.
    pub fn new(op: TextOp, values: Vec<String>) -> Result<Self, (usize, String)> {
        let folded = || values.iter().map(|value| fold(value).into_owned());
        let ready = match op {
            TextOp::Is => ReadyTest::Set(folded().collect()),
            TextOp::Contains if values.len() == 1 => {
                ReadyTest::Find(Box::new(Finder::new(fold(&values[0]).as_bytes()).into_owned()))
            }
            TextOp::Contains => match AhoCorasick::new(folded()) {
                Ok(search) => ReadyTest::Search(search),
                Err(_) => ReadyTest::Folded(folded().collect()),
            },
            TextOp::HasWord | TextOp::StartsWith | TextOp::EndsWith => ReadyTest::Folded(folded().collect()),
            TextOp::Matches => ReadyTest::Patterns(patterns(&values)?),
        };
        Ok(Self { op, values, places: Vec::new(), ready })
    }

    /// Whether one of the values is found in `text`, whose folded form is `folded`.
    #[must_use]
    pub fn holds(&self, text: &str, folded: &str) -> bool {
        match &self.ready {
            ReadyTest::Set(set) => set.contains(folded),
            ReadyTest::Find(finder) => finder.find(folded.as_bytes()).is_some(),
            ReadyTest::Search(search) => search.is_match(folded),
            ReadyTest::Patterns(patterns) => patterns.iter().any(|pattern| pattern.is_match(text)),
            ReadyTest::Folded(values) => values.iter().any(|value| match self.op {
                TextOp::StartsWith => folded.starts_with(value.as_str()),
                TextOp::EndsWith => folded.ends_with(value.as_str()),
                TextOp::HasWord => has_word(folded, value),
                _ => folded.contains(value.as_str()),
            }),
        }
    }
}

impl PartialEq for TextTest {
    fn eq(&self, other: &Self) -> bool {
        self.op == other.op && self.values == other.values
    }
}

fn patterns(values: &[String]) -> Result<Vec<Regex>, (usize, String)> {
    let compile = |(index, value): (usize, &String)| {
        RegexBuilder::new(value)
            .case_insensitive(true)
            .size_limit(PATTERN_SIZE)
            .build()
            .map_err(|error| (index, plain_reason(&error)))
    };
    values.iter().enumerate().map(compile).collect()
}

/// The last line of the crate's drawing is the reason; the lines before it repeat the pattern.
fn plain_reason(error: &regex::Error) -> String {
    let text = match error {
        regex::Error::CompiledTooBig(_) => return "it is too large; use `contains` with a list".to_owned(),
        other => other.to_string(),
    };
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(op: TextOp, value: &str, text: &str) -> bool {
        let test = TextTest::new(op, vec![value.to_owned()]).expect("a good test");
        test.holds(text, &fold(text))
    }

    #[test]
    fn texts_compare_folded() {
        assert!(holds(TextOp::Is, "ISTANBUL", "İstanbul"));
        assert!(holds(TextOp::Contains, "STRASSE", "Hauptstraße 1"));
        assert!(holds(TextOp::StartsWith, "/CAREERS", "/careers/x"));
        assert!(holds(TextOp::EndsWith, ".Example", "a@b.EXAMPLE"));
        assert!(!holds(TextOp::EndsWith, "example.", "a@b.example"));
    }

    #[test]
    fn words_are_whole() {
        assert!(!holds(TextOp::HasWord, "intern", "International Sales"));
        assert!(holds(TextOp::HasWord, "intern", "Marketing Intern (m/f)"));
        assert!(holds(TextOp::HasWord, "C++", "Senior C++ dev"));
    }

    #[test]
    fn patterns_ignore_case_without_the_turkish_rule() {
        assert!(holds(TextOp::Matches, "^vp|chief", "VP Sales"));
        assert!(!holds(TextOp::Matches, "^istanbul$", "İstanbul"));
        let (index, reason) = TextTest::new(TextOp::Matches, vec!["a".into(), "(".into()]).expect_err("a bad pattern");
        assert_eq!((index, reason.as_str()), (1, "unclosed group"));
    }
}
