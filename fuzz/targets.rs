//! What is tried with random bytes, one function a target: whatever they are, nothing panics, and what must hold does.
//!
//! `cargo +nightly fuzz run TARGET` feeds them; `tests/it/fuzz.rs` replays `corpus/` through the same functions.

mod exports;

pub use exports::{csv, csv_crate, draft, inspect_file};

use exports::folder;
use leadscore::Rulebook;
use leadscore::present::Ended;
use leadscore::present::summary;
use leadscore::present::terminal;
use leadscore::present::tested;
use leadscore::{Calendar, DateReader, Decimal, Instant, Number, Zone, bucket, parse_date_literal, parse_duration_ms};
use leadscore::{
    CaseResult, Mutant, Mutation, ReadTests, RulebookReport, TestReport, TestedFile, coverage, judge, mutants, passes,
    read_tests, rulebook_named, survivors,
};
use leadscore::{Inputs, MaxRejects, Options, RunError, ScoredLead, Unwatched, Watched, load};
use leadscore::{Lens, Observed, measure};
use leadscore::{Plan, Totals};
use leadscore::{ScoredCsv, ScoredForm, report_json, scored_header, test_json, test_junit};
use leadscore::{SourceText, SumBy, render, render_short};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Any text as a rulebook: it is one, or every finding has a place that can be shown.
pub fn rulebook(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Rulebook::parse(text, &|list| {
        if list.len() < 9 { Ok("acme.example\n# none\nb".to_owned()) } else { Err("none".to_owned()) }
    }) {
        Ok(rulebook) => {
            let plan = Plan::new(&rulebook, Instant::from_ms(1_780_000_000_000));
            assert!(!plan.rulebook.stages.is_empty(), "a funnel has a top");
        }
        Err(findings) => {
            assert!(!findings.is_empty(), "a rulebook that is refused has a finding");
            let source = SourceText { path: "r.yaml", text };
            assert!(!render(&source, &findings, true).is_empty());
            assert_eq!(render_short(&source, &findings).lines().count(), findings.len());
        }
    }
}

/// The rulebook of the targets that need one, its text, and every change of it.
static RULEBOOK: LazyLock<(Rulebook, &str, Vec<Mutant>)> = LazyLock::new(|| {
    let text = include_str!("score.yaml");
    let rulebook = Rulebook::parse(text, &|_| Err(String::new())).expect("the rulebook is good");
    let mutants = mutants(&rulebook, text);
    (rulebook, text, mutants)
});

/// Any text as a file of tests: its cases run and are reported in every form, or every finding has a place that can be shown.
pub fn test_file(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let is_yaml = rulebook_named(text).is_ok();
    match read_tests(text, &RULEBOOK.0) {
        Ok(read) => {
            assert!(is_yaml, "tests are read from YAML");
            run_tests(text, &read);
        }
        Err(findings) => {
            assert!(!findings.is_empty(), "a test file that is refused has a finding");
            let source = SourceText { path: "r.test.yaml", text };
            assert!(!render(&source, &findings, true).is_empty());
            assert_eq!(render_short(&source, &findings).lines().count(), findings.len());
        }
    }
}

