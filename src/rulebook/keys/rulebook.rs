//! The rulebook itself: its head, and the sections that have places of their own.

use super::{
    ACCOUNTS, BUSINESS_HOURS, DIMENSION, DISQUALIFIER, EXPORT, FILE, FUNNEL, Key, LEADS, Mapping, PRIORITY, RETURNS,
    SOURCE, STAGE, TABLE, TOTAL, Takes, VALUE, Version, names,
};
use crate::rulebook::Ids;

/// The versions of the language that can be read.
pub(crate) const VERSION: [&str; 1] = ["1"];

/// How ids compare.
pub(crate) const IDS: [(&str, Ids); 2] = [("exact", Ids::Exact), ("salesforce", Ids::Salesforce)];

/// A rulebook.
pub(crate) const RULEBOOK: Mapping = Mapping::new(
    "rulebook",
    "a rulebook",
    "One YAML file that says what the exports look like, what earns and costs points, and \
     which score means which stage.",
)
.example("{ rulebook: 1, leads: { id: Record ID }, stages: [{ name: Lead }] }")
.keys(&[HEAD, EXPORTS, RULES, RESULTS]);

const HEAD: &[Key] = &[
    Key::required("rulebook", Takes::Word(&VERSION), "The version of the rulebook language: 1.")
        .more("It is the version of the language, not of your rules.")
        .example("rulebook: 1"),
    Key::new("name", Takes::Text, "What the rulebook is called in reports.").example("name: B2B SaaS"),
    Key::new("owner", Takes::Text, "The team or person that is responsible for these points.")
        .more("`describe` shows it. It is never part of a score.")
        .example("owner: marketing-ops"),
    Key::new("agreed", Takes::Date, "The day on which marketing and sales agreed on it.").example("agreed: 2026-05-04"),
    Key::new("review_by", Takes::Date, "The day by which marketing and sales look at it again.")
        .more("After that day, `check` reminds you.")
        .example("review_by: 2026-11-01"),
    Key::new(
        "timezone",
        Takes::Name("an IANA time zone"),
        "The time zone of times without an offset, and of calendar days.",
    )
    .default("UTC")
    .example("timezone: Europe/Istanbul"),
    Key::new("ids", Takes::Word(&names(&IDS)), "How ids and keys compare.")
        .default("exact")
        .more(
            "With `salesforce`, ids of 15 and of 18 characters compare by their first 15 characters. \
             Keys that compare without regard to capitals (e-mail addresses, for example) stay as \
             they are.",
        )
        .example("ids: salesforce"),
    Key::new("file", Takes::In(&FILE), "How all files are read. A key in a file's own `file` replaces the one here.")
        .example("file: { blank: [Select, N/A] }"),
    Key::new(
        "not_engagement",
        Takes::OneOf(&[Takes::Name("an event type"), Takes::List(&Takes::Name("an event type"))]),
        "Event types that your company does, not the lead. `event: any` and the column \
         `last_event` leave them out.",
    )
    .example("not_engagement: [email_sent, call_made]"),
];

const EXPORTS: &[Key] = &[
    Key::required("leads", Takes::In(&LEADS), "The export with one row for each lead.")
        .example("leads: { id: Record ID, fields: { industry: Industry } }"),
    Key::new("tables", Takes::ByOwnName("table", &Takes::In(&TABLE)), "More exports that add fields to a lead.")
        .more("On the command line: `--table accounts=accounts.csv`.")
        .example("tables: { accounts: { key: Account ID, by: account, fields: { country: Country } } }"),
    Key::new("events", Takes::ByOwnName("source", &Takes::In(&SOURCE)), "What leads did: one export for each source.")
        .more("On the command line: `--events web=web.csv`.")
        .example("events: { web: { lead: Contact ID, type: Event, time: Timestamp } }"),
    Key::new(
        "lists",
        Takes::ByOwnName("list", &Takes::OneOf(&[Takes::In(&LIST_FILE), Takes::Text, Takes::List(&Takes::Text)])),
        "Named lists of values. Conditions use them as `{ list: NAME }`.",
    )
    .example("lists: { icp: [Software, Fintech, Healthcare], free-mail: { file: lists/free-mail.txt } }"),
];

