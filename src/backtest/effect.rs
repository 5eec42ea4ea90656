//! What a criterion foretold: how often leads won on which it fired, and how often the others.

use super::share::ShareSums;
use crate::funnel::{Z, count, float, to_share};
use crate::report::{Figure, Rate};

/// One lead's rows, by whether a criterion fired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeadCounts {
    /// Rows on which it fired, and those of them that won.
    pub fired: (u64, u64),
    /// The other rows, and those of them that won.
    pub others: (u64, u64),
}

/// The counts of many leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EffectSums {
    /// The rows on which the criterion fired.
    pub fired: ShareSums,
    /// The others.
    pub others: ShareSums,
    // Sums over leads of products of the counts of both: rows · rows, rows · won, won · rows, won · won.
    n_n: i128,
    n_won: i128,
    won_n: i128,
    won_won: i128,
}

/// What a criterion foretold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// On how many rows it fired.
    pub n_fired: u64,
    /// The rate of these.
    pub rate_fired: Rate,
    /// The rate of the others.
    pub rate_others: Rate,
    /// The first over the second, with its interval; without one where no row on which it fired won.
    pub lift: Figure,
}

impl EffectSums {
    /// Adds all rows of one lead.
    pub fn add_lead(&mut self, lead: LeadCounts) {
        self.fired.add_lead(lead.fired.0, lead.fired.1);
        self.others.add_lead(lead.others.0, lead.others.1);
        let product = |a: u64, b: u64| i128::from(a) * i128::from(b);
        self.n_n += product(lead.fired.0, lead.others.0);
        self.n_won += product(lead.fired.0, lead.others.1);
        self.won_n += product(lead.fired.1, lead.others.0);
        self.won_won += product(lead.fired.1, lead.others.1);
    }

    /// Adds the sums of other leads.
    pub fn add(&mut self, other: &EffectSums) {
        self.fired.add(&other.fired);
        self.others.add(&other.others);
        self.n_n += other.n_n;
        self.n_won += other.n_won;
        self.won_n += other.won_n;
        self.won_won += other.won_won;
    }

    /// The figures.
    #[must_use]
    pub fn effect(&self) -> Effect {
        let (rate_fired, rate_others) = (self.fired.rate(), self.others.rate());
        let lift = match (rate_fired, rate_others) {
            (Rate::None, _) | (_, Rate::None | Rate::Measured { converted: 0, .. }) => Figure::None,
            (Rate::TooFew { n, .. }, _) | (_, Rate::TooFew { n, .. }) => Figure::TooFew { n },
            (Rate::Measured { .. }, Rate::Measured { .. }) => self.lift(),
        };
        Effect { n_fired: self.fired.n, rate_fired, rate_others, lift }
    }

    /// The ratio of the rates with an interval on the scale of logarithms (Katz et al. 1978), its error by leads: with one row a
    /// lead it is Katz' own.
    fn lift(&self) -> Figure {
        let rate = |sums: &ShareSums| count(sums.n_won) / count(sums.n);
        let (p, q) = (rate(&self.fired), rate(&self.others));
        let ratio = p / q;
        if self.fired.n_won == 0 {
            return Figure::Known { value: 0.0 };
        }
        let (won, others_won) = (count(self.fired.n_won), count(self.others.n_won));
        let both = float(self.won_won) - q * float(self.won_n) - p * float(self.n_won) + p * q * float(self.n_n);
        let variance = self.fired.spread(p) / (won * won) + self.others.spread(q) / (others_won * others_won)
            - 2.0 * both / (won * others_won);
        let reach = libm::exp(Z * libm::sqrt(variance.max(0.0)));
        Figure::Between { value: to_share(ratio), low: to_share(ratio / reach), high: to_share(ratio * reach) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leads with `times` rows each, all alike: (n, won) of those on which it fired, and of the others.
    fn sums(times: u64, fired: (u64, u64), others: (u64, u64)) -> EffectSums {
        let mut sums = EffectSums::default();
        for place in 0..fired.0 {
            sums.add_lead(LeadCounts { fired: (times, times * u64::from(place < fired.1)), others: (0, 0) });
        }
        for place in 0..others.0 {
            sums.add_lead(LeadCounts { others: (times, times * u64::from(place < others.1)), fired: (0, 0) });
        }
        sums
    }

    #[test]
    fn one_row_a_lead_is_katz_interval() {
        // The Physicians' Health Study (1989), as Agresti gives it: 1.82 (1.43, 2.31).
        let found = sums(1, (11_034, 189), (11_037, 104)).effect();
        let Figure::Between { value, low, high } = found.lift else { panic!("{found:?}") };
        assert!((value - 1.82).abs() < 5e-3 && (low - 1.43).abs() < 5e-3 && (high - 2.31).abs() < 5e-3, "{found:?}");
        // Twelve rows a lead are no more evidence.
        assert_eq!(sums(12, (11_034, 189), (11_037, 104)).effect().lift, found.lift);
    }

    #[test]
    fn a_lead_on_both_sides_is_not_counted_as_two() {
        // On every lead it fired once and once not, with the same outcome: the ratio is 1 without any doubt.
        let mut sums = EffectSums::default();
        for lead in 0..40 {
            let won = u64::from(lead < 10);
            sums.add_lead(LeadCounts { fired: (1, won), others: (1, won) });
        }
        assert_eq!(sums.effect().lift, Figure::Between { value: 1.0, low: 1.0, high: 1.0 });
    }

    #[test]
    fn nothing_is_made_of_nobody() {
        assert_eq!(sums(1, (0, 0), (30, 3)).effect().lift, Figure::None);
        assert_eq!(sums(1, (30, 3), (30, 0)).effect().lift, Figure::None);
        assert_eq!(sums(1, (30, 0), (30, 3)).effect().lift, Figure::Known { value: 0.0 });
        assert_eq!(sums(1, (5, 3), (30, 3)).effect().lift, Figure::TooFew { n: 5 });
    }

    #[test]
    fn parts_add_up() {
        let (mut a, b) = (sums(2, (30, 7), (10, 1)), sums(3, (12, 2), (40, 9)));
        let mut turned = b;
        turned.add(&a);
        a.add(&b);
        assert_eq!(a, turned);
    }
}
