//! What a chart shows, as plain numbers and words; how it is drawn is the page's.

use super::text::Text;

/// So many curves can be told apart.
pub const MOST_CURVES: usize = 5;

/// A chart with what it is called and how it is read.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows.
    pub title: Text,
    /// What can be read off it, in a sentence or two.
    pub reading: String,
    /// What is drawn.
    pub picture: Picture,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub enum Picture {
    /// Bars from the left.
    Bars(Vec<Bar>),
    /// Curves that rise in steps, over this unit.
    Curves(Vec<Curve>, &'static str),
    /// A field of cells.
    Heat(Heat),
    /// Columns over one axis, a panel a row; the names of the columns first.
    Histogram(Vec<String>, Vec<Panel>),
    /// Dots with intervals, and what to compare them with.
    Intervals(Vec<IntervalRow>, Option<(f64, String)>),
    /// Bars to both sides.
    Signed(Vec<SignedRow>),
}

/// A bar.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// How much it is, in words.
    pub value: String,
    /// How long the bar is, from 0 to 1.
    pub share: f64,
    /// The end of a part of it that stands out, from 0 to `share`; usually all of it.
    pub solid: f64,
}

/// A curve.
#[derive(Clone, Debug, Default)]
pub struct Curve {
    /// What it is.
    pub name: String,
    /// From where on the height is how much: days from 0 on, rising, and shares from 0 to 1.
    pub steps: Vec<(f64, f64)>,
    /// The last day that anything is known of.
    pub end: f64,
}

/// A field of cells.
#[derive(Clone, Debug, Default)]
pub struct Heat {
    /// Over the names of the rows.
    pub corner: String,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The names of the rows, with their cells.
    pub rows: Vec<(String, Vec<HeatCell>)>,
}

/// A cell of a field.
#[derive(Clone, Debug, Default)]
pub struct HeatCell {
    /// How deep its color is, from 0 to 1; nothing where nothing is known.
    pub depth: Option<f64>,
    /// What it says.
    pub words: String,
    /// What it says below that, smaller; may be empty.
    pub more: String,
}

/// A panel of columns.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// What it is.
    pub name: String,
    /// How much it is in all, in words.
    pub value: String,
    /// How high each column is, in any unit.
    pub columns: Vec<f64>,
}

/// A dot with its interval.
#[derive(Clone, Debug, Default)]
pub struct IntervalRow {
    /// What it is.
    pub name: String,
    /// The dot in words, or why there is none.
    pub value: String,
    /// The dot and the ends of the interval, none below 0; nothing where too little is known.
    pub dot: Option<(f64, f64, f64)>,
}

/// A bar to both sides.
#[derive(Clone, Debug, Default)]
pub struct SignedRow {
    /// What it is.
    pub name: String,
    /// How much it is, in words.
    pub value: String,
    /// How far it reaches to the right, 0 or more, in the unit of all rows.
    pub given: f64,
    /// How far it reaches to the left, 0 or more.
    pub taken: f64,
}
