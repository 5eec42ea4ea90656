//! Sources of events: which column names the lead, where type and time stand, which types there are.

use super::Exports;
use super::export::Export;
use super::fields::{ColumnAt, Fields};
use super::join::{Host, JoinSide, Link, is_id_like, is_nearly_key, links};
use super::kinds::{TypeWorth, deed, wants_no_mail, worth};
use super::mail;
use super::model::{Draft, FieldDraft, ReadingDraft, SourceDraft, TypesDraft};
use super::name::{Names, slug};
use crate::inspect::Guess;
use crate::preset::{ColumnRole, EventType};
use crate::rulebook::Header;
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
    /// What a type means: as the flavour of export says, else as it is written.
    pub(super) fn means<'k>(&self, kind: &'k str) -> &'k str {
        self.known.iter().find(|known| fold(&known.text) == fold(kind)).map_or(kind, |known| &known.means)
    }

    /// What a type is worth to begin with: as the flavour of export means it, else by the words in it.
    pub(super) fn worth(&self, kind: &str) -> TypeWorth {
        match self.known.iter().find(|known| fold(&known.text) == fold(kind)) {
            Some(known) if known.ours => TypeWorth::Ours,
            Some(known) => worth(&known.means),
            None => worth(kind),
        }
    }

    /// What a type means: as the flavour of export says, else what it says itself.
    fn meaning<'k>(&'k self, kind: &'k str) -> &'k str {
        self.known.iter().find(|known| fold(&known.text) == fold(kind)).map_or(kind, |known| &known.means)
    }

    /// Whether a type says that somebody wants no more mail.
    pub(super) fn wants_no_mail(&self, kind: &str) -> bool {
        wants_no_mail(self.meaning(kind))
    }

    /// The first type that is about the same deed as a count of this name.
    pub(super) fn same_as(&self, count: &str) -> Option<&str> {
        let found = self.kinds.iter().find(|(kind, _)| deed(self.meaning(kind)) == deed(count));
        found.map(|(kind, _)| kind.as_str())
    }
}

/// Joins each file of events to the leads, and says which can't be.
pub(super) fn join(exports: &Exports, id: usize, fields: &mut Fields<'_>, draft: &mut Draft) -> Vec<Kinds> {
    let mut found = Vec::new();
    for export in &exports.events {
        match source(export, exports, id, fields) {
            Ok((source, kinds)) => {
                found.push(kinds);
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
) -> Result<(SourceDraft, Kinds), String> {
    let Some(LeadWays { lead, because, is_salesforce, used }) = lead(export, exports, id, fields) else {
        return Err("no column has ids or addresses of leads: less than one value in twenty matches".to_owned());
    };
    let Happened { types, kinds, time } = happened(export, &used)?;
    let known = export.recognition.as_ref().map_or(&[][..], |found| &found.preset.event_types);
    let kinds = Kinds { source: export.name.clone(), kinds, known };
    let event_id = event_id(export, &used).filter(|_| time.is_some());
    let mut read: Vec<Header> = time.iter().chain(&event_id).map(|at| export.header(*at)).collect();
    read.extend(columns_of(&types));
    // Whoever takes several of them in must not name two alike.
    let mut names = Names::default();
    let mut field = |at| {
        let field = export.field(at);
        FieldDraft { name: names.take(&field.name), ..field }
    };
    let is_free = |at: &usize| !used.contains(at) && !read.contains(&export.header(*at));
    let mut automated = mail::automated(export, &kinds, time);
    let campaign = mail::campaign(export).filter(|at| automated.is_some() && is_free(at));
    let declared = campaign.map(&mut field);
    if let (Some(automated), Some(campaign)) = (&mut automated, &declared) {
        automated.same = Some(campaign.name.clone());
    }
    let is_other = |at: &usize| is_free(at) && export.column(*at).n_values() > 0 && Some(*at) != campaign;
    let source = SourceDraft {
        name: export.name.clone(),
        file: export.file(),
        lead,
        because,
        is_salesforce,
        types,
        time: time.map(|at| (export.header(at), export.reading(at))),
        id: event_id.map(|at| export.header(at)),
        automated,
        fields: declared.into_iter().collect(),
        others: export.usable().filter(is_other).map(field).collect(),
    };
    Ok((source, kinds))
}

/// What happened, and when.
struct Happened {
    types: TypesDraft,
    kinds: Vec<(String, u64)>,
    /// The column of times; none where types come from columns.
    time: Option<usize>,
}

fn happened(export: &Export, used: &[usize]) -> Result<Happened, String> {
    let dates: Vec<usize> = dates(export).into_iter().filter(|at| !used.contains(at)).collect();
    let Some(first) = dates.first().copied() else {
        return Err("no column has times that leadscore can read".to_owned());
    };
    let occasions: Vec<(usize, String)> = occasions(export, &dates);
    let kind = type_column(export, used);
    if occasions.is_empty() || kind.is_some() {
        let time = time_column(export, &dates).unwrap_or(first);
        let (types, kinds) = types(export, kind, time);
        return Ok(Happened { types, kinds, time: Some(time) });
    }
    let column = |(at, kind): &(usize, String)| -> (String, Header, ReadingDraft) {
        (kind.clone(), export.header(*at), export.reading(*at))
    };
    let kinds = occasions.iter().map(|(at, kind)| (kind.clone(), export.column(*at).n_values())).collect();
    Ok(Happened { types: TypesDraft::Columns(occasions.iter().map(column).collect()), kinds, time: None })
}

fn columns_of(types: &TypesDraft) -> Vec<Header> {
    match types {
        TypesDraft::Column(column) => vec![column.clone()],
        TypesDraft::Columns(columns) => columns.iter().map(|(_, column, _)| column.clone()).collect(),
        TypesDraft::Always(_) => Vec::new(),
    }
}

/// How events name their leads.
struct LeadWays {
    /// The columns, each with the lead field that it is compared with; none for the id.
    lead: Vec<(Header, Option<String>)>,
    /// How they were found.
    because: String,
    /// Whether by Salesforce's ids of another length.
    is_salesforce: bool,
    /// Where the columns stand.
    used: Vec<usize>,
}

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
    let first = *chosen.first()?;
    let mut because = match first.compared() {
        None => "from its header; no value belongs to a lead so far".to_owned(),
        Some(compared) => format!("{compared} belong to leads"),
    };
    let way = ways[first.host];
    let is_email = leads.column(way).guess == Guess::Email;
    // Ids compare to the letter; addresses, as a field of that type, without regard to case.
    let by = (way != id || is_email).then(|| fields.take_column(ColumnAt { table: None, column: way }));
    let column = export.header(first.column);
    let mut lead = vec![(column.clone(), by)];
    let further = if is_email { mail::further_addresses(leads, way, export.column(first.column)) } else { Vec::new() };
    for (at, n_found) in further {
        lead.push((column.clone(), Some(fields.take_column(ColumnAt { table: None, column: at }))));
        because += &n_found.map_or_else(String::new, |n| format!("; {n} more by {}", leads.column(at).name));
    }
    Some(LeadWays { lead, because, is_salesforce: first.is_salesforce, used: vec![first.column] })
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
    (TypesDraft::Column(export.header(column)), kinds)
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
