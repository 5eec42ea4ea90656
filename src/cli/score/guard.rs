//! The guard of each event source: its limits are in the rulebook, or an option gives one for all sources. An option wins.

use super::super::exit::CommandFailure;
use super::super::load;
use super::work::Scored;
use leadscore::present::{GuardBroken, guard_broken};
use leadscore::{Alarm, FileRole, Guard, Percentage, alarms, line_column};
use std::path::Path;

/// What an option is given to lift the limits of the rulebook.
const NONE: &str = "none";

/// An option, and the limit that it gives: none lifts those of the rulebook.
#[derive(Debug)]
struct Given<T> {
    text: String,
    limit: Option<T>,
}

impl<T> Given<T> {
    fn read(
        text: Option<&str>,
        read: impl FnOnce(&str) -> Result<T, CommandFailure>,
    ) -> Result<Option<Self>, CommandFailure> {
        let given = |text: &str| {
            let limit = (text != NONE).then(|| read(text)).transpose()?;
            Ok(Self { text: text.to_owned(), limit })
        };
        text.map(given).transpose()
    }
}

/// The limits that options give.
#[derive(Debug)]
pub(super) struct SourceLimits {
    /// In milliseconds.
    max_age: Option<Given<i64>>,
    max_orphans: Option<Given<Percentage>>,
}

/// The rulebook as it is written, to say where a limit is.
#[derive(Clone, Copy)]
pub(super) struct Written<'w> {
    pub path: &'w Path,
    pub text: &'w str,
}

impl SourceLimits {
    /// Reads the options.
    pub(super) fn new(max_age: Option<&str>, max_orphans: Option<&str>) -> Result<Self, CommandFailure> {
        let age = |text: &str| {
            let age = load::duration("--max-age", text)?;
            Ok(i64::try_from(age.as_millis()).unwrap_or(i64::MAX))
        };
        Ok(Self {
            max_age: Given::read(max_age, age)?,
            max_orphans: Given::read(max_orphans, |text| load::percentage("--max-orphans", text))?,
        })
    }

    /// What to say of each source that breaks its guard, and last how to go on without the limits that do.
    pub(super) fn broken(&self, scored: &Scored<'_>, written: Written<'_>) -> Vec<String> {
        let (plan, counts) = (&scored.loaded.plan, &scored.loaded.counts);
        let (mut told, mut lifting) = (Vec::new(), Vec::new());
        for (index, (source, seen)) in plan.rulebook.sources.iter().zip(&counts.sources).enumerate() {
            let has_file = counts.has_file(&FileRole::Events(source.name.clone()));
            let guard = self.over(source.guard, has_file);
            for alarm in alarms(guard, seen, has_file, plan.as_of) {
                let (key, option, given) = match alarm {
                    Alarm::Orphans { .. } => {
                        ("max_orphans", "--max-orphans", self.max_orphans.as_ref().map(|given| &given.text))
                    }
                    _ => ("max_age", "--max-age", self.max_age.as_ref().map(|given| &given.text)),
                };
                let limit = match (given, source.place.get(key)) {
                    (Some(text), _) => format!("{option} {text}"),
                    (None, place) => {
                        let span = place.map(|place| place.span).unwrap_or_default();
                        let value = written.text.get(span.start..span.end).unwrap_or_default();
                        let line = line_column(written.text, span.start).0;
                        format!("`{key}: {value}` ({}:{line})", written.path.display())
                    }
                };
                let broken = GuardBroken { source: index, alarm: &alarm, limit: &limit };
                told.push(guard_broken(plan.rulebook, counts, &broken));
                if !lifting.contains(&option) {
                    lifting.push(option);
                }
            }
        }
        let lifting: Vec<String> = lifting.iter().map(|option| format!("`{option} {NONE}`")).collect();
        if !lifting.is_empty() {
            told.push(format!("to write the results all the same, pass {}", lifting.join(" and ")));
        }
        told
    }

    /// The limits of a source. An option is about all sources: of one without a file it asks for events only where the rulebook
    /// does, too.
    fn over(&self, own: Guard, has_file: bool) -> Guard {
        let is_asked = has_file || own.max_age_ms.is_some();
        Guard {
            max_age_ms: self.max_age.as_ref().map_or(own.max_age_ms, |given| given.limit.filter(|_| is_asked)),
            max_orphans: self.max_orphans.as_ref().map_or(own.max_orphans, |given| given.limit),
        }
    }
}
