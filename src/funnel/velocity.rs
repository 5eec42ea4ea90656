//! Time to convert: for each pair of stages how long leads took, were lost after, or have been open for, by the hour.

use super::arrivals::{Journey, elapsed_ms};
use super::estimate::{Ends, Incidence, incidence, incidence_interval};
use super::figures::{FEW, to_days, to_share};
use super::report::{CurvePoint, Days, Figure, Velocity};
use crate::value::{Instant, Zone};

const HOUR_MS: i64 = 3_600_000;
/// A hundred years: dates further apart are typing errors, and no table need grow for them.
const MOST_HOURS: i64 = 876_600;
/// How many points a curve has at most.
const MOST_POINTS: usize = 200;
/// After how many days the share converted is told.
const AFTER_DAYS: [u32; 3] = [30, 60, 90];

/// How long leads took from one stage to another. A part of a run only notes its leads; they are counted where parts are added.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    /// Hours, shifted by two, and how it ended.
    noted: Vec<u32>,
    by_hour: Vec<[u32; 3]>,
    n_left_out: u64,
}

#[derive(Clone, Copy)]
enum End {
    Converted,
    Lost,
    Censored,
}

impl Spans {
    /// Adds a pass that reached the place `from`.
    pub(super) fn add_pass(&mut self, journey: &Journey, from: usize, to: usize, as_of: Instant, zone: &Zone) {
        let start = journey.arrivals[from].recorded();
        let has_converted = journey.furthest.is_some_and(|furthest| furthest >= to);
        let (end, at) = match (has_converted, journey.over()) {
            (true, _) => (End::Converted, journey.arrivals[to].recorded()),
            (false, Some(over)) => (End::Lost, Some(over)),
            (false, None) => (End::Censored, Some(as_of)),
        };
        match start.zip(at).and_then(|(start, at)| elapsed_ms(start, at, zone)) {
            Some(ms) => {
                let hours = (ms / HOUR_MS + i64::from(ms % HOUR_MS > 0)).min(MOST_HOURS);
                self.noted.push(u32::try_from(hours << 2).unwrap_or(0) | end as u32);
            }
            None => self.n_left_out += 1,
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (hour, ends) in other.by_hour.iter().enumerate() {
            self.grow(hour);
            for (sum, n) in self.by_hour[hour].iter_mut().zip(ends) {
                *sum += n;
            }
        }
        for noted in &other.noted {
            let hour = usize::try_from(noted >> 2).unwrap_or(0);
            self.grow(hour);
            self.by_hour[hour][(noted & 3) as usize] += 1;
        }
        self.n_left_out += other.n_left_out;
    }

    fn grow(&mut self, hour: usize) {
        if self.by_hour.len() <= hour {
            self.by_hour.resize(hour + 1, [0; 3]);
        }
    }

    /// The ends by hour, ascending; hours at which nothing ended left out.
    fn ends(&self) -> Vec<(u32, Ends)> {
        let mut whole = Self::default();
        let counted = if self.noted.is_empty() {
            self
        } else {
            whole.add(self);
            &whole
        };
        let ends = |[converted, lost, censored]: [u32; 3]| Ends {
            converted: converted.into(),
            lost: lost.into(),
            censored: censored.into(),
        };
        let hours = counted.by_hour.iter().enumerate().filter(|(_, n)| **n != [0; 3]);
        hours.map(|(hour, n)| (u32::try_from(hour).unwrap_or(u32::MAX), ends(*n))).collect()
    }

    /// How long 90 % of those that converted took; the nearest rank.
    pub(super) fn enough_time(&self) -> Days {
        of_converted(&self.ends(), 9, 10)
    }

    /// The figures.
    pub(super) fn velocity(&self, from: String, to: String) -> Velocity {
        let ends = self.ends();
        let sum = |part: fn(&Ends) -> u64| ends.iter().map(|(_, ends)| part(ends)).sum::<u64>();
        let (n, n_converted, n_lost) = (sum(|ends| ends.n()), sum(|ends| ends.converted), sum(|ends| ends.lost));
        let curve = incidence(&ends);
        let last_hour = ends.last().map_or(0, |(hour, _)| *hour);
        Velocity {
            from,
            to,
            n,
            n_converted,
            n_lost,
            n_censored: n - n_converted - n_lost,
            n_left_out: self.n_left_out,
            after: AFTER_DAYS.map(|days| (days, share_after(&curve, n, last_hour, days * 24))).to_vec(),
            median: quantile(&curve, n, 0.5),
            p90: quantile(&curve, n, 0.9),
            median_of_converted: of_converted(&ends, 1, 2),
            curve: if n == 0 { Vec::new() } else { points(&curve, n) },
        }
    }
}

/// The share converted by an hour. Beyond the last lead that was seen there is none, unless all had ended.
fn share_after(curve: &[Incidence], n: u64, last_hour: u32, hour: u32) -> Figure {
    let at = curve.iter().rev().find(|step| step.time <= hour);
    let all_ended = curve.last().is_some_and(|step| step.open <= 0.0);
    match n {
        0 => Figure::None,
        n if n < FEW => Figure::TooFew { n },
        _ if last_hour < hour && !all_ended => Figure::None,
        _ => {
            at.map_or(Figure::Known { value: 0.0 }, |step| {
                let value = to_share(step.share);
                incidence_interval(step.share, step.error).map_or(Figure::Known { value }, |(low, high)| {
                    Figure::Between { value, low: to_share(low), high: to_share(high) }
                })
            })
        }
    }
}

/// The first time by which a share has converted.
fn quantile(curve: &[Incidence], n: u64, share: f64) -> Days {
    match n {
        0 => Days::None,
        n if n < FEW => Days::TooFew { n },
        // Rounding may leave a half a hair below a half.
        _ => curve.iter().find(|step| step.share >= share - 1e-9).map_or(Days::NotReached, |step| after(step.time)),
    }
}

fn after(hours: u32) -> Days {
    Days::After { days: to_days(f64::from(hours) / 24.0) }
}

/// The nearest rank of a share, `part / whole`, among those that converted.
fn of_converted(ends: &[(u32, Ends)], part: u64, whole: u64) -> Days {
    let n: u64 = ends.iter().map(|(_, ends)| ends.converted).sum();
    match n {
        0 => return Days::None,
        n if n < FEW => return Days::TooFew { n },
        _ => {}
    }
    let rank = (n * part).div_ceil(whole);
    let mut seen = 0;
    let found = ends.iter().find(|(_, ends)| {
        seen += ends.converted;
        seen >= rank
    });
    found.map_or(Days::None, |(hour, _)| after(*hour))
}

/// At most so many points of a curve, evenly taken, its last among them.
fn points(curve: &[Incidence], n: u64) -> Vec<CurvePoint> {
    let rising: Vec<&Incidence> = {
        let mut share = 0.0;
        curve.iter().filter(|step| std::mem::replace(&mut share, step.share) < step.share).collect()
    };
    let every = rising.len().div_ceil(MOST_POINTS - 1).max(1);
    let taken = rising.iter().enumerate().filter(|(place, _)| (rising.len() - 1 - place).is_multiple_of(every));
    let point = |step: &Incidence| CurvePoint {
        days: to_days(f64::from(step.time) / 24.0),
        share: to_share(step.share),
        n_at_risk: step.n_at_risk,
    };
    let first = CurvePoint { days: 0.0, share: 0.0, n_at_risk: n };
    std::iter::once(first).chain(taken.map(|(_, step)| point(step))).collect()
}
