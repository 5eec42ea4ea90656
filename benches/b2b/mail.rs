//! `mail.csv`: what the newsletter tool sent, and what became of it. It knows leads by their address.

use crate::dice::Dice;
use crate::people::{Person, Size, lead_of, time_of, written_elsewhere, written_time};
use std::io::Write as _;

pub(crate) const HEADER: &str = "Recipient,Event Type,Occurred At,Campaign,Link\n";

const TYPES: [(&str, u64); 7] = [
    ("email_sent", 480),
    ("email_open", 320),
    ("EMAIL_OPEN", 10),
    ("email_click", 120),
    ("email_bounced", 40),
    ("email_forwarded", 20),
    ("email_unsubscribed", 10),
];
const LINKS: [&str; 4] =
    ["https://www.acme.example/pricing", "https://www.acme.example/blog/1", "https://www.acme.example/demo", ""];

/// Appends a row: the `number`th of `n`.
pub(crate) fn row(number: u64, n: u64, size: Size, to: &mut Vec<u8>) {
    let mut dice = Dice::of(6, number);
    let Person { mail, .. } = Person::of(lead_of(&mut dice, size), size);
    let mail = written_elsewhere(&mut dice, &mail);
    let kind = dice.weighed(&TYPES).unwrap_or("email_sent");
    let seconds = time_of(&mut dice, number, n);
    let time = written_time(&mut dice, seconds);
    let campaign = format!("\"Letter {}, {}\"", dice.below(52), dice.one_of(&["A", "B"]));
    let link = if kind == "email_click" { dice.one_of(&LINKS) } else { "" };
    writeln!(to, "{mail},{kind},{time},{campaign},{link}").expect("writing to memory does not fail");
}
