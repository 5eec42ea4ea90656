//! What tells a file from every other: its size and its BLAKE3 or SHA-256, taken piece by piece while the bytes pass.
//!
//! Reads nothing itself; whoever reads or writes the bytes hands them over.

mod ranges;
#[cfg(test)]
mod tests;

pub(crate) use ranges::RangeDigest;

use sha2::{Digest as _, Sha256};
use std::fmt;

/// What a sum is taken by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumBy {
    /// BLAKE3, as `b3sum` prints it: the fastest, and several threads can share the work.
    Blake3,
    /// SHA-256, as `sha256sum` prints it.
    Sha256,
}

impl SumBy {
    /// Its name: a key in manifests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blake3 => "blake3",
            Self::Sha256 => "sha256",
        }
    }
}

/// Bytes being summed up, from front to back.
#[derive(Clone, Debug)]
pub struct Digest {
    n_bytes: u64,
    hasher: Hasher,
}

#[derive(Clone, Debug)]
enum Hasher {
    Blake3(Box<blake3::Hasher>),
    Sha256(Sha256),
}

/// The size of a file, and what tells its bytes from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSum {
    /// Its size in bytes.
    pub n_bytes: u64,
    /// What the sum was taken by.
    pub by: SumBy,
    /// The BLAKE3 or SHA-256.
    pub hash: [u8; 32],
}

impl Digest {
    /// Of no bytes yet.
    #[must_use]
    pub fn new(by: SumBy) -> Self {
        let hasher = match by {
            SumBy::Blake3 => Hasher::Blake3(Box::default()),
            SumBy::Sha256 => Hasher::Sha256(Sha256::new()),
        };
        Self { n_bytes: 0, hasher }
    }

    /// Takes further bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.n_bytes += bytes.len() as u64;
        match &mut self.hasher {
            Hasher::Blake3(hasher) => drop(hasher.update(bytes)),
            Hasher::Sha256(hasher) => hasher.update(bytes),
        }
    }

    /// The sum of all bytes taken.
    #[must_use]
    pub fn sum(&self) -> FileSum {
        let (by, hash) = match &self.hasher {
            Hasher::Blake3(hasher) => (SumBy::Blake3, hasher.finalize().into()),
            Hasher::Sha256(hasher) => (SumBy::Sha256, hasher.clone().finalize().into()),
        };
        FileSum { n_bytes: self.n_bytes, by, hash }
    }
}

impl FileSum {
    /// The SHA-256 of bytes that are at hand.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut digest = Digest::new(SumBy::Sha256);
        digest.add(bytes);
        digest.sum()
    }

    /// The hash as `b3sum` and `sha256sum` print it.
    #[must_use]
    pub fn hex(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for FileSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
