//! Recognises files that are no CSV by how they begin, so that the user learns what the file is.
//!
//! Goes by the first bytes only, never by the file's name, and prefers silence to a false alarm: `PK,Name` is a header.

use std::fmt;

use memchr::memchr_iter;
use memchr::memmem;

/// How many bytes of a file's start are looked at.
pub(super) const HEAD_BYTES: usize = 4096;

/// What a file is when it is not CSV. Its `Display` says so, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// `.xlsx`.
    ExcelWorkbook,
    /// `.xls`, or a workbook locked by a password: both are OLE containers.
    OldExcel,
    /// Excel's XML of 2003.
    ExcelXml,
    /// `.ods`.
    OpenDocument,
    /// Any other zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// Compressed in a way that is not read here; the name of the format.
    Packed(&'static str),
    /// A PDF document.
    Pdf,
    /// Rich text.
    Rtf,
    /// A web page, often a log-in page saved in place of the export.
    Html,
    /// XML of any kind.
    Xml,
    /// JSON or JSON lines.
    Json,
    /// A pointer that Git LFS left in place of the file.
    LfsPointer,
    /// An `SQLite` database.
    Sqlite,
    /// A binary table; the name of the format.
    BinaryTable(&'static str),
    /// Bytes that are no text.
    Binary,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SAVE: &str = "in Excel, save it as \"CSV UTF-8 (comma delimited)\"";
        const EXPORT: &str = "export it as CSV";
        let (what, todo) = match self {
            Self::ExcelWorkbook => ("an Excel workbook", SAVE),
            Self::OldExcel => ("an old Excel workbook (.xls) or one locked by a password", SAVE),
            Self::ExcelXml => ("an Excel XML spreadsheet", SAVE),
            Self::OpenDocument => ("an OpenDocument spreadsheet", "save it as CSV"),
            Self::Zip => ("a zip archive", "unpack it and name the CSV file in it"),
            Self::Tar => ("a tar archive", "unpack it and name the CSV file in it"),
            Self::Packed(format) => {
                return write!(
                    f,
                    "this is {format} data, not CSV; unpack it, or pack it as .gz or .zst, which leadscore can read"
                );
            }
            Self::Pdf => ("a PDF document", EXPORT),
            Self::Rtf => ("a rich text document", "save it as plain text"),
            Self::Html => ("a web page", "export it again, and check whether the download asked you to log in"),
            Self::Xml => ("an XML document", EXPORT),
            Self::Json => ("JSON", EXPORT),
            Self::LfsPointer => ("a Git LFS pointer", "run `git lfs pull` to fetch the file itself"),
            Self::Sqlite => ("an SQLite database", "export the table as CSV"),
            Self::BinaryTable(format) => {
                return write!(f, "this is {format} data, not CSV; {EXPORT}");
            }
            Self::Binary => ("binary data", "if it is text in an unusual encoding, name that under `encoding`"),
        };
        write!(f, "this is {what}, not CSV; {todo}")
    }
}

/// Recognises a format by its magic bytes. `head` is the start of the file, after decompression.
pub(super) fn by_magic(head: &[u8]) -> Option<Foreign> {
    const MAGIC: [(&[u8], Foreign); 18] = [
        (b"PK\x05\x06", Foreign::Zip),
        (b"PK\x07\x08", Foreign::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Foreign::OldExcel),
        (b"%PDF-", Foreign::Pdf),
        (b"{\\rtf", Foreign::Rtf),
        (b"version https://git-lfs", Foreign::LfsPointer),
        (b"SQLite format 3\0", Foreign::Sqlite),
        (b"PAR1\x15", Foreign::BinaryTable("Parquet")),
        (b"ARROW1\0", Foreign::BinaryTable("Arrow")),
        (b"Obj\x01", Foreign::BinaryTable("Avro")),
        (b"\xFD7zXZ\0", Foreign::Packed("xz")),
        (b"7z\xBC\xAF\x27\x1C", Foreign::Packed("7-Zip")),
        (b"Rar!\x1A\x07", Foreign::Packed("RAR")),
        (b"\x04\x22\x4D\x18", Foreign::Packed("LZ4")),
        (b"\x1F\x9D", Foreign::Packed("compress (.Z)")),
        (b"\x1F\x8B", Foreign::Packed("gzip")),
        (b"\x28\xB5\x2F\xFD", Foreign::Packed("zstd")),
        (b"BZh91AY&SY", Foreign::Packed("bzip2")),
    ];
    if head.starts_with(b"PK\x03\x04") {
        return Some(zip_kind(head));
    }
    // The name of the format is part of words too ("mustard"); what follows it in an archive is not.
    if head.get(257..).is_some_and(|mark| mark.starts_with(b"ustar\0") || mark.starts_with(b"ustar  \0")) {
        return Some(Foreign::Tar);
    }
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|&(_, found)| found)
}

