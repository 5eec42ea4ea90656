//! Reads a file's data: blocks are cut one after the other, worked on in parallel, and taken in file order.
//!
//! Whatever the number of threads and the size of the blocks, the caller sees the same records in the same order. What a
//! record means is the caller's business.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::block::{CsvBlock, IndexedText};
use super::doubt::EncodingDoubt;
use super::error::InputError;
use super::index::Index;
use super::open::{Assumed, CsvFile};
use super::split::{CutBlock, SplitError, Splitter};
use crate::digest::RangeDigest;

/// Where a block stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockPlace {
    /// The block's number, from 0.
    pub seq: u64,
    /// The physical line of the block's first byte, from 1.
    pub first_line: u64,
    /// How many physical lines the block has.
    pub n_lines: u64,
}

impl CsvFile {
    /// Reads all data records. `work` runs on `threads` threads, a whole block at a time; `take` is called for each block in
    /// file order, one at a time, with what `work` returned and where the block stands. `progress` is told, now and then, how
    /// many bytes of the disk were read. Returns what was assumed about the file in the end.
    ///
    /// # Errors
    /// A quote that is left open, an overlong record, unreadable or corrupt data, and what `take` returns; the first of them
    /// in file order. Blocks before the error have been taken.
    ///
    /// # Panics
    /// Only if `work`, `take` or `progress` do.
    pub fn read<R: Send>(
        self,
        threads: usize,
        progress: &(dyn Fn(u64) + Sync),
        work: impl Fn(&mut CsvBlock<'_>) -> R + Sync,
        take: impl FnMut(BlockPlace, R) -> Result<(), InputError> + Send,
    ) -> Result<Assumed, InputError> {
        self.read_with(threads, progress, || (), |(), block| work(block), take)
    }

    /// As [`Self::read`], where each worker has a desk of its own, made by `desk`, that serves block after block.
    ///
    /// # Errors
    /// As [`Self::read`].
    ///
    /// # Panics
    /// As [`Self::read`].
    pub fn read_with<W, R: Send>(
        self,
        threads: usize,
        progress: &(dyn Fn(u64) + Sync),
        desk: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, &mut CsvBlock<'_>) -> R + Sync,
        take: impl FnMut(BlockPlace, R) -> Result<(), InputError> + Send,
    ) -> Result<Assumed, InputError> {
        let assumed = self.assumed().clone();
        let delimiter = self.splitter.delimiter;
        let threads = if self.splitter.is_read() { 1 } else { threads.max(1) };
        let queue = Queue {
            path: &self.path,
            ahead: 2 * threads,
            ranges: self.splitter.text.source().ranges().cloned(),
            cut: Mutex::new(Cut { splitter: self.splitter, seq: 0, ended: false }),
            rack: Mutex::new(Rack { done: BTreeMap::new(), n_taken: 0, taking: false, stopped: false }),
            taken: Condvar::new(),
            taker: Mutex::new(Taker { take, progress, line: self.data_line, doubt_line: None, outcome: Ok(()) }),
        };
        let one_worker = || {
            let mut desk = desk();
            queue.work(delimiter, &mut |block| work(&mut desk, block));
        };
        // A pool of this reading's own, because its workers wait for one another. Where the system grants no threads, the
        // calling one does the work.
        let pool = || rayon::ThreadPoolBuilder::new().num_threads(threads - 1).build().ok();
        match (threads > 1).then(pool).flatten() {
            Some(pool) => pool.in_place_scope(|scope| {
                for _ in 1..threads {
                    scope.spawn(|_| one_worker());
                }
                one_worker();
            }),
            None => one_worker(),
        }
        let taker = queue.taker.into_inner().unwrap_or_else(PoisonError::into_inner);
        taker.outcome?;
        let splitter = queue.cut.into_inner().unwrap_or_else(PoisonError::into_inner).splitter;
        let mut below = splitter.below.unwrap_or_default();
        below.like_data = below.like_data.map(|(line, row)| (taker.line + line, row));
        let text = splitter.text;
        let line = taker.doubt_line.or(assumed.encoding_doubt.as_ref().and_then(|doubt| doubt.line));
        Ok(Assumed {
            encoding: text.encoding,
            encoding_origin: text.origin,
            encoding_doubt: text.doubt().map(|doubt| EncodingDoubt { line, ..doubt.clone() }),
            below,
            sum: text.source().sum(),
            ..assumed
        })
    }
}

/// What the workers share. Each cuts a block, works on it, and puts the result on the rack; whoever completes the row there
/// takes the results down in order.
struct Queue<'q, R, T> {
    path: &'q Path,
    /// How many results may wait on the rack.
    ahead: usize,
    /// Where blocks are summed up.
    ranges: Option<Arc<RangeDigest>>,
    cut: Mutex<Cut>,
    rack: Mutex<Rack<R>>,
    taken: Condvar,
    taker: Mutex<Taker<'q, T>>,
}

struct Cut {
    splitter: Splitter,
    /// The next block's number.
    seq: u64,
    ended: bool,
}

/// What became of a block.
struct Done<R> {
    result: Result<(R, u64), SplitError>,
    n_consumed: u64,
    /// As in [`CutBlock`].
    doubt_line: Option<u64>,
}

struct Rack<R> {
    done: BTreeMap<u64, Done<R>>,
    n_taken: u64,
    taking: bool,
    stopped: bool,
}

