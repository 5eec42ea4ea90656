//! `handoff.csv`: who is handed over, in which order, by when, and what a rep reads of each.

use crate::night::{told, verify};
use crate::world::{World, rules};
use std::path::Path;

const RULES: &str = "\
leads: { id: id, fields: { points: { type: number }, company: {}, created: { type: date }, mql: { type: date, optional: true } } }
dimensions:
  fit: { criteria: [{ id: size, label: Their size, field: points, tiers: [{ gte: 30, points: 30 }, { gte: 20, points: 20 }, { gte: 10, points: 10 }] }] }
stages:
  - { name: Lead, entered: created }
  - { name: MQL, when: { score: total, gte: 10 }, entered: mql }
priorities: [{ name: z-first, when: { field: company, in: [acme, late] }, action: Call }, { name: a-second, when: { field: company, is: beta } }]
funnel: { paths: { main: [Lead, MQL] }, sla: { MQL: { within: 36h, until: mql } } }
";

const LEADS: &str = "id,points,company,created,mql
1,30,,2026-06-01,
2,10,beta,2026-06-01,
3,10,acme,2026-06-01,
4,20,beta,2026-06-01,
5,20,Beta,2026-06-01,
6,5,acme,2026-06-01,
7,30,late,2026-06-01,2026-06-02
8,20,acme,2026-06-01,
";

fn world() -> World {
    rules(RULES).leads(LEADS)
}

/// The list, without a rulebook's other files.
fn list(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("out/handoff.csv")).expect("it is written")
}

/// A night as of a day: the list that it leaves.
fn night(folder: &Path, as_of: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_leadscore"))
        .current_dir(folder)
        .env_clear()
        .args(["score", "rulebook.yaml", "--leads", "leads-1.csv", "--previous", "out", "--as-of", as_of])
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    list(folder)
}

#[test]
fn it_is_sorted_by_priority_then_total_then_the_order_of_the_file() {
    // By the rulebook's order of priorities, not by their names; the one without a priority is last, though its total is the largest.
    let ended = world().score(&[]);
    let list = ended.file("out/handoff.csv").expect("it is written");
    let ids: Vec<&str> = list.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids, ["8", "3", "4", "5", "2", "1"]);
}

