//! What the rows of the files have of a derived field, for the lints that say what they don't have.

use super::super::CheckSubject;
use crate::rulebook::derived::DerivedSpot;
use crate::score::FieldSeen;

/// How many texts are named.
const MOST_NAMED: usize = 10;

/// What the rows have, and what one of them is called; none where no row has any value.
pub(super) fn seen_of<'a>(subject: &'a CheckSubject<'_>, spot: DerivedSpot) -> Option<(&'a FieldSeen, &'static str)> {
    let observed = subject.observed?;
    let (texts, field, who) = match spot {
        DerivedSpot::Lead(field) => (&observed.lead_texts, field, "lead"),
        DerivedSpot::Event(source, field) => (observed.event_texts.get(&source)?, field, "event"),
    };
    texts.of(field).filter(|seen| seen.is_present).map(|seen| (seen, who))
}

/// A field's name, quoted: `area`, or of a source `area` of `web`.
pub(super) fn quoted(subject: &CheckSubject<'_>, spot: DerivedSpot) -> String {
    let rulebook = subject.rulebook;
    match spot {
        DerivedSpot::Lead(field) => format!("`{}`", rulebook.fields[field].name),
        DerivedSpot::Event(source, field) => {
            format!("`{}` of `{}`", rulebook.event_fields[field].name, rulebook.sources[source].name)
        }
    }
}

/// The first texts, quoted.
pub(super) fn listed(texts: &[&str]) -> String {
    let named: Vec<String> = texts.iter().take(MOST_NAMED).map(|text| format!("`{text}`")).collect();
    let more = texts.len().saturating_sub(MOST_NAMED);
    if more == 0 { named.join(", ") } else { format!("{}, and {more} more", named.join(", ")) }
}
