//! What holds of any rulebook: threads, blocks and batches change no byte of any output, the order of files and rows of events
//! changes no result, and a run gives each lead the card that the lead gets on trial.

use crate::language::rulebooks;
use crate::people::{Rows, find, rows};
use crate::world::{Ended, Outcome, TODAY, World, rules, tries};
use leadscore::{Facts, Fate, Instant, InstantSpan, Plan, Quantity, Rulebook, Trial, parse_date_literal};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The world of a rulebook and some rows.
fn world(rulebook: &str, rows: &Rows) -> World {
    let world = rows.leads.iter().fold(rules(rulebook), World::leads);
    let world = world.table("accounts", &rows.accounts).table("regions", &rows.regions);
    let world = rows.events.iter().fold(world, |world, (source, text)| world.events(source, text));
    world.keep(&["title", "id"]).previous(&rows.previous)
}

/// Threads, about how many bytes are read at once, and how many rows are worked on together.
fn ways() -> impl Strategy<Value = (usize, usize, usize)> {
    let block = prop_oneof![2 => 16..300usize, 1 => select(vec![4_096, 65_536, 1 << 22])];
    (select(vec![1usize, 2, 4]), block, select(vec![1usize, 7, 1024]))
}

/// Every file of a folder, by its path.
fn files(folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be listed").path())
    {
        if entry.is_dir() {
            files(&entry, into);
        } else {
            into.insert(entry.display().to_string(), fs::read(&entry).expect("the file can be read"));
        }
    }
}

/// What a run of the program wrote: everything in its folder.
fn written(ended: &Ended) -> BTreeMap<String, Vec<u8>> {
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let (mut found, out) = (BTreeMap::new(), ended.folder.path().join("out"));
    files(&out, &mut found);
    found.into_iter().map(|(path, bytes)| (path.replace(&out.display().to_string(), ""), bytes)).collect()
}

/// What became of every row, event and cell, without the folder that the files lay in.
fn accounted(outcome: &Outcome) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut counts = outcome.counts.clone();
    let examples = counts.sources.iter_mut().filter_map(|source| source.unmet.as_mut());
    examples.for_each(|unmet| unmet.event.file.clear());
    let of_files: Vec<_> =
        counts.files.iter().map(|file| (file.role.clone(), file.n_rows, file.n_rejects, file.n_empty)).collect();
    (counts.leads, counts.sources, counts.n_unmatched, counts.n_sharing, of_files, outcome.issues(), outcome.rejects())
}

