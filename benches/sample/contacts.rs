//! `contacts.csv`: the leads, as the CRM exports them, in two exports that were put together: a few stand there twice.

use super::accounts::thousands;
use super::clock::{DAY, END, HOUR, date, minute};
use super::log::row;
use super::luck::Luck;
use super::people::Person;
use super::sales::Pass;
use super::story::Journey;

const HEADER: [&str; 41] = [
    "Record ID",
    "First Name",
    "Last Name",
    "Email",
    "Phone Number",
    "Job Title",
    "LinkedIn URL",
    "X Profile",
    "Company Name",
    "Account ID",
    "Create Date",
    "Original Source",
    "Lead Status",
    "Interests",
    "Unsubscribed on",
    "Became MQL",
    "Became PQL",
    "First sales touch",
    "Became SAL",
    "Became SQL",
    "Lost on",
    "Recycled on",
    "Conversation possible",
    "Company could buy",
    "Budget confirmed",
    "Decision maker",
    "Need confirmed",
    "Timeline known",
    "Buying Role",
    "Buying Cycle",
    "Time Frame",
    "Next step agreed",
    "Contact Owner",
    "Company size",
    "Additional email addresses",
    "Merged Contact IDs",
    "Last Modified Date",
    "Loss Reason",
    "Return Reason",
    "Open Deal Amount",
    "Marketing contact",
];

/// Where a few rows are as bad as rows of real exports are: a date that is none, no address, an answer that is none, cells lost.
const BAD: [usize; 4] = [310, 405, 777, 1_321];

/// The file.
pub(super) fn file(people: &[Person], journeys: &[Journey]) -> Vec<u8> {
    let mut to = Vec::new();
    row(&mut to, ',', &HEADER, "\n");
    let mut put = |cells: &[String]| {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        row(&mut to, ',', &cells, "\n");
    };
    for (person, journey) in people.iter().zip(journeys) {
        let cells = cells(person, journey);
        if person.number == BAD[3] {
            put(&cells[..9]);
            continue;
        }
        // The older of two exports has some of them as they were before anybody called.
        let older = (person.number % 173 == 40).then(|| cells_before(person, &cells));
        if let Some(older) = older.as_ref().filter(|_| person.number % 2 == 0) {
            put(older);
        }
        put(&cells);
        if let Some(older) = older.as_ref().filter(|_| person.number % 2 == 1) {
            put(older);
        }
    }
    to
}

/// A lead's row when it was new.
fn cells_before(person: &Person, cells: &[String]) -> Vec<String> {
    let mut cells = cells.to_vec();
    for place in (14..32).chain([37, 38, 39]) {
        cells[place].clear();
    }
    "New".clone_into(&mut cells[12]);
    cells[36] = minute(person.created + HOUR);
    cells
}

fn cells(person: &Person, journey: &Journey) -> Vec<String> {
    let mut luck = Luck::of(26, person.number);
    let mut cells = who(person, &mut luck);
    let now = Now::of(journey);
    let time = |at: Option<i64>| at.map(minute).unwrap_or_default();
    cells.push(now.status(&mut luck).to_owned());
    cells.push(person.interests.clone());
    cells.push(person.unsubscribed.map(date).unwrap_or_default());
    cells.extend([time(now.mql), time(now.pql), time(now.pass.contacted), time(now.pass.sal), time(now.pass.sql)]);
    cells.extend([time(now.pass.lost), time(now.returned)]);
    cells.extend(answers(person, now.pass, &mut luck));
    cells.push(if now.pass.contacted.is_some() || luck.chance(300) {
        person.owner.0.to_owned()
    } else {
        String::new()
    });
    cells.push(size(person, &mut luck));
    cells.push(person.others.join(";"));
    cells.push(person.former.join(";"));
    let newest = now.pass.dates().chain(now.returned).chain(person.unsubscribed).max().unwrap_or(person.created);
    cells.push(minute((newest + luck.among(0, 40) * HOUR).min(END - HOUR)));
    cells.push(if now.pass.lost.is_some() { now.pass.reason.to_owned() } else { String::new() });
    cells.push(now.return_reason.to_owned());
    let is_open =
        now.pass.sql.is_some() && now.pass.won.is_none() && now.pass.lost.is_none() && now.pass.returned.is_none();
    cells.push(if is_open { format!("${}", thousands(now.pass.amount, ",")) } else { String::new() });
    cells.push(if person.subscribed.is_some() { "true" } else { "false" }.to_owned());
    cells
}

/// The first twelve cells.
fn who(person: &Person, luck: &mut Luck) -> Vec<String> {
    let number = person.number;
    let (first, last) = match number {
        8 => (person.first.to_owned(), "O'Hara \"Bob\" Lindqvist".to_owned()),
        _ if number % 119 == 7 => (String::new(), "-".to_owned()),
        _ => (person.first.to_owned(), person.last.to_owned()),
    };
    let handle = format!("{}-{}", super::words::plain(person.first), super::words::plain(person.last));
    let linkedin = luck.chance(430).then(|| format!("https://www.linkedin.example/in/{handle}"));
    let address = match number {
        _ if number == BAD[1] => "no mail address".to_owned(),
        _ if number % 401 == 5 => String::new(),
        _ if number % 211 == 30 => person.address.to_uppercase(),
        _ => person.address.clone(),
    };
    let phone = match number % 157 {
        11 => "-".to_owned(),
        12 if number.is_multiple_of(2) => "ask reception".to_owned(),
        _ => person.phone.clone(),
    };
    let x = luck.chance(140).then(|| format!("@{}{}", super::words::plain(person.last), number % 97));
    let company = match number {
        _ if luck.chance(40) => String::new(),
        1_002 => person.company.replacen(' ', "\n", 1),
        _ => person.company.clone(),
    };
    let account = match number % 613 {
        99 => Some(format!("ACC-{}", 9_900 + number % 89)),
        _ => person.account.map(|place| format!("ACC-{}", 1_001 + place)),
    };
    let created = if number == BAD[0] { "2025-11-31 09:12".to_owned() } else { minute(person.created) };
    vec![
        person.id.clone(),
        first,
        last,
        address,
        phone,
        person.title.to_owned(),
        linkedin.unwrap_or_default(),
        x.unwrap_or_default(),
        company,
        account.unwrap_or_default(),
        created,
        source(person, luck),
    ]
}

