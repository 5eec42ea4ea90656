//! Promised response times: judged when their time is over, by the clock of the promise.

use crate::funnel::{report, world};
use crate::world::{World, rules};
use leadscore::present::{describe, markdown};
use serde_json::{Value, json};

/// Sales promises to answer an MQL within 24 hours.
const DAY: &str = "funnel: { paths: { sales: [Lead, MQL, SQL, Customer] }, lost: lost, sla: { MQL: { within: 24h, until: answered } } }";

/// The same within four hours of business, Monday to Friday from 9 to 17; 2026-05-18, a Monday, is a holiday.
const OFFICE: &str = "\
timezone: Europe/Istanbul
business_hours: { days: [mon, tue, wed, thu, fri], from: \"09:00\", to: \"17:00\", holidays: [2026-05-18] }
funnel:
  paths: { sales: [Lead, MQL, SQL, Customer] }
  lost: lost
  sla: { MQL: { within: 4h, until: answered, hours: business } }";

/// A lead that became an MQL and was answered then, or not; perhaps lost.
fn lead(mql: &str, answered: &str, lost: &str) -> String {
    format!("x,,{mql},,,{lost},{answered},,,")
}

/// The same leads with ids of their own.
fn numbered(leads: &[String]) -> Vec<String> {
    leads.iter().enumerate().map(|(number, lead)| format!("{number}{lead}")).collect()
}

fn sla(parts: &str, as_of: &str, leads: &[String]) -> Value {
    let rows = numbered(leads);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    report(&world(parts, &rows).as_of(as_of))["slas"][0].clone()
}

/// What became of the one lead there is: the name of the only count that has it.
fn became(parts: &str, as_of: &str, lead: String) -> &'static str {
    let seen = sla(parts, as_of, &[lead]);
    let names =
        ["n_met", "n_missed", "n_past_due", "n_lost_after", "n_early", "n_running", "n_lost", "n_before", "n_undated"];
    let found: Vec<&str> = names.into_iter().filter(|name| seen["all"][name] == 1).collect();
    assert_eq!(found.len(), 1, "{seen}");
    found[0]
}

#[test]
fn a_promise_is_kept_or_broken_when_its_time_is_over() {
    let start = "2026-06-01T08:00:00Z";
    let now = "2026-06-02T08:00:00Z";
    let before = "2026-06-02T07:59:59Z";
    // The end itself is over, and an answer at that instant is in time.
    assert_eq!(became(DAY, now, lead(start, "2026-06-01T09:00:00Z", "")), "n_met");
    assert_eq!(became(DAY, now, lead(start, now, "")), "n_met");
    assert_eq!(became(DAY, before, lead(start, "2026-06-01T09:00:00Z", "")), "n_early");
    assert_eq!(became(DAY, now, lead(start, "", "")), "n_past_due");
    assert_eq!(became(DAY, before, lead(start, "", "")), "n_running");
    assert_eq!(became(DAY, "2026-06-03", lead(start, "2026-06-02T08:00:01Z", "")), "n_missed");
    assert_eq!(
        became(DAY, now, lead(start, "2026-06-02T08:00:01Z", "")),
        "n_past_due",
        "an answer after as_of is none"
    );
}

#[test]
fn who_was_lost_before_the_end_is_neither() {
    let start = "2026-06-01T08:00:00Z";
    let lost = |answered: &str, lost: &str| became(DAY, "2026-06-30", lead(start, answered, lost));
    assert_eq!(lost("", "2026-06-02T07:59:59Z"), "n_lost");
    assert_eq!(lost("2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z"), "n_lost", "answered or not");
    assert_eq!(lost("", "2026-06-01"), "n_lost", "a bare date of the day of the entry follows it");
    assert_eq!(lost("", "2026-06-02T08:00:00Z"), "n_lost_after", "at the end it is over: broken, but nobody waits now");
    assert_eq!(lost("2026-06-01T09:00:00Z", "2026-06-05"), "n_met");
    assert_eq!(lost("2026-06-04", "2026-06-05"), "n_missed");
    assert_eq!(lost("", "2026-05-30"), "n_past_due", "a loss before the entry is none of this promise");
}

