use super::*;
use crate::value::duration::{HOUR_MS, MINUTE_MS};
use crate::value::iso::scan;
use proptest::prelude::*;

const ZONES: [&str; 7] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Europe/Istanbul",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Australia/Lord_Howe",
];

fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a zone")
}

fn day(text: &str) -> i64 {
    scan(text.as_bytes()).expect("a date").day
}

/// Monday to Friday, 9 to 17, but for some holidays.
fn office(holidays: &[&str]) -> BusinessHours {
    let open_on = [true, true, true, true, true, false, false];
    BusinessHours::new(open_on, 9 * HOUR_MS, 17 * HOUR_MS, holidays.iter().map(|text| day(text)).collect())
}

fn always() -> BusinessHours {
    BusinessHours::new([true; 7], 0, DAY_MS, Vec::new())
}

fn at(text: &str, zone: &Zone) -> Instant {
    scan(text.as_bytes()).and_then(|stamp| stamp.instant(zone)).expect("an instant")
}

/// The end of a promise, as the wall clock shows it, and the business time that is over then, in minutes.
fn ends(hours: &BusinessHours, zone_name: &str, start: &str, within_ms: i64) -> (String, i64) {
    let zone = zone(zone_name);
    let start = at(start, &zone);
    let end = hours.end(start, within_ms, &zone);
    (zone.wall(end).minute(), hours.elapsed_ms(start, end, &zone) / MINUTE_MS)
}

#[track_caller]
fn assert_ends(hours: &BusinessHours, zone: &str, start: &str, within_ms: i64, end: &str) {
    assert_eq!(ends(hours, zone, start, within_ms), (end.to_owned(), within_ms / MINUTE_MS), "{start}");
}

#[test]
fn the_clock_runs_in_the_openings_only() {
    // 2026-05-15 is a Friday, and the Monday after it a holiday.
    let hours = office(&["2026-05-18"]);
    let four = 4 * HOUR_MS;
    for (start, end) in [
        ("2026-05-15T10:00", "2026-05-15 14:00"),
        // Half an hour on Friday, the rest on Tuesday.
        ("2026-05-15T16:30", "2026-05-19 12:30"),
        // At closing time it is over for the day.
        ("2026-05-15T17:00", "2026-05-19 13:00"),
        ("2026-05-15T20:00", "2026-05-19 13:00"),
        ("2026-05-16T12:00", "2026-05-19 13:00"),
        ("2026-05-18T12:00", "2026-05-19 13:00"),
        ("2026-05-19T03:00", "2026-05-19 13:00"),
        // Bare dates: from the opening of their day, or of the next.
        ("2026-05-19", "2026-05-19 13:00"),
        ("2026-05-17", "2026-05-19 13:00"),
        // What ends with the opening doesn't end with the next one.
        ("2026-05-15T13:00", "2026-05-15 17:00"),
    ] {
        assert_ends(&hours, "Europe/Istanbul", start, four, end);
    }
    // A week has 40 hours of business, the one with the holiday 32: from Friday 16:30 on half an hour, 32 and 8.5.
    assert_ends(&hours, "UTC", "2026-05-15T16:30", 41 * HOUR_MS, "2026-05-26 09:30");
}

#[test]
fn an_answer_takes_the_hours_of_business_between() {
    let zone = zone("Europe/Istanbul");
    let hours = office(&["2026-05-18"]);
    let minutes = |start, stop| hours.elapsed_ms(at(start, &zone), at(stop, &zone), &zone) / MINUTE_MS;
    assert_eq!(minutes("2026-05-15T16:30", "2026-05-19T09:30"), 60);
    assert_eq!(minutes("2026-05-15T16:30", "2026-05-18T12:00"), 30, "the holiday doesn't count");
    assert_eq!(minutes("2026-05-15T17:00", "2026-05-19T09:00"), 0);
    assert_eq!(minutes("2026-05-19T09:00", "2026-05-19T09:00"), 0);
    assert_eq!(minutes("2026-05-19T12:00", "2026-05-19T09:00"), 0, "the answer lies before");
    // 2026 has 261 days from Monday to Friday, one of them the holiday.
    assert_eq!(minutes("2026-01-01", "2027-01-01"), 260 * 8 * 60);
}

