//! Where a change of meaning comes from that no key of its own says: the list, the `since`, the field or the way of reading that
//! was edited elsewhere.

use super::Aligner;
use crate::diff::edit::{Change, EditReach, EditSubject};
use crate::diff::patch::FramePart;
use crate::diff::sides::Sides;
use crate::diff::tree::reads_list;
use crate::rulebook::expr::Expr;
use crate::rulebook::read::Ref;
use crate::rulebook::yaml::YamlNode;
use crate::rulebook::{Criterion, Stage};
use std::collections::BTreeSet;

/// An edit that can change the meaning of what stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A list, by name.
    List(String),
    /// From when on events count for a dimension, or for a group of it, by their numbers in the frame.
    Since(usize, Option<usize>),
    /// A field, by name.
    Field(String),
    /// What records that leads were given back: it says which record of a stage counts.
    Returns,
}

impl Aligner<'_> {
    /// Puts a change of meaning where it comes from; where that can't be told, it is an edit of its own.
    pub(super) fn blame(&mut self, subject: EditSubject, node: &YamlNode, part: FramePart) {
        let fields = self.fields_of(part);
        let place = match part {
            FramePart::Criterion(at) => {
                self.frame.criterion(at).new.map(|criterion| (criterion.dimension, criterion.group))
            }
            _ => None,
        };
        let is_it = |cause: &Cause| match cause {
            Cause::List(name) => reads_list(node, name),
            Cause::Since(dimension, group) => {
                place.is_some_and(|(of, in_group)| of == *dimension && (group.is_none() || *group == in_group))
            }
            Cause::Field(name) => fields.contains(name.as_str()),
            Cause::Returns => matches!(part, FramePart::Stage(_)),
        };
        let known = self.causes.iter().find(|(cause, _)| is_it(cause)).map(|(_, at)| *at);
        if let Some(at) = known.or_else(|| self.edits.iter().position(|edit| edit.is_reading)) {
            self.edits[at].patch.0.insert(part);
            return;
        }
        let spans = Sides { old: None, new: Some(node.span) };
        self.edit_at(spans, subject, Change::Changed, Vec::new(), EditReach::Scores, [part]);
    }

    /// The names of the fields that a part of the new rulebook reads, of leads and of their events.
    fn fields_of(&self, part: FramePart) -> BTreeSet<&str> {
        let (frame, rulebook) = (self.frame, &self.frame.rulebooks.new);
        let references = match part {
            FramePart::Criterion(at) => frame.criterion(at).new.map(Criterion::references),
            FramePart::Disqualifier(at) => frame.disqualifier(at).new.map(|one| one.when.references()),
            FramePart::Stage(at) => frame.stage(at).new.map(Stage::references),
            FramePart::Priorities => {
                let whens = rulebook.priorities.iter().filter_map(|priority| priority.when.as_ref());
                Some(whens.flat_map(Expr::references).collect())
            }
            FramePart::Dimension(..)
            | FramePart::Group(..)
            | FramePart::Returns
            | FramePart::Total
            | FramePart::Grade
            | FramePart::Order => None,
        };
        let references = references.unwrap_or_default();
        let of_tallies = references.iter().filter_map(|one| if let Ref::Tally(at) = one { Some(**at) } else { None });
        let of_tallies: Vec<Ref<'_>> = of_tallies.flat_map(|at| rulebook.tallies[at].references()).collect();
        let name = |reference: &Ref<'_>| match reference {
            Ref::LeadField(field) => Some(rulebook.fields[field.field].name.as_str()),
            Ref::EventField(field) => Some(rulebook.event_fields[field.field].name.as_str()),
            Ref::Tally(_) | Ref::Source(_) | Ref::Score(_) | Ref::Stage(_) => None,
        };
        references.iter().chain(&of_tallies).filter_map(name).collect()
    }
}
