//! What any header is likely to mean, whoever wrote the file: words in several languages, and near misses of them. A guess
//! from one header alone; that another column or the cells say otherwise is for others to see.

use super::ColumnRole;
use super::decode::OneOrMany;
use super::key::{key, words};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The shortest header of which a misspelling is recognised: of shorter ones, too many others are near.
const LONG_ENOUGH: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    /// Words that say whose the rest is, not what it is.
    beside: BTreeMap<String, Vec<String>>,
    /// Stages by the names that stand in headers such as "Date entered Marketing Qualified Lead".
    stages: Vec<StageName>,
    /// Words that say that a date is the one of entering.
    entering: Vec<String>,
    /// Words that say that it is a date, of whatever.
    dating: Vec<String>,
    /// Words that say that it is something else.
    otherwise: Vec<String>,
    entries: Vec<VocabularyEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageName {
    stage: String,
    names: Vec<String>,
    /// Whether any date with such a name is the one of entering: `MQL Date` is, `Customer Date` may be a birthday.
    any_date: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyEntry {
    role: ColumnRole,
    words: BTreeMap<String, OneOrMany>,
}

/// A header that is known.
struct Known {
    key: String,
    role: ColumnRole,
    /// The languages that write it so.
    languages: Vec<&'static str>,
}

struct Vocabulary {
    known: Vec<Known>,
    by_key: HashMap<String, usize>,
    beside: Vec<String>,
    stages: Vec<StageName>,
    entering: Vec<String>,
    dating: Vec<String>,
    otherwise: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| read(include_str!("vocabulary.yaml")).expect("a test reads the vocabulary"));

fn read(text: &str) -> Result<Vocabulary, String> {
    let file: VocabularyFile = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let mut known: Vec<Known> = Vec::new();
    let mut by_key = HashMap::new();
    let mut wrong: Vec<String> = Vec::new();
    // English first: where the same header means two things, English is looked at before the others.
    for language in LANGUAGES {
        let of_language = file.entries.iter().filter_map(|entry| Some((&entry.role, entry.words.get(language)?)));
        for (role, texts) in of_language {
            for text in texts.as_slice() {
                let key = key(text);
                let at = *by_key.entry(key.clone()).or_insert(known.len());
                if at == known.len() {
                    known.push(Known { key, role: role.clone(), languages: vec![language] });
                } else if known[at].role != *role {
                    wrong.push(format!("`{text}` is {:?} and {role:?}", known[at].role));
                } else {
                    known[at].languages.push(language);
                }
            }
        }
    }
    let languages = file.entries.iter().flat_map(|entry| entry.words.keys());
    let strange = languages.filter(|language| !LANGUAGES.contains(&language.as_str()));
    wrong.extend(strange.map(|language| format!("`{language}` is not a language here")));
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    let keys = |texts: Vec<String>| -> Vec<String> { texts.iter().map(|text| key(text)).collect() };
    let stage = |known: StageName| StageName { names: keys(known.names), ..known };
    Ok(Vocabulary {
        known,
        by_key,
        beside: keys(file.beside.into_values().flatten().collect()),
        stages: file.stages.into_iter().map(stage).collect(),
        entering: keys(file.entering),
        dating: keys(file.dating),
        otherwise: keys(file.otherwise),
    })
}

/// The languages of the vocabulary.
const LANGUAGES: [&str; 13] = ["en", "de", "fr", "es", "tr", "pl", "it", "nl", "pt", "ar", "hi", "ja", "zh"];

impl Vocabulary {
    fn get(&self, key: &str) -> Option<&Known> {
        self.by_key.get(key).map(|&at| &self.known[at])
    }

    /// The entry for a header as it stands, else without the words that say whose it is.
    fn find(&self, header: &str) -> Option<&Known> {
        let words = words(header);
        if let Some(known) = self.get(&words.concat()) {
            return Some(known);
        }
        let numbered = words.last().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit()));
        let rest = &words[..words.len() - usize::from(numbered && words.len() > 1)];
        let core: Vec<&str> = rest.iter().map(String::as_str).filter(|word| !self.is_beside(word)).collect();
        if core.is_empty() { None } else { self.get(&core.concat()) }
    }

    /// The stage whose date of entering the header is, by the names in it.
    fn stage_date(&self, header: &str) -> Option<ColumnRole> {
        let key = key(header);
        let words = words(header);
        let has = |list: &[String]| list.iter().any(|word| words.contains(word));
        if has(&self.otherwise) {
            return None;
        }
        let named = |stage: &&StageName| stage.names.iter().any(|name| key.contains(name.as_str()));
        let stage = self.stages.iter().find(named)?;
        let entered = has(&self.entering) || stage.any_date && has(&self.dating);
        entered.then(|| ColumnRole::StageDate(stage.stage.clone()))
    }

    fn is_beside(&self, word: &str) -> bool {
        self.beside.iter().any(|known| known == word)
    }

    /// The entry that a misspelt header is nearest to, if no other role is as near. Of words in other languages than English and
    /// the file's own it is no misspelling, and hardly anyone errs in the first letter.
    fn nearest(&self, header: &str, language: Option<&str>) -> Option<&Known> {
        let key = key(header);
        let length = key.chars().count();
        if length < LONG_ENOUGH {
            return None;
        }
        let allowed = if length < 12 { 1 } else { 2 };
        let is_near = |known: &&Known| {
            let is_spoken = known.languages.iter().any(|of| *of == "en" || Some(*of) == language);
            is_spoken && known.key.chars().next() == key.chars().next()
        };
        let mut best: Option<((usize, bool), &Known)> = None;
        let mut alone = true;
        for known in self.known.iter().filter(is_near) {
            let other = known.key.chars().count();
            if other < LONG_ENOUGH || other.abs_diff(length) > allowed {
                continue;
            }
            let distance = strsim::osa_distance(&key, &known.key);
            if distance > allowed {
                continue;
            }
            // What is cut off at its end is nearer than what is written otherwise.
            let far = (distance, !known.key.starts_with(&key));
            match best {
                Some((least, _)) if far > least => {}
                Some((least, other)) if far == least => alone &= other.role == known.role,
                _ => (best, alone) = (Some((far, known)), true),
            }
        }
        best.filter(|_| alone).map(|(_, known)| known)
    }
}

