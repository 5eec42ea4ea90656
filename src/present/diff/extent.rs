//! How much of a change a document has: all of it, what a page can show, or what fits into a comment of a code host.

use super::diff;
use crate::diff::report::DiffReport;
use crate::present::markdown;

/// How many characters the Markdown form has at most; comments of code hosts take a little more.
pub const MOST_CHARACTERS: usize = 60_000;

/// How much of a change is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Whether the leads nearest to each line are.
    pub(super) lines: bool,
    /// Whether all keys of an edit are, or only the first.
    pub(super) all_keys: bool,
    /// How many edits are: those that change most.
    pub(super) n_edits: usize,
}

impl Extent {
    /// Everything.
    pub const ALL: Self = Self { lines: true, all_keys: true, n_edits: usize::MAX };
    /// What a page of HTML can show.
    pub const PAGE: Self = Self { n_edits: 90, ..Self::ALL };
    /// One thing after the other is left out until the rest fits.
    const SHORTER: [Self; 6] = [
        Self::ALL,
        Self { lines: false, ..Self::ALL },
        Self { lines: false, all_keys: false, n_edits: usize::MAX },
        Self { lines: false, all_keys: false, n_edits: 150 },
        Self { lines: false, all_keys: false, n_edits: 30 },
        Self { lines: false, all_keys: false, n_edits: 0 },
    ];

    /// What is left out of a report, if anything is.
    pub(super) fn left_out(self, report: &DiffReport) -> Option<String> {
        if self.n_edits == 0 {
            return Some("everything but the leads by stage".to_owned());
        }
        let lines = (!self.lines && report.has_moves()).then(|| "the leads nearest to each line".to_owned());
        let has_more = report.edits.iter().any(|edit| edit.details.len() > 1);
        let keys = (!self.all_keys && has_more).then(|| "all keys of an edit but the first".to_owned());
        let has_more = report.edits.len() > self.n_edits;
        let edits = has_more.then(|| format!("all edits but the {} that change most", self.n_edits));
        let left_out: Vec<String> = lines.into_iter().chain(keys).chain(edits).collect();
        (!left_out.is_empty()).then(|| left_out.join(", "))
    }
}

/// A change as Markdown for a pull request, with as much of it as fits into [`MOST_CHARACTERS`].
#[must_use]
pub fn diff_markdown(report: &DiffReport) -> String {
    let mut page = String::new();
    for extent in Extent::SHORTER {
        page = markdown(&diff(report, extent));
        if page.chars().count() <= MOST_CHARACTERS {
            return page;
        }
    }
    page.chars().take(MOST_CHARACTERS).collect()
}
