//! What the columns of a file probably are, looked at together: a header is read in the light of the other columns, of the cells, and
//! of what the file is used as.

use super::export::{Meaning, fits};
use crate::inspect::{ColumnProfile, FileProfile, Guess};
use crate::preset::{ColumnRole, Purpose, Recognition, language_of, role_of};

/// What each column of a file probably is.
pub(super) fn meanings(
    profile: &FileProfile,
    headers: &[String],
    recognition: Option<&Recognition>,
    purpose: Purpose,
) -> Vec<Option<Meaning>> {
    let language = language_of(headers);
    let n_rows = profile.rows.n_usable;
    let of = |(at, column): (usize, &ColumnProfile)| {
        let known = recognition.and_then(|found| Some((found, (*found.columns.get(at)?)?)));
        let mut meaning = match known {
            Some((found, column)) => Meaning::of_preset(column, &found.preset.product),
            None => Meaning::of_header(role_of(&column.name, language)?, &column.name),
        };
        if column.is_unusable || !fits(&meaning.role, column, n_rows) {
            return None;
        }
        meaning.role = used_as(meaning.role, column, purpose, n_rows)?;
        Some(meaning)
    };
    let mut meanings: Vec<Option<Meaning>> = profile.columns.iter().enumerate().map(of).collect();
    if let Some(found) = recognition {
        stand_in(profile, found, &mut meanings);
    }
    name_halves(profile, recognition, &mut meanings);
    addresses(profile, &mut meanings);
    meanings
}

/// A role as the file is used: what a property of an event is says nothing in a row of a lead, and in events an id that comes again
/// and again names the lead.
fn used_as(role: ColumnRole, column: &ColumnProfile, purpose: Purpose, n_rows: u64) -> Option<ColumnRole> {
    match (purpose, role) {
        (Purpose::Leads | Purpose::Table, ColumnRole::EventField(_)) => None,
        (Purpose::Events, ColumnRole::Id) if !column.is_key(n_rows) => Some(ColumnRole::EventLead),
        (Purpose::Events, ColumnRole::JobTitle) if column.name.eq_ignore_ascii_case("title") => {
            Some(ColumnRole::EventField("title".to_owned()))
        }
        (_, role) => Some(role),
    }
}

/// Where a flavour of export has no column of a role with values, the column that stands in for it has that role.
fn stand_in(profile: &FileProfile, recognition: &Recognition, meanings: &mut [Option<Meaning>]) {
    for (at, known) in recognition.columns.iter().enumerate() {
        let Some(role) = known.and_then(|known| known.stands_in_for.as_ref()) else { continue };
        let mut pairs = meanings.iter().zip(&profile.columns);
        let is_there = pairs.any(|(meaning, column)| {
            column.n_values() > 0 && meaning.as_ref().is_some_and(|meaning| meaning.role == *role)
        });
        let column = &profile.columns[at];
        if !is_there
            && column.n_values() > 0
            && fits(role, column, profile.rows.n_usable)
            && let Some(meaning) = &mut meanings[at]
        {
            meaning.role = role.clone();
        }
    }
}

/// `Name` beside `Vorname`, `Nome` beside `Cognome`: where one half of a name has a column of its own, a plain name is the other.
fn name_halves(profile: &FileProfile, recognition: Option<&Recognition>, meanings: &mut [Option<Meaning>]) {
    let has = |role: &ColumnRole| meanings.iter().flatten().any(|meaning| meaning.role == *role);
    let other = match (has(&ColumnRole::FirstName), has(&ColumnRole::LastName)) {
        (true, false) => ColumnRole::LastName,
        (false, true) => ColumnRole::FirstName,
        _ => return,
    };
    for (at, (meaning, column)) in meanings.iter_mut().zip(&profile.columns).enumerate() {
        let is_known = recognition.is_some_and(|found| found.columns.get(at).is_some_and(Option::is_some));
        let is_plain = !is_known && !column.name.trim().contains(char::is_whitespace);
        if let Some(found) = meaning
            && is_plain
            && found.role == ColumnRole::FullName
        {
            *meaning = Some(Meaning::of_header(other, &column.name));
            return;
        }
    }
}

/// Columns of addresses whose header says nothing: the lead's, where no header says which the lead's are. Beside such a header they
/// are of somebody else, such as who recommended the lead.
fn addresses(profile: &FileProfile, meanings: &mut [Option<Meaning>]) {
    if meanings.iter().flatten().any(|meaning| meaning.role == ColumnRole::Email) {
        return;
    }
    for (meaning, column) in meanings.iter_mut().zip(&profile.columns) {
        if meaning.is_none() && column.guess == Guess::Email && !column.is_unusable {
            let because = "its cells are addresses".to_owned();
            *meaning = Some(Meaning { because, ..Meaning::of_header(ColumnRole::Email, "") });
        }
    }
}
