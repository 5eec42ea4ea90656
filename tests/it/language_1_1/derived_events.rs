//! Fields of a lead that its events give: what an event's field held when it first or last had a value.

use crate::world::{World, rules};

const WEB: &str = "events:
  web: { lead: lead, type: type, time: time, fields: { source: { optional: true }, page: { type: url, optional: true }, n: { type: number, optional: true }, on: { type: boolean, optional: true }, day: { type: date, optional: true }, tags: { split: \";\", optional: true } } }
  shop: { lead: lead, type: type, time: time, optional: true, fields: { source: { optional: true } } }";

/// What a field named `x` holds for each lead.
fn held(x: &str, header: &str, rows: &str) -> Vec<String> {
    let leads = "id,since\n1,2026-05-15\n2,\n";
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ since: {{ type: date }}, x: {x} }} }}\n{WEB}\nexport: {{ only: all, columns: {{ Id: lead_id, X: x }} }}"
    );
    exported(&rules(&rulebook).leads(leads).events("web", format!("lead,type,time,{header}\n{rows}")))
}

fn exported(world: &World) -> Vec<String> {
    let ended = world.score(&["--quiet"]);
    let crm = ended.file("out/crm.csv").unwrap_or_else(|| panic!("nothing was exported: {}", ended.stderr));
    crm.lines().skip(1).map(|row| row.split_once(',').expect("it has two cells").1.to_owned()).collect()
}

const VISITS: &str = "1,view,2026-05-03,\n1,view,2026-05-02,google\n1,view,2026-05-01,\n1,click,2026-04-01,mail\n1,view,2026-05-20,linkedin\n1,view,2026-05-21,\n1,view,2026-07-02,later\n2,view,2026-06-01,\n";

#[test]
fn first_is_what_the_earliest_selected_event_that_has_it_held() {
    assert_eq!(held("{ event: view, first: source }", "source", VISITS), ["google", ""]);
    assert_eq!(held("{ event: [view, click], first: source }", "source", VISITS), ["mail", ""]);
    assert_eq!(held("{ event: any, first: source }", "source", VISITS), ["mail", ""]);
}

#[test]
fn last_is_what_the_latest_selected_event_that_has_it_held() {
    assert_eq!(
        held("{ event: view, last: source }", "source", VISITS),
        ["linkedin", ""],
        "not what is after the instant"
    );
    assert_eq!(held("{ event: click, last: source }", "source", VISITS), ["mail", ""]);
}

#[test]
fn the_selection_is_that_of_every_event() {
    let select = |more: &str, end: &str| held(&format!("{{ event: view, {more}, {end}: source }}"), "source", VISITS);
    assert_eq!(select("within: 45d", "first"), ["linkedin", ""]);
    assert_eq!(select("since: since", "first"), ["linkedin", ""]);
    assert_eq!(select("where: { field: source, is_not: google }", "first"), ["linkedin", ""]);
    assert_eq!(select("source: web", "first"), ["google", ""]);
    assert_eq!(select("source: shop", "first"), ["", ""]);
}

#[test]
fn for_ends_the_selection_so_long_after_since() {
    let last = |length: &str| {
        held(&format!("{{ event: view, since: since, for: {length}, last: source }}"), "source", VISITS)[0].clone()
    };
    assert_eq!(["4d", "5d", "9d"].map(last), ["", "linkedin", "linkedin"], "the end itself is in it");
    let time = held("{ event: view, since: since, for: 5d, last: time }", "source", VISITS);
    assert_eq!(time, ["2026-05-20T00:00:00Z", ""], "the lead without a date has none");
}

#[test]
fn time_is_the_instant_of_the_event() {
    let got = held("{ event: view, first: time }", "source", VISITS);
    assert_eq!(got, ["2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"], "whatever else it has");
    assert_eq!(held("{ event: view, last: time }", "source", VISITS)[0], "2026-05-21T00:00:00Z");
    assert_eq!(held("{ event: gone, last: time }", "source", VISITS), ["", ""]);
}

#[test]
fn at_one_instant_the_smallest_value_counts() {
    let of = |field: &str, end: &str, values: [&str; 3]| {
        let rows: Vec<String> = values.iter().map(|value| format!("1,view,2026-05-02,{value}\n")).collect();
        let ways = [[0, 1, 2], [2, 1, 0], [1, 2, 0]].map(|way| {
            let rows: String = way.iter().map(|at| rows[*at].as_str()).collect();
            held(&format!("{{ event: view, {end}: {field} }}"), field, &rows)[0].clone()
        });
        assert!(ways.iter().all(|got| *got == ways[0]), "{ways:?}");
        ways[0].clone()
    };
    for end in ["first", "last"] {
        assert_eq!(of("source", end, ["b", "B", "a"]), "B", "texts by their bytes");
        assert_eq!(of("n", end, ["10", "9", ""]), "9");
        assert_eq!(of("on", end, ["yes", "no", "yes"]), "false");
        assert_eq!(of("day", end, ["2026-02-01", "2026-01-01", ""]), "2026-01-01T00:00:00Z");
    }
}

#[test]
fn a_part_of_a_field_may_be_kept_and_has_to_be_there() {
    let rows = "1,view,2026-05-01,/x\n1,view,2026-05-02,https://a.example/y?z\n";
    assert_eq!(held("{ event: view, first: page.host }", "page", rows)[0], "a.example");
    assert_eq!(held("{ event: view, first: page.path }", "page", rows)[0], "/x");
    assert_eq!(held("{ event: view, first: page }", "page", rows)[0], "/x");
}

