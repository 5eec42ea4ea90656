//! The companies that leads belong to: `accounts.csv`.

use crate::world::{Ended, World, rules};

/// Leads with an account, a score each, and what the accounts say.
fn world(accounts: &str) -> World {
    rules(&format!(
        "leads:
  id: id
  fields: {{ company: {{}}, mail: {{ type: email, optional: true }}, s: {{ type: number, optional: true }}, t: {{ type: number, optional: true }},
            kind: {{ optional: true }}, note: {{ optional: true }}, phone: {{ type: phone, country: TR, optional: true }},
            since: {{ type: date, optional: true }}, size: {{ type: range, optional: true }}, many: {{ split: ';', optional: true }} }}
tables: {{ firms: {{ key: id, by: firm, fold: true, optional: true, fields: {{ city: {{}}, worth: {{ type: number }} }} }} }}
dimensions:
  eng: {{ groups: {{ g: {{ criteria: [{SCORES}] }} }} }}
  fit: {{ in_total: false, criteria: [{{ id: t, field: t, tiers: [{{ gte: 10, points: 10 }}, {{ gte: 1, points: 1 }}] }}] }}
disqualify: [{{ reason: rival, when: {{ field: kind, is: rival }} }}]
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: eng, gte: 50 }} }}]
accounts: {{ {accounts} }}"
    )
    .replace("tables: { firms: { key: id, by: firm,", "tables: { firms: { key: id, by: company,"))
}

/// Points by the cell `s`.
const SCORES: &str =
    "{ id: s, field: s, values: { '100': 100, '60': 60, '50': 50, '20': 20, '10': 10, '0.01': 0.01, '-30': -30 } }";

/// The same world with another rulebook.
fn changed(mut world: World, change: impl Fn(&str) -> String) -> World {
    world.rulebook = change(&world.rulebook);
    world
}

fn scored(world: &World) -> Ended {
    let ended = world.score(&["--out", "out"]);
    assert_eq!(ended.code, Some(0), "{}\n{}", ended.stderr, world.rulebook);
    ended
}

/// `accounts.csv` of these leads.
fn accounts(accounts: &str, leads: &str) -> String {
    scored(&world(accounts).leads(leads)).file("out/accounts.csv").expect("the rulebook has accounts")
}

/// The rows below the header.
fn rows(accounts_yaml: &str, leads: &str) -> Vec<String> {
    accounts(accounts_yaml, leads).lines().skip(1).map(str::to_owned).collect()
}

/// What is wrong with the rulebook: code and message.
fn problems(accounts: &str) -> Vec<(&'static str, String)> {
    world(accounts).problems().into_iter().map(|found| (found.code, found.message)).collect()
}

fn only_problem(accounts: &str) -> (&'static str, String) {
    let found = problems(accounts);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.into_iter().next().expect("there is one")
}

const PEOPLE: &str = "id,company,s,kind\n1,Acme,50,\n2,Beta,10,\n3,Acme,20,\n4,,100,\n5,Acme,100,rival\n6,Acme,60,\n";

#[test]
fn accounts_are_made_of_the_scored_leads_that_are_not_disqualified() {
    let leads = rows("by: company, scores: { sum: { sum: eng } }", PEOPLE);
    assert_eq!(leads, ["Acme,3,130,6; 1; 3", "Beta,1,10,2"], "5 is a rival");
    let created =
        world("by: company").leads("id,company,since\n1,Acme,2026-06-01\n2,Acme,2026-07-09\n3,Beta,2026-07-09\n");
    let later = changed(created, |text| text.replace("  id: id\n", "  id: id\n  created: since\n"));
    assert_eq!(scored(&later).file("out/accounts.csv").expect("accounts"), "account,leads,best\nAcme,1,1\n");
}

#[test]
fn where_chooses_among_them_and_may_name_what_priorities_may() {
    for (only, expected) in [
        ("{ score: eng, gte: 50 }", &["Acme,2,6; 1"][..]),
        ("{ stage: MQL }", &["Acme,2,6; 1"]),
        ("{ field: s, lt: 15 }", &["Beta,1,2"]),
        ("{ field: note, is: x }", &[]),
        ("{ not: { score: total, gte: 50 } }", &["Beta,1,2", "Acme,1,3"]),
    ] {
        assert_eq!(rows(&format!("by: company, where: {only}"), PEOPLE), expected, "{only}");
    }
}

