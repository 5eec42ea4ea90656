//! What leads are worth, and outcomes by score and criterion, by hand-computed cases and properties.

use crate::funnel::{PATH, each, report, world};
use crate::world::rules;
use proptest::prelude::*;
use serde_json::{Value, json};

/// So many leads that came to MQL, of these to SQL, of these to Customer.
fn came(n: [u32; 3], worth: &str) -> Vec<String> {
    let of = |number: u32| {
        let date = |reached: bool, day: u32| if reached { format!("2026-01-0{day}") } else { String::new() };
        let (sql, won) = (date(number < n[1], 3), date(number < n[2], 4));
        let worth = if number < n[2] { worth } else { "" };
        format!("{number},2026-01-01,2026-01-02,{sql},{won},,,,Web,{worth}")
    };
    (0..n[0]).map(of).collect()
}

fn seen(value: &str, rows: &[String]) -> Value {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    report(&world(&format!("{}\nvalue: {value}", PATH.replace("lost: lost", "lost: lost, by: [source]")), &rows))
}

#[test]
fn the_chain_shows_every_factor() {
    // 400 MQLs, 100 SQLs, 40 customers: 20,000 × 0.25 × 0.40 = 2,000.
    let found =
        seen("{ currency: USD, ltv: 20000, target_roas: 1.25, spend: { WEB: 40000 } }", &came([400, 100, 40], ""));
    let mql = &found["value"]["stages"][1];
    assert_eq!((&mql["stage"], &mql["chain"]["value"]), (&json!("MQL"), &json!(2000.0)));
    assert_eq!(each(&mql["factors"], "source"), ["measured", "measured"]);
    assert_eq!((&mql["factors"][0]["rate"]["value"], &mql["factors"][1]["rate"]["value"]), (&json!(0.25), &json!(0.4)));
    assert_eq!(
        (&mql["direct"]["value"], &mql["gap"]["value"], &mql["gap_why"]),
        (&json!(2000.0), &json!(0.0), &Value::Null)
    );
    assert_eq!((&mql["max_cost"]["value"], &mql["cost"]["value"]), (&json!(1600.0), &json!(100.0)));
    // Wilson's interval of 40 of 400 is 7.43 % to 13.33 %.
    let (low, high) = (mql["direct"]["low"].as_f64().unwrap(), mql["direct"]["high"].as_f64().unwrap());
    assert!((1485.0..1487.0).contains(&low) && (2665.0..2667.0).contains(&high), "{low} {high}");
    assert_eq!(found["value"]["stages"][2]["chain"]["value"], 8000.0, "an SQL, likewise");
    assert_eq!(mql["segments"][0]["value"]["value"], 2000.0);
    assert_eq!(
        (&found["value"]["pool"][1]["n_open"], &found["value"]["pool"][1]["value"]["value"]),
        (&json!(300), &json!(600_000.0))
    );
    assert_eq!(each(&found["value"]["spend"], "segment"), ["WEB", "all with spend"]);
    assert_eq!(each(&found["value"]["spend"][0]["costs"], "cost")[3]["value"], 1000.0, "a customer cost 1,000");
}

#[test]
fn a_tenth_in_place_of_a_quarter_is_worth_800_and_the_gap_is_explained() {
    let found = seen("{ ltv: 20000, rates: { \"MQL->SQL\": 0.10 } }", &came([400, 100, 40], ""));
    let mql = &found["value"]["stages"][1];
    assert_eq!(
        (&mql["chain"]["value"], &mql["direct"]["value"], &mql["gap"]["value"]),
        (&json!(800.0), &json!(2000.0), &json!(-1200.0))
    );
    assert_eq!(each(&mql["factors"], "source"), ["stated", "measured"]);
    assert_eq!(mql["gap_why"], "MQL to SQL is stated as 10 %, measured are 25 % (100 of 400)");
    assert_eq!(found["value"]["stages"][2]["gap_why"], Value::Null, "an SQL's chain has no stated factor");
    // Wholly stated, a value needs no lead.
    let stated = seen("{ ltv: 20000, rates: { \"MQL->SQL\": 0.25, \"SQL->Customer\": 0.40 } }", &[]);
    assert_eq!(stated["value"]["stages"][1]["chain"]["value"], 2000.0);
    assert_eq!(
        stated["value"]["stages"][0]["chain"],
        json!({ "is": "none" }),
        "Lead to MQL is neither stated nor measured"
    );
    // A stated rate may span several steps.
    let spanning = seen("{ ltv: 20000, rates: { \"MQL->Customer\": 0.04 } }", &came([400, 100, 40], ""));
    assert_eq!(spanning["value"]["stages"][1]["chain"]["value"], 800.0);
}

