//! `diff`: what it says of a change is what two runs of `score` say, its rows add up, and each row is what that edit alone does.

mod edits;
mod pages;

use crate::invariants::{EVERYTHING, leads, visits, world};
use crate::world::World;
use leadscore::Plan;
use leadscore::{Comparison, DiffFindings, DiffLimit, DiffLook, DiffSource, Privacy, compose};
use leadscore::{DiffCount, DiffReport, EffectRow};
use leadscore::{Inputs, Unwatched, Watched, load};
use leadscore::{InstantSpan, parse_date_literal};
use proptest::prelude::*;

/// What is scored with the files of the invariants' world.
const SCORING: &str = "
lists: { good: [a, c] }
total: { min: -20 }
dimensions:
  fit:
    max: 13
    criteria: [{ id: size, field: size, tiers: [{ gte: 10, points: 10 }, { gte: 2, points: 4 }], unknown: -1 }, { id: tag, when: { field: set, in: { list: good } }, points: 5 }]
  use:
    since: r
    weight: 1.25
    min: -500
    groups:
      much: { max: 12, criteria: [{ id: each, event: any, points: 1.5, decay: { half_life: 9d } }, { id: once, event: form, points: 7, count: once }] }
    criteria:
      - { id: weeks, event: visit, points: 2, count: { per: week }, at_most: 3, decay: { half_life: 30d } }
      - { id: sum, event: visit, measure: { sum: x }, tiers: [{ gte: 3.5, points: 6 }, { lt: 0, points: -4 }] }
      - { id: cold, when: { event: any, measure: idle_days, from: c, gte: { field: n, times: 2 } }, points: -5, unknown: 0.25 }
  side: { in_total: false, criteria: [{ id: deals, event: deal, points: 6 }] }
grade: { fit: { A: 9, B: 0 }, use: { 1: 10, 2: 0 } }
disqualify: [{ reason: many, when: { field: n, gte: 12 } }]
stages:
  - { name: Lead }
  - { name: MQL, when: { all: [{ score: total, gte: 10 }, { score: fit, gte: 2 }] } }
  - { name: PQL, when: { any: [{ score: side, gte: 6 }, { grade: [A1] }] } }
  - { name: SQL, after: [MQL, PQL], when: { field: n, gte: 5 } }
  - { name: Won, entered: { event: deal, source: crm } }
priorities: [{ name: high, when: { stage: MQL } }, { name: ours, when: { field: set, in: { list: good } } }, { name: low }]
";

/// Edits of that, each at a place of its own.
const EDITS: [(&str, &str); 24] = [
    ("{ gte: 10, points: 10 }", "{ gte: 5, points: 11 }"),
    ("good: [a, c]", "good: [b, c]"),
    ("min: -20", "min: 0"),
    ("max: 13", "max: 7"),
    ("weight: 1.25", "weight: 0.5"),
    ("    since: r\n", "    since: c\n"),
    ("much: { max: 12", "much: { max: 4"),
    ("points: 1.5", "points: 2.5, within: 90d"),
    (", { id: once, event: form, points: 7, count: once }", ""),
    ("at_most: 3", "at_most: 1"),
    ("{ lt: 0, points: -4 }", "{ lt: 0, points: -9.25 }"),
    ("      - { id: cold", "      - { id: more, event: [form, deal], points: 3 }\n      - { id: cold"),
    ("points: -5, unknown: 0.25", "points: -5, enabled: false"),
    ("in_total: false, ", ""),
    ("points: 6 }] }\ngrade", "points: 2 }, { id: visits, event: visit, points: 3 }] }\ngrade"),
    ("A: 9", "A: 4"),
    ("gte: 12 } }]", "gte: 5 } }]"),
    ("{ score: total, gte: 10 }", "{ score: total, gte: 4 }"),
    (
        "  - { name: PQL, when",
        "  - { name: Hot, when: { all: [{ stage: MQL }, { score: use.much, gte: 3 }] } }\n  - { name: PQL, when",
    ),
    ("after: [MQL, PQL], when: { field: n, gte: 5 }", "after: [MQL], when: { field: n, gte: 1 }"),
    ("{ event: deal, source: crm }", "{ event: [deal, form], source: crm }"),
    ("{ name: high, when: { stage: MQL } }", "{ name: top, when: { stage: MQL } }"),
    ("fit:\n    max", "fit:\n    min: 3\n    max"),
    (
        "[{ id: size, field",
        "[{ id: extra, label: Extra, when: { field: n, present: yes }, points: 1 }, { id: size, field",
    ),
];

