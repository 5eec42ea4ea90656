//! What an MQL line comes to: how many leads stand at or above it, and what became of them.

use super::judged::Judged;
use super::rates::step_hundredths;
use super::share::ShareSums;
use crate::funnel::{FEW, to_cents};
use crate::points::Points;
use crate::report::{Figure, Rate};

/// The rows on one side of a line, and what became of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtLine {
    /// How many rows are at or above it.
    pub n_above: u64,
    /// The share of these that won.
    pub precision: Rate,
    /// The share of the rows that won which are at or above it.
    pub capture: Rate,
}

/// What a line would come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepPoint {
    /// The line: MQLs have this total or more.
    pub line: Points,
    /// What became of the rows.
    pub at: AtLine,
    /// What a lead above the line brings in on average; [`Figure::None`] where nobody says what a customer is worth.
    pub value: Figure,
}

/// What leads bring in and cost, in the currency of the rulebook.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// What a customer is worth.
    pub customer: f64,
    /// What it costs to work a lead.
    pub lead_cost: f64,
}

/// Today's MQLs, or any other choice of rows.
#[must_use]
pub fn at_line(rows: &[Judged], is_above: impl Fn(&Judged) -> bool) -> AtLine {
    let mut sorted: Vec<&Judged> = rows.iter().collect();
    sorted.sort_unstable_by_key(|row| row.lead);
    of_sorted(&sorted, is_above)
}

fn of_sorted(sorted: &[&Judged], is_above: impl Fn(&Judged) -> bool) -> AtLine {
    let (mut above, mut won) = (ShareSums::default(), ShareSums::default());
    for of_lead in sorted.chunk_by(|a, b| a.lead == b.lead) {
        let (mut n_above, mut n_won, mut n_won_above) = (0, 0, 0);
        for row in of_lead {
            let is_above = is_above(row);
            n_above += u64::from(is_above);
            n_won += u64::from(row.has_won);
            n_won_above += u64::from(is_above && row.has_won);
        }
        above.add_lead(n_above, n_won_above);
        won.add_lead(n_won, n_won_above);
    }
    AtLine { n_above: above.n, precision: above.rate(), capture: won.rate() }
}

/// What each line would come to, all else that an MQL must fulfil being as it is.
#[must_use]
pub fn sweep(rows: &[Judged], lines: &[Points], worth: Option<Worth>) -> Vec<SweepPoint> {
    let mut sorted: Vec<&Judged> = rows.iter().collect();
    sorted.sort_unstable_by_key(|row| row.lead);
    let point = |line: &Points| {
        let at = of_sorted(&sorted, |row| row.meets_the_rest && row.total >= *line);
        SweepPoint { line: *line, at, value: worth.map_or(Figure::None, |worth| worth.of_lead(at.precision)) }
    };
    lines.iter().map(point).collect()
}

impl Worth {
    /// The worth of a customer times the chance to become one, less the cost.
    fn of_lead(self, precision: Rate) -> Figure {
        let value = |rate: f64| to_cents(self.customer * rate - self.lead_cost);
        match precision {
            Rate::None => Figure::None,
            Rate::TooFew { n, .. } => Figure::TooFew { n },
            Rate::Measured { rate, low, high, .. } => {
                Figure::Between { value: value(rate), low: value(low), high: value(high) }
            }
        }
    }
}

/// The lines worth trying: round totals from the middle of the rows that could be MQLs up to where 20 of them are left, and
/// today's line. Ascending.
#[must_use]
pub fn sweep_lines(rows: &[Judged], today: Points) -> Vec<Points> {
    let could = rows.iter().filter(|row| row.meets_the_rest).map(|row| row.total.hundredths());
    let mut totals: Vec<i64> = could.collect();
    totals.sort_unstable();
    let few = usize::try_from(FEW).unwrap_or(usize::MAX);
    let middle = totals.get(totals.len() / 2).copied();
    let highest = totals.len().checked_sub(few).and_then(|place| totals.get(place)).copied();
    let mut lines = vec![today];
    if let (Some(middle), Some(highest)) = (middle, highest) {
        let step = step_hundredths(middle, highest.max(middle));
        let round = middle.div_euclid(step)..=highest.div_euclid(step);
        lines.extend(round.map(|steps| Points::from_hundredths(steps.saturating_mul(step))));
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(points: i64) -> Points {
        Points::from_hundredths(points * 100)
    }

    fn row(lead: u32, total: i64, meets_the_rest: bool, has_won: bool) -> Judged {
        let is_mql = meets_the_rest && total >= 90;
        Judged { total: points(total), lead, segment: 0, moment: 0, age: None, meets_the_rest, is_mql, has_won }
    }

    /// 25 leads at 90 of which 10 won, 25 at 50 of which 10 won, 50 at 100 that lack something else.
    fn rows() -> Vec<Judged> {
        let high = (0..25).map(|lead| row(lead, 90, true, lead < 10));
        let low = (25..50).map(|lead| row(lead, 50, true, lead < 35));
        high.chain(low).chain((50..100).map(|lead| row(lead, 100, false, false))).collect()
    }

    #[test]
    fn the_line_is_included_and_the_rest_asked() {
        let swept = sweep(&rows(), &[points(50), points(90), points(91)], None);
        let n_above: Vec<u64> = swept.iter().map(|point| point.at.n_above).collect();
        assert_eq!(n_above, [50, 25, 0]);
        let shares = |at: AtLine| (at.precision.share(), at.capture.share());
        assert_eq!(shares(swept[0].at), (Some(0.4), Some(1.0)));
        assert_eq!(shares(swept[1].at), (Some(0.4), Some(0.5)));
        assert_eq!(swept[2].at.precision, Rate::None);
        assert_eq!(at_line(&rows(), |row| row.is_mql), swept[1].at);
    }

    #[test]
    fn the_value_is_worth_times_chance_less_cost() {
        let worth = Worth { customer: 1000.0, lead_cost: 150.0 };
        let swept = sweep(&rows(), &[points(90), points(91)], Some(worth));
        assert!(
            matches!(swept[0].value, Figure::Between { value, low, high } if (value - 250.0).abs() < 1e-9 && low < 250.0 && high > 250.0)
        );
        assert_eq!(swept[1].value, Figure::None);
    }

    #[test]
    fn lines_are_round_and_hold_today_s() {
        let lines = sweep_lines(&rows(), points(85));
        assert_eq!(lines, [points(85), points(90)]);
        assert_eq!(sweep_lines(&[], points(85)), [points(85)]);
    }
}
