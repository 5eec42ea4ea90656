//! Every place of a rulebook that can be changed, always in the same order, so that a place has a number.

use super::change::Site;
use crate::diagnostic::Span;
use crate::rulebook::expr::{Arm, Expr, Measure, Tally, Term, Test, Worth};
use crate::rulebook::{Criterion, Entered, Limits, Rulebook};
use crate::value::Decay;

/// What is known of a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'c> {
    /// Whose it is: `criterion demo-request`.
    pub of: &'c str,
    /// A place inside the mapping that has it, or its own.
    pub at: Span,
    /// The key under which it stands in that mapping: `points`, `decay.half_life`.
    pub key: Option<&'static str>,
    /// Whether it may be unwritten, and then is no place to change.
    pub is_optional: bool,
    /// Whether its fields are those of an event.
    pub in_where: bool,
}

impl<'c> Context<'c> {
    fn new(of: &'c str, at: Span) -> Self {
        Self { of, at, key: None, is_optional: false, in_where: false }
    }

    fn key(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    fn optional(self, key: &'static str) -> Self {
        Self { key: Some(key), is_optional: true, ..self }
    }

    fn at(self, at: Span) -> Self {
        Self { at, key: None, is_optional: false, ..self }
    }
}

/// What is done at each place.
pub(super) type Visit<'v> = dyn FnMut(Site<'_>, &Context<'_>) + 'v;

/// Goes to every place. Tallies are shared by those who ask for the same; who is changed gets a copy.
pub(super) fn walk(rulebook: &mut Rulebook, visit: &mut Visit<'_>) {
    let mut tallies = std::mem::take(&mut rulebook.tallies);
    let mut walker = Walker { tallies: &mut tallies, settled: None, visit };
    walker.sums(rulebook);
    for criterion in rulebook.criteria.iter_mut().filter(|criterion| criterion.enabled) {
        walker.criterion(criterion);
    }
    for axis in rulebook.grade.iter_mut().flat_map(|grade| &mut grade.axes) {
        // The last mark takes everything below, whatever its bound says.
        let n_bounds = axis.bounds.len();
        for bound in axis.bounds.iter_mut().take(n_bounds.saturating_sub(1)) {
            let of = format!("grade {}", bound.mark);
            (walker.visit)(Site::Points(&mut bound.from), &Context::new(&of, bound.span));
        }
    }
    for disqualifier in &mut rulebook.disqualifiers {
        let of = format!("disqualifier {}", disqualifier.reason);
        walker.condition(&mut disqualifier.when, Context::new(&of, disqualifier.span));
    }
    for stage in &mut rulebook.stages {
        let of = format!("stage {}", stage.name);
        let context = Context::new(&of, stage.span);
        for condition in [&mut stage.when, &mut stage.keep_when, &mut stage.recycle_when].into_iter().flatten() {
            walker.condition(condition, context);
        }
        match &mut stage.entered {
            Some(Entered::When(when)) => walker.condition(when, context),
            Some(Entered::Event(tally)) => walker.tally(tally, context),
            _ => {}
        }
    }
    for priority in &mut rulebook.priorities {
        let of = format!("priority {}", priority.name);
        if let Some(when) = &mut priority.when {
            walker.condition(when, Context::new(&of, priority.span));
        }
    }
    rulebook.tallies = tallies;
}

struct Walker<'w, 'v> {
    tallies: &'w mut Vec<Tally>,
    /// A tally that has been visited for all who ask for it here.
    settled: Option<usize>,
    visit: &'w mut Visit<'v>,
}

impl Walker<'_, '_> {
    /// Limits and weights.
    fn sums(&mut self, rulebook: &mut Rulebook) {
        // The mapping around a dimension and a stage is the whole file.
        let stage = rulebook.stages[0].span;
        let dimension = rulebook.dimensions.first().map_or(stage, |dimension| dimension.span);
        let span = Span::new(stage.start.min(dimension.start), stage.end.max(dimension.end));
        let whole = Context::new("total", span);
        self.limits(&mut rulebook.total, whole, ("total.min", "total.max"));
        for dimension in &mut rulebook.dimensions {
            let of = dimension.name.clone();
            let context = Context::new(&of, dimension.span);
            self.limits(&mut dimension.limits, context, ("min", "max"));
            (self.visit)(Site::Number(&mut dimension.weight), &context.optional("weight"));
            for group in &mut dimension.groups {
                let of = format!("{of}.{}", group.name);
                self.limits(&mut group.limits, Context::new(&of, group.span), ("min", "max"));
            }
        }
    }

