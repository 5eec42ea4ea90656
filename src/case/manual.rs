//! The manual pages of what reading a test file can find, beside the errors of shape that it shares with rulebooks.

use crate::diagnostic::Severity;
use crate::manual::ManualPage;

/// A persona that is not there.
pub(super) const UNKNOWN_PERSONA: &str = "LS101";
/// An instant that does not lie after the case's own.
pub(super) const NOT_LATER: &str = "LS102";
/// Several sources could be meant.
pub(super) const WHICH_SOURCE: &str = "LS103";
/// No source can have such an event.
pub(super) const NO_SOURCE: &str = "LS104";
/// An event of a type that nothing in the rulebook names.
pub(super) const UNREAD_TYPE: &str = "LS105";

/// Code, name, weight and page.
const PAGES: [(&str, &str, Severity, &str); 5] = [
    (UNKNOWN_PERSONA, "unknown-persona", Severity::Error, include_str!("manual/unknown-persona.md")),
    (NOT_LATER, "not-later", Severity::Error, include_str!("manual/not-later.md")),
    (WHICH_SOURCE, "which-source", Severity::Error, include_str!("manual/which-source.md")),
    (NO_SOURCE, "no-source", Severity::Error, include_str!("manual/no-source.md")),
    (UNREAD_TYPE, "unread-event-type", Severity::Warning, include_str!("manual/unread-event-type.md")),
];

/// The pages, in order of code.
pub fn pages() -> impl Iterator<Item = ManualPage> {
    let page = |(code, name, severity, text): &(&'static str, &'static str, Severity, &str)| ManualPage {
        code,
        name,
        severity: *severity,
        text: (*text).to_owned(),
    };
    PAGES.iter().map(page)
}
