//! Stages and the funnel: what the CRM recorded by dates, by won deals or by a status, with MQL by score in between.

use super::MQL_AT;
use super::fields::Fields;
use super::kinds::{TypeWorth, worth};
use super::model::{CriterionDraft, Draft, EnteredDraft, RuleDraft, StageDraft};
use super::sources::Kinds;
use crate::preset::ColumnRole;
use crate::value::{Type, fold};

/// Stages that are known, from the top of the funnel down, each with the values of a stage or status column that say it.
const KNOWN: [(&str, &[&str]); 6] = [
    ("MQL", &["mql", "marketingqualifiedlead", "marketing qualified lead", "marketing qualified"]),
    ("SAL", &["sal", "sales accepted lead", "sales accepted"]),
    ("SQL", &["sql", "salesqualifiedlead", "sales qualified lead", "sales qualified", "qualified", "is_sql"]),
    ("Opportunity", &["opportunity", "demo_completed", "proposal", "negotiation"]),
    (
        "Customer",
        &[
            "customer",
            "won",
            "closed won",
            "closed_won",
            "closed - converted",
            "converted",
            "sale_done",
            "kunde",
            "cliente",
            "client",
            "klient",
            "musteri",
        ],
    ),
    ("Evangelist", &["evangelist"]),
];

/// The stages after the first.
pub(super) fn stages(fields: &mut Fields<'_>, sources: &[Kinds], draft: &Draft) -> Vec<StageDraft> {
    let mut stages = dated(fields);
    if !stages.iter().any(|(rank, _)| *rank == 0) {
        let because = "reached by points".to_owned();
        stages.push((0, StageDraft { name: "MQL".to_owned(), total: None, entered: None, because }));
    }
    for (rank, stage) in valued(fields) {
        match stages.iter_mut().find(|(known, _)| *known == rank) {
            Some((_, known)) if known.entered.is_none() => known.entered = stage.entered,
            Some(_) => {}
            None => stages.push((rank, stage)),
        }
    }
    let has_customers =
        stages.iter().any(|(rank, stage)| *rank == 4 && matches!(stage.entered, Some(EnteredDraft::Field(_))));
    let won = sources.iter().flat_map(|source| &source.kinds).find(|(kind, _)| worth(kind) == TypeWorth::Won);
    if let Some((kind, _)) = won.filter(|_| !has_customers) {
        stages.retain(|(rank, _)| *rank != 4);
        let entered = Some(EnteredDraft::Event(kind.clone()));
        let because = "an event of the data".to_owned();
        stages.push((4, StageDraft { name: "Customer".to_owned(), total: None, entered, because }));
    }
    stages.sort_by_key(|(rank, _)| *rank);
    let mut stages: Vec<StageDraft> = stages.into_iter().map(|(_, stage)| stage).collect();
    let total = threshold(draft);
    if let Some(mql) = stages.iter_mut().find(|stage| stage.name == "MQL") {
        mql.total = total;
    }
    // A stage needs points or a record.
    stages.retain(|stage| stage.total.is_some() || stage.entered.is_some());
    stages
}

/// Stages whose dates are columns.
fn dated(fields: &mut Fields<'_>) -> Vec<(usize, StageDraft)> {
    let mut stages: Vec<(usize, StageDraft)> = Vec::new();
    for place in fields.all_of(|role| matches!(role, ColumnRole::StageDate(_))) {
        let Some(ColumnRole::StageDate(name)) = fields.role_at(place) else { continue };
        let is_first = ["lead", "subscriber"].contains(&&*fold(name));
        let is_known = stages.iter().any(|(_, stage)| fold(&stage.name) == fold(name));
        if is_first || is_known || fields.kind(place) != Type::Date {
            continue;
        }
        let because = format!("the date in {}", fields.column(place).name);
        let entered = Some(EnteredDraft::Field(fields.take(place)));
        let rank = rank(name).unwrap_or(if fold(name) == "pql" { 0 } else { 3 });
        stages.push((rank, StageDraft { name: name.clone(), total: None, entered, because }));
    }
    stages
}

fn rank(name: &str) -> Option<usize> {
    KNOWN.iter().position(|(known, words)| fold(known) == fold(name) || words.contains(&&*fold(name)))
}

/// Stages that a column names: known, but not when.
fn valued(fields: &mut Fields<'_>) -> Vec<(usize, StageDraft)> {
    let place =
        fields.role(|role| *role == ColumnRole::Stage).or_else(|| fields.role(|role| *role == ColumnRole::Status));
    let Some(place) = place.filter(|place| fields.kind(*place) == Type::Text) else { return Vec::new() };
    let values = fields.values(place, 60);
    let mut stages = Vec::new();
    for (rank, (name, words)) in KNOWN.iter().enumerate() {
        let said: Vec<String> = values.iter().filter(|value| words.contains(&&*fold(value))).cloned().collect();
        if said.is_empty() {
            continue;
        }
        let because = format!("a value of {}; its date is not known", fields.column(place).name);
        let entered = Some(EnteredDraft::Values(fields.take(place), said));
        stages.push((rank, StageDraft { name: (*name).to_owned(), total: None, entered, because }));
    }
    stages
}

/// From which total on a lead is an MQL: what the points can reach, and not too easily.
///
/// More than any criterion gives alone, where several give any; none where nothing gives a point.
fn threshold(draft: &Draft) -> Option<i64> {
    let points: Vec<i64> =
        draft.fit.iter().chain(&draft.engagement).map(most_points).filter(|points| *points > 0).collect();
    let (most, greatest): (i64, i64) = (points.iter().sum(), points.iter().copied().max()?);
    let usual = MQL_AT.min(most * 2 / 3);
    Some(if points.len() > 1 { usual.max(greatest + 1).min(most) } else { greatest })
}

/// Whether one criterion alone makes an MQL, because there are no others.
pub(super) fn hangs_on_one(draft: &Draft) -> bool {
    draft.fit.iter().chain(&draft.engagement).filter(|criterion| most_points(criterion) > 0).count() == 1
}

/// The most that a criterion gives.
pub(super) fn most_points(criterion: &CriterionDraft) -> i64 {
    let most = |points: &mut dyn Iterator<Item = i64>| points.max().unwrap_or(0).max(0);
    match &criterion.rule {
        RuleDraft::InList { otherwise, .. } => (*otherwise).max(0),
        RuleDraft::Present { points, .. } | RuleDraft::IsTrue { points, .. } | RuleDraft::Idle { points, .. } => {
            (*points).max(0)
        }
        RuleDraft::Words { lists, .. } => most(&mut lists.iter().map(|(_, points)| *points)),
        RuleDraft::AtLeast { tiers, .. } => most(&mut tiers.iter().map(|(_, points)| *points)),
        RuleDraft::Recent { tiers, .. } => most(&mut tiers.iter().map(|(_, points)| *points)),
        RuleDraft::Values { values, .. } => most(&mut values.iter().map(|(_, points)| *points)),
        RuleDraft::Event { cap, .. } => (*cap).max(0),
    }
}

/// The fields that the report is told apart by.
pub(super) fn segments(fields: &mut Fields<'_>) -> Vec<String> {
    let mut by = Vec::new();
    for role in [ColumnRole::Source, ColumnRole::Country, ColumnRole::Industry] {
        let place = fields.role(|known| *known == role).filter(|place| fields.kind(*place) == Type::Text);
        let is_few = place.filter(|place| {
            fields.column(*place).sketch.n_distinct() <= 60
                && fields.export(place.table).reading(place.column).split.is_none()
        });
        by.extend(is_few.map(|place| fields.take(place)));
    }
    by.truncate(2);
    by
}
