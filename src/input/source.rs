//! The bytes of a file, unpacked if they are gzip or zstd, and how much of the disk they took.
//!
//! Compression is recognised by magic bytes, never by the file's name. Nothing here knows text or lines.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use super::error::InputError;
use crate::digest::{Digest, FileSum, RangeDigest, SumBy};

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// Gzip, of one or several members.
    Gzip,
    /// Zstandard, of one or several frames.
    Zstd,
}

impl Compression {
    /// The name people know it by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Unpacked pieces are this long; four of them may wait for the reader.
const PIECE_BYTES: usize = 256 << 10;

/// The file with the bytes already looked at put back in front, which works for pipes too.
type Whole = io::Chain<Cursor<Vec<u8>>, File>;

enum ByteReader {
    Plain(Whole),
    Unpacked(Pieces),
}

/// A file's bytes after decompression, from front to back.
pub(super) struct ByteSource {
    path: PathBuf,
    reader: ByteReader,
    /// How the file is compressed, if it is.
    pub(super) compression: Option<Compression>,
    n_consumed: Arc<AtomicU64>,
    summing: Summing,
    /// What the disk holds, in bytes; 0 for a pipe.
    pub(super) n_bytes: u64,
    /// Whether it is no regular file: a pipe, a device, a socket.
    pub(super) is_stream: bool,
    /// True once the last byte was read.
    pub(super) ended: bool,
    /// What went wrong behind the bytes that were handed out: told next, so that what lies before is read first, however much is
    /// read at once.
    failure: Option<io::Error>,
}

impl ByteSource {
    /// Opens a file. If its sum is asked for, what the disk holds is summed up on its way, except what the reader has to hand over to
    /// [`ranges`](Self::ranges).
    pub(super) fn open(path: &Path, sum: Option<SumBy>) -> Result<Self, InputError> {
        let failed = |error| InputError::from_io(path, error);
        let mut file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(InputError::Directory { path: path.to_owned() });
        }
        let mut magic = Vec::new();
        (&mut file).take(4).read_to_end(&mut magic).map_err(failed)?;
        let compression = match magic[..] {
            [0x1F, 0x8B, 0x08, _] => Some(Compression::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD] => Some(Compression::Zstd),
            _ => None,
        };
        let n_consumed = Arc::new(AtomicU64::new(0));
        let summing = Summing::new(sum, compression.is_some());
        let whole = Cursor::new(magic).chain(file);
        let reader = match compression {
            None => ByteReader::Plain(whole),
            Some(compression) => {
                let packed = CountedRead { whole, n_consumed: Arc::clone(&n_consumed), summing: summing.clone() };
                ByteReader::Unpacked(Pieces::start(packed, compression).map_err(failed)?)
            }
        };
        Ok(Self {
            path: path.to_owned(),
            reader,
            compression,
            n_consumed,
            summing,
            n_bytes: metadata.len(),
            is_stream: !metadata.is_file(),
            ended: false,
            failure: None,
        })
    }

    /// The file as it was named.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes of the disk were read so far.
    pub(super) fn n_consumed(&self) -> u64 {
        self.n_consumed.load(Ordering::Relaxed)
    }

    /// The sum of what was read of the disk, if it was asked for; all of that has been handed over to [`ranges`](Self::ranges).
    pub(super) fn sum(&self) -> Option<FileSum> {
        match &self.summing {
            Summing::No => None,
            Summing::InOrder(digest) => Some(lock(digest).sum()),
            Summing::ByRange(ranges) => Some(ranges.sum()),
        }
    }

    /// Where the reader has to hand over all bytes, each with its place in the file, to be summed up; none if that is not its task.
    pub(super) fn ranges(&self) -> Option<&Arc<RangeDigest>> {
        match &self.summing {
            Summing::ByRange(ranges) => Some(ranges),
            Summing::No | Summing::InOrder(_) => None,
        }
    }

    /// Whether the next reading says what went wrong.
    pub(super) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Appends `want` bytes to `buffer`, fewer only at the end of the file or of what can be read of it. What went wrong is told by
    /// the reading after, unless `buffer` is empty.
    pub(super) fn read(&mut self, buffer: &mut Vec<u8>, want: usize) -> Result<(), InputError> {
        if let Some(failure) = self.failure.take() {
            return Err(self.failed(failure));
        }
        // `read_to_end` probes for the end with whatever room is left; 64 bytes spare it a growth of the buffer.
        buffer.reserve(want + 64);
        let limit = want as u64;
        let read = match &mut self.reader {
            ByteReader::Plain(whole) => {
                let before = buffer.len();
                let read = whole.take(limit).read_to_end(buffer);
                self.summing.add(&buffer[before..]);
                let n_read = *read.as_ref().unwrap_or(&0) as u64;
                self.n_consumed.fetch_add(n_read, Ordering::Relaxed);
                read
            }
            ByteReader::Unpacked(pieces) => pieces.take(limit).read_to_end(buffer),
        };
        match read {
            Ok(n_read) => self.ended = n_read < want,
            Err(failure) if !buffer.is_empty() => self.failure = Some(failure),
            Err(failure) => return Err(self.failed(failure)),
        }
        Ok(())
    }

