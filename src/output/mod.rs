//! Results → bytes. Owns the serialised shapes, one format a file; computes nothing that a card does not say.

pub mod diagnostics;
mod number;
mod rejects;
mod scored;
mod summary;
mod table;

pub use number::{average, grouped, points_grouped, share};
pub use rejects::write_rejects;
pub use scored::{ScoredCsv, scored_header};
pub use summary::{assumptions, summary};
pub use table::Table;
