//! What speaks against the encoding that a file is read in: facts, no sentences.

use serde::Serialize;

/// Why the encoding that a file is read in may be wrong, and where that shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EncodingDoubt {
    /// What speaks against the encoding.
    #[serde(flatten)]
    pub cause: DoubtCause,
    /// The physical line where it shows first, from 1; none where the file as a whole shows it.
    pub line: Option<u64>,
}

/// What speaks against an encoding. Words are shortened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum DoubtCause {
    /// It has the looks of UTF-8 although another encoding was named.
    LooksUtf8,
    /// Another encoding is as likely.
    Rival {
        /// The other encoding.
        encoding: &'static str,
        /// The first word that differs, as it is read.
        word: String,
        /// The same word in the other encoding.
        otherwise: String,
    },
    /// Some of the text has the looks of UTF-8, and the rest has not.
    PartlyUtf8 {
        /// The first letters that have, as they are read.
        word: String,
        /// The same in UTF-8.
        otherwise: String,
    },
    /// Many words have the looks of no language.
    Odd {
        /// The first of them.
        word: String,
    },
}
