//! `business_hours`, and the clock of a promised time.

use super::Decoder;
use super::keys::Keys;
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::keys::{BUSINESS_HOURS, HOURS, WEEKDAYS};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::duration::{DAY_MS, HOUR_MS, MAX_DURATION_MS, MINUTE_MS};
use crate::value::{BusinessHours, Clock, parse_iso_day};

/// The rulebook's `business_hours`.
#[derive(Default)]
pub(super) enum StatedHours {
    #[default]
    Absent,
    /// They are there, and can't be read.
    Faulty,
    Stated(BusinessHours),
}

impl StatedHours {
    pub(super) fn take(&mut self) -> Option<BusinessHours> {
        if let Self::Stated(hours) = std::mem::take(self) { Some(hours) } else { None }
    }
}

impl Decoder<'_> {
    /// Reads `business_hours`, for the promises that count them; the answer is where they stand.
    pub(super) fn take_business_hours(&mut self, keys: &mut Keys<'_>) -> Option<Span> {
        let node = keys.take("business_hours");
        self.business_hours = match node {
            Some(node) => self.business_hours(node),
            None if keys.has_near(&["business_hours"]) => StatedHours::Faulty,
            None => StatedHours::Absent,
        };
        node.map(|node| node.span)
    }

    fn business_hours(&mut self, node: &YamlNode) -> StatedHours {
        let hours = self.mapping(node, &BUSINESS_HOURS, |this, keys| {
            let open_on = this.required(keys, "days").and_then(|node| this.open_on(node));
            let from = this.required(keys, "from").and_then(|node| Some((this.time_of_day(node)?, node)));
            let to = this.required(keys, "to").and_then(|node| Some((this.time_of_day(node)?, node)));
            let holidays = keys.take("holidays").map(|node| this.holidays(node));
            let ((from_ms, _), (to_ms, to_node)) = from.zip(to)?;
            if from_ms >= to_ms {
                let found = Diagnostic::error("LS011", to_node.span, "`to` must be later in the day than `from`");
                let help = if to_ms == 0 {
                    "for the end of the day, write `to: \"24:00\"`"
                } else {
                    "an opening lies within one day, from `\"00:00\"` to `\"24:00\"`"
                };
                this.report(found.with_help(help));
                return None;
            }
            Some(BusinessHours::new(open_on?, from_ms, to_ms, holidays.unwrap_or_default()))
        });
        hours.map_or(StatedHours::Faulty, StatedHours::Stated)
    }

    fn open_on(&mut self, node: &YamlNode) -> Option<[bool; 7]> {
        let mut open_on = [false; 7];
        let nodes = match &node.kind {
            YamlKind::List(items) if !items.is_empty() => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for node in nodes {
            let Some(day) = self.word(node, "day of the week", &WEEKDAYS) else { continue };
            if std::mem::replace(&mut open_on[day], true) {
                self.wrong("LS007", node.span, format!("the day `{}` is given twice", WEEKDAYS[day].0));
            }
        }
        open_on.contains(&true).then_some(open_on)
    }

    /// `09:00`, in milliseconds since midnight.
    fn time_of_day(&mut self, node: &YamlNode) -> Option<i64> {
        let text = self.filled_text(node, "a time of day")?;
        let time = time_of_day(text);
        if time.is_none() {
            let help = meant_time(text).map_or_else(
                || "write hours and minutes from `\"00:00\"` to `\"24:00\"`, such as `\"09:00\"`".to_owned(),
                |meant| format!("write `\"{meant}\"`"),
            );
            self.wrong("LS005", node.span, format!("`{text}` is not a time of day")).help(help);
        }
        time
    }

    fn holidays(&mut self, node: &YamlNode) -> Vec<i64> {
        let texts: Vec<_> = match &node.kind {
            YamlKind::Map(_) => self.listed_texts(node).unwrap_or_default(),
            _ => {
                self.texts_or_none(node, "a holiday").into_iter().map(|(text, span)| (text.to_owned(), span)).collect()
            }
        };
        let mut days = Vec::new();
        for (text, span) in texts {
            if let Some(day) = parse_iso_day(&text) {
                days.push(day);
                continue;
            }
            let help = meant_day(&text).map_or_else(
                || "write each holiday as year, month and day, such as 2026-12-25".to_owned(),
                |meant| format!("write {meant}"),
            );
            self.wrong("LS005", span, format!("the holiday `{text}` is not a date")).help(help);
        }
        days
    }

    /// `hours:` of a promised time whose length is `within`.
    pub(super) fn clock(&mut self, keys: &mut Keys<'_>, within: Option<&YamlNode>) -> Option<Clock> {
        let Some(node) = keys.take("hours") else { return Some(Clock::Always) };
        self.word(node, "kind of hours", &HOURS)?;
        let hours = match &self.business_hours {
            StatedHours::Stated(hours) => hours.clone(),
            StatedHours::Faulty => return None,
            StatedHours::Absent => {
                let found = Diagnostic::error("LS010", node.span, "there are no `business_hours` in this rulebook");
                let help = format!("add them at the top level: `{}`", BUSINESS_HOURS.example);
                let follows = self.has_errors();
                self.report_unless(follows, found.with_help(help));
                return None;
            }
        };
        if let Some(node) = within {
            self.in_hours(node, &hours)?;
        }
        Some(Clock::Business(hours))
    }

    /// Refuses days, weeks and seconds, of which nobody can say how much business they hold.
    fn in_hours(&mut self, node: &YamlNode, hours: &BusinessHours) -> Option<()> {
        let text = self.text(node, "a duration")?;
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let n: i64 = text[..text.len() - unit.len()].parse().ok()?;
        let (from_ms, to_ms) = hours.times_ms();
        let n_days = match unit {
            "d" => 1,
            "w" => i64::try_from(hours.days().count()).unwrap_or(7),
            "s" => 0,
            _ => return Some(()),
        };
        let ms = n.saturating_mul(n_days * (to_ms - from_ms));
        let help = if unit == "s" || ms % MINUTE_MS != 0 || ms > MAX_DURATION_MS {
            "write minutes or hours, such as `30min` or `4h`".to_owned()
        } else {
            let of_business = match (unit, n) {
                ("d", 1) => "a day of business is".to_owned(),
                ("d", n) => format!("{n} days of business are"),
                (_, 1) => "a week of business is".to_owned(),
                (_, n) => format!("{n} weeks of business are"),
            };
            format!("write minutes or hours; {of_business} `{}`", in_hours(ms))
        };
        let message = format!("`{text}` can't be measured in business hours");
        self.wrong("LS005", node.span, message).help(help);
        None
    }
}

