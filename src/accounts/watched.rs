//! One account, with what each of its leads gives to it.

use super::gathered::{AccountsSeen, belongs, key_named, key_of, share};
use super::row::{AccountRow, facts, row};
use crate::points::Points;
use crate::rulebook::{AccountRules, DISQUALIFIED, Rulebook};
use crate::run::ScoredLead;
use crate::score::AccountFacts;
use crate::score::identity::Identity;
use crate::value::Instant;

/// An account that is watched while leads go by.
#[derive(Clone, Debug)]
pub struct WatchedAccount<'r> {
    rulebook: &'r Rulebook,
    rules: &'r AccountRules,
    key: Identity,
    seen: AccountsSeen,
    /// The leads that count, in the order of the file.
    pub(crate) leads: Vec<AccountLead>,
    /// Leads that name the account and are disqualified.
    pub(crate) n_disqualified: u64,
    /// Leads that name it and that `where` of the accounts or `leave_out` of the funnel leaves out.
    pub(crate) n_left_out: u64,
}

/// A lead of the account.
#[derive(Clone, Debug)]
pub(crate) struct AccountLead {
    /// Its id, as it stands in the leads file.
    pub id: String,
    /// Its stage.
    pub stage: String,
    /// Its total.
    pub total: Points,
    /// What it gives to each score of the account; none where it is not counted.
    pub shares: Vec<Option<Points>>,
}

impl<'r> WatchedAccount<'r> {
    /// The account of that name, as `by` compares names; none if the rulebook has no accounts.
    #[must_use]
    pub fn new(rulebook: &'r Rulebook, name: &str) -> Option<Self> {
        let rules = rulebook.accounts.as_ref()?;
        let key = key_named(rulebook, rules, name);
        let (seen, leads) = (AccountsSeen::default(), Vec::new());
        Some(Self { rulebook, rules, key, seen, leads, n_disqualified: 0, n_left_out: 0 })
    }

    /// The same account before any lead.
    #[must_use]
    pub fn begun(&self) -> Self {
        let (seen, leads) = (AccountsSeen::default(), Vec::new());
        Self { seen, leads, n_disqualified: 0, n_left_out: 0, ..*self }
    }

    /// Looks at the next lead of the file; hands back the account that it names, if that is another.
    pub fn add_lead(&mut self, lead: &ScoredLead<'_, '_>) -> Option<String> {
        let (rulebook, rules) = (self.rulebook, self.rules);
        let key = key_of(rulebook, rules, lead)?;
        if key != self.key {
            return Some(lead.text(rules.by).into_owned());
        }
        if !belongs(rulebook, rules, lead) {
            let is_disqualified = lead.card.disqualified.is_some();
            self.n_disqualified += u64::from(is_disqualified);
            self.n_left_out += u64::from(!is_disqualified);
            return None;
        }
        self.seen.add_lead(rulebook, rules, lead);
        let stage = lead.card.stage.map_or(DISQUALIFIED, |stage| &rulebook.stages[stage].name);
        self.leads.push(AccountLead {
            id: lead.id.to_string(),
            stage: stage.to_owned(),
            total: lead.card.total.value,
            shares: rules.scores.iter().map(|score| share(&score.roll_up, lead)).collect(),
        });
        None
    }

    /// Adds the leads of the next part of the run, in the order of the leads file.
    pub fn add(&mut self, other: Self) {
        self.seen.add(&other.seen);
        self.leads.extend(other.leads);
        self.n_disqualified += other.n_disqualified;
        self.n_left_out += other.n_left_out;
    }

    /// How many leads name the account and don't count.
    #[must_use]
    pub fn n_apart(&self) -> u64 {
        self.n_disqualified + self.n_left_out
    }

    /// What the account comes to, and what `ask` makes of the facts behind that; none if no lead belongs to it.
    pub(crate) fn settled<T>(
        &self,
        as_of: Instant,
        ask: impl FnOnce(&AccountFacts<'_>) -> T,
    ) -> Option<(AccountRow, T)> {
        let account = self.seen.of(self.key)?;
        let scores = account.scores();
        let mut facts = facts(account, self.rules, as_of, &scores);
        facts.stand();
        let asked = ask(&facts);
        Some((row(account, self.rules, as_of), asked))
    }

    /// The rulebook, and what it says of accounts.
    pub(crate) fn rules(&self) -> (&'r Rulebook, &'r AccountRules) {
        (self.rulebook, self.rules)
    }
}
