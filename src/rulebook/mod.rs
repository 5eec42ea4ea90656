//! The rulebook: what a YAML text means, as types, and how it is read.
//!
//! [`Rulebook::parse`] turns a text into a [`Rulebook`] or into everything that is wrong with it. All names are resolved
//! to indices, all sugar is lowered to [`expr`]; nothing here has seen a lead, a file of leads, or the time.

mod accounts;
mod automated;
pub(crate) mod derived;
mod exports;
pub(crate) mod expr;
mod fingerprint;
mod guard;
pub(crate) mod keys;
mod kind;
pub(crate) mod logic;
mod measure;
mod missing;
mod parse;
mod place;
mod references;
mod returns;
mod stages;
mod tally;
mod text_test;
mod walk;
pub(crate) mod yaml;

pub use accounts::AccountRules;
pub(crate) use accounts::RollUp;
pub(crate) use automated::{AutomatedRule, AutomatedSign};
pub(crate) use exports::{
    Column, EventField, FileSettings, Files, Header, LeadKey, Leads, Source, Spec, Table, ValueFrom,
};
pub use exports::{Field, Origin, TypeFrom};
pub(crate) use exports::{joined, ordinal};
pub(crate) use fingerprint::Fingerprint;
pub use guard::Guard;
pub(crate) use measure::{
    Funnel, LeadMoment, PassesCounted, Path, Sla, Spend, StatedRate, StepWindow, Target, ValueModel, WorthOfCustomer,
};
pub(crate) use missing::ReadField;
pub(crate) use parse::ListReader;
pub use parse::delimiter_named;
#[cfg(test)]
pub(crate) use parse::{AskedKeys, keys_read};
pub use parse::{DISQUALIFIED, SCORED_COLUMNS};
pub(crate) use parse::{Decoder, Keys, list_entries};
pub(crate) use place::Place;
pub(crate) use references::{read, rewrite};
pub(crate) use returns::Returns;
pub(crate) use stages::{
    Axis, Bound, CrmExport, Disqualifier, Entered, ExportColumn, ExportOnly, Grade, Priority, Stage,
};
pub(crate) use text_test::{TextOp, TextTest};
pub(crate) use walk::{Condition, ConditionRole, Side};

use crate::diagnostic::{Diagnostic, Span};
use crate::points::Points;
use crate::value::{BusinessHours, Decay, Number, Part, Zone};
use expr::{Expr, FieldRef, Tally, Worth};

/// A rulebook, read and checked, with every name resolved.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Who stands for it; never part of a score.
    pub card: Card,
    /// Where its sections stand.
    pub place: Place,
    /// Tells this rulebook from every other that says something else.
    pub fingerprint: Fingerprint,
    /// The zone of timestamps without an offset and of calendar days.
    pub zone: Zone,
    /// How ids and keys compare.
    pub ids: Ids,
    /// Event types that are our doing, folded.
    pub not_engagement: Vec<String>,
    /// Every place that names a type of event, in order of place.
    pub mentions: Vec<Mention>,
    /// The named lists.
    pub lists: Vec<NamedList>,
    /// Where leads come from.
    pub leads: Leads,
    /// Further exports that add fields to a lead.
    pub tables: Vec<Table>,
    /// The event sources.
    pub sources: Vec<Source>,
    /// All fields of a lead, in order of declaration: the leads file's, then the tables'.
    pub fields: Vec<Field>,
    /// All fields of events; a name that several sources have stands once.
    pub event_fields: Vec<EventField>,
    /// The distinct parts of lead fields that anything reads.
    pub lead_slots: Vec<(usize, Part)>,
    /// The distinct parts of event fields that anything reads.
    pub event_slots: Vec<(usize, Part)>,
    /// The distinct selections-and-measures over events.
    pub tallies: Vec<Tally>,
    /// The dimensions, in order.
    pub dimensions: Vec<Dimension>,
    /// All criteria, in rulebook order: a dimension's own, then its groups'.
    pub criteria: Vec<Criterion>,
    /// Limits of the total.
    pub total: Limits,
    /// Letters and numbers side by side.
    pub grade: Option<Grade>,
    /// What disqualifies; the first one that is true counts.
    pub disqualifiers: Vec<Disqualifier>,
    /// What records that sales gave a lead back.
    pub returns: Option<Returns>,
    /// The stages, from the top of the funnel down; never empty.
    pub stages: Vec<Stage>,
    /// Priorities; the first one that is true counts.
    pub priorities: Vec<Priority>,
    /// The companies that leads belong to.
    pub accounts: Option<AccountRules>,
    /// The file to import back.
    pub export: Option<CrmExport>,
    /// When the company is open, and where that stands.
    pub business_hours: Option<(BusinessHours, Span)>,
    /// What the report looks at.
    pub funnel: Option<Funnel>,
    /// What a customer is worth.
    pub value: Option<ValueModel>,
    /// Lead fields that count for the column `missing`, in order of declaration.
    pub missing_fields: Vec<usize>,
    /// Every field that is read, by conditions or by derived fields; empty where all that may be named is, whenever it is lacking.
    pub(crate) read_fields: Vec<ReadField>,
    /// The column `events`: every event that counts.
    pub events_tally: usize,
    /// The column `last_event`.
    pub last_event_tally: usize,
}