#[test]
fn leads_without_a_value_belong_to_no_account() {
    let world = world("by: company").leads(PEOPLE);
    let ended = scored(&world);
    let csv = ended.file("out/accounts.csv").expect("accounts");
    assert!(!csv.contains('4'), "{csv}");
    assert!(ended.stdout.contains("2 accounts with 4 leads; 1 lead without an account"), "{}", ended.stdout);
}

#[test]
fn by_compares_as_a_tables_by_does() {
    let leads = "id,company,mail\n1,Acme,a@ACME.example\n2,acme,b@acme.example\n3,Acme,c@other.example\n";
    assert_eq!(rows("by: company", leads), ["Acme,2,1; 3", "acme,1,2"], "text exactly");
    assert_eq!(rows("by: mail.domain", leads), ["ACME.example,2,1; 2", "other.example,1,3"], "parts of e-mails folded");
    assert_eq!(rows("by: firms", leads), ["Acme,3,1; 2; 3"], "a table as it says");
    let salesforce = world("by: company").leads("id,company\n1,001A000001abcdeAAA\n2,001A000001abcde\n");
    let salesforce = changed(salesforce, |text| format!("ids: salesforce\n{text}"));
    let csv = scored(&salesforce).file("out/accounts.csv").expect("accounts");
    assert_eq!(csv, "account,leads,best\n001A000001abcdeAAA,2,1; 2\n");
}

#[test]
fn by_may_be_a_table_whether_a_row_is_found_or_not() {
    let firms = world("by: firms, fields: [city, worth]")
        .leads("id,company\n1,ACME\n2,Nowhere\n3,acme\n")
        .table("firms", "id,city,worth\nAcme,Köln,1200.50\n");
    let csv = scored(&firms).file("out/accounts.csv").expect("accounts");
    assert_eq!(csv, "account,leads,city,worth,best\nACME,2,Köln,1200.5,1; 3\nNowhere,1,,,2\n");
}

#[test]
fn of_several_values_the_key_is_the_one_by_which_the_lead_finds_its_row() {
    let firms = world("by: firms, fields: [city]")
        .leads("id,company,many\n1,x,A; B\n2,x,b\n3,x,C;D\n4,x,c\n5,x,\n")
        .table("firms", "id,city,worth\nB,Bonn,1\n");
    let firms = changed(firms, |text| text.replace("by: company, fold: true", "by: many, fold: true"));
    let csv = scored(&firms).file("out/accounts.csv").expect("accounts");
    assert_eq!(csv, "account,leads,city,best\nA; B,2,Bonn,1; 2\nC;D,2,,3; 4\n", "the cell of `by` as it stands");
}

#[test]
fn count_and_where_may_name_events_and_grades() {
    let own = "by: company, where: { event: any, gte: 1 }, scores: { n: { count: { event: visit, gte: 2 } }, a: { count: { grade: [A] } } }";
    let world = world(own).leads("id,company,s\n1,Acme,50\n2,Acme,10\n3,Acme,60\n4,Beta,60\n").events(
        "web",
        "lead,type,time\n1,visit,2026-06-01\n1,visit,2026-06-02\n2,visit,2026-06-01\n3,open,2026-06-01\n",
    );
    let sources = "events: { web: { lead: lead, type: type, time: time } }\ngrade: { eng: { A: 50, B: 0 } }\n";
    let csv = scored(&changed(world, |text| format!("{sources}{text}"))).file("out/accounts.csv").expect("accounts");
    assert_eq!(csv, "account,leads,n,a,best\nAcme,3,1,2,3; 1; 2\n");
}

