//! What will stand in a drafted rulebook, line by line, each with what it was guessed from.
//!
//! Plain values: how they look as YAML is said elsewhere.

use crate::input::{Delimiter, EncodingDoubt, Passed};
use crate::rulebook::Header;
use crate::value::{Country, Currency, SkipLast, Type};

/// A drafted rulebook.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// Event types that are not the lead's doing, as written in the files.
    pub not_engagement: Vec<String>,
    /// The leads.
    pub leads: LeadsDraft,
    /// Further exports, in the order of the command line.
    pub tables: Vec<TableDraft>,
    /// Sources of events, in the order of the command line.
    pub sources: Vec<SourceDraft>,
    /// Lists that criteria use.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// Who a lead is.
    pub fit: Vec<CriterionDraft>,
    /// What a lead does.
    pub engagement: Vec<CriterionDraft>,
    /// Below the first, from the top of the funnel down.
    pub stages: Vec<StageDraft>,
    /// Whether there is but one criterion that gives points, so that it alone makes an MQL.
    pub hangs_on_one: bool,
    /// The field by which the report is told apart.
    pub by: Vec<String>,
    /// When and why sales gave leads back.
    pub returns: Option<ReturnsDraft>,
    /// When and why leads were lost.
    pub lost: Option<LostDraft>,
    /// The field of who has the lead.
    pub owner: Option<String>,
    /// The part of a field that has one of our own domains where the lead is one of our people.
    pub own: Option<String>,
    /// What only a person can decide, each a sentence with the place it speaks of.
    pub open: Vec<String>,
    /// What gets no points on purpose, and why.
    pub notes: Vec<String>,
    /// Files that could not be used, and why.
    pub left_out: Vec<String>,
}

/// How a file is read.
#[derive(Clone, Debug, Default)]
pub struct FileDraft {
    /// Its path as the rulebook names it.
    pub path: String,
    /// Its path as it was named.
    pub shown: String,
    /// Its encoding, where the next file may not show it.
    pub encoding: Option<&'static str>,
    /// Why it may be another.
    pub encoding_doubt: Option<EncodingDoubt>,
    /// Whether the encoding was named, not recognised.
    pub is_encoding_named: bool,
    /// Its delimiter, where it was named or is in doubt: else the file shows it.
    pub delimiter: Option<Delimiter>,
    /// Another delimiter that parts its rows about as well.
    pub or_delimiter: Option<Delimiter>,
    /// Whether numbers have a decimal comma.
    pub has_decimal_comma: bool,
    /// The language of month names.
    pub language: Option<&'static str>,
    /// Lines above the header, where a person has said how many.
    pub skip_first: Option<usize>,
    /// Lines below the data.
    pub skip_last: SkipLast,
    /// The rows above the header that are passed over.
    pub above: Passed,
    /// The rows below the data that are passed over.
    pub below: Passed,
    /// Texts for an empty cell.
    pub blank: Vec<String>,
    /// What it was recognised as, in words.
    pub because: String,
}

/// A field: a column that the rules read.
#[derive(Clone, Debug)]
pub struct FieldDraft {
    /// Its name.
    pub name: String,
    /// The column.
    pub column: Header,
    /// How its cells are read.
    pub reading: ReadingDraft,
    /// What it was guessed from.
    pub because: String,
}

/// How the cells of a column are read.
#[derive(Clone, Debug, Default)]
pub struct ReadingDraft {
    /// The type.
    pub kind: Type,
    /// The formats of dates; none for the ISO form.
    pub formats: Vec<String>,
    /// What stands between several values.
    pub split: Option<String>,
    /// Words for yes, where they are not the usual ones.
    pub yes: Vec<String>,
    /// Words for no, where they are not the usual ones.
    pub no: Vec<String>,
    /// Whether its numbers have a decimal comma and those of its file have not, or the other way round.
    pub decimal: Option<&'static str>,
    /// Other formats that read the cells as well, where no cell decides between day and month.
    pub or_formats: Vec<String>,
    /// The country of phone numbers without an international prefix.
    pub country: Option<Country>,
    /// The currency of all its amounts.
    pub currency: Option<Currency>,
    /// What a special reading was guessed from, in words; empty where the cells are as plain as they look.
    pub because: String,
    /// What the cells leave open.
    pub question: Option<Question>,
}

/// What only a person can say of a column.
#[derive(Clone, Debug)]
pub struct Question {
    /// The question.
    pub asked: String,
    /// What to do with the answer.
    pub then: String,
}

/// A field that gives each thing of another one spelling.
#[derive(Clone, Debug)]
pub struct MappedDraft {
    /// Its name.
    pub name: String,
    /// The field that it is made of.
    pub from: String,
    /// Each thing as most rows have it, with its other spellings.
    pub things: Vec<(String, Vec<String>)>,
}

/// What mail scanners do.
#[derive(Clone, Debug)]
pub struct AutomatedDraft {
    /// The types of event that can be a scanner's.
    pub events: Vec<String>,
    /// The types that they follow at once.
    pub after: Vec<String>,
    /// The field of events by which they belong together.
    pub same: Option<String>,
}

/// When and why sales gave leads back.
#[derive(Clone, Debug)]
pub struct ReturnsDraft {
    /// The fields of dates.
    pub at: Vec<String>,
    /// The field that says why.
    pub reason: Option<String>,
    /// What it was guessed from.
    pub because: String,
}

/// When and why leads were lost.
#[derive(Clone, Debug)]
pub struct LostDraft {
    /// The field of the date.
    pub at: String,
    /// The field that says why.
    pub reason: Option<String>,
}

