//! Lints of the family "names": what is declared and never used.

mod unused_field;

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[unused_field::LINT];
