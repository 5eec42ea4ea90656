//! Where a drafted rulebook stands: paths as seen from there, the files it must not replace, the commands that go with it.

use super::InitArgs;
use crate::cli::exit::{CommandFailure, Exit};
use crate::cli::place::{cannot_write, write_whole};
use leadscore::ColumnRole;
use leadscore::Rulebook;
use leadscore::{Export, Exports, Meaning};
use leadscore::{Instant, InstantSpan, parse_date_literal};
use std::path::{Component, Path, PathBuf};

const DAY_MS: i64 = 86_400_000;

/// Refuses to replace what is there.
pub(super) fn check(out: &Path, tests: &Path, force: bool) -> Result<(), CommandFailure> {
    if out.is_dir() {
        let message = format!("--out {0}: this is a folder; name a file in it, such as {0}/mine.yaml", out.display());
        return Err(CommandFailure::message(Exit::Usage, message));
    }
    match [out, tests].into_iter().find(|path| path.exists()) {
        Some(path) if !force => {
            let message = format!(
                "{} already exists; write to another file with --out, or replace it with --force",
                path.display()
            );
            Err(CommandFailure::message(Exit::Output, message))
        }
        _ => Ok(()),
    }
}

/// The folder of the rulebook, made if it isn't there, links followed.
pub(super) fn folder(out: &Path) -> Result<PathBuf, CommandFailure> {
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let made = std::fs::create_dir_all(folder).and_then(|()| folder.canonicalize());
    made.map_err(|error| cannot_write(out, &error))
}

/// A path as a rulebook in `folder` names it.
pub(super) fn from(folder: &Path, path: &Path) -> String {
    let (parent, name) = match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if !parent.as_os_str().is_empty() => (parent, PathBuf::from(name)),
        (_, Some(name)) => (Path::new("."), PathBuf::from(name)),
        _ => return path.display().to_string(),
    };
    let Ok(parent) = parent.canonicalize() else { return path.display().to_string() };
    let ours: Vec<Component<'_>> = folder.components().collect();
    let theirs: Vec<Component<'_>> = parent.components().collect();
    let n_shared = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    // Nothing in common but the root: the whole path is plainer than a row of `..`.
    if n_shared <= 1 && ours.len() > 2 {
        return parent.join(name).display().to_string();
    }
    let up = ours[n_shared..].iter().map(|_| "..".to_owned());
    let down = theirs[n_shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).chain([name.to_string_lossy().into_owned()]).collect();
    parts.join("/")
}

/// Writes a file in one step.
pub(super) fn write(path: &Path, text: &str) -> Result<(), CommandFailure> {
    write_whole(path, text).map_err(|error| cannot_write(path, &error))
}

/// The day on which the exports seem to end.
pub(super) struct AsOf {
    /// As a date.
    pub day: String,
    /// Whether that is so long ago that to score as of today would find everybody gone cold.
    is_old: bool,
}

impl AsOf {
    /// The newest date of any file that is not after `now`.
    pub(super) fn of(exports: &Exports, now: Instant) -> Self {
        let dates: Vec<(Instant, bool)> = exports.all().flat_map(|export| dates(export, now)).collect();
        let seen = dates.iter().filter(|(_, is_planned)| !is_planned).map(|(date, _)| *date).max();
        let newest = seen.or_else(|| dates.iter().map(|(date, _)| *date).max());
        Self {
            day: newest.unwrap_or(now).wall().date(),
            is_old: newest.is_some_and(|newest| now.ms_since(newest) > 7 * DAY_MS),
        }
    }
}

impl AsOf {
    /// The instant of which the command that goes with a draft scores.
    pub(super) fn instant(&self, rulebook: &Rulebook, now: Instant) -> Instant {
        let day = parse_date_literal(&self.day, &rulebook.zone).ok().filter(|_| self.is_old);
        day.map_or(now, InstantSpan::last)
    }
}

/// The newest date of each column, and whether such dates are planned rather than seen, as the closing of deals is.
fn dates(export: &Export, now: Instant) -> impl Iterator<Item = (Instant, bool)> {
    let is_planned = |name: &str, meaning: &Option<Meaning>| {
        name.to_lowercase().contains("close")
            || meaning.as_ref().is_none_or(|meaning| meaning.role == ColumnRole::Closed)
    };
    export.profile.columns.iter().zip(&export.meanings).enumerate().filter_map(move |(at, (column, meaning))| {
        let newest = export.newest(at).filter(|newest| *newest <= now)?;
        Some((newest, is_planned(&column.name, meaning)))
    })
}

/// The command that scores; with the day of the exports where that is long ago, and with room for rows that can't be used where
/// there are more of them than is usually allowed.
pub(super) fn score_command(out: &Path, room: Option<u64>, as_of: &AsOf) -> String {
    let mut words = vec![format!("leadscore score {}", shell(&out.display().to_string()))];
    if as_of.is_old {
        words.push(format!("--as-of {}", as_of.day));
    }
    words.extend(room.map(|room| format!("--max-rejects {room}")));
    words.join(" ")
}

/// The command that makes the same rulebook again.
pub(super) fn command(args: &InitArgs, leads: &Path, out: &Path) -> String {
    let mut words = vec![format!("leadscore init --leads {}", shell(&leads.display().to_string()))];
    for (option, values) in [
        ("--table", &args.table),
        ("--events", &args.events),
        ("--preset", &args.preset),
        ("--own-domain", &args.own_domain),
    ] {
        words.extend(values.iter().map(|value| format!("{option} {}", shell(value))));
    }
    words.push(format!("--out {}", shell(&out.display().to_string())));
    words.join(" ")
}

/// A word of a command, in quotes where a shell would take it apart.
pub(super) fn shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-=+:,@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
