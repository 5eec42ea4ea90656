//! `scored.csv`: its columns and their order, and what stands in those that no other section speaks of.

use crate::world::rules;

#[test]
fn the_columns_stand_in_this_order_and_some_only_where_they_are_defined() {
    let plain = rules("dimensions: { fit: { criteria: [] }, use: { criteria: [] } }").leads("id\n1\n").run();
    assert_eq!(
        plain.csv,
        "lead_id,fit,use,total,stage,disqualified,crm_stage,step,why,missing,events,last_event\n1,0,0,0,Lead,,,,,,0,\n"
    );
    let all = "grade: { score: { A: 0 } }\npriorities: [{ name: p }]";
    let world = rules(all)
        .leads("id,note,Extra\n1,,\"a, b\"\n2,x,  c \n")
        .keep(&["Extra", "id"])
        .previous("lead_id,total,stage\n");
    let expected = "lead_id,score,total,grade,stage,disqualified,priority,action,crm_stage,step,why,missing,events,last_event,previous_total,previous_stage,changed,Extra,id
1,0,0,A,Lead,,p,,,,,,0,,,,new,\"a, b\",1
2,0,0,A,Lead,,p,,,,,,0,,,,new,  c ,2
";
    assert_eq!(world.run().csv, expected);
    let ended = world.score(&[]);
    assert_eq!(
        (ended.code, ended.file("out/scored.csv").as_deref()),
        (Some(0), Some(expected)),
        "the binary writes these"
    );
}

#[test]
fn rows_stand_in_the_order_of_the_leads_files() {
    let outcome = rules("").leads("id\nb\na\n\"q \"\"x\"\"\"\n").leads("id\n10\n9\n").run();
    assert_eq!(outcome.column("lead_id"), ["b", "a", "q \"x\"", "10", "9"]);
    assert!(
        outcome.csv.contains("\n\"q \"\"x\"\"\",0,") && outcome.csv.ends_with(",\n") && !outcome.csv.contains('\r')
    );
}

#[test]
fn points_print_without_trailing_zeros() {
    let values = "dimensions: { s: { criteria: [{ id: a, field: note, values: { a: 12.00, b: 12.50, c: -3.25, d: -0.05, e: 0.10, f: -1000 } }] } }";
    let world = rules(&format!("leads: {{ id: id, fields: {{ note: {{}} }} }}\n{values}"))
        .leads("id,note\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\n7,\n");
    assert_eq!(world.run().column("total"), ["12", "12.5", "-3.25", "-0.05", "0.1", "-1000", "0"]);
    assert_eq!(world.run().column("why"), ["a +12", "a +12.5", "a -3.25", "a -0.05", "a +0.1", "a -1000", ""]);
}

#[test]
fn why_names_the_three_largest_in_size_after_their_cap_with_ties_in_rulebook_order() {
    let rulebook = "leads: { id: id, fields: { note: {} } }
events: { web: { lead: lead, type: type, time: time } }
dimensions:
  one:
    weight: 3
    groups: { g: { max: 1, criteria: [{ id: grouped, when: { field: note, is: x }, points: 5 }] } }
    criteria: [{ id: minus, when: { field: note, is: x }, points: -5 }, { id: zero, when: { field: note, is: x }, points: 0 }]
  two:
    criteria:
      - { id: capped, label: Came by, event: v, points: 100, cap: 4.5 }
      - { id: plus, when: { present: [note] }, points: 5 }";
    let outcome = rules(rulebook)
        .leads("id,note\n1,x\n2,y\n3,\n")
        .events("web", "lead,type,time\n1,v,2026-01-01\n2,v,2026-01-01\n")
        .run();
    assert_eq!(outcome.column("why"), ["minus -5; grouped +5; plus +5", "plus +5; Came by +4.5", ""]);
}

