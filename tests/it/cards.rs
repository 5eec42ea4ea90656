//! Explanations of whole runs add up, and say what `scored.csv` says.

use leadscore::Points;
use leadscore::parse_date_literal;
use leadscore::present;
use leadscore::{CriterionLine, Evidence, Explanation, GroupLine, Sum, explain};
use leadscore::{DISQUALIFIED, Rulebook};
use leadscore::{EXPLAIN_SCHEMA, ScoredCsv, ScoredForm, explain_json, scored_header};
use leadscore::{Inputs, MaxRejects, Options, ScoredLead, Unwatched, Watched, load};
use leadscore::{Plan, capped};
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    let mut text = String::new();
    std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text)).expect("a readable text");
    text
}

fn rulebook(name: &str) -> Rulebook {
    let folder = root().join("rules");
    Rulebook::parse(&text(&folder.join(name)), &|list| Ok(text(&folder.join(list)))).expect("a rulebook without errors")
}

fn options(threads: usize) -> Options {
    let max_rejects = MaxRejects::Usual;
    Options {
        threads,
        delimiter: None,
        encoding: None,
        max_rejects,
        keep: Vec::new(),
        block_bytes: 4096,
        batch_rows: 1024,
        previous: None,
        sums: None,
    }
}

#[derive(Default)]
struct Part<'r> {
    rows: ScoredCsv,
    explanations: Vec<Explanation<'r>>,
}

/// Explains every lead of a run, and compares with its `scored.csv`; how many leads there were.
fn check<'r>(rulebook: &'r Rulebook, as_of: &str, given: &Inputs) -> usize {
    let inputs = Inputs::resolve(rulebook, &root().join("rules"), given).expect("the files of the run");
    let as_of = parse_date_literal(as_of, &rulebook.zone).expect("a date").last();
    let options = options(2);
    let mut loaded = load(Plan::new(rulebook, as_of), &inputs, &options, Watched::Everyone, &Unwatched).expect("a run");
    let sightings = std::mem::take(&mut loaded.sightings);
    let (mut csv, mut explanations) = (ScoredCsv::header(&scored_header(rulebook, false, &[])), Vec::new());
    let form = ScoredForm::new(rulebook, false);
    let each = |part: &mut Part<'r>, lead: &ScoredLead<'_, '_>| {
        part.rows.lead(&form, lead);
        part.explanations.push(explain(rulebook, lead, sightings.of(lead.number)));
    };
    let take = |part: Part<'r>| {
        csv.extend(part.rows.into_bytes());
        explanations.extend(part.explanations);
    };
    loaded.score(&options, &Unwatched, each, take).expect("a scored run");
    let mut reader = csv::Reader::from_reader(&csv[..]);
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), explanations.len());
    for (row, explanation) in rows.iter().zip(&explanations) {
        let cell = |name: &str| header.iter().position(|known| known == name).map(|at| row[at].to_owned());
        adds_up(explanation);
        agrees(explanation, cell);
    }
    // Writing every one of many thousands would take minutes and tell nothing new.
    explanations.iter().step_by(explanations.len() / 200 + 1).for_each(fits);
    rows.len()
}

fn total_of(points: impl IntoIterator<Item = Points>) -> Points {
    points.into_iter().fold(Points::ZERO, Points::saturating_add)
}

fn through(sum: &Sum) -> Points {
    sum.sum.saturating_add(total_of(sum.changes.iter().map(|changed| changed.by)))
}

/// Events to criteria, criteria to groups, groups to dimensions, dimensions to the total.
fn adds_up(explanation: &Explanation<'_>) {
    let id = &explanation.id;
    for dimension in &explanation.card.dimensions {
        let own = dimension.criteria.iter().chain(dimension.groups.iter().flat_map(|group| &group.criteria));
        own.for_each(|criterion| occurrences_add_up(id, criterion));
        for group in &dimension.groups {
            assert_eq!(total_of(group.criteria.iter().map(|line| line.points)), group.sum.sum, "{id}: {}", group.name);
            assert_eq!(through(&group.sum), group.sum.value, "{id}: {}", group.name);
        }
        let value = |group: &GroupLine<'_>| group.sum.value;
        let parts = dimension.criteria.iter().map(|line| line.points).chain(dimension.groups.iter().map(value));
        assert_eq!(total_of(parts), dimension.sum.sum, "{id}: {}", dimension.name);
        assert_eq!(through(&dimension.sum), dimension.sum.value, "{id}: {}", dimension.name);
    }
    let inside = explanation.card.dimensions.iter().filter(|dimension| dimension.in_total);
    assert_eq!(total_of(inside.map(|dimension| dimension.sum.value)), explanation.card.total.sum, "{id}");
    assert_eq!(through(&explanation.card.total), explanation.total, "{id}");
}

