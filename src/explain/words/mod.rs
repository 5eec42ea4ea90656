//! Conditions in plain words: what a term is called, and what a test asks of it. Whoever explains a card names things as the
//! rulebook does; whoever describes the rulebook to people who never read it names them as the CRM does, see [`Manner`].

mod claims;
mod events;
mod voice;

pub(crate) use claims::{Claim, duration, one_of};
pub(crate) use events::{counted, period, selection, tally, terms_of};
pub(crate) use voice::{Manner, Side, Voice};

use crate::rulebook::expr::{Atom, Expr, FieldRef, Order, ScoreRef, Term, Test};
use crate::rulebook::logic::Form;
use claims::{Verb, amount, claim, order_words};

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
    match score {
        ScoreRef::Total if voice.is_plain() => "the total".to_owned(),
        ScoreRef::Group(dimension, group) if voice.is_plain() => {
            let dimension = &voice.rulebook.dimensions[dimension];
            format!("{} (in {})", dimension.groups[group].name, dimension.name)
        }
        _ => voice.rulebook.score_name(score),
    }
}

/// A field's name: `email.domain`; plainly the header of its column: `the domain in “E-mail”`.
pub(crate) fn field(voice: Voice<'_, '_>, field: FieldRef, side: Side) -> String {
    let rulebook = voice.rulebook;
    if !voice.is_plain() {
        return rulebook.name_on(side, field);
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
    match &expr.form {
        Form::All(items) => list(items, " and "),
        Form::Any(items) => format!("({})", list(items, " or ")),
        Form::AtLeast(n, items) => format!("at least {n} of ({})", list(items, "; ")),
        Form::Not(inner) => {
            sentence(voice, inner, side, true).unwrap_or_else(|| format!("not ({})", condition(voice, inner, side)))
        }
        Form::Leaf(_) => sentence(voice, expr, side, false).unwrap_or_default(),
    }
}

/// A subject with its claim; plainly `at least 3 page view events` for `the number of page view events is at least 3`. None if
/// the condition has parts.
fn sentence(voice: Voice<'_, '_>, expr: &Expr, side: Side, is_negated: bool) -> Option<String> {
    if let (true, Form::Leaf(Atom::Test { term: Term::Tally(index), test })) = (voice.is_plain(), &expr.form)
        && let Some(what) = counted(voice, &voice.rulebook.tallies[*index])
        && let Some(amount) = amount(voice, test, is_negated)
    {
        return Some(match is_any(test) {
            Some(is_any) if is_any != is_negated => format!("there are {what}"),
            Some(_) => format!("there are no {what}"),
            None => format!("{amount} {what}"),
        });
    }
    let (subject, claim) = leaf(voice, expr, side, is_negated)?;
    Some(format!("{subject} {}", claim.said()))
}

/// Whether a test of a number of things asks for any at all, or for none; nothing if for how many.
fn is_any(test: &Test) -> Option<bool> {
    match test {
        Test::Number(Order::AtLeast, one) if one.micros() == 1_000_000 => Some(true),
        Test::Number(Order::Less, one) if one.micros() == 1_000_000 => Some(false),
        _ => None,
    }
}

/// The subject and the claim of a condition without parts; none if it has parts.
pub(crate) fn leaf(voice: Voice<'_, '_>, expr: &Expr, side: Side, is_negated: bool) -> Option<(String, Claim)> {
    let Form::Leaf(own) = &expr.form else { return None };
    Some(match own {
        Atom::Present(name) => {
            let (verb, filled, empty) =
                voice.pick((Verb::Has, "a value", "no value"), (Verb::Is, "filled in", "empty"));
            (field(voice, *name, side), Claim::new(verb, false, if is_negated { empty } else { filled }))
        }
        Atom::Test { term: subject, test } => (term(voice, *subject, side), claim(voice, test, is_negated)),
        Atom::Compare { left, order, right, times } => {
            let factor =
                times.map_or_else(String::new, |times| voice.pick(format!("{times} × the "), format!("{times} × ")));
            let order = order_words(*order, is_negated);
            let object = format!("{order} {factor}{}", term(voice, *right, side));
            (term(voice, *left, side), Claim::new(voice.pick(Verb::Silent, Verb::Is), false, object))
        }
        Atom::Stage(stage) => {
            let the = voice.pick("stage", "the stage");
            (format!("{the} {}", voice.rulebook.stages[*stage].name), Claim::new(Verb::Is, is_negated, "held"))
        }
        Atom::Grade(grades) => {
            let grade = voice.pick("grade", "the grade").to_owned();
            (grade, Claim::new(Verb::Is, is_negated, one_of(voice.manner, grades)))
        }
    })
}
