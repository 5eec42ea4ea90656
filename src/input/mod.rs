//! Bytes → records: opens a file, recognises what it is, and hands out its rows, in parallel and in order.
//!
//! Knows nothing of leads, events or rulebooks: columns are mapped and cells typed by whoever reads the records.

mod alphabets;
mod below;
mod block;
#[cfg(test)]
mod by_bytes;
mod charset;
mod classes;
mod delimiter;
mod dialect;
mod doubt;
mod encoding;
#[cfg(test)]
mod encodings;
mod error;
mod excerpt;
mod footer;
mod index;
mod layout;
mod lines;
mod open;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests make files")]
mod properties;
mod read;
mod record;
mod records;
mod scan;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests make files")]
mod scenarios;
mod sniff;
mod source;
mod split;
#[cfg(test)]
mod sums;
mod tidy;

pub(crate) use below::{Passed, shown_header};
pub use block::CsvBlock;
pub use delimiter::Delimiter;
pub(crate) use doubt::{DoubtCause, EncodingDoubt};
pub(crate) use encoding::Provenance;
pub use error::InputError;
pub use excerpt::copy_lines;
pub(crate) use footer::speaks_of_id;
pub use layout::LayoutDoubt;
pub(crate) use lines::count_line_ends;
pub(crate) use open::Assumed;
pub use open::{CsvFile, Reading};
pub(crate) use read::BlockPlace;
pub(crate) use record::{Record, RecordCells, WrittenCell};
pub(crate) use source::Compression;
