//! Where the table of a file begins: its delimiter, and the header past whatever stands above it.
//!
//! Looks at the start of the file alone. A header is a row of names that the rows below it have the width of; where a file has
//! several such tables, as attendee reports do, the largest is meant.

use crate::input::{Head, Record};

/// The delimiters that are recognised, in order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows are looked at.
const MOST_ROWS: usize = 2000;

/// Where a table begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub delimiter: u8,
    /// How many physical lines stand above the header, blank ones too; 0 where all are blank.
    pub skip_first: usize,
    /// Whether the header looks like names, not like values.
    pub is_named: bool,
}

/// A row, as far as it matters here.
struct Row {
    line: u64,
    n_cells: usize,
    n_filled: usize,
    /// How many filled cells look like values: numbers, dates, addresses.
    n_values: usize,
    /// Whether no two filled cells are the same.
    is_distinct: bool,
    is_blank_line: bool,
}

impl Row {
    fn new(record: &Record<'_>) -> Self {
        let cells: Vec<_> = (0..record.len()).map(|i| record.cell(i)).collect();
        let filled: Vec<&str> = cells.iter().map(AsRef::as_ref).filter(|cell| !cell.is_empty()).collect();
        let mut sorted = filled.clone();
        sorted.sort_unstable();
        sorted.dedup();
        Self {
            line: record.line(),
            n_cells: record.len(),
            n_filled: filled.len(),
            n_values: filled.iter().filter(|cell| is_value(cell)).count(),
            is_distinct: sorted.len() == filled.len(),
            is_blank_line: record.raw().trim().is_empty(),
        }
    }

    /// Whether it could be a header: two names or more, in most of its cells, and hardly a value among them.
    fn could_be_header(&self) -> bool {
        self.n_filled >= 2 && self.n_filled * 2 > self.n_cells && self.n_values * 5 <= self.n_filled
    }

    /// A title, or less.
    fn is_narrow(&self) -> bool {
        self.n_filled <= 1
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

/// Finds the table. `named` is a delimiter that is known.
pub(super) fn find(head: &Head, named: Option<u8>) -> Layout {
    let declared = head.text.lines().next().and_then(declared_delimiter);
    let delimiters = match named.or(declared) {
        Some(known) => vec![known],
        None => DELIMITERS.to_vec(),
    };
    let found = delimiters.iter().map(|delimiter| layout(head, *delimiter, declared.is_some()));
    // The first of equals.
    let best = found.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Layout { delimiter: b',', skip_first: 0, is_named: true }, |(layout, _)| layout)
}

/// The delimiter that a first line `sep=;` declares.
fn declared_delimiter(line: &str) -> Option<u8> {
    let value = line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and_then(|_| line.get(4..))?;
    match value.trim_end_matches('\r').as_bytes() {
        [delimiter] if delimiter.is_ascii_punctuation() || *delimiter == b'\t' => Some(*delimiter),
        _ => None,
    }
}

/// The table under a delimiter, and how well it fits.
fn layout(head: &Head, delimiter: u8, is_declared: bool) -> (Layout, usize) {
    let mut rows: Vec<Row> = Vec::new();
    head.records(delimiter, |record| {
        if rows.len() < MOST_ROWS {
            rows.push(Row::new(record));
        }
    });
    if !head.is_whole && rows.len() > 1 && rows.len() < MOST_ROWS {
        rows.pop();
    }
    let first = usize::from(is_declared);
    let best = candidates(&rows, first).into_iter().fold(None, |best: Option<Candidate>, next| {
        let size = |candidate: &Candidate| (candidate.n_rows + 1) * rows[candidate.row].n_filled;
        match best {
            Some(best) if size(&best) >= size(&next) => Some(best),
            _ => Some(next),
        }
    });
    let (row, fit, is_named) = match best {
        Some(found) => (found.row, rows[found.row].n_filled * found.consistent, true),
        None => (fallback(&rows, first), 0, false),
    };
    let line = rows.get(row).map_or(0, |row| row.line);
    let is_preceded = rows.iter().take(row).any(|row| !row.is_blank_line);
    let skip_first = if is_preceded { usize::try_from(line).unwrap_or(usize::MAX) } else { 0 };
    let is_named = is_named || rows.get(row).is_none_or(|row| row.n_values * 2 <= row.n_filled);
    (Layout { delimiter, skip_first, is_named }, fit)
}

/// The rows at which a table may begin: the first that fits, and later ones that a title or a change of width sets apart.
fn candidates(rows: &[Row], first: usize) -> Vec<Candidate> {
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
        let below: Vec<&Row> = rows[row + 1..end_of(at)].iter().filter(|row| row.n_filled > 0).collect();
        let n_fitting = below.iter().filter(|below| below.n_cells == rows[*row].n_cells).count();
        let consistent = if below.is_empty() { 100 } else { n_fitting * 100 / below.len() };
        Candidate { row: *row, consistent, n_rows: n_fitting }
    };
    let found = starts.iter().enumerate().map(of);
    found.filter(|candidate| candidate.consistent >= 50 || rows.len() == candidate.row + 1).collect()
}

/// Where nothing looks like a header: the first row that is as filled as half of the widest.
fn fallback(rows: &[Row], first: usize) -> usize {
    let widest = rows.iter().skip(first).map(|row| row.n_filled).max().unwrap_or(0);
    let found = rows.iter().enumerate().skip(first).find(|(_, row)| row.n_filled > 0 && row.n_filled * 2 >= widest);
    found.map_or(first, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (char, usize, bool) {
        let head = Head { text: text.to_owned(), is_whole: true };
        let Layout { delimiter, skip_first, is_named } = find(&head, None);
        (char::from(delimiter), skip_first, is_named)
    }

    #[test]
    fn delimiters() {
        assert_eq!(found("Nom;Prix\nA;1,5\nB;2,5\n"), (';', 0, true));
        assert_eq!(found("a\tb, c\n1\t2\n"), ('\t', 0, true));
        assert_eq!(found("a,b\n"), (',', 0, true));
        assert_eq!(found("sep=|\na|b\n1|2\n"), ('|', 1, true));
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