struct Taker<'q, T> {
    take: T,
    progress: &'q (dyn Fn(u64) + Sync),
    /// The first line of the next block.
    line: u64,
    /// The line where the encoding is doubtful, once it is known.
    doubt_line: Option<u64>,
    outcome: Result<(), InputError>,
}

/// Buffers that a worker uses again and again.
#[derive(Default)]
struct Buffers {
    bytes: Vec<u8>,
    repaired: String,
    damage: Vec<usize>,
    index: Index,
}

/// A poisoned lock means that a worker has panicked; the panic is passed on when all have stopped.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<R: Send, T: FnMut(BlockPlace, R) -> Result<(), InputError> + Send> Queue<'_, R, T> {
    /// What each thread does.
    fn work(&self, delimiter: u8, work: &mut impl FnMut(&mut CsvBlock<'_>) -> R) {
        let _on_panic = StopOnPanic { rack: &self.rack, taken: &self.taken };
        let mut buffers = Buffers::default();
        while let Some((seq, cut, n_consumed)) = self.next_block(&mut buffers.bytes) {
            let doubt_line = cut.as_ref().ok().and_then(|cut| cut.doubt_line);
            let result = cut.map(|cut| {
                // Here the block is in the processor's cache, and the others can cut theirs.
                if let Some(ranges) = &self.ranges {
                    ranges.add(cut.offset, &buffers.bytes[cut.own]);
                }
                buffers.work(seq, cut.n_text, delimiter, work)
            });
            if !self.deliver(seq, Done { result, n_consumed, doubt_line }) {
                break;
            }
        }
    }

    /// Cuts the next block; an error takes a block's place in the order.
    fn next_block(&self, bytes: &mut Vec<u8>) -> Option<(u64, Result<CutBlock, SplitError>, u64)> {
        let mut cut = lock(&self.cut);
        if cut.ended {
            return None;
        }
        // Stays so if the splitter panics.
        cut.ended = true;
        let result = cut.splitter.next(bytes).transpose()?;
        cut.ended = result.is_err();
        let seq = cut.seq;
        cut.seq += 1;
        Some((seq, result, cut.splitter.text.source().n_consumed()))
    }

    /// Racks what became of a block, and takes down whatever is next in order; false if the reading stops.
    fn deliver(&self, seq: u64, done: Done<R>) -> bool {
        let mut rack = lock(&self.rack);
        rack.done.insert(seq, done);
        if !rack.taking {
            rack = self.take_down(rack);
        }
        // The block that the others wait for is on some worker's desk, and that worker does not wait here.
        let is_full = |rack: &mut Rack<R>| rack.done.len() > self.ahead && !rack.stopped;
        let waited = self.taken.wait_while(rack, is_full);
        !waited.unwrap_or_else(PoisonError::into_inner).stopped
    }

    /// Takes results as long as the next one in order is there. The rack is open to other workers meanwhile.
    fn take_down<'s>(&'s self, mut rack: MutexGuard<'s, Rack<R>>) -> MutexGuard<'s, Rack<R>> {
        rack.taking = true;
        while !rack.stopped {
            let seq = rack.n_taken;
            let Some(done) = rack.done.remove(&seq) else {
                break;
            };
            drop(rack);
            let goes_on = lock(&self.taker).take(seq, done, self.path);
            rack = lock(&self.rack);
            rack.n_taken += 1;
            rack.stopped |= !goes_on;
            self.taken.notify_all();
        }
        rack.taking = false;
        rack
    }
}

impl<T> Taker<'_, T> {
    /// Takes one block; false if it was an error.
    fn take<R>(&mut self, seq: u64, done: Done<R>, path: &Path) -> bool
    where
        T: FnMut(BlockPlace, R) -> Result<(), InputError>,
    {
        let first_line = self.line;
        self.doubt_line = self.doubt_line.or(done.doubt_line.map(|line| first_line + line));
        self.outcome = match done.result {
            Err(error) => Err(error.at(path, first_line)),
            Ok((result, n_lines)) => {
                self.line += n_lines;
                let place = BlockPlace { seq, first_line, n_lines };
                (self.take)(place, result)
            }
        };
        (self.progress)(done.n_consumed);
        self.outcome.is_ok()
    }
}

impl Buffers {
    /// Lets `work` read the block, the first `n_text` of `bytes`; returns its result and the number of lines.
    fn work<R>(
        &mut self,
        seq: u64,
        n_text: usize,
        delimiter: u8,
        work: &mut impl FnMut(&mut CsvBlock<'_>) -> R,
    ) -> (R, u64) {
        self.damage.clear();
        let bytes = &self.bytes[..n_text];
        let text = match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => repaired(bytes, &mut self.repaired, &mut self.damage),
        };
        self.index.fill(text.as_bytes(), [delimiter]);
        let page = IndexedText { text, index: &self.index, damage: &self.damage };
        let result = work(&mut CsvBlock::new(seq, &page));
        (result, page.n_lines())
    }
}

/// Puts U+FFFD in place of what is not valid UTF-8, and notes where. Quotes, delimiters and line ends stay as they are.
fn repaired<'d>(bytes: &[u8], text: &'d mut String, damage: &mut Vec<usize>) -> &'d str {
    text.clear();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            damage.push(text.len());
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}

/// A panic in one worker must not let the others wait for it.
struct StopOnPanic<'q, R> {
    rack: &'q Mutex<Rack<R>>,
    taken: &'q Condvar,
}

impl<R> Drop for StopOnPanic<'_, R> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.rack).stopped = true;
            self.taken.notify_all();
        }
    }
}
