//! Sources of events: which column names the lead, where type and time stand, which types there are.

use super::Exports;
use super::export::Export;
use super::fields::{ColumnAt, Fields};
use super::join::{Host, JoinSide, Link, is_id_like, is_nearly_key, links};
use super::kinds::{TypeWorth, worth};
use super::model::{Draft, FieldDraft, ReadingDraft, SourceDraft, TypesDraft};
use super::name::{Names, slug};
use crate::inspect::Guess;
use crate::preset::{ColumnRole, EventType};
use crate::value::fold;

/// More types than that are no types, but texts.
const MOST_TYPES: usize = 60;

/// A source with the types of its events, the most frequent first.
#[derive(Clone, Debug)]
pub(super) struct Kinds {
    pub source: String,
    /// Each with how many rows have it.
    pub kinds: Vec<(String, u64)>,
    /// What the flavour of export says of its types.
    pub known: &'static [EventType],
}

impl Kinds {
    /// What a type is worth to begin with: as the flavour of export means it, else by the words in it.
    pub(super) fn worth(&self, kind: &str) -> TypeWorth {
        match self.known.iter().find(|known| fold(&known.text) == fold(kind)) {
            Some(known) if known.ours => TypeWorth::Ours,
            Some(known) => worth(&known.means),
            None => worth(kind),
        }
    }
}

/// Joins each file of events to the leads, and says which can't be.
pub(super) fn join(exports: &Exports, id: usize, fields: &mut Fields<'_>, draft: &mut Draft) -> Vec<Kinds> {
    let mut found = Vec::new();
    for export in &exports.events {
        match source(export, exports, id, fields) {
            Ok((source, kinds)) => {
                let known = export.recognition.as_ref().map_or(&[][..], |found| &found.preset.event_types);
                found.push(Kinds { source: source.name.clone(), kinds, known });
                draft.sources.push(source);
            }
            Err(why) => draft.left_out.push(format!("{}: {why}", export.profile.path.display())),
        }
    }
    found
}

fn source(
    export: &Export,
    exports: &Exports,
    id: usize,
    fields: &mut Fields<'_>,
) -> Result<(SourceDraft, Vec<(String, u64)>), String> {
    let Some((lead, because, is_salesforce, used)) = lead(export, exports, id, fields) else {
        return Err("no column has ids or addresses of leads: less than one value in twenty matches".to_owned());
    };
    let is_free = |at: &usize| !used.contains(at);
    let dates: Vec<usize> = dates(export).into_iter().filter(is_free).collect();
    let Some(first) = dates.first().copied() else {
        return Err("no column has times that leadscore can read".to_owned());
    };
    let occasions: Vec<(usize, String)> = occasions(export, &dates);
    let kind = type_column(export, &used);
    let (types, kinds, time) = if occasions.is_empty() || kind.is_some() {
        let time = time_column(export, &dates).unwrap_or(first);
        let (types, kinds) = types(export, kind, time);
        (types, kinds, Some((export.column(time).name.clone(), export.reading(time))))
    } else {
        let column = |(at, kind): &(usize, String)| -> (String, String, ReadingDraft) {
            (kind.clone(), export.column(*at).name.clone(), export.reading(*at))
        };
        let kinds = occasions.iter().map(|(at, kind)| (kind.clone(), export.column(*at).n_values())).collect();
        (TypesDraft::Columns(occasions.iter().map(column).collect()), kinds, None)
    };
    let mut read: Vec<&str> = time.iter().map(|(column, _)| column.as_str()).collect();
    read.extend(columns_of(&types));
    let event_id = event_id(export, &used).filter(|_| time.is_some());
    let is_other = |at: &usize| {
        let column = export.column(*at);
        is_free(at) && column.n_values() > 0 && !read.contains(&column.name.as_str()) && Some(*at) != event_id
    };
    // Whoever takes several of them in must not name two alike.
    let mut names = Names::default();
    let other = |at| {
        let field = export.field(at);
        FieldDraft { name: names.take(&field.name), ..field }
    };
    let others = export.usable().filter(is_other).map(other).collect();
    let source = SourceDraft {
        name: export.name.clone(),
        file: export.file(),
        lead,
        because,
        is_salesforce,
        types,
        time,
        id: event_id.map(|at| export.column(at).name.clone()),
        others,
    };
    Ok((source, kinds))
}

fn columns_of(types: &TypesDraft) -> Vec<&str> {
    match types {
        TypesDraft::Column(column) => vec![column],
        TypesDraft::Columns(columns) => columns.iter().map(|(_, column, _)| column.as_str()).collect(),
        TypesDraft::Always(_) => Vec::new(),
    }
}

