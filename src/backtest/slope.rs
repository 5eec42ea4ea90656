//! How steeply the chance to win rises with the total.

use super::by_total::{AtTotal, sums};
use crate::funnel::{FEW, count, float};

/// Newton's method doubles the right digits with each round; more than these means that it went astray.
const MOST_ROUNDS: usize = 100;

/// A logistic regression of winning on the total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// The logarithm of the odds at a total of 0.
    pub intercept: f64,
    /// By how much it rises with a point.
    pub per_point: f64,
}

/// Whether there is a slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// There is.
    Fitted(Slope),
    /// Fewer than 20 rows won, or didn't.
    TooFew {
        /// The fewer ones' rows.
        n: u64,
    },
    /// All totals are the same, or one total parts those that won from all others, so that no slope is steep enough.
    None,
}

impl Slope {
    /// How many points double the odds; none where a higher total doesn't raise them.
    #[must_use]
    pub fn doubling_points(self) -> Option<f64> {
        (self.per_point > 0.0).then(|| std::f64::consts::LN_2 / self.per_point)
    }

    /// How steep it is, compared with a promise that so many points double the odds: 1 is as promised, less is too boastful.
    #[must_use]
    pub fn against_promise(self, doubling_points: f64) -> f64 {
        self.per_point * doubling_points / std::f64::consts::LN_2
    }
}

/// The most likely slope, by Newton's method over counts that ascend by total: the order of rows changes no bit of it.
#[must_use]
pub fn slope(counted: &[AtTotal]) -> Fit {
    let (n, n_won) = sums(counted);
    let n_fewer = n_won.min(n - n_won);
    if n_fewer < FEW {
        return Fit::TooFew { n: n_fewer };
    }
    if is_parted(counted) {
        return Fit::None;
    }
    let points = |at: &AtTotal| float(at.total.hundredths().into()) / 100.0;
    let mean = counted.iter().map(|at| count(at.n) * points(at)).sum::<f64>() / count(n);
    let squares = counted.iter().map(|at| count(at.n) * (points(at) - mean) * (points(at) - mean));
    let spread = libm::sqrt(squares.sum::<f64>() / count(n));
    let rows = counted.iter().map(|at| ((points(at) - mean) / spread, count(at.n), count(at.n_won)));
    let rows: Vec<(f64, f64, f64)> = rows.collect();
    let (level, rise) = most_likely(&rows, libm::log(count(n_won) / count(n - n_won)));
    let per_point = rise / spread;
    Fit::Fitted(Slope { intercept: level - per_point * mean, per_point })
}

/// Whether one total parts rows that won from all others, at most that total itself having both.
fn is_parted(counted: &[AtTotal]) -> bool {
    let ends = |has: fn(&AtTotal) -> bool| {
        let mut totals = counted.iter().filter(|at| has(at)).map(|at| at.total);
        let first = totals.next();
        first.zip(totals.next_back().or(first))
    };
    let (Some(won), Some(others)) = (ends(|at| at.n_won > 0), ends(|at| at.n > at.n_won)) else { return true };
    others.1 <= won.0 || won.1 <= others.0
}

/// The level and rise that make the counts most likely; rows are (total, all, won).
fn most_likely(rows: &[(f64, f64, f64)], level: f64) -> (f64, f64) {
    let mut at = (level, 0.0);
    let mut likelihood = log_likelihood(rows, at);
    for _ in 0..MOST_ROUNDS {
        let mut step = newton_step(rows, at);
        let mut next = (at.0 + step.0, at.1 + step.1);
        let mut risen = log_likelihood(rows, next);
        // A step that went too far is halved; near the end, rounding alone may keep it from rising, which is no reason to.
        while risen < likelihood - 1e-12 * likelihood.abs() && step.0.abs() + step.1.abs() > 1e-9 {
            step = (step.0 / 2.0, step.1 / 2.0);
            next = (at.0 + step.0, at.1 + step.1);
            risen = log_likelihood(rows, next);
        }
        (at, likelihood) = (next, risen);
        if step.0.abs() + step.1.abs() <= 1e-9 {
            break;
        }
    }
    at
}

fn newton_step(rows: &[(f64, f64, f64)], (level, rise): (f64, f64)) -> (f64, f64) {
    let (mut g, mut gx, mut h, mut hx, mut hxx) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, n, won) in rows {
        let p = 1.0 / (1.0 + libm::exp(-(level + rise * x)));
        let (error, weight) = (won - n * p, n * p * (1.0 - p));
        g += error;
        gx += error * x;
        h += weight;
        hx += weight * x;
        hxx += weight * x * x;
    }
    let determinant = h * hxx - hx * hx;
    if determinant <= 0.0 {
        return (0.0, 0.0);
    }
    ((hxx * g - hx * gx) / determinant, (h * gx - hx * g) / determinant)
}