    fn failed(&self, source: io::Error) -> InputError {
        match self.compression {
            None => InputError::from_io(&self.path, source),
            Some(compression) => InputError::Archive { path: self.path.clone(), compression, source },
        }
    }
}

/// Who sums up a file, and how.
#[derive(Clone)]
enum Summing {
    No,
    /// The thread that reads the disk, in order.
    InOrder(SharedDigest),
    /// Whoever gets the bytes: no other has to wait meanwhile.
    ByRange(Arc<RangeDigest>),
}

impl Summing {
    fn new(sum: Option<SumBy>, is_packed: bool) -> Self {
        match sum {
            None => Self::No,
            // Whoever gets the bytes gets them unpacked.
            Some(SumBy::Blake3) if !is_packed => Self::ByRange(Arc::default()),
            Some(by) => Self::InOrder(Arc::new(Mutex::new(Digest::new(by)))),
        }
    }

    /// Takes what was read of the disk.
    fn add(&self, bytes: &[u8]) {
        if let Self::InOrder(digest) = self {
            lock(digest).add(bytes);
        }
    }
}

/// A digest that the reading and the decompressing thread share.
type SharedDigest = Arc<Mutex<Digest>>;

/// A poisoned lock means that the other thread has panicked; what it took is of no use to anyone, and its panic is told.
fn lock(digest: &SharedDigest) -> MutexGuard<'_, Digest> {
    digest.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts and sums up what the decompressor takes from the disk.
struct CountedRead {
    whole: Whole,
    n_consumed: Arc<AtomicU64>,
    summing: Summing,
}

impl Read for CountedRead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_read = self.whole.read(buffer)?;
        self.n_consumed.fetch_add(n_read as u64, Ordering::Relaxed);
        self.summing.add(&buffer[..n_read]);
        Ok(n_read)
    }
}

/// What the decompressing thread sends; an empty piece is the end.
struct Pieces {
    incoming: Receiver<io::Result<Vec<u8>>>,
    piece: Cursor<Vec<u8>>,
    ended: bool,
}

impl Pieces {
    /// Unpacks on a thread of its own, which ends when this value is dropped or the data end.
    fn start(packed: CountedRead, compression: Compression) -> io::Result<Self> {
        let (sender, incoming) = sync_channel(4);
        thread::Builder::new().name(compression.name().to_owned()).spawn(move || match compression {
            Compression::Gzip => {
                let packed = io::BufReader::with_capacity(PIECE_BYTES, packed);
                send_pieces(flate2::bufread::MultiGzDecoder::new(packed), &sender);
            }
            Compression::Zstd => match zstd::stream::read::Decoder::new(packed) {
                Ok(unpacked) => send_pieces(unpacked, &sender),
                // Nobody is listening any more: nothing is left to do.
                Err(error) => drop(sender.send(Err(error))),
            },
        })?;
        Ok(Self { incoming, piece: Cursor::default(), ended: false })
    }
}

fn send_pieces(mut unpacked: impl Read, sender: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut piece = Vec::with_capacity(PIECE_BYTES + 64);
        let read = unpacked.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut piece);
        let is_end = piece.is_empty() && read.is_ok();
        // What was unpacked before a fault comes before it.
        let sent = if piece.is_empty() && read.is_err() { Ok(()) } else { sender.send(Ok(piece)) };
        let fault = read.err().map(|error| sender.send(Err(error)));
        if sent.is_err() || is_end || fault.is_some() {
            return;
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n_read = self.piece.read(buffer)?;
            if n_read > 0 || self.ended || buffer.is_empty() {
                return Ok(n_read);
            }
            let piece = self.incoming.recv().unwrap_or_else(|_| {
                // The thread always sends an end or an error; without one it has panicked.
                Err(io::Error::other("the decompressor failed"))
            })?;
            self.ended = piece.is_empty();
            self.piece = Cursor::new(piece);
        }
    }
}
