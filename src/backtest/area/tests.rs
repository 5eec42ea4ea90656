//! The area against published examples, and against all pairs one by one.

use super::super::age::AgeBand;
use super::*;
use proptest::prelude::*;

/// `DeLong`, `DeLong` and Clarke-Pearson (1988): patients with ovarian cancer and an obstruction of the bowel, as the SAS/STAT User's
/// Guide has the data (PROC LOGISTIC, "Comparing Receiver Operating Characteristic Curves"): albumin and total protein in tenths,
/// the K-G score, and whether surgery helped (1) or not.
#[rustfmt::skip]
const OVARIAN: [(i64, i64, i64, u8); 43] = [
    (30, 58, 10, 0), (32, 63, 5, 1), (39, 68, 3, 1), (28, 48, 6, 0), (32, 58, 3, 1), (9, 40, 5, 0), (25, 57, 8, 0), (16, 56, 5, 1),
    (38, 57, 5, 1), (37, 67, 6, 1), (32, 54, 4, 1), (38, 66, 6, 1), (41, 66, 5, 1), (36, 57, 5, 1), (43, 70, 4, 1), (36, 67, 4, 0),
    (23, 44, 6, 1), (42, 76, 4, 0), (40, 66, 6, 0), (35, 58, 6, 1), (38, 68, 7, 1), (30, 47, 8, 0), (45, 74, 5, 1), (37, 74, 5, 1),
    (31, 66, 6, 1), (41, 82, 6, 1), (43, 70, 5, 1), (43, 65, 4, 1), (32, 51, 5, 1), (26, 47, 6, 1), (33, 68, 6, 0), (17, 40, 7, 0),
    (37, 61, 5, 1), (33, 63, 7, 1), (42, 77, 6, 1), (35, 62, 5, 1), (29, 57, 9, 0), (21, 48, 7, 1), (28, 62, 8, 0), (40, 70, 7, 1),
    (33, 57, 6, 1), (37, 69, 5, 1), (36, 66, 5, 1),
];

/// The worked example of Obuchowski (1997), as the tests of <https://github.com/craignied/neuron> cite it
/// (`tests/clustered/check_clustered.cpp`): 65 arteries of 36 patients, judged by two readers: patient, whether the artery is
/// diseased, and both readings.
#[rustfmt::skip]
const ARTERIES: [(u32, u8, i64, i64); 65] = [
    (1, 1, 87, 87), (1, 1, 79, 83), (2, 1, 88, 94), (2, 1, 95, 93), (3, 1, 100, 100), (3, 1, 68, 79), (4, 1, 65, 61),
    (4, 1, 89, 91), (5, 1, 97, 97), (5, 1, 100, 100), (6, 1, 100, 99), (6, 1, 89, 88), (7, 1, 77, 77), (8, 1, 94, 89),
    (8, 0, 45, 44), (9, 1, 89, 92), (9, 0, -11, -17), (10, 1, 95, 91), (10, 0, 30, 14), (11, 1, 95, 95), (11, 0, 10, -122),
    (12, 1, 100, 100), (12, 0, 19, -3), (13, 1, 75, 75), (14, 0, 70, 73), (14, 1, 70, 81), (15, 0, 26, 27), (15, 1, 86, 93),
    (16, 0, 0, 8), (16, 1, 65, 70), (17, 0, 6, 23), (17, 1, 100, 100), (18, 0, 76, 79), (18, 1, 96, 95), (19, 0, 44, 55),
    (19, 1, 100, 100), (20, 0, 73, 67), (20, 1, 97, 94), (21, 1, 85, 86), (22, 0, 58, 60), (22, 1, 100, 99), (23, 0, -2, -2),
    (23, 1, 100, 100), (24, 0, -3, -14), (24, 0, 0, -11), (25, 0, 47, -3), (25, 0, -94, -90), (26, 0, -16, 17), (26, 0, 75, 85),
    (27, 0, 5, -22), (27, 0, -1, -14), (28, 0, -6, -52), (29, 0, 37, 38), (29, 0, 47, 35), (30, 0, 42, 40), (30, 0, 4, 6),
    (31, 0, 55, 23), (31, 0, 55, 45), (32, 0, 4, -87), (32, 0, -13, -65), (33, 0, 49, 24), (33, 0, 35, 9), (34, 0, 53, 66),
    (35, 0, 2, -15), (36, 0, -48, -78),
];

fn standing(stratum: u32, lead: u32, total: i64, has_won: bool) -> Standing {
    Standing { stratum, lead, total: Points::from_hundredths(total), has_won }
}

fn near(found: f64, expected: f64, within: f64) -> bool {
    (found - expected).abs() <= within
}

