//! A column that a file lacks, or has twice.
//!
//! ## Why
//! A run fails if a file lacks a column that the rulebook reads, and at night nobody is there to see it. `check` shows
//! all such columns at once, each with the most similar header in the file. It can't check anything else against the
//! files until you have corrected these.
//!
//! ## Example
//! ```yaml
//! fields: { company: Company }        # but the export has "Company Name"
//! ```
//!
//! ## What to do
//! Write the header as the file has it. If the header changes, list both: `column: [Company, Company Name]`. If the
//! file may lack the column, write `optional: true`.

use super::super::{CheckSubject, Findings, Lint};
use crate::diagnostic::Span;
use crate::rulebook::{Column, Origin, Rulebook, TypeFrom};
use crate::run::{ColumnProblem, FileOf, HeaderProblem};

pub(super) const LINT: Lint = Lint::error("LS601", "lacking-column", include_str!("lacking_column.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for HeaderProblem { file_of, path, problem } in subject.observed.into_iter().flat_map(|observed| &observed.headers)
    {
        let path =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        match problem {
            ColumnProblem::Lacking { wanted, nearest } => {
                let span = place(subject.rulebook, *file_of, |headers| headers == wanted);
                let message = format!("{path} has no column `{}`", wanted.join("` or `"));
                let help = match nearest {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        "write the header as the file has it, or write `optional: true` beside the column".to_owned()
                    }
                };
                findings.add(span, message).help(help);
            }
            ColumnProblem::Repeated { header } => {
                let span = place(subject.rulebook, *file_of, |headers| headers.contains(header));
                let message = format!("{path} has the column `{header}` more than once");
                findings.add(span, message).help("rename all but one of them in the file");
            }
        }
    }
}

/// Where the rulebook names such a column of that file.
fn place(rulebook: &Rulebook, file_of: FileOf, is_it: impl Fn(&Vec<String>) -> bool) -> Span {
    let columns = columns(rulebook, file_of);
    columns.into_iter().find(|column| is_it(&column.headers)).map_or_else(Span::default, |column| column.span)
}

/// The columns that the rulebook names of a file.
fn columns(rulebook: &Rulebook, file_of: FileOf) -> Vec<&Column> {
    let of = |origin| {
        let own = rulebook.fields.iter().filter(move |field| field.origin == origin);
        own.filter_map(|field| field.spec()).map(|spec| &spec.column)
    };
    match file_of {
        FileOf::Leads => std::iter::once(&rulebook.leads.id).chain(of(Origin::Leads)).collect(),
        FileOf::Table(table) => std::iter::once(&rulebook.tables[table].key).chain(of(Origin::Table(table))).collect(),
        FileOf::Source(source) => {
            let source = &rulebook.sources[source];
            let occasions = match &source.type_from {
                TypeFrom::Column { column, time } => vec![column, &time.column],
                TypeFrom::Always { time, .. } => vec![&time.column],
                TypeFrom::Columns(kinds) => kinds.iter().map(|kind| &kind.time.column).collect(),
            };
            let leads = source.lead.iter().map(|key| &key.column);
            let fields = source.fields.iter().filter_map(|(_, from)| from.spec()).map(|spec| &spec.column);
            leads.chain(occasions).chain(&source.id).chain(fields).collect()
        }
    }
}
