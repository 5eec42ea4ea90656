//! `tiers:` — the first tier that is true of a field or an event measure gives its points.

use super::Kind;
use crate::diagnostic::Diagnostic;
use crate::rulebook::Place;
use crate::rulebook::expr::{Arm, Term, Worth};
use crate::rulebook::keys::{Key, MEASURED, Mapping, OPERATORS_OF_FIELD, OTHERWISE, SELECTED, Shape, Takes, UNKNOWN};
use crate::rulebook::parse::{Decoder, Keys, Scope, Typed, has_no_operator, one_or_all};
use crate::rulebook::yaml::YamlNode;

pub(super) const KIND: Kind = Kind { shapes: &[OF_FIELD, OF_EVENTS], lower };

const OF_FIELD: Shape = Shape::new(
    &[
        TIERS,
        Key::deciding(
            "field",
            Takes::Name("a field"),
            "The field that the tiers divide, or a part of it: `email.domain`.",
        )
        .example("field: employees"),
    ],
    &[REST],
);

const OF_EVENTS: Shape = Shape::new(&[TIERS], &[SELECTED, MEASURED, REST]);

const TIERS: Key = Key::deciding(
    "tiers",
    Takes::Filled(&Takes::In(&TIER)),
    "The tiers. The first tier that is true gives its points.",
)
.more("If no tier is true, the lead gets `unknown` if a tier is unknown, and otherwise the points of `otherwise`.")
.example("tiers: [{ gte: 1000, points: 20 }, { gte: 50, points: 10 }]");

const REST: &[Key] = &[OTHERWISE, UNKNOWN];

/// A tier.
const TIER: Mapping = Mapping::new("tier", "a tier", "Points for a range of a field or of a measure.")
    .more("All operators of a tier must hold.")
    .example("{ gte: 50, points: 10 }")
    .keys(&TIER_KEYS);

const TIER_KEYS: [&[Key]; 6] = {
    let [equal, of_text, order, within, older] = OPERATORS_OF_FIELD;
    [POINTS, equal, of_text, order, within, older]
};

const POINTS: &[Key] =
    &[Key::required("points", Takes::Points, "The points of this tier.").example("{ gte: 50, points: 10 }")];

fn lower(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> Option<Worth> {
    let tiers = keys.take("tiers")?;
    let (term, typed) = subject(decoder, keys, scope);
    let items = decoder.list(tiers, "`tiers`");
    if items.is_empty() {
        decoder.wrong("LS005", tiers.span, "`tiers` has no tier");
    }
    let arms: Vec<Option<Arm>> = items.iter().map(|item| tier(decoder, item, term, typed, scope)).collect();
    let otherwise = decoder.points_or_zero(keys, "otherwise");
    let unknown = decoder.points_or_zero(keys, "unknown");
    let arms = arms.into_iter().collect::<Option<Vec<Arm>>>()?;
    Some(Worth::Choose { arms, otherwise, unknown })
}

/// The field or measure that the tiers divide.
fn subject(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> (Option<Term>, Typed) {
    let found = if keys.is_mixed() {
        None
    } else if keys.has("event") {
        decoder.measured(keys, scope)
    } else {
        let field = decoder.required(keys, "field").and_then(|node| decoder.field(node, scope));
        field.map(|field| (Term::Field(field), decoder.typed(field, scope)))
    };
    found.map_or((None, Typed::Unreadable), |(term, typed)| (Some(term), typed))
}

fn tier(decoder: &mut Decoder<'_>, node: &YamlNode, term: Option<Term>, typed: Typed, scope: &Scope) -> Option<Arm> {
    decoder.mapping(node, &TIER, |decoder, keys| {
        let points = decoder.required_points(keys);
        let tests = decoder.operators(keys, term, typed, scope);
        if has_no_operator(keys) {
            let found = Diagnostic::error("LS003", node.span, "a tier needs an operator, such as `gte: 50`");
            let help = "for all other values, write `otherwise: …` beside `tiers`";
            decoder.report_unless(keys.has_stray(), found.with_help(help));
        }
        let place = Place::of(node);
        Some(Arm { when: one_or_all(tests, &place)?, points: points?, place })
    })
}
