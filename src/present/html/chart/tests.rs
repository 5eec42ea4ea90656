//! Whatever the numbers are, a chart is well formed, its numbers are finite and its places are inside of it.

use super::*;
use crate::present::chart::{Bar, Curve, Heat, HeatCell, IntervalRow, Panel, SignedRow};
use proptest::prelude::*;

fn size() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(f64::NAN), Just(f64::INFINITY), 0.0..1.0, 0.0..1e12]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,40}", Just("</svg><script>alert(1)</script>".to_owned()), Just("مرحبا \u{202e}".to_owned())]
}

/// Every element ends, no number is missing, and nothing reaches beyond the sides.
fn check(drawing: Drawing) -> Result<(), TestCaseError> {
    prop_assert!(drawing.height.is_finite());
    let svg = drawing.content.into_string();
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every tag ends");
        match tag.strip_prefix('/') {
            Some(ended) => prop_assert_eq!(open.pop(), Some(ended.to_owned())),
            None => open.push(tag.split([' ', '\n']).next().unwrap_or(tag).to_owned()),
        }
    }
    prop_assert!(open.is_empty(), "{:?}", open);
    prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{}", svg);
    prop_assert!(!svg.contains("<script"));
    for percent in svg.split('"').filter_map(|value| value.strip_suffix('%')) {
        let percent: f64 = percent.parse().expect("a number");
        prop_assert!((-0.02..=100.02).contains(&percent), "{} in {}", percent, svg);
    }
    Ok(())
}

proptest! {
    #[test]
    fn rows_of_bars(rows in prop::collection::vec((name(), size(), size()), 0..6)) {
        let as_bar = |(name, share, solid): &(String, f64, f64)| {
            Bar { name: name.clone(), value: name.clone(), share: *share, solid: *solid }
        };
        check(bars::draw(&rows.iter().map(as_bar).collect::<Vec<_>>()))?;
        let as_signed = |(name, given, taken): &(String, f64, f64)| {
            SignedRow { name: name.clone(), value: String::new(), given: *given, taken: *taken }
        };
        check(signed::draw(&rows.iter().map(as_signed).collect::<Vec<_>>()))?;
    }

    #[test]
    fn dots(rows in prop::collection::vec((name(), prop::option::of((size(), size(), size()))), 0..6)) {
        let as_interval = |(name, dot): &(String, Option<(f64, f64, f64)>)| {
            IntervalRow { name: name.clone(), value: String::new(), dot: *dot }
        };
        let rows: Vec<_> = rows.iter().map(as_interval).collect();
        check(intervals::draw(&rows, Some((1.0, "average"))))?;
        check(intervals::draw(&rows, None))?;
    }

    #[test]
    fn fields(columns in prop::collection::vec(name(), 0..5), depths in prop::collection::vec(prop::option::of(size()), 0..8)) {
        let cell = |depth: &Option<f64>| HeatCell { depth: *depth, words: "n/a".to_owned(), more: String::new() };
        let rows = vec![("<b>".to_owned(), depths.iter().map(cell).collect())];
        check(heat::draw(&Heat { corner: "month".to_owned(), columns, rows }))?;
    }

    #[test]
    fn lines(curve_steps in prop::collection::vec(prop::collection::vec((size(), size()), 0..5), 0..8), end in size()) {
        let drawn: Vec<_> =
            curve_steps.into_iter().map(|steps| Curve { name: "a & b".to_owned(), steps, end }).collect();
        check(curves::draw(&drawn, "days"))?;
    }

    #[test]
    fn columns(names in prop::collection::vec(name(), 0..12), columns in prop::collection::vec(size(), 0..12)) {
        let panel = Panel { name: "x".to_owned(), value: "1".to_owned(), columns };
        check(histogram::draw(&names, &[panel]))?;
    }

    #[test]
    fn ticks_reach_the_end(most in 1e-6..1e12_f64, n in 1_usize..8) {
        let found = ticks(most, n);
        prop_assert!(found.last().is_some_and(|last| *last >= most * 0.999_999), "{:?}", found);
        prop_assert!(found.len() <= n + 2, "{:?}", found);
    }

    #[test]
    fn coordinates_are_short_and_finite(value in proptest::num::f64::ANY) {
        let written = short(value);
        prop_assert!(written.parse::<f64>().is_ok_and(f64::is_finite), "{}", written);
        prop_assert!(!written.contains('.') || !written.ends_with('0'));
    }
}
