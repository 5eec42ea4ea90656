//! Countries by any of their names: codes, English, their own and their neighbours' words. The names stand in `countries.txt`;
//! what is not there is no country here, never the nearest one.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const TABLE: &str = include_str!("countries.txt");

/// The code of two letters for each spelling.
static COUNTRIES: LazyLock<HashMap<String, &str>> = LazyLock::new(|| entries().collect());

fn entries() -> impl Iterator<Item = (String, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let (codes, names) = line.split_once('|').unwrap_or((line, ""));
        let code = codes.split(' ').next().unwrap_or_default();
        codes.split(' ').chain(names.split('|')).map(move |name| (letters(name), code))
    })
}

/// The code of a country with two letters, if the text is one of its names or codes.
pub(super) fn code_of(text: &str) -> Option<&'static str> {
    COUNTRIES.get(&letters(text)).copied()
}

/// What is compared of a name: its letters and digits, without marks, in one case.
pub(super) fn letters(text: &str) -> String {
    let folded = crate::value::fold(text);
    let bare = folded.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    bare.filter(|c| c.is_alphanumeric()).map(|c| if c == 'ı' { 'i' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_spelling_is_of_two_countries() {
        let mut codes: BTreeMap<String, &str> = BTreeMap::new();
        for (spelling, code) in entries() {
            assert!(code.len() == 2 && !spelling.is_empty(), "{code}: {spelling}");
            assert_eq!(*codes.entry(spelling.clone()).or_insert(code), code, "{spelling}");
            assert!(crate::value::Country::of(code).is_some(), "{code}");
        }
    }

    #[test]
    fn countries_by_any_name() {
        for (text, code) in [
            ("U.S.A.", "US"),
            ("united states", "US"),
            ("DE", "DE"),
            ("Türkiye", "TR"),
            ("TURKIYE", "TR"),
            ("Großbritannien", "GB"),
            ("POLSKA", "PL"),
        ] {
            assert_eq!(code_of(text), Some(code), "{text}");
        }
        for text in ["", "Atlantis", "Germ", "EMEA", "-"] {
            assert_eq!(code_of(text), None, "{text}");
        }
    }
}
