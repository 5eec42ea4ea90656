//! The chance that a lead that won had the higher total than one that didn't: the area under the ROC curve, over all pairs of
//! rows or only over pairs of like age, with an interval that counts evidence by lead.

use super::judged::Judged;
use crate::funnel::{FEW, Z, count, float, to_share};
use crate::points::Points;
use crate::report::Figure;

/// A row among those that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Rows of one stratum are compared with each other, never with those of another.
    pub stratum: u32,
    /// Which lead: rows of one lead are no independent evidence.
    pub lead: u32,
    /// The total.
    pub total: Points,
    /// Whether it won.
    pub has_won: bool,
}

/// What the pairs of one lead's rows came to. Wins count double, so that a tie is 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Placed {
    /// Of its rows that won: in how many pairs they stand, and how often they have the higher total.
    won_pairs: i64,
    won_wins: i64,
    /// Of its other rows: in how many pairs they stand, and how often the row that won has the higher total.
    other_pairs: i64,
    other_wins: i64,
}

/// Each lead's placement values, summed over its rows: what an area and its variance are made of.
///
/// The area is all wins over all pairs of all strata. Its variance is Obuchowski's (1997, "Nonparametric analysis of clustered ROC
/// curve data", Biometrics 53) with the placement values of each stratum weighted by its pairs; where there is one stratum it is
/// hers, and where each lead has one row besides, it is that of `DeLong`, `DeLong` and Clarke-Pearson (1988).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placements {
    leads: Vec<Placed>,
    n_rows: u64,
    n_won: u64,
}

/// An area with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The area with its 95 % interval; too few with fewer than 20 rows, or fewer than two leads on either side. None without a
    /// pair.
    pub auc: Figure,
    /// How many rows won.
    pub n_won: u64,
    /// How many didn't.
    pub n_others: u64,
}

/// The area over all rows. A lead that stands at several moments is one piece of evidence.
#[must_use]
pub fn area<'a>(rows: impl Iterator<Item = &'a Judged>) -> Area {
    Placements::of(rows.map(|row| standing(row, 0)).collect()).area()
}

/// The area over pairs of rows at the same moment and in the same band of ages, weighted by pairs. Rows of unknown age are in no
/// pair and not counted.
#[must_use]
pub fn area_by_age<'a>(rows: impl Iterator<Item = &'a Judged>) -> Area {
    let aged = rows.filter_map(|row| Some(standing(row, u32::from(row.moment) << 5 | row.age?.number())));
    Placements::of(aged.collect()).area()
}

fn standing(row: &Judged, stratum: u32) -> Standing {
    Standing { stratum, lead: row.lead, total: row.total, has_won: row.has_won }
}

impl Placements {
    /// Places every row within its stratum, in O(n log n).
    #[must_use]
    pub fn of(mut rows: Vec<Standing>) -> Placements {
        rows.sort_unstable_by_key(|row| (row.stratum, row.total));
        let n_leads = rows.iter().map(|row| row.lead as usize + 1).max().unwrap_or(0);
        let mut leads = vec![Placed::default(); n_leads];
        for stratum in rows.chunk_by(|a, b| a.stratum == b.stratum) {
            place(stratum, &mut leads);
        }
        let n_won = n_won(&rows).unsigned_abs();
        Placements { leads, n_rows: rows.len() as u64, n_won }
    }

    /// The area with its interval.
    #[must_use]
    pub fn area(&self) -> Area {
        let auc = self.figure(|| {
            let (area, error) = self.estimate()?;
            Some(Figure::Between {
                value: to_share(area),
                low: to_share((area - Z * error).max(0.0)),
                high: to_share((area + Z * error).min(1.0)),
            })
        });
        Area { auc, n_won: self.n_won, n_others: self.n_rows - self.n_won }
    }

    /// By how much the area of other totals of the same rows is larger than this one, with its interval. The rows are paired, so
    /// the interval is narrower than those of both areas suggest.
    #[must_use]
    pub fn gain_of(&self, other: &Placements) -> Figure {
        self.figure(|| {
            let (gain, error) = self.difference(other)?;
            Some(Figure::Between {
                value: to_share(gain),
                low: to_share(gain - Z * error),
                high: to_share(gain + Z * error),
            })
        })
    }

