//! What no case covers: criteria, tiers and values, stages and disqualifiers that no case makes fire, or that none keeps silent.

use super::judge::lead_of;
use super::{Case, TestFile};
use crate::analysis::Analysis;
use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::expr::Worth;
use crate::rulebook::{Criterion, Rulebook};
use crate::score::{Chosen, LeadFacts, Plan, Trial, Truth, evaluate, first_true, look_up};

/// Something that cases are to cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is: `criterion demo-request fires`.
    pub what: String,
    /// Where it stands in the rulebook.
    pub span: Span,
    /// Whether a case covers it.
    pub is_covered: bool,
}

/// How much of a rulebook the cases cover.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Everything that there is to cover, in rulebook order.
    pub items: Vec<Item>,
}

impl Coverage {
    /// How many items are covered.
    #[must_use]
    pub fn n_covered(&self) -> usize {
        self.items.iter().filter(|item| item.is_covered).count()
    }

    /// The covered share in percent, rounded down; of nothing it is 100.
    #[must_use]
    pub fn percent(&self) -> usize {
        (self.n_covered() * 100).checked_div(self.items.len()).unwrap_or(100)
    }

    /// The items that no case covers, in order of place.
    #[must_use]
    pub fn uncovered(&self) -> Vec<&Item> {
        let mut uncovered: Vec<&Item> = self.items.iter().filter(|item| !item.is_covered).collect();
        uncovered.sort_by_key(|item| item.span.start);
        uncovered
    }

    /// Counts what another file's cases cover of the same rulebook.
    pub fn add(&mut self, other: &Self) {
        for (item, more) in self.items.iter_mut().zip(&other.items) {
            item.is_covered |= more.is_covered;
        }
    }
}

/// What the cases of a file cover of their rulebook.
#[must_use]
pub fn coverage(file: &TestFile, rulebook: &Rulebook) -> Coverage {
    let analysis = Analysis::of(rulebook);
    let can_be_silent: Vec<bool> = rulebook.criteria.iter().map(|one| can_be_silent(&analysis, one)).collect();
    let mut coverage = Coverage { items: items(rulebook, &can_be_silent) };
    for case in &file.cases {
        cover(case, rulebook, &can_be_silent, &mut coverage);
    }
    coverage
}

/// Everything that there is to cover; [`marks`] speaks of the same things in the same order.
fn items(rulebook: &Rulebook, can_be_silent: &[bool]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut item = |what: String, span: Span| items.push(Item { what, span, is_covered: false });
    for (criterion, can_be_silent) in rulebook.criteria.iter().zip(can_be_silent).filter(|(one, _)| one.enabled) {
        let id = &criterion.id;
        item(format!("criterion {id} fires"), criterion.place.span);
        if *can_be_silent {
            item(format!("criterion {id} stays silent"), criterion.place.span);
        }
        for (what, span) in outcomes(criterion) {
            item(format!("criterion {id}: {what}"), span);
        }
    }
    for disqualifier in &rulebook.disqualifiers {
        item(format!("disqualifier {} applies", disqualifier.reason), disqualifier.place.span);
        item(format!("disqualifier {} does not apply", disqualifier.reason), disqualifier.place.span);
    }
    for stage in rulebook.stages.iter().skip(1) {
        item(format!("a lead in stage {}", stage.name), stage.place.span);
        item(format!("a lead not in stage {}", stage.name), stage.place.span);
    }
    items
}

fn cover(case: &Case, rulebook: &Rulebook, can_be_silent: &[bool], coverage: &mut Coverage) {
    let lead = lead_of(case, rulebook);
    for moment in &case.moments {
        let plan = Plan::new(rulebook, moment.as_of);
        let Some(trial) = Trial::new(&plan, &lead) else { continue };
        let marks = marks(rulebook, can_be_silent, &trial.facts());
        debug_assert_eq!(marks.len(), coverage.items.len(), "marks speak of the items");
        for (item, mark) in coverage.items.iter_mut().zip(marks) {
            item.is_covered |= mark;
        }
    }
}

