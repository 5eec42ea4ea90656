//! How long the parts of a run take: reading (bytes a second), tallying (an event), scoring (a lead), loading a rulebook.
//! `cargo bench --features bench`; one thread, so that the figures are of the work and not of the machine's cores.

#![allow(clippy::disallowed_methods, missing_docs, reason = "a program for those who measure")]

mod market;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use leadscore::Instant;
use leadscore::Plan;
use leadscore::Rulebook;
use leadscore::{CsvFile, Reading};
use leadscore::{Inputs, Loaded, MaxRejects, Options, Unwatched, Watched, load};
use leadscore::{ScoredCsv, ScoredForm};
use std::fs::File;
use std::hint::black_box;
use std::path::PathBuf;
use tempfile::TempDir;

const N_LEADS: u64 = 20_000;
const N_EVENTS: u64 = 400_000;

/// The files, and a folder that is removed with this.
struct Market {
    inputs: Inputs,
    no_events: Inputs,
    events: PathBuf,
    _folder: TempDir,
}

fn made() -> Market {
    let folder = TempDir::new().expect("a folder can be made");
    let file = |name: &str, rows: Vec<u8>| {
        let path = folder.path().join(name);
        std::fs::write(&path, rows).expect("it can be written");
        path
    };
    let mut rows = market::LEADS.as_bytes().to_vec();
    (0..N_LEADS).for_each(|number| market::lead(number, &mut rows));
    let leads = file("leads.csv", rows);
    let mut rows = market::EVENTS.as_bytes().to_vec();
    (0..N_EVENTS).for_each(|number| market::event(number, N_EVENTS, N_LEADS, false, &mut rows));
    let events = file("events.csv", rows);
    let none = file("none.csv", market::EVENTS.as_bytes().to_vec());
    let inputs = |events: &PathBuf| Inputs {
        leads: vec![leads.clone()],
        tables: Vec::new(),
        sources: vec![vec![events.clone()]],
    };
    Market { inputs: inputs(&events), no_events: inputs(&none), events, _folder: folder }
}

fn rulebook() -> Rulebook {
    let text = include_str!("side-by-side.yaml");
    Rulebook::parse(text, &|_| Err("it names no list file".to_owned())).expect("it is good")
}

fn options() -> Options {
    Options {
        threads: 1,
        delimiter: None,
        encoding: None,
        max_rejects: MaxRejects::Usual,
        keep: Vec::new(),
        block_bytes: 512 << 10,
        batch_rows: 1024,
        previous: None,
        sums: None,
    }
}

fn loaded<'r>(rulebook: &'r Rulebook, inputs: &Inputs) -> Loaded<'r> {
    let plan = Plan::new(rulebook, Instant::from_ms(market::NOW_MS));
    load(plan, inputs, &options(), Watched::Nobody, &Unwatched).expect("the market can be read")
}

fn parts_of_a_run(criterion: &mut Criterion) {
    let (market, rulebook) = (made(), rulebook());
    let n_bytes = File::open(&market.events).and_then(|file| file.metadata()).expect("it is there").len();

    let mut reading = criterion.benchmark_group("reading");
    reading.throughput(Throughput::Bytes(n_bytes)).sample_size(20);
    reading.bench_function("records and one cell of each", |bench| {
        bench.iter(|| {
            let file = CsvFile::open(&market.events, &Reading::default()).expect("it can be opened");
            let mut n_bytes = 0;
            let count = |block: &mut leadscore::CsvBlock<'_>| {
                let mut n_bytes = 0;
                while let Some(record) = block.next_record() {
                    n_bytes += record.cell(2).len();
                }
                n_bytes
            };
            let read = file.read(1, &|_| {}, count, |_, found| {
                n_bytes += found;
                Ok(())
            });
            read.expect("it can be read");
            black_box(n_bytes)
        });
    });
    reading.finish();

    let mut tallying = criterion.benchmark_group("tallying");
    tallying.throughput(Throughput::Elements(N_EVENTS)).sample_size(10);
    tallying.bench_function("events, with the leads that they belong to", |bench| {
        bench.iter(|| loaded(&rulebook, &market.inputs));
    });
    tallying.throughput(Throughput::Elements(N_LEADS));
    tallying.bench_function("leads alone, to be taken off the above", |bench| {
        bench.iter(|| loaded(&rulebook, &market.no_events));
    });
    tallying.finish();

    let mut scoring = criterion.benchmark_group("scoring");
    scoring.throughput(Throughput::Elements(N_LEADS)).sample_size(10);
    scoring.bench_function("leads, each to its row", |bench| {
        let fresh = || loaded(&rulebook, &market.inputs);
        let score = |mut loaded: Loaded<'_>| {
            let mut rows = Vec::new();
            let form = ScoredForm::new(&rulebook, false);
            let each = |part: &mut ScoredCsv, lead: &leadscore::ScoredLead<'_, '_>| part.lead(&form, lead);
            let scored = loaded.score(&options(), &Unwatched, each, |part| rows.extend(part.into_bytes()));
            scored.expect("the leads can be read again");
            rows
        };
        bench.iter_batched(fresh, score, BatchSize::PerIteration);
    });
    scoring.finish();
}

fn rulebooks(criterion: &mut Criterion) {
    let read = |name: &str| std::fs::read_to_string(name).map_err(|error| error.to_string());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/");
    let text = read(&format!("{folder}b2b-saas.yaml")).expect("it is there");
    let lists = |name: &str| read(&format!("{folder}{name}"));
    criterion.bench_function("loading rules/b2b-saas.yaml", |bench| {
        bench.iter(|| Rulebook::parse(black_box(&text), &lists).expect("it is good"));
    });
}

criterion_group!(benches, parts_of_a_run, rulebooks);
criterion_main!(benches);
