//! What frames the rules: who stands for them, what they are made of, what they need to know of a lead, what a customer is worth.

use super::stages::condition_on;
use super::{list, plain, strong, table};
use crate::explain::Side;
use crate::present::language::{Voice, a_kind, automated, derivation, elapsed, field, stated, tally};
use crate::present::{Section, Text};
use crate::rulebook::{Funnel, Origin, PassesCounted, Rulebook, ValueModel, WorthOfCustomer};
use crate::value::figures::decimal;
use std::fmt::Write as _;

/// Who stands for the rules.
pub(super) fn about(rulebook: &Rulebook) -> Vec<(&'static str, Text)> {
    let card = &rulebook.card;
    let said =
        |text: Option<&String>, lacking: &str| text.map_or_else(|| Text::from(lacking), |text| Text::new().name(text));
    vec![
        ("Owner", said(card.owner.as_ref(), "not named")),
        ("Agreed on", said(card.agreed.as_ref(), "not yet")),
        ("Next review by", said(card.review_by.as_ref().map(|(day, _)| day), "not set")),
        ("Version", rulebook.fingerprint.short().into()),
        ("Days and times", format!("as in {}", rulebook.zone.name()).into()),
    ]
}

/// The whole in a few sentences.
pub(super) fn summary(rulebook: &Rulebook) -> Section {
    let mut section = Section::new("summary", "In short");
    let on = rulebook.criteria.iter().filter(|criterion| criterion.enabled).count();
    let (inside, outside): (Vec<_>, Vec<_>) = rulebook.dimensions.iter().partition(|dimension| dimension.in_total);
    let names = |of: &[&crate::rulebook::Dimension], between: &str| {
        of.iter().map(|dimension| dimension.name.as_str()).collect::<Vec<_>>().join(between)
    };
    let plural = if on == 1 { "criterion gives" } else { "criteria give" };
    let mut text = format!("{on} {plural} a lead points or take some away.");
    if !inside.is_empty() {
        let _ = write!(text, " The total is {}", names(&inside, " + "));
        text += match (rulebook.total.min, rulebook.total.max) {
            (Some(min), Some(max)) => format!(", never below {min} or above {max}."),
            (Some(min), None) => format!(", never below {min}."),
            (None, Some(max)) => format!(", never above {max}."),
            (None, None) => ".".to_owned(),
        }
        .as_str();
    }
    if !outside.is_empty() {
        let verb = if outside.len() == 1 { "is a separate score" } else { "are separate scores" };
        let _ = write!(text, " {} {verb} and not part of the total.", names(&outside, " and "));
    }
    section.say(text);
    section.say("Points depend only on what the exports say about a lead on the day of scoring. The same lead, the same records and the same day always give the same points.");
    section
}

/// Which fields the rules read, and what an empty one means.
pub(super) fn missing(voice: Voice<'_>) -> Section {
    let rulebook = voice.rulebook;
    let mut section = Section::new("fields", "What we need to know about a lead");
    if rulebook.missing_fields.is_empty() {
        return section;
    }
    section.say(
        "The rules ask for these fields. If one is missing, nothing is guessed: the criterion gives its points for “not known”, or none, and the result lists the field as missing.",
    );
    section.blocks.extend(repeated(voice).map(super::paragraph));
    let blank = &rulebook.leads.files.settings.blank;
    if !blank.is_empty() {
        let texts: Vec<String> = blank.iter().map(|text| format!("“{text}”")).collect();
        section.say(format!("In the file of leads, a cell with {} also counts as empty.", texts.join(" or ")));
    }
    let mut table = table(&["Column", "Export", "Read as"]);
    for index in &rulebook.missing_fields {
        let field = &rulebook.fields[*index];
        let origin = match field.origin {
            Origin::Leads => "leads".to_owned(),
            Origin::Table(table) => rulebook.tables[table].name.clone(),
        };
        let name = field.spec().map_or_else(|| field.name.clone(), |spec| spec.column.joined(" or "));
        let kind = if field.is_set { "several texts" } else { a_kind(field.kind) };
        table.row([strong(name), plain(origin), plain(kind)]);
    }
    section.table(table);
    section
}

