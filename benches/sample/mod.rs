//! The sample data, `sample-data/`: the exports of a made-up company that sells software, over eighteen months. All of it follows from
//! the numbers of leads and accounts, so it is the same on every machine; a test compares it with the files that lie there.
//!
//! Each lead lives a story: it visits, reads, tries the product, is handed to sales, and buys, is lost, or is given back and perhaps
//! returns. What it needs, the size of its company, who it is and where it came from decide whether it buys; white papers, webinars,
//! newsletters, social media and the stage of its company do not, whatever a rulebook says. Mail scanners open and click, leads were
//! merged, people have two addresses, and the files have the defects of real exports.

mod accounts;
mod activity;
mod clock;
mod contacts;
#[allow(dead_code, reason = "the made-up market needs more of it")]
#[path = "../market/dice.rs"]
mod dice;
mod exports;
mod fit;
mod log;
mod luck;
mod mail;
mod people;
mod sales;
mod semicolons;
mod story;
mod words;

use log::Log;

/// A file: its name, and what is in it.
pub(crate) type Made = (&'static str, Vec<u8>);

/// All files of the sample.
pub(crate) fn files() -> Vec<Made> {
    let accounts = accounts::all();
    let mut people = people::all(&accounts);
    let mut log = Log::default();
    let journeys: Vec<_> = people.iter_mut().map(|person| story::live(person, &accounts, &mut log)).collect();
    mail::campaigns(&mut people, &mut log);
    log.sort();
    vec![
        ("accounts.csv", accounts::file(&accounts)),
        ("contacts.csv", contacts::file(&people, &journeys)),
        ("web-activity.csv", exports::web(&log)),
        ("email-activity.csv", exports::mail(&log)),
        ("webinar-attendees.csv", semicolons::webinars(&log)),
        ("social-activity.csv", semicolons::social(&log)),
        ("crm-activities.csv", exports::crm(&log)),
        ("product-usage.csv", exports::product(&log)),
        ("deals.csv", exports::deals(&log)),
        ("stage-history.csv", exports::history(&log)),
    ]
}