type LeadWays = (Vec<(String, Option<String>)>, String, bool, Vec<usize>);

/// The columns that name the lead, how they were found, whether by Salesforce's ids of another length, and where they stand.
fn lead(export: &Export, exports: &Exports, id: usize, fields: &mut Fields<'_>) -> Option<LeadWays> {
    let leads = &exports.leads;
    let is_way = |at: &usize| {
        let column = leads.column(*at);
        *at == id
            || column.guess == Guess::Email
            || (is_nearly_key(column) && is_id_like(&column.name))
            || is_account(leads, *at)
    };
    let ways: Vec<usize> = leads.usable().filter(is_way).collect();
    let hosts: Vec<Host<'_>> = ways.iter().map(|at| Host { export: leads, column: *at, is_id: *at == id }).collect();
    let found = links(export, &hosts, JoinSide::Guest);
    let mut chosen: Vec<Link> = found.into_iter().take(1).collect();
    if chosen.is_empty() {
        chosen.extend(by_role(export, leads, &ways));
    }
    let first = chosen.first()?;
    let because = match first.compared() {
        None => "from its header; no value belongs to a lead so far".to_owned(),
        Some(compared) => format!("{compared} belong to leads"),
    };
    let is_salesforce = first.is_salesforce;
    let by = |link: &Link, fields: &mut Fields<'_>| {
        let way = ways[link.host];
        // Ids compare to the letter; addresses, as a field of that type, without regard to case.
        let is_field = way != id || leads.column(way).guess == Guess::Email;
        is_field.then(|| fields.take(ColumnAt { table: None, column: way }))
    };
    let named = chosen.iter().map(|link| (export.column(link.column).name.clone(), by(link, fields))).collect();
    Some((named, because, is_salesforce, chosen.iter().map(|link| link.column).collect()))
}

fn is_account(leads: &Export, at: usize) -> bool {
    leads.meanings[at].as_ref().is_some_and(|meaning| meaning.role == ColumnRole::AccountId)
}

/// Where no value is shared: the column that names leads by its header, if the leads have such a one.
fn by_role(export: &Export, leads: &Export, ways: &[usize]) -> Option<Link> {
    let email = ways.iter().position(|at| leads.column(*at).guess == Guess::Email);
    let column = export.usable().find(|at| export.column(*at).guess == Guess::Email);
    let host = email?;
    column.map(|column| Link::unseen(column, host))
}

/// The columns of dates that have any, those that a preset or the vocabulary calls a time of an event first.
fn dates(export: &Export) -> Vec<usize> {
    let is_date = |at: &usize| matches!(export.column(*at).guess, Guess::Date(_));
    let is_time = |at: &usize| {
        let role = export.meanings[*at].as_ref().map(|meaning| &meaning.role);
        !matches!(role, Some(ColumnRole::EventTime | ColumnRole::EventAt(_)))
    };
    let mut dates: Vec<usize> = export.usable().filter(is_date).collect();
    dates.sort_by_key(|at| (is_time(at), *at));
    dates
}

/// The time of a row's event: what is called so, else the column with the most dates.
fn time_column(export: &Export, dates: &[usize]) -> Option<usize> {
    let is_time =
        |at: &&usize| export.meanings[**at].as_ref().is_some_and(|meaning| meaning.role == ColumnRole::EventTime);
    let fullest = || dates.iter().max_by_key(|at| (export.column(**at).n_values(), std::cmp::Reverse(**at)));
    dates.iter().find(is_time).or_else(fullest).copied()
}

/// Dates that are events each, where a row has several.
fn occasions(export: &Export, dates: &[usize]) -> Vec<(usize, String)> {
    let named = |at: &usize| match export.meanings[*at].as_ref().map(|meaning| &meaning.role) {
        Some(ColumnRole::EventAt(kind)) => Some((*at, kind.clone())),
        _ => None,
    };
    let named: Vec<(usize, String)> = dates.iter().filter_map(named).collect();
    let has_time = export.with_role(|role| *role == ColumnRole::EventTime).next().is_some();
    if !named.is_empty() || has_time || dates.len() < 2 {
        return named;
    }
    let of = |at: &usize| (*at, slug(&export.column(*at).name, '_', &format!("event_{}", at + 1)));
    dates.iter().map(of).collect()
}

