//! Exports that were looked into → a first rulebook: which column is what, which file joins which, what earns points to begin
//! with, and what only a person can say.
//!
//! Pure: it sees profiles, never files, and decides nothing that a person would have to take back: each guess stands with what
//! it was made from.

mod behaviour;
mod countries;
mod export;
mod fields;
mod fit;
mod funnel;
mod join;
mod kinds;
mod leads;
mod mail;
mod meanings;
mod model;
mod money;
mod name;
mod phones;
mod reading;
mod salesforce;
mod sources;
mod spellings;
mod stages;
mod tables;

pub use export::{Export, Meaning};
pub use model::Draft;
pub(crate) use model::{
    AutomatedDraft, CriterionDraft, EnteredDraft, FieldDraft, FileDraft, LeadsDraft, LostDraft, MappedDraft,
    ReadingDraft, ReturnsDraft, RuleDraft, SourceDraft, StageDraft, TableDraft, TypesDraft,
};
pub use name::slug;

use crate::inspect::FileProfile;
use crate::preset::{ColumnRole, Purpose};
use crate::rulebook::Header;
use fields::Fields;

/// The files of a draft.
#[derive(Clone, Debug)]
pub struct Exports {
    /// The leads.
    pub leads: Export,
    /// Further exports, of which a lead has a row.
    pub tables: Vec<Export>,
    /// Files of events.
    pub events: Vec<Export>,
    /// The domains of our own people's addresses.
    pub own_domains: Vec<String>,
}

impl Exports {
    /// All files: the leads, the tables, the events.
    pub fn all(&self) -> impl Iterator<Item = &Export> {
        std::iter::once(&self.leads).chain(&self.tables).chain(&self.events)
    }
}

/// The most that a dimension's starter points are meant to give.
const MQL_AT: i64 = 50;

/// Drafts a rulebook.
#[must_use]
pub fn draft(name: &str, exports: &Exports) -> Draft {
    let mut draft = Draft { name: name.to_owned(), ..Draft::default() };
    let mut fields = Fields::new(exports);
    let id = leads::id(&exports.leads);
    tables::join(exports, id.column, &mut fields, &mut draft);
    let sources = sources::join(exports, id.column, &mut fields, &mut draft);
    draft.leads = leads::drafted(&exports.leads, &id, &mut fields);
    draft.fit = fit::criteria(&mut fields, &mut draft.lists);
    draft.engagement = behaviour::criteria(&mut fields, &sources, draft.leads.created.as_deref(), &mut draft.notes);
    draft.not_engagement = behaviour::not_engagement(&fields, &sources);
    draft.stages = stages::stages(&mut fields, &sources, &draft);
    draft.hangs_on_one = stages::hangs_on_one(&draft);
    draft.returns = funnel::returns(&mut fields, &draft.stages);
    draft.lost = funnel::lost(&mut fields);
    draft.owner = funnel::owner(&mut fields);
    draft.by = stages::segments(&mut fields);
    if !exports.own_domains.is_empty() {
        draft.own = funnel::domain(&mut fields);
        match draft.own {
            Some(_) => draft.lists.push(("our-domains", exports.own_domains.clone())),
            None => draft.open.push(
                "which leads are your own people? No column of the leads holds e-mail addresses, so no domain shows it"
                    .to_owned(),
            ),
        }
    }
    fields.hand_over(&mut draft);
    draft.open.extend(open_questions(&draft, exports));
    draft
}

/// What each column of a file is likely to be, in words, for somebody who looks into it: as leads, events or a table,
/// whatever it fits.
#[must_use]
pub fn likely_roles(profile: &FileProfile) -> Vec<String> {
    let export = looked_at(profile);
    let words = |meaning: &Option<Meaning>| meaning.as_ref().map_or_else(String::new, Meaning::in_words);
    let mut roles: Vec<String> = export.meanings.iter().map(words).collect();
    let is_of_leads = export.recognition.as_ref().is_none_or(|found| found.preset.what == Purpose::Leads);
    if is_of_leads
        && roles.iter().all(|role| role != "id")
        && let Some(at) = leads::unique_column(&export)
        && roles[at].is_empty()
    {
        "id?".clone_into(&mut roles[at]);
    }
    roles
}

