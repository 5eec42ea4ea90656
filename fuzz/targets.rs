//! What is tried with random bytes, one function a target: whatever they are, nothing panics, and what must hold does.
//!
//! `cargo +nightly fuzz run TARGET` feeds them; `tests/it/fuzz.rs` replays `corpus/` through the same functions.

use leadscore::Purpose;
use leadscore::Rulebook;
use leadscore::present::Ended;
use leadscore::present::summary;
use leadscore::present::terminal;
use leadscore::present::tested;
use leadscore::{
    Calendar, DateReader, Decimal, Instant, Number, SkipLast, Zone, bucket, parse_date_literal, parse_duration_ms,
};
use leadscore::{
    CaseResult, Mutant, Mutation, ReadTests, RulebookReport, TestReport, TestedFile, coverage, judge, mutants, passes,
    read_tests, rulebook_named, survivors,
};
use leadscore::{CsvFile, InputError, Reading};
use leadscore::{DraftShown, draft_cases, draft_summary, draft_yaml};
use leadscore::{Export, Exports, draft as drafted, likely_roles};
use leadscore::{FileProfile, Looking, inspect, inspect_json, present::inspected};
use leadscore::{Inputs, MaxRejects, Options, RunError, ScoredLead, Unwatched, Watched, load};
use leadscore::{Lens, Observed, measure};
use leadscore::{Plan, Totals};
use leadscore::{ScoredCsv, ScoredForm, report_json, scored_header, test_json, test_junit};
use leadscore::{SourceText, SumBy, render, render_short};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

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

/// Encodings that the CSV target names; none lets it be recognised.
const ENCODINGS: [&str; 20] = [
    "",
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "windows-1254",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1256",
    "iso-8859-2",
    "iso-8859-9",
    "shift_jis",
    "gbk",
    "gb18030",
    "big5",
    "euc-kr",
    "iso-2022-jp",
    "koi8-r",
    "macintosh",
];

/// Any bytes as a CSV file in any encoding: the same records, or the same complaint, for small blocks as for large ones. The
/// first three bytes say how the rest is read.
pub fn csv(data: &[u8]) {
    let [encoding, delimiter, skip, content @ ..] = data else { return };
    let label = ENCODINGS[usize::from(*encoding) % ENCODINGS.len()];
    let reading = Reading {
        encoding: encoding_rs::Encoding::for_label(label.as_bytes()),
        delimiter: [None, None, Some(b','), Some(b';'), Some(b'\t'), Some(b'|')][usize::from(*delimiter) % 6],
        skip_first: [None, Some(0), Some(1), Some(3)][usize::from(skip % 4)],
        takes_likelier: skip / 16 % 2 == 1,
        skip_last: match skip / 4 % 4 {
            3 => SkipLast::Auto,
            n => SkipLast::Lines(usize::from(n)),
        },
        block_bytes: 16,
        sum: Some(SumBy::Blake3),
    };
    let folder = folder();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, content).expect("a file can be written");
    let small = records(&path, &reading);
    let large = records(&path, &Reading { block_bytes: 1 << 20, ..reading });
    assert_eq!(small.map_err(|error| error.to_string()), large.map_err(|error| error.to_string()));
}

/// Any bytes behind a header, read as UTF-8 with commas: the records of the `csv` crate, or a complaint about the quote that it
/// leaves open at the end.
pub fn csv_crate(data: &[u8]) {
    let folder = folder();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, [b"h,i\n", data].concat()).expect("a file can be written");
    let reading = Reading {
        encoding: Some(encoding_rs::UTF_8),
        delimiter: Some(b','),
        skip_first: Some(0),
        skip_last: SkipLast::Lines(0),
        block_bytes: 16,
        ..Reading::default()
    };
    let read = CsvFile::open(&path, &reading).and_then(|file| {
        let mut all = Vec::new();
        let work = |block: &mut leadscore::CsvBlock<'_>| {
            let mut rows = Vec::new();
            while let Some(record) = block.next_record() {
                if !record.raw().is_empty() {
                    let cells: Vec<_> = (0..record.len()).map(|at| record.untrimmed(at).into_owned()).collect();
                    rows.push((record.is_damaged(), cells));
                }
            }
            rows
        };
        file.read(1, &|_| {}, work, |_, rows| {
            all.extend(rows);
            Ok(())
        })?;
        Ok(all)
    });
    // A line that follows text inside quotes is no record of its own.
    let is_open = reference(&[data, b"\nZ"].concat()).last() != Some(&vec!["Z".to_owned()]);
    match read {
        Ok(rows) => {
            let others = reference(data);
            // Damaged bytes on both sides of a quote make a letter once it is taken away; such a row is refused in any case.
            let is_same = |((damaged, cells), other): (&(bool, Vec<String>), &Vec<String>)| {
                if *damaged { cells.len() == other.len() } else { cells == other }
            };
            let are_same = rows.len() == others.len() && rows.iter().zip(&others).all(is_same);
            assert!(!is_open && are_same, "the csv crate reads other records");
        }
        Err(InputError::OpenQuote { .. }) => assert!(is_open, "the csv crate sees every quote closed"),
        // Bytes of zero in its first part make a file no text at all.
        Err(InputError::Foreign { .. }) => assert!(data.contains(&0), "text is taken for something else"),
        Err(other) => panic!("{other}"),
    }
}

