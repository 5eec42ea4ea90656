//! What some leads make of their accounts. Memory follows the accounts, and the `n` of `top: n`.

use super::row::{AccountRow, row};
use crate::points::{Points, div_round, saturate};
use crate::rulebook::expr::{Expr, FieldRef};
use crate::rulebook::{AccountRules, RollUp, Rulebook};
use crate::run::ScoredLead;
use crate::score::identity::{Identity, identity};
use crate::score::{evaluate, is_left_out, whole};
use crate::value::{Instant, Value};
use std::collections::HashMap;

/// How many of an account's leads are named.
const MOST_BEST: usize = 3;

/// What some leads make of their accounts, in the order of the first lead of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct AccountsSeen {
    pub(super) accounts: Vec<AccountSeen>,
    by_key: HashMap<Identity, usize>,
    /// Leads that could belong to an account and don't say to which.
    pub(crate) n_without: u64,
}

/// One account so far.
#[derive(Clone, Debug)]
pub(super) struct AccountSeen {
    key: Identity,
    /// The cell of its first lead.
    pub name: String,
    pub n_leads: u64,
    sums: Vec<Gathered>,
    /// For each field the first lead's value that has one.
    pub fields: Vec<Option<FieldSeen>>,
    /// The best leads by total, falling; ties in the order of the file.
    pub best: Vec<BestLead>,
}

/// A field of an account.
#[derive(Clone, Debug)]
pub(super) struct FieldSeen {
    pub shown: String,
    pub value: Value<'static>,
}

/// One of the best leads.
#[derive(Clone, Debug)]
pub(super) struct BestLead {
    total: Points,
    number: u32,
    pub id: String,
}

/// A score so far.
#[derive(Clone, Debug)]
enum Gathered {
    /// In hundredths.
    Sum(i128),
    /// The largest so far, in no order, and maybe some more.
    Top {
        n: usize,
        largest: Vec<Points>,
    },
    Max(Points),
    /// In hundredths.
    Mean(i128),
    Count(u64),
}

/// Whether a lead belongs to an account, if it says to which.
pub(super) fn belongs(rulebook: &Rulebook, rules: &AccountRules, lead: &ScoredLead<'_, '_>) -> bool {
    let is_chosen = |only: &Expr| evaluate(only, lead.facts).is_true();
    lead.card.disqualified.is_none() && rules.only.as_ref().is_none_or(is_chosen) && !is_left_out(rulebook, lead.facts)
}

/// The account that a lead names.
pub(super) fn key_of(rulebook: &Rulebook, rules: &AccountRules, lead: &ScoredLead<'_, '_>) -> Option<Identity> {
    match lead.facts.lead.value(rules.by.field) {
        Value::Text(text) => rules.by.part.extract(text).map(|text| key_named(rulebook, rules, text)),
        Value::Set(texts) => {
            let mut keys = texts.iter().filter_map(|text| rules.by.part.extract(text));
            keys.nth(lead.account_key).map(|text| key_named(rulebook, rules, text))
        }
        _ => None,
    }
}

/// The account of a name.
pub(super) fn key_named(rulebook: &Rulebook, rules: &AccountRules, name: &str) -> Identity {
    identity(name, rulebook.ids, rules.fold)
}

/// What a lead gives to a score of its account: its own score, or 1 where it is counted.
pub(super) fn share(roll_up: &RollUp, lead: &ScoredLead<'_, '_>) -> Option<Points> {
    match roll_up {
        RollUp::Sum { score, .. } | RollUp::Max(score) | RollUp::Mean(score) => Some(lead.card.score(*score)),
        RollUp::Count(counted) => {
            let is_counted = |counted: &Expr| evaluate(counted, lead.facts).is_true();
            counted.as_ref().is_none_or(is_counted).then(|| whole(1))
        }
    }
}

impl AccountsSeen {
    /// Adds the next lead of the file.
    pub(crate) fn add_lead(&mut self, rulebook: &Rulebook, rules: &AccountRules, lead: &ScoredLead<'_, '_>) {
        if !belongs(rulebook, rules, lead) {
            return;
        }
        let Some(key) = key_of(rulebook, rules, lead) else {
            self.n_without += 1;
            return;
        };
        let next = self.accounts.len();
        let at = *self.by_key.entry(key).or_insert(next);
        if at == next {
            self.accounts.push(AccountSeen::new(key, lead.text(rules.by).into_owned(), rules));
        }
        self.accounts[at].add_lead(rules, lead);
    }

    /// Adds the leads of the next part of the run, in the order of the leads file.
    pub(crate) fn add(&mut self, other: &Self) {
        self.n_without += other.n_without;
        for account in &other.accounts {
            let next = self.accounts.len();
            let at = *self.by_key.entry(account.key).or_insert(next);
            if at == next {
                self.accounts.push(account.clone());
            } else {
                self.accounts[at].add(account);
            }
        }
    }

