//! Ids that a program rewrote on their way here: a spreadsheet that takes them for numbers, or a notebook.
//!
//! Only what their form says, and what a look at the leads says; nothing is ever repaired.

/// Which of two spellings of an id a program rewrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// That of the events.
    Events,
    /// That of the leads.
    Leads,
}

/// What became of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewritten {
    /// `1.23457E+11`: its last digits are lost.
    Rounded(Side),
    /// `70011.0` for `70011`.
    PointZero(Side),
    /// `12` for `0012`.
    LostZeros(Side),
    /// An 18-character id for one of 15 characters, or the other way round.
    Salesforce,
    /// Other capitals.
    Capitals,
    /// An e-mail address, where an id is looked for.
    Address,
}

impl Rewritten {
    /// What became of rounded ids and what to do, where only one file is spoken of.
    #[must_use]
    pub fn of_one_file() -> String {
        "a spreadsheet rounded it, and its last digits are lost; export the file again, and do not save it from a \
         spreadsheet"
            .to_owned()
    }

    /// What happened and what to do, in words.
    #[must_use]
    pub fn meaning(self) -> String {
        let file = |side| match side {
            Side::Events => "the event file",
            Side::Leads => "the leads file",
        };
        match self {
            Self::Rounded(side) => format!(
                "a spreadsheet rounded the ids in {}, and their last digits are lost; export the file again, and do not \
                 save it from a spreadsheet",
                file(side)
            ),
            Self::PointZero(side) => format!(
                "a program took the ids in {} for decimal numbers and added `.0`; export them as text or as whole numbers",
                file(side)
            ),
            Self::LostZeros(side) => format!(
                "a program took the ids in {} for numbers and dropped the zeros at the start; export them as text",
                file(side)
            ),
            Self::Salesforce => {
                "one file has ids of 15 characters and the other has 18; write `ids: salesforce` in the rulebook".to_owned()
            }
            Self::Capitals => {
                "they differ in capitals; where the rulebook names a field with `by`, write `fold: true` beside it".to_owned()
            }
            Self::Address => {
                "this is an e-mail address, not an id; write `lead: { column: …, by: FIELD }` with the field that holds \
                 the address"
                    .to_owned()
            }
        }
    }
}

/// Whether a text is a number as a spreadsheet writes a long one: `1.23457E+11`, `1,2E+15`.
pub(super) fn is_rounded(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Nearly all ids are told by one byte.
    let Some(at) = bytes.len().checked_sub(3).filter(|at| bytes[*at] == b'+') else { return false };
    let (mantissa, exponent) = (&bytes[..at], &bytes[at + 1..]);
    let [mantissa @ .., b'E' | b'e'] = mantissa else { return false };
    let whole_mantissa = match mantissa {
        [first, b'.' | b',', rest @ ..] => first.is_ascii_digit() && !rest.is_empty() && all_digits(rest),
        [first] => first.is_ascii_digit(),
        _ => false,
    };
    whole_mantissa && all_digits(exponent)
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// The longest id to which zeros are added, to see whether a lead has it.
const MOST_DIGITS: usize = 20;

/// What a program did to the id of an event that no lead has, and the id that a lead has instead, where one is found.
/// `example` is some lead's; `knows` says whether any lead has an id.
pub(super) fn recognize(
    event: &str,
    example: Option<&str>,
    is_by_id: bool,
    knows: impl Fn(&str) -> bool,
) -> Option<(Rewritten, Option<String>)> {
    if is_rounded(event) {
        return Some((Rewritten::Rounded(Side::Events), None));
    }
    if let Some((cause, of_lead)) = respelt(event).into_iter().find(|(_, spelling)| knows(spelling)) {
        return Some((cause, Some(of_lead)));
    }
    let example = example?;
    let is_whole = |text: &str| !text.is_empty() && all_digits(text.as_bytes());
    let has_point_zero = |text: &str| text.strip_suffix(".0").is_some_and(is_whole);
    let cause = if is_rounded(example) {
        Rewritten::Rounded(Side::Leads)
    } else if has_point_zero(event) && is_whole(example) {
        Rewritten::PointZero(Side::Events)
    } else if has_point_zero(example) && is_whole(event) {
        Rewritten::PointZero(Side::Leads)
    } else if is_by_id && crate::value::email::is_email(event) && !example.contains('@') {
        Rewritten::Address
    } else {
        return None;
    };
    Some((cause, None))
}

/// The spellings that a lead may have of an event's id, with what then became of it.
fn respelt(event: &str) -> Vec<(Rewritten, String)> {
    let mut all = Vec::new();
    let (whole, has_point_zero) = event.strip_suffix(".0").map_or((event, false), |whole| (whole, true));
    if !whole.is_empty() && all_digits(whole.as_bytes()) {
        if has_point_zero {
            all.push((Rewritten::PointZero(Side::Events), whole.to_owned()));
        } else {
            all.push((Rewritten::PointZero(Side::Leads), format!("{whole}.0")));
        }
        let bare = whole.trim_start_matches('0');
        if bare.len() < whole.len() && !bare.is_empty() {
            all.push((Rewritten::LostZeros(Side::Leads), bare.to_owned()));
            all.push((Rewritten::PointZero(Side::Leads), format!("{bare}.0")));
        }
        for width in whole.len() + 1..=MOST_DIGITS {
            all.push((Rewritten::LostZeros(Side::Events), format!("{whole:0>width$}")));
        }
    }
    match event.len() {
        18 if event.is_ascii() => all.push((Rewritten::Salesforce, event[..15].to_owned())),
        15 if event.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            all.push((Rewritten::Salesforce, format!("{event}{}", salesforce_suffix(event))));
        }
        _ => {}
    }
    let others = [event.to_lowercase(), event.to_uppercase()];
    all.extend(others.into_iter().filter(|other| other != event).map(|other| (Rewritten::Capitals, other)));
    all
}

