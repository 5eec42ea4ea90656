//! The invariant everything rests on, and what follows from it, over random leads and events.

use crate::world::{Outcome, World, rules};
use leadscore::{Limits, Rulebook};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One of everything that is kept of events, positive and negative, with every kind of lead field.
pub(crate) const EVERYTHING: &str = "
timezone: Europe/Istanbul
not_engagement: [mail]
leads: { id: id, created: c, fields: { acc: {}, c: { type: date }, r: { type: date }, n: { type: number }, set: { split: ';' } } }
tables: { accounts: { key: acc, by: acc, fields: { size: { type: number } } } }
events:
  web: { lead: [lead, { column: acc, by: acc }], type: type, time: time, fields: { x: { type: number }, k: {} } }
  crm: { lead: lead, type: type, time: time, id: eid }
dimensions:
  fit:
    criteria: [{ id: size, field: size, tiers: [{ gte: 10, points: 10 }], unknown: -1 }, { id: tag, field: set, values: { a: 5, b: 3.5 } }]
  use:
    since: r
    weight: 1.25
    min: -500
    criteria:
      - { id: each, event: any, points: 1.5, decay: { half_life: 9d } }
      - { id: capped, event: [visit, form], points: -0.75, cap: 20, decay: { linear: 90d } }
      - { id: newest, event: visit, points: 3, at_most: 2, decay: { step: { percent: 20, every: 5d } } }
      - { id: shrunk, event: visit, points: 3, decay: { compound: { percent: 12.5, every: 4d } } }
      - { id: once, event: form, points: 7, count: once, decay: { half_life: 30d } }
      - { id: weeks, event: visit, points: 2, count: { per: week }, at_most: 3, decay: { half_life: 30d } }
      - { id: apart, event: visit, points: 2, count: { per: 60h }, at_most: 3, decay: { half_life: 30d } }
      - { id: own, event: visit, points: { field: x, times: 1.5 }, decay: { half_life: 30d } }
      - { id: own-weeks, event: visit, points: { field: x }, count: { per: week }, decay: { half_life: 30d } }
      - { id: own-few, event: visit, points: { field: x }, count: { distinct: k }, at_most: 2 }
      - { id: own-once, event: visit, points: { field: x }, count: once }
      - { id: own-apart, event: visit, points: { field: x }, count: { per: 24h }, cap: 9 }
      - { id: busiest, event: any, measure: { busiest: week }, tiers: [{ gte: 3, points: 4 }] }
      - { id: average, event: visit, measure: { average: x }, tiers: [{ gte: 1, points: 4 }], unknown: 1 }
      - { id: min, event: visit, since: c, for: 90d, measure: { min: x }, tiers: [{ lt: 1, points: 4 }], unknown: 1 }
      - { id: keys, event: visit, points: 2, count: { distinct: k }, decay: { half_life: 30d } }
      - { id: few, event: visit, points: 2, count: { distinct: k }, at_most: 3, decay: { half_life: 30d } }
      - { id: sum, event: visit, measure: { sum: x }, tiers: [{ gte: 3.5, points: 1 }, { lt: 0, points: -1 }] }
      - { id: max, event: visit, measure: { max: x }, tiers: [{ gte: { event: form, measure: { distinct: k } }, points: 4 }], unknown: 2 }
      - { id: days, event: any, measure: days, within: 60d, tiers: [{ gte: 3, points: 4 }, { gte: 1, points: 2 }] }
      - { id: cold, when: { event: any, measure: idle_days, from: c, gte: { field: n, times: 2 } }, points: -25, unknown: 0.25 }
      - { id: new, only_if: { event: form, where: { field: k, in: [a, b] } }, event: deal, points: 11 }
stages:
  - { name: Lead }
  - { name: MQL, when: { score: total, gte: 20 } }
  - { name: Won, entered: { event: deal, source: crm } }
";

/// A row of events: of the source `web`, or else of `crm`.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// Whether it is of `web`.
    pub(crate) source: bool,
    /// The row, with its line feed.
    pub(crate) cells: String,
}

fn lead() -> impl Strategy<Value = String> {
    let dates = || prop::sample::select(vec!["", "2026-01-15", "2026-06-01T10:00", "2026-08-01", "x"]);
    let more = (
        prop::sample::select(vec!["A", "B", "C", ""]),
        dates(),
        dates(),
        prop::sample::select(vec!["", "5", "12.5", "many"]),
    );
    (more, prop::sample::select(vec!["a;b", "b", "", "\"x\nb\""]))
        .prop_map(|((acc, c, r, n), set)| format!("{acc},{c},{r},{n},{set}\n"))
}

