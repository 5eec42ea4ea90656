//! An explanation for people at a terminal of 100 columns: what the lead is, what it lacks, how its points come about, and
//! why it has its stage. Colors only underline what the words say; computes nothing.

mod card;
mod events;
mod evidence;

mod stages;

use crate::case::Part;
use crate::explain::{Explanation, local_time};
use crate::present::sheet::{Ink, Sheet};
use crate::rulebook::DISQUALIFIED;

/// How much is shown, and whether in color.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// All evidence: of criteria that gave nothing too, and every event.
    pub all: bool,
    /// With colors.
    pub color: bool,
}

/// An explanation as text; ends in a line feed.
#[must_use]
pub fn explain_text(explanation: &Explanation, style: Style) -> String {
    let mut sheet = Sheet::new(style.color);
    head(&mut sheet, explanation);
    stages::next(&mut sheet, explanation);
    card::card(&mut sheet, explanation, style.all);
    stages::stages(&mut sheet, explanation);
    stages::disqualifiers(&mut sheet, explanation, style.all);
    sheet.into_text()
}

/// One part of an explanation as text, without its title; ends in a line feed.
#[must_use]
pub fn explain_part(explanation: &Explanation, part: &Part, style: Style) -> String {
    let mut sheet = Sheet::new(style.color);
    match part {
        Part::Points => card::points(&mut sheet, explanation, style.all),
        Part::Dimension(name) => card::dimension(&mut sheet, explanation, name, style.all),
        Part::Criterion(id) => card::criterion(&mut sheet, explanation, id, style.all),
        Part::Stages => {
            stages::all(&mut sheet, explanation);
            stages::disqualifiers(&mut sheet, explanation, style.all);
        }
        Part::Grade | Part::Head => facts(&mut sheet, explanation),
    }
    sheet.into_text()
}

fn head(sheet: &mut Sheet, explanation: &Explanation) {
    let rulebook = explanation.rulebook.as_deref().unwrap_or("rulebook");
    let zone = &explanation.zone;
    let as_of = local_time(explanation.as_of, zone);
    sheet.title(&format!("Lead {}", explanation.id));
    sheet.text(0, &format!("scored by {rulebook} as of {as_of}; all times are {}", zone.name()), Ink::Plain);
    sheet.blank();
    facts(sheet, explanation);
    sheet.blank();
}

/// What the lead is, in pairs.
fn facts(sheet: &mut Sheet, explanation: &Explanation) {
    let zone = &explanation.zone;
    let stage = match &explanation.disqualified {
        Some(reason) => format!("{DISQUALIFIED}: {reason}"),
        None => explanation.stage.clone().unwrap_or_default(),
    };
    sheet.pair("stage", &stage);
    sheet.pair("in the CRM", explanation.crm_stage.as_deref().unwrap_or("no stage recorded"));
    if let Some(step) = explanation.step {
        let words = match step {
            crate::score::Step::HandOver => "hand over: it holds a stage beyond the one that the CRM records",
            crate::score::Step::Recycle => "recycle: give it back to marketing",
        };
        sheet.pair("next step", words);
    }
    sheet.pair("total", &explanation.total.value.to_string());
    if let Some((grade, axes)) = &explanation.grade {
        let mark = |axis: &crate::explain::AxisLine| {
            let from = axis.from.map_or_else(|| "the lowest".to_owned(), |from| format!("from {from} on"));
            format!("{} {} is {} ({from})", axis.score, axis.points, axis.mark)
        };
        let marks: Vec<String> = axes.iter().map(mark).collect();
        sheet.pair("grade", &format!("{grade}: {}", marks.join(", ")));
    }
    if let Some(priority) = &explanation.priority {
        let action = priority.action.as_ref().map_or_else(String::new, |action| format!(": {action}"));
        sheet.pair("priority", &format!("{}{action}", priority.name));
    }
    if let Some((total, stage)) = &explanation.previous {
        sheet.pair("before", &format!("{stage}, total {total}, in the previous run"));
    }
    let last =
        explanation.last_event.map_or_else(String::new, |last| format!(", the last on {}", local_time(last, zone)));
    sheet.pair("events", &format!("{} counted{last}", explanation.n_events));
    if !explanation.missing.is_empty() {
        sheet.pair("missing", &explanation.missing.join(", "));
    }
}
