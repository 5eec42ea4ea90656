//! What earns and costs points, dimension by dimension and group by group, with what limits them.

use super::{criteria, paragraph, since};
use crate::present::Section;
use crate::present::language::Voice;
use crate::rulebook::{Dimension, Limits};

/// All dimensions.
pub(super) fn points(voice: Voice<'_>) -> Section {
    let mut section = Section::new("points", "What earns and costs points");
    if voice.rulebook.criteria.is_empty() {
        return section;
    }
    section.say(
        "A case that is not listed below gives no points. Names in “quotes” are columns of the exports. Capitals do not matter when texts are compared. A period such as “the last 30 days” ends at the moment of scoring.",
    );
    for (index, dimension) in voice.rulebook.dimensions.iter().enumerate() {
        let said_since = since::common(voice.rulebook, index);
        let since = since::sentence(voice, &said_since);
        let voice = Voice { said_since: &said_since, ..voice };
        section.heading(dimension.name.clone());
        section.blocks.extend(about(dimension, since).map(paragraph));
        section.blocks.extend(criteria::table(voice, index, None));
        for (number, group) in dimension.groups.iter().enumerate() {
            section.subheading(format!("{}: {}", dimension.name, group.name));
            section.blocks.extend(limits("Together", group.limits).map(paragraph));
            section.blocks.extend(criteria::table(voice, index, Some(number)));
        }
        section.blocks.extend(criteria::switched_off(voice, index).map(paragraph));
    }
    section
}

/// What becomes of a dimension's sum.
fn about(dimension: &Dimension, since: Option<String>) -> Option<String> {
    let mut parts = Vec::new();
    if !dimension.in_total {
        parts.push("A separate score, not part of the total.".to_owned());
    }
    if dimension.weight.micros() != 1_000_000 {
        parts.push(format!("The points below are added up and multiplied by {}.", dimension.weight));
    }
    parts.extend(limits("In all", dimension.limits));
    parts.extend(since);
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// `Together never more than 70 points.`
fn limits(what: &str, limits: Limits) -> Option<String> {
    match (limits.min, limits.max) {
        (Some(min), Some(max)) => Some(format!("{what} never less than {min} and never more than {max} points.")),
        (None, Some(max)) => Some(format!("{what} never more than {max} points.")),
        (Some(min), None) => Some(format!("{what} never less than {min} points.")),
        (None, None) => None,
    }
}
