//! `contacts.csv`: the leads, as the CRM exports them.

use crate::dice::{Dice, Time};
use crate::people::{NOW, Person, Size};
use std::io::Write as _;

pub(crate) const HEADER: &str = "Contact ID,Email,First Name,Last Name,Job Title,Phone,Company,Account ID,Original Source,Interests,\
    Lead Status,Newsletter,Budget confirmed,Decision maker,Need confirmed,Create Date,Became MQL,First sales touch,Became SQL,\
    Recycled on,Unsubscribed on,Lost on,Open quote,Notes\n";

const FIRST: [&str; 9] = ["Ayşe", "Robin", "Jürgen", "Zoë", "Paweł", "İlker", "Maria", "Sam", ""];
const LAST: [&str; 8] = ["Yılmaz", "Doe", "Groß", "O'Neill", "Nowak", "Çelik", "\"Smith, Jr.\"", "Fischer"];
const TITLES: [&str; 18] = [
    "Chief Marketing Officer",
    "CEO",
    "VP Sales",
    "\"Vice President, Growth\"",
    "Director of Operations",
    "Head of CRM",
    "Marketing Manager",
    "marketing manager",
    "Sales Manager",
    "Team Lead Demand Generation",
    "Pazarlama Müdürü",
    "Software Engineer",
    "Marketing Intern",
    "Student",
    "Assistant Buyer",
    "Data Analyst",
    "Consultant",
    "",
];
const SOURCES: [&str; 8] =
    ["Organic Search", "Paid Search", "Referral", "Events", "Bought List", "Paid Social", "Partner", ""];
const INTERESTS: [&str; 8] = [
    "Lead scoring",
    "Lead scoring;CRM integration",
    "crm integration",
    "Reporting; Marketing automation",
    "Jobs",
    ";",
    "",
    "Reporting",
];
const STATUS: [&str; 8] = ["New", "Open", "Open", "Nurture", "Connected", "Unqualified", "Do Not Contact", "-"];
const ANSWERS: [&str; 9] = ["yes", "Yes", "no", "", "", "", "1", "maybe", "true"];

/// Appends the row of a lead.
pub(crate) fn row(number: u64, size: Size, to: &mut Vec<u8>) {
    let mut dice = Dice::of(2, number);
    let Person { id, mail, account, created } = Person::of(number, size);
    let id = match dice.below(5_000) {
        0 => String::new(),
        1 => Person::of(number.saturating_sub(1), size).id,
        _ => id,
    };
    let (first, last) = (dice.one_of(&FIRST), dice.one_of(&LAST));
    let title = dice.one_of(&TITLES);
    let phone = if dice.below(3) == 0 { format!("+49 30 {:07}", dice.below(10_000_000)) } else { String::new() };
    let company = match dice.below(9) {
        0 => format!("\"Company {account}, Inc.\""),
        1 => String::new(),
        _ => format!("Company {account}"),
    };
    let account = match dice.below(25) {
        0 => String::new(),
        1 => format!("A{:07}", size.n_accounts + account),
        _ => format!("A{account:07}"),
    };
    let (source, interests, status) = (dice.one_of(&SOURCES), dice.one_of(&INTERESTS), dice.one_of(&STATUS));
    let newsletter = dice.one_of(&["yes", "no", ""]);
    let (budget, decides, need) = (dice.one_of(&ANSWERS), dice.one_of(&ANSWERS), dice.one_of(&ANSWERS));
    let quote = match dice.below(30) {
        0 => format!("\"${},{:03}.50\"", 1 + dice.below(90), dice.below(1_000)),
        1 => "on request".to_owned(),
        2 => dice.below(9_000).to_string(),
        _ => String::new(),
    };
    let [mql, touch, sql, recycled, left, lost] = dates(&mut dice, created);
    let notes = match dice.below(12) {
        0 => "\"Met at the fair.\nWants \"\"a quote\"\", soon\"",
        1..4 => "Asked through the form on the site",
        _ => "",
    };
    let created = if dice.below(900) == 0 { "2025-02-30 10:00".to_owned() } else { clock(created) };
    let surplus = if dice.below(3_000) == 0 { ",?" } else { "" };
    let written = writeln!(
        to,
        "{id},{mail},{first},{last},{title},{phone},{company},{account},{source},{interests},{status},{newsletter},{budget},{decides},\
         {need},{created},{mql},{touch},{sql},{recycled},{left},{lost},{quote},{notes}{surplus}"
    );
    written.expect("writing to memory does not fail");
}

/// What the CRM recorded after the creation of a lead; each later entry for fewer leads.
fn dates(dice: &mut Dice, created: i64) -> [String; 6] {
    let mut at = created;
    let mut next = |share: u64, days: u64| {
        let later = at + i64::try_from(dice.below(days * 86_400)).unwrap_or(0);
        if dice.below(1_000) >= share || later > NOW + 20 * 86_400 {
            return String::new();
        }
        at = later;
        clock(at)
    };
    let mql = next(150, 60);
    let is_mql = u64::from(!mql.is_empty());
    [mql, next(700 * is_mql, 4), next(400 * is_mql, 30), next(150 * is_mql, 60), next(40, 300), next(120 * is_mql, 90)]
}

fn clock(seconds: i64) -> String {
    Time(seconds).to_string()[..16].replace('T', " ")
}
