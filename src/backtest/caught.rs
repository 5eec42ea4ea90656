//! How many later customers the rulebook had called MQLs before, and how early.

use crate::funnel::{median_of_seconds, rate};
use crate::report::{Days, Rate};
use crate::value::Instant;

/// A lead that reached the outcome within the horizon of at least one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaterCustomer {
    /// When it reached the outcome.
    pub entered: Instant,
    /// The first moment at which it was an MQL; none if it was at none.
    pub first_mql: Option<Instant>,
}

/// How many later customers were caught.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caught {
    /// The share that was an MQL at a moment before the outcome, however long before.
    pub share: Rate,
    /// Of these, the median time from the first such moment to the outcome.
    pub ahead: Days,
}

/// What share of later customers was caught, and how early.
#[must_use]
pub fn caught(customers: impl Iterator<Item = LaterCustomer>) -> Caught {
    let (mut n, mut ahead) = (0, Vec::new());
    for customer in customers {
        n += 1;
        if let Some(first) = customer.first_mql.filter(|first| *first < customer.entered) {
            let seconds = customer.entered.ms_since(first) / 1000;
            ahead.push(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
    }
    Caught { share: rate(ahead.len() as u64, n), ahead: median_of_seconds(&ahead) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::duration::DAY_MS;

    fn customer(entered: i64, first_mql: Option<i64>) -> LaterCustomer {
        let at = |days: i64| Instant::from_ms(days * DAY_MS);
        LaterCustomer { entered: at(entered), first_mql: first_mql.map(at) }
    }

    #[test]
    fn only_what_came_before_was_caught() {
        // 21 of 30, 10, 11, … 30 days ahead; of the others some were MQLs only then or later.
        let early = (0..21).map(|n| customer(100 + n, Some(90)));
        let late = [Some(50), Some(51), None].into_iter().cycle().take(9).map(|first| customer(50, first));
        let found = caught(early.chain(late));
        assert!(matches!(found.share, Rate::Measured { n: 30, converted: 21, rate, .. } if (rate - 0.7).abs() < 1e-9));
        assert_eq!(found.ahead, Days::After { days: 20.0 });
        let few = caught([customer(5, Some(1))].into_iter());
        assert_eq!(few, Caught { share: Rate::TooFew { n: 1, converted: 1 }, ahead: Days::TooFew { n: 1 } });
        assert_eq!(caught([].into_iter()), Caught { share: Rate::None, ahead: Days::None });
    }
}
