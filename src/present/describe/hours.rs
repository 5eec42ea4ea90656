//! When the company is open, as promises in business hours count.

use crate::rulebook::Rulebook;
use crate::value::calendar::Calendar;
use crate::value::duration::{HOUR_MS, MINUTE_MS};
use crate::value::{BusinessHours, Clock};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The most holidays that are listed one by one.
const MOST_LISTED: usize = 12;

/// Business hours, where a promise counts them: `Business hours are Monday to Friday, 09:00 to 17:00 (Europe/Istanbul).`
pub(super) fn business_hours(rulebook: &Rulebook) -> Option<String> {
    let mut slas = rulebook.funnel.iter().flat_map(|funnel| &funnel.slas);
    let hours = slas.find_map(|sla| if let Clock::Business(hours) = &sla.clock { Some(hours) } else { None })?;
    let (from_ms, to_ms) = hours.times_ms();
    let days = days(&hours.days().collect::<Vec<_>>());
    let zone = rulebook.zone.name();
    let closed = holidays(hours);
    Some(format!("Business hours are {days}, {} to {} ({zone}){closed}.", time(from_ms), time(to_ms)))
}

fn days(open: &[usize]) -> String {
    let is_run = open.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    match open {
        [first, .., last] if is_run && open.len() > 2 => format!("{} to {}", DAYS[*first], DAYS[*last]),
        [before @ .., last] if !before.is_empty() => {
            let before: Vec<&str> = before.iter().map(|day| DAYS[*day]).collect();
            format!("{} and {}", before.join(", "), DAYS[*last])
        }
        _ => open.iter().map(|day| DAYS[*day]).collect(),
    }
}

fn time(ms: i64) -> String {
    format!("{:02}:{:02}", ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS)
}

fn holidays(hours: &BusinessHours) -> String {
    let label = |day: &i64| Calendar::Day.label(*day);
    match hours.holidays() {
        [] => String::new(),
        all if all.len() <= MOST_LISTED => {
            format!(", except {}", all.iter().map(label).collect::<Vec<_>>().join(", "))
        }
        all => {
            let (first, last) = (all.first().map(label), all.last().map(label));
            let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
            format!(", except {} holidays from {first} to {last}", all.len())
        }
    }
}
