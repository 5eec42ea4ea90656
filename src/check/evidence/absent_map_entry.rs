//! A value that a `map` lists and no row has.
//!
//! ## Why
//! The text that you wrote is not in the files, so that part of the `map` does nothing. Often the export spells it another
//! way, and the rows with that spelling are not mapped at all.
//!
//! ## Example
//! ```yaml
//! country: { from: country_raw, map: { Germany: [Deutschland, GER] } }        # the file has `DE`, never `GER`
//! ```
//!
//! ## What to do
//! Write the value as the file has it. If you expect it later, there is nothing to do.

use super::super::{CheckSubject, Findings, Lint};
use super::seen_texts::{listed, quoted, seen_of};
use crate::rulebook::derived::{Derivation, Mapped};

pub(super) const LINT: Lint = Lint::note("LS616", "absent-map-entry", include_str!("absent_map_entry.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for (spot, derivation) in subject.rulebook.derived() {
        let Derivation::Map(mapped) = derivation else { continue };
        let Some((seen, who)) = seen_of(subject, spot) else { continue };
        let absent = absent(subject, mapped, &seen.each);
        if !absent.is_empty() {
            let name = quoted(subject, spot);
            let message = format!("no {who} has these values of the `map` of {name}: {}", listed(&absent));
            findings.add(spot.span(subject.rulebook), message);
        }
    }
}

/// What no row has: an entry by its new text where none of its values is there, else each value that is not.
fn absent<'m>(subject: &CheckSubject<'_>, mapped: &'m Mapped, seen: &[bool]) -> Vec<&'m str> {
    let (of_values, of_targets) = seen.split_at(mapped.entries.len());
    let mut absent = Vec::new();
    for (target, text) in mapped.targets.iter().enumerate() {
        let own = mapped.entries.iter().zip(of_values).filter(|(entry, _)| entry.target == target);
        let is_allowed = |entry| subject.allows(LINT.code, entry);
        let lacking: Vec<&str> = own
            .clone()
            .filter(|(entry, is_there)| !**is_there && !is_allowed(entry.place.span))
            .map(|(entry, _)| entry.written.as_str())
            .collect();
        if of_targets[target] || own.clone().any(|(_, is_there)| *is_there) || lacking.len() < own.count() {
            absent.extend(lacking);
        } else {
            absent.push(text.as_str());
        }
    }
    absent
}
