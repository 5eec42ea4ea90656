//! A band that no row is in.
//!
//! ## Why
//! No lead or event gets that text, so whatever asks for it is never true. A limit may be wrong, or the numbers of the file
//! are in another unit: thousands, say.
//!
//! ## Example
//! ```yaml
//! segment: { from: revenue, bands: [{ gte: 10000000, then: Large }], otherwise: Small }      # the file has millions: 12.5
//! ```
//!
//! ## What to do
//! Compare the limits with the numbers in the file. If you expect such rows later, there is nothing to do.

use super::super::{CheckSubject, Findings, Lint};
use super::seen_texts::{listed, quoted, seen_of};
use crate::rulebook::derived::Derivation;

pub(super) const LINT: Lint = Lint::note("LS617", "absent-band", include_str!("absent_band.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for (spot, derivation) in subject.rulebook.derived() {
        let Derivation::Bands(banded) = derivation else { continue };
        let Some((seen, who)) = seen_of(subject, spot) else { continue };
        let bands = banded.bands.iter().zip(&seen.each);
        let absent = bands.filter(|(band, is_there)| !**is_there && !subject.allows(LINT.code, band.place.whole()));
        let absent: Vec<&str> = absent.map(|(band, _)| band.then.as_str()).collect();
        if !absent.is_empty() {
            let name = quoted(subject, spot);
            let message = format!("no {who} is in these bands of {name}: {}", listed(&absent));
            findings.add(spot.span(subject.rulebook), message);
        }
    }
}