const TYPE_WORDS: [&str; 26] = [
    "event",
    "type",
    "name",
    "action",
    "activity",
    "interaction",
    "kind",
    "touch",
    "session",
    "category",
    "olay",
    "turu",
    "tipi",
    "islem",
    "ereignis",
    "aktion",
    "aktivitat",
    "typ",
    "art",
    "evento",
    "tipo",
    "accion",
    "evenement",
    "zdarzenie",
    "rodzaj",
    "akcja",
];

/// The column of types: what is called so, else a text of few values that come again and again.
fn type_column(export: &Export, used: &[usize]) -> Option<usize> {
    let is_kind = |at: &usize| {
        let column = export.column(*at);
        let n_distinct = column.sketch.n_distinct();
        // A flavour whose types are known may number them.
        let is_numbered = export.recognition.as_ref().is_some_and(|found| !found.preset.event_types.is_empty())
            && export.meanings[*at].as_ref().is_some_and(|meaning| meaning.role == ColumnRole::EventType);
        let is_number = is_numbered && matches!(column.guess, Guess::Number { .. });
        let is_text = is_number || matches!(column.guess, Guess::Text | Guess::Boolean { .. });
        !used.contains(at) && is_text && column.sketch.is_whole() && n_distinct > 0 && n_distinct <= MOST_TYPES as u64
    };
    let of_lead = ["lead", "contact", "customer", "business", "company", "account", "user"];
    // What kind of lead it is says nothing of the event.
    let is_of_event = |at: &usize| {
        export.recognition.is_some()
            || !slug(&export.column(*at).name, '_', "").split('_').any(|word| of_lead.contains(&word))
    };
    let named: Vec<usize> =
        export.with_role(|role| *role == ColumnRole::EventType).filter(is_kind).filter(is_of_event).collect();
    let is_stage = |role: &ColumnRole| matches!(role, ColumnRole::Stage | ColumnRole::Status);
    let staged = || export.with_role(is_stage).find(is_kind);
    // All of its words: a `lead_type` is none.
    let is_named = |at: &usize| {
        let slug = slug(&export.column(*at).name, '_', "");
        slug.split('_').all(|word| TYPE_WORDS.contains(&word))
    };
    let by_word = || export.usable().filter(is_kind).find(is_named);
    let has_fixed = export.recognition.as_ref().is_some_and(|found| found.preset.always.is_some());
    if has_fixed { named.first().copied() } else { named.first().copied().or_else(by_word).or_else(staged) }
}

fn types(export: &Export, column: Option<usize>, time: usize) -> (TypesDraft, Vec<(String, u64)>) {
    let Some(column) = column else {
        let always = export.recognition.as_ref().and_then(|found| found.preset.always.clone());
        // `won_date` says what happened, and the file's name mostly does.
        let said = slug(&export.column(time).name, '_', "");
        let said = said.trim_end_matches("_date").trim_end_matches("_time").trim_end_matches("_at");
        let is_sale = !said.is_empty() && matches!(worth(said), TypeWorth::Won);
        let usual = || if is_sale { said.to_owned() } else { slug(&export.name, '_', "event") };
        let kind = always.unwrap_or_else(usual);
        return (TypesDraft::Always(kind.clone()), vec![(kind, export.profile.rows.n_usable)]);
    };
    let profile = export.column(column);
    let values = profile.sketch.values();
    // Where exports were put one below the other, the header stands among the rows, too.
    let is_header = |text: &str| text == profile.name;
    let is_kind = |text: &str| !is_header(text) && !profile.blank.iter().any(|blank| blank == text);
    let mut folded: Vec<String> = Vec::new();
    let mut kinds = Vec::new();
    for held in values.into_iter().filter(|held| is_kind(&held.text)) {
        let key = fold(&held.text).into_owned();
        if !folded.contains(&key) {
            folded.push(key);
            kinds.push((held.text.to_string(), held.count));
        }
    }
    (TypesDraft::Column(profile.name.clone()), kinds)
}

/// The id of an event: a column that is called so and in which no value comes twice.
fn event_id(export: &Export, used: &[usize]) -> Option<usize> {
    let n_rows = export.profile.rows.n_usable;
    let is_key = |at: &usize| !used.contains(at) && is_nearly_key(export.column(*at));
    let is_named = |at: &usize| {
        let role = export.meanings[*at].as_ref().map(|meaning| &meaning.role);
        matches!(role, Some(ColumnRole::EventId | ColumnRole::Id)) || is_id_like(&export.column(*at).name)
    };
    let is_filled =
        |at: &usize| export.column(*at).n_values() == n_rows && !matches!(export.column(*at).guess, Guess::Date(_));
    export.usable().find(|at| is_key(at) && is_named(at) && is_filled(at))
}
