//! `decay` and `fade`: how points fade with the age of an event, and sums with a lead's silence. A new way to fade is an entry in
//! [`DECAYS`].

use super::Decoder;
use super::keys::{Choice, Keys, shapes_of};
use crate::rulebook::Fade;
use crate::rulebook::keys::{Key, Mapping, Takes, Version};
use crate::rulebook::yaml::YamlNode;
use crate::value::{Decay, Number};

/// How points fade with age.
pub(crate) const DECAY: Mapping = Mapping::new("decay", "`decay`", "How the points of an event fade with its age.")
    .example("decay: { half_life: 30d }")
    .shapes(&[&shapes_of(&DECAYS)]);

/// How a sum fades with silence.
pub(crate) const FADE: Mapping = Mapping::new("fade", "`fade`", "How a sum fades the longer a lead is silent.")
    .more(
        "Silence is the time since the lead's last event: the newest that is not listed in `not_engagement`, of any source and \
         whatever `since` says. Only a sum above 0 fades. The result is rounded to a hundredth.",
    )
    .example("fade: { half_life: 90d }")
    .keys(&[&[Key::new("from", Takes::Name("a date field"), "Silence counts from this date where there is no event.")
        .since(Version::V1_1)
        .default("without an event, nothing fades")
        .more("A date after `as_of` counts as missing. Without an event and without this date, nothing fades.")
        .example("fade: { half_life: 90d, from: created }")]])
    .shapes(&[&shapes_of(&DECAYS)]);

const DECAYS: [Choice<Decay>; 4] = [
    Choice {
        key: Key::deciding(
            "half_life",
            Takes::Duration,
            "After this time half of the points are left; after twice this time, a quarter.",
        )
        .example("half_life: 45d"),
        read: |decoder, node| Some(Decay::HalfLife { half_life_ms: decoder.duration_ms(node)? }),
    },
    Choice {
        key: Key::deciding("linear", Takes::Duration, "The points fade evenly. After this time nothing is left.")
            .example("linear: 90d"),
        read: |decoder, node| Some(Decay::Linear { duration_ms: decoder.duration_ms(node)? }),
    },
    Choice {
        key: Key::deciding("step", Takes::In(&STEP), "The points fall in steps.")
            .example("step: { percent: 25, every: 30d }"),
        read: |decoder, node| {
            let (percent, every_ms) = decoder.mapping(node, &STEP, steps)?;
            Some(Decay::Step { percent, every_ms })
        },
    },
    Choice {
        key: Key::deciding("compound", Takes::In(&COMPOUND), "The points lose a share of what is left at each step.")
            .since(Version::V1_1)
            .example("compound: { percent: 10, every: 30d }"),
        read: |decoder, node| {
            let (percent, every_ms) = decoder.mapping(node, &COMPOUND, steps)?;
            Some(Decay::Compound { percent, every_ms })
        },
    },
];

const COMPOUND: Mapping = Mapping::new("compound", "a compound decay", "How points lose a share of what is left.")
    .example("{ percent: 10, every: 30d }")
    .keys(&[&[
        Key::required("percent", Takes::Number, "How much of what is left is lost at each step: above 0, at most 100.")
            .since(Version::V1_1)
            .example("{ percent: 10, every: 30d }"),
        Key::required("every", Takes::Duration, "How long a step is.")
            .since(Version::V1_1)
            .example("{ percent: 10, every: 30d }"),
    ]]);

const STEP: Mapping = Mapping::new("step", "a decay in steps", "How points fall in steps.")
    .example("{ percent: 25, every: 30d }")
    .keys(&[&[
        Key::required(
            "percent",
            Takes::Number,
            "How much of the first value is lost at each step: above 0, at most 100.",
        )
        .example("{ percent: 25, every: 30d }"),
        Key::required("every", Takes::Duration, "How long a step is.").example("{ percent: 25, every: 30d }"),
    ]]);

impl Decoder<'_> {
    /// `decay:`
    pub(crate) fn decay(&mut self, node: &YamlNode) -> Option<Decay> {
        self.one_of(node, &DECAY, &DECAYS)
    }

    /// `fade:`
    pub(super) fn fade(&mut self, keys: &mut Keys<'_>) -> Option<Fade> {
        let node = keys.take("fade")?;
        self.mapping(node, &FADE, |this, keys| {
            let from = this.part(keys, "from", |this, node| this.date_field(node, "`from`"));
            let choice = DECAYS.iter().find(|choice| keys.has(choice.key.name))?;
            let decay = (choice.read)(this, keys.take(choice.key.name)?);
            Some(Fade { decay: decay?, from: from? })
        })
    }
}

/// The percentage and the length of a step.
fn steps(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>) -> Option<(Number, i64)> {
    let percent = decoder.required(keys, "percent").and_then(|node| percent(decoder, node));
    let every = decoder.required(keys, "every").and_then(|node| decoder.duration_ms(node));
    percent.zip(every)
}

fn percent(decoder: &mut Decoder<'_>, node: &YamlNode) -> Option<Number> {
    let percent = decoder.number(node, "a percentage")?;
    if percent.micros() <= 0 || percent.micros() > 100_000_000 {
        decoder.wrong("LS005", node.span, "a percentage must be above 0 and at most 100");
        return None;
    }
    Some(percent)
}
