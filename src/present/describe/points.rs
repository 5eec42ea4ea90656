//! What earns and costs points, dimension by dimension and group by group, with what limits them.

use super::{criteria, paragraph, since};
use crate::explain::Side;
use crate::present::Section;
use crate::present::language::{Voice, decay, field};
use crate::rulebook::{Dimension, Fade, Limits};

/// All dimensions.
pub(super) fn points(voice: Voice<'_>) -> Section {
    let mut section = Section::new("points", "What earns and costs points");
    if voice.rulebook.criteria.is_empty() {
        return section;
    }
    let is_derived = voice.rulebook.fields.iter().any(|field| field.derivation().is_some());
    let or_made = if is_derived { ", or fields that are made of them" } else { "" };
    section.say(format!(
        "A case that is not listed below gives no points. Names in “quotes” are columns of the exports{or_made}. Capitals do not matter when texts are compared. A period such as “the last 30 days” ends at the moment of scoring.",
    ));
    for (index, dimension) in voice.rulebook.dimensions.iter().enumerate() {
        let said_since = since::common(voice.rulebook, index);
        let since = since::sentence(voice, &said_since);
        let voice = Voice { said_since: &said_since, ..voice };
        section.heading(dimension.name.clone());
        section.blocks.extend(about(voice, dimension, since).map(paragraph));
        section.blocks.extend(criteria::table(voice, index, None));
        for (number, group) in dimension.groups.iter().enumerate() {
            section.subheading(format!("{}: {}", dimension.name, group.name));
            let fade = group.fade.map(|fade| fading(voice, &fade));
            let parts: Vec<String> = fade.into_iter().chain(limits("Together", group.limits)).collect();
            section.blocks.extend((!parts.is_empty()).then(|| paragraph(parts.join(" "))));
            section.blocks.extend(criteria::table(voice, index, Some(number)));
        }
        section.blocks.extend(criteria::switched_off(voice, index).map(paragraph));
    }
    section
}

/// What becomes of a dimension's sum.
fn about(voice: Voice<'_>, dimension: &Dimension, since: Option<String>) -> Option<String> {
    let mut parts = Vec::new();
    if !dimension.in_total {
        parts.push("A separate score, not part of the total.".to_owned());
    }
    parts.extend(dimension.fade.map(|fade| fading(voice, &fade)));
    if dimension.weight.micros() != 1_000_000 {
        let added_up = if dimension.fade.is_some() { "What is left is" } else { "The points below are added up and" };
        parts.push(format!("{added_up} multiplied by {}.", dimension.weight));
    }
    parts.extend(limits("In all", dimension.limits));
    parts.extend(since);
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// `The longer ago the last event, the less is left of them: half of it left after 30 days.`
fn fading(voice: Voice<'_>, fade: &Fade) -> String {
    let without = fade.from.map_or_else(
        || "Without any event nothing is lost.".to_owned(),
        |from| format!("Without any event, silence counts from the date in {}.", field(voice, from, Side::Lead)),
    );
    let decay = decay(fade.decay);
    format!("These points are added up. The longer ago the last event, the less is left of them: {decay}. {without}")
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
