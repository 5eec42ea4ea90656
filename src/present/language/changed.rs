//! The words of what a change names. Its JSON has the same.

use crate::diff::report::{Asks, Class, Reason};
use crate::diff::{Breach, Change, Content, EditSubject, Excess, Input, KeyPath, LimitOf, PathSegment};
use crate::points::{Points, div_round};
use crate::present::words::{grouped, growth};
use crate::rulebook::expr::Order;
use serde::{Serialize, Serializer};
use std::fmt::{Display, Formatter, Result};

/// The longest value that is shown, in characters.
const MOST_SHOWN: usize = 90;

macro_rules! serialized_in_words {
    ($($fact:ty),*) => {
        $(impl Serialize for $fact {
            fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        })*
    };
}
serialized_in_words!(EditSubject, Change, Breach, Class, Reason, Asks, KeyPath, Content, Excess);

impl Display for EditSubject {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Input(input) => input.fmt(f),
            Self::Settings(input) => write!(f, "{input}, file"),
            Self::Path(input) => write!(f, "{input}, file.path"),
            Self::Guard(input) => write!(f, "{input}, guard"),
            Self::Field(name, of) => write!(f, "field {name} of {of}"),
            Self::List(name) => write!(f, "list {name}"),
            Self::Dimension(name, None) => write!(f, "dimension {name}"),
            Self::Dimension(name, Some(key)) => write!(f, "dimension {name}, {}", key.key()),
            Self::Group(dimension, name) => write!(f, "group {dimension}.{name}"),
            Self::Since(dimension, None) => write!(f, "dimension {dimension}, since"),
            Self::Since(dimension, Some(group)) => write!(f, "group {dimension}.{group}, since"),
            Self::Criterion(id) => write!(f, "criterion {id}"),
            Self::Disqualifier { reason, nth: 1 } => write!(f, "disqualifier {reason}"),
            Self::Disqualifier { reason, nth } => write!(f, "disqualifier {reason} ({nth})"),
            Self::DisqualifierOrder => f.write_str("disqualifiers, order"),
            Self::Stage(name) => write!(f, "stage {name}"),
            Self::StageOrder => f.write_str("stages, order"),
            Self::Further(n) => write!(f, "the {n} further edits together"),
            Self::Reading => f.write_str("reading the files in the new way"),
        }
    }
}

impl Display for Input {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Leads => f.write_str("leads"),
            Self::Table(name) => write!(f, "table {name}"),
            Self::Source(name) => write!(f, "event source {name}"),
        }
    }
}

impl Display for Change {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
        })
    }
}

impl Display for KeyPath {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                PathSegment::Name(name) if at == 0 => f.write_str(name)?,
                PathSegment::Name(name) => write!(f, ".{name}")?,
                PathSegment::Item(nth) => write!(f, "[{nth}]")?,
                PathSegment::Place => f.write_str("place")?,
            }
        }
        Ok(())
    }
}

impl Display for Content {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let text = match self {
            Self::Written(text) => text.clone(),
            Self::Without(entries) => format!("without {}", entries.join(", ")),
            Self::With(entries) => format!("with {}", entries.join(", ")),
            Self::Order(names) => names.join(", "),
        };
        if text.chars().count() <= MOST_SHOWN {
            return f.write_str(&text);
        }
        let kept: String = text.chars().take(MOST_SHOWN - 1).collect();
        write!(f, "{kept}…")
    }
}

impl Display for Breach {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Stage(name, change) => write!(f, "the stage `{name}` is {change}"),
            Self::StageName { old, new } => write!(f, "the stage `{old}` is now called `{new}`"),
            Self::DimensionColumn(name, change) => write!(f, "scored.csv: the column `{name}` is {change}"),
            Self::PriorityColumns(change) => write!(f, "scored.csv: the columns `priority` and `action` are {change}"),
            Self::Grades => f.write_str("scored.csv: the grades changed"),
            Self::Export => f.write_str("crm.csv: its columns or leads changed"),
            Self::Reading(subject) => write!(f, "{subject}: the files are read differently"),
            Self::Input(input, Change::Removed) => write!(f, "{input} is no longer read"),
            Self::Input(input, _) => write!(f, "{input} must be given"),
            Self::Column(of, column) => write!(f, "{of}: the file must have the column {column}"),
            Self::FieldColumn { of, field, old, new } => {
                write!(f, "{of}: {field} is read from {new} instead of {old}")
            }
        }
    }
}

impl Display for Class {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Cosmetic => "cosmetic",
            Self::ScoreOnly => "score-only",
            Self::StageChanging => "stage-changing",
            Self::ContractBreaking => "contract-breaking",
        })
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Breaks(breach) => breach.fmt(f),
            Self::Moved(n, n_leads) => match n.n() {
                Some(n) => write!(f, "{} of {} leads changed stage", grouped(n.unsigned_abs()), grouped(*n_leads)),
                None => f.write_str("fewer than five leads changed stage"),
            },
            Self::NobodyMoved => f.write_str("no lead changed stage"),
            Self::OthersMay => f.write_str("the result of these leads doesn't change, but other leads' results may"),
            Self::OnlyReport => f.write_str("no lead's result can change, only the report or accounts.csv"),
            Self::Nothing => f.write_str("no lead's result can change"),
        }
    }
}

impl Display for Asks {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let order = match self.order {
            Order::Greater => "above",
            Order::AtLeast => "at least",
            Order::Less => "below",
            Order::AtMost => "at most",
        };
        write!(f, "{} {order} {}", self.score, self.bound)
    }
}

impl Display for Excess {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let decimal = |micros: i128| {
            Points::from_hundredths(i64::try_from(div_round(micros, 10_000)).unwrap_or(i64::MAX)).to_string()
        };
        let name = match &self.what {
            LimitOf::Moved if self.after == 1_000_000 => return f.write_str("1 lead changed stage"),
            LimitOf::Moved => return write!(f, "{} leads changed stage", decimal(self.after)),
            LimitOf::Stage(stage) => stage,
            LimitOf::Score => "mean score",
            LimitOf::Value => "value",
        };
        write!(f, "{name} goes from {} to {}", decimal(self.before), decimal(self.after))?;
        growth(self.before, self.after).map_or(Ok(()), |growth| write!(f, " ({growth})"))
    }
}
