//! `leads`, `tables` and `events`: what the exports look like.

use super::{AUTOMATED, DERIVED, DERIVED_IN_ROW, FIELD, FILES, Key, Mapping, Shape, Takes, Version};

/// A header, or several of which the first that the file has counts.
pub(super) const COLUMN: Takes = Takes::OneOrMore(&Takes::OneOf(&[Takes::Name("a column"), Takes::In(&COLUMN_NAME)]));

/// A column whose header other columns have, too.
pub(crate) const COLUMN_NAME: Mapping = Mapping::new(
    "column_name",
    "a column's name",
    "One of several columns with the same header. It can be used wherever a column is named.",
)
.more("A header that a file has more than once is an error where the rulebook uses it without `nth`.")
.example("{ name: Create Date, nth: 2 }")
.keys(&[&[
    Key::required("name", Takes::Text, "The header.").since(Version::V1_1).example("name: Create Date"),
    Key::required("nth", Takes::Whole(1), "Which one of the columns with that header, counted from 1.")
        .since(Version::V1_1)
        .more("If the file has fewer of them, it lacks the column.")
        .example("nth: 2"),
]]);

const FIELDS: Takes =
    Takes::ByOwnName("field", &Takes::OneOf(&[COLUMN, Takes::Empty, Takes::In(&FIELD), Takes::In(&DERIVED_IN_ROW)]));

const FIELDS_OF_LEADS: Takes =
    Takes::ByOwnName("field", &Takes::OneOf(&[COLUMN, Takes::Empty, Takes::In(&FIELD), Takes::In(&DERIVED)]));

const FILE: Key = Key::new("file", Takes::In(&FILES), "Where the files are and how they are read.")
    .example("file: { path: exports/*.csv }")
    .also_called(&["path"]);

const OPTIONAL: Key = Key::new("optional", Takes::Switch, "With `true`, it may have no file. It then has no rows.")
    .default("false: a missing file is an error")
    .example("optional: true");

const FOLD: Key = Key::new("fold", Takes::Switch, "With `true`, capitals do not matter when keys are compared.")
    .default("true where `by` names an e-mail or url field or a part of one, else false")
    .example("fold: true");

/// `leads`
pub(crate) const LEADS: Mapping = Mapping::new("leads", "`leads`", "The export with one row for each lead.")
    .example("leads: { id: Record ID }")
    .keys(&[&[
        FILE,
        Key::required("id", COLUMN, "The column that holds the lead's id.")
            .more("A row without an id, or with an id that an earlier row has, is rejected and reported.")
            .example("id: Record ID"),
        Key::new("fields", FIELDS_OF_LEADS, "The fields of a lead: a name that you choose, and its column.")
            .more("`company: Company` is short for `company: { column: Company, type: text }`.")
            .example("fields: { company: Company, created: { column: Create Date, type: date } }"),
        Key::new("created", Takes::Name("a date field"), "When the lead was created.")
            .more("A lead that was created after the day of scoring is not scored, only counted as *later*.")
            .example("created: created"),
        Key::new(
            "former_ids",
            Takes::Name("a text field"),
            "The ids that a lead had before, for example before a merge.",
        )
        .since(Version::V1_1)
        .more(
            "Where no row has the id that an event names, the event belongs to the first lead with that former id. \
                 With `--previous`, a lead is also found by its former ids, in order.",
        )
        .example("former_ids: merged"),
        NEWEST,
    ]]);

/// Which of several rows counts.
const NEWEST: Key = Key::new(
    "newest",
    Takes::Name("a date field of the same file"),
    "Of several rows with the same id or key, the one with the latest date counts.",
)
.since(Version::V1_1)
.default("the first row counts, and the others are rejected")
.more(
    "The other rows are *superseded*: counted, but not rejected. A row without a date is older than all others. Of equal \
     dates the first row counts.",
)
.example("newest: modified");

/// A table.
pub(crate) const TABLE: Mapping = Mapping::new("table", "a table", "One more export that adds fields to a lead.")
    .example("{ key: Account ID, by: account, fields: { industry: Industry } }")
    .keys(&[&[
        FILE,
        Key::required("key", COLUMN, "The column that a row is found by.").example("key: Account ID"),
        Key::required("by", Takes::Name("a field of leads"), "The field of the lead that holds that key.")
            .more(
                "It may be a field of another table, in any order. A circle is an error. Of a field with several values, \
                 the first value that has a row is used.",
            )
            .example("by: account"),
        FOLD,
        NEWEST,
        OPTIONAL,
        Key::required("fields", FIELDS, "The fields that the table adds. They may not repeat a field of leads.")
            .more("Where the table has no row for a lead, its fields are missing, and that is counted.")
            .example("fields: { industry: Industry, country: Country }"),
    ]]);

