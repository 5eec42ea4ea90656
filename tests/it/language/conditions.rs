//! Conditions, and what they name: fields with their operators, selections of events with their measures, scores, grades, stages.

use super::{Text, date, days, maybe, number, one_of};
use proptest::prelude::*;

// ---------------------------------------------------------------------------------------------- what is asked of fields

/// Operators of a text, with texts that are near to those in the cells.
pub(super) fn of_text() -> Text {
    let some = || {
        one_of(&[
            "a",
            "[a, b]",
            "Head of Sales",
            "[ceo, İntern]",
            "/pricing",
            "{ list: some }",
            "shop.example",
            "[x, 'b c']",
        ])
    };
    let single = one_of(&["a", "B", "İntern", "p1@x.example", "shop.example", "/pricing"]);
    prop_oneof![
        2 => (one_of(&["is", "is_not"]), single).prop_map(|(operator, text)| format!("{operator}: {text}")),
        3 => (one_of(&["in", "not_in", "contains", "has_word", "starts_with", "ends_with"]), some())
            .prop_map(|(operator, texts)| format!("{operator}: {texts}")),
        1 => one_of(&["^h", "[0-9]", "a|ı", "(?-i)B", ".."]).prop_map(|pattern| format!("matches: '{pattern}'")),
    ]
    .boxed()
}

fn order() -> Text {
    one_of(&["gt", "gte", "lt", "lte"])
}

/// Operators of a number; what may stand on the right of an order is given.
pub(super) fn of_number(right: Text) -> Text {
    prop_oneof![
        4 => (order(), prop_oneof![3 => number(), 1 => right]).prop_map(|(order, right)| format!("{order}: {right}")),
        1 => (one_of(&["is", "is_not"]), number()).prop_map(|(operator, number)| format!("{operator}: {number}")),
        1 => (one_of(&["in", "not_in"]), number()).prop_map(|(operator, number)| format!("{operator}: [{number}, 4]")),
    ]
    .boxed()
}

pub(super) fn of_date(other: &'static str) -> Text {
    let right = prop_oneof![3 => date(), 1 => Just(format!("{{ field: {other} }}"))];
    prop_oneof![
        3 => (order(), right).prop_map(|(order, right)| format!("{order}: {right}")),
        2 => (one_of(&["within", "older_than"]), days()).prop_map(|(operator, days)| format!("{operator}: {days}")),
        1 => (one_of(&["is", "is_not", "in", "not_in"]), date()).prop_map(|(operator, date)| format!("{operator}: {date}")),
    ]
    .boxed()
}

/// A field of a lead with an operator or two: `field: title, contains: a`.
fn of_lead() -> Text {
    let texts = one_of(&[
        "acc",
        "mail",
        "mail.local",
        "mail.domain",
        "site",
        "site.host",
        "site.path",
        "title",
        "tags",
        "js",
        "mm",
        "mm.domain",
        "old",
        "wide",
        "okay",
        "day",
        "fresh",
        "page",
        "contact.domain",
        "region",
        "zone",
        "band",
        "word",
        "named",
        "either",
        "touch",
        "place",
    ]);
    let right = || {
        prop_oneof![
            one_of(&["{ field: rank, times: 2 }", "{ field: n }", "{ field: size, times: -0.5 }"]),
            right_side()
        ]
        .boxed()
    };
    prop_oneof![
        4 => (texts, of_text()),
        3 => (one_of(&["n", "size", "rank", "both", "less", "days", "seen", "span", "span.low", "span.high", "pay", "w2", "spread", "spread.high"]), of_number(right())),
        1 => (Just("tel".to_owned()), one_of(&["is: 0532 000 00 01", "is_not: '+905320000002'", "starts_with: '+9053'", "in: [05320000002]"])),
        2 => (one_of(&["c", "r", "m", "renewed", "late", "soon", "when", "began"]), of_date("m")),
        1 => (one_of(&["ok", "said"]), one_of(&["is: true", "is: false", "is_not: true", "in: [true]"])),
    ]
    .prop_map(|(field, operators)| format!("field: {field}, {operators}"))
    .boxed()
}

fn of_event() -> Text {
    let texts = one_of(&[
        "k",
        "url",
        "url.path",
        "url.host",
        "url.query",
        "has",
        "kept",
        "part",
        "first_key",
        "who",
        "who.domain",
        "notes",
    ]);
    prop_oneof![
        4 => (texts, of_text()),
        3 => (one_of(&["x", "spent", "reach", "reach.high", "gone"]), of_number(one_of(&["{ field: x, times: 2 }", "{ field: reach }"]))),
        1 => (one_of(&["on", "later"]), of_date("on")),
        1 => (Just("call".to_owned()), one_of(&["is: 0532 000 00 01", "in: ['+905320000002']", "ends_with: '01'"])),
        1 => (Just("yes".to_owned()), one_of(&["is: true", "is_not: true"])),
    ]
    .prop_map(|(field, operators)| format!("field: {field}, {operators}"))
    .boxed()
}