impl Rulebook {
    /// Reads a rulebook's text. `lists` reads the list files that it names.
    ///
    /// # Errors
    /// Everything that is wrong with it, in order of place.
    pub fn parse(text: &str, lists: &ListReader<'_>) -> Result<Self, Vec<Diagnostic>> {
        Self::parse_with_tree(text, lists).map(|(rulebook, _)| rulebook)
    }

    /// The same, with the tree of the text, for whoever shows it as it is written.
    ///
    /// # Errors
    /// As [`Rulebook::parse`].
    pub fn parse_with_tree(text: &str, lists: &ListReader<'_>) -> Result<(Self, yaml::YamlNode), Vec<Diagnostic>> {
        parse::rulebook(text, lists)
    }

    /// The index of the stage of that name; exact.
    #[must_use]
    pub fn stage_named(&self, name: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.name == name)
    }

    /// The stage that no return undoes: the last one, if a record alone makes a lead hold it.
    #[must_use]
    pub fn final_stage(&self) -> Option<usize> {
        let (last, stage) = self.stages.iter().enumerate().next_back()?;
        stage.when.is_none().then_some(last)
    }

    /// The name of a score: `total`, `fit`, `fit.content`.
    #[must_use]
    pub fn score_name(&self, score: expr::ScoreRef) -> String {
        match score {
            expr::ScoreRef::Total => "total".to_owned(),
            expr::ScoreRef::Dimension(dimension) => self.dimensions[dimension].name.clone(),
            expr::ScoreRef::Group(dimension, group) => {
                let dimension = &self.dimensions[dimension];
                format!("{}.{}", dimension.name, dimension.groups[group].name)
            }
            expr::ScoreRef::Account(score) => {
                let scores = self.accounts.iter().flat_map(|accounts| &accounts.scores);
                scores.map(|known| known.name.clone()).nth(score).unwrap_or_default()
            }
            expr::ScoreRef::AccountLeads => "leads".to_owned(),
        }
    }

    /// Whether what a criterion gives fades with the lead's silence.
    #[must_use]
    pub fn has_fade(&self, criterion: &Criterion) -> bool {
        let dimension = &self.dimensions[criterion.dimension];
        dimension.fade.is_some() || criterion.group.is_some_and(|group| dimension.groups[group].fade.is_some())
    }

    /// The name of a lead field or its part: `email.domain`.
    #[must_use]
    pub fn field_name(&self, field: FieldRef) -> String {
        with_part(&self.fields[field.field].name, field.part)
    }

    /// The name of an event field or its part: `url.path`.
    #[must_use]
    pub fn event_field_name(&self, field: FieldRef) -> String {
        with_part(&self.event_fields[field.field].name, field.part)
    }
}

fn with_part(name: &str, part: Part) -> String {
    match part.name() {
        "" => name.to_owned(),
        part => format!("{name}.{part}"),
    }
}