#[test]
fn one_row_a_lead_is_delong_s() {
    // Areas and standard errors to four digits, worked out from the data by the formulas of the paper, apart from this program.
    for (test, area, error) in [(0, 0.7366, 0.0927), (1, 0.6478, 0.1000), (2, 0.7258, 0.1028)] {
        let rows = (0..).zip(&OVARIAN).map(|(lead, (albumin, protein, score, helped))| {
            standing(0, lead, [-albumin, -protein, *score][test], *helped == 0)
        });
        let found = Placements::of(rows.collect()).estimate().expect("12 and 31");
        assert!(near(found.0, area, 5e-5) && near(found.1, error, 5e-5), "{found:?}, not {area} {error}");
    }
}

#[test]
fn several_rows_a_lead_are_obuchowski_s() {
    let reader = |reading: fn(&(u32, u8, i64, i64)) -> i64| {
        let rows = ARTERIES.iter().map(|artery| standing(0, artery.0, reading(artery), artery.1 == 1));
        Placements::of(rows.collect())
    };
    let (first, second) = (reader(|artery| artery.2), reader(|artery| artery.3));
    // The areas and errors of the example, and its parts of the variances.
    let variance = |s10: f64, s01: f64, s11: f64| s10 / 29.0 + s01 / 36.0 + 2.0 * s11 / (29.0 * 36.0);
    let published = [
        (&first, 0.9837, 0.0108, variance(0.001_315_130_7, 0.002_237_587_3, 0.005_178_547_8)),
        (&second, 0.9852, 0.0097, variance(0.000_928_412_2, 0.002_259_858_3, -0.000_501_576_0)),
    ];
    for (reader, area, error, variance) in published {
        let found = reader.estimate().expect("23 and 27 patients");
        assert!(near(found.0, area, 5e-5) && near(found.1, error, 5e-5), "{found:?}, not {area} {error}");
        assert!(near(found.1 * found.1, variance, 1e-11), "{} {variance}", found.1 * found.1);
    }
    let (gain, error) = first.difference(&second).expect("the same arteries");
    assert!(near(gain, 0.0014, 5e-5) && near(error, 0.0066, 5e-5), "{gain} {error}");
    let Figure::Between { low, high, .. } = first.gain_of(&second) else { panic!("there are enough") };
    assert!(near(low, -0.0115, 5e-5) && near(high, 0.0143, 5e-5), "{low} {high}");
}

#[test]
fn only_rows_of_a_stratum_are_compared() {
    // Stratum 0: 3 against 1 and 2, both won. Stratum 1: 1 against 1, a tie. Stratum 2 has no pair. 2½ of 3.
    let rows =
        [(0, 0, 3, true), (0, 1, 1, false), (0, 2, 2, false), (1, 3, 1, true), (1, 4, 1, false), (2, 5, 0, true)];
    let rows = rows.map(|(stratum, lead, total, has_won)| standing(stratum, lead, total, has_won)).to_vec();
    let (area, _) = Placements::of(rows).estimate().expect("two leads that won in pairs, three others");
    assert!(near(area, 2.5 / 3.0, 1e-12), "{area}");
}

#[test]
fn pairs_are_of_one_moment_and_one_age() {
    let judged = |lead, moment, age_days: Option<i64>, total: i64, has_won| Judged {
        total: Points::from_hundredths(total),
        lead,
        segment: 0,
        moment,
        age: age_days.map(|days| AgeBand::of(days * crate::value::duration::DAY_MS)),
        meets_the_rest: true,
        is_mql: false,
        has_won,
    };
    // Thirty young leads that win rarely with high totals, thirty old ones with low ones: age says it all.
    let rows: Vec<Judged> = (0..30)
        .flat_map(|lead| [judged(lead, 0, Some(1), 100, lead < 20), judged(lead + 30, 0, Some(400), 1, lead < 2)])
        .collect();
    let value = |area: Area| area.auc.value();
    assert!(value(area(rows.iter())).is_some_and(|auc| auc > 0.75));
    assert_eq!(value(area_by_age(rows.iter())), Some(0.5));
    // Another moment has other pairs, and what has no age has none.
    let moved: Vec<Judged> = rows.iter().map(|row| Judged { moment: u16::from(row.has_won), ..*row }).collect();
    assert_eq!(area_by_age(moved.iter()).auc, Figure::None);
    let ageless: Vec<Judged> = rows.iter().map(|row| Judged { age: None, ..*row }).collect();
    assert_eq!(area_by_age(ageless.iter()), Area { auc: Figure::None, n_won: 0, n_others: 0 });
}

