//! `score`: the main job. Reads everything, scores every lead, puts the output folder in its place in one step, prints what it
//! came to. Whatever happens on the way, the folder holds a complete run.

mod aftermath;
mod files;
mod guard;
mod keep;
mod limits;
mod manifest;
mod twins;
mod work;

use super::apart::check_metrics;
use super::args::{DataArgs, LogFormat, Terminal};
use super::exit::{CommandFailure, Exit, print};
use super::lock::Lock;
use super::place::{OutFolder, cannot_write, is_same};
use super::progress::Progress;
use super::signals::Signals;
use super::staged::{CompleteFile, Staged};
use super::{load, log};
use aftermath::Aftermath;
use clap::{Args, ValueEnum};
use guard::Written;
use leadscore::Dialect;
use leadscore::Plan;
use leadscore::Rulebook;
use leadscore::Severity;
use leadscore::grouped;
use leadscore::present::Ended;
use leadscore::present::dropped_rows;
use leadscore::present::encoding_doubts;
use leadscore::present::summary;
use leadscore::present::terminal as as_text;
use leadscore::{CheckSubject, check};
use leadscore::{FileSum, SumBy};
use leadscore::{Inputs, Options};
use limits::{LimitArgs, RunLimits};
pub(crate) use manifest::ours;
use serde_json::json;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;
use work::{Job, Scored, score_all};

/// The name of the manifest.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The name of what a failed run leaves.
const FAILED: &str = "manifest.failed.json";
/// Where the `scored.csv` of the previous run is kept.
pub(crate) const PREVIOUS: &str = "previous";

/// `score`
#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    /// The rulebook, a YAML file
    #[arg(value_name = "RULEBOOK")]
    pub rulebook: PathBuf,
    /// The files.
    #[command(flatten)]
    pub data: DataArgs,
    /// The output folder. Each run replaces the whole folder, so keep nothing else in it
    #[arg(long, value_name = "DIR", default_value = "out", env = "LEADSCORE_OUT")]
    pub out: PathBuf,
    /// Columns of the leads file to copy into scored.csv, separated by commas. Put a name with a comma in double quotes
    #[arg(long, value_name = "COLUMN", env = "LEADSCORE_KEEP")]
    pub keep: Vec<String>,
    /// Write CSV files for spreadsheets: with a byte order mark, CRLF line ends, and no cell that could run as a formula
    #[arg(long, env = "LEADSCORE_EXCEL", value_parser = clap::builder::FalseyValueParser::new())]
    pub excel: bool,
    /// Which checksums of the input files to put in the manifest. SHA-256 makes a large run slower, by about one sixth
    #[arg(long, value_enum, value_name = "KIND", default_value_t = InputSums::Blake3, env = "LEADSCORE_INPUT_SUMS")]
    pub input_sums: InputSums,
    /// The same as `--input-sums none`, as it was called before there was a choice.
    #[arg(long, env = "LEADSCORE_NO_INPUT_SUMS", value_parser = clap::builder::FalseyValueParser::new(), hide = true)]
    pub no_input_sums: bool,
    /// The limits.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// How long to wait if another run is writing to the same folder, such as 30s or 10min [default: not at all]
    #[arg(long, value_name = "DURATION", env = "LEADSCORE_LOCK_WAIT")]
    pub lock_wait: Option<String>,
    /// Write metrics of the run to this file, for Prometheus, such as leadscore.prom
    #[arg(long, value_name = "FILE", env = "LEADSCORE_METRICS_FILE")]
    pub metrics_file: Option<PathBuf>,
}

/// Which checksums of the input files stand in the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputSums {
    /// What `b3sum` prints; the fastest.
    Blake3,
    /// What `sha256sum` prints.
    Sha256,
    /// No checksums.
    None,
}

