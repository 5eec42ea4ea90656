//! A key, with all that is said of it.

use super::Takes;
use crate::value::Type;

/// A key of a mapping.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What stands under it.
    pub takes: Takes,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// What more there is to know: Markdown, or nothing.
    pub more: &'static str,
    /// What holds where it is not there, if that is worth a word.
    pub default: &'static str,
    /// How it looks, as YAML; or nothing.
    pub example: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// The version of the language that brought it.
    pub since: Version,
    /// The types of field that it goes with; none: all.
    pub of_types: &'static [Type],
    /// What other rule languages, and analysts, call it.
    pub other_names: &'static [&'static str],
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It may be left out.
    Optional,
    /// It must be there.
    Required,
    /// It must be there, and tells this shape of the mapping from others.
    Decides,
}

/// A version of the language, by the value of the key `rulebook` or a point release of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// The first one.
    V1,
    /// What was added to it.
    V1_1,
}

impl Version {
    /// As people write it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::V1 => "1",
            Self::V1_1 => "1.1",
        }
    }
}

impl Key {
    /// A key that may be left out.
    pub(crate) const fn new(name: &'static str, takes: Takes, meaning: &'static str) -> Self {
        Self {
            name,
            takes,
            meaning,
            more: "",
            default: "",
            example: "",
            need: Need::Optional,
            since: Version::V1,
            of_types: &[],
            other_names: &[],
        }
    }

    /// A key that must be there.
    pub(crate) const fn required(name: &'static str, takes: Takes, meaning: &'static str) -> Self {
        Self { need: Need::Required, ..Self::new(name, takes, meaning) }
    }

    /// A key that makes a mapping one of its shape.
    pub(crate) const fn deciding(name: &'static str, takes: Takes, meaning: &'static str) -> Self {
        Self { need: Need::Decides, ..Self::new(name, takes, meaning) }
    }

    /// The same with more to know.
    pub(crate) const fn more(self, more: &'static str) -> Self {
        Self { more, ..self }
    }

    /// The same with what holds without it.
    pub(crate) const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// The same with an example in YAML.
    pub(crate) const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The same, brought by that version.
    pub(crate) const fn since(self, since: Version) -> Self {
        Self { since, ..self }
    }

    /// The same, only for fields of these types.
    pub(crate) const fn of_types(self, of_types: &'static [Type]) -> Self {
        Self { of_types, ..self }
    }

    /// The same with what else it is called.
    pub(crate) const fn also_called(self, other_names: &'static [&'static str]) -> Self {
        Self { other_names, ..self }
    }

    /// Whether it must be there.
    pub(crate) fn is_required(&self) -> bool {
        self.need != Need::Optional
    }
}
