//! Changes of the total → a histogram whose bins are as wide as the spread asks for: 1, 2, 5, 10, 20 … points.

use super::report::{Bin, DiffCount};
use std::collections::BTreeMap;

/// How many bins there are at most on either side of 0.
const MOST_BINS: i64 = 10;

/// The histogram of changes in hundredths of a point; those who didn't change are not in it. Bins without a lead between two with
/// one are kept, so that the shape is true.
pub(super) fn histogram(changes: &BTreeMap<i64, u64>, count: impl Fn(u64) -> DiffCount) -> Vec<Bin> {
    let largest = changes.keys().map(|change| change.unsigned_abs()).max().unwrap_or(0);
    let largest = i64::try_from(largest.div_ceil(100)).unwrap_or(i64::MAX);
    let width = width(largest);
    let mut bins: BTreeMap<i64, u64> = BTreeMap::new();
    for (change, n) in changes {
        // Falls in the bin that begins below them, rises in the one that ends above: no bin holds both.
        let size = change.unsigned_abs().div_ceil(100 * width.unsigned_abs());
        let bin = i64::try_from(size).unwrap_or(i64::MAX) * change.signum();
        *bins.entry(bin).or_default() += n;
    }
    let (Some(first), Some(last)) = (bins.keys().next().copied(), bins.keys().next_back().copied()) else {
        return Vec::new();
    };
    let bounds = |bin: i64| {
        let end = bin.saturating_mul(width);
        if bin < 0 { (end, end + width) } else { (end - width, end) }
    };
    let bin = |bin: i64| {
        let (above, to) = bounds(bin);
        Bin { above, to, n: count(bins.get(&bin).copied().unwrap_or(0)) }
    };
    (first..=last).filter(|bin| *bin != 0).map(bin).collect()
}

/// The narrowest width of 1, 2, 5, 10, 20 … points with which the largest change lies in the last bin.
fn width(largest: i64) -> i64 {
    let mut decade = 1i64;
    loop {
        for step in [1, 2, 5] {
            let width = decade.saturating_mul(step);
            if width.saturating_mul(MOST_BINS) >= largest {
                return width;
            }
        }
        decade = decade.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_and_rises_share_no_bin() {
        let changes = BTreeMap::from([(-150, 2), (-100, 1), (-1, 4), (1, 8), (100, 16), (101, 32)]);
        let bins = histogram(&changes, |n| DiffCount::of(n, false));
        let shown: Vec<_> = bins.iter().map(|bin| (bin.above, bin.to, bin.n.n().unwrap_or(0))).collect();
        assert_eq!(shown, [(-2, -1, 2), (-1, 0, 5), (0, 1, 24), (1, 2, 32)]);
    }

    #[test]
    fn bins_grow_with_the_spread() {
        assert_eq!([0, 10, 11, 21, 51, 1000].map(width), [1, 1, 2, 5, 10, 100]);
        assert!(histogram(&BTreeMap::new(), |n| DiffCount::of(n, false)).is_empty());
    }
}
