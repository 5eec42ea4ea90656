//! `describe`: the rulebook in plain words, in each of its forms.

use crate::world::rules;
use leadscore::present::describe;
use leadscore::present::html;
use leadscore::present::markdown;
use leadscore::present::terminal;
use leadscore::{Case, read_tests};
use leadscore::{Criterion, Rulebook};
use std::path::Path;

/// The shipped rulebooks by name.
fn shipped() -> Vec<(String, Rulebook)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let names = std::fs::read_dir(&folder).expect("rules/ is there");
    let names = names.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned());
    let is_rulebook = |name: &String| name.strip_suffix(".yaml").is_some_and(|stem| !stem.contains('.'));
    let mut names: Vec<String> = names.filter(is_rulebook).collect();
    names.sort();
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).map_err(|error| error.to_string());
    let parse = |name: String| {
        let text = read(&name).expect("it is text");
        let rulebook = Rulebook::parse(&text, &read).expect("a good rulebook");
        (name, rulebook)
    };
    names.into_iter().map(parse).collect()
}

/// A text without what Markdown or HTML make of it.
fn bare(text: &str) -> String {
    text.replace("&#39;", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace('\\', "")
}

#[test]
fn a_shipped_rulebook_in_markdown() {
    let (_, rulebook) = shipped().remove(1);
    insta::assert_snapshot!(markdown(&describe(&rulebook, None)));
}

#[test]
fn a_lead_of_the_tests_is_worked_out_as_an_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for (name, rulebook) in shipped() {
        let tests = std::fs::read_to_string(folder.join(&name).with_extension("test.yaml")).expect("it has tests");
        let tests = read_tests(&tests, &rulebook).expect("good tests").file;
        let text = terminal(&describe(&rulebook, Some(&tests)), false);
        let example = text.split("\nAn example\n").nth(1).unwrap_or_default();
        let example = example.split("\nAgreed\n").next().unwrap_or_default();
        let is_named = |case: &Case| example.split_whitespace().collect::<Vec<_>>().join(" ").contains(&case.name);
        assert!(tests.cases.iter().any(is_named), "{name}\n{example}");
        assert!(example.contains("= total") && example.contains("and the stage is"), "{name}\n{example}");
    }
    let (_, rulebook) = shipped().remove(1);
    let tests = std::fs::read_to_string(folder.join("content-points.test.yaml")).expect("it has tests");
    let tests = read_tests(&tests, &rulebook).expect("good tests").file;
    let text = markdown(&describe(&rulebook, Some(&tests)));
    let example = text.split("## An example").nth(1).unwrap_or_default();
    insta::assert_snapshot!(example.split("\n## ").next().unwrap_or_default());
    let without = terminal(&describe(&rulebook, None), false);
    assert!(!without.contains("An example"), "{without}");
}

#[test]
fn every_form_names_every_criterion_stage_and_disqualifier() {
    for (name, rulebook) in shipped() {
        let document = describe(&rulebook, None);
        // Text is broken into lines where it likes.
        let text = terminal(&document, false).split_whitespace().collect::<Vec<_>>().join(" ");
        for form in [markdown(&document), html(&document), text] {
            let form = bare(&form);
            let criteria = rulebook.criteria.iter().filter(|criterion| criterion.enabled).map(Criterion::title);
            let stages = rulebook.stages.iter().map(|stage| stage.name.as_str());
            let reasons = rulebook.disqualifiers.iter().map(|disqualifier| disqualifier.reason.as_str());
            let actions = rulebook.priorities.iter().filter_map(|priority| priority.action.as_deref());
            let notes = rulebook.criteria.iter().filter_map(|criterion| criterion.note.as_deref());
            for said in criteria.chain(stages).chain(reasons).chain(actions).chain(notes) {
                let said = said.replace('`', "");
                assert!(form.replace('`', "").contains(&said), "{name} does not say {said:?}\n{form}");
            }
            assert!(form.contains(&rulebook.fingerprint.to_string()), "{name}");
        }
    }
}

/// What is said of a criterion: the cells of its row.
fn row(parts: &str) -> String {
    let text = markdown(&describe(&rules(parts).parsed(), None));
    let row = text.lines().find(|line| line.starts_with("| **")).expect("a criterion");
    row.trim_matches(['|', ' ']).to_owned()
}

fn criterion(criterion: &str) -> String {
    row(&format!(
        "leads: {{ id: id, fields: {{ size: {{ column: Employees, type: number }}, mail: {{ column: E-mail, type: email }}, born: {{ column: Created, type: date }} }} }}
events: {{ web: {{ lead: lead, type: type, time: time, fields: {{ url: {{ column: Page, type: url }} }} }} }}
dimensions: {{ fit: {{ criteria: [{criterion}] }} }}"
    ))
}

#[test]
fn fading_is_worked_out_in_numbers() {
    let half =
        criterion("{ id: paper, event: white_paper, points: 20, within: 100d, decay: { half_life: 45d }, cap: 50 }");
    assert_eq!(
        half,
        "**paper** | +20 each | +20 each, half of it left after 45 days: white paper events in the last 100 days<br>\
         never more than 50 in all<br>\
         One gives 20 when it is new, 10 after 45 days, 5 after 90 days, nothing from 100 days on."
    );
    let linear = criterion("{ id: paper, event: x, points: -20, decay: { linear: 30d } }");
    assert!(linear.ends_with("One gives -20 when it is new, -10 after 15 days, 0 after 30 days."), "{linear}");
    let step =
        criterion("{ id: paper, event: x, points: 10, count: once, decay: { step: { percent: 12.5, every: 7d } } }");
    assert!(
        step.starts_with("**paper** | +10 | +10 once, for the newest, 12.5 % less every 7 days: x events"),
        "{step}"
    );
    assert!(step.ends_with("One gives 10 when it is new, 8.75 after 7 days, 7.5 after 14 days."), "{step}");
}

