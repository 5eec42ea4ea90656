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
use crate::input::shown_header;
use crate::rulebook::{Header, Rulebook, joined, ordinal};
use crate::run::{ColumnProblem, FileOf, HeaderProblem, columns_of, which_one};

pub(super) const LINT: Lint = Lint::error("LS601", "lacking-column", include_str!("lacking_column.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for HeaderProblem { file_of, path, problem } in subject.observed.into_iter().flat_map(|observed| &observed.headers)
    {
        let path =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        match problem {
            ColumnProblem::Lacking { wanted, nearest } => {
                let span = place(subject.rulebook, *file_of, |headers| headers == wanted);
                let message = format!("{path} has no column `{}`", joined(wanted, "` or `"));
                let help = match nearest {
                    Some(near) => format!("did you mean `{}`?", shown_header(near)),
                    None => {
                        "write the header as the file has it, or write `optional: true` beside the column".to_owned()
                    }
                };
                findings.add(span, message).help(help);
            }
            ColumnProblem::TooFew { wanted, n_there } => {
                let span = place(subject.rulebook, *file_of, |headers| headers.contains(wanted));
                let (nth, name) = (ordinal(wanted.nth.unwrap_or(1)), &wanted.name);
                findings
                    .add(span, format!("{path} has no {nth} column `{name}`: it has {n_there}"))
                    .help("correct `nth`, or write `optional: true` beside the column");
            }
            ColumnProblem::Repeated { header } => {
                let is_it = |known: &Header| known.name == *header && known.nth.is_none();
                let span = place(subject.rulebook, *file_of, |headers| headers.iter().any(is_it));
                let message = format!("{path} has the column `{}` more than once", shown_header(header));
                findings.add(span, message).help(which_one(header));
            }
        }
    }
}

/// Where the rulebook names such a column of that file.
fn place(rulebook: &Rulebook, file_of: FileOf, is_it: impl Fn(&Vec<Header>) -> bool) -> Span {
    columns_of(rulebook, file_of)
        .into_iter()
        .find(|column| is_it(&column.headers))
        .map_or_else(Span::default, |column| column.span)
}
