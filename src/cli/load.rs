//! What every command on data needs: the rulebook, the instant, the files and how to read them.

use super::args::{Color, DataArgs, Terminal};
use super::exit::{CommandFailure, Exit};
use super::log;
use leadscore::SourceText;
use leadscore::{Diagnostic, did_you_mean};
use leadscore::{Inputs, MaxRejects, Options};
use leadscore::{Instant, Number, Percentage, parse_date_literal, parse_duration_ms};
use leadscore::{Rulebook, delimiter_named};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Reads a rulebook; what is wrong with it goes to standard error.
pub(super) fn rulebook(path: &Path, terminal: &Terminal) -> Result<Rulebook, CommandFailure> {
    rulebook_with_text(path, terminal).map(|(_, rulebook)| rulebook)
}

/// Reads a rulebook, and hands its text back with it.
pub(super) fn rulebook_with_text(path: &Path, terminal: &Terminal) -> Result<(String, Rulebook), CommandFailure> {
    rulebook_noting(path, terminal, &|_, _| {})
}

/// The same; `note` is shown each file that belongs to it, its own text and those of its lists.
pub(super) fn rulebook_noting(
    path: &Path,
    terminal: &Terminal,
    note: &dyn Fn(&Path, &[u8]),
) -> Result<(String, Rulebook), CommandFailure> {
    let text = rulebook_text(path).map_err(|message| CommandFailure::message(Exit::Rulebook, message))?;
    note(path, text.as_bytes());
    let rulebook = parse_noting(path, &text, note)
        .map_err(|diagnostics| refused(&path.display().to_string(), &text, &diagnostics, terminal))?;
    Ok((text, rulebook))
}

/// Says what is wrong with a rulebook, on standard error.
pub(super) fn refused(shown: &str, text: &str, diagnostics: &[Diagnostic], terminal: &Terminal) -> CommandFailure {
    let source = SourceText { path: shown, text };
    log::findings(terminal, &source, diagnostics, use_color(terminal, std::io::stderr().is_terminal()));
    let n_errors = diagnostics.len();
    let plural = if n_errors == 1 { "" } else { "s" };
    CommandFailure::message(Exit::Rulebook, format!("{shown}: {n_errors} problem{plural}; nothing was scored"))
}

/// A rulebook's text, or why there is none.
pub(super) fn rulebook_text(path: &Path) -> Result<String, String> {
    text(path, "rulebook")
}

/// The text of a YAML file, or why there is none; `what` it is stands in the reason.
pub(super) fn text(path: &Path, what: &str) -> Result<String, String> {
    let unreadable = |error| format!("the {what} can't be read: {}", plain_reason(path, &error));
    let bytes = std::fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| format!("{}: a {what} is saved as UTF-8", path.display()))
}

/// What a rulebook's text means; its list files are read relative to its `path`.
pub(super) fn parse(path: &Path, text: &str) -> Result<Rulebook, Vec<Diagnostic>> {
    parse_noting(path, text, &|_, _| {})
}

fn parse_noting(path: &Path, text: &str, note: &dyn Fn(&Path, &[u8])) -> Result<Rulebook, Vec<Diagnostic>> {
    let folder = folder_of(path);
    let read_list = |list: &str| {
        let path = folder.join(list);
        let bytes = std::fs::read(&path).map_err(|error| plain_reason(&path, &error))?;
        note(&path, &bytes);
        String::from_utf8(bytes).map_err(|_| "it is not saved as UTF-8".to_owned())
    };
    Rulebook::parse(text, &read_list)
}

/// Why a file can't be read, without the number of the system's error.
pub(super) fn plain_reason(path: &Path, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no file {}", path.display()),
        std::io::ErrorKind::IsADirectory => format!("{} is a folder", path.display()),
        _ => error.to_string(),
    }
}

/// The folder that a rulebook's paths are relative to.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::new(),
    }
}

