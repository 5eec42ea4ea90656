//! Cells with several values: how a cell falls into parts, and how each part is read.

use super::Type;
use super::email::is_email;
use super::phone::PhoneReader;
use super::text::{split_set, trim};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// How a cell falls into parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// This stands between two parts.
    Separator(String),
    /// The cell is a JSON array.
    Json,
}

/// What the parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOf {
    /// Any texts.
    Text,
    /// E-mail addresses.
    Email,
    /// Phone numbers.
    Phone(PhoneReader),
}

/// Reads cells with several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetReader {
    /// How a cell falls into parts.
    pub split: Split,
    /// What the parts are.
    pub of: SetOf,
}

impl SetOf {
    /// The type of the parts.
    pub(crate) fn value_type(self) -> Type {
        match self {
            Self::Text => Type::Text,
            Self::Email => Type::Email,
            Self::Phone(_) => Type::Phone,
        }
    }

    /// A part that is neither empty nor blank; `None` if it can't be read.
    pub(crate) fn read(self, part: Cow<'_, str>) -> Option<Cow<'_, str>> {
        match self {
            Self::Text => Some(part),
            Self::Email => is_email(&part).then_some(part),
            Self::Phone(reader) => reader.read(&part).map(Cow::Owned),
        }
    }
}

impl SetReader {
    /// The trimmed parts of a cell, in order; `None` if it does not fall into parts.
    pub(crate) fn parts<'a>(&self, cell: &'a str) -> Option<Vec<Cow<'a, str>>> {
        match &self.split {
            Split::Separator(separator) => Some(split_set(cell, separator).map(Cow::Borrowed).collect()),
            Split::Json => json_parts(cell),
        }
    }
}

/// The strings (decoded), numbers and booleans (as they stand) of a JSON array, without `null`.
fn json_parts(cell: &str) -> Option<Vec<Cow<'_, str>>> {
    let items: Vec<&RawValue> = serde_json::from_str(cell).ok()?;
    let mut parts = Vec::with_capacity(items.len());
    for item in items {
        let item = item.get();
        match item.as_bytes().first()? {
            b'n' => {}
            b'[' | b'{' => return None,
            b'"' => parts.push(json_text(item)?),
            _ => parts.push(Cow::Borrowed(item)),
        }
    }
    Some(parts)
}

/// A JSON string, decoded and trimmed.
fn json_text(item: &str) -> Option<Cow<'_, str>> {
    match serde_json::from_str::<&str>(item) {
        Ok(text) => Some(Cow::Borrowed(trim(text))),
        // With escapes it is a text of its own.
        Err(_) => serde_json::from_str::<String>(item).ok().map(|text| Cow::Owned(trim(&text).to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(cell: &str) -> Option<Vec<String>> {
        json_parts(cell).map(|parts| parts.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn arrays_of_plain_values() {
        for (cell, parts) in [
            (r#"["north","south"]"#, vec!["north", "south"]),
            (r#" [ " a;b " , 1.50, -2e3, true, null, "" ] "#, vec!["a;b", "1.50", "-2e3", "true", ""]),
            (r#"["\u0130\"x\""]"#, vec!["İ\"x\""]),
            ("[]", vec![]),
            ("[null]", vec![]),
        ] {
            assert_eq!(json(cell), Some(parts.into_iter().map(str::to_owned).collect()), "{cell}");
        }
    }

    #[test]
    fn anything_else_is_unreadable() {
        for cell in [
            "",
            "north",
            "\"north\"",
            "5",
            "null",
            "{}",
            "[1,]",
            "[1",
            "[1] x",
            "[[1]]",
            "[{}]",
            "['a']",
            r#"["\ud800"]"#,
        ] {
            assert_eq!(json(cell), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(parts in proptest::collection::vec("\\PC{0,6}", 0..4)) {
            let cell = serde_json::to_string(&parts).expect("texts can be written");
            let trimmed: Vec<String> = parts.iter().map(|part| part.trim().to_owned()).collect();
            prop_assert_eq!(json(&cell), Some(trimmed));
        }

        #[test]
        fn no_cell_panics(cell in "\\PC{0,20}|\\[[\\[\\]{}\",0-9a-z\\\\ ]{0,20}") {
            let _ = json(&cell);
        }
    }
}
