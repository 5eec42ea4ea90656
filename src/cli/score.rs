//! `score`: the main job. Reads everything, scores every lead, writes the output folder, prints what it came to.

use super::args::{DataArgs, Terminal};
use super::exit::{Exit, Failure, print, say};
use super::load;
use super::progress::Progress;
use clap::Args;
use leadscore::funnel::{Lens, Observed, measure, report::Report};
use leadscore::output::{
    ScoredCsv, assumptions, report_html, report_json, report_markdown, report_text, scored_header, summary,
    write_rejects,
};
use leadscore::rulebook::{Rulebook, SCORED_COLUMNS};
use leadscore::run::{Loaded, Options, Watched, load as load_run};
use leadscore::score::{Plan, Totals};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// `score`
#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    /// The rulebook, a YAML file
    #[arg(value_name = "RULEBOOK")]
    pub rulebook: PathBuf,
    /// The files.
    #[command(flatten)]
    pub data: DataArgs,
    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "out", env = "LEADSCORE_OUT")]
    pub out: PathBuf,
    /// Columns of the leads file to copy into scored.csv, separated by commas
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', env = "LEADSCORE_KEEP")]
    pub keep: Vec<String>,
}

/// A block's share of the results.
#[derive(Default)]
struct Part {
    rows: ScoredCsv,
    totals: Totals,
    seen: Option<Observed>,
}

/// What a run came to.
struct Scored<'r> {
    loaded: Loaded<'r>,
    totals: Totals,
    report: Report,
}

/// Runs the command.
pub(super) fn run(args: &ScoreArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let rulebook = load::rulebook(&args.rulebook, terminal)?;
    check_keep(&rulebook, &args.keep)?;
    let plan = Plan::new(&rulebook, load::as_of(&args.data, &rulebook)?);
    let inputs = load::inputs(&args.data, &args.rulebook, &rulebook)?;
    let options = load::options(&args.data, &args.keep)?;
    let progress = Progress::new(terminal);
    let outcome = score_all(plan, &inputs, &options, &args.out, &progress);
    progress.finish();
    let Scored { loaded, totals, report } = outcome?;
    if !terminal.quiet {
        say(&assumptions(&loaded.counts.files));
        let as_of = load::as_of_label(&args.data, &rulebook, loaded.plan.as_of);
        let text = summary(&rulebook, &totals, &loaded.counts, &as_of);
        let funnel = report_text(&report);
        let files = ["scored.csv", "report.html"].map(|name| args.out.join(name).display().to_string());
        print(&format!("{text}{funnel}wrote {}\n", files.join(" and ")))?;
    }
    Ok(Exit::Done)
}

fn score_all<'r>(
    plan: Plan<'r>,
    inputs: &leadscore::run::Inputs,
    options: &Options,
    out: &Path,
    progress: &Progress,
) -> Result<Scored<'r>, Failure> {
    let mut loaded = load_run(plan, inputs, options, Watched::Nobody, progress)?;
    let rulebook = loaded.plan.rulebook;
    let has_previous = options.previous.is_some();
    let mut file = create(out, "scored.csv")?;
    let mut totals = Totals::default();
    let lens = Lens::new(&loaded.plan, loaded.counts.leads.n_rows);
    let mut seen = Observed::new(&lens);
    let mut written = file.write_all(&ScoredCsv::header(&scored_header(rulebook, has_previous, &options.keep)));
    loaded.score(
        options,
        progress,
        |part: &mut Part, lead| {
            part.rows.lead(lead, has_previous);
            part.totals.add_card(rulebook, lead.card);
            part.seen.get_or_insert_with(|| Observed::new(&lens)).add_lead(&lens, lead);
        },
        |part| {
            totals.add(&part.totals);
            part.seen.iter().for_each(|more| seen.add(&lens, more));
            if written.is_ok() {
                written = file.write_all(&part.rows.into_bytes());
            }
        },
    )?;
    written.map_err(|error| cannot_write(out, &error))?;
    if let Some(imbalance) = loaded.counts.imbalance() {
        return Err(Failure::message(Exit::Input, format!("{imbalance}; nothing was written, please report this")));
    }
    let mut rejects = create(out, "rejects.csv")?;
    write_rejects(&mut rejects, &loaded.counts.rejects).map_err(|error| cannot_write(out, &error))?;
    keep(rejects, out, "rejects.csv")?;
    let report = measure(&lens, &seen, &loaded.counts);
    write_reports(&report, out)?;
    keep(file, out, "scored.csv")?;
    Ok(Scored { loaded, totals, report })
}

/// Turns the report into the text of a file.
type Form = fn(&Report) -> String;

/// The report in each of its forms: one line a form.
fn write_reports(report: &Report, out: &Path) -> Result<(), Failure> {
    let forms: [(&str, Form); 3] =
        [("report.json", report_json), ("report.md", report_markdown), ("report.html", report_html)];
    for (name, form) in forms {
        let mut file = create(out, name)?;
        file.write_all(form(report).as_bytes()).map_err(|error| cannot_write(out, &error))?;
        keep(file, out, name)?;
    }
    Ok(())
}

/// A column of `--keep` may not pass for one of our own.
fn check_keep(rulebook: &Rulebook, keep: &[String]) -> Result<(), Failure> {
    let ours = |name: &&String| {
        SCORED_COLUMNS.contains(&name.as_str()) || rulebook.dimensions.iter().any(|dimension| dimension.name == **name)
    };
    if let Some(name) = keep.iter().find(ours) {
        return Err(Failure::message(
            Exit::Usage,
            format!("--keep {name}: scored.csv has a column of that name already"),
        ));
    }
    let is_again = |(at, name): &(usize, &String)| keep[..*at].contains(name);
    match keep.iter().enumerate().find(is_again) {
        Some((_, name)) => Err(Failure::message(Exit::Usage, format!("--keep {name}: the column is named twice"))),
        None => Ok(()),
    }
}

/// A file that takes its name only when it is complete.
fn create(out: &Path, name: &str) -> Result<BufWriter<NamedTempFile>, Failure> {
    let make = || -> io::Result<NamedTempFile> {
        std::fs::create_dir_all(out)?;
        let prefix = format!(".{name}.");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        // A temporary file is its owner's alone; a result is for whoever the folder and the umask let read it.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(out)
    };
    make().map(|file| BufWriter::with_capacity(1 << 20, file)).map_err(|error| cannot_write(out, &error))
}

fn keep(file: BufWriter<NamedTempFile>, out: &Path, name: &str) -> Result<(), Failure> {
    let file = file.into_inner().map_err(|error| cannot_write(out, error.error()))?;
    file.as_file().sync_all().map_err(|error| cannot_write(out, &error))?;
    file.persist(out.join(name)).map(drop).map_err(|error| cannot_write(out, &error.error))
}

fn cannot_write(out: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            "a file stands where a folder must be".to_owned()
        }
        _ => error.to_string(),
    };
    Failure::message(Exit::Output, format!("can't write to {}: {why}", out.display()))
}
