//! A lead's passes through the stages: when sales gave it back, and which records of its stages lie in which pass.
//!
//! Without `returns` there is one pass, and nothing here is asked.

use super::card::StageEntry;
use super::eval::{Facts, evaluate};
use super::facts::LeadFacts;
use super::truth::{Quantity, Truth};
use crate::rulebook::derived::LatestReturn;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Entered, LeadMoment, Stage};
use crate::value::{Instant, Moment, Value, Zone};

/// That sales gave a lead back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Return {
    /// When.
    pub moment: Moment,
    /// Which of the moments of `returns.at` says so: the first of several.
    by: usize,
    /// The reason that the event gives, if an event says so.
    event_reason: Option<String>,
}

/// What the CRM records of a stage, whatever pass it lies in.
#[derive(Clone, Debug)]
struct Records {
    /// From the earliest on.
    dated: Vec<Moment>,
    /// Whether it was entered, where that has no date.
    undated: Truth,
    /// The date that it has if it was entered, where nobody knows whether it was.
    perhaps: Option<Moment>,
}

/// Everything that the CRM records of a lead's stages, with its returns.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    /// The returns, from the earliest on.
    pub returns: Vec<Return>,
    /// One a stage.
    records: Vec<Records>,
}

/// Between which returns a pass lies; a lead that was never given back has one pass, without ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PassEnds {
    /// The return that began it; none of the first.
    pub began: Option<Moment>,
    /// The return that ended it; none of the latest.
    pub ended: Option<Moment>,
}

impl PassEnds {
    /// Whether a moment lies in the pass: after the return that began it, and not after the one that ended it.
    pub(crate) fn hold(self, moment: Moment, zone: &Zone) -> bool {
        let is_after = self.began.is_none_or(|began| !moment.lies_before(began, zone));
        is_after && self.ended.is_none_or(|ended| moment.lies_before(ended, zone))
    }
}

/// Whether, and when, the CRM says that a stage was entered, by the earliest of its records.
pub(super) fn entry(stage: &Stage, facts: &impl Facts) -> StageEntry {
    match &stage.entered {
        None => StageEntry { truth: Truth::False, at: None },
        Some(Entered::Records(records)) => {
            let at = records.iter().filter_map(|record| earliest(record, facts)).min();
            StageEntry { truth: at.is_some().into(), at }
        }
        Some(Entered::When { when, at }) => {
            let truth = evaluate(when, facts);
            let at = at.filter(|_| truth.is_true()).and_then(|at| past(facts, at)).map(|moment| moment.at);
            StageEntry { truth, at }
        }
    }
}

/// The earliest instant of a moment in a lead's life, if it has come.
pub(crate) fn earliest(moment: &LeadMoment, facts: &impl Facts) -> Option<Instant> {
    match moment {
        LeadMoment::Field(field) => past(facts, *field).map(|moment| moment.at),
        LeadMoment::Event(tally) => match facts.tally(*tally) {
            Quantity::Instant(at) => Some(at),
            _ => None,
        },
    }
}

/// Every instant of a moment in a lead's life that has come, with the reason that its event has; from the earliest on. Only
/// rulebooks with `returns` keep more than the earliest of events.
pub(crate) fn instants(moment: &LeadMoment, facts: &impl Facts) -> Vec<(Moment, Option<String>)> {
    match moment {
        LeadMoment::Field(field) => past(facts, *field).map(|moment| (moment, None)).into_iter().collect(),
        LeadMoment::Event(tally) => match facts.moments(*tally) {
            kept if !kept.is_empty() => kept,
            _ => earliest(moment, facts).map(|at| (Moment { at, is_bare: false }, None)).into_iter().collect(),
        },
    }
}

/// A date field, if it has a value and that is not after `as_of`.
fn past(facts: &impl Facts, field: FieldRef) -> Option<Moment> {
    facts.value(field).moment().filter(|moment| moment.at <= facts.as_of())
}

impl Records {
    const NONE: Self = Self { dated: Vec::new(), undated: Truth::False, perhaps: None };

    fn new(entered: Option<&Entered>, facts: &impl Facts) -> Self {
        match entered {
            None => Self::NONE,
            Some(Entered::Records(records)) => {
                let all = records.iter().flat_map(|record| instants(record, facts));
                let mut dated: Vec<Moment> = all.map(|(moment, _)| moment).collect();
                dated.sort_unstable();
                Self { dated, ..Self::NONE }
            }
            Some(Entered::When { when, at }) => {
                let truth = evaluate(when, facts);
                let date = at.and_then(|at| past(facts, at));
                match (truth, date) {
                    (Truth::True, Some(date)) => Self { dated: vec![date], ..Self::NONE },
                    (Truth::Unknown, Some(_)) => Self { perhaps: date, ..Self::NONE },
                    (truth, _) => Self { undated: truth, ..Self::NONE },
                }
            }
        }
    }
}

