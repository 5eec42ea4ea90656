//! Every place of a rulebook that can be changed, always in the same order, so that a place has a number.

use super::super::texts::seen_texts;
use super::change::Site;
use crate::diagnostic::Span;
use crate::rulebook::expr::{Arm, Atom, Count, EventPoints, Expr, Measure, Tally, Term, Test, Worth};
use crate::rulebook::logic::Form;
use crate::rulebook::{
    AutomatedRule, AutomatedSign, Criterion, Entered, Fade, LeadMoment, Limits, Place, Rulebook, Side, rewrite,
};
use crate::value::Decay;

/// What is known of a place.
#[derive(Clone, Debug)]
pub(super) struct PlaceContext<'c> {
    /// Whose it is: `criterion demo-request`.
    pub of: &'c str,
    /// Where that, or the condition that is looked at, stands.
    pub place: Place,
    /// The keys under which it stands there, from the outermost: `decay`, `half_life`; none for the words of the place.
    pub keys: Vec<&'static str>,
    /// Whether it may be unwritten, and then is no place to change.
    pub is_optional: bool,
    /// Whose fields it names.
    pub side: Side,
}

impl<'c> PlaceContext<'c> {
    pub(super) fn new(of: &'c str, place: &Place) -> Self {
        Self { of, place: place.clone(), keys: Vec::new(), is_optional: false, side: Side::Lead }
    }

    pub(super) fn key(&self, key: &'static str) -> Self {
        let mut inside = self.clone();
        inside.keys.push(key);
        inside
    }

    fn optional(&self, key: &'static str) -> Self {
        Self { is_optional: true, ..self.key(key) }
    }

    pub(super) fn at(&self, place: &Place) -> Self {
        Self { side: self.side, ..Self::new(self.of, place) }
    }

    /// Where that stands; none where what would be changed is not written in the rulebook.
    pub(super) fn span(&self) -> Option<Span> {
        let found = self.keys.iter().try_fold(&self.place, |place, key| place.get(key)).map(|place| place.span);
        if self.is_optional { found } else { Some(found.unwrap_or(self.place.span)) }
    }
}

/// What is done at each place.
pub(super) type Visit<'v> = dyn FnMut(Site<'_>, &PlaceContext<'_>) + 'v;

/// Goes to every place. Tallies are shared by those who ask for the same; who is changed gets a copy.
pub(super) fn walk(rulebook: &mut Rulebook, visit: &mut Visit<'_>) {
    let derived = seen_texts(rulebook);
    let mut tallies = std::mem::take(&mut rulebook.tallies);
    let mut walker = Walker { tallies: &mut tallies, settled: None, visit };
    walker.sums(rulebook);
    walker.derived(rulebook, &derived);
    for source in &mut rulebook.sources {
        for (at, rule) in source.automated.iter_mut().enumerate() {
            walker.automated(rule, &format!("rule {} for automated events of {}", at + 1, source.name));
        }
    }
    for criterion in rulebook.criteria.iter_mut().filter(|criterion| criterion.enabled) {
        walker.criterion(criterion);
    }
    for axis in rulebook.grade.iter_mut().flat_map(|grade| &mut grade.axes) {
        // The last mark takes everything below, whatever its bound says.
        let n_bounds = axis.bounds.len();
        for bound in axis.bounds.iter_mut().take(n_bounds.saturating_sub(1)) {
            let of = format!("grade {}", bound.mark);
            (walker.visit)(Site::Points(&mut bound.from), &PlaceContext::new(&of, &Place::words(bound.span)));
        }
    }
    for disqualifier in &mut rulebook.disqualifiers {
        let of = format!("disqualifier {}", disqualifier.reason);
        walker.condition(&mut disqualifier.when, &PlaceContext::new(&of, &disqualifier.place));
    }
    for stage in &mut rulebook.stages {
        let of = format!("stage {}", stage.name);
        let context = PlaceContext::new(&of, &stage.place);
        for condition in [&mut stage.when, &mut stage.keep_when, &mut stage.recycle_when].into_iter().flatten() {
            walker.condition(condition, &context);
        }
        match &mut stage.entered {
            Some(Entered::When { when, .. }) => walker.condition(when, &context),
            Some(Entered::Records(records)) => {
                walker.records(records, &context, "entered");
            }
            None => {}
        }
    }
    if let Some(returns) = &mut rulebook.returns {
        walker.records(&mut returns.at, &PlaceContext::new("returns", &returns.place), "at");
    }
    for priority in &mut rulebook.priorities {
        let of = format!("priority {}", priority.name);
        if let Some(when) = &mut priority.when {
            walker.condition(when, &PlaceContext::new(&of, &priority.place));
        }
    }
    rulebook.tallies = tallies;
}

pub(super) struct Walker<'w, 'v> {
    tallies: &'w mut Vec<Tally>,
    /// A tally that has been visited for all who ask for it here.
    settled: Option<usize>,
    pub(super) visit: &'w mut Visit<'v>,
}

