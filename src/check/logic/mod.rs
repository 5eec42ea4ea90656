//! Lints of the family "logic": conditions, tiers and stages that hide or contradict each other.

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[];
