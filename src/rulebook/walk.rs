//! The one way through a rulebook's conditions, each with what it decides. Decides nothing about what they mean.

use super::expr::{Expr, FieldRef, Worth, Yield};
use super::{Criterion, Entered, RollUp, Rulebook};
use crate::value::Type;

/// Whose fields and stages a condition names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A lead's.
    Lead,
    /// An event's: inside `where`.
    Event,
    /// An account's: the fields are some of its leads', the stages its own.
    Account,
}

/// What a condition decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionRole {
    /// A criterion's `when`.
    When(usize),
    /// A criterion's `only_if`.
    OnlyIf(usize),
    /// A criterion's tier: index of the criterion and of the tier.
    Tier(usize, usize),
    /// The `where` of a tally.
    Where(usize),
    /// The `where` of a rule for automated events: index of the source and of the rule.
    Automated(usize, usize),
    /// A disqualifier's `when`.
    Disqualifier(usize),
    /// A stage's `when`.
    Stage(usize),
    /// A stage's `keep_when`.
    Keep(usize),
    /// A stage's `recycle_when`.
    Recycle(usize),
    /// A stage's `entered: { when: … }`.
    Entered(usize),
    /// A priority's `when`.
    Priority(usize),
    /// The funnel's `leave_out`, about a lead.
    LeftOut,
    /// The `where` of accounts, about a lead.
    OfAccounts,
    /// What an account's score counts, about a lead: index into the accounts' scores.
    AccountCount(usize),
}

impl ConditionRole {
    /// The criterion, if it is one's.
    #[must_use]
    pub fn criterion(self) -> Option<usize> {
        match self {
            Self::When(criterion) | Self::OnlyIf(criterion) | Self::Tier(criterion, _) => Some(criterion),
            _ => None,
        }
    }

    /// Whose fields it names.
    #[must_use]
    pub fn side(self) -> Side {
        if matches!(self, Self::Where(_) | Self::Automated(..)) { Side::Event } else { Side::Lead }
    }
}

/// A condition with what it decides.
#[derive(Clone, Copy, Debug)]
pub struct Condition<'r> {
    /// What it says, and where.
    pub expr: &'r Expr,
    /// What it decides.
    pub role: ConditionRole,
}

impl Rulebook {
    /// Every condition on a lead or an event: of criteria, selections, disqualifiers, stages, priorities, accounts and
    /// the funnel.
    #[must_use]
    pub fn conditions(&self) -> Vec<Condition<'_>> {
        let mut found = Vec::new();
        let mut add = |role, expr| found.extend(Option::<&_>::into_iter(expr).map(|expr| Condition { expr, role }));
        for (index, criterion) in self.criteria.iter().enumerate() {
            add(ConditionRole::OnlyIf(index), criterion.only_if.as_ref());
            let has_tiers = criterion.place.get("tiers").is_some();
            for (tier, when) in criterion.worth.conditions().enumerate() {
                add(if has_tiers { ConditionRole::Tier(index, tier) } else { ConditionRole::When(index) }, Some(when));
            }
        }
        for (index, tally) in self.tallies.iter().enumerate() {
            add(ConditionRole::Where(index), tally.select.filter.as_ref());
        }
        for (source, of) in self.sources.iter().enumerate() {
            for (rule, automated) in of.automated.iter().enumerate() {
                add(ConditionRole::Automated(source, rule), automated.filter.as_ref());
            }
        }
        for (index, disqualifier) in self.disqualifiers.iter().enumerate() {
            add(ConditionRole::Disqualifier(index), Some(&disqualifier.when));
        }
        for (index, stage) in self.stages.iter().enumerate() {
            add(ConditionRole::Stage(index), stage.when.as_ref());
            add(ConditionRole::Keep(index), stage.keep_when.as_ref());
            add(ConditionRole::Recycle(index), stage.recycle_when.as_ref());
            if let Some(Entered::When { when, .. }) = &stage.entered {
                add(ConditionRole::Entered(index), Some(when));
            }
        }
        for (index, priority) in self.priorities.iter().enumerate() {
            add(ConditionRole::Priority(index), priority.when.as_ref());
        }
        add(ConditionRole::LeftOut, self.funnel.as_ref().and_then(|funnel| funnel.leave_out.as_ref()));
        if let Some(accounts) = &self.accounts {
            add(ConditionRole::OfAccounts, accounts.only.as_ref());
            for (index, score) in accounts.scores.iter().enumerate() {
                if let RollUp::Count(Some(counted)) = &score.roll_up {
                    add(ConditionRole::AccountCount(index), Some(counted));
                }
            }
        }
        found
    }

    /// What the values of a tally are like.
    #[must_use]
    pub fn yields(&self, tally: usize) -> Yield {
        self.tallies[tally].measure.yields(|field| self.event_fields[field.field].kind == Type::Date)
    }

    /// The name of a field or its part, on one side or the other.
    #[must_use]
    pub fn name_on(&self, side: Side, field: FieldRef) -> String {
        match side {
            Side::Lead | Side::Account => self.field_name(field),
            Side::Event => self.event_field_name(field),
        }
    }
}

impl Worth {
    /// The conditions of its arms, in order.
    pub fn conditions(&self) -> impl Iterator<Item = &Expr> {
        let arms = if let Self::Choose { arms, .. } = self { arms.as_slice() } else { &[] };
        arms.iter().map(|arm| &arm.when)
    }
}

impl Criterion {
    /// Its conditions, `only_if` last.
    pub fn conditions(&self) -> impl Iterator<Item = &Expr> {
        self.worth.conditions().chain(&self.only_if)
    }

    /// The tallies that it reads, its own last.
    pub fn tallies(&self) -> impl Iterator<Item = usize> {
        let own = if let Worth::Occurrences { tally, .. } = self.worth { Some(tally) } else { None };
        self.conditions().flat_map(Expr::tallies).chain(own)
    }

    /// The fields of the lead that it reads, save as dates from which on events count; that of a table of values last.
    pub fn fields(&self) -> impl Iterator<Item = FieldRef> {
        let own = if let Worth::Lookup { field, .. } = self.worth { Some(field) } else { None };
        self.conditions().flat_map(Expr::fields).chain(own)
    }
}
