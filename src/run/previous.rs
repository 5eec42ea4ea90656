//! The result of an earlier run, as far as the next one looks at it: each lead's total and stage.

use super::columns::Header;
use super::error::RunError;
use super::rows::Reader;
use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::{Column, FileSettings, Rulebook};
use crate::score::identity::{Identity, identity};
use crate::value::Number;
use foldhash::HashMap;
use std::path::{Path, PathBuf};

/// What an earlier run said of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousResult {
    /// Its total.
    pub total: Points,
    /// Its stage, by name; possibly one that the rulebook no longer has, or `Disqualified`.
    pub stage: String,
    /// The stage's index in the present rulebook, if it has it.
    pub stage_index: Option<usize>,
}

/// The results of an earlier run, by lead.
#[derive(Debug, Default)]
pub(super) struct Previous {
    by_id: HashMap<Identity, PreviousResult>,
}

impl Previous {
    pub(super) fn of(&self, id: Identity) -> Option<&PreviousResult> {
        self.by_id.get(&id)
    }

    /// Reads `scored.csv` of a folder.
    pub(super) fn read(folder: &Path, rulebook: &Rulebook, reader: &Reader<'_>) -> Result<Self, RunError> {
        let path = folder.join("scored.csv");
        let settings =
            FileSettings { encoding: Some(encoding_rs::UTF_8), delimiter: Some(b','), ..FileSettings::default() };
        let opened = reader.open("previous run", &path, &settings, |path, names| {
            let mut header = Header::new(path, names);
            let mut column =
                |name: &str| header.required(&Column { headers: vec![name.to_owned()], span: Span::default() });
            let columns = [column("lead_id"), column("total"), column("stage")];
            header.finish()?;
            Ok(columns)
        })?;
        let mut previous = Self::default();
        let mut bad: Option<u64> = None;
        reader.read(
            opened,
            |columns, block| {
                let mut rows = Vec::new();
                while let Some(record) = block.next_record() {
                    let [id, total, stage] = columns.map(|column| record.cell(column).into_owned());
                    rows.push((id, points(&total), stage, record.line()));
                }
                rows
            },
            |place, rows| {
                for (id, total, stage, line) in rows {
                    let Some(total) = total else {
                        bad = bad.or(Some(place.first_line + line));
                        continue;
                    };
                    let stage_index = rulebook.stage_named(&stage);
                    let id = identity(&id, rulebook.ids, false);
                    previous.by_id.insert(id, PreviousResult { total, stage, stage_index });
                }
            },
        )?;
        match bad {
            None => Ok(previous),
            Some(line) => Err(unreadable(path, line)),
        }
    }
}

fn unreadable(path: PathBuf, line: u64) -> RunError {
    let message = format!("line {line}: the total can't be read; this is no scored.csv of leadscore");
    RunError::Previous { path, message }
}

/// A total as `scored.csv` prints it.
fn points(text: &str) -> Option<Points> {
    let micros = Number::parse_literal(text).ok()?.micros();
    (micros % 10_000 == 0).then(|| Points::from_hundredths(micros / 10_000))
}