fn occurrences_add_up(id: &str, criterion: &CriterionLine<'_>) {
    let Some(Evidence::Occurrences(occurred)) = &criterion.evidence else { return };
    let events: i128 = occurred.events.iter().map(|event| i128::from(event.counted_micros)).sum();
    assert_eq!(events, occurred.sum_micros, "{id}: {}", criterion.id);
    let cut = occurred.cut.unwrap_or(Points::ZERO);
    let given = if criterion.is_gated() { Points::ZERO } else { occurred.sum.saturating_sub(cut) };
    assert_eq!(given, criterion.points, "{id}: {}", criterion.id);
    assert_eq!(capped(events, occurred.cap), occurred.sum.saturating_sub(cut), "{id}: {}", criterion.id);
    let newest_first = occurred.events.iter().filter_map(|event| event.time).is_sorted_by(|a, b| a >= b);
    assert!(newest_first, "{id}: {}", criterion.id);
}

/// Every number and name is the one in `scored.csv`.
fn agrees(explanation: &Explanation<'_>, cell: impl Fn(&str) -> Option<String>) {
    let id = &explanation.id;
    let is = |column: &str, expected: Option<String>| {
        if let Some(cell) = cell(column) {
            assert_eq!(cell, expected.unwrap_or_default(), "{id}: {column}");
        }
    };
    is("lead_id", Some(id.clone()));
    is("total", Some(explanation.total.to_string()));
    is("grade", explanation.grade.clone());
    let marks = explanation.grade_marks.iter().flatten().map(|axis| axis.mark.as_str());
    is("grade", Some(marks.collect()));
    is("stage", explanation.stage.clone().or_else(|| Some(DISQUALIFIED.to_owned())));
    is("disqualified", explanation.disqualified.clone());
    is("priority", explanation.priority.clone());
    is("action", explanation.action.clone());
    is("crm_stage", explanation.crm_stage.clone());
    is("step", explanation.step.map(|step| step.name().to_owned()));
    is("missing", Some(explanation.missing.join("; ")));
    is("events", Some(explanation.n_events.to_string()));
    is("last_event", explanation.last_event.map(|last| last.to_string()));
    for dimension in &explanation.card.dimensions {
        is(&dimension.name, Some(dimension.sum.value.to_string()));
    }
    let current = explanation.stages.iter().find(|stage| stage.is_current).map(|stage| stage.name.clone());
    assert_eq!(current, explanation.stage, "{id}");
}

/// Its JSON, read back.
fn shape(explanation: &Explanation<'_>) -> Value {
    serde_json::from_str(&explain_json(explanation)).expect("it is JSON")
}

/// The text fits the terminal, with and without all evidence; the JSON has the same total.
fn fits(explanation: &Explanation<'_>) {
    let shape = shape(explanation);
    assert_eq!((&shape["schema"], &shape["lead_id"]), (&json!(EXPLAIN_SCHEMA), &json!(explanation.id)));
    assert_eq!(shape["card"]["total"]["value"], shape["total"]);
    for all in [false, true] {
        let shown = present::terminal(&present::explain(explanation, all), false);
        let widest = shown.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
        assert!(widest.chars().count() <= 100, "{}: {widest}", explanation.id);
    }
}

#[test]
fn every_lead_of_the_sample_adds_up() {
    let rulebook = rulebook("b2b-saas.yaml");
    for as_of in ["2026-06-01", "2026-03-15"] {
        assert!(check(&rulebook, as_of, &Inputs::default()) > 100);
    }
}

/// Real data that may lie beside the project, never in it.
fn beside(folder: &str, files: &[&str]) -> Option<Vec<PathBuf>> {
    let folder = root().join("../shared/data").join(folder);
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(file)).collect();
    paths.iter().all(|path| path.exists()).then_some(paths)
}

