//! `file`: how a file is read. A key here is read in `parse/file.rs` and stands in `FileSettings`.

use super::{Key, Mapping, Takes, Version, names};

/// Decimal marks, each with whether it is the comma.
pub(crate) const DECIMALS: [(&str, bool); 2] = [("point", false), ("comma", true)];

/// What becomes of rows with fewer cells than the header, each with whether they are filled up.
pub(crate) const SHORT_ROWS: [(&str, bool); 2] = [("reject", false), ("pad", true)];

/// The general `file`, for all files.
pub(crate) const FILE: Mapping = Mapping::new("file", "the general `file`", "How all files are read.")
    .example("file: { blank: [N/A] }")
    .keys(&[READING]);

/// The `file` of leads, a table or an event source.
pub(crate) const FILES: Mapping = Mapping::new(
    "files",
    "`file`",
    "Where the files of `leads`, a table or an event source are, and how they are read.",
)
.more("A key that is not there is taken from the general `file`.")
.example("file: { path: exports/*.csv }")
.keys(&[PATH, READING]);

const PATH: &[Key] = &[Key::new(
    "path",
    Takes::OneOrMore(&Takes::Text),
    "A file, a pattern such as `exports/*.csv`, or a list of these. Used when the command \
     line names no file.",
)
.more("Paths are relative to the rulebook. A pattern that matches no file gives no file.")
.example("path: ../exports/contacts-*.csv")
.also_called(&["file"])];

const READING: &[Key] = &[
    Key::new(
        "blank",
        Takes::OneOf(&[Takes::Text, Takes::List(&Takes::Text)]),
        "Cell texts that mean “no value”, such as `N/A`. Capitals do not matter.",
    )
    .more("They count in every column, also for ids, event types and times.")
    .example("blank: [Select, N/A]"),
    DECIMAL,
    Key::new("language", Takes::Name("a language, such as `tr` or `pt-BR`"), "The language of month names in dates.")
        .default("English month names only; they are always read")
        .example("language: tr"),
    Key::new("country", Takes::Name("a country, such as `TR`"), "The country of phone numbers that don't begin with one.")
        .since(Version::V1_1)
        .more("Two letters of ISO 3166. A field may have its own `country`.")
        .default("none: such numbers can't be read")
        .example("country: TR"),
    Key::new("encoding", Takes::Name("an encoding"), "How the file encodes letters.")
        .default("recognised")
        .example("encoding: windows-1254"),
    Key::new("delimiter", Takes::Text, "What separates cells: one character, or `tab`.")
        .default("recognised: the one under which the header and the rows have the same number of cells")
        .example("delimiter: \";\""),
    Key::new("skip_first", Takes::Whole(0), "How many lines are above the header. Empty lines count.")
        .default("recognised: the header is the row that differs from the rows below it as names differ from values")
        .example("skip_first: 2")
        .also_called(&["skip"]),
    Key::new("skip_last", Takes::OneOf(&[Takes::Whole(0), Takes::Word(&["auto"])]), "How many lines are below the data.")
        .default("0")
        .more(
            "With `auto`, lines below the data that don't look like a row, such as a sum, are left out. A file without such lines keeps its last row.",
        )
        .example("skip_last: auto"),
    Key::new("short_rows", Takes::Word(&names(&SHORT_ROWS)), "What happens to a row with fewer cells than the header.")
        .since(Version::V1_1)
        .default("reject")
        .more(
            "Some exports leave out empty cells at the end of a row. With `pad`, the missing cells are empty, and the \
             run says how many rows had fewer cells. A row with more cells than the header is always rejected.",
        )
        .example("short_rows: pad"),
];

/// Which sign stands before decimals: of files, and of a number field.
pub(super) const DECIMAL: Key =
    Key::new("decimal", Takes::Word(&names(&DECIMALS)), "The sign before the decimals of numbers.")
        .default("point")
        .more("With `comma`, `1.234,5` is 1234.5.")
        .example("decimal: comma");
