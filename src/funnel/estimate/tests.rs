//! The statistics against published examples, and against each other.

use super::*;
use proptest::prelude::*;

fn near(found: f64, expected: f64, within: f64) -> bool {
    (found - expected).abs() <= within
}

#[test]
fn wilson_is_newcombe_s() {
    // Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
    let table = [
        ((81, 263), (0.2553, 0.3662)),
        ((15, 148), (0.0624, 0.1605)),
        ((0, 20), (0.0, 0.1611)),
        ((1, 29), (0.0061, 0.1718)),
    ];
    for ((converted, n), (low, high)) in table {
        let found = wilson(converted, n);
        assert!(near(found.0, low, 5e-5) && near(found.1, high, 5e-5), "{converted} of {n}: {found:?}");
    }
    assert_eq!(wilson(20, 20).1.to_bits(), 1f64.to_bits());
}

/// Ends by time from lists of the times of those converted, lost and censored.
fn ends(converted: &[u32], lost: &[u32], censored: &[u32]) -> Vec<(u32, Ends)> {
    let mut by_time: std::collections::BTreeMap<u32, Ends> = std::collections::BTreeMap::new();
    for time in converted {
        by_time.entry(*time).or_default().converted += 1;
    }
    for time in lost {
        by_time.entry(*time).or_default().lost += 1;
    }
    for time in censored {
        by_time.entry(*time).or_default().censored += 1;
    }
    by_time.into_iter().collect()
}

#[test]
fn without_losses_it_is_kaplan_and_meier_s() {
    // Freireich et al. (1963), remission under 6-MP in weeks, the textbook example: Kalbfleisch and Prentice; Collett. S(t) and
    // Greenwood's standard error as Collett and R's `survfit` print them.
    let data = ends(&[6, 6, 6, 7, 10, 13, 16, 22, 23], &[], &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
    let curve = incidence(&data);
    let table = [
        (6, 21, 0.857, 0.0764),
        (7, 17, 0.807, 0.0869),
        (10, 15, 0.753, 0.0963),
        (13, 12, 0.690, 0.1068),
        (16, 11, 0.627, 0.1141),
        (22, 7, 0.538, 0.1282),
        (23, 6, 0.448, 0.1346),
    ];
    assert_eq!(curve.len(), table.len());
    for (step, (time, n_at_risk, survival, error)) in curve.iter().zip(table) {
        assert_eq!((step.time, step.n_at_risk), (time, n_at_risk));
        assert!(near(1.0 - step.share, survival, 5e-4), "S({time}) = {}", 1.0 - step.share);
        assert!(near(step.open, survival, 5e-4));
        assert!(near(step.error, error, 5e-5), "se({time}) = {}", step.error);
    }
}

#[test]
fn a_competing_end_takes_leads_away() {
    // By hand: 10 leads; at 1 two convert; at 2 one is lost and one converts; at 3 one is still open; at 4 one converts.
    let curve = incidence(&ends(&[1, 1, 2, 4], &[2], &[3, 5, 5, 5, 5]));
    let shares: Vec<f64> = curve.iter().map(|step| step.share).collect();
    // 2/10; + 8/10 · 1/8; + 8/10 · 6/8 · 1/5.
    let by_hand = [0.2, 0.2 + 0.8 / 8.0, 0.3 + 0.8 * 0.75 / 5.0];
    assert!(shares.iter().zip(by_hand).all(|(found, expected)| near(*found, expected, 1e-12)), "{shares:?}");
    // With 1 − Kaplan–Meier, which takes lost leads for open ones, the last would be 0.44: too much.
    assert!(shares[2] < 0.43);
    // When everybody has ended, the shares of both ends are all there is.
    let all = incidence(&ends(&[1, 2], &[1, 3], &[]));
    assert!(near(all[2].share, 0.5, 1e-12) && all[2].open == 0.0);
    assert!(incidence(&ends(&[], &[], &[1, 2])).is_empty());
}

#[test]
fn the_area_counts_ties_half() {
    // Customers at 3 and 4, others at 1, 2 and 3: 5½ of 6 pairs.
    let (area, error) = auc(&[(1, 0, 1), (2, 0, 1), (3, 1, 1), (4, 1, 0)]).expect("two of each");
    assert!(near(area, 5.5 / 6.0, 1e-12));
    // The customers beat 5/6 and 1 of the others: variance 1/72, halved; the others lose to 1, 1 and 3/4: variance 1/48, by three.
    assert!(near(error * error, 1.0 / 72.0 / 2.0 + 1.0 / 48.0 / 3.0, 1e-12), "{error}");
    assert_eq!(auc(&[(1, 1, 5)]), None, "one customer has no spread");
}

#[test]
fn a_ratio_has_katz_interval() {
    // The Physicians' Health Study (1989): heart attacks under aspirin and placebo; Agresti, Categorical Data Analysis, gives the
    // ratio of placebo to aspirin as 1.82 with the interval (1.43, 2.31).
    let (found, interval) = ratio(189, 11_034, 104, 11_037).expect("there were some");
    let (low, high) = interval.expect("in both");
    assert!(near(found, 1.82, 5e-3) && near(low, 1.43, 5e-3) && near(high, 2.31, 5e-3), "{found} {low} {high}");
    assert_eq!(ratio(3, 10, 0, 10), None);
    assert_eq!(ratio(0, 10, 3, 10), Some((0.0, None)));
}

proptest! {
    #[test]
    fn a_curve_rises_and_its_interval_holds_it(
        times in proptest::collection::vec((0u32..60, 0u8..3), 1..200),
    ) {
        let of = |kind: u8| times.iter().filter(|(_, end)| *end == kind).map(|(time, _)| *time).collect::<Vec<_>>();
        let curve = incidence(&ends(&of(0), &of(1), &of(2)));
        let mut before = 0.0;
        for step in &curve {
            prop_assert!(step.share >= before - 1e-12 && step.share + step.open <= 1.0 + 1e-9);
            prop_assert!(step.error.is_finite());
            if let Some((low, high)) = incidence_interval(step.share, step.error) {
                prop_assert!(low <= step.share && step.share <= high && (0.0..=1.0).contains(&low) && high <= 1.0);
            }
            before = step.share;
        }
        // Without losses the delta method's error is Greenwood's.
        let km = incidence(&ends(&of(0), &[], &of(2)));
        let mut sum = 0.0;
        for step in &km {
            let (n, d) = (count(step.n_at_risk), times.iter().filter(|(time, end)| *end == 0 && *time == step.time).count());
            let d = count(d as u64);
            sum += d / (n * (n - d));
            if step.open > 0.0 {
                prop_assert!(near(step.error, step.open * sum.sqrt(), 1e-6), "{} {}", step.error, step.open * sum.sqrt());
            }
        }
    }

    #[test]
    fn wilson_holds_the_share(n in 1u64..5000, part in 0.0f64..=1.0) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small count")]
        let converted = (count(n) * part) as u64;
        let (low, high) = wilson(converted, n);
        let share = count(converted) / count(n);
        prop_assert!((0.0..=share).contains(&low) && (share..=1.0).contains(&high));
    }
}
