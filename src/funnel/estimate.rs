//! The statistics: Wilson's interval, Aalen–Johansen's cumulative incidence, `DeLong`'s interval of an AUC, Katz' interval of a
//! ratio of rates. Numbers in, numbers out; knows no leads.

use super::figures::{count, float};

/// The 97.5 % quantile of the normal distribution: 95 % lie within so many standard errors either way.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// The 95 % score interval of a share (Wilson 1927; method 3 of Newcombe 1998), without continuity correction. `n` is above 0.
#[must_use]
pub(crate) fn wilson(converted: u64, n: u64) -> (f64, f64) {
    wilson_of_share(count(converted) / count(n), count(n))
}

/// As [`wilson`], of a share that so many independent leads would tell as well; their number need not be whole.
#[must_use]
pub(crate) fn wilson_of_share(p: f64, n: f64) -> (f64, f64) {
    let shrink = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / shrink;
    let half = Z / shrink * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    // The ends touch 0 and 1 exactly where nobody, or everybody, did.
    let low = if p <= 0.0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { (middle + half).min(1.0) };
    (low, high)
}

/// How many leads ended at a time: converted, lost, still open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub converted: u64,
    pub lost: u64,
    pub censored: u64,
}

impl Ends {
    pub(super) fn n(self) -> u64 {
        self.converted + self.lost + self.censored
    }
}

/// The cumulative incidence just after a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Incidence {
    /// The time, in the unit of the ends.
    pub time: u32,
    /// The share converted by then.
    pub share: f64,
    /// Its standard error.
    pub error: f64,
    /// The share neither converted nor lost by then.
    pub open: f64,
    /// Under observation just before it.
    pub n_at_risk: u64,
}

/// The cumulative incidence of converting, with being lost as a competing end (Aalen and Johansen 1978). Where nobody is lost,
/// this is 1 − Kaplan–Meier. At equal times ends come before censoring. One entry a time at which somebody converted or was lost;
/// `ends` ascend.
pub(super) fn incidence(ends: &[(u32, Ends)]) -> Vec<Incidence> {
    let mut n_at_risk: u64 = ends.iter().map(|(_, ends)| ends.n()).sum();
    let (mut open, mut share) = (1.0, 0.0);
    let mut sums = Variance::default();
    let mut curve = Vec::new();
    for &(time, ends) in ends {
        if ends.converted + ends.lost > 0 {
            let n = count(n_at_risk);
            let (converted, all) = (count(ends.converted), count(ends.converted + ends.lost));
            share += open * converted / n;
            sums.step(share, open, converted, all, n);
            open = if n_at_risk == ends.converted + ends.lost { 0.0 } else { open * (1.0 - all / n) };
            curve.push(Incidence { time, share, error: sums.error(share), open, n_at_risk });
        }
        n_at_risk -= ends.n();
    }
    curve
}

/// The variance of a cumulative incidence by the delta method (Marubini and Valsecchi 1995, 10.12), its sums over past steps
/// kept apart from the share of today, so that a step costs the same however many there were. Without competing ends it is
/// Greenwood's.
#[derive(Default)]
struct Variance {
    a: f64,
    ag: f64,
    agg: f64,
    b: f64,
    c: f64,
    cg: f64,
}

impl Variance {
    fn step(&mut self, share: f64, open: f64, converted: f64, all: f64, n: f64) {
        // When everybody at risk ends, the first sum has no weight any more: the share can't change after it.
        let weight = if n > all { all / (n * (n - all)) } else { 0.0 };
        self.a += weight;
        self.ag += weight * share;
        self.agg += weight * share * share;
        self.b += open * open * (n - converted) / (n * n * n) * converted;
        let cross = open * converted / (n * n);
        self.c += cross;
        self.cg += cross * share;
    }

    fn error(&self, share: f64) -> f64 {
        let first = share * share * self.a - 2.0 * share * self.ag + self.agg;
        let variance = first + self.b - 2.0 * (share * self.c - self.cg);
        libm::sqrt(variance.max(0.0))
    }
}

/// The 95 % interval of a cumulative incidence, on the scale of log(−log), which stays between 0 and 1. None at the ends.
pub(super) fn incidence_interval(share: f64, error: f64) -> Option<(f64, f64)> {
    if error <= 0.0 || share <= 0.0 || share >= 1.0 {
        return None;
    }
    let log = libm::log(share);
    let reach = Z * error / (share * log).abs();
    Some((libm::exp(log * libm::exp(reach)), libm::exp(log * libm::exp(-reach))))
}

/// Leads with equal scores: the score, customers, others.
pub(crate) type Ties = (i64, u64, u64);

/// The area under the ROC curve and its standard error by `DeLong`, `DeLong` and Clarke-Pearson (1988). `ties` ascend. None with
/// fewer than two customers or two others, whose spread can't be known.
pub(crate) fn auc(ties: &[Ties]) -> Option<(f64, f64)> {
    let n_customers: u64 = ties.iter().map(|ties| ties.1).sum();
    let n_others: u64 = ties.iter().map(|ties| ties.2).sum();
    if n_customers < 2 || n_others < 2 {
        return None;
    }
    let (m, n) = (count(n_customers), count(n_others));
    let (mut below, mut twice_wins) = (0u64, 0i128);
    for (_, customers, others) in ties {
        twice_wins += i128::from(*customers) * i128::from(2 * below + others);
        below += others;
    }
    let area = float(twice_wins) / (2.0 * m * n);
    let (mut below, mut customers_below) = (0u64, 0u64);
    let (mut spread_customers, mut spread_others) = (0.0, 0.0);
    for (_, customers, others) in ties {
        let beaten = count(2 * below + others) / (2.0 * n) - area;
        let above = n_customers - customers_below - customers;
        let beaten_by = count(2 * above + customers) / (2.0 * m) - area;
        spread_customers += count(*customers) * beaten * beaten;
        spread_others += count(*others) * beaten_by * beaten_by;
        below += others;
        customers_below += customers;
    }
    Some((area, libm::sqrt(spread_customers / (m - 1.0) / m + spread_others / (n - 1.0) / n)))
}

/// The ratio of two shares, `a` of `n` and `b` of `m`, with its 95 % interval (Katz et al. 1978), which exists where neither
/// count is 0. None where nobody did in the second.
pub(super) fn ratio(a: u64, n: u64, b: u64, m: u64) -> Option<(f64, Option<(f64, f64)>)> {
    if b == 0 || n == 0 || m == 0 {
        return None;
    }
    let (a, n, b, m) = (count(a), count(n), count(b), count(m));
    let ratio = (a * m) / (n * b);
    if a == 0.0 {
        return Some((ratio, None));
    }
    let error = libm::sqrt((1.0 / a - 1.0 / n + 1.0 / b - 1.0 / m).max(0.0));
    let reach = libm::exp(Z * error);
    Some((ratio, Some((ratio / reach, ratio * reach))))
}

#[cfg(test)]
mod tests;
