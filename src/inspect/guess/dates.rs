//! The formats of a column of dates: the families of shapes in it, whether day or month comes first, and the language of names.

use super::shape::{CellShape, shape};
use super::trial::{Aim, Extreme, Trials};
use crate::inspect::sketch::Held;
use crate::value::{CellReader, DateReader, Words, Zone, cell::CellReading};
use std::collections::BTreeMap;

/// More shapes than that are no format.
const MOST_FAMILIES: usize = 8;
/// The languages whose month names are tried after English, in order.
const LANGUAGES: [&str; 20] = [
    "de", "fr", "es", "tr", "pl", "it", "pt", "nl", "ru", "sv", "da", "nb", "fi", "cs", "hu", "ro", "uk", "el", "sk",
    "ar",
];

/// How a column writes its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateGuess {
    /// How its cells are read where the day comes first.
    pub day_first: DateReading,
    /// How its cells are read where the month comes first; the same where that is not in question.
    pub month_first: DateReading,
    /// Which of them the cells show.
    pub order: DateOrder,
    /// Whether, where no cell decides, the month is likelier to come first.
    pub is_month_likelier: bool,
}

/// One way to read a column of dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateReading {
    /// The formats; none for the ISO form.
    pub formats: Vec<String>,
    /// The least and the greatest date.
    pub range: Option<(Extreme, Extreme)>,
}

/// Whether the day or the month comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Not in question: the year first, or the month by name.
    Plain,
    /// A day above 12 shows it.
    DayFirst,
    /// A day above 12 shows it.
    MonthFirst,
    /// No cell decides.
    Ambiguous,
}

impl DateGuess {
    /// How the cells are read: as they show, else as is likelier.
    #[must_use]
    pub fn reading(&self) -> &DateReading {
        if self.is_month_first() { &self.month_first } else { &self.day_first }
    }

    /// The other way to read them, where no cell decides.
    #[must_use]
    pub fn other(&self) -> Option<&DateReading> {
        let other = if self.is_month_first() { &self.day_first } else { &self.month_first };
        (self.order == DateOrder::Ambiguous).then_some(other)
    }

    /// Whether the cells are read with the month first.
    #[must_use]
    pub fn is_month_first(&self) -> bool {
        match self.order {
            DateOrder::Plain | DateOrder::DayFirst => false,
            DateOrder::MonthFirst => true,
            DateOrder::Ambiguous => self.is_month_likelier,
        }
    }

    /// The only way to read a column in which no order is in question.
    fn plain(only: DateReading) -> Self {
        Self { day_first: only.clone(), month_first: only, order: DateOrder::Plain, is_month_likelier: false }
    }

    /// A format that is a name, such as `epoch_ms`.
    pub(super) fn named(name: &str, range: Option<(Extreme, Extreme)>) -> Self {
        Self::plain(DateReading { formats: vec![name.to_owned()], range })
    }
}

impl DateReading {
    fn widen(&mut self, range: Option<(Extreme, Extreme)>) {
        let Some((low, high)) = range else { return };
        self.range = Some(self.range.map_or((low, high), |(least, most)| (least.min(low), most.max(high))));
    }
}

/// What the shapes of a column's values suggest.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    /// The families, the most frequent first.
    pub families: Vec<CellShape>,
    /// Whether the ISO form reads all that has a shape.
    pub is_iso: bool,
    /// How many cells have one of these shapes.
    pub n_cells: u64,
    /// The texts with a month's name, with their counts.
    names: Vec<(String, u64)>,
}

impl Shapes {
    pub(super) fn of(values: &[&Held]) -> Self {
        let iso = DateReader::iso(Zone::utc());
        let mut families: BTreeMap<CellShape, u64> = BTreeMap::new();
        let mut shapes = Self { is_iso: true, ..Self::default() };
        for held in values {
            let Some(found) = shape(&held.text) else { continue };
            // Of a cell that is no date at all, 31 February, nothing follows.
            shapes.is_iso &= iso.read(&held.text).is_some() || !(found.has_name || found.reads(&held.text));
            if found.has_name {
                shapes.names.push((held.text.to_string(), held.count));
            }
            *families.entry(found).or_default() += held.count;
        }
        let mut families: Vec<(CellShape, u64)> = families.into_iter().collect();
        families.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        families.truncate(MOST_FAMILIES);
        shapes.n_cells = families.iter().map(|(_, count)| count).sum();
        shapes.families = families.into_iter().map(|(shape, _)| shape).collect();
        shapes.is_iso &= !shapes.families.is_empty();
        shapes
    }

    /// How many cells with names of months a language reads.
    fn n_read(&self, language: Option<&str>) -> u64 {
        let formats: Vec<&str> = self.families.iter().filter(|f| f.has_name).map(|f| f.day_first.as_str()).collect();
        let Ok(reader) = DateReader::with_formats(&formats, Zone::utc(), language) else { return 0 };
        self.names.iter().filter(|(text, _)| reader.read(text).is_some()).map(|(_, count)| count).sum()
    }

