//! `tiers:` — the first tier that is true of a field or an event measure gives its points.

use super::Kind;
use crate::diagnostic::Diagnostic;
use crate::rulebook::Place;
use crate::rulebook::expr::{Arm, Term, Worth};
use crate::rulebook::parse::{Decoder, Keys, Scope, Typed, has_no_operator, one_or_all};
use crate::rulebook::yaml::Node;

pub(super) const KIND: Kind = Kind { key: "tiers", lower };

fn lower(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> Option<Worth> {
    let tiers = keys.take("tiers")?;
    let (term, typed) = subject(decoder, keys, scope);
    let items = decoder.list(tiers, "`tiers`");
    if items.is_empty() {
        decoder.report(Diagnostic::error("LS005", tiers.span, "`tiers` has no tier"));
    }
    let arms: Vec<Option<Arm>> = items.iter().map(|item| tier(decoder, item, term, typed, scope)).collect();
    let otherwise = decoder.points_or_zero(keys, "otherwise");
    let unknown = decoder.points_or_zero(keys, "unknown");
    let arms = arms.into_iter().collect::<Option<Vec<Arm>>>()?;
    Some(Worth::Choose { arms, otherwise, unknown })
}

/// The field or measure that the tiers cut.
fn subject(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> (Option<Term>, Typed) {
    if !decoder.one_form(keys, &["field", "event"]) {
        keys.take("field");
        keys.take("event");
        return (None, Typed::Unreadable);
    }
    if keys.peek("event").is_some() {
        return decoder.measured(keys, scope).map_or((None, Typed::Unreadable), |(term, typed)| (Some(term), typed));
    }
    let field = decoder.required(keys, "field").and_then(|node| decoder.field(node, scope));
    match field {
        Some(field) => (Some(Term::Field(field)), decoder.typed(field, scope)),
        None => (None, Typed::Unreadable),
    }
}

fn tier(decoder: &mut Decoder<'_>, node: &Node, term: Option<Term>, typed: Typed, scope: &Scope) -> Option<Arm> {
    let mut keys = decoder.keys(node, "a tier")?;
    let points = decoder.required_points(&mut keys);
    let tests = decoder.operators(&mut keys, term, typed, scope);
    if has_no_operator(&keys) {
        let found = Diagnostic::error("LS003", node.span, "a tier needs an operator, such as `gte: 50`");
        decoder.report_unless(
            keys.has_stray(),
            found.with_help("points for everything else are `otherwise: …` beside `tiers`"),
        );
    }
    decoder.finish(&keys);
    let place = Place::of(node);
    Some(Arm { when: one_or_all(tests, &place)?, points: points?, place })
}
