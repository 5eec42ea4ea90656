//! What a block notes of its cells before its place in the file is known: those that can't be read, and currencies.

use super::amounts::{AmountField, MarksByField};
use super::counts::{CellIssues, FileRole, IssueExample, IssuesByField, MAX_EXAMPLES};
use crate::value::{CurrencyMark, Type};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Cell issues of one block, before the block's place in the file is known.
#[derive(Debug, Default)]
pub(super) struct BlockIssues {
    by_field: BTreeMap<usize, FieldIssues>,
    /// The signs and codes of currencies by field: no issue in themselves.
    marks: BTreeMap<usize, BTreeSet<CurrencyMark>>,
}

/// How many, and the first: line within the block, column number, text.
#[derive(Debug, Default)]
struct FieldIssues {
    n_cells: u64,
    examples: Vec<(u64, usize, String)>,
}

impl BlockIssues {
    pub(super) fn note(&mut self, field: usize, line: u64, column: usize, text: &str) {
        let issues = self.by_field.entry(field).or_default();
        issues.n_cells += 1;
        if issues.examples.len() < MAX_EXAMPLES {
            issues.examples.push((line, column, text.to_owned()));
        }
    }

    /// Notes the sign or code beside a number.
    pub(super) fn note_mark(&mut self, field: usize, mark: CurrencyMark) {
        self.marks.entry(field).or_default().insert(mark);
    }

    /// Adds the signs and codes to the whole. `field` says which field a number stands for.
    pub(super) fn settle_marks(&mut self, all: &mut MarksByField, field: fn(usize) -> AmountField) {
        for (number, marks) in std::mem::take(&mut self.marks) {
            all.entry(field(number)).or_default().extend(marks);
        }
    }

    /// Adds these to the whole. `field` says what a field number stands for: its name and type.
    pub(super) fn settle(
        self,
        all: &mut IssuesByField,
        role: &FileRole,
        file: &Path,
        (first_line, header): (u64, &[String]),
        field: impl Fn(usize) -> (String, Type),
    ) {
        for (number, FieldIssues { n_cells, examples }) in self.by_field {
            let (name, kind) = field(number);
            let none = CellIssues { kind, n_cells: 0, examples: Vec::new() };
            let issues = all.entry((role.clone(), name)).or_insert(none);
            issues.n_cells += n_cells;
            for (line, column, text) in examples {
                if issues.examples.len() < MAX_EXAMPLES {
                    let column = header.get(column).cloned().unwrap_or_default();
                    issues.examples.push(IssueExample { file: file.to_owned(), line: first_line + line, column, text });
                }
            }
        }
    }
}