/// The three characters that Salesforce adds to an id of 15: one for each five, which says where capitals stand.
fn salesforce_suffix(id: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let letter = |five: &[u8]| {
        let capitals = five.iter().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase());
        char::from(LETTERS[capitals.fold(0, |bits, (at, _)| bits | 1 << at)])
    };
    id.as_bytes().chunks(5).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognized(event: &str, leads: &[&str]) -> Option<(Rewritten, Option<String>)> {
        recognize(event, leads.first().copied(), true, |id| leads.contains(&id))
    }

    #[test]
    fn a_rounded_number_is_one_digit_a_point_digits_and_an_exponent() {
        for text in ["1.23457E+11", "1,23457E+11", "9e+15", "1E+10", "7.0E+22"] {
            assert!(is_rounded(text), "{text}");
        }
        for text in
            ["", "E+11", "12.3E+11", "1.23457E-11", "1.E+11", "1.23457E+1x", "a1.2E+11", "123457E+11", "1.2F+11", "+11"]
        {
            assert!(!is_rounded(text), "{text}");
        }
    }

    #[test]
    fn what_a_program_did_is_told_by_the_lead_that_is_found() {
        let found = |cause, id: &str| Some((cause, Some(id.to_owned())));
        assert_eq!(recognized("70012.0", &["70011", "70012"]), found(Rewritten::PointZero(Side::Events), "70012"));
        assert_eq!(recognized("70012", &["70011.0", "70012.0"]), found(Rewritten::PointZero(Side::Leads), "70012.0"));
        assert_eq!(recognized("0012", &["12"]), found(Rewritten::LostZeros(Side::Leads), "12"));
        assert_eq!(recognized("12", &["0012"]), found(Rewritten::LostZeros(Side::Events), "0012"));
        assert_eq!(recognized("12.0", &["0012"]), found(Rewritten::LostZeros(Side::Events), "0012"));
        assert_eq!(recognized("Ab-1", &["x", "ab-1"]), found(Rewritten::Capitals, "ab-1"));
        let (short, long) = ("00Q5g00000AbCdE", "00Q5g00000AbCdEEAV");
        assert_eq!(recognized(long, &[short]), found(Rewritten::Salesforce, short));
        assert_eq!(recognized(short, &[long]), found(Rewritten::Salesforce, long));
    }

    #[test]
    fn or_by_the_form_alone() {
        assert_eq!(recognized("1.2E+11", &["123"]), Some((Rewritten::Rounded(Side::Events), None)));
        assert_eq!(recognized("123456789012", &["1.2E+11"]), Some((Rewritten::Rounded(Side::Leads), None)));
        assert_eq!(recognized("70012.0", &["1"]), Some((Rewritten::PointZero(Side::Events), None)));
        assert_eq!(recognized("ada@x.example", &["1"]), Some((Rewritten::Address, None)));
        for event in ["x", "12", "000", "", "1.5", "é-é"] {
            assert_eq!(recognized(event, &["7", "y"]), None, "{event}");
        }
    }
}
