//! Sums that fade the longer a lead is silent.

use crate::lints::findings;
use crate::world::{Outcome, World, rules};
use serde_json::Value;

/// The last instant of the day of every test.
const NOW: &str = "2026-06-30T23:59:59.999Z";

/// One dimension `s` with these keys; `a` gives what the cell `a` says, `b` and `c` likewise.
fn world(own: &str, more: &str) -> World {
    let values = "values: { '100': 100, '10': 10, '-10': -10, '0.01': 0.01, '33.33': 33.33, '7': 7 }";
    let criterion = |field: &str| format!("{{ id: {field}, field: {field}, {values} }}");
    let own =
        ["a", "b", "c"].iter().fold(own.to_owned(), |own, field| own.replace(&format!("${field}"), &criterion(field)));
    rules(&format!(
        "not_engagement: [email_sent]
leads: {{ id: id, fields: {{ a: {{}}, b: {{}}, c: {{}}, created: {{ type: date }}, reset: {{ type: date }} }} }}
events: {{ web: {{ lead: lead, type: type, time: time, optional: true }}, mail: {{ lead: lead, type: type, time: time, optional: true }} }}
dimensions: {{ s: {{ {own} }} }}
{more}"
    ))
}

fn rows(events: &[(&str, &str)]) -> String {
    events.iter().map(|(kind, time)| format!("1,{kind},{time}")).collect::<Vec<_>>().join("\n")
}

/// A lead with these cells, then what it did.
fn scored(own: &str, cells: &str, events: &[(&str, &str)]) -> Outcome {
    let rows = rows(events);
    world(own, "")
        .leads(format!("id,a,b,c,created,reset\n1,{cells}\n"))
        .events("web", format!("lead,type,time\n{rows}"))
        .run()
}

fn value(own: &str, cells: &str, events: &[(&str, &str)]) -> String {
    scored(own, cells, events).cell("1", "s").to_owned()
}

const HALF: &str = "fade: { half_life: 10d }";

#[test]
fn the_sum_of_a_dimension_or_group_fades_by_each_kind_of_decay() {
    // Silent for 25 days and the last millisecond of a day.
    let visit = [("visit", "2026-06-05T23:59:59.999Z")];
    for (fade, expected) in [
        ("half_life: 25d", "50"),
        ("linear: 100d", "75"),
        ("step: { percent: 12.5, every: 10d }", "75"),
        ("compound: { percent: 10, every: 5d }", "59.05"),
        ("linear: 25d", "0"),
    ] {
        assert_eq!(value(&format!("fade: {{ {fade} }}, criteria: [$a]"), "100,,,,", &visit), expected, "{fade}");
        let group = format!("groups: {{ g: {{ fade: {{ {fade} }}, criteria: [$a] }} }}, criteria: [$b]");
        let whole = if expected == "59.05" {
            "69.05".to_owned()
        } else {
            (expected.parse::<i64>().expect("whole") + 10).to_string()
        };
        assert_eq!(value(&group, "100,10,,,", &visit), whole, "only the group fades: {fade}");
    }
}

#[test]
fn the_sum_fades_only_where_it_is_above_0() {
    let visit = [("visit", "2026-06-20T23:59:59.999Z")];
    assert_eq!(value(&format!("{HALF}, criteria: [$a, $b]"), "-10,,,,", &visit), "-10");
    assert_eq!(
        value(&format!("{HALF}, criteria: [$a, $b]"), "100,-10,,,", &visit),
        "45",
        "the sum fades, not its parts"
    );
}

#[test]
fn silence_is_since_the_newest_event_that_any_selects() {
    let own = format!("{HALF}, criteria: [$a]");
    let old = ("visit", "2026-06-10T23:59:59.999Z");
    assert_eq!(value(&own, "100,,,,", &[old]), "25");
    assert_eq!(value(&own, "100,,,,", &[old, ("visit", "2026-06-20T23:59:59.999Z")]), "50");
    assert_eq!(value(&own, "100,,,,", &[old, ("", NOW)]), "100", "an event without a type too");
    assert_eq!(value(&own, "100,,,,", &[old, ("email_sent", NOW)]), "25", "not what is our own doing");
    assert_eq!(value(&own, "100,,,,", &[old, ("visit", "2026-07-01")]), "25", "nor what is later");
}

#[test]
fn silence_looks_at_all_sources_whatever_since_says() {
    let own = format!("{HALF}, since: reset, criteria: [$a, {{ id: v, event: visit, source: web, points: 10 }}]");
    let leads = "id,a,b,c,created,reset\n1,100,,,,2026-06-29\n";
    let outcome = world(&own, "")
        .leads(leads)
        .events("web", "lead,type,time\n1,visit,2026-06-10T23:59:59.999Z\n")
        .events("mail", "lead,type,time\n1,open,2026-06-20T23:59:59.999Z\n")
        .run();
    assert_eq!(
        outcome.cell("1", "s"),
        "50",
        "the visit lies before the date and gives nothing, and yet it was no silence"
    );
}

