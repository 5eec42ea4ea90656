//! What no case covers: criteria, tiers and values, stages and disqualifiers that no case makes fire, or that none keeps silent;
//! texts of derived fields that no case comes to.

use super::judge::lead_of;
use super::report::Located;
use super::texts::seen_texts;
use super::{Case, TestFile};
use crate::analysis::Analysis;
use crate::diagnostic::Span;
use crate::explain::Named;
use crate::points::Points;
use crate::rulebook::derived::{Derivation, DerivedSpot};
use crate::rulebook::expr::Worth;
use crate::rulebook::{Criterion, Rulebook};
use crate::score::{Chosen, Fate, LeadFacts, Plan, Trial, Truth, evaluate, first_true, look_up};
use serde::Serialize;

/// Something that cases are to cover; its parts by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A criterion gives points.
    Fires(usize),
    /// A criterion gives none.
    Silent(usize),
    /// A criterion comes to one of its outcomes.
    Outcome(usize, Chosen),
    /// A disqualifier applies.
    Disqualifies(usize),
    /// A disqualifier does not.
    Spares(usize),
    /// A rule of a source, both by index, sets an event aside.
    Automated(usize, usize),
    /// A derived field comes to one of its texts.
    Text(DerivedSpot, Chosen),
    /// A lead has a stage.
    InStage(usize),
    /// A lead has not.
    OutsideStage(usize),
    /// A lead was given back.
    Returns,
}

/// How much of a rulebook the cases cover.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage<'r> {
    /// The covered share in percent, rounded down; of nothing it is 100.
    pub percent: usize,
    /// How many goals are covered.
    #[serde(rename = "covered")]
    pub n_covered: usize,
    /// Of how many.
    #[serde(rename = "of")]
    pub n_goals: usize,
    /// Those that no case covers, in order of place.
    pub uncovered: Vec<Located<Named<'r, Goal>>>,
}

/// What the cases of some files cover of the rulebook that all of them test, whose text is `text`.
#[must_use]
pub fn coverage<'r>(files: &[&TestFile], rulebook: &'r Rulebook, text: &str) -> Coverage<'r> {
    let goals = goals(rulebook);
    let mut left = goals.clone();
    for case in files.iter().flat_map(|file| &file.cases) {
        cover(case, rulebook, &mut left);
    }
    left.sort_by_key(|(_, span)| span.start);
    let uncovered = left.into_iter().map(|(it, span)| Located::new(text, span, Named { rulebook, it }));
    let uncovered: Vec<_> = uncovered.collect();
    let n_covered = goals.len() - uncovered.len();
    Coverage {
        percent: (n_covered * 100).checked_div(goals.len()).unwrap_or(100),
        n_covered,
        n_goals: goals.len(),
        uncovered,
    }
}

/// Everything that there is to cover, with its place.
fn goals(rulebook: &Rulebook) -> Vec<(Goal, Span)> {
    let analysis = Analysis::of(rulebook);
    let mut goals = Vec::new();
    for spot in seen_texts(rulebook) {
        let texts = spot.derivation(rulebook).map(|derivation| texts(derivation, spot.span(rulebook)));
        let texts = texts.into_iter().flatten();
        goals.extend(texts.map(|(chosen, span)| (Goal::Text(spot, chosen), span)));
    }
    for (index, criterion) in rulebook.criteria.iter().enumerate().filter(|(_, criterion)| criterion.enabled) {
        goals.push((Goal::Fires(index), criterion.place.span));
        goals.extend(can_be_silent(&analysis, criterion).then_some((Goal::Silent(index), criterion.place.span)));
        goals.extend(outcomes(criterion).into_iter().map(|(chosen, span)| (Goal::Outcome(index, chosen), span)));
    }
    for (index, disqualifier) in rulebook.disqualifiers.iter().enumerate() {
        goals.extend([Goal::Disqualifies(index), Goal::Spares(index)].map(|goal| (goal, disqualifier.place.span)));
    }
    for (source, of) in rulebook.sources.iter().enumerate() {
        let rules = of.automated.iter().enumerate();
        goals.extend(rules.map(|(rule, automated)| (Goal::Automated(source, rule), automated.place.span)));
    }
    goals.extend(rulebook.returns.as_ref().map(|returns| (Goal::Returns, returns.place.span)));
    for (index, stage) in rulebook.stages.iter().enumerate().skip(1) {
        goals.extend([Goal::InStage(index), Goal::OutsideStage(index)].map(|goal| (goal, stage.place.span)));
    }
    goals
}

