//! `inspect`: what is in a file that nobody has described yet.

use super::args::Terminal;
use super::exit::{CommandFailure, Exit, print};
use super::log;
use clap::{Args, ValueEnum};
use leadscore::delimiter_named;
use leadscore::expand;
use leadscore::inspect_json;
use leadscore::present::inspected;
use leadscore::present::rows_passed;
use leadscore::present::terminal as as_text;
use leadscore::{FileProfile, LayoutDoubt, Looking, TableSide, inspect};
use std::path::{Path, PathBuf};

/// `inspect`
#[derive(Debug, Args)]
#[command(
    after_help = "leadscore reads every row. If a column has more than 4,096 distinct values, their number is an estimate, shown\n\
    with ~. All other numbers are exact. A date column is ambiguous if no cell has a day above 12: then only you\n\
    can say whether the day or the month comes first."
)]
pub(crate) struct InspectArgs {
    /// CSV files or globs. Files may be compressed (.gz, .zst)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = InspectFormat::Text, env = "LEADSCORE_FORMAT")]
    pub format: InspectFormat,
    /// How to read the files.
    #[command(flatten)]
    pub looking: LookingArgs,
}

/// How to read files that no rulebook describes.
#[derive(Debug, Args)]
pub(crate) struct LookingArgs {
    /// The delimiter of all files: one character, or `tab` [default: detected]
    #[arg(long, value_name = "CHAR", env = "LEADSCORE_DELIMITER")]
    pub delimiter: Option<String>,
    /// The encoding of all files, such as utf-8 or windows-1254 [default: detected]
    #[arg(long, value_name = "NAME", env = "LEADSCORE_ENCODING")]
    pub encoding: Option<String>,
    /// How many lines to skip above the header. With `init`, NAME=N applies to one file [default: detected]
    #[arg(long, value_name = "[NAME=]N", env = "LEADSCORE_SKIP_FIRST")]
    pub skip_first: Vec<String>,
    /// How many lines to skip below the data. With `init`, NAME=N applies to one file [default: detected]
    #[arg(long, value_name = "[NAME=]N", env = "LEADSCORE_SKIP_LAST")]
    pub skip_last: Vec<String>,
    /// How many threads to use. The results are the same for any number [default: one per processor]
    #[arg(long, value_name = "N", env = "LEADSCORE_THREADS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// About how many bytes a worker reads at once. The results are the same for any number
    #[arg(long, value_name = "BYTES", env = "LEADSCORE_BLOCK_BYTES", hide = true, default_value_t = 512 << 10)]
    pub block_bytes: usize,
}

/// How to show what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs the command.
pub(super) fn run(args: &InspectArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let looking = looking(&args.looking)?;
    let paths: Vec<PathBuf> = args.files.iter().flat_map(|path| expand(path)).collect();
    let mut profiles = Vec::new();
    let mut exit = Exit::Done;
    for path in &paths {
        match look(path, &looking, None) {
            Ok(profile) => profiles.push(profile),
            // One file that can't be read must not hide what is in the others.
            Err(failure) if paths.len() > 1 => {
                log::warning(terminal, &failure.reason());
                exit = failure.exit();
            }
            Err(failure) => return Err(failure),
        }
    }
    let roles: Vec<Vec<String>> = profiles.iter().map(roles).collect();
    let shown: Vec<(&FileProfile, &[String])> = profiles.iter().zip(roles.iter().map(Vec::as_slice)).collect();
    print(&match args.format {
        InspectFormat::Text => as_text(&inspected(&shown), false),
        InspectFormat::Json => inspect_json(&shown),
    })?;
    Ok(exit)
}

/// Looks into one file. `name` is what its lines above and below are said of by name, if anything is.
///
/// Rows that are passed over are shown; where they are many, they are more likely leads than lines about a report, and a person
/// has to say.
pub(super) fn look(path: &Path, looking: &Looking, name: Option<&str>) -> Result<FileProfile, CommandFailure> {
    let profile = inspect(path, looking).map_err(|error| CommandFailure::new(Exit::Input, error))?;
    if let Some(doubt @ LayoutDoubt::WholeRowsQuoted { .. }) = &profile.assumed.layout_doubt {
        return Err(CommandFailure::message(Exit::Input, format!("{}: {doubt}", path.display())));
    }
    let Some(side) = profile.passes_too_much() else { return Ok(profile) };
    let (passed, where_, option, key) = match side {
        TableSide::Above => (profile.above(), "above the header", "--skip-first", "skip_first"),
        TableSide::Below => (profile.below(), "below the data", "--skip-last", "skip_last"),
    };
    let (rows, n_lines) = (rows_passed(passed, where_), passed.n_lines);
    let name = name.map_or_else(String::new, |name| format!("{name}="));
    Err(CommandFailure::message(
        Exit::No,
        format!(
            "{}: these rows would not be read: {rows}\n  these are many, so check whether they are data\n  if they are not, use `{option} {name}{n_lines}`; if they are, use `{option} {name}0`\n  in a rulebook, write \
             `{key}: {n_lines}` or `{key}: 0` under `file:`",
            path.display()
        ),
    ))
}

/// The number of lines that an option says of a file: `2`, or of the file with this name `NAME=2`.
pub(super) fn lines_of(option: &str, args: &[String], name: Option<&str>) -> Result<Option<usize>, CommandFailure> {
    let mut found = None;
    for arg in args {
        let (of, number) = arg.split_once('=').map_or((None, arg.as_str()), |(of, number)| (Some(of), number));
        let n_lines: usize = number.trim().parse().map_err(|_| {
            CommandFailure::message(Exit::Usage, format!("{option} {arg}: write a number of lines, such as 2"))
        })?;
        if of.is_none() || of == name {
            found = Some(n_lines);
        }
    }
    Ok(found)
}

/// How to read files, as the options say.
pub(super) fn looking(args: &LookingArgs) -> Result<Looking, CommandFailure> {
    let refused = |message: String| CommandFailure::message(Exit::Usage, message);
    let delimiter = args.delimiter.as_deref().map(|text| {
        let named = delimiter_named(text);
        named.ok_or_else(|| refused(format!("--delimiter {text}: a delimiter is one ASCII character, or `tab`")))
    });
    let encoding = args.encoding.as_deref().map(|label| {
        let named = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        named.ok_or_else(|| {
            refused(format!("--encoding {label}: there is no such encoding; try utf-8, windows-1252 or windows-1254"))
        })
    });
    let usual = || std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Looking {
        delimiter: delimiter.transpose()?,
        encoding: encoding.transpose()?,
        skip_first: lines_of("--skip-first", &args.skip_first, None)?,
        skip_last: lines_of("--skip-last", &args.skip_last, None)?,
        threads: args.threads.map_or_else(usual, usize::from),
        block_bytes: args.block_bytes,
    })
}

/// What the columns are likely to be, in words.
fn roles(profile: &FileProfile) -> Vec<String> {
    leadscore::likely_roles(profile)
}
