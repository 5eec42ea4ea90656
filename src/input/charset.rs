//! Which legacy encoding a text is written in, by evidence: a guess, and readings in other encodings that are held against it.
//!
//! The guess goes by how often letters follow one another. It is held here against spelling: words that no language writes
//! so speak against a reading. Where another reading is as good and gives other words, the doubt is told.

use std::collections::BTreeSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, WINDOWS_1252};

use super::alphabets::{EASTERN, LATIN, Script, is_common, script};
use super::below::excerpt;
use super::doubt::DoubtCause;
use super::lines::count_line_ends;

/// So few different words are often guessed wrong.
const FEW_WORDS: usize = 4;
/// With so many different words, each language is expected to show.
const MANY_WORDS: usize = 12;
/// With so many, the guess is sure also where several languages are mixed.
const VERY_MANY_WORDS: usize = 24;

/// What a window of text is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) encoding: &'static Encoding,
    /// Why it may be another, with the line of the window where that shows, from 0.
    pub(super) doubt: Option<(DoubtCause, u64)>,
}

impl Verdict {
    /// Whether the text can't be Chinese, Japanese or of another script without Latin letters, in which bytes look like UTF-8 by chance.
    pub(super) fn is_latin_or_odd(&self) -> bool {
        matches!(self.doubt, Some((DoubtCause::Odd { .. }, _)))
            || LATIN.iter().any(|(known, _)| *known == self.encoding)
    }
}

/// A window, read in an encoding.
struct Reading {
    encoding: &'static Encoding,
    text: String,
    n_words: usize,
    /// How many words are no words of one language, the one that fits best.
    n_odd: usize,
    /// The same where two languages may be mixed.
    n_odd_of_two: usize,
}

/// Recognises the encoding of a window that is not UTF-8 and starts with a byte that is not ASCII, behind the start of its word.
pub(super) fn recognise(before: &[u8], window: &[u8]) -> Verdict {
    let guess = guess(window);
    let window = [before, window].concat();
    let latin = LATIN.iter().map(|(encoding, _)| *encoding);
    let others = latin.chain(EASTERN).filter(|encoding| *encoding != guess);
    let guessed = Reading::new(guess, &window).or_else(|| Reading::new(WINDOWS_1252, &window));
    let Some(guessed) = guessed else {
        return Verdict { encoding: WINDOWS_1252, doubt: None };
    };
    let readings = others.filter_map(|encoding| Reading::new(encoding, &window));
    let rivals: Vec<Reading> = readings.filter(|rival| rival.is_asked_for_by(&guessed)).collect();
    let best = rivals.iter().filter(|rival| rival.is_clean()).min_by_key(|rival| rival.n_odd);
    let chosen = best.filter(|best| guessed.gives_way_to(best)).unwrap_or(&guessed);
    let is_against_guess = |rival: &Reading| rival.encoding == guess && chosen.n_words < MANY_WORDS;
    let all = std::iter::once(&guessed).chain(&rivals);
    let mut as_likely = all.filter(|rival| is_against_guess(rival) || rival.is_as_likely_as(chosen));
    let rival = as_likely.find_map(|rival| chosen.difference(rival));
    let is_odd = chosen.n_odd_of_two * 4 > chosen.n_words;
    let doubt = rival.or_else(|| is_odd.then(|| chosen.first_odd()).flatten());
    Verdict { encoding: chosen.encoding, doubt }
}

fn guess(window: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, true);
    detector.guess(None, Utf8Detection::Deny)
}

impl Reading {
    /// None where the bytes are no text in this encoding. A character that the window's end cuts is not read.
    fn new(encoding: &'static Encoding, window: &[u8]) -> Option<Self> {
        let text = decoded(encoding, window)?;
        let distinct: BTreeSet<&str> = words(&text).map(|(_, word)| word).collect();
        let fits: Vec<u32> = distinct.iter().map(|word| languages(encoding, word)).collect();
        let n_odd_in = |languages: u32| fits.iter().filter(|fit| **fit & languages == 0).count();
        let n_languages = alphabets(encoding).map_or(1, <[_]>::len);
        let single = || (0..n_languages).map(|at| 1_u32 << at);
        let pairs = single().flat_map(|one| single().map(move |other| one | other));
        let (n_odd, n_odd_of_two) = (single().map(n_odd_in).min()?, pairs.map(n_odd_in).min()?);
        Some(Self { encoding, n_words: fits.len(), n_odd, n_odd_of_two, text })
    }

    /// Whether nearly all is of one language.
    fn is_clean(&self) -> bool {
        self.n_odd * 20 <= self.n_words
    }

    /// Whether this reading is worth a thought beside the guess. What is a quotation mark or a dash in Windows is a letter on old
    /// Macs, so only odd words ask for that.
    fn is_asked_for_by(&self, guessed: &Self) -> bool {
        let is_short = guessed.n_words <= FEW_WORDS && guessed.encoding != WINDOWS_1252;
        ![MACINTOSH, ISO_8859_15].contains(&self.encoding) || guessed.n_odd_of_two > 0 || is_short
    }

    /// Whether words speak against this reading, and none against the best of the others.
    fn gives_way_to(&self, best: &Self) -> bool {
        let n_least = if best.encoding == MACINTOSH { 2 } else { 1 };
        let is_mixture = self.n_words >= MANY_WORDS && !self.is_clean();
        best.n_odd < self.n_odd
            && (is_mixture || self.n_odd_of_two * 20 > self.n_words)
            && self.n_odd_of_two.max(usize::from(is_mixture) * 2) >= n_least
    }