/// Rows of leads, called L0, L1, …
pub(crate) fn leads() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(lead(), 1..7)
        .prop_map(|leads| leads.iter().enumerate().map(|(n, cells)| format!("L{n},{cells}")).collect())
}

fn time() -> impl Strategy<Value = String> {
    (1u8..=7, 1u8..=28, 0u8..24, prop::sample::select(vec!["00Z", "59+03:00", "30"]))
        .prop_map(|(month, day, hour, rest)| format!("2026-{month:02}-{day:02}T{hour:02}:{rest}"))
}

fn visit() -> impl Strategy<Value = Visit> {
    let kind = prop::sample::select(vec!["visit", "Visit", "form", "deal", "mail", ""]);
    let time = prop_oneof![9 => time(), 1 => Just(String::new()), 1 => Just("soon".to_owned())];
    let web = (
        0..8u8,
        prop::sample::select(vec!["A", "C", ""]),
        kind.clone(),
        time.clone(),
        prop::sample::select(vec!["", "1", "2.25", "-7", "?"]),
        prop::sample::select(vec!["a", "A", "b", "", "\"q\"\"\n,x\""]),
    )
        .prop_map(|(lead, acc, kind, time, x, k)| Visit {
            source: true,
            cells: format!("L{lead},{acc},{kind},{time},{x},{k}\n"),
        });
    // Rows of the same id are the same in every cell that matters, so that it is all the same which comes first.
    let crm = (0..8u8, kind, time).prop_map(|(lead, kind, time)| Visit {
        source: false,
        cells: format!("L{lead},{kind},{time},{lead}{kind}{time}\n"),
    });
    prop_oneof![3 => web, 1 => crm]
}

pub(crate) fn visits() -> impl Strategy<Value = Vec<Visit>> {
    prop::collection::vec(visit(), 0..40)
}

/// The world of these rows, each source in so many files, one row after the other.
pub(crate) fn world(leads: &[String], visits: &[Visit], n_files: usize) -> World {
    let mut world = rules(EVERYTHING)
        .leads(format!("id,acc,c,r,n,set\n{}", leads.concat()))
        .table("accounts", "acc,size\nA,5\nB,10\nB,1\n");
    for (name, source, header) in [("web", true, "lead,acc,type,time,x,k\n"), ("crm", false, "lead,type,time,eid\n")] {
        for file in 0..n_files {
            let rows =
                visits.iter().filter(|visit| visit.source == source).enumerate().filter(|(n, _)| n % n_files == file);
            world = world.events(name, rows.fold(header.to_owned(), |text, (_, visit)| text + &visit.cells));
        }
    }
    world
}

fn by_lead(outcome: &Outcome) -> BTreeMap<String, BTreeMap<String, String>> {
    outcome.rows.iter().map(|row| (row["lead_id"].clone(), row.clone())).collect()
}

fn limited(limits: Limits, hundredths: i64) -> i64 {
    let value = limits.max.map_or(hundredths, |max| hundredths.min(max.hundredths()));
    limits.min.map_or(value, |min| value.max(min.hundredths()))
}

/// Half away from zero.
fn divided(value: i128, by: i128) -> i64 {
    let half = if value < 0 { -by / 2 } else { by / 2 };
    i64::try_from((value + half) / by).expect("scores are small")
}

/// The dimensions and the total of a card, added up again by hand.
fn added_up(rulebook: &Rulebook, points: &[i64]) -> (Vec<i64>, i64) {
    let part = |dimension: usize, group: Option<usize>| -> i64 {
        let own = rulebook
            .criteria
            .iter()
            .zip(points)
            .filter(|(criterion, _)| (criterion.dimension, criterion.group) == (dimension, group));
        own.map(|(_, points)| points).sum()
    };
    let score = |(index, dimension): (usize, &leadscore::Dimension)| {
        let groups = dimension
            .groups
            .iter()
            .enumerate()
            .map(|(group, declared)| limited(declared.limits, part(index, Some(group))));
        let sum = part(index, None) + groups.sum::<i64>();
        limited(dimension.limits, divided(i128::from(sum) * i128::from(dimension.weight.micros()), 1_000_000))
    };
    let scores: Vec<i64> = rulebook.dimensions.iter().enumerate().map(score).collect();
    let in_total = rulebook.dimensions.iter().zip(&scores).filter(|(dimension, _)| dimension.in_total);
    let total = in_total.map(|(_, score)| score).sum();
    (scores, limited(rulebook.total, total))
}

