//! `diff`: what a change of the rulebook does to the leads. Reads the files once for both rulebooks, prints the report, and exits
//! with 1 where a limit is exceeded.

use super::apart::{check_not_read, check_vacant};
use super::args::{DataArgs, Terminal};
use super::exit::{CommandFailure, Exit, print, say};
use super::load;
use super::place::write_whole;
use super::progress::Progress;
use super::proposals;
use super::revision::Revision;
use clap::{Args, ValueEnum};
use leadscore::DiffReport;
use leadscore::Instant;
use leadscore::Plan;
use leadscore::diff_json;
use leadscore::present::Extent;
use leadscore::present::diff;
use leadscore::present::diff_markdown;
use leadscore::present::html;
use leadscore::present::terminal as text;
use leadscore::{
    Comparison, DiffFindings, DiffLimit, DiffLook, DiffSource, LIMIT_GRAMMAR as GRAMMAR, Mover, Privacy, compose,
    movers,
};
use leadscore::{Inputs, Options, Watched, load as load_run};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// `diff`
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The old rulebook: a YAML file, or git:REF:PATH
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The new rulebook: a YAML file, or git:REF:PATH
    #[arg(value_name = "NEW")]
    pub new: String,
    /// The files.
    #[command(flatten)]
    pub data: DataArgs,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, env = "LEADSCORE_FORMAT")]
    pub format: DiffFormat,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", env = "LEADSCORE_OUTPUT")]
    pub output: Option<PathBuf>,
    /// Exit with 1 if this limit is exceeded, such as 'MQL > +10%', 'moved > 500' or 'value < -5%'. You can repeat this option
    #[arg(long, value_name = "LIMIT", env = "LEADSCORE_FAIL_IF")]
    pub fail_if: Vec<String>,
    /// Write tests to this file, made from anonymized typical leads that moved. Reads the data files once more for each lead
    #[arg(long, value_name = "FILE", env = "LEADSCORE_PROPOSE_TESTS", conflicts_with = "previous")]
    pub propose_tests: Option<PathBuf>,
    /// Exit with 1 if any lead changed stage
    #[arg(long, env = "LEADSCORE_EXIT_CODE")]
    pub exit_code: bool,
    /// Show lead ids as they are, and also groups of fewer than five leads
    #[arg(long, env = "LEADSCORE_SHOW_IDS")]
    pub show_ids: bool,
    /// The key to hash lead ids with, so that they are the same in every report [default: made from all lead ids of the run]
    #[arg(long, value_name = "KEY", env = "LEADSCORE_ID_KEY", hide_env_values = true, conflicts_with = "show_ids")]
    pub id_key: Option<String>,
}

/// How to show a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people at a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
    /// One page to send or print.
    Html,
}

/// Runs the command.
pub(super) fn run(args: &DiffArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let (old, new) = (Revision::parse(&args.old)?, Revision::parse(&args.new)?);
    let sources = (old.source(&args.old, terminal)?, new.source(&args.new, terminal)?);
    let mut read = [files_of(&old, &sources.0), files_of(&new, &sources.1)].concat();
    let comparison = Comparison::new(sources.0, sources.1);
    let limits = limits(&args.fail_if, &comparison)?;
    let as_of = load::as_of(&args.data, comparison.new_rulebook())?;
    let inputs = load::inputs(&args.data, new.path(), comparison.new_rulebook())?;
    read.extend(inputs.all().cloned());
    read.extend(args.data.previous.iter().map(|folder| folder.join("scored.csv")));
    args.output.iter().try_for_each(|path| check_not_read("--output", path, &read))?;
    if let Some(path) = &args.propose_tests {
        check_not_read("--propose-tests", path, &read)?;
        check_vacant("--propose-tests", path)?;
    }
    let options = load::options(&args.data, &[])?;
    let progress = Progress::new(terminal);
    let job = DiffRun { comparison: &comparison, as_of, inputs, options, progress: &progress };
    let outcome = job.report(&privacy(args), &limits);
    let (report, movers) = outcome.inspect_err(|_| progress.finish())?;
    let proposed =
        args.propose_tests.as_ref().map(|path| proposals::write_tests(&job, path, new.path(), &movers, &args.data));
    progress.finish();
    proposed.transpose()?;
    let text = shown(args, &report, terminal);
    match &args.output {
        None => print(&text)?,
        Some(path) => write(path, &text)?,
    }
    Ok(verdict(args, &report))
}

