//! YAML tree → [`Rulebook`]: names resolved, types checked, sugar lowered, everything wrong collected.
//!
//! A part that can't be read is reported and left out, and reading goes on, so that one run shows every problem. A rulebook
//! with any error is not handed out.

mod accounts;
mod automated;
mod blame;
mod business_hours;
mod cells;
mod circles;
mod condition;
mod decay;
mod derived;
mod derived_text;
mod dimension;
mod exports;
mod file;
mod foreign;
mod guard;
mod headers;
mod hint;
mod keys;
mod measure;
mod operator;
mod report;
mod returns;
mod scalar;
mod scope;
mod selection;
mod stages;

pub(crate) use condition::one_or_all;
pub(crate) use decay::{DECAY, FADE};
pub use file::delimiter_named;
pub(crate) use file::list_entries;
pub(crate) use keys::{Choice, Keys, shapes_of};
pub(crate) use measure::{MEASURE_FORM, PERIODS, number_of_events};
pub(crate) use operator::has_no_operator;
pub(crate) use scope::{Scope, Typed, inside_where};
pub use stages::DISQUALIFIED;

use super::exports::{FileSettings, Leads};
use super::expr::{Measure, Selection, Tally, Types};
use super::keys::{IDS, RULEBOOK, TOTAL, VERSION};
use super::missing::missing_fields;
use super::stages::Grade;
use super::yaml::{self, YamlKind, YamlNode};
use super::{
    Card, Criterion, Dimension, EventField, Field, Fingerprint, Ids, Limits, Mention, NamedList, Place, Rulebook,
    Source, Table,
};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::value::{Part, Zone, fold};
use accounts::AccountNames;
use blame::{Blame, noun};
use business_hours::StatedHours;
use derived::{DerivedName, Pending};
use std::collections::HashMap;

/// Reads a list file by its path, which is relative to the rulebook; the error is a reason for people.
pub(crate) type ListReader<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// The fixed columns of `scored.csv`; the dimensions' names stand between the first and the second.
pub const SCORED_COLUMNS: [&str; 18] = [
    "lead_id",
    "total",
    "grade",
    "stage",
    "disqualified",
    "priority",
    "action",
    "crm_stage",
    "step",
    "passes",
    "returned",
    "why",
    "missing",
    "events",
    "last_event",
    "previous_total",
    "previous_stage",
    "changed",
];

/// Those that stand only where the rulebook has `returns`.
const RETURNS_COLUMNS: [&str; 2] = ["passes", "returned"];

/// What has been read so far, and everything found wrong.
#[derive(Default)]
pub(crate) struct Decoder<'a> {
    text: &'a str,
    diagnostics: Vec<Diagnostic>,
    blame: Blame,
    /// Reads list files, if the text may name any.
    read_list_file: Option<&'a ListReader<'a>>,
    zone: Zone,
    general: FileSettings,
    lists: Vec<NamedList>,
    list_items: Vec<ListItems>,
    mentions: Vec<Mention>,
    fields: Vec<Field>,
    missing_fields: Vec<bool>,
    /// Derived fields that are declared and not read yet.
    pending: Vec<Pending>,
    /// The derived fields that are being read, each asked for by the one before.
    underway: Vec<DerivedName>,
    event_fields: Vec<EventField>,
    lead_slots: Vec<(usize, Part)>,
    event_slots: Vec<(usize, Part)>,
    tables: Vec<Table>,
    sources: Vec<Source>,
    tallies: Vec<Tally>,
    dimensions: Vec<Dimension>,
    criteria: Vec<Criterion>,
    grade: Option<Grade>,
    has_grade: bool,
    has_priorities: bool,
    has_returns: bool,
    business_hours: StatedHours,
    /// The field that `since: returns` names, if it stands anywhere.
    latest_return: Option<usize>,
    stage_names: Vec<String>,
    account: AccountNames,
    first_seen: HashMap<(&'static str, String), Span>,
    /// Every key that was read, with its place and that place's shape: what the table is held to.
    #[cfg(test)]
    pub(crate) asked: AskedKeys,
}

/// Keys, each with its place and the name of that place's shape.
#[cfg(test)]
pub(crate) type AskedKeys = std::collections::BTreeSet<(&'static str, &'static str, &'static str)>;

/// The keys that are read of a text.
#[cfg(test)]
pub(crate) fn keys_read(text: &str) -> AskedKeys {
    let root = yaml::parse(text).expect("the text is YAML");
    let mut decoder = Decoder::new(text, &|_| Ok("an entry".to_owned()));
    let rulebook = decoder.root(&root);
    assert!(rulebook.is_some() && decoder.diagnostics.is_empty(), "{:#?}", decoder.diagnostics);
    decoder.asked
}

/// The entries of a named list.
enum ListItems {
    Inline(Vec<(String, Span)>),
    File(Vec<String>),
}

/// Reads a rulebook's text; its tree, too.
pub(super) fn rulebook<'a>(
    text: &'a str,
    read_list_file: &'a ListReader<'a>,
) -> Result<(Rulebook, YamlNode), Vec<Diagnostic>> {
    let root = yaml::parse(text)?;
    let mut decoder = Decoder::new(text, read_list_file);
    let rulebook = decoder.root(&root);
    let found = decoder.into_found();
    match rulebook {
        Some(rulebook) if !found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) => {
            Ok((rulebook, root))
        }
        _ => Err(found),
    }
}

