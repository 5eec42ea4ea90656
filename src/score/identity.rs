//! When two ids or keys are the same: exactly, by their first 15 characters, or folded; as 128 bits.

use crate::rulebook::Ids;
use crate::value::fold;
use xxhash_rust::xxh3::xxh3_128;

/// An id or key, told apart from others as surely as 128 bits can.
pub(crate) type Identity = u128;

/// What no id or key has.
pub(crate) const NO_IDENTITY: Identity = 0;

/// The identity of a trimmed text.
pub(crate) fn identity(text: &str, ids: Ids, folds: bool) -> Identity {
    if folds {
        return exact_identity(fold(text).as_bytes());
    }
    let text = match ids {
        Ids::Exact => text,
        Ids::Salesforce => first_fifteen(text),
    };
    exact_identity(text.as_bytes())
}

/// As [`identity`], where ids are exact and nothing folds.
#[expect(clippy::inline_always, reason = "every event goes through it")]
#[inline(always)]
pub(crate) fn exact_identity(text: &[u8]) -> Identity {
    xxh3_128(text).max(1)
}

/// The identity of an event that has an id, which is unique per type within its source.
pub(crate) fn event_identity(folded_type: &str, id: &str, ids: Ids) -> Identity {
    identity(id, ids, false) ^ identity(folded_type, Ids::Exact, false).rotate_left(1)
}

/// Salesforce writes an id with 15 characters, or with 3 more that repeat what the first say about case.
fn first_fifteen(text: &str) -> &str {
    if text.chars().count() != 18 {
        return text;
    }
    text.char_indices().nth(15).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salesforce_ids_of_both_lengths_are_the_same() {
        let same = |a, b, ids| identity(a, ids, false) == identity(b, ids, false);
        assert!(same("00Q5g00000AbCdE", "00Q5g00000AbCdEFGH", Ids::Salesforce));
        assert!(!same("00Q5g00000AbCdE", "00Q5g00000AbCdEFGH", Ids::Exact));
        assert!(!same("00Q5g00000AbCdE", "00Q5g00000AbCde", Ids::Salesforce));
        assert!(!same("00Q5g00000AbCdE", "00Q5g00000AbCdEF", Ids::Salesforce));
    }
}
