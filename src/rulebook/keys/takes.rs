//! What can stand under a key.

use super::{CONDITION, Mapping};

/// What stands under a key. A scalar is read as the text that stands there, whatever YAML makes of it.
#[derive(Clone, Copy)]
pub(crate) enum Takes {
    /// Any single value.
    Text,
    /// The name of something that is declared elsewhere: `a date field`.
    Name(&'static str),
    /// A number with at most six decimals.
    Number,
    /// A number with at most two decimals.
    Points,
    /// A whole number, from that one on.
    Whole(u64),
    /// `true` or `false`.
    Switch,
    /// `30d`.
    Duration,
    /// `20%`.
    Percentage,
    /// A date or an instant.
    Date,
    /// A number, a date or an instant.
    Bound,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Nothing, as in `key:`.
    Empty,
    /// One, or a list with something in it.
    OneOrMore(&'static Takes),
    /// A list.
    List(&'static Takes),
    /// A list with something in it.
    Filled(&'static Takes),
    /// A mapping from names of something to what stands under each.
    ByName(&'static str, &'static Takes),
    /// The same, where names are the user's own: letters, digits, `_` and `-`.
    ByOwnName(&'static str, &'static Takes),
    /// One of these forms.
    OneOf(&'static [Takes]),
    /// A mapping of the language.
    In(&'static Mapping),
    /// A condition that may name what this reach allows.
    Condition(Reach),
    /// A condition that may name what the one around it may.
    Inner,
}

/// What a condition may name: of leads, each more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// The fields of an event.
    Event,
    /// The fields of a lead and its events.
    Facts,
    /// Also scores and the grade.
    Scores,
    /// Also stages.
    Stages,
    /// An account's scores, fields and stages: no event, no grade.
    Account,
}

impl Reach {
    /// The name of a condition of this reach.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Event => "condition_on_an_event",
            Self::Facts => "condition_on_facts",
            Self::Scores => "condition_on_scores",
            Self::Stages => "condition_on_stages",
            Self::Account => "condition_on_an_account",
        }
    }
}

impl Takes {
    /// The mappings of the language that can stand there.
    pub(crate) fn mappings(self) -> Vec<&'static Mapping> {
        match self {
            Self::OneOrMore(inner)
            | Self::List(inner)
            | Self::Filled(inner)
            | Self::ByName(_, inner)
            | Self::ByOwnName(_, inner) => inner.mappings(),
            Self::OneOf(forms) => forms.iter().flat_map(|form| form.mappings()).collect(),
            Self::In(mapping) => vec![mapping],
            Self::Condition(_) | Self::Inner => vec![&CONDITION],
            _ => Vec::new(),
        }
    }
}

/// The words of a choice, for [`Takes::Word`].
pub(crate) const fn names<T, const N: usize>(choices: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = choices[at].0;
        at += 1;
    }
    names
}
