//! Random rulebooks over the whole language, for the properties in `whole.rs`: a text for each part of the language.
//!
//! The fields are always the same, so that every condition has something to name. What is asked of them is random, and so is
//! which rows count and how events find their leads.

mod conditions;
mod criteria;

use conditions::{facts, judgement, occasion};
use criteria::criterion;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

/// What is read: leads with a field of each type, two tables, one behind the other, and sources that name leads in each way and
/// know types in each way. What stands in `<…>` is chosen anew for each rulebook.
pub(crate) const EXPORTS: &str = "
leads:
  id: id
  created: <created>
  <leads><former>
  fields: { acc: {}, mail: { type: email }, site: { type: url }, title: {}, tags: { split: ';' }, n: { type: number },
            ok: { type: boolean }, c: { type: date }, r: { type: date }, m: { type: date },
            span: { type: range }, tel: { type: phone, country: TR }, js: { split: json }, mm: { type: email, split: ';' },
            old: { split: '|' }, accs: { split: '|' }, spare: { type: email }, pay: { type: number, currency: TRY },
            w2: { column: { name: w, nth: 2 }, type: number }, contact: { first_of: [spare, mail] },
            band: { from: both, bands: [{ gt: { field: n, times: 2 }, then: x }, { gte: 5, then: B }], otherwise: a, unknown: None },
            both: { sum_of: [n, rank] }, less: { from: size, minus: n }, days: { from: m, minus: c, in: days },
            word: { from: tags, map: { a: [x, b], ceo: y }, otherwise: Intern }, named: { from: title, map: { Boss: [ceo, İntern] }, unknown: no },
            either: { first_of: [title, zone, touch] }, late: { latest: [r, m] }, soon: { earliest: [c, r] },
            touch: { event: [visit, form], first: k }, seen: { event: any, last: x, where: { field: kept, is: a } }, when: { event: deal, last: time, since: r },
            wide: { from: span, map: { a: [2-10, '201-500'], x: 7 }, otherwise: b }, okay: { from: ok, map: { a: true }, unknown: b },
            day: { from: c, map: { a: [2026-06-01, 2026-01-15] } }, fresh: { from: m, bands: [{ within: 30d, then: a }, { lt: { field: r }, then: b }] },
            spread: { event: visit, last: reach }, said: { event: any, first: yes }, page: { event: [visit, Visit], last: url.path, within: 60d },
            began: { event: form, since: m, for: 30d, first: time } }
tables:
  regions: { key: region, by: region, fold: true, fields: { zone: {}, rank: { type: number }, place: { from: rank, bands: [{ lt: 3, then: b }], otherwise: a } } }
  accounts: { key: acc, by: <keys>, <accounts>fields: { size: { type: number }, region: {}, renewed: { type: date } } }
events:
  web: { lead: [lead, { column: mail, by: <mail> }], type: type, time: time, <web>
         fields: { x: { type: number }, k: {}, url: { type: url }, on: { type: date }, has: { split: ';' }, yes: { type: boolean }, reach: { type: range },
                   kept: { from: k, map: { a: b, x: q } }, part: { from: url.path, map: { b: [/pricing] }, otherwise: a }, spent: { sum_of: [x, x] },
                   later: { latest: [on] }, gone: { from: on, minus: later, in: days }, first_key: { first_of: [k, url.host] } } }
  crm: { lead: lead, type: type, time: time, id: eid, <crm>fields: { x: { type: number }, k: {}, who: { type: email }, call: { type: phone, country: TR }, notes: { split: json } } }
  hook: { lead: [lead, { column: host, by: <host>.domain }], type: { always: Visit }, time: time, id: eid }
  visits: { lead: [lead, { column: tel, by: tel }], type: { always: Deal }, time: time, fields: { k: {} } }
  two: { lead: { column: acc, by: acc, fold: true }, type: { from_columns: { form: a, Deal: b } }, fields: { x: { type: number } } }
