//! What came of a cell: its value, and what its type could not read of it.

use super::currency::CurrencyMark;
use super::{Type, Value};
use std::fmt;

/// What a cell came to. Of several values in a cell some may be readable and others not: then there is a value, and a cell issue,
/// too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCell<'a> {
    /// Its value.
    pub value: Value<'a>,
    /// What its type can't read of it: the whole cell, or parts of it. Counted as a cell issue.
    pub unreadable: Option<Unreadable>,
    /// Of a number, the currency's sign or code beside it.
    pub mark: Option<CurrencyMark>,
}

impl<'a> ReadCell<'a> {
    /// A cell that was read as a whole.
    pub(super) fn of(value: Value<'a>) -> Self {
        Self { value, unreadable: None, mark: None }
    }

    /// Whether its type could read all of it.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.unreadable.is_none()
    }

    /// The same, with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> ReadCell<'static> {
        ReadCell { value: self.value.into_owned(), ..self }
    }
}

/// A cell, or a part of one, that its type cannot read: missing, and counted as a cell issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The type that cannot read it.
    pub as_type: Type,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let article = if self.as_type == Type::Email { "an" } else { "a" };
        write!(f, "cannot be read as {article} {}", self.as_type)
    }
}

impl std::error::Error for Unreadable {}
