//! A tier, value, band, disqualifier or priority that an earlier one hides.
//!
//! ## Why
//! The first tier, band, disqualifier or priority that is true counts. If an earlier one is always true as well, the later
//! one is never used: no lead gets its points, reason or action.
//!
//! ## Example
//! ```yaml
//! tiers: [{ gte: 50, points: 10 }, { gte: 1000, points: 20 }]     # 1,000 is at least 50, so no lead gets 20
//! ```
//!
//! ## What to do
//! Put the narrower one first, or remove it.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::{Formula, WantedTruth};
use crate::rulebook::derived::Derivation;
use crate::rulebook::expr::{Entry, Expr, Test, Worth};
use crate::rulebook::{ConditionRole, Side};
use crate::score::Truth;

pub(super) const LINT: Lint = Lint::warning("LS401", "hidden-choice", include_str!("hidden_choice.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let of = |is_it: &dyn Fn(ConditionRole) -> bool| {
        let found = subject.conditions.iter().filter(|condition| is_it(condition.role));
        found.map(|condition| condition.expr).collect::<Vec<_>>()
    };
    for criterion in 0..subject.rulebook.criteria.len() {
        let tiers = of(&|role| matches!(role, ConditionRole::Tier(of, _) if of == criterion));
        first_true("tier", &tiers, subject, findings);
        if let Worth::Lookup { entries, .. } = &subject.rulebook.criteria[criterion].worth {
            values(entries, subject, findings);
        }
    }
    let of_leads = subject.rulebook.fields.iter().map(|field| (field.derivation(), Side::Lead));
    let of_events = subject.rulebook.sources.iter().flat_map(|source| &source.fields);
    for (derivation, side) in of_leads.chain(of_events.map(|(_, from)| (from.derivation(), Side::Event))) {
        if let Some(Derivation::Bands(banded)) = derivation {
            let bands: Vec<&Expr> = banded.bands.iter().map(|band| &band.when).collect();
            first_true_of("band", side, &bands, subject, findings);
        }
    }
    first_true("disqualifier", &of(&|role| matches!(role, ConditionRole::Disqualifier(_))), subject, findings);
    // A priority without a `when` takes every lead.
    let priorities = &subject.rulebook.priorities;
    let n_before = priorities.iter().position(|priority| priority.when.is_none()).unwrap_or(priorities.len());
    let is_before = |role| matches!(role, ConditionRole::Priority(index) if index < n_before);
    first_true("priority", &of(&is_before), subject, findings);
    for hidden in priorities.iter().skip(n_before + 1) {
        let line = subject.line(priorities[n_before].place.span);
        let message = format!("no lead gets the priority `{}`: the one on line {line} has no `when`", hidden.name);
        findings.add(hidden.place.span, message).help("put the priority without a `when` last");
    }
}

/// Reports each that is true only where one before it is.
fn first_true(what: &str, choices: &[&Expr], subject: &CheckSubject<'_>, findings: &mut Findings) {
    first_true_of(what, Side::Lead, choices, subject, findings);
}

fn first_true_of(what: &str, side: Side, choices: &[&Expr], subject: &CheckSubject<'_>, findings: &mut Findings) {
    let claims = subject.analysis.claims(side);
    for (index, expr) in choices.iter().enumerate().skip(1) {
        if claims.is_never(Truth::True, expr) {
            continue;
        }
        let hides = |before: &[&Expr]| {
            let none = before.iter().map(|before| Formula::of(before, WantedTruth::NotTrue));
            !claims.can_all_be(none.chain([Formula::of(expr, WantedTruth::True)]))
        };
        if !hides(&choices[..index]) {
            continue;
        }
        let one = choices[..index].iter().find(|before| hides(std::slice::from_ref(before)));
        let by = match one {
            Some(before) => format!("the one on line {} is true", subject.line(before.place.whole())),
            None => "one of those before it is true".to_owned(),
        };
        let message = format!("this {what} never applies: if it is true, {by} as well, and the first one counts");
        findings.add(expr.place.whole(), message).help("put the narrower one first, or remove this one");
    }
}

/// Dates among the keys of `values` may lie within each other; other keys that are the same are errors already.
fn values(entries: &[Entry], subject: &CheckSubject<'_>, findings: &mut Findings) {
    for (index, entry) in entries.iter().enumerate() {
        let Test::Dates(own) = &entry.test else { continue };
        let hides = |before: &&Entry| {
            let Test::Dates(spans) = &before.test else { return false };
            own.iter().all(|own| spans.iter().any(|span| span.start <= own.start && own.end <= span.end))
        };
        if let Some(before) = entries[..index].iter().find(hides) {
            let line = subject.line(before.place.span);
            let message =
                format!("the value `{}` never applies: `{}` on line {line} already matches it", entry.key, before.key);
            findings.add(entry.place.span, message).help("put the narrower one first");
        }
    }
}
