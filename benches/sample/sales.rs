//! What sales does with a lead that is handed over: a pass, from the hand-over to a purchase, a loss or a return.

use super::accounts::Account;
use super::activity::id_at;
use super::clock::{DAY, END, HOUR, MINUTE, at_work};
use super::fit::{buys, qualifies, strength};
use super::log::{Change, Crm, Deal, Log};
use super::luck::Luck;
use super::people::Person;
use super::story::luck_of;

const LOST: [(&str, i64); 5] =
    [("Chose a competitor", 32), ("No budget", 24), ("Too expensive", 18), ("No decision", 18), ("Feature missing", 8)];
const UNQUALIFIED: [(&str, i64); 3] = [("Not a fit", 50), ("No budget", 30), ("Chose a competitor", 20)];
const RETURNED: [(&str, i64); 5] =
    [("Bad timing", 34), ("Not reached", 26), ("No budget this year", 18), ("Wrong contact", 12), ("Not ready", 10)];

/// The dates of a pass, as far as the CRM has them.
#[derive(Clone, Default)]
pub(super) struct Pass {
    pub(super) mql: Option<i64>,
    pub(super) pql: Option<i64>,
    pub(super) contacted: Option<i64>,
    pub(super) sal: Option<i64>,
    pub(super) sql: Option<i64>,
    pub(super) won: Option<i64>,
    pub(super) lost: Option<i64>,
    pub(super) returned: Option<i64>,
    pub(super) reason: &'static str,
    /// What the deal is worth, once there is one, in dollars.
    pub(super) amount: i64,
    /// What sales heard: how many of the questions were answered with yes, of how many that were asked.
    pub(super) answers: Option<(i64, i64)>,
}

impl Pass {
    /// One that begins with the marks of the night.
    pub(super) fn at(mql: Option<i64>, pql: Option<i64>) -> Self {
        Self { mql, pql, ..Self::default() }
    }
}

/// A pass, and its marks in the CRM.
pub(super) fn work(
    person: &Person,
    account: Option<&Account>,
    pass: Pass,
    by_hand: Option<i64>,
    luck: &mut Luck,
    log: &mut Log,
) -> Pass {
    let pass = decided(person, account, pass, by_hand, luck, log);
    let mut mark = |time: Option<i64>, stage: &'static str, reason: &'static str| {
        let Some(time) = time else { return };
        let owner =
            if ["Marketing qualified", "Product qualified"].contains(&stage) { "Scoring" } else { person.owner.0 };
        log.history.push(Change { time, lead: person.id.clone(), stage, reason, owner });
    };
    mark(pass.mql, "Marketing qualified", "");
    mark(pass.pql, "Product qualified", "");
    mark(pass.sal, "Sales accepted", "");
    mark(pass.sql, "Sales qualified", "");
    mark(pass.lost, "Lost", pass.reason);
    mark(pass.returned, "Given back", pass.reason);
    pass
}

fn decided(
    person: &Person,
    account: Option<&Account>,
    mut pass: Pass,
    by_hand: Option<i64>,
    luck: &mut Luck,
    log: &mut Log,
) -> Pass {
    let Some(begins) = pass.mql.into_iter().chain(pass.pql).chain(by_hand).min() else { return pass };
    let known = |time: i64| Some(time).filter(|time| *time < END);
    let contacted = match () {
        () if luck.chance(person.owner.1) => at_work(begins + luck.among(20 * MINUTE, 9 * HOUR)),
        () if luck.chance(820) => at_work(begins + luck.among(26 * HOUR, 7 * DAY)),
        () => {
            // Nobody called. Some of these are given back, some lie there.
            pass.returned = luck.chance(450).then(|| at_work(begins + luck.among(30, 60) * DAY)).and_then(known);
            pass.reason = if pass.returned.is_some() { "Not reached" } else { "" };
            return pass;
        }
    };
    pass.contacted = known(contacted);
    if pass.contacted.is_none() {
        return pass;
    }
    calls(person, contacted, luck, log);
    let later = i64::from(pass.pql.is_some()) * 8;
    let strength = strength(person, account) + later;
    let decides = at_work(contacted + luck.among(4, 26) * DAY);
    pass.pql = pass.pql.filter(|at| *at < decides);
    pass.answers = (decides > END).then(|| (luck.below(3), luck.among(2, 4)));
    if luck.chance(qualifies(strength)) {
        pass.sal = luck.chance(800).then(|| at_work(contacted + luck.among(1, 3) * DAY)).and_then(known);
        pass.sql = known(decides);
        meeting(person, decides - luck.among(1, 2) * DAY, luck, log);
        if pass.sql.is_some() {
            pass.answers = Some((4, 4));
            deal(person, account, &mut pass, strength, luck, log);
        } else if luck.chance(500) {
            pass.answers = Some((4, 4));
        }
        return pass;
    }
    let ends = at_work(decides + luck.among(2, 18) * DAY);
    pass.answers = Some((luck.below(3), 4));
    match luck.below(100) {
        0..54 => (pass.returned, pass.reason) = (known(ends), luck.weigh(&RETURNED)),
        54..82 => (pass.lost, pass.reason) = (known(ends), luck.weigh(&UNQUALIFIED)),
        _ => {}
    }
    if pass.returned.is_none() && pass.lost.is_none() {
        pass.reason = "";
    }
    pass
}