/// Office formats are zip archives; the names of their first members stand in the clear.
fn zip_kind(head: &[u8]) -> Foreign {
    let names = |name: &str| memmem::find(head, name.as_bytes()).is_some();
    if names("application/vnd.oasis.opendocument") {
        Foreign::OpenDocument
    } else if names("xl/") || names("[Content_Types].xml") {
        Foreign::ExcelWorkbook
    } else {
        Foreign::Zip
    }
}

/// Recognises other kinds of text, and what is no text. `head` is UTF-8 or a superset of ASCII, without a byte order mark.
pub(super) fn by_text(head: &[u8]) -> Option<Foreign> {
    // One stray NUL in a cell is a blemish; one in every 32 bytes is another kind of file.
    if memchr_iter(0, head).count() > head.len() / 32 {
        return Some(Foreign::Binary);
    }
    let text = head.trim_ascii_start();
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
    let tags = ["<!doctype html", "<html", "<head", "<body", "<table", "<meta"];
    if tags.iter().any(|tag| begins(tag)) {
        return Some(Foreign::Html);
    }
    if begins("<?xml") {
        return Some(xml_kind(text));
    }
    is_json(text).then_some(Foreign::Json)
}

fn xml_kind(text: &[u8]) -> Foreign {
    let says = |what: &str| memmem::find(text, what.as_bytes()).is_some();
    if says("Excel.Sheet") || says("urn:schemas-microsoft-com:office:spreadsheet") {
        Foreign::ExcelXml
    } else if says("<html") {
        Foreign::Html
    } else {
        Foreign::Xml
    }
}

/// A header may begin with a bracket (`[Id],[Name]`), so the second token decides.
fn is_json(text: &[u8]) -> bool {
    let second = |rest: &[u8]| rest.trim_ascii_start().first().copied();
    match text {
        [b'{', rest @ ..] => matches!(second(rest), Some(b'"' | b'}')),
        [b'[', rest @ ..] => second(rest) == Some(b'{') || rest.trim_ascii() == b"]",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(head: &[u8]) -> Option<Foreign> {
        by_magic(head).or_else(|| by_text(head))
    }

    #[test]
    fn names_what_is_no_csv() {
        let cases: [(&[u8], Foreign); 14] = [
            (b"PK\x03\x04....[Content_Types].xml", Foreign::ExcelWorkbook),
            (b"PK\x03\x04....readme.txt", Foreign::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..", Foreign::OldExcel),
            (b"%PDF-1.7", Foreign::Pdf),
            (b"\n <!DOCTYPE HTML><p>", Foreign::Html),
            (b"<Table><tr>", Foreign::Html),
            (b"<?xml version='1.0'?><a/>", Foreign::Xml),
            (b"{ \"id\": 1 }", Foreign::Json),
            (b"[\n  {\"id\": 1}]", Foreign::Json),
            (b"[ ]\n", Foreign::Json),
            (b"version https://git-lfs.github.com/spec/v1\n", Foreign::LfsPointer),
            (b"SQLite format 3\0\x10", Foreign::Sqlite),
            (b"PAR1\x15\x04", Foreign::BinaryTable("Parquet")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Foreign::Binary),
        ];
        for (head, found) in cases {
            assert_eq!(sniffed(head), Some(found), "{}", head.escape_ascii());
        }
    }

    #[test]
    fn keeps_silent_about_headers() {
        let headers: [&[u8]; 8] = [
            b"PK,Name\n1,x\n",
            b"PAR1,PAR2\n",
            b"[Id],[Name]\n",
            b"{id},{name}\n",
            b"<id>,<name>\n",
            b"%PDF,n\n",
            b"[\"a\",b\n",
            b"",
        ];
        for head in headers {
            assert_eq!(sniffed(head), None, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn a_word_is_no_archive() {
        let head = |mark: &[u8]| [&b"x".repeat(256)[..], b"m", mark, b"d,sauce\n"].concat();
        assert_eq!(sniffed(&head(b"ustar")), None);
        assert_eq!(sniffed(&head(b"ustar\x0000")), Some(Foreign::Tar));
        assert_eq!(sniffed(&head(b"ustar  \0")), Some(Foreign::Tar));
    }
}
