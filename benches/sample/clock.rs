//! Times of the clock on the wall in Istanbul, three hours before UTC all year, in seconds; and how the exports write them.

use super::dice::{OnClock, Time};

pub(super) const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 3_600;
pub(super) const DAY: i64 = 86_400;
/// Monday, 2 December 2024: the first lead.
pub(super) const BEGIN: i64 = 20_059 * DAY;
/// 1 June 2026, 0:00: when the exports are made.
pub(super) const END: i64 = 20_605 * DAY;

const MONTHS: [&str; 12] = ["Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"];

/// The day of the week, Monday being 0.
pub(super) fn weekday(time: i64) -> i64 {
    (time.div_euclid(DAY) + 3).rem_euclid(7)
}

/// The same time if it is an hour of the office, else some minutes after the office opens next.
pub(super) fn at_work(time: i64) -> i64 {
    let (day, second) = (time.div_euclid(DAY), time.rem_euclid(DAY));
    let opens = |day: i64| day * DAY + 9 * HOUR + second % (50 * MINUTE);
    match weekday(time) {
        0..=4 if second < 9 * HOUR => opens(day),
        0..=4 if second < 18 * HOUR => time,
        0..=3 => opens(day + 1),
        weekday => opens(day + 7 - weekday),
    }
}

/// The morning after, when the scores of the night are in the CRM.
pub(super) fn next_morning(time: i64) -> i64 {
    (time.div_euclid(DAY) + 1) * DAY + 6 * HOUR + time % (20 * MINUTE)
}

/// `2026-05-04`
pub(super) fn date(time: i64) -> String {
    let OnClock { year, month, day, .. } = Time(time).on_clock();
    format!("{year}-{month:02}-{day:02}")
}

/// `2026-05-04 17:16`
pub(super) fn minute(time: i64) -> String {
    let OnClock { hour, minute, .. } = Time(time).on_clock();
    format!("{} {hour:02}:{minute:02}", date(time))
}

/// `2026-05-04 17:16:05`
pub(super) fn second(time: i64) -> String {
    format!("{}:{:02}", minute(time), Time(time).on_clock().second)
}

/// `2026-05-04T14:16:05Z`
pub(super) fn utc(time: i64) -> String {
    Time(time - 3 * HOUR).to_string()
}

/// Milliseconds since 1970.
pub(super) fn millis(time: i64) -> i64 {
    (time - 3 * HOUR) * 1_000 + time % 997
}

/// `05/04/2026 05:16 PM`, now and then `05/04/2026 5:16 p.m.`
pub(super) fn american(time: i64) -> String {
    let OnClock { year, month, day, hour, minute, .. } = Time(time).on_clock();
    let on_dial = if hour % 12 == 0 { 12 } else { hour % 12 };
    if time % 41 == 0 {
        let half = if hour < 12 { "a.m." } else { "p.m." };
        return format!("{month:02}/{day:02}/{year} {on_dial}:{minute:02} {half}");
    }
    let half = if hour < 12 { "AM" } else { "PM" };
    format!("{month:02}/{day:02}/{year} {on_dial:02}:{minute:02} {half}")
}

/// `04.05.2026 17:16`
pub(super) fn dotted(time: i64) -> String {
    let OnClock { year, month, day, hour, minute, .. } = Time(time).on_clock();
    format!("{day:02}.{month:02}.{year} {hour:02}:{minute:02}")
}

/// `4 May 2026 17:16`, in Turkish.
pub(super) fn turkish(time: i64) -> String {
    let OnClock { year, month, day, hour, minute, .. } = Time(time).on_clock();
    let month = usize::try_from(month - 1).ok().and_then(|place| MONTHS.get(place)).copied().unwrap_or_default();
    format!("{day} {month} {year} {hour:02}:{minute:02}")
}
