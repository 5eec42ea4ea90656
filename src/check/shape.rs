//! The manual pages of the errors of shape: what reading a rulebook can find. They are made in [`crate::rulebook`].

use crate::diagnostic::Severity;
use crate::manual::ManualPage;

/// Code, name and page.
const PAGES: [(&str, &str, &str); 14] = [
    ("LS001", "not-yaml", include_str!("shape/not-yaml.md")),
    ("LS002", "unknown-key", include_str!("shape/unknown-key.md")),
    ("LS003", "missing-part", include_str!("shape/missing-part.md")),
    ("LS004", "wrong-form", include_str!("shape/wrong-form.md")),
    ("LS005", "wrong-value", include_str!("shape/wrong-value.md")),
    ("LS006", "unknown-name", include_str!("shape/unknown-name.md")),
    ("LS007", "repeated-name", include_str!("shape/repeated-name.md")),
    ("LS008", "two-forms", include_str!("shape/two-forms.md")),
    ("LS009", "wrong-type", include_str!("shape/wrong-type.md")),
    ("LS010", "wrong-place", include_str!("shape/wrong-place.md")),
    ("LS011", "contradiction", include_str!("shape/contradiction.md")),
    ("LS012", "unreadable-list", include_str!("shape/unreadable-list.md")),
    ("LS013", "foreign-yaml", include_str!("shape/foreign-yaml.md")),
    ("LS014", "too-large", include_str!("shape/too-large.md")),
];

/// The pages, in order of code.
pub(super) fn pages() -> impl Iterator<Item = ManualPage> {
    PAGES.iter().map(|(code, name, text)| ManualPage {
        code,
        name,
        severity: Severity::Error,
        text: (*text).to_owned(),
    })
}