#[test]
fn a_split_field_or_an_unknown_one_is_refused() {
    let told = |x: &str| {
        let world = rules(&format!("leads: {{ id: id, fields: {{ since: {{ type: date }}, x: {x} }} }}\n{WEB}"));
        format!("{:?}", world.problems())
    };
    assert!(told("{ event: view, first: tags }").contains("`first` and `last` can't use a field with `split`"));
    assert!(told("{ event: view, first: nothing }").contains("no field of events is called `nothing`"));
    assert!(!told("{ event: view, first: source, last: source }").is_empty());
    assert!(!told("{ event: view, first: source, measure: days }").is_empty());
}

#[test]
fn it_is_of_leads_only() {
    let table = "leads: { id: id, fields: { k: {} } }
tables: { t: { key: k, by: k, fields: { x: { event: view, first: source } } } }";
    assert!(!rules(&format!("{table}\n{WEB}")).problems().is_empty());
    let event = "leads: { id: id }
events: { web: { lead: lead, type: type, time: time, fields: { source: {}, x: { event: view, first: source } } } }";
    assert!(!rules(event).problems().is_empty());
}

#[test]
fn it_may_not_stand_where_events_are_selected() {
    let told = |rest: &str| {
        let leads = "leads: { id: id, fields: { x: { event: view, first: time }, y: { event: view, first: source } } }";
        let world = rules(&format!("{leads}\n{WEB}\n{rest}"));
        format!("{:?}", world.problems())
    };
    let since = "dimensions: { s: { criteria: [{ id: a, event: view, since: x, points: 1 }] } }";
    assert!(told(since).contains("`since` can't use the derived field `x`"));
    let filter = "dimensions: { s: { criteria: [{ id: a, event: view, where: { field: y, is: b }, points: 1 }] } }";
    assert!(told(filter).contains("no field of events is called `y`"));
    let by = "  more: { lead: { column: k, by: y }, type: type, time: time }";
    assert!(told(by).contains("`by` can't use the derived field `y`"));
}

#[test]
fn a_since_of_a_dimension_does_not_reach_it() {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ since: {{ type: date }}, x: {{ event: view, first: source }} }} }}\n{WEB}\n\
         dimensions: {{ s: {{ since: since, criteria: [{{ id: a, field: x, values: {{ google: 1, linkedin: 10 }} }}, {{ id: b, event: view, points: 100 }}] }} }}"
    );
    let csv = format!("lead,type,time,source\n{VISITS}");
    let outcome = rules(&rulebook).leads("id,since\n1,2026-05-15\n2,\n").events("web", csv).run();
    assert_eq!(outcome.column("s"), ["201", "100"]);
}

#[test]
fn others_are_derived_from_it_and_missing_names_nothing_in_its_place() {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ crm: {{}}, x: {{ event: view, first: source }}, y: {{ first_of: [crm, x] }}, z: {{ from: y, map: {{ Paid: [google] }} }} }} }}\n{WEB}\n\
         dimensions: {{ s: {{ criteria: [{{ id: a, field: z, values: {{ Paid: 1, own: 10 }} }}, {{ id: b, when: {{ field: x, is: google }}, points: 100 }}] }} }}"
    );
    let csv = format!("lead,type,time,source\n{VISITS}");
    let outcome = rules(&rulebook).leads("id,crm\n1,\n2,\n3,own\n").events("web", csv).run();
    assert_eq!(outcome.column("s"), ["101", "0", "10"]);
    assert_eq!(outcome.column("missing"), ["", "crm", ""]);
}

#[test]
fn the_date_of_an_event_enters_a_stage() {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ x: {{ event: view, first: time }} }} }}\n{WEB}\n\
         stages: [{{ name: Lead }}, {{ name: Seen, entered: x }}]"
    );
    let csv = format!("lead,type,time,source\n{VISITS}");
    let outcome = rules(&rulebook).leads("id\n1\n3\n").events("web", csv).run();
    assert_eq!(outcome.column("crm_stage"), ["Seen", ""]);
}

#[test]
fn of_ranges_at_one_instant_the_smaller_is_taken_whatever_the_order_of_rows() {
    let rulebook = "
leads: { id: id, fields: { x: { event: view, first: r }, low: { event: view, first: r.low } } }
events: { web: { lead: lead, type: type, time: time, fields: { r: { type: range } } } }
dimensions: { s: { criteria: [{ id: a, when: { field: x.high, is: 10 }, points: 1 }, { id: b, when: { field: low, is: 5 }, points: 10 }] } }
export: { columns: { Low: low }, only: all }";
    let rows = ["1,view,2026-06-01,5-20\n", "1,view,2026-06-01,5-10\n"];
    for order in [[0, 1], [1, 0]] {
        let events = format!("lead,type,time,r\n{}{}", rows[order[0]], rows[order[1]]);
        let ended = rules(rulebook).leads("id\n1\n").events("web", events).score(&[]);
        assert_eq!(ended.scored()[0]["s"], "11", "{order:?}");
        assert_eq!(ended.file("out/crm.csv").as_deref(), Some("Low\n5\n"), "`.low` is a number");
    }
}
