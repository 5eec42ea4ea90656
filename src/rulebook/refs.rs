//! Every number by which one part of a rulebook names another (fields, tallies, sources, scores, stages), walked in one
//! place, so that whoever renumbers a rulebook can't forget one. Decides nothing about what a part means.

use super::expr::{Count, Expr, FieldRef, Measure, ScoreRef, Selection, Tally, Term, Worth};
use super::{
    Criterion, Entered, Export, ExportColumn, Funnel, Grade, LeadMoment, Rulebook, Stage, ValueModel, WorthOfCustomer,
};

/// A number that names a part of the rulebook, to be looked at or replaced.
#[derive(Debug)]
pub enum Ref<'x> {
    /// A field of a lead.
    LeadField(&'x mut FieldRef),
    /// A field of an event.
    EventField(&'x mut FieldRef),
    /// Index into [`Rulebook::tallies`].
    Tally(&'x mut usize),
    /// Index into [`Rulebook::sources`].
    Source(&'x mut usize),
    /// A score.
    Score(&'x mut ScoreRef),
    /// Index into [`Rulebook::stages`].
    Stage(&'x mut usize),
}

/// Who is shown every reference.
pub type Seer<'s> = dyn FnMut(Ref<'_>) + 's;

fn all<'x>(exprs: impl IntoIterator<Item = &'x mut Expr>, see: &mut Seer<'_>) {
    exprs.into_iter().for_each(|expr| expr.references(see));
}

impl Expr {
    /// Shows every reference of a condition over a lead.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        self.walk(false, see);
    }

    fn walk(&mut self, is_where: bool, see: &mut Seer<'_>) {
        match self {
            Self::All(items) | Self::Any(items) | Self::AtLeast(_, items) => {
                for item in items {
                    item.walk(is_where, see);
                }
            }
            Self::Not(inner) => inner.walk(is_where, see),
            Self::Present(field) => of_field(field, is_where, see),
            Self::Test { term, .. } => of_term(term, is_where, see),
            Self::Compare { left, right, .. } => {
                of_term(left, is_where, see);
                of_term(right, is_where, see);
            }
            Self::Stage(stage) => see(Ref::Stage(stage)),
            Self::Grade(_) => {}
        }
    }
}

fn of_field(field: &mut FieldRef, is_where: bool, see: &mut Seer<'_>) {
    see(if is_where { Ref::EventField(field) } else { Ref::LeadField(field) });
}

fn of_term(term: &mut Term, is_where: bool, see: &mut Seer<'_>) {
    match term {
        Term::Field(field) => of_field(field, is_where, see),
        Term::Tally(tally) => see(Ref::Tally(tally)),
        Term::Score(score) => see(Ref::Score(score)),
    }
}

impl Tally {
    /// Shows every reference of a selection and its measure.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        let Selection { source, filter, since, .. } = &mut self.select;
        if let Some(source) = source {
            see(Ref::Source(source));
        }
        if let Some(filter) = filter {
            filter.walk(true, see);
        }
        for field in since {
            see(Ref::LeadField(field));
        }
        match &mut self.measure {
            Measure::Sum(field)
            | Measure::Max(field)
            | Measure::Distinct(field)
            | Measure::Points { count: Count::Distinct(field), .. } => see(Ref::EventField(field)),
            Measure::IdleDays { from } => from.iter_mut().for_each(|field| see(Ref::LeadField(field))),
            Measure::Count | Measure::Days | Measure::Newest | Measure::Earliest | Measure::Points { .. } => {}
        }
    }
}

impl Criterion {
    /// Shows every reference of a criterion's conditions and worth; its dimension and group are not among them.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        all(&mut self.only_if, see);
        match &mut self.worth {
            Worth::Choose { arms, .. } => all(arms.iter_mut().map(|arm| &mut arm.when), see),
            Worth::Lookup { field, .. } => see(Ref::LeadField(field)),
            Worth::Occurrences { tally, .. } => see(Ref::Tally(tally)),
        }
    }
}

