//! A few words that a rulebook lists, such as the cell texts that mean "no value", compared folded.
//! Meant for a handful: long lists of a rulebook live elsewhere, hashed.

use super::text::{fold, folds_to, trim};

/// A small set of texts, folded, in which cells are looked up without an allocation where they are ASCII.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    folded: Vec<String>,
    longest: usize,
    /// The lengths that they have, a bit each; those from 63 on share one.
    lengths: u64,
}

impl Words {
    /// Trims and folds the words; empty and repeated ones are left out.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Words {
        let mut folded: Vec<String> = Vec::new();
        for word in words {
            let word = fold(trim(word.as_ref())).into_owned();
            if !word.is_empty() && !folded.contains(&word) {
                folded.push(word);
            }
        }
        let longest = folded.iter().map(String::len).max().unwrap_or(0);
        let lengths = folded.iter().fold(0, |lengths, word| lengths | 1 << word.len().min(63));
        Words { folded, longest, lengths }
    }

    /// Whether a trimmed text is one of the words.
    #[must_use]
    #[inline]
    pub fn contains(&self, text: &str) -> bool {
        !self.is_none_of_them(text.as_bytes()) && self.is_one(text)
    }

    /// Whether a text is none of the words for sure: ASCII keeps its length when it is folded.
    #[must_use]
    #[inline]
    pub(crate) fn is_none_of_them(&self, text: &[u8]) -> bool {
        self.folded.is_empty() || (self.lengths >> text.len().min(63) & 1 == 0 && text.is_ascii())
    }

    fn is_one(&self, text: &str) -> bool {
        // Folding never makes a text shorter than a third (the Kelvin sign, three bytes, becomes `k`; three
        // Hangul letters become a syllable), save that it drops any number of dots above an `i`.
        if text.len() > self.longest.saturating_mul(3) && !text.contains('\u{307}') {
            return false;
        }
        if text.is_ascii() {
            return self.folded.iter().any(|word| folds_to(text, word));
        }
        let text = fold(text);
        self.folded.iter().any(|word| *word == text)
    }

    /// Whether there are none.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The words, folded, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.folded.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_compare_folded() {
        let words = Words::new(["N/A", " Seçiniz ", "İPTAL", "", "n/a", "k"]);
        assert_eq!(words.iter().collect::<Vec<_>>(), ["n/a", "seçiniz", "iptal", "k"]);
        for text in [
            "n/A",
            "SEÇİNİZ",
            "iptal",
            "IPTAL",
            "\u{212a}",
            "i\u{307}\u{307}\u{307}\u{307}\u{307}\u{307}\u{307}\u{307}ptal",
        ] {
            assert!(words.contains(text), "{text}");
        }
        for text in ["", "na", "n/a.", &"n/a".repeat(9)] {
            assert!(!words.contains(text), "{text}");
        }
        assert!(!Words::default().contains("x"));
    }

    /// What lets `contains` refuse long texts unfolded.
    #[test]
    fn no_character_folds_to_less_than_a_third() {
        for c in '\0'..=char::MAX {
            assert!(fold(&c.to_string()).len() * 3 >= c.len_utf8(), "U+{:04X}", c as u32);
        }
    }
}
