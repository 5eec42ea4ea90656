//! `export`, `funnel` and `value`: what goes back to the CRM, and what the report measures.

use super::business_hours::HOURS;
use super::selection::{MEASURED, OCCASION, SELECTED};
use super::stages::A_MOMENT;
use super::{Key, Mapping, Reach, Shape, Takes, Version, names};
use crate::rulebook::{ExportOnly, PassesCounted};

/// Which leads are exported.
pub(crate) const ONLY: [(&str, ExportOnly); 2] = [("all", ExportOnly::All), ("changed", ExportOnly::Changed)];

/// Which passes of a lead count.
pub(crate) const PASSES: [(&str, PassesCounted); 2] = [("all", PassesCounted::All), ("latest", PassesCounted::Latest)];

/// `export`
pub(crate) const EXPORT: Mapping =
    Mapping::new("export", "`export`", "The file `crm.csv`, under the CRM's own headers.")
        .example("export: { columns: { Record ID: lead_id, Lead Score: total } }")
        .keys(&[&[
            Key::required(
                "columns",
                Takes::ByName(
                    "header",
                    &Takes::OneOf(&[Takes::Name("a column of `scored.csv`, or a field"), Takes::In(&EXPORTED)]),
                ),
                "The CRM's headers, each with a column of `scored.csv`, a field of leads, or a fixed text.",
            )
            .example("columns: { Record ID: lead_id, Lead Score: total, Source: { text: leadscore } }"),
            Key::new("only", Takes::Word(&names(&ONLY)), "Which leads the file has.")
                .default("all")
                .more("`changed` has only leads with an exported value that differs from the previous run.")
                .example("only: changed"),
            Key::new("empty", Takes::Text, "What to write for an empty value. Many imports skip empty cells.")
                .default("nothing")
                .example("empty: none"),
        ]]);

/// A column of the export with a fixed text.
pub(crate) const EXPORTED: Mapping =
    Mapping::new("exported", "an exported column", "A column with the same text in every row.")
        .example("{ text: leadscore }")
        .keys(&[&[Key::required("text", Takes::Text, "The text.").example("{ text: leadscore }")]]);

/// `funnel`
pub(crate) const FUNNEL: Mapping = Mapping::new("funnel", "`funnel`", "What the report measures.")
    .example("funnel: { paths: { marketing: [Lead, MQL, Customer] } }")
    .keys(&[&[
        Key::new(
            "paths",
            Takes::ByOwnName("path", &Takes::OneOrMore(&Takes::Name("a stage"))),
            "Ways through the stages, each with at least two stages in their order.",
        )
        .more("Every stage of a path needs an `entered`.")
        .example("paths: { marketing: [Lead, MQL, SQL, Customer] }"),
        Key::new(
            "by",
            Takes::OneOrMore(&Takes::Name("a field of leads")),
            "The fields that split the figures, such as the source.",
        )
        .example("by: [source, country]"),
        Key::new(
            "leave_out",
            Takes::Condition(Reach::Facts),
            "Which leads to leave out of every figure, such as your own people.",
        )
        .since(Version::V1_1)
            .more("The condition names fields and events, no score and no stage. These leads are still scored.")
        .example("leave_out: { field: email.domain, in: { list: our-domains } }"),
        Key::new(
            "within",
            Takes::ByName("step", &Takes::Duration),
            "How long a lead has for a step of a path: later conversions don't count in its rate.",
        )
        .more("A step is `\"Lead->MQL\"`, in quotes: two stages that are next to each other in a path. The rate is of leads that entered at least so long ago.")
        .since(Version::V1_1)
        .example("within: { \"Lead->MQL\": 30d, \"MQL->SQL\": 14d }"),
        Key::new(
            "lost",
            Takes::OneOf(&[Takes::Name("a date field"), Takes::In(&LOST)]),
            "What records that a lead was lost: a date field or an event, and why.",
        )
        .example("lost: lost_at"),
        Key::new("passes", Takes::Word(&names(&PASSES)), "Which passes of a lead the figures count, if the rulebook has `returns`.")
            .since(Version::V1_1)
            .default("all")
            .more("`latest` counts only the pass after the latest return.")
            .example("passes: latest"),
        Key::new("owner", Takes::Name("a field of leads"), "Who has the lead today, such as its salesperson.")
            .since(Version::V1_1)
            .more("The report shows response times and open leads by owner.")
            .example("owner: owner"),
        Key::new("sla", Takes::ByName("stage", &Takes::In(&SLA)), "Promised response times, by stage.")
            .example("sla: { MQL: { within: 24h, until: contacted } }"),
        Key::new(
            "targets",
            Takes::ByName("stage", &Takes::Whole(0)),
            "How many leads should enter a stage in a calendar month.",
        )
        .example("targets: { MQL: 120, SQL: 30 }"),
    ]]);

