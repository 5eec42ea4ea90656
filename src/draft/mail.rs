//! Mail, as its own export tells of it: what programs do with a mail before a person sees it, and who has a second address.

use super::export::Export;
use super::model::AutomatedDraft;
use super::name::slug;
use super::reading::held;
use super::sources::Kinds;
use crate::inspect::{ColumnProfile, Guess};
use crate::preset::ColumnRole;
use crate::value::{DateReader, Zone, fold};
use std::collections::BTreeSet;

/// Words for sending, and for what a mail scanner does at once.
const SENT: [&str; 9] =
    ["sent", "send", "delivered", "gesendet", "zugestellt", "enviado", "entregado", "gonderildi", "wyslano"];
const FOLLOWED: [&str; 14] = [
    "open", "opened", "opens", "click", "clicked", "clicks", "klick", "geklickt", "geoffnet", "clic", "abierto",
    "acildi", "tiklandi", "otwarto",
];
/// Words that may stand beside them: it is a mail, not a message of another kind.
const BESIDE: [&str; 11] =
    ["email", "mail", "e", "newsletter", "campaign", "marketing", "link", "links", "was", "has", "been"];

/// The rule for what mail scanners do, in a source that tells of mails sent and of what became of them to the second; `same` is the
/// field of the mailing.
pub(super) fn automated(export: &Export, kinds: &Kinds, time: Option<usize>) -> Option<AutomatedDraft> {
    let of = |words: &[&str]| -> Vec<String> {
        let is_one = |kind: &&String| is_mail(kinds.means(kind), words);
        kinds.kinds.iter().map(|(kind, _)| kind).filter(is_one).cloned().collect()
    };
    let (after, events) = (of(&SENT), of(&FOLLOWED));
    let is_drafted = !after.is_empty() && !events.is_empty() && has_seconds(export, time?);
    is_drafted.then_some(AutomatedDraft { events, after, same: None })
}

fn is_mail(kind: &str, words: &[&str]) -> bool {
    let slug = slug(kind, '_', "");
    let has_one = slug.split('_').any(|word| words.contains(&word));
    has_one && slug.split('_').all(|word| words.contains(&word) || BESIDE.contains(&word))
}

/// Whether a time of the column lies between two minutes: else all that happens in a minute would happen at once.
fn has_seconds(export: &Export, at: usize) -> bool {
    let reading = export.reading(at);
    let formats: Vec<&str> = reading.formats.iter().map(String::as_str).collect();
    let reader = if formats.is_empty() {
        Ok(DateReader::iso(Zone::utc()))
    } else {
        DateReader::with_formats(&formats, Zone::utc(), export.profile.language)
    };
    let Ok(reader) = reader else { return false };
    let between = |text: &str| reader.read(text).is_some_and(|time| time.ms().rem_euclid(60_000) != 0);
    held(export.column(at)).iter().any(|held| between(&held.text))
}

/// The column that says which mailing it was, where nearly every row has it.
pub(super) fn campaign(export: &Export) -> Option<usize> {
    let is_one = |role: &ColumnRole| match role {
        ColumnRole::Campaign => true,
        ColumnRole::EventField(name) => name == "campaign",
        _ => false,
    };
    let is_full = |at: &usize| {
        let column = export.column(*at);
        matches!(column.guess, Guess::Text) && column.n_values() * 10 >= export.profile.rows.n_usable * 9
    };
    export.with_role(is_one).find(is_full)
}

/// The leads' columns of further addresses in which addresses of a column of events are found that `main` has not, each with how
/// many; none where not all values are held, and so not all can be looked for.
pub(super) fn further_addresses(leads: &Export, main: usize, events: &ColumnProfile) -> Vec<(usize, Option<usize>)> {
    let addresses = |column: &ColumnProfile, between: Option<String>| -> BTreeSet<String> {
        let values = held(column);
        let between = between.as_deref().unwrap_or(";");
        let parts = values.iter().flat_map(|held| held.text.split(between));
        parts.map(|part| fold(part.trim()).into_owned()).collect()
    };
    let known = addresses(leads.column(main), leads.reading(main).split);
    let wanted: BTreeSet<String> = addresses(events, None).difference(&known).cloned().collect();
    let found = |at: usize| {
        let column = leads.column(at);
        let parts = addresses(column, leads.reading(at).split);
        let n_found = parts.intersection(&wanted).count();
        let is_whole = column.sketch.is_whole() && events.sketch.is_whole();
        (n_found > 0 || !is_whole).then_some((at, is_whole.then_some(n_found)))
    };
    let columns = leads.with_role(|role| *role == ColumnRole::OtherEmails);
    columns.filter(|at| *at != main && leads.column(*at).guess == Guess::Email).filter_map(found).collect()
}