#[test]
fn the_rate_is_of_those_whose_time_is_over() {
    let start = "2026-06-01T08:00:00Z";
    let mut leads = vec![lead(start, "2026-06-01T09:00:00Z", ""); 12];
    leads.extend(vec![lead(start, "2026-06-05", ""); 5]);
    leads.extend(vec![lead(start, "", ""); 3]);
    // These would make it too high: quick answers whose time is not over.
    leads.extend(vec![lead("2026-06-30T12:00:00Z", "2026-06-30T13:00:00Z", ""); 9]);
    leads.push(lead("2026-06-30T12:00:00Z", "", ""));
    leads.extend(vec![lead(start, "", "2026-06-01T12:00:00Z"); 2]);
    let seen = sla(DAY, "2026-06-30", &leads);
    let all = &seen["all"];
    assert_eq!(
        (&all["kept"]["n"], &all["kept"]["converted"], &all["kept"]["rate"]),
        (&json!(20), &json!(12), &json!(0.6))
    );
    let counts = ["n", "n_met", "n_broken", "n_missed", "n_past_due", "n_early", "n_running", "n_lost"];
    assert_eq!(counts.map(|name| all[name].as_u64().expect("a count")), [32, 12, 8, 5, 3, 9, 1, 2]);
    assert_eq!(seen["hours"], "all");
}

#[test]
fn the_clock_of_business_runs_in_business_hours_only() {
    let office = |mql: &str, answered: &str| became(OFFICE, "2026-06-30", lead(mql, answered, ""));
    // Half an hour on Friday; Monday is a holiday; the rest on Tuesday, until 12:30.
    assert_eq!(office("2026-05-15T16:30", "2026-05-19T12:30"), "n_met", "the end itself is in time");
    assert_eq!(office("2026-05-15T16:30", "2026-05-19T12:31"), "n_missed");
    // At the instant of closing, on Saturday, and on the holiday it starts at the next opening.
    for start in ["2026-05-15T17:00", "2026-05-16T11:00", "2026-05-18T11:00", "2026-05-19T08:59"] {
        assert_eq!(office(start, "2026-05-19T13:00"), "n_met", "{start}");
        assert_eq!(office(start, "2026-05-19T13:01"), "n_missed", "{start}");
    }
    // A bare date starts at that day's opening, or the next.
    assert_eq!(office("2026-05-19", "2026-05-19T13:00"), "n_met");
    assert_eq!(office("2026-05-19", "2026-05-19T13:01"), "n_missed");
    assert_eq!(office("2026-05-17", "2026-05-19T13:00"), "n_met");
    // What is over at closing time is over then, not at the next opening.
    assert_eq!(office("2026-05-14T13:00", "2026-05-14T17:00"), "n_met");
    assert_eq!(office("2026-05-14T13:00", "2026-05-14T17:01"), "n_missed");
    assert_eq!(office("2026-05-14T13:00", "2026-05-15T09:00"), "n_missed");
}

#[test]
fn a_bare_answer_is_in_time_on_the_day_of_the_entry_or_of_the_end() {
    let office = |answered: &str| became(OFFICE, "2026-06-30", lead("2026-05-15T16:30", answered, ""));
    assert_eq!(office("2026-05-14"), "n_before");
    assert_eq!(office("2026-05-15"), "n_met", "the day of the entry");
    assert_eq!(office("2026-05-18"), "n_met");
    assert_eq!(office("2026-05-19"), "n_met", "the day of the end");
    assert_eq!(office("2026-05-20"), "n_missed");
}

#[test]
fn it_is_due_in_the_clocks_own_hours() {
    // As of a date is its last instant: on Saturday and on the holiday there is still time.
    let start = "2026-05-15T16:30";
    for (as_of, expected) in [
        ("2026-05-16", ["n_running", "n_early"]),
        ("2026-05-18", ["n_running", "n_early"]),
        ("2026-05-19T12:29:59+03:00", ["n_running", "n_early"]),
        ("2026-05-19T12:30:00+03:00", ["n_past_due", "n_met"]),
    ] {
        let answers = ["", "2026-05-15T16:45"];
        assert_eq!(answers.map(|answered| became(OFFICE, as_of, lead(start, answered, ""))), expected, "{as_of}");
    }
    assert_eq!(became(OFFICE, "2026-06-30", lead(start, "", "2026-05-19T12:29")), "n_lost");
    assert_eq!(became(OFFICE, "2026-06-30", lead(start, "", "2026-05-19T12:30")), "n_lost_after");
}

