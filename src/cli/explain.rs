//! `explain`: one lead's card, whole.

use super::args::{ExplainArgs, Terminal};
use super::exit::{Exit, Failure};

/// Runs the command.
pub(super) fn run(_args: &ExplainArgs, _terminal: &Terminal) -> Result<Exit, Failure> {
    Ok(Exit::Done)
}
