//! Leads that come back: who gives a lead back by what record, what that ends, and what counts afterwards.

use super::list;
use crate::explain::Side;
use crate::present::Section;
use crate::present::language::{Manner, Voice, field, one_of, selection, stated};
use crate::rulebook::{Entered, LeadMoment, Returns, Stage};

/// What a return does; nothing where the rulebook has no `returns`.
pub(super) fn returns(voice: Voice<'_>) -> Section {
    let mut section = Section::new("returns", "Leads that come back");
    let Some(returns) = &voice.rulebook.returns else { return section };
    let ways: Vec<String> = returns.at.iter().map(|moment| record_of(voice, moment)).collect();
    section.say(format!(
        "Sales can give a lead back to marketing. {} records it. The lead then goes through the stages once more.",
        capital(&one_of(Manner::Plain, &ways))
    ));
    section.add(list(points(voice, returns)));
    section
}

fn points(voice: Voice<'_>, returns: &Returns) -> Vec<String> {
    let stages = &voice.rulebook.stages;
    let mut points = vec![
        "Only what the CRM recorded since then counts. If the lead qualifies again, sales gets it again.".to_owned(),
    ];
    points.extend(
        stages
            .first()
            .filter(|first| first.entered.is_some())
            .map(|first| format!("On that day it enters {} again.", first.name)),
    );
    match voice.rulebook.final_stage() {
        Some(last) => points.push(format!("Nobody gives back a lead that reached {}.", stages[last].name)),
        None => points.push("A lead can be given back from every stage.".to_owned()),
    }
    let undated = |stage: &&Stage| matches!(stage.entered, Some(Entered::When { at: None, .. }));
    let rest = stages.iter().enumerate().skip(1).filter(|(index, _)| Some(*index) != voice.rulebook.final_stage());
    let undated: Vec<String> = rest.map(|(_, stage)| stage).filter(undated).map(|stage| stage.name.clone()).collect();
    if !undated.is_empty() {
        points.push(format!("The record of {} has no date, so it still counts.", one_of(Manner::Plain, &undated)));
    }
    if stages.iter().any(|stage| stage.keep_when.is_some()) {
        points.push(
            "What is enough to stay in a stage does not help a lead that came back since the last run.".to_owned(),
        );
    }
    let reasons = [(returns.reason, Side::Lead), (returns.event_reason, Side::Event)];
    let reasons = reasons.into_iter().filter_map(|(reason, side)| Some(field(voice, reason?, side)));
    let mut reasons: Vec<String> = reasons.collect();
    reasons.dedup();
    if !reasons.is_empty() {
        points.push(format!("The reason is in {}.", one_of(Manner::Plain, &reasons)));
    }
    points
}

/// What records a return.
fn record_of(voice: Voice<'_>, record: &LeadMoment) -> String {
    match record {
        LeadMoment::Field(name) => format!("the date in {}", field(voice, *name, Side::Lead)),
        LeadMoment::Event(tally) => format!("each of its {}", selection(voice, stated(voice, *tally))),
    }
}

/// A text with a capital at its start.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