    fn limits(&mut self, limits: &mut Limits, context: Context<'_>, (min, max): (&'static str, &'static str)) {
        for (limit, key) in [(&mut limits.min, min), (&mut limits.max, max)] {
            if let Some(limit) = limit {
                (self.visit)(Site::Points(limit), &context.key(key));
            }
        }
    }

    fn criterion(&mut self, criterion: &mut Criterion) {
        let of = format!("criterion {}", criterion.id);
        let context = Context::new(&of, criterion.span);
        if let Some(only_if) = &mut criterion.only_if {
            self.condition(only_if, context);
        }
        match &mut criterion.worth {
            Worth::Choose { arms, otherwise, unknown } => {
                let is_plain = arms.len() == 1;
                // All tiers ask for one measure, which is written once.
                self.settled = if is_plain { None } else { self.measure_of_tiers(arms, context) };
                for arm in arms {
                    // Of a tier the points stand beside its operators, of a plain condition beside `when`.
                    let at = if is_plain { context.key("points") } else { context.at(arm.place.0).key("points") };
                    (self.visit)(Site::Points(&mut arm.points), &at);
                    self.condition(&mut arm.when, context.at(arm.place.0));
                }
                self.settled = None;
                (self.visit)(Site::Points(otherwise), &context.optional("otherwise"));
                (self.visit)(Site::Points(unknown), &context.optional("unknown"));
            }
            Worth::Lookup { entries, otherwise, unknown, .. } => {
                for entry in entries {
                    let of = format!("{of}, {}", entry.key);
                    (self.visit)(Site::Points(&mut entry.points), &Context::new(&of, entry.place.0));
                }
                (self.visit)(Site::Points(otherwise), &context.optional("otherwise"));
                (self.visit)(Site::Points(unknown), &context.optional("unknown"));
            }
            Worth::Occurrences { tally, cap } => {
                self.tally(tally, context);
                if let Some(cap) = cap {
                    (self.visit)(Site::Points(cap), &context.key("cap"));
                }
            }
        }
    }

    /// Visits the measure that tiers cut, if they do, for all of them.
    fn measure_of_tiers(&mut self, arms: &mut [Arm], context: Context<'_>) -> Option<usize> {
        let measure = arms.first().and_then(|arm| measured(&arm.when))?;
        let mut changed = measure;
        self.tally(&mut changed, context);
        if changed != measure {
            for arm in arms {
                replace(&mut arm.when, measure, changed);
            }
        }
        Some(changed)
    }

    /// A condition, its parts, and the numbers in them.
    fn condition(&mut self, expr: &mut Expr, context: Context<'_>) {
        let here = match expr {
            Expr::Test { place, .. } | Expr::Compare { place, .. } => context.at(place.0),
            _ => context,
        };
        (self.visit)(Site::Condition(expr), &here);
        match expr {
            Expr::All(parts) | Expr::Any(parts) => self.parts(parts, context),
            Expr::AtLeast(least, parts) => {
                (self.visit)(Site::Count(least), &context.key("at_least"));
                self.parts(parts, context);
            }
            // A negation is changed as one with what it negates.
            Expr::Not(inner) => self.inside(inner, context),
            other => self.inside(other, context),
        }
    }

