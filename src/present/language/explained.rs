//! The words of what an explanation names, for those who work with the rulebook. Its JSON has the same.

use super::{
    Voice, claim, condition, demand, elapsed, field, found, one_of, period, roll_up, score_name, selection, subject,
    terms,
};
use crate::explain::{Claim, Lacking, Measured, Named, Side, StageRecord, Statement, Subject};
use crate::present::words::plural;
use crate::rulebook::RollUp;
use crate::rulebook::expr::Count;
use serde::{Serialize, Serializer};
use std::fmt::{self, Display, Formatter};

/// What can be put into words.
pub(crate) trait Worded {
    fn words(&self, voice: Voice<'_>) -> String;
}

impl<T: Worded> Display for Named<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.it.words(Voice::terse(self.rulebook)))
    }
}

impl<T: Worded> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Worded for Subject<'_> {
    fn words(&self, voice: Voice<'_>) -> String {
        subject(voice, *self)
    }
}

impl Worded for Claim<'_> {
    fn words(&self, voice: Voice<'_>) -> String {
        claim(voice, *self)
    }
}

/// How the events of a criterion give points.
impl Worded for Measured<'_> {
    fn words(&self, voice: Voice<'_>) -> String {
        terms(voice, *self)
    }
}

/// What the events have in common of which only the newest counts.
impl Worded for &Count {
    fn words(&self, voice: Voice<'_>) -> String {
        match self {
            Count::Per(calendar) => period(*calendar).to_owned(),
            Count::Apart(gap_ms) => elapsed(*gap_ms),
            Count::Distinct(name) => field(voice, *name, Side::Event),
            Count::Each | Count::Once => String::new(),
        }
    }
}

/// What a score of accounts is made of.
impl Worded for &RollUp {
    fn words(&self, voice: Voice<'_>) -> String {
        roll_up(voice, self)
    }
}

impl Worded for StageRecord<'_> {
    fn words(&self, voice: Voice<'_>) -> String {
        match self {
            Self::Field(name) => field(voice, *name, Side::Lead),
            Self::Events(measured) => selection(voice, *measured),
        }
    }
}

impl Worded for Lacking<'_> {
    fn words(&self, voice: Voice<'_>) -> String {
        match self {
            Self::Points { score, more, found, claim: wanted } => {
                format!("needs {more} more in {}: is {found}, {}", score_name(voice, *score), claim(voice, *wanted))
            }
            Self::Statement(Statement { subject: of, claim }, value) => {
                let value = value.as_ref().map(|value| format!(", is {}", found(value, &voice.rulebook.zone)));
                format!("{} {}{}", subject(voice, *of), demand(voice, *claim), value.unwrap_or_default())
            }
            Self::Comparison(Statement { subject: of, claim }, sides) => {
                let [left, right] = sides.each_ref().map(|side| found(side, &voice.rulebook.zone));
                format!("{} {}, is {left} against {right}", subject(voice, *of), demand(voice, *claim))
            }
            Self::Denial(expr) => format!("this must not be true: {}", condition(voice, expr, Side::Lead)),
            Self::Options { n_more, n_untold } => {
                let which = n_more.map_or_else(|| "one of these".to_owned(), |n| format!("{n} more of these"));
                if *n_untold == 0 { which } else { format!("{which} (or of {})", plural(*n_untold as u64, "other")) }
            }
            Self::Record(record @ StageRecord::Field(_)) => format!("recorded by the CRM in {}", record.words(voice)),
            Self::Record(record) => format!("recorded by the CRM as {}", record.words(voice)),
            Self::Earlier(stages) => {
                let names: Vec<String> =
                    stages.iter().map(|stage| voice.rulebook.stages[*stage].name.clone()).collect();
                format!("{} must be held, or recorded in the CRM, first", one_of(voice.manner, &names))
            }
        }
    }
}
