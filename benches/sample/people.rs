//! The leads: who they are, and what they want.

use super::accounts::{Account, N as N_ACCOUNTS};
use super::clock::{BEGIN, DAY, END, HOUR, at_work, weekday};
use super::luck::Luck;
use super::words::{
    FREE_MAIL, INTERESTS, MANAGERS, OTHERS, OWNERS, REGIONS, RIVALS, Region, SENIOR, SOURCES, STUDENTS, plain,
};

/// How many there are.
pub(super) const N: usize = 2_500;
/// Fairs at which leads are met: the first days of each.
pub(super) const FAIRS: [i64; 5] =
    [BEGIN + 92 * DAY, BEGIN + 191 * DAY, BEGIN + 289 * DAY, BEGIN + 373 * DAY, BEGIN + 519 * DAY];

/// What a person may decide.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Senior,
    Manager,
    Other,
    Student,
}

/// A lead.
pub(super) struct Person {
    pub(super) number: usize,
    pub(super) id: String,
    /// Ids that it had before it was merged.
    pub(super) former: Vec<String>,
    pub(super) merged_at: i64,
    pub(super) region: Region,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) title: &'static str,
    pub(super) rank: Rank,
    pub(super) address: String,
    /// Addresses beside the first, from which it writes and registers too.
    pub(super) others: Vec<String>,
    pub(super) has_free_mail: bool,
    pub(super) phone: String,
    pub(super) company: String,
    /// Its place among the companies.
    pub(super) account: Option<usize>,
    pub(super) created: i64,
    pub(super) source: &'static str,
    pub(super) interests: String,
    pub(super) owner: (&'static str, i64),
    /// How much it needs what we sell, from 0 to 999; it shows in prices looked at, demos, trials.
    pub(super) need: i64,
    /// How much it likes to read and to listen, which says nothing about a purchase.
    pub(super) curious: i64,
    pub(super) scans_mail: bool,
    pub(super) is_ours: bool,
    pub(super) subscribed: Option<i64>,
    pub(super) unsubscribed: Option<i64>,
}

/// All of them, in the order in which they were created.
pub(super) fn all(accounts: &[Account]) -> Vec<Person> {
    let mut created: Vec<i64> = (0..N).map(moment).collect();
    created.sort_unstable();
    let mut id = 100_200;
    let mut people: Vec<Person> =
        created.iter().enumerate().map(|(number, at)| made(number, &mut id, *at, accounts)).collect();
    // Some share a mailbox.
    for (first, second) in [(900, 901), (1_400, 1_401), (2_000, 2_001)] {
        let address = "info@lodestarledger.example".replacen("lodestar", ["lodestar", "cedar", "tatra"][first % 3], 1);
        people[first].address.clone_from(&address);
        people[second].address = address;
    }
    people
}

/// When a lead was created: more of them every month, most on working days.
fn moment(number: usize) -> i64 {
    let mut luck = Luck::of(22, number);
    let span = (END - BEGIN) / DAY;
    let day = if luck.chance(450) { luck.below(span).max(luck.below(span)) } else { luck.below(span) };
    let at = BEGIN + day * DAY + luck.among(8 * HOUR, 21 * HOUR);
    if weekday(at) > 4 && day < span - 2 && luck.chance(750) { at_work(at) } else { at }
}

