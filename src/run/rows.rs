//! What all files have in common: opening them as the rulebook and the command line say, and sorting rows into empty, rejected
//! and usable ones.

use super::counts::{FileReport, FileRole, Reject, RejectCode, RoundedIds};
use super::error::RunError;
use super::stream::{Stray, StrayRows};
use super::{Options, Watch};
use crate::input::{Assumed, BlockPlace, CsvBlock, CsvFile, InputError, Provenance, Reading, Record, RecordCells};
use crate::rulebook::FileSettings;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How a file of the rulebook is read.
pub(super) fn reading(settings: &FileSettings, options: &Options) -> Reading {
    Reading {
        encoding: options.encoding.or(settings.encoding),
        delimiter: options.delimiter.or(settings.delimiter),
        skip_first: settings.skip_first,
        takes_likelier: false,
        skip_last: settings.skip_last,
        block_bytes: options.block_bytes,
        sum: options.sums,
    }
}

/// A row that is rejected, before the block's place in the file is known.
#[derive(Debug)]
pub(super) struct BadRow {
    pub line: u64,
    pub column: String,
    pub code: RejectCode,
    pub raw: String,
}

impl BadRow {
    pub(super) fn new(record: &Record<'_>, code: RejectCode, column: &str) -> Self {
        Self { line: record.line(), column: column.to_owned(), code, raw: record.raw().to_owned() }
    }
}

/// What a row is, before anyone looks into its cells.
pub(super) enum RowKind {
    Empty,
    Bad(RejectCode),
    Usable,
    /// It has fewer cells than the header, and the others are taken as empty.
    Padded,
}

/// How wide the rows of a file are, and what becomes of those that are not.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowShape {
    n_columns: usize,
    pads_short_rows: bool,
}

impl RowShape {
    pub(super) fn new(header: &[String], settings: &FileSettings) -> Self {
        Self { n_columns: header.len(), pads_short_rows: settings.pads_short_rows }
    }
}

/// Sorts a row. Empty extra cells are ignored.
#[expect(clippy::inline_always, reason = "every event goes through it")]
#[inline(always)]
pub(super) fn sort(record: &Record<'_>, cells: &RecordCells<'_>, shape: RowShape) -> RowKind {
    // The usual row, told by its first cell; where that is blank or quoted, the row takes the long way.
    if cells.len() == shape.n_columns && !record.is_damaged() && cells.plain(0).is_some() {
        return RowKind::Usable;
    }
    sort_unusual(record, shape)
}

fn sort_unusual(record: &Record<'_>, RowShape { n_columns, pads_short_rows }: RowShape) -> RowKind {
    if record.is_empty_row() {
        return RowKind::Empty;
    }
    if record.is_damaged() {
        return RowKind::Bad(RejectCode::Undecodable);
    }
    let too_many = (n_columns..record.len()).any(|extra| !record.cell(extra).is_empty());
    match record.len() < n_columns {
        true if pads_short_rows => RowKind::Padded,
        false if !too_many => RowKind::Usable,
        _ => RowKind::Bad(RejectCode::RaggedRow),
    }
}

/// The rows of a file, counted.
#[derive(Debug, Default, Clone)]
pub(super) struct RowCounts {
    pub n_rows: u64,
    pub n_rejects: u64,
    pub n_empty: u64,
    /// Rows with fewer cells than the header that are used all the same.
    pub n_padded: u64,
    /// Ids or keys that a spreadsheet rounded.
    pub rounded: Option<RoundedIds>,
}

/// Reads one file: opens it, lets `bind` find its columns, hands its blocks to `work` and, in order, the results to `take`.
pub(super) struct Reader<'o> {
    pub options: &'o Options,
    pub watch: &'o dyn Watch,
    /// How much text of rejected rows is held.
    n_reject_bytes: AtomicUsize,
}

/// Rejected rows are held until they are written; a file that is nothing but such rows must not fill the memory.
const MAX_REJECT_BYTES: usize = 128 << 20;

/// An opened file whose columns are known.
pub(super) struct Opened<B> {
    pub file: CsvFile,
    path: PathBuf,
    pub header: Vec<String>,
    pub columns: B,
}

impl<B> Opened<B> {
    /// What its start says about it.
    pub(super) fn assumed(&self) -> &Assumed {
        self.file.assumed()
    }
}

impl<'o> Reader<'o> {
    pub(super) fn new(options: &'o Options, watch: &'o dyn Watch) -> Self {
        Self { options, watch, n_reject_bytes: AtomicUsize::new(0) }
    }

    /// A rejected row with its place in the file.
    pub(super) fn settle(&self, bad: BadRow, file: &Path, place: BlockPlace) -> Reject {
        self.n_reject_bytes.fetch_add(bad.raw.len(), Ordering::Relaxed);
        let BadRow { line, column, code, raw } = bad;
        Reject { file: file.to_owned(), line: place.first_line + line, column, code, raw }
    }

