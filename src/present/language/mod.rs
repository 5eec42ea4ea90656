//! What conditions say, in words: what a subject is called, and what is claimed of it. Whoever explains a card names things as
//! the rulebook does; whoever describes the rulebook to people who never read it names them as the CRM does, see [`Manner`].

mod accounts;
mod automated;
mod changed;
mod claims;
mod derived;
mod events;
mod explained;
mod found;
mod voice;

pub(crate) use accounts::roll_up;
pub(crate) use automated::automated;
pub(crate) use claims::{claim, demand, duration, elapsed, one_of};
pub(crate) use derived::{derivation, made_of};
pub(crate) use events::{counted, decay, period, selection, stated, tally, terms};
pub(crate) use explained::Worded;
pub(crate) use found::{a_kind, found, truth};
pub(crate) use voice::{Manner, Voice};

use crate::explain::{Measured, Side, Statement, Subject};
use crate::rulebook::Header;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Order, ScoreRef, Test};
use crate::rulebook::logic::Form;
use crate::value::Number;

/// What a condition speaks of.
pub(crate) fn subject(voice: Voice<'_>, subject: Subject<'_>) -> String {
    match subject {
        Subject::Field(name, side) => field(voice, name, side),
        Subject::Score(score) => score_name(voice, score),
        Subject::Measure(measured) => tally(voice, measured),
        Subject::Stage(stage, side) => {
            format!("{} {}", voice.pick("stage", "the stage"), stage_name(voice, stage, side))
        }
        Subject::Grade => voice.pick("grade", "the grade").to_owned(),
        Subject::Times(factor) => format!("{factor} × that"),
    }
}

fn stage_name(voice: Voice<'_>, stage: usize, side: Side) -> &str {
    match (side, &voice.rulebook.accounts) {
        (Side::Account, Some(accounts)) => &accounts.stages[stage].name,
        _ => &voice.rulebook.stages[stage].name,
    }
}

/// A score's name: `total`, `fit.content`; plainly `the total`, `content (in fit)`.
pub(crate) fn score_name(voice: Voice<'_>, score: ScoreRef) -> String {
    match score {
        ScoreRef::Total => voice.pick("total", "the total").to_owned(),
        ScoreRef::Group(dimension, group) if voice.is_plain() => {
            let dimension = &voice.rulebook.dimensions[dimension];
            format!("{} (in {})", dimension.groups[group].name, dimension.name)
        }
        ScoreRef::AccountLeads => voice.pick("leads", "the number of its leads").to_owned(),
        ScoreRef::Group(..) | ScoreRef::Dimension(_) | ScoreRef::Account(_) => voice.rulebook.score_name(score),
    }
}

/// A field's name: `email.domain`; plainly the header of its column: `the domain in “E-mail”`.
pub(crate) fn field(voice: Voice<'_>, field: FieldRef, side: Side) -> String {
    let rulebook = voice.rulebook;
    if !voice.is_plain() {
        return rulebook.name_on(side, field);
    }
    let spec = match side {
        Side::Lead | Side::Account => rulebook.fields[field.field].spec(),
        Side::Event => {
            let mut fields = rulebook.sources.iter().flat_map(|source| &source.fields);
            fields.find(|(index, _)| *index == field.field).and_then(|(_, from)| from.spec())
        }
    };
    // A derived field has no column: it is known by its own name.
    let name = match side {
        Side::Lead | Side::Account => &rulebook.fields[field.field].name,
        Side::Event => &rulebook.event_fields[field.field].name,
    };
    let header = spec.and_then(|spec| spec.column.headers.first()).map_or_else(|| name.clone(), Header::to_string);
    match field.part.name() {
        "" => format!("“{header}”"),
        "low" => format!("the lower end of “{header}”"),
        "high" => format!("the upper end of “{header}”"),
        part => format!("the {part} in “{header}”"),
    }
}

/// What a condition without parts, or its negation, says; none if it has parts.
pub(crate) fn statement<'r>(voice: Voice<'r>, expr: &'r Expr, side: Side) -> Option<Statement<'r>> {
    Statement::of(expr, side, |tally| Measured::stated(voice.rulebook, tally))
}

/// A whole condition in one line.
pub(crate) fn condition<'r>(voice: Voice<'r>, expr: &'r Expr, side: Side) -> String {
    let list = |items: &'r [Expr], between: &str| {
        items.iter().map(|item| condition(voice, item, side)).collect::<Vec<_>>().join(between)
    };
    match &expr.form {
        Form::All(items) => list(items, " and "),
        Form::Any(items) => format!("({})", list(items, " or ")),
        Form::AtLeast(n, items) => format!("at least {n} of ({})", list(items, "; ")),
        Form::Not(inner) => statement(voice, expr, side)
            .map_or_else(|| format!("not ({})", condition(voice, inner, side)), |said| sentence(voice, said)),
        Form::Leaf(_) => statement(voice, expr, side).map_or_else(String::new, |said| sentence(voice, said)),
    }
}

/// A subject with its claim; plainly `at least 3 page view events` for `the number of page view events is at least 3`.
fn sentence(voice: Voice<'_>, said: Statement<'_>) -> String {
    let counted = match said.subject {
        Subject::Measure(measured) if voice.is_plain() => events::counted(voice, measured),
        _ => None,
    };
    match (counted, said.claim.atom) {
        (Some(what), Atom::Test { test: Test::Number(order, number), .. }) => {
            match (claims::negated_if(*order, said.claim.is_negated), *number) {
                (Order::AtLeast, Number::ONE) => format!("there are {what}"),
                (Order::Less, Number::ONE) => format!("there are no {what}"),
                (order, number) => format!("{} {} {what}", claims::order_words(order), found::number(number)),
            }
        }
        (Some(what), Atom::Test { test: Test::Numbers(numbers), .. }) => {
            let not = if said.claim.is_negated { "not " } else { "" };
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!("{not}{} {what}", one_of(voice.manner, &numbers))
        }
        _ => format!("{} {}", subject(voice, said.subject), claim(voice, said.claim)),
    }
}
