//! Disqualifiers, stages and priorities.

use super::form::{any, defined, one_or_more, text};
use super::shape::{Key, Schema, key, required};

/// Adds the definitions.
pub(super) fn add(schema: &mut Schema) {
    schema.shape(
        "disqualifier",
        "a disqualifier",
        vec![
            required("reason", text(), "what is written down"),
            required("when", defined("scored"), "who is left out"),
        ],
    );
    schema.shape(
        "stage",
        "a stage",
        vec![
            required("name", text(), "its name"),
            key("when", defined("staged"), "what makes a lead hold it; the first stage has none"),
            key("keep_when", defined("staged"), "what suffices to stay, where the previous run is given"),
            key("after", one_or_more(&text()), "earlier stages, one of which must be held or have been entered"),
            key(
                "entered",
                any([text(), defined("entered")]),
                "what the CRM records it by: a date field, an event, or { when: … }",
            ),
            key("recycle_when", defined("staged"), "when a lead goes back to marketing"),
        ],
    );
    let mut entered = occasion(false);
    entered.push(key("when", defined("fact"), "the CRM records it where this is true, without a date"));
    schema.shape("entered", "`entered`", entered);
    schema.shape("moment", "a date field or an event", occasion(true));
    schema.shape(
        "priority",
        "a priority",
        vec![
            required("name", text(), "its name"),
            key("when", defined("staged"), "for which leads; without it for all that are left"),
            key("action", text(), "what to do"),
        ],
    );
}

/// An event, of which the earliest counts.
fn occasion(is_required: bool) -> Vec<Key> {
    let event = if is_required { required } else { key };
    vec![
        event("event", one_or_more(&text()), "an event type or several; the earliest counts"),
        key("source", text(), "only events of this source"),
        key("where", defined("of_event"), "only events of which this is true"),
    ]
}
