//! `crm.csv`: what sales wrote down, in no order. Exported in parts that overlap, so that some rows are there twice.

use crate::dice::{Dice, OnClock, Time};
use crate::people::{NOW, Person, Size, lead_of, written_elsewhere};
use std::io::Write as _;

pub(crate) const HEADER: &str =
    "Activity ID,Contact ID,Email,Activity Type,Activity Date,Outcome,Minutes,Amount,Notes\n";

const TYPES: [(&str, u64); 11] = [
    ("call_made", 330),
    ("email_replied", 180),
    ("meeting_booked", 120),
    ("meeting_held", 110),
    ("stand_visit", 90),
    ("follow_up_requested", 50),
    ("Proposal Sent", 50),
    ("Closed Won", 25),
    ("Closed Lost", 25),
    ("objection", 15),
    ("", 5),
];
const OUTCOMES: [&str; 6] = ["No answer", "no answer", "Interested", "Call back", "Wrong person", ""];

/// Appends a row.
pub(crate) fn row(number: u64, size: Size, to: &mut Vec<u8>) {
    let is_repeat = number % 50 == 49;
    let number = if is_repeat { number - number / 50 % 49 - 1 } else { number };
    let mut dice = Dice::of(9, number);
    let Person { id, mail, created, .. } = Person::of(lead_of(&mut dice, size), size);
    let (id, mail) = match dice.below(10) {
        0 => (String::new(), written_elsewhere(&mut dice, &mail)),
        1 => ("0030000OLDER".to_owned(), written_elsewhere(&mut dice, &mail)),
        _ => (id, String::new()),
    };
    let kind = dice.weighed(&TYPES).unwrap_or("call_made");
    // Some meetings are still to come.
    let span = u64::try_from(NOW + 20 * 86_400 - created).unwrap_or(1).max(1);
    let seconds = created + i64::try_from(dice.below(span)).unwrap_or(0);
    let OnClock { year, month, day, hour, minute, .. } = Time(seconds).on_clock();
    let (twelve, half) = ((hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" });
    let time = match dice.below(2_000) {
        0 => "next week".to_owned(),
        1..4 => String::new(),
        _ => format!("{month:02}/{day:02}/{year} {twelve}:{minute:02} {half}"),
    };
    let outcome = if kind.starts_with("call") { dice.one_of(&OUTCOMES) } else { "" };
    let minutes = if kind.starts_with("meeting") { dice.below(90).to_string() } else { String::new() };
    let amount = match kind {
        "Closed Won" | "Closed Lost" | "Proposal Sent" => {
            format!("\"${},{:03}.{:02}\"", 1 + dice.below(60), dice.below(1_000), dice.below(100))
        }
        _ => String::new(),
    };
    let notes = if dice.below(6) == 0 { "\"Wants a quote; \"\"soon\"\",\nand a demo\"" } else { "" };
    let written = writeln!(to, "t{number:08},{id},{mail},{kind},{time},{outcome},{minutes},{amount},{notes}");
    written.expect("writing to memory does not fail");
}
