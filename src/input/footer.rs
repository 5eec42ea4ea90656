//! Rows below the data: sums, copyright notices, who made the report and when.
//!
//! Looks at the last rows of a file alone. A row that has an id or an address as the rows above have them is never taken for
//! one of these, and neither is the start of a row that was cut off.

use crate::value::email::is_email;
use crate::value::fold;
use std::borrow::Cow;

/// A row at the end of a file, its cells trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LastRow<'t> {
    pub(super) cells: Vec<Cow<'t, str>>,
}

impl LastRow<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }

    fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(AsRef::as_ref).filter(|cell: &&str| !cell.is_empty())
    }

    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", AsRef::as_ref)
    }
}

/// What a row at the end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TailKind {
    /// One of the table's, or the start of one.
    Data,
    /// Below the data.
    Below,
    /// Below the data if a blank row sets it apart: on its own it might be a row that was cut off.
    Perhaps,
}

/// What is known of a table when its last rows are looked at.
#[derive(Debug)]
pub(super) struct TableShape {
    n_columns: usize,
    /// The columns of addresses.
    emails: Vec<usize>,
    /// The columns of ids with a digit in them and no blank.
    ids: Vec<usize>,
}

/// Whether a header speaks of an id.
#[must_use]
pub(crate) fn speaks_of_id(header: &str) -> bool {
    let folded = fold(header);
    let ends = ["id", "key", "guid", "uuid", "nr", "number", "code"];
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| ends.contains(&word)) || header.ends_with("Id")
}

impl TableShape {
    /// The table with this header, of which these are some rows.
    pub(super) fn new(header: &[String], rows: &[LastRow<'_>]) -> Self {
        let n_columns = header.len();
        let is_full = |row: &&LastRow<'_>| {
            let is_sum = row.filled().next().is_some_and(|first| says_sum(first, false));
            row.cells.len() >= n_columns && row.filled().count() * 2 > n_columns && !is_sum
        };
        let full: Vec<&LastRow<'_>> = rows.iter().filter(is_full).collect();
        let n_emails = |at: &usize| full.iter().filter(|row| is_email(row.cell(*at))).count();
        let is_id = |at: &usize| {
            let mut cells: Vec<&str> = full.iter().map(|row| row.cell(*at)).collect();
            cells.sort_unstable();
            cells.windows(2).all(|pair| pair[0] != pair[1]) && cells.iter().all(|cell| is_code(cell))
        };
        let may_be_id = |at: &usize| *at == 0 || speaks_of_id(&header[*at]);
        Self {
            n_columns,
            emails: (0..n_columns).filter(|at| n_emails(at) * 2 > full.len()).collect(),
            ids: (0..n_columns).filter(may_be_id).filter(|at| !full.is_empty() && is_id(at)).collect(),
        }
    }

