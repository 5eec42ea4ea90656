//! Lints of the family "evidence": what the rulebook says, held against the files it is for.

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[];