const RULES: &[Key] = &[
    Key::new("total", Takes::In(&TOTAL), "Limits of the total.").example("total: { min: 0 }"),
    Key::new(
        "dimensions",
        Takes::ByOwnName("dimension", &Takes::In(&DIMENSION)),
        "The scores: who leads are, what they do. Each is a column of `scored.csv`.",
    )
    .more("A dimension may not have the name of another column of `scored.csv`.")
    .example(
        "dimensions: { fit: { criteria: [{ id: cto, when: { field: title, has_word: CTO }, \
         points: 20 }] } }",
    ),
    Key::new(
        "grade",
        Takes::ByName("score", &Takes::ByName("mark", &Takes::Points)),
        "Marks for scores. Each number is the lowest score with that mark.",
    )
    .more(
        "The marks of several scores are written together: `A1`. The numbers fall from mark to \
         mark, and the last mark takes every score below.",
    )
    .example("grade: { fit: { A: 75, B: 50, C: 25, D: 0 }, engagement: { 1: 100, 2: 50, 3: 0 } }"),
    Key::new(
        "disqualify",
        Takes::List(&Takes::In(&DISQUALIFIER)),
        "Which leads are not for sales, whatever their score. The first entry that is true gives \
         the reason.",
    )
    .more(
        "The score stays, and the stage becomes `Disqualified`. A lead that the CRM shows in the \
         last stage, or that holds the last stage by facts alone, is never disqualified.",
    )
    .example("disqualify: [{ reason: competitor, when: { field: email.domain, in: { list: competitors } } }]"),
    Key::new("returns", Takes::In(&RETURNS), "What records that sales gave a lead back to marketing.")
        .since(Version::V1_1)
        .more("With it, `scored.csv` has the columns `passes` and `returned`.")
        .example("returns: { at: recycled_at, reason: recycle_reason }"),
    Key::required(
        "stages",
        Takes::Filled(&Takes::In(&STAGE)),
        "The stages, from the top of the funnel down. A lead's stage is the last one in the list \
         that it holds.",
    )
    .example("stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 100 } }]"),
    Key::new(
        "priorities",
        Takes::List(&Takes::In(&PRIORITY)),
        "What to do with a lead. The first entry that is true gives the columns `priority` and \
         `action`.",
    )
    .example("priorities: [{ name: high, when: { stage: MQL }, action: Call within 24 hours }]"),
];

const RESULTS: &[Key] = &[
    Key::new(
        "accounts",
        Takes::In(&ACCOUNTS),
        "The companies that leads belong to, with scores and stages of their own.",
    )
    .since(Version::V1_1)
    .example("accounts: { by: account, scores: { engagement: { sum: engagement, top: 5 } } }"),
    Key::new("export", Takes::In(&EXPORT), "The file `crm.csv`, ready to be imported back into the CRM.")
        .example("export: { columns: { Record ID: lead_id, Lead Score: total } }"),
    Key::new(
        "business_hours",
        Takes::In(&BUSINESS_HOURS),
        "When your company is open: the hours that an sla can count.",
    )
    .since(Version::V1_1)
    .also_called(&["working_hours", "office_hours", "opening_hours", "work_hours", "open_hours"])
    .example("business_hours: { days: [mon, tue, wed, thu, fri], from: \"09:00\", to: \"17:00\" }"),
    Key::new("funnel", Takes::In(&FUNNEL), "What the report looks at: paths, response times, targets.")
        .example("funnel: { paths: { marketing: [Lead, MQL, Customer] } }"),
    Key::new("value", Takes::In(&VALUE), "What a customer is worth, and what leads cost.")
        .example("value: { currency: USD, ltv: 20000 }"),
];

/// A list in a file of its own.
pub(crate) const LIST_FILE: Mapping =
    Mapping::new("list_file", "a list from a file", "A named list with its entries in a text file.")
        .example("{ file: lists/free-mail.txt }")
        .keys(&[&[Key::required("file", Takes::Text, "A text file in UTF-8 with one entry on each line.")
            .more("The path is relative to the rulebook. Lines that begin with `#` are comments.")
            .example("file: lists/free-mail.txt")
            .also_called(&["path"])]]);
