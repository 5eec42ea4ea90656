//! A file that takes part in a draft: its profile, and what each of its columns probably is.
//!
//! Headers suggest and cells decide: a column called *Email* in which no cell is an address is none.

use super::meanings::meanings;
use super::model::{FieldDraft, FileDraft};
use super::name::slug;
use crate::input::{Delimiter, LayoutDoubt, Provenance};
use crate::inspect::{ColumnProfile, Extreme, FileProfile, Guess};
use crate::preset::{ColumnRole, PresetColumn, Purpose, Recognition, recognise};
use crate::rulebook::Header;
use crate::value::{Instant, Number, SkipLast, Type};

/// A file of a draft.
#[derive(Clone, Debug)]
pub struct Export {
    /// What the rulebook calls it.
    pub name: String,
    /// Its path as the rulebook names it.
    pub path: String,
    /// What is in it.
    pub profile: FileProfile,
    /// The flavour of export that it was recognised as.
    pub recognition: Option<Recognition>,
    /// Another flavour that its headers fit nearly as well, of another product, which reads some column otherwise.
    pub rival: Option<Recognition>,
    /// What each column probably is.
    pub meanings: Vec<Option<Meaning>>,
}

/// What a column probably is.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// Its role.
    pub role: ColumnRole,
    /// The name of the field.
    pub field: String,
    /// What it was guessed from.
    pub because: String,
}

impl Export {
    /// A file with its columns' meanings. `purpose` is what the file is used as; `asked` are presets asked for by name.
    #[must_use]
    pub fn new(
        name: String,
        path: String,
        profile: FileProfile,
        purpose: Purpose,
        asked: &[&'static crate::preset::Preset],
    ) -> Self {
        let headers: Vec<String> = profile.columns.iter().map(|column| column.name.clone()).collect();
        let of_purpose = |recognition: &Recognition| recognition.preset.what == purpose;
        let named = asked.iter().map(|preset| Recognition::of(preset, &headers));
        let named = named.filter(|found| of_purpose(found) && found.n_known > 0).max_by_key(|found| found.n_known);
        let is_named = named.is_some();
        let mut fitting = recognise(&headers).into_iter().filter(of_purpose);
        let recognition = named.or_else(|| fitting.next());
        let is_rival = |other: &Recognition| recognition.as_ref().is_some_and(|found| found.is_rivalled_by(other));
        let rival = fitting.find(is_rival).filter(|_| !is_named);
        let meanings = meanings(&profile, &headers, recognition.as_ref(), purpose);
        Self { name, path, profile, recognition, rival, meanings }
    }

    /// The columns of this role, in order.
    pub(super) fn with_role<'e>(&'e self, is: impl Fn(&ColumnRole) -> bool + 'e) -> impl Iterator<Item = usize> + 'e {
        let has = move |meaning: &Option<Meaning>| meaning.as_ref().is_some_and(|meaning| is(&meaning.role));
        self.meanings.iter().enumerate().filter(move |(_, meaning)| has(meaning)).map(|(at, _)| at)
    }

    /// The columns that a rulebook can name: those with a header.
    pub(super) fn usable(&self) -> impl Iterator<Item = usize> {
        let columns = self.profile.columns.iter().enumerate();
        columns.filter(|(_, column)| !column.is_unusable).map(|(at, _)| at)
    }

    /// The column at a place.
    pub(super) fn column(&self, at: usize) -> &ColumnProfile {
        &self.profile.columns[at]
    }

    /// How a rulebook names the column at a place.
    pub(super) fn header(&self, at: usize) -> Header {
        let column = self.column(at);
        Header { name: column.name.clone(), nth: column.nth }
    }

    /// The field that a column would be, by the name of its meaning or its header.
    pub(super) fn field(&self, at: usize) -> FieldDraft {
        let column = self.column(at);
        let (name, because) = match &self.meanings[at] {
            Some(meaning) => (meaning.field.clone(), meaning.because.clone()),
            None => (slug(&column.name, '_', &format!("column_{}", at + 1)), String::new()),
        };
        let reading = self.reading(at);
        let because = [because.as_str(), reading.because.as_str()].into_iter().filter(|part| !part.is_empty());
        let because = because.collect::<Vec<_>>().join("; ");
        FieldDraft { name, column: self.header(at), reading, because }
    }

    /// The newest date of a column, as the draft reads it.
    #[must_use]
    pub fn newest(&self, at: usize) -> Option<Instant> {
        let Some((_, Extreme::Instant(newest))) = self.column(at).range() else { return None };
        Some(newest)
    }

    /// How the file is read.
    pub(super) fn file(&self) -> FileDraft {
        let profile = &self.profile;
        let mut blank: Vec<String> = Vec::new();
        for word in profile.columns.iter().flat_map(|column| &column.blank) {
            if !blank.iter().any(|known| crate::value::fold(known) == crate::value::fold(word)) {
                blank.push(word.clone());
            }
        }
        let origin = profile.assumed.encoding_origin;
        let name = profile.assumed.encoding.split(' ').next().unwrap_or("UTF-8");
        // UTF-8 shows itself in any file; what was recognised by a few letters may not be next time.
        let is_pinned = origin == Provenance::Named || (origin == Provenance::Recognised && name != "UTF-8");
        let or_delimiter = match profile.assumed.layout_doubt {
            Some(LayoutDoubt::Delimiter { other, .. }) => Some(other),
            _ => None,
        };
        FileDraft {
            path: self.path.clone(),
            shown: profile.path.display().to_string(),
            encoding: is_pinned.then_some(name),
            encoding_doubt: profile.assumed.encoding_doubt.clone(),
            is_encoding_named: origin == Provenance::Named,
            delimiter: (profile.assumed.layout_doubt.is_some()
                || profile.assumed.delimiter_origin == Provenance::Named)
                .then_some(Delimiter(profile.assumed.delimiter)),
            has_decimal_comma: profile.has_decimal_comma,
            language: profile.language,
            or_delimiter,
            skip_first: profile.is_header_pinned.then_some(profile.assumed.skip_first),
            skip_last: if profile.is_footer_pinned { SkipLast::Lines(profile.below().n_lines) } else { SkipLast::Auto },
            above: profile.above().clone(),
            below: profile.below().clone(),
            blank,
            because: self.in_words(),
        }
    }

    /// What the file is, in words.
    fn in_words(&self) -> String {
        let known =
            self.recognition.as_ref().map(|found| format!("{} {}, ", found.preset.product, found.preset.export));
        let n_rows = self.profile.rows.n_usable;
        let plural = if n_rows == 1 { "" } else { "s" };
        format!("{}{n_rows} row{plural}", known.unwrap_or_default())
    }
}

impl Meaning {
    pub(super) fn of_preset(column: &'static PresetColumn, product: &str) -> Self {
        Self { role: column.role.clone(), field: column.field.clone(), because: format!("a column of {product}") }
    }