    fn parts(&mut self, parts: &mut Vec<Expr>, context: Context<'_>) {
        (self.visit)(Site::Parts(parts), &context);
        for part in parts {
            self.condition(part, context);
        }
    }

    /// The numbers of a condition without parts.
    fn inside(&mut self, expr: &mut Expr, context: Context<'_>) {
        match expr {
            Expr::Test { term, test, place } => {
                let here = context.at(place.0);
                match test {
                    Test::Number(_, number) => (self.visit)(Site::Number(number), &here),
                    Test::Numbers(numbers) => {
                        for number in numbers {
                            (self.visit)(Site::Number(number), &here);
                        }
                    }
                    Test::Within(ms) | Test::OlderThan(ms) => (self.visit)(Site::Ms(ms), &here),
                    Test::Text(_) | Test::Booleans(_) | Test::Dates(_) | Test::Date(..) => {}
                }
                self.term(term, here);
            }
            Expr::Compare { left, right, times, place, .. } => {
                let here = context.at(place.0);
                if let Some(times) = times {
                    (self.visit)(Site::Number(times), &here);
                }
                self.term(left, here);
                self.term(right, here);
            }
            Expr::All(_) | Expr::Any(_) | Expr::AtLeast(..) | Expr::Not(_) => self.condition(expr, context),
            Expr::Present(_) | Expr::Stage(_) | Expr::Grade(_) => {}
        }
    }

    fn term(&mut self, term: &mut Term, context: Context<'_>) {
        if let Term::Tally(tally) = term {
            self.tally(tally, context);
        }
    }

    fn tally(&mut self, tally: &mut usize, context: Context<'_>) {
        if self.settled == Some(*tally) {
            return;
        }
        let mut own = self.tallies[*tally].clone();
        if let Some(within_ms) = &mut own.select.within_ms {
            (self.visit)(Site::Ms(within_ms), &context.key("within"));
        }
        if let Some(filter) = &mut own.select.filter {
            self.condition(filter, Context { in_where: true, ..context });
        }
        if let Measure::Points { points, at_most, decay, .. } = &mut own.measure {
            (self.visit)(Site::Points(points), &context.key("points"));
            if let Some(at_most) = at_most {
                (self.visit)(Site::Count(at_most), &context.key("at_most"));
            }
            if let Some(decay) = decay {
                self.decay(decay, context);
            }
        }
        if own != self.tallies[*tally] {
            self.tallies.push(own);
            *tally = self.tallies.len() - 1;
        }
    }

    fn decay(&mut self, decay: &mut Decay, context: Context<'_>) {
        match decay {
            Decay::HalfLife { half_life_ms } => (self.visit)(Site::Ms(half_life_ms), &context.key("decay.half_life")),
            Decay::Linear { duration_ms } => (self.visit)(Site::Ms(duration_ms), &context.key("decay.linear")),
            Decay::Step { percent, every_ms } => {
                (self.visit)(Site::Number(percent), &context.key("decay.step.percent"));
                (self.visit)(Site::Ms(every_ms), &context.key("decay.step.every"));
            }
        }
    }
}

/// The measure that a tier asks for.
fn measured(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Test { term: Term::Tally(tally), .. } | Expr::Compare { left: Term::Tally(tally), .. } => Some(*tally),
        Expr::All(parts) => parts.first().and_then(measured),
        Expr::Not(inner) => measured(inner),
        _ => None,
    }
}

/// Lets a tier ask for another measure, on its left side.
fn replace(expr: &mut Expr, old: usize, new: usize) {
    match expr {
        Expr::Test { term: Term::Tally(tally), .. } | Expr::Compare { left: Term::Tally(tally), .. }
            if *tally == old =>
        {
            *tally = new;
        }
        Expr::All(parts) => parts.iter_mut().for_each(|part| replace(part, old, new)),
        Expr::Not(inner) => replace(inner, old, new),
        _ => {}
    }
}
