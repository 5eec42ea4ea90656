//! A value that a `map` over numbers, dates or booleans lists, and that an earlier entry hides.
//!
//! ## Why
//! The first entry that fits counts. The same number again, a range with the same lower end, or an hour of a day that is listed
//! before it is never looked at: the rows get the earlier text.
//!
//! ## Example
//! ```yaml
//! size: { from: employees, map: { Small: [1-10, 11-50], Large: 11+ } }        # `11-50` and `11+` both begin at 11
//! ```
//!
//! ## What to do
//! Put the narrower one first, or remove it.

use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::derived::{Derivation, Mapped};
use crate::rulebook::expr::Test;

pub(super) const LINT: Lint = Lint::warning("LS432", "hidden-map-entry", include_str!("hidden_map_entry.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for (_, derivation) in subject.rulebook.derived() {
        // Of texts none is listed twice: that is an error.
        if let Derivation::Map(mapped) = derivation {
            look(subject, mapped, findings);
        }
    }
}

fn look(subject: &CheckSubject<'_>, mapped: &Mapped, findings: &mut Findings) {
    for (index, entry) in mapped.entries.iter().enumerate() {
        let Some(before) = mapped.entries[..index].iter().find(|before| hides(&before.test, &entry.test)) else {
            continue;
        };
        let (own, other, line) = (&entry.written, &before.written, subject.line(before.place.span));
        let message = format!("the value `{own}` never applies: `{other}` on line {line} already matches it");
        findings.add(entry.place.span, message).help("put the narrower one first, or remove this one");
    }
}

/// Whether all that the second takes is taken by the first.
fn hides(before: &Test, own: &Test) -> bool {
    match (before, own) {
        (Test::Numbers(before), Test::Numbers(own)) => own.iter().all(|number| before.contains(number)),
        (Test::Booleans(before), Test::Booleans(own)) => own.iter().all(|boolean| before.contains(boolean)),
        (Test::Dates(before), Test::Dates(own)) => {
            own.iter().all(|own| before.iter().any(|span| span.start <= own.start && own.end <= span.end))
        }
        _ => false,
    }
}
