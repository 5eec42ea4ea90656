//! Numbers in words of people, for whoever writes them beside files.

pub use crate::present::words::{average, grouped, share};