impl Walker<'_, '_> {
    /// Limits and weights.
    fn sums(&mut self, rulebook: &mut Rulebook) {
        let total = PlaceContext::new("total", &rulebook.place).key("total");
        self.limits(&mut rulebook.total, &total);
        for dimension in &mut rulebook.dimensions {
            let context = PlaceContext::new(&dimension.name, &dimension.place);
            self.limits(&mut dimension.limits, &context);
            (self.visit)(Site::Number(&mut dimension.weight), &context.optional("weight"));
            self.fade(dimension.fade.as_mut(), &context);
            for group in &mut dimension.groups {
                let of = format!("{}.{}", dimension.name, group.name);
                let context = PlaceContext::new(&of, &group.place);
                self.limits(&mut group.limits, &context);
                self.fade(group.fade.as_mut(), &context);
            }
        }
    }

    fn automated(&mut self, rule: &mut AutomatedRule, of: &str) {
        let context = PlaceContext { side: Side::Event, ..PlaceContext::new(of, &rule.place) };
        if let AutomatedSign::AtLeast { n, .. } = &mut rule.sign {
            (self.visit)(Site::Count(n), &context.key("at_least"));
        }
        if let AutomatedSign::After { within_ms, .. } | AutomatedSign::AtLeast { within_ms, .. } = &mut rule.sign {
            (self.visit)(Site::Ms(within_ms), &context.key("within"));
        }
        if let Some(filter) = &mut rule.filter {
            self.condition(filter, &context);
        }
    }

    fn limits(&mut self, limits: &mut Limits, context: &PlaceContext<'_>) {
        for (limit, key) in [(&mut limits.min, "min"), (&mut limits.max, "max")] {
            if let Some(limit) = limit {
                (self.visit)(Site::Points(limit), &context.key(key));
            }
        }
    }

    fn fade(&mut self, fade: Option<&mut Fade>, context: &PlaceContext<'_>) {
        if let Some(fade) = fade {
            self.decay(&mut fade.decay, &context.key("fade"));
        }
    }

    fn criterion(&mut self, criterion: &mut Criterion) {
        let of = format!("criterion {}", criterion.id);
        let context = PlaceContext::new(&of, &criterion.place);
        if let Some(only_if) = &mut criterion.only_if {
            self.condition(only_if, &context);
        }
        match &mut criterion.worth {
            Worth::Choose { arms, otherwise, unknown } => {
                let is_plain = arms.len() == 1;
                // All tiers ask for one measure, which is written once.
                self.settled = if is_plain { None } else { self.measure_of_tiers(arms, &context) };
                for arm in arms {
                    // Of a tier the points stand beside its operators, of a plain condition beside `when`.
                    let beside = context.at(if is_plain { &criterion.place } else { &arm.place });
                    (self.visit)(Site::Points(&mut arm.points), &beside.key("points"));
                    self.condition(&mut arm.when, &context.at(&arm.place));
                }
                self.settled = None;
                (self.visit)(Site::Points(otherwise), &context.optional("otherwise"));
                (self.visit)(Site::Points(unknown), &context.optional("unknown"));
            }
            Worth::Lookup { entries, otherwise, unknown, .. } => {
                for entry in entries {
                    let of = format!("{of}, {}", entry.key);
                    (self.visit)(Site::Points(&mut entry.points), &PlaceContext::new(&of, &entry.place));
                }
                (self.visit)(Site::Points(otherwise), &context.optional("otherwise"));
                (self.visit)(Site::Points(unknown), &context.optional("unknown"));
            }
            Worth::Occurrences { tally, cap } => {
                self.tally(tally, &context);
                if let Some(cap) = cap {
                    (self.visit)(Site::Points(cap), &context.key("cap"));
                }
            }
        }
    }

    /// Visits the measure that tiers cut, if they do, for all of them.
    fn measure_of_tiers(&mut self, arms: &mut [Arm], context: &PlaceContext<'_>) -> Option<usize> {
        let first = arms.first()?.when.leaves().first().and_then(|at| at.leaf.terms().next());
        let Some(Term::Tally(measure)) = first else { return None };
        let mut changed = measure;
        self.tally(&mut changed, context);
        for arm in arms {
            arm.when.rewrite(&mut |named| match named {
                rewrite::Ref::Tally(tally) if *tally == measure => *tally = changed,
                _ => {}
            });
        }
        Some(changed)
    }

    /// A condition, its parts, and the numbers in them.
    pub(super) fn condition(&mut self, expr: &mut Expr, context: &PlaceContext<'_>) {
        let here = match &expr.form {
            Form::All(_) | Form::Any(_) | Form::AtLeast(..) => context.clone(),
            Form::Not(_) | Form::Leaf(_) => context.at(&expr.place),
        };
        (self.visit)(Site::Condition(expr), &here);
        self.inside(expr, &here);
    }

