//! Where a key belongs that a mapping can't have: another shape of its mapping, a mapping below it, or one far off.

use super::{Key, Mapping, RULEBOOK, Reach, Shape, TEST_FILE, once, reachable};

/// How many mappings are named where a key belongs to several.
const MOST_NAMED: usize = 3;

/// Where a key belongs that another shape of this mapping has, or a mapping right below it, in a place of that reach.
pub(crate) fn close_by(name: &str, mapping: &'static Mapping, reach: Reach) -> Option<String> {
    let with = once(mapping.shapes_within(reach).filter(|shape| shape.key(name).is_some()).map(Shape::name));
    // A condition inside a condition is no other place.
    let is_below = |below: &&Mapping| below.name != mapping.name && below.key(name).is_some();
    let holds = |key: &&Key| key.takes.mappings().iter().any(is_below);
    let deciding = mapping.deciding();
    let keys = mapping.keys_within(reach).into_iter();
    let (of_shapes, others): (Vec<_>, Vec<_>) =
        keys.filter(holds).map(|key| key.name).partition(|name| deciding.contains(name));
    let mut under = once(if of_shapes.is_empty() { others } else { of_shapes });
    under.retain(|name| !with.contains(name));
    let with = (!with.is_empty()).then(|| format!("to {} with {}", mapping.what, listed(&with)));
    let under = (!under.is_empty()).then(|| format!("under {}", listed(&under)));
    let parts: Vec<String> = with.into_iter().chain(under).collect();
    let example = || mapping.all_keys().chain(mapping.below().flat_map(Mapping::all_keys)).find(|key| key.name == name);
    let example = example().map(|key| key.example).filter(|example| !example.is_empty() && !example.contains('\n'));
    let example = example.map(|example| format!(", for example `{example}`")).unwrap_or_default();
    (!parts.is_empty()).then(|| format!("`{name}` belongs {}{example}", parts.join(", or ")))
}

/// The mappings of the same file to which a key belongs.
pub(crate) fn far_off(name: &str, mapping: &'static Mapping) -> Option<String> {
    let roots = [&TEST_FILE, &RULEBOOK];
    let of_file = roots.into_iter().map(|root| reachable(root));
    let mappings = of_file.into_iter().find(|mappings| mappings.iter().any(|known| known.name == mapping.name))?;
    let owners = once(mappings.into_iter().filter(|known| known.key(name).is_some()).map(|known| known.what));
    let named = owners[..owners.len().min(MOST_NAMED)].join(", or ");
    (!owners.is_empty()).then(|| format!("`{name}` belongs to {named}"))
}

/// The first few names, as code.
fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}
