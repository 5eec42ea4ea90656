//! Running text in pieces: words of ours, names from files and rulebooks, code, links to sections. A renderer decides how each
//! looks and makes it harmless; nobody looks into a finished text for what it is made of.

use crate::value::{Instant, Zone};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of ours.
    Words(String),
    /// A name or a cell from a file or a rulebook, whatever it holds.
    Name(String),
    /// What stands in a rulebook or on a command line, as it is typed there.
    Code(String),
    /// Words that stand out.
    Strong(String),
    /// The title of a section or heading of the same document, as a link; its id.
    Link(&'static str),
    /// An instant, as a machine reads it and as a clock on the wall shows it.
    Time {
        /// RFC 3339.
        machine: String,
        /// `2026-05-31 23:59`.
        wall: String,
    },
}

/// Pieces in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Piece>);

impl Text {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds words.
    #[must_use]
    pub fn words(self, words: impl Into<String>) -> Self {
        self.with(Piece::Words(words.into()))
    }

    /// Adds a name.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(Piece::Name(name.into()))
    }

    /// Adds code.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        self.with(Piece::Code(code.into()))
    }

    /// Adds words that stand out.
    #[must_use]
    pub fn strong(self, words: impl Into<String>) -> Self {
        self.with(Piece::Strong(words.into()))
    }

    /// Adds a link to the section or heading with this id.
    #[must_use]
    pub fn link(self, id: &'static str) -> Self {
        self.with(Piece::Link(id))
    }

    /// Adds an instant, shown as the wall clock of the zone shows it, to the minute.
    #[must_use]
    pub fn time(self, instant: Instant, zone: &Zone) -> Self {
        self.with(Piece::Time { machine: instant.to_string(), wall: zone.wall(instant).minute() })
    }

    /// Adds what another text says.
    #[must_use]
    pub fn then(mut self, other: impl Into<Text>) -> Self {
        self.0.extend(other.into().0);
        self
    }

    fn with(mut self, piece: Piece) -> Self {
        self.0.push(piece);
        self
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::new().words(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::new().words(words)
    }
}

impl From<&String> for Text {
    fn from(words: &String) -> Self {
        Self::new().words(words)
    }
}
