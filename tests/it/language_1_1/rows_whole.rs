//! The newest rows, former ids and several keys together, on any rows: held against the same rules told in the plainest way, and
//! read in blocks and batches of any size by any number of threads.

use crate::world::{Outcome, World, rules, tries};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;

const RULES: &str = "
leads: { id: id, newest: at, former_ids: old,
         fields: { at: { type: date }, old: { split: \"|\" }, mails: { type: email, split: \"|\" }, accs: { split: \"|\" } } }
tables: { t: { key: k, by: accs, newest: day, fields: { day: { type: date }, v: {} } } }
events: { web: { lead: [lead, { column: mail, by: mails }], type: type, time: time } }
dimensions:
  s: { criteria: [{ id: a, event: e, points: 1 }, { id: b, field: v, values: { x: 100, y: 200 } }] }";

/// A row of the leads: id, day of May or none, former ids, addresses, accounts.
type Lead = (u8, Option<u8>, Vec<u8>, Vec<&'static str>, Vec<&'static str>);
/// A row of the table: key, day or none, value.
type Account = (&'static str, Option<u8>, &'static str);
/// A row of the events: id or none, address.
type Event = (Option<u8>, &'static str);

const MAILS: [&str; 3] = ["a@x.example", "B@x.example", "c@y.example"];
const KEYS: [&str; 3] = ["k", "l", "m"];

fn day() -> impl Strategy<Value = Option<u8>> {
    prop::option::of(1..4u8)
}

fn leads() -> impl Strategy<Value = Vec<Lead>> {
    let old = prop::collection::vec(0..9u8, 0..3);
    let lead = (0..6u8, day(), old, subsequence(MAILS.to_vec(), 0..3), subsequence(KEYS.to_vec(), 0..3).prop_shuffle());
    prop::collection::vec(lead, 1..12)
}

fn accounts() -> impl Strategy<Value = Vec<Account>> {
    prop::collection::vec((select(KEYS.to_vec()), day(), select(vec!["x", "y", "z"])), 0..6)
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(
        (prop::option::of(0..9u8), select(vec!["A@X.example", "b@x.example", "c@y.example", ""])),
        0..20,
    )
}

fn written(day: Option<u8>) -> String {
    day.map_or_else(String::new, |day| format!("2026-05-0{day}"))
}

/// The world of these rows, the leads in two files.
fn world(leads: &[Lead], accounts: &[Account], events: &[Event]) -> World {
    let lead = |(id, at, old, mails, accs): &Lead| {
        let old: Vec<String> = old.iter().map(u8::to_string).collect();
        format!("{id},{},{},{},{}\n", written(*at), old.join("|"), mails.join("|"), accs.join("|"))
    };
    let file =
        |rows: &[Lead]| "id,at,old,mails,accs\n".to_owned() + &rows.iter().map(lead).collect::<Vec<_>>().concat();
    let account = |(key, day, value): &Account| format!("{key},{},{value}\n", written(*day));
    let event =
        |(id, mail): &Event| format!("{},{mail},e,2026-04-01\n", id.map_or_else(String::new, |id| id.to_string()));
    let (first, second) = leads.split_at(leads.len() / 2);
    rules(RULES)
        .leads(file(first))
        .leads(file(second))
        .table("t", "k,day,v\n".to_owned() + &accounts.iter().map(account).collect::<Vec<_>>().concat())
        .events("web", "lead,mail,type,time\n".to_owned() + &events.iter().map(event).collect::<Vec<_>>().concat())
}

/// Of the rows with one name the place of the newest, the first of equal ones; in the order of the rows.
fn newest<K: Ord>(rows: impl Iterator<Item = (K, Option<u8>)>) -> Vec<usize> {
    let mut best: BTreeMap<K, (Option<u8>, usize)> = BTreeMap::new();
    for (at, (key, day)) in rows.enumerate() {
        let known = best.entry(key).or_insert((day, at));
        if day > known.0 {
            *known = (day, at);
        }
    }
    let mut places: Vec<usize> = best.into_values().map(|(_, at)| at).collect();
    places.sort_unstable();
    places
}

/// The leads of an event, by their places.
fn found(leads: &[Lead], counting: &[usize], (id, mail): &Event) -> Vec<usize> {
    let of = |is: &dyn Fn(&Lead) -> bool| counting.iter().copied().filter(|at| is(&leads[*at])).collect::<Vec<_>>();
    if let Some(id) = id {
        let by_id = of(&|lead| lead.0 == *id);
        let by_former = of(&|lead| lead.2.contains(id));
        if let Some(one) = by_id.first().or(by_former.first()) {
            return vec![*one];
        }
    }
    of(&|lead| lead.3.iter().any(|known| known.eq_ignore_ascii_case(mail)))
}

/// Every id and its points.
fn expected(leads: &[Lead], accounts: &[Account], events: &[Event]) -> Vec<(String, String)> {
    let counting = newest(leads.iter().map(|lead| (lead.0, lead.1)));
    let rows = newest(accounts.iter().map(|account| (account.0, account.1)));
    let points = |at: &usize| {
        let n_events = events.iter().filter(|event| found(leads, &counting, event).contains(at)).count();
        let row = leads[*at].4.iter().find_map(|key| rows.iter().find(|row| accounts[**row].0 == *key));
        let value = row.map_or(0, |row| match accounts[*row].2 {
            "x" => 100,
            "y" => 200,
            _ => 0,
        });
        (leads[*at].0.to_string(), (n_events + value).to_string())
    };
    counting.iter().map(points).collect()
}

fn superseded(outcome: &Outcome) -> Vec<u64> {
    outcome.counts.files.iter().map(|file| file.n_superseded).collect()
}

proptest! {
    #![proptest_config(tries(64))]

    #[test]
    fn each_event_and_row_counts_for_whom_the_plain_rules_say(leads in leads(), accounts in accounts(), events in events()) {
        let outcome = world(&leads, &accounts, &events).run();
        let got: Vec<_> = outcome.rows.iter().map(|row| (row["lead_id"].clone(), row["s"].clone())).collect();
        prop_assert_eq!(got, expected(&leads, &accounts, &events));
        let n_leads = leads.len() as u64;
        prop_assert_eq!(outcome.counts.leads.n_scored + outcome.counts.leads.n_superseded, n_leads);
        let n_orphans = events.iter().filter(|event| {
            found(&leads, &newest(leads.iter().map(|lead| (lead.0, lead.1))), event).is_empty()
        });
        prop_assert_eq!(outcome.fates().orphans, n_orphans.count() as u64);
    }

    #[test]
    fn threads_blocks_and_batches_change_nothing(
        (leads, accounts, events) in (leads(), accounts(), events()),
        (threads, block, batch) in (select(vec![1usize, 2, 4]), 16..300usize, select(vec![1usize, 3, 1024])),
    ) {
        let world = world(&leads, &accounts, &events);
        let plain = world.clone().with(|options| options.threads = 1).run();
        let other = world.with(|options| {
            (options.threads, options.block_bytes, options.batch_rows) = (threads, block, batch);
        });
        let other = other.run();
        prop_assert_eq!(&plain.csv, &other.csv);
        prop_assert_eq!(superseded(&plain), superseded(&other));
        // The example of an event of no lead is the same one, in another folder.
        let examples = |outcome: &Outcome| -> Vec<_> {
            let unmet = outcome.counts.sources.iter().filter_map(|source| source.unmet.as_ref());
            unmet.map(|unmet| (unmet.event.line, unmet.event.text.clone(), unmet.lead.clone())).collect()
        };
        prop_assert_eq!(examples(&plain), examples(&other));
        prop_assert_eq!(&plain.counts.leads, &other.counts.leads);
    }
}