/// A source of events.
pub(crate) const SOURCE: Mapping = Mapping::new("source", "an event source", "An export of what leads did.")
    .example("{ lead: Contact ID, type: Event, time: Timestamp }")
    .keys(&[&[
        FILE,
        Key::required(
            "lead",
            Takes::OneOf(&[LEAD, Takes::List(&LEAD)]),
            "The column that names the lead, by its id or by another field. A list is tried in order.",
        )
        .example("lead: [Contact ID, { column: Email, by: email }]"),
        Key::required(
            "type",
            Takes::OneOf(&[COLUMN, Takes::In(&TYPE)]),
            "The column of the event's type, or how the type is known otherwise.",
        )
        .example("type: Event"),
        Key::new("time", Takes::OneOf(&[COLUMN, Takes::In(&TIME)]), "The column of the event's time.")
            .more("Required, unless `type` has `from_columns`: then each of those columns holds a time.")
            .example("time: { column: Timestamp, format: \"%d.%m.%Y %H:%M\" }"),
        Key::new("id", COLUMN, "The column of the event's own id. An event that was exported twice counts once.")
            .more("Two rows are one event if both the id and the type are equal.")
            .example("id: Event ID"),
        OPTIONAL,
        Key::new("fields", FIELDS, "The fields of an event, for `where`, measures and `distinct`.")
            .more("A field that several sources have must have the same type in all of them.")
            .example("fields: { url: { column: Page URL, type: url }, seconds: { type: number } }"),
        Key::new(
            "automated",
            Takes::List(&Takes::In(&AUTOMATED)),
            "Rules for events that a program makes, not the lead. They are counted apart and give no points.",
        )
        .since(Version::V1_1)
        .example("automated: [{ event: email_click, after: email_sent, within: 15s }]"),
        MAX_AGE,
        MAX_ORPHANS,
    ]]);

/// How old the newest event may be.
const MAX_AGE: Key = Key::new(
    "max_age",
    Takes::Duration,
    "If the newest event that counts is older than this, `score` ends with 4 and replaces nothing.",
)
.since(Version::V1_1)
.default("events may be of any age, and there may be none")
.more(
    "The age is measured at the time of the run. A source with this key must have a file with an event that counts, also \
     with `optional: true`. If your export has dates without a time, allow a day more: such an event happened at 0:00. The \
     option `--max-age` overrides this key.",
)
.example("max_age: 26h")
.also_called(&["max_lag", "max_delay", "freshness", "fresh", "stale_after", "newest_within"]);

/// How many events may find no lead.
const MAX_ORPHANS: Key = Key::new(
    "max_orphans",
    Takes::Percentage,
    "If more than this share of the dated events belong to no lead, `score` ends with 4 and replaces nothing.",
)
.since(Version::V1_1)
.default("any share of them may belong to no lead")
.more("A source without events has no orphans; `max_age` finds that. The option `--max-orphans` overrides this key.")
.example("max_orphans: 20%")
.also_called(&["max_unmatched", "max_unknown", "orphans", "unmatched"]);

const LEAD: Takes = Takes::OneOf(&[Takes::Name("a column"), Takes::In(&COLUMN_NAME), Takes::In(&LEAD_KEY)]);

/// One way in which an event names its lead.
pub(crate) const LEAD_KEY: Mapping =
    Mapping::new("lead_key", "`lead`", "How an event names its lead, if not by the id.")
        .more(
            "If several leads have the same value, the event counts for each of them, and the report \
         says so.",
        )
        .example("lead: { column: Email, by: email }")
        .keys(&[&[
            Key::required("column", COLUMN, "The column that names the lead.").example("column: Email"),
            Key::new("by", Takes::Name("a field of leads"), "The field of leads that the column is compared with.")
                .default("the id")
                .more("Of a field with several values, each value is a key of the lead.")
                .example("by: email"),
            FOLD,
        ]]);

/// How an event's type is known.
pub(crate) const TYPE: Mapping = Mapping::new("type", "`type`", "How the type of an event is known.")
    .example("type: { always: webinar_attended }")
    .shapes(&[&[
        Shape::new(
            &[Key::deciding("column", COLUMN, "The column of the type.").example("type: { column: Event }")],
            &[],
        ),
        Shape::new(
            &[Key::deciding("always", Takes::Text, "Every row is an event of this type.")
                .example("type: { always: webinar_attended }")],
            &[],
        ),
        Shape::new(
            &[Key::deciding(
                "from_columns",
                Takes::ByName("event type", &Takes::OneOf(&[COLUMN, Takes::In(&TIME)])),
                "A row gives one event for each of these columns that holds a time.",
            )
            .example("type: { from_columns: { registered: Registered at, attended: Join time } }")],
            &[],
        ),
    ]]);

/// A column of times.
pub(crate) const TIME: Mapping = Mapping::new("time", "a time", "A column of times, and how they are written.")
    .example("{ column: Timestamp, format: \"%d.%m.%Y %H:%M\" }")
    .keys(&[&[Key::required("column", COLUMN, "The column of the time.").example("column: Timestamp"), FORMAT]]);

/// How dates are written.
pub(super) const FORMAT: Key =
    Key::new("format", Takes::OneOrMore(&Takes::Text), "How dates and times are written. A list is tried in order.")
        .default("ISO dates, such as `2026-05-31` or `2026-05-31T14:30Z`")
        .more(
            "Either `epoch_s`, `epoch_ms` or `excel_days`, or a pattern: `%Y` year, `%y` year of two \
             digits, `%m` month, `%d` or `%e` day, `%b` or `%B` name of the month, `%a` or `%A` \
             name of the weekday, `%H` hour, `%I` hour of twelve with `%p`, `%M` minute, `%S` second, \
             `%f` fraction, `%z` offset such as `+03:00`, `Z` or `UTC`; `%F` is `%Y-%m-%d`, `%T` is `%H:%M:%S`, \
             `%R` is `%H:%M`, `%D` is `%m/%d/%y`. A space in the pattern matches one or more spaces.",
        )
        .example("format: \"%d.%m.%Y %H:%M\"");
