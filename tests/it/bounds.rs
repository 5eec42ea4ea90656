//! Static bounds hold for every lead: whatever random rulebooks give random leads lies within them.

use crate::world::{Outcome, World, rules, sheet};
use leadscore::Points;
use leadscore::Rulebook;
use leadscore::{Analysis, PointRange};
use proptest::prelude::*;
use proptest::sample::select;

const HEAD: &str = "\
leads:
  id: id
  fields: { city: city, title: title, size: { type: number }, vip: { type: boolean }, mail: { type: email },
            seen: { type: date }, tags: { split: \";\" }, back: { type: date } }
events:
  web: { lead: lead, type: type, time: time, fields: { k: k, n: { type: number } }, optional: true }
";

fn points() -> impl Strategy<Value = String> {
    (-4_000..6_000i32).prop_map(|hundredths| {
        let sign = if hundredths < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
    })
}

/// A test of a field or a measure, without its points.
fn condition() -> impl Strategy<Value = String> {
    let number = select(vec!["0", "1", "2", "2.5", "10"]);
    let order = select(vec!["gt", "gte", "lt", "lte", "is", "is_not"]);
    let measure = select(vec![
        "",
        "measure: days, ",
        "measure: { sum: n }, ",
        "measure: { max: n }, ",
        "measure: { distinct: k }, ",
        "measure: idle_days, ",
        "measure: idle_days, from: seen, ",
    ]);
    let event = select(vec!["a", "b", "any", "[a, b]"]);
    let city = select(vec![
        "is: Ankara",
        "in: [Ankara, Berlin]",
        "is_not: berlin",
        "contains: er",
        "matches: \"^b\"",
        "has_word: Berlin",
    ]);
    let title = select(vec!["has_word: ceo", "has_word: [head, chief]", "is: Chief", "starts_with: head"]);
    prop_oneof![
        city.prop_map(|test| format!("{{ field: city, {test} }}")),
        title.prop_map(|test| format!("{{ field: title, {test} }}")),
        (order.clone(), number.clone()).prop_map(|(order, n)| format!("{{ field: size, {order}: {n} }}")),
        Just("{ field: vip, is: true }".to_owned()),
        select(vec!["in: [x.example, y.example]", "is: x.example", "ends_with: .example"])
            .prop_map(|test| format!("{{ field: mail.domain, {test} }}")),
        select(vec!["within: 30d", "older_than: 10d", "gte: 2026-06-01", "is: 2026-06-15"])
            .prop_map(|test| format!("{{ field: seen, {test} }}")),
        select(vec!["is: red", "in: [red, blue]", "is_not: blue"])
            .prop_map(|test| format!("{{ field: tags, {test} }}")),
        select(vec!["present: [city]", "absent: [city, title]", "present: [mail, tags]"])
            .prop_map(|test| format!("{{ {test} }}")),
        (event, measure, order, number)
            .prop_map(|(event, measure, order, n)| format!("{{ event: {event}, {measure}{order}: {n} }}")),
        Just("{ event: a, gte: { event: b, times: 0.5 } }".to_owned()),
    ]
}

fn combined() -> impl Strategy<Value = String> {
    let several = || prop::collection::vec(condition(), 1..4).prop_map(|items| items.join(", "));
    prop_oneof![
        4 => condition(),
        1 => several().prop_map(|items| format!("{{ all: [{items}] }}")),
        1 => several().prop_map(|items| format!("{{ any: [{items}] }}")),
        1 => several().prop_map(|items| format!("{{ at_least: 1, of: [{items}] }}")),
        1 => condition().prop_map(|item| format!("{{ not: {item} }}")),
    ]
}

/// A criterion without its id.
fn criterion() -> impl Strategy<Value = String> {
    let rest =
        (points(), points()).prop_map(|(otherwise, unknown)| format!("otherwise: {otherwise}, unknown: {unknown}"));
    let rest = prop_oneof![Just("unknown: 0".to_owned()), rest];
    let tiers = |subject: &'static str| {
        (prop::collection::vec((select(vec!["gte", "lt", "gt", "is"]), 0..5u8, points()), 1..4), rest.clone()).prop_map(
            move |(tiers, rest)| {
                let tiers: Vec<_> =
                    tiers.iter().map(|(order, n, p)| format!("{{ {order}: {n}, points: {p} }}")).collect();
                format!("{subject}, tiers: [{}], {rest}", tiers.join(", "))
            },
        )
    };
    let count = select(vec!["each", "once", "{ per: day }", "{ per: week }", "{ per: month }", "{ distinct: k }"]);
    let more = select(vec![
        "",
        ", cap: 25",
        ", at_most: 2",
        ", at_most: 3, cap: 40",
        ", within: 9d",
        ", within: 40d, since: back",
    ]);
    let decay = select(vec![
        "",
        ", decay: { half_life: 10d }",
        ", decay: { linear: 30d }",
        ", decay: { step: { percent: 40, every: 5d } }",
    ]);
    let gate = prop_oneof![4 => Just(String::new()), 1 => combined().prop_map(|gate| format!("only_if: {gate}, "))];
    let worth = prop_oneof![
        (combined(), points(), rest.clone()).prop_map(|(when, p, rest)| format!("when: {when}, points: {p}, {rest}")),
        tiers("field: size"),
        tiers("event: a"),
        tiers("event: any, measure: { distinct: k }"),
        (points(), points(), rest.clone())
            .prop_map(|(a, b, rest)| format!("field: city, values: {{ Ankara: {a}, Berlin: {b} }}, {rest}")),
        (points(), points(), rest.clone())
            .prop_map(|(a, b, rest)| format!("field: tags, values: {{ red: {a}, blue: {b} }}, {rest}")),
        (select(vec!["a", "b", "any"]), points(), count, more, decay).prop_map(
            |(event, p, count, more, decay)| format!("event: {event}, points: {p}, count: {count}{more}{decay}")
        ),
    ];
    (gate, worth, prop::bool::weighted(0.95)).prop_map(|(gate, worth, on)| format!("{gate}{worth}, enabled: {on}"))
}

fn limits() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        1 => (-60..0i32, 0..60i32).prop_map(|(min, max)| format!("min: {min}, max: {max}, ")),
        1 => (-30..50i32).prop_map(|max| format!("max: {max}, ")),
        1 => (-30..20i32).prop_map(|min| format!("min: {min}, ")),
    ]
}