    /// The accounts, with what they come to, in the order of the first lead of each.
    pub(crate) fn rows(&self, rules: &AccountRules, as_of: Instant) -> Vec<AccountRow> {
        self.accounts.iter().map(|account| row(account, rules, as_of)).collect()
    }

    /// The account of a key, if a lead belongs to it.
    pub(super) fn of(&self, key: Identity) -> Option<&AccountSeen> {
        self.by_key.get(&key).map(|at| &self.accounts[*at])
    }
}

impl AccountSeen {
    fn new(key: Identity, name: String, rules: &AccountRules) -> Self {
        let sums = rules.scores.iter().map(|score| Gathered::new(&score.roll_up)).collect();
        Self { key, name, n_leads: 0, sums, fields: vec![None; rules.fields.len()], best: Vec::new() }
    }

    fn add_lead(&mut self, rules: &AccountRules, lead: &ScoredLead<'_, '_>) {
        self.n_leads += 1;
        for (sum, score) in self.sums.iter_mut().zip(&rules.scores) {
            if let Some(share) = share(&score.roll_up, lead) {
                sum.add_share(share);
            }
        }
        let unseen = self.fields.iter_mut().zip(&rules.fields).filter(|(seen, _)| seen.is_none());
        for (seen, own) in unseen.filter(|(_, own)| lead.facts.lead.is_present(own.field)) {
            let value = lead.facts.lead.value(own.field.field).borrowed().into_owned();
            let field = FieldRef { part: own.shown, ..own.field };
            *seen = Some(FieldSeen { shown: lead.text(field).into_owned(), value });
        }
        let total = lead.card.total.value;
        let is_among = self.best.len() < MOST_BEST || self.best.last().is_some_and(|last| total > last.total);
        if is_among {
            self.best.push(BestLead { total, number: lead.number, id: lead.id.to_string() });
            self.keep_best();
        }
    }

    fn add(&mut self, other: &Self) {
        self.n_leads += other.n_leads;
        for (sum, more) in self.sums.iter_mut().zip(&other.sums) {
            sum.add(more);
        }
        for (seen, more) in self.fields.iter_mut().zip(&other.fields) {
            if seen.is_none() {
                seen.clone_from(more);
            }
        }
        self.best.extend(other.best.iter().cloned());
        self.keep_best();
    }

    fn keep_best(&mut self) {
        self.best.sort_by_key(|lead| (std::cmp::Reverse(lead.total), lead.number));
        self.best.truncate(MOST_BEST);
    }

    /// Its scores.
    pub(super) fn scores(&self) -> Vec<Points> {
        self.sums.iter().map(|sum| sum.points(self.n_leads)).collect()
    }
}

impl Gathered {
    fn new(roll_up: &RollUp) -> Self {
        match roll_up {
            RollUp::Sum { top: None, .. } => Self::Sum(0),
            RollUp::Sum { top: Some(n), .. } => Self::Top { n: *n, largest: Vec::new() },
            RollUp::Max(_) => Self::Max(Points::from_hundredths(i64::MIN)),
            RollUp::Mean(_) => Self::Mean(0),
            RollUp::Count(_) => Self::Count(0),
        }
    }

    fn add_share(&mut self, share: Points) {
        match self {
            Self::Sum(sum) | Self::Mean(sum) => *sum += i128::from(share.hundredths()),
            Self::Max(max) => *max = share.max(*max),
            Self::Count(n) => *n += 1,
            Self::Top { n, largest } => {
                largest.push(share);
                // Sorted now and then, so that no lead costs much.
                if largest.len() >= n.saturating_mul(2).saturating_add(64) {
                    keep_largest(largest, *n);
                }
            }
        }
    }

    fn add(&mut self, other: &Self) {
        match (self, other) {
            (Self::Sum(sum), Self::Sum(more)) | (Self::Mean(sum), Self::Mean(more)) => *sum += more,
            (Self::Max(max), Self::Max(more)) => *max = (*max).max(*more),
            (Self::Count(n), Self::Count(more)) => *n += more,
            (Self::Top { n, largest }, Self::Top { largest: more, .. }) => {
                largest.extend(more);
                keep_largest(largest, *n);
            }
            // Both are of the same rulebook.
            _ => {}
        }
    }

    fn points(&self, n_leads: u64) -> Points {
        match self {
            Self::Sum(sum) => rounded(*sum, 1),
            Self::Mean(sum) => rounded(*sum, n_leads.max(1)),
            Self::Max(max) => *max,
            Self::Count(n) => whole(*n),
            Self::Top { n, largest } => {
                let mut largest = largest.clone();
                keep_largest(&mut largest, *n);
                rounded(largest.iter().map(|points| i128::from(points.hundredths())).sum(), 1)
            }
        }
    }
}

fn keep_largest(points: &mut Vec<Points>, n: usize) {
    points.sort_unstable_by(|one, other| other.cmp(one));
    points.truncate(n);
}

/// Hundredths divided by a number, rounded half away from zero; held at the ends of the range.
fn rounded(hundredths: i128, by: u64) -> Points {
    Points::from_hundredths(saturate(div_round(hundredths, i128::from(by))))
}