/// The records of the `csv` crate behind a header, without which it would take a byte order mark off them.
fn reference(data: &[u8]) -> Vec<Vec<String>> {
    let text = [b"h,i\n", data].concat();
    let reader = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(text.as_slice());
    let cells =
        |record: csv::ByteRecord| record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    reader.into_byte_records().map(|record| cells(record.expect("reading from memory does not fail"))).collect()
}

/// A record: its line, the text, the cells, whether it is damaged.
type Row = (u64, String, Vec<String>, bool);

fn records(path: &Path, reading: &Reading) -> Result<(Vec<String>, Vec<Row>), InputError> {
    let file = CsvFile::open(path, reading)?;
    let header = file.header().to_vec();
    let mut all = Vec::new();
    file.read(
        1,
        &|_| {},
        |block| {
            let mut rows = Vec::new();
            while let Some(record) = block.next_record() {
                let cells = (0..record.len()).map(|at| record.cell(at).into_owned()).collect();
                rows.push((record.line(), record.raw().to_owned(), cells, record.is_damaged()));
            }
            rows
        },
        |place, rows: Vec<Row>| {
            all.extend(
                rows.into_iter().map(|(line, raw, cells, damaged)| (place.first_line + line, raw, cells, damaged)),
            );
            Ok(())
        },
    )?;
    Ok((header, all))
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

/// Any bytes as exports that nobody has described (leads, a table, events, with 0x01 between them): they are looked into with the
/// same result for any number of threads and size of block, and what is drafted from them is a rulebook.
pub fn draft(data: &[u8]) {
    let folder = folder();
    let mut parts = data.splitn(3, |byte| *byte == 1);
    let mut export = |name: &str, purpose| {
        let path = folder.path().join(name);
        std::fs::write(&path, parts.next()?).expect("a file can be written");
        let profile = looked_into(&path)?;
        let is_usable = profile.columns.iter().any(|column| !column.is_unusable);
        is_usable.then(|| Export::new(name.to_owned(), format!("{name}.csv"), profile, purpose, &[]))
    };
    let Some(leads) = export("leads", Purpose::Leads) else { return };
    let tables = export("accounts", Purpose::Table).into_iter().collect();
    let events = export("web", Purpose::Events).into_iter().collect();
    let draft = drafted("Mine", &Exports { leads, tables, events, own_domains: vec!["firm.example".to_owned()] });
    let shown = DraftShown { command: "a".to_owned(), next: Some("b".to_owned()), tests: "c".to_owned() };
    let text = draft_yaml(&draft, &shown);
    let rulebook = match Rulebook::parse(&text, &|_| Err(String::new())) {
        Ok(rulebook) => rulebook,
        Err(found) => panic!("{}", render(&SourceText { path: "r.yaml", text: &text }, &found, false)),
    };
    let cases = draft_cases(&draft, &rulebook, "r.yaml", "2026-06-01", "c");
    assert!(rulebook_named(&cases).is_ok(), "the tests of a draft are YAML");
    assert!(!draft_summary(&draft, &[], &shown).is_empty());
}

/// Any bytes as one export: it is looked into with the same result for any number of threads and size of block, shown, and read
/// as `score` reads it, with the same header and as many rows.
pub fn inspect_file(data: &[u8]) {
    let folder = folder();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, data).expect("a file can be written");
    let Some(profile) = looked_into(&path) else { return };
    let roles = likely_roles(&profile);
    assert!(!inspect_json(&[(&profile, &roles)]).is_empty());
    assert!(!leadscore::present::terminal(&inspected(&[(&profile, &roles)]), false).is_empty());
    let reading = Reading { takes_likelier: true, skip_last: SkipLast::Auto, ..Reading::default() };
    let (header, rows) = records(&path, &reading).expect("what was looked into can be read");
    let names: Vec<String> = profile.columns.iter().map(|column| column.name.clone()).collect();
    assert_eq!(header, names);
    assert_eq!(rows.len() as u64, profile.n_rows());
}

/// What a file looks like, if it is one.
fn looked_into(path: &Path) -> Option<FileProfile> {
    let one = Looking {
        encoding: None,
        delimiter: None,
        skip_first: None,
        skip_last: None,
        threads: 1,
        block_bytes: 1 << 20,
    };
    let other = Looking { threads: 2, block_bytes: 48, ..one };
    let one = inspect(path, &one).map_err(|error| error.to_string());
    let other = inspect(path, &other).map_err(|error| error.to_string());
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    let profile = one.ok()?;
    assert_eq!(likely_roles(&profile).len(), profile.columns.len());
    Some(profile)
}

/// A folder of this run, in memory where the system has such a place.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a folder can be made")
}
