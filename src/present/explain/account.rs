//! Why an account has its scores and its stage, as a document. Computes nothing.

use super::evidence::finding;
use crate::explain::{AccountExplanation, AccountScoreLine, AccountStageLine};
use crate::present::document::{Amount, LedgerEntry};
use crate::present::words::{grouped, plural};
use crate::present::{Block, Document, Look, Section, Text, Tone};
use crate::score::Truth;
use crate::value::Zone;

/// How many leads are shown of each score, unless all are asked for.
const MOST_LEADS: usize = 10;

/// The explanation of an account as a document. `all` shows every lead.
#[must_use]
pub fn explain_account(explanation: &AccountExplanation<'_>, all: bool) -> Document {
    let mut sections = Vec::new();
    let mut scores = Section::new("scores", "Where the scores come from");
    scores.blocks = explanation.scores.iter().map(|score| bill(score, all)).collect();
    sections.push(scores);
    let mut stages = Section::new("stages", "Stages");
    stages.blocks = explanation.stages.iter().map(|stage| lines(stage, &explanation.zone)).collect();
    sections.push(stages);
    let mut people = Section::new("leads", "Leads");
    people.add(Block::Ledger(shown(&explanation.people, all, |person| {
        let text = Text::new().name(&person.lead_id).words(format!(": total {}, ", person.total));
        LedgerEntry::new(1, text.name(&person.stage))
    })));
    sections.push(people);
    Document {
        kind: "Account",
        title: explanation.account.clone(),
        about: facts(explanation),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
        ..Document::untitled(Look::Agreement)
    }
}

fn facts(explanation: &AccountExplanation<'_>) -> Vec<(&'static str, Text)> {
    let zone = &explanation.zone;
    let rulebook = explanation.rulebook.as_deref().unwrap_or("a rulebook without a name");
    let scored = Text::from("as of ").time(explanation.as_of, zone).words(" by ").name(rulebook);
    let mut facts = vec![("scored", scored.words(format!("; all times are {}", zone.name())))];
    facts.extend(explanation.stage.as_ref().map(|stage| ("stage", Text::new().name(stage))));
    if let Some(priority) = &explanation.priority {
        let text = Text::new().name(priority);
        let text = explanation.action.iter().fold(text, |text, action| text.words(": ").name(action));
        facts.push(("priority", text));
    }
    facts.push(("leads", counted(explanation)));
    if !explanation.fields.is_empty() {
        let shown = explanation.fields.iter().enumerate().fold(Text::new(), |text, (at, (name, value))| {
            let text = if at > 0 { text.words("; ") } else { text };
            let text = text.name(name).words(": ");
            if value.is_empty() { text.words("missing") } else { text.name(value) }
        });
        facts.push(("fields", shown));
    }
    facts
}

/// How many leads count, and why others don't.
fn counted(explanation: &AccountExplanation<'_>) -> Text {
    let mut said = grouped(explanation.n_leads);
    if explanation.n_disqualified > 0 {
        said = format!("{said}; {} more disqualified", grouped(explanation.n_disqualified));
    }
    if explanation.n_left_out > 0 {
        said = format!("{said}; {} more left out by `where` or `leave_out`", grouped(explanation.n_left_out));
    }
    said.into()
}

/// A score with the leads behind it, best first.
fn bill(score: &AccountScoreLine<'_>, all: bool) -> Block {
    let title = Text::new().name(&score.name).words(format!(": {}", score.made_of));
    let mut entries = vec![LedgerEntry::new(0, title).tone(Tone::Strong)];
    entries.extend(shown(&score.leads, all, |share| {
        let entry = LedgerEntry::new(1, Text::new().name(&share.lead_id));
        match (score.is_count, share.counts) {
            (true, _) => entry,
            (false, true) => entry.amount(Amount::Part(share.points)),
            (false, false) => {
                let text = Text::new().name(&share.lead_id).words(format!(" ({}, not counted)", share.points));
                LedgerEntry::new(1, text).tone(Tone::Faint)
            }
        }
    }));
    let end = LedgerEntry::new(0, Text::new().name(&score.name)).tone(Tone::Strong);
    entries.push(end.amount(Amount::Total(score.value)));
    Block::Ledger(entries)
}

/// The first of some lines, and how many more there are.
fn shown<T>(items: &[T], all: bool, line: impl Fn(&T) -> LedgerEntry) -> Vec<LedgerEntry> {
    let n_shown = if all { items.len() } else { items.len().min(MOST_LEADS) };
    let mut entries: Vec<LedgerEntry> = items[..n_shown].iter().map(line).collect();
    if items.len() > n_shown {
        let more = plural((items.len() - n_shown) as u64, "more lead");
        entries.push(LedgerEntry::new(1, format!("{more}; --all shows every lead")).tone(Tone::Faint));
    }
    entries
}

fn lines(stage: &AccountStageLine<'_>, zone: &Zone) -> Block {
    let holds = match stage.holds {
        Truth::True => "held",
        Truth::False => "not held",
        Truth::Unknown => "unknown, so not held",
    };
    let first = if stage.when.is_none() { ", as every account does" } else { "" };
    let current = if stage.is_current { ", the account's stage" } else { "" };
    let words = format!(": {holds}{first}{current}");
    let mut entries = vec![LedgerEntry::new(1, Text::new().name(&stage.name).words(words)).tone(Tone::Strong)];
    if let Some(when) = &stage.when {
        finding(&mut entries, 2, when, zone);
    }
    Block::Ledger(entries)
}
