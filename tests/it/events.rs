//! Events: which a selection takes, which count at all and for whom, and what is measured of them.

use crate::trial::{points, truth};
use crate::world::{Fates, World, rules};

#[test]
fn a_selection_takes_the_types_it_names_and_the_source() {
    let rulebook = |selection: &str| {
        rules(&format!(
            "not_engagement: [Mail, CALL]
events:
  a: {{ lead: lead, type: type, time: time }}
  b: {{ lead: lead, type: type, time: time }}
dimensions: {{ score: {{ criteria: [{{ id: x, {selection}, points: 1 }}] }} }}"
        ))
        .leads("id\n1\n")
        .events("a", "lead,type,time\n1,Visit,2026-01-01\n1,mail,2026-01-01\n1,,2026-01-01\n")
        .events("b", "lead,type,time\n1,VISIT,2026-01-01\n1,call,2026-01-01\n1,form,2026-01-01\n")
    };
    let given = |selection: &str| rulebook(selection).run().cell("1", "score").to_owned();
    assert_eq!(given("event: visit"), "2", "types are text");
    assert_eq!(given("event: visit, source: b"), "1");
    assert_eq!(given("event: [visit, form, Form]"), "3");
    assert_eq!(given("event: any"), "4", "an event with an empty type is of no type, but `any` selects it");
    assert_eq!(given("event: any, source: a"), "2");
    assert_eq!(given("event: mail"), "1", "what is not engagement can be named");
    assert_eq!(given("event: [mail, call]"), "2");
    assert_eq!(given("event: none"), "0");
    assert_eq!(rulebook("event: any").run().cell("1", "events"), "6");
}

#[test]
fn a_window_ends_at_as_of_and_excludes_its_own_beginning() {
    points("{ event: v, within: 30d, points: 1 }").gives_for(&[
        (&["v|2026-05-31T23:59:59.999Z"], "0"),
        (&["v|2026-06-01"], "1"),
        (&["v|2026-06-30T23:59:59.999Z"], "1"),
        (&["v|2026-07-01"], "0"),
    ]);
}

const SINCE: [&str; 2] = ["r: { type: date }", "s: { type: date }"];
const VISITS: [&str; 3] = ["v|2026-03-01", "v|2026-03-01T00:00:00.001Z", "v|2026-05-01"];

#[test]
fn since_takes_events_after_the_latest_date_that_is_present_and_not_after_as_of() {
    points("{ event: v, since: r, points: 1 }").fields(&SINCE).gives_with(&[
        ("|", &VISITS, "3"),
        ("2026-03-01|", &VISITS, "2"),
        ("2026-07-01|", &VISITS, "3"),
        ("2026-06-30T23:59:59.999Z|", &VISITS, "0"),
        ("unreadable|2026-03-01", &VISITS, "3"),
    ]);
    points("{ event: v, since: [r, s], points: 1 }").fields(&SINCE).gives_with(&[
        ("|2026-03-01", &VISITS, "2"),
        ("2026-04-01|2026-03-01", &VISITS, "1"),
        ("2026-07-01|2026-03-01", &VISITS, "2"),
    ]);
    points("{ event: v, since: r, within: 61d, points: 1 }")
        .fields(&SINCE)
        .gives_with(&[("|", &VISITS, "1"), ("2026-05-01|", &VISITS, "0")]);
}

/// A lead with three visits and two dates; each criterion in a dimension and a group that each have a `since`.
fn inherited(criterion: &str, r: &str, s: &str) -> String {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ r: {{ type: date }}, s: {{ type: date }} }} }}
events: {{ web: {{ lead: lead, type: type, time: time }} }}
dimensions:
  score:
    since: r
    groups: {{ g: {{ since: s, criteria: [{criterion}] }} }}"
    );
    let events = VISITS.map(|visit| format!("1,{}\n", visit.replace('|', ","))).concat();
    let world = rules(&rulebook).leads(format!("id,r,s\n1,{r},{s}\n"));
    world.events("web", format!("lead,type,time\n{events}")).run().cell("1", "score").to_owned()
}