#[test]
fn without_an_event_silence_is_since_from() {
    let own = "fade: { half_life: 10d, from: created }, criteria: [$a]";
    assert_eq!(value(own, "100,,,2026-06-10T23:59:59.999Z,", &[]), "25");
    assert_eq!(value(own, "100,,,2026-06-10T23:59:59.999Z,", &[("email_sent", NOW)]), "25");
    let visit = [("visit", "2026-06-20T23:59:59.999Z")];
    assert_eq!(value(own, "100,,,2026-06-29,", &visit), "50", "an event goes before the date, also an older one");
}

#[test]
fn a_from_after_as_of_counts_as_absent() {
    assert_eq!(value("fade: { half_life: 10d, from: created }, criteria: [$a]", "100,,,2026-07-10,", &[]), "100");
    let visit = [("visit", "2026-06-20T23:59:59.999Z")];
    assert_eq!(value("fade: { half_life: 10d, from: created }, criteria: [$a]", "100,,,2026-07-10,", &visit), "50");
}

#[test]
fn without_an_event_and_without_from_nothing_fades() {
    assert_eq!(value(&format!("{HALF}, criteria: [$a]"), "100,,,2020-01-01,", &[]), "100");
    assert_eq!(value("fade: { half_life: 10d, from: created }, criteria: [$a]", "100,,,,", &[]), "100");
}

#[test]
fn what_is_left_is_rounded_once_half_away_from_zero_to_a_hundredth() {
    let ten_days = [("visit", "2026-06-20T23:59:59.999Z")];
    assert_eq!(value(&format!("{HALF}, criteria: [$a]"), "0.01,,,,", &ten_days), "0.01", "half a hundredth");
    assert_eq!(value(&format!("{HALF}, criteria: [$a]"), "33.33,,,,", &ten_days), "16.67");
    // 33.33 · 0.9³ = 24.29757: rounded step by step it would be 24.3 too, but 7 · 0.35 · 0.35 = 0.8575 would be 0.88.
    let thirty = [("visit", "2026-05-31T23:59:59.999Z")];
    let compound =
        |percent: &str| format!("fade: {{ compound: {{ percent: {percent}, every: 10d }} }}, criteria: [$a]");
    assert_eq!(value(&compound("10"), "33.33,,,,", &thirty), "24.3");
    let twenty = [("visit", "2026-06-10T23:59:59.999Z")];
    assert_eq!(value(&compound("65"), "7,,,,", &twenty), "0.86");
}

#[test]
fn a_half_life_fades_a_sum_as_it_fades_an_event() {
    // 2026-06-20 10:07:31.123: 10 days and some 14 hours, at which half-lives leave no round number.
    let visit = [("visit", "2026-06-20T10:07:31.123Z")];
    for days in [1, 2, 3, 7, 11, 45, 400] {
        let sum = value(&format!("fade: {{ half_life: {days}d }}, criteria: [$a]"), "33.33,,,,", &visit);
        let event = format!("criteria: [{{ id: v, event: visit, points: 33.33, decay: {{ half_life: {days}d }} }}]");
        assert_eq!(sum, value(&event, ",,,,", &visit), "{days} days");
    }
}

#[test]
fn compound_fades_by_exact_powers_however_high() {
    // 1,000,000 · (1 − 10⁻⁸) ^ 26,064,000: every minute of 18,100 days.
    let own = "fade: { compound: { percent: 0.000001, every: 1min } }, criteria: [{ id: x, when: { absent: [c] }, points: 1000000 }]";
    assert_eq!(value(own, ",,,,", &[("visit", "1976-12-09T23:59:59.999Z")]), "770558.27");
}

#[test]
fn it_fades_before_its_own_weight_and_limits_and_after_its_groups() {
    let visit = [("visit", "2026-06-20T23:59:59.999Z")];
    let dimension = |keys: &str| format!("{HALF}, {keys}, criteria: [$a]");
    assert_eq!(value(&dimension("max: 60"), "100,,,,", &visit), "50", "the limit holds for what is left");
    assert_eq!(value(&dimension("min: 70"), "100,,,,", &visit), "70");
    // Before the weight: 0.01 fades to 0.01 (half a hundredth, rounded), times 3.
    assert_eq!(value(&dimension("weight: 3"), "0.01,,,,", &visit), "0.03");
    let group = |keys: &str| format!("{HALF}, groups: {{ g: {{ {keys}, criteria: [$a] }} }}");
    assert_eq!(value(&group("max: 60"), "100,,,,", &visit), "30", "the group's limit comes first");
    assert_eq!(value(&group(&format!("{HALF}, max: 40")), "100,,,,", &visit), "20", "both fade: 100, 50, 40, 20");
}