#[test]
fn by_and_fields_may_be_derived() {
    let world =
        world("by: firm, fields: [grown]").leads("id,company,s,t\n1,ACME Ltd,60.50,10\n2,Acme,50,1\n3,Other,20,\n");
    let derived = "company: {}, firm: { from: company, map: { Acme: [acme ltd] } }, grown: { from: s, minus: t },";
    let csv = scored(&changed(world, |text| text.replace("company: {},", derived))).file("out/accounts.csv");
    assert_eq!(csv.expect("accounts"), "account,leads,grown,best\nAcme,2,50.5,2; 1\nOther,1,,3\n");
}

#[test]
fn a_name_of_both_a_field_and_a_table_is_the_fields() {
    let world = world("by: firms").leads("id,company,firms\n1,Acme,x\n2,Acme,y\n");
    let world = changed(world, |text| text.replace("fields: { company: {},", "fields: { company: {}, firms: {},"));
    assert_eq!(scored(&world).file("out/accounts.csv").expect("accounts"), "account,leads,best\nx,1,1\ny,1,2\n");
}

#[test]
fn by_is_one_text() {
    for by in ["s", "since", "size", "many", "size.high"] {
        let (code, message) = only_problem(&format!("by: {by}"));
        assert_eq!(code, "LS009", "{by}: {message}");
    }
    assert_eq!(only_problem("by: firm").0, "LS006");
    assert_eq!(problems("scores: { a: { count: all } }")[0].0, "LS003", "there is no account without `by`");
}

#[test]
fn sum_takes_all_or_the_n_largest() {
    let leads = "id,company,s\n1,A,10\n2,A,100\n3,A,-30\n4,A,20\n5,B,-30\n";
    let scores = "scores: { all: { sum: eng }, two: { sum: eng, top: 2 }, most: { sum: eng, top: 9 } }";
    assert_eq!(rows(&format!("by: company, {scores}"), leads), ["A,4,100,120,100,2; 4; 1", "B,1,-30,-30,-30,5"]);
}

#[test]
fn max_is_the_largest_even_below_0() {
    let leads = "id,company,s\n1,A,-30\n2,A,-30\n3,B,10\n4,B,\n";
    assert_eq!(rows("by: company, scores: { m: { max: eng } }", leads), ["A,2,-30,1; 2", "B,2,10,3; 4"]);
}

#[test]
fn mean_is_rounded_half_away_from_zero_to_a_hundredth() {
    let leads = "id,company,s\n1,A,0.01\n2,A,\n3,B,-30\n4,B,10\n5,B,\n6,C,20\n7,C,0.01\n8,C,\n";
    let rows = rows("by: company, scores: { m: { mean: eng } }", leads);
    assert_eq!(rows, ["A,2,0.01,1; 2", "B,3,-6.67,4; 5; 3", "C,3,6.67,6; 7; 8"], "0.005, -6.666…, 6.67");
}

#[test]
fn count_takes_a_condition_on_the_lead_or_all() {
    let scores = "scores: { n: { count: all }, warm: { count: { score: eng, gte: 50 } }, of: { count: [{ stage: MQL }, { field: s, gt: 55 }] } }";
    assert_eq!(rows(&format!("by: company, {scores}"), PEOPLE), ["Acme,3,3,2,1,6; 1; 3", "Beta,1,1,0,0,2"]);
}

#[test]
fn a_score_is_made_of_a_dimension_the_total_or_a_group_of_the_lead() {
    let scores = "scores: { d: { sum: fit }, t: { sum: total }, g: { max: eng.g } }";
    let leads = "id,company,s,t\n1,A,50,10\n2,A,20,1\n";
    assert_eq!(rows(&format!("by: company, {scores}"), leads), ["A,2,11,70,50,1; 2"], "fit is no part of the total");
    let (code, message) = only_problem("by: company, scores: { a: { sum: engagement } }");
    assert_eq!((code, message.as_str()), ("LS006", "no score is called `engagement`"));
}

#[test]
fn fields_are_those_of_the_first_lead_in_the_file_that_has_one() {
    let leads = "id,company,note,kind\n1,A,,\n2,A,late,x\n3,B,b,rival\n4,B,c,\n5,A,later,y\n";
    let rows = rows("by: company, fields: [note, kind]", leads);
    assert_eq!(rows, ["A,3,late,x,1; 2; 5", "B,1,c,,4"], "a disqualified lead lends nothing");
}