    /// Adds a trial for each way of reading them.
    pub(super) fn try_on(&self, trials: &mut Trials, language: Option<&str>, blank: &Words) {
        let reader = |format: &str| {
            let reader = DateReader::with_formats(&[format], Zone::utc(), language);
            reader.ok().map(|reader| CellReader::new(CellReading::Date(reader), blank.clone()))
        };
        if self.is_iso {
            let iso = CellReading::Date(DateReader::iso(Zone::utc()));
            trials.push(Aim::DayFirst(0), CellReader::new(iso, blank.clone()));
            return;
        }
        for (number, family) in self.families.iter().enumerate() {
            if let Some(reader) = reader(&family.day_first) {
                trials.push(Aim::DayFirst(number), reader);
            }
            if let Some(reader) = family.month_first.as_deref().and_then(reader) {
                trials.push(Aim::MonthFirst(number), reader);
            }
        }
    }
}

/// The language that reads most names of months in a file's columns; none if English does as well.
pub(super) fn language(columns: &[&Shapes]) -> Option<&'static str> {
    let n_read = |language| columns.iter().map(|shapes| shapes.n_read(language)).sum::<u64>();
    if columns.iter().all(|shapes| shapes.names.is_empty()) {
        return None;
    }
    let english = n_read(None);
    let best = LANGUAGES.iter().map(|language| (n_read(Some(language)), *language));
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(n, _)| *n > english).map(|(_, language)| language)
}

/// What the trials of a column's families come to: the guess, and how many cells it reads.
pub(super) fn decide(shapes: &Shapes, trials: &Trials) -> Option<(DateGuess, u64)> {
    let families: Vec<Family<'_>> =
        shapes.families.iter().enumerate().map(|(n, shape)| Family::new(n, shape, trials)).collect();
    let families: Vec<Family<'_>> = families.into_iter().take(if shapes.is_iso { 1 } else { MOST_FAMILIES }).collect();
    let sums = |separator: &str, of: fn(&Family<'_>) -> u64| -> u64 {
        families.iter().filter(|f| f.is_open() && f.shape.separator == separator).map(of).sum()
    };
    let mut guess = DateGuess::plain(DateReading::default());
    let mut n_all = 0;
    for family in &families {
        let separator = &family.shape.separator;
        let (n_day, n_month) = (sums(separator, |f| f.n_day), sums(separator, |f| f.n_month));
        let order = match n_day.cmp(&n_month) {
            _ if !family.is_open() => DateOrder::Plain,
            std::cmp::Ordering::Greater => DateOrder::DayFirst,
            std::cmp::Ordering::Less => DateOrder::MonthFirst,
            std::cmp::Ordering::Equal => DateOrder::Ambiguous,
        };
        let aim =
            if order == DateOrder::MonthFirst { Aim::MonthFirst(family.number) } else { Aim::DayFirst(family.number) };
        let Some(trial) = trials.get(aim).filter(|trial| trial.n_read > 0) else { continue };
        n_all += trial.n_read;
        let month_first = trials.get(Aim::MonthFirst(family.number)).filter(|_| order == DateOrder::Ambiguous);
        guess.day_first.widen(trial.range);
        guess.month_first.widen(month_first.unwrap_or(trial).range);
        guess.add(family.shape, order);
    }
    if shapes.is_iso {
        guess = DateGuess::plain(DateReading { formats: Vec::new(), ..guess.day_first });
    }
    (n_all > 0).then_some((guess, n_all))
}

impl DateGuess {
    fn add(&mut self, shape: &CellShape, order: DateOrder) {
        let other = shape.month_first.as_ref().unwrap_or(&shape.day_first);
        let (day, month) = match order {
            // What cells have decided is no longer in question.
            DateOrder::DayFirst | DateOrder::Plain => (&shape.day_first, &shape.day_first),
            DateOrder::MonthFirst => (other, other),
            DateOrder::Ambiguous => (&shape.day_first, other),
        };
        self.day_first.formats.push(day.clone());
        self.month_first.formats.push(month.clone());
        self.order = match (self.order, order) {
            (DateOrder::Ambiguous, _) | (_, DateOrder::Ambiguous) => DateOrder::Ambiguous,
            (DateOrder::Plain, order) => order,
            (known, _) => known,
        };
    }
}

/// A family of shapes with what its trials came to.
struct Family<'s> {
    number: usize,
    shape: &'s CellShape,
    n_day: u64,
    n_month: u64,
}

impl<'s> Family<'s> {
    fn new(number: usize, shape: &'s CellShape, trials: &Trials) -> Self {
        let (n_day, n_month) = (trials.n_read(Aim::DayFirst(number)), trials.n_read(Aim::MonthFirst(number)));
        Self { number, shape, n_day, n_month }
    }

    /// Whether day or month may come first.
    fn is_open(&self) -> bool {
        self.shape.month_first.is_some()
    }
}
