//! Rates by band of totals and by segment.

use super::judged::Judged;
use super::share::ShareSums;
use crate::points::Points;
use crate::report::Rate;

/// At most so many bands are shown, and lines tried.
pub(super) const MOST_STEPS: i64 = 30;

/// The rate of a band of totals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandRate {
    /// The lowest total of the band.
    pub from: Points,
    /// The lowest total above it.
    pub to: Points,
    /// How many of its rows won.
    pub rate: Rate,
}

/// The rate of each band that has rows, ascending. Bands are ten points wide, or 20, 50, 100, … where that makes more than 30.
#[must_use]
pub fn rates_by_band(rows: &[Judged]) -> Vec<BandRate> {
    let hundredths = || rows.iter().map(|row| row.total.hundredths());
    let (Some(lowest), Some(highest)) = (hundredths().min(), hundredths().max()) else { return Vec::new() };
    let width = step_hundredths(lowest, highest);
    let keyed = rows.iter().map(|row| (row.total.hundredths().div_euclid(width), row));
    let bound = |band: i64| Points::from_hundredths(band.saturating_mul(width));
    let rate = |(band, sums): (i64, ShareSums)| BandRate { from: bound(band), to: bound(band + 1), rate: sums.rate() };
    sums_by(keyed).into_iter().map(rate).collect()
}

/// The rate of each segment, by its number; [`Rate::None`] for those without rows.
#[must_use]
pub fn rates_by_segment(rows: &[Judged], n_segments: usize) -> Vec<Rate> {
    let mut rates = vec![Rate::None; n_segments];
    for (segment, sums) in sums_by(rows.iter().map(|row| (row.segment, row))) {
        if let Some(rate) = rates.get_mut(segment as usize) {
            *rate = sums.rate();
        }
    }
    rates
}

/// The step of bands and lines between two totals, in hundredths: the smallest of 10, 20, 50, 100, … points that makes few enough.
pub(super) fn step_hundredths(lowest: i64, highest: i64) -> i64 {
    let reach = highest.saturating_sub(lowest);
    let mut steps = [1_000, 2_000, 5_000].into_iter().cycle();
    let mut scale = 1_i64;
    loop {
        let step = steps.next().unwrap_or(1_000);
        let step_hundredths = scale.saturating_mul(step);
        if reach / step_hundredths < MOST_STEPS {
            return step_hundredths;
        }
        if step == 5_000 {
            scale = scale.saturating_mul(10);
        }
    }
}

/// The sums of each key, ascending, each lead's rows taken together.
fn sums_by<'a, K: Ord + Copy>(rows: impl Iterator<Item = (K, &'a Judged)>) -> Vec<(K, ShareSums)> {
    let mut sorted: Vec<(K, u32, bool)> = rows.map(|(key, row)| (key, row.lead, row.has_won)).collect();
    sorted.sort_unstable();
    let sums = |group: &[(K, u32, bool)]| {
        let mut sums = ShareSums::default();
        for of_lead in group.chunk_by(|a, b| a.1 == b.1) {
            sums.add_lead(of_lead.len() as u64, of_lead.iter().filter(|row| row.2).count() as u64);
        }
        (group[0].0, sums)
    };
    sorted.chunk_by(|a, b| a.0 == b.0).map(sums).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(lead: u32, points: i64, has_won: bool) -> Judged {
        let total = Points::from_hundredths(points * 100);
        let (segment, moment, age) = (lead % 2, 0, None);
        Judged { total, lead, segment, moment, age, meets_the_rest: true, is_mql: false, has_won }
    }

    #[test]
    fn bands_begin_with_their_lower_end() {
        let rows: Vec<Judged> = (0..25).flat_map(|lead| [row(lead, 10, lead < 5), row(lead, -1, false)]).collect();
        let bands = rates_by_band(&rows);
        let ends: Vec<(i64, i64)> =
            bands.iter().map(|band| (band.from.hundredths() / 100, band.to.hundredths() / 100)).collect();
        assert_eq!(ends, [(-10, 0), (10, 20)]);
        assert!(matches!(bands[1].rate, Rate::Measured { n: 25, converted: 5, rate, .. } if (rate - 0.2).abs() < 1e-9));
        assert!(rates_by_band(&[]).is_empty());
    }

    #[test]
    fn wide_totals_have_wide_bands() {
        assert_eq!(step_hundredths(0, 29_999), 1_000);
        assert_eq!(step_hundredths(0, 30_000), 2_000);
        assert_eq!(step_hundredths(0, 149_999), 5_000);
        assert_eq!(step_hundredths(0, 150_000), 10_000);
        assert!(step_hundredths(i64::MIN, i64::MAX) > 0);
    }

    #[test]
    fn segments_are_told_apart() {
        let rows: Vec<Judged> = (0..50).map(|lead| row(lead, 10, lead % 2 == 0)).collect();
        let rates = rates_by_segment(&rows, 3);
        assert_eq!(rates.iter().map(|rate| rate.share()).collect::<Vec<_>>(), [Some(1.0), Some(0.0), None]);
    }
}