fn data_part() -> &'static str {
    EVERYTHING.split("dimensions:").next().unwrap_or_default()
}

fn rulebook(scoring: &str) -> String {
    format!("rulebook: 1\n{}{scoring}", data_part())
}

fn edited(scoring: &str, chosen: &[usize]) -> String {
    chosen.iter().fold(scoring.to_owned(), |text, at| {
        let (from, to) = EDITS[*at];
        let to = to.replace("present: yes", "gte: 0");
        assert!(text.contains(from), "{from} is there\n{text}");
        text.replacen(from, &to, 1)
    })
}

/// The edit of a `since`.
const SINCE: usize = 5;

/// What the library says of a change, on the files of a world.
pub(crate) fn compared(world: &World, old: &str, new: &str, privacy: &Privacy, limits: &[&str]) -> DiffReport {
    let folder = world.written();
    let read = |name: &str, text: &str| {
        let lists = |list: &str| std::fs::read_to_string(folder.path().join(list)).map_err(|error| error.to_string());
        DiffSource::read(name, text.to_owned(), &lists).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
    };
    let comparison = Comparison::new(read("old.yaml", old), read("new.yaml", new));
    let rulebooks = [comparison.old_rulebook(), comparison.new_rulebook()];
    let as_of = parse_date_literal(crate::world::TODAY, &rulebooks[1].zone).map(InstantSpan::last).expect("a date");
    let all = Inputs::resolve(rulebooks[1], folder.path(), &world.given(rulebooks[1], folder.path())).expect("files");
    let plans = rulebooks.map(|rulebook| Plan::new(rulebook, as_of));
    let look = DiffLook::new(&comparison, [&plans[0], &plans[1]], 10);
    let mut found = DiffFindings::default();
    let run = |is_new: bool| {
        let plan = Plan::new(rulebooks[usize::from(is_new)], as_of);
        load(plan, &comparison.inputs(&all, is_new), &world.options, Watched::Nobody, &Unwatched).expect("good files")
    };
    run(false)
        .score(
            &world.options,
            &Unwatched,
            |part: &mut DiffFindings, lead| look.look(part, lead),
            |part| found.add(part),
        )
        .expect("good files");
    if comparison.has_two_readings() {
        let mut again = DiffFindings::default();
        run(true)
            .score(
                &world.options,
                &Unwatched,
                |part: &mut DiffFindings, lead| look.look_again(&found, part, lead),
                |part| again.add(part),
            )
            .expect("good files");
        found.add(again);
    }
    let limits: Vec<DiffLimit> =
        limits.iter().map(|limit| DiffLimit::parse(limit, &comparison.stages()).expect("a good limit")).collect();
    compose(&look, &found, as_of, privacy, &limits)
}

fn plainly(world: &World, old: &str, new: &str) -> DiffReport {
    compared(world, old, new, &Privacy { shows_ids: true, ..Privacy::default() }, &[])
}

fn n(count: DiffCount) -> i64 {
    count.n().expect("nothing is hidden")
}

/// The numbers of an effect that add up.
fn numbers(row: &EffectRow) -> Vec<i128> {
    let counts = [n(row.n_changed), n(row.n_moved)].map(i128::from);
    let net = row.net.iter().flatten().map(|n| i128::from(*n));
    counts.into_iter().chain(row.sum_hundredths).chain(net).collect()
}

/// The numbers of all rows and the interaction, added up.
fn added_up(report: &DiffReport) -> Vec<i128> {
    let rows = report.edits.iter().filter_map(|row| row.effect.as_ref());
    rows.chain([&report.interaction]).fold(vec![0; 3 + report.places.len()], |mut sums, row| {
        sums.iter_mut().zip(numbers(row)).for_each(|(sum, number)| *sum += number);
        sums
    })
}