/// Takes away what a case covers.
fn cover(case: &Case, rulebook: &Rulebook, left: &mut Vec<(Goal, Span)>) {
    let lead = lead_of(case, rulebook);
    for moment in &case.moments {
        let plan = Plan::new(rulebook, moment.as_of);
        let Some(trial) = Trial::new(&plan, &lead) else { continue };
        let facts = trial.facts();
        let chosen: Vec<Option<Chosen>> = rulebook.criteria.iter().map(|one| chosen(one, &facts)).collect();
        let fates = || lead.events.iter().zip(trial.fates());
        left.retain(|(goal, _)| match *goal {
            Goal::Automated(source, rule) => {
                !fates().any(|(event, fate)| event.source == source && *fate == Fate::Automated(rule))
            }
            Goal::Text(DerivedSpot::Lead(field), text) => facts.lead.chosen(field) != Some(text),
            Goal::Text(DerivedSpot::Event(source, field), text) => {
                let mut events = lead.events.iter().enumerate().filter(|(_, event)| event.source == source);
                !events.any(|(event, _)| trial.chosen_of_event(event, field) == Some(text))
            }
            goal => !is_met(goal, &chosen, &facts),
        });
    }
}

fn is_met(goal: Goal, chosen: &[Option<Chosen>], facts: &LeadFacts<'_, '_>) -> bool {
    let card = facts.card();
    match goal {
        Goal::Fires(criterion) => !card.criteria[criterion].is_zero(),
        Goal::Silent(criterion) => card.criteria[criterion].is_zero(),
        Goal::Outcome(criterion, outcome) => chosen[criterion] == Some(outcome),
        Goal::Disqualifies(index) => card.disqualified == Some(index),
        Goal::Spares(index) => card.disqualified != Some(index),
        Goal::InStage(stage) => card.stage == Some(stage),
        Goal::OutsideStage(stage) => card.stage != Some(stage),
        Goal::Returns => card.returned.is_some(),
        // What became of events is asked of the trial, and derived fields of the rows.
        Goal::Automated(..) | Goal::Text(..) => false,
    }
}

/// The texts that a derived field can be chosen to come to, each with its place.
fn texts(derivation: &Derivation, own: Span) -> Vec<(Chosen, Span)> {
    let (arms, rest): (Vec<Span>, _) = match derivation {
        Derivation::Map(mapped) => {
            let entries = 0..mapped.targets.len();
            (entries.map(|target| mapped.span_of(target).unwrap_or(own)).collect(), &mapped.rest)
        }
        Derivation::Bands(banded) => (banded.bands.iter().map(|band| band.place.whole()).collect(), &banded.rest),
        _ => return Vec::new(),
    };
    let mut texts: Vec<_> = arms.into_iter().enumerate().map(|(arm, span)| (Chosen::Arm(arm), span)).collect();
    texts.extend(rest.otherwise.as_ref().map(|_| (Chosen::None, own)));
    texts.extend(rest.unknown.as_ref().map(|_| (Chosen::Unknown, own)));
    texts
}

/// The outcomes of a criterion that has several which give points: its tiers or values, and what counts where none is true.
fn outcomes(criterion: &Criterion) -> Vec<(Chosen, Span)> {
    let (arms, otherwise, unknown): (Vec<Span>, _, _) = match &criterion.worth {
        Worth::Choose { arms, otherwise, unknown } => {
            (arms.iter().map(|arm| arm.place.span).collect(), otherwise, unknown)
        }
        Worth::Lookup { entries, otherwise, unknown, .. } => {
            (entries.iter().map(|entry| entry.place.span).collect(), otherwise, unknown)
        }
        Worth::Occurrences { .. } => return Vec::new(),
    };
    let mut outcomes: Vec<_> = arms.into_iter().enumerate().map(|(arm, span)| (Chosen::Arm(arm), span)).collect();
    outcomes.extend((!otherwise.is_zero()).then_some((Chosen::None, criterion.place.span)));
    outcomes.extend((!unknown.is_zero()).then_some((Chosen::Unknown, criterion.place.span)));
    // Of a plain condition, firing is its only outcome, which is a goal already.
    if outcomes.len() == 1 { Vec::new() } else { outcomes }
}

/// Which outcome a lead comes to; none where `only_if` keeps the criterion out.
fn chosen(criterion: &Criterion, facts: &LeadFacts<'_, '_>) -> Option<Chosen> {
    if criterion.only_if.as_ref().is_some_and(|gate| evaluate(gate, facts) != Truth::True) {
        return None;
    }
    match &criterion.worth {
        Worth::Choose { arms, .. } => Some(first_true(arms.iter().map(|arm| &arm.when), facts)),
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