#[test]
fn cells_stand_as_in_the_file_phones_in_e164_and_parts_as_texts() {
    let fields = "fields: [s, since, size, size.low, size.high, phone, mail, mail.domain, many]";
    let leads = "id,company,s,since,size,phone,mail,many\n1,  Acme ,\"1,200.50\",2026-05-01,51 - 200,0532 000 00 01,a@B.example,x;  y\n";
    let rows = rows(&format!("by: company, {fields}"), leads);
    assert_eq!(rows, ["Acme,1,\"1,200.50\",2026-05-01,51 - 200,51,200,+905320000001,a@B.example,B.example,x;  y,1"]);
    let phones = accounts("by: phone", "id,company,phone\n1,A,0532 000 00 01\n2,B,+90 532 000 0001\n");
    assert_eq!(phones, "account,leads,best\n+905320000001,2,1; 2\n");
}

#[test]
fn dates_that_are_derived_stand_in_rfc_3339_and_texts_as_they_are() {
    let leads = "id,company,since,kind\n1,A,2026-05-01,x\n2,B,2026-05-01T12:30:00.250+03:00,\n";
    let derived = "company: {}, seen: { earliest: [since] }, own: { from: kind, map: { Key: x }, unknown: None },";
    let of = |own: &str| {
        let world = world(own).leads(leads);
        let world = changed(world, |text| text.replace("fields: { company: {},", &format!("fields: {{ {derived}")));
        scored(&world).file("out/accounts.csv").expect("accounts")
    };
    assert_eq!(
        of("by: company, fields: [seen, own]"),
        "account,leads,seen,own,best\nA,1,2026-05-01T00:00:00Z,Key,1\nB,1,2026-05-01T09:30:00.250Z,None,2\n"
    );
    assert_eq!(of("by: own"), "account,leads,best\nKey,1,1\nNone,1,2\n", "the account itself, too");
}

#[test]
fn inside_count_and_where_a_score_is_the_leads_even_if_accounts_have_one_of_that_name() {
    let own = "by: company, where: { score: eng, lt: 100 }, scores: { eng: { sum: eng }, n: { count: { score: eng, gte: 50 } } },
        stages: [{ name: K }, { name: M, when: { score: eng, gte: 110 } }]";
    let leads = "id,company,s\n1,A,60\n2,A,50\n3,A,100\n4,A,20\n5,B,60\n";
    assert_eq!(rows(own, leads), ["A,3,130,2,M,1; 2; 4", "B,1,60,1,K,5"]);
}

#[test]
fn stages_are_the_last_that_holds_over_the_accounts_scores_fields_and_earlier_stages() {
    let stages = "scores: { sum: { sum: eng } }, fields: [kind], stages: [
        { name: Known },
        { name: Warm, when: { score: sum, gte: 60 } },
        { name: Many, when: [{ stage: Warm }, { score: leads, gte: 2 }] },
        { name: Named, when: { field: kind, in: [Key, lock] } }]";
    let leads = "id,company,s,kind\n1,A,60,\n2,B,20,\n3,C,60,\n4,C,10,\n5,D,,KEY\n6,E,60,no\n";
    let rows = rows(&format!("by: company, {stages}"), leads);
    let stage_of = |row: &String| row.split(',').nth(4).expect("a stage").to_owned();
    assert_eq!(rows.iter().map(stage_of).collect::<Vec<_>>(), ["Warm", "Known", "Many", "Named", "Warm"]);
}

#[test]
fn an_unknown_stage_is_not_held_and_unknown_for_later_ones() {
    let stages = "fields: [kind], stages: [{ name: Known }, { name: X, when: { field: kind, is: x } },
        { name: Not, when: { not: { stage: X } } }, { name: Void, when: { absent: [kind] } }]";
    let leads = "id,company,kind\n1,A,x\n2,B,y\n3,C,\n";
    let rows = rows(&format!("by: company, {stages}"), leads);
    assert_eq!(rows, ["A,1,x,X,1", "B,1,y,Not,2", "C,1,,Void,3"]);
    let without_void = stages.replace(", { name: Void, when: { absent: [kind] } }", "");
    let unknown = self::rows(&format!("by: company, {without_void}"), "id,company,kind\n3,C,\n");
    assert_eq!(unknown, ["C,1,,Known,3"], "not an unknown is unknown");
}