#[test]
fn response_times_are_in_the_clocks_own_hours() {
    // Half an hour on Friday and half an hour on Tuesday: an hour of business, 89 by the wall clock.
    let seen = sla(OFFICE, "2026-06-30", &vec![lead("2026-05-15T16:30", "2026-05-19T09:30", ""); 20]);
    assert_eq!(seen["all"]["median"], json!({ "is": "after", "days": 0.042 }), "1 / 24 of a day");
    assert_eq!((&seen["hours"], &seen["within_hours"]), (&json!("business"), &json!(4.0)));
}

#[test]
fn the_report_says_which_hours_count() {
    let rows = numbered(&vec![lead("2026-05-15T16:30", "2026-05-19T09:30", ""); 20]);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let markdown = world(OFFICE, &rows).score(&[]).file("out/report.md").expect("the report");
    assert!(markdown.contains("MQL: answered within 4 business hours"), "{markdown}");
    assert!(markdown.contains("its clock runs only while the company is open"), "{markdown}");
    let row = markdown.lines().find(|line| line.contains("within 4 business hours |")).expect("its row");
    assert!(row.trim_end_matches(['|', ' ']).ends_with("1 h"), "the median, in hours: {row}");
    let plain = world(DAY, &rows).score(&[]).file("out/report.md").expect("the report");
    assert!(!plain.contains("business hours"), "nothing is said where there are none");
}

#[test]
fn days_of_change_have_the_hours_that_they_have() {
    // Open all day and night in Berlin: 24 hours from Saturday noon end at one on the Sunday that lacks an hour, at eleven on the
    // one that has an hour more.
    let parts = OFFICE
        .replace("Istanbul", "Berlin")
        .replace(
            "[mon, tue, wed, thu, fri], from: \"09:00\", to: \"17:00\"",
            "[sat, sun], from: \"00:00\", to: \"24:00\"",
        )
        .replace("within: 4h", "within: 24h");
    for (start, last) in [("2026-03-28T12:00", "2026-03-29T13:00"), ("2026-10-24T12:00", "2026-10-25T11:00")] {
        assert_eq!(became(&parts, "2026-12-01", lead(start, last, "")), "n_met", "{start}");
        assert_eq!(became(&parts, "2026-12-01", lead(start, &format!("{last}:01"), "")), "n_missed", "{start}");
    }
    // Midnight ends the day, and the weekend.
    assert_eq!(became(&parts, "2026-12-01", lead("2026-05-09T23:00", "2026-05-10T23:00", "")), "n_met");
    assert_eq!(became(&parts, "2026-12-01", lead("2026-05-10T23:00", "2026-05-16T23:00", "")), "n_met");
    assert_eq!(became(&parts, "2026-12-01", lead("2026-05-10T23:00", "2026-05-16T23:01", "")), "n_missed");
}

#[test]
fn holidays_can_be_a_list_in_a_file() {
    let parts = OFFICE.replace("holidays: [2026-05-18]", "holidays: { list: closed }");
    let parts = format!("lists: {{ closed: {{ file: closed.txt }} }}\n{parts}");
    let row = lead("2026-05-15T16:30", "2026-05-20T12:30", "");
    let world = world(&parts, &[&row]).file("closed.txt", "# no business\n2026-05-18\n2026-05-19\n2026-05-23\n");
    assert_eq!(
        report(&world)["slas"][0]["all"]["n_met"],
        1,
        "Friday 16:30 and four hours, Monday and Tuesday left out"
    );
}

/// What is wrong with a rulebook whose business hours are these, and whose promise is that: a line for each problem.
fn problems(hours: &str, promise: &str) -> Vec<String> {
    let parts = format!(
        "leads: {{ id: id, fields: {{ mql: {{ type: date }}, answered: {{ type: date }} }} }}
stages: [{{ name: Lead }}, {{ name: MQL, entered: mql }}]
{hours}
funnel: {{ sla: {{ MQL: {{ until: answered, {promise} }} }} }}"
    );
    let world: World = rules(&parts);
    let told = |problem: &leadscore::Diagnostic| {
        format!("{} {}: {}", problem.code, problem.message, problem.help.as_deref().unwrap_or_default())
    };
    world.problems().iter().map(told).collect()
}

