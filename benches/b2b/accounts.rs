//! `accounts.csv`: companies, and `interest.csv`: what a data provider sells of their domains.

use crate::dice::{Dice, Time};
use crate::people::NOW;
use std::io::Write as _;

pub(crate) const HEADER: &str =
    "Account ID,Name,Domain,Industry,Country,Number of Employees,Annual Revenue,Technologies,Plan,Contract ends\n";
pub(crate) const INTEREST: &str = "domain,topic,score,seen\n";

const INDUSTRIES: [&str; 12] = [
    "Software",
    "software",
    "Financial Services",
    "Healthcare",
    "Education",
    "Government",
    "\"Oil, Gas\"",
    "Retail",
    "Logistics",
    "\"Arts, Leisure\"",
    "Manufacturing",
    "",
];
const COUNTRIES: [&str; 12] = ["US", "US", "GB", "DE", "DE", "FR", "TR", "NL", "NG", "BR", "PL", "unknown"];
const TECHNOLOGIES: [&str; 8] = [
    "Salesforce; Segment",
    "HubSpot",
    "AWS;Salesforce;SAP",
    "SAP",
    "google cloud",
    "Pen and paper",
    "",
    "Azure; HubSpot; Snowflake",
];
const TOPICS: [&str; 4] = ["lead scoring", "crm", "payroll", "Lead Scoring"];

/// Appends the row of an account.
pub(crate) fn row(number: u64, to: &mut Vec<u8>) {
    let mut dice = Dice::of(3, number);
    let name = if dice.below(8) == 0 { format!("\"Company {number}, Inc.\"") } else { format!("Company {number}") };
    let (industry, country) = (dice.one_of(&INDUSTRIES), dice.one_of(&COUNTRIES));
    let employees = match dice.below(200) {
        0 => "about 200".to_owned(),
        1..20 => String::new(),
        20..60 => format!("\"{},{:03}\"", 1 + dice.below(20), dice.below(1_000)),
        _ => (1u64 << dice.below(14)).to_string(),
    };
    let revenue = match dice.below(10) {
        0 => String::new(),
        1..4 => format!("\"${},{:03},000\"", 1 + dice.below(80), dice.below(1_000)),
        _ => (dice.below(1_000) * 50_000).to_string(),
    };
    let technologies = dice.one_of(&TECHNOLOGIES);
    let plan = dice.one_of(&["", "", "", "Free", "Team", "Business"]);
    let ends = match dice.below(3) {
        0 => {
            Time(NOW + i64::try_from(dice.below(700 * 86_400)).unwrap_or(0) - 250 * 86_400).to_string()[..10].to_owned()
        }
        _ => String::new(),
    };
    let written = writeln!(
        to,
        "A{number:07},{name},company{number}.example,{industry},{country},{employees},{revenue},{technologies},{plan},{ends}"
    );
    written.expect("writing to memory does not fail");
}

/// Appends what is known of the interest of a company.
pub(crate) fn interest(number: u64, to: &mut Vec<u8>) {
    let mut dice = Dice::of(4, number);
    let topic = dice.one_of(&TOPICS);
    let score =
        if dice.below(500) == 0 { "high".to_owned() } else { format!("{}.{}", dice.below(100), dice.below(10)) };
    let seen = Time(NOW - i64::try_from(dice.below(200 * 86_400)).unwrap_or(0)).to_string();
    let written = writeln!(to, "Company{}.example,{topic},{score},{}", number * 2, &seen[..10]);
    written.expect("writing to memory does not fail");
}