#[test]
fn nothing_is_made_of_nobody() {
    let area = |rows: Vec<Standing>| Placements::of(rows).area().auc;
    assert_eq!(area(Vec::new()), Figure::None);
    assert_eq!(area((0..50).map(|lead| standing(0, lead, 1, false)).collect()), Figure::None);
    assert_eq!(area((0..50).map(|lead| standing(0, lead, 1, lead == 0)).collect()), Figure::TooFew { n: 1 });
    assert_eq!(area((0..19).map(|lead| standing(0, lead, 1, lead < 9)).collect()), Figure::TooFew { n: 19 });
    // One lead that won at many moments is one piece of evidence.
    assert_eq!(area((0..50).map(|row| standing(0, row.max(20), 1, row < 20)).collect()), Figure::TooFew { n: 20 });
    let same = area((0..50).map(|lead| standing(0, lead, 7, lead < 9)).collect());
    assert_eq!(same, Figure::Between { value: 0.5, low: 0.5, high: 0.5 });
}

/// The area and its error, pair by pair.
fn by_pairs(rows: &[Standing]) -> Option<(f64, f64)> {
    let half_wins = |won: &Standing, other: &Standing| match won.total.cmp(&other.total) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    };
    let pairs: Vec<(u32, u32, f64)> = rows
        .iter()
        .filter(|row| row.has_won)
        .flat_map(|won| {
            let others = rows.iter().filter(|other| !other.has_won && other.stratum == won.stratum);
            others.map(|other| (won.lead, other.lead, half_wins(won, other)))
        })
        .collect();
    let n_pairs = count(pairs.len() as u64);
    let area = pairs.iter().map(|pair| pair.2).sum::<f64>() / n_pairs;
    let (mut of_won, mut of_others) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    for (won, other, wins) in &pairs {
        *of_won.entry(*won).or_insert(0.0) += wins - area;
        *of_others.entry(*other).or_insert(0.0) += wins - area;
    }
    let n_all = of_won.keys().chain(of_others.keys()).collect::<std::collections::BTreeSet<_>>().len();
    let (i, j) = (of_won.len(), of_others.len());
    if i < 2 || j < 2 {
        return None;
    }
    let unbiased = |n: usize| count(n as u64) / count(n as u64 - 1);
    let both: f64 = of_won.iter().map(|(lead, won)| won * of_others.get(lead).copied().unwrap_or(0.0)).sum();
    let variance = unbiased(i) * of_won.values().map(|x| x * x).sum::<f64>()
        + unbiased(j) * of_others.values().map(|x| x * x).sum::<f64>()
        + 2.0 * unbiased(n_all) * both;
    Some((area, libm::sqrt(variance.max(0.0)) / n_pairs))
}

proptest! {
    #[test]
    fn the_area_is_that_of_all_pairs_in_any_order(
        rows in proptest::collection::vec((0u32..3, 0u32..25, -8i64..8, any::<bool>()), 0..80),
    ) {
        let mut rows: Vec<Standing> =
            rows.into_iter().map(|(stratum, lead, total, has_won)| standing(stratum, lead, total, has_won)).collect();
        let found = Placements::of(rows.clone()).estimate();
        match (found, by_pairs(&rows)) {
            (Some(found), Some(expected)) => {
                prop_assert!(near(found.0, expected.0, 1e-12) && near(found.1 * found.1, expected.1 * expected.1, 1e-12),
                    "{found:?} {expected:?}");
            }
            (found, expected) => prop_assert_eq!(found, expected),
        }
        // To the last bit: rows in another order, and leads by other numbers.
        rows.reverse();
        for row in &mut rows {
            row.lead = 40 - row.lead;
        }
        let turned = Placements::of(rows).estimate();
        prop_assert_eq!(turned.map(|(a, b)| (a.to_bits(), b.to_bits())), found.map(|(a, b)| (a.to_bits(), b.to_bits())));
    }

    #[test]
    fn one_row_a_lead_is_what_the_funnel_shows(
        rows in proptest::collection::vec((-8i64..8, any::<bool>()), 0..80),
    ) {
        let mut ties: std::collections::BTreeMap<i64, (u64, u64)> = std::collections::BTreeMap::new();
        for (total, has_won) in &rows {
            let at = ties.entry(*total).or_default();
            *(if *has_won { &mut at.0 } else { &mut at.1 }) += 1;
        }
        let ties: Vec<(i64, u64, u64)> = ties.into_iter().map(|(total, (won, others))| (total, won, others)).collect();
        let standings = (0..).zip(&rows).map(|(lead, (total, has_won))| standing(0, lead, *total, *has_won));
        let found = Placements::of(standings.collect()).estimate();
        match (found, crate::funnel::auc(&ties)) {
            (Some(found), Some(expected)) => {
                prop_assert!(near(found.0, expected.0, 1e-12) && near(found.1, expected.1, 1e-7), "{found:?} {expected:?}");
            }
            (found, expected) => prop_assert_eq!(found, expected),
        }
    }
}
