//! What a lead does: starter points for the event types of the data, for counts and last dates in a wide export, and for silence.

use super::fields::{ColumnAt, Fields};
use super::kinds::{TypeWorth, worth};
use super::model::{CriterionDraft, RuleDraft};
use super::name::{Names, slug};
use super::sources::Kinds;
use crate::preset::ColumnRole;
use crate::value::{Type, fold};

/// Types beyond that are left to a person.
const MOST_CRITERIA: usize = 30;

/// The criteria about what leads do.
pub(super) fn criteria(
    fields: &mut Fields<'_>,
    sources: &[Kinds],
    created: Option<&str>,
    notes: &mut Vec<String>,
) -> Vec<CriterionDraft> {
    let mut names = Names::default();
    let mut criteria = events(fields, sources, &mut names, notes);
    let has_events = !criteria.is_empty();
    criteria.extend(counts(fields, sources, &mut names, notes));
    let last = last_seen(fields, &mut names);
    let has_last = !last.is_empty();
    criteria.extend(last);
    if has_events {
        let from = created.map(str::to_owned);
        let because =
            "60 days of silence; change it to the number of days after which a lead is cold for you".to_owned();
        criteria.push(CriterionDraft {
            id: names.take("gone-cold"),
            rule: RuleDraft::Idle { days: 60, points: -15, from },
            because,
        });
    } else if let Some(created) = created.filter(|_| !has_last) {
        let rule =
            RuleDraft::Recent { field: created.to_owned(), tiers: vec![(30, 10), (90, 5)], older: Some((180, -15)) };
        let because = "no export shows what leads do, so their age is the only sign of life".to_owned();
        criteria.push(CriterionDraft { id: names.take("gone-cold"), rule, because });
    }
    criteria.extend(opted_out(fields, &mut names));
    criteria
}

/// The types that are our doing or a result, or that a column says as well, as written.
pub(super) fn not_engagement(fields: &Fields<'_>, sources: &[Kinds]) -> Vec<String> {
    let has_opt_out = opt_out(fields).is_some();
    let mut found: Vec<String> = Vec::new();
    for source in sources {
        for (kind, _) in &source.kinds {
            let is_known = found.iter().any(|known| fold(known) == fold(kind));
            let is_no_interest = matches!(source.worth(kind), TypeWorth::Ours | TypeWorth::Won);
            if (is_no_interest || has_opt_out && source.wants_no_mail(kind)) && !is_known {
                found.push(kind.clone());
            }
        }
    }
    found
}

fn events(fields: &Fields<'_>, sources: &[Kinds], names: &mut Names, notes: &mut Vec<String>) -> Vec<CriterionDraft> {
    let mut criteria = Vec::new();
    let mut beyond: Vec<&str> = Vec::new();
    let opt_out = opt_out(fields).map(|place| fields.column(place).name.as_str());
    for source in sources {
        for (kind, n) in &source.kinds {
            let TypeWorth::Points(points, cap, is_daily) = source.worth(kind) else { continue };
            if let Some(column) = opt_out.filter(|_| source.wants_no_mail(kind)) {
                notes.push(format!(
                    "{kind} in {}: the column {column} says the same, and one of the two is enough",
                    source.source
                ));
                continue;
            }
            if criteria.len() == MOST_CRITERIA {
                beyond.push(kind);
                continue;
            }
            let has = |other: &&Kinds| {
                other.source != source.source && other.kinds.iter().any(|(known, _)| fold(known) == fold(kind))
            };
            let is_shared = sources.iter().find(has).is_some();
            let rule = RuleDraft::Event {
                kind: kind.clone(),
                source: source.source.clone(),
                is_shared,
                points,
                cap,
                is_daily,
            };
            let because = format!("{n} in {}", source.source);
            criteria.push(CriterionDraft { id: names.take(&slug(kind, '-', "event")), rule, because });
        }
    }
    if !beyond.is_empty() {
        notes.push(format!("event types after the first {MOST_CRITERIA}: {}", beyond.join(", ")));
    }
    criteria
}

