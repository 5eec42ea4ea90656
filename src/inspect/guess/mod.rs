//! What the cells of a column are: suspected from the values that are held, then tried on all cells, then decided.
//!
//! A guess says what most cells are; how many it does not fit is counted. What a column means is not known here.

mod dates;
mod sets;
mod shape;
mod trial;
mod words;

use super::sketch::{Held, Sketch};
use crate::value::number::Decimal;
use crate::value::{CellReader, Instant, Number, Words, Zone, cell::CellReading};
use dates::Shapes;
use trial::Aim;

pub(crate) use dates::DateGuess;
pub use dates::DateOrder;
pub(crate) use trial::Extreme;
pub(super) use trial::Trials;

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guess {
    /// No cell has a value.
    Empty,
    /// Numbers; whether `.` or `,` is their decimal mark, and whether a cell shows it.
    Number {
        /// The decimal mark.
        decimal: Decimal,
        /// Whether a cell decides.
        is_sure: bool,
    },
    /// Two words or one, for yes and for no, as written.
    Boolean {
        /// Words for yes.
        yes: Vec<String>,
        /// Words for no.
        no: Vec<String>,
    },
    /// Dates or instants.
    Date(DateGuess),
    /// E-mail addresses.
    Email,
    /// Web addresses or paths.
    Url,
    /// Several values in one cell.
    Set {
        /// What stands between them.
        separator: String,
    },
    /// Anything else.
    Text,
}

/// A guess with what it comes to.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub guess: Guess,
    /// How many cells with a value it does not fit.
    pub n_unfit: u64,
    /// The least and the greatest number.
    pub number_range: Option<(Extreme, Extreme)>,
}

/// What is suspected of a column before its cells are tried.
pub(super) struct Suspicion {
    shapes: Shapes,
    /// The texts for an empty cell that were seen, as written.
    pub blank: Vec<String>,
    yes_and_no: Option<words::YesNo>,
    separator: Option<&'static str>,
    is_about_time: bool,
    /// In hundredths of the cells held: those that look like web addresses, that have a leading zero.
    urls: u64,
    has_leading_zeros: bool,
    /// In hundredths.
    numbers: u64,
    emails: u64,
    dates: u64,
}

impl Suspicion {
    pub(super) fn of(header: &str, sketch: &Sketch) -> Self {
        let values = sketch.values();
        let (blank, values): (Vec<&Held>, Vec<&Held>) =
            values.into_iter().partition(|held| words::is_blank(&held.text));
        let n_all: u64 = values.iter().map(|held| held.count).sum();
        let share = |is: &dyn Fn(&str) -> bool| {
            let n: u64 = values.iter().filter(|held| is(&held.text)).map(|held| held.count).sum();
            (n * 100).checked_div(n_all).unwrap_or(0)
        };
        let shapes = Shapes::of(&values);
        let yes_and_no = || words::yes_and_no(&values).or_else(|| words::ones_and_zeros(header, &values));
        let is_number = |text: &str| {
            [Decimal::Point, Decimal::Comma].iter().any(|decimal| Number::parse_cell(text, *decimal).is_some())
        };
        Self {
            dates: (shapes.n_cells * 100).checked_div(n_all).unwrap_or(0),
            shapes,
            yes_and_no: (sketch.is_whole() && !values.is_empty()).then(yes_and_no).flatten(),
            separator: sets::separator(&values),
            is_about_time: words::is_about_time(header),
            urls: share(&is_url),
            has_leading_zeros: share(&has_leading_zero) > 0,
            numbers: share(&is_number),
            emails: share(&crate::value::email::is_email),
            blank: blank.iter().map(|held| held.text.to_string()).collect(),
        }
    }

    /// The readers to try on all cells.
    pub(super) fn trials(&self, language: Option<&str>) -> Trials {
        let blank = Words::new(&self.blank);
        let mut trials = Trials::new(blank.clone());
        if self.emails >= 30 {
            trials.push(Aim::Email, CellReader::new(CellReading::Email, blank.clone()));
        }
        if self.dates >= 50 {
            self.shapes.try_on(&mut trials, language, &blank);
        }
        if self.numbers >= 50 && !self.has_leading_zeros {
            for (aim, decimal) in [(Aim::PointNumber, Decimal::Point), (Aim::CommaNumber, Decimal::Comma)] {
                trials.push(aim, CellReader::new(CellReading::Number { decimal, currency: None }, blank.clone()));
            }
        }
        if self.numbers >= 90 && (self.is_about_time || self.dates == 0) {
            for name in ["epoch_s", "epoch_ms", "excel_days", "%Y%m%d"] {
                let reader = crate::value::DateReader::with_formats(&[name], Zone::utc(), None);
                if let Ok(reader) = reader {
                    trials.push(Aim::Named(name), CellReader::new(CellReading::Date(reader), blank.clone()));
                }
            }
        }
        trials
    }

