//! What separates the cells of a file, as people see it and as a rulebook names it.

use serde::{Serialize, Serializer};
use std::fmt;

/// The character between cells. Its `Display` shows it to people: `';'`, `tab`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(pub u8);

impl Delimiter {
    /// As a rulebook names it: `";"`, `tab`.
    #[must_use]
    pub fn key(self) -> String {
        match self.0 {
            b'\t' => "tab".to_owned(),
            byte => serde_json::Value::from(char::from(byte).to_string()).to_string(),
        }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b'\t' => f.write_str("tab"),
            byte => write!(f, "'{}'", char::from(byte)),
        }
    }
}

impl Serialize for Delimiter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(char::from(self.0))
    }
}