/// A file as what its headers fit; of no known flavour, as events where it has what happened and when, and no column names its rows.
fn looked_at(profile: &FileProfile) -> Export {
    let of = |purpose| Export::new(String::new(), String::new(), profile.clone(), purpose, &[]);
    let headers: Vec<String> = profile.columns.iter().map(|column| column.name.clone()).collect();
    if let Some(found) = crate::preset::recognise(&headers).first() {
        return of(found.preset.what);
    }
    let export = of(Purpose::Leads);
    let has = |wanted: &ColumnRole| export.with_role(|role| role == wanted).next().is_some();
    let is_name = |role: &ColumnRole| matches!(role, ColumnRole::Id | ColumnRole::Email);
    let names_rows = export.with_role(is_name).any(|at| export.column(at).is_key(profile.rows.n_usable));
    if has(&ColumnRole::EventType) && has(&ColumnRole::EventTime) && !names_rows { of(Purpose::Events) } else { export }
}

/// Files of which the headers do not decide between two products.
fn rivals(exports: &Exports) -> impl Iterator<Item = String> {
    exports.all().filter_map(|export| {
        let (found, rival) = (export.recognition.as_ref()?.preset, export.rival.as_ref()?.preset);
        Some(format!(
            "{}: is it from {} or from {}? The headers fit both. The draft reads it as from {}; the other way is --preset {}",
            export.profile.path.display(),
            found.product,
            rival.product,
            found.product,
            rival.name
        ))
    })
}

/// What the cells leave open and a person has to say.
fn open_questions(draft: &Draft, exports: &Exports) -> Vec<String> {
    let mut open: Vec<String> = rivals(exports).collect();
    if draft.fit.is_empty() && draft.engagement.is_empty() {
        open.push(format!(
            "{}: leadscore recognized no column or event that could give points, so every lead gets 0. Take the columns that separate good leads from bad ones out of their comments under `fields:` and give them points under `dimensions:`; --preset says which product the file is from",
            draft.leads.file.shown
        ));
    }
    let ask = |file: &str, column: &Header, reading: &ReadingDraft| {
        let asked = reading.question.as_ref().map(|question| format!("{file}, column {column}: {}", question.asked));
        let day_or_month = (!reading.or_formats.is_empty()).then(|| {
            format!(
                "{file}, column {column}: day or month first? No cell shows it. The draft reads it as {}; the other way is {}",
                reading.formats.join(" or "),
                reading.or_formats.join(" or ")
            )
        });
        asked.or(day_or_month)
    };
    let path = &draft.leads.file.shown;
    open.extend(draft.leads.fields.iter().filter_map(|field| ask(path, &field.column, &field.reading)));
    for table in &draft.tables {
        open.extend(table.fields.iter().filter_map(|field| ask(&table.file.shown, &field.column, &field.reading)));
    }
    for source in &draft.sources {
        let time = source.time.iter().filter_map(|(column, reading)| ask(&source.file.shown, column, reading));
        open.extend(time);
        if let TypesDraft::Columns(columns) = &source.types {
            open.extend(columns.iter().filter_map(|(_, column, reading)| ask(&source.file.shown, column, reading)));
        }
    }
    open.extend(exports.all().filter_map(|export| {
        let doubt = export.profile.assumed.layout_doubt.as_ref()?;
        Some(format!("{}: {doubt}", export.profile.path.display()))
    }));
    let rows = exports.leads.profile.rows;
    if rows.n_usable == 0 && rows.n_ragged > 0 {
        open.push(format!(
            "{path}: no row is as wide as the header, so no lead can be scored; correct the header or the rows"
        ));
    }
    if draft.leads.n_without_id > 10.max(draft.leads.n_rows / 100) {
        let about = if draft.leads.is_estimate { "about " } else { "" };
        open.push(format!(
            "{path}: no column has a different value in each row; with {} as the id, {about}{} of {} rows have no unique id and will be rejected",
            draft.leads.id, draft.leads.n_without_id, draft.leads.n_rows
        ));
    }
    if !exports.leads.profile.assumed.is_named {
        open.push(format!(
            "{path}: the first row looks like values, not like a header; write the names of the columns above it"
        ));
    }
    open
}
