//! Rules for automated events in words.

use super::claims::duration;
use super::events::type_names;
use super::explained::Worded;
use super::{Voice, condition, field};
use crate::explain::Side;
use crate::rulebook::{AutomatedRule, AutomatedSign};

impl Worded for &AutomatedRule {
    fn words(&self, voice: Voice<'_>) -> String {
        automated(voice, self)
    }
}

/// A rule: `email_click events at most 15 seconds after email_sent events with the same campaign`.
pub(crate) fn automated(voice: Voice<'_>, rule: &AutomatedRule) -> String {
    let filter = rule.filter.as_ref().map(|filter| format!(" where {}", condition(voice, filter, Side::Event)));
    let own = type_names(voice, &rule.types) + &filter.unwrap_or_default();
    let same = rule.same.map(|same| format!(" with the same {}", field(voice, same, Side::Event)));
    let same = same.unwrap_or_default();
    match &rule.sign {
        AutomatedSign::After { types, within_ms } => {
            let others = type_names(voice, types);
            format!("{own} at most {} after {others}{same}", duration(*within_ms))
        }
        AutomatedSign::AtLeast { n, within_ms } => format!("at least {n} {own} within {}{same}", duration(*within_ms)),
        AutomatedSign::Chosen => own,
    }
}