#[test]
fn since_of_a_dimension_or_group_holds_for_every_selection_inside() {
    for (r, s, n_visits) in [
        ("", "", 3),
        ("2026-03-01", "", 2),
        ("", "2026-03-01", 2),
        ("2026-04-01", "2026-03-01", 1),
        ("2026-01-01", "2026-06-01", 0),
    ] {
        let n = n_visits.to_string();
        assert_eq!(inherited("{ id: a, event: v, points: 1 }", r, s), n);
        assert_eq!(
            inherited(
                "{ id: a, event: v, tiers: [{ is: 3, points: 3 }, { is: 2, points: 2 }, { is: 1, points: 1 }] }",
                r,
                s
            ),
            n
        );
        assert_eq!(inherited(&format!("{{ id: a, when: {{ event: v, is: {n} }}, points: {n} }}"), r, s), n);
        let gated = format!("{{ id: a, only_if: {{ event: v, is: {n} }}, when: {{ event: v, gte: 0 }}, points: 7 }}");
        assert_eq!(inherited(&gated, r, s), "7", "`only_if` included");
        let against = format!("{{ id: a, when: {{ event: v, gte: {{ event: v }} , is: {n} }}, points: {n} }}");
        assert_eq!(inherited(&against, r, s), n, "a right-hand measure included");
        let own = if r < "2026-05-01" && s < "2026-05-01" { "1" } else { "0" };
        assert_eq!(
            inherited("{ id: a, event: v, since: [s, r], within: 61d, points: 1 }", r, s),
            own,
            "beside their own"
        );
    }
}

#[test]
fn the_first_that_fits_of_reject_undated_orphan_later_repeat() {
    let rulebook = "leads: { id: id, created: c, fields: { c: { type: date } } }
events: { web: { lead: lead, type: type, time: time, id: eid, file: { blank: ['-'] } } }
dimensions: { score: { criteria: [{ id: a, event: [v, w], points: 1 }] } }";
    let fates = |events: &[&str]| {
        let outcome = rules(rulebook)
            .leads("id,c\n1,\n2,2026-07-01\n3,2026-06-30T23:59:59.999Z\n3,\n")
            .events("web", "lead,type,time,eid\n".to_owned() + &events.join("\n"))
            .run();
        assert_eq!(outcome.column("lead_id"), ["1", "3"], "a lead created after `as_of` is not scored");
        assert_eq!(outcome.counts.leads.n_later, 1);
        (outcome.fates(), outcome.cell("1", "score").to_owned())
    };
    let none = Fates::default;
    assert_eq!(fates(&["1,v,2026-01-01,e"]).0, Fates { counted: 1, ..none() });
    assert_eq!(fates(&["1,v,2026-01-01", "9,v,soon,e", "1,v,2026-13-01,e"]).0, Fates { rejects: 3, ..none() });
    assert_eq!(fates(&["9,v,,e", "1,v,-,e"]).0, Fates { undated: 2, ..none() }, "undated before orphan");
    assert_eq!(
        fates(&["9,v,2027-01-01,e", ",v,2026-01-01,e", "-,v,2026-01-01,e"]).0,
        Fates { orphans: 3, ..none() },
        "orphan before later"
    );
    assert_eq!(
        fates(&["1,v,2026-07-01,e", "2,v,2026-01-01,f"]).0,
        Fates { later: 2, ..none() },
        "later by itself, or by its lead"
    );
    let repeated = ["1,v,2026-01-01,e", "1,V,2026-02-01,e", "1,w,2026-01-01,e", "1,v,2026-01-01,", "1,v,2026-01-01,-"];
    assert_eq!(
        fates(&repeated),
        (Fates { repeats: 1, counted: 4, ..none() }, "4".to_owned()),
        "unique per type; without an id each counts"
    );
    let later_first = ["1,v,2027-01-01,e", "9,v,2026-01-01,e", "1,v,,e", "1,v,2026-01-01,e", "3,v,2026-01-01,e"];
    let expected = Fates { later: 1, orphans: 1, undated: 1, repeats: 1, counted: 1, ..none() };
    assert_eq!(fates(&later_first), (expected, "1".to_owned()), "a repeat is of an earlier row that counts");
    let outcome = rules(rulebook)
        .leads("id,c\n1,\n")
        .events("web", "lead,type,time,eid\n9,V,2026-01-01,\n9,v,2026-01-01,\n8,,2026-01-01,\n8,-,2026-01-01,\n")
        .run();
    let orphans: Vec<_> =
        outcome.counts.sources[0].orphans_by_type.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    assert_eq!(orphans, [("", 2), ("v", 2)], "by type, and a blank one is none");
}