impl Stage {
    /// Shows every reference of a stage.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        all(self.when.iter_mut().chain(&mut self.keep_when).chain(&mut self.recycle_when), see);
        self.after.iter_mut().for_each(|stage| see(Ref::Stage(stage)));
        match &mut self.entered {
            Some(Entered::Field(field)) => see(Ref::LeadField(field)),
            Some(Entered::Event(tally)) => see(Ref::Tally(tally)),
            Some(Entered::When(when)) => when.references(see),
            None => {}
        }
    }
}

impl Grade {
    /// Shows every score that is graded.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        self.axes.iter_mut().for_each(|axis| see(Ref::Score(&mut axis.score)));
    }
}

impl LeadMoment {
    fn references(&mut self, see: &mut Seer<'_>) {
        match self {
            Self::Field(field) => see(Ref::LeadField(field)),
            Self::Event(tally) => see(Ref::Tally(tally)),
        }
    }
}

impl Funnel {
    /// Shows every reference of the report's part.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        self.paths.iter_mut().flat_map(|path| &mut path.stages).for_each(|stage| see(Ref::Stage(stage)));
        self.by.iter_mut().for_each(|field| see(Ref::LeadField(field)));
        self.lost.iter_mut().for_each(|lost| lost.references(see));
        for sla in &mut self.slas {
            see(Ref::Stage(&mut sla.stage));
            sla.until.iter_mut().for_each(|until| until.references(see));
        }
        self.targets.iter_mut().for_each(|target| see(Ref::Stage(&mut target.stage)));
    }
}

impl ValueModel {
    /// Shows every reference of the value of a customer.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        match &mut self.ltv {
            Some(WorthOfCustomer::Field(field)) => see(Ref::LeadField(field)),
            Some(WorthOfCustomer::Event { measure, count }) => {
                see(Ref::Tally(measure));
                see(Ref::Tally(count));
            }
            Some(WorthOfCustomer::Stated(_)) | None => {}
        }
        for rate in &mut self.rates {
            see(Ref::Stage(&mut rate.from));
            see(Ref::Stage(&mut rate.to));
        }
    }
}

impl Export {
    fn references(&mut self, see: &mut Seer<'_>) {
        for (_, column) in &mut self.columns {
            if let ExportColumn::Field(field) = column {
                see(Ref::LeadField(field));
            }
        }
    }
}

impl Rulebook {
    /// Shows every reference between the rulebook's parts, save those that are places in a list and not numbers of a part:
    /// criteria name their dimension and group, fields their table, sources their event fields, and
    /// [`Rulebook::missing_fields`] are fields.
    pub fn references(&mut self, see: &mut Seer<'_>) {
        self.leads.created.iter_mut().for_each(|field| see(Ref::LeadField(field)));
        self.tables.iter_mut().for_each(|table| see(Ref::LeadField(&mut table.by)));
        let keys = self.sources.iter_mut().flat_map(|source| &mut source.lead);
        keys.filter_map(|key| key.by.as_mut()).for_each(|field| see(Ref::LeadField(field)));
        self.tallies.iter_mut().for_each(|tally| tally.references(see));
        self.criteria.iter_mut().for_each(|criterion| criterion.references(see));
        self.grade.iter_mut().for_each(|grade| grade.references(see));
        all(self.disqualifiers.iter_mut().map(|disqualifier| &mut disqualifier.when), see);
        self.stages.iter_mut().for_each(|stage| stage.references(see));
        all(self.priorities.iter_mut().filter_map(|priority| priority.when.as_mut()), see);
        self.export.iter_mut().for_each(|export| export.references(see));
        self.funnel.iter_mut().for_each(|funnel| funnel.references(see));
        self.value.iter_mut().for_each(|value| value.references(see));
        see(Ref::Tally(&mut self.events_tally));
        see(Ref::Tally(&mut self.last_event_tally));
    }
}