#[test]
fn its_columns_stand_in_this_order_and_some_only_where_they_are_defined() {
    let plain = rules("stages: [{ name: Lead, entered: note }]\nleads: { id: id, fields: { note: { type: date } } }");
    let header = |world: &World| {
        let ended = world.score(&[]);
        let list = ended.file("out/handoff.csv").unwrap_or_else(|| panic!("{}", ended.stderr));
        list.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(header(&plain.leads("id,note\n1,\n")), "lead_id,new,due,total,stage,crm_stage,why,last_events,ask_next");
    let owned = RULES.replace("funnel: { paths", "funnel: { owner: company, paths");
    let all = format!(
        "{owned}grade: {{ fit: {{ A: 20, B: 0 }} }}\naccounts: {{ by: company, scores: {{ fit: {{ max: fit }} }} }}\n"
    );
    let all = rules(&all).leads(LEADS).keep(&["company", "points"]);
    assert_eq!(
        header(&all),
        "lead_id,new,due,priority,action,total,grade,stage,crm_stage,owner,account,why,last_events,ask_next,company,points"
    );
}

#[test]
fn a_column_that_is_kept_cannot_pass_for_one_of_its_own() {
    let keep = |column: &str, more: &str| {
        let leads = LEADS
            .replace("id,points", &format!("id,{column},points"))
            .replace(",acme", ",acme,")
            .replace(",beta", ",beta,");
        let ended = rules(&format!("{RULES}{more}")).leads(leads).keep(&[column]).score(&["--max-rejects=100%"]);
        (ended.code, ended.stderr.lines().next().unwrap_or_default().to_owned())
    };
    let refused = |column: &str| format!("error: --keep {column}: handoff.csv already has a column with this name");
    assert_eq!(keep("due", ""), (Some(2), refused("due")));
    let accounts = "accounts: { by: company, scores: { fit: { max: fit } } }\n";
    assert_eq!(keep("account", accounts), (Some(2), refused("account")));
    assert_eq!(keep("account", "").0, Some(0));
}

#[test]
fn it_shows_the_account_as_the_cell_of_the_lead_has_it() {
    let rules = rules(&format!("{RULES}accounts: {{ by: company, scores: {{ fit: {{ max: fit }} }} }}\n"));
    let list = rules.leads(LEADS).score(&[]).file("out/handoff.csv").expect("it is written");
    assert!(list.contains("5,,2026-07-02T11:59:59.999Z,a-second,,20,MQL,Lead,Beta,"), "{list}");
    assert!(list.contains("1,,2026-07-02T11:59:59.999Z,,,30,MQL,Lead,,"), "{list}");
}

#[test]
fn due_is_when_the_promise_ends_that_begins_on_the_night_a_lead_first_stands_there() {
    let folder = world().written();
    let path = folder.path();
    // 36 hours after the night.
    assert!(night(path, "2026-06-30T02:00:00Z").contains("\n3,,2026-07-01T14:00:00Z,z-first,"));
    // It stays what it was, also for one that the promise is broken to; one that is new has its own.
    let grown = LEADS.replace("6,5,", "6,10,");
    std::fs::write(path.join("leads-1.csv"), grown).expect("it can be written");
    let second = night(path, "2026-07-02T02:00:00Z");
    assert!(second.contains("\n3,,2026-07-01T14:00:00Z,z-first,"), "{second}");
    assert!(second.contains("\n6,new,2026-07-03T14:00:00Z,z-first,"), "{second}");
    // One that was not there last night begins anew.
    std::fs::write(path.join("leads-1.csv"), LEADS.replace("3,10,", "3,5,")).expect("it can be written");
    assert!(!night(path, "2026-07-03T02:00:00Z").contains("\n3,"));
    std::fs::write(path.join("leads-1.csv"), LEADS).expect("it can be written");
    let back = night(path, "2026-07-04T02:00:00Z");
    assert!(back.contains("\n3,new,2026-07-05T14:00:00Z,z-first,"), "{back}");
    // What it was taken from is kept, so that the run can be repeated.
    let verified = verify(path, &["--rerun"]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    let kept = std::fs::read_to_string(path.join("out/previous/handoff.csv")).expect("it is kept");
    assert!(kept.starts_with("lead_id,new,due,"), "{kept}");
}

#[test]
fn due_is_in_business_hours_where_the_promise_is() {
    let hours = "business_hours: { days: [mon, tue, wed, thu, fri], from: \"09:00\", to: \"18:00\", holidays: [2026-06-29] }\ntimezone: Europe/Istanbul\n";
    let rules_in_hours = RULES.replace("within: 36h", "within: 4h, hours: business") + hours;
    let folder = rules(&rules_in_hours).leads(LEADS).written();
    // Friday, half past four in Istanbul: an hour and a half is left of the day. Monday is a holiday, so two and a half hours of
    // Tuesday follow, until half past eleven.
    assert!(night(folder.path(), "2026-06-26T13:30:00Z").contains("\n8,,2026-06-30T08:30:00Z,z-first,"));
}

#[test]
fn a_lead_that_sales_gave_back_and_that_qualifies_again_is_new_and_due_anew() {
    let rules_with_returns = RULES.replace(
        "mql: { type: date, optional: true }",
        "mql: { type: date, optional: true }, back: { type: date, optional: true }",
    ) + "returns: { at: back }\n";
    let leads = |second: &str| {
        format!("id,points,company,created,mql,back\n1,20,acme,2026-06-01,,\n2,20,acme,2026-06-01,{second}\n")
    };
    let folder = rules(&rules_with_returns).leads(leads(",")).written();
    let path = folder.path();
    assert!(night(path, "2026-06-30T02:00:00Z").contains("\n2,,2026-07-01T14:00:00Z,z-first,Call,20,MQL,Lead,1,"));
    // Within a day, sales recorded it and gave it back: it is in another pass now.
    std::fs::write(path.join("leads-1.csv"), leads("2026-06-30T08:00:00Z,2026-06-30T09:00:00Z")).expect("it can");
    let second = night(path, "2026-07-01T02:00:00Z");
    assert!(second.contains("\n1,,2026-07-01T14:00:00Z,z-first,Call,20,MQL,Lead,1,"), "{second}");
    assert!(second.contains("\n2,new,2026-07-02T14:00:00Z,z-first,Call,20,MQL,Lead,2,"), "{second}");
    // And there it stays.
    let third = night(path, "2026-07-02T02:00:00Z");
    assert!(third.contains("\n2,,2026-07-02T14:00:00Z,z-first,Call,20,MQL,Lead,2,"), "{third}");
}

#[test]
fn due_is_empty_where_nothing_is_promised_for_the_stage_that_the_lead_is_handed_over_for() {
    let two = RULES
        .replace("entered: mql }\n", "entered: mql }\n  - { name: SQL, when: { score: total, gte: 30 }, entered: { when: { field: company, is: nobody } } }\n");
    let list = rules(&two).leads(LEADS).score(&[]).file("out/handoff.csv").expect("it is written");
    assert!(list.contains("\n8,,2026-07-02T11:59:59.999Z,z-first,") && list.contains("\n1,,,,,30,SQL,Lead,"), "{list}");
    let none = rules(RULES.split("funnel:").next().unwrap_or_default()).leads(LEADS);
    assert!(none.score(&[]).file("out/handoff.csv").is_some_and(|list| list.contains("\n8,,,z-first,Call,20,")));
}

#[test]
fn a_previous_list_that_does_not_say_is_told_and_one_that_cannot_be_read_is_refused() {
    let scored = "lead_id,total,stage,step\n8,20,MQL,hand_over\n3,5,Lead,\n";
    let without = world().previous(scored).score(&[]);
    let said = "1 lead was handed over before, but previous/handoff.csv doesn't say when it is due; the time to answer starts again with this run";
    assert!(without.code == Some(0) && without.stderr.contains(said), "{}", without.stderr);
    let of_before = world().previous(scored).file("previous/handoff.csv", "lead_id,new,total\n8,,20\n").score(&[]);
    assert!(of_before.code == Some(0) && of_before.stderr.contains(said), "{}", of_before.stderr);
    let empty = world().previous(scored).file("previous/handoff.csv", "lead_id,new,due\n8,,\n").score(&[]);
    assert!(empty.code == Some(0) && empty.stderr.contains(said), "{}", empty.stderr);
    let good = "\u{feff}lead_id,new,due\r\n8,,2026-06-30T10:00:00.500Z\r\n";
    let good = world().previous(scored).file("previous/handoff.csv", good).score(&[]);
    assert!(!good.stderr.contains("handed over before"), "{}", good.stderr);
    assert!(good.file("out/handoff.csv").is_some_and(|list| list.contains("\n8,,2026-06-30T10:00:00.500Z,")));
    for (bad, why) in [
        (
            "lead_id,due\n3,\n8,soon\n",
            "handoff.csv: line 3: `due` can't be read: `soon`; this is not a handoff.csv of leadscore",
        ),
        ("due\n2026-06-30\n", "`lead_id`"),
    ] {
        let ended = world().previous(scored).file("previous/handoff.csv", bad).score(&[]);
        assert!(ended.code == Some(4) && ended.stderr.contains(why), "{:?} {}", ended.code, ended.stderr);
    }
    // Where nothing is promised, nobody looks.
    let none = rules(RULES.split("funnel:").next().unwrap_or_default()).leads(LEADS).previous(scored);
    assert_eq!(none.file("previous/handoff.csv", "lead_id,due\n8,soon\n").score(&[]).code, Some(0));
}

#[test]
fn recycle_csv_keeps_its_columns_and_its_order() {
    let rules = rules(&RULES.replace("entered: mql }", "entered: mql, recycle_when: { score: total, lt: 30 } }"));
    let leads = "id,points,company,created,mql\n1,5,beta,,2026-06-01\n2,10,acme,,2026-06-01\n3,20,beta,,2026-06-01\n";
    let ended = rules.leads(leads).score(&[]);
    let list = ended.file("out/recycle.csv").unwrap_or_else(|| panic!("{}", ended.stderr));
    let expected = "lead_id,new,total,stage,crm_stage,priority,action,why,last_event
3,,20,MQL,MQL,a-second,,Their size +20,
2,,10,MQL,MQL,z-first,Call,Their size +10,
1,,0,Lead,MQL,a-second,,,
";
    assert_eq!(list, expected);
}