#[test]
fn missing_names_the_fields_that_criteria_disqualifiers_and_stages_read_and_the_lead_lacks() {
    let read =
        ["c_when", "c_if", "c_tier", "c_value", "c_right", "c_part", "dis", "st", "keep", "t_field", "c_event_right"];
    let not_read = "since from by entered entered_when recycle prio disabled created t_by unused where";
    let rulebook = "leads:
  id: id
  created: created
  fields:
    c_when: {}
    since: { type: date }
    dis: {}
    st: {}
    c_if: {}
    c_part: { type: url }
    c_tier: { type: number }
    c_value: {}
    c_right: { type: number }
    c_event_right: { type: number }
    keep: {}
    from: { type: date }
    by: {}
    entered: { type: date }
    entered_when: {}
    recycle: {}
    prio: {}
    disabled: {}
    created: { type: date }
    t_by: {}
    unused: {}
tables: { t: { key: k, by: t_by, fields: { t_field: {}, t_unused: {} } } }
events: { web: { lead: { column: lead, by: by }, type: type, time: time, fields: { where: {} } } }
dimensions:
  s:
    since: since
    criteria:
      - { id: a, only_if: { field: c_if, is: x }, when: { any: [{ present: [c_when, t_field] }, { field: c_part.query, is: x }] }, points: 1 }
      - { id: b, field: c_tier, tiers: [{ gte: { field: c_right }, points: 1 }] }
      - { id: c, field: c_value, values: { x: 1 } }
      - { id: d, when: { event: v, measure: idle_days, from: from, where: { absent: [where] }, gte: { field: c_event_right } }, points: 1 }
      - { id: e, enabled: false, when: { field: disabled, is: x }, points: 1 }
disqualify: [{ reason: r, when: { field: dis, is: x } }]
stages:
  - { name: A, entered: { when: { field: entered_when, is: x } }, recycle_when: { field: recycle, is: x } }
  - { name: B, when: { field: st, is: x }, keep_when: { field: keep, is: x }, entered: entered }
priorities: [{ name: p, when: { field: prio, is: x } }]";
    let header = "id,c_when,since,dis,st,c_if,c_part,c_tier,c_value,c_right,c_event_right,keep,from,by,entered,entered_when,recycle,prio,disabled,created,t_by,unused";
    let full = "2,x,2026-01-01,y,x,x,/path,1,x,1,1,x,2026-01-01,x,2026-01-01,x,x,x,x,2026-01-01,x,x";
    let unread = "3,x,,y,x,x,/path,many,x,1,1,x,,,,,,,,,x,";
    let leads = format!("{header}\n1{}\n{full}\n{unread}\n", ",".repeat(21));
    let world =
        rules(rulebook).leads(leads).table("t", "k,t_field,t_unused\nx,x,\n").events("web", "lead,type,time,where\n");
    let outcome = world.run();
    assert_eq!(
        outcome.cell("1", "missing"),
        "c_when; dis; st; c_if; c_part; c_tier; c_value; c_right; c_event_right; keep; t_field",
        "in order of declaration, tables last"
    );
    assert_eq!(outcome.cell("1", "missing").split("; ").count(), read.len());
    assert!(not_read.split(' ').all(|name| !outcome.cell("1", "missing").split("; ").any(|missing| missing == name)));
    assert_eq!(outcome.cell("2", "missing"), "", "a present field whose part is absent is not lacking");
    assert_eq!(outcome.cell("3", "missing"), "c_tier", "an unreadable cell is missing");
}

#[test]
fn events_are_all_that_count_and_last_event_passes_over_our_own_doing() {
    let rulebook = "not_engagement: [mail]
leads: { id: id, fields: { r: { type: date } } }
events: { web: { lead: lead, type: type, time: time, id: eid } }
dimensions: { s: { since: r, criteria: [{ id: a, event: any, points: 1 }] } }";
    let events = "lead,type,time,eid
1,v,2026-01-01T10:00:00.000Z,
1,mail,2026-03-01,
1,,2026-02-01T10:00:00.250+03:00,e
1,,2026-02-01T10:00:00.250+03:00,e
1,v,2026-07-01,
2,mail,2026-03-01,
3,v,2025-12-31T23:00:01,
";
    let outcome = rules(rulebook).leads("id,r\n1,2026-05-01\n2,\n3,\n4,\n").events("web", events).run();
    assert_eq!(outcome.column("events"), ["3", "1", "1", "0"], "of any type, whatever any `since` says");
    assert_eq!(outcome.column("last_event"), ["2026-02-01T07:00:00.250Z", "", "2025-12-31T23:00:01Z", ""]);
    assert_eq!(outcome.column("s"), ["0", "0", "1", "0"]);
}

#[test]
fn changed_compares_the_stage_with_the_previous_run() {
    let rulebook = "leads: { id: id, fields: { n: { type: number } } }
dimensions: { s: { criteria: [{ id: a, field: n, tiers: [{ gte: 20, points: 20 }, { gte: 10, points: 10 }] }] } }
stages: [{ name: A }, { name: B, when: { score: s, gte: 10 } }, { name: C, when: { score: s, gte: 20 } }]
disqualify: [{ reason: r, when: { field: n, lt: 0 } }]";
    let previous = "stage,lead_id,other,total
A,1,x,5
B,2,x,12.5
C,3,x,-3.25
Disqualified,4,x,0
Disqualified,5,x,0
Gone,6,x,1
Gone,7,x,1
A,8,x,1
X,99,x,1
";
    let outcome =
        rules(rulebook).leads("id,n\n1,10\n2,10\n3,10\n4,-1\n5,1\n6,1\n7,-1\n8,-1\n9,10\n").previous(previous).run();
    assert_eq!(outcome.column("changed"), ["up", "", "down", "", "up", "up", "", "down", "new"]);
    assert_eq!(outcome.column("previous_total"), ["5", "12.5", "-3.25", "0", "0", "1", "1", "1", ""]);
    assert_eq!(
        outcome.column("previous_stage"),
        ["A", "B", "C", "Disqualified", "Disqualified", "Gone", "Gone", "A", ""]
    );
    assert_eq!(outcome.column("stage"), ["B", "B", "B", "Disqualified", "A", "A", "Disqualified", "Disqualified", "B"]);
}

#[test]
fn a_date_as_the_instant_means_the_last_of_that_day_in_the_rulebooks_zone() {
    let rulebook = "timezone: Europe/Istanbul\nevents: { web: { lead: lead, type: type, time: time } }";
    let events = "lead,type,time\n1,v,2026-06-30T20:59:59.999Z\n1,v,2026-06-30T21:00:00Z\n";
    let world = rules(rulebook).leads("id\n1\n").events("web", events);
    assert_eq!(world.score(&[]).scored()[0]["events"], "1");
    assert_eq!(world.as_of("2026-07-01T00:00").score(&[]).scored()[0]["events"], "2");
}
