//! How many cells of a column a reader can read, and the least and the greatest of them.
//!
//! Sums and extremes only: cells may come in any order, and once each or many at a time.

use crate::value::duration::DAY_MS;
use crate::value::{CellReader, Instant, Number, Value, Words};
use serde::{Serialize, Serializer};

/// What a reader is tried for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inspect) enum Aim {
    /// Numbers, `1,234.5`.
    PointNumber,
    /// Numbers, `1.234,5`.
    CommaNumber,
    /// Dates in the only format, or with the day first, of a family of formats by its number.
    DayFirst(usize),
    /// The same with the month first.
    MonthFirst(usize),
    /// Dates in a format that is a name.
    Named(&'static str),
    /// E-mail addresses.
    Email,
}

/// A value that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extreme {
    /// A number.
    Number(Number),
    /// A date or an instant.
    Instant(Instant),
}

impl std::fmt::Display for Extreme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Instant(instant) if instant.ms() % DAY_MS == 0 => f.write_str(&instant.wall().date()),
            Self::Instant(instant) => instant.fmt(f),
        }
    }
}

impl Serialize for Extreme {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One reader, tried.
#[derive(Clone, Debug)]
pub(in crate::inspect) struct ReaderTrial {
    pub aim: Aim,
    reader: CellReader,
    pub n_read: u64,
    /// The least and the greatest value.
    pub range: Option<(Extreme, Extreme)>,
}

impl ReaderTrial {
    fn add(&mut self, cell: &str, count: u64) {
        let read = self.reader.read(cell);
        if !read.is_readable() {
            return;
        }
        let bound = match read.value {
            Value::Number(number) => Extreme::Number(number),
            Value::Instant(instant) | Value::Day(instant) => Extreme::Instant(instant),
            _ => {
                self.n_read += count;
                return;
            }
        };
        self.n_read += count;
        self.widen((bound, bound));
    }

    fn widen(&mut self, (low, high): (Extreme, Extreme)) {
        self.range = Some(self.range.map_or((low, high), |(least, most)| (least.min(low), most.max(high))));
    }
}

/// The readers that are tried on a column.
#[derive(Clone, Debug)]
pub(in crate::inspect) struct Trials {
    blank: Words,
    /// How many cells have a text that stands for an empty one.
    pub(in crate::inspect) n_blank: u64,
    pub trials: Vec<ReaderTrial>,
}

impl Trials {
    pub(in crate::inspect) fn new(blank: Words) -> Self {
        Self { blank, n_blank: 0, trials: Vec::new() }
    }

    pub(in crate::inspect) fn push(&mut self, aim: Aim, reader: CellReader) {
        self.trials.push(ReaderTrial { aim, reader, n_read: 0, range: None });
    }

    /// Shows a filled, trimmed cell to all of them.
    pub(in crate::inspect) fn add(&mut self, cell: &str, count: u64) {
        if self.blank.contains(cell) {
            self.n_blank += count;
        } else {
            self.trials.iter_mut().for_each(|trial| trial.add(cell, count));
        }
    }

    /// Whether no cell can tell it anything.
    pub(in crate::inspect) fn is_idle(&self) -> bool {
        self.trials.is_empty() && self.blank.iter().next().is_none()
    }

    /// The same readers, with nothing counted.
    pub(in crate::inspect) fn fresh(&self) -> Self {
        let trials = self.trials.iter().map(|trial| ReaderTrial { n_read: 0, range: None, ..trial.clone() });
        Self { blank: self.blank.clone(), n_blank: 0, trials: trials.collect() }
    }

    pub(in crate::inspect) fn merge(&mut self, other: &Self) {
        self.n_blank += other.n_blank;
        for (trial, other) in self.trials.iter_mut().zip(&other.trials) {
            trial.n_read += other.n_read;
            other.range.into_iter().for_each(|range| trial.widen(range));
        }
    }

    pub(in crate::inspect) fn n_read(&self, aim: Aim) -> u64 {
        self.get(aim).map_or(0, |trial| trial.n_read)
    }

    pub(in crate::inspect) fn get(&self, aim: Aim) -> Option<&ReaderTrial> {
        self.trials.iter().find(|trial| trial.aim == aim)
    }
}
