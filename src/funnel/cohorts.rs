//! Leads by the calendar month in which they entered a stage. Kept by day, because only at the end is it known how much time is
//! enough to convert.

use super::arrivals::Journey;
use super::figures::{count, rate, to_share};
use super::keyed::Keyed;
use super::lens::Lens;
use super::report::{Cohort, CohortCell, Cohorts, Days, Figure};
use crate::value::{Calendar, Instant, Zone, calendar::start_of_day, day_number};
use std::collections::BTreeMap;

/// How many months are shown; earlier ones stand together.
const MOST_MONTHS: usize = 36;

/// For each day on which leads entered a stage: how many of them got how far. A part of a run only notes its leads; they are
/// counted where parts are added.
#[derive(Clone, Debug, Default)]
pub(super) struct ByDay {
    /// The day, and the furthest stage reached.
    noted: Vec<(i32, u16)>,
    /// Under each day the leads by the furthest stage of the path that they reached.
    days: Keyed<i32, Vec<u64>>,
}

impl ByDay {
    /// Adds a pass that reached the place `from`; without a date it stands in no cohort.
    pub(super) fn add_pass(&mut self, journey: &Journey, from: usize, zone: &Zone) {
        let (Some(at), Some(furthest)) = (journey.arrivals[from].at(), journey.furthest) else { return };
        self.noted.push((day_number(at, zone), u16::try_from(furthest).unwrap_or(u16::MAX)));
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (day, furthest) in &other.noted {
            let sums = self.days.of(day, Vec::new);
            let furthest = usize::from(*furthest);
            if sums.len() <= furthest {
                sums.resize(furthest + 1, 0);
            }
            sums[furthest] += 1;
        }
        for (day, furthest) in other.days.entries() {
            let sums = self.days.of(day, Vec::new);
            sums.resize(sums.len().max(furthest.len()), 0);
            for (sum, n) in sums.iter_mut().zip(furthest) {
                *sum += n;
            }
        }
    }

    /// The cohorts of the stage at the place `from`; `enough_time` has one entry a later stage.
    pub(super) fn cohorts(&self, lens: &Lens<'_>, path: usize, from: usize, enough_time: Vec<Days>) -> Cohorts {
        let mut months: BTreeMap<i64, Month> = BTreeMap::new();
        let cutoffs: Vec<Option<Instant>> = enough_time.iter().map(|days| cutoff(*days, lens.as_of)).collect();
        let n_stages = lens.paths[path].stages.len();
        for (day, furthest) in self.days.entries() {
            let mut furthest = furthest.clone();
            furthest.resize(n_stages, 0);
            let month = months.entry(Calendar::Month.bucket_of_day(i64::from(*day))).or_default();
            month.add_day(*day, &furthest[from..], &cutoffs, &lens.rulebook.zone);
        }
        let (early, first_shown) = earlier(&mut months);
        let early = (early.n > 0).then(|| (format!("before {}", Calendar::Month.label(first_shown)), early));
        let shown = months.into_iter().map(|(bucket, month)| (Calendar::Month.label(bucket), month));
        let months = early.into_iter().chain(shown).map(|(label, month)| month.cohort(label, &enough_time)).collect();
        let to = (from + 1..n_stages).map(|place| lens.stage_of(path, place)).collect();
        Cohorts { from: lens.stage_of(path, from), to, enough_time, months }
    }
}

/// The months before the last so many, together, and the first that stays.
fn earlier(months: &mut BTreeMap<i64, Month>) -> (Month, i64) {
    let mut early = Month::default();
    while months.len() > MOST_MONTHS {
        let Some((_, month)) = months.pop_first() else { break };
        early.add(&month);
    }
    (early, months.keys().next().copied().unwrap_or(0))
}

/// The last instant of entry that leaves enough time.
fn cutoff(enough: Days, as_of: Instant) -> Option<Instant> {
    let Days::After { days } = enough else { return None };
    #[expect(clippy::cast_possible_truncation, reason = "velocity keeps times below a hundred years")]
    let hours = libm::round(days * 24.0) as i64;
    Some(as_of.minus_ms(hours * 3_600_000))
}

/// One month's sums.
#[derive(Default)]
struct Month {
    n: u64,
    /// For each later stage.
    converted: Vec<u64>,
    had_time: Vec<u64>,
}

impl Month {
    fn add_day(&mut self, day: i32, furthest: &[u64], cutoffs: &[Option<Instant>], zone: &Zone) {
        let n: u64 = furthest.iter().sum();
        let end_of_day = start_of_day(i64::from(day) + 1, zone).minus_ms(1);
        let converted: Vec<u64> = (1..furthest.len()).map(|to| furthest[to..].iter().sum()).collect();
        let in_time = |cutoff: &Option<Instant>| if cutoff.is_some_and(|cutoff| end_of_day <= cutoff) { n } else { 0 };
        self.add(&Self { n, converted, had_time: cutoffs.iter().map(in_time).collect() });
    }

    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.converted.resize(other.converted.len().max(self.converted.len()), 0);
        self.had_time.resize(self.converted.len(), 0);
        for (sum, n) in self.converted.iter_mut().zip(&other.converted) {
            *sum += n;
        }
        for (sum, n) in self.had_time.iter_mut().zip(&other.had_time) {
            *sum += n;
        }
    }

    fn cohort(self, month: String, enough_time: &[Days]) -> Cohort {
        let cell = |(place, enough): (usize, &Days)| CohortCell {
            rate: rate(self.converted[place], self.n),
            had_time: match enough {
                Days::After { .. } => Figure::Known { value: to_share(count(self.had_time[place]) / count(self.n)) },
                Days::TooFew { n } => Figure::TooFew { n: *n },
                Days::NotReached | Days::None => Figure::None,
            },
        };
        Cohort { month, n: self.n, cells: enough_time.iter().enumerate().map(cell).collect() }
    }
}
