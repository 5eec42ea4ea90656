//! The criterion kinds: each is sugar that lowers to a [`Worth`]. One kind a file, with its keys; a new kind is a file and a
//! line in [`KINDS`].

mod condition;
mod occurrences;
mod tiers;
mod values;

use super::expr::Worth;
use super::keys::Shape;
use super::parse::{Decoder, Keys, Scope};

/// A criterion kind.
pub(super) struct Kind {
    /// The shapes that a criterion of this kind has.
    pub shapes: &'static [Shape],
    /// Reads the kind's own keys and lowers them.
    pub lower: fn(&mut Decoder<'_>, &mut Keys<'_>, &Scope) -> Option<Worth>,
}

/// All kinds.
pub(super) const KINDS: [Kind; 4] = [condition::KIND, tiers::KIND, values::KIND, occurrences::KIND];

/// The shapes of all kinds.
pub(super) const fn shapes<const N: usize>(kinds: &[Kind; N]) -> [&'static [Shape]; N] {
    let mut shapes: [&[Shape]; N] = [&[]; N];
    let mut at = 0;
    while at < N {
        shapes[at] = kinds[at].shapes;
        at += 1;
    }
    shapes
}