/// The same events in other rows and, where there are several, in files in another order. Events with an id keep their order: of
/// those with one id the first counts.
fn shuffled(rows: &Rows, keys: &[u8]) -> Rows {
    let shuffle = |(source, text): &(String, String)| {
        if matches!(source.as_str(), "crm" | "hook") {
            return vec![(source.clone(), text.clone())];
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records: Vec<_> = reader.records().map(|record| record.expect("the row can be read")).collect();
        let header = records.remove(0);
        let mut keyed: Vec<_> = records.into_iter().zip(keys).collect();
        keyed.sort_by_key(|(_, key)| **key);
        let file = |part: &[(csv::StringRecord, &u8)]| {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for record in [&header].into_iter().chain(part.iter().map(|(record, _)| record)) {
                writer.write_record(record).expect("it goes to memory");
            }
            let text = writer.into_inner().expect("it goes to memory");
            (source.clone(), String::from_utf8(text).expect("it was text"))
        };
        let (first, second) = keyed.split_at(keyed.len() / 2);
        vec![file(second), file(first)]
    };
    let mut events: Vec<_> = rows.events.iter().flat_map(shuffle).collect();
    events.reverse();
    Rows { events, ..rows.clone() }
}

fn as_of(rulebook: &Rulebook) -> Instant {
    parse_date_literal(TODAY, &rulebook.zone).map(InstantSpan::last).expect("it is a date")
}

/// How many events count, and the newest of those that the lead did.
fn events_of(facts: &impl Facts, rulebook: &Rulebook) -> (String, String) {
    let Quantity::Number { numerator, .. } = facts.tally(rulebook.events_tally) else { panic!("it is a number") };
    let last = match facts.tally(rulebook.last_event_tally) {
        Quantity::Instant(instant) => instant.to_string(),
        _ => String::new(),
    };
    (numerator.to_string(), last)
}

/// The last three things that a lead on trial did, as the hand-off list tells them.
fn last_events(rulebook: &Rulebook, trial: &Trial<'_>) -> String {
    let folded = |kind: &str| kind.to_lowercase();
    let counted = trial.lead().events.iter().zip(trial.fates()).filter(|(_, fate)| **fate == Fate::Counted);
    let own = counted.filter(|(event, _)| !rulebook.not_engagement.contains(&folded(&event.kind)));
    let mut own: Vec<_> = own
        .map(|(event, _)| {
            let mention = rulebook.mentions.iter().find(|mention| mention.name == folded(&event.kind));
            let kind = mention.map_or_else(|| event.kind.clone(), |mention| mention.written.clone());
            (std::cmp::Reverse(event.time), event.source, kind)
        })
        .collect();
    own.sort();
    let told = own.into_iter().take(3).map(|(time, source, kind)| {
        let time = rulebook.zone.wall(time.0).minute();
        let time = time.trim_end_matches(" 00:00");
        match (kind.as_str(), &rulebook.sources[source].name) {
            ("", source) => format!("{source} {time}"),
            (kind, source) => format!("{kind} {time} ({source})"),
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

proptest! {
    #![proptest_config(tries(48))]

    #[test]
    fn threads_blocks_and_batches_change_no_result(rulebook in rulebooks(), rows in rows(), ways in prop::collection::vec(ways(), 3)) {
        let world = world(&rulebook, &rows);
        let plain = world.clone().with(|options| options.threads = 1).run();
        for (threads, block, batch) in ways {
            let other = world.clone().with(|options| {
                (options.threads, options.block_bytes, options.batch_rows) = (threads, block, batch);
            });
            let other = other.run();
            prop_assert_eq!(&plain.csv, &other.csv);
            prop_assert_eq!(&plain.cards, &other.cards);
            prop_assert_eq!(accounted(&plain), accounted(&other));
        }
    }

    #[test]
    fn the_order_of_event_files_and_of_their_rows_changes_no_result(rulebook in rulebooks(), rows in rows(), keys in prop::collection::vec(any::<u8>(), 40)) {
        let plain = world(&rulebook, &rows).run();
        let other = world(&rulebook, &shuffled(&rows, &keys)).run();
        prop_assert_eq!(&plain.csv, &other.csv);
        prop_assert_eq!(&plain.cards, &other.cards);
        prop_assert_eq!(plain.fates(), other.fates());
    }

    #[test]
    fn the_last_events_of_the_hand_off_list_are_those_that_a_trial_counts(rulebook in rulebooks(), rows in rows(), keys in prop::collection::vec(any::<u8>(), 40)) {
        let world = world(&rulebook, &rows);
        let parsed = world.parsed();
        let plan = Plan::new(&parsed, as_of(&parsed));
        let list = |world: &World| {
            let ended = world.score(&["--quiet", "--max-rejects=100%"]);
            assert_eq!(ended.code, Some(0), "{}", ended.stderr);
            ended.file("out/handoff.csv").expect("it is written")
        };
        let plain = list(&world);
        prop_assert_eq!(&plain, &list(&self::world(&rulebook, &shuffled(&rows, &keys))));
        let told: BTreeMap<String, String> = csv::Reader::from_reader(plain.as_bytes())
            .deserialize()
            .map(|row: Result<BTreeMap<String, String>, _>| row.expect("it can be read"))
            .map(|row| (row["lead_id"].clone(), row["last_events"].clone()))
            .collect();
        for lead in find(&parsed, &rows, plan.as_of) {
            let (Some(trial), Some(told)) = (Trial::new(&plan, &lead.trial), told.get(&lead.id)) else { continue };
            prop_assert_eq!(told, &last_events(&parsed, &trial), "{}", lead.id);
        }
    }

    #[test]
    fn a_run_gives_each_lead_the_card_that_it_gets_on_trial(rulebook in rulebooks(), rows in rows()) {
        let world = world(&rulebook, &rows);
        let (outcome, rulebook) = (world.run(), world.parsed());
        let plan = Plan::new(&rulebook, as_of(&rulebook));
        let mut scored = outcome.rows.iter().zip(&outcome.cards);
        for lead in find(&rulebook, &rows, plan.as_of) {
            let Some(trial) = Trial::new(&plan, &lead.trial) else { continue };
            let (row, card) = scored.next().expect("the run scores the lead, too");
            prop_assert_eq!(&row["lead_id"], &lead.id);
            let facts = trial.facts();
            prop_assert_eq!(facts.card(), card, "{}", row["lead_id"]);
            let (n_events, last) = events_of(&facts, &rulebook);
            prop_assert_eq!((&n_events, &last), (&row["events"], &row["last_event"]), "{}", row["lead_id"]);
        }
        prop_assert!(scored.next().is_none());
    }
}

proptest! {
    #![proptest_config(tries(12))]

    #[test]
    fn threads_blocks_and_batches_change_no_byte_of_any_file(rulebook in rulebooks(), rows in rows(), way in ways()) {
        let world = world(&rulebook, &rows);
        let run = |(threads, block, batch): (usize, usize, usize)| {
            let flags = [("--threads", threads), ("--block-bytes", block), ("--batch-rows", batch)];
            let flags: Vec<String> = flags.iter().map(|(flag, number)| format!("{flag}={number}")).collect();
            let plain = ["--quiet", "--max-rejects=100%"].into_iter();
            written(&world.score(&plain.chain(flags.iter().map(String::as_str)).collect::<Vec<_>>()))
        };
        let (plain, other) = (run((1, 1 << 19, 1024)), run(way));
        prop_assert_eq!(plain.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (path, bytes) in &plain {
            prop_assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&other[path]), "{}", path);
        }
    }
}
