//! What made-up data are made of: numbers that look random and follow from a seed, and times.

use std::fmt;

/// Numbers that look random and follow from a seed: the generator splitmix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Dice(u64);

impl Dice {
    /// Those of one thing of a kind.
    pub(crate) fn of(kind: u64, number: u64) -> Self {
        Self(Self(number ^ kind << 56).roll())
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    pub(crate) fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let place = self.below(choices.len() as u64);
        usize::try_from(place).ok().and_then(|place| choices.get(place)).copied().unwrap_or_default()
    }

    /// One of the choices, each with its weight out of a thousand; none for what is left of the thousand.
    pub(crate) fn weighed<'a>(&mut self, choices: &[(&'a str, u64)]) -> Option<&'a str> {
        let mut weight = self.below(1_000);
        let chosen = choices.iter().find(|(_, share)| {
            let is_it = weight < *share;
            weight = weight.saturating_sub(*share);
            is_it
        });
        chosen.map(|(choice, _)| *choice)
    }
}

/// A number of seconds since 1970, shown as `2025-12-31T23:59:59Z`.
pub(crate) struct Time(pub(crate) i64);

/// A time on a calendar and a clock.
pub(crate) struct OnClock {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
}

impl Time {
    pub(crate) fn on_clock(&self) -> OnClock {
        let (mut day, second) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let (mut year, mut month) = (1970, 0);
        while day >= 365 + i64::from(is_leap(year)) {
            day -= 365 + i64::from(is_leap(year));
            year += 1;
        }
        let february = 28 + i64::from(is_leap(year));
        for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
            month += 1;
            if day < length {
                break;
            }
            day -= length;
        }
        OnClock { year, month, day: day + 1, hour: second / 3_600, minute: second / 60 % 60, second: second % 60 }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OnClock { year, month, day, hour, minute, second } = self.on_clock();
        write!(f, "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}