/// A source as it was typed by one form or another.
fn source(person: &Person, luck: &mut Luck) -> String {
    let source = person.source;
    match (luck.below(40), source) {
        (0, _) => source.to_lowercase(),
        (1, _) => source.to_uppercase(),
        (2, "Organic Search") => "Google (organic)".to_owned(),
        (2 | 3, "Paid Search") => "Google Ads".to_owned(),
        (2..=6, "Events") => "Trade show".to_owned(),
        (2..=4, "Referrals") => "Referral".to_owned(),
        (2 | 3, "Paid Social") => "LinkedIn Ads".to_owned(),
        (5, "Organic Search" | "Direct Traffic") => String::new(),
        _ => source.to_owned(),
    }
}

/// What the lead says of the size of its company: a choice of a form, or its own words.
fn size(person: &Person, luck: &mut Luck) -> String {
    let Some(employees) = person.account.filter(|_| luck.chance(520)).map(super::accounts::employees) else {
        return String::new();
    };
    let band = match employees {
        ..11 => ["1-10", "1–10", "<10"],
        11..51 => ["11-50", "11–50", "11 to 50"],
        51..201 => ["51-200", "51–200", "51 - 200"],
        201..501 => ["201-500", "201–500", "201 to 500"],
        501..1_001 => ["501-1,000", "501–1,000", ">500"],
        1_001..5_001 => ["1,001-5,000", "1,001–5,000", ">=1,001"],
        _ => ["5,001-10,000", "5,001–10,000", "5,001+"],
    };
    match luck.below(90) {
        0 => "several".to_owned(),
        1..60 => band[0].to_owned(),
        60..80 => band[1].to_owned(),
        _ => band[2].to_owned(),
    }
}

/// What sales asked, and what it heard.
fn answers(person: &Person, pass: &Pass, luck: &mut Luck) -> Vec<String> {
    let mut cells = vec![String::new(); 10];
    let Some((n_yes, n_asked)) = pass.answers.filter(|_| pass.contacted.is_some()) else { return cells };
    let said = |is_yes: bool| if is_yes { "Yes" } else { "No" }.to_owned();
    cells[0] = said(n_yes > 0 || luck.chance(700));
    cells[1] = said(n_yes > 1 || luck.chance(500));
    for place in 0..4 {
        let turn = (place + i64::try_from(person.number).unwrap_or(0)) % 4;
        if turn < n_asked {
            cells[2 + usize::try_from(place).unwrap_or(0)] = said(turn < n_yes);
        }
    }
    if person.number == BAD[2] || (person.number > BAD[2] && person.number.is_multiple_of(811)) {
        "maybe".clone_into(&mut cells[3]);
    }
    if n_yes > 2 || luck.chance(300) {
        let role = [("Champion", 4), ("Influencer", 3), ("Budget Holder", 3), ("Decision Maker", 3), ("End User", 1)];
        luck.weigh(&role).clone_into(&mut cells[6]);
        let is_near = n_yes > 2;
        let (cycle, time): (&[&str], &[&str]) = if is_near {
            (&["Evaluation", "Evaluation", "Decision"], &["Within 3 months", "3-6 months", "6-12 months"])
        } else {
            (&["Research", "Awareness"], &["6-12 months", "No plans"])
        };
        luck.pick(cycle).clone_into(&mut cells[7]);
        luck.pick(time).clone_into(&mut cells[8]);
        cells[9] = said(is_near && luck.chance(850));
    }
    cells
}

/// Where a lead stands: a lead that comes back keeps the marks of the pass before until it has new ones.
struct Now<'a> {
    pass: &'a Pass,
    mql: Option<i64>,
    pql: Option<i64>,
    returned: Option<i64>,
    return_reason: &'static str,
}

impl<'a> Now<'a> {
    fn of(Journey { passes }: &'a Journey) -> Self {
        let newest = |of: fn(&Pass) -> Option<i64>| passes.iter().rev().find_map(of);
        Self {
            pass: passes.last().expect("each lead has a pass"),
            mql: newest(|pass| pass.mql),
            pql: newest(|pass| pass.pql),
            returned: newest(|pass| pass.returned),
            return_reason: passes.iter().rev().find(|pass| pass.returned.is_some()).map_or("", |pass| pass.reason),
        }
    }

    fn status(&self, luck: &mut Luck) -> &'static str {
        match self.pass {
            Pass { won: Some(_), .. } => "Customer",
            Pass { lost: Some(_), .. } => "Unqualified",
            Pass { returned: Some(_), .. } => "Nurture",
            Pass { sal: Some(_), .. } => "Connected",
            Pass { contacted: Some(_), .. } => "In Progress",
            Pass { mql: None, pql: None, .. } => {
                luck.weigh(&[("New", 800), ("Nurture", 120), ("Unqualified", 62), ("Do Not Contact", 12), ("", 6)])
            }
            Pass { .. } => "Open",
        }
    }
}

impl Pass {
    fn dates(&self) -> impl Iterator<Item = i64> {
        [self.mql, self.pql, self.contacted, self.sal, self.sql, self.lost, self.won, self.returned]
            .into_iter()
            .flatten()
            .filter(|at| *at < END + DAY)
    }
}