/// Conditions of conditions, to some depth.
fn combined(leaf: Text) -> Text {
    leaf.prop_recursive(2, 6, 3, |inner| {
        let several = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            (one_of(&["all", "any"]), several())
                .prop_map(|(form, items)| format!("{{ {form}: [{}] }}", items.join(", "))),
            several().prop_map(|items| format!("[{}]", items.join(", "))),
            inner.clone().prop_map(|item| format!("{{ not: {item} }}")),
            (any::<prop::sample::Index>(), several()).prop_map(|(least, items)| {
                format!("{{ at_least: {}, of: [{}] }}", least.index(items.len()) + 1, items.join(", "))
            }),
        ]
    })
    .boxed()
}

fn where_events() -> Text {
    let presence = one_of(&["{ present: k }", "{ absent: [k, x] }", "{ present: [x, url.path] }"]);
    combined(prop_oneof![5 => of_event().prop_map(|test| format!("{{ {test} }}")), 1 => presence].boxed())
}

// ---------------------------------------------------------------------------------------------- what is asked of events

/// Which events, whenever: `event: visit, source: web, where: …`.
pub(super) fn occasion() -> Text {
    let types = one_of(&["visit", "form", "deal", "any", "[visit, form]", "[Deal, mail]", "MAIL"]);
    let source = maybe(15, one_of(&[", source: web", ", source: crm", ", source: two"]));
    let filter = maybe(30, where_events().prop_map(|filter| format!(", where: {filter}")));
    (types, source, filter).prop_map(|(types, source, filter)| format!("event: {types}{source}{filter}")).boxed()
}

/// A whole selection, with window and `since`.
pub(super) fn selection() -> Text {
    let within = maybe(35, days().prop_map(|days| format!(", within: {days}")));
    let since = maybe(
        25,
        one_of(&[
            ", since: r",
            ", since: [m, renewed]",
            ", since: late",
            ", since: r, for: 30d",
            ", since: [c, m], for: 26w",
        ]),
    );
    (occasion(), within, since).prop_map(|(occasion, within, since)| occasion + &within + &since).boxed()
}

/// A selection with a measure that gives a number.
pub(super) fn measured() -> Text {
    let measure = one_of(&[
        "",
        ", measure: count",
        ", measure: days",
        ", measure: idle_days",
        ", measure: idle_days, from: c",
        ", measure: idle_days, from: soon",
        ", measure: { sum: x }",
        ", measure: { max: x }",
        ", measure: { min: x }",
        ", measure: { average: x }",
        ", measure: { busiest: day }",
        ", measure: { busiest: week }",
        ", measure: { busiest: month }",
        ", measure: { busiest: quarter }",
        ", measure: { busiest: year }",
        ", measure: { sum: reach }",
        ", measure: { max: reach.high }",
        ", measure: { distinct: k }",
        ", measure: { distinct: url.path }",
        ", measure: { distinct: on }",
        ", measure: { distinct: kept }",
        ", measure: { distinct: call }",
        ", measure: { distinct: who.domain }",
    ]);
    (selection(), measure).prop_map(|(selection, measure)| selection + &measure).boxed()
}

/// What a number can be compared with, beside numbers and fields.
pub(super) fn right_side() -> Text {
    let times = maybe(40, one_of(&[", times: 0.5", ", times: 3", ", times: -1"]));
    (measured(), times).prop_map(|(measured, times)| format!("{{ {measured}{times} }}")).boxed()
}

fn event_condition() -> Text {
    let dated = (
        selection(),
        one_of(&["max", "min"]),
        prop_oneof![
            days().prop_map(|days| format!("older_than: {days}")),
            date().prop_map(|date| format!("gte: {date}"))
        ],
    )
        .prop_map(|(selection, end, operator)| format!("{{ {selection}, measure: {{ {end}: on }}, {operator} }}"));
    let counted =
        (measured(), of_number(right_side())).prop_map(|(measured, operator)| format!("{{ {measured}, {operator} }}"));
    prop_oneof![1 => dated, 5 => counted, 2 => selection().prop_map(|selection| format!("{{ {selection} }}"))].boxed()
}

/// A condition on facts, as criteria and `entered` have it.
pub(super) fn facts() -> Text {
    let presence = one_of(&[
        "{ present: [mail, n] }",
        "{ absent: m }",
        "{ present: mail.domain }",
        "{ absent: [tags, region, site.query] }",
    ]);
    combined(
        prop_oneof![4 => of_lead().prop_map(|test| format!("{{ {test} }}")), 1 => presence, 3 => event_condition()]
            .boxed(),
    )
}

/// A condition that may name scores, grades and some stages.
pub(super) fn judgement(stages: &[&'static str]) -> Text {
    let score = (one_of(&["total", "fit", "use", "use.web"]), order(), one_of(&["-10", "0", "5", "12.5", "30"]))
        .prop_map(|(score, order, bound)| format!("{{ score: {score}, {order}: {bound} }}"));
    let grade = one_of(&["{ grade: [A1, A2] }", "{ grade: B2 }"]);
    let leaf = prop_oneof![4 => score, 1 => grade, 2 => facts()].boxed();
    combined(if stages.is_empty() { leaf } else { prop_oneof![4 => leaf, 1 => one_of(stages)].boxed() })
}