fn run_tests(text: &str, read: &ReadTests) {
    let (rulebook, rules, mutants) = &*RULEBOOK;
    let ReadTests { file, warnings } = read;
    let path = "r.test.yaml";
    assert_eq!(render_short(&SourceText { path, text }, warnings).lines().count(), warnings.len());
    let cases = judge(file, rulebook, Path::new(path));
    let passed = |(case, result): (_, &CaseResult<'_>)| passes(case, rulebook) == result.failures.is_empty();
    assert!(file.cases.iter().zip(&cases).all(passed), "a case that fails says why");
    let coverage = coverage(&[file], rulebook, rules);
    assert!(coverage.percent <= 100 && coverage.n_covered + coverage.uncovered.len() == coverage.n_goals);
    let n_failed = cases.iter().filter(|case| !case.passed).count();
    // One change a file: which, its length says.
    let tried = if n_failed == 0 { &mutants[text.len() % mutants.len()..][..1] } else { &[] };
    let survivors = survivors(rulebook, tried, &file.cases.iter().collect::<Vec<_>>());
    let mutation = Mutation::new(tried.len(), survivors, rules);
    let of = |coverage, mutation| RulebookReport { path: "r.yaml".into(), coverage, mutation };
    let files = vec![TestedFile { path: path.to_owned(), cases }];
    let report = TestReport { files, unread: Vec::new(), rulebooks: vec![of(Some(coverage), Some(mutation))] };
    let is_bare = |text: &str| !text.contains(|c: char| c < ' ' && c != '\n' && c != '\t');
    assert!(is_bare(&test_junit(&report)) && is_bare(&terminal(&tested(&report, false), false)));
    let json: serde_json::Value = serde_json::from_str(&test_json(&report)).expect("it is JSON");
    assert_eq!(json["failed"], n_failed);
    let alone = TestReport { rulebooks: Vec::new(), ..report };
    let quiet = terminal(&tested(&alone, true), true);
    assert_eq!(quiet.is_empty(), n_failed == 0, "quiet is what is wrong, and no more");
}

/// Any text as an instant, a number and a duration, in the usual forms and in a form that is itself any text (up to the first
/// line end): what is read prints as something that reads the same.
pub fn timestamp(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (form, cell) = text.split_once('\n').unwrap_or(("", text));
    let cell = cell.trim();
    let zone = Zone::named("Europe/Istanbul").expect("the zone is known");
    let iso = DateReader::iso(zone.clone());
    let known = ["epoch_s", "epoch_ms", "excel_days", "%d.%m.%Y %H:%M", "%b %e, %y %I:%M:%S.%f %p %z", form];
    let readers = known.iter().filter_map(|form| DateReader::with_formats(&[form], zone.clone(), Some("tr")).ok());
    for instant in readers.chain([iso.clone()]).filter_map(|reader| reader.read(cell)) {
        assert_eq!(iso.read(&instant.to_string()), Some(instant), "an instant reads as it is printed");
        for calendar in [Calendar::Day, Calendar::Week, Calendar::Month] {
            let at = bucket(instant, &zone, calendar);
            assert!(calendar.span(at, &zone).contains(instant), "an instant lies in its {}", calendar.label(at));
        }
    }
    if let Ok(span) = parse_date_literal(cell, &zone) {
        assert!(span.contains(span.last()));
    }
    for number in [Decimal::Point, Decimal::Comma].into_iter().filter_map(|mark| Number::parse_cell(cell, mark)) {
        assert_eq!(Number::parse_literal(&number.to_string()).ok(), Some(number), "a number reads as it is printed");
    }
    if let Ok(ms) = parse_duration_ms(cell) {
        assert!(ms >= 0, "a duration does not run backwards");
    }
}

/// Any bytes as the files of a run (leads, accounts, events, with 0x01 between them): everything adds up, and the results are
/// the same for any number of threads and size of block.
pub fn score(data: &[u8]) {
    let rulebook = &RULEBOOK.0;
    let folder = folder();
    let mut parts = data.splitn(3, |byte| *byte == 1);
    let mut write = |name: &str, header: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        let part = parts.next().unwrap_or_default();
        // Most bytes should get past the header; those that begin with 0x02 bring their own.
        let content = part.strip_prefix(&[2]).map_or_else(|| [header, part].concat(), <[u8]>::to_vec);
        std::fs::write(&path, content).expect("a file can be written");
        path
    };
    let inputs = Inputs {
        leads: vec![write("leads.csv", b"id,acc,email,c,r,n,b,won,set\n")],
        tables: vec![vec![write("accounts.csv", b"acc,size\n")]],
        sources: vec![vec![write("web.csv", b"lead,email,type,time,eid,x,url,k\n")]],
    };
    let one = scored(rulebook, &inputs, 1, 1 << 20).map_err(|error| error.to_string());
    let other = scored(rulebook, &inputs, 2, 48).map_err(|error| error.to_string());
    assert_eq!(one, other);
}

fn scored(rulebook: &Rulebook, inputs: &Inputs, threads: usize, block_bytes: usize) -> Result<[String; 5], RunError> {
    let options = Options {
        threads,
        delimiter: None,
        encoding: None,
        max_rejects: MaxRejects::Rows(u64::MAX),
        keep: Vec::new(),
        block_bytes,
        batch_rows: 1024,
        previous: None,
        sums: Some(SumBy::Blake3),
    };
    let plan = Plan::new(rulebook, Instant::from_ms(1_780_000_000_000));
    let mut loaded = load(plan, inputs, &options, Watched::Nobody, &Unwatched)?;
    let lens = Lens::new(&loaded.plan, loaded.counts.leads.n_rows);
    let mut seen = Observed::new(&lens);
    let mut totals = Totals::default();
    let mut csv = ScoredCsv::header(&scored_header(rulebook, false, &[]));
    let form = ScoredForm::new(rulebook, false);
    let each = |(rows, totals, seen): &mut (ScoredCsv, Totals, Option<Observed>), lead: &ScoredLead<'_, '_>| {
        rows.lead(&form, lead);
        totals.add_card(rulebook, lead.card);
        seen.get_or_insert_with(|| Observed::new(&lens)).add_lead(&lens, lead);
    };
    loaded.score(&options, &Unwatched, each, |(rows, part, more)| {
        csv.extend(rows.into_bytes());
        totals.add(&part);
        if let Some(more) = more {
            seen.add(&more);
        }
    })?;
    assert_eq!(loaded.counts.imbalance(), None, "rows and events are all accounted for");
    let report = measure(&lens, &seen, &loaded.counts);
    let ended = Ended {
        rulebook,
        as_of: "now",
        totals: &totals,
        counts: &loaded.counts,
        report: &report,
        n_formulas: 1,
        moves: None,
    };
    let text = terminal(&summary(&ended), false);
    let document = leadscore::present::report(&report);
    let csv = String::from_utf8_lossy(&csv).into_owned();
    Ok([csv, text, report_json(&report), leadscore::present::markdown(&document), leadscore::present::html(&document)])
}