/// The returns of a lead: of those at one instant one, a bare date only where no other is on its day, and none that a record of
/// the final stage lies before.
fn returns_of(at: &[LeadMoment], finals: &[Moment], facts: &impl Facts, zone: &Zone) -> Vec<Return> {
    let said_by = |(by, at): (usize, &LeadMoment)| {
        let all = instants(at, facts).into_iter();
        all.map(|(moment, event_reason)| Return { moment, by, event_reason }).collect::<Vec<_>>()
    };
    let mut all: Vec<Return> = at.iter().enumerate().flat_map(said_by).collect();
    // At one instant the one with a time of day comes first, and of those alike the first of the list.
    all.sort_by_key(|one| (one.moment, one.by));
    all.dedup_by(|later, kept| later.moment.at == kept.moment.at);
    let is_beside_another = |one: &Return| {
        let mut others = all.iter().filter(|other| other.moment != one.moment);
        one.moment.is_bare && others.any(|other| other.moment.is_on_day_of(one.moment, zone))
    };
    let is_final = |one: &Return| finals.iter().any(|record| record.lies_before(one.moment, zone));
    let counts = |one: &&Return| !is_beside_another(one) && !is_final(one);
    all.iter().filter(counts).cloned().collect()
}

/// When sales gave a lead back last: what `since: returns` names.
pub(super) fn latest_return(latest: &LatestReturn, facts: &impl Facts) -> Option<Moment> {
    let finals = Records::new(latest.last.as_ref(), facts).dated;
    returns_of(&latest.at, &finals, facts, &latest.zone).last().map(|one| one.moment)
}

impl Journal {
    /// What the CRM records of a lead; none where the rulebook has no `returns`.
    pub(crate) fn of(facts: &LeadFacts<'_, '_>) -> Option<Self> {
        let rulebook = facts.rulebook;
        let returns = rulebook.returns.as_ref()?;
        let records: Vec<Records> =
            rulebook.stages.iter().map(|stage| Records::new(stage.entered.as_ref(), facts)).collect();
        let finals = rulebook.final_stage().map_or(&[][..], |stage| &records[stage].dated);
        let returns = returns_of(&returns.at, finals, facts, &rulebook.zone);
        Some(Self { returns, records })
    }

    /// How many passes there are.
    #[must_use]
    pub(crate) fn n_passes(&self) -> usize {
        self.returns.len() + 1
    }

    /// Between which returns a pass lies, counted from 0.
    pub(crate) fn ends(&self, number: usize) -> PassEnds {
        let began = number.checked_sub(1).map(|before| self.returns[before].moment);
        PassEnds { began, ended: self.returns.get(number).map(|ended| ended.moment) }
    }

    /// What the CRM says of each stage in a pass, counted from 0.
    pub(crate) fn entered(&self, number: usize, facts: &LeadFacts<'_, '_>) -> impl Iterator<Item = StageEntry> {
        let ends = self.ends(number);
        let stages = facts.rulebook.stages.iter().zip(&self.records).enumerate();
        stages.map(move |(index, (stage, records))| match (index, ends.began, &stage.entered) {
            (0, Some(began), Some(_)) => StageEntry { truth: Truth::True, at: Some(began.at) },
            _ => records.within(ends, &facts.rulebook.zone),
        })
    }

    /// Why a lead was given back: of a return that an event says, by the event; of one that a date field says only if it is the
    /// latest, because the field says no more.
    pub(crate) fn reason(&self, number: usize, facts: &LeadFacts<'_, '_>) -> Option<String> {
        let (returns, one) = (facts.rulebook.returns.as_ref()?, self.returns.get(number)?);
        match returns.at[one.by] {
            LeadMoment::Event(_) => one.event_reason.clone(),
            LeadMoment::Field(_) if number + 1 < self.returns.len() => None,
            LeadMoment::Field(_) => {
                let reason = returns.reason?;
                Some(facts.value(reason).text(reason.part)).filter(|text| !text.is_empty())
            }
        }
    }
}

impl Records {
    /// The entry that lies in a pass. What has no date stands in the latest pass: nothing says that a return undid it.
    fn within(&self, ends: PassEnds, zone: &Zone) -> StageEntry {
        match self.dated.iter().find(|record| ends.hold(**record, zone)) {
            Some(record) => StageEntry { truth: Truth::True, at: Some(record.at) },
            None if self.perhaps.is_some_and(|date| ends.hold(date, zone)) => {
                StageEntry { truth: Truth::Unknown, at: None }
            }
            None if ends.ended.is_none() => StageEntry { truth: self.undated, at: None },
            None => StageEntry { truth: Truth::False, at: None },
        }
    }
}

/// The reason that is kept beside moments, which are dates; none of a moment.
pub(super) fn reason_text(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()).filter(|text| !text.is_empty()),
        _ => None,
    }
}
