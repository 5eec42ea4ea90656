//! Every number by which one part of a rulebook names another: fields, tallies, sources, scores, stages.
//!
//! They are shown to be read, or to be replaced; one listing serves both, so that whoever renumbers a rulebook can't forget
//! one. Decides nothing about what a part means.

use super::expr::{Atom, Count, Expr, FieldRef, Measure, ScoreRef, Selection, Tally, Term, Worth};
use super::logic::Form;
use super::walk::Side;
use super::{
    Criterion, Entered, ExportColumn, Funnel, Grade, LeadMoment, Rulebook, Stage, ValueModel, WorthOfCustomer,
};

/// A module that shows every number by which a part names another: to read it, or with `mut` to replace it.
macro_rules! references {
    ($module:ident, $what:literal $(, $mutable:tt)?) => {
        #[doc = $what]
        pub mod $module {
            use super::*;

            /// A number that names a part of the rulebook.
            #[derive(Debug)]
            pub enum Ref<'x> {
                /// A field of a lead.
                LeadField(&'x $($mutable)? FieldRef),
                /// A field of an event.
                EventField(&'x $($mutable)? FieldRef),
                /// Index into [`Rulebook::tallies`].
                Tally(&'x $($mutable)? usize),
                /// Index into [`Rulebook::sources`].
                Source(&'x $($mutable)? usize),
                /// A score.
                Score(&'x $($mutable)? ScoreRef),
                /// Index into [`Rulebook::stages`].
                Stage(&'x $($mutable)? usize),
            }

            /// Who is shown them.
            pub type Seer<'s, 'x> = dyn FnMut(Ref<'x>) + 's;

            pub(super) fn of_expr<'x>(expr: &'x $($mutable)? Expr, see: &mut Seer<'_, 'x>) {
                on(expr, Side::Lead, see);
            }

            fn on<'x>(expr: &'x $($mutable)? Expr, side: Side, see: &mut Seer<'_, 'x>) {
                match & $($mutable)? expr.form {
                    Form::All(items) | Form::Any(items) | Form::AtLeast(_, items) => {
                        for item in items {
                            on(item, side, see);
                        }
                    }
                    Form::Not(inner) => on(inner, side, see),
                    Form::Leaf(Atom::Present(read)) => field(read, side, see),
                    Form::Leaf(Atom::Test { term: read, .. }) => term(read, side, see),
                    Form::Leaf(Atom::Compare { left, right, .. }) => {
                        term(left, side, see);
                        term(right, side, see);
                    }
                    Form::Leaf(Atom::Stage(stage)) => see(Ref::Stage(stage)),
                    Form::Leaf(Atom::Grade(_)) => {}
                }
            }

            fn field<'x>(read: &'x $($mutable)? FieldRef, side: Side, see: &mut Seer<'_, 'x>) {
                see(match side {
                    Side::Lead => Ref::LeadField(read),
                    Side::Event => Ref::EventField(read),
                });
            }

            fn term<'x>(read: &'x $($mutable)? Term, side: Side, see: &mut Seer<'_, 'x>) {
                match read {
                    Term::Field(read) => field(read, side, see),
                    Term::Tally(tally) => see(Ref::Tally(tally)),
                    Term::Score(score) => see(Ref::Score(score)),
                }
            }

            pub(super) fn of_tally<'x>(tally: &'x $($mutable)? Tally, see: &mut Seer<'_, 'x>) {
                let Selection { source, filter, since, .. } = & $($mutable)? tally.select;
                if let Some(source) = source {
                    see(Ref::Source(source));
                }
                if let Some(filter) = filter {
                    on(filter, Side::Event, see);
                }
                for read in since {
                    see(Ref::LeadField(read));
                }
                match & $($mutable)? tally.measure {
                    Measure::Sum(read)
                    | Measure::Max(read)
                    | Measure::Distinct(read)
                    | Measure::Points { count: Count::Distinct(read), .. } => see(Ref::EventField(read)),
                    Measure::IdleDays { from: Some(read) } => see(Ref::LeadField(read)),
                    _ => {}
                }
            }

            pub(super) fn of_criterion<'x>(criterion: &'x $($mutable)? Criterion, see: &mut Seer<'_, 'x>) {
                if let Some(only_if) = & $($mutable)? criterion.only_if {
                    of_expr(only_if, see);
                }
                match & $($mutable)? criterion.worth {
                    Worth::Choose { arms, .. } => {
                        for arm in arms {
                            of_expr(& $($mutable)? arm.when, see);
                        }
                    }
                    Worth::Lookup { field, .. } => see(Ref::LeadField(field)),
                    Worth::Occurrences { tally, .. } => see(Ref::Tally(tally)),
                }
            }

            pub(super) fn of_stage<'x>(stage: &'x $($mutable)? Stage, see: &mut Seer<'_, 'x>) {
                let Stage { when, keep_when, recycle_when, after, entered, .. } = stage;
                for condition in [when, keep_when, recycle_when] {
                    if let Some(condition) = condition {
                        of_expr(condition, see);
                    }
                }
                for stage in after {
                    see(Ref::Stage(stage));
                }
                match entered {
                    Some(Entered::Field(read)) => see(Ref::LeadField(read)),
                    Some(Entered::Event(tally)) => see(Ref::Tally(tally)),
                    Some(Entered::When(when)) => of_expr(when, see),
                    None => {}
                }
            }

            pub(super) fn of_grade<'x>(grade: &'x $($mutable)? Grade, see: &mut Seer<'_, 'x>) {
                for axis in & $($mutable)? grade.axes {
                    see(Ref::Score(& $($mutable)? axis.score));
                }
            }

            fn moment<'x>(moment: &'x $($mutable)? LeadMoment, see: &mut Seer<'_, 'x>) {
                match moment {
                    LeadMoment::Field(read) => see(Ref::LeadField(read)),
                    LeadMoment::Event(tally) => see(Ref::Tally(tally)),
                }
            }

            fn funnel<'x>(funnel: &'x $($mutable)? Funnel, see: &mut Seer<'_, 'x>) {
                for path in & $($mutable)? funnel.paths {
                    for stage in & $($mutable)? path.stages {
                        see(Ref::Stage(stage));
                    }
                }
                for read in & $($mutable)? funnel.by {
                    see(Ref::LeadField(read));
                }
                if let Some(lost) = & $($mutable)? funnel.lost {
                    moment(lost, see);
                }
                for sla in & $($mutable)? funnel.slas {
                    see(Ref::Stage(& $($mutable)? sla.stage));
                    if let Some(until) = & $($mutable)? sla.until {
                        moment(until, see);
                    }
                }
                for target in & $($mutable)? funnel.targets {
                    see(Ref::Stage(& $($mutable)? target.stage));
                }
            }

            fn value<'x>(value: &'x $($mutable)? ValueModel, see: &mut Seer<'_, 'x>) {
                match & $($mutable)? value.ltv {
                    Some(WorthOfCustomer::Field(read)) => see(Ref::LeadField(read)),
                    Some(WorthOfCustomer::Event { measure, count }) => {
                        see(Ref::Tally(measure));
                        see(Ref::Tally(count));
                    }
                    Some(WorthOfCustomer::Stated(_)) | None => {}
                }
                for rate in & $($mutable)? value.rates {
                    see(Ref::Stage(& $($mutable)? rate.from));
                    see(Ref::Stage(& $($mutable)? rate.to));
                }
            }

            /// Save the numbers that are places in a list: criteria name their dimension and group, fields their table,
            /// sources their event fields, and [`Rulebook::missing_fields`] are fields.
            pub(super) fn of_rulebook<'x>(rulebook: &'x $($mutable)? Rulebook, see: &mut Seer<'_, 'x>) {
                if let Some(created) = & $($mutable)? rulebook.leads.created {
                    see(Ref::LeadField(created));
                }
                for table in & $($mutable)? rulebook.tables {
                    see(Ref::LeadField(& $($mutable)? table.by));
                }
                for source in & $($mutable)? rulebook.sources {
                    for key in & $($mutable)? source.lead {
                        if let Some(by) = & $($mutable)? key.by {
                            see(Ref::LeadField(by));
                        }
                    }
                }
                for tally in & $($mutable)? rulebook.tallies {
                    of_tally(tally, see);
                }
                for criterion in & $($mutable)? rulebook.criteria {
                    of_criterion(criterion, see);
                }
                if let Some(grade) = & $($mutable)? rulebook.grade {
                    of_grade(grade, see);
                }
                for disqualifier in & $($mutable)? rulebook.disqualifiers {
                    of_expr(& $($mutable)? disqualifier.when, see);
                }
                for stage in & $($mutable)? rulebook.stages {
                    of_stage(stage, see);
                }
                for priority in & $($mutable)? rulebook.priorities {
                    if let Some(when) = & $($mutable)? priority.when {
                        of_expr(when, see);
                    }
                }
                if let Some(export) = & $($mutable)? rulebook.export {
                    for (_, column) in & $($mutable)? export.columns {
                        if let ExportColumn::Field(read) = column {
                            see(Ref::LeadField(read));
                        }
                    }
                }
                if let Some(own) = & $($mutable)? rulebook.funnel {
                    funnel(own, see);
                }
                if let Some(own) = & $($mutable)? rulebook.value {
                    value(own, see);
                }
                see(Ref::Tally(& $($mutable)? rulebook.events_tally));
                see(Ref::Tally(& $($mutable)? rulebook.last_event_tally));
            }
        }
    };
}

references!(read, "The numbers, to be read.");
references!(rewrite, "The numbers, to be replaced.", mut);

/// The same two questions of everything that names other parts.
macro_rules! walked {
    ($($part:ty: $of:ident),*) => {
        $(impl $part {
            /// Every number by which it names a part of the rulebook.
            #[must_use]
            pub fn references(&self) -> Vec<read::Ref<'_>> {
                let mut found = Vec::new();
                read::$of(self, &mut |reference| found.push(reference));
                found
            }

            /// Shows every number by which it names a part of the rulebook, to be replaced.
            pub fn rewrite<'x>(&'x mut self, see: &mut rewrite::Seer<'_, 'x>) {
                rewrite::$of(self, see);
            }
        })*
    };
}

walked!(Expr: of_expr, Tally: of_tally, Criterion: of_criterion, Stage: of_stage, Grade: of_grade, Rulebook: of_rulebook);
