//! By when the leads of an earlier run's `handoff.csv` are due. A folder without that file, or a file of before there was the
//! column, says nothing of it; a time that can't be read is an error, as a total is.

use super::{Previous, is_guarded, our_csv, unguarded};
use crate::diagnostic::Span;
use crate::rulebook::{Column, Rulebook};
use crate::run::columns::HeaderSearch;
use crate::run::counts::FileRole;
use crate::run::error::RunError;
use crate::run::rows::Reader;
use crate::score::identity::identity;
use crate::value::{Instant, parse_date_literal};
use std::path::Path;

/// A row of the list, by its line in its block.
struct DueRow {
    line: u64,
    id: String,
    /// By when the lead is due, as it is written; empty if it isn't.
    text: String,
    due: Option<Instant>,
}

impl Previous {
    /// Reads `handoff.csv` of a folder, if it is there.
    pub(in crate::run) fn read_due(
        &mut self,
        folder: &Path,
        rulebook: &Rulebook,
        reader: &Reader<'_>,
    ) -> Result<(), RunError> {
        let path = folder.join("handoff.csv");
        if !path.exists() {
            return Ok(());
        }
        let opened = reader.open(&FileRole::Previous, &path, &our_csv(), columns)?;
        if opened.columns.1.is_none() {
            return Ok(());
        }
        let is_guarded = is_guarded(&opened);
        let mut bad = None;
        let assumed = reader.read(
            opened,
            |(id, due), block| {
                let mut rows = Vec::new();
                while let Some(record) = block.next_record() {
                    let text = due.map_or_else(String::new, |due| record.cell(due).into_owned());
                    let id = unguarded(record.cell(*id).into_owned(), is_guarded);
                    let due = parse_date_literal(&text, &rulebook.zone).ok().map(|span| span.start);
                    rows.push(DueRow { line: record.line(), id, text, due });
                }
                rows
            },
            |place, rows| {
                for row in rows {
                    if row.due.is_none() && !row.text.is_empty() {
                        bad = bad.take().or(Some((place.first_line + row.line, row.text)));
                    } else if let Some(known) = self.by_id.get_mut(&identity(&row.id, rulebook.ids, false)) {
                        known.due = row.due;
                    }
                }
            },
        )?;
        if let Some((line, text)) = bad {
            let message = format!("line {line}: `due` can't be read: `{text}`; this is not a handoff.csv of leadscore");
            return Err(RunError::Previous { path, message });
        }
        self.run.handoff = assumed.sum.map(|sum| (path, sum));
        Ok(())
    }
}

/// Where the list has the lead, and when it is due, if it says so.
fn columns(path: &Path, names: &[String]) -> Result<(usize, Option<usize>), RunError> {
    let mut header = HeaderSearch::new(path, names);
    let id = header.required(&Column::named("lead_id", Span::default()));
    header.finish()?;
    Ok((id, names.iter().position(|name| name == "due")))
}
