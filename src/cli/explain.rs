//! `explain`: one lead's card, whole. Runs the whole engine with that lead watched, and says who else was meant where there is
//! no such lead.

mod account;

use super::args::{DataArgs, Terminal};
use super::exit::{CommandFailure, Exit, print};
use super::load;
use super::progress::Progress;
use clap::{Args, ValueEnum};
use leadscore::Plan;
use leadscore::Rulebook;
use leadscore::explain_json;
use leadscore::present;
use leadscore::{Counts, FileRole, Inputs, Loaded, Options, Presence, Watched, load as load_run};
use leadscore::{Explanation, NearestIds, explain};
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// `explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rulebook, a YAML file
    #[arg(value_name = "RULEBOOK")]
    pub rulebook: PathBuf,
    /// The files.
    #[command(flatten)]
    pub data: DataArgs,
    /// The lead's id
    #[arg(value_name = "ID", required_unless_present = "account", conflicts_with = "account")]
    pub id: Option<String>,
    /// Explain an account instead: its name or id, as in the column `account` of accounts.csv
    #[arg(long, value_name = "ID", env = "LEADSCORE_ACCOUNT")]
    pub account: Option<String>,
    /// The format of the explanation
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, env = "LEADSCORE_FORMAT")]
    pub format: ExplainFormat,
    /// Show all evidence: every event, and also the criteria that gave no points
    #[arg(long, env = "LEADSCORE_ALL")]
    pub all: bool,
}

/// How to show an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people at a terminal.
    Text,
    /// For a wiki, a ticket or a chat.
    Markdown,
    /// A web page.
    Html,
    /// For programs.
    Json,
}

/// A block's share of the search.
#[derive(Default)]
struct BlockSearch<'r> {
    explanation: Option<Explanation<'r>>,
    nearest: NearestIds,
}

/// Runs the command.
pub(super) fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let rulebook = load::rulebook(&args.rulebook, terminal)?;
    if let Some(account) = &args.account {
        return account::run(args, terminal, &rulebook, account.trim());
    }
    let id = args.id.as_deref().unwrap_or_default().trim();
    let plan = Plan::new(&rulebook, load::as_of(&args.data, &rulebook)?);
    let inputs = load::inputs(&args.data, &args.rulebook, &rulebook)?;
    let options = load::options(&args.data, &[])?;
    let progress = Progress::new(terminal);
    let found = search(plan, &inputs, &options, id, &progress);
    progress.finish();
    let (part, loaded) = found?;
    let Some(explanation) = part.explanation else {
        return Err(CommandFailure::message(Exit::No, not_found(&rulebook, id, &loaded, &part.nearest.into_ids())));
    };
    show(args.format, terminal, || present::explain(&explanation, args.all), || explain_json(&explanation))
}

/// Prints an explanation in the format that was asked for.
fn show(
    format: ExplainFormat,
    terminal: &Terminal,
    document: impl FnOnce() -> present::Document,
    json: impl FnOnce() -> String,
) -> Result<Exit, CommandFailure> {
    print(&match format {
        ExplainFormat::Text => {
            present::terminal(&document(), load::use_color(terminal, std::io::stdout().is_terminal()))
        }
        ExplainFormat::Markdown => present::markdown(&document()),
        ExplainFormat::Html => present::html(&document()),
        ExplainFormat::Json => json(),
    })?;
    Ok(Exit::Done)
}

/// The explanation, or the nearest ids.
fn search<'r>(
    plan: Plan<'r>,
    inputs: &Inputs,
    options: &Options,
    id: &str,
    progress: &Progress,
) -> Result<(BlockSearch<'r>, Loaded<'r>), CommandFailure> {
    let mut loaded = load_run(plan, inputs, options, Watched::Lead(id), progress)?;
    let mut found = BlockSearch::default();
    let (rulebook, presence) = (loaded.plan.rulebook, loaded.presence);
    let sightings = std::mem::take(&mut loaded.sightings);
    loaded.score(
        options,
        progress,
        |part: &mut BlockSearch<'r>, lead| match presence {
            Some(Presence::Scored(number)) if lead.number == number => {
                part.explanation = Some(explain(rulebook, lead, sightings.of(number)));
            }
            Some(Presence::Absent) => part.nearest.look_at(id, &lead.id),
            _ => {}
        },
        |part| {
            found.explanation = part.explanation.or(found.explanation.take());
            found.nearest.add(part.nearest);
        },
    )?;
    if let (Some(explanation), Some(Presence::Scored(number))) = (&mut found.explanation, presence) {
        explanation.add_rows(rulebook, (id, number), &loaded);
    }
    Ok((found, loaded))
}

/// Why there is nothing to explain, and what may have been meant.
fn not_found(rulebook: &Rulebook, id: &str, loaded: &Loaded<'_>, nearest: &[String]) -> String {
    if loaded.presence == Some(Presence::Later) {
        let as_of = loaded.plan.as_of;
        return format!("the lead {id} was created after {as_of}, so it has no score yet; use a later --as-of");
    }
    let mut message = format!("no lead has the id {id}");
    for (place, why) in rejected_rows(&loaded.counts, id) {
        let _ = write!(message, "\n  a row with this id was rejected: {place}: {why}");
    }
    if !nearest.is_empty() {
        let _ = write!(message, "\n  the nearest ids are: {}", nearest.join(", "));
    }
    let header = rulebook.leads.id.joined("` or `");
    let _ = write!(message, "\n  the ids are in the column `{header}` of the leads file");
    message
}

/// Rejected rows of the leads files in which a cell is the id.
fn rejected_rows(counts: &Counts, id: &str) -> Vec<(String, &'static str)> {
    let is_leads = |path: &Path| counts.files.iter().any(|file| file.role == FileRole::Leads && file.path == path);
    let names = |raw: &str| raw.split([',', ';', '\t', '|']).any(|cell| cell.trim().trim_matches('"').trim() == id);
    let rejects = counts.rejects.iter().filter(|reject| is_leads(&reject.file) && names(&reject.raw));
    rejects.map(|reject| (format!("{}:{}", reject.file.display(), reject.line), reject.code.meaning())).collect()
}