#[test]
fn event_ids_are_unique_within_a_source_across_its_files() {
    let rulebook = "events:
  a: { lead: lead, type: type, time: time, id: eid }
  b: { lead: lead, type: type, time: time, id: eid }
dimensions: { score: { criteria: [{ id: x, event: v, count: each, points: 1, decay: { linear: 1000d } }, { id: y, event: v, points: 10 }] } }";
    let one = "lead,type,time,eid\n1,v,2026-06-30T23:59:59.999Z,e\n";
    let two = "lead,type,time,eid\n1,v,2026-01-01,e\n";
    let score = |world: World| world.run().cell("1", "score").to_owned();
    assert_eq!(
        score(rules(rulebook).leads("id\n1\n").events("a", one).events("a", two).events("b", "lead,type,time,eid\n")),
        "11",
        "the first row counts"
    );
    assert_eq!(score(rules(rulebook).leads("id\n1\n").events("a", one).events("b", one)), "22");
}

#[test]
fn from_columns_gives_an_event_for_each_column_that_has_a_time() {
    let rulebook = "events:
  talks: { lead: lead, type: { from_columns: { registered: Registered, attended: { column: Came, format: '%d.%m.%Y' } } }, file: { blank: ['-'] } }
dimensions: { score: { criteria: [{ id: a, event: registered, points: 1 }, { id: b, event: attended, points: 10 }] } }";
    let events = "lead,Registered,Came\n1,2026-01-01,02.01.2026\n2,2026-01-01,-\n3,soon,02.01.2026\n4,2026-01-01,2026-01-02\n5,,\n9,2026-01-01,02.01.2026\n";
    let outcome = rules(rulebook).leads("id\n1\n2\n3\n4\n5\n").events("talks", events).run();
    assert_eq!(outcome.column("score"), ["11", "1", "10", "1", "0"]);
    assert_eq!(
        outcome.fates(),
        Fates { counted: 5, undated: 2, orphans: 2, ..Fates::default() },
        "an unreadable time makes only that event undated"
    );
    assert_eq!(outcome.issues(), [("events talks.attended".to_owned(), 1), ("events talks.registered".to_owned(), 1)]);
    assert_eq!(outcome.counts.sources[0].n_kept, 6);
}

#[test]
fn a_type_may_always_be_the_same() {
    points("{ event: visit, points: 1 }")
        .source("lead: lead, type: { always: Visit }, time: time")
        .gives_for(&[(&["x|2026-01-01", "|2026-01-02"], "2")]);
}

