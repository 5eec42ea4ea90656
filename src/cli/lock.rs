//! One run at a time in an output folder: an advisory lock on a file beside it, which survives that the folder is exchanged.
//!
//! The system lets go of the lock when a run ends, however it ends; the file stays and means nothing by itself.

use super::exit::{Exit, Failure};
use std::fs::{File, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long to sleep between two tries.
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, trying again for as long as `wait` says. Whoever holds it is named by the number of its process.
    pub(super) fn take(path: &Path, folder: &Path, wait: Duration) -> Result<Self, Failure> {
        let unlockable = |error: &std::io::Error| {
            Failure::message(
                Exit::Output,
                format!("can't write to {}: no lock can be held at {}: {error}", folder.display(), path.display()),
            )
        };
        let open = File::options().create(true).truncate(false).read(true).write(true).open(path);
        let mut file = open.map_err(|error| unlockable(&error))?;
        let until = Instant::now() + wait;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(BETWEEN_TRIES),
                Err(TryLockError::WouldBlock) => return Err(busy(&mut file, folder)),
                Err(TryLockError::Error(error)) => return Err(unlockable(&error)),
            }
        }
        // Only for whoever finds it locked: a lock without a name is as good.
        drop(file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())));
        Ok(Self { _file: file })
    }
}

fn busy(file: &mut File, folder: &Path) -> Failure {
    let mut holder = String::new();
    drop(file.take(20).read_to_string(&mut holder));
    let holder = if holder.is_empty() { String::new() } else { format!(" (process {holder})") };
    Failure::message(
        Exit::Busy,
        format!(
            "another run{holder} is writing {}; wait for it, or let this one with --lock-wait 10min",
            folder.display()
        ),
    )
}
