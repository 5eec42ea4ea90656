//! Where the table of a file begins: its header, past whatever stands above it.
//!
//! Looks at the start of the file alone. Which delimiter a header has is decided where files are read, by that line; here it is
//! decided which line the header is. A first line with as many cells as the rows below it is. Where it is not, a header is a row
//! of names that the rows below it have the width of; of several such tables, as attendee reports have, the largest is meant.

use crate::input::{Head, Passed, Record, excerpt};

/// The delimiters that are recognised, in order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows are looked at.
const MOST_ROWS: usize = 2000;
/// How many rows the summary at the top of a report has at most.
const MOST_SUMMARY_ROWS: usize = 3;

/// Where a table begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub delimiter: u8,
    /// How many physical lines stand above the header, blank ones too; 0 where all are blank.
    pub skip_first: usize,
    /// Whether the header looks like names, not like values.
    pub is_named: bool,
    /// The rows above it.
    pub above: Passed,
}

/// A row, as far as it matters here.
struct HeadRow {
    line: u64,
    n_cells: usize,
    /// How many cells there are up to the last that is filled.
    n_used: usize,
    n_filled: usize,
    /// How many filled cells look like values: numbers, dates, addresses.
    n_values: usize,
    /// Whether no two filled cells are the same.
    is_distinct: bool,
    is_blank_line: bool,
    /// Its start.
    shown: String,
}

impl HeadRow {
    fn new(record: &Record<'_>) -> Self {
        let cells: Vec<_> = (0..record.len()).map(|i| record.cell(i)).collect();
        let filled: Vec<&str> = cells.iter().map(AsRef::as_ref).filter(|cell| !cell.is_empty()).collect();
        let mut sorted = filled.clone();
        sorted.sort_unstable();
        sorted.dedup();
        Self {
            line: record.line(),
            n_cells: record.len(),
            n_used: cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1),
            n_filled: filled.len(),
            n_values: filled.iter().filter(|cell| is_value(cell)).count(),
            is_distinct: sorted.len() == filled.len(),
            is_blank_line: record.raw().trim().is_empty(),
            shown: excerpt(record.raw()),
        }
    }

    /// Whether it could be a header: two names or more, in most of its cells, and hardly a value among them.
    fn could_be_header(&self) -> bool {
        self.n_filled >= 2 && self.n_filled * 2 > self.n_cells && self.n_values * 5 <= self.n_filled
    }

    /// Whether no more than half of its cells are filled.
    fn is_sparse(&self) -> bool {
        self.n_filled * 2 <= self.n_cells
    }

    /// A title, or less.
    fn is_narrow(&self) -> bool {
        self.n_filled <= 1
    }

    /// Whether it has the width of a header, as rows are read: cells beyond it may be there if they are empty.
    fn fits(&self, header: &Self) -> bool {
        self.n_cells >= header.n_cells && self.n_used <= header.n_cells
    }
}

/// Whether a cell is a value rather than a name.
fn is_value(cell: &str) -> bool {
    let has_letter = cell.chars().any(char::is_alphabetic);
    let has_digit = cell.bytes().any(|byte| byte.is_ascii_digit());
    (has_digit && !has_letter) || crate::value::email::is_email(cell) || cell.contains("://") || is_iso(cell)
}

fn is_iso(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    bytes.len() >= 10 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-' && bytes[7] == b'-'
}

/// A place where a table may begin, and how much of one is there.
struct Candidate {
    row: usize,
    /// The share of the rows below that have its width, in hundredths.
    consistent: usize,
    n_rows: usize,
}

/// Finds the table. `named` is a delimiter that is known, `skip_first` how many lines stand above the header, where that is.
pub(super) fn find(head: &Head, named: Option<u8>, skip_first: Option<usize>) -> Layout {
    let n_above = skip_first.unwrap_or(0);
    let none = Layout { delimiter: b',', skip_first: n_above, is_named: true, above: Passed::default() };
    // What has no header is told by whoever reads it.
    let Some((delimiter, line)) = head.start(named, n_above) else { return none };
    let rows = rows(head, delimiter);
    let Some(first) = rows.iter().position(|row| row.line == line) else { return Layout { delimiter, ..none } };
    if skip_first.is_some() {
        return Layout { above: Passed::default(), skip_first: n_above, ..layout(&rows, first, first, delimiter) };
    }
    let own = || layout(&rows, first, first, delimiter);
    let has_width = has_width(&rows, first) && !is_summary(&rows, first);
    if has_width && !rows[first].is_sparse() {
        return own();
    }
    let found = further_down(head, named, (delimiter, line));
    if has_width {
        // Titles that a spreadsheet filled up to the width of the table, if nothing but such lines stands above the header.
        let is_title = |found: &Layout| {
            let above = rows[first..].iter().take_while(|row| place(row.line) < found.skip_first);
            above.into_iter().all(HeadRow::is_sparse)
        };
        return found.filter(is_title).unwrap_or_else(own);
    }
    found.unwrap_or_else(|| {
        let found = fallback(&rows, first);
        let is_read_so = head.start(named, place(rows[found].line)) == Some((delimiter, rows[found].line));
        if is_read_so { layout(&rows, found, first, delimiter) } else { own() }
    })
}

