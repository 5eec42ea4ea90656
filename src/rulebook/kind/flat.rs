//! `flat:` — the same points for every lead.

use super::Kind;
use crate::rulebook::expr::Worth;
use crate::rulebook::keys::{Key, Shape, Takes};
use crate::rulebook::parse::{Decoder, Keys, Scope};

pub(super) const KIND: Kind = Kind { shapes: &[Shape::new(KEYS, &[])], lower };

const KEYS: &[Key] = &[Key::deciding("flat", Takes::Points, "The points of every lead.").example("flat: 5")];

fn lower(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, _: &Scope) -> Option<Worth> {
    let points = decoder.points_or_zero(keys, "flat");
    Some(Worth::Choose { arms: Vec::new(), otherwise: points, unknown: points })
}
