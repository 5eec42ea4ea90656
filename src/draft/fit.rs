//! Who a lead is: starter points for titles, sizes, industries, countries and channels, as far as the exports tell them.

use super::fields::{ColumnAt, Fields};
use super::model::{CriterionDraft, RuleDraft};
use crate::preset::ColumnRole;
use crate::value::Type;

const FREE_MAIL: &str = include_str!("../../rules/lists/free-mail.txt");
const SENIOR: &str = include_str!("../../rules/lists/senior-titles.txt");
const MANAGER: &str = include_str!("../../rules/lists/manager-titles.txt");
/// What exports of other markets spell out beside these.
const MORE_SENIOR: &str = include_str!("titles/senior.txt");
const MORE_MANAGER: &str = include_str!("titles/manager.txt");
const SPECIALISTS: &str = include_str!("titles/specialists.txt");
const ASSISTANTS: &str = include_str!("titles/assistants.txt");
const IN_TRAINING: &str = include_str!("../../rules/lists/student-words.txt");

/// How many values of a field get a line.
const MOST_VALUES: usize = 12;

type Lists = Vec<(&'static str, Vec<String>)>;

/// The criteria about who leads are, and the lists that they use.
pub(super) fn criteria(fields: &mut Fields<'_>, lists: &mut Lists) -> Vec<CriterionDraft> {
    let mut criteria = Vec::new();
    criteria.extend(title(fields, lists));
    criteria.extend(size(fields));
    criteria.extend(choice(
        fields,
        "industry",
        &ColumnRole::Industry,
        5,
        "which of these do you sell to? Give those more points, and the others fewer or none",
    ));
    criteria.extend(choice(
        fields,
        "country",
        &ColumnRole::Country,
        5,
        "where do you sell? Give those countries more points, and the others fewer or none",
    ));
    criteria.extend(channel(fields));
    criteria.extend(rejected(fields));
    criteria.extend(present(fields, "named-company", &ColumnRole::Company));
    criteria.extend(free_mail(fields, lists));
    criteria.extend(phone(fields));
    criteria
}

fn words(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

fn criterion(id: &str, rule: RuleDraft, because: &str) -> CriterionDraft {
    CriterionDraft { id: id.to_owned(), rule, because: because.to_owned() }
}

fn title(fields: &mut Fields<'_>, lists: &mut Lists) -> Option<CriterionDraft> {
    let place = fields.role(|role| *role == ColumnRole::JobTitle).filter(|place| fields.kind(*place) == Type::Text)?;
    let field = fields.take(place);
    // The first that fits counts: who assists a president or owns a product is asked for before presidents and owners.
    let tiers = [
        ("in-training", -20, words(IN_TRAINING)),
        ("assistants", 0, words(ASSISTANTS)),
        ("specialists", 10, words(SPECIALISTS)),
        ("senior-titles", 20, [words(SENIOR), words(MORE_SENIOR)].concat()),
        ("manager-titles", 10, [words(MANAGER), words(MORE_MANAGER)].concat()),
    ];
    let rule = RuleDraft::Words { field, lists: tiers.iter().map(|(list, points, _)| (*list, *points)).collect() };
    lists.extend(tiers.map(|(list, _, words)| (list, words)));
    Some(criterion("seniority", rule, "words in the job title; the lists are above, so add the words of your market"))
}

/// Employees, or what the company turns over, as numbers; as bands they are values like any others.
fn size(fields: &mut Fields<'_>) -> Option<CriterionDraft> {
    let place = fields.role(|role| *role == ColumnRole::Employees);
    if let Some(place) = place.filter(|place| matches!(fields.kind(*place), Type::Number | Type::Range)) {
        let rule = RuleDraft::AtLeast {
            field: fields.take(place),
            tiers: vec![(1000, 10), (200, 20), (50, 15), (10, 5)],
            below: Some((5, -5)),
        };
        return Some(criterion("company-size", rule, "employees; which size is your best customer?"));
    }
    let revenue = fields.role(|role| *role == ColumnRole::Revenue);
    if let Some(place) = revenue.filter(|place| matches!(fields.kind(*place), Type::Number | Type::Range)) {
        let rule = RuleDraft::AtLeast {
            field: fields.take(place),
            tiers: vec![(10_000_000, 20), (1_000_000, 10)],
            below: None,
        };
        return Some(criterion("company-size", rule, "revenue; which size is your best customer?"));
    }
    let place = place.or(revenue)?;
    values(fields, place, "company-size", 5, "bands of size; which is your best customer?")
}

fn choice(fields: &mut Fields<'_>, id: &str, role: &ColumnRole, points: i64, because: &str) -> Option<CriterionDraft> {
    let place = fields.role(|known| known == role)?;
    values(fields, place, id, points, because)
}

fn values(fields: &mut Fields<'_>, place: ColumnAt, id: &str, points: i64, because: &str) -> Option<CriterionDraft> {
    if fields.kind(place) != Type::Text {
        return None;
    }
    let values: Vec<(String, i64)> =
        fields.values(place, MOST_VALUES).into_iter().map(|value| (value, points)).collect();
    if values.is_empty() {
        return None;
    }
    let rule = RuleDraft::Values { field: fields.take(place), values };
    Some(criterion(id, rule, because))
}

/// Where the lead came from: who was recommended or came by themselves is nearer to a purchase than who was fetched.
fn channel(fields: &mut Fields<'_>) -> Option<CriterionDraft> {
    const NEAR: [&str; 8] =
        ["referral", "partner", "empfehlung", "referencia", "polecenie", "recommend", "tavsiye", "inbound"];
    const WARM: [&str; 7] = ["organic", "direct", "web", "event", "webinar", "trade", "fair"];
    const COLD: [&str; 4] = ["purchased", "list", "cold", "display"];
    let place = fields.role(|role| *role == ColumnRole::Source).filter(|place| fields.kind(*place) == Type::Text)?;
    let worth = |value: &str| {
        let folded = crate::value::fold(value);
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        match () {
            () if has(&NEAR) => 10,
            () if has(&COLD) => -5,
            () if has(&WARM) => 5,
            () => 2,
        }
    };
    let values: Vec<(String, i64)> =
        fields.values(place, MOST_VALUES).into_iter().map(|value| (value.clone(), worth(&value))).collect();
    if values.is_empty() {
        return None;
    }
    let rule = RuleDraft::Values { field: fields.take(place), values };
    Some(criterion("channel", rule, "the channels in your data; the report will show which of them win customers"))
}

/// What sales has turned down already.
fn rejected(fields: &mut Fields<'_>) -> Option<CriterionDraft> {
    const WORDS: [&str; 12] = [
        "unqualified",
        "disqualified",
        "bad",
        "junk",
        "not converted",
        "lost",
        "spam",
        "wrong",
        "invalid",
        "unqualifiziert",
        "dead",
        "rejected",
    ];
    let place = fields.role(|role| *role == ColumnRole::Status).filter(|place| fields.kind(*place) == Type::Text)?;
    let is_bad = |value: &String| WORDS.iter().any(|word| crate::value::fold(value).contains(word));
    let values: Vec<(String, i64)> =
        fields.values(place, 50).into_iter().filter(is_bad).map(|value| (value, -20)).collect();
    if values.is_empty() {
        return None;
    }
    let rule = RuleDraft::Values { field: fields.take(place), values };
    Some(criterion("turned-down", rule, "values of the status that mean no"))
}

fn present(fields: &mut Fields<'_>, id: &str, role: &ColumnRole) -> Option<CriterionDraft> {
    let place = fields.role(|known| known == role)?;
    let rule = RuleDraft::Present { field: fields.take(place), points: 5, otherwise: 0 };
    Some(criterion(id, rule, "a lead that names its company is more serious"))
}

fn free_mail(fields: &mut Fields<'_>, lists: &mut Lists) -> Option<CriterionDraft> {
    let place = fields.email()?;
    let rule = RuleDraft::InList {
        field: format!("{}.domain", fields.take(place)),
        list: "free-mail",
        points: -10,
        otherwise: 10,
    };
    lists.push(("free-mail", words(FREE_MAIL)));
    Some(criterion("free-mail", rule, "a free mailbox costs points, a company mailbox earns some; the list is above"))
}

/// Whether sales can call them; where there is no address either, a lead without a number can't be reached at all.
fn phone(fields: &mut Fields<'_>) -> Option<CriterionDraft> {
    let place = fields.role(|role| matches!(role, ColumnRole::Phone | ColumnRole::Mobile))?;
    let otherwise = if fields.email().is_some() { 0 } else { -10 };
    let rule = RuleDraft::Present { field: fields.take(place), points: 5, otherwise };
    Some(criterion("phone", rule, "sales can call them"))
}
