//! The names of months and weekdays, English always and one more language as Unicode CLDR has them; the facts stand in
//! `months.txt` and `weekdays.txt`. Eras are not here: no format reads them.

use super::nearest::{did_you_mean, nearest};
use super::text::fold;
use std::fmt;

const MONTHS: &str = include_str!("months.txt");
const WEEKDAYS: &str = include_str!("weekdays.txt");

/// The names that formats read.
#[derive(Clone, Debug)]
pub(crate) struct DateNames {
    /// Numbered from 1 for January.
    pub(crate) months: Names,
    /// Numbered from 1 for Sunday.
    pub(crate) weekdays: Names,
}

/// Names of months or of weekdays, folded and without full stop, the longest first.
#[derive(Clone, Debug)]
pub(crate) struct Names(Vec<(String, i64)>);

/// A language whose month names are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LanguageError {
    /// The language as written.
    pub language: String,
    /// Languages written like it, the nearest first.
    pub nearest: Vec<String>,
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nearest: Vec<&str> = self.nearest.iter().map(String::as_str).collect();
        let question = did_you_mean(&nearest);
        write!(
            f,
            "`{}` is not a language with known month names{question}; write a code such as `tr` or `pt-BR`",
            self.language
        )
    }
}

impl std::error::Error for LanguageError {}

/// Whether the month names of a language are known: what to ask of `language:` where no format needs it.
///
/// # Errors
/// When they are not.
pub(crate) fn check_language(language: &str) -> Result<(), LanguageError> {
    line_of(MONTHS, language).map(|_| ()).ok_or_else(|| unknown(language))
}

impl DateNames {
    /// English, and the language if one is named. A name that both have is the language's.
    pub(crate) fn of(language: Option<&str>) -> Result<DateNames, LanguageError> {
        Ok(DateNames { months: Names::of(MONTHS, language)?, weekdays: Names::of(WEEKDAYS, language)? })
    }
}

impl Names {
    fn of(table: &'static str, language: Option<&str>) -> Result<Names, LanguageError> {
        let own = match language {
            Some(language) => line_of(table, language).ok_or_else(|| unknown(language))?,
            None => "",
        };
        let english = line_of(table, "en").unwrap_or("");
        let mut names: Vec<(String, i64)> = Vec::new();
        for (name, month) in names_in(own).chain(names_in(english)) {
            if !names.iter().any(|(known, _)| *known == name) {
                names.push((name, month));
            }
        }
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        Ok(Names(names))
    }

    /// The names that a folded text begins with, the longest first: the number and the length.
    pub(crate) fn leading<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (i64, usize)> + 'a {
        self.0
            .iter()
            .filter(|(name, _)| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
            .map(|(name, number)| (*number, name.len()))
    }
}

