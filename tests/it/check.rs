//! `leadscore check` and `leadscore rule` from outside: what is read, what is printed where, and the exit code.

use crate::world::{World, rules};
use leadscore::lint_pages as pages;
use std::path::Path;

/// A world with one warning.
fn warned() -> World {
    rules("owner: marketing-ops\nreview_by: 2099-01-01\nleads: { id: id, fields: { phone: Phone } }")
}

/// A rulebook with two errors.
const FAULTY: &str = "rulebook: 1\nleads: { id: id }\nstages: [{ name: Lead }, { name: Hot }]\ndimensons: {}\n";

#[test]
fn findings_go_to_stdout_and_what_they_come_to_to_stderr() {
    let ended =
        warned().file("faulty.yaml", FAULTY).command(&["check", "rulebook.yaml", "faulty.yaml", "--format", "short"]);
    assert_eq!(ended.code, Some(1));
    insta::assert_snapshot!(format!("{}----\n{}", ended.stdout, ended.stderr));
    let quiet = warned().command(&["check", "rulebook.yaml", "-q"]);
    assert!(quiet.stdout.contains("LS201") && quiet.stderr.is_empty(), "{}", quiet.stderr);
}

#[test]
fn the_exit_code_is_what_was_asked_for() {
    let world = warned().file("faulty.yaml", FAULTY).file("latin.yaml", b"name: \xFC\n").file("empty.yaml", "");
    let cases: [(&[&str], i32); 10] = [
        (&["rulebook.yaml"], 0),
        (&["rulebook.yaml", "--fail-on", "warning"], 1),
        (&["faulty.yaml"], 1),
        (&["empty.yaml"], 1),
        (&["faulty.yaml", "--fail-on", "never"], 0),
        (&["none.yaml", "rulebook.yaml"], 4),
        (&["latin.yaml"], 4),
        (&["*.yml"], 4),
        (&["rulebook.yaml", "--fail-on", "note"], 2),
        (&[], 2),
    ];
    for (args, expected) in cases {
        let ended = world.command(&[&["check"], args].concat());
        assert_eq!(ended.code, Some(expected), "{args:?}: {}", ended.stderr);
    }
}

#[test]
fn a_folder_or_a_glob_means_its_rulebooks() {
    let world = warned().file("r/a.yaml", FAULTY).file("r/b.yml", FAULTY).file("r/a.test.yaml", "").file("r/l.txt", "");
    for rules in [&["r"][..], &["r/*"], &["r", "r/a.yaml"]] {
        let ended = world.command(&[&["check"], rules].concat());
        let told = "r/a.yaml: 2 errors\nr/b.yml: 2 errors\n";
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), told), "{rules:?}");
    }
}

#[test]
fn files_that_cannot_be_read_hide_no_finding() {
    let world = warned().file("empty.csv", "").file("leads.csv", "id,Phone\n").file("other.csv", "id,Phon\n1,2\n");
    let cases: [(&str, i32, &str, &str); 4] = [
        ("empty.csv", 4, "LS201", "not even a header"),
        ("none.csv", 4, "LS201", "none.csv"),
        ("leads.csv", 0, "LS201", "the files have no lead"),
        ("other.csv", 1, "LS601", "1 error"),
    ];
    for (file, code, stdout, stderr) in cases {
        let ended = world.command(&["check", "rulebook.yaml", "--leads", file]);
        assert_eq!(ended.code, Some(code), "{file}: {}", ended.stderr);
        assert!(ended.stdout.contains(stdout) && ended.stderr.contains(stderr), "{file}: {}", ended.stderr);
    }
}