";

/// What the results are put to.
const RESULTS: &str = "
lists: { some: [b, Intern, '/pricing', x.example] }
grade: { fit: { A: 5, B: 0 }, use: { 1: 8, 2: -5.5 } }
export: { columns: { Id: lead_id, Score: total, Mail: mail, Zone: zone, Who: { text: us } }, only: changed, empty: none }
funnel: { paths: { all: [Lead, MQL, Won] }, by: [zone, mail.domain, band, either], lost: { at: { event: mail }, reason: word }, owner: named,
          leave_out: { any: [{ field: title, is: Intern }, { event: deal, gte: 3 }] }, within: { 'Lead->MQL': 30d }, sla: { MQL: { within: 5d } } }
value: { ltv: 1000, pipeline: n }
";

/// Text in any number of forms.
type Text = BoxedStrategy<String>;

fn one_of(texts: &[&'static str]) -> Text {
    select(texts.to_vec()).prop_map(str::to_owned).boxed()
}

/// A text, or nothing, in so many of a hundred cases.
fn maybe(percent: u32, text: impl Strategy<Value = String> + 'static) -> Text {
    prop_oneof![percent => text, 100 - percent => Just(String::new())].boxed()
}

fn days() -> Text {
    one_of(&["1d", "7d", "30d", "60d", "90d", "26w", "36h"])
}

fn date() -> Text {
    one_of(&["2026-06-01", "2026-03-29", "2026-05-31T23:30", "2026-01-15", "2026-07-01"])
}

fn points() -> Text {
    prop_oneof![6 => one_of(&["5", "-3", "10", "0.75", "-12.5", "20", "1"]), 1 => one_of(&["33.33", "-0.01", "1000"])]
        .boxed()
}

fn number() -> Text {
    one_of(&["0", "1", "2", "3", "5", "12.5", "-7", "30", "0.000001"])
}

/// Criteria, or none; every one with an id of its own.
fn criteria(name: &'static str) -> Text {
    prop::collection::vec(criterion(), 0..5)
        .prop_map(move |criteria| {
            let named = criteria.iter().enumerate().map(|(n, criterion)| format!("{{ id: {name}{n}, {criterion} }}"));
            format!("criteria: [{}]", named.collect::<Vec<_>>().join(", "))
        })
        .boxed()
}

fn dimensions() -> Text {
    let limits = || maybe(40, one_of(&["min: 0, ", "max: 12, ", "min: -20, max: 30.5, "]));
    let since = || {
        maybe(
            25,
            one_of(&["since: r, ", "since: [m, c], ", "since: late, ", "since: returns, ", "since: [m, returns], "]),
        )
    };
    let weight = || maybe(30, one_of(&["weight: 1.25, ", "weight: 0.333333, ", "in_total: false, "]));
    let fade = || {
        let from = maybe(50, one_of(&[", from: m", ", from: c", ", from: soon"]));
        let fades = one_of(&[
            "half_life: 20d",
            "linear: 90d",
            "step: { percent: 30, every: 5d }",
            "compound: { percent: 10, every: 36h }",
        ]);
        maybe(30, (fades, from).prop_map(|(fade, from)| format!("fade: {{ {fade}{from} }}, ")))
    };
    let fit = (limits(), weight(), criteria("f"))
        .prop_map(|(limits, weight, criteria)| format!("{limits}{weight}{criteria}"));
    let group = (limits(), since(), fade(), criteria("g"))
        .prop_map(|(limits, since, fade, criteria)| format!("{limits}{since}{fade}{criteria}"));
    let own = (limits(), since(), weight(), fade(), criteria("u"))
        .prop_map(|(limits, since, weight, fade, own)| format!("{limits}{since}{weight}{fade}{own}"));
    let total = maybe(30, one_of(&["total: { min: 0 }\n", "total: { max: 15.5 }\n"]));
    (fit, own, group, total)
        .prop_map(|(fit, own, group, total)| {
            format!("{total}dimensions:\n  fit: {{ {fit} }}\n  use: {{ {own}, groups: {{ web: {{ {group} }} }} }}\n")
        })
        .boxed()
}

/// A moment in a lead's life, or a list of them.
fn moments() -> Text {
    let moment = || {
        prop_oneof![
            3 => one_of(&["m", "r", "renewed", "soon", "when"]),
            2 => occasion().prop_map(|event| format!("{{ {event} }}")),
        ]
    };
    let list = prop::collection::vec(moment(), 1..4).prop_map(|moments| format!("[{}]", moments.join(", ")));
    prop_oneof![2 => moment(), 1 => list].boxed()
}

/// What records that a lead was given back, or nothing.
fn returns() -> Text {
    let reason = maybe(50, one_of(&[", reason: k", ", reason: word"]));
    maybe(60, (moments(), reason).prop_map(|(at, reason)| format!("returns: {{ at: {at}{reason} }}\n")))
}

fn stages() -> Text {
    let (above_mql, above_sql) = (["{ stage: Lead }"], ["{ stage: Lead }", "{ stage: MQL }"]);
    let keep = maybe(50, judgement(&above_mql).prop_map(|keep| format!(", keep_when: {keep}")));
    let recycle = || maybe(40, judgement(&above_mql).prop_map(|recycle| format!(", recycle_when: {recycle}")));
    let entered = || {
        let told = (facts(), maybe(50, one_of(&[", at: m", ", at: soon", ", at: renewed"])));
        let told = told.prop_map(|(told, at)| format!("{{ when: {told}{at} }}"));
        prop_oneof![5 => moments(), 1 => told]
    };
    let after = maybe(30, one_of(&[", after: MQL", ", after: [Lead, MQL]"]));
    let score = (one_of(&["-5", "3", "10", "30"])).prop_map(|bound| format!("{{ score: total, gte: {bound} }}"));
    (recycle(), score, keep, entered(), judgement(&above_sql), after, recycle(), entered())
        .prop_map(|(first, score, keep, mql, when, after, recycle, won)| {
            format!(
                "stages:\n  - {{ name: Lead, entered: c }}\n  - {{ name: MQL, when: {score}{keep}, entered: {mql}{first} }}\n  \
                 - {{ name: SQL, when: {when}{after}{recycle} }}\n  - {{ name: Won, entered: {won} }}\n"
            )
        })
        .boxed()
}

/// The accounts, or none.
fn accounts() -> Text {
    let by = one_of(&["acc", "mail.domain", "site.host", "accounts", "zone", "title", "band", "tel", "contact.domain"]);
    let only = maybe(40, judgement(&["{ stage: MQL }"]).prop_map(|only| format!("\n  where: {only}")));
    let counted = prop_oneof![1 => Just("all".to_owned()), 3 => judgement(&["{ stage: SQL }"])];
    let top = maybe(50, one_of(&[", top: 1", ", top: 2", ", top: 50"]));
    let bound = one_of(&["gte: 3", "lt: 0", "gt: 10.5", "lte: 20"]);
    let own = one_of(&[
        "{ score: leads, gte: 2 }",
        "{ score: n, gte: 1 }",
        "{ field: size, gt: 3 }",
        "{ not: { stage: Known } }",
        "{ absent: [tags] }",
    ]);
    (by, only, counted, top, bound, own)
        .prop_map(|(by, only, counted, top, bound, own)| {
            format!(
                "accounts:\n  by: {by}{only}\n  scores: {{ s: {{ sum: total{top} }}, m: {{ max: use.web }}, a: {{ mean: fit }}, n: {{ count: {counted} }} }}\n  \
                 fields: [size, tags, mail.local, renewed]\n  stages: [{{ name: Known }}, {{ name: MQA, when: {{ score: s, {bound} }} }}, \
                 {{ name: Top, when: [{{ stage: MQA }}, {own}] }}]\n  priorities: [{{ name: now, when: {{ stage: Top }} }}, {{ name: wait, action: Nothing }}]\n"
            )
        })
        .boxed()
}

/// A rulebook, save for what `rules` adds.
pub(crate) fn rulebooks() -> impl Strategy<Value = String> {
    let head = (
        maybe(60, one_of(&["timezone: Europe/Istanbul\n", "timezone: America/New_York\n"])),
        maybe(30, Just("ids: salesforce\n".to_owned())),
        maybe(50, one_of(&["not_engagement: [mail]\n", "not_engagement: visit\n"])),
        maybe(
            50,
            one_of(&[
                "file: { blank: [b, N/A] }\n",
                "file: { short_rows: pad }\n",
                "file: { blank: [b, N/A], short_rows: pad }\n",
            ]),
        ),
    );
    let head = head.prop_map(|(zone, ids, not_engagement, file)| zone + &ids + &not_engagement + &file);
    let disqualify =
        maybe(50, judgement(&[]).prop_map(|when| format!("disqualify: [{{ reason: no, when: {when} }}]\n")));
    let priorities = judgement(&["{ stage: SQL }", "{ stage: Won }"])
        .prop_map(|when| format!("priorities: [{{ name: high, when: {when}, action: Call }}, {{ name: low }}]\n"));
    let rest = (head, dimensions(), disqualify, stages(), (priorities, returns()), maybe(50, accounts())).prop_map(
        |(head, dimensions, disqualify, stages, (priorities, returns), accounts)| {
            // Without `returns` there is no latest one.
            let since = if returns.is_empty() { "r" } else { "returns" };
            let dimensions = dimensions.replace("returns", since);
            format!("{head}{RESULTS}{dimensions}{disqualify}{returns}{stages}{priorities}{accounts}")
        },
    );
    (exports(), rest).prop_map(|(exports, rest)| exports + &rest)
}

/// The exports, where some events may be automated, newer rows may count, and leads may be found by other keys.
fn exports() -> Text {
    let rules = || {
        let alone = one_of(&[
            "{ event: [visit, form], after: [mail, Visit], within: 12h, same: k }",
            "{ event: visit, after: visit, within: 10h, where: { field: x, gte: 2 } }",
            "{ event: [visit, other], after: form, within: 90s }",
            "{ event: [deal, visit], at_least: 2, within: 1d }",
            "{ event: [visit, form, deal], at_least: 3, within: 30d, same: x }",
            "{ event: [other, Deal], where: { not: { field: k, contains: a } } }",
            "{ event: [form, visit], after: [deal, form], within: 36h, where: { field: k, is: a } }",
        ]);
        let rules = prop::collection::vec(alone, 1..4).prop_map(|rules| format!("automated: [{}], ", rules.join(", ")));
        maybe(50, rules)
    };
    let choices = vec![
        ("<created>", one_of(&["c", "c", "soon"])),
        ("<leads>", maybe(40, one_of(&["newest: r", "newest: late"])).prop_map(|newest| newest + "\n  ").boxed()),
        ("<former>", maybe(50, Just("former_ids: old".to_owned()))),
        ("<accounts>", maybe(40, Just("newest: renewed, ".to_owned()))),
        ("<keys>", one_of(&["acc", "accs"])),
        ("<mail>", one_of(&["mail", "mail", "mm", "contact"])),
        ("<host>", one_of(&["mail", "mail", "mm", "contact"])),
        ("<web>", rules()),
        ("<crm>", rules()),
    ];
    let (tokens, texts): (Vec<_>, Vec<_>) = choices.into_iter().unzip();
    texts
        .prop_map(move |texts| {
            tokens
                .iter()
                .zip(&texts)
                .fold(EXPORTS.to_owned(), |exports, (token, text)| exports.replacen(token, text, 1))
        })
        .boxed()
}