/// The files of a rulebook: its own and its lists.
fn files_of(place: &Revision, source: &DiffSource) -> Vec<PathBuf> {
    let folder = load::folder_of(place.path());
    std::iter::once(place.path().to_owned()).chain(source.lists().map(|list| folder.join(list))).collect()
}

fn limits(texts: &[String], comparison: &Comparison) -> Result<Vec<DiffLimit>, CommandFailure> {
    let read = |text: &String| {
        let limit = DiffLimit::parse(text, &comparison.stages())
            .map_err(|why| CommandFailure::message(Exit::Usage, format!("--fail-if '{text}': {why}\n{GRAMMAR}")))?;
        let knows_value = |rulebook: &leadscore::Rulebook| rulebook.value.is_some();
        let both = knows_value(comparison.old_rulebook()) && knows_value(comparison.new_rulebook());
        if limit.is_of_value() && !both {
            let why = "this limit needs `value` in both rulebooks";
            return Err(CommandFailure::message(Exit::Usage, format!("--fail-if '{text}': {why}")));
        }
        Ok(limit)
    };
    texts.iter().map(read).collect()
}

/// At a terminal an analyst sees every group; what is passed on leaves small ones out.
fn privacy(args: &DiffArgs) -> Privacy {
    Privacy { shows_ids: args.show_ids, hides_small_groups: args.format != DiffFormat::Text, key: args.id_key.clone() }
}

fn shown(args: &DiffArgs, report: &DiffReport, terminal: &Terminal) -> String {
    let is_terminal = args.output.is_none() && std::io::stdout().is_terminal();
    match args.format {
        DiffFormat::Text => text(&diff(report, Extent::ALL), load::use_color(terminal, is_terminal)),
        DiffFormat::Markdown => diff_markdown(report),
        DiffFormat::Html => html(&diff(report, Extent::PAGE)),
        DiffFormat::Json => diff_json(report),
    }
}

/// A change looked at on files.
pub(super) struct DiffRun<'c> {
    pub comparison: &'c Comparison,
    pub as_of: Instant,
    inputs: Inputs,
    pub options: Options,
    pub progress: &'c Progress,
}

impl DiffRun<'_> {
    fn report(&self, privacy: &Privacy, limits: &[DiffLimit]) -> Result<(DiffReport, Vec<Mover>), CommandFailure> {
        let comparison = self.comparison;
        let plan = |is_new: bool| {
            let rulebook = if is_new { comparison.new_rulebook() } else { comparison.old_rulebook() };
            Plan::new(rulebook, self.as_of)
        };
        let first = comparison.inputs(&self.inputs, false);
        let mut loaded = load_run(plan(false), &first, &self.options, Watched::Nobody, self.progress)?;
        let new_plan = plan(true);
        let look = DiffLook::new(comparison, [&plan(false), &new_plan], loaded.counts.leads.n_rows);
        let mut found = DiffFindings::default();
        loaded.score(
            &self.options,
            self.progress,
            |part: &mut DiffFindings, lead| look.look(part, lead),
            |part| found.add(part),
        )?;
        drop(loaded);
        if comparison.has_two_readings() {
            let second = comparison.inputs(&self.inputs, true);
            let mut loaded = load_run(plan(true), &second, &self.options, Watched::Nobody, self.progress)?;
            let mut again = DiffFindings::default();
            loaded.score(
                &self.options,
                self.progress,
                |part: &mut DiffFindings, lead| look.look_again(&found, part, lead),
                |part| again.add(part),
            )?;
            found.add(again);
        }
        Ok((compose(&look, &found, self.as_of, privacy, limits), movers(comparison, &found)))
    }
}

/// Writes a file that takes its name only when it is complete.
pub(super) fn write(path: &Path, text: &str) -> Result<(), CommandFailure> {
    write_whole(path, text)
        .map_err(|error| CommandFailure::message(Exit::Output, format!("can't write {}: {error}", path.display())))
}

/// How the command ends: whether a limit is exceeded, or a lead changed stage where none may.
fn verdict(args: &DiffArgs, report: &DiffReport) -> Exit {
    let mut exit = Exit::Done;
    for tripped in &report.tripped {
        say(&format!("exceeded: {} ({})\n", tripped.limit, tripped.found));
        exit = Exit::No;
    }
    if args.exit_code && report.has_moves() {
        say("leads changed stage\n");
        exit = Exit::No;
    }
    exit
}