/// A deal of a real purchase, won, lost, given back or still open.
fn deal(person: &Person, account: Option<&Account>, pass: &mut Pass, strength: i64, luck: &mut Luck, log: &mut Log) {
    let closes = at_work(pass.sql.unwrap_or(END) + luck.among(15, 75) * DAY);
    let thousands = match account.map_or(10, |account| account.employees) {
        ..50 => luck.among(6, 13),
        50..200 => luck.among(10, 24),
        200..2_000 => luck.among(16, 58),
        _ => luck.among(36, 150),
    };
    pass.amount = thousands * 1_000 + luck.below(4) * 250;
    let (stage, reason) = match () {
        () if luck.chance(buys(strength)) => ("Closed Won", ""),
        () if luck.chance(180) => {
            // Sales gives it back although the need was real.
            (pass.returned, pass.reason) = (Some(closes).filter(|time| *time < END), "No budget this year");
            pass.reason = if pass.returned.is_some() { pass.reason } else { "" };
            return;
        }
        () => ("Closed Lost", luck.weigh(&LOST)),
    };
    let is_open = closes >= END;
    if is_open && luck.chance(400) {
        return;
    }
    match stage {
        _ if is_open => {}
        "Closed Won" => pass.won = Some(closes),
        _ => (pass.lost, pass.reason) = (Some(closes), reason),
    }
    log.deals.push(Deal {
        close: closes,
        lead: person.id.clone(),
        company: if person.company.is_empty() {
            format!("{} {}", person.first, person.last)
        } else {
            person.company.clone()
        },
        stage: if is_open { "Contract Sent" } else { stage },
        amount: pass.amount,
        currency: match account.map_or("", |account| account.country) {
            "Türkiye" | "Turkey" | "TR" | "TURKEY" => "TRY",
            "United Kingdom" | "UK" => "GBP",
            "Switzerland" => "CHF",
            "United States" | "USA" | "Canada" | "India" | "Nigeria" | "Brazil" | "" => "USD",
            "Poland" | "Polska" | "PL" => "PLN",
            _ => "EUR",
        },
        owner: person.owner.0,
        reason: if is_open { "" } else { reason },
    });
}

/// The first call and perhaps more; whether a lead picks up says nothing about it.
fn calls(person: &Person, from: i64, luck: &mut Luck, log: &mut Log) {
    let mut at = from;
    for _ in 0..luck.among(1, 4) {
        let outcome = luck.weigh(&[("No answer", 50), ("Connected", 28), ("Left voicemail", 22)]);
        crm(person, at, "call_made", outcome, luck, log);
        at = at_work(at + luck.among(1, 6) * DAY);
    }
}

fn meeting(person: &Person, at: i64, luck: &mut Luck, log: &mut Log) {
    crm(person, at_work(at), "meeting_held", "Held", luck, log);
}

fn crm(person: &Person, time: i64, kind: &'static str, outcome: &'static str, luck: &mut Luck, log: &mut Log) {
    if time < END {
        let logged = if luck.chance(850) { time + luck.among(1, 40) * MINUTE } else { time + luck_of(time) * HOUR };
        log.crm.push(Crm { time, logged, lead: id_at(person, time), kind, outcome, rating: None });
    }
}
