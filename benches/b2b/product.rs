//! `product.csv`: the log of trial and free accounts. It knows people by the address that they signed in with.

use crate::dice::Dice;
use crate::people::{Person, Size, lead_of, time_of, written_elsewhere};
use std::io::Write as _;

pub(crate) const HEADER: &str = "ts,user,event,feature,seats\n";

const TYPES: [(&str, u64); 7] = [
    ("login", 420),
    ("feature_used", 440),
    ("report_exported", 60),
    ("teammate_invited", 50),
    ("trial_started", 15),
    ("plan_paid", 8),
    ("trial_cancelled", 7),
];

/// Appends a row: the `number`th of `n`.
pub(crate) fn row(number: u64, n: u64, size: Size, to: &mut Vec<u8>) {
    let mut dice = Dice::of(7, number);
    let Person { mail, .. } = Person::of(lead_of(&mut dice, size), size);
    let mail = written_elsewhere(&mut dice, &mail);
    let kind = dice.weighed(&TYPES).unwrap_or("login");
    let seconds = time_of(&mut dice, number, n);
    let time = if dice.below(10_000) == 0 { String::new() } else { format!("{seconds}{:03}", dice.below(1_000)) };
    let feature = if kind == "feature_used" { format!("feature-{}", dice.below(24)) } else { String::new() };
    let seats = match dice.below(30) {
        0 => "many".to_owned(),
        1..12 => (1 + dice.below(200)).to_string(),
        _ => String::new(),
    };
    writeln!(to, "{time},{mail},{kind},{feature},{seats}").expect("writing to memory does not fail");
}