    fn inside(&mut self, expr: &mut Expr, context: &PlaceContext<'_>) {
        let place = expr.place.clone();
        match &mut expr.form {
            Form::All(parts) | Form::Any(parts) => self.parts(parts, context),
            Form::AtLeast(least, parts) => {
                (self.visit)(Site::Count(least), &context.at(&place).key("at_least"));
                self.parts(parts, context);
            }
            // A negation is changed as one with what it negates.
            Form::Not(inner) if matches!(inner.form, Form::Leaf(_)) => {
                self.inside(inner, &context.at(&inner.place.clone()));
            }
            Form::Not(inner) => self.condition(inner, context),
            Form::Leaf(atom) => self.atom(atom, context),
        }
    }

    /// What records a stage or a return.
    fn records(&mut self, records: &mut Vec<LeadMoment>, context: &PlaceContext<'_>, key: &'static str) {
        (self.visit)(Site::Records(records), &context.key(key));
        for record in records {
            if let LeadMoment::Event(tally) = record {
                self.tally(tally, context);
            }
        }
    }

    fn parts(&mut self, parts: &mut Vec<Expr>, context: &PlaceContext<'_>) {
        (self.visit)(Site::Parts(parts), context);
        for part in parts {
            self.condition(part, context);
        }
    }

    /// The numbers of a condition without parts.
    fn atom(&mut self, atom: &mut Atom, here: &PlaceContext<'_>) {
        match atom {
            Atom::Test { term, test } => {
                match test {
                    Test::Number(_, number) => (self.visit)(Site::Number(number), here),
                    Test::Numbers(numbers) => {
                        for number in numbers {
                            (self.visit)(Site::Number(number), here);
                        }
                    }
                    Test::Within(ms) | Test::OlderThan(ms) => (self.visit)(Site::Ms(ms), here),
                    Test::Text(_) | Test::Booleans(_) | Test::Dates(_) | Test::Date(..) => {}
                }
                self.term(term, here);
            }
            Atom::Compare { left, order, right, times } => {
                if let Some(times) = times {
                    (self.visit)(Site::Number(times), here);
                }
                self.term(left, here);
                self.term(right, &context_of_right(here, order.name()));
            }
            Atom::Present(_) | Atom::Stage(_) | Atom::Grade(_) => {}
        }
    }

    fn term(&mut self, term: &mut Term, context: &PlaceContext<'_>) {
        if let Term::Tally(tally) = term {
            self.tally(tally, context);
        }
    }

    pub(super) fn tally(&mut self, tally: &mut usize, context: &PlaceContext<'_>) {
        if self.settled == Some(*tally) {
            return;
        }
        let mut own = self.tallies[*tally].clone();
        if let Some(within_ms) = &mut own.select.within_ms {
            (self.visit)(Site::Ms(within_ms), &context.key("within"));
        }
        if let Some(filter) = &mut own.select.filter {
            self.condition(filter, &PlaceContext { side: Side::Event, ..context.clone() });
        }
        if let Some(stretch) = &mut own.select.stretch {
            (self.visit)(Site::Ms(&mut stretch.for_ms), &context.key("for"));
        }
        if let Measure::Points { points, count, at_most, decay } = &mut own.measure {
            match points {
                EventPoints::Fixed(points) => (self.visit)(Site::Points(points), &context.key("points")),
                EventPoints::Field { times, .. } => {
                    (self.visit)(Site::Number(times), &context.key("points").optional("times"));
                }
            }
            if let Count::Apart(gap_ms) = count {
                (self.visit)(Site::Ms(gap_ms), &context.key("count").key("per"));
            }
            if let Some(at_most) = at_most {
                (self.visit)(Site::Count(at_most), &context.key("at_most"));
            }
            if let Some(decay) = decay {
                self.decay(decay, &context.key("decay"));
            }
        }
        if own != self.tallies[*tally] {
            self.tallies.push(own);
            *tally = self.tallies.len() - 1;
        }
    }

    fn decay(&mut self, decay: &mut Decay, context: &PlaceContext<'_>) {
        match decay {
            Decay::HalfLife { half_life_ms } => (self.visit)(Site::Ms(half_life_ms), &context.key("half_life")),
            Decay::Linear { duration_ms } => (self.visit)(Site::Ms(duration_ms), &context.key("linear")),
            Decay::Step { percent, every_ms } => {
                (self.visit)(Site::Number(percent), &context.key("step").key("percent"));
                (self.visit)(Site::Ms(every_ms), &context.key("step").key("every"));
            }
            Decay::Compound { percent, every_ms } => {
                (self.visit)(Site::Number(percent), &context.key("compound").key("percent"));
                (self.visit)(Site::Ms(every_ms), &context.key("compound").key("every"));
            }
        }
    }
}

/// The right side of a comparison has a mapping of its own.
fn context_of_right<'c>(here: &PlaceContext<'c>, operator: &str) -> PlaceContext<'c> {
    here.place.get(operator).map_or_else(|| here.clone(), |right| here.at(right))
}