/// For each item whether a lead covers it.
fn marks(rulebook: &Rulebook, can_be_silent: &[bool], facts: &LeadFacts<'_, '_>) -> Vec<bool> {
    let card = facts.card();
    let mut marks = Vec::new();
    let all = rulebook.criteria.iter().zip(can_be_silent).zip(&card.criteria);
    for ((criterion, can_be_silent), points) in all.filter(|((criterion, _), _)| criterion.enabled) {
        marks.push(!points.is_zero());
        if *can_be_silent {
            marks.push(points.is_zero());
        }
        let chosen = chosen(criterion, facts);
        marks.extend(outcome_kinds(criterion).into_iter().map(|kind| chosen == Some(kind)));
    }
    for index in 0..rulebook.disqualifiers.len() {
        marks.extend([card.disqualified == Some(index), card.disqualified != Some(index)]);
    }
    for index in 1..rulebook.stages.len() {
        marks.extend([card.stage == Some(index), card.stage != Some(index)]);
    }
    marks
}

/// What a criterion with several outcomes can come to, in words, with the places.
fn outcomes(criterion: &Criterion) -> Vec<(String, Span)> {
    let words = |kind: Chosen| match (kind, &criterion.worth) {
        (Chosen::Arm(arm), Worth::Choose { arms, .. }) => {
            let what = if arms.len() == 1 { "is true".to_owned() } else { format!("tier {}", arm + 1) };
            (format!("{what} ({})", arms[arm].points.signed()), arms[arm].place.span)
        }
        (Chosen::Arm(entry), Worth::Lookup { entries, .. }) => {
            (format!("value {} ({})", entries[entry].key, entries[entry].points.signed()), entries[entry].place.span)
        }
        (Chosen::Unknown, _) => ("`unknown` counts".to_owned(), criterion.place.span),
        _ => ("`otherwise` counts".to_owned(), criterion.place.span),
    };
    outcome_kinds(criterion).into_iter().map(words).collect()
}

/// The outcomes of a criterion that has several which give points: its tiers or values, and what counts where none is true.
fn outcome_kinds(criterion: &Criterion) -> Vec<Chosen> {
    let (n_arms, otherwise, unknown) = match &criterion.worth {
        Worth::Choose { arms, otherwise, unknown } => (arms.len(), *otherwise, *unknown),
        Worth::Lookup { entries, otherwise, unknown, .. } => (entries.len(), *otherwise, *unknown),
        Worth::Occurrences { .. } => return Vec::new(),
    };
    let mut kinds: Vec<Chosen> = (0..n_arms).map(Chosen::Arm).collect();
    kinds.extend((!otherwise.is_zero()).then_some(Chosen::None));
    kinds.extend((!unknown.is_zero()).then_some(Chosen::Unknown));
    // Of a plain condition, firing is its only outcome, which is an item already.
    if kinds.len() == 1 { Vec::new() } else { kinds }
}

/// Which outcome a lead comes to; none where `only_if` keeps the criterion out.
fn chosen(criterion: &Criterion, facts: &LeadFacts<'_, '_>) -> Option<Chosen> {
    if criterion.only_if.as_ref().is_some_and(|gate| evaluate(gate, facts) != Truth::True) {
        return None;
    }
    match &criterion.worth {
        Worth::Choose { arms, .. } => Some(first_true(arms, facts)),
        Worth::Lookup { field, entries, by_text, .. } => Some(look_up(*field, entries, by_text, facts)),
        Worth::Occurrences { .. } => None,
    }
}

/// Whether some lead can get nothing from a criterion.
fn can_be_silent<'r>(analysis: &Analysis<'r>, criterion: &'r Criterion) -> bool {
    let rest = analysis.rest(criterion);
    let left = |otherwise: Points, unknown: Points| {
        (rest.can_fail && otherwise.is_zero()) || (rest.can_be_unknown && unknown.is_zero())
    };
    criterion.only_if.is_some()
        || match &criterion.worth {
            Worth::Choose { arms, otherwise, unknown } => {
                arms.iter().any(|arm| arm.points.is_zero()) || left(*otherwise, *unknown)
            }
            Worth::Lookup { entries, otherwise, unknown, .. } => {
                entries.iter().any(|entry| entry.points.is_zero()) || left(*otherwise, *unknown)
            }
            Worth::Occurrences { .. } => true,
        }
}