/// What records that a lead was lost, if not a date field.
pub(crate) const LOST: Mapping = Mapping::new("lost", "`lost`", "What records that a lead was lost, and why.")
    .example("lost: { at: lost_at, reason: lost_reason }")
    .shapes(&[&[
        Shape::new(
            &[
                Key::deciding("at", A_MOMENT, "The date field or the event that records it.")
                    .since(Version::V1_1)
                    .example("lost: { at: { event: deal_lost }, reason: lost_reason }"),
                Key::new("reason", Takes::Name("a field of leads"), "The field that says why.")
                    .since(Version::V1_1)
                    .more("The report shows the reasons by the last stage that was reached.")
                    .example("lost: { at: lost_at, reason: lost_reason }"),
            ],
            &[],
        ),
        Shape::new(&[], &[OCCASION]),
    ]]);

/// A promised response time.
pub(crate) const SLA: Mapping = Mapping::new("sla", "an sla", "A promised response time, from the entry into a stage.")
    .example("{ within: 24h, until: contacted }")
    .keys(&[&[
        Key::required("within", Takes::Duration, "The promised time.").example("within: 24h"),
        Key::new("until", A_MOMENT, "What ends it: a date field or an event.")
            .default("the entry into the next stage of the path")
            .example("until: contacted"),
        Key::new("hours", Takes::Word(&names(&HOURS)), "With `business`, only time in `business_hours` counts.")
            .since(Version::V1_1)
            .default("all hours")
            .more("`within` is then in `min` or `h`. A stage entered outside business hours counts from the next opening.")
            .example("{ within: 4h, until: contacted, hours: business }"),
    ]]);

/// `value`
pub(crate) const VALUE: Mapping = Mapping::new("value", "`value`", "What a customer is worth, and what leads cost.")
    .example("value: { currency: USD, ltv: 20000 }")
    .keys(&[&[
        Key::new("currency", Takes::Text, "The currency, as the report shows it.").example("currency: USD"),
        Key::new(
            "ltv",
            Takes::OneOf(&[Takes::Number, Takes::In(&LTV)]),
            "The lifetime value of a customer: a number, a field, or events.",
        )
        .example("ltv: 20000"),
        Key::new("pipeline", Takes::Name("a number field"), "What an open lead may bring, such as the amount of its open deal.")
            .since(Version::V1_1)
            .more("The report adds it up over the open leads, by their stage in the CRM and by the first `by` field of `funnel`.")
            .example("pipeline: open_amount"),
        Key::new(
            "rates",
            Takes::ByName("step", &Takes::Number),
            "Conversion rates that you state, instead of measured ones.",
        )
        .more("A step is `\"MQL->SQL\"`, in quotes. A rate is between 0 and 1.")
        .example("rates: { \"MQL->SQL\": 0.25 }"),
        Key::new(
            "spend",
            Takes::ByName("value of the first `by` field", &Takes::Number),
            "What was spent, by the values of the first `by` field of `funnel`.",
        )
        .example("spend: { Webinar: 12000 }"),
        Key::new("target_roas", Takes::Number, "What each unit of spend should bring back.")
            .example("target_roas: 1.3"),
    ]]);

/// A lifetime value that is measured.
pub(crate) const LTV: Mapping =
    Mapping::new("ltv", "`ltv`", "A lifetime value that is measured: the mean over the customers that have it.")
        .example("ltv: { event: deal_won, measure: { sum: amount } }")
        .shapes(&[&[
            Shape::new(
                &[Key::deciding("field", Takes::Name("a number field"), "The number field of customers.")
                    .example("ltv: { field: revenue }")],
                &[],
            ),
            Shape::new(&[], &[SELECTED, MEASURED]),
        ]]);