/// The languages of a table with their names, `tag<TAB>January,Jan;February;…`.
fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The names of a language: its own line, else that of the language without its last part (`de-CH`, `de`).
fn line_of(table: &'static str, language: &str) -> Option<&'static str> {
    let tag = language.trim().replace('_', "-");
    let mut tag = tag.as_str();
    loop {
        if let Some((_, names)) = lines(table).find(|(known, _)| known.eq_ignore_ascii_case(tag)) {
            return Some(names);
        }
        tag = tag.rsplit_once('-')?.0;
    }
}

fn unknown(language: &str) -> LanguageError {
    let nearest = nearest(language, lines(MONTHS).map(|(tag, _)| tag));
    LanguageError { language: language.to_owned(), nearest: nearest.into_iter().map(str::to_owned).collect() }
}

fn names_in(line: &str) -> impl Iterator<Item = (String, i64)> {
    line.split(';').zip(1..).flat_map(|(month, number)| {
        month.split(',').filter(|name| !name.is_empty()).map(move |name| (fold(name).into_owned(), number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(language: Option<&str>, text: &str) -> Option<(i64, usize)> {
        DateNames::of(language).expect("a language").months.leading(&fold(text)).next()
    }

    #[test]
    fn the_tables_are_whole() {
        for (tag, line) in lines(MONTHS) {
            let mut seen = checked(tag, line, 12);
            seen.sort();
            assert!(seen.windows(2).all(|pair| pair[0].0 != pair[1].0), "{tag}: a name twice");
            assert!(DateNames::of(Some(tag)).is_ok(), "{tag} has no weekdays");
        }
        for (tag, line) in lines(WEEKDAYS) {
            checked(tag, line, 7);
        }
        assert!(lines(MONTHS).count() > 100 && lines(WEEKDAYS).count() > 100);
    }

    /// The names of a line that has some for each number.
    fn checked(tag: &str, line: &str, n_numbers: usize) -> Vec<(String, i64)> {
        let seen: Vec<(String, i64)> = names_in(line).collect();
        assert_eq!(line.split(';').count(), n_numbers, "{tag}");
        assert!(line.split(';').all(|spellings| !spellings.is_empty()), "{tag}");
        assert!(seen.iter().all(|(name, _)| !name.is_empty() && !name.ends_with('.')), "{tag}");
        seen
    }

    #[test]
    fn weekdays_are_english_and_of_the_language() {
        let weekday = |language, text: &str| {
            let names = DateNames::of(language).expect("a language");
            names.weekdays.leading(&fold(text)).next()
        };
        assert_eq!(weekday(None, "Friday, 1"), Some((6, 6)));
        assert_eq!(weekday(None, "FRI 1"), Some((6, 3)));
        assert_eq!(weekday(None, "Cuma"), None);
        assert_eq!(weekday(Some("tr"), "CUMARTESİ"), Some((7, 9)));
        assert_eq!(weekday(Some("tr"), "Cuma"), Some((6, 4)));
        assert_eq!(weekday(Some("tr"), "Sunday"), Some((1, 6)));
        assert_eq!(weekday(Some("de-CH"), "Mi"), Some((4, 2)));
        assert_eq!(weekday(Some("nb"), "lørdag"), Some((7, "lørdag".len())));
        assert_eq!(weekday(Some("zh"), "周日"), Some((1, "周日".len())));
    }

    #[test]
    fn english_always_and_the_language_longest_first() {
        assert_eq!(month(None, "SEPTEMBER 4"), Some((9, 9)));
        assert_eq!(month(None, "Sept 4"), Some((9, 4)));
        assert_eq!(month(None, "Ocak"), None);
        assert_eq!(month(Some("tr"), "MART 4"), Some((3, 4)));
        assert_eq!(month(Some("tr"), "Mar 4"), Some((3, 3)));
        assert_eq!(month(Some("tr"), "HAZİRAN"), Some((6, 7)));
        assert_eq!(month(Some("tr"), "KASIM"), Some((11, 5)));
        assert_eq!(month(Some("tr"), "February"), Some((2, 8)));
        for text in ["Mrz 26", "Mär 26", "märz"] {
            assert_eq!(month(Some("de-CH"), text).map(|found| found.0), Some(3), "{text}");
        }
        assert_eq!(month(Some("cs"), "červenec"), Some((7, "červenec".len())));
        assert_eq!(month(Some("pl"), "maja"), Some((5, 4)), "the form within a date");
        assert_eq!(month(Some("pl"), "maj"), Some((5, 3)), "the form by itself");
        assert_eq!(month(Some("zh"), "12月"), Some((12, 5)));
    }

    #[test]
    fn languages_fall_back_to_their_parents() {
        for tag in [
            "de",
            "DE",
            "de_DE",
            "de-CH-1996",
            "pt-BR",
            "pt-PT",
            "sr-Latn",
            "sr-Latn-RS",
            "zh-Hant-TW",
            "nb-NO",
            "en-GB",
        ] {
            assert!(check_language(tag).is_ok(), "{tag}");
        }
        assert_eq!(month(Some("de-AT"), "Jänner"), Some((1, "jänner".len())));
        assert_eq!(month(Some("sr-Latn-RS"), "avgust"), Some((8, 6)));
        for tag in ["", "xx", "turkish", "-", "tr "] {
            assert_eq!(check_language(tag).is_ok(), tag == "tr ", "{tag:?}");
        }
        let error = check_language("trk").expect_err("no such language");
        assert!(error.nearest.contains(&"tr".to_owned()), "{error}");
    }
}
