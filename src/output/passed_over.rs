//! What of a file was not read as rows of its table, for machines.

use crate::input::{Assumed, Passed};
use serde::Serialize;

/// The rows above the header and below the data; null where there are none.
#[derive(Serialize)]
pub(super) struct PassedOver<'p> {
    above: Option<&'p Passed>,
    below: Option<&'p Passed>,
}

impl<'p> PassedOver<'p> {
    /// What was passed over of a file.
    pub(super) fn of(assumed: &'p Assumed) -> Self {
        let any = |passed: &'p Passed| Some(passed).filter(|passed| passed.n_rows > 0);
        Self { above: any(&assumed.above), below: any(&assumed.below) }
    }
}
