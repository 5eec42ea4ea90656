//! Where a run's output folder stands: what is in it already, and how a new one takes its place in one step.
//!
//! The new folder is written beside the old one, synced, and exchanged with it. Where the system can't exchange two folders,
//! the old one is set aside first and the next run puts it back should this one end in between. All of it under the [`Lock`].

use super::exit::{CommandFailure, Exit};
use super::lock::Lock;
use super::staged::Staged;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The place of an output folder.
#[derive(Clone, Debug)]
pub(super) struct OutFolder {
    /// The folder, links followed; it may not be there yet.
    pub folder: PathBuf,
    /// As it was named.
    pub named: PathBuf,
    parent: PathBuf,
    name: String,
}

impl OutFolder {
    /// The place that an option names. Makes the folder in which it lies, not the folder itself.
    pub(super) fn new(named: &Path) -> Result<Self, CommandFailure> {
        let cannot = |error: io::Error| cannot_write(named, &error);
        let folder = match named.symlink_metadata() {
            Ok(_) => {
                let folder = named.canonicalize().map_err(|error| leads_nowhere(named, &error))?;
                if !folder.is_dir() {
                    return Err(cannot(io::ErrorKind::NotADirectory.into()));
                }
                folder
            }
            Err(_) => named.to_owned(),
        };
        let Some(name) = folder.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            return Err(CommandFailure::message(
                Exit::Output,
                format!("can't write to {}: name a separate folder, such as out", named.display()),
            ));
        };
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(cannot)?;
        Ok(Self { folder, named: named.to_owned(), parent, name })
    }

    /// Whether a path lies below the folder, which is replaced as a whole.
    pub(super) fn holds(&self, path: &Path) -> bool {
        real(path).ancestors().skip(1).any(|above| above == real(&self.folder))
    }

    /// A hidden name beside the folder.
    fn beside(&self, what: &str) -> PathBuf {
        self.parent.join(format!(".{}.leadscore-{what}", self.name))
    }

    /// Takes the lock.
    pub(super) fn lock(&self, wait: Duration) -> Result<Lock, CommandFailure> {
        Lock::take(&self.beside("lock"), &self.named, wait)
    }

    /// Makes the folder to write to. What a killed run left is put in order first: who holds the lock knows that it is dead.
    pub(super) fn stage(&self, _lock: &Lock) -> Result<Staged, CommandFailure> {
        let cannot = |error: io::Error| cannot_write(&self.named, &error);
        let aside = self.beside("old");
        if aside.exists() && !self.folder.exists() {
            fs::rename(&aside, &self.folder).map_err(cannot)?;
        }
        for left in [aside, self.beside("new")] {
            remove(&left).map_err(|error| self.cannot_clean(&left, &error))?;
        }
        drop(fs::remove_file(self.beside("file")));
        self.check_exchangeable()?;
        Staged::make(self.beside("new"), &self.folder).map_err(cannot)
    }

    fn cannot_clean(&self, left: &Path, error: &io::Error) -> CommandFailure {
        let (out, left) = (self.named.display(), left.display());
        let why = format!("can't write to {out}: {left}, left by an earlier run, can't be removed: {error}");
        CommandFailure::message(Exit::Output, why)
    }

    /// Refuses a folder with anything in it that is not among `ours`: names relative to it, `rejects/leads.csv`. `list` is the file
    /// in it that says what is ours.
    pub(super) fn check_ours(&self, ours: &BTreeSet<String>, list: &str) -> Result<(), CommandFailure> {
        if !self.folder.exists() {
            return Ok(());
        }
        let found = strangers(&self.folder, ours).map_err(|error| cannot_write(&self.named, &error))?;
        let Some((first, others)) = found.split_first() else { return Ok(()) };
        let others = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        let folder = self.named.display();
        let is_said = self.folder.join(list).exists();
        let missing = if is_said { String::new() } else { format!(" (or its {list} is gone)") };
        Err(CommandFailure::message(
            Exit::Output,
            format!(
                "{folder} holds {first}{others}, which leadscore didn't write{missing}, but the run replaces the whole folder; move it away, or name another folder with --out"
            ),
        ))
    }

    /// A folder that a disk is mounted at can't be moved; better said before hours of work than after.
    #[cfg(unix)]
    fn check_exchangeable(&self) -> Result<(), CommandFailure> {
        use std::os::unix::fs::MetadataExt as _;
        let device = |path: &Path| path.metadata().map(|found| found.dev());
        match (device(&self.folder), device(&self.parent)) {
            (Ok(folder), Ok(parent)) if folder != parent => Err(CommandFailure::message(
                Exit::Output,
                format!(
                    "can't write to {0}: a disk is mounted there, so leadscore can't replace the folder in one step; name a folder inside it, such as {0}/out",
                    self.named.display()
                ),
            )),
            _ => Ok(()),
        }
    }

    #[cfg(not(unix))]
    fn check_exchangeable(&self) -> Result<(), CommandFailure> {
        Ok(())
    }

    /// Removes the folder being written, from beside a thread that may still be writing to it.
    pub(super) fn remove_staged(&self) {
        const TRIES: usize = 20;
        // A file that is made while others are removed keeps the folder from going.
        let _ = (0..TRIES).find(|_| remove(&self.beside("new")).is_ok());
    }

    /// Puts the staged folder, complete and synced, in its place, and removes what stood there.
    pub(super) fn put(&self, staged: Staged) -> Result<(), CommandFailure> {
        let cannot = |error: io::Error| cannot_write(&self.named, &error);
        let new = staged.into_folder();
        let old = match exchange(&new, &self.folder) {
            Ok(()) => new,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::rename(&new, &self.folder).map_err(cannot)?;
                new
            }
            Err(error) if is_unsupported(&error) => self.put_aside(&new).map_err(cannot)?,
            Err(error) => return Err(cannot(error)),
        };
        sync_folder(&self.parent).map_err(cannot)?;
        // The results are in place; what is left of the old ones can't spoil them, and the next run tries again.
        drop(remove(&old));
        Ok(())
    }

    /// Puts one small file into the folder as it stands, in one step.
    pub(super) fn drop_in(&self, name: &str, text: &str) -> io::Result<()> {
        write_by(&self.beside("file"), &self.folder.join(name), text)
    }

    /// In two steps. Between them the folder is missing; [`OutFolder::stage`] puts the old one back.
    fn put_aside(&self, new: &Path) -> io::Result<PathBuf> {
        let aside = self.beside("old");
        fs::rename(&self.folder, &aside)?;
        if let Err(error) = fs::rename(new, &self.folder) {
            fs::rename(&aside, &self.folder)?;
            return Err(error);
        }
        Ok(aside)
    }
}

