//! Every lint, on a rulebook that it is about and on one that it lets pass.
//!
//! A lint is tested by two files in `lints/`: `LS201.bad.yaml`, on which it fires, and `LS201.good.yaml`, the same rulebook
//! mended, on which it stays silent. Further pairs may be `LS201.bad-table.yaml` and `LS201.good-table.yaml`. The files need
//! only the parts that matter: `rules()` of `world.rs` adds the plainest `rulebook`, `leads`, `dimensions` and `stages` where
//! they are missing. Nothing else is to be registered: the tests below find the files, and miss those of a lint without any.
//! What a lint says of its bad files is kept as a snapshot in three forms: text, GitHub, SARIF.
//!
//! A lint that holds the rulebook against files has them beside its examples: `LS602.leads.csv`, `LS602.web.csv`.
//!
//! Findings of other lints are left out here, so that a rulebook can be as small as its point.

use crate::world::{TODAY, World, rules};
use leadscore::Diagnostic;
use leadscore::{CheckReport, Checked, findings_github, findings_sarif, findings_text};
use leadscore::{CheckSubject, check, lint_pages as pages, lints};
use leadscore::{InstantSpan, parse_date_literal};
use leadscore::{MANUAL_SECTIONS as SECTIONS, ManualPage};
use std::collections::BTreeMap;
use std::path::Path;

/// A rulebook of `lints/`.
struct Example {
    file: String,
    text: String,
}

impl Example {
    fn is_bad(&self) -> bool {
        self.file.contains(".bad")
    }
}

/// The rulebooks of `lints/` by code, in order of their names.
fn examples() -> BTreeMap<String, Vec<Example>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/lints");
    let mut found: BTreeMap<String, Vec<Example>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        let file = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        if let Some((code, "bad" | "good")) =
            file.split_once('.').map(|(code, rest)| (code, &rest[..rest.find(['.', '-']).unwrap_or(0)]))
        {
            let text = std::fs::read_to_string(&path).expect("it is text");
            found.entry(code.to_owned()).or_default().push(Example { file, text });
        }
    }
    for examples in found.values_mut() {
        examples.sort_by(|a, b| a.file.cmp(&b.file));
    }
    found
}

/// Everything that is found in a rulebook, which must be free of errors of shape.
pub(crate) fn findings(world: &World) -> Vec<Diagnostic> {
    let rulebook = world.parsed();
    let now = parse_date_literal(TODAY, &rulebook.zone).map(InstantSpan::last).expect("the day is a date");
    let observed = world.observed(&rulebook);
    check(&CheckSubject::new(&rulebook, &world.rulebook, now, observed.as_ref()))
}

/// The world with the files that examples of a code are held against, if there are some: `LS602.leads.csv` is the leads',
/// `LS602.web.csv` the source `web`'s.
fn with_files(code: &str, mut world: World) -> World {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/lints");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        let file = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        if let Some(name) = file.strip_prefix(&format!("{code}.")).and_then(|rest| rest.strip_suffix(".csv")) {
            files.push((name.to_owned(), std::fs::read(&path).expect("it can be read")));
        }
    }
    files.sort();
    for (name, csv) in files {
        world = if name == "leads" { world.leads(csv) } else { world.events(&name, csv) };
    }
    world
}

/// What a lint finds in an example.
fn checked(code: &str, example: &Example) -> Checked {
    let world = with_files(code, rules(&example.text));
    let mut found = findings(&world);
    found.retain(|found| found.code == code);
    Checked { path: example.file.clone(), text: world.rulebook, found }
}

#[test]
fn the_shipped_rulebooks_are_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let ended = std::process::Command::new(env!("CARGO_BIN_EXE_leadscore"))
        .args(["check", "--fail-on", "warning", "--format", "short", "--as-of", TODAY])
        .arg(folder)
        .env_clear()
        .output()
        .expect("the program starts");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stdout));
}

#[test]
fn the_shipped_rulebooks_are_clean_against_the_sample_data() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let rules = ["b2b-saas", "content-points", "marketo-style", "product-led", "profile-channel-action"];
    let ended = std::process::Command::new(env!("CARGO_BIN_EXE_leadscore"))
        .args(["check", "--fail-on", "warning", "--format", "short", "--with-files", "--as-of", "2026-06-01"])
        .args(rules.map(|rules| folder.join(rules).with_extension("yaml")))
        .env_clear()
        .output()
        .expect("the program starts");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stdout));
}

/// What the lint says of its bad examples, in the three forms.
fn shown(files: &[Checked], pages: &[ManualPage]) -> String {
    let report = CheckReport { files, pages, fails_at: None, n_left_out: 0 };
    let (text, github) = (findings_text(&report, false), findings_github(&report));
    format!("{text}\n---- GitHub\n{github}\n---- SARIF\n{:#}\n", findings_sarif(&report))
}

#[test]
fn each_lint_fires_on_the_bad_and_not_on_the_good() {
    let examples = examples();
    let pages: Vec<ManualPage> = pages().collect();
    let mut wrong = Vec::new();
    for lint in lints().map(|lint| lint.code).chain(["LS200"]) {
        let own = examples.get(lint).map_or(&[][..], Vec::as_slice);
        let (bad, good): (Vec<_>, Vec<_>) = own.iter().partition(|example| example.is_bad());
        if bad.is_empty() || good.is_empty() {
            wrong.push(format!("{lint} has no bad or no good example in tests/it/lints/"));
        }
        for found in good.into_iter().flat_map(|example| checked(lint, example).found) {
            wrong.push(format!("{lint} fires on a good example: {}", found.message));
        }
        let files: Vec<Checked> = bad.into_iter().map(|example| checked(lint, example)).collect();
        let silent = files.iter().filter(|file| file.found.is_empty());
        wrong.extend(silent.map(|file| format!("nothing is found in {}", file.path)));
        insta::assert_snapshot!(lint, shown(&files, &pages));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_examples_of_lints_alone() {
    let known: Vec<&str> = lints().map(|lint| lint.code).chain(["LS200"]).collect();
    for code in examples().keys() {
        assert!(known.contains(&code.as_str()), "tests/it/lints/{code}.*: there is no such lint");
    }
}

#[test]
fn every_page_says_why_shows_an_example_and_says_what_to_do() {
    let mut pages: Vec<ManualPage> = pages().chain(leadscore::test_pages()).collect();
    pages.sort_by_key(|page| page.code);
    assert!(pages.is_sorted_by(|a, b| a.code < b.code), "codes are unique and in order");
    for ManualPage { code, name, text, .. } in &pages {
        let places: Vec<_> = SECTIONS.iter().map(|section| text.find(section)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{code} has all sections, in order");
        assert!(text.lines().next().is_some_and(|line| line.ends_with('.')), "{code} says in one line what is found");
        assert!(text.contains("```yaml\n"), "{code} shows YAML");
        assert!(!text.contains("\n\n\n") && text.ends_with('\n'), "{code}");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code} {name}");
        assert_eq!(pages.iter().filter(|page| page.name == *name).count(), 1, "{name} is one rule's name");
    }
}
