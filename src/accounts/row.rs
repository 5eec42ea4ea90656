//! What an account comes to.

use super::gathered::AccountSeen;
use crate::points::Points;
use crate::rulebook::AccountRules;
use crate::score::AccountFacts;
use crate::value::{Instant, Value};

/// An account, as a row of `accounts.csv` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// The cell of its first lead.
    pub name: String,
    /// How many leads it has.
    pub n_leads: u64,
    /// Its scores, in the order of the rulebook.
    pub scores: Vec<Points>,
    /// Its fields, in the order of the rulebook; empty where no lead has a value.
    pub fields: Vec<String>,
    /// Its stage, by index; none where there are none.
    pub stage: Option<usize>,
    /// The priority that applies, by index.
    pub priority: Option<usize>,
    /// The ids of its best leads by total, falling.
    pub best: Vec<String>,
}

/// The account as facts, so that whoever has them can ask them, too.
pub(super) fn facts<'a>(
    account: &'a AccountSeen,
    rules: &'a AccountRules,
    as_of: Instant,
    scores: &'a [Points],
) -> AccountFacts<'a> {
    const MISSING: &Value<'static> = &Value::Missing;
    let values = account.fields.iter().map(|seen| seen.as_ref().map_or(MISSING, |seen| &seen.value)).collect();
    AccountFacts::new(rules, as_of, (scores, account.n_leads), values)
}

/// What an account comes to.
pub(super) fn row(account: &AccountSeen, rules: &AccountRules, as_of: Instant) -> AccountRow {
    let scores = account.scores();
    let standing = facts(account, rules, as_of, &scores).stand();
    let shown = account.fields.iter().map(|seen| seen.as_ref().map_or_else(String::new, |seen| seen.shown.clone()));
    AccountRow {
        name: account.name.clone(),
        n_leads: account.n_leads,
        fields: shown.collect(),
        stage: standing.stage,
        priority: standing.priority,
        best: account.best.iter().map(|lead| lead.id.clone()).collect(),
        scores,
    }
}
