//! What is wrong with a rulebook, as people read it: the place, what is wrong, and what to do, all of it in one run.
//!
//! `diagnostics/example.yaml` is a rulebook that uses every construct of the language. Each case breaks it in one place; the
//! findings are those of the whole text, so a case also shows that one mistake does not set off others.

mod cases;

use leadscore::Rulebook;
use leadscore::{Diagnostic, Severity};
use leadscore::{SourceText, line_column, render};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("diagnostics/example.yaml");

fn parse(text: &str) -> Result<Rulebook, Vec<Diagnostic>> {
    Rulebook::parse(text, &|path| match path {
        "lists/free-mail.txt" => Ok("# free\ngmail.com\n".to_owned()),
        _ => Err(format!("there is no file {path}")),
    })
}

/// The findings, one line each: place, code, what is wrong, what was expected, what to do.
fn findings(text: &str) -> String {
    let line = |found: &Diagnostic| {
        let (line, column) = line_column(text, found.span.start);
        let mut told = format!("{line}:{column} {} {}", found.code, found.message);
        let more = [("; ", found.label.as_ref()), (" → ", found.help.as_ref())];
        for (sign, text) in more.into_iter().filter_map(|(sign, text)| Some((sign, text?))) {
            told += sign;
            told += text;
        }
        told + "\n"
    };
    parse(text).err().unwrap_or_default().iter().map(line).collect()
}

/// What is found when the first text of the example is replaced by the second, for each case.
fn broken(cases: &[(&str, &str)]) -> String {
    let mut all = String::new();
    for (what, with) in cases {
        assert!(EXAMPLE.contains(what), "the example has no {what}");
        let found = findings(&EXAMPLE.replacen(what, with, 1));
        assert!(!found.is_empty(), "{what:?} → {with:?} passes");
        all += &[format!("{what:?} → {with:?}\n"), found, "\n".to_owned()].concat();
    }
    all
}

#[test]
fn the_example_is_good() {
    assert_eq!(findings(EXAMPLE), "");
}

#[test]
fn each_mistake_is_told_once_and_with_what_to_do() {
    insta::assert_snapshot!("head", broken(&cases::THE_HEAD_OF_A_RULEBOOK));
    insta::assert_snapshot!("leads", broken(&cases::LEADS));
    insta::assert_snapshot!("tables_and_events", broken(&cases::TABLES_AND_EVENTS));
    insta::assert_snapshot!("totals_and_lists", broken(&cases::TOTALS_AND_LISTS));
    insta::assert_snapshot!("criteria", broken(&cases::CRITERIA));
    insta::assert_snapshot!("stages", broken(&cases::GRADES_STAGES_AND_PRIORITIES));
    insta::assert_snapshot!("report", broken(&cases::EXPORT_FUNNEL_AND_VALUE));
}

#[test]
fn everything_wrong_is_told_in_one_run() {
    let text = "\
rulebook: 1
leads:
  id: Id
  fields:
    mail: { column: Mail, type: emial }
    title: Title
    seen: { type: date, format: \"%Q\" }
events:
  web: { lead: Id, type: Event, tiem: At }
dimensions:
  fit:
    criteria:
      - { id: a, when: { field: tilte, is: CEO }, pionts: 5 }
      - { id: a, when: { field: mail, gte: 3 }, points: 1.125 }
      - { id: b, note: no, really, when: { field: mail.domian, is: x }, points: 1 }
      - { id: c, event: visit, points: 1, within: 3m, source: wbe }
stages:
  - { name: Lead }
  - { name: MQL, when: [{ score: fitt, gte: 5 }, { stage: Won }] }
  - { name: Won, entered: title }
";
    insta::assert_snapshot!("everything", findings(text));
}

#[test]
fn the_long_form_underlines() {
    let text = EXAMPLE.replace("points: 15, unknown", "pionts: 15, unknown").replace("A: 75, B: 50", "A: 75, B: 80");
    let found = parse(&text).err().unwrap_or_default();
    insta::assert_snapshot!("long_form", render(&SourceText { path: "rules/b2b.yaml", text: &text }, &found, false));
}

#[test]
fn what_is_no_yaml_is_told_in_words() {
    let cases = [
        ("    max: 150\n", "\tmax: 150\n", "75:1 LS001 there is a tab here, but only spaces are allowed"),
        ("label: Read a white paper", "label: Read: white", "81:42 LS001 this entry has a second `: `"),
        ("[Software, Fintech, Healthcare]", "[Software, Fintech, Healthcare", "59:8 LS001 `[` is not closed"),
        ("total: { min: 0 }", "total: { min:0 }", "62:13 LS001 a space is missing after this colon"),
        ("path: ../exports/contacts-*.csv", "path: *.csv", "12:17 LS013 `*.csv` refers to a value"),
        ("name: B2B SaaS", "name: B2B SaaS\nname: again", "3:1 LS007 `name` is given twice"),
    ];
    for (what, with, expected) in cases {
        assert!(EXAMPLE.contains(what), "the example has no {what}");
        let found = findings(&EXAMPLE.replacen(what, with, 1));
        assert!(found.starts_with(expected) && found.lines().count() == 1, "{with}\n{found}");
    }
    for empty in ["", "# nothing\n", "[]", "text"] {
        assert!(findings(empty).starts_with("1:"), "{empty:?} {}", findings(empty));
    }
}

/// Every rulebook in the repository, and the example.
fn rulebooks() -> Vec<String> {
    let shipped = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")).expect("rules/ is there");
    let paths = shipped.map(|entry| entry.expect("it can be listed").path());
    let mut paths: Vec<_> = paths
        .filter(|path| {
            path.extension().is_some_and(|end| end == "yaml") && !path.to_string_lossy().ends_with(".test.yaml")
        })
        .collect();
    paths.sort();
    let read = |path: std::path::PathBuf| std::fs::read_to_string(path).expect("it is text");
    paths.into_iter().map(read).chain([EXAMPLE.to_owned()]).collect()
}

/// The words, numbers, blanks and signs of a text.
fn tokens(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if is_word(first) { rest.find(|c| !is_word(c)) } else { Some(first.len_utf8()) };
        let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// A text with some of its tokens deleted, doubled, swapped or replaced.
fn mutated(text: &str, changes: &[(prop::sample::Index, u8, prop::sample::Index)]) -> String {
    let source = tokens(text);
    let mut tokens = source.clone();
    for (at, how, other) in changes {
        if tokens.is_empty() {
            break;
        }
        let at = at.index(tokens.len());
        let other = source[other.index(source.len())];
        match how % 4 {
            0 => drop(tokens.remove(at)),
            1 => tokens.insert(at, other),
            2 => tokens[at] = other,
            _ => tokens.insert(at, tokens[at]),
        }
    }
    tokens.concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_rulebook_is_read_or_told_about(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(any::<(prop::sample::Index, u8, prop::sample::Index)>(), 1..6),
    ) {
        let rulebooks = rulebooks();
        let text = mutated(&rulebooks[which.index(rulebooks.len())], &changes);
        let lists = |_: &str| Ok("gmail.com\n".to_owned());
        if let Err(found) = Rulebook::parse(&text, &lists) {
            prop_assert!(found.iter().any(|diagnostic| diagnostic.severity == Severity::Error), "{text}");
            prop_assert!(found.iter().all(|diagnostic| !diagnostic.message.contains("can't be read")), "{found:?}\n{text}");
            for diagnostic in found {
                prop_assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{diagnostic:?}");
            }
        }
    }
}