const NINE: &str = "business_hours: { days: [mon, tue, wed, thu, fri], from: \"09:00\", to: \"17:00\" }";

#[test]
fn within_is_in_minutes_or_hours() {
    assert!(problems(NINE, "within: 4h, hours: business").is_empty());
    assert!(problems(NINE, "within: 90min, hours: business").is_empty());
    let refused =
        ["2d", "1w", "90s", "4 hours"].map(|within| problems(NINE, &format!("within: {within}, hours: business")));
    insta::assert_snapshot!(refused.map(|told| told.join("\n")).join("\n"));
}

#[test]
fn what_is_wrong_with_business_hours_is_said() {
    let with =
        |hours: &str| problems(&format!("business_hours: {{ {hours} }}"), "within: 4h, hours: business").join("\n");
    let wrong = [
        "days: [monday, Tue, 1], from: \"09:00\", to: \"17:00\"",
        "days: [mon, mon], from: \"09:00\", to: \"17:00\"",
        "days: [], from: \"09:00\", to: \"17:00\"",
        "days: weekdays, from: \"09:00\", to: \"17:00\"",
        "days: mon-fri, from: \"09:00\", to: \"17:00\"",
        "days: mon, from: 9, to: 5pm",
        "days: mon, from: \"9:00\", to: \"25:00\"",
        "days: mon, from: \"17:00\", to: \"09:00\"",
        "days: mon, from: \"09:00\", to: \"00:00\"",
        "days: mon, from: \"09:00\", to: \"09:00\"",
        "days: mon, from: \"09:00\"",
        "days: mon, from: \"09:00\", to: \"17:00\", holidays: [18.05.2026, 05/06/2026, 12/25/2026, 2026-05-32, 2026-05-18T09:00]",
        "days: mon, from: \"09:00\", to: \"17:00\", holidays: { list: none }",
        "days: mon, start: \"09:00\", end: \"17:00\"",
        "days: mon, from: \"09:00\", to: \"17:00\", timezone: Europe/Berlin",
        "mon: \"09:00-17:00\"",
    ];
    let told: Vec<String> = wrong.iter().map(|hours| format!("{hours}\n{}\n", with(hours))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn hours_of_business_need_business_hours() {
    let promise = "within: 4h, hours: business";
    let told = [
        problems("", promise),
        problems(NINE, "within: 4h, hours: working"),
        problems(NINE, "within: 4h, business_hours: true"),
        problems(&NINE.replace("business_hours", "busines_hours"), promise),
        problems(&NINE.replace("business_hours", "working_hours"), promise),
    ];
    insta::assert_snapshot!(told.map(|told| told.join("\n")).join("\n\n"));
}

#[test]
fn describe_says_hours_holidays_and_promises_in_words() {
    let described = |parts: &str| markdown(&describe(&world(parts, &[]).parsed(), None));
    let text = described(OFFICE);
    let hours = "Business hours are Monday to Friday, 09:00 to 17:00 (Europe/Istanbul), except 2026-05-18.";
    assert!(text.contains(hours), "{text}");
    let promise = "Promised: at most 4 hours, in business hours, from then until";
    assert!(text.contains(promise), "{text}");
    let some = described(
        &OFFICE.replace("[mon, tue, wed, thu, fri]", "[sun, wed, mon]").replace(", holidays: [2026-05-18]", ""),
    );
    assert!(
        some.contains("Business hours are Monday, Wednesday and Sunday, 09:00 to 17:00 (Europe/Istanbul)."),
        "{some}"
    );
    let many: Vec<String> = (1..=20).map(|day| format!("2026-08-{day:02}")).collect();
    let many = described(&OFFICE.replace("2026-05-18", &many.join(", ")));
    assert!(many.contains(", except 20 holidays from 2026-08-01 to 2026-08-20."), "{many}");
    assert!(!described(DAY).contains("usiness hours"), "nothing is said where there are none");
}
