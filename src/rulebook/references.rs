//! Every number by which one part of a rulebook names another: fields, tallies, sources, scores, stages.
//!
//! They are shown to be read, or to be replaced; one listing serves both, so that whoever renumbers a rulebook can't forget
//! one. Decides nothing about what a part means.

use super::derived::{Derivation, LatestReturn};
use super::expr::{Atom, Count, EventPoints, Expr, FieldRef, Measure, ScoreRef, Selection, Tally, Term, Worth};
use super::logic::Form;
use super::walk::Side;
use super::{
    AccountRules, AutomatedRule, Criterion, Dimension, Entered, ExportColumn, Funnel, Grade, LeadMoment, Returns,
    RollUp, Rulebook, Source, Stage, ValueFrom, ValueModel, WorthOfCustomer,
};

/// A module that shows every number by which a part names another: to read it, or with `mut` to replace it.
macro_rules! references {
    ($module:ident, $what:literal, $iter:ident $(, $mutable:tt)?) => {
        #[doc = $what]
        #[allow(clippy::needless_for_each, reason = "a line a reference: it is a list")]
        pub(crate) mod $module {
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
            pub(crate) type Seer<'s, 'x> = dyn FnMut(Ref<'x>) + 's;

            pub(super) fn of_expr<'x>(expr: &'x $($mutable)? Expr, see: &mut Seer<'_, 'x>) {
                on(Side::Lead, expr, see);
            }

            fn on<'x>(side: Side, expr: &'x $($mutable)? Expr, see: &mut Seer<'_, 'x>) {
                match & $($mutable)? expr.form {
                    Form::All(items) | Form::Any(items) | Form::AtLeast(_, items) => {
                        items.$iter().for_each(|item| on(side, item, see));
                    }
                    Form::Not(inner) => on(side, inner, see),
                    Form::Leaf(Atom::Present(read)) => field(side, read, see),
                    Form::Leaf(Atom::Test { term: read, .. }) => term(side, read, see),
                    Form::Leaf(Atom::Compare { left, right, .. }) => {
                        term(side, left, see);
                        term(side, right, see);
                    }
                    // The stages of accounts are a list of their own.
                    Form::Leaf(Atom::Stage(_)) if side == Side::Account => {}
                    Form::Leaf(Atom::Stage(stage)) => see(Ref::Stage(stage)),
                    Form::Leaf(Atom::Grade(_)) => {}
                }
            }

            fn field<'x>(side: Side, read: &'x $($mutable)? FieldRef, see: &mut Seer<'_, 'x>) {
                see(if side == Side::Event { Ref::EventField(read) } else { Ref::LeadField(read) });
            }

            fn term<'x>(side: Side, read: &'x $($mutable)? Term, see: &mut Seer<'_, 'x>) {
                match read {
                    Term::Field(read) => field(side, read, see),
                    Term::Tally(tally) => see(Ref::Tally(tally)),
                    Term::Score(score) => see(Ref::Score(score)),
                }
            }

            pub(super) fn of_tally<'x>(tally: &'x $($mutable)? Tally, see: &mut Seer<'_, 'x>) {
                let Selection { source, filter, since, stretch, .. } = & $($mutable)? tally.select;
                source.$iter().for_each(|source| see(Ref::Source(source)));
                filter.$iter().for_each(|filter| on(Side::Event, filter, see));
                since.$iter().for_each(|read| see(Ref::LeadField(read)));
                let begins = stretch.$iter().flat_map(|stretch| & $($mutable)? stretch.from);
                begins.for_each(|read| see(Ref::LeadField(read)));
                match & $($mutable)? tally.measure {
                    Measure::OfField(_, read) => see(Ref::EventField(read)),
                    Measure::Points { points, count, .. } => {
                        if let EventPoints::Field { field, .. } = points {
                            see(Ref::EventField(field));
                        }
                        if let Count::Distinct(read) = count {
                            see(Ref::EventField(read));
                        }
                    }
                    Measure::IdleDays { from: Some(read) } => see(Ref::LeadField(read)),
                    Measure::Moments { reason: Some(read) } => see(Ref::EventField(read)),
                    _ => {}
                }
            }

            fn of_source<'x>(source: &'x $($mutable)? Source, see: &mut Seer<'_, 'x>) {
                let Source { lead, fields, automated, .. } = source;
                lead.$iter().flat_map(|key| & $($mutable)? key.by).for_each(|by| see(Ref::LeadField(by)));
                fields.$iter().for_each(|(_, from)| value_from(Side::Event, from, see));
                for AutomatedRule { filter, same, .. } in automated {
                    filter.$iter().for_each(|filter| on(Side::Event, filter, see));
                    same.$iter().for_each(|read| see(Ref::EventField(read)));
                }
            }

            pub(super) fn of_criterion<'x>(criterion: &'x $($mutable)? Criterion, see: &mut Seer<'_, 'x>) {
                criterion.only_if.$iter().for_each(|only_if| of_expr(only_if, see));
                match & $($mutable)? criterion.worth {
                    Worth::Choose { arms, .. } => {
                        arms.$iter().for_each(|arm| of_expr(& $($mutable)? arm.when, see));
                    }
                    Worth::Lookup { field, .. } => see(Ref::LeadField(field)),
                    Worth::Occurrences { tally, .. } => see(Ref::Tally(tally)),
                }
            }

            pub(super) fn of_stage<'x>(stage: &'x $($mutable)? Stage, see: &mut Seer<'_, 'x>) {
                let Stage { when, keep_when, recycle_when, after, entered, .. } = stage;
                for condition in [when, keep_when, recycle_when] {
                    condition.$iter().for_each(|condition| of_expr(condition, see));
                }
                after.$iter().for_each(|stage| see(Ref::Stage(stage)));
                entered.$iter().for_each(|record| recorded(record, see));
            }

            fn recorded<'x>(entered: &'x $($mutable)? Entered, see: &mut Seer<'_, 'x>) {
                match entered {
                    Entered::Records(records) => records.$iter().for_each(|record| moment(record, see)),
                    Entered::When { when, at } => {
                        of_expr(when, see);
                        at.$iter().for_each(|at| see(Ref::LeadField(at)));
                    }
                }
            }

            pub(super) fn of_grade<'x>(grade: &'x $($mutable)? Grade, see: &mut Seer<'_, 'x>) {
                grade.axes.$iter().for_each(|axis| see(Ref::Score(& $($mutable)? axis.score)));
            }

            fn dimension<'x>(dimension: &'x $($mutable)? Dimension, see: &mut Seer<'_, 'x>) {
                let Dimension { fade, groups, .. } = dimension;
                let fades = fade.$iter().chain(groups.$iter().flat_map(|group| & $($mutable)? group.fade));
                fades.flat_map(|fade| & $($mutable)? fade.from).for_each(|from| see(Ref::LeadField(from)));
            }

            fn moment<'x>(moment: &'x $($mutable)? LeadMoment, see: &mut Seer<'_, 'x>) {
                match moment {
                    LeadMoment::Field(read) => see(Ref::LeadField(read)),
                    LeadMoment::Event(tally) => see(Ref::Tally(tally)),
                }
            }

            fn returns<'x>(returns: &'x $($mutable)? Returns, see: &mut Seer<'_, 'x>) {
                let Returns { at, reason, event_reason, .. } = returns;
                at.$iter().for_each(|at| moment(at, see));
                reason.$iter().for_each(|reason| see(Ref::LeadField(reason)));
                event_reason.$iter().for_each(|reason| see(Ref::EventField(reason)));
            }

            fn funnel<'x>(funnel: &'x $($mutable)? Funnel, see: &mut Seer<'_, 'x>) {
                let Funnel { paths, by, leave_out, windows, lost, lost_reason, owner, passes: _, slas, targets } = funnel;
                let on_paths = paths.$iter().flat_map(|path| & $($mutable)? path.stages);
                on_paths.for_each(|stage| see(Ref::Stage(stage)));
                by.$iter().for_each(|read| see(Ref::LeadField(read)));
                leave_out.$iter().for_each(|condition| of_expr(condition, see));
                for window in windows {
                    see(Ref::Stage(& $($mutable)? window.from));
                    see(Ref::Stage(& $($mutable)? window.to));
                }
                lost.$iter().for_each(|lost| moment(lost, see));
                lost_reason.$iter().chain(owner).for_each(|read| see(Ref::LeadField(read)));
                for sla in slas {
                    see(Ref::Stage(& $($mutable)? sla.stage));
                    sla.until.$iter().for_each(|until| moment(until, see));
                }
                targets.$iter().for_each(|target| see(Ref::Stage(& $($mutable)? target.stage)));
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
                value.pipeline.$iter().for_each(|read| see(Ref::LeadField(read)));
                for rate in & $($mutable)? value.rates {
                    see(Ref::Stage(& $($mutable)? rate.from));
                    see(Ref::Stage(& $($mutable)? rate.to));
                }
            }

            fn accounts<'x>(accounts: &'x $($mutable)? AccountRules, see: &mut Seer<'_, 'x>) {
                let AccountRules { by, only, scores, fields, stages, priorities, .. } = accounts;
                see(Ref::LeadField(by));
                only.$iter().for_each(|only| of_expr(only, see));
                for score in scores {
                    match & $($mutable)? score.roll_up {
                        RollUp::Sum { score, .. } | RollUp::Max(score) | RollUp::Mean(score) => see(Ref::Score(score)),
                        RollUp::Count(counted) => counted.$iter().for_each(|counted| of_expr(counted, see)),
                    }
                }
                fields.$iter().for_each(|own| see(Ref::LeadField(& $($mutable)? own.field)));
                let held = stages.$iter().flat_map(|stage| & $($mutable)? stage.when);
                held.for_each(|when| on(Side::Account, when, see));
                let chosen = priorities.$iter().flat_map(|priority| & $($mutable)? priority.when);
                chosen.for_each(|when| on(Side::Account, when, see));
            }

            fn exported<'x>(column: &'x $($mutable)? ExportColumn, see: &mut Seer<'_, 'x>) {
                if let ExportColumn::Field(read) = column {
                    see(Ref::LeadField(read));
                }
            }

            fn derivation<'x>(side: Side, derivation: &'x $($mutable)? Derivation, see: &mut Seer<'_, 'x>) {
                match derivation {
                    Derivation::Map(mapped) => field(side, & $($mutable)? mapped.of, see),
                    Derivation::Bands(banded) => {
                        field(side, & $($mutable)? banded.of, see);
                        banded.bands.$iter().for_each(|band| on(side, & $($mutable)? band.when, see));
                    }
                    Derivation::FirstOf(fields)
                    | Derivation::Earliest(fields)
                    | Derivation::Latest(fields)
                    | Derivation::SumOf(fields) => fields.$iter().for_each(|read| field(side, read, see)),
                    Derivation::Minus { from, minus } | Derivation::Days { from, minus } => {
                        field(side, from, see);
                        field(side, minus, see);
                    }
                    Derivation::OfEvents(tally) => see(Ref::Tally(tally)),
                    Derivation::LatestReturn(LatestReturn { at, last, .. }) => {
                        at.$iter().for_each(|at| moment(at, see));
                        last.$iter().for_each(|last| recorded(last, see));
                    }
                }
            }

            fn value_from<'x>(side: Side, from: &'x $($mutable)? ValueFrom, see: &mut Seer<'_, 'x>) {
                match from {
                    ValueFrom::Column(_) => {}
                    ValueFrom::Derived { derivation: made, .. } => derivation(side, made, see),
                }
            }

            /// Save the numbers that are places in a list: criteria name their dimension and group, fields their table,
            /// sources their event fields, and [`Rulebook::missing_fields`] are fields.
            pub(super) fn of_rulebook<'x>(rulebook: &'x $($mutable)? Rulebook, see: &mut Seer<'_, 'x>) {
                rulebook.leads.created.$iter().for_each(|created| see(Ref::LeadField(created)));
                rulebook.leads.former_ids.$iter().for_each(|former| see(Ref::LeadField(former)));
                rulebook.leads.newest.$iter().for_each(|newest| see(Ref::LeadField(newest)));
                rulebook.fields.$iter().for_each(|one| value_from(Side::Lead, & $($mutable)? one.from, see));
                for table in & $($mutable)? rulebook.tables {
                    see(Ref::LeadField(& $($mutable)? table.by));
                    table.newest.$iter().for_each(|newest| see(Ref::LeadField(newest)));
                }
                rulebook.sources.$iter().for_each(|source| of_source(source, see));
                rulebook.tallies.$iter().for_each(|tally| of_tally(tally, see));
                rulebook.dimensions.$iter().for_each(|one| dimension(one, see));
                rulebook.criteria.$iter().for_each(|criterion| of_criterion(criterion, see));
                rulebook.grade.$iter().for_each(|grade| of_grade(grade, see));
                rulebook.disqualifiers.$iter().for_each(|one| of_expr(& $($mutable)? one.when, see));
                rulebook.returns.$iter().for_each(|own| returns(own, see));
                rulebook.stages.$iter().for_each(|stage| of_stage(stage, see));
                rulebook.priorities.$iter().flat_map(|one| & $($mutable)? one.when).for_each(|when| of_expr(when, see));
                rulebook.accounts.$iter().for_each(|own| accounts(own, see));
                let columns = rulebook.export.$iter().flat_map(|export| & $($mutable)? export.columns);
                columns.for_each(|(_, column)| exported(column, see));
                rulebook.funnel.$iter().for_each(|own| funnel(own, see));
                rulebook.value.$iter().for_each(|own| value(own, see));
                see(Ref::Tally(& $($mutable)? rulebook.events_tally));
                see(Ref::Tally(& $($mutable)? rulebook.last_event_tally));
            }
        }
    };
}

references!(read, "The numbers, to be read.", iter);
references!(rewrite, "The numbers, to be replaced.", iter_mut, mut);

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
