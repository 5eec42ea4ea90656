//! CSV for people and machines: plain, or as a spreadsheet opens it without harm.
//!
//! Names come from web forms, and a spreadsheet runs a cell that begins like a formula. In the spreadsheet's dialect such cells
//! are made text; in the plain one they are counted, so that someone knows.

/// How tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// UTF-8, a line feed after each row, cells as they are.
    #[default]
    Plain,
    /// With a byte order mark, CRLF after each row, and an apostrophe before cells that a spreadsheet would run.
    Spreadsheet,
}

/// The byte order mark that makes a spreadsheet read UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Rows on their way into a file.
#[derive(Debug)]
pub struct Sheet {
    csv: csv::Writer<Vec<u8>>,
    dialect: Dialect,
    n_formulas: u64,
}

impl Sheet {
    /// No rows yet.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        let mut builder = csv::WriterBuilder::new();
        if dialect == Dialect::Spreadsheet {
            builder.terminator(csv::Terminator::CRLF);
        }
        Self { csv: builder.from_writer(Vec::new()), dialect, n_formulas: 0 }
    }

    /// The start of a file: the names of its columns.
    #[must_use]
    pub fn header<S: AsRef<str>>(dialect: Dialect, names: impl IntoIterator<Item = S>) -> Vec<u8> {
        let mut sheet = Self::new(dialect);
        sheet.row(names);
        let rows = sheet.into_bytes();
        if dialect == Dialect::Spreadsheet { [MARK, &rows].concat() } else { rows }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        for cell in cells {
            self.cell(cell.as_ref());
        }
        self.csv.write_record(None::<&[u8]>).expect("writing to memory does not fail");
    }

    /// Adds a row whose cells stand together already, which is quicker than [`Self::row`].
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    pub fn record(&mut self, row: &csv::StringRecord) {
        let n_formulas = row.iter().filter(|cell| is_like_formula(cell.as_bytes())).count() as u64;
        if n_formulas > 0 && self.dialect == Dialect::Spreadsheet {
            return self.row(row);
        }
        self.n_formulas += n_formulas;
        self.csv.write_byte_record(row.as_byte_record()).expect("writing to memory does not fail");
    }

    fn cell(&mut self, cell: &str) {
        let is_formula = is_like_formula(cell.as_bytes());
        self.n_formulas += u64::from(is_formula);
        let written = if is_formula && self.dialect == Dialect::Spreadsheet {
            self.csv.write_field(format!("'{cell}"))
        } else {
            self.csv.write_field(cell)
        };
        written.expect("writing to memory does not fail");
    }

    /// How many cells begin like a formula.
    #[must_use]
    pub fn n_formulas(&self) -> u64 {
        self.n_formulas
    }

    /// The rows so far.
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.csv.into_inner().expect("writing to memory does not fail")
    }
}

/// Whether a spreadsheet would take a cell for a formula: it begins with `=`, `+`, `-`, `@`, a tab or a carriage return and is no
/// number.
#[must_use]
pub(crate) fn is_like_formula(cell: &[u8]) -> bool {
    match cell {
        [b'+' | b'-', rest @ ..] => {
            let is_numeral = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
            !(rest.iter().all(is_numeral) && rest.iter().any(u8::is_ascii_digit))
        }
        [b'=' | b'@' | b'\t' | b'\r', ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_begin_with_a_sign_and_are_no_numbers() {
        for cell in ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "-", "+90 532 000", "-.", "=5"] {
            assert!(is_like_formula(cell.as_bytes()), "{cell:?}");
        }
        for cell in ["", "a=1", "-5", "+3.25", "-1,234.5", "5-3", " =1"] {
            assert!(!is_like_formula(cell.as_bytes()), "{cell:?}");
        }
    }

    #[test]
    fn a_spreadsheet_gets_text_and_others_what_stands_there() {
        let cells = ["=A1", "-5", "ş,x"];
        let written = |dialect| {
            let (mut sheet, mut beside) = (Sheet::new(dialect), Sheet::new(dialect));
            sheet.row(cells);
            beside.record(&cells.as_slice().into());
            assert_eq!((sheet.n_formulas(), beside.n_formulas()), (1, 1));
            let text = String::from_utf8(sheet.into_bytes()).expect("cells are UTF-8");
            assert_eq!(beside.into_bytes(), text.as_bytes());
            text
        };
        assert_eq!(written(Dialect::Plain), "=A1,-5,\"ş,x\"\n");
        assert_eq!(written(Dialect::Spreadsheet), "'=A1,-5,\"ş,x\"\r\n");
        assert_eq!(Sheet::header(Dialect::Spreadsheet, ["a", "b"]), b"\xEF\xBB\xBFa,b\r\n");
    }
}
