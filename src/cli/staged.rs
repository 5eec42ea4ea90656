//! A folder being written beside the place it will take: its files are hashed on their way and synced when they are complete.
//!
//! Dropped before it is put in its place, it goes away with everything in it.

use super::place::{remove, sync_folder};
use leadscore::{Digest, FileSum, SumBy};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A folder being written.
#[derive(Debug)]
pub(super) struct Staged {
    folder: PathBuf,
    is_mine: bool,
}

/// A file that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CompleteFile {
    /// Its name, relative to the folder.
    pub name: String,
    /// Its size in bytes, and its SHA-256.
    pub sum: FileSum,
}

impl Staged {
    /// Makes the folder, for the same people as the one that it will replace.
    pub(super) fn make(folder: PathBuf, replaced: &Path) -> io::Result<Self> {
        fs::create_dir(&folder)?;
        let staged = Self { folder, is_mine: true };
        if let Ok(found) = replaced.metadata() {
            #[cfg(unix)]
            {
                use std::os::unix::fs::{MetadataExt as _, chown};
                // The administrator gives it to its owner; whoever may not give it to its group leaves it to the own one.
                drop(
                    chown(&staged.folder, Some(found.uid()), Some(found.gid()))
                        .or_else(|_| chown(&staged.folder, None, Some(found.gid()))),
                );
            }
            fs::set_permissions(&staged.folder, found.permissions())?;
        }
        Ok(staged)
    }

    /// A new file in it.
    pub(super) fn create(&self, name: &str) -> io::Result<OutFile> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let file = File::create_new(&path)?;
        Ok(OutFile {
            name: name.to_owned(),
            file: BufWriter::with_capacity(1 << 18, file),
            digest: Digest::new(SumBy::Sha256),
        })
    }

    /// A further name for a file that is not going to change, or a copy of it where the disks differ.
    pub(super) fn link(&self, file: &Path, name: &str) -> io::Result<()> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        if fs::hard_link(file, &path).is_err() {
            fs::copy(file, &path)?;
            File::open(&path)?.sync_all()?;
        }
        Ok(())
    }

    /// Makes sure that the names of all files survive a lost power supply; the files themselves were synced one by one.
    pub(super) fn sync(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                sync_folder(&entry.path())?;
            }
        }
        sync_folder(&self.folder)
    }

    /// Lets go of it: from here on it stays.
    pub(super) fn into_folder(mut self) -> PathBuf {
        self.is_mine = false;
        std::mem::take(&mut self.folder)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if self.is_mine {
            // What can't be removed now is removed by the next run.
            drop(remove(&self.folder));
        }
    }
}

/// A file being written.
#[derive(Debug)]
pub(super) struct OutFile {
    name: String,
    file: BufWriter<File>,
    digest: Digest,
}

impl OutFile {
    /// Completes the file.
    pub(super) fn finish(mut self) -> io::Result<CompleteFile> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(CompleteFile { name: self.name, sum: self.digest.sum() })
    }
}

impl Write for OutFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_bytes = self.file.write(bytes)?;
        self.digest.add(&bytes[..n_bytes]);
        Ok(n_bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
