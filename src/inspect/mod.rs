//! Looks into a file that nobody has described yet: how it is written, where its table begins and ends, what its columns hold.
//!
//! Reads all of it, in blocks and in parallel; what it says is the same for any number of threads and any block size. It knows
//! nothing of leads, events or rulebooks.

mod gather;
mod guess;
mod measure;
mod profile;
mod sketch;

pub(crate) use gather::Rows;
pub(crate) use guess::Extreme;
pub use guess::{DateOrder, Guess};
pub(crate) use profile::ColumnProfile;
pub use profile::{FileProfile, TableSide};
pub(crate) use sketch::{Held, MOST_HELD, Sketch};

use crate::input::{CsvFile, InputError, Reading};
use crate::value::SkipLast;
use crate::value::number::Decimal;
use encoding_rs::Encoding;
use gather::Gathered;
use guess::{Decided, Suspicion, Trials};
use std::cmp::Ordering;
use std::path::Path;

/// What is known of a file beforehand, and how to read it.
#[derive(Clone, Copy, Debug)]
pub struct Looking {
    /// Its encoding, where it is known.
    pub encoding: Option<&'static Encoding>,
    /// Its delimiter, where it is known.
    pub delimiter: Option<u8>,
    /// How many lines stand above its header, where that is known.
    pub skip_first: Option<usize>,
    /// How many lines stand below its data, where that is known.
    pub skip_last: Option<usize>,
    /// How many threads read it.
    pub threads: usize,
    /// About how many bytes a thread reads at once. It changes no result.
    pub block_bytes: usize,
}

/// Looks into a file.
///
/// # Errors
/// When it can't be read as CSV.
pub fn inspect(path: &Path, looking: &Looking) -> Result<FileProfile, InputError> {
    let reading = Reading {
        encoding: looking.encoding,
        delimiter: looking.delimiter,
        skip_first: looking.skip_first,
        takes_likelier: true,
        skip_last: looking.skip_last.map_or(SkipLast::Auto, SkipLast::Lines),
        block_bytes: looking.block_bytes,
        ..Reading::default()
    };
    let file = CsvFile::open(path, &reading)?;
    if file.assumed().is_stream {
        let why = "this is not a regular file, but leadscore has to read it more than once; save it to a file first";
        return Err(InputError::Refused { path: path.to_owned(), line: None, why: why.to_owned() });
    }
    let (names, header_line) = (file.header().to_vec(), file.header_line());
    let (gathered, assumed) = gather::gather(file, looking.threads)?;
    let suspicions: Vec<Suspicion> =
        names.iter().zip(&gathered.columns).map(|(name, column)| Suspicion::of(name, &column.sketch)).collect();
    let language = guess::language(&suspicions);
    let mut trials: Vec<Trials> = suspicions.iter().map(|suspicion| suspicion.trials(language)).collect();
    measure::measure(path, &reading, looking.threads, &gathered, &mut trials)?;
    let mut profile = FileProfile {
        path: path.to_owned(),
        assumed,
        header_line,
        is_header_pinned: looking.skip_first.is_some(),
        is_footer_pinned: looking.skip_last.is_some(),
        rows: gathered.rows,
        first_ragged: gathered.first_ragged,
        language,
        has_decimal_comma: false,
        columns: columns(&names, gathered, &suspicions, &trials),
    };
    settle_decimals(&mut profile, &trials);
    settle_dates(&mut profile);
    Ok(profile)
}

fn columns(names: &[String], gathered: Gathered, suspicions: &[Suspicion], trials: &[Trials]) -> Vec<ColumnProfile> {
    let n_like = |name: &String| names.iter().filter(|other| *other == name).count();
    let nth = |at: usize| names[..=at].iter().filter(|other| **other == names[at]).count();
    let mut columns = Vec::new();
    for ((at, gathering), (suspicion, trials)) in
        gathered.columns.into_iter().enumerate().zip(suspicions.iter().zip(trials))
    {
        let name = &names[at];
        let Decided { guess, n_unfit, number_range } = suspicion.decide(trials, gathering.n_filled);
        columns.push(ColumnProfile {
            name: name.clone(),
            nth: (!name.is_empty() && n_like(name) > 1).then(|| nth(at)),
            is_unusable: name.is_empty(),
            n_filled: gathering.n_filled,
            n_blank: trials.n_blank,
            blank: suspicion.blank.clone(),
            guess,
            n_unfit,
            number_range,
            sketch: gathering.sketch,
        });
    }
    columns
}

/// Numbers whose decimal mark no cell shows follow those of the same file that show it.
fn settle_decimals(profile: &mut FileProfile, trials: &[Trials]) {
    let shows = |wanted: Decimal| {
        profile
            .columns
            .iter()
            .any(|column| matches!(column.guess, Guess::Number { decimal, is_sure: true } if decimal == wanted))
    };
    profile.has_decimal_comma = shows(Decimal::Comma) && !shows(Decimal::Point);
    if !profile.has_decimal_comma {
        return;
    }
    for (column, trials) in profile.columns.iter_mut().zip(trials) {
        if let Guess::Number { decimal, is_sure: false } = &mut column.guess {
            *decimal = Decimal::Comma;
            column.number_range = guess::number_range(trials, Decimal::Comma);
        }
    }
}

/// In dates of which no cell decides whether the day or the month comes first, it is likelier to be as in the other dates of the
/// file; where there are none, as the language of its headers has it, and only with slashes, since dots and dashes go with the day.
fn settle_dates(profile: &mut FileProfile) {
    let n_with = |wanted: DateOrder| {
        let has = |column: &&ColumnProfile| matches!(&column.guess, Guess::Date(date) if date.order == wanted);
        profile.columns.iter().filter(has).count()
    };
    let others = n_with(DateOrder::MonthFirst).cmp(&n_with(DateOrder::DayFirst));
    let headers: Vec<String> = profile.columns.iter().map(|column| column.name.clone()).collect();
    let is_english = crate::preset::language_of(&headers).is_none_or(|language| language == "en");
    for column in &mut profile.columns {
        let Guess::Date(date) = &mut column.guess else { continue };
        let has_slashes = || date.day_first.formats.iter().any(|format| format.contains('/'));
        date.is_month_likelier = match others {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => is_english && has_slashes(),
        };
    }
}