/// What becomes of leads that stand in several rows, or that were merged.
fn repeated(voice: Voice<'_>) -> Option<String> {
    let leads = &voice.rulebook.leads;
    let newest = leads.newest.map(|date| {
        let date = field(voice, date, Side::Lead);
        format!("If several rows have the id of one lead, only the row with the latest date in {date} counts.")
    });
    let former = leads.former_ids.map(|ids| {
        let ids = field(voice, ids, Side::Lead);
        format!("{ids} has the ids that a lead had before a merge; events under such an id count for the lead.")
    });
    let said: Vec<String> = newest.into_iter().chain(former).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Which events are the work of programs.
pub(super) fn automated_events(voice: Voice<'_>) -> Section {
    let mut section = Section::new("automated", "Events that programs make");
    let sources = &voice.rulebook.sources;
    let rules = sources.iter().flat_map(|source| source.automated.iter().map(move |rule| (&source.name, rule)));
    let rules: Vec<String> = rules.map(|(name, rule)| format!("In {name}: {}.", automated(voice, rule))).collect();
    if !rules.is_empty() {
        section.say("Mail scanners and other programs open mails and follow links, too. These events give no points:");
        section.add(list(rules));
    }
    section
}

/// The fields that are made of others, or of events, and how.
pub(super) fn derived(voice: Voice<'_>) -> Section {
    let mut section = Section::new("derived", "Fields that are made of others");
    let rulebook = voice.rulebook;
    let of_leads = rulebook.fields.iter().filter_map(|field| Some((&field.name, field.derivation()?, Side::Lead)));
    let of_events = rulebook
        .sources
        .iter()
        .flat_map(|source| &source.fields)
        .filter_map(|(field, from)| Some((&rulebook.event_fields[*field].name, from.derivation()?, Side::Event)));
    let mut table = table(&["Name", "How"]);
    let mut is_empty = true;
    for (name, made, side) in of_leads.chain(of_events) {
        is_empty = false;
        table.row([strong(name.as_str()), plain(derivation(voice, made, side))]);
    }
    if !is_empty {
        section.say("No export has these fields. The rules make each of them of what the exports say.");
        section.table(table);
    }
    section
}

/// What a customer is worth, and how many leads a month are wanted.
pub(super) fn money(voice: Voice<'_>) -> Section {
    let mut section = Section::new("measured", "What is measured");
    let rulebook = voice.rulebook;
    if let Some(funnel) = &rulebook.funnel {
        let name = |stage: &usize| rulebook.stages[*stage].name.as_str();
        let paths = funnel
            .paths
            .iter()
            .map(|path| format!("{}: {}", path.name, path.stages.iter().map(name).collect::<Vec<_>>().join(" → ")));
        let paths: Vec<String> = paths.collect();
        if let Some(leave_out) = &funnel.leave_out {
            let which = condition_on(voice, leave_out, Side::Lead);
            section.say(format!("The figures of the report leave out the leads for which this is true: {which}."));
        }
        section.blocks.extend(people(voice, funnel).map(super::paragraph));
        if !paths.is_empty() {
            section.say("The report follows leads along these paths.");
            section.add(list(paths));
            let windows = funnel.windows.iter().map(|window| {
                let (from, to) = (name(&window.from), name(&window.to));
                format!(
                    "From {from} to {to}, only what happens within {} counts as converted.",
                    elapsed(window.within_ms)
                )
            });
            section.blocks.extend((!funnel.windows.is_empty()).then(|| list(windows.collect())));
        }
    }
    section.blocks.extend(rulebook.value.as_ref().map(|value| list(worth(voice, value))));
    section
}

/// Who has the leads, and what tells why they were lost.
fn people(voice: Voice<'_>, funnel: &Funnel) -> Option<String> {
    let owner = funnel.owner.map(|name| format!("{} says who has a lead.", field(voice, name, Side::Lead)));
    let reason = funnel.lost_reason.map(|name| format!("{} says why a lead was lost.", field(voice, name, Side::Lead)));
    let latest = (funnel.passes == PassesCounted::Latest)
        .then(|| "The figures count only the latest pass of each lead.".to_owned());
    let said: Vec<String> = owner.into_iter().chain(reason).chain(latest).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn worth(voice: Voice<'_>, value: &ValueModel) -> Vec<String> {
    let currency = value.currency.as_ref().map_or_else(String::new, |currency| format!(" {currency}"));
    let amount = |number: crate::value::Number| format!("{}{currency}", decimal(number.micros().into(), 0));
    let ltv = value.ltv.as_ref().map(|ltv| match ltv {
        WorthOfCustomer::Stated(number) => format!("A customer is worth {}.", amount(*number)),
        WorthOfCustomer::Field(name) => {
            format!(
                "A customer is worth the mean of {} over all customers that have it.",
                field(voice, *name, Side::Lead)
            )
        }
        WorthOfCustomer::Event { measure, .. } => {
            let what = tally(voice, stated(voice, *measure));
            format!("A customer is worth the mean, over all customers, of {what}.")
        }
    });
    let stage = |index: usize| &voice.rulebook.stages[index].name;
    let rate = |rate: &crate::rulebook::StatedRate| {
        format!("From {} to {} we assume a rate of {}.", stage(rate.from), stage(rate.to), rate.rate)
    };
    let spend = value.spend.iter().map(|spend| format!("Spent on {}: {}.", spend.segment, amount(spend.amount)));
    let roas = value.target_roas.map(|roas| format!("Each{currency} spent should bring back {roas}."));
    let pipeline =
        value.pipeline.map(|name| format!("{} says what an open lead may bring.", field(voice, name, Side::Lead)));
    ltv.into_iter().chain(pipeline).chain(value.rates.iter().map(rate)).chain(spend).chain(roas).collect()
}