#[test]
fn the_first_priority_that_is_true_gives_priority_and_action() {
    let priorities = "scores: { sum: { sum: eng } }, stages: [{ name: Known }, { name: MQA, when: { score: sum, gte: 100 } }],
        priorities: [{ name: now, when: { stage: MQA }, action: 'Call, today' }, { name: soon, when: { score: leads, gt: 1 } }]";
    let leads = "id,company,s\n1,A,100\n2,B,20\n3,B,20\n4,C,20\n";
    let csv = accounts(&format!("by: company, {priorities}"), leads);
    assert_eq!(
        csv,
        "account,leads,sum,stage,priority,action,best\n\
         A,1,100,MQA,now,\"Call, today\",1\nB,2,40,Known,soon,,2; 3\nC,1,20,Known,,,4\n"
    );
}

#[test]
fn conditions_on_accounts_name_no_grade_no_event_and_no_score_of_leads() {
    let stage = |when: &str| format!("by: company, stages: [{{ name: K }}, {{ name: M, when: {when} }}]");
    for (when, code) in [
        ("{ grade: [A] }", "LS010"),
        ("{ event: any, gte: 1 }", "LS010"),
        ("{ score: eng, gte: 1 }", "LS006"),
        ("{ score: total, gte: 1 }", "LS006"),
        ("{ stage: MQL }", "LS006"),
        ("{ stage: M }", "LS010"),
        ("{ field: kind, is: x }", "LS006"),
        ("{ present: [kind] }", "LS006"),
    ] {
        let (found, message) = only_problem(&stage(when));
        assert_eq!(found, code, "{when}: {message}");
    }
    let right = "by: company, fields: [s], stages: [{ name: K }, { name: M, when: { field: s, gt: { event: any } } }]";
    assert_eq!(only_problem(right).0, "LS010");
    let right = "by: company, fields: [s], stages: [{ name: K }, { name: M, when: { field: s, gt: { field: t } } }]";
    assert_eq!(only_problem(right).1, "accounts have no field `t`");
}

#[test]
fn stages_of_accounts_have_neither_entered_nor_after_nor_keep_when_nor_recycle_when() {
    for key in [
        "entered: since",
        "after: [K]",
        "keep_when: { score: leads, gte: 1 }",
        "recycle_when: { score: leads, gte: 1 }",
    ] {
        let found = only_problem(&format!(
            "by: company, stages: [{{ name: K }}, {{ name: M, when: {{ score: leads, gte: 2 }}, {key} }}]"
        ));
        assert_eq!(found.0, "LS002", "{key}: {}", found.1);
    }
    assert_eq!(only_problem("by: company, stages: [{ name: K, when: { score: leads, gte: 2 } }]").0, "LS010");
    assert_eq!(only_problem("by: company, stages: [{ name: K }, { name: M }]").0, "LS003");
    assert_eq!(
        only_problem("by: company, stages: [{ name: K }, { name: K, when: { score: leads, gte: 2 } }]").0,
        "LS007"
    );
}

#[test]
fn names_of_scores_and_fields_are_distinct_and_none_of_the_columns() {
    for name in ["account", "leads", "stage", "priority", "action", "best"] {
        assert_eq!(only_problem(&format!("by: company, scores: {{ {name}: {{ count: all }} }}")).0, "LS007", "{name}");
    }
    assert_eq!(only_problem("by: company, scores: { kind: { count: all } }, fields: [kind]").0, "LS007");
    assert_eq!(only_problem("by: company, fields: [kind, kind]").0, "LS007");
    assert!(problems("by: company, scores: { eng: { sum: eng }, total: { max: total } }, fields: [kind]").is_empty());
}

