//! The life of a lead: what it does, when it is handed over, what becomes of it, and whether it comes back.

use super::accounts::Account;
use super::activity::{Touch, id_at, sessions};
use super::clock::{DAY, END, HOUR, MINUTE, next_morning};
use super::fit::scored;
use super::log::{Crm, Log, Web};
use super::luck::Luck;
use super::people::{Person, Rank};
use super::sales::{Pass, work};

/// The points from which a lead is handed over.
const LINE: i64 = 94;
/// How long what a lead did counts, fading evenly.
const FADES: i64 = 60 * DAY;

/// What became of a lead, pass by pass; the last may be empty.
pub(super) struct Journey {
    pub(super) passes: Vec<Pass>,
}

/// Lives a lead's life.
pub(super) fn live(person: &mut Person, accounts: &[Account], log: &mut Log) -> Journey {
    let mut luck = Luck::of(24, person.number);
    let account = person.account.and_then(|place| accounts.get(place));
    let n_used = log.product.len();
    let mut touches = at_the_fair(person, &mut luck, log);
    let is_passive = ["Purchased List", "Offline Sources", "Events"].contains(&person.source) && luck.chance(450);
    let n = if is_passive {
        0
    } else {
        1 + luck.below(2 + (person.need + person.curious) / 320 + (person.need - 480).max(0) / 150)
    };
    touches.extend(sessions(person, person.created, n, 8, &mut luck, log));
    // Now and then it looks in again, for some days or weeks: the more it needs, or likes to read.
    let mut from = person.created;
    while n > 0 && luck.chance((person.need * 3 + person.curious) / 7) {
        from += luck.among(20, 110) * DAY;
        let n = luck.among(2, 3 + person.need / 140);
        touches.extend(sessions(person, from, n, 4, &mut luck, log));
    }
    // The campaign of May 2026 woke some up.
    if person.number.is_multiple_of(8) && person.need > 300 && person.created < END - 50 * DAY {
        let (from, n) = (END - luck.among(4, 34) * DAY, luck.among(3, 6));
        touches.extend(sessions(person, from, n, 4, &mut luck, log));
    }
    touches.sort_unstable();
    if person.is_ours {
        return Journey { passes: vec![Pass::default()] };
    }
    let pql = uses(log, n_used).map(next_morning).filter(|at| *at < END);
    let mql = qualified(person, account, &touches, 0).map(|at| stamped(at, &mut luck)).filter(|at| *at < END);
    // Sales finds a few leads by itself.
    let by_hand = (mql.is_none() && pql.is_none() && person.source == "Offline Sources" && luck.chance(500))
        .then(|| person.created + luck.among(2, 9) * DAY);
    let mut passes = vec![work(person, account, Pass::at(mql, pql), by_hand, &mut luck, log)];
    while let Some(returned) = passes.last().and_then(|pass| pass.returned) {
        let Some(pass) = comeback(person, account, returned, &mut luck, log) else { break };
        passes.push(pass);
    }
    Journey { passes }
}

/// The score of the night marks most; a flow in the CRM some at once.
fn stamped(at: i64, luck: &mut Luck) -> i64 {
    if luck.chance(700) { next_morning(at) } else { at + luck.among(2, 50) * MINUTE }
}

/// When a lead had the points first, after a return.
fn qualified(person: &Person, account: Option<&Account>, touches: &[Touch], after: i64) -> Option<i64> {
    let fit = scored(person, account);
    let is_known =
        !person.company.is_empty() && person.title.chars().any(char::is_alphabetic) && !person.title.starts_with("(n");
    if fit < 38 || !is_known || person.title == "N/A" || person.rank == Rank::Student {
        return None;
    }
    let heat = |at: i64| -> i64 {
        let counts = touches.iter().filter(|(time, _)| *time > after && *time <= at && at - time < FADES);
        counts.map(|(time, points)| points * (FADES - (at - time)) / FADES).sum()
    };
    touches.iter().map(|(time, _)| *time).find(|time| heat(*time) >= 35 && fit + heat(*time) >= LINE)
}

/// The fifth day of use within two weeks.
fn uses(log: &Log, from: usize) -> Option<i64> {
    let mut days: Vec<i64> =
        log.product[from..].iter().filter(|used| used.kind == "login").map(|used| used.time).collect();
    days.sort_unstable();
    days.windows(5).find(|five| five[4] - five[0] <= 14 * DAY).map(|five| five[4])
}

/// Leads of a fair were at our stand when they were created.
fn at_the_fair(person: &Person, luck: &mut Luck, log: &mut Log) -> Vec<Touch> {
    if person.source != "Events" || person.is_ours {
        return Vec::new();
    }
    let mut put = |time: i64, kind: &'static str, rating: Option<i64>| {
        log.crm.push(Crm {
            time,
            logged: time + luck_of(time) * HOUR,
            lead: id_at(person, time),
            kind,
            outcome: "",
            rating,
        });
    };
    let at = person.created;
    let mut touches = vec![(at, 15)];
    put(at, "stand_visit", None);
    if luck.chance(650) {
        let rating = (person.need / 250 + luck.below(3)).clamp(1, 5);
        put(at + 10 * MINUTE, "stand_talk", Some(rating));
        touches.push((at + 10 * MINUTE, 20));
        if luck.chance(person.need * 2 / 3) {
            put(at + 25 * MINUTE, "follow_up_requested", None);
            touches.push((at + 25 * MINUTE, 25));
        }
    }
    touches
}

/// Hours until a person types a talk into the CRM: those of a fair when it is over.
pub(super) fn luck_of(time: i64) -> i64 {
    [1, 2, 5, 20, 68][usize::try_from(time / 60 % 5).unwrap_or(0)]
}

/// A lead that was given back may wake up again. Who did so in the last days stands with the points, and not yet in the CRM.
fn comeback(
    person: &mut Person,
    account: Option<&Account>,
    returned: i64,
    luck: &mut Luck,
    log: &mut Log,
) -> Option<Pass> {
    if !luck.chance(620) {
        return None;
    }
    let from = returned + luck.among(18, 120) * DAY;
    if from >= END {
        return None;
    }
    person.need = (person.need + 200).min(960);
    let n_used = log.product.len();
    let mut touches = sessions(person, from, luck.among(4, 8), 5, luck, log);
    let at = from + luck.among(1, 9) * DAY;
    if luck.chance(800) && at < END {
        let page = "https://www.ledgerlane.example/demo".to_owned();
        log.web.push(Web {
            time: at,
            lead: person.id.clone(),
            kind: "demo_request",
            page,
            seconds: None,
            topic: "Demo",
        });
        touches.push((at, 42));
        touches.sort_unstable();
    }
    let mql = qualified(person, account, &touches, returned)?;
    let pql = uses(log, n_used).map(next_morning).filter(|at| *at < END);
    if mql > END - 80 * DAY && luck.chance(700) {
        return None;
    }
    let mql = Some(stamped(mql, luck)).filter(|at| *at < END)?;
    Some(work(person, account, Pass::at(Some(mql), pql), None, luck, log))
}
