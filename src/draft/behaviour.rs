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
pub(super) fn criteria(fields: &mut Fields<'_>, sources: &[Kinds], created: Option<&str>) -> Vec<CriterionDraft> {
    let mut names = Names::default();
    let mut criteria = events(sources, &mut names);
    let has_events = !criteria.is_empty();
    criteria.extend(counts(fields, &mut names));
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

/// The types that are our doing or a result, as written.
pub(super) fn not_engagement(sources: &[Kinds]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for source in sources {
        for (kind, _) in &source.kinds {
            let is_known = found.iter().any(|known| fold(known) == fold(kind));
            if matches!(source.worth(kind), TypeWorth::Ours | TypeWorth::Won) && !is_known {
                found.push(kind.clone());
            }
        }
    }
    found
}

fn events(sources: &[Kinds], names: &mut Names) -> Vec<CriterionDraft> {
    let mut criteria = Vec::new();
    for source in sources {
        for (kind, n) in &source.kinds {
            let TypeWorth::Points(points, cap, is_daily) = source.worth(kind) else { continue };
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
    criteria.truncate(MOST_CRITERIA);
    criteria
}

/// Columns that count: page views, mails opened.
fn counts(fields: &mut Fields<'_>, names: &mut Names) -> Vec<CriterionDraft> {
    let places = fields.all_of(|role| matches!(role, ColumnRole::Count(_)));
    let mut criteria = Vec::new();
    for place in places.into_iter().filter(|place| fields.kind(*place) == Type::Number).collect::<Vec<ColumnAt>>() {
        let Some(ColumnRole::Count(event)) = fields.role_at(place) else { continue };
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

/// Those who want no more mail.
fn opted_out(fields: &mut Fields<'_>, names: &mut Names) -> Option<CriterionDraft> {
    let place = fields.role(|role| *role == ColumnRole::Unsubscribed)?;
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