/// Columns that count: page views, mails opened.
fn counts(
    fields: &mut Fields<'_>,
    sources: &[Kinds],
    names: &mut Names,
    notes: &mut Vec<String>,
) -> Vec<CriterionDraft> {
    let places = fields.all_of(|role| matches!(role, ColumnRole::Count(_)));
    let mut criteria = Vec::new();
    for place in places.into_iter().filter(|place| fields.kind(*place) == Type::Number).collect::<Vec<ColumnAt>>() {
        let Some(ColumnRole::Count(event)) = fields.role_at(place) else { continue };
        let column = &fields.column(place).name;
        if let Some((source, kind)) = sources.iter().find_map(|source| Some((source, source.same_as(event)?))) {
            notes.push(format!("{column}: the events {kind} in {} say the same, and when", source.source));
            continue;
        }
        let tiers = match worth(event) {
            TypeWorth::Points(points, ..) if points >= 10 => vec![(3, 20), (1, 10)],
            TypeWorth::Points(points, ..) if points < 0 => vec![(1, -10)],
            TypeWorth::Points(points, ..) if points > 1 => vec![(10, 10), (3, 5), (1, 2)],
            TypeWorth::Points(..) => vec![(20, 10), (5, 5), (1, 1)],
            TypeWorth::Ours | TypeWorth::Won => continue,
        };
        let field = fields.take(place);
        let because = format!("a count in the export ({})", fields.column(place).name);
        criteria.push(CriterionDraft {
            id: names.take(&slug(&field, '-', "count")),
            rule: RuleDraft::AtLeast { field, tiers, below: None },
            because,
        });
    }
    criteria
}

/// Columns that say when something happened last.
fn last_seen(fields: &mut Fields<'_>, names: &mut Names) -> Vec<CriterionDraft> {
    let places = fields.all_of(|role| matches!(role, ColumnRole::LastSeen(_)));
    let mut criteria = Vec::new();
    for place in places.into_iter().filter(|place| fields.kind(*place) == Type::Date).collect::<Vec<ColumnAt>>() {
        let is_ours = matches!(fields.role_at(place), Some(ColumnRole::LastSeen(event)) if matches!(worth(event), TypeWorth::Ours));
        if is_ours {
            continue;
        }
        let column = fields.column(place).name.clone();
        let field = fields.take(place);
        // Silence counts once, by the first of these columns.
        let older = criteria.is_empty().then_some((90, -15));
        let rule = RuleDraft::Recent { field: field.clone(), tiers: vec![(14, 10), (60, 5)], older };
        criteria.push(CriterionDraft {
            id: names.take(&slug(&field, '-', "last-seen")),
            rule,
            because: format!("a date in the export ({column})"),
        });
    }
    criteria
}

/// The column that says who wants no more mail.
fn opt_out(fields: &Fields<'_>) -> Option<ColumnAt> {
    let place = fields.role(|role| *role == ColumnRole::Unsubscribed)?;
    matches!(fields.kind(place), Type::Boolean | Type::Number | Type::Date).then_some(place)
}

/// Those who want no more mail.
fn opted_out(fields: &mut Fields<'_>, names: &mut Names) -> Option<CriterionDraft> {
    let place = opt_out(fields)?;
    let kind = fields.kind(place);
    let rule = match kind {
        Type::Boolean => RuleDraft::IsTrue { field: fields.take(place), points: -20 },
        Type::Number => RuleDraft::AtLeast { field: fields.take(place), tiers: vec![(1, -20)], below: None },
        Type::Date => RuleDraft::Present { field: fields.take(place), points: -20, otherwise: 0 },
        _ => return None,
    };
    Some(CriterionDraft {
        id: names.take("unsubscribed"),
        rule,
        because: "they asked you to stop e-mailing".to_owned(),
    })
}