    /// What the column is, now that the trials have seen all of its cells, of which `n_filled` are filled.
    pub(super) fn decide(&self, trials: &Trials, n_filled: u64) -> Decided {
        let n_values = n_filled.saturating_sub(trials.n_blank);
        let plain = |guess| Decided { guess, n_unfit: 0, number_range: None };
        if n_values == 0 {
            return plain(Guess::Empty);
        }
        if let Some(found) = &self.yes_and_no {
            let guess = Guess::Boolean { yes: found.yes.clone(), no: found.no.clone() };
            return Decided { guess, n_unfit: found.n_others, number_range: None };
        }
        let n_emails = trials.n_read(Aim::Email);
        if n_emails * 2 >= n_values {
            return Decided { guess: Guess::Email, n_unfit: n_values - n_emails, number_range: None };
        }
        let number = number(trials, n_values);
        let date = self.named_date(trials, n_values).or_else(|| self.date(trials, n_values));
        match (date, number) {
            (Some(date), Some(number)) if number.n_unfit < date.n_unfit => number,
            (Some(date), _) => date,
            (None, Some(number)) => number,
            (None, None) if self.urls >= 80 => plain(Guess::Url),
            (None, None) => plain(match self.separator {
                Some(separator) => Guess::Set { separator: separator.to_owned() },
                None => Guess::Text,
            }),
        }
    }

    fn date(&self, trials: &Trials, n_values: u64) -> Option<Decided> {
        let (guess, n_read) = dates::decide(&self.shapes, trials)?;
        let n_read = n_read.min(n_values);
        let decided = || Decided { guess: Guess::Date(guess), n_unfit: n_values - n_read, number_range: None };
        (n_read * 10 >= n_values * 6).then(decided)
    }

    /// Numbers that are times: only where nearly all lie in our time, and, where they might be counts or phone numbers, the
    /// header speaks of time.
    fn named_date(&self, trials: &Trials, n_values: u64) -> Option<Decided> {
        let year = |year: i64| Instant::from_ms((year - 1970) * 31_556_952_000);
        let names =
            [("epoch_ms", 1995, 2060), ("epoch_s", 1995, 2060), ("excel_days", 1990, 2060), ("%Y%m%d", 1900, 2100)];
        names.into_iter().find_map(|(name, first, last)| {
            let trial = trials.get(Aim::Named(name))?;
            let Some((Extreme::Instant(low), Extreme::Instant(high))) = trial.range else { return None };
            let is_likely = self.is_about_time || (name == "epoch_ms" && n_values >= 3);
            let is_ours = low >= year(first) && high <= year(last) && trial.n_read * 20 >= n_values * 19;
            (is_likely && is_ours).then(|| Decided {
                guess: Guess::Date(DateGuess::named(name, trial.range)),
                n_unfit: n_values - trial.n_read,
                number_range: None,
            })
        })
    }
}

fn number(trials: &Trials, n_values: u64) -> Option<Decided> {
    let (n_point, n_comma) = (trials.n_read(Aim::PointNumber), trials.n_read(Aim::CommaNumber));
    let (aim, decimal) =
        if n_comma > n_point { (Aim::CommaNumber, Decimal::Comma) } else { (Aim::PointNumber, Decimal::Point) };
    let trial = trials.get(aim)?;
    let guess = Guess::Number { decimal, is_sure: n_point != n_comma };
    let decided = || Decided { guess, n_unfit: n_values - trial.n_read, number_range: trial.range };
    (trial.n_read * 10 >= n_values * 8).then(decided)
}

/// The range that a column's numbers have under a decimal mark.
pub(super) fn number_range(trials: &Trials, decimal: Decimal) -> Option<(Extreme, Extreme)> {
    let aim = if decimal == Decimal::Comma { Aim::CommaNumber } else { Aim::PointNumber };
    trials.get(aim)?.range
}

/// The language of the names of months in a file.
pub(super) fn language(columns: &[Suspicion]) -> Option<&'static str> {
    let shapes: Vec<&Shapes> = columns.iter().map(|suspicion| &suspicion.shapes).collect();
    dates::language(&shapes)
}

fn is_url(text: &str) -> bool {
    let has_scheme = text.split_once("://").is_some_and(|(scheme, rest)| {
        !rest.is_empty() && !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric())
    });
    let is_path = text.starts_with('/') && !text.contains(char::is_whitespace);
    has_scheme || text.starts_with("www.") || is_path
}

/// `00123` is a code, not a number.
fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
