//! Who the leads are: what every export says of them, each in its own way.

use crate::dice::{Dice, Time};

/// The instant that the company is looked at: the first of 2026, in seconds since 1970.
pub(crate) const NOW: i64 = 1_767_225_600;
const DAY: i64 = 86_400;
/// How many days back events go.
const SPAN: i64 = 540;

const FREE_MAIL: [&str; 6] = ["gmail.com", "outlook.com", "Yahoo.com", "proton.me", "gmx.de", "mail.example"];

/// How many leads and accounts there are.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) n_leads: u64,
    pub(crate) n_accounts: u64,
}

/// What several exports know of a lead.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) mail: String,
    pub(crate) account: u64,
    /// Since when the CRM has it, in seconds since 1970.
    pub(crate) created: i64,
}

impl Person {
    pub(crate) fn of(number: u64, size: Size) -> Self {
        let mut dice = Dice::of(1, number);
        let id = format!("003{:012X}", dice.roll() >> 16);
        // Some companies have many people, most have few.
        let account = dice.below(size.n_accounts) * dice.below(1_000) / 999 % size.n_accounts;
        let created = NOW - i64::try_from(dice.below(900 * 86_400)).unwrap_or(0);
        let host = match dice.below(8) {
            0 => dice.one_of(&FREE_MAIL).to_owned(),
            _ => format!("company{account}.example"),
        };
        let mail = match dice.below(400) {
            0 => format!("office@{host}"),
            1 => String::new(),
            2 => format!("p{number} at {host}"),
            3..40 => format!("P{number}@{}", host.to_uppercase()),
            _ => format!("p{number}@{host}"),
        };
        Self { id, mail, account, created }
    }
}

/// The lead of an event: a tenth of the leads has some sixty percent of the events, and they stand anywhere in the file.
/// One in two hundred has no lead.
pub(crate) fn lead_of(dice: &mut Dice, size: Size) -> u64 {
    let share = dice.below(1_000) * dice.below(1_000) / 1_000 * dice.below(1_000) / 1_000;
    let place = share * size.n_leads / 1_000 + dice.below(size.n_leads / 1_000 + 1);
    match dice.below(200) {
        0 => size.n_leads + place,
        _ => place * 1_000_003 % size.n_leads,
    }
}

/// The address as another tool has it.
pub(crate) fn written_elsewhere(dice: &mut Dice, mail: &str) -> String {
    match dice.below(20) {
        0 => mail.to_uppercase(),
        1 => format!(" {mail} "),
        2 => mail.to_lowercase(),
        _ => mail.to_owned(),
    }
}

/// When the `place`th of `n` events happened, in seconds since 1970: in their order, more or less.
pub(crate) fn time_of(dice: &mut Dice, place: u64, n: u64) -> i64 {
    let way = i64::try_from(place * 1_000_000 / n.max(1)).unwrap_or(0);
    NOW - SPAN * DAY + SPAN * DAY * way / 1_000_000 + i64::try_from(dice.below(2 * 86_400)).unwrap_or(0) - DAY
}

/// Some seconds since 1970, in one of the forms that a log has after its tool was replaced.
pub(crate) fn written_time(dice: &mut Dice, seconds: i64) -> String {
    let utc = Time(seconds).to_string();
    let bare = utc.trim_end_matches('Z');
    match dice.below(4_000) {
        0 => "soon".to_owned(),
        1..4 => String::new(),
        4..12 => utc[..10].to_owned(),
        12..200 => format!("{}.{:03}Z", bare.replace('T', " "), dice.below(1_000)),
        200..300 => format!("{}+01:00", Time(seconds + 3_600).to_string().trim_end_matches('Z')),
        _ => utc,
    }
}
