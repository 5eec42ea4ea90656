//! What a cell of a table holds, by type, and the words for each type.

use super::text::Text;
use super::words;
use crate::funnel::report::{Days, Figure, Rate};
use crate::points::Points;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A name from a file or a rulebook.
    Name(String),
    /// Words of ours.
    Said(Text),
    /// Lines below each other.
    Lines(Vec<Line>),
    /// A number of leads, events, rows.
    Count(u64),
    /// By how much a number changed.
    Change(i64),
    /// Points, of a card or a rule.
    Points(Points),
    /// A change of points, with its sign.
    Gain(Points),
    /// The least and the most that a rule gives, for each thing or once.
    PointRange {
        /// The least.
        least: Points,
        /// The most.
        most: Points,
        /// Whether each event gives them.
        each: bool,
    },
    /// A sum of points in hundredths over many leads, in whole points.
    PointSum(i128),
    /// By how much such a sum changed, with its sign and decimals.
    SumChange(i128),
    /// A share of leads, with so many decimals.
    Rate(Rate, u8),
    /// A share's interval.
    Interval(Rate),
    /// A figure.
    Figure(Figure, Unit),
    /// A figure's interval; a dash where it has none.
    Range(Figure, Unit),
    /// A figure with its interval in brackets, if it has one.
    FigureWithRange(Figure, Unit),
    /// A span of time.
    Days(Days),
    /// A bar, from 0 to 1, beside the number that it shows.
    Bar(f64),
    /// A number that is written out already, such as a pace or a range.
    Number(String),
    /// Why there is nothing.
    Absent(Absence),
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share of 1, shown in per cent.
    Share,
    /// The same with two decimals.
    FineShare,
    /// Money, without its currency.
    Money,
    /// A ratio, an index, points: with so many decimals.
    Plain(u8),
}

/// Why there is no number. None of them is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Nobody recorded it, or there is nothing to measure.
    NotKnown,
    /// Known of too few leads.
    TooFew,
    /// Counted, but not told: there are fewer than five.
    UnderFive,
    /// Not reached in the time that can be seen.
    NotReached,
    /// It doesn't apply.
    None,
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How much it matters.
    pub tone: Tone,
    /// What it says.
    pub text: Text,
}

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// What the row is about.
    Strong,
    /// A remark.
    Faint,
}

impl Absence {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotKnown => words::NOT_KNOWN,
            Self::TooFew => words::TOO_FEW,
            Self::UnderFive => words::UNDER_FIVE,
            Self::NotReached => words::NOT_REACHED,
            Self::None => "–",
        }
    }
}

impl Cell {
    /// A name; `(empty)` where it has no letters.
    #[must_use]
    pub fn name(name: impl Into<String>) -> Self {
        let name = name.into();
        if name.is_empty() { Self::said("(empty)") } else { Self::Name(name) }
    }

    /// From one stage to another.
    #[must_use]
    pub fn step(from: &str, to: &str) -> Self {
        Self::Name(format!("{from} → {to}"))
    }

    /// Words of ours.
    #[must_use]
    pub fn said(text: impl Into<Text>) -> Self {
        Self::Said(text.into())
    }

    /// A count that may not be known.
    #[must_use]
    pub fn count_or(n: Option<u64>) -> Self {
        n.map_or(Self::Absent(Absence::NotKnown), Self::Count)
    }

    /// Why the cell shows no number, if it doesn't.
    #[must_use]
    pub fn absence(&self) -> Option<Absence> {
        match self {
            Self::Absent(why) => Some(*why),
            Self::Rate(Rate::None, _) | Self::Interval(Rate::None) => Some(Absence::NotKnown),
            Self::Rate(Rate::TooFew { .. }, _) | Self::Interval(Rate::TooFew { .. }) => Some(Absence::TooFew),
            Self::Figure(figure, _) | Self::Range(figure, _) | Self::FigureWithRange(figure, _) => match figure {
                Figure::None => Some(Absence::NotKnown),
                Figure::TooFew { .. } => Some(Absence::TooFew),
                Figure::Known { .. } | Figure::Between { .. } => None,
            },
            Self::Days(days) => match days {
                Days::None => Some(Absence::NotKnown),
                Days::TooFew { .. } => Some(Absence::TooFew),
                Days::NotReached => Some(Absence::NotReached),
                Days::After { .. } => None,
            },
            _ => None,
        }
    }

    /// The sign of points: whether they only cost, only give, or neither.
    #[must_use]
    pub fn sign(&self) -> i64 {
        match self {
            Self::Points(points) | Self::Gain(points) => points.hundredths().signum(),
            Self::PointRange { least, most, .. } => match (*least < Points::ZERO, *most > Points::ZERO) {
                (true, false) => -1,
                (true, true) => 0,
                (false, _) => 1,
            },
            _ => 0,
        }
    }

    /// What it says, where that is a number or a reason for none; texts and names have renderers of their own.
    #[must_use]
    pub fn words(&self) -> String {
        if let Some(why) = self.absence() {
            return why.word().to_owned();
        }
        match self {
            Self::Empty | Self::Said(_) | Self::Lines(_) | Self::Absent(_) => String::new(),
            Self::Name(text) | Self::Number(text) => text.clone(),
            Self::Count(n) => words::grouped(*n),
            Self::Change(n) => words::change(*n),
            Self::Points(points) => points.to_string(),
            Self::Gain(points) => words::gain(*points),
            Self::Bar(share) => words::bar(*share),
            Self::PointRange { least, most, each } => words::point_range(*least, *most, *each),
            Self::PointSum(hundredths) => words::points_grouped(*hundredths),
            Self::SumChange(hundredths) => words::sum_change(*hundredths),
            Self::Rate(rate, n_decimals) => words::rate(*rate, *n_decimals),
            Self::Interval(rate) => words::interval(*rate),
            Self::Figure(figure, unit) => words::figure(*figure, |value| unit.show(value)),
            Self::Range(Figure::Between { low, high, .. }, unit) => unit.range(*low, *high),
            Self::Range(..) => Absence::None.word().to_owned(),
            Self::FigureWithRange(Figure::Between { value, low, high }, unit) => {
                format!("{} ({})", unit.show(*value), unit.range(*low, *high))
            }
            Self::FigureWithRange(figure, unit) => words::figure(*figure, |value| unit.show(value)),
            Self::Days(days) => words::days(*days),
        }
    }
}

impl Unit {
    /// A number of this unit.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Share => words::percent(value),
            Self::FineShare => format!("{} %", words::fixed(value * 100.0, 2)),
            Self::Money => words::amount(value),
            Self::Plain(n_decimals) => words::fixed(value, n_decimals),
        }
    }

    /// From one number to another: the unit once.
    #[must_use]
    pub fn range(self, low: f64, high: f64) -> String {
        match self {
            Self::Share => format!("{}–{} %", words::fixed(low * 100.0, 1), words::fixed(high * 100.0, 1)),
            Self::FineShare => format!("{}–{} %", words::fixed(low * 100.0, 2), words::fixed(high * 100.0, 2)),
            Self::Money | Self::Plain(_) => format!("{}–{}", self.show(low), self.show(high)),
        }
    }
}
