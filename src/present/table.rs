//! A table: what its columns are, and rows of typed cells.

use super::cell::Cell;
use super::text::Text;

/// Rows of cells.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it shows.
    pub caption: Text,
    /// What the columns are.
    pub columns: Vec<Column>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// How it is set.
    pub setting: Setting,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: Text,
    /// Whether it holds numbers, which stand at the right.
    pub is_number: bool,
}

/// How a table is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Rows and columns.
    Grid,
    /// Rows and columns, where on a terminal too long a cell goes on below.
    Wrapped,
    /// The numbers of a chart: folded where a form can fold.
    Folded,
    /// The numbers of a chart that belong to what a reader comes for: folded only where the chart is drawn.
    Drawn,
    /// Few columns of running text: on a terminal, each row's cells stand below each other.
    Prose,
}

impl Setting {
    /// Whether a form that can fold folds it.
    #[must_use]
    pub(crate) fn is_folded(self) -> bool {
        matches!(self, Self::Folded | Self::Drawn)
    }
}

impl Column {
    /// A column of names or words.
    #[must_use]
    pub fn text(head: impl Into<Text>) -> Self {
        Self { head: head.into(), is_number: false }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(head: impl Into<Text>) -> Self {
        Self { head: head.into(), is_number: true }
    }
}

impl Table {
    /// A table with these columns.
    #[must_use]
    pub fn new(caption: impl Into<Text>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self {
            caption: caption.into(),
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
            setting: Setting::Grid,
        }
    }

    /// A table whose first column holds names and whose others hold numbers.
    #[must_use]
    pub fn of_numbers(caption: impl Into<Text>, first: &str, numbers: &[&str]) -> Self {
        let numbers = numbers.iter().map(|head| Column::number(*head));
        Self::new(caption, std::iter::once(Column::text(first)).chain(numbers))
    }

    /// The same table, set otherwise.
    #[must_use]
    pub fn set(self, setting: Setting) -> Self {
        Self { setting, ..self }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }
}