fn amount() -> impl Strategy<Value = String> {
    (-30_000..30_000i32).prop_map(|hundredths| {
        format!("{}{}.{:02}", if hundredths < 0 { "-" } else { "" }, hundredths.abs() / 100, hundredths.abs() % 100)
    })
}

fn limits() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        amount().prop_map(|max| format!("max: {max}, ")),
        amount().prop_map(|min| format!("min: {min}, "))
    ]
}

fn dimension() -> impl Strategy<Value = String> {
    let criteria = || {
        prop::collection::vec(amount(), 0..4).prop_map(|points| {
            points
                .iter()
                .map(|points| format!("{{ id: ID, when: {{ present: [id] }}, points: {points} }}"))
                .collect::<Vec<_>>()
                .join(", ")
        })
    };
    let groups = prop::collection::vec((limits(), criteria()), 0..3);
    (limits(), 0..3_000_000u32, any::<bool>(), criteria(), groups).prop_map(
        |(limits, weight, in_total, own, groups)| {
            let groups: Vec<String> = groups
                .iter()
                .enumerate()
                .map(|(n, (limits, criteria))| format!("g{n}: {{ {limits}criteria: [{criteria}] }}"))
                .collect();
            format!(
                "{{ {limits}weight: {}.{:06}, in_total: {in_total}, criteria: [{own}], groups: {{ {} }} }}",
                weight / 1_000_000,
                weight % 1_000_000,
                groups.join(", ")
            )
        },
    )
}

/// An occurrence criterion with points above zero, in each way of counting and decaying.
fn positive() -> impl Strategy<Value = String> {
    let count =
        prop::sample::select(vec!["each", "once", "{ per: day }", "{ per: month }", "{ per: 36h }", "{ distinct: k }"]);
    let decay = prop::sample::select(vec![
        "",
        ", decay: { half_life: 20d }",
        ", decay: { linear: 100d }",
        ", decay: { step: { percent: 30, every: 10d } }",
        ", decay: { compound: { percent: 30, every: 10d } }",
    ]);
    let rest = prop::sample::select(vec!["", ", at_most: 2", ", cap: 25", ", at_most: 5, cap: 30"]);
    (count, decay, rest)
        .prop_map(|(count, decay, rest)| format!("{{ id: a, event: any, points: 7.77, count: {count}{decay}{rest} }}"))
}

/// The score of one lead with events `time,k` under one criterion.
fn alone(criterion: &str, events: &[(String, &str)], as_of: &str) -> f64 {
    let source = "events: { web: { lead: lead, type: type, time: time, fields: { k: {} } } }";
    let rows: Vec<String> = events.iter().map(|(time, k)| format!("1,v,{time},{k}\n")).collect();
    let world = rules(&format!("{source}\ndimensions: {{ score: {{ criteria: [{criterion}] }} }}")).leads("id\n1\n");
    world
        .events("web", format!("lead,type,time,k\n{}", rows.concat()))
        .as_of(as_of)
        .run()
        .cell("1", "score")
        .parse()
        .expect("a score is a number")
}