    pub(super) fn of_header(role: ColumnRole, header: &str) -> Self {
        let field = match &role {
            ColumnRole::Other | ColumnRole::EventField(_) => slug(header, '_', "column"),
            role => role.field_name(),
        };
        Self { role, field, because: "by its header".to_owned() }
    }
}

/// More different numbers than that are no states.
const MOST_STATES: u64 = 30;

fn is_below_zero(column: &ColumnProfile) -> bool {
    matches!(column.number_range, Some((Extreme::Number(low), _)) if low < Number::from_micros(0))
}

/// Whether the cells of a column can be what its header says.
pub(super) fn fits(role: &ColumnRole, column: &ColumnProfile, n_rows: u64) -> bool {
    let is_empty = column.guess == Guess::Empty;
    let is_date = is_empty || matches!(column.guess, Guess::Date(_));
    match role {
        ColumnRole::Email | ColumnRole::OtherEmails => column.guess == Guess::Email || (is_empty && n_rows > 0),
        ColumnRole::Id | ColumnRole::FormerIds | ColumnRole::AccountId => {
            !matches!(column.guess, Guess::Date(_) | Guess::Boolean { .. })
        }
        ColumnRole::Revenue | ColumnRole::Amount => !is_date || is_empty,
        // Below zero are changes of a number, not a number of things.
        ColumnRole::Employees | ColumnRole::Count(_) => (!is_date || is_empty) && !is_below_zero(column),
        ColumnRole::Phone | ColumnRole::Mobile => {
            !matches!(column.guess, Guess::Date(_) | Guess::Boolean { .. } | Guess::Email)
        }
        role if role.usual_type() == Type::Date => is_date,
        ColumnRole::JobTitle
        | ColumnRole::Company
        | ColumnRole::FullName
        | ColumnRole::FirstName
        | ColumnRole::LastName => {
            is_empty || matches!(column.guess, Guess::Text | Guess::Set { .. } | Guess::Boolean { .. })
        }
        // Some CRMs number them.
        ColumnRole::Status | ColumnRole::Stage if matches!(column.guess, Guess::Number { .. }) => {
            column.sketch.is_whole() && column.sketch.n_distinct() <= MOST_STATES
        }
        ColumnRole::LostReason
        | ColumnRole::ReturnReason
        | ColumnRole::Status
        | ColumnRole::Stage
        | ColumnRole::Source
        | ColumnRole::Industry
        | ColumnRole::Country => is_empty || matches!(column.guess, Guess::Text | Guess::Boolean { .. }),
        _ => true,
    }
}

impl Meaning {
    /// The role in words, for somebody who looks into a file.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.role {
            ColumnRole::Id => "id".to_owned(),
            ColumnRole::Email => "e-mail".to_owned(),
            ColumnRole::StageDate(stage) => format!("stage date: {stage}"),
            ColumnRole::EventAt(kind) => format!("event time: {kind}"),
            ColumnRole::Count(event) => format!("count: {event}"),
            ColumnRole::LastSeen(event) => format!("last: {event}"),
            ColumnRole::EventField(name) => format!("event field: {name}"),
            ColumnRole::EventLead => "lead of the event".to_owned(),
            ColumnRole::EventType => "event type".to_owned(),
            ColumnRole::EventTime => "event time".to_owned(),
            ColumnRole::EventId => "event id".to_owned(),
            ColumnRole::Other => String::new(),
            role => role.field_name().replace('_', " "),
        }
    }
}