#[test]
fn an_event_of_a_shared_key_counts_for_each_lead_that_has_it() {
    let rulebook = "leads: { id: id, created: c, fields: { account: {}, c: { type: date }, mail: { type: email } } }
events: { web: { lead: { column: acc, by: account }, type: type, time: time }, mail: { lead: { column: domain, by: mail.domain }, type: { always: m }, time: time } }
dimensions: { score: { criteria: [{ id: a, event: v, points: 1 }, { id: b, event: m, points: 10 }] } }";
    let leads =
        "id,account,c,mail\n1,A,,x@Acme.example\n2,A,,y@acme.example\n3,B,,\n4,A,2027-01-01,\n5,,,z@x.example\n";
    let outcome = rules(rulebook)
        .leads(leads)
        .events("web", "acc,type,time\nA,v,2026-01-01\nB,v,2026-01-01\n,v,2026-01-01\na,v,2026-01-01\n")
        .events("mail", "domain,time\nACME.EXAMPLE,2026-01-01\n")
        .run();
    assert_eq!(outcome.column("score"), ["11", "11", "1", "0"]);
    assert_eq!(
        outcome.fates(),
        Fates { counted: 3, orphans: 2, ..Fates::default() },
        "an event counts once, however many share it"
    );
    assert_eq!(
        (outcome.counts.sources[0].n_shared, outcome.counts.n_sharing),
        (1, 3),
        "by account with the later lead, by domain the same two"
    );
}

#[test]
fn a_list_of_lead_keys_is_tried_in_order_and_a_later_lead_counts_as_found() {
    let rulebook = "leads: { id: id, created: c, fields: { c: { type: date }, mail: { type: email } } }
events: { web: { lead: [lead, { column: mail, by: mail }], type: type, time: time } }
dimensions: { score: { criteria: [{ id: a, event: v, points: 1 }] } }";
    let leads = "id,c,mail\n1,,one@x.example\n2,,two@x.example\n3,2027-01-01,three@x.example\n";
    let given = |lead: &str, mail: &str| {
        let outcome = rules(rulebook)
            .leads(leads)
            .events("web", format!("lead,mail,type,time\n{lead},{mail},v,2026-01-01\n"))
            .run();
        let fates = outcome.fates();
        (outcome.column("score").join(" "), fates.orphans, fates.later)
    };
    assert_eq!(given("1", "two@x.example"), ("1 0".to_owned(), 0, 0));
    assert_eq!(given("9", "TWO@x.example"), ("0 1".to_owned(), 0, 0));
    assert_eq!(given("", "two@x.example"), ("0 1".to_owned(), 0, 0));
    assert_eq!(given("3", "two@x.example"), ("0 0".to_owned(), 0, 1));
    assert_eq!(given("9", "nine@x.example"), ("0 0".to_owned(), 1, 0));
}

#[test]
fn measures_are_taken_over_the_selected_events_that_have_the_field() {
    let fields =
        ["n: { type: number }", "d: { type: date }", "t: { type: text }", "b: { type: boolean }", "u: { type: url }"];
    let some: [&str; 4] = [
        "v|2026-01-01|1.5|2026-02-02|A|yes|x.example/a?1",
        "v|2026-01-02|-3||a|no|x.example/b",
        "v|2026-01-02||x||1|",
        "v|2026-01-02|1.50|2026-03-03|b|y|X.example/A",
    ];
    let on = |measure: &str, none: &str, rest: &str| {
        let condition = |wanted: &str| format!("{{ event: v, measure: {measure}, {wanted} }}");
        truth(&condition(none))
            .event_fields(&fields)
            .gives_for(&[(&[], "true"), (&["w|2026-01-01|9|2026-06-06|z|y|z"], "true")]);
        truth(&condition(rest)).event_fields(&fields).gives_for(&[(&some, "true")]);
    };
    on("count", "is: 0", "is: 4");
    on("days", "is: 0", "is: 2");
    on("{ sum: n }", "is: 0", "is: 0");
    on("{ distinct: n }", "is: 0", "is: 2");
    on("{ distinct: t }", "is: 0", "is: 2");
    on("{ distinct: b }", "is: 0", "is: 2");
    on("{ distinct: d }", "is: 0", "is: 2");
    on("{ distinct: u.path }", "is: 0", "is: 2");
    on("{ distinct: u.host }", "is: 0", "is: 1");
    truth("{ event: v, measure: { max: n }, is: 1.5 }").event_fields(&fields).gives_for(&[
        (&some, "true"),
        (&some[1..2], "false"),
        (&[], "unknown"),
        (&some[2..3], "unknown"),
    ]);
    truth("{ event: v, measure: { max: d }, is: 2026-03-03 }")
        .event_fields(&fields)
        .gives_for(&[(&some, "true"), (&[], "unknown")]);
    truth("{ event: v, measure: { max: d }, older_than: 100d }")
        .event_fields(&fields)
        .gives_for(&[(&some, "true"), (&["v|2026-01-01|1|2026-06-01|||"], "false")]);
    truth("{ event: v, measure: { sum: n }, is: -1.5 }")
        .event_fields(&fields)
        .gives_for(&[(&some[..2], "true"), (&some[2..3], "false")]);
}

