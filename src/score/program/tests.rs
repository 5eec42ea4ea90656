use crate::rulebook::Rulebook;
use crate::score::{Plan, PreviousStage, ScoreCard, Trial, TrialEvent, TrialLead, criterion_points};
use crate::value::{Instant, Number, Value};
use proptest::prelude::*;
use std::borrow::Cow;

/// One of each form of condition and of each kind of field.
const RULES: &str = "
rulebook: 1
leads: { id: id, fields: { t: {}, e: { type: email }, u: { type: url }, n: { type: number }, m: { type: number }, d: { type: date }, b: { type: boolean }, s: { split: ';' } } }
events: { web: { lead: lead, type: type, time: time, fields: { k: {}, x: { type: number } } } }
dimensions:
  all:
    criteria:
      - { id: text, when: { field: t, contains: [ab, c] }, points: 1 }
      - { id: word, when: { any: [{ field: t, has_word: b }, { not: { field: t, starts_with: a } }] }, points: 2, unknown: -2 }
      - { id: domain, when: { field: e.domain, is: x.example }, points: 3, otherwise: -3 }
      - { id: path, when: { all: [{ field: u.path, ends_with: a }, { present: [u.query] }] }, points: 4 }
      - { id: size, field: n, tiers: [{ gte: 10.5, points: 5 }, { in: [1, 2], points: 6 }], unknown: 0.5 }
      - { id: more, when: { field: n, gt: { field: m, times: 1.5 } }, points: 7 }
      - { id: young, field: d, tiers: [{ within: 30d, points: 8 }, { gte: 2026-01-01, points: 9 }] }
      - { id: yes, when: { field: b, is: true }, points: 10, unknown: 1 }
      - { id: tag, field: s, values: { a: 11, b: 12 }, otherwise: -1, unknown: -5 }
      - { id: some, when: { at_least: 2, of: [{ field: s, is: a }, { field: n, lt: 5 }, { absent: t }] }, points: 13, unknown: 0.25 }
      - { id: idle, when: { event: any, measure: idle_days, gte: 10 }, points: -14, unknown: 2 }
      - { id: gated, only_if: { field: t, is_not: abc }, event: visit, points: 1.5, cap: 4, decay: { half_life: 10d } }
      - { id: kinds, when: { event: visit, measure: { distinct: k }, gte: 2 }, points: 15 }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 10 } }]
";

fn value(field: usize) -> BoxedStrategy<Value<'static>> {
    let text = |texts: Vec<&'static str>| prop::sample::select(texts).prop_map(|text| Value::Text(Cow::Borrowed(text)));
    let number = || {
        prop::sample::select(vec![0_i64, 1, 2, 5, 10, 11])
            .prop_map(|n| Value::Number(Number::from_micros(n * 1_000_000)))
    };
    match field {
        0 => text(vec!["abc", "A b", "C", "ŞABİ", "x"]).boxed(),
        1 => text(vec!["a@x.example", "b@X.Example", "c@y.example"]).boxed(),
        2 => text(vec!["https://h.example/a?q=1", "/b", "h.example/A"]).boxed(),
        3 | 4 => number().boxed(),
        5 => (-400..40_i64).prop_map(|day| Value::Instant(Instant::from_ms((20_600 + day) * 86_400_000))).boxed(),
        6 => any::<bool>().prop_map(Value::Boolean).boxed(),
        _ => prop::sample::subsequence(vec!["a", "B", "z"], 1..=3)
            .prop_map(|texts| Value::Set(texts.into_iter().map(Cow::Borrowed).collect()))
            .boxed(),
    }
}

fn lead() -> impl Strategy<Value = TrialLead> {
    let fields: Vec<_> = (0..8).map(|field| prop::option::of(value(field))).collect();
    let event = (0..60_i64, prop::sample::select(vec!["a", "b", "A"])).prop_map(|(day, k)| TrialEvent {
        source: 0,
        kind: "visit".to_owned(),
        time: Instant::from_ms((20_600 - day) * 86_400_000),
        is_bare: false,
        id: None,
        fields: vec![(0, Value::Text(Cow::Borrowed(k)))],
    });
    (fields, prop::collection::vec(event, 0..5)).prop_map(|(fields, events)| TrialLead {
        fields: fields.into_iter().enumerate().filter_map(|(field, value)| Some((field, value?))).collect(),
        events,
        before: PreviousStage::default(),
    })
}

proptest! {
    /// A rulebook that stands beside has no words: there each condition is asked for what it means.
    #[test]
    fn the_words_say_what_the_conditions_mean(lead in lead()) {
        let rulebook = Rulebook::parse(RULES, &|_| Err("it names no list file".to_owned())).expect("the rulebook is good");
        let plan = Plan::new(&rulebook, Instant::from_ms(20_600 * 86_400_000));
        let trial = Trial::new(&plan, &lead).expect("the lead was created");
        let facts = trial.facts();
        let other = rulebook.clone();
        let beside = facts.beside(&other, ScoreCard::default());
        let meant: Vec<_> = other.criteria.iter().map(|criterion| criterion_points(criterion, &beside)).collect();
        prop_assert_eq!(&facts.card().criteria, &meant);
    }
}