/// Whether to color what goes to a stream.
pub(super) fn use_color(terminal: &Terminal, is_terminal: bool) -> bool {
    match terminal.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// The instant to score at. A date means the last instant of that day.
pub(super) fn as_of(args: &DataArgs, rulebook: &Rulebook) -> Result<Instant, CommandFailure> {
    if let Some(text) = &args.as_of {
        parse_date_literal(text, &rulebook.zone)
            .map(leadscore::InstantSpan::last)
            .map_err(|error| CommandFailure::message(Exit::Usage, format!("--as-of {text}: {error}")))
    } else {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Ok(Instant::from_ms(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// The instant as it was asked for, with the zone it was read in.
pub(super) fn as_of_label(args: &DataArgs, rulebook: &Rulebook, as_of: Instant) -> String {
    match (&args.as_of, rulebook.zone.name()) {
        (None, _) => as_of.to_string(),
        (Some(text), "UTC") => text.clone(),
        (Some(text), zone) => format!("{text} ({zone})"),
    }
}

/// The files to read; those that the rulebook names are relative to its `path`.
pub(super) fn inputs(args: &DataArgs, path: &Path, rulebook: &Rulebook) -> Result<Inputs, CommandFailure> {
    let tables: Vec<&str> = rulebook.tables.iter().map(|table| table.name.as_str()).collect();
    let sources: Vec<&str> = rulebook.sources.iter().map(|source| source.name.as_str()).collect();
    let given = Inputs {
        leads: args.leads.clone(),
        tables: named("--table", "table", &args.table, &tables)?,
        sources: named("--events", "event source", &args.events, &sources)?,
    };
    Ok(Inputs::resolve(rulebook, &folder_of(path), &given)?)
}

/// Sorts `NAME=FILE` arguments by name; where there is only one name it may be left out.
fn named(option: &str, what: &str, args: &[String], names: &[&str]) -> Result<Vec<Vec<PathBuf>>, CommandFailure> {
    let mut files = vec![Vec::new(); names.len()];
    for arg in args {
        let found =
            arg.split_once('=').and_then(|(name, file)| Some((names.iter().position(|known| *known == name)?, file)));
        let (index, file) = match found {
            Some(found) => found,
            None if names.len() == 1 && (Path::new(arg).exists() || !arg.contains('=')) => (0, arg.as_str()),
            None => return Err(unknown_name(option, what, arg, names)),
        };
        files[index].push(PathBuf::from(file));
    }
    Ok(files)
}

fn unknown_name(option: &str, what: &str, arg: &str, names: &[&str]) -> CommandFailure {
    let known = if names.is_empty() {
        format!("this rulebook has no {what}")
    } else {
        format!("there are: {}", names.join(", "))
    };
    let message = match arg.split_once('=') {
        Some((name, _)) => {
            let help = did_you_mean(name, names.iter().copied()).unwrap_or(known);
            format!("{option} {arg}: no {what} is called `{name}`; {help}")
        }
        None => format!("{option} {arg}: name the {what}, as NAME={arg}; {known}"),
    };
    CommandFailure::message(Exit::Usage, message)
}

/// How to read them.
pub(super) fn options(args: &DataArgs, keep: &[String]) -> Result<Options, CommandFailure> {
    let delimiter = args.delimiter.as_deref().map(|text| {
        delimiter_named(text).ok_or_else(|| {
            CommandFailure::message(
                Exit::Usage,
                format!("--delimiter {text}: a delimiter is one ASCII character, or `tab`"),
            )
        })
    });
    let encoding = args.encoding.as_deref().map(|label| {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
            CommandFailure::message(
                Exit::Usage,
                format!("--encoding {label}: there is no such encoding; try utf-8, windows-1252 or windows-1254"),
            )
        })
    });
    let threads = args.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    Ok(Options {
        threads,
        delimiter: delimiter.transpose()?,
        encoding: encoding.transpose()?,
        max_rejects: args.max_rejects.as_deref().map_or(Ok(MaxRejects::Usual), max_rejects)?,
        keep: keep.to_vec(),
        block_bytes: args.block_bytes,
        batch_rows: args.batch_rows,
        previous: args.previous.clone(),
        sums: None,
    })
}

/// A length of time, as a rulebook writes one; seconds count here too.
pub(super) fn duration(option: &str, text: &str) -> Result<Duration, CommandFailure> {
    let seconds = text.strip_suffix('s').and_then(|number| number.parse::<u32>().ok());
    let duration = match seconds {
        Some(seconds) => Ok(Duration::from_secs(u64::from(seconds))),
        None => parse_duration_ms(text).map(|ms| Duration::from_millis(ms.unsigned_abs())),
    };
    duration
        .map_err(|error| CommandFailure::message(Exit::Usage, format!("{option} {text}: {error}, or seconds: `30s`")))
}

/// A percentage; the sign may be left out.
pub(super) fn percentage(option: &str, text: &str) -> Result<Percentage, CommandFailure> {
    let number = Number::parse_literal(text.strip_suffix('%').unwrap_or(text).trim()).ok();
    number
        .and_then(Percentage::of)
        .ok_or_else(|| CommandFailure::message(Exit::Usage, format!("{option} {text}: write a percentage, such as 5%")))
}

fn max_rejects(text: &str) -> Result<MaxRejects, CommandFailure> {
    let percent = text
        .strip_suffix('%')
        .map(|number| Number::parse_literal(number.trim()).ok().filter(|n| (0..=100_000_000).contains(&n.micros())));
    let found = match percent {
        Some(percent) => percent.map(|percent| MaxRejects::Share(percent.micros().unsigned_abs() / 100)),
        None => text.parse().ok().map(MaxRejects::Rows),
    };
    found.ok_or_else(|| {
        CommandFailure::message(
            Exit::Usage,
            format!("--max-rejects {text}: write a number of rows, such as 25, or a percentage, such as 2%"),
        )
    })
}
