//! The BLAKE3 of a file whose bytes come in ranges, in any order and from several threads.
//!
//! BLAKE3 is a tree over chunks of 1 KiB. Each range is hashed by the thread that brings it, as the fewest subtrees that lie in it;
//! a few bytes before and behind these wait for the ranges beside it. Then ranges are joined in the order of the file.

use super::{FileSum, SumBy};
use blake3::hazmat::{ChainingValue, HasherExt as _, Mode, merge_subtrees_non_root, merge_subtrees_root};
use blake3::{CHUNK_LEN, Hasher};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Ranges of a file being summed up.
#[derive(Debug, Default)]
pub(crate) struct RangeDigest {
    joined: Mutex<Joined>,
}

/// What is known of a file.
#[derive(Debug, Default)]
struct Joined {
    /// All that lies before the first gap.
    front: Front,
    /// Ranges behind a gap, by their offset.
    waiting: BTreeMap<u64, HashedRange>,
}

/// A range of which most is hashed.
#[derive(Debug)]
struct HashedRange {
    /// The bytes up to the first chunk that begins in the range.
    head: Vec<u8>,
    /// Whole subtrees, one behind the other, with the number of their chunks.
    subtrees: Vec<(u64, ChainingValue)>,
    /// The bytes behind the last whole chunk.
    tail: Vec<u8>,
}

/// A file from its first byte on.
#[derive(Clone, Debug, Default)]
struct Front {
    n_bytes: u64,
    /// The chunks in `subtrees`.
    n_chunks: u64,
    /// From left to right, each at most as large as the one before. The last two may be joined only when more bytes follow: the
    /// root is hashed in a way of its own.
    subtrees: Vec<ChainingValue>,
    /// The chunk behind them, which may be complete: if nothing follows, the first chunk is the root.
    chunk: Vec<u8>,
}

impl RangeDigest {
    /// Takes the bytes that begin at an offset of the file. Each byte is to be taken once. The hashing is done before any other
    /// thread has to wait.
    pub(crate) fn add(&self, offset: u64, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let range = HashedRange::new(offset, bytes);
        let mut joined = self.lock();
        let Joined { front, waiting } = &mut *joined;
        waiting.insert(offset, range);
        while let Some(range) = waiting.remove(&front.n_bytes) {
            front.add(&range);
        }
    }

    /// The sum of a file of which every byte was taken.
    pub(crate) fn sum(&self) -> FileSum {
        let joined = self.lock();
        debug_assert!(joined.waiting.is_empty(), "bytes before {:?} are missing", joined.waiting.keys());
        FileSum { n_bytes: joined.front.n_bytes, by: SumBy::Blake3, hash: joined.front.clone().root().into() }
    }

    /// A poisoned lock means that a thread has panicked, which is told; nobody asks for the sum then.
    fn lock(&self) -> MutexGuard<'_, Joined> {
        self.joined.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HashedRange {
    fn new(offset: u64, bytes: &[u8]) -> Self {
        // The first chunk stays as it is: alone it would be the root.
        let first = offset.next_multiple_of(CHUNK_LEN as u64).max(CHUNK_LEN as u64);
        let n_head = usize::try_from(first - offset).map_or(bytes.len(), |n_head| n_head.min(bytes.len()));
        let (head, rest) = bytes.split_at(n_head);
        let (mut whole, tail) = rest.split_at(rest.len() - rest.len() % CHUNK_LEN);
        let mut subtrees = Vec::new();
        let mut at = first;
        while !whole.is_empty() {
            let most = 1 << whole.len().ilog2();
            // A subtree begins at a multiple of its length.
            let n_bytes = usize::try_from(1_u64 << at.trailing_zeros()).map_or(most, |aligned| aligned.min(most));
            let (subtree, behind) = whole.split_at(n_bytes);
            subtrees.push(((n_bytes / CHUNK_LEN) as u64, chaining_value(at, subtree)));
            at += n_bytes as u64;
            whole = behind;
        }
        Self { head: head.to_owned(), subtrees, tail: tail.to_owned() }
    }
}

/// The hash of a subtree, which is not the root.
fn chaining_value(offset: u64, bytes: &[u8]) -> ChainingValue {
    Hasher::new().set_input_offset(offset).update(bytes).finalize_non_root()
}

impl Front {
    /// Takes the range that begins where it ends.
    fn add(&mut self, range: &HashedRange) {
        self.add_bytes(&range.head);
        if !range.subtrees.is_empty() {
            self.close_chunk();
        }
        for &(n_chunks, subtree) in &range.subtrees {
            self.push(n_chunks, subtree);
            self.n_bytes += n_chunks * CHUNK_LEN as u64;
        }
        self.add_bytes(&range.tail);
    }

    fn add_bytes(&mut self, mut bytes: &[u8]) {
        self.n_bytes += bytes.len() as u64;
        while !bytes.is_empty() {
            if self.chunk.len() == CHUNK_LEN {
                self.close_chunk();
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK_LEN - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
        }
    }

    /// Hashes the last chunk, if there is one: it is not the only one.
    fn close_chunk(&mut self) {
        if !self.chunk.is_empty() {
            let hash = chaining_value(self.n_chunks * CHUNK_LEN as u64, &self.chunk);
            self.push(1, hash);
            self.chunk.clear();
        }
    }

    /// Puts a subtree behind the others, and joins those first that no longer grow: so many remain as the number of chunks has
    /// binary ones.
    fn push(&mut self, n_chunks: u64, subtree: ChainingValue) {
        self.join(self.n_chunks.count_ones() as usize);
        self.subtrees.push(subtree);
        self.n_chunks += n_chunks;
    }

    /// Joins the last two until there are no more than `most`.
    fn join(&mut self, most: usize) {
        while self.subtrees.len() > most
            && let [.., left, right] = self.subtrees[..]
        {
            self.subtrees.truncate(self.subtrees.len() - 2);
            self.subtrees.push(merge_subtrees_non_root(&left, &right, Mode::Hash));
        }
    }

    fn root(mut self) -> blake3::Hash {
        if !self.subtrees.is_empty() {
            self.close_chunk();
        }
        self.join(2);
        match self.subtrees[..] {
            [left, right] => merge_subtrees_root(&left, &right, Mode::Hash),
            // No more than one chunk.
            _ => blake3::hash(&self.chunk),
        }
    }
}
