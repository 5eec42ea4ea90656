//! Amounts in different currencies are added up.
//!
//! ## Why
//! The sign or code beside a number is dropped, and nothing is converted. So a sum over `€ 900` and `₺ 900` is 1,800 of no
//! currency.
//!
//! ## Example
//! ```yaml
//! fields: { amount: { type: number } }        # the file has € and ₺
//! ```
//!
//! ## What to do
//! Convert the amounts before the export. Or write the currency of the column, such as `currency: EUR`: an amount in another currency
//! then counts as missing, and you are told how many there are.

use super::super::{CheckSubject, Findings, Lint};
use super::numbers::event_field_span;
use crate::run::AmountField;

pub(super) const LINT: Lint = Lint::warning("LS613", "mixed-currencies", include_str!("mixed_currencies.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for (field, marks) in subject.observed.into_iter().flat_map(|observed| &observed.mixed_currencies) {
        let span = match field {
            AmountField::Lead(field) => rulebook.fields[*field].span,
            AmountField::Event(field) => event_field_span(rulebook, *field),
        };
        let marks: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
        let name = field.name(rulebook);
        let message =
            format!("`{name}` is added up, but its amounts are in different currencies: {}", marks.join(", "));
        findings.add(span, message).help("convert them before the export, or declare one, such as `currency: EUR`");
    }
}