    /// How many of the last rows stand below the data, blank rows above them included.
    pub(super) fn n_below(&self, rows: &[LastRow<'_>]) -> usize {
        let mut n_found = 0;
        let mut is_open = false;
        for (n_under, row) in rows.iter().rev().enumerate() {
            if row.is_empty() {
                if is_open && !self.has_blank_rows_amid(&rows[..rows.len() - n_under]) {
                    n_found = n_under;
                }
                continue;
            }
            match self.looks(row) {
                TailKind::Data => break,
                TailKind::Below => n_found = n_under + 1,
                TailKind::Perhaps => {}
            }
            is_open = true;
        }
        // What is left of the table says what is below it; where nothing is left, nothing says so.
        if n_found == rows.len() {
            return 0;
        }
        // The blank rows that set it apart go with it.
        let above = rows.iter().rev().skip(n_found).take_while(|row| row.is_empty()).count();
        if n_found == 0 { 0 } else { n_found + above }
    }

    /// Whether a row that was passed over by number looks like one of the table's.
    pub(super) fn is_like_data(&self, row: &LastRow<'_>) -> bool {
        let is_filled = row.cells.len() >= self.n_columns && row.filled().count() * 2 > self.n_columns;
        self.has_name(row) || (is_filled && self.looks(row) == TailKind::Data && !says_sum(row.cell(0), true))
    }

    /// Whether blank rows stand between rows of the table, so that they set nothing apart.
    fn has_blank_rows_amid(&self, rows: &[LastRow<'_>]) -> bool {
        let mut above = rows.iter().skip_while(|row| row.is_empty());
        let last = rows.iter().rposition(|row| !row.is_empty() && self.looks(row) == TailKind::Data);
        last.is_some_and(|last| above.by_ref().take(last).any(LastRow::is_empty))
    }

    /// Whether a row has an id or an address as the others have.
    fn has_name(&self, row: &LastRow<'_>) -> bool {
        self.emails.iter().any(|at| is_email(row.cell(*at))) || self.ids.iter().any(|at| is_code(row.cell(*at)))
    }

    fn looks(&self, row: &LastRow<'_>) -> TailKind {
        let Some(first) = row.filled().next() else { return TailKind::Data };
        if self.n_columns < 2 || self.has_name(row) {
            return TailKind::Data;
        }
        if self.is_sum(row, first) || self.is_note(row, first) {
            return TailKind::Below;
        }
        let n_filled = row.filled().count();
        let is_sparse = n_filled == 1 || n_filled * 3 <= self.n_columns;
        if row.cells.len() >= self.n_columns || !is_sparse {
            return TailKind::Data;
        }
        // A row that was cut off begins as the others do: with an id, or an address.
        let begins_with_name = self.ids.contains(&0) || self.emails.contains(&0);
        if begins_with_name { TailKind::Below } else { TailKind::Perhaps }
    }

    /// A word for a sum with amounts behind it, or amounts alone with nothing where the rows above have their name.
    fn is_sum(&self, row: &LastRow<'_>, first: &str) -> bool {
        let n_filled = row.filled().count();
        // Where each row has an id, one without may be called `Total Systems` and is no lead all the same.
        let has_ids = !self.ids.is_empty();
        let is_bare = n_filled * 2 <= self.n_columns.max(4) || has_ids;
        if says_sum(first, !has_ids) && is_bare && row.filled().skip(1).all(is_amount) {
            return true;
        }
        n_filled * 3 <= self.n_columns && row.cell(0).is_empty() && row.filled().all(is_amount)
    }

    /// A text alone in its row: a note by its words or its length, or anything where each row above has an id.
    fn is_note(&self, row: &LastRow<'_>, first: &str) -> bool {
        let is_alone = row.filled().count() == 1 && self.n_columns >= 3;
        is_alone
            && (!self.ids.is_empty() && row.cells.len() >= self.n_columns || says_note(first) || is_sentence(first))
    }
}

/// Longer than names are.
fn is_sentence(cell: &str) -> bool {
    cell.chars().count() >= 50 && cell.split_whitespace().count() >= 7
}

/// One word with a digit in it, as ids are.
fn is_code(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit()) && !cell.contains(char::is_whitespace)
}

/// A number, whatever unit stands behind it.
fn is_amount(cell: &str) -> bool {
    let mut visible = cell.chars().filter(|c| c.is_alphanumeric());
    visible.next().is_some_and(char::is_numeric) && !cell.contains('@')
}

/// Whether a cell begins with a word for a sum. If it `is_strict`, nothing but numbers and what is counted may follow.
fn says_sum(cell: &str, is_strict: bool) -> bool {
    const WORDS: [&str; 28] = [
        "total",
        "totals",
        "subtotal",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "insgesamt",
        "somme",
        "suma",
        "razem",
        "toplam",
        "totale",
        "totaal",
        "count",
        "anzahl",
        "totalt",
        "yhteensä",
        "celkem",
        "összesen",
        "итого",
        "всего",
        "σύνολο",
        "合計",
        "総計",
        "合计",
        "总计",
        "합계",
    ];
    const COUNTED: [&str; 14] = [
        "rows",
        "row",
        "records",
        "record",
        "leads",
        "contacts",
        "entries",
        "of",
        "zeilen",
        "datensatze",
        "kayıt",
        "kayit",
        "filas",
        "lignes",
    ];
    let folded = fold(cell);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = match words.next() {
        Some("grand") => words.next(),
        first => first,
    };
    let is_counted =
        |word: &str| WORDS.contains(&word) || COUNTED.contains(&word) || word.chars().all(char::is_numeric);
    first.is_some_and(|word| WORDS.contains(&word)) && (!is_strict || words.all(is_counted))
}

/// Whether a cell says who made an export and when, or whose it is. `Exported Goods` does not.
fn says_note(cell: &str) -> bool {
    const STARTS: [&str; 5] = ["copyright", "©", "(c)", "confidential information", "all rights reserved"];
    const MADE: [&str; 14] = [
        "generated",
        "created",
        "exported",
        "made",
        "printed",
        "downloaded",
        "report",
        "erstellt",
        "exportiert",
        "generado",
        "généré",
        "exporté",
        "gerado",
        "oluşturulma",
    ];
    const BEHIND: [&str; 13] =
        ["by", "on", "at", "from", "date", "am", "von", "le", "par", "el", "por", "em", "tarihi"];
    let folded = fold(cell);
    let is_word = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    if STARTS.iter().any(|start| folded.strip_prefix(&*fold(start)).is_some_and(is_word)) {
        return true;
    }
    let rest = MADE.iter().find_map(|made| folded.strip_prefix(&*fold(made)).filter(|rest| is_word(rest)));
    let Some(rest) = rest.map(str::trim_start) else { return folded == "confidential" };
    let next = rest.split_whitespace().next().unwrap_or_default();
    rest.starts_with(':')
        || next.starts_with(|c: char| c.is_ascii_digit())
        || BEHIND.contains(&next.trim_end_matches(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n_below(header: &str, text: &str) -> usize {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        let rows: Vec<LastRow<'_>> =
            text.lines().map(|line| LastRow { cells: line.split(',').map(Cow::Borrowed).collect() }).collect();
        TableShape::new(&header, &rows).n_below(&rows)
    }

    #[test]
    fn sums_and_notes_stand_below() {
        assert_eq!(n_below("id,name,x", "1,A,x\n2,B,y\n"), 0);
        assert_eq!(n_below("id,name,x,n", "1,A,x,1\nToplam,,,1\n"), 1);
        assert_eq!(n_below("name,x,n,m", "A,x,2,3\nGrand Total,,2,3 EUR\n"), 0, "too full where nothing is an id");
        assert_eq!(n_below("id,x,n,m", "A7,x,2,3\nGrand Total,,2,3 EUR\n"), 1);
        assert_eq!(n_below("name,city", "A,x\nB,y\nTotal: 2 rows\n"), 1);
        let report =
            "1,A,x\n\nLeads this year\nCopyright (c) salesforce.com\nConfidential Information\n\nGenerated By: Ann\n";
        assert_eq!(n_below("id,name,x", report), 6);
        assert_eq!(n_below("id,name,x", "1,A,x\n,,\n,,\n"), 0, "empty rows are no footer");
        assert_eq!(n_below("id,name,x,n", "A7,A,x,1\nA8,B,y,2\nИтого,,,\n"), 1);
        assert_eq!(n_below("name,x,n", "A,x,2\nB,y,3\n,,5\n"), 1, "a sum without a word");
        let note = "\"Note: numbers of this month are not final and may change until the tenth\"";
        assert_eq!(n_below("State,x,n", &format!("A,x,2\nB,y,3\n{note},,\n")), 1);
        assert_eq!(n_below("A", "A\nTotal\n"), 0, "in one column nothing tells them apart");
    }

    #[test]
    fn a_row_that_might_be_a_lead_does_not() {
        assert_eq!(n_below("id,name,x", "1,A,x\n2,B\n"), 0, "a cut-off row");
        assert_eq!(n_below("id,name,x", "1,A,x\nTotal Systems Ltd,B,y\n"), 0);
        assert_eq!(n_below("name,mail,city,n", "A,a@b.c,x,1\nB,b@b.c,y,2\nSum Ventures,s@b.c,,\n"), 0);
        assert_eq!(n_below("company,city,x", "A,x,1\nB,y,1\nExported Goods Inc,,\n"), 0);
        assert_eq!(n_below("name,city,n,m", "A,x,,1\nB,y,,2\nCount Basie Ltd,,,\n"), 0);
        assert_eq!(n_below("mail,name,city", "a@b.c,A,x\nb@b.c,B,y\nc@b.c\n"), 0, "cut off behind its address");
        assert_eq!(n_below("name,city,x", "A,x,1\nB,y,1\nC\n"), 0, "cut off behind its name");
        assert_eq!(n_below("name,city,x", "A,x,1\nB,y,1\n\nMade by the sales team\n"), 2, "set apart");
        assert_eq!(n_below("name,city,x", "A,x,1\n\nB,y,1\n\nC\n"), 0, "blank rows are everywhere");
    }
}
