//! A share of rows whose interval counts evidence by lead.

use crate::funnel::{FEW, count, float, to_share, wilson_of_share};
use crate::report::Rate;

/// Rows, and those of them that won, summed lead by lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShareSums {
    /// How many rows.
    pub n: u64,
    /// How many of them won.
    pub n_won: u64,
    n_leads: u64,
    n_leads_won: u64,
    n_n: u128,
    n_won_n: u128,
    n_won_n_won: u128,
}

impl ShareSums {
    /// Adds all rows of one lead.
    pub fn add_lead(&mut self, n: u64, n_won: u64) {
        let (wide, wide_won) = (u128::from(n), u128::from(n_won));
        self.n += n;
        self.n_won += n_won;
        self.n_leads += u64::from(n > 0);
        self.n_leads_won += u64::from(n_won > 0);
        self.n_n += wide * wide;
        self.n_won_n += wide * wide_won;
        self.n_won_n_won += wide_won * wide_won;
    }

    /// Adds the sums of other leads.
    pub fn add(&mut self, other: &ShareSums) {
        self.n += other.n;
        self.n_won += other.n_won;
        self.n_leads += other.n_leads;
        self.n_leads_won += other.n_leads_won;
        self.n_n += other.n_n;
        self.n_won_n += other.n_won_n;
        self.n_won_n_won += other.n_won_n_won;
    }

    /// The share with Wilson's interval for as many independent rows as these are worth (Rao and Scott 1992, "A simple method for
    /// the analysis of clustered binary data", Biometrics 48). With one row a lead that is Wilson's interval itself. Too few with
    /// fewer than 20 leads, whatever the number of rows.
    #[must_use]
    pub fn rate(&self) -> Rate {
        match self.n_leads {
            0 => Rate::None,
            n if n < FEW => Rate::TooFew { n, converted: self.n_leads_won },
            _ => {
                let n = count(self.n);
                let share = count(self.n_won) / n;
                let (low, high) = wilson_of_share(share, n / self.design_effect(share));
                Rate::Measured {
                    n: self.n,
                    converted: self.n_won,
                    rate: to_share(share),
                    low: to_share(low),
                    high: to_share(high),
                }
            }
        }
    }

    /// How many times as uncertain the share is as that of as many independent rows; at least 1.
    fn design_effect(&self, share: f64) -> f64 {
        let binomial = share * (1.0 - share) * count(self.n);
        // All rows, or none, won: their leads' sizes say what they are worth.
        if binomial <= 0.0 {
            return float(to_i128(self.n_n)) / count(self.n);
        }
        (self.spread(share) / binomial).max(1.0)
    }

    /// The sum over leads of (won − share · rows)².
    pub(super) fn spread(&self, share: f64) -> f64 {
        let [n_n, n_won_n, n_won_n_won] = [self.n_n, self.n_won_n, self.n_won_n_won].map(|sum| float(to_i128(sum)));
        (n_won_n_won - 2.0 * share * n_won_n + share * share * n_n).max(0.0)
    }
}

fn to_i128(sum: u128) -> i128 {
    i128::try_from(sum).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_a_lead_is_wilson_s_interval() {
        // Newcombe (1998), table I, method 3: 15 of 148.
        let mut sums = ShareSums::default();
        (0..148).for_each(|lead| sums.add_lead(1, u64::from(lead < 15)));
        let Rate::Measured { low, high, .. } = sums.rate() else { panic!("there are enough") };
        assert!((low - 0.0624).abs() < 5e-5 && (high - 0.1605).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn rows_of_one_lead_are_one_piece_of_evidence() {
        // Each lead four times, always with the same outcome: the interval is that of the leads.
        let (mut once, mut four_times) = (ShareSums::default(), ShareSums::default());
        for lead in 0..148 {
            once.add_lead(1, u64::from(lead < 15));
            four_times.add_lead(4, 4 * u64::from(lead < 15));
        }
        let ends = |sums: ShareSums| match sums.rate() {
            Rate::Measured { rate, low, high, .. } => [rate, low, high].map(f64::to_bits),
            other => panic!("{other:?}"),
        };
        assert_eq!(ends(once), ends(four_times));
        // So it is where nobody won at all.
        let (mut once, mut four_times) = (ShareSums::default(), ShareSums::default());
        (0..40).for_each(|_| once.add_lead(1, 0));
        (0..40).for_each(|_| four_times.add_lead(4, 0));
        assert_eq!(ends(once), ends(four_times));
    }

    #[test]
    fn too_few_leads_are_no_share() {
        let mut sums = ShareSums::default();
        assert_eq!(sums.rate(), Rate::None);
        (0..19).for_each(|_| sums.add_lead(12, 1));
        assert_eq!(sums.rate(), Rate::TooFew { n: 19, converted: 19 });
    }
}
