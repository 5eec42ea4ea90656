//! Conditions in plain words: what a term is called, and what a test asks of it. Whoever explains a card names things as the
//! rulebook does; whoever describes the rulebook to people who never read it names them as the CRM does, see [`Manner`].

mod claims;
mod events;
mod voice;

pub(crate) use claims::{duration, one_of};
pub(crate) use events::{period, selection, tally, terms_of};
pub(crate) use voice::{Manner, Side, Voice};

use crate::rulebook::expr::{Expr, FieldRef, ScoreRef, Term};
use claims::{claim, order_words};

/// What a term is called.
pub(crate) fn term(voice: Voice<'_, '_>, term: Term, side: Side) -> String {
    match term {
        Term::Field(name) => field(voice, name, side),
        Term::Score(score) => score_name(voice, score),
        Term::Tally(index) => tally(voice, &voice.rulebook.tallies[index]),
    }
}

/// A score's name: `total`, `fit.content`; plainly `the total`, `content (in fit)`.
pub(crate) fn score_name(voice: Voice<'_, '_>, score: ScoreRef) -> String {
    let name = voice.rulebook.score_name(score);
    match (score, name.split_once('.')) {
        (ScoreRef::Total, _) => voice.pick(name, "the total".to_owned()),
        (_, Some((dimension, group))) if voice.is_plain() => format!("{group} (in {dimension})"),
        _ => name,
    }
}

/// A field's name: `email.domain`; plainly the header of its column: `the domain in “E-mail”`.
pub(crate) fn field(voice: Voice<'_, '_>, field: FieldRef, side: Side) -> String {
    let rulebook = voice.rulebook;
    if !voice.is_plain() {
        return match side {
            Side::Lead => rulebook.field_name(field),
            Side::Event => rulebook.event_field_name(field),
        };
    }
    let column = match side {
        Side::Lead => Some(&rulebook.fields[field.field].spec.column),
        Side::Event => {
            let mut specs = rulebook.sources.iter().flat_map(|source| &source.fields);
            specs.find(|(index, _)| *index == field.field).map(|(_, spec)| &spec.column)
        }
    };
    let header = column.and_then(|column| column.headers.first()).map_or("", String::as_str);
    match field.part.name() {
        "" => format!("“{header}”"),
        part => format!("the {part} in “{header}”"),
    }
}

/// A whole condition in one line.
pub(crate) fn condition(voice: Voice<'_, '_>, expr: &Expr, side: Side) -> String {
    let list = |items: &[Expr], between: &str| {
        let parts: Vec<String> = items.iter().map(|item| condition(voice, item, side)).collect();
        parts.join(between)
    };
    match expr {
        Expr::All(items) => list(items, " and "),
        Expr::Any(items) => format!("({})", list(items, " or ")),
        Expr::AtLeast(n, items) => format!("at least {n} of ({})", list(items, "; ")),
        Expr::Not(inner) => match leaf(voice, inner, side, true) {
            Some(leaf) => sentence(voice, &leaf),
            None => format!("not ({})", condition(voice, inner, side)),
        },
        _ => leaf(voice, expr, side, false).map_or_else(String::new, |leaf| sentence(voice, &leaf)),
    }
}

/// A subject with its claim; plainly `at least 3 page view events` for `the number of page view events is at least 3`.
fn sentence(voice: Voice<'_, '_>, (subject, claim): &(String, String)) -> String {
    let counted = subject.strip_prefix("the number of ").filter(|_| voice.is_plain());
    match (counted, claim.strip_prefix("is ")) {
        (Some(what), Some("at least 1")) => format!("there are {what}"),
        (Some(what), Some("below 1")) => format!("there are no {what}"),
        (Some(what), Some(amount)) if !amount.contains(" the ") => format!("{amount} {what}"),
        _ => format!("{subject} {claim}"),
    }
}

/// The subject and the claim of a condition without parts; none if it has parts.
pub(crate) fn leaf(voice: Voice<'_, '_>, expr: &Expr, side: Side, is_negated: bool) -> Option<(String, String)> {
    let pick = |plain: &str, negated: &str| if is_negated { negated.to_owned() } else { plain.to_owned() };
    Some(match expr {
        Expr::Present(name) => {
            let (filled, empty) = voice.pick(("has a value", "has no value"), ("is filled in", "is empty"));
            (field(voice, *name, side), pick(filled, empty))
        }
        Expr::Test { term: subject, test, .. } => (term(voice, *subject, side), claim(voice, test, is_negated)),
        Expr::Compare { left, order, right, times, .. } => {
            let factor =
                times.map_or_else(String::new, |times| voice.pick(format!("{times} × the "), format!("{times} × ")));
            let is = voice.pick("", "is ");
            let order = order_words(*order, is_negated);
            (term(voice, *left, side), format!("{is}{order} {factor}{}", term(voice, *right, side)))
        }
        Expr::Stage(stage) => {
            let the = voice.pick("stage", "the stage");
            (format!("{the} {}", voice.rulebook.stages[*stage].name), pick("is held", "is not held"))
        }
        Expr::Grade(grades) => {
            let grade = voice.pick("grade", "the grade").to_owned();
            (grade, pick("is ", "is not ") + &one_of(voice.manner, grades))
        }
        Expr::All(_) | Expr::Any(_) | Expr::AtLeast(..) | Expr::Not(_) => return None,
    })
}
