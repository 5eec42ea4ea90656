//! Phone numbers: whether a column holds them, and by which country's habits those without an international prefix are written.
//! Which country that is, is said only where something shows it.

use super::countries::code_of;
use super::export::Export;
use super::model::{Question, ReadingDraft};
use super::reading::held;
use crate::inspect::Held;
use crate::preset::ColumnRole;
use crate::value::{Country, PhoneReader, Type};
use std::collections::BTreeMap;

/// How many values are looked at.
const MOST_SEEN: usize = 400;
/// How many digits a number has at least.
const FEWEST_DIGITS: usize = 6;

/// How a column of phone numbers is read: as such where nine cells in ten are readable, else as text.
pub(super) fn reading(export: &Export, at: usize) -> ReadingDraft {
    let values = held(export.column(at));
    let step = values.len().div_ceil(MOST_SEEN).max(1);
    let seen: Vec<&str> = values.iter().step_by(step).map(|held| &*held.text).collect();
    let international = |text: &&&str| PhoneReader::default().read(text).is_some();
    let n_international = seen.iter().filter(international).count();
    let national: Vec<&str> = seen.iter().filter(|text| !international(text) && is_national(text)).copied().collect();
    let is_most = |n: usize| n > 0 && n * 10 >= seen.len() * 9;
    if !is_most(n_international + national.len()) {
        return ReadingDraft::default();
    }
    if national.is_empty() {
        return ReadingDraft { kind: Type::Phone, ..ReadingDraft::default() };
    }
    let of_column = |(country, because): (Country, String)| {
        let reader = PhoneReader { country: Some(country) };
        let n_read = national.iter().filter(|text| reader.read(text).is_some()).count();
        is_most(n_international + n_read).then_some((country, because))
    };
    match suspects(export, &seen, &national).into_iter().find_map(of_column) {
        Some((country, because)) => {
            ReadingDraft { kind: Type::Phone, country: Some(country), because, ..ReadingDraft::default() }
        }
        None => ReadingDraft { question: Some(question(&national)), ..ReadingDraft::default() },
    }
}

fn question(national: &[&str]) -> Question {
    let example = national.iter().find(|text| !has_zeros(text)).unwrap_or(&national[0]);
    Question {
        asked: format!("which country are numbers such as {example} from? They have no international prefix."),
        then: "To compare numbers however they are written, add `type: phone` and `country:` with its two letters."
            .to_owned(),
    }
}

/// Countries that the numbers may be from, the likeliest first, each with what shows it.
fn suspects(export: &Export, seen: &[&str], national: &[&str]) -> Vec<(Country, String)> {
    let prefixed: Vec<Country> = seen.iter().filter_map(|text| Country::of_number(text)).collect();
    // What begins with 00 has its country in it: it is read alike wherever 00 stands for +.
    let (in_ten, because) = if national.iter().all(|text| has_zeros(text)) {
        (0, "a country in which 00 stands for +")
    } else {
        (6, "the country of most numbers with an international prefix")
    };
    let of_prefixes =
        most(prefixed.iter().map(|country| (country.to_string(), 1)), in_ten).map(|code| (code, because.to_owned()));
    let column = export.with_role(|role| *role == ColumnRole::Country).next();
    let of_column = column.and_then(|at| {
        let column = export.column(at);
        let coded = |held: &&Held| Some((code_of(&held.text)?.to_owned(), held.count));
        most(held(column).iter().filter_map(coded), 9)
            .map(|code| (code, format!("the country of nearly all leads, by {}", column.name)))
    });
    let of_language = export.language().and_then(|language| {
        let code = ["DE", "FR", "TR", "PL", "IT", "NL"].into_iter().find(|code| code.eq_ignore_ascii_case(language));
        code.map(|code| (code.to_owned(), "guessed from the language of the headers: write your country".to_owned()))
    });
    let all = [of_prefixes, of_column, of_language].into_iter().flatten();
    all.filter_map(|(code, because)| Some((Country::of(&code)?, because))).collect()
}

/// The text that so many in ten are, if one is, and three at least.
fn most(counts: impl Iterator<Item = (String, u64)>, in_ten: u64) -> Option<String> {
    let mut by_text: BTreeMap<String, u64> = BTreeMap::new();
    for (text, n) in counts {
        *by_text.entry(text).or_default() += n;
    }
    let n_all: u64 = by_text.values().sum();
    let (text, n) = by_text.into_iter().max_by_key(|(_, n)| *n)?;
    (n >= 3 && n * 10 >= n_all * in_ten).then_some(text)
}

/// Whether it may be a number without an international prefix: digits with what people write between them.
fn is_national(text: &str) -> bool {
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    let number = text.split(|c: char| c.is_alphabetic() || c == '#').next().unwrap_or_default();
    (FEWEST_DIGITS..=15).contains(&n_digits)
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '/' | '.' | '\u{a0}'))
}

/// Whether the international prefix is written as 00.
fn has_zeros(text: &str) -> bool {
    text.starts_with("00")
}