#[test]
fn of_too_many_findings_the_weightiest_are_shown() {
    let world = warned().file("faulty.yaml", FAULTY);
    let ended = world.command(&["check", "rulebook.yaml", "faulty.yaml", "--max", "2", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&ended.stdout).expect("it is JSON");
    let n_found = |file: usize| shown["files"][file]["findings"].as_array().map(Vec::len);
    assert_eq!((shown["version"].as_u64(), n_found(0), n_found(1)), (Some(1), Some(0), Some(2)));
    assert!(shown["left_out"].as_u64().is_some_and(|n| n > 0), "{shown}");
    assert!(ended.stderr.contains("more findings are not shown, because of --max"), "{}", ended.stderr);
}

#[test]
fn each_format_says_the_same() {
    let world = warned().file("faulty.yaml", FAULTY);
    for format in ["text", "json", "github", "junit"] {
        let ended =
            world.command(&["check", "rulebook.yaml", "faulty.yaml", "--format", format, "--fail-on", "warning"]);
        insta::assert_snapshot!(format!("format_{format}"), ended.stdout);
    }
}

#[test]
fn a_rule_is_explained_by_code_or_name() {
    let world = rules("");
    let by_code = world.command(&["rule", "ls201"]);
    assert!(
        by_code.stdout.starts_with("LS201 unused-field (warning)\n\nA field that nothing reads.\n"),
        "{}",
        by_code.stdout
    );
    assert_eq!(world.command(&["rule", "unused-field"]).stdout, by_code.stdout);
    let missing = world.command(&["rule", "unused-feild"]);
    let told = "error: no rule is called unused-feild; did you mean unused-field?\n";
    assert_eq!((missing.code, missing.stderr.as_str()), (Some(2), told));
    assert_eq!(world.command(&["rule", "LS999"]).code, Some(2));
}

#[test]
fn every_code_that_the_program_uses_is_listed() {
    let listed = rules("").command(&["rule"]).stdout;
    for page in pages() {
        assert!(listed.contains(&format!("  {}  {}", page.code, page.name)), "{}", page.code);
    }
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("it is text");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                for (at, _) in code.match_indices("\"LS").filter(|(at, _)| code.as_bytes().get(at + 6) == Some(&b'"')) {
                    let used = &code[at + 1..at + 6];
                    assert!(listed.contains(&format!("  {used}  ")), "{used} of {} has no page", path.display());
                }
            }
        }
    }
}

#[test]
fn sarif_says_where_and_which_rule() {
    let world = warned().file("faulty.yaml", FAULTY);
    let ended = world.command(&["check", "rulebook.yaml", "faulty.yaml", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&ended.stdout).expect("it is JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("there are rules");
    let results = run["results"].as_array().expect("there are results");
    assert!(results.len() >= 3 && rules.len() >= 3, "{}", ended.stdout);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a small one")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|text| text.contains("## What to do")), "{rule}");
        assert!(["error", "warning", "note"].iter().any(|level| result["level"] == *level), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.contains(".yaml")), "{place}");
        let at = |key: &str| place["region"][key].as_u64().expect("a number");
        assert!(at("startLine") >= 1 && at("startColumn") >= 1, "{place}");
        assert!((at("endLine"), at("endColumn")) >= (at("startLine"), at("startColumn")), "{place}");
    }
}

/// What is said of unused fields and of the comments that allow them.
fn said(fields: &str) -> Vec<String> {
    let world = rules(&format!("leads:\n  id: id\n  fields:\n{fields}"));
    let found = crate::lints::findings(&world).into_iter().filter(|found| matches!(found.code, "LS200" | "LS201"));
    found.map(|found| format!("{} {}", found.code, found.message)).collect()
}

#[test]
fn a_comment_with_a_reason_allows_a_finding() {
    let silent = [
        "    a: A   # allow LS201: asked for in autumn\n",
        "    a: A   # allow LS201: asked for in autumn\r\n    b: B   # allow LS201: so is this\r\n",
        "    # allow LS201: asked for in autumn\n    a: A\n",
        "    # allow LS201: asked for in autumn,\n    # and for some time after it\n    a: A\n",
        "    a: { column: \"A # allow LS201: x\" }   # allow LS201: asked for in autumn\n",
        "    a: 'it''s # no comment'   #allow LS201:asked for\n",
    ];
    for fields in silent {
        assert_eq!(said(fields), Vec::<String>::new(), "{fields}");
    }
    let unused = "LS201 nothing reads the field `a`";
    let told = [
        (
            "    a: A   # allow LS201\n",
            vec![unused, "LS200 this comment doesn't allow LS201, because it gives no reason"],
        ),
        (
            "    a: A   # allow LS201:  \n",
            vec![unused, "LS200 this comment doesn't allow LS201, because it gives no reason"],
        ),
        ("    a: A   # allow LS202: a reason\n", vec![unused, "LS200 this line has no finding of LS202"]),
        ("    a: A   # allow LS201, LS202: a reason\n", vec!["LS200 this line has no finding of LS202"]),
        ("    # allow LS201: a reason\n\n    a: A\n", vec!["LS200 this line has no finding of LS201", unused]),
        ("    a: \"A   # allow LS201: in quotes\"\n", vec![unused]),
        ("    a: A   # LS201 is allowed: no such form\n", vec![unused]),
        ("    a: A#allow LS201 part of the text\n", vec![unused]),
    ];
    for (fields, expected) in told {
        assert_eq!(said(fields), expected, "{fields}");
    }
}

