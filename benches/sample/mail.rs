//! Newsletters: who got them, opened them and clicked, and what the scanners of some companies did in their place.

use super::clock::{BEGIN, DAY, END, HOUR, MINUTE};
use super::log::{Log, Mail};
use super::luck::Luck;
use super::people::Person;

/// How many there were, one a month.
const N: usize = 18;
const AGENTS: [&str; 5] = ["Chrome", "Outlook", "Apple Mail", "Firefox", "Gmail"];
const SCANNER: &str = "LinkProbe/2.1 (mail scanner)";

/// Sends all of them.
pub(super) fn campaigns(people: &mut [Person], log: &mut Log) {
    for person in people {
        let mut luck = Luck::of(25, person.number);
        let Some(subscribed) = person.subscribed else { continue };
        let mut bounces = luck.chance(45);
        for number in 0..N {
            let time = BEGIN + (i64::try_from(number).unwrap_or(0) * 30 + 22) * DAY + 9 * HOUR;
            if time <= subscribed || time >= END || person.unsubscribed.is_some() {
                continue;
            }
            let sent = time + luck.below(40 * MINUTE);
            put(log, person, sent, "email_sent", number + 1, "");
            if bounces && luck.chance(600) {
                put(log, person, sent + 8, "email_bounced", number + 1, "");
                break;
            }
            bounces = false;
            if person.scans_mail && luck.chance(600) {
                scanned(log, person, sent, number + 1, &mut luck);
            }
            read(log, person, sent, number + 1, &mut luck);
            if luck.chance(18) {
                person.unsubscribed = Some(sent + luck.among(1, 60) * HOUR).filter(|at| *at < END);
            }
        }
    }
}

/// A person opens some of them, minutes to days later, and clicks in some.
fn read(log: &mut Log, person: &Person, sent: i64, number: usize, luck: &mut Luck) {
    if !luck.chance(80 + person.curious / 2) {
        return;
    }
    let agent = luck.pick(&AGENTS);
    let opened = sent + luck.among(2 * MINUTE, 44 * HOUR);
    put(log, person, opened, "email_open", number, agent);
    if luck.chance(330) {
        put(log, person, opened + luck.among(6, 90), "email_click", number, agent);
    }
}

/// A scanner opens a mail and follows its links within seconds. Some say who they are, others look like browsers.
fn scanned(log: &mut Log, person: &Person, sent: i64, number: usize, luck: &mut Luck) {
    let agent = if luck.chance(600) { SCANNER } else { "Chrome" };
    put(log, person, sent + luck.among(1, 4), "email_open", number, agent);
    for _ in 0..luck.among(1, 3) {
        put(log, person, sent + luck.among(2, 11), "email_click", number, agent);
    }
}

fn put(log: &mut Log, person: &Person, time: i64, kind: &'static str, campaign: usize, agent: &'static str) {
    if time < END {
        // A second address gets the mails of those who prefer it.
        let address = match person.others.first() {
            Some(other) if person.number.is_multiple_of(3) => other.clone(),
            _ => person.address.clone(),
        };
        log.mail.push(Mail { time, address, kind, campaign, agent });
    }
}