    fn figure(&self, measured: impl Fn() -> Option<Figure>) -> Figure {
        let n_fewer = self.n_won.min(self.n_rows - self.n_won);
        if n_fewer == 0 || self.leads.iter().all(|placed| placed.won_pairs == 0) {
            Figure::None
        } else if self.n_rows < FEW {
            Figure::TooFew { n: self.n_rows }
        } else {
            measured().unwrap_or(Figure::TooFew { n: n_fewer })
        }
    }

    /// The area and its standard error.
    fn estimate(&self) -> Option<(f64, f64)> {
        estimate(self.leads.iter().copied())
    }

    /// The difference of two areas over the same pairs, and its standard error.
    fn difference(&self, other: &Placements) -> Option<(f64, f64)> {
        let paired = self.leads.iter().zip(&other.leads).map(|(old, new)| Placed {
            won_wins: new.won_wins - old.won_wins,
            other_wins: new.other_wins - old.other_wins,
            ..*old
        });
        estimate(paired)
    }
}

fn n_won(rows: &[Standing]) -> i64 {
    i64::try_from(rows.iter().filter(|row| row.has_won).count()).unwrap_or(i64::MAX)
}

/// Adds what the pairs of one stratum come to; its rows ascend by total.
fn place(stratum: &[Standing], leads: &mut [Placed]) {
    let all_won = n_won(stratum);
    let all_others = i64::try_from(stratum.len()).unwrap_or(i64::MAX) - all_won;
    let (mut won_below, mut others_below) = (0, 0);
    for ties in stratum.chunk_by(|a, b| a.total == b.total) {
        let won = n_won(ties);
        let others = i64::try_from(ties.len()).unwrap_or(i64::MAX) - won;
        for row in ties {
            let placed = &mut leads[row.lead as usize];
            if row.has_won {
                placed.won_pairs += all_others;
                placed.won_wins += 2 * others_below + others;
            } else {
                placed.other_pairs += all_won;
                placed.other_wins += 2 * (all_won - won_below - won) + won;
            }
        }
        won_below += won;
        others_below += others;
    }
}

/// Wins over pairs, and the standard error. None with fewer than two leads on either side, whose spread can't be known.
fn estimate(leads: impl Iterator<Item = Placed>) -> Option<(f64, f64)> {
    let (mut n_won, mut n_others, mut n_all) = (0_u64, 0_u64, 0_u64);
    let (mut pairs, mut wins) = (0_i128, 0_i128);
    let (mut of_won, mut of_others, mut of_both) = (Products::default(), Products::default(), Products::default());
    for placed in leads {
        let won = (placed.won_wins.into(), placed.won_pairs.into());
        let others = (placed.other_wins.into(), placed.other_pairs.into());
        n_won += u64::from(won.1 > 0);
        n_others += u64::from(others.1 > 0);
        n_all += u64::from(won.1 + others.1 > 0);
        wins += won.0;
        pairs += won.1;
        of_won.add(won, won);
        of_others.add(others, others);
        of_both.add(won, others);
    }
    if n_won < 2 || n_others < 2 {
        return None;
    }
    let (pairs, area) = (float(pairs), float(wins) / (2.0 * float(pairs)));
    let unbiased = |n: u64| count(n) / count(n - 1);
    let variance = unbiased(n_won) * of_won.around(area)
        + unbiased(n_others) * of_others.around(area)
        + 2.0 * unbiased(n_all) * of_both.around(area);
    Some((area, libm::sqrt(variance.max(0.0)) / pairs))
}

/// Sums of products of wins and pairs, by lead: whole numbers, so that the order of leads changes nothing.
#[derive(Default)]
struct Products {
    wins_wins: i128,
    wins_pairs: i128,
    pairs_pairs: i128,
}

impl Products {
    fn add(&mut self, (wins, pairs): (i128, i128), (other_wins, other_pairs): (i128, i128)) {
        self.wins_wins += wins * other_wins;
        self.wins_pairs += wins * other_pairs + other_wins * pairs;
        self.pairs_pairs += pairs * other_pairs;
    }

    /// The sum of (wins/2 − area · pairs) times the same of the other.
    fn around(&self, area: f64) -> f64 {
        float(self.wins_wins) / 4.0 - area * float(self.wins_pairs) / 2.0 + area * area * float(self.pairs_pairs)
    }
}

#[cfg(test)]
mod tests;