#[test]
fn errors_of_shape_are_not_allowed_by_comments() {
    let world = rules("").file("faulty.yaml", FAULTY.replace("dimensons: {}", "dimensons: {}   # allow LS002: later"));
    let ended = world.command(&["check", "faulty.yaml", "--format", "short"]);
    assert!(ended.stdout.contains("error[LS002]"), "{}", ended.stdout);
}

#[test]
fn no_number_is_told_that_stands_in_no_rulebook() {
    // Points without an end on one side, on the other, and on both.
    for (up, down) in [(40, -3), (40, 0), (0, -3), (-3, -3)] {
        let text = format!(
            "\
leads: {{ id: id, fields: {{ title: Title }} }}
events: {{ web: {{ lead: lead, type: type, time: time }} }}
dimensions:
  fit: {{ criteria: [{{ id: chief, when: {{ field: title, is: Chief }}, points: 20, otherwise: -10 }}] }}
  deeds: {{ criteria: [{{ id: up, event: up, points: {up}, within: 60d }}, {{ id: down, event: down, points: {down}, within: 60d }}] }}
grade: {{ deeds: {{ A: 30, B: 0 }} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: total, gte: 50 }} }}]"
        );
        let world = rules(&text);
        for args in [&["check", "rulebook.yaml"][..], &["describe", "rulebook.yaml"]] {
            let told = world.command(args).stdout;
            assert!(!told.contains("9223372036854775") && !told.contains("92233720368547758"), "{up} {down}: {told}");
        }
    }
}

#[test]
fn one_cause_is_one_finding_and_an_allowed_criterion_is_no_part_of_it() {
    let text = "\
leads: { id: id }
events: { web: { lead: lead, type: type, time: time } }
dimensions:
  deeds:
    criteria:
      - { id: a, event: Visit, points: 5 }
      - { id: b, event: Demo, points: 5 }  # allow LS505: a demo is asked for once
      - { id: c, event: Trial, points: 5 }
      - { id: d, event: Call, points: 5 }
      - { id: e, event: Fair, points: 5 }
      - { id: f, event: Talk, points: 5 }
  more: { criteria: [{ id: g, event: Quiz, points: 5 }] }";
    let found = crate::lints::findings(&rules(text));
    let told: Vec<&str> =
        found.iter().filter(|found| found.code == "LS505").map(|found| found.message.as_str()).collect();
    assert_eq!(told, ["`a`, `c`, `d` and 2 more criteria count events forever", "`g` counts `Quiz` forever"]);
    assert!(found.iter().all(|found| found.code != "LS200"), "{found:#?}");
}

#[test]
fn a_run_says_in_one_line_that_the_rulebook_has_warnings() {
    let told = |world: World, more: &[&str]| {
        let stderr = world.leads("id,Phone\n1,2\n").score(more).stderr;
        stderr.lines().filter(|line| line.contains("leadscore check")).map(str::to_owned).collect::<Vec<_>>()
    };
    let line = "warning: the rulebook has 2 warnings; to see them, run `leadscore check rulebook.yaml`";
    assert_eq!(told(warned(), &[]), [line]);
    assert!(told(warned(), &["-q"]).is_empty());
    let allowed = warned().rulebook.replace("Phone } }", "Phone } } # allow LS201: for next year");
    let line = "warning: the rulebook has 1 warning; to see it, run `leadscore check rulebook.yaml`";
    assert_eq!(told(rules(&allowed), &[]), [line]);
}
