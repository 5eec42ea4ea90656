//! What the report needs to know besides stages: when and why sales gave leads back or lost them, who has them, and which leads
//! are our own people.

use super::fields::{ColumnAt, Fields};
use super::model::{LostDraft, ReturnsDraft, StageDraft};
use crate::preset::ColumnRole;
use crate::value::Type;

/// When and why sales gave leads back. Only above a stage that nobody gives back, which the list then has to end with.
pub(super) fn returns(fields: &mut Fields<'_>, stages: &[StageDraft]) -> Option<ReturnsDraft> {
    let is_final = stages.last().is_some_and(|stage| ["Customer", "Evangelist"].contains(&stage.name.as_str()));
    let dates = dates(fields, &ColumnRole::Recycled);
    if dates.is_empty() || !is_final {
        return None;
    }
    let columns: Vec<String> = dates.iter().map(|place| fields.column(*place).name.clone()).collect();
    let at = dates.into_iter().map(|place| fields.take(place)).collect();
    let because = format!("a lead that has a date in {} went back to marketing", columns.join(" or "));
    Some(ReturnsDraft { at, reason: reason(fields, &ColumnRole::ReturnReason), because })
}

/// When and why leads were lost.
pub(super) fn lost(fields: &mut Fields<'_>) -> Option<LostDraft> {
    let at = dates(fields, &ColumnRole::Lost).into_iter().next()?;
    let at = fields.take(at);
    Some(LostDraft { at, reason: reason(fields, &ColumnRole::LostReason) })
}

/// Who has the lead today: names that come again and again.
pub(super) fn owner(fields: &mut Fields<'_>) -> Option<String> {
    let place = fields.role(|role| *role == ColumnRole::Owner).filter(|place| place.table.is_none())?;
    let column = fields.column(place);
    let is_repeated = column.sketch.n_distinct() * 2 <= column.n_values();
    let is_name = matches!(fields.kind(place), Type::Text | Type::Email | Type::Number);
    (is_repeated && is_name).then(|| fields.take(place))
}

/// The part of a field that says whether a lead is one of our own.
pub(super) fn domain(fields: &mut Fields<'_>) -> Option<String> {
    let place = fields.email()?;
    Some(format!("{}.domain", fields.take(place)))
}

/// The leads' own columns of dates with this role.
fn dates(fields: &Fields<'_>, wanted: &ColumnRole) -> Vec<ColumnAt> {
    let mut places = fields.all_of(|role| role == wanted);
    places.retain(|place| place.table.is_none() && fields.kind(*place) == Type::Date);
    places
}

/// Why: a few texts that come again.
fn reason(fields: &mut Fields<'_>, wanted: &ColumnRole) -> Option<String> {
    let place = fields.role(|role| role == wanted).filter(|place| place.table.is_none())?;
    let is_plain = fields.kind(place) == Type::Text && fields.export(None).reading(place.column).split.is_none();
    is_plain.then(|| fields.take(place))
}
