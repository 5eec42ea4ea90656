//! How many lines below the data of a file are passed over: a number, or as many as are recognised.

/// Which physical lines after the data are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipLast {
    /// So many, whatever stands in them.
    Lines(usize),
    /// Those that are recognised as no rows of the table: sums, notes about the report.
    Auto,
}

impl Default for SkipLast {
    fn default() -> Self {
        Self::Lines(0)
    }
}
