//! A file has more than one column of a list.
//!
//! ## Why
//! A list of columns means: the first that the file has. If the file has several of them, only the first is read, and
//! the values of the others are lost. Often the values are spread over both columns, because the export was changed.
//!
//! ## Example
//! ```yaml
//! phone: { column: [Phone, Mobile Phone] }        # the export has both
//! ```
//!
//! ## What to do
//! Keep the column that you mean. To use both, make them two fields. If the first one is right, allow this finding with a
//! reason.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::warning("LS614", "several-columns", include_str!("several_columns.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for several in subject.observed.into_iter().flat_map(|observed| &observed.several_columns) {
        let path = several.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let Some((first, others)) = several.there.split_first() else { continue };
        let others: Vec<String> = others.iter().map(|header| format!("`{header}`")).collect();
        findings
            .add(several.span, format!("{path} has more than one of these columns: only `{first}` is read"))
            .label(format!("also there: {}", others.join(", ")))
            .help("keep the column that you mean, or make them two fields");
    }
}
