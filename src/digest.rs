//! What tells a file from every other: its size and its SHA-256, taken piece by piece while the bytes pass.
//!
//! Reads nothing itself; whoever reads or writes the bytes hands them over.

use sha2::{Digest as _, Sha256};
use std::fmt;

/// Bytes being summed up.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    n_bytes: u64,
    sha256: Sha256,
}

/// The size and SHA-256 of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSum {
    /// Its size in bytes.
    pub n_bytes: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
}

impl Digest {
    /// Takes further bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.n_bytes += bytes.len() as u64;
        self.sha256.update(bytes);
    }

    /// The sum of all bytes taken.
    #[must_use]
    pub fn sum(&self) -> FileSum {
        FileSum { n_bytes: self.n_bytes, sha256: self.sha256.clone().finalize().into() }
    }
}

impl FileSum {
    /// The sum of bytes that are at hand.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut digest = Digest::default();
        digest.add(bytes);
        digest.sum()
    }

    /// The SHA-256 as `sha256sum` prints it.
    #[must_use]
    pub fn hex(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for FileSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sha256.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_sum_to_the_whole() {
        let mut digest = Digest::default();
        for piece in ["a", "", "bc"] {
            digest.add(piece.as_bytes());
        }
        // The first example of FIPS 180-2.
        assert_eq!(digest.sum().hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((digest.sum().n_bytes, FileSum::of(b"abc")), (3, digest.sum()));
    }
}
