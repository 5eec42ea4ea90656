//! Good rulebooks fit the schemas, typical mistakes don't. Whether they do is asked of a validator that takes long to build.

use super::folder;
use leadscore::{YamlKind, YamlNode, parse_yaml as parse, rulebook_schema, test_schema};
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../diagnostics/example.yaml");

/// A text as an editor sees it: plain scalars by YAML's own types.
fn as_json(text: &str) -> Value {
    json_of(&parse(text).expect("the text is YAML"))
}

fn json_of(node: &YamlNode) -> Value {
    match &node.kind {
        YamlKind::Null => Value::Null,
        YamlKind::Scalar(scalar) if scalar.quoted => json!(scalar.text),
        YamlKind::Scalar(scalar) => match scalar.text.as_str() {
            "~" | "null" => Value::Null,
            "true" => json!(true),
            "false" => json!(false),
            text => serde_json::from_str::<serde_json::Number>(text).map_or_else(|_| json!(text), Value::Number),
        },
        YamlKind::List(items) => items.iter().map(json_of).collect(),
        YamlKind::Map(entries) => entries.iter().map(|entry| (entry.key.text.clone(), json_of(&entry.value))).collect(),
    }
}

/// What does not fit, each with its place.
fn misfits(schema: &Value, text: &str) -> Vec<String> {
    let validator = jsonschema::draft7::new(schema).expect("the schema is one");
    let told = |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
    validator.iter_errors(&as_json(text)).map(told).collect()
}

/// The files of that ending in `rules/`.
fn shipped(ending: &str) -> Vec<(String, String)> {
    let names = std::fs::read_dir(folder()).expect("rules/ is there");
    let names = names.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned());
    let ours = |name: &String| name.strip_suffix(ending).is_some_and(|stem| !stem.contains('.'));
    let read = |name: String| {
        let text = std::fs::read_to_string(folder().join(&name)).expect("it is text");
        (name, text)
    };
    let mut files: Vec<(String, String)> = names.filter(ours).map(read).collect();
    files.sort();
    files
}

#[test]
fn the_schemas_are_schemas() {
    for schema in [rulebook_schema(), test_schema()] {
        assert!(jsonschema::draft7::meta::is_valid(&schema));
    }
}

#[test]
fn good_rulebooks_fit() {
    let schema = rulebook_schema();
    let rulebooks = shipped(".yaml");
    assert!(rulebooks.len() >= 6);
    for (name, text) in rulebooks {
        assert_eq!(misfits(&schema, &text), Vec::<String>::new(), "{name}");
        assert!(
            text.starts_with("# yaml-language-server: $schema=rulebook.schema.json\n"),
            "{name} names its schema first"
        );
    }
    assert_eq!(misfits(&schema, EXAMPLE), Vec::<String>::new());
}

#[test]
fn typical_mistakes_do_not_fit() {
    let schema = rulebook_schema();
    let cases = [
        ("rulebook: 1 ", "rulebook: 2 "),
        ("name: B2B SaaS", "title: B2B SaaS"),
        ("agreed: 2026-05-04", "agreed: May 2026"),
        ("ids: exact", "ids: exactly"),
        ("type: email", "type: e-mail"),
        ("split: \";\"", "splitt: \";\""),
        ("lead: Contact ID ", "leed: Contact ID "),
        ("skip_first: 2", "skip_first: two"),
        ("skip_last: 1", "skip_last: automatic"),
        ("weight: 1.5", "weight: heavy"),
        ("points: 15, unknown", "pionts: 15, unknown"),
        ("points: 15, unknown", "points: many, unknown"),
        ("within: 180d", "within: 6m"),
        ("half_life: 45d", "half_life: 45"),
        ("decay: { half_life: 45d }", "decay: { halflife: 45d }"),
        ("count: { distinct: url }", "count: twice"),
        ("per: month", "per: moon"),
        ("measure: idle_days", "measure: idle"),
        ("starts_with: /careers", "startswith: /careers"),
        ("when: { field: industry, in: { list: icp } }", "when: { score: fit, gte: 5 }"),
        ("where: { field: url.path, starts_with: /careers }", "where: { event: x }"),
        ("[{ gte: 1000, points: 20 }", "[{ gte: 1000 }"),
        ("{ all: [{ score: total, gte: 100 }", "{ every: [{ score: total, gte: 100 }"),
        ("absent: [contacted]", "absent: []"),
        ("name: PQL, when", "nam: PQL, when"),
        ("within: 24h, until", "withing: 24h, until"),
        ("only: changed", "only: some"),
        ("target_roas: 1.3", "target_roas: good"),
    ];
    for (what, with) in cases {
        assert!(EXAMPLE.contains(what), "the example has no {what}");
        assert!(!misfits(&schema, &EXAMPLE.replacen(what, with, 1)).is_empty(), "{with} fits");
    }
}

#[test]
fn tests_fit_and_typical_mistakes_in_them_do_not() {
    let schema = test_schema();
    for (name, text) in shipped(".test.yaml") {
        assert_eq!(misfits(&schema, &text), Vec::<String>::new(), "{name}");
    }
    let good = "\
rulebook: ../b2b-saas.yaml
as_of: 2026-06-01
sources: { web: [demo_request] }
personas: { cto: { job_title: CTO, country: DE, employees: 450 } }
tests:
  - name: an empty lead scores nothing
    expect: { total: 0, stage: Lead }
  - name: an active CTO is an MQL, then fades
    lead: { is: cto, email: a@firm.example, phone: }
    events: [\"demo_request -2d\", { type: webinar_attended, time: -5d, minutes: 40 }]
    expect: { stage: MQL, engagement: { gte: 80 }, fired: { demo-request: 80 }, not_fired: [free-mail] }
    later: { +90d: { stage: Lead } }
";
    assert_eq!(misfits(&schema, good), Vec::<String>::new());
    let cases = [
        ("as_of: 2026-06-01\n", ""),
        ("as_of: 2026-06-01", "as_of: June"),
        ("expect: { total", "expects: { total"),
        ("name: an empty", "title: an empty"),
        ("engagement: { gte: 80 }", "engagement: { ge: 80 }"),
        ("type: webinar_attended, ", ""),
        ("later: { +90d: { stage: Lead } }", "later: { +90d: Lead }"),
        ("tests:", "test:"),
    ];
    for (what, with) in cases {
        assert!(good.contains(what), "{what}");
        assert!(!misfits(&schema, &good.replacen(what, with, 1)).is_empty(), "{with} fits");
    }
}
