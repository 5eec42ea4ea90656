//! `event:` with `points:` — points for each counted event, decayed by its age, up to a cap.

use super::Kind;
use crate::diagnostic::Diagnostic;
use crate::points::Points;
use crate::rulebook::expr::{Count, EventPoints, Measure, Tally, Worth};
use crate::rulebook::keys::{Key, Mapping, SELECTED, Shape, Takes, Version, names};
use crate::rulebook::parse::{Choice, DECAY, Decoder, Keys, PERIODS, Scope, inside_where, number_of_events, shapes_of};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::{Number, parse_duration_ms, trim};

pub(super) const KIND: Kind = Kind { shapes: &[Shape::new(KEYS, &[SELECTED])], lower };

const KEYS: &[Key] = &[
    Key::required(
        "points",
        Takes::OneOf(&[Takes::Points, Takes::In(&OWN_POINTS)]),
        "The points for each event that counts, or the field of the event that holds them.",
    )
    .example("points: 20"),
    Key::new("count", Takes::OneOf(&[Takes::Word(&names(&WAYS)), Takes::In(&COUNT)]), "Which of the events count.")
        .default("each")
        .more("Of the events that belong together, only the newest counts.")
        .example("count: { per: month }"),
    Key::new("at_most", Takes::Whole(1), "Only this many of the newest events count.").example("at_most: 3"),
    Key::new("decay", Takes::In(&DECAY), "How the points of an event fade with its age.")
        .example("decay: { half_life: 45d }"),
    Key::new(
        "cap",
        Takes::Points,
        "The sum is never larger than this. For negative points, it is never lower than minus this.",
    )
    .example("cap: 40"),
];

/// The ways to count that need no more words.
const WAYS: [(&str, Count); 2] = [("each", Count::Each), ("once", Count::Once)];

/// Points that each event says itself.
const OWN_POINTS: Mapping =
    Mapping::new("own_points", "`points` from a field", "Points that a field of each event holds.")
        .more(
            "The number is rounded to two decimals. An event without a value in the field is not selected. \
             Add a `cap`, because nothing else limits what a file can say.",
        )
        .example("points: { field: rating, times: 2 }")
        .keys(&[&[
            Key::required(
                "field",
                Takes::Name("a number field of events"),
                "The field that holds the points. Of a range, its low end counts.",
            )
            .since(Version::V1_1)
            .example("points: { field: rating }"),
            Key::new("times", Takes::Number, "The number is multiplied by this.")
                .since(Version::V1_1)
                .default("1")
                .example("points: { field: rating, times: 2 }"),
        ]]);

const COUNT: Mapping =
    Mapping::new("count", "`count`", "Which events belong together. Only the newest of them counts.")
        .example("count: { per: month }")
        .shapes(&[&shapes_of(&COUNTS)]);

const COUNTS: [Choice<Count>; 2] = [
    Choice {
        key: Key::deciding(
            "per",
            Takes::OneOf(&[Takes::Word(&names(&PERIODS)), Takes::Duration]),
            "One event for each calendar period in the rulebook's time zone, or at most one in any stretch of this length.",
        )
        .more(
            "Weeks begin on Monday. With a duration such as `24h`, the newest event counts, then the newest of those \
             that are at least so much older, and so on.",
        )
        .example("count: { per: month }"),
        read: per,
    },
    Choice {
        key: Key::deciding("distinct", Takes::Name("a field of events"), "One event for each value of this field.")
            .more("Events without a value count one by one.")
            .example("count: { distinct: url }"),
        read: |decoder, node| {
            let field = decoder.field(node, &inside_where())?;
            decoder.expect_single(field, node.span)?;
            Some(Count::Distinct(field))
        },
    },
];

fn lower(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> Option<Worth> {
    let select = decoder.selection(keys, scope);
    let points = decoder.required(keys, "points").and_then(|node| points(decoder, node));
    let count = decoder.part(keys, "count", count);
    let at_most = decoder.part(keys, "at_most", |decoder, node| decoder.whole_usize(node, 1, "a number of events"));
    let decay = decoder.part(keys, "decay", Decoder::decay);
    let cap = decoder.part(keys, "cap", cap);
    let count = count?.unwrap_or(Count::Each);
    let measure = Measure::Points { points: points?, count, at_most: at_most?, decay: decay? };
    let tally = decoder.tally(Tally { select: select?, measure });
    Some(Worth::Occurrences { tally, cap: cap? })
}

fn points(decoder: &mut Decoder<'_>, node: &YamlNode) -> Option<EventPoints> {
    if let YamlKind::Scalar(scalar) = &node.kind
        && decoder.is_event_field(trim(&scalar.text))
    {
        let field = trim(&scalar.text);
        let found = Diagnostic::error("LS005", node.span, format!("`{field}` can't be points"));
        decoder.report(
            found.with_help(format!("for the points that this field holds, write `points: {{ field: {field} }}`")),
        );
        return None;
    }
    let YamlKind::Map(_) = node.kind else { return decoder.points(node, "points").map(EventPoints::Fixed) };
    decoder.mapping(node, &OWN_POINTS, |decoder, keys| {
        let field = decoder.required(keys, "field").and_then(|node| number_of_events(decoder, node, "`points`"));
        let times = decoder.part(keys, "times", |decoder, node| decoder.number(node, "a factor"));
        Some(EventPoints::Field { field: field?, times: times?.unwrap_or(Number::from_micros(1_000_000)) })
    })
}

/// `per:` a calendar period, or a duration.
fn per(decoder: &mut Decoder<'_>, node: &YamlNode) -> Option<Count> {
    match &node.kind {
        YamlKind::Scalar(scalar) if scalar.text.starts_with(|c: char| c.is_ascii_digit()) => {
            decoder.duration_ms(node).map(Count::Apart)
        }
        _ => decoder.word(node, "calendar period", &PERIODS).map(Count::Per),
    }
}

fn cap(decoder: &mut Decoder<'_>, node: &YamlNode) -> Option<Points> {
    let cap = decoder.points(node, "a cap")?;
    if cap <= Points::default() {
        let found = Diagnostic::error("LS005", node.span, "a cap must be above 0");
        let help = "it limits the size of the sum: with `cap: 30`, a negative criterion never goes below -30";
        decoder.report(found.with_help(help));
        return None;
    }
    Some(cap)
}

fn count(decoder: &mut Decoder<'_>, node: &YamlNode) -> Option<Count> {
    match node.kind {
        YamlKind::Map(_) => decoder.one_of(node, &COUNT, &COUNTS),
        YamlKind::Scalar(ref scalar) if PERIODS.iter().any(|(period, _)| *period == trim(&scalar.text)) => {
            let period = trim(&scalar.text);
            let found =
                Diagnostic::error("LS004", node.span, format!("`{period}` is a calendar period, not a way to count"));
            decoder.report(found.with_help(format!("for one event each {period}, write `count: {{ per: {period} }}`")));
            None
        }
        YamlKind::Scalar(ref scalar) if parse_duration_ms(trim(&scalar.text)).is_ok() => {
            let gap = trim(&scalar.text);
            let found = Diagnostic::error("LS004", node.span, format!("`{gap}` is a duration, not a way to count"));
            decoder.report(
                found.with_help(format!("for at most one event in any {gap}, write `count: {{ per: {gap} }}`")),
            );
            None
        }
        _ => decoder.word_or(node, "way to count", &WAYS, &COUNTS),
    }
}