/// What a column with this header probably is, in whatever language the header is written; none if nothing is near. `language` is
/// the one of the file's headers.
#[must_use]
pub(crate) fn role_of(header: &str, language: Option<&str>) -> Option<ColumnRole> {
    let vocabulary: &Vocabulary = &VOCABULARY;
    let found = vocabulary.find(header).map(|known| known.role.clone());
    let found = found.or_else(|| vocabulary.stage_date(header));
    found.or_else(|| vocabulary.nearest(header, language).map(|known| known.role.clone()))
}

/// The language that most headers are written in, as a code such as `de`; none if no header is known. Half the headers of an
/// export are names of products or English in every country, so that another language needs fewer.
#[must_use]
pub(crate) fn language_of(headers: &[String]) -> Option<&'static str> {
    let vocabulary: &Vocabulary = &VOCABULARY;
    let known: Vec<&Known> = headers.iter().filter_map(|header| vocabulary.find(header)).collect();
    let n_in = |language: &&str| known.iter().filter(|known| known.languages.contains(language)).count();
    let [english, others @ ..] = LANGUAGES;
    let n_english = n_in(&english);
    // The first of those with the most: `max_by_key` would give the last.
    let other = others.into_iter().rev().max_by_key(n_in)?;
    if n_in(&other) * 2 > n_english {
        return Some(other);
    }
    (n_english > 0).then_some(english)
}

#[cfg(test)]
mod tests;