impl ScoreArgs {
    /// What the sums of the inputs are taken by, if they are.
    fn sums(&self) -> Option<SumBy> {
        match self.input_sums {
            _ if self.no_input_sums => None,
            InputSums::Blake3 => Some(SumBy::Blake3),
            InputSums::Sha256 => Some(SumBy::Sha256),
            InputSums::None => None,
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &ScoreArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let wait = args.lock_wait.as_deref().map_or(Ok(Duration::ZERO), |text| load::duration("--lock-wait", text))?;
    let limits = RunLimits::new(&args.limits)?;
    args.metrics_file.iter().try_for_each(|path| check_metrics(path))?;
    let place = OutFolder::new(&args.out);
    if let Ok(place) = &place {
        check_apart(place, "--metrics-file ", args.metrics_file.iter())?;
    }
    let aftermath = Aftermath::new(args, terminal, place.as_ref().ok());
    let outcome = place.and_then(|place| {
        let lock = place.lock(wait)?;
        let on_signal = aftermath.clone();
        let signals = Signals::watch(move |exit| on_signal.ended_by_signal(exit));
        let outcome = attempt(args, terminal, &place, &lock, &signals, &limits, &aftermath);
        // A signal takes away the files being written. What fails because they are gone is not how the run ended.
        signals.begin_last_step();
        outcome
    });
    if let Err(failure) = &outcome {
        aftermath.failed(failure.exit(), &failure.reason());
    }
    outcome
}

/// Refuses files that lie in the output folder: it is replaced as a whole, and they would be gone.
fn check_apart<'p>(
    place: &OutFolder,
    what: &str,
    files: impl Iterator<Item = &'p PathBuf>,
) -> Result<(), CommandFailure> {
    let lies_in = |path: &&PathBuf| place.holds(path);
    let Some(path) = files.into_iter().find(lies_in) else { return Ok(()) };
    let (path, out) = (path.display(), place.named.display());
    let message =
        format!("{what}{path} is inside {out}, but the run replaces that whole folder; move it outside {out}");
    Err(CommandFailure::message(Exit::Usage, message))
}

/// The run, with the lock held.
fn attempt(
    args: &ScoreArgs,
    terminal: &Terminal,
    place: &OutFolder,
    lock: &Lock,
    signals: &Signals,
    limits: &RunLimits,
    aftermath: &Aftermath,
) -> Result<Exit, CommandFailure> {
    let texts = Texts::default();
    let (text, rulebook) = texts.rulebook(args, terminal)?;
    keep::check(&rulebook, &keep::columns(&args.keep))?;
    let inputs = load::inputs(&args.data, &args.rulebook, &rulebook)?;
    check_apart(place, "", inputs.all())?;
    place.check_ours(&manifest::ours(&place.folder), MANIFEST)?;
    manifest::check_unmended(place)?;
    let staged = place.stage(lock)?;
    let scored = produce(args, terminal, &rulebook, (inputs, texts), &staged)?;
    limits.check(&scored, Written { path: &args.rulebook, text: &text })?;
    let mut warnings = limits.drifts(&scored);
    warnings.extend(encoding_doubts(&scored.loaded.counts.files));
    warnings.extend(dropped_rows(&scored.loaded.counts.files));
    warnings.extend(due_anew(&scored));
    manifest::write(args, &scored, &warnings, &staged)?;
    staged.sync().map_err(|error| cannot_write(&args.out, &error))?;
    signals.begin_last_step();
    place.put(staged)?;
    aftermath.succeeded(&scored);
    for message in &warnings {
        log::warning(terminal, message);
    }
    tell(args, terminal, &scored)?;
    if let Some(message) = doubts(&args.rulebook, &text, &scored.loaded.plan) {
        log::warning(terminal, &message);
    }
    Ok(Exit::Done)
}

/// That the time of some leads that were handed over before begins anew, because the previous run doesn't say by when they are due.
fn due_anew(scored: &Scored<'_>) -> Option<String> {
    let n = scored.steps.n_due_anew;
    let folder = scored.loaded.previous_run()?.path.parent()?;
    let list = folder.join("handoff.csv");
    let (leads, are) = if n == 1 { ("lead was", "it is") } else { ("leads were", "they are") };
    let n_leads = grouped(n);
    (n > 0).then(|| {
        format!(
            "{n_leads} {leads} handed over before, but {} doesn't say when {are} due; the time to answer starts again with this run",
            list.display()
        )
    })
}

/// That the rulebook, read for sense, has warnings, and where to see them. As of the run's own instant, so that a rerun says the same.
fn doubts(path: &Path, text: &str, plan: &Plan<'_>) -> Option<String> {
    let found = check(&CheckSubject::new(plan.rulebook, text, plan.as_of, None));
    let n_warnings = found.iter().filter(|found| found.severity <= Severity::Warning).count();
    let plural = if n_warnings == 1 { "" } else { "s" };
    let path = path.display();
    (n_warnings > 0).then(|| {
        format!(
            "the rulebook has {n_warnings} warning{plural}; to see {it}, run `leadscore check {path}`",
            it = if n_warnings == 1 { "it" } else { "them" }
        )
    })
}

/// The same run once more, into a folder that is not there yet; every file but the manifest.
pub(super) fn again(args: &ScoreArgs, terminal: &Terminal, folder: &Path) -> Result<Vec<CompleteFile>, CommandFailure> {
    let quiet = Terminal { quiet: true, ..terminal.clone() };
    let texts = Texts::default();
    let (_, rulebook) = texts.rulebook(args, &quiet)?;
    let staged = Staged::make(folder.to_owned(), folder).map_err(|error| cannot_write(folder, &error))?;
    let inputs = load::inputs(&args.data, &args.rulebook, &rulebook)?;
    Ok(produce(args, &quiet, &rulebook, (inputs, texts), &staged)?.written)
}

/// The sums of the rulebook's text and of its list files.
#[derive(Debug, Default)]
struct Texts {
    sums: RefCell<Vec<(PathBuf, FileSum)>>,
}

impl Texts {
    fn rulebook(&self, args: &ScoreArgs, terminal: &Terminal) -> Result<(String, Rulebook), CommandFailure> {
        let note = |path: &Path, bytes: &[u8]| self.sums.borrow_mut().push((path.to_owned(), FileSum::of(bytes)));
        load::rulebook_noting(&args.rulebook, terminal, &note)
    }
}

/// Reads, scores and writes every file but the manifest.
fn produce<'r>(
    args: &ScoreArgs,
    terminal: &Terminal,
    rulebook: &'r Rulebook,
    (inputs, texts): (Inputs, Texts),
    staged: &Staged,
) -> Result<Scored<'r>, CommandFailure> {
    let plan = Plan::new(rulebook, load::as_of(&args.data, rulebook)?).to_the_cap().for_hand_off();
    let mut options = Options { sums: args.sums(), ..load::options(&args.data, &keep::columns(&args.keep))? };
    if is_first_night(args) {
        options.previous = None;
    }
    let as_of = plan.as_of.to_string();
    if !terminal.quiet {
        log::event(terminal, "start", &json!({ "rulebook": args.rulebook.display().to_string(), "as_of": as_of }));
    }
    let progress = Progress::new(terminal);
    let dialect = if args.excel { Dialect::Spreadsheet } else { Dialect::Plain };
    let job = Job { options: &options, dialect, staged, out: &args.out, progress: &progress };
    let outcome = score_all(plan, inputs, texts.sums.into_inner(), &job);
    progress.finish();
    outcome
}