    /// An error once the rejected rows are more than can be held.
    fn check_rejects(&self, path: &Path, place: BlockPlace) -> Result<(), InputError> {
        if self.n_reject_bytes.load(Ordering::Relaxed) <= MAX_REJECT_BYTES {
            return Ok(());
        }
        let most = MAX_REJECT_BYTES >> 20;
        let why = format!(
            "more than {most} MiB of rows were rejected so far; check the delimiter, and check that this is the right file"
        );
        Err(InputError::Refused { path: path.to_owned(), line: Some(place.first_line + place.n_lines), why })
    }
}

impl Reader<'_> {
    /// Opens a file and finds its columns.
    pub(super) fn open<B>(
        &self,
        role: &FileRole,
        path: &Path,
        settings: &FileSettings,
        bind: impl FnOnce(&Path, &[String]) -> Result<B, RunError>,
    ) -> Result<Opened<B>, RunError> {
        let file = CsvFile::open(path, &reading(settings, self.options))?;
        self.watch.file(role, path, file.n_bytes());
        let header = file.header().to_vec();
        let columns = bind(path, &header)?;
        Ok(Opened { file, path: path.to_owned(), header, columns })
    }

    /// Reads an opened file on all threads.
    pub(super) fn read<B: Sync, R: Send>(
        &self,
        opened: Opened<B>,
        work: impl Fn(&B, &mut CsvBlock<'_>) -> R + Sync,
        take: impl FnMut(BlockPlace, R) + Send,
    ) -> Result<Assumed, InputError> {
        let columns = &opened.columns;
        self.read_with((opened.file, &opened.path), || (), |(), block| work(columns, block), take)
    }

    /// As [`Self::read`], where each worker has a desk of its own, made by `desk`, that serves block after block.
    pub(super) fn read_with<W, R: Send>(
        &self,
        (file, path): (CsvFile, &Path),
        desk: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, &mut CsvBlock<'_>) -> R + Sync,
        mut take: impl FnMut(BlockPlace, R) + Send,
    ) -> Result<Assumed, InputError> {
        let progress = |n_bytes| self.watch.bytes(n_bytes);
        file.read_with(self.options.threads, &progress, desk, work, |place, result| {
            take(place, result);
            self.check_rejects(path, place)
        })
    }
}

/// The report of a file, or the error that too many of its rows are rejected.
pub(super) fn report(
    role: FileRole,
    path: &Path,
    assumed: Assumed,
    rows: RowCounts,
    rejects: &[Reject],
    options: &Options,
) -> Result<FileReport, RunError> {
    let n_allowed = options.max_rejects.allowed(rows.n_rows, assumed.is_stream);
    let RowCounts { n_rows, n_rejects, n_empty, n_padded, rounded } = rows;
    if n_rejects > n_allowed {
        let first = rejects.iter().find(|reject| reject.file == path);
        let repeated = rejects.iter().filter(|reject| reject.code == RejectCode::RepeatedId && reject.file == path);
        // What a spreadsheet did to the ids it did before they came into a pipe.
        let rounded = rounded.filter(|_| repeated.count() as u64 * 2 > n_rejects).map(Box::new);
        if let (true, Some(first), None) = (assumed.is_stream, first, &rounded) {
            let path = path.to_owned();
            let (line, code, stray) = (first.line, first.code, Stray::new(&first.raw));
            let rows = StrayRows { role, path, n_rejects, n_rows, n_allowed, line, code, stray };
            return Err(RunError::StrayInStream(Box::new(rows)));
        }
        let first = first.map_or_else(String::new, |first| in_words(first) + &encoding_hint(first, &assumed));
        return Err(RunError::TooManyRejects { path: path.to_owned(), n_rejects, n_rows, n_allowed, first, rounded });
    }
    let path: PathBuf = path.to_owned();
    // Which rows others supersede is known once all files are read.
    Ok(FileReport { role, path, assumed, n_rows, n_rejects, n_empty, n_padded, n_superseded: 0, rounded })
}

/// Where bytes are no text: in which encoding they were read, and how they can be read in another.
fn encoding_hint(reject: &Reject, assumed: &Assumed) -> String {
    let encoding = assumed.encoding;
    match (reject.code, assumed.encoding_origin) {
        (RejectCode::Undecodable, Provenance::Named) => {
            format!("; you named {encoding} for it; without `encoding`, leadscore detects it")
        }
        (RejectCode::Undecodable, _) => format!("; leadscore read it as {encoding}; use `--encoding` to name another"),
        _ => String::new(),
    }
}

/// A reject's place and what is wrong with it.
pub(super) fn in_words(reject: &Reject) -> String {
    let column = if reject.column.is_empty() { String::new() } else { format!(" in column `{}`", reject.column) };
    format!("line {}{column}: {}", reject.line, reject.code.meaning())
}