/// Writes a small file that takes its name only when it is complete. A device, a pipe or a link, which `/dev/stdout` is, is written to
/// and never replaced.
pub(super) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return fs::write(path, text);
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    write_by(&path.with_file_name(format!(".{name}.leadscore-new")), path, text)
}

/// Writes a small file in one step, by way of a `draft` on the same disk.
fn write_by(draft: &Path, path: &Path, text: &str) -> io::Result<()> {
    let write = || {
        fs::write(draft, text)?;
        fs::File::open(draft)?.sync_all()?;
        fs::rename(draft, path)
    };
    write().inspect_err(|_| drop(fs::remove_file(draft)))
}

/// What lies below a folder and is not among `ours`, by name relative to it, in order.
pub(super) fn strangers(folder: &Path, ours: &BTreeSet<String>) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    list(folder, "", &mut found)?;
    found.retain(|name| !ours.contains(name));
    found.sort();
    Ok(found)
}

/// The files below a folder, by name relative to it.
fn list(folder: &Path, prefix: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            let before = found.len();
            list(&entry.path(), &format!("{name}/"), found)?;
            if found.len() == before && name != "rejects" {
                found.push(format!("{name}/"));
            }
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Removes a folder and all in it, if it is there.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, other: &Path) -> io::Result<()> {
    Err(if other.exists() { io::ErrorKind::Unsupported.into() } else { io::ErrorKind::NotFound.into() })
}

/// Whether the system, or the file system, knows no exchange.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Makes sure that the names in a folder survive a lost power supply.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Whether two paths name one place, which need not be there.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    real(one) == real(other)
}

/// A path from the root, with links followed as far as it is there.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut there = whole.ancestors().filter_map(|part| Some((part, part.canonicalize().ok()?)));
    let found = there.next().map(|(part, found)| whole.strip_prefix(part).map(|rest| found.join(rest)));
    // A rest without parts would leave a slash at the end, which counts for nothing.
    found.and_then(Result::ok).unwrap_or(whole).components().collect()
}

/// Why a name that is there can't be followed.
fn leads_nowhere(out: &Path, error: &io::Error) -> CommandFailure {
    if error.kind() != io::ErrorKind::NotFound {
        return cannot_write(out, error);
    }
    let (out, to) = (out.display(), fs::read_link(out).unwrap_or_default());
    CommandFailure::message(
        Exit::Output,
        format!("can't write to {out}: it is a link to {}, which doesn't exist", to.display()),
    )
}

/// Why nothing can be written.
pub(super) fn cannot_write(out: &Path, error: &io::Error) -> CommandFailure {
    let why = match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            "there is a file where a folder must be".to_owned()
        }
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    };
    CommandFailure::message(Exit::Output, format!("can't write to {}: {why}", out.display()))
}
