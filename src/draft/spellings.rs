//! One thing under several spellings: `USA`, `U.S.` and `United States`, `Google Ads` and `google-ads`. Only what is the same by
//! its letters, or a name of the same country, is one thing; what is merely alike stays apart.

use super::countries::{code_of, letters};
use super::export::Export;
use super::reading::held;
use crate::inspect::Guess;
use crate::preset::ColumnRole;
use crate::value::fold;

/// More values than that are no names of few things.
const MOST_VALUES: u64 = 400;

/// A thing: the spelling that most rows have, and the others.
pub(super) type Spelled = (String, Vec<String>);

/// The things of a column that come under several spellings, the most frequent first.
pub(super) fn of(export: &Export, at: usize) -> Vec<Spelled> {
    let column = export.column(at);
    let role = export.meanings[at].as_ref().map(|meaning| &meaning.role);
    let is_name = matches!(role, Some(ColumnRole::Country | ColumnRole::Source | ColumnRole::Industry));
    if !is_name || column.guess != Guess::Text || !column.sketch.is_whole() || column.sketch.n_distinct() > MOST_VALUES
    {
        return Vec::new();
    }
    let key = |text: &str| match (role, code_of(text)) {
        (Some(ColumnRole::Country), Some(code)) => code.to_owned(),
        _ => letters(text),
    };
    let mut things: Vec<(String, Spelled)> = Vec::new();
    for held in held(column) {
        let (key, text) = (key(&held.text), held.text.to_string());
        if key.is_empty() {
            continue;
        }
        match things.iter_mut().find(|(known, _)| *known == key) {
            None => things.push((key, (text, Vec::new()))),
            // Capitals make no other spelling.
            Some((_, (first, others))) => {
                if std::iter::once(&*first).chain(&*others).all(|known| fold(known) != fold(&text)) {
                    others.push(text);
                }
            }
        }
    }
    things.into_iter().map(|(_, spelled)| spelled).filter(|(_, others)| !others.is_empty()).collect()
}
