//! Accounts: the companies that leads belong to, as the rulebook says them.
//!
//! Only what they are; [`crate::accounts`] gathers them from leads, and [`crate::score`] decides which stage one has.

use super::expr::{Expr, FieldRef, ScoreRef};
use super::place::Place;
use super::{Priority, Rulebook};
use crate::diagnostic::Span;
use crate::value::Part;

/// The columns of `accounts.csv` that are none of the rulebook's own.
pub(crate) const ACCOUNT_COLUMNS: [&str; 6] = ["account", "leads", "stage", "priority", "action", "best"];

/// How leads make accounts, and what follows from that.
#[derive(Clone, Debug)]
pub struct AccountRules {
    /// Where it stands, with its keys.
    pub place: Place,
    /// The lead field that names the account.
    pub by: FieldRef,
    /// The table whose rows leads look up by it, if the rulebook names that.
    pub table: Option<String>,
    /// Where that is named.
    pub by_span: Span,
    /// Whether names of accounts compare folded.
    pub fold: bool,
    /// Which leads belong to accounts at all: a condition over a lead.
    pub only: Option<Expr>,
    /// The scores, in order.
    pub scores: Vec<AccountScore>,
    /// The lead fields that an account has, too, in order.
    pub fields: Vec<AccountField>,
    /// The stages, from the least to the best; may be none.
    pub stages: Vec<AccountStage>,
    /// What to do; the first one that is true counts.
    pub priorities: Vec<Priority>,
}

/// A field of an account: the value of its first lead that has one.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountField {
    /// As written, a column of `accounts.csv`.
    pub name: String,
    /// The lead's field.
    pub field: FieldRef,
    /// Which part of it is shown: conditions take the lower end of a range for the range.
    pub shown: Part,
}

/// A score of an account, made of its leads'.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountScore {
    /// Its name, a column of `accounts.csv`.
    pub name: String,
    /// Where its name stands, with its keys.
    pub place: Place,
    /// What is made of the leads.
    pub roll_up: RollUp,
}

/// What a score of an account is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum RollUp {
    /// The sum of a score, of all leads or the best ones.
    Sum {
        /// The leads' score.
        score: ScoreRef,
        /// Only so many of the largest.
        top: Option<usize>,
    },
    /// The largest.
    Max(ScoreRef),
    /// The mean, rounded half away from zero to a hundredth.
    Mean(ScoreRef),
    /// How many leads: those for which this is true, or all.
    Count(Option<Expr>),
}

impl Rulebook {
    /// The table that names accounts by a field of several values: of these, the one by which a lead finds its row counts.
    #[must_use]
    pub(crate) fn table_of_accounts(&self) -> Option<usize> {
        let rules = self.accounts.as_ref().filter(|rules| self.fields[rules.by.field].is_set)?;
        self.tables.iter().position(|table| Some(&table.name) == rules.table.as_ref())
    }

    /// Whether a score of accounts is made of a dimension, a group of it, or a total with it.
    #[must_use]
    pub(crate) fn accounts_read(&self, dimension: usize) -> bool {
        let scores = self.accounts.iter().flat_map(|accounts| &accounts.scores);
        scores.filter_map(|score| score.roll_up.score()).any(|score| match score {
            ScoreRef::Total => self.dimensions[dimension].in_total,
            ScoreRef::Dimension(read) | ScoreRef::Group(read, _) => read == dimension,
            ScoreRef::Account(_) | ScoreRef::AccountLeads => false,
        })
    }
}

impl RollUp {
    /// The leads' score that it is made of; none where leads are counted.
    #[must_use]
    pub fn score(&self) -> Option<ScoreRef> {
        match self {
            Self::Sum { score, .. } | Self::Max(score) | Self::Mean(score) => Some(*score),
            Self::Count(_) => None,
        }
    }
}

/// A stage of accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountStage {
    /// Its name.
    pub name: String,
    /// Where its name stands, with its keys.
    pub place: Place,
    /// What makes an account hold it; the first has none, because every account holds it.
    pub when: Option<Expr>,
}
