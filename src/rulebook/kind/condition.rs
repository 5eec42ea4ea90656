//! `when:` — points if a condition is true, others if it is false or unknown.

use super::Kind;
use crate::rulebook::Place;
use crate::rulebook::expr::{Arm, Worth};
use crate::rulebook::keys::{Key, OTHERWISE, Reach, Shape, Takes, UNKNOWN};
use crate::rulebook::parse::{Decoder, Keys, Scope};

pub(super) const KIND: Kind = Kind { shapes: &[Shape::new(KEYS, &[])], lower };

const KEYS: &[Key] = &[
    Key::deciding("when", Takes::Condition(Reach::Facts), "The condition.")
        .example("when: { field: industry, is: Software }")
        .also_called(&["if"]),
    Key::required("points", Takes::Points, "The points where the condition is true.").example("points: 15"),
    OTHERWISE,
    UNKNOWN,
];

fn lower(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> Option<Worth> {
    let node = keys.take("when")?;
    let when = decoder.condition(node, scope);
    let points = decoder.required_points(keys);
    let otherwise = decoder.points_or_zero(keys, "otherwise");
    let unknown = decoder.points_or_zero(keys, "unknown");
    let arm = Arm { when: when?, points: points?, place: Place::of(node) };
    Some(Worth::Choose { arms: vec![arm], otherwise, unknown })
}