fn log_likelihood(rows: &[(f64, f64, f64)], (level, rise): (f64, f64)) -> f64 {
    let terms = rows.iter().map(|(x, n, won)| {
        let odds = level + rise * x;
        // ln(1 + e^odds), which doesn't overflow.
        won * odds - n * (odds.max(0.0) + libm::log1p(libm::exp(-odds.abs())))
    });
    terms.sum()
}

#[cfg(test)]
mod tests {
    use super::super::by_total::by_total;
    use super::*;
    use crate::points::Points;
    use proptest::prelude::*;

    fn fit(rows: &[(i64, bool)]) -> Fit {
        slope(&by_total(rows.iter().map(|(total, won)| (Points::from_hundredths(*total), *won))))
    }

    #[test]
    fn hours_of_study() {
        // Wikipedia, "Logistic regression": hours of study of 20 students, and whether they passed; here each student twice, which
        // changes nothing. Intercept −4.0777, 1.5046 an hour.
        let passed = [175, 225, 275, 325, 400, 425, 450, 475, 500, 550].map(|hours| (hours, true));
        let failed = [50, 75, 100, 125, 150, 175, 200, 250, 300, 350].map(|hours| (hours, false));
        let rows: Vec<(i64, bool)> = passed.into_iter().chain(failed).flat_map(|row| [row, row]).collect();
        let Fit::Fitted(slope) = fit(&rows) else { panic!("there is a slope") };
        assert!((slope.intercept + 4.0777).abs() < 5e-5 && (slope.per_point - 1.5046).abs() < 5e-5, "{slope:?}");
        let doubling = slope.doubling_points().expect("more hours help");
        assert!((doubling - 0.4607).abs() < 5e-5 && (slope.against_promise(doubling) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn two_totals_have_the_odds_of_their_counts() {
        let rows = |points: i64, n: usize, won: usize| (0..n).map(move |place| (points * 100, place < won));
        // 1 : 3 at 0 points, 1 : 1 at 20: the odds triple over 20 points.
        let all: Vec<(i64, bool)> = rows(0, 80, 20).chain(rows(20, 80, 40)).collect();
        let Fit::Fitted(slope) = fit(&all) else { panic!("there is a slope") };
        assert!(
            (slope.per_point - libm::log(3.0) / 20.0).abs() < 1e-12 && (slope.intercept + libm::log(3.0)).abs() < 1e-12
        );
        // The other way round no number of points doubles the odds.
        let turned: Vec<(i64, bool)> = all.iter().map(|(total, won)| (-total, *won)).collect();
        assert!(matches!(fit(&turned), Fit::Fitted(slope) if slope.doubling_points().is_none()));
    }

    #[test]
    fn no_slope_is_made_up() {
        let rows = |total: i64, won: bool| std::iter::repeat_n((total, won), 30);
        assert_eq!(fit(&rows(1, true).chain(rows(1, false)).collect::<Vec<_>>()), Fit::None);
        assert_eq!(fit(&rows(2, true).chain(rows(1, false)).collect::<Vec<_>>()), Fit::None);
        assert_eq!(fit(&rows(2, true).chain(rows(2, false)).chain(rows(1, false)).collect::<Vec<_>>()), Fit::None);
        assert_eq!(fit(&rows(2, true).chain([(1, false)]).collect::<Vec<_>>()), Fit::TooFew { n: 1 });
        assert_eq!(fit(&[]), Fit::TooFew { n: 0 });
    }

    proptest! {
        #[test]
        fn at_the_slope_nothing_is_left_to_explain(
            rows in proptest::collection::vec((-20_000i64..20_000, any::<bool>()), 60..200),
        ) {
            if let Fit::Fitted(slope) = fit(&rows) {
                let (mut left, mut left_by_points) = (0.0, 0.0);
                for (total, won) in &rows {
                    let points = float((*total).into()) / 100.0;
                    let p = 1.0 / (1.0 + libm::exp(-(slope.intercept + slope.per_point * points)));
                    left += f64::from(*won) - p;
                    left_by_points += (f64::from(*won) - p) * points;
                }
                prop_assert!(left.abs() < 1e-6 && left_by_points.abs() < 1e-4, "{left} {left_by_points}");
                let mut turned = rows.clone();
                turned.reverse();
                prop_assert_eq!(fit(&turned), Fit::Fitted(slope));
            }
        }
    }
}
