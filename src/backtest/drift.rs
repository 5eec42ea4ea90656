//! Whether the totals, or what a criterion fires on, shifted from one moment to the next: the population stability index.

use super::by_total::{AtTotal, sums};
use crate::funnel::{FEW, count};

/// What a chi-squared variable of 1, 2, … 9 degrees of freedom exceeds in 5 % of all cases.
const CRITICAL: [f64; 9] = [
    3.841_458_820_694_124,
    5.991_464_547_107_979,
    7.814_727_903_251_179,
    9.487_729_036_781_154,
    11.070_497_693_516_351,
    12.591_587_243_743_977,
    14.067_140_449_340_169,
    15.507_313_055_865_453,
    16.918_977_604_620_448,
];

/// How far two groups of rows lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drift {
    /// Measured.
    Measured {
        /// The sum over bins of (a − b) · ln(a / b), a and b being the bin's shares before and now.
        psi: f64,
        /// What chance alone exceeds in 5 % of all cases with as many rows: χ² · (1/n₁ + 1/n₂), with a degree of freedom fewer
        /// than bins.
        critical: f64,
    },
    /// One of the groups has fewer than 20 rows.
    TooFew {
        /// The smaller one's rows.
        n: u64,
    },
    /// There is nothing to tell apart: all rows of the first group have one total.
    None,
}

impl Drift {
    /// Whether the shift is more than chance makes, in 19 of 20 cases.
    #[must_use]
    pub fn is_beyond_chance(self) -> bool {
        matches!(self, Drift::Measured { psi, critical } if psi > critical)
    }
}

/// The drift of the totals of a moment from those of the one before, over tenths of the latter. Where many rows have one total,
/// tenths with the same upper end are one bin.
#[must_use]
pub fn drift_of_totals(before: &[AtTotal], now: &[AtTotal]) -> Drift {
    let (n, _) = sums(before);
    // The upper ends of the bins but the last, which has none.
    let (mut ends, mut seen, mut tenths) = (Vec::new(), 0, 1);
    for at in before.split_last().map_or(&[][..], |(_, lower)| lower) {
        seen += at.n;
        if 10 * seen >= tenths * n {
            ends.push(at.total);
            tenths = 10 * seen / n.max(1) + 1;
        }
    }
    let bins = |rows: &[AtTotal]| {
        let mut bins = vec![0; ends.len() + 1];
        for at in rows {
            bins[ends.partition_point(|end| *end < at.total)] += at.n;
        }
        bins
    };
    drift(&bins(before), &bins(now))
}

/// The drift of a share: how many of how many rows a criterion fired on, before and now.
#[must_use]
pub fn drift_of_share((fired_before, n_before): (u64, u64), (fired_now, n_now): (u64, u64)) -> Drift {
    if fired_before + fired_now == 0 || (fired_before, fired_now) == (n_before, n_now) {
        return Drift::None;
    }
    drift(&[fired_before, n_before - fired_before], &[fired_now, n_now - fired_now])
}

fn drift(before: &[u64], now: &[u64]) -> Drift {
    let (n_before, n_now) = (before.iter().sum::<u64>(), now.iter().sum::<u64>());
    let n = n_before.min(n_now);
    if n < FEW {
        return Drift::TooFew { n };
    }
    let Some(critical) = before.len().checked_sub(2).and_then(|place| CRITICAL.get(place)) else { return Drift::None };
    // Half a row in place of an empty bin, whose logarithm would have no end.
    let share = |in_bin: u64, n: u64| if in_bin == 0 { 0.5 / count(n) } else { count(in_bin) / count(n) };
    let terms = before.iter().zip(now).map(|(before, now)| {
        let (a, b) = (share(*before, n_before), share(*now, n_now));
        (a - b) * libm::log(a / b)
    });
    Drift::Measured { psi: terms.sum(), critical: critical * (1.0 / count(n_before) + 1.0 / count(n_now)) }
}

#[cfg(test)]
mod tests {
    use super::super::by_total::by_total;
    use super::*;
    use crate::points::Points;
    use proptest::prelude::*;

    fn totals(totals: impl IntoIterator<Item = i64>) -> Vec<AtTotal> {
        by_total(totals.into_iter().map(|total| (Points::from_hundredths(total), false)))
    }

    #[test]
    fn a_share_s_drift_is_by_hand() {
        // 20 of 100 before, 40 of 200 · 0.5 now: (0.2 − 0.5) ln(0.2/0.5) + (0.8 − 0.5) ln(0.8/0.5).
        let Drift::Measured { psi, critical } = drift_of_share((20, 100), (100, 200)) else { panic!("measured") };
        assert!((psi - 0.3 * libm::log(0.5 / 0.2 * 0.8 / 0.5)).abs() < 1e-12, "{psi}");
        assert!((critical - 3.841_458_820_694_124 * 0.015).abs() < 1e-12, "{critical}");
        // Nobody of 50: half a row.
        let Drift::Measured { psi, .. } = drift_of_share((0, 50), (25, 50)) else { panic!("measured") };
        assert!((psi - (0.49 * libm::log(50.0) + 0.5 * libm::log(2.0))).abs() < 1e-12, "{psi}");
        assert_eq!(drift_of_share((0, 50), (0, 60)), Drift::None);
        assert_eq!(drift_of_share((50, 50), (60, 60)), Drift::None);
        assert_eq!(drift_of_share((5, 19), (5, 60)), Drift::TooFew { n: 19 });
    }

    #[test]
    fn tenths_are_those_of_the_moment_before() {
        // 0..100 have ten tenths; all rows of the next moment lie in the highest: 0.9 · ln 10 there, and in each of the other nine
        // 0.1 − 0.005 times ln 20, half a row of 100 being in each.
        let Drift::Measured { psi, critical } = drift_of_totals(&totals(0..100), &totals([95; 100])) else {
            panic!("measured")
        };
        let by_hand = 0.9 * libm::log(10.0) + 9.0 * 0.095 * libm::log(20.0);
        assert!((psi - by_hand).abs() < 1e-12, "{psi} {by_hand}");
        assert!((critical - 16.918_977_604_620_448 * 0.02).abs() < 1e-12);
        // Two totals are two bins.
        let two = totals([1, 2].into_iter().cycle().take(40));
        assert_eq!(drift_of_totals(&two, &two), Drift::Measured { psi: 0.0, critical: CRITICAL[0] / 20.0 });
        assert_eq!(drift_of_totals(&totals([7; 40]), &two), Drift::None);
        assert_eq!(drift_of_totals(&totals([]), &two), Drift::TooFew { n: 0 });
    }

    proptest! {
        #[test]
        fn never_more_than_ten_bins_and_never_nan(
            before in proptest::collection::vec(-50i64..50, 0..300),
            now in proptest::collection::vec(-60i64..60, 0..300),
        ) {
            match drift_of_totals(&totals(before.clone()), &totals(now)) {
                Drift::Measured { psi, critical } => prop_assert!(psi >= 0.0 && psi.is_finite() && critical > 0.0),
                Drift::TooFew { n } => prop_assert!(n < FEW),
                Drift::None => prop_assert!(before.iter().min() == before.iter().max()),
            }
        }
    }
}