/// The rows under a delimiter.
fn rows(head: &Head, delimiter: u8) -> Vec<HeadRow> {
    let mut rows: Vec<HeadRow> = Vec::new();
    head.records(delimiter, |record| {
        if rows.len() < MOST_ROWS {
            rows.push(HeadRow::new(record));
        }
    });
    if !head.is_whole && rows.len() > 1 && rows.len() < MOST_ROWS {
        rows.pop();
    }
    rows
}

/// The table whose header is a row; those from `first` on that stand above it are passed over.
fn layout(rows: &[HeadRow], header: usize, first: usize, delimiter: u8) -> Layout {
    let row = &rows[header];
    let mut above = Passed::default();
    for passed in rows[first..header].iter().filter(|row| row.n_filled > 0) {
        above.add(&passed.shown);
        if above.like_data.is_none() && passed.n_filled > 1 && passed.n_filled * 2 > row.n_cells {
            above.like_data = Some((passed.line + 1, passed.shown.clone()));
        }
    }
    let is_preceded = rows[first..header].iter().any(|row| !row.is_blank_line);
    let skip_first = if is_preceded { place(row.line) } else { 0 };
    above.n_lines = skip_first;
    Layout { delimiter, skip_first, is_named: row.n_values * 2 <= row.n_filled, above }
}

fn place(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

/// Whether most rows have the width of the first line, whatever the names in it are.
fn has_width(rows: &[HeadRow], first: usize) -> bool {
    let header = &rows[first];
    let below: Vec<&HeadRow> = rows[first + 1..].iter().filter(|row| row.n_filled > 0).collect();
    let n_fitting = below.iter().filter(|row| row.fits(header)).count();
    header.n_cells >= 2 && (below.is_empty() || n_fitting * 2 > below.len())
}

/// Whether the first line begins a summary: a few rows, then a title, and below it the header of a larger table.
fn is_summary(rows: &[HeadRow], first: usize) -> bool {
    let found = candidates(rows, first);
    let Some(own) = found.iter().find(|candidate| candidate.row == first) else { return false };
    let is_larger = |other: &Candidate| {
        let title = other.row.checked_sub(1).map(|before| &rows[before]);
        other.row > first && other.n_rows > own.n_rows && title.is_some_and(|title| title.n_cells == 1)
    };
    own.n_rows <= MOST_SUMMARY_ROWS && found.iter().any(is_larger)
}

/// The best table that begins further down than the first line, or there in spite of rows of other widths.
fn further_down(head: &Head, named: Option<u8>, (own, line): (u8, u64)) -> Option<Layout> {
    let of = |delimiter: u8| {
        let rows = rows(head, delimiter);
        let first = rows.iter().position(|row| row.line >= line)?;
        let is_read_so = |candidate: &Candidate| {
            let line = rows[candidate.row].line;
            head.start(named, place(line)) == Some((delimiter, line))
        };
        let size = |candidate: &Candidate| (candidate.n_rows + 1) * rows[candidate.row].n_filled;
        let found = candidates(&rows, first).into_iter().filter(is_read_so);
        // The first of equals.
        let best = found.reduce(|best, next| if size(&next) > size(&best) { next } else { best })?;
        let fit = rows[best.row].n_filled * best.consistent;
        Some((fit, Layout { is_named: true, ..layout(&rows, best.row, first, delimiter) }))
    };
    let other = (!DELIMITERS.contains(&own)).then_some(own);
    let found = DELIMITERS.into_iter().chain(other).filter_map(of);
    found.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, layout)| layout)
}