/// How many leads each pair of stages has, the sums of totals before and after, and how many have another grade and another
/// priority or action, by two runs of `score`.
fn by_two_runs(world: &World, old: &str, new: &str, places: &[String]) -> (Vec<Vec<i64>>, [i128; 2], [i64; 2]) {
    let run = |text: &str| {
        let mut world = world.clone();
        text.clone_into(&mut world.rulebook);
        world.run()
    };
    let (before, after) = (run(old), run(new));
    let place = |stage: &str| places.iter().position(|place| place == stage).expect("a place");
    let mut matrix = vec![vec![0; places.len()]; places.len()];
    for (old, new) in before.column("stage").into_iter().zip(after.column("stage")) {
        matrix[place(old)][place(new)] += 1;
    }
    let sum = |outcome: &crate::world::Outcome| {
        outcome.cards.iter().map(|card| i128::from(card.total.value.hundredths())).sum::<i128>()
    };
    let rows = || before.rows.iter().zip(&after.rows);
    let n_changed = |names: &[&str]| {
        rows().map(|(old, new)| i64::from(names.iter().any(|name| old.get(*name) != new.get(*name)))).sum()
    };
    (matrix, [sum(&before), sum(&after)], [n_changed(&["grade"]), n_changed(&["priority", "action"])])
}

fn check_against_two_runs(world: &World, old: &str, new: &str) -> DiffReport {
    let report = plainly(world, old, new);
    let (matrix, sums, n_changed) = by_two_runs(world, old, new, &report.places);
    let told: Vec<Vec<i64>> = report.matrix.iter().map(|row| row.iter().map(|count| n(*count)).collect()).collect();
    assert_eq!(told, matrix, "{new}");
    assert_eq!([report.score.before_hundredths, report.score.after_hundredths], sums, "{new}");
    assert_eq!([report.n_grade_changed, report.n_priority_changed].map(n), n_changed, "{new}");
    assert_eq!(added_up(&report), numbers(&report.total), "{new}");
    report
}

fn chosen() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0..EDITS.len(), 0..6).prop_map(|set| set.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_rulebook_does_not_differ_from_itself(chosen in chosen(), leads in leads(), visits in visits()) {
        let text = rulebook(&edited(SCORING, &chosen));
        let report = plainly(&world(&leads, &visits, 1), &text, &text);
        prop_assert!(report.is_empty() && !report.has_moves());
        prop_assert!(numbers(&report.total).into_iter().all(|number| number == 0));
        prop_assert_eq!(report.class.to_string(), "cosmetic");
    }

    #[test]
    fn it_says_what_two_runs_say_and_its_rows_add_up(
        before in chosen(), after in chosen(), leads in leads(), visits in visits()
    ) {
        let (old, new) = (rulebook(&edited(SCORING, &before)), rulebook(&edited(SCORING, &after)));
        check_against_two_runs(&world(&leads, &visits, 1), &old, &new);
    }

    #[test]
    fn a_row_is_what_its_edit_alone_does(mut chosen in chosen(), leads in leads(), visits in visits()) {
        // A criterion whose own text changed has all of its change in its own row, also what a changed `since` above it does; so
        // a `since` that changes beside others is not told apart from them.
        if chosen.len() > 1 {
            chosen.retain(|at| *at != SINCE);
        }
        let world = world(&leads, &visits, 1);
        let old = rulebook(SCORING);
        let together = plainly(&world, &old, &rulebook(&edited(SCORING, &chosen)));
        for at in chosen {
            let alone = plainly(&world, &old, &rulebook(&edited(SCORING, &[at])));
            // An edit of the text may be several: each has its own row in both reports, and they are the same.
            for row in &alone.edits {
                let same = together.edits.iter().find(|other| other.subject == row.subject);
                let (Some(same), Some(mine)) = (same.and_then(|same| same.effect.as_ref()), &row.effect) else { continue };
                // Another stage between them changes the names that the lists by place have.
                if together.places == alone.places {
                    prop_assert_eq!(same, mine, "{}", row.subject);
                }
            }
        }
    }
}

#[test]
fn edits_of_the_text_are_found_one_by_one() {
    let world = world(&["L0,A,,,5,a;b\n".to_owned()], &[], 1);
    for (at, (from, to)) in EDITS.iter().enumerate() {
        let report = check_against_two_runs(&world, &rulebook(SCORING), &rulebook(&edited(SCORING, &[at])));
        assert!(!report.edits.is_empty(), "{from} → {to}");
    }
}
