//! Every condition of a rulebook, with what it is for and where it stands; and the single tests in one.

use super::source::{Source, get};
use crate::diagnostic::Span;
use crate::rulebook::expr::{Expr, FieldRef, Order, Term, Test, Worth};
use crate::rulebook::{Entered, Rulebook};

/// What a condition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A criterion's `when`.
    When(usize),
    /// A criterion's `only_if`.
    OnlyIf(usize),
    /// A criterion's tier: index of the criterion and of the tier.
    Tier(usize, usize),
    /// The `where` of a selection.
    Where,
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
}

/// A condition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Condition<'r> {
    /// What it says.
    pub expr: &'r Expr,
    /// What it is for.
    pub role: Role,
    /// Where it stands: the condition itself where it can be told, else what it belongs to.
    pub span: Span,
}

impl Role {
    /// The criterion, if it is one's.
    pub(super) fn criterion(self) -> Option<usize> {
        match self {
            Self::When(criterion) | Self::OnlyIf(criterion) | Self::Tier(criterion, _) => Some(criterion),
            _ => None,
        }
    }
}

/// Every condition of the rulebook, in order of what it is for.
pub(super) fn conditions<'r>(rulebook: &'r Rulebook, source: &Source) -> Vec<Condition<'r>> {
    let mut found = Vec::new();
    let mut add = |expr, role, span| found.push(Condition { expr, role, span });
    let beside = |span, key| source.beside(span, key).map_or(span, |node| node.span);
    let within = |span, key| source.spanning(span).and_then(|node| get(node, key)).map_or(span, |node| node.span);
    for (index, criterion) in rulebook.criteria.iter().enumerate() {
        if let Some(only_if) = &criterion.only_if {
            add(only_if, Role::OnlyIf(index), beside(criterion.span, "only_if"));
        }
        let Worth::Choose { arms, .. } = &criterion.worth else { continue };
        let has_tiers = source.beside(criterion.span, "tiers").is_some();
        for (tier, arm) in arms.iter().enumerate() {
            let role = if has_tiers { Role::Tier(index, tier) } else { Role::When(index) };
            add(&arm.when, role, arm.place.0);
        }
    }
    for filter in rulebook.tallies.iter().filter_map(|tally| tally.select.filter.as_ref()) {
        add(filter, Role::Where, place(filter).unwrap_or_default());
    }
    for (index, disqualifier) in rulebook.disqualifiers.iter().enumerate() {
        add(&disqualifier.when, Role::Disqualifier(index), within(disqualifier.span, "when"));
    }
    for (index, stage) in rulebook.stages.iter().enumerate() {
        let entered = match &stage.entered {
            Some(Entered::When(when)) => Some(when),
            _ => None,
        };
        let parts = [
            (stage.when.as_ref(), Role::Stage(index), "when"),
            (stage.keep_when.as_ref(), Role::Keep(index), "keep_when"),
            (stage.recycle_when.as_ref(), Role::Recycle(index), "recycle_when"),
            (entered, Role::Entered(index), "entered"),
        ];
        for (expr, role, key) in parts {
            if let Some(expr) = expr {
                add(expr, role, beside(stage.span, key));
            }
        }
    }
    for (index, priority) in rulebook.priorities.iter().enumerate() {
        if let Some(when) = &priority.when {
            add(when, Role::Priority(index), within(priority.span, "when"));
        }
    }
    found
}

/// Every condition on a lead, wherever it stands.
pub(super) fn lead_conditions(rulebook: &Rulebook) -> Vec<&Expr> {
    let of_criteria = rulebook.criteria.iter().flat_map(|criterion| {
        let arms = match &criterion.worth {
            Worth::Choose { arms, .. } => arms.as_slice(),
            Worth::Lookup { .. } | Worth::Occurrences { .. } => &[],
        };
        criterion.only_if.iter().chain(arms.iter().map(|arm| &arm.when))
    });
    let of_stages = rulebook.stages.iter().flat_map(|stage| {
        let entered = match &stage.entered {
            Some(Entered::When(when)) => Some(when),
            _ => None,
        };
        [&stage.when, &stage.keep_when, &stage.recycle_when].into_iter().flatten().chain(entered)
    });
    let of_priorities = rulebook.priorities.iter().filter_map(|priority| priority.when.as_ref());
    let of_disqualifiers = rulebook.disqualifiers.iter().map(|disqualifier| &disqualifier.when);
    of_criteria.chain(of_disqualifiers).chain(of_stages).chain(of_priorities).collect()
}

/// A single test or comparison in a condition.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaf<'r> {
    /// A term held against constants.
    Test(Term, &'r Test, Span),
    /// A term held against another.
    Compare(Term, Order, Term, Span),
    /// The field has a value.
    Present(FieldRef),
    /// The lead holds a stage.
    Stage,
    /// The lead's grade is one of some.
    Grade,
}

/// The single tests of a condition, in order, each with whether it stands under an odd number of `not`s.
pub(super) fn leaves(expr: &Expr) -> Vec<(Leaf<'_>, bool)> {
    let mut found = Vec::new();
    collect(expr, false, &mut found);
    found
}

fn collect<'r>(expr: &'r Expr, negated: bool, found: &mut Vec<(Leaf<'r>, bool)>) {
    let leaf = match expr {
        Expr::All(items) | Expr::Any(items) | Expr::AtLeast(_, items) => {
            return items.iter().for_each(|item| collect(item, negated, found));
        }
        Expr::Not(inner) => return collect(inner, !negated, found),
        Expr::Present(field) => Leaf::Present(*field),
        Expr::Test { term, test, place } => Leaf::Test(*term, test, place.0),
        Expr::Compare { left, order, right, place, .. } => Leaf::Compare(*left, *order, *right, place.0),
        Expr::Stage(_) => Leaf::Stage,
        Expr::Grade(_) => Leaf::Grade,
    };
    found.push((leaf, negated));
}

/// Where a condition's tests stand, from the first to the last; none if it has none that knows its place.
pub(super) fn place(expr: &Expr) -> Option<Span> {
    let spans = leaves(expr).into_iter().filter_map(|(leaf, _)| match leaf {
        Leaf::Test(_, _, span) | Leaf::Compare(.., span) => Some(span),
        _ => None,
    });
    spans.reduce(|all, span| Span::new(all.start.min(span.start), all.end.max(span.end)))
}

/// The terms that a condition reads.
pub(super) fn terms(expr: &Expr) -> Vec<Term> {
    let each = leaves(expr).into_iter().flat_map(|(leaf, _)| match leaf {
        Leaf::Test(term, ..) => vec![term],
        Leaf::Compare(left, _, right, ..) => vec![left, right],
        Leaf::Present(field) => vec![Term::Field(field)],
        Leaf::Stage | Leaf::Grade => Vec::new(),
    });
    each.collect()
}