type Criteria = Vec<String>;
/// Limits, weight, whether in the total, own criteria, and groups with their limits and criteria.
type Dimension = (String, u32, bool, Criteria, Vec<(String, Criteria)>);

fn dimensions() -> impl Strategy<Value = Vec<Dimension>> {
    let criteria = || prop::collection::vec(criterion(), 0..5);
    let groups = prop::collection::vec((limits(), criteria()), 0..3);
    prop::collection::vec((limits(), 0..2_500_000u32, prop::bool::weighted(0.8), criteria(), groups), 1..3)
}

/// The rulebook of these dimensions.
fn rulebook(total: &str, dimensions: &[Dimension]) -> World {
    let mut n_criteria = 0;
    let mut listed = |criteria: &[String]| -> String {
        let mut one = |criterion: &String| {
            n_criteria += 1;
            format!("{{ id: c{n_criteria}, {criterion} }}")
        };
        criteria.iter().map(&mut one).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("{HEAD}total: {{ {total}max: 100000 }}\ndimensions:\n");
    if total.contains("max") {
        text = text.replace("max: 100000", "");
    }
    for (number, (limits, weight, in_total, criteria, groups)) in dimensions.iter().enumerate() {
        let weight = format!("{}.{:06}", weight / 1_000_000, weight % 1_000_000);
        let own = listed(criteria);
        let groups: Vec<String> = groups
            .iter()
            .enumerate()
            .map(|(group, (limits, criteria))| format!("g{group}: {{ {limits}criteria: [{}] }}", listed(criteria)))
            .collect();
        let groups = if groups.is_empty() { String::new() } else { format!("groups: {{ {} }}, ", groups.join(", ")) };
        let line =
            format!("  d{number}: {{ {limits}weight: {weight}, in_total: {in_total}, {groups}criteria: [{own}] }}\n");
        text.push_str(&line);
    }
    text += "stages: [{ name: Lead }, { name: Warm, when: { score: d0, gte: 20 } }, { name: Hot, when: [{ score: total, gte: 40 }, { score: d0, lt: 30 }] }]\n";
    rules(&text)
}

fn lead() -> impl Strategy<Value = String> {
    let cell = |values: Vec<&'static str>| select(values);
    (
        cell(vec!["", "Ankara", "BERLIN", "Old Berlin", "Bern"]),
        cell(vec!["", "Chief", "Head of CEO", "clerk", "chief head"]),
        cell(vec!["", "0", "1", "2", "2.5", "3", "11", "-4"]),
        cell(vec!["", "true", "no"]),
        cell(vec!["", "a@x.example", "b@z.example", "c@w.org"]),
        cell(vec!["", "2026-06-15", "2026-05-01", "2027-01-01", "2026-06-30"]),
        cell(vec!["", "red", "blue; red", "green"]),
        cell(vec!["", "2026-06-10"]),
    )
        .prop_map(|(city, title, size, vip, mail, seen, tags, back)| {
            [city, title, size, vip, mail, seen, tags, back].join(" | ")
        })
}

fn event() -> impl Strategy<Value = String> {
    let kind = select(vec!["a", "b", "c"]);
    (0..6u8, kind, 1..=30u8, 4..=6u8, 0..24u8, select(vec!["", "x", "y", "z"]), select(vec!["", "1", "-2", "2.5"]))
        .prop_map(|(lead, kind, day, month, hour, k, n)| {
            format!("L{lead} | {kind} | 2026-{month:02}-{day:02}T{hour:02}:00 | {k} | {n}")
        })
}

fn outcome(world: &World, leads: &[String], events: &[String]) -> Outcome {
    let leads = leads.iter().enumerate().map(|(number, lead)| format!("L{number} | {lead}"));
    let leads = sheet("id | city | title | size | vip | mail | seen | tags | back", leads);
    let events = sheet("lead | type | time | k | n", events);
    world.clone().leads(leads).events("web", events).run()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn every_card_lies_within_the_bounds(
        total in limits(),
        dimensions in dimensions(),
        leads in prop::collection::vec(lead(), 6..7),
        events in prop::collection::vec(event(), 0..60),
    ) {
        let world = rulebook(&total, &dimensions);
        let rulebook = world.parsed();
        let analysis = Analysis::of(&rulebook);
        let bounds = analysis.bounds();
        for card in outcome(&world, &leads, &events).cards {
            let lies = |what: &str, index: usize, range: PointRange, points: Points| {
                prop_assert!(range.contains(points), "{what} {index}: {points} is not within {range:?}\n{}", world.rulebook);
                Ok(())
            };
            for (index, (range, points)) in bounds.criteria.iter().zip(&card.criteria).enumerate() {
                lies("criterion", index, *range, *points)?;
            }
            for (index, (ranges, scores)) in bounds.dimensions.iter().zip(&card.dimensions).enumerate() {
                lies("sum of dimension", index, ranges.sum, scores.sum)?;
                lies("weighted dimension", index, ranges.weighted, scores.weighted)?;
                lies("dimension", index, ranges.value, scores.value)?;
                for (group, (ranges, scores)) in bounds.groups[index].iter().zip(&card.groups[index]).enumerate() {
                    lies("sum of group", group, ranges.sum, scores.sum)?;
                    lies("group", group, ranges.value, scores.value)?;
                }
            }
            lies("sum of total", 0, bounds.total.sum, card.total.sum)?;
            lies("total", 0, bounds.total.value, card.total.value)?;
            for (index, (outcomes, held)) in bounds.holds.iter().zip(&card.holds).enumerate() {
                let fits = if held.is_true() { outcomes.can_hold } else { outcomes.can_fail || outcomes.can_be_unknown };
                prop_assert!(fits, "stage {index} is {held:?}, and can be {outcomes:?}\n{}", world.rulebook);
            }
        }
    }
}

/// The bounds of the total of some criteria: `[min, max]`.
fn total(criteria: &str) -> [String; 2] {
    let world = rules(&format!("{HEAD}dimensions: {{ d: {{ criteria: [{criteria}] }} }}"));
    let rulebook: Rulebook = world.parsed();
    let PointRange { min, max } = Analysis::of(&rulebook).bounds().total.value;
    [min.to_string(), max.to_string()]
}

#[test]
fn conditions_that_exclude_each_other_count_once() {
    let cases = [
        (
            "{ id: a, when: { field: city, is: Ankara }, points: 10 }, { id: b, when: { field: city, is: Berlin }, points: 7 }",
            ["0", "10"],
        ),
        ("{ id: a, field: size, tiers: [{ gte: 50, points: 20 }, { lt: 50, points: 10 }], unknown: 5 }", ["5", "20"]),
        (
            "{ id: a, when: { field: size, gte: 9 }, points: 5 }, { id: b, when: { field: size, lt: 9 }, points: -5 }",
            ["-5", "5"],
        ),
        (
            "{ id: a, when: { present: [city] }, points: 3 }, { id: b, field: city, values: { Berlin: 4 }, unknown: 6 }",
            ["3", "7"],
        ),
        (
            "{ id: a, when: { event: a, gte: 0 }, points: 3 }, { id: b, when: { event: a, lt: 0 }, points: 4 }",
            ["3", "3"],
        ),
        (
            "{ id: a, when: { event: a, gte: 2 }, points: 3 }, { id: b, when: { event: a, lt: 2 }, points: 4 }",
            ["3", "4"],
        ),
        (
            "{ id: a, when: { field: mail.domain, in: [x, y] }, points: -3 }, { id: b, when: { field: mail.domain, is: z }, points: -4 }",
            ["-4", "0"],
        ),
        (
            "{ id: a, when: { field: seen, within: 10d }, points: 3 }, { id: b, when: { field: seen, older_than: 10d }, points: 4 }",
            ["0", "4"],
        ),
        ("{ id: a, event: a, points: 5, within: 20d, count: { per: month } }", ["0", "10"]),
        ("{ id: a, event: a, points: -5, at_most: 3, cap: 12 }", ["-12", "0"]),
        (
            "{ id: a, event: a, points: 10, count: { per: week }, decay: { step: { percent: 50, every: 7d } } }",
            ["0", "35"],
        ),
    ];
    for (criteria, expected) in cases {
        assert_eq!(total(criteria), expected, "{criteria}");
    }
}

#[test]
fn of_some_criteria_alone_the_others_give_nothing() {
    let world = rules(&format!(
        "{HEAD}dimensions: {{ d: {{ min: -5, criteria: [{{ id: a, event: a, points: 5 }}, {{ id: b, when: {{ present: [city] }}, points: -9, otherwise: 8 }}] }} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: total, gte: 10 }} }}]"
    ));
    let rulebook = world.parsed();
    let analysis = Analysis::of(&rulebook);
    let reaches = |may_give: &dyn Fn(usize) -> bool| analysis.bounds_of(may_give).holds[1].can_hold;
    assert_eq!([reaches(&|_| true), reaches(&|at| at == 0), reaches(&|at| at == 1)], [true, true, false]);
    assert!(!analysis.bounds_of(|at| at == 0).total.value.has_max(), "nothing limits the events");
    assert_eq!(analysis.bounds_of(|at| at == 1).total.value.max.to_string(), "8");
}
