//! The companies that leads belong to: what names them, what their scores are made of, and what their stages mean.

use super::stages::{condition_on, when_on};
use super::{plain, strong, table};
use crate::explain::Side;
use crate::present::Section;
use crate::present::language::{Voice, field, roll_up};

/// Nothing where the rulebook has no accounts.
pub(super) fn accounts(voice: Voice<'_>) -> Section {
    let mut section = Section::new("accounts", "The accounts");
    let Some(rules) = &voice.rulebook.accounts else { return section };
    section.say(format!(
        "Leads with the same value in {} belong to one account. Disqualified leads belong to none. The points and the \
         stage of a lead never depend on its account.",
        field(voice, rules.by, Side::Lead)
    ));
    if let Some(only) = &rules.only {
        section.say(format!("Only leads count for which this is true: {}.", condition_on(voice, only, Side::Lead)));
    }
    let mut scores = table(&["Score", "What it is"]);
    for score in &rules.scores {
        scores.row([strong(&score.name), plain(roll_up(voice, &score.roll_up))]);
    }
    section.table(scores);
    let mut stages = table(&["Stage of an account", "When"]);
    for stage in &rules.stages {
        let when = stage.when.as_ref();
        let when = when.map_or_else(|| "every account".to_owned(), |when| when_on(voice, when, Side::Account));
        stages.row([strong(&stage.name), plain(when)]);
    }
    section.table(stages);
    let mut priorities = table(&["Priority of an account", "When", "Action"]);
    for priority in &rules.priorities {
        let when = priority.when.as_ref();
        let when = when.map_or_else(|| "all others".to_owned(), |when| condition_on(voice, when, Side::Account));
        let action = priority.action.clone().unwrap_or_else(|| "none".to_owned());
        priorities.row([strong(&priority.name), plain(when), plain(action)]);
    }
    section.table(priorities);
    section
}