#[test]
fn stage_priority_and_action_are_there_where_they_are_declared() {
    let header = |accounts_yaml: &str| accounts(accounts_yaml, PEOPLE).lines().next().expect("a header").to_owned();
    assert_eq!(header("by: company"), "account,leads,best");
    assert_eq!(header("by: company, stages: [{ name: K }]"), "account,leads,stage,best");
    assert_eq!(header("by: company, priorities: [{ name: p }]"), "account,leads,priority,action,best");
    let all = "by: company, fields: [kind, note], scores: { b: { count: all }, a: { max: eng } }, stages: [{ name: K }], priorities: [{ name: p }]";
    assert_eq!(header(all), "account,leads,b,a,kind,note,stage,priority,action,best");
}

#[test]
fn best_are_up_to_three_leads_by_total_ties_in_file_order() {
    let leads = "id,company,s\n9,A,20\n8,A,50\n7,A,20\n6,A,50\n5,A,10\n";
    assert_eq!(rows("by: company", leads), ["A,5,8; 6; 9"]);
}

#[test]
fn accounts_stand_in_the_order_of_the_first_lead_that_counts() {
    let leads = "id,company,kind\n1,A,rival\n2,B,\n3,A,\n4,C,\n";
    assert_eq!(rows("by: company", leads), ["B,1,2", "A,1,3", "C,1,4"]);
}

#[test]
fn a_leads_result_never_hangs_on_its_account() {
    let own = "scores: { sum: { sum: eng } }, stages: [{ name: K }, { name: M, when: { score: sum, gte: 10 } }]";
    let with = world(&format!("by: company, {own}")).leads(PEOPLE).run();
    let until = |text: &str| text[..text.find("accounts:").expect("a key")].to_owned();
    assert_eq!(with.csv, changed(world("by: company"), until).leads(PEOPLE).run().csv);
    let alone = world(&format!("by: company, {own}")).leads("id,company,s,kind\n3,Acme,20,\n").run();
    assert_eq!(alone.csv.lines().nth(1), with.csv.lines().nth(3));
}

#[test]
fn accounts_by_stage_are_shown_by_terminal_report_and_manifest() {
    let own = "by: company, scores: { sum: { sum: eng } }, stages: [{ name: Known }, { name: Warm, when: { score: sum, gte: 100 } }]";
    let ended = scored(&world(own).leads(PEOPLE));
    assert!(ended.stdout.contains("account stage"), "{}", ended.stdout);
    let report: serde_json::Value =
        serde_json::from_str(&ended.file("out/report.json").expect("a report")).expect("JSON");
    assert_eq!(report["accounts"]["n_accounts"], 2);
    assert_eq!(report["accounts"]["n_without"], 1);
    assert_eq!(report["accounts"]["stages"][1], serde_json::json!({ "stage": "Warm", "n_accounts": 1, "n_leads": 3 }));
    assert!(ended.file("out/report.md").expect("a report").contains("## Accounts"));
    let manifest: serde_json::Value =
        serde_json::from_str(&ended.file("out/manifest.json").expect("one")).expect("JSON");
    assert_eq!(manifest["accounts"]["stages"], serde_json::json!({ "Known": 1, "Warm": 1 }));
    let listed = manifest["outputs"].as_array().expect("a list").iter().any(|file| file["path"] == "accounts.csv");
    assert!(listed, "{manifest:#}");
    let plain = rules("").leads("id\n1\n").score(&["--out", "out"]);
    assert_eq!(plain.file("out/accounts.csv"), None, "no accounts, no file");
}

