//! Words that say something in any column: *no value*, *yes*, *no*, and headers that speak of time.

use crate::inspect::sketch::Held;
use crate::value::fold;

/// Texts that exports write for an empty cell, folded.
const BLANK: [&str; 35] = [
    "k.a.",
    "k. a.",
    "keine angabe",
    "yok",
    "brak",
    "n.d.",
    "n/a",
    "na",
    "#n/a",
    "n.a.",
    "-",
    "--",
    "---",
    "–",
    "—",
    "null",
    "(null)",
    "none",
    "(none)",
    "-none-",
    "--none--",
    "nil",
    "nan",
    "(blank)",
    "(leer)",
    "(boş)",
    "(not set)",
    "not set",
    "undefined",
    "select",
    "please select",
    "--select--",
    "?",
    "0000-00-00",
    "0000-00-00 00:00:00",
];
const YES: [&str; 13] = ["true", "yes", "y", "ja", "evet", "oui", "sí", "si", "sim", "tak", "wahr", "vrai", "t"];
const NO: [&str; 13] =
    ["false", "no", "n", "nein", "hayir", "non", "não", "nie", "falsch", "faux", "falso", "fałsz", "f"];

/// Whether a text stands for an empty cell.
pub(super) fn is_blank(text: &str) -> bool {
    BLANK.contains(&&*fold(text))
}

/// The words of a column for yes and for no, as written, and how many cells have other ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct YesNo {
    pub yes: Vec<String>,
    pub no: Vec<String>,
    pub n_others: u64,
}

/// The words for yes and for no, where nearly all cells have one.
pub(super) fn yes_and_no(values: &[&Held]) -> Option<YesNo> {
    let mut found = YesNo { yes: Vec::new(), no: Vec::new(), n_others: 0 };
    for held in values {
        let folded = fold(&held.text);
        if YES.contains(&&*folded) {
            found.yes.push(held.text.to_string());
        } else if NO.contains(&&*folded) {
            found.no.push(held.text.to_string());
        } else {
            found.n_others += held.count;
        }
    }
    let n_all: u64 = values.iter().map(|held| held.count).sum();
    let is_short = found.yes.iter().chain(&found.no).any(|word| word.chars().count() < 2);
    let (has_yes, has_no) = (!found.yes.is_empty(), !found.no.is_empty());
    let is_sure = if is_short || found.n_others > 0 { has_yes && has_no } else { has_yes || has_no };
    found.yes.sort();
    found.no.sort();
    (is_sure && found.n_others * 10 <= n_all).then_some(found)
}

/// Whether a header speaks of a time, in one of the languages of exports.
pub(super) fn is_about_time(header: &str) -> bool {
    const WORDS: [&str; 45] = [
        "letzter",
        "letzte",
        "letztes",
        "zuletzt",
        "son",
        "ostatni",
        "ostatnia",
        "time",
        "timestamp",
        "date",
        "datetime",
        "day",
        "at",
        "on",
        "ts",
        "epoch",
        "created",
        "updated",
        "modified",
        "since",
        "joined",
        "when",
        "zeit",
        "zeitpunkt",
        "datum",
        "uhrzeit",
        "erstellt",
        "tarih",
        "tarihi",
        "zaman",
        "zamani",
        "saat",
        "fecha",
        "hora",
        "creado",
        "heure",
        "jour",
        "cree",
        "data",
        "czas",
        "utworzono",
        "utworzenia",
        "dernier",
        "ultima",
        "last",
    ];
    let spaced: String = split_camel(header);
    let folded = fold(&spaced);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| {
        WORDS.contains(&word) || ["datum", "zeit", "timestamp", "date", "time"].iter().any(|end| word.ends_with(end))
    })
}

/// `createdAt` as `created At`.
fn split_camel(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut was_small = false;
    for c in text.chars() {
        if was_small && c.is_uppercase() {
            spaced.push(' ');
        }
        was_small = c.is_lowercase();
        spaced.push(c);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(texts: &[&str]) -> Vec<Held> {
        texts.iter().map(|text| Held { text: (*text).into(), count: 1 }).collect()
    }

    #[test]
    fn booleans_by_their_words() {
        let of =
            |texts: &[&str]| yes_and_no(&held(texts).iter().collect::<Vec<_>>()).map(|found| (found.yes, found.no));
        assert_eq!(of(&["Evet", "Hayır"]), Some((vec!["Evet".to_owned()], vec!["Hayır".to_owned()])));
        assert_eq!(of(&["false"]), Some((vec![], vec!["false".to_owned()])));
        assert_eq!(of(&["f"]), None, "may be anything");
        assert_eq!(of(&["Yes", "Maybe"]), None);
        assert_eq!(of(&["1", "0"]), None, "may be counts");
    }

    #[test]
    fn headers_about_time() {
        for header in
            ["Timestamp", "createdAt", "lead_created_at", "Erstellungsdatum", "Son açılma tarihi", "Startzeit"]
        {
            assert!(is_about_time(header), "{header}");
        }
        for header in ["Status", "Phone", "Platform", "Kategorie"] {
            assert!(!is_about_time(header), "{header}");
        }
    }

    #[test]
    fn blanks() {
        assert!(is_blank("N/A") && is_blank("-None-") && is_blank("NULL"));
        assert!(!is_blank("unknown") && !is_blank("No"));
    }
}
