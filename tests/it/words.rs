//! Texts for users are plain English: none of them has a phrase that nobody would say. The list is data; add to it what
//! readers stumble over.

use crate::samples;
use leadscore::{ManualPage as Page, lint_pages, test_pages};
use regex::Regex;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Phrases that no text for users may have, one per line, as a regular expression between word boundaries. Beside each, what to
/// write instead.
const PHRASES: &str = include_str!("words/phrases.txt");

/// The phrases, each with its advice.
struct Phrases(Vec<(Regex, String)>);

impl Phrases {
    fn read() -> Self {
        let lines = PHRASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let read = lines.map(|line| {
            let (phrase, advice) = line.split_once(" => ").unwrap_or_else(|| panic!("{line} gives no advice"));
            let words = phrase.replace(' ', r"\s+");
            let regex = Regex::new(&format!(r"(?i)\b(?:{words})\b")).unwrap_or_else(|error| panic!("{line}: {error}"));
            (regex, advice.to_owned())
        });
        Self(read.collect())
    }

    /// The phrases in a text, with the words around them.
    fn found(&self, place: &str, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (phrase, advice) in &self.0 {
            for hit in phrase.find_iter(text) {
                let from = text.floor_char_boundary(hit.start().saturating_sub(60));
                let to = text.ceil_char_boundary((hit.end() + 60).min(text.len()));
                found.push(format!(
                    "{place}: `{}` (write: {advice})\n    {}",
                    hit.as_str(),
                    text[from..to].replace('\n', " ")
                ));
            }
        }
        found
    }
}

/// Fails with all phrases that are in the texts, each given with its place.
fn assert_plain(texts: impl IntoIterator<Item = (String, String)>) {
    let phrases = Phrases::read();
    let mut n_texts = 0;
    let mut found = Vec::new();
    for (place, text) in texts {
        assert!(!text.trim().is_empty(), "{place} has no text");
        n_texts += 1;
        found.extend(phrases.found(&place, &text));
    }
    assert!(n_texts > 0, "there are texts to look into");
    assert!(found.is_empty(), "{} phrases that nobody would say:\n{}", found.len(), found.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder whose names have one of these endings.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                walk(&path, endings, found);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    found.sort();
    let text = |path: &PathBuf| fs::read_to_string(path).expect("it is text");
    found.iter().map(|path| (path.display().to_string(), text(path))).collect()
}

/// What a command prints, on either stream.
fn printed(folder: &TempDir, args: &[&str]) -> (String, String) {
    let output = samples::run(folder, args);
    let text = [output.stdout, output.stderr].concat();
    (args.join(" "), String::from_utf8(text).expect("it is UTF-8"))
}

#[test]
fn a_phrase_is_found_in_any_case_and_over_a_line_end() {
    let phrases = Phrases::read();
    assert_eq!(phrases.found("x", "Beside these, THEREOF").len(), 1);
    assert_eq!(phrases.found("x", "this is\n no number").len(), 1);
    assert_eq!(phrases.found("x", "a retold story").len(), 0);
}

/// The names of the commands, as `--help` lists them.
fn commands(help: &str) -> Vec<String> {
    let listed = help.split("Commands:\n").nth(1).unwrap_or_default().split("\n\n").next().unwrap_or_default();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_help_of_every_command_is_plain() {
    let world = samples::folder();
    let whole = printed(&world, &["--help"]);
    let commands = commands(&whole.1);
    assert!(commands.len() > 10, "{commands:?}");
    let each = commands.iter().flat_map(|command| {
        let long = printed(&world, &[command, "--help"]);
        let short = printed(&world, &[command, "-h"]);
        [long, short]
    });
    assert_plain(std::iter::once(whole.clone()).chain(each.collect::<Vec<_>>()));
}

#[test]
fn the_manual_of_every_rule_is_plain() {
    let world = samples::folder();
    let list = printed(&world, &["rule"]);
    let pages: Vec<Page> = lint_pages().chain(test_pages()).collect();
    assert!(pages.len() > 40, "{} pages", pages.len());
    let pages = pages.iter().map(|page| (page.code.to_owned(), page.text.clone()));
    assert_plain(std::iter::once(list).chain(pages));
}

#[test]
fn findings_are_plain() {
    let texts = files("tests/it/snapshots", &[".snap"]).into_iter().filter(|(path, _)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        ["lints", "diagnostics", "hints", "check"].iter().any(|of| name.starts_with(&format!("it__{of}__")))
    });
    assert_plain(texts.collect::<Vec<_>>());
}

#[test]
fn reports_are_plain() {
    let world = samples::folder();
    let rulebooks = ["b2b-saas", "content-points", "marketo-style", "product-led", "profile-channel-action"];
    let mut texts = Vec::new();
    for name in rulebooks {
        let rulebook = format!("rules/{name}.yaml");
        texts.push(printed(&world, &["score", &rulebook, "--as-of", "2026-06-01", "--out", name, "--color", "never"]));
        for file in ["report.md", "report.html"] {
            let text = fs::read_to_string(world.path().join(name).join(file)).expect("the run wrote it");
            texts.push((format!("{name}/{file}"), text));
        }
        for format in ["text", "markdown", "html"] {
            texts.push(printed(&world, &["describe", &rulebook, "--format", format]));
        }
        for id in ["103528", "102811", "100260"] {
            texts.push(printed(&world, &["explain", &rulebook, id, "--as-of", "2026-06-01", "--all"]));
        }
        texts.push(printed(&world, &["explain", &rulebook, "no-such-id", "--as-of", "2026-06-01"]));
    }
    let [old, new] = ["rules/b2b-saas.yaml", "rules/changed.yaml"];
    let text = fs::read_to_string(world.path().join(old)).expect("it is shipped").replace("gte: 100", "gte: 80");
    fs::write(world.path().join(new), text).expect("it can be written");
    for format in ["text", "markdown", "html"] {
        let args = ["diff", old, new, "--as-of", "2026-06-01", "--format", format];
        texts.push(printed(&world, &args));
    }
    texts.push(printed(&world, &["test", "rules", "--coverage"]));
    assert_plain(texts);
}

#[test]
fn drafts_are_plain() {
    let world = samples::folder();
    let exports = ["web-activity", "email-activity", "webinar-attendees", "social-activity", "product-usage"];
    let mut args: Vec<String> = ["init", "--leads", "sample-data/contacts.csv", "--table", "sample-data/accounts.csv"]
        .map(str::to_owned)
        .to_vec();
    for export in exports {
        args.extend(["--events".to_owned(), format!("sample-data/{export}.csv")]);
    }
    args.extend(["--no-input", "--out", "mine.yaml"].map(str::to_owned));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut texts = vec![printed(&world, &args)];
    for file in ["mine.yaml", "mine.test.yaml"] {
        let text = fs::read_to_string(world.path().join(file)).expect("`init` wrote it");
        texts.push((file.to_owned(), text));
    }
    texts.push(printed(&world, &["inspect", "sample-data/contacts.csv", "sample-data/webinar-attendees.csv"]));
    assert_plain(texts);
}

#[test]
fn shipped_rulebooks_and_the_book_are_plain() {
    let mut texts = files("rules", &[".yaml", ".json"]);
    texts.extend(files("docs/src", &[".md"]));
    texts.push(("README.md".to_owned(), fs::read_to_string(root().join("README.md")).expect("it is shipped")));
    assert_plain(texts);
}