#[test]
fn openings_are_as_long_as_the_clocks_make_them() {
    let always = always();
    // The night of 2026-03-29 in Berlin has no hour from 2 to 3; that of 2026-10-25 has two of them.
    assert_ends(&always, "Europe/Berlin", "2026-03-28T12:00", 24 * HOUR_MS, "2026-03-29 13:00");
    assert_ends(&always, "Europe/Berlin", "2026-10-24T12:00", 24 * HOUR_MS, "2026-10-25 11:00");
    // By day nothing is to be seen of it.
    let sundays = BusinessHours::new([false, false, false, false, false, false, true], 9 * HOUR_MS, DAY_MS, vec![]);
    assert_ends(&sundays, "Europe/Berlin", "2026-03-29", 16 * HOUR_MS, "2026-04-05 10:00");
    // A night shift from 1 to 4 has two hours then, or four.
    let nights = BusinessHours::new([true; 7], HOUR_MS, 4 * HOUR_MS, vec![]);
    assert_ends(&nights, "Europe/Berlin", "2026-03-28T12:00", 3 * HOUR_MS, "2026-03-30 02:00");
    assert_ends(&nights, "Europe/Berlin", "2026-10-24T12:00", 4 * HOUR_MS - MINUTE_MS, "2026-10-25 03:59");
    // An opening that begins in the skipped hour begins with the change.
    let half = BusinessHours::new([true; 7], 2 * HOUR_MS + 30 * MINUTE_MS, 4 * HOUR_MS, vec![]);
    assert_ends(&half, "Europe/Berlin", "2026-03-29", 30 * MINUTE_MS, "2026-03-29 03:30");
    // Samoa left out 2011-12-30, a Friday.
    assert_ends(&office(&[]), "Pacific/Apia", "2011-12-29T16:00", 2 * HOUR_MS, "2012-01-02 10:00");
}

#[test]
fn to_the_end_of_the_day_is_up_to_midnight() {
    let late = BusinessHours::new([true, false, false, false, false, false, false], 22 * HOUR_MS, DAY_MS, vec![]);
    // 2026-05-18 is a Monday.
    assert_ends(&late, "UTC", "2026-05-18T23:00", HOUR_MS, "2026-05-19 00:00");
    assert_ends(&late, "UTC", "2026-05-18T23:00", HOUR_MS + MINUTE_MS, "2026-05-25 22:01");
}

#[test]
fn holidays_move_the_end_and_those_on_a_weekend_do_not() {
    let four = 4 * HOUR_MS;
    assert_ends(&office(&["2026-05-16", "2026-05-17"]), "UTC", "2026-05-15T16:30", four, "2026-05-18 12:30");
    // A year without a day of business.
    let days: Vec<i64> = (day("2026-01-01")..=day("2026-12-31")).collect();
    let closed = BusinessHours::new([true; 7], 9 * HOUR_MS, 17 * HOUR_MS, days);
    assert_ends(&closed, "UTC", "2026-02-03T12:00", four, "2027-01-01 13:00");
}

#[test]
fn the_far_ends_of_time_are_held() {
    let shortest = BusinessHours::new([true, false, false, false, false, false, false], 0, MINUTE_MS, vec![]);
    for zone in [Zone::utc(), zone("Europe/Berlin")] {
        for start in [Instant::FIRST, Instant::LAST] {
            let within_ms = crate::value::duration::MAX_DURATION_MS;
            let end = shortest.end(start, within_ms, &zone);
            assert_eq!(shortest.elapsed_ms(start, end, &zone), within_ms);
        }
        assert!(shortest.elapsed_ms(Instant::FIRST, Instant::LAST, &zone) > 0);
    }
}

/// Minute by minute: it is open where the wall clock, had it never been set back, shows a time of an open day.
struct Telling {
    starts: i64,
    /// How many minutes it was open up to each.
    open: Vec<i64>,
}

