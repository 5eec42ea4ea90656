//! Reading date cells: the ISO form, or the formats that a rulebook lists for a column, tried in order. A reader
//! is built once and shared by all threads; it keeps nothing between cells.

use super::date_names::DateNames;
use super::date_pattern::Pattern;
use super::decimal::Plain;
use super::duration::DAY_MS;
use super::instant::Instant;
use super::iso;
use super::moment::Moment;
use super::nearest::{did_you_mean, nearest};
use super::number::Decimal;
use super::zone::Zone;
use crate::points::div_round;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// 30 December 1899, day 0 of spreadsheets, in days since 1970.
const EXCEL_DAY_ZERO: i128 = -25_569;
/// Formats that are a name rather than a pattern.
const NAMED: [&str; 3] = ["epoch_s", "epoch_ms", "excel_days"];
/// The decimals of a spreadsheet's day that are read: a hundred-thousandth of a nanosecond.
const EXCEL_PLACES: u32 = 18;

/// Reads the cells of one date column.
#[derive(Clone, Debug)]
pub struct DateReader {
    zone: Zone,
    /// `None`: the ISO form.
    formats: Option<Vec<Format>>,
    decimal: Decimal,
}

#[derive(Clone, Debug)]
enum Format {
    EpochSeconds,
    EpochMilliseconds,
    ExcelDays,
    Pattern(Pattern),
}

/// What is wrong with the formats of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// Which of the formats, from 0; `None` where it is the language.
    pub format: Option<usize>,
    /// The bytes of that format that are meant.
    pub range: Range<usize>,
    /// What is wrong and what to write.
    pub message: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FormatError {}

/// What is wrong with one format.
#[derive(Debug)]
pub(crate) struct FormatFault {
    range: Range<usize>,
    message: String,
}

impl FormatFault {
    pub(crate) fn new(range: Range<usize>, message: String) -> FormatFault {
        FormatFault { range, message }
    }
}

impl DateReader {
    /// Reads the ISO form; the zone is for times without an offset.
    #[must_use]
    pub fn iso(zone: Zone) -> DateReader {
        DateReader { zone, formats: None, decimal: Decimal::Point }
    }

    /// Reads only these formats, tried in order. Names of months and weekdays are English and those of the language.
    ///
    /// # Errors
    /// When there is no format, one is not of the rulebook language, or the language is unknown.
    pub fn with_formats(formats: &[&str], zone: Zone, language: Option<&str>) -> Result<DateReader, FormatError> {
        let refused = |message| FormatError { format: None, range: 0..0, message };
        let names = DateNames::of(language).map_err(|error| refused(error.to_string()))?;
        if formats.is_empty() {
            return Err(refused("the list of formats is empty: leave `format` out to read ISO dates".to_owned()));
        }
        let names = Arc::new(names);
        let compiled = formats.iter().enumerate().map(|(i, format)| {
            let placed =
                |fault: FormatFault| FormatError { format: Some(i), range: fault.range, message: fault.message };
            Format::compile(format, &names).map_err(placed)
        });
        Ok(DateReader { zone, formats: Some(compiled.collect::<Result<_, _>>()?), decimal: Decimal::Point })
    }

    /// Whether it reads the ISO form and nothing else.
    #[must_use]
    pub fn is_iso(&self) -> bool {
        self.formats.is_none()
    }

    /// The same reader for a file that writes decimals so, which `epoch_s`, `epoch_ms` and `excel_days` follow.
    #[must_use]
    pub fn with_decimal(self, decimal: Decimal) -> DateReader {
        DateReader { decimal, ..self }
    }

    /// The instant that a trimmed cell names, a bare date's first; `None` for anything else, and outside of
    /// the years 0000–9999.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Instant> {
        self.read_moment(text).map(|moment| moment.at)
    }

    /// The same, and whether the cell is a bare date: one that says no hour.
    #[must_use]
    pub fn read_moment(&self, text: &str) -> Option<Moment> {
        match &self.formats {
            None => {
                let stamp = iso::scan(text.as_bytes())?;
                Some(Moment { at: stamp.instant(&self.zone)?, is_bare: stamp.ms_of_day.is_none() })
            }
            Some(formats) => formats.iter().find_map(|format| format.read(text, self)),
        }
    }
}

impl Format {
    fn compile(format: &str, names: &Arc<DateNames>) -> Result<Format, FormatFault> {
        match format.trim() {
            "epoch_s" => Ok(Format::EpochSeconds),
            "epoch_ms" => Ok(Format::EpochMilliseconds),
            "excel_days" => Ok(Format::ExcelDays),
            _ if !format.contains('%') => Err(unnamed(format)),
            trimmed => {
                let skipped = format.len() - format.trim_start().len();
                let shifted = |fault: FormatFault| FormatFault {
                    range: fault.range.start + skipped..fault.range.end + skipped,
                    message: fault.message,
                };
                Pattern::compile(trimmed, names).map(Format::Pattern).map_err(shifted)
            }
        }
    }

    fn read(&self, text: &str, reader: &DateReader) -> Option<Moment> {
        let plain = || Plain::scan(text, reader.decimal.mark());
        let timed = |at| Moment { at, is_bare: false };
        match self {
            Format::Pattern(pattern) => {
                pattern.read(text, &reader.zone).map(|at| Moment { at, is_bare: !pattern.has_hour() })
            }
            Format::EpochSeconds => Instant::readable(plain()?.floored(3)).map(timed),
            Format::EpochMilliseconds => Instant::readable(plain()?.floored(0)).map(timed),
            Format::ExcelDays => {
                let days = plain()?;
                let is_bare = days.fraction.bytes().all(|digit| digit == b'0');
                excel_instant(&days, &reader.zone).map(|at| Moment { at, is_bare })
            }
        }
    }
}

/// Days and fractions of a day on the wall clock, to the nearest millisecond.
fn excel_instant(plain: &Plain<'_>, zone: &Zone) -> Option<Instant> {
    // The whole days go apart, so that the fraction's product stays small.
    let fraction = Plain { whole: 0, ..*plain }.rounded(EXCEL_PLACES);
    let day_ms = i128::from(DAY_MS);
    let whole = if plain.negative { -plain.whole } else { plain.whole };
    let ms = (EXCEL_DAY_ZERO + whole) * day_ms + div_round(fraction * day_ms, 10_i128.pow(EXCEL_PLACES));
    let instant = zone.instant(i64::try_from(ms).ok()?);
    Instant::readable(i128::from(instant.ms()))
}

fn unnamed(format: &str) -> FormatFault {
    let question = did_you_mean(&nearest(format, NAMED));
    let message = format!(
        "`{format}` is not a format{question}: write {}, {}, {} or a pattern such as %d.%m.%Y %H:%M",
        NAMED[0], NAMED[1], NAMED[2]
    );
    FormatFault::new(0..format.len(), message)
}

#[cfg(test)]
mod tests;
