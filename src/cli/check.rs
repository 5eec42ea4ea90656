//! `check`: everything that is wrong with rulebooks, and what they probably don't mean, in one go and in the form that the
//! reader wants: a person, a build server, a code host.

use super::args::{DataArgs, Terminal};
use super::exit::{CommandFailure, Exit, print, say};
use super::progress::Progress;
use super::{load, rule};
use clap::{Args, ValueEnum};
use leadscore::Instant;
use leadscore::Plan;
use leadscore::Rulebook;
use leadscore::expand;
use leadscore::{
    CheckReport, Checked, findings_github, findings_json, findings_junit, findings_sarif, findings_short, findings_text,
};
use leadscore::{CheckSubject, ExportsObserved, check};
use leadscore::{Diagnostic, Severity};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// `check`
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Rulebook files, globs or folders. In a folder, all .yaml files are checked, except .test.yaml files
    #[arg(value_name = "RULES", required = true)]
    pub rules: Vec<PathBuf>,
    /// Files to hold the rulebooks against, and the instant.
    #[command(flatten)]
    pub data: DataArgs,
    /// Also check against the data files that each rulebook names. Naming a file with --leads, --table or --events does the same
    #[arg(long, env = "LEADSCORE_WITH_FILES", value_parser = clap::builder::FalseyValueParser::new())]
    pub with_files: bool,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, env = "LEADSCORE_FORMAT")]
    pub format: CheckFormat,
    /// Exit with 1 if there is a finding at or above this severity
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY", env = "LEADSCORE_FAIL_ON")]
    pub fail_on: FailOn,
    /// Show at most N findings, the most severe first
    #[arg(long, value_name = "N", env = "LEADSCORE_MAX")]
    pub max: Option<usize>,
}

/// How to show findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people, with the faulty text underlined.
    Text,
    /// One line per finding.
    Short,
    /// For programs.
    Json,
    /// GitHub workflow commands, shown beside the changed lines.
    Github,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// `JUnit` XML, for build servers.
    Junit,
}

/// From which weight on a finding fails the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warning,
    /// Never, whatever is found.
    Never,
}

impl FailOn {
    fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Never => None,
        }
    }
}

/// Runs the command. A rulebook that can't be read doesn't keep the others from being checked.
pub(super) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let mut files = Vec::new();
    let mut unusable = None;
    for path in rulebooks(&args.rules) {
        match path.and_then(|path| checked(&path, args, terminal)) {
            Ok((file, failure)) => {
                files.push(file);
                unusable = failure.as_ref().map(CommandFailure::tell).or(unusable);
            }
            Err(failure) => unusable = Some(failure.tell()),
        }
    }
    let fails_at = args.fail_on.least();
    let fails = |found: &Diagnostic| fails_at.is_some_and(|least| found.severity <= least);
    let is_bad = files.iter().flat_map(|file| &file.found).any(fails);
    let summary: String = files.iter().map(summary).collect();
    let n_left_out = args.max.map_or(0, |max| cut(&mut files, max));
    let report = CheckReport { files: &files, pages: &rule::pages(), fails_at, n_left_out };
    print(&shown(args.format, &report, load::use_color(terminal, std::io::stdout().is_terminal())))?;
    if !terminal.quiet {
        say(&summary);
        if n_left_out > 0 {
            let (plural, are) = if n_left_out == 1 { ("", "is") } else { ("s", "are") };
            say(&format!("{n_left_out} more finding{plural} {are} not shown, because of --max\n"));
        }
    }
    Ok(unusable.unwrap_or(if is_bad { Exit::No } else { Exit::Done }))
}

/// The rulebooks that are meant, each once; of a folder or a glob the YAML files that are no test files.
fn rulebooks(rules: &[PathBuf]) -> Vec<Result<PathBuf, CommandFailure>> {
    let mut found: Vec<Result<PathBuf, CommandFailure>> = Vec::new();
    for path in rules {
        let files = if path.is_dir() { expand(&path.join("*.y*ml")) } else { expand(path) };
        let is_one = !path.is_dir() && files.len() == 1 && files[0] == *path;
        // A shell spells `rules/*.yaml` out: of several files named, tests are not meant, as they aren't in a folder.
        if is_one && rules.len() > 1 && is_test(path) {
            continue;
        }
        let files: Vec<PathBuf> = files.into_iter().filter(|file| is_one || is_rulebook(file)).collect();
        if files.is_empty() {
            let message = format!("{}: there is no rulebook (a .yaml file)", path.display());
            found.push(Err(CommandFailure::message(Exit::Input, message)));
        }
        for file in files {
            if !found.iter().any(|known| known.as_ref().is_ok_and(|known| *known == file)) {
                found.push(Ok(file));
            }
        }
    }
    found
}

fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| Path::new(stem).extension().is_some_and(|end| end == "test"))
}

fn is_rulebook(path: &Path) -> bool {
    let ends_in =
        |path: &Path, ends: &[&str]| path.extension().is_some_and(|end| ends.iter().any(|wanted| end == *wanted));
    let stem = path.file_stem().map_or(path, Path::new);
    path.is_file() && ends_in(path, &["yaml", "yml"]) && !ends_in(stem, &["test"])
}

/// Everything that is found about one rulebook: what is wrong with its shape or, if nothing is, what the lints find.
/// Beside it why it could not be held against the files.
fn checked(
    path: &Path,
    args: &CheckArgs,
    terminal: &Terminal,
) -> Result<(Checked, Option<CommandFailure>), CommandFailure> {
    let text = load::rulebook_text(path).map_err(|message| CommandFailure::message(Exit::Input, message))?;
    let mut failure = None;
    let mut found = match load::parse(path, &text) {
        Err(found) => found,
        Ok(rulebook) => {
            let now = load::as_of(&args.data, &rulebook)?;
            let (observed, why_not) = match observed(path, &rulebook, now, args, terminal) {
                Ok(observed) => (observed, None),
                Err(why_not) => (None, Some(why_not)),
            };
            failure = why_not;
            check(&CheckSubject::new(&rulebook, &text, now, observed.as_ref()))
        }
    };
    found.sort_by_key(|found| (found.span.start, found.severity));
    Ok((Checked { path: path.display().to_string(), text, found }, failure))
}

/// What the files say, if the rulebook is to be held against some: those that are named, or its own.
fn observed(
    path: &Path,
    rulebook: &Rulebook,
    as_of: Instant,
    args: &CheckArgs,
    terminal: &Terminal,
) -> Result<Option<ExportsObserved>, CommandFailure> {
    let data = &args.data;
    let names_files = !(data.leads.is_empty() && data.table.is_empty() && data.events.is_empty());
    if !names_files && !args.with_files {
        return Ok(None);
    }
    let inputs = load::inputs(data, path, rulebook)?;
    let options = load::options(data, &[])?;
    let progress = Progress::new(terminal);
    let found = ExportsObserved::read(Plan::new(rulebook, as_of), &inputs, &options, &progress);
    progress.finish();
    let found = found?;
    if found.headers.is_empty() && found.n_leads == 0 && !terminal.quiet {
        say(&format!("{}: the files have no leads, so the rulebook was not checked against them\n", path.display()));
    }
    Ok(Some(found))
}

/// Leaves so many findings, the weightiest, and says how many it took out.
fn cut(files: &mut [Checked], max: usize) -> usize {
    let n_all: usize = files.iter().map(|file| file.found.len()).sum();
    let mut room = max;
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for file in &mut *files {
            file.found.retain(|found| {
                let is_kept = found.severity != severity || room > 0;
                room -= usize::from(is_kept && found.severity == severity);
                is_kept
            });
        }
    }
    n_all - n_all.min(max)
}

fn shown(format: CheckFormat, report: &CheckReport<'_>, color: bool) -> String {
    match format {
        CheckFormat::Text => findings_text(report, color),
        CheckFormat::Short => findings_short(report),
        CheckFormat::Json => format!("{:#}\n", findings_json(report)),
        CheckFormat::Github => findings_github(report),
        CheckFormat::Sarif => format!("{:#}\n", findings_sarif(report)),
        CheckFormat::Junit => findings_junit(report),
    }
}

/// `rules/b2b-saas.yaml: 2 warnings, 1 note`
fn summary(file: &Checked) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (severity, file.count(severity)));
    let told: Vec<String> = counts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(severity, n)| format!("{n} {}{}", severity.name(), if *n == 1 { "" } else { "s" }))
        .collect();
    let told = if told.is_empty() { "no findings".to_owned() } else { told.join(", ") };
    format!("{}: {told}\n", file.path)
}