#[test]
fn the_score_of_a_faded_group_is_what_is_left() {
    let more = "stages: [{ name: Lead }, { name: Warm, when: { score: s.g, gte: 50 } }, { name: Hot, when: { score: s.g, gt: 50 } }]";
    let outcome = world(&format!("weight: 2, groups: {{ g: {{ {HALF}, criteria: [$a] }} }}"), more)
        .leads("id,a,b,c,created,reset\n1,100,,,,\n")
        .events("web", "lead,type,time\n1,visit,2026-06-20T23:59:59.999Z\n")
        .run();
    assert_eq!((outcome.cell("1", "stage"), outcome.cell("1", "s")), ("Warm", "100"));
}

fn explained(own: &str, cells: &str, events: &[(&str, &str)], more: &[&str]) -> String {
    let rows = rows(events);
    let world = world(own, "")
        .leads(format!("id,a,b,c,created,reset\n1,{cells}\n"))
        .events("web", format!("lead,type,time\n{rows}"));
    let fixed =
        ["explain", "rulebook.yaml", "1", "--leads", "leads-1.csv", "--events", "web=events-web-1.csv", "--as-of", NOW];
    let ended = world.command(&[&fixed[..], more].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    ended.stdout
}

#[test]
fn a_fade_is_a_line_of_the_card() {
    let own = "fade: { compound: { percent: 10, every: 10d }, from: created }, weight: 2, max: 150, criteria: [$a]";
    let text = explained(own, "100,,,,", &[("visit", "2026-06-10T23:59:59.999Z")], &[]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = "silent for 20 days, since the event of 2026-06-10 23:59: 10 % of what is left lost every 10 days";
    assert!(text.contains(line), "{text}");
    let amount = &text[text.find("silent for").expect("found")..];
    assert!(amount.contains("-19"), "100 becomes 81: {amount}");
    let text = explained(own, "100,,,2026-06-10T23:59:59.999Z,", &[], &[]);
    assert!(text.contains("silent for 20 days, since 2026-06-10 23:59:"), "{text}");
    assert!(
        !explained(own, "100,,,,", &[("visit", NOW)], &[]).contains("silent"),
        "a line only where it changed something"
    );
}

#[test]
fn a_card_with_a_fade_adds_up() {
    let own = "fade: { half_life: 10d, from: created }, weight: 1.5, max: 70, criteria: [$a], groups: { g: { fade: { linear: 40d }, criteria: [$b] } }";
    let json = explained(own, "100,10,,,", &[("visit", "2026-06-20T23:59:59.999Z")], &["--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let sum = &json["card"]["dimensions"][0]["points"];
    let changes = sum["changes"].as_array().expect("changes");
    // 100 + 10 · 3/4 = 107.5, of which 53.75 is left, times 1.5, at most 70.
    let number = |value: &Value| value.as_f64().expect("a number");
    assert_eq!((number(&sum["sum"]), number(&sum["value"])), (107.5, 70.0));
    let told: Vec<(&str, f64)> =
        changes.iter().map(|one| (one["kind"].as_str().unwrap_or(""), number(&one["points"]))).collect();
    assert_eq!(told, [("fade", -53.75), ("weight", 26.88), ("max", -10.63)]);
    assert_eq!(
        (changes[0]["size"]["days"].as_f64(), changes[0]["size"]["since_event"].as_bool()),
        (Some(10.0), Some(true))
    );
}

#[test]
fn exactly_one_form_of_decay_and_a_date_field_can_stand_in_a_fade() {
    for (fade, code) in [
        ("{ half_life: 10d, linear: 5d }", "LS008"),
        ("{ from: created }", "LS003"),
        ("{ half_life: 10d, from: a }", "LS009"),
        ("{ half_life: 10d, from: nowhere }", "LS006"),
        ("{ half_life: 10m }", "LS005"),
        ("{ compound: { percent: 101, every: 1d } }", "LS005"),
        ("{ compound: { percent: 10 } }", "LS003"),
        ("{ half_life: 10d, within: 5d }", "LS002"),
        ("30d", "LS004"),
    ] {
        let problems = world(&format!("fade: {fade}, criteria: [$a]"), "").problems();
        let codes: Vec<&str> = problems.iter().map(|found| found.code).collect();
        assert_eq!(codes, [code], "{fade}: {problems:#?}");
    }
}

#[test]
fn check_knows_that_a_fade_can_bring_a_sum_down_to_nothing() {
    let fixed = |fade: &str| {
        let more = "stages: [{ name: Lead }, { name: Low, when: { score: s, lt: 5 } }]";
        let own =
            format!("{fade} criteria: [{{ id: x, when: {{ present: a }}, points: 10, otherwise: 10, unknown: 10 }}]");
        let found = findings(&world(&own, more));
        found.iter().map(|found| format!("{} {}", found.code, found.message)).collect::<Vec<_>>().join("\n")
    };
    assert!(fixed("").contains("LS301"), "without a fade the sum is always 10: {}", fixed(""));
    assert!(!fixed("fade: { half_life: 10d },").contains("LS301"), "silent leads can have any less");
}

#[test]
fn a_fade_uses_the_events_of_every_source() {
    let unused = |own: &str| {
        let found = findings(&world(own, ""));
        found
            .iter()
            .filter(|found| ["LS203", "LS201"].contains(&found.code))
            .map(|found| found.message.clone())
            .collect::<String>()
    };
    let all = unused("criteria: [$a, $b, $c]");
    assert!(all.contains("`web`") && all.contains("`mail`") && all.contains("`created`"), "{all}");
    let faded = unused("fade: { half_life: 10d, from: created }, criteria: [$a, $b, $c]");
    assert!(!faded.contains("`web`") && !faded.contains("`mail`") && !faded.contains("`created`"), "{faded}");
}

#[test]
fn points_under_a_fade_do_not_count_forever() {
    let codes = |own: &str| {
        let found = findings(&world(own, ""));
        let ours = found.iter().map(|found| found.code).filter(|code| ["LS505", "LS506"].contains(code));
        ours.map(str::to_owned).collect::<Vec<_>>()
    };
    let visits = "{ id: v, event: visit, points: 10, cap: 50 }";
    assert_eq!(codes(&format!("criteria: [{visits}]")), ["LS506", "LS505"]);
    assert_eq!(codes(&format!("{HALF}, criteria: [{visits}]")), Vec::<String>::new());
    assert_eq!(codes(&format!("groups: {{ g: {{ {HALF}, criteria: [{visits}] }} }}")), Vec::<String>::new());
}

#[test]
fn describe_says_how_a_dimension_and_a_group_fade() {
    let own = "fade: { half_life: 30d, from: created }, weight: 2, criteria: [$a], groups: { g: { fade: { linear: 60d }, max: 5, criteria: [$b] } }";
    let ended = world(own, "").command(&["describe", "rulebook.yaml"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let text = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "half of it left after 30 days. Without any event, silence counts from the date in “created”.",
        "What is left is multiplied by 2.",
        "fading evenly to nothing in 60 days. Without any event nothing is lost. Together never more than 5 points.",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn diff_tries_a_changed_fade_as_an_edit() {
    let old = world("criteria: [$a], groups: { g: { fade: { linear: 20d }, criteria: [$b] } }", "")
        .leads("id,a,b,c,created,reset\n1,100,10,,,\n2,10,,,,\n")
        .events("web", "lead,type,time\n1,visit,2026-06-20T23:59:59.999Z\n");
    let new = old
        .rulebook
        .replace("s: { criteria", "s: { fade: { half_life: 10d }, criteria")
        .replace("linear: 20d", "linear: 10d");
    let ended = old.file("new.yaml", new).command(&[
        "diff",
        "rulebook.yaml",
        "new.yaml",
        "--leads",
        "leads-1.csv",
        "--events",
        "web=events-web-1.csv",
        "--as-of",
        NOW,
        "--format",
        "json",
        "--show-ids",
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let json: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    // 105 becomes 50; alone, the dimension's fade makes it 52.5 and the group's takes 5.
    let edits = json["edits"].as_array().expect("edits");
    let sums: Vec<Option<i64>> = edits.iter().map(|edit| edit["effect"]["sum_hundredths"].as_i64()).collect();
    assert_eq!(sums, [Some(-5250), Some(-500)], "{json:#}");
}

#[test]
fn a_changed_fade_is_a_change_that_tests_should_notice() {
    let tests = "rulebook: rulebook.yaml\nas_of: 2026-06-30\ntests:\n  - { name: one, lead: { a: 100 }, events: [{ type: visit, time: -10d, source: web }], expect: { s: 50 } }\n";
    let ended = world(&format!("{HALF}, criteria: [$a]"), "").file("x.test.yaml", tests).command(&[
        "test",
        "x.test.yaml",
        "--mutate",
    ]);
    let text = format!("{}{}", ended.stdout, ended.stderr);
    assert!(!text.contains("half_life"), "the case notices another half-life\n{text}");
    let blind = tests.replace("a: 100", "a: ''").replace("s: 50", "s: 0");
    let ended = world(&format!("{HALF}, criteria: [$a]"), "").file("x.test.yaml", blind).command(&[
        "test",
        "x.test.yaml",
        "--mutate",
    ]);
    assert!(ended.stdout.contains("s: half_life 10d → 11d"), "{}", ended.stdout);
}
