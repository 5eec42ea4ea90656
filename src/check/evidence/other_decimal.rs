//! Numbers whose decimals seem to be written another way than the rulebook says.
//!
//! ## Why
//! `1.234,50` can't be read as a number with a decimal point, so it counts as missing. The other cells of the column are worse: `1.500`
//! is read as one and a half, and `512,770` as half a million.
//!
//! ## Example
//! ```yaml
//! revenue: { column: Annual Revenue, type: number }        # the file has 1.234,50
//! ```
//!
//! ## What to do
//! Write `decimal: comma` on the field, or under `file` for all of its numbers.

use super::super::{CheckSubject, Findings, Lint};
use super::numbers::unread_numbers;
use crate::value::Number;
use crate::value::number::Decimal;

pub(super) const LINT: Lint = Lint::warning("LS611", "other-decimal", include_str!("other_decimal.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for unread in unread_numbers(subject) {
        let (other, mark, write) = match unread.decimal {
            Decimal::Point => (Decimal::Comma, "comma", "decimal: comma"),
            Decimal::Comma => (Decimal::Point, "point", "decimal: point"),
        };
        let is_other = |text: &str| {
            Number::parse_cell(text, unread.decimal).is_none() && Number::parse_cell(text, other).is_some()
        };
        let Some(text) = unread.first(is_other) else { continue };
        let message = format!("`{}` seems to have a decimal {mark}: `{text}` can't be read", unread.name);
        findings.add(unread.span, message).help(format!("write `{write}` on the field, or under `file`"));
    }
}
