//! A document before it has a form. Knows no rulebook, no report and no markup.

use super::cell::Tone;
use super::chart::Chart;
use super::table::Table;
use super::text::Text;
use crate::points::Points;
use crate::score::Truth;

/// What a reader gets.
#[derive(Clone, Debug)]
pub struct Document {
    /// What kind of document it is: `Lead report`.
    pub kind: &'static str,
    /// What it is about: the rulebook's name.
    pub title: String,
    /// What it is and who keeps it: names, and what is said of each.
    pub about: Vec<(&'static str, Text)>,
    /// What stands before the first section.
    pub opening: Vec<Block>,
    /// The sections in order, none of them empty.
    pub sections: Vec<Section>,
    /// What stands at the foot.
    pub closing: Vec<Text>,
    /// How a page of it looks.
    pub look: Look,
}

/// How a page looks: a report to be read on a screen, or a description to be printed and signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Wide tables and charts; each section on a page of its own on paper.
    Report,
    /// Running text with room for signatures.
    Agreement,
}

/// A part with a heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// What links and places name it by; unique in the document, letters and `-`.
    pub id: &'static str,
    /// Its heading.
    pub title: Text,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading below the section's, of level 3 or 4, with the id that links name, if any.
    Heading {
        /// 3 or 4.
        level: u8,
        /// Its id.
        id: Option<&'static str>,
        /// What it says.
        title: Text,
    },
    /// Sentences.
    Paragraph(Text),
    /// What a reader should mind.
    Note(Text),
    /// A remark in small letters.
    Remark(Text),
    /// What a word or figure means.
    Definition {
        /// The word.
        term: &'static str,
        /// Its meaning.
        meaning: Text,
    },
    /// Points, each a line or two.
    List(Vec<Text>),
    /// Rows of cells.
    Table(Table),
    /// A drawing. Renderers without drawings pass over it: its numbers are always in a table, too.
    Chart(Chart),
    /// The most important figures, side by side.
    Tiles(Vec<Tile>),
    /// Factors and what they come to, each with what it is.
    Product {
        /// What the product is of.
        of: Text,
        /// The factors.
        factors: Vec<(String, Text)>,
        /// What they come to.
        result: String,
    },
    /// Names, and what is said of each.
    Facts(Vec<(&'static str, Text)>),
    /// Lines as they are, however wide: where they hold places, other programs read them.
    Lines(Vec<LedgerEntry>),
    /// Blocks that are not the document's own words, set apart.
    Quoted(Vec<Block>),
    /// Lines below lines, as on a bill: with marks before them, with points at their right ends.
    Ledger(Vec<LedgerEntry>),
    /// Blocks behind a line that opens them, where a form can fold.
    Folded {
        /// The line.
        title: Text,
        /// What it opens.
        blocks: Vec<Block>,
    },
    /// Room for the signatures under this version of the rules.
    Signatures {
        /// The version's fingerprint.
        version: String,
    },
}

/// A figure in large letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// What it is.
    pub title: Text,
    /// The figure.
    pub figure: String,
    /// Its unit.
    pub unit: Option<String>,
    /// What it rests on; may be empty.
    pub more: String,
    /// Whether it is one of those that the document is about.
    pub is_chief: bool,
}

/// A line of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// How deep it lies below another, from 0.
    pub depth: usize,
    /// What stands before its text.
    pub mark: Mark,
    /// How much it matters.
    pub tone: Tone,
    /// What it says.
    pub text: Text,
    /// Points at its end.
    pub amount: Amount,
}

/// What stands before the text of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    None,
    /// That it is one of several points.
    Point,
    /// Whether what it says is true.
    Truth(Truth),
    /// Whether all is well with it.
    Verdict(bool),
}

/// What stands at the end of a ledger's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Nothing.
    None,
    /// A part of a sum, shown with its sign. A faint line with a part is a brief one.
    Part(Points),
    /// Word of something that is switched off, in place of a part.
    Off,
    /// A part of a part, which has a column of its own where there is room.
    Within(Points),
    /// What a limit takes off those.
    Cut(Points),
    /// What the parts come to before something changes it.
    Before(Points),
    /// A sum without a rule.
    Carried(Points),
    /// A sum, below a rule.
    Total(Points),
}

impl LedgerEntry {
    /// A plain line.
    #[must_use]
    pub fn new(depth: usize, text: impl Into<Text>) -> Self {
        Self { depth, mark: Mark::None, tone: Tone::Plain, text: text.into(), amount: Amount::None }
    }

    /// The same with a mark.
    #[must_use]
    pub fn mark(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }

    /// The same in another tone.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// The same with an amount.
    #[must_use]
    pub fn amount(self, amount: Amount) -> Self {
        Self { amount, ..self }
    }
}

impl Section {
    /// A section without anything in it yet.
    #[must_use]
    pub fn new(id: &'static str, title: impl Into<Text>) -> Self {
        Self { id, title: title.into(), blocks: Vec::new() }
    }

    /// What stands in it, below its heading.
    #[must_use]
    pub fn into_blocks(self) -> Vec<Block> {
        let heading = Block::Heading { level: 3, id: None, title: self.title };
        std::iter::once(heading).chain(self.blocks).collect()
    }

    /// Adds a piece.
    pub fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds sentences.
    pub fn say(&mut self, text: impl Into<Text>) {
        self.add(Block::Paragraph(text.into()));
    }

    /// Adds a heading.
    pub fn heading(&mut self, title: impl Into<Text>) {
        self.add(Block::Heading { level: 3, id: None, title: title.into() });
    }

    /// Adds a heading that links can name.
    pub fn named_heading(&mut self, id: &'static str, title: impl Into<Text>) {
        self.add(Block::Heading { level: 3, id: Some(id), title: title.into() });
    }

    /// Adds a heading below a heading.
    pub fn subheading(&mut self, title: impl Into<Text>) {
        self.add(Block::Heading { level: 4, id: None, title: title.into() });
    }

    /// Adds a table, if it has rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.add(Block::Table(table));
        }
    }
}

impl Document {
    /// A document without a title: a part of another.
    #[must_use]
    pub fn untitled(look: Look) -> Self {
        Self {
            kind: "",
            title: String::new(),
            about: Vec::new(),
            opening: Vec::new(),
            sections: Vec::new(),
            closing: Vec::new(),
            look,
        }
    }

    /// The title of the section or heading with this id, if there is one.
    #[must_use]
    pub fn title_of(&self, id: &str) -> Option<&Text> {
        self.sections.iter().find_map(|section| {
            let headings = section.blocks.iter().filter_map(|block| match block {
                Block::Heading { id: Some(own), title, .. } => Some((*own, title)),
                _ => None,
            });
            std::iter::once((section.id, &section.title))
                .chain(headings)
                .find(|(own, _)| *own == id)
                .map(|(_, title)| title)
        })
    }
}
