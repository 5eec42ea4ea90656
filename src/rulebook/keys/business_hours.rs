//! `business_hours`: when a company is open.

use super::{Key, Mapping, NAMED_LIST, Takes, Version, names};

/// The days of the week, from Monday on, as `days` names them.
pub(crate) const WEEKDAYS: [(&str, usize); 7] =
    [("mon", 0), ("tue", 1), ("wed", 2), ("thu", 3), ("fri", 4), ("sat", 5), ("sun", 6)];

/// Which hours a promised time counts, if not all.
pub(crate) const HOURS: [(&str, ()); 1] = [("business", ())];

/// `business_hours`
pub(crate) const BUSINESS_HOURS: Mapping = Mapping::new(
    "business_hours",
    "`business_hours`",
    "When your company is open, in your `timezone`. An sla with `hours: business` counts this time only.",
)
.example("business_hours: { days: [mon, tue, wed, thu, fri], from: \"09:00\", to: \"17:00\" }")
.keys(&[&[
    Key::required(
        "days",
        Takes::OneOrMore(&Takes::Word(&names(&WEEKDAYS))),
        "The days of the week with business hours.",
    )
    .since(Version::V1_1)
    .example("days: [mon, tue, wed, thu, fri]")
    .also_called(&["weekdays", "open_on"]),
    Key::required("from", Takes::Text, "When business begins, as hours and minutes from `00:00` on.")
        .since(Version::V1_1)
        .example("from: \"09:00\"")
        .also_called(&["start", "opens", "open"]),
    Key::required(
        "to",
        Takes::Text,
        "When business ends, as hours and minutes up to `24:00`. It must be after `from`.",
    )
    .since(Version::V1_1)
    .example("to: \"17:00\"")
    .also_called(&["end", "closes", "close", "until"]),
    Key::new("holidays", HOLIDAYS, "Dates without business hours, or a list of them under `lists`.")
        .since(Version::V1_1)
        .example("holidays: [2026-05-18, 2026-12-25]")
        .also_called(&["closed", "closed_on", "except"]),
]]);

const HOLIDAYS: Takes = Takes::OneOf(&[Takes::Date, Takes::List(&Takes::Date), Takes::In(&NAMED_LIST)]);
