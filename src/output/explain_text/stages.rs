//! What a lead lacks for the next stage, which stages it holds and why, and what would disqualify it.

use super::evidence::finding;
use crate::explain::{Explanation, Gap, StageLine, WhenEntered, in_words, local_time};
use crate::present::sheet::{Ink, Sheet};
use crate::value::Zone;

/// What is lacking for the next stage.
pub(super) fn next(sheet: &mut Sheet, explanation: &Explanation) {
    let Some(next) = &explanation.next else { return };
    sheet.title(&format!("What is lacking for {}", next.name));
    sheet.blank();
    gaps(sheet, 2, &next.gaps);
    sheet.blank();
}

fn gaps(sheet: &mut Sheet, indent: usize, lacking: &[Gap]) {
    for gap in lacking {
        sheet.text(indent, &format!("- {}", gap.text), Ink::Plain);
        for (number, option) in gap.options.iter().enumerate() {
            if option.len() > 1 {
                sheet.text(indent + 2, &format!("either {} together:", number + 1), Ink::Faint);
            }
            gaps(sheet, indent + if option.len() > 1 { 4 } else { 2 }, option);
        }
    }
}

/// Every stage.
pub(super) fn stages(sheet: &mut Sheet, explanation: &Explanation) {
    sheet.title("Stages");
    sheet.blank();
    all(sheet, explanation);
}

/// Why the lead has its stage, and every stage.
pub(super) fn all(sheet: &mut Sheet, explanation: &Explanation) {
    sheet.text(2, &why(explanation), Ink::Plain);
    sheet.blank();
    for stage in &explanation.stages {
        stage_lines(sheet, stage, &explanation.zone);
        sheet.blank();
    }
}

fn why(explanation: &Explanation) -> String {
    match (&explanation.disqualified, &explanation.stage) {
        (Some(reason), _) => format!("The lead is disqualified ({reason}), whatever stages it holds."),
        (None, Some(stage)) => format!("The lead's stage is {stage}, the last in the list that it holds."),
        (None, None) => String::new(),
    }
}

fn stage_lines(sheet: &mut Sheet, stage: &StageLine, zone: &Zone) {
    let holds = match stage.holds {
        crate::score::Truth::True => "held",
        crate::score::Truth::False => "not held",
        crate::score::Truth::Unknown => "unknown, so not held",
    };
    let current = if stage.is_current { ", the lead's stage" } else { "" };
    let first = if stage.is_first { ", as every lead does" } else { "" };
    sheet.text(2, &format!("{}: {holds}{first}{current}", stage.name), Ink::Strong);
    if let Some(entered) = &stage.entered {
        entered_lines(sheet, entered, stage.when.is_none() && !stage.is_first, zone);
    }
    if let Some(when) = &stage.when {
        finding(sheet, 4, when, zone);
    }
    if let Some(keep_when) = &stage.keep_when {
        sheet.text(4, "or, as it was held in the previous run, enough to stay:", Ink::Plain);
        finding(sheet, 6, keep_when, zone);
    }
    for (index, after) in stage.after.iter().enumerate() {
        let words = if index == 0 { "comes after" } else { "or after" };
        let mark = in_words(after.holds.max(after.entered));
        let how = if after.holds.is_true() {
            " (held)"
        } else if after.entered.is_true() {
            " (recorded in the CRM)"
        } else {
            ""
        };
        sheet.text(4, &format!("{mark:<8}{words} {}{how}", after.stage), Ink::Plain);
    }
}

/// What the CRM says of a stage; `alone` where nothing else makes a lead hold it.
fn entered_lines(sheet: &mut Sheet, entered: &WhenEntered, alone: bool, zone: &Zone) {
    let only = if alone { "; only the CRM's word counts here" } else { "" };
    let by = entered.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    let row = entered.row.as_ref().map_or_else(String::new, |(file, line)| {
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        format!(", {name}:{line}")
    });
    let words = match (entered.truth, entered.at) {
        (_, Some(at)) => format!("recorded by the CRM on {}{by}{row}", local_time(at, zone)),
        (crate::score::Truth::True, None) => "recorded by the CRM, without a date".to_owned(),
        (crate::score::Truth::Unknown, None) => format!("unknown whether the CRM records it{by}{only}"),
        (crate::score::Truth::False, None) => format!("not recorded by the CRM{by}{only}"),
    };
    sheet.text(4, &words, Ink::Plain);
    if let Some(condition) = &entered.finding {
        finding(sheet, 6, condition, zone);
    }
}

/// What disqualifies the lead, or would.
pub(super) fn disqualifiers(sheet: &mut Sheet, explanation: &Explanation, all: bool) {
    if explanation.disqualifiers.is_empty() {
        return;
    }
    sheet.title("Disqualifiers");
    sheet.blank();
    if explanation.is_customer {
        sheet.text(2, "Never disqualified: a customer.", Ink::Strong);
    } else if explanation.disqualified.is_none() {
        sheet.text(2, "None applies.", Ink::Plain);
    }
    for line in &explanation.disqualifiers {
        let spared = explanation.is_customer && line.finding.truth.is_true();
        if line.applies || spared || all {
            let words = if line.applies {
                ": applies"
            } else if spared {
                ": would apply, were it no customer"
            } else {
                ""
            };
            sheet.text(2, &format!("{}{words}", line.reason), Ink::Strong);
            finding(sheet, 4, &line.finding, &explanation.zone);
        }
    }
}
