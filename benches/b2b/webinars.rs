//! `webinars.csv`: who registered and who came, as a Turkish spreadsheet writes it: in windows-1254, with `;`, decimal commas, lines
//! above the header and a sum below the rows. One row can be two events.

use crate::dice::{Dice, OnClock, Time};
use crate::people::{Person, Size, lead_of, time_of, written_elsewhere};
use std::io::Write as _;

pub(crate) const HEADER: &str = "Webinar report;;;;;\n\nEmail;Webinar;Registration Time;Join Time;Time in Session (minutes);Webinar Length (minutes)\n";

const MONTHS: [&[u8]; 12] =
    [b"Oca", b"\xDEub", b"Mar", b"Nis", b"May", b"Haz", b"Tem", b"A\xF0u", b"Eyl", b"Eki", b"Kas", b"Ara"];
/// Said in the language's letters: İ and ı are one byte each.
const NAMES: [&[u8]; 3] = [b"Lead scoring", b"M\xFC\xFEteri \xDDli\xFEkileri", b"Sat\xFD\xFE"];

/// Appends a row: the `number`th of `n`.
pub(crate) fn row(number: u64, n: u64, size: Size, to: &mut Vec<u8>) {
    let mut dice = Dice::of(8, number);
    let Person { mail, .. } = Person::of(lead_of(&mut dice, size), size);
    to.extend(written_elsewhere(&mut dice, &mail).into_bytes());
    to.push(b';');
    let name = usize::try_from(dice.below(3)).ok().and_then(|place| NAMES.get(place)).copied();
    to.extend(name.unwrap_or_default());
    to.push(b';');
    let joined = time_of(&mut dice, number, n);
    let registered = joined - i64::try_from(dice.below(20 * 86_400)).unwrap_or(0);
    match dice.below(1_000) {
        0 => to.extend(b"bilinmiyor"),
        _ => time(registered, to),
    }
    to.push(b';');
    let came = dice.below(10) < 6;
    if came {
        time(joined, to);
    }
    let length = 30 + 15 * dice.below(3);
    let minutes = if came { format!("{},{}", dice.below(length), dice.below(10)) } else { String::new() };
    writeln!(to, ";{minutes};{length}").expect("writing to memory does not fail");
}

/// Appends `07 Şub 2025 15:00`.
fn time(seconds: i64, to: &mut Vec<u8>) {
    let OnClock { year, month, day, hour, minute, .. } = Time(seconds).on_clock();
    write!(to, "{day:02} ").expect("writing to memory does not fail");
    let month = usize::try_from(month - 1).ok().and_then(|place| MONTHS.get(place)).copied();
    to.extend(month.unwrap_or_default());
    write!(to, " {year} {hour:02}:{minute:02}").expect("writing to memory does not fail");
}