#[test]
fn a_measured_lifetime_value_is_the_mean_of_those_who_have_one() {
    let mut rows = came([100, 50, 40], "1000");
    rows[0] = rows[0].replace("1000", "");
    rows[1] = rows[1].replace("1000", "4900");
    let found = seen("{ ltv: { field: worth } }", &rows);
    assert_eq!(
        found["value"]["ltv"],
        json!({ "amount": { "is": "known", "value": 1100.0 }, "from": { "is": "mean", "n": 39, "n_customers": 40 } })
    );
    assert_eq!(found["value"]["stages"][1]["direct"]["value"], 440.0);
}

#[test]
fn too_few_leads_have_no_value_unless_it_is_stated() {
    let found = seen("{ ltv: 20000 }", &came([100, 10, 5], ""));
    let mql = &found["value"]["stages"][1];
    assert_eq!(mql["chain"], json!({ "is": "too_few", "n": 10 }), "the second factor has ten leads");
    assert_eq!(mql["direct"]["value"], 1000.0, "a hundred are enough for the direct rate");
    assert_eq!(mql["gap"], json!({ "is": "none" }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn chain_and_direct_rate_agree_where_all_is_measured(
        stages in proptest::collection::vec(0u8..16, 60..200), ltv in 1u32..1_000_000,
    ) {
        // Every bit is a stage that was entered, so stages are skipped as they come.
        let row = |(n, bits): (usize, &u8)| {
            let date = |bit: u8| if bits & bit > 0 { format!("2026-01-0{bit}") } else { String::new() };
            format!("{n},{},{},{},{},,,,,", date(1), date(2), date(4), date(8))
        };
        let rows: Vec<String> = stages.iter().enumerate().map(row).collect();
        let found = seen(&format!("{{ ltv: {ltv} }}"), &rows);
        for stage in found["value"]["stages"].as_array().unwrap() {
            if let (Some(chain), Some(direct)) = (stage["chain"]["value"].as_f64(), stage["direct"]["value"].as_f64()) {
                prop_assert!((chain - direct).abs() <= 0.011, "{chain} and {direct}");
                prop_assert_eq!(&stage["gap"]["value"], &json!(0.0));
                prop_assert!(stage["direct"]["low"].as_f64() <= Some(direct) && Some(direct) <= stage["direct"]["high"].as_f64());
            }
        }
    }
}

#[test]
fn random_outcomes_give_a_lift_near_one() {
    // A multiplicative hash decides who is won; the points follow another.
    let draw = |n: u64, salt: u64| {
        (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(salt).wrapping_mul(0xD1B5_4A32_D192_ED03) >> 40
    };
    let row = |n: u64| {
        format!("{n},2026-01-01,,,{},,,,,{}", if draw(n, 1) % 5 == 0 { "2026-02-02" } else { "" }, draw(n, 2) % 100)
    };
    let rows: Vec<String> = (0..8000).map(row).collect();
    let parts = "\
dimensions: { fit: { criteria: [{ id: rich, field: worth, tiers: [{ gte: 80, points: 40 }, { gte: 60, points: 30 }, { gte: 40, points: 20 }] }] } }
grade: { fit: { A: 40, B: 20, C: 0 } }
funnel: { paths: { sales: [Lead, Customer] } }";
    let found = report(&world(parts, &rows.iter().map(String::as_str).collect::<Vec<_>>()));
    let lifts = found["scores"]["bands"].as_array().unwrap().iter().filter(|band| band["outcomes"]["n_leads"] != 0);
    let mut lifts: Vec<f64> = lifts.map(|band| band["outcomes"]["lift"]["value"].as_f64().unwrap()).collect();
    assert_eq!(lifts.len(), 4);
    lifts.extend(
        found["scores"]["grades"]["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["cells"][0]["outcomes"]["lift"]["value"].as_f64().unwrap()),
    );
    let effect = &found["criteria"]["criteria"][0]["lift"];
    lifts.push(effect["value"].as_f64().unwrap());
    assert!(lifts.iter().all(|lift| (0.88..1.12).contains(lift)), "{lifts:?}");
    assert!(effect["low"].as_f64() < Some(1.0) && Some(1.0) < effect["high"].as_f64(), "{effect}");
    let auc = &found["scores"]["auc"]["auc"];
    assert!(auc["low"].as_f64() < Some(0.5) && Some(0.5) < auc["high"].as_f64(), "{auc}");
}

#[test]
fn outcomes_by_score_and_criterion_add_up() {
    let parts = "\
dimensions:
  fit: { groups: { size: { max: 15, criteria: [{ id: big, when: { field: worth, gte: 100 }, points: 25 }, { id: free, when: { field: source, is: Mail }, points: -5 }] } } }
total: { min: 0 }
stages: [{ name: Lead, entered: lead }, { name: MQL, when: { score: total, gte: 10 }, entered: mql }, { name: SQL, entered: sql }, { name: Customer, entered: won }]
disqualify: [{ reason: silent, when: { absent: [source] } }]
funnel: { paths: { sales: [Lead, SQL, Customer] }, lost: lost }
value: { ltv: 100 }";
    // 40 big ones, of which 30 are won; 40 from mail, of which 10 are won; the ten that are both are won and lost, half and half.
    let of = |n: u32| {
        let (big, mail) = (n < 40, (30..70).contains(&n));
        let won =
            if (5..30).contains(&n) || (30..35).contains(&n) || (40..45).contains(&n) { "2026-03-01" } else { "" };
        let lost = if n >= 60 { "2026-02-02" } else { "" };
        format!(
            "{n},2026-01-01,,2026-02-01,{won},{lost},,,{},{}",
            if mail { "Mail" } else { "Web" },
            if big { 200 } else { 1 }
        )
    };
    let mut rows: Vec<String> = (0..70).map(of).collect();
    rows.push("x,2026-01-01,,,,,,,,".to_owned());
    let world = world(parts, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    // The world's own stages are replaced by these.
    let twice = world.rulebook.find("stages:").expect("the world's own");
    let end = world.rulebook.find("dimensions:").expect("the parts");
    let mut world = world;
    world.rulebook.replace_range(twice..end, "");
    let found = report(&world);
    let [big, mail] = [0, 1].map(|n| found["criteria"]["criteria"][n].clone());
    assert_eq!((&big["n_fired"], &big["given"], &mail["taken"]), (&json!(40), &json!(1000.0), &json!(-200.0)));
    assert_eq!((&big["rate_with"]["rate"], &big["rate_without"]["converted"]), (&json!(0.75), &json!(5)));
    assert_eq!((&big["revenue_with"]["value"], &big["revenue_without"]["value"]), (&json!(75.0), &json!(16.13)));
    assert_eq!(big["lift"]["value"], json!(4.65), "30/40 by 5/31");
    // Points by group are after the group's limit: 15 for the thirty, 15 for the ten both (25 − 5 limited), −5 for the rest.
    let group = &found["criteria"]["dimensions"][0]["groups"][0];
    assert_eq!((&group["given"], &group["taken"]), (&json!(600.0), &json!(-150.0)));
    assert_eq!(found["criteria"]["pairs"], json!([]), "ten common leads are too few to speak of");
    let late = &found["criteria"]["unclosed"];
    assert_eq!(["n", "n_closed", "n_lost", "n_open"].map(|key| late[key].as_u64().unwrap()), [70, 35, 10, 25]);
    let cross = &found["crm"];
    assert_eq!(cross["crm_stages"], json!(["(none)", "Lead", "MQL", "SQL", "Customer"]));
    assert_eq!(cross["rows"][2]["n_leads"], json!([0, 0, 0, 35, 0]));
    assert_eq!(cross["rows"][4]["n_leads"], json!([0, 1, 0, 0, 0]));
    assert_eq!(cross["disqualified"], json!([["silent", 1]]));
}

#[test]
fn the_next_question_is_what_would_move_most() {
    let found = report(
        &rules(
            "\
leads: { id: id, fields: { size: { type: number }, title: title, phone: phone, note: note } }
dimensions:
  fit:
    max: 30
    criteria:
      - { id: size, field: size, tiers: [{ gte: 1000, points: 20 }, { gte: 10, points: 5 }], unknown: -5 }
      - { id: title, field: title, values: { Chief: 15, Intern: -20 } }
      - { id: both, when: { all: [{ field: size, gte: 5 }, { field: title, is: Chief }] }, points: 4 }
      - { id: called, when: { present: [phone] }, points: 1 }
stages: [{ name: Lead }, { name: MQL, when: { all: [{ score: total, gte: 15 }, { present: [note] }] } }]",
        )
        .leads("id,size,title,phone,note\na,,Chief,,x\nb,20,,,x\nc,,,1,\nd,2000,Chief,1,x\n"),
    );
    let questions = &found["quality"]["questions"];
    assert_eq!((&questions["stage"], &questions["n_below"]), (&json!("MQL"), &json!(3)));
    let row = |field: &str| {
        let all = questions["questions"].as_array().unwrap();
        let one =
            all.iter().find(|question| question["field"] == field).unwrap_or_else(|| panic!("{field} in {all:?}"));
        let counts = ["n_lacking", "n_gaining", "n_moved"].map(|key| one[key].as_u64().unwrap());
        (counts, one["mean_gain"]["value"].as_f64())
    };
    // a: from 15 − 5 = 10 to min(30, 20 + 15 + 4) = 30: 20 more, and an MQL. c: from −4 to 21 (the title is unknown): 25 more, no note.
    assert_eq!(row("size"), ([2, 2, 1], Some(22.5)));
    // b: from 5 to 24, an MQL; c: from −4 to 11: `both` stays unknown without a size.
    assert_eq!(row("title"), ([2, 2, 1], Some(17.0)));
    // a: from 10 to 11; b from 5 to 6.
    assert_eq!(row("phone"), ([2, 2, 0], Some(1.0)));
    assert!(each(&questions["questions"], "field").iter().all(|field| field != "note"), "a note alone moves nobody");
}

#[test]
fn the_terminal_shows_a_short_funnel_and_the_value() {
    let parts = format!("{PATH}\nvalue: {{ currency: USD, ltv: 20000 }}");
    let rows = came([400, 100, 40], "");
    let ended = world(&parts, &rows.iter().map(String::as_str).collect::<Vec<_>>()).score(&[]);
    let at = ended.stdout.find("  funnel ").expect("a funnel");
    let end = ended.stdout[at..].find("\n\n").expect("it ends");
    assert!(ended.stdout[at..at + end].lines().count() <= 12);
    insta::assert_snapshot!(ended.stdout[at..].trim_end(), @r"
      funnel        reached   to next  95 %          to last  median to last
      sales: Lead       400  100.00 %  99.0–100.0 %  10.00 %     not reached
        → MQL           400   25.00 %  21.0–29.5 %   10.00 %     not reached
        → SQL           100   40.00 %  30.9–49.8 %   40.00 %     not reached
        → Customer       40

    MQL value: 2,000 USD = 20,000 USD × 25.0 % (MQL→SQL) × 40.0 % (SQL→Customer); direct 2,000 USD (1,485.99–2,666.21)
    wrote out/scored.csv and out/report.html
    ");
}