#[test]
fn explain_shows_the_leads_behind_each_score_best_first() {
    let own = "by: company, fields: [kind], scores: { sum: { sum: eng, top: 2 }, warm: { count: { score: eng, gte: 50 } } },
        stages: [{ name: Known }, { name: Warm, when: { score: sum, gte: 100 } }], priorities: [{ name: now, when: { stage: Warm }, action: Call }]";
    let world = world(own).leads(PEOPLE);
    let explain = |args: &[&str]| {
        let base = ["explain", "rulebook.yaml", "--leads", "leads-1.csv", "--as-of", "2026-06-30"];
        world.command(&[&base[..], args].concat())
    };
    let json = explain(&["--account", " Acme ", "--format", "json"]);
    assert_eq!(json.code, Some(0), "{}", json.stderr);
    let told: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!((&told["account"], &told["leads"], &told["disqualified"]), (&"Acme".into(), &3.into(), &1.into()));
    let share =
        |id: &str, points: i64, counts: bool| serde_json::json!({ "lead_id": id, "points": points, "counts": counts });
    assert_eq!(
        told["scores"][0]["leads"],
        serde_json::json!([share("6", 60, true), share("1", 50, true), share("3", 20, false)])
    );
    assert_eq!(told["scores"][0]["value"], 110);
    assert_eq!(told["scores"][1]["leads"], serde_json::json!([share("1", 1, true), share("6", 1, true)]));
    assert_eq!((&told["stage"], &told["priority"], &told["action"]), (&"Warm".into(), &"now".into(), &"Call".into()));
    let text = explain(&["--account", "Acme"]);
    insta::assert_snapshot!(text.stdout);
    let none = explain(&["--account", "Acne"]);
    assert_eq!(none.code, Some(1));
    assert!(
        none.stderr.contains("no account has the name or id Acne") && none.stderr.contains("Acme"),
        "{}",
        none.stderr
    );
    assert_eq!(explain(&["--account", "Acme", "1"]).code, Some(2), "a lead or an account");
    assert_eq!(explain(&[]).code, Some(2));
}

#[test]
fn threads_and_blocks_change_no_byte() {
    let line = |n: usize| format!("{n},C{},{},", n * 7 % 97, ["100", "-30", "20", "", "0.01"][n * 13 % 5]);
    let leads = (0..4000).map(line).collect::<Vec<_>>().join("\n");
    let own = "by: company, fields: [kind], scores: { a: { sum: eng, top: 3 }, b: { mean: eng }, c: { max: eng }, d: { count: { field: s, gt: 1 } }, e: { sum: eng } },
        stages: [{ name: K }, { name: M, when: { score: a, gte: 150 } }]";
    let world = world(own).leads(format!("id,company,s,kind\n{leads}\n"));
    let csv = |threads: &str| {
        let ended = world.score(&["--out", "out", "--threads", threads]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.file("out/accounts.csv").expect("accounts")
    };
    let one = csv("1");
    assert_eq!(one.lines().count(), 98);
    assert_eq!(csv("4"), one);
}

#[test]
fn describe_says_what_accounts_are() {
    let own = "by: mail.domain, where: { score: eng, gt: 0 }, scores: { eng: { sum: eng, top: 3 }, people: { count: { stage: MQL } } },
        stages: [{ name: Known }, { name: MQA, when: [{ score: eng, gte: 100 }, { score: leads, gt: 1 }] }, { name: Top, when: { stage: MQA } }],
        priorities: [{ name: now, when: { stage: MQA }, action: Call }]";
    let told = world(own).command(&["describe", "rulebook.yaml"]);
    assert_eq!(told.code, Some(0), "{}", told.stderr);
    let words = told.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Leads with the same value in the domain in “mail” belong to one account.",
        "Only leads count for which this is true: eng is above 0",
        "the sum of the 3 largest values of eng",
        "the number of leads for which this is true: the stage MQL is held",
        "when eng is at least 100 and the number of its leads is above 1",
        "when the stage MQA is held",
        "Call",
    ] {
        assert!(words.contains(said), "{said}\n{}", told.stdout);
    }
}

#[test]
fn diff_tells_edits_of_accounts() {
    let (old, new) =
        (world("by: company, scores: { a: { sum: eng } }"), world("by: company, scores: { a: { max: eng } }"));
    let both = old.file("new.yaml", &new.rulebook).leads(PEOPLE);
    let told = both.command(&["diff", "rulebook.yaml", "new.yaml", "--leads", "leads-1.csv", "--as-of", "2026-06-30"]);
    assert!(told.stdout.contains("accounts"), "{}\n{}", told.stdout, told.stderr);
    assert!(told.stdout.contains("only the report or accounts.csv"), "{}", told.stdout);
}
