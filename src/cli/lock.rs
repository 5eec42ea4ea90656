//! One run at a time in an output folder: an advisory lock on a file beside it, which survives that the folder is exchanged.
//!
//! The system lets go of the lock when a run ends, however it ends; the file stays and means nothing by itself.

use super::exit::{CommandFailure, Exit};
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
    pub(super) fn take(path: &Path, folder: &Path, wait: Duration) -> Result<Self, CommandFailure> {
        let until = Instant::now() + wait;
        Self::take_after(path, folder, || {
            let goes_on = Instant::now() < until;
            if goes_on {
                std::thread::sleep(BETWEEN_TRIES);
            }
            goes_on
        })
    }

    /// Takes the lock, trying again for as long as `pause` returns true.
    fn take_after(path: &Path, folder: &Path, mut pause: impl FnMut() -> bool) -> Result<Self, CommandFailure> {
        let unlockable = |error: &std::io::Error| {
            CommandFailure::message(
                Exit::Output,
                format!("can't write to {}: can't lock {}: {error}", folder.display(), path.display()),
            )
        };
        let open = File::options().create(true).truncate(false).read(true).write(true).open(path);
        let mut file = open.map_err(|error| unlockable(&error))?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if pause() => {}
                Err(TryLockError::WouldBlock) => return Err(busy(&mut file, folder)),
                Err(TryLockError::Error(error)) => return Err(unlockable(&error)),
            }
        }
        // Only for whoever finds it locked: a lock without a name is as good.
        drop(file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())));
        Ok(Self { _file: file })
    }
}

fn busy(file: &mut File, folder: &Path) -> CommandFailure {
    let mut holder = String::new();
    drop(file.take(20).read_to_string(&mut holder));
    let holder = if holder.is_empty() { String::new() } else { format!(" (process {holder})") };
    CommandFailure::message(
        Exit::Busy,
        format!(
            "another run{holder} is writing to {}; wait until it ends, or pass --lock-wait 10min",
            folder.display()
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held() -> (tempfile::TempDir, std::path::PathBuf, Lock) {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("lock");
        let lock = Lock::take(&path, folder.path(), Duration::ZERO).expect("it is free");
        (folder, path, lock)
    }

    #[test]
    fn a_lock_that_comes_free_while_waiting_is_taken() {
        let (folder, path, lock) = held();
        let (mut held, mut n_pauses) = (Some(lock), 0);
        let taken = Lock::take_after(&path, folder.path(), || {
            n_pauses += 1;
            if n_pauses == 3 {
                held = None;
            }
            true
        });
        assert!(taken.is_ok());
        assert_eq!(n_pauses, 3, "it is taken as soon as it is free, and not before");
    }

    #[test]
    fn when_the_time_is_up_the_holder_is_named() {
        let (folder, path, _lock) = held();
        let mut n_pauses = 0;
        let refused = Lock::take_after(&path, folder.path(), || {
            n_pauses += 1;
            n_pauses < 3
        });
        let refused = refused.expect_err("it is still held");
        assert_eq!((refused.exit(), n_pauses), (Exit::Busy, 3));
        assert!(refused.reason().contains(&format!("(process {})", std::process::id())), "{}", refused.reason());
    }
}
