//! Lints of the family "arithmetic": what the numbers can come to, by bounds that hold for every lead.

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[];
