//! Why an account has its scores and its stage: the leads behind each, and what became of every condition.

use super::finding::{Eye, Finding};
use super::{Named, Side, shape};
use crate::accounts::{AccountLead, WatchedAccount};
use crate::points::Points;
use crate::rulebook::RollUp;
use crate::rulebook::expr::Expr;
use crate::score::{AccountFacts, Plan, Truth};
use crate::value::{Instant, Zone};
use serde::Serialize;

/// Everything that there is to say of one account; what there is not is none or empty.
#[derive(Clone, Debug, Serialize)]
pub struct AccountExplanation<'r> {
    /// Its name, as it stands in the row of its first lead.
    pub account: String,
    /// The rulebook's name.
    pub rulebook: Option<String>,
    /// The zone of calendar days.
    #[serde(rename = "timezone")]
    pub zone: Zone,
    /// The instant that its leads were scored at.
    pub as_of: Instant,
    /// Its leads that count.
    #[serde(rename = "leads")]
    pub n_leads: u64,
    /// Leads that name it and are disqualified.
    #[serde(rename = "disqualified")]
    pub n_disqualified: u64,
    /// Leads that name it and that `where` leaves out.
    #[serde(rename = "left_out")]
    pub n_left_out: u64,
    /// Its stage, if accounts have any.
    pub stage: Option<String>,
    /// The priority that applies.
    pub priority: Option<String>,
    /// What that says to do.
    pub action: Option<String>,
    /// Its condition.
    pub priority_when: Option<Finding<'r>>,
    /// Its scores, each with the leads behind it.
    pub scores: Vec<AccountScoreLine<'r>>,
    /// Its fields with their values; empty where no lead has one.
    #[serde(serialize_with = "shape::map")]
    pub fields: Vec<(String, String)>,
    /// Every stage.
    pub stages: Vec<AccountStageLine<'r>>,
    /// The leads that count, by total, falling; ties in the order of the file.
    pub people: Vec<AccountPerson>,
}

/// A score of an account.
#[derive(Clone, Debug, Serialize)]
pub struct AccountScoreLine<'r> {
    /// Its name.
    pub name: String,
    /// What it comes to.
    pub value: Points,
    /// What it is made of.
    pub made_of: Named<'r, &'r RollUp>,
    /// Whether it counts leads.
    #[serde(skip)]
    pub is_count: bool,
    /// The leads behind it, best first; ties in the order of the file.
    pub leads: Vec<Share>,
}

/// What a lead gives to a score of its account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Its id.
    pub lead_id: String,
    /// Its own score; where leads are counted, 1.
    pub points: Points,
    /// Whether it is among those that count.
    pub counts: bool,
}

/// A stage of accounts.
#[derive(Clone, Debug, Serialize)]
pub struct AccountStageLine<'r> {
    /// Its name.
    pub name: String,
    /// Whether the account holds it.
    pub holds: Truth,
    /// Whether it is the account's stage.
    #[serde(rename = "is_account_stage")]
    pub is_current: bool,
    /// What became of its condition; none for the first.
    pub when: Option<Finding<'r>>,
}

/// A lead of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountPerson {
    /// Its id.
    pub lead_id: String,
    /// Its total.
    pub total: Points,
    /// Its stage.
    pub stage: String,
}

/// Explains the account that was watched; none if no lead belongs to it.
#[must_use]
pub fn explain_account<'r>(plan: &Plan<'r>, watched: &WatchedAccount<'r>) -> Option<AccountExplanation<'r>> {
    let (rulebook, rules) = watched.rules();
    let ask = |facts: &AccountFacts<'_>| {
        let finding = |expr: &'r Expr| Eye { facts, rulebook, side: Side::Account, view: None }.finding(expr);
        let stage_lines = rules.stages.iter().zip(facts.holds());
        let stages: Vec<(Truth, Option<Finding<'r>>)> =
            stage_lines.map(|(stage, holds)| (*holds, stage.when.as_ref().map(finding))).collect();
        let priorities: Vec<Option<Finding<'r>>> =
            rules.priorities.iter().map(|priority| priority.when.as_ref().map(finding)).collect();
        (stages, priorities)
    };
    let (row, (stages, mut priorities)) = watched.settled(plan.as_of, ask)?;
    let stage_line = |(index, (holds, when)): (usize, (Truth, Option<Finding<'r>>))| AccountStageLine {
        name: rules.stages[index].name.clone(),
        holds,
        is_current: row.stage == Some(index),
        when,
    };
    let priority = row.priority.map(|index| &rules.priorities[index]);
    let score_line = |(index, value): (usize, &Points)| AccountScoreLine {
        name: rules.scores[index].name.clone(),
        value: *value,
        made_of: Named { rulebook, it: &rules.scores[index].roll_up },
        is_count: rules.scores[index].roll_up.score().is_none(),
        leads: shares(&rules.scores[index].roll_up, index, &watched.leads),
    };
    let mut people: Vec<&AccountLead> = watched.leads.iter().collect();
    people.sort_by_key(|lead| std::cmp::Reverse(lead.total));
    let person =
        |lead: &AccountLead| AccountPerson { lead_id: lead.id.clone(), total: lead.total, stage: lead.stage.clone() };
    Some(AccountExplanation {
        account: row.name.clone(),
        rulebook: rulebook.card.name.clone(),
        zone: rulebook.zone.clone(),
        as_of: plan.as_of,
        n_leads: row.n_leads,
        n_disqualified: watched.n_disqualified,
        n_left_out: watched.n_left_out,
        stage: row.stage.map(|stage| rules.stages[stage].name.clone()),
        priority: priority.map(|priority| priority.name.clone()),
        action: priority.and_then(|priority| priority.action.clone()),
        priority_when: row.priority.and_then(|index| priorities[index].take()),
        scores: row.scores.iter().enumerate().map(score_line).collect(),
        fields: rules.fields.iter().map(|field| field.name.clone()).zip(row.fields.clone()).collect(),
        stages: stages.into_iter().enumerate().map(stage_line).collect(),
        people: people.into_iter().map(person).collect(),
    })
}

/// The leads behind a score, best first.
fn shares(roll_up: &RollUp, index: usize, leads: &[AccountLead]) -> Vec<Share> {
    let share =
        |lead: &AccountLead| Some(Share { lead_id: lead.id.clone(), points: lead.shares[index]?, counts: true });
    let mut shares: Vec<Share> = leads.iter().filter_map(share).collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.points));
    let n_counted = match roll_up {
        RollUp::Sum { top: Some(top), .. } => *top,
        // The largest is that of one lead, whoever else has as much.
        RollUp::Max(_) => 1,
        _ => usize::MAX,
    };
    shares.iter_mut().skip(n_counted).for_each(|share| share.counts = false);
    shares
}
