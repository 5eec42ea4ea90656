//! Ids of Salesforce, which its reports write with 15 characters and its data loader with 18: the same ids, and no value in common.

use crate::inspect::Sketch;
use std::collections::BTreeSet;

/// How many characters say which record it is; three more repeat what they say about case.
const SHORT: usize = 15;
const LONG: usize = 18;
/// How many characters at the start say what kind of record it is.
const KIND: usize = 3;

/// Of the values of a column, how many the other has in its other length, and how many were compared; `(0, 0)` where there are so
/// many that only their kind can be compared. None where they are no such ids, or not the same.
pub(super) fn shared(counted: &Sketch, against: &Sketch) -> Option<(usize, usize)> {
    if !(are_ids(counted) && are_ids(against)) {
        return None;
    }
    if !(counted.is_whole() && against.is_whole()) {
        let kinds = |sketch| starts(sketch, KIND);
        let is_same_kind = kinds(counted).len() == 1 && kinds(counted) == kinds(against);
        let is_other_length = match (length(counted), length(against)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        };
        return (is_same_kind && is_other_length).then_some((0, 0));
    }
    let (mine, others) = (starts(counted, SHORT), starts(against, SHORT));
    let n_shared = mine.intersection(&others).count();
    (n_shared > 0 && n_shared * 20 >= mine.len()).then_some((n_shared, mine.len()))
}

fn are_ids(sketch: &Sketch) -> bool {
    let is_id = |text: &str| {
        matches!(text.len(), SHORT | LONG)
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            // What kind of record it is begins with a digit, of one's own kinds with an `a`.
            && text.starts_with(|first: char| first.is_ascii_digit() || first == 'a')
            && text.bytes().any(|byte| byte.is_ascii_alphabetic())
            && text.bytes().any(|byte| byte.is_ascii_digit())
    };
    let values = sketch.values();
    !values.is_empty() && values.iter().all(|held| is_id(&held.text))
}

/// The length that all values have.
fn length(sketch: &Sketch) -> Option<usize> {
    let values = sketch.values();
    let first = values.first()?.text.len();
    values.iter().all(|held| held.text.len() == first).then_some(first)
}

/// How the values begin.
fn starts(sketch: &Sketch, n_chars: usize) -> BTreeSet<&str> {
    sketch.values().into_iter().filter_map(|held| held.text.get(..n_chars)).collect()
}
