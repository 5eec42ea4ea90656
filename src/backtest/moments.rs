//! The moments at which leads are judged.

use crate::value::{Calendar, Instant, Zone, bucket};

/// A moment is worth judging with so many open leads.
pub const FEWEST_OPEN: u64 = 200;

/// The last millisecond of each day, week, month, … of a zone that lies from `from` to `to`, both included, ascending.
pub fn calendar_moments(every: Calendar, zone: &Zone, from: Instant, to: Instant) -> impl Iterator<Item = Instant> {
    let (first, last) = (bucket(from, zone, every), bucket(to, zone, every));
    let spans = (first..=last).map(move |bucket| every.span(bucket, zone));
    // A zone may have left a whole day out: it has no last millisecond.
    let ends = spans.filter(|span| span.start < span.end).map(crate::value::InstantSpan::last);
    ends.filter(move |end| (from..=to).contains(end))
}

/// The place of the first moment with enough open leads, which is where a backtest begins if nobody says otherwise.
#[must_use]
pub fn first_worth_judging(n_open: &[u64]) -> Option<usize> {
    n_open.iter().position(|n_open| *n_open >= FEWEST_OPEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::parse_date_literal;

    fn at(text: &str) -> Instant {
        parse_date_literal(text, &Zone::utc()).expect("a date").start
    }

    fn shown(every: Calendar, zone: &str, from: &str, to: &str) -> Vec<String> {
        let zone = Zone::named(zone).expect("a zone");
        calendar_moments(every, &zone, at(from), at(to)).map(|moment| moment.to_string()).collect()
    }

    #[test]
    fn moments_are_the_ends_of_calendar_units() {
        assert_eq!(
            shown(Calendar::Month, "UTC", "2024-01-15", "2024-04-01"),
            ["2024-01-31T23:59:59.999Z", "2024-02-29T23:59:59.999Z", "2024-03-31T23:59:59.999Z"]
        );
        // The clocks of Istanbul are three hours ahead; March ended there while it was still March in Greenwich.
        assert_eq!(
            shown(Calendar::Quarter, "Europe/Istanbul", "2024-01-01", "2024-06-30"),
            ["2024-03-31T20:59:59.999Z"]
        );
        assert_eq!(shown(Calendar::Week, "UTC", "2024-01-01", "2024-01-10"), ["2024-01-07T23:59:59.999Z"]);
        assert!(shown(Calendar::Day, "UTC", "2024-01-02", "2024-01-01").is_empty());
    }

    #[test]
    fn a_day_that_a_zone_left_out_is_no_moment() {
        // Samoa had no 30 December 2011.
        let days = shown(Calendar::Day, "Pacific/Apia", "2011-12-29T12:00:00Z", "2012-01-01T12:00:00Z");
        assert_eq!(days, ["2011-12-30T09:59:59.999Z", "2011-12-31T09:59:59.999Z", "2012-01-01T09:59:59.999Z"]);
    }

    #[test]
    fn both_ends_are_included() {
        let end = at("2024-02-01").minus_ms(1);
        let moments: Vec<Instant> = calendar_moments(Calendar::Month, &Zone::utc(), end, end).collect();
        assert_eq!(moments, [end]);
        assert_eq!(first_worth_judging(&[0, 199, 200, 5]), Some(2));
        assert_eq!(first_worth_judging(&[199]), None);
    }
}