fn some_events() -> impl Strategy<Value = Vec<(String, &'static str)>> {
    prop::collection::vec((time(), prop::sample::select(vec!["a", "A", "b", ""])), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_card_adds_up_to_the_cent(dimensions in prop::collection::vec(dimension(), 1..4), total in limits()) {
        let mut ids = (1..).map(|n| format!("c{n}"));
        let mut named = |dimension: &String| {
            let mut parts = dimension.split("ID");
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |text, part| text + &ids.next().expect("there is no last number") + part)
        };
        let dimensions = dimensions.iter().enumerate();
        let text: String = dimensions.map(|(n, dimension)| ["  d", &n.to_string(), ": ", &named(dimension), "\n"].concat()).collect();
        let world = rules(&format!("leads: {{ id: id, fields: {{ id: {{}} }} }}\ndimensions:\n{text}total: {{ {total} }}")).leads("id\n1\n");
        let outcome = world.run();
        let card = &outcome.cards[0];
        let (scores, total) = added_up(&world.parsed(), &card.criteria.iter().map(|points| points.hundredths()).collect::<Vec<_>>());
        prop_assert_eq!(card.dimensions.iter().map(|score| score.value.hundredths()).collect::<Vec<_>>(), scores);
        prop_assert_eq!(card.total.value.hundredths(), total);
        prop_assert_eq!(outcome.cell("1", "total"), leadscore::Points::from_hundredths(total).to_string());
    }

    #[test]
    fn cards_of_real_leads_add_up_too(leads in leads(), visits in visits()) {
        let world = world(&leads, &visits, 1);
        let rulebook = world.parsed();
        for card in world.run().cards {
            let (scores, total) = added_up(&rulebook, &card.criteria.iter().map(|points| points.hundredths()).collect::<Vec<_>>());
            prop_assert_eq!(card.dimensions.iter().map(|score| score.value.hundredths()).collect::<Vec<_>>(), scores);
            prop_assert_eq!(card.total.value.hundredths(), total);
        }
    }

    #[test]
    fn threads_blocks_files_and_the_order_of_events_change_no_byte(
        leads in leads(), visits in visits().prop_shuffle(), seed in any::<prop::sample::Index>(), n_files in 1..5usize,
        threads in prop::sample::select(vec![1usize, 2, 4]), block in prop_oneof![16..200usize, 200..65_536usize],
    ) {
        let plain = world(&leads, &visits, 1).with(|options| options.threads = 1).run();
        let mut shuffled = visits.clone();
        let at = if visits.is_empty() { 0 } else { seed.index(visits.len()) };
        shuffled.rotate_left(at);
        shuffled.reverse();
        let other = world(&leads, &shuffled, n_files).with(|options| (options.threads, options.block_bytes) = (threads, block)).run();
        prop_assert_eq!(plain.csv, other.csv);
        prop_assert_eq!(plain.counts.leads, other.counts.leads);
        // The example of an event of no lead is the first in the file.
        let without_examples = |sources: Vec<leadscore::EventCounts>| -> Vec<leadscore::EventCounts> {
            sources.into_iter().map(|source| leadscore::EventCounts { unmet: None, ..source }).collect()
        };
        prop_assert_eq!(without_examples(plain.counts.sources), without_examples(other.counts.sources));
    }

    #[test]
    fn another_lead_changes_no_row_and_a_shuffle_only_moves_them(leads in leads(), visits in visits(), at in any::<prop::sample::Index>()) {
        let all = by_lead(&world(&leads, &visits, 1).run());
        let mut fewer = leads.clone();
        let gone = fewer.remove(at.index(leads.len()));
        for (id, row) in by_lead(&world(&fewer, &visits, 1).run()) {
            // Where a lead is gone, its events may be found by their second key, which then names these leads.
            let inherits = visits.iter().any(|visit| visit.source && gone.starts_with(visit.cells.split(',').next().expect("a lead")));
            prop_assert!(inherits || row == all[&id]);
        }
        let mut moved = leads.clone();
        moved.rotate_left(at.index(leads.len()));
        moved.reverse();
        let shuffled = world(&moved, &visits, 1).run();
        prop_assert_eq!(by_lead(&shuffled), all);
        let order: Vec<&str> = moved.iter().filter_map(|row| row.split(',').next()).filter(|id| shuffled.rows.iter().any(|row| row["lead_id"] == *id)).collect();
        prop_assert_eq!(shuffled.column("lead_id"), order);
    }

    #[test]
    fn a_new_event_never_lowers_a_score_that_events_earn(criterion in positive(), events in some_events(), new in time(), k in prop::sample::select(vec!["a", "b", ""])) {
        let mut more = events.clone();
        more.push((new, k));
        prop_assert!(alone(&criterion, &events, "2026-06-30") <= alone(&criterion, &more, "2026-06-30"));
    }

    #[test]
    fn decay_falls_as_time_goes_by(criterion in positive(), events in some_events(), days in 1..31u8) {
        let (first, later) = (alone(&criterion, &events, "2026-07-31"), alone(&criterion, &events, &format!("2026-08-{days:02}")));
        prop_assert!(first >= later && later >= 0.0, "{} then {}", first, later);
        prop_assert!(criterion.contains("decay") || first.to_string() == later.to_string());
    }
}
