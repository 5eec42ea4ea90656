//! The criterion kinds: each is sugar that lowers to a [`Worth`]. One kind a file; a new kind is a file and a line in [`KINDS`].

mod condition;
mod occurrences;
mod tiers;
mod values;

use super::expr::Worth;
use super::parse::{Decoder, Keys, Scope};

/// A criterion kind.
pub(super) struct Kind {
    /// The key that makes a criterion one of this kind, if no kind before it in the list claims it.
    pub key: &'static str,
    /// Reads the kind's own keys and lowers them.
    pub lower: fn(&mut Decoder<'_>, &mut Keys<'_>, &Scope) -> Option<Worth>,
}

/// All kinds. `event` stands last, because tiers may be over an event measure.
pub(super) const KINDS: [Kind; 4] = [condition::KIND, tiers::KIND, values::KIND, occurrences::KIND];