#[test]
fn conditions_read_like_sentences() {
    let cases = [
        ("{ id: a, when: { event: visit, gte: 3 }, points: 5 }", "+5 if at least 3 visit events"),
        ("{ id: a, when: { event: visit }, points: 5 }", "+5 if there are visit events"),
        ("{ id: a, when: { event: visit, lt: 1 }, points: 5 }", "+5 if there are no visit events"),
        (
            "{ id: a, when: { event: visit, measure: days, gte: 3 }, points: 5 }",
            "+5 if at least 3 days with visit events",
        ),
        (
            "{ id: a, when: { event: any, measure: idle_days, from: born, gte: 60 }, points: -5, otherwise: 1 }",
            "-5 if at least 60 days since the last event of any type (without any, since “Created”)<br>+1 otherwise<br>0 if it is not known",
        ),
        ("{ id: a, when: { field: size, gte: 50 }, points: 5 }", "+5 if “Employees” is at least 50"),
        (
            "{ id: a, when: { present: [size] }, points: 5, otherwise: -1 }",
            "+5 if “Employees” is filled in<br>-1 otherwise",
        ),
        (
            "{ id: a, when: { field: mail.domain, is: x.example }, points: 5 }",
            "+5 if the domain in “E-mail” is x.example",
        ),
        (
            "{ id: a, field: size, tiers: [{ gte: 50, points: 5 }, { lt: 5, points: -5 }] }",
            "by “Employees”; the first one that is true counts<br>+5 if it is at least 50<br>-5 if it is below 5",
        ),
        (
            "{ id: a, only_if: { field: size, lt: 9 }, event: visit, where: { field: url.path, starts_with: /jobs }, points: -5 }",
            "-5 each: visit events where the path in “Page” starts with /jobs<br>only applies if “Employees” is below 9",
        ),
    ];
    for (given, said) in cases {
        let row = criterion(given);
        let how = row.rsplit(" | ").next().unwrap_or_default();
        assert_eq!(how, said, "{given}");
    }
}

#[test]
fn it_says_whom_no_reason_keeps_out() {
    let cases = [
        ("entered: won", " Leads that reached Won are never disqualified."),
        ("when: { present: [won] }", " Leads that reached Won are never disqualified."),
        ("when: { score: fit, gte: 9 }", ""),
        (
            "when: { score: fit, gte: 9 }, entered: won",
            " Leads that entered Won in the CRM are never disqualified; those that are there by points alone can be.",
        ),
    ];
    for (last, expected) in cases {
        let parts = format!(
            "leads: {{ id: id, fields: {{ won: {{ type: date }} }} }}
dimensions: {{ fit: {{ criteria: [{{ id: a, when: {{ present: [won] }}, points: 1 }}] }} }}
disqualify: [{{ reason: rival, when: {{ absent: [won] }} }}]
stages: [{{ name: Lead }}, {{ name: Won, {last} }}]"
        );
        let text = markdown(&describe(&rules(&parts).parsed(), None));
        let (_, told) = text.split_once("that applies is recorded.").expect("which leads are left out");
        assert_eq!(told.lines().next(), Some(expected), "{last}");
    }
}

#[test]
fn a_name_from_the_rulebook_is_only_a_name() {
    let rulebook = rules("name: \"<b>|*x*\"\ndimensions: { fit: { criteria: [{ id: a, label: \"<i>&|\", event: \"<u>\", points: 1 }] } }").parsed();
    let document = describe(&rulebook, None);
    let html = html(&document);
    assert!(["<b>|", "<i>&", "<u>"].iter().all(|tag| !html.contains(tag)), "{html}");
    assert!(html.contains("&lt;i&gt;&amp;|") && !html.contains("<script"));
    let markdown = markdown(&document);
    assert!(
        markdown.starts_with("# Lead scoring: &lt;b&gt;\\|\\*x\\*\n") && markdown.contains("**&lt;i&gt;&amp;\\|**"),
        "{markdown}"
    );
    assert!(!terminal(&document, false).contains('\u{1b}'));
}

#[test]
fn the_program_prints_each_form_and_refuses_others() {
    let world = rules("name: Mine");
    let folder = |more: &[&str]| {
        let args: Vec<&str> = ["describe", "rulebook.yaml"].iter().chain(more).copied().collect();
        world.command(&args)
    };
    assert!(folder(&[]).stdout.starts_with("# Lead scoring: Mine\n\n- Owner: not named\n"), "in a pipe it is Markdown");
    assert!(folder(&["--format", "html"]).stdout.starts_with("<!DOCTYPE html>"));
    assert!(folder(&["--format", "text"]).stdout.starts_with("Lead scoring: Mine\n"));
    assert_eq!(folder(&["--format", "pdf"]).code, Some(2));
    assert_eq!(world.command(&["describe", "none.yaml"]).code, Some(3));
    let faulty = world.file("faulty.yaml", b"rulebook: 1\n").command(&["describe", "faulty.yaml"]);
    assert_eq!((faulty.code, faulty.stdout.as_str()), (Some(3), ""));
}
