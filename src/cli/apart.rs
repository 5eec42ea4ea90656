//! What an option writes is never what a command reads, nor anything that leadscore didn't write.

use super::exit::{CommandFailure, Exit};
use super::place::is_same;
use leadscore::is_metrics;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Refuses a file to write that is one of those read.
pub(super) fn check_not_read(option: &str, path: &Path, read: &[PathBuf]) -> Result<(), CommandFailure> {
    if read.iter().any(|read| is_same(read, path)) {
        let path = path.display();
        return Err(CommandFailure::message(
            Exit::Usage,
            format!("{option} {path} would replace a file that this command reads; name another file"),
        ));
    }
    Ok(())
}

/// Refuses a file to write that is there and has anything in it: somebody may have written it by hand.
pub(super) fn check_vacant(option: &str, path: &Path) -> Result<(), CommandFailure> {
    if path.metadata().is_ok_and(|found| found.is_file() && found.len() > 0) {
        let path = path.display();
        return Err(CommandFailure::message(
            Exit::Usage,
            format!("{option} {path} already exists and would be replaced; name a new file"),
        ));
    }
    Ok(())
}

/// Refuses a file for metrics that holds anything but metrics of an earlier run. Asked before anything is read, because a run
/// that fails early writes metrics, too.
pub(super) fn check_metrics(path: &Path) -> Result<(), CommandFailure> {
    if !path.metadata().is_ok_and(|found| found.is_file() && found.len() > 0) {
        return Ok(());
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(256).read_to_end(&mut start));
    if read.is_ok() && !is_metrics(&start) {
        let path = path.display();
        return Err(CommandFailure::message(
            Exit::Usage,
            format!("--metrics-file {path} has other content than leadscore's metrics; name another file"),
        ));
    }
    Ok(())
}
