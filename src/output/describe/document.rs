//! A document before it has a form: sections of paragraphs, lists and tables. Knows no rulebook and no markup.

/// What is to be signed.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// What it is and who stands for it: names with what is said of them.
    pub about: Vec<(&'static str, String)>,
    /// Its sections, in order, none of them empty.
    pub sections: Vec<Section>,
    /// What tells this version from every other, 64 hexadecimal digits.
    pub fingerprint: String,
}

/// A part with a heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading below the section's.
    Heading(String),
    /// A heading below that.
    Subheading(String),
    /// Sentences.
    Paragraph(String),
    /// Points, each a line or two.
    List(Vec<String>),
    /// Rows.
    Table(Table),
}

/// Rows of cells.
#[derive(Clone, Debug)]
pub struct Table {
    /// What the columns are.
    pub header: Vec<&'static str>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// The lines of a cell.
pub type Cell = Vec<(Tone, String)>;

/// How a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it stands.
    Plain,
    /// What the row is about.
    Strong,
    /// A remark.
    Faint,
    /// A number of points, or a range of them.
    Number,
}

impl Section {
    /// A section without anything in it yet.
    pub(super) fn new(title: &'static str) -> Self {
        Self { title, blocks: Vec::new() }
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds sentences.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.add(Block::Paragraph(text.into()));
    }
}

impl Table {
    /// A table with these columns.
    pub(super) fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }
}

/// A cell of one line.
pub(super) fn cell(text: impl Into<String>) -> Cell {
    vec![(Tone::Plain, text.into())]
}

/// The cell that a row is about.
pub(super) fn head(text: impl Into<String>) -> Cell {
    vec![(Tone::Strong, text.into())]
}

/// Who signs.
pub(in crate::output) const PARTIES: [&str; 2] = ["For marketing", "For sales"];

/// What each of them writes.
pub(in crate::output) const SIGNED_WITH: [&str; 3] = ["Name", "Date", "Signature"];
