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
const YES: [&str; 26] = [
    "true",
    "yes",
    "y",
    "ja",
    "evet",
    "oui",
    "sí",
    "si",
    "sim",
    "tak",
    "wahr",
    "vrai",
    "t",
    "sì",
    "vero",
    "verdadero",
    "verdadeiro",
    "prawda",
    "doğru",
    "ano",
    "áno",
    "igen",
    "kyllä",
    "да",
    "はい",
    "是",
];
const NO: [&str; 23] = [
    "false",
    "no",
    "n",
    "nein",
    "hayir",
    "non",
    "não",
    "nie",
    "falsch",
    "faux",
    "falso",
    "fałsz",
    "f",
    "nee",
    "nej",
    "nei",
    "nem",
    "нет",
    "いいえ",
    "否",
    "yanliş",
    "epätosi",
    "onwaar",
];

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

/// `1` and `0` for yes and no, in a column whose header is about a fact that is there or not.
pub(super) fn ones_and_zeros(header: &str, values: &[&Held]) -> Option<YesNo> {
    let is_either = |held: &&Held| matches!(&*held.text, "0" | "1");
    let is_flag = is_about_a_fact(header) && values.iter().all(is_either);
    is_flag.then(|| YesNo { yes: vec!["1".to_owned()], no: vec!["0".to_owned()], n_others: 0 })
}

/// Whether a header is about something that is so or is not: `Is Active`, `Converted`, `Email Opt Out`.
fn is_about_a_fact(header: &str) -> bool {
    const FIRST: [&str; 5] = ["is", "has", "can", "does", "was"];
    const WORDS: [&str; 20] = [
        "active",
        "converted",
        "consent",
        "deleted",
        "unsubscribed",
        "subscribed",
        "verified",
        "confirmed",
        "optin",
        "optout",
        "flag",
        "allowed",
        "abgemeldet",
        "abonniert",
        "bestätigt",
        "einwilligung",
        "konvertiert",
        "aktif",
        "onay",
        "désabonné",
    ];
    let folded = fold(&split_camel(header)).into_owned();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_choice = |pair: &[&str]| matches!(pair, ["opt" | "opted", "in" | "out"] | ["do", "not"]);
    let counts = ["number", "count", "total", "anzahl", "emails"].iter().any(|word| words.contains(word));
    let starts = words.first().is_some_and(|first| FIRST.contains(first));
    !counts && (starts || words.iter().any(|word| WORDS.contains(word)) || words.windows(2).any(is_choice))
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
        assert_eq!(of(&["はい", "いいえ"]), Some((vec!["はい".to_owned()], vec!["いいえ".to_owned()])));
    }

    #[test]
    fn ones_are_yes_where_the_header_is_about_a_fact() {
        let is_flag =
            |header: &str, texts: &[&str]| ones_and_zeros(header, &held(texts).iter().collect::<Vec<_>>()).is_some();
        for header in ["Email Opt Out", "IsConverted", "is_active", "Do Not Call", "DSGVO-Einwilligung"] {
            assert!(is_flag(header, &["0", "1"]) && is_flag(header, &["0"]), "{header}");
            assert!(!is_flag(header, &["0", "2"]), "{header}");
        }
        assert!(!is_flag("Emails unsubscribed", &["0", "1"]) && !is_flag("Visits", &["0", "1"]));
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
