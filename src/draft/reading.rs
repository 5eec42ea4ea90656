//! How the cells of a column are read: its type, with what that type has to be told. The guess of `inspect` goes by what a cell
//! looks like by itself; a range, a phone number, an amount is one only in a column that is about such things.

use super::export::Export;
use super::model::ReadingDraft;
use super::{money, phones};
use crate::inspect::{ColumnProfile, Guess, Held};
use crate::preset::{ColumnRole, language_of};
use crate::value::number::Decimal;
use crate::value::{Range, Type, email, fold};

/// What may stand between several addresses or ids in a cell.
const BETWEEN: [&str; 4] = [";", ",", "|", " "];

impl Export {
    /// How the cells of a column are read.
    pub(super) fn reading(&self, at: usize) -> ReadingDraft {
        let column = self.column(at);
        let role = self.meanings[at].as_ref().map(|meaning| &meaning.role);
        match role {
            Some(ColumnRole::Phone | ColumnRole::Mobile) => return phones::reading(self, at),
            Some(ColumnRole::OtherEmails) => return in_parts(addresses(column)),
            Some(ColumnRole::FormerIds) => return in_parts(ids(column)),
            Some(ColumnRole::Employees | ColumnRole::Revenue) => {
                if let Some(because) = ranges(column, self.has_comma(at)) {
                    return ReadingDraft { because, ..self.number(at, Type::Range) };
                }
            }
            _ => {}
        }
        match &column.guess {
            Guess::Number { .. } if !is_text_anyway(role) => money::of(self, at, self.number(at, Type::Number)),
            Guess::Boolean { yes, no } if !is_text_anyway(role) => boolean(yes, no),
            Guess::Date(_) => self.date(at),
            Guess::Email => addresses(column),
            Guess::Url => ReadingDraft { kind: Type::Url, ..ReadingDraft::default() },
            Guess::Set { separator } => {
                let found = addresses(column);
                if found.split.is_some() {
                    return found;
                }
                ReadingDraft { split: Some(separator.clone()), ..ReadingDraft::default() }
            }
            Guess::Empty => {
                ReadingDraft { kind: role.map_or(Type::Text, ColumnRole::usual_type), ..ReadingDraft::default() }
            }
            _ => ReadingDraft::default(),
        }
    }

    /// Whether the numbers of a column have a decimal comma.
    pub(super) fn has_comma(&self, at: usize) -> bool {
        match &self.column(at).guess {
            Guess::Number { decimal, .. } => *decimal == Decimal::Comma,
            _ => self.profile.has_decimal_comma,
        }
    }

    fn number(&self, at: usize, kind: Type) -> ReadingDraft {
        let is_comma = self.has_comma(at);
        let mark = if is_comma { "comma" } else { "point" };
        let decimal = (is_comma != self.profile.has_decimal_comma).then_some(mark);
        ReadingDraft { kind, decimal, ..ReadingDraft::default() }
    }

    fn date(&self, at: usize) -> ReadingDraft {
        let mut reading = ReadingDraft { kind: Type::Date, ..ReadingDraft::default() };
        if let Guess::Date(date) = &self.column(at).guess {
            reading.formats.clone_from(&date.reading().formats);
            reading.or_formats = date.other().map(|other| other.formats.clone()).unwrap_or_default();
        }
        reading
    }

    /// The language that its headers are written in.
    pub(super) fn language(&self) -> Option<&'static str> {
        let headers: Vec<String> = self.profile.columns.iter().map(|column| column.name.clone()).collect();
        language_of(&headers)
    }
}

/// What names something is compared as it stands, whatever it looks like.
fn is_text_anyway(role: Option<&ColumnRole>) -> bool {
    matches!(
        role,
        Some(
            ColumnRole::Id
                | ColumnRole::AccountId
                | ColumnRole::Status
                | ColumnRole::Stage
                | ColumnRole::EventLead
                | ColumnRole::EventId
        )
    )
}

/// The values of a column that are held, without those that stand for an empty cell.
pub(super) fn held(column: &ColumnProfile) -> Vec<&Held> {
    let mut values = column.sketch.values();
    values.retain(|held| !column.blank.iter().any(|blank| *blank == *held.text));
    values
}

fn boolean(yes: &[String], no: &[String]) -> ReadingDraft {
    let mut reading = ReadingDraft { kind: Type::Boolean, ..ReadingDraft::default() };
    let is_usual = |words: &[String], usual: &[&str]| words.iter().all(|word| usual.contains(&&*fold(word)));
    if !is_usual(yes, &["true", "yes", "y"]) || !is_usual(no, &["false", "no", "n"]) {
        (reading.yes, reading.no) = (yes.to_vec(), no.to_vec());
    }
    reading
}

/// Sizes from one number to another, `51-200`, `10,000+`: one such cell at least, and hardly one that is neither that nor a
/// number. Says what it saw.
fn ranges(column: &ColumnProfile, has_comma: bool) -> Option<String> {
    let decimal = if has_comma { Decimal::Comma } else { Decimal::Point };
    let values = held(column);
    let read = |held: &&&Held| Range::parse(&held.text, decimal);
    let n_all: u64 = values.iter().map(|held| held.count).sum();
    let n_read: u64 = values.iter().filter(|held| read(held).is_some()).map(|held| held.count).sum();
    let is_range = |held: &&&Held| read(held).is_some_and(|range| range.high() != Some(range.low()));
    let first = values.iter().find(is_range)?;
    (n_read * 10 >= n_all * 9).then(|| format!("ranges such as {}; rules compare the low end", first.text))
}

/// Of what there can be several, though no cell shows it yet: as most products write it.
fn in_parts(reading: ReadingDraft) -> ReadingDraft {
    ReadingDraft { split: reading.split.or_else(|| Some(BETWEEN[0].to_owned())), ..reading }
}

/// Ids, one in a cell or several.
fn ids(column: &ColumnProfile) -> ReadingDraft {
    let values = held(column);
    let between = BETWEEN.into_iter().find(|between| values.iter().any(|held| held.text.contains(between)));
    ReadingDraft { split: between.map(str::to_owned), ..ReadingDraft::default() }
}

/// Addresses, one in a cell or several.
fn addresses(column: &ColumnProfile) -> ReadingDraft {
    let values = held(column);
    let parts = |text: &str, between: &str| -> Option<usize> {
        let parts: Vec<&str> = text.split(between).map(str::trim).filter(|part| !part.is_empty()).collect();
        let is_one = |part: &&str| email::is_email(part) && part.matches('@').count() == 1;
        parts.iter().all(is_one).then_some(parts.len())
    };
    let several = BETWEEN.into_iter().find(|between| {
        let n_parts: Vec<usize> = values.iter().filter_map(|held| parts(&held.text, between)).collect();
        let n_several = n_parts.iter().filter(|n| **n > 1).count();
        n_several > 0 && n_parts.len() * 10 >= values.len() * 8
    });
    match several {
        Some(between) => ReadingDraft {
            kind: Type::Email,
            split: Some(between.to_owned()),
            because: "some cells hold several addresses".to_owned(),
            ..ReadingDraft::default()
        },
        None => ReadingDraft { kind: Type::Email, ..ReadingDraft::default() },
    }
}
