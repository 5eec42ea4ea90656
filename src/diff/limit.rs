//! Limits on a change, as a pipeline states them: `MQL > +10%`, `moved > 500`, `value < -5%`, `score > 2`.

use super::report::DiffReport;
use crate::rulebook::expr::Order;
use crate::value::Number;
use serde::Serialize;

/// How a limit is written, for whoever wrote it otherwise.
pub const GRAMMAR: &str = "write a limit as WHAT OP NUMBER. WHAT is a stage, `moved`, `score` or `value`; OP is >, >=, < or <=; NUMBER can have a sign and end in %\n  `MQL > +10%`   the stage has over 10 % more leads than before\n  \
                           `moved > 500`  more than 500 leads changed stage\n  `score < -2`   the mean total falls by more \
                           than two points\n  `value < -5%`  the leads are worth over 5 % less than before";

/// A limit on a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLimit {
    text: String,
    what: LimitOf,
    order: Order,
    bound_micros: i64,
    is_percent: bool,
}

/// What a limit is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitOf {
    /// The leads of a stage, by its name.
    Stage(String),
    /// Leads that changed stage.
    Moved,
    /// The mean of all totals.
    Score,
    /// What open leads are worth.
    Value,
}

/// A limit that a change exceeds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tripped {
    /// The limit, as it was written.
    pub limit: String,
    /// What was found.
    pub found: Excess,
}

/// What was found where a limit is exceeded, in millionths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// What was measured.
    pub what: LimitOf,
    /// Under the old rulebook.
    pub before: i128,
    /// Under the new one.
    pub after: i128,
}

impl DiffLimit {
    /// Reads a limit; `stages` are the names that it may speak of.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, stages: &[String]) -> Result<Self, String> {
        let at = text.find(['<', '>']).ok_or("it has no `<` or `>`")?;
        let (what, rest) = (text[..at].trim(), &text[at..]);
        let orders = [(">=", Order::AtLeast), ("<=", Order::AtMost), (">", Order::Greater), ("<", Order::Less)];
        let (rest, order) = orders
            .iter()
            .find_map(|(sign, order)| Some((rest.strip_prefix(sign)?.trim(), *order)))
            .ok_or("it has no `<` or `>`")?;
        let (number, is_percent) = match rest.strip_suffix('%') {
            Some(number) => (number.trim(), true),
            None => (rest, false),
        };
        let plain = number.strip_prefix('+').unwrap_or(number);
        let bound_micros = Number::parse_literal(plain).map_err(|_| format!("`{rest}` is not a number"))?.micros();
        let what = match what {
            "moved" if is_percent => return Err("`moved` needs a number of leads, not a percentage".to_owned()),
            "moved" => LimitOf::Moved,
            "score" => LimitOf::Score,
            "value" => LimitOf::Value,
            name if stages.iter().any(|stage| stage == name) => LimitOf::Stage(name.to_owned()),
            name => {
                let near = crate::diagnostic::did_you_mean(name, stages.iter().map(String::as_str));
                let hint = near.unwrap_or_else(|| format!("there are: {}", stages.join(", ")));
                return Err(format!("no stage is called `{name}`; {hint}"));
            }
        };
        Ok(Self { text: text.trim().to_owned(), what, order, bound_micros, is_percent })
    }

    /// Whether a change exceeds the limit, by exact numbers and not by those that are shown. None where it does not.
    pub(super) fn check(&self, report: &DiffReport, counts: &[(u64, u64)], n_moved: u64) -> Option<Tripped> {
        let (before, after) = match &self.what {
            LimitOf::Stage(name) => {
                let place = report.places.iter().position(|place| place == name)?;
                let (before, after) = counts[place];
                (micros(before), micros(after))
            }
            LimitOf::Moved => (0, micros(n_moved)),
            LimitOf::Score => {
                let mean = |sum: i128| sum * 10_000 / i128::from(report.n_leads.max(1));
                (mean(report.score.before_hundredths), mean(report.score.after_hundredths))
            }
            LimitOf::Value => {
                let value = report.value.as_ref()?;
                (of_amount(value.before), of_amount(value.after))
            }
        };
        let change = after - before;
        // A share of nothing is beyond every bound on its side.
        let (size, bound) = if self.is_percent {
            (change * 100_000_000, i128::from(self.bound_micros) * before.abs())
        } else {
            (change * 1_000_000, i128::from(self.bound_micros) * 1_000_000)
        };
        let is_exceeded = match self.order {
            Order::Greater => size > bound,
            Order::AtLeast => size >= bound,
            Order::Less => size < bound,
            Order::AtMost => size <= bound,
        };
        let found = Excess { what: self.what.clone(), before, after };
        is_exceeded.then(|| Tripped { limit: self.text.clone(), found })
    }

    /// Whether it asks for the value.
    #[must_use]
    pub fn is_of_value(&self) -> bool {
        self.what == LimitOf::Value
    }
}

fn micros(n: u64) -> i128 {
    i128::from(n) * 1_000_000
}

#[expect(clippy::cast_possible_truncation, reason = "amounts of money lie far below the limits of an integer")]
fn of_amount(amount: f64) -> i128 {
    libm::round(amount * 100.0) as i128 * 10_000
}