impl Telling {
    fn of(hours: &BusinessHours, zone: &Zone, first: Instant, n_minutes: usize) -> Self {
        let mut latest = i64::MIN;
        // Some days before, so that the clocks' last change is known.
        let before = 3 * 24 * 60;
        let mut n_open = 0;
        let minutes = (-before..=i64::try_from(n_minutes).expect("few")).map(|minute| {
            latest = latest.max(zone.local_ms(first.plus_ms(minute * MINUTE_MS)));
            let (day, time) = (latest.div_euclid(DAY_MS), latest.rem_euclid(DAY_MS));
            let week_day = usize::try_from((day + 3).rem_euclid(7)).expect("a day");
            let is_open = hours.open_on[week_day] && !hours.holidays.contains(&day);
            let up_to = n_open;
            n_open += i64::from(is_open && hours.from_ms <= time && time < hours.to_ms);
            up_to
        });
        let open: Vec<i64> = minutes.collect();
        Self { starts: first.ms() / MINUTE_MS, open: open[usize::try_from(before).expect("few")..].to_vec() }
    }

    fn elapsed(&self, from: usize, to: usize) -> i64 {
        self.open[to.max(from)] - self.open[from]
    }

    fn instant(&self, minute: usize) -> Instant {
        Instant::from_ms((self.starts + i64::try_from(minute).expect("few")) * MINUTE_MS)
    }
}

/// Around changes of the clocks, the left-out day of Samoa, and a plain winter.
const BEGINS: [&str; 5] = ["2026-03-20", "2026-10-18", "2011-12-24", "2018-10-30", "2026-01-10"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_plain_telling_says_the_same(
        name in proptest::sample::select(ZONES.to_vec()),
        begin in proptest::sample::select(BEGINS.to_vec()),
        open_on in proptest::array::uniform7(any::<bool>()).prop_filter("never open", |days| days.contains(&true)),
        (from, to) in (0_i64..1440, 1_i64..=1440).prop_filter("in order", |(from, to)| from < to),
        holidays in proptest::collection::vec(0_i64..30, 0..6),
        starts in proptest::collection::vec(0_usize..10 * 1440, 1..8),
        stops in proptest::collection::vec(0_usize..30 * 1440, 1..8),
        within in 1_i64..4000,
    ) {
        let zone = zone(name);
        let first = at(begin, &Zone::utc());
        let holidays = holidays.into_iter().map(|after| day(begin) + after).collect();
        let hours = BusinessHours::new(open_on, from * MINUTE_MS, to * MINUTE_MS, holidays);
        let telling = Telling::of(&hours, &zone, first, 31 * 1440);
        for start in starts {
            for stop in &stops {
                let told = telling.elapsed(start, *stop) * MINUTE_MS;
                prop_assert_eq!(hours.elapsed_ms(telling.instant(start), telling.instant(*stop), &zone), told);
            }
            let over = (start..telling.open.len()).find(|stop| telling.elapsed(start, *stop) == within);
            let end = hours.end(telling.instant(start), within * MINUTE_MS, &zone);
            match over {
                Some(stop) => prop_assert_eq!(end, telling.instant(stop)),
                None => prop_assert!(end >= telling.instant(telling.open.len())),
            }
        }
    }

    #[test]
    fn far_apart_it_adds_up(
        name in proptest::sample::select(ZONES.to_vec()),
        (from, to) in (0_i64..1440, 1_i64..=1440).prop_filter("in order", |(from, to)| from < to),
        ms in proptest::array::uniform3(-2_000_000_000_000_i64..4_000_000_000_000),
        within in 1_i64..1_000_000_000_000,
    ) {
        let zone = zone(name);
        let hours = BusinessHours::new([true, true, false, true, true, true, false], from * MINUTE_MS, to * MINUTE_MS, vec![]);
        let mut instants = ms.map(Instant::from_ms);
        instants.sort_unstable();
        let [start, middle, stop] = instants;
        let elapsed = |start, stop| hours.elapsed_ms(start, stop, &zone);
        prop_assert_eq!(elapsed(start, middle) + elapsed(middle, stop), elapsed(start, stop));
        let end = hours.end(start, within, &zone);
        prop_assert_eq!(elapsed(start, end), within);
        prop_assert!(elapsed(start, end.minus_ms(1)) < within, "the end is the first instant");
    }
}
