//! Why a run does not replace the last one: the source that breaks its guard, by which figure, against which limit, and what to do.

use super::quality::{by_type, do_not_meet};
use crate::present::markdown::spoken;
use crate::rulebook::Rulebook;
use crate::run::{Alarm, Counts, FileRole};

/// How many files of a source are named.
const MOST_FILES: usize = 3;

/// A source that breaks its guard.
#[derive(Clone, Copy, Debug)]
pub struct GuardBroken<'a> {
    /// Index into [`Rulebook::sources`].
    pub source: usize,
    /// How it does.
    pub alarm: &'a Alarm,
    /// The limit, and where it is written: `--max-age 26h`.
    pub limit: &'a str,
}

/// Says it in two lines: what is so, and what to do.
#[must_use]
pub fn guard_broken(rulebook: &Rulebook, counts: &Counts, broken: &GuardBroken<'_>) -> String {
    let GuardBroken { source, alarm, limit } = *broken;
    let name = &rulebook.sources[source].name;
    let against = match alarm {
        Alarm::Old { .. } | Alarm::Orphans { .. } => format!("more than {limit} allows"),
        Alarm::NoEvent(_) => format!("but {limit} needs a recent event"),
    };
    format!("events `{name}`: {alarm}, {against}\n  {}", advice(rulebook, counts, broken))
}

fn advice(rulebook: &Rulebook, counts: &Counts, broken: &GuardBroken<'_>) -> String {
    let name = &rulebook.sources[broken.source].name;
    let seen = &counts.sources[broken.source];
    let join = || {
        let example = seen.unmet.as_ref().map(|unmet| spoken(&do_not_meet(rulebook, name, unmet)));
        let types = || format!("events of no lead, by type: {}", by_type(&seen.orphans_by_type));
        let said = example.unwrap_or_else(types);
        format!(
            "{said}\n  check that `lead` of `{name}` names leads as the leads file does, and that both files are whole"
        )
    };
    match broken.alarm {
        Alarm::NoEvent(None) => {
            format!("check that its export still runs; to name its file, pass `--events {name}=FILE`")
        }
        Alarm::Orphans { .. } => join(),
        Alarm::NoEvent(Some(why)) if why.n_orphans * 2 > why.n_events => join(),
        Alarm::Old { .. } | Alarm::NoEvent(Some(_)) => {
            format!("check that its export still runs, and that this is its newest file: {}", files(counts, name))
        }
    }
}

/// The last files of a source: names mostly begin with what is older.
fn files(counts: &Counts, source: &str) -> String {
    let is_of_source = |role: &FileRole| matches!(role, FileRole::Events(name) if name == source);
    let paths = counts.files.iter().filter(|file| is_of_source(&file.role)).map(|file| file.path.display().to_string());
    let paths: Vec<String> = paths.collect();
    let first = paths.len().saturating_sub(MOST_FILES);
    format!("{}{}", if first > 0 { "…, " } else { "" }, paths[first..].join(", "))
}