/// The leads.
#[derive(Clone, Debug, Default)]
pub struct LeadsDraft {
    /// The file.
    pub file: FileDraft,
    /// The id's column.
    pub id: Header,
    /// Why that one.
    pub id_because: String,
    /// The field of when the lead was created.
    pub created: Option<String>,
    /// The field of the ids that the lead had before.
    pub former_ids: Option<String>,
    /// The field of when the row was changed, where several rows have one id.
    pub newest: Option<String>,
    /// Fields that something reads.
    pub fields: Vec<FieldDraft>,
    /// Fields that give things under several spellings one.
    pub mapped: Vec<MappedDraft>,
    /// Columns that nothing reads yet.
    pub others: Vec<FieldDraft>,
    /// How many leads at most are rejects for want of an id of their own.
    pub n_without_id: u64,
    /// Whether that is an estimate.
    pub is_estimate: bool,
    /// How many rows there are.
    pub n_rows: u64,
}

/// A further export.
#[derive(Clone, Debug)]
pub struct TableDraft {
    /// Its name.
    pub name: String,
    /// The file.
    pub file: FileDraft,
    /// The key's column.
    pub key: Header,
    /// The field that holds the key.
    pub by: String,
    /// How it was found.
    pub because: String,
    /// Whether its keys are the values of `by` in Salesforce's other length.
    pub is_salesforce: bool,
    /// Fields that something reads.
    pub fields: Vec<FieldDraft>,
    /// Fields that give things under several spellings one.
    pub mapped: Vec<MappedDraft>,
    /// Columns that nothing reads yet.
    pub others: Vec<FieldDraft>,
}

/// Where the type of events comes from.
#[derive(Clone, Debug)]
pub enum TypesDraft {
    /// A column.
    Column(Header),
    /// Always this one.
    Always(String),
    /// One event for each of these columns: type, column, how its times are read.
    Columns(Vec<(String, Header, ReadingDraft)>),
}

/// A source of events.
#[derive(Clone, Debug)]
pub struct SourceDraft {
    /// Its name.
    pub name: String,
    /// The file.
    pub file: FileDraft,
    /// The columns that name the lead, each with the lead field it is compared with; none for the id.
    pub lead: Vec<(Header, Option<String>)>,
    /// How they were found.
    pub because: String,
    /// Whether its ids are the leads' in Salesforce's other length.
    pub is_salesforce: bool,
    /// Where types come from.
    pub types: TypesDraft,
    /// The column of times with how they are read; none where types come from columns.
    pub time: Option<(Header, ReadingDraft)>,
    /// The column of the event's id.
    pub id: Option<Header>,
    /// Which of its events programs make.
    pub automated: Option<AutomatedDraft>,
    /// Fields that something reads.
    pub fields: Vec<FieldDraft>,
    /// Columns that nothing reads yet.
    pub others: Vec<FieldDraft>,
}

/// A criterion.
#[derive(Clone, Debug)]
pub struct CriterionDraft {
    /// Its id.
    pub id: String,
    /// What it says.
    pub rule: RuleDraft,
    /// What it was made from, or what to look at.
    pub because: String,
}

/// What a criterion says.
#[derive(Clone, Debug)]
pub enum RuleDraft {
    /// A field, or a part of it, is in a list.
    InList {
        /// The field.
        field: String,
        /// The list's name.
        list: &'static str,
        /// What it gives.
        points: i64,
        /// What it gives otherwise.
        otherwise: i64,
    },
    /// A field has a word of a list; the first that fits.
    Words {
        /// The field.
        field: String,
        /// Lists and what they give.
        lists: Vec<(&'static str, i64)>,
    },
    /// A field's number reaches a bound; the first that fits.
    AtLeast {
        /// The field.
        field: String,
        /// Bounds, falling, and what they give.
        tiers: Vec<(i64, i64)>,
        /// Below so much it gives this.
        below: Option<(i64, i64)>,
    },
    /// A field's date is not older than so many days; the first that fits.
    Recent {
        /// The field.
        field: String,
        /// Days, rising, and what they give.
        tiers: Vec<(u32, i64)>,
        /// If it is older than so many days it gives this.
        older: Option<(u32, i64)>,
    },
    /// Values of a field.
    Values {
        /// The field.
        field: String,
        /// Values and what they give.
        values: Vec<(String, i64)>,
    },
    /// A field has a value.
    Present {
        /// The field.
        field: String,
        /// What it gives.
        points: i64,
        /// What it gives otherwise.
        otherwise: i64,
    },
    /// A boolean field is true.
    IsTrue {
        /// The field.
        field: String,
        /// What it gives.
        points: i64,
    },
    /// Each event of a type.
    Event {
        /// The type, as written in the file.
        kind: String,
        /// The source.
        source: String,
        /// Whether other sources have this type, too.
        is_shared: bool,
        /// What each gives.
        points: i64,
        /// What all of them give at most.
        cap: i64,
        /// Whether only one a day counts.
        is_daily: bool,
    },
    /// No event for so many days.
    Idle {
        /// Days.
        days: u32,
        /// What it gives.
        points: i64,
        /// Since when leads without any event count.
        from: Option<String>,
    },
}

/// A stage after the first.
#[derive(Clone, Debug)]
pub struct StageDraft {
    /// Its name.
    pub name: String,
    /// The total from which on a lead is there, where points decide.
    pub total: Option<i64>,
    /// How the CRM recorded it.
    pub entered: Option<EnteredDraft>,
    /// What it was guessed from.
    pub because: String,
}

/// How the CRM recorded that a lead entered a stage.
#[derive(Clone, Debug)]
pub enum EnteredDraft {
    /// A date field.
    Field(String),
    /// An event of this type.
    Event(String),
    /// A field that has one of these values; when, is not known.
    Values(String, Vec<String>),
}