/// Whether the previous run is to be found where this one will stand, and there has been none: a nightly command is the same on
/// its first night.
fn is_first_night(args: &ScoreArgs) -> bool {
    let is_own = args.data.previous.as_ref().is_some_and(|previous| is_same(previous, &args.out));
    is_own && !args.out.join("scored.csv").exists()
}

/// Says what was assumed and what came out.
fn tell(args: &ScoreArgs, terminal: &Terminal, scored: &Scored<'_>) -> Result<(), CommandFailure> {
    let Scored { loaded, totals, report, .. } = scored;
    let rulebook = loaded.plan.rulebook;
    log::files(terminal, &loaded.counts.files);
    if terminal.quiet {
        return Ok(());
    }
    let as_of = load::as_of_label(&args.data, rulebook, loaded.plan.as_of);
    let document = summary(&Ended {
        rulebook,
        as_of: &as_of,
        totals,
        counts: &loaded.counts,
        report,
        n_formulas: if args.excel { 0 } else { scored.n_formulas },
        moves: loaded.previous_run().map(|_| &scored.moves),
    });
    let files = ["scored.csv", "report.html"].map(|name| args.out.join(name).display().to_string());
    if terminal.log_format == LogFormat::Json {
        log::event(terminal, "written", &json!({ "folder": args.out.display().to_string(), "leads": totals.n_leads }));
    }
    print(&format!("{}wrote {}\n", as_text(&document, false), files.join(" and ")))
}