#[test]
fn every_lead_of_olist_adds_up() {
    let files = ["olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv"];
    let Some(paths) = beside("olist", &files) else { return };
    let given = Inputs { leads: vec![paths[0].clone()], tables: Vec::new(), sources: vec![vec![paths[1].clone()]] };
    check(&rulebook("olist.yaml"), "2018-11-30", &given);
}

#[test]
fn every_lead_of_leadforge_adds_up() {
    let files = ["leads.csv", "contacts.csv", "accounts.csv", "touches.csv", "sessions.csv", "opportunities.csv"];
    let Some(paths) = beside("leadforge", &files) else { return };
    let one = |index: usize| vec![paths[index].clone()];
    let given = Inputs { leads: one(0), tables: vec![one(1), one(2)], sources: vec![one(3), one(4), one(5)] };
    check(&rulebook("leadforge.yaml"), "2024-04-30", &given);
}

const SMALL: &str = "\
rulebook: 1
leads: { id: id, fields: { budget: { type: boolean }, again: { type: date } } }
events: { web: { lead: lead, type: type, time: time, id: event, fields: { url: { type: url }, n: { type: number } } } }
dimensions:
  fit:
    weight: 1.5
    criteria:
      - { id: newest-two, event: view, points: 3.33, at_most: 2, decay: { half_life: 10d } }
      - { id: pages, event: view, points: 1, count: { distinct: url }, at_most: 2, where: { field: n, gte: 2 } }
      - { id: recent, event: view, points: 1, within: 5d, since: again }
      - { id: gated, only_if: { field: budget, is: true }, event: view, points: 5 }
      - { id: off, enabled: false, event: view, points: 5 }
stages:
  - { name: Lead }
  - { name: Ready, when: { all: [{ score: fit, gte: 100 }, { field: budget, is: true }, { any: [{ event: view, gte: 9 }, { present: [again] }] }] } }
";

const VIEWS: &str = "\
lead,type,time,event,url,n
a,view,2026-05-01,1,/x,2
a,view,2026-05-20,2,/x,3
a,view,2026-05-28,3,/y,1
a,view,2026-05-29,4,/z,
a,View,2026-05-30,5,/y,7
a,view,2026-05-30,5,/y,7
a,view,,6,/y,7
a,view,2026-07-01,7,/y,7
";

#[test]
fn every_way_not_to_count_is_told() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::File::create(&path).and_then(|mut file| file.write_all(text.as_bytes())).expect("a file");
        vec![path]
    };
    let rulebook = Rulebook::parse(SMALL, &|_| Err(String::new())).expect("a rulebook without errors");
    let leads = file("leads.csv", "id,budget,again\na,,2026-05-29\n");
    let inputs = Inputs { leads, tables: Vec::new(), sources: vec![file("web.csv", VIEWS)] };
    check(&rulebook, "2026-05-31", &inputs);
    let plan = Plan::new(&rulebook, parse_date_literal("2026-05-31", &rulebook.zone).expect("a date").last());
    let mut loaded = load(plan, &inputs, &options(1), Watched::Lead(" a "), &Unwatched).expect("a run");
    let sightings = std::mem::take(&mut loaded.sightings);
    let mut told = Value::Null;
    let each = |found: &mut Option<Value>, lead: &ScoredLead<'_, '_>| {
        *found = Some(shape(&explain(&rulebook, lead, sightings.of(lead.number))));
    };
    loaded.score(&options(1), &Unwatched, each, |found| told = found.unwrap_or_default()).expect("a scored run");
    let outcomes = |criterion: usize| -> String {
        let events = &told["card"]["dimensions"][0]["criteria"][criterion]["evidence"]["events"];
        let outcome = |event: &Value| event["outcome"].as_str().unwrap_or_default().to_owned();
        events.as_array().expect("events").iter().map(outcome).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(outcomes(0), "later counted repeat counted beyond_at_most beyond_at_most beyond_at_most undated");
    assert_eq!(outcomes(1), "later counted repeat where_unknown where_false counted newer_counts undated");
    assert_eq!(outcomes(2), "later counted repeat before_since before_since too_old too_old undated");
    assert_eq!(told["card"]["dimensions"][0]["criteria"][4]["enabled"], json!(false));
    let lacking = &told["next_stage"]["lacking"];
    let texts: Vec<&str> = lacking.as_array().expect("gaps").iter().filter_map(|gap| gap["text"].as_str()).collect();
    assert_eq!(texts, ["needs 87.1 more in fit: is 12.9, at least 100", "budget must be true, is missing"]);
}
