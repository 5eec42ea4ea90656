//! Expectations, what came instead, and what is to be covered, in words. The JSON of tests has the same.

use crate::case::{CaseSubject, Check, Goal, Got};
use crate::points::Points;
use crate::present::language::{Voice, Worded, score_name};
use crate::rulebook::derived::Derivation;
use crate::rulebook::expr::{Order, Worth};
use crate::score::Chosen;
use serde::{Serialize, Serializer};
use std::fmt::{self, Display, Formatter};

impl Worded for CaseSubject {
    fn words(&self, voice: Voice<'_>) -> String {
        match self {
            Self::Score(score) => score_name(voice, *score),
            Self::Criterion(criterion) => format!("criterion {}", voice.rulebook.criteria[*criterion].id),
            Self::Events => "events".to_owned(),
            Self::Passes => "passes".to_owned(),
            Self::Column(column) => column.name().to_owned(),
            Self::Missing => "missing".to_owned(),
        }
    }
}

impl Worded for Goal {
    fn words(&self, voice: Voice<'_>) -> String {
        let criterion = |index: usize| format!("criterion {}", voice.rulebook.criteria[index].id);
        let disqualifier = |index: usize| format!("disqualifier {}", voice.rulebook.disqualifiers[index].reason);
        let stage = |index: usize| &voice.rulebook.stages[index].name;
        match *self {
            Self::Fires(index) => format!("{} fires", criterion(index)),
            Self::Silent(index) => format!("{} stays silent", criterion(index)),
            Self::Outcome(index, chosen) => {
                format!("{}: {}", criterion(index), outcome(&voice.rulebook.criteria[index].worth, chosen))
            }
            Self::Disqualifies(index) => format!("{} applies", disqualifier(index)),
            Self::Spares(index) => format!("{} does not apply", disqualifier(index)),
            Self::Automated(source, rule) => {
                format!("rule {} for automated events of {}", rule + 1, voice.rulebook.sources[source].name)
            }
            Self::Text(spot, chosen) => {
                let name = spot.name(voice.rulebook);
                format!("field {name}: {}", text(spot.derivation(voice.rulebook), chosen))
            }
            Self::InStage(index) => format!("a lead in stage {}", stage(index)),
            Self::OutsideStage(index) => format!("a lead not in stage {}", stage(index)),
            Self::Returns => "a lead that was given back".to_owned(),
        }
    }
}

/// What a criterion with several outcomes can come to.
fn outcome(worth: &Worth, chosen: Chosen) -> String {
    match (chosen, worth) {
        (Chosen::Arm(arm), Worth::Choose { arms, .. }) => {
            let what = if arms.len() == 1 { "is true".to_owned() } else { format!("tier {}", arm + 1) };
            format!("{what} ({})", arms[arm].points.signed())
        }
        (Chosen::Arm(entry), Worth::Lookup { entries, .. }) => {
            format!("value {} ({})", entries[entry].key, entries[entry].points.signed())
        }
        (Chosen::Unknown, _) => "`unknown` counts".to_owned(),
        _ => "`otherwise` counts".to_owned(),
    }
}

/// What a derived field can come to.
fn text(derivation: Option<&Derivation>, chosen: Chosen) -> String {
    match (chosen, derivation) {
        (Chosen::Arm(target), Some(Derivation::Map(mapped))) => format!("entry {}", mapped.targets[target]),
        (Chosen::Arm(band), Some(Derivation::Bands(banded))) => {
            format!("band {} ({})", band + 1, banded.bands[band].then)
        }
        (Chosen::Unknown, _) => "`unknown` counts".to_owned(),
        _ => "`otherwise` counts".to_owned(),
    }
}

/// What is expected: `100 or more`.
impl Display for Check {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::All(checks) => checks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "),
            Self::Numbers(wanted) => numbers(wanted),
            Self::NotNumbers(unwanted) => format!("not {}", numbers(unwanted)),
            Self::Order(order, bound) => match order {
                Order::Greater => format!("more than {bound}"),
                Order::AtLeast => format!("{bound} or more"),
                Order::Less => format!("less than {bound}"),
                Order::AtMost => format!("{bound} or less"),
            },
            Self::Texts(wanted) => texts(wanted),
            Self::NotTexts(unwanted) => format!("not {}", texts(unwanted)),
            Self::Filled => "any".to_owned(),
            Self::StageOrder(order, stage) => match order {
                Order::Greater => format!("beyond {stage}"),
                Order::AtLeast => format!("{stage} or beyond"),
                Order::Less => format!("before {stage}"),
                Order::AtMost => format!("{stage} or before"),
            },
            Self::Fired => "to fire".to_owned(),
            Self::NotFired => "not to fire".to_owned(),
            Self::Fields(fields) => list(fields),
        })
    }
}

/// What came.
impl Display for Got {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(points) => points.fmt(f),
            Self::Text(text) => f.write_str(text_or_nothing(text)),
            Self::Fields(fields) => f.write_str(&list(fields)),
            Self::Unscored => f.write_str("no score, because the lead was created later"),
        }
    }
}

fn numbers(points: &[Points]) -> String {
    points.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

fn texts(texts: &[String]) -> String {
    texts.iter().map(|text| text_or_nothing(text)).collect::<Vec<_>>().join(" or ")
}

fn list(fields: &[String]) -> String {
    if fields.is_empty() { "nothing".to_owned() } else { fields.join(", ") }
}

fn text_or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Got {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
