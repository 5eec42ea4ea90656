//! Which disqualifier is meant: by its reason and, of several with one reason, by which of them it is.

use std::fmt;

/// A disqualifier's identity in a rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// As it is written.
    pub text: String,
    /// Which one it is of those with this text, from 1.
    pub nth: usize,
}

impl Reason {
    /// The identities of disqualifiers with these reasons, in their order.
    pub(super) fn number<'n>(reasons: impl Iterator<Item = &'n str>) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for text in reasons {
            let n_before = found.iter().filter(|known| known.text == text).count();
            found.push(Self { text: text.to_owned(), nth: n_before + 1 });
        }
        found
    }
}

/// The second of a reason as `reason (2)`. For people: another reason may be written like that, so nothing reads it back.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match self.nth {
            1 => Ok(()),
            nth => write!(f, " ({nth})"),
        }
    }
}