/// Milliseconds since midnight.
fn time_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |text: &str| (text.len() == 2).then(|| digits(text)).flatten();
    let ms = two_digits(hour)? * HOUR_MS + two_digits(minute).filter(|minute| *minute < 60)? * MINUTE_MS;
    (ms <= DAY_MS).then_some(ms)
}

/// What is meant by `9`, `9:00`, `9.30`, `17h`, `5pm`, `5:30 p.m.`.
fn meant_time(text: &str) -> Option<String> {
    let text: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace("a.m.", "am").replace("p.m.", "pm");
    let (time, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(time), _) => (time, Some(0)),
        (_, Some(time)) => (time, Some(12)),
        _ => (text.trim_end_matches('h'), None),
    };
    let (hour, minute) = time.split_once([':', '.', 'h']).unwrap_or((time, "00"));
    let (hour, minute) = (digits(hour)?, digits(minute).filter(|_| minute.len() == 2)?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    let meant = format!("{hour:02}:{minute:02}");
    time_of_day(&meant).map(|_| meant)
}

/// What is meant by `18.05.2026`, `2026/05/18`, `2026-5-18`; not by `05/06/2026`, which may be a day of May or of June.
fn meant_day(text: &str) -> Option<String> {
    let text = text.split(['T', ' ']).next()?;
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let [first, second, third] = parts[..] else { return None };
    let whole = (digits(first)?, digits(second)?, digits(third)?);
    let (year, month, day) = match whole {
        (year, month, day) if first.len() == 4 => (year, month, day),
        (day, month, year) if third.len() == 4 && (text.contains('.') || day > 12) => (year, month, day),
        (month, day, year) if third.len() == 4 && day > 12 => (year, month, day),
        _ => return None,
    };
    let meant = format!("{year:04}-{month:02}-{day:02}");
    parse_iso_day(&meant).map(|_| meant)
}

/// A number of at most four digits.
fn digits(text: &str) -> Option<i64> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// `16h`, `90min`.
fn in_hours(ms: i64) -> String {
    if ms % HOUR_MS == 0 { format!("{}h", ms / HOUR_MS) } else { format!("{}min", ms / MINUTE_MS) }
}
