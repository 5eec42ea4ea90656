//! Booleans in cells: words for yes and for no, folded. In a rulebook only `true` and `false` are booleans.

use super::words::Words;
use std::fmt;

const TRUE_WORDS: [&str; 4] = ["true", "yes", "y", "1"];
const FALSE_WORDS: [&str; 4] = ["false", "no", "n", "0"];

/// Which cells say true and which say false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BooleanReader {
    true_words: Words,
    false_words: Words,
}

/// A word that would say both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BooleanError {
    /// The word, folded.
    pub word: String,
}

impl fmt::Display for BooleanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = &self.word;
        write!(f, "`{word}` would mean both true and false; also list the words of the other side, without `{word}`")
    }
}

impl std::error::Error for BooleanError {}

impl Default for BooleanReader {
    fn default() -> BooleanReader {
        BooleanReader { true_words: Words::new(TRUE_WORDS), false_words: Words::new(FALSE_WORDS) }
    }
}

impl BooleanReader {
    /// A reader in which each list that is given replaces its own side of the default words.
    ///
    /// # Errors
    /// When a word stands on both sides.
    pub fn new(true_words: Option<&[&str]>, false_words: Option<&[&str]>) -> Result<BooleanReader, BooleanError> {
        let reader = BooleanReader {
            true_words: Words::new(true_words.unwrap_or(&TRUE_WORDS)),
            false_words: Words::new(false_words.unwrap_or(&FALSE_WORDS)),
        };
        let shared = reader.true_words.iter().find(|word| reader.false_words.contains(word)).map(str::to_owned);
        shared.map_or(Ok(reader), |word| Err(BooleanError { word }))
    }

    /// What a trimmed cell says, if it is one of the words.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<bool> {
        if self.true_words.contains(text) {
            return Some(true);
        }
        self.false_words.contains(text).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_words_in_any_case() {
        let reader = BooleanReader::default();
        for (cell, value) in [
            ("true", Some(true)),
            ("YES", Some(true)),
            ("Y", Some(true)),
            ("1", Some(true)),
            ("False", Some(false)),
            ("no", Some(false)),
            ("N", Some(false)),
            ("0", Some(false)),
            ("", None),
            ("on", None),
            ("evet", None),
            ("1.0", None),
            ("١", None),
        ] {
            assert_eq!(reader.read(cell), value, "{cell:?}");
        }
    }

    #[test]
    fn each_list_replaces_its_own_side() {
        let reader = BooleanReader::new(Some(&["Evet"]), None).expect("no word twice");
        assert_eq!(["EVET", "yes", "no", "Hayır"].map(|c| reader.read(c)), [Some(true), None, Some(false), None]);
        let reader = BooleanReader::new(None, Some(&["HAYIR"])).expect("no word twice");
        assert_eq!(["hayır", "Hayir", "no", "y"].map(|c| reader.read(c)), [Some(false), Some(false), None, Some(true)]);
        let error = BooleanReader::new(Some(&["0"]), None).expect_err("0 says false by default");
        assert_eq!(error.word, "0");
        assert!(BooleanReader::new(Some(&["N"]), Some(&["Y"])).is_ok());
    }
}