impl<'a> Decoder<'a> {
    fn new(text: &'a str, read_list_file: &'a ListReader<'a>) -> Self {
        Self { text, read_list_file: Some(read_list_file), ..Self::default() }
    }

    /// Reads another file of the same syntax, whose times without an offset are those of a zone.
    pub(crate) fn beside(text: &'a str, zone: &Zone) -> Self {
        Self { text, zone: zone.clone(), ..Self::default() }
    }

    /// Everything found wrong, in order of place.
    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        let has_errors = self.has_errors();
        let mut found = self.diagnostics;
        if !has_errors {
            found.extend(self.blame.into_held());
        }
        found.sort_by_key(|diagnostic| diagnostic.span);
        found.dedup();
        found
    }

    /// Notes a finding.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports an error, to which a label and help can be added.
    pub(crate) fn wrong(&mut self, code: &'static str, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::error(code, span, message));
        self.diagnostics.last_mut().expect("one was just pushed")
    }

    /// Reports a name that something of the same kind already has.
    pub(crate) fn once(&mut self, what: &'static str, name: &str, span: Span) {
        if let Some(first) = self.first_seen.get(&(what, name.to_owned())) {
            let line = self.text[..first.start].matches('\n').count() + 1;
            self.wrong("LS007", span, format!("the {what} `{name}` is used twice"))
                .help(format!("it is first used on line {line}"));
        } else {
            self.first_seen.insert((what, name.to_owned()), span);
        }
    }

    /// The columns of `scored.csv` that this rulebook's dimensions can't be called.
    fn taken_columns(&self) -> impl Iterator<Item = &'static str> + use<> {
        let has_returns = self.has_returns;
        SCORED_COLUMNS.into_iter().filter(move |column| has_returns || !RETURNS_COLUMNS.contains(column))
    }

    fn root(&mut self, root: &YamlNode) -> Option<Rulebook> {
        let mut keys = self.keys(root, &RULEBOOK)?;
        self.blame_misspelt_sections(&keys);
        self.version(&mut keys);
        let card = self.card(&mut keys);
        let (ids, not_engagement) = self.ground_rules(&mut keys);
        self.has_returns = keys.peek("returns").is_some();
        let leads = self.data(&mut keys);
        let returns = keys.take("returns").and_then(|node| self.returns(node));
        if let Some(node) = keys.take("dimensions") {
            self.dimensions(node);
        }
        let total = keys.take("total").and_then(|node| self.total(node)).unwrap_or_default();
        if let Some(node) = keys.take("grade") {
            self.has_grade = true;
            self.grade = self.grade(node);
        }
        let stages_node = self.required(&mut keys, "stages");
        if let Some(node) = stages_node {
            self.stage_names_of(node);
        }
        let disqualifiers = keys.take("disqualify").map(|node| self.disqualifiers(node)).unwrap_or_default();
        let stages = stages_node.map(|node| self.stages(node)).unwrap_or_default();
        self.settle_latest_return(returns.as_ref(), &stages);
        self.has_priorities = keys.peek("priorities").is_some();
        let priorities = keys.take("priorities").map(|node| self.priorities(node)).unwrap_or_default();
        let accounts = keys.take("accounts").and_then(|node| self.accounts(node));
        let export = keys.take("export").and_then(|node| self.export(node));
        let hours_at = self.take_business_hours(&mut keys);
        let funnel = keys.take("funnel").and_then(|node| self.funnel(node, &stages));
        let value = keys.take("value").and_then(|node| self.value(node, funnel.as_ref()));
        self.finish(&keys);
        let (events_tally, last_event_tally) = self.standing_tallies();
        self.mentions.sort_by_key(|mention| mention.span);
        let (missing_fields, read_fields) = missing_fields(&self.fields, &self.missing_fields);
        Some(Rulebook {
            card,
            fingerprint: Fingerprint::of(root, |list| self.entries_from_file(list)),
            zone: self.zone.clone(),
            place: Place::of(root),
            ids,
            not_engagement,
            mentions: std::mem::take(&mut self.mentions),
            lists: std::mem::take(&mut self.lists),
            leads: leads?,
            missing_fields,
            read_fields,
            tables: std::mem::take(&mut self.tables),
            sources: std::mem::take(&mut self.sources),
            fields: std::mem::take(&mut self.fields),
            event_fields: std::mem::take(&mut self.event_fields),
            lead_slots: std::mem::take(&mut self.lead_slots),
            event_slots: std::mem::take(&mut self.event_slots),
            tallies: std::mem::take(&mut self.tallies),
            dimensions: std::mem::take(&mut self.dimensions),
            criteria: std::mem::take(&mut self.criteria),
            total,
            grade: self.grade.take(),
            disqualifiers,
            returns,
            stages,
            priorities,
            accounts,
            export,
            business_hours: self.business_hours.take().zip(hours_at),
            funnel,
            value,
            events_tally,
            last_event_tally,
        })
    }

    /// What holds everywhere: the zone, how ids compare and files are read, whose doing an event is, named lists.
    fn ground_rules(&mut self, keys: &mut Keys<'_>) -> (Ids, Vec<String>) {
        if let Some(node) = keys.take("timezone") {
            self.timezone(node);
        }
        let ids = keys.take("ids").and_then(|node| self.word(node, "way to compare ids", &IDS)).unwrap_or_default();
        if let Some(node) = keys.take("file") {
            self.general = self.file_settings(node, FileSettings::default(), false).settings;
        }
        let not_engagement = keys.take("not_engagement").map(|node| self.not_engagement(node)).unwrap_or_default();
        if let Some(node) = keys.take("lists") {
            self.lists(node);
        }
        (ids, not_engagement)
    }

    /// The exports: leads, tables, events, so that their fields are known to everything after them.
    fn data(&mut self, keys: &mut Keys<'_>) -> Option<Leads> {
        let node = self.required(keys, "leads");
        let leads = node.and_then(|node| self.leads(node));
        if node.is_none_or(|node| !matches!(node.kind, YamlKind::Map(_))) {
            self.blame_all(noun::LEAD_FIELD);
        }
        let tables = keys.take("tables").map(|node| self.tables(node)).unwrap_or_default();
        let sources = keys.take("events").map(|node| self.sources(node)).unwrap_or_default();
        // Now every field is declared; those of events first, because fields of leads may come from them.
        self.settle_all(true);
        self.settle_all(false);
        self.table_keys(&tables);
        let leads = leads.map(|(leads, naming)| self.named_by_leads(leads, &naming));
        self.rest_of_sources(&sources);
        leads
    }

    /// What is declared under a misspelt key is not unknown.
    fn blame_misspelt_sections(&mut self, keys: &Keys<'_>) {
        let sections: [(&str, &[&'static str]); 5] = [
            ("tables", &[noun::LEAD_FIELD]),
            ("events", &[noun::EVENT_FIELD, noun::SOURCE]),
            ("lists", &[noun::LIST]),
            ("dimensions", &[noun::SCORE]),
            ("stages", &[noun::STAGE]),
        ];
        for (key, nouns) in sections {
            self.blame_if_misspelt(keys, key, nouns);
        }
    }

    /// The tallies behind the columns `events` and `last_event`, which every rulebook has.
    fn standing_tallies(&mut self) -> (usize, usize) {
        let select =
            |types| Selection { types, source: None, filter: None, within_ms: None, since: Vec::new(), stretch: None };
        let events = self.tally(Tally { select: select(Types::Every), measure: Measure::Count });
        let last_event = self.tally(Tally { select: select(Types::Any), measure: Measure::Newest });
        (events, last_event)
    }

    fn version(&mut self, keys: &mut Keys<'_>) {
        let Some(node) = self.required(keys, "rulebook") else { return };
        if let Some(version) = self.text(node, "the version of the language")
            && !VERSION.contains(&version)
        {
            let message = format!("this program doesn't know version `{version}` of the rulebook language");
            self.wrong("LS005", node.span, message).label("`rulebook: 1`");
        }
    }

    fn card(&mut self, keys: &mut Keys<'_>) -> Card {
        let name = self.note(keys, "name");
        let owner = self.note(keys, "owner");
        let mut day = |key| {
            let node = keys.take(key)?;
            let text = self.filled_text(node, key)?;
            self.date(text, node.span)?;
            Some((text.to_owned(), node.span))
        };
        let agreed = day("agreed").map(|(day, _)| day);
        Card { name, owner, agreed, review_by: day("review_by") }
    }

    fn timezone(&mut self, node: &YamlNode) {
        let Some(name) = self.filled_text(node, "a time zone") else { return };
        match Zone::named(name) {
            Ok(zone) => self.zone = zone,
            Err(error) => {
                let message = format!("no time zone is called `{name}`");
                let near = error.to_string().split_once("; ").map(|(_, near)| near.to_owned());
                let found = Diagnostic::error("LS006", node.span, message)
                    .with_label("write write an IANA name, such as Europe/Istanbul, or UTC");
                self.report(found.with_help_if(near));
            }
        }
    }

    fn not_engagement(&mut self, node: &YamlNode) -> Vec<String> {
        self.mention(node, None, true);
        self.texts_or_none(node, "an event type").into_iter().map(|(text, _)| fold(text).into_owned()).collect()
    }

    fn total(&mut self, node: &YamlNode) -> Option<Limits> {
        self.mapping(node, &TOTAL, |this, keys| Some(this.limits(keys)))
    }
}
