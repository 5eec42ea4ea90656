//! `web.csv`: what the tracking of the website saw. It knows visitors by the id of a contact, or by their address, or both.

use crate::dice::Dice;
use crate::people::{Person, Size, lead_of, time_of, written_elsewhere, written_time};
use std::io::Write as _;

pub(crate) const HEADER: &str =
    "Event ID,Contact ID,Email,Event,Timestamp,Page URL,Seconds on Page,Form Topic,Campaign\n";

const TYPES: [(&str, u64); 10] = [
    ("page_view", 790),
    ("Page_View", 20),
    ("ad_click", 60),
    ("whitepaper_download", 40),
    ("form_submit", 30),
    ("newsletter_signup", 15),
    ("contact_request", 15),
    ("demo_request", 8),
    ("chat_started", 12),
    ("price_calculator", 10),
];
const PAGES: [&str; 12] = [
    "/",
    "/",
    "/pricing",
    "/pricing/enterprise",
    "/Pricing/Team",
    "/careers",
    "/careers/engineer-berlin",
    "/product",
    "/docs/start",
    "/docs/api",
    "/customers/story",
    "/about",
];
const TOPICS: [&str; 6] = ["Sales", "pricing", "Support", "Job application", "Demo", ""];
const CAMPAIGNS: [&str; 6] = ["", "", "", "spring-2025", "\"Autumn \"\"25\"\", wave 1\"", "webinar-2025-11"];

/// Appends a row: the `number`th of `n`.
pub(crate) fn row(number: u64, n: u64, size: Size, to: &mut Vec<u8>) {
    let mut dice = Dice::of(5, number);
    let Person { id, mail, .. } = Person::of(lead_of(&mut dice, size), size);
    let (id, mail) = match dice.below(100) {
        0 => (String::new(), String::new()),
        1..60 => (id, String::new()),
        60..80 => (id, written_elsewhere(&mut dice, &mail)),
        80..83 => ("0030000OLDER".to_owned(), written_elsewhere(&mut dice, &mail)),
        _ => (String::new(), written_elsewhere(&mut dice, &mail)),
    };
    let kind = dice.weighed(&TYPES).unwrap_or("page_view");
    let seconds = time_of(&mut dice, number, n);
    let time = written_time(&mut dice, seconds);
    let page = match kind {
        "whitepaper_download" => format!("/papers/{}", dice.below(30)),
        "newsletter_signup" | "chat_started" => String::new(),
        _ => dice.one_of(&PAGES).to_owned(),
    };
    let url = match dice.below(40) {
        _ if page.is_empty() => page,
        0 => format!("\"https://www.acme.example{page}?tags=a,b&q={}\"", dice.below(100)),
        1..10 => {
            format!("https://www.acme.example{page}?utm_source=search&utm_medium=cpc&utm_id={}", dice.below(10_000))
        }
        10..12 => format!("www.acme.example{page}#top"),
        _ => format!("https://www.acme.example{page}"),
    };
    let stayed = match (kind, dice.below(50)) {
        ("page_view" | "Page_View", 0) => "-".to_owned(),
        ("page_view" | "Page_View", _) => dice.below(300).to_string(),
        _ => String::new(),
    };
    let topic = if kind == "contact_request" { dice.one_of(&TOPICS) } else { "" };
    let campaign = dice.one_of(&CAMPAIGNS);
    let surplus = if dice.below(20_000) == 0 { ",," } else { "" };
    let broken = if dice.below(20_000) == 0 { ",cut,off" } else { "" };
    let written =
        writeln!(to, "w{number:09},{id},{mail},{kind},{time},{url},{stayed},{topic},{campaign}{surplus}{broken}");
    written.expect("writing to memory does not fail");
}
