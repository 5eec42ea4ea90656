//! How long the parts of a run take: reading (bytes a second), an event and a lead (nanoseconds), loading a rulebook.
//! `cargo bench --features bench`; one thread, so that the figures are of the work and not of the machine's cores.

#![allow(clippy::disallowed_methods, missing_docs, reason = "a program for those who measure")]

mod market;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use leadscore::Instant as Moment;
use leadscore::Plan;
use leadscore::Rulebook;
use leadscore::{CsvFile, Reading};
use leadscore::{Inputs, Loaded, MaxRejects, Options, Unwatched, Watched, load};
use leadscore::{Lens, Observed};
use leadscore::{ScoredCsv, ScoredForm};
use std::fs::File;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const N_LEADS: u32 = 20_000;
const N_EVENTS: u32 = 400_000;

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
    (0..u64::from(N_LEADS)).for_each(|number| market::lead(number, &mut rows));
    let leads = file("leads.csv", rows);
    let mut rows = market::EVENTS.as_bytes().to_vec();
    let (n_events, n_leads) = (u64::from(N_EVENTS), u64::from(N_LEADS));
    (0..n_events).for_each(|number| market::event(number, n_events, n_leads, false, &mut rows));
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
    let plan = Plan::new(rulebook, Moment::from_ms(market::NOW_MS)).to_the_cap();
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

    // Times are those of one event and one lead: what a run of many takes, divided by their number.
    let mut each = criterion.benchmark_group("one of many");
    each.sample_size(10);
    each.bench_function("an event: read, its lead found, tallied", |bench| {
        bench.iter_custom(|n_runs| {
            let all: Duration = (0..n_runs).map(|_| time(|| loaded(&rulebook, &market.inputs))).sum();
            let without: Duration = (0..n_runs).map(|_| time(|| loaded(&rulebook, &market.no_events))).sum();
            all.saturating_sub(without) / N_EVENTS
        });
    });
    each.bench_function("a lead: read, scored, its row and the report's sums made", |bench| {
        bench.iter_custom(|n_runs| {
            let runs = (0..n_runs).map(|_| {
                let mut loaded = loaded(&rulebook, &market.inputs);
                time(|| scored(&rulebook, &mut loaded))
            });
            runs.sum::<Duration>() / N_LEADS
        });
    });
    each.finish();
}

/// How long something takes.
fn time<R>(run: impl FnOnce() -> R) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

/// Scores all leads; the rows, and what the report is made of.
fn scored(rulebook: &Rulebook, loaded: &mut Loaded<'_>) -> (Vec<u8>, Observed) {
    let plan = Plan::new(rulebook, Moment::from_ms(market::NOW_MS));
    let lens = Lens::new(&plan, loaded.counts.leads.n_rows);
    let form = ScoredForm::new(rulebook, false);
    let (mut rows, mut all) = (Vec::new(), Observed::new(&lens));
    let each = |(rows, seen): &mut (ScoredCsv, Option<Observed>), lead: &leadscore::ScoredLead<'_, '_>| {
        rows.lead(&form, lead);
        seen.get_or_insert_with(|| Observed::new(&lens)).add_lead(&lens, lead);
    };
    let scored = loaded.score(&options(), &Unwatched, each, |(part, seen)| {
        rows.extend(part.into_bytes());
        if let Some(seen) = seen {
            all.add(&seen);
        }
    });
    scored.expect("the leads can be read again");
    (rows, all)
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
