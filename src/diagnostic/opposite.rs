//! Which names say the opposite of each other: `contains` and `not_contains`, `first_visit` and `last_visit`.
//!
//! Such names are spelt alike, so the distance between spellings can't tell them apart; a suggestion from one to the other would
//! turn a rule round. Knows English words only: what it doesn't know, it takes for no opposite.

/// Words that turn a name round, `not` also as it is mistyped. A name with one of them is never a misspelt name without.
const NEGATIONS: [&str; 29] = [
    "not",
    "nt",
    "nto",
    "ont",
    "noot",
    "nott",
    "no",
    "non",
    "none",
    "never",
    "neither",
    "nor",
    "without",
    "except",
    "unless",
    "cannot",
    "cant",
    "isnt",
    "arent",
    "wasnt",
    "werent",
    "doesnt",
    "dont",
    "didnt",
    "hasnt",
    "havent",
    "exclude",
    "excludes",
    "excluding",
];

/// Words that mean the opposite of each other, also as a part of a word: `gte` and `lte`, `optin` and `optout`.
const PAIRS: [(&str, &str); 34] = [
    ("above", "below"),
    ("absent", "present"),
    ("after", "before"),
    ("allow", "deny"),
    ("all", "none"),
    ("any", "none"),
    ("ascending", "descending"),
    ("asc", "desc"),
    ("begin", "end"),
    ("early", "late"),
    ("earlier", "later"),
    ("earliest", "latest"),
    ("enable", "disable"),
    ("first", "last"),
    ("from", "to"),
    ("gain", "lose"),
    ("gt", "lt"),
    ("greater", "less"),
    ("high", "low"),
    ("in", "out"),
    ("include", "exclude"),
    ("inside", "outside"),
    ("join", "leave"),
    ("least", "most"),
    ("more", "less"),
    ("max", "min"),
    ("new", "old"),
    ("young", "old"),
    ("on", "off"),
    ("open", "close"),
    ("over", "under"),
    ("since", "until"),
    ("start", "end"),
    ("up", "down"),
];

/// What turns a word round when it is put in front.
const PREFIXES: [&str; 8] = ["not", "non", "no", "un", "in", "dis", "isnt", "doesnt"];

/// Whether one of two names says the opposite of the other.
pub(super) fn are_opposite(one: &str, other: &str) -> bool {
    let (bare_one, bare_other) = (super::bare(one), super::bare(other));
    if bare_one == bare_other {
        return false;
    }
    if one.starts_with('!') != other.starts_with('!') {
        return true;
    }
    let (one, other) = (words(one), words(other));
    if is_negated(&one) != is_negated(&other) || words_oppose(&bare_one, &bare_other) {
        return true;
    }
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|word| !those.contains(word)).cloned().collect()
    };
    let (ours, theirs) = (only(&one, &other), only(&other, &one));
    ours.iter().any(|ours| theirs.iter().any(|theirs| words_oppose(ours, theirs)))
}

/// The words of a name in lower case, without apostrophes: `doesNotContain`, `does_not_contain` and `Does not contain` have the same.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars().filter(|c| !matches!(c, '\'' | '’')) {
        let begins = !c.is_alphanumeric() || (was_lower && c.is_uppercase());
        if begins {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a word turns a name round.
pub(crate) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word)
}

/// Two negations cancel each other.
fn is_negated(words: &[String]) -> bool {
    words.iter().filter(|word| is_negation(word)).count() % 2 == 1
}

fn words_oppose(one: &str, other: &str) -> bool {
    let is_turned = |long: &str, short: &str| PREFIXES.iter().any(|prefix| turns(prefix, long, short));
    let is_pair = |(a, b): &(&str, &str)| same_but_for(one, a, other, b) || same_but_for(one, b, other, a);
    is_turned(one, other) || is_turned(other, one) || PAIRS.iter().any(is_pair)
}

/// Whether a long word is a short one with this in front. The short one may be spelt a little wrong where the prefix is one that
/// hardly begins other words.
fn turns(prefix: &str, long: &str, short: &str) -> bool {
    let Some(rest) = long.strip_prefix(prefix) else { return false };
    let n_slips = usize::from(prefix.len() > 2 && rest.len() > 3);
    !rest.is_empty() && strsim::osa_distance(rest, short) <= n_slips
}

/// Whether two words are the same but for their beginning or end, where one has `a` and the other has `b`.
fn same_but_for(one: &str, a: &str, other: &str, b: &str) -> bool {
    let same = |one: Option<&str>, other: Option<&str>| one.is_some() && one == other;
    same(one.strip_prefix(a), other.strip_prefix(b)) || same(one.strip_suffix(a), other.strip_suffix(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_turn_each_other_round() {
        let opposite = [
            ("not_ends_with", "ends_with"),
            ("notEndsWith", "ends_with"),
            ("doesn't match", "matches"),
            ("nevermatches", "not_matches"),
            ("no_demo", "demo"),
            ("unsubscribed_at", "subscribed_at"),
            ("inactive", "active"),
            ("emailoptin", "email_opt_out"),
            ("newer_than", "older_than"),
            ("lte", "gte"),
            ("first_touch", "last_touch"),
            ("min_score", "max_score"),
            ("notstart_with", "starts_with"),
        ];
        for (one, other) in opposite {
            assert!(are_opposite(one, other) && are_opposite(other, one), "{one} and {other}");
        }
    }

    #[test]
    fn names_that_are_only_spelt_wrong() {
        let same = [
            ("notin", "not_in"),
            ("isnot", "is_not"),
            ("inn", "in"),
            ("busess", "business"),
            ("no_shwo", "no_show"),
            ("noshow", "no_show"),
            ("nto_in", "not_in"),
            ("unkown", "unknown"),
            ("in_totl", "in_total"),
            ("notes", "note"),
            ("older_then", "older_than"),
        ];
        for (one, other) in same {
            assert!(!are_opposite(one, other) && !are_opposite(other, one), "{one} and {other}");
        }
    }
}
