//! A number field whose cells are ranges or phone numbers.
//!
//! ## Why
//! `201-500` and `+90 532 000 00 01` are no numbers, so they count as missing. There are types for both.
//!
//! ## Example
//! ```yaml
//! size: { column: Company size, type: number }        # the file has 201-500 and 10,001+
//! ```
//!
//! ## What to do
//! Write `type: range`: the field is then the lower end of the range, and `size.high` its upper end. For phone numbers, write
//! `type: phone` with the `country` of numbers without an international prefix.

use super::super::{CheckSubject, Findings, Lint};
use super::numbers::{UnreadNumbers, unread_numbers};
use crate::value::{Number, Range};

pub(super) const LINT: Lint = Lint::warning("LS612", "not-numbers", include_str!("not_numbers.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for unread in unread_numbers(subject) {
        let all = |is_so: &dyn Fn(&str) -> bool| unread.first(|text| !is_so(text)).is_none();
        // A number alone is none that can't be read: it is in another currency.
        let is_range = |text: &str| {
            Number::parse_cell(text, unread.decimal).is_none() && Range::parse(text, unread.decimal).is_some()
        };
        if all(&is_range) {
            let help =
                format!("write `type: range`; `{0}` is then the lower end and `{0}.high` the upper", unread.name);
            tell(&unread, "ranges", &help, findings);
        } else if all(&|text| is_phone(text)) {
            tell(
                &unread,
                "phone numbers",
                "write `type: phone`, with `country` for numbers without a prefix",
                findings,
            );
        }
    }
}

fn tell(unread: &UnreadNumbers<'_>, kind: &str, help: &str, findings: &mut Findings) {
    let Some(text) = unread.first(|_| true) else { return };
    let message = format!("`{}` seems to hold {kind}: `{text}` can't be read as a number", unread.name);
    findings.add(unread.span, message).help(help);
}

/// Whether a text has the look of a phone number: it begins like one, and has as many digits.
fn is_phone(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c);
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with(['+', '0', '(']) && text.chars().all(is_part) && (9..=15).contains(&n_digits)
}
