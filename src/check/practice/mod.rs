//! Lints of the family "practice": what experience with lead scoring advises.

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[];
