//! The leads file: which column names a lead.

use super::export::Export;
use super::fields::{ColumnAt, Fields};
use super::join::is_id_like;
use super::model::LeadsDraft;
use super::reading::held;
use crate::inspect::{ColumnProfile, Guess};
use crate::preset::ColumnRole;
use std::collections::BTreeSet;

/// The column that names a lead.
#[derive(Clone, Debug)]
pub(super) struct LeadId {
    pub column: usize,
    pub because: String,
    /// Where some values have several rows: the column that says when each was changed.
    pub changed: Option<usize>,
    /// How many rows have no id of their own.
    pub n_without: u64,
    /// Whether that is an estimate.
    pub is_estimate: bool,
}

/// The id: the column that is one by its header, else the e-mail, else the first column whose values are all there and all
/// different, else the one with the most.
pub(super) fn id(export: &Export) -> LeadId {
    let n_rows = export.profile.rows.n_usable;
    let is_good = |at: &usize| is_good(export.column(*at), n_rows);
    let by_role = |role: ColumnRole| {
        let found: Vec<usize> = export.with_role(move |known| *known == role).filter(is_good).collect();
        found.first().copied()
    };
    let said = |column: usize, because: &str| LeadId {
        column,
        because: because.to_owned(),
        changed: None,
        n_without: n_without(export, column),
        is_estimate: !export.column(column).sketch.is_whole(),
    };
    // What names leads by its header may do so in several rows, of which the newest counts.
    let named = |column: usize, because: &str| {
        let is_repeated = !export.column(column).sketch.is_unique();
        match changed(export).filter(|_| is_repeated) {
            Some(changed) => LeadId {
                changed: Some(changed),
                n_without: n_rows.saturating_sub(export.column(column).n_values()),
                ..said(column, "from its header; some values have several rows")
            },
            None => said(column, because),
        }
    };
    let versions = |role: ColumnRole| {
        let mut columns = export.with_role(move |known| *known == role);
        changed(export).and_then(|_| columns.find(|at| has_versions(export.column(*at), n_rows)))
    };
    if let Some(column) = by_role(ColumnRole::Id).or_else(|| versions(ColumnRole::Id)) {
        return named(column, "from its header; each row has a different value");
    }
    let called_so =
        unique_column(export).filter(|at| is_id_like(&export.column(*at).name) && export.meanings[*at].is_none());
    if let Some(column) = called_so {
        return said(column, "its header says id; each row has a different value");
    }
    if let Some(column) = by_role(ColumnRole::Email).or_else(|| versions(ColumnRole::Email)) {
        return named(column, "no column is an id, but each row has a different address");
    }
    if let Some(column) = unique_column(export) {
        return said(column, "no header says id, but each row has a different value here");
    }
    let nearest = export.usable().min_by_key(|at| (n_without(export, *at), *at)).unwrap_or(0);
    if export.profile.n_rows() == 0 {
        return said(nearest, "the file has no rows that could show which column is the id");
    }
    said(nearest, "no column has a different value in each row; this one comes closest")
}

/// Whether all rows, or all but one in a hundred, have a value of their own.
fn is_good(column: &ColumnProfile, n_rows: u64) -> bool {
    let distinct =
        if column.sketch.is_unique() { column.n_values() } else { column.sketch.n_distinct().min(column.n_values()) };
    !column.is_unusable && n_rows > 0 && distinct * 100 >= n_rows * 99 && distinct > 0
}

/// Whether a column can name leads of which there are several rows: filled in nearly all, with many values.
fn has_versions(column: &ColumnProfile, n_rows: u64) -> bool {
    let is_full = column.n_values() * 100 >= n_rows * 99;
    !column.is_unusable && is_full && column.sketch.n_distinct() * 10 >= n_rows
}

/// The column that says when a row was changed, where nearly all rows say so.
fn changed(export: &Export) -> Option<usize> {
    let is_full = |at: &usize| {
        let column = export.column(*at);
        matches!(column.guess, Guess::Date(_)) && column.n_values() * 10 >= export.profile.rows.n_usable * 9
    };
    export.with_role(|role| *role == ColumnRole::Modified).find(is_full)
}

fn n_without(export: &Export, at: usize) -> u64 {
    let column = export.column(at);
    let distinct =
        if column.sketch.is_unique() { column.n_values() } else { column.sketch.n_distinct().min(column.n_values()) };
    export.profile.rows.n_usable.saturating_sub(distinct)
}

/// The first column with a value of its own in each row; one that its header calls an id before others, and no date or amount.
pub(super) fn unique_column(export: &Export) -> Option<usize> {
    let n_rows = export.profile.rows.n_usable;
    let is_key = |at: &usize| {
        let column = export.column(*at);
        column.is_key(n_rows) && !matches!(column.guess, Guess::Date(_) | Guess::Boolean { .. })
    };
    let keys: Vec<usize> = export.usable().filter(is_key).collect();
    keys.iter().find(|at| is_id_like(&export.column(**at).name)).or_else(|| keys.first()).copied()
}

/// The leads as they stand in a rulebook; most fields come later.
pub(super) fn drafted(export: &Export, id: &LeadId, fields: &mut Fields<'_>) -> LeadsDraft {
    let place = |column: usize| ColumnAt { table: None, column };
    LeadsDraft {
        created: fields
            .role(|role| *role == ColumnRole::Created)
            .filter(|place| place.table.is_none())
            .map(|place| fields.take(place)),
        former_ids: former_ids(export, id.column).map(|at| fields.take_column(place(at))),
        newest: id.changed.map(|at| fields.take(place(at))),
        n_without_id: id.n_without,
        file: export.file(),
        id: export.header(id.column),
        id_because: id.because.clone(),
        is_estimate: id.is_estimate,
        n_rows: export.profile.rows.n_usable,
        ..LeadsDraft::default()
    }
}

/// The column of the ids that leads had before: called so, and written with the characters of which ids are made here.
fn former_ids(export: &Export, id: usize) -> Option<usize> {
    let kinds = |text: &str| text.chars().map(IdPart::of).collect::<BTreeSet<IdPart>>();
    let of_ids: BTreeSet<IdPart> = held(export.column(id)).iter().flat_map(|held| kinds(&held.text)).collect();
    let is_like = |at: &usize| {
        let between = export.reading(*at).split.unwrap_or_default();
        let values = held(export.column(*at));
        let parts = values.iter().flat_map(|held| held.text.split(&between)).map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let n_like = parts.iter().filter(|part| kinds(part).is_subset(&of_ids)).count();
        !parts.is_empty() && n_like * 10 >= parts.len() * 9
    };
    export.with_role(|role| *role == ColumnRole::FormerIds).find(is_like)
}

/// What an id can be made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum IdPart {
    Digit,
    Letter,
    Other(char),
}

impl IdPart {
    fn of(c: char) -> Self {
        match c {
            c if c.is_numeric() => Self::Digit,
            c if c.is_alphabetic() => Self::Letter,
            c => Self::Other(c),
        }
    }
}
