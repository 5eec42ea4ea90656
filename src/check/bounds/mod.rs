//! Static bounds: for every criterion, group, dimension and the total an interval that holds what any lead can get.
//!
//! Found without a lead. What one field or one measure says is taken together: of conditions that exclude each other only one
//! counts, so the bound of a sum is not the sum of the bounds. Where that would take too long, or where two fields hang
//! together in ways that only the world knows, the interval is wider than need be; it is never too narrow.

mod cells;
mod judge;
mod model;
mod occurrences;
mod outcomes;
mod pool;
mod range;

pub use judge::Bounds;
pub(super) use judge::shortfall;
pub use model::Model;
pub(super) use occurrences::{most_events, range as occurrences_range};
pub use outcomes::Outcomes;
pub use range::{Range, SubRange};