/// Who stands for a rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Its name.
    pub name: Option<String>,
    /// The team or person that owns it.
    pub owner: Option<String>,
    /// The day it was agreed, as written: `2026-05-04`.
    pub agreed: Option<String>,
    /// The day by which it is to be looked at again, and where that stands.
    pub review_by: Option<(String, Span)>,
}

impl Rulebook {
    /// A type of event as the rulebook first writes it; types compare folded.
    pub(crate) fn type_written<'r>(&'r self, folded: &'r str) -> &'r str {
        self.type_mentioned(folded).unwrap_or(folded)
    }

    /// A type of event as the rulebook first writes it, if it does.
    pub(crate) fn type_mentioned(&self, folded: &str) -> Option<&str> {
        self.mentions.iter().find(|mention| mention.name == folded).map(|mention| mention.written.as_str())
    }

    /// Some types, each as the rulebook first writes it.
    pub(crate) fn types_written<'r>(&'r self, folded: &'r [String]) -> Vec<&'r str> {
        folded.iter().map(|name| self.type_written(name)).collect()
    }
}

/// A place that names a type of event. Selections that are equal are one tally; where each was written is kept here.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The type, folded.
    pub name: String,
    /// As written.
    pub written: String,
    /// The only source that is meant, if one is named: index into [`Rulebook::sources`].
    pub source: Option<usize>,
    /// The types that are named with it, folded.
    pub beside: Vec<String>,
    /// Whether it stands under `not_engagement`.
    pub is_excepted: bool,
    /// Where it stands.
    pub span: Span,
}

/// A list with a name.
#[derive(Clone, Debug)]
pub struct NamedList {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Whether a condition names it.
    pub is_read: bool,
}

/// How ids and keys compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ids {
    /// Exactly.
    #[default]
    Exact,
    /// Those of 15 or 18 characters by their first 15.
    Salesforce,
}

/// Limits of a sum; `max` is applied before `min`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// No less than this.
    pub min: Option<Points>,
    /// No more than this.
    pub max: Option<Points>,
}

/// A score of its own: fit, engagement, product.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its name, a column of `scored.csv`.
    pub name: String,
    /// Where its name stands, with its keys.
    pub place: Place,
    /// Limits after the weight.
    pub limits: Limits,
    /// What its sum is multiplied by.
    pub weight: Number,
    /// Whether it is part of the total.
    pub in_total: bool,
    /// How its sum fades with silence, before the weight.
    pub fade: Option<Fade>,
    /// Its groups, in order.
    pub groups: Vec<Group>,
}

impl Dimension {
    /// Whether its sum, or that of a group of it, fades.
    #[must_use]
    pub fn has_fade(&self) -> bool {
        self.fade.is_some() || self.groups.iter().any(|group| group.fade.is_some())
    }
}

/// Criteria with a limit of their own.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name, unique in its dimension.
    pub name: String,
    /// Where its name stands, with its keys.
    pub place: Place,
    /// How its sum fades with silence, before the limits.
    pub fade: Option<Fade>,
    /// Its limits.
    pub limits: Limits,
}

/// How a sum above 0 fades the longer a lead is silent: since the newest event that `any` selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fade {
    /// What is left after how long.
    pub decay: Decay,
    /// The date field that silence counts from where there is no event; without one such a lead's sum doesn't fade.
    pub from: Option<FieldRef>,
}

/// One weighted criterion; negative points make it a negative one.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Unique in the rulebook.
    pub id: String,
    /// Where its id stands, with its keys.
    pub place: Place,
    /// Shown to people in place of its id.
    pub label: Option<String>,
    /// Why it is there.
    pub note: Option<String>,
    /// Index into [`Rulebook::dimensions`].
    pub dimension: usize,
    /// Index into the dimension's groups.
    pub group: Option<usize>,
    /// Where this is not true, the criterion gives 0.
    pub only_if: Option<Expr>,
    /// Kept in the file, out of the score.
    pub enabled: bool,
    /// How it comes to its points.
    pub worth: Worth,
}

impl Criterion {
    /// The label, else the id.
    #[must_use]
    pub fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }
}
