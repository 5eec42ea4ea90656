//! One mistake, one message: names that are unknown only because their declaration is faulty are not reported again.
//!
//! What is held back here is not lost: if nothing else turns out to be wrong, it is reported after all.

use super::Decoder;
use super::keys::Keys;
use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeSet;

/// The kinds of names that conditions look up, as messages call them.
pub(crate) mod noun {
    /// A field under `leads` or `tables`.
    pub(crate) const LEAD_FIELD: &str = "field of leads";
    /// A field under `events`.
    pub(crate) const EVENT_FIELD: &str = "field of events";
    /// An event source.
    pub(crate) const SOURCE: &str = "source";
    /// A dimension or a group of one.
    pub(crate) const SCORE: &str = "score";
    /// A named list.
    pub(crate) const LIST: &str = "list";
    /// What records the entry into a stage.
    pub(crate) const RECORD: &str = "record";
    /// A stage.
    pub(crate) const STAGE: &str = "stage";
    /// A score of accounts.
    pub(crate) const ACCOUNT_SCORE: &str = "score of accounts";
    /// A stage of accounts.
    pub(crate) const ACCOUNT_STAGE: &str = "stage of accounts";
}

/// What is known to be declared, but not how.
#[derive(Debug, Default)]
pub(super) struct Blame {
    kinds: BTreeSet<&'static str>,
    names: BTreeSet<(&'static str, String)>,
    types: BTreeSet<(&'static str, String)>,
    held: Vec<Diagnostic>,
}

impl Blame {
    /// What was held back, for when nothing else is wrong.
    pub(super) fn into_held(self) -> Vec<Diagnostic> {
        self.held
    }
}

impl Decoder<'_> {
    /// Any name of this kind may be declared in a part that can't be read.
    pub(super) fn blame_all(&mut self, noun: &'static str) {
        self.blame.kinds.insert(noun);
    }

    /// This name is declared, in a part that can't be read.
    pub(super) fn blame_name(&mut self, noun: &'static str, name: &str) {
        self.blame.names.insert((noun, name.to_owned()));
    }

    /// This field is declared with a type that can't be read.
    pub(super) fn blame_type(&mut self, noun: &'static str, name: &str) {
        self.blame.types.insert((noun, name.to_owned()));
    }

    /// Whether the type of this field can't be known.
    pub(super) fn has_faulty_type(&self, noun: &'static str, name: &str) -> bool {
        self.blame.types.contains(&(noun, name.to_owned()))
    }

    /// Notes a section that is not there although a misspelt key suggests that it should be.
    pub(super) fn blame_if_misspelt(&mut self, keys: &Keys<'_>, key: &str, nouns: &[&'static str]) {
        if keys.peek(key).is_none() && keys.has_near(&[key]) {
            for noun in nouns {
                self.blame_all(noun);
            }
        }
    }

    /// Reports a finding, unless it follows from another.
    pub(crate) fn report_unless(&mut self, follows: bool, diagnostic: Diagnostic) {
        if follows { self.blame.held.push(diagnostic) } else { self.report(diagnostic) }
    }

    /// Reports that a name is unknown, unless its declaration is faulty.
    pub(super) fn report_unknown(&mut self, what: &str, name: &str, diagnostic: Diagnostic) {
        let base = name.split('.').next().unwrap_or(name);
        let blame = &self.blame;
        let follows = blame.kinds.iter().any(|noun| *noun == what)
            || blame.names.iter().any(|(noun, known)| *noun == what && (known == name || known == base));
        self.report_unless(follows, diagnostic);
    }

    /// The names of a kind that are declared, in parts that can't be read: they may be meant, too.
    pub(super) fn faulty_names(&self, what: &str) -> Vec<String> {
        self.blame.names.iter().filter(|(noun, _)| *noun == what).map(|(_, name)| name.clone()).collect()
    }

    /// Whether an error has been reported.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
