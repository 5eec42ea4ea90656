//! A made-up market: leads and what they did, as rows of CSV. A row follows from its number alone, so everyone measures the same
//! work, whatever the number of threads that write it.
//!
//! It has what slows a reader of real exports: quoted commas, doubled quotes, line breaks in cells, empty cells, ids that no lead
//! has, a few leads with very many events.

pub(crate) mod dice;

use dice::{Dice, Time};
use std::io::Write as _;

/// The header of the leads file.
pub(crate) const LEADS: &str = "lead_id,email,name,title,company,industry,country,employees,annual_revenue,source,lifecycle_stage,created_at,notes\n";
/// The header of the events file.
pub(crate) const EVENTS: &str = "event_id,lead_id,event_type,timestamp,url,duration_s,campaign\n";
/// The instant that the market is looked at: the first of 2026, in milliseconds since 1970.
pub(crate) const NOW_MS: i64 = 1_767_225_600_000;

const DAY_MS: i64 = 86_400_000;
/// How far back events go.
const SPAN_MS: i64 = 365 * DAY_MS;

const INDUSTRIES: [&str; 10] = [
    "Software",
    "Financial Services",
    "Healthcare",
    "Education",
    "Government",
    "\"Oil, Gas\"",
    "Retail",
    "Logistics",
    "\"Arts, Leisure\"",
    "",
];
const COUNTRIES: [&str; 10] = ["US", "US", "GB", "DE", "CA", "NG", "BR", "TR", "FR", ""];
const TITLES: [&str; 12] = [
    "Chief Marketing Officer",
    "VP Sales",
    "Vice President, Growth",
    "Director of Operations",
    "Head of CRM",
    "Engineer",
    "Intern",
    "Student",
    "Assistant Buyer",
    "Analyst",
    "Consultant",
    "",
];
const SOURCES: [&str; 5] = ["web", "referral", "list_purchase", "event", "partner"];
const LIFE: [&str; 5] = ["lead", "lead", "opportunity", "customer", "unqualified"];
const MAIL: [&str; 4] = ["gmail.com", "outlook.com", "Yahoo.com", "proton.me"];
/// Event types, each with its weight out of a thousand.
const TYPES: [(&str, u64); 15] = [
    ("page_view", 450),
    ("email_open", 220),
    ("email_sent", 95),
    ("email_click", 60),
    ("ad_click", 50),
    ("content_download", 30),
    ("form_submit", 20),
    ("webinar_register", 15),
    ("email_bounce", 15),
    ("chat_start", 15),
    ("webinar_attend", 10),
    ("email_unsubscribe", 6),
    ("demo_request", 5),
    ("trial_start", 5),
    ("meeting_booked", 4),
];
const PAGES: [&str; 8] = [
    "/",
    "/pricing",
    "/pricing/enterprise",
    "/careers",
    "/product",
    "/blog/scoring-that-sales-trusts",
    "/about",
    "/Docs/start",
];

/// The id of a lead: letters and digits in no order.
fn id(lead: u64) -> String {
    format!("L{:014X}", Dice::of(1, lead).roll() >> 8)
}

/// Appends a lead's row.
pub(crate) fn lead(number: u64, to: &mut Vec<u8>) {
    let mut dice = Dice::of(2, number);
    let company = dice.below(200_000);
    let host = match dice.below(10) {
        0..3 => dice.one_of(&MAIL).to_owned(),
        _ => format!("company{company}.example"),
    };
    let (title, industry, country) = (dice.one_of(&TITLES), dice.one_of(&INDUSTRIES), dice.one_of(&COUNTRIES));
    let title = if title.contains(',') { format!("\"{title}\"") } else { title.to_owned() };
    let company =
        if dice.below(8) == 0 { format!("\"Company {company}, Inc.\"") } else { format!("Company {company}") };
    let employees = 1 << dice.below(15);
    let revenue = dice.below(1_000) * 50_000;
    let (source, life) = (dice.one_of(&SOURCES), dice.one_of(&LIFE));
    let created = Time(NOW_MS / 1_000 - 1 - dice.below(900 * 86_400).cast_signed());
    let notes = match dice.below(12) {
        0 => "\"Met at the fair.\nWants \"\"a quote\"\", soon\"",
        1..5 => "Asked through the form on the site",
        _ => "",
    };
    let name = if dice.below(10) == 0 { "Ayşe Yılmaz" } else { "Robin Doe" };
    let id = id(number);
    let written = writeln!(
        to,
        "{id},p{number}@{host},{name},{title},{company},{industry},{country},{employees},{revenue},{source},{life},{created},{notes}"
    );
    written.expect("writing to memory does not fail");
}

/// Appends an event's row: the `number`th of `n_events` of `n_leads` leads, in the order of time or, if `is_shuffled`, in none.
pub(crate) fn event(number: u64, n_events: u64, n_leads: u64, is_shuffled: bool, to: &mut Vec<u8>) {
    let mut dice = Dice::of(3, number);
    // The product of three even shares: a tenth of the leads has some sixty percent of the events. One in two hundred has no lead.
    let share = dice.below(1_000) * dice.below(1_000) / 1_000 * dice.below(1_000) / 1_000;
    let lead = match dice.below(200) {
        0 => n_leads + share,
        _ => (share * n_leads / 1_000 + dice.below(n_leads / 1_000 + 1)) % n_leads,
    };
    let kind = dice.weighed(&TYPES).unwrap_or("page_view");
    let place = if is_shuffled { dice.below(n_events) } else { number };
    let place_ms = SPAN_MS * i64::try_from(place * 1_000 / n_events.max(1)).unwrap_or(0) / 1_000;
    let time = Time((NOW_MS - SPAN_MS + place_ms) / 1_000 + dice.below(86_400).cast_signed());
    write!(to, "e{number:09},{},{kind},{time},", id(lead)).expect("writing to memory does not fail");
    let is_web = matches!(kind, "page_view" | "ad_click" | "form_submit" | "content_download" | "demo_request");
    if is_web {
        let page = dice.one_of(&PAGES);
        let written = match dice.below(40) {
            0 => write!(to, "\"https://acme.example{page}?tags=a,b&q={}\"", dice.below(100)),
            1..13 => write!(to, "https://acme.example{page}?utm_source=search&utm_id={}", dice.below(10_000)),
            _ => write!(to, "https://acme.example{page}"),
        };
        written.expect("writing to memory does not fail");
    }
    let seconds = if kind == "page_view" { dice.below(300).to_string() } else { String::new() };
    let campaign = match dice.below(6) {
        0 => "\"Spring \"\"26\"\", wave 1\"",
        1 | 2 => "newsletter-2025-12",
        _ => "",
    };
    writeln!(to, ",{seconds},{campaign}").expect("writing to memory does not fail");
}
