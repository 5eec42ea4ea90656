//! What a lead lacks for the next stage, which stages it holds and why, and what would disqualify it.

use super::events::file_name;
use super::evidence::finding;
use crate::explain::{Explanation, Gap, StageLine, WhenEntered};
use crate::present::document::{LedgerEntry, Mark};
use crate::present::{Block, Section, Text, Tone};
use crate::score::Truth;
use crate::value::Zone;

/// What is missing for the next stage.
pub(super) fn next(explanation: &Explanation<'_>) -> Option<Section> {
    let next = explanation.next.as_ref()?;
    let mut section = Section::new("next", Text::from("What is missing for ").name(&next.name));
    let mut entries = Vec::new();
    gaps(&mut entries, 1, &next.gaps);
    section.add(Block::Ledger(entries));
    Some(section)
}

fn gaps(entries: &mut Vec<LedgerEntry>, depth: usize, lacking: &[Gap<'_>]) {
    for gap in lacking {
        entries.push(LedgerEntry::new(depth, gap.what.to_string()).mark(Mark::Point));
        for (number, option) in gap.options.iter().enumerate() {
            if option.len() > 1 {
                entries.push(LedgerEntry::new(depth + 1, format!("either {} together:", number + 1)).tone(Tone::Faint));
            }
            gaps(entries, depth + 1 + usize::from(option.len() > 1), option);
        }
    }
}

/// Why the lead has its stage, and every stage.
pub(super) fn stages(explanation: &Explanation<'_>) -> Vec<Block> {
    let why = match (&explanation.disqualified, &explanation.stage) {
        (Some(reason), _) => format!("The lead is disqualified ({reason}), whatever stages it holds."),
        (None, Some(stage)) => format!("The lead's stage is {stage}, the last in the list that it holds."),
        (None, None) => String::new(),
    };
    let stages = explanation.stages.iter().map(|stage| lines(stage, &explanation.zone));
    std::iter::once(Block::Paragraph(why.into())).chain(stages).collect()
}

fn lines(stage: &StageLine<'_>, zone: &Zone) -> Block {
    let holds = match stage.holds {
        Truth::True => "held",
        Truth::False => "not held",
        Truth::Unknown => "unknown, so not held",
    };
    let current = if stage.is_current { ", the lead's stage" } else { "" };
    let first = if stage.is_first { ", as every lead does" } else { "" };
    let mut entries = vec![LedgerEntry::new(1, format!("{}: {holds}{first}{current}", stage.name)).tone(Tone::Strong)];
    if let Some(entered) = &stage.entered {
        recorded(&mut entries, entered, stage.when.is_none() && !stage.is_first, zone);
    }
    if let Some(when) = &stage.when {
        finding(&mut entries, 2, when, zone);
    }
    if let Some(keep_when) = &stage.keep_when {
        entries.push(LedgerEntry::new(2, "or, as it was held in the previous run, enough to stay:"));
        finding(&mut entries, 3, keep_when, zone);
    }
    for (index, after) in stage.after.iter().enumerate() {
        let words = if index == 0 { "comes after" } else { "or after" };
        let how = match (after.holds, after.entered) {
            (Truth::True, _) => " (held)",
            (_, Truth::True) => " (recorded in the CRM)",
            _ => "",
        };
        let mark = Mark::Truth(after.holds.max(after.entered));
        entries.push(LedgerEntry::new(2, format!("{words} {}{how}", after.stage)).mark(mark));
    }
    Block::Ledger(entries)
}

/// What the CRM says of a stage; `alone` where nothing else makes a lead hold it.
fn recorded(entries: &mut Vec<LedgerEntry>, entered: &WhenEntered<'_>, alone: bool, zone: &Zone) {
    let only = if alone { "; only the CRM's record counts here" } else { "" };
    let by = entered.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    let text = match (entered.truth, entered.at) {
        (_, Some(at)) if entered.is_return => {
            Text::from("entered again on ").time(at, zone).words(", when sales gave it back")
        }
        (_, Some(at)) => {
            let row = entered.file.as_ref().zip(entered.line);
            let row = row.map_or_else(String::new, |(file, line)| format!(", {}:{line}", file_name(file)));
            Text::from("recorded by the CRM on ").time(at, zone).words(format!("{by}{row}"))
        }
        (Truth::True, None) => "recorded by the CRM, without a date".into(),
        (Truth::Unknown, None) => format!("unknown whether the CRM records it{by}{only}").into(),
        (Truth::False, None) => format!("not recorded by the CRM{by}{only}").into(),
    };
    entries.push(LedgerEntry::new(2, text));
    if let Some(condition) = &entered.finding {
        finding(entries, 3, condition, zone);
    }
}

/// What disqualifies the lead, or would.
pub(super) fn disqualifiers(explanation: &Explanation<'_>, all: bool) -> Option<Section> {
    let mut section = Section::new("disqualifiers", "Disqualifiers");
    if explanation.disqualifiers.is_empty() {
        return None;
    }
    if explanation.is_customer {
        section.say("Never disqualified: a customer.");
    } else if explanation.disqualified.is_none() {
        section.say("None applies.");
    }
    let mut entries = Vec::new();
    for line in &explanation.disqualifiers {
        let is_spared = explanation.is_customer && line.finding.truth.is_true();
        if line.applies || is_spared || all {
            let words = match (line.applies, is_spared) {
                (true, _) => ": applies",
                (false, true) => ": would apply if the lead were not a customer",
                (false, false) => "",
            };
            entries.push(LedgerEntry::new(1, format!("{}{words}", line.reason)).tone(Tone::Strong));
            finding(&mut entries, 2, &line.finding, &explanation.zone);
        }
    }
    section.blocks.extend((!entries.is_empty()).then_some(Block::Ledger(entries)));
    Some(section)
}