fn made(number: usize, id: &mut i64, created: i64, accounts: &[Account]) -> Person {
    let mut luck = Luck::of(23, number);
    *id += luck.among(1, 2);
    // Few companies have many leads, most have one or two.
    let place = usize::try_from(luck.below(1_000) * luck.below(1_000) / 1_000).unwrap_or(0) * N_ACCOUNTS / 1_000;
    let account = (!luck.chance(60)).then_some(place);
    let company = account.and_then(|place| accounts.get(place));
    let region = match company {
        Some(account) if luck.chance(850) => account.region,
        _ => luck.weigh(&REGIONS),
    };
    let (first, last) = (luck.pick(region.first_names()), luck.pick(region.last_names()));
    let rank = luck.weigh(&[(Rank::Senior, 24), (Rank::Manager, 31), (Rank::Other, 39), (Rank::Student, 6)]);
    let title = match rank {
        Rank::Senior => luck.pick(&SENIOR),
        Rank::Manager => luck.pick(&MANAGERS),
        Rank::Other => luck.pick(&OTHERS),
        Rank::Student => luck.pick(&STUDENTS),
    };
    let title = if luck.chance(90) { luck.weigh(&[("", 8), ("N/A", 1), ("(not set)", 1)]) } else { title };
    let source = luck.weigh(&SOURCES);
    let created = if source == "Events" { at_fair(created, &mut luck) } else { created };
    let has_free_mail = company.is_none() || rank == Rank::Student || luck.chance(90);
    let rival = (has_free_mail && luck.chance(60)).then(|| luck.pick(&RIVALS));
    let is_ours = (number + 1).is_multiple_of(357);
    let host = match (is_ours, rival, company) {
        (true, ..) => "ledgerlane.example",
        (_, Some((host, _)), _) => host,
        (_, None, Some(account)) if !has_free_mail => &account.domain,
        _ => luck.pick(&FREE_MAIL),
    };
    let person = Person {
        number,
        id: id.to_string(),
        former: if luck.chance(22) { vec![(luck.among(50_100, 98_900)).to_string()] } else { Vec::new() },
        merged_at: created + luck.among(20, 160) * DAY,
        region,
        first,
        last,
        title,
        rank,
        address: address(first, last, host, number),
        others: Vec::new(),
        has_free_mail: has_free_mail && !is_ours,
        phone: String::new(),
        company: match (is_ours, rival, company) {
            (true, ..) => "Ledgerlane".to_owned(),
            (_, Some((_, company)), _) => company.to_owned(),
            (.., company) => company.map_or(String::new(), |account| account.name.clone()),
        },
        account: if is_ours || rival.is_some() { None } else { account },
        created,
        source: if is_ours { "Offline Sources" } else { source },
        interests: interests(&mut luck),
        owner: luck.pick(&OWNERS),
        need: i64::midpoint(luck.below(1_000), luck.below(1_000)),
        curious: luck.below(1_000),
        scans_mail: company.is_some_and(|account| account.scans_mail) && !has_free_mail,
        is_ours,
        subscribed: luck.chance(160).then_some(created + DAY),
        unsubscribed: None,
    };
    completed(person, luck)
}

/// With what some leads have: a telephone, a second address, a further former id.
fn completed(mut person: Person, mut luck: Luck) -> Person {
    if luck.chance(560) {
        person.phone = phone(person.region, &mut luck);
    }
    if luck.chance(70) {
        let host = if person.has_free_mail { "contractor.example" } else { luck.pick(&FREE_MAIL) };
        person.others.push(address(person.first, person.last, host, person.number + 10_000));
    }
    if person.merged_at >= END {
        person.former.clear();
    }
    if !person.former.is_empty() && luck.chance(300) {
        person.former.push(luck.among(50_100, 98_900).to_string());
    }
    person
}

fn at_fair(created: i64, luck: &mut Luck) -> i64 {
    let nearest = FAIRS.into_iter().min_by_key(|fair| (fair - created).abs()).unwrap_or(created);
    nearest + luck.below(3) * DAY + luck.among(10 * HOUR, 17 * HOUR)
}

/// Free mailboxes carry a number, so that they belong to nobody.
fn address(first: &str, last: &str, host: &str, number: usize) -> String {
    let (first, last) = (plain(first), plain(last));
    if FREE_MAIL.contains(&host) {
        format!("{first}.{last}.sample{number}@{host}")
    } else if number.is_multiple_of(4) {
        format!("{first}.{last}@{host}")
    } else {
        format!("{first}.{last}{}@{host}", number % 97)
    }
}

/// A number as a person types it into a form.
fn phone(region: Region, luck: &mut Luck) -> String {
    let (a, b, c) = (luck.among(100, 999), luck.among(10, 99), luck.among(10, 99));
    match (region, luck.below(6)) {
        (Region::Turkish, 0) => format!("0 (58{}) {a} {b} {c}", luck.below(9)),
        (Region::Turkish, 1) => format!("058{}{a}{b}{c}", luck.below(9)),
        (Region::Turkish, 2) => format!("+9058{}{a}{b}{c}", luck.below(9)),
        (Region::Turkish, 3) if b % 9 == 0 => format!("0212 {a} {b} {c} dahili {}", luck.among(10, 99)),
        (Region::Turkish, 3) => format!("0212 {a} {b} {c} ext. {}", luck.among(10, 99)),
        (Region::Turkish, _) => format!("+90 58{} {a} {b} {c}", luck.below(9)),
        (Region::German, 0 | 1) => format!("0049 176 0406 90{b}"),
        (Region::German, _) => format!("+49 176 0406 90{b}"),
        (Region::Polish, 0 | 1) => format!("+48 {a}-9{b}-0{c}"),
        (Region::Polish, _) => format!("+48 {a} 9{b} 0{c}"),
        (Region::Dutch, _) => format!("+31 6 8{}{b} {c}0{}", luck.below(9), luck.below(9)),
        (Region::English, 0 | 1) => format!("+1 (202) 555-01{b}"),
        (Region::English, _) => format!("+44 7700 900{a}"),
    }
}

fn interests(luck: &mut Luck) -> String {
    let mut chosen: Vec<&str> = Vec::new();
    for _ in 0..luck.below(4) {
        let interest = luck.pick(&INTERESTS);
        if !chosen.contains(&interest) {
            chosen.push(interest);
        }
    }
    chosen.join(";")
}
