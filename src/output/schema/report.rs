//! `export`, `funnel` and `value`.

use super::conditions::selection;
use super::criteria::{from, measure};
use super::form::{any, by_name, by_plain_name, defined, duration, number, one_or_more, text, whole, word};
use super::shape::{Schema, key, required};

/// Adds the definitions.
pub(super) fn add(schema: &mut Schema) {
    schema.shape(
        "export",
        "`export`",
        vec![
            required(
                "columns",
                by_name(&any([text(), defined("export_text")])),
                "the CRM's headers, each with a column of scored.csv, a field or { text: … }",
            ),
            key("only", word(&["all", "changed"]), "which leads; all unless said"),
            key("empty", text(), "what an empty cell is written as"),
        ],
    );
    schema.shape("export_text", "an exported column", vec![required("text", text(), "the same text in every row")]);
    let moment = || any([text(), defined("moment")]);
    schema.shape(
        "funnel",
        "`funnel`",
        vec![
            key("paths", by_plain_name(&one_or_more(&text())), "ways through the stages, in their order"),
            key("by", one_or_more(&text()), "lead fields to split the figures by"),
            key("lost", moment(), "what records that a lead was lost: a date field or an event"),
            key("sla", by_name(&defined("sla")), "promised response times, by stage"),
            key("targets", by_name(&whole(0)), "how many leads a calendar month are to enter a stage"),
        ],
    );
    schema.shape(
        "sla",
        "an sla",
        vec![
            required("within", duration(), "the promised time: 24h"),
            key("until", moment(), "what ends it: a date field or an event; the next stage unless said"),
        ],
    );
    schema.shape(
        "value",
        "`value`",
        vec![
            key("currency", text(), "such as EUR"),
            key(
                "ltv",
                any([number(), defined("ltv_of_field"), defined("ltv_of_events")]),
                "what a customer is worth: stated, or the mean of a field or of events",
            ),
            key("rates", by_name(&number()), "rates stated instead of measured: \"MQL->SQL\": 0.25"),
            key("spend", by_name(&number()), "what was spent, by the values of the first `by` field"),
            key("target_roas", number(), "what each unit spent is to bring back"),
        ],
    );
    schema.shape("ltv_of_field", "`ltv`", vec![required("field", text(), "a number field of customers")]);
    let mut events = selection();
    events.extend([measure(), from()]);
    schema.shape("ltv_of_events", "`ltv`", events);
}