/// The rows at which a table may begin: the first that fits, and later ones that a title or a change of width sets apart.
fn candidates(rows: &[HeadRow], first: usize) -> Vec<Candidate> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(first) {
        let Some(start) = starts.last() else {
            starts.extend(row.could_be_header().then_some(at));
            continue;
        };
        let before = &rows[at - 1];
        let is_titled = before.is_narrow() && before.n_cells < row.n_cells;
        let is_wider = row.n_filled > rows[*start].n_cells;
        let is_strict = row.n_values == 0 && row.is_distinct && row.n_filled >= 3;
        if row.could_be_header() && is_strict && (is_titled && !before.is_blank_line || is_wider) {
            starts.push(at);
        }
    }
    let end_of = |at: usize| starts.get(at + 1).copied().unwrap_or(rows.len());
    let of = |(at, row): (usize, &usize)| {
        let below: Vec<&HeadRow> = rows[row + 1..end_of(at)].iter().filter(|row| row.n_filled > 0).collect();
        let n_fitting = below.iter().filter(|below| below.fits(&rows[*row])).count();
        let consistent = if below.is_empty() { 100 } else { n_fitting * 100 / below.len() };
        Candidate { row: *row, consistent, n_rows: n_fitting }
    };
    let found = starts.iter().enumerate().map(of);
    found.filter(|candidate| candidate.consistent >= 50 || rows.len() == candidate.row + 1).collect()
}

/// Where nothing looks like a header: the first row that is as filled as half of the widest.
fn fallback(rows: &[HeadRow], first: usize) -> usize {
    let widest = rows.iter().skip(first).map(|row| row.n_filled).max().unwrap_or(0);
    let found = rows.iter().enumerate().skip(first).find(|(_, row)| row.n_filled > 0 && row.n_filled * 2 >= widest);
    found.map_or(first, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (char, usize, bool) {
        let head = Head { text: text.to_owned(), is_whole: true };
        let Layout { delimiter, skip_first, is_named, .. } = find(&head, None, None);
        (char::from(delimiter), skip_first, is_named)
    }

    #[test]
    fn delimiters() {
        assert_eq!(found("Nom;Prix\nA;1,5\nB;2,5\n"), (';', 0, true));
        assert_eq!(found("a\tb, c\n1\t2\n"), ('\t', 0, true));
        assert_eq!(found("a,b\n"), (',', 0, true));
        assert_eq!(found("sep=|\na|b\n1|2\n"), ('|', 0, true), "the declaration is passed over anyway");
        assert_eq!(found("Email\na@b.c\n"), (',', 0, true));
        assert_eq!(found(""), (',', 0, true));
    }

    #[test]
    fn what_stands_above() {
        assert_eq!(found("\n\nid,name\n1,A\n"), (',', 0, true), "blank lines are passed over anyway");
        assert_eq!(found(",,\nid,name,x\n1,A,\n"), (',', 1, true));
        assert_eq!(found("Report;;;\nMade: 31 May 2026;;;\n\nTopic;Name;Email;Minutes\nT;A;a@b.c;1\n"), (';', 3, true));
        assert_eq!(found("Report:,Leads\nBy:,Ann\nid,name,mail\n1,A,a@b.c\n2,B,b@b.c\n"), (',', 2, true));
        assert_eq!(found("1,a@b.c\n2,b@b.c\n"), (',', 0, false), "no header at all");
        assert_eq!(found("id,\n1,x\na,b\nc,d\n"), (',', 0, true), "a name that is blank");
        assert_eq!(found("Id;Name;;;\n7;A;x;1;z\nB;C;y;w;z\n"), (';', 0, true), "names that are blank");
    }

    #[test]
    fn the_largest_of_several_tables() {
        let text = "Attendee Report\nTopic,Webinar ID,Registered\nT,8,3\nHost Details\nAttended,User Name,Email,Join Time\n\
            Yes,H,h@b.c,05/31/2026\nAttendee Details\nAttended,User Name,Email,Join Time\nYes,A,a@b.c,05/31/2026\n\
            Yes,B,b@b.c,05/31/2026\nYes,C,c@b.c,05/31/2026\n";
        assert_eq!(found(text), (',', 7, true));
    }

    #[test]
    fn ragged_and_sparse_rows_start_no_table() {
        assert_eq!(found("id,name,note\nx,A,\ny,B,one, two, three\nz,,\nw,C,\nv,D,\n"), (',', 0, true));
    }
}