#[test]
fn days_are_calendar_days_of_the_rulebooks_zone() {
    let around_midnight: [&str; 2] = ["v|2026-01-01T20:59:59Z", "v|2026-01-01T21:00:00Z"];
    truth("{ event: v, measure: days, is: 2 }")
        .with("timezone: Europe/Istanbul")
        .gives_for(&[(&around_midnight, "true")]);
    truth("{ event: v, measure: days, is: 1 }").gives_for(&[(&around_midnight, "true")]);
}

#[test]
fn idle_days_count_exact_fractions_from_the_newest_event_else_from_from_and_the_since_dates() {
    let fields = ["c: { type: date }", "r: { type: date }"];
    let as_of_half = "2026-06-29T11:59:59.999Z";
    truth("{ event: v, measure: idle_days, gte: 1.5, lte: 1.5 }").gives_for(&[
        (&["v|2026-01-01", &format!("v|{as_of_half}")], "true"),
        (&["v|2026-06-29T11:59:59.998Z"], "false"),
        (&[], "unknown"),
    ]);
    let from = "{ event: v, measure: idle_days, from: c, gte: 60 }";
    truth(from).fields(&fields).gives_with(&[
        ("2026-01-01|", &[], "true"),
        ("2026-06-01|", &[], "false"),
        ("|2026-01-01", &[], "unknown"),
        ("2026-01-01|", &["v|2026-06-29"], "false"),
        ("2027-01-01|", &[], "false"),
    ]);
    let never_below = "{ event: v, measure: idle_days, from: c, is: 0 }";
    truth(never_below).fields(&fields).gives_with(&[("2027-01-01|", &[], "true")]);
    let since = "{ event: v, measure: idle_days, from: c, since: r, lt: 60 }";
    truth(since).fields(&fields).gives_with(&[
        ("2026-01-01|2026-06-01", &[], "true"),
        ("2026-06-01|2026-01-01", &[], "true"),
        ("2026-01-01|2026-06-01", &["v|2026-03-01"], "true"),
        ("2026-01-01|2027-01-01", &[], "false"),
        ("|2026-06-01", &[], "true"),
    ]);
}

#[test]
fn a_field_that_an_events_source_does_not_have_is_missing() {
    let rulebook = "events:
  a: { lead: lead, type: type, time: time, fields: { n: { type: number } } }
  b: { lead: lead, type: type, time: time }
dimensions: { score: { criteria: [{ id: x, event: v, where: { absent: [n] }, points: 1 }, { id: y, event: v, where: { field: n, gte: 0 }, points: 10 }, { id: z, when: { event: v, measure: { sum: n }, is: 3 }, points: 100 }] } }";
    let outcome = rules(rulebook)
        .leads("id\n1\n")
        .events("a", "lead,type,time,n\n1,v,2026-01-01,3\n")
        .events("b", "lead,type,time\n1,v,2026-01-01\n")
        .run();
    assert_eq!(outcome.column("score"), ["111"]);
}
