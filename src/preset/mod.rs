//! What the headers of well-known exports mean: a preset a flavour of export, one data file each, and a vocabulary of
//! headers in several languages for files of no known flavour.
//!
//! A preset knows header names, never files or cells. To add one is a new file in this folder and one line in the list of
//! `list.rs`. Header names are facts of the products; each file says where its own were found, or that they come from memory.

mod decode;
mod key;
mod list;
mod recognise;
mod role;
mod vocabulary;

pub use list::{all, by_name};
pub(crate) use recognise::{Recognition, recognise};
pub use role::ColumnRole;
pub(crate) use vocabulary::{language_of, role_of};

/// What a flavour of export is to a rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A row a lead.
    Leads,
    /// A row an account, a deal or another thing that leads name by its key.
    Table,
    /// A row an event, or several.
    Events,
}

impl Purpose {
    /// The name, as a list of presets shows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Leads => "leads",
            Purpose::Table => "table",
            Purpose::Events => "events",
        }
    }
}

/// A flavour of export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name by which it is asked for, such as `hubspot-contacts`.
    pub name: &'static str,
    /// The product that writes such files, such as `HubSpot`.
    pub product: String,
    /// The export within the product, such as `contacts`.
    pub export: String,
    /// What its rows are.
    pub what: Purpose,
    /// Where the headers were found, or `from memory`.
    pub provenance: Vec<String>,
    /// The type of every event in the file, where no column says it and no [`ColumnRole::EventAt`] does.
    pub always: Option<String>,
    /// Event types that the product is known to write, with what each means.
    pub event_types: Vec<EventType>,
    /// Columns that are worth a field.
    pub columns: Vec<PresetColumn>,
    /// Sets of fields; a file whose headers give all of one set is of this flavour.
    pub signature: Vec<Vec<String>>,
}

/// A column that a preset knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetColumn {
    /// The name of the field in a drafted rulebook.
    pub field: String,
    /// The headers under which products show it.
    pub headers: Vec<Header>,
    /// What it is for.
    pub role: ColumnRole,
    /// What it is for instead, where no other column of the file is.
    pub stands_in_for: Option<ColumnRole>,
}

/// A header as one language, or the interface for programs (`api`), has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// A code such as `de`, or `api`.
    pub language: String,
    /// The header.
    pub text: String,
    /// The form in which it is compared.
    key: String,
}

/// A type of event that a product writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventType {
    /// The type as it stands in the files.
    pub text: String,
    /// What it means, by a name that several products share, such as `email_click`.
    pub means: String,
    /// Whether it is our doing, not the lead's.
    pub ours: bool,
}
