//! The leads file: which column names a lead.

use super::export::Export;
use super::join::is_id_like;
use super::model::LeadsDraft;
use crate::inspect::{ColumnProfile, Guess};
use crate::preset::ColumnRole;

/// The column that names a lead.
#[derive(Clone, Debug)]
pub(super) struct LeadId {
    pub column: usize,
    pub because: String,
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
        n_without: n_without(export, column),
        is_estimate: !export.column(column).sketch.is_whole(),
    };
    if let Some(column) = by_role(ColumnRole::Id) {
        return said(column, "from its header; each row has a different value");
    }
    let called_so =
        unique_column(export).filter(|at| is_id_like(&export.column(*at).name) && export.meanings[*at].is_none());
    if let Some(column) = called_so {
        return said(column, "its header says id; each row has a different value");
    }
    if let Some(column) = by_role(ColumnRole::Email) {
        return said(column, "no column is an id, but each row has a different address");
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

/// The leads as they stand in a rulebook; the fields come later.
pub(super) fn drafted(export: &Export, id: &LeadId) -> LeadsDraft {
    LeadsDraft {
        file: export.file(),
        id: export.column(id.column).name.clone(),
        id_because: id.because.clone(),
        n_without_id: id.n_without,
        is_estimate: id.is_estimate,
        n_rows: export.profile.rows.n_usable,
        ..LeadsDraft::default()
    }
}