    /// Whether this reading is as good as the one that was chosen.
    fn is_as_likely_as(&self, chosen: &Self) -> bool {
        // The guess knows the languages of East Asia by a few words; by their spelling, they can't be told apart.
        if EASTERN.contains(&self.encoding) && chosen.n_words > FEW_WORDS {
            return false;
        }
        let is_mixed = !chosen.is_clean() && chosen.n_words < VERY_MANY_WORDS;
        let n_odd = if is_mixed { chosen.n_odd } else { chosen.n_odd_of_two };
        self.n_odd <= n_odd && (self.is_clean() || is_mixed)
    }

    /// The first word that the other reading has otherwise.
    fn difference(&self, rival: &Self) -> Option<(DoubtCause, u64)> {
        let mut pairs = words(&self.text).zip(words(&rival.text));
        let ((at, word), (_, otherwise)) = pairs.find(|((_, word), (_, other))| word != other)?;
        let (word, otherwise) = (excerpt(word), excerpt(otherwise));
        Some((DoubtCause::Rival { encoding: rival.encoding.name(), word, otherwise }, self.line(at)))
    }

    fn first_odd(&self) -> Option<(DoubtCause, u64)> {
        words(&self.text)
            .find(|(_, word)| languages(self.encoding, word) == 0)
            .map(|(at, word)| (DoubtCause::Odd { word: excerpt(word) }, self.line(at)))
    }

    fn line(&self, at: usize) -> u64 {
        count_line_ends(&self.text.as_bytes()[..at])
    }
}

fn decoded(encoding: &'static Encoding, window: &[u8]) -> Option<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(window.len())?;
    let mut text = String::with_capacity(room);
    let (result, _) = decoder.decode_to_string_without_replacement(window, &mut text, false);
    matches!(result, encoding_rs::DecoderResult::InputEmpty).then_some(text)
}

/// The words that are not ASCII, with their places and the marks beside them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_between = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
    let pieces = text.split(is_between).filter(|piece| !piece.is_ascii());
    pieces.map(|piece| (piece.as_ptr().addr() - text.as_ptr().addr(), piece))
}

/// Signs that stand beside words in text of any language.
fn is_mark(c: char) -> bool {
    "\u{a0}’‘“”„‚‹›«»–—…·•€£§©®™°ºª¿¡½¼¾²³×´†‡".contains(c)
}

/// Whether nothing in a word speaks against it but its language: letters of one script, no signs among them, no capital behind a
/// small letter unless it is ASCII.
fn is_word(encoding: &'static Encoding, word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic() && !is_mark(*c));
    let first = letters().next().map(script);
    let is_mixed = letters().any(|c| Some(script(c)) != first);
    let is_foreign = first == Some(Script::Latin) && letters().count() > 1 && !letters().any(|c| c.is_ascii());
    let n_eastern = letters().filter(|c| script(*c) == Script::Eastern).count();
    if is_foreign || (is_mixed && n_eastern < 3) {
        return false;
    }
    let fits = |(at, c): (usize, char)| {
        let (before, behind) = (&word[..at], &word[at + c.len_utf8()..]);
        let is_behind_small = before.ends_with(char::is_lowercase);
        match script(c) {
            _ if is_mark(c) => is_mark_in_place(before, c, behind),
            Script::Eastern => is_common(encoding, c),
            _ if c.is_uppercase() => {
                let is_before_small = behind.starts_with(char::is_lowercase);
                !(is_behind_small || is_before_small && before.ends_with(char::is_alphabetic))
            }
            _ if is_combining(c) => before.ends_with(|c: char| c.is_alphabetic() || is_combining(c)),
            _ => c.is_alphanumeric(),
        }
    };
    word.char_indices().filter(|(_, c)| !c.is_ascii()).all(fits)
}

/// Whether a sign stands where such signs do.
fn is_mark_in_place(before: &str, mark: char, behind: &str) -> bool {
    let (is_behind_letter, is_before_letter) =
        (before.ends_with(char::is_alphabetic), behind.starts_with(char::is_alphabetic));
    let is_inside = before.ends_with(char::is_lowercase) && behind.starts_with(char::is_lowercase);
    let n_least = before.chars().count().min(behind.chars().count());
    match mark {
        // O’Brien, l’eau, Anna’s; but not Garc’a.
        '’' => !is_inside || n_least < 3 && !matches!(behind, "a" | "o" | "as" | "os"),
        // Long dashes may join words, but hardly letters.
        '–' | '—' => !is_inside || n_least > 2,
        '§' | '†' | '‡' | '„' | '‚' => !is_behind_letter && (!is_before_letter || matches!(mark, '„' | '‚')),
        '·' => true,
        _ => !is_inside,
    }
}

/// Vowels and accents of Hebrew, Arabic, Thai and Vietnamese, which are no letters.
fn is_combining(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x65F | 0xE31..=0xE4E | 0x200C..=0x200F)
}

/// The languages of an encoding that could have this word, a bit each.
fn languages(encoding: &'static Encoding, word: &str) -> u32 {
    if !is_word(encoding, word) {
        return 0;
    }
    let Some(alphabets) = alphabets(encoding) else { return 1 };
    let has = |alphabet: &&str| {
        let mut letters = word.chars().filter(|c| !c.is_ascii() && c.is_alphabetic() && !is_mark(*c));
        letters.all(|c| alphabet.contains(c) || c.to_lowercase().all(|small| alphabet.contains(small)))
    };
    alphabets.iter().enumerate().filter(|(_, alphabet)| has(alphabet)).fold(0, |all, (at, _)| all | 1 << at)
}

/// The letters of the languages that are written in an encoding; none where there is but one, or where they don't tell them apart.
fn alphabets(encoding: &'static Encoding) -> Option<&'static [&'static str]> {
    LATIN.iter().find(|(known, _)| *known == encoding).map(|(_, alphabets)| *alphabets)
}
