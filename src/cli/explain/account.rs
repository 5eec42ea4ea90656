//! `explain --account`: one account, with the leads behind each of its scores.

use super::{ExplainArgs, show};
use crate::cli::args::Terminal;
use crate::cli::exit::{CommandFailure, Exit};
use crate::cli::load;
use crate::cli::progress::Progress;
use leadscore::present;
use leadscore::{NearestIds, Plan, Rulebook, Watched, load as load_run};
use leadscore::{WatchedAccount, explain_account, explain_account_json};
use std::fmt::Write as _;

/// A block's share of the search.
#[derive(Default)]
struct BlockSearch<'r> {
    account: Option<WatchedAccount<'r>>,
    nearest: NearestIds,
}

/// Explains the account of that name.
pub(super) fn run(
    args: &ExplainArgs,
    terminal: &Terminal,
    rulebook: &Rulebook,
    name: &str,
) -> Result<Exit, CommandFailure> {
    let Some(watched) = WatchedAccount::new(rulebook, name) else {
        let message = "this rulebook has no accounts; add `accounts: { by: … }` to it";
        return Err(CommandFailure::message(Exit::Usage, message.to_owned()));
    };
    let plan = Plan::new(rulebook, load::as_of(&args.data, rulebook)?);
    let inputs = load::inputs(&args.data, &args.rulebook, rulebook)?;
    let options = load::options(&args.data, &[])?;
    let progress = Progress::new(terminal);
    let mut loaded = load_run(plan, &inputs, &options, Watched::Nobody, &progress)?;
    let (mut found, mut nearest) = (watched.begun(), NearestIds::default());
    let outcome = loaded.score(
        &options,
        &progress,
        |part: &mut BlockSearch<'_>, lead| {
            if let Some(other) = part.account.get_or_insert_with(|| watched.begun()).add_lead(lead) {
                part.nearest.look_at(name, &other);
            }
        },
        |part| {
            part.account.into_iter().for_each(|more| found.add(more));
            nearest.add(part.nearest);
        },
    );
    progress.finish();
    outcome?;
    let Some(explanation) = explain_account(&loaded.plan, &found) else {
        return Err(CommandFailure::message(Exit::No, not_found(name, found.n_apart(), &nearest.into_ids())));
    };
    let document = || present::explain_account(&explanation, args.all);
    show(args.format, terminal, document, || explain_account_json(&explanation))
}

/// Why there is nothing to explain, and what may have been meant.
fn not_found(name: &str, n_apart: u64, nearest: &[String]) -> String {
    if n_apart > 0 {
        let leads = if n_apart == 1 { "the only lead".to_owned() } else { format!("all {n_apart} leads") };
        return format!(
            "{leads} of the account {name} are disqualified or left out by `where`, so there is no such account"
        );
    }
    let mut message = format!("no account has the name or id {name}");
    if !nearest.is_empty() {
        let _ = write!(message, "\n  the nearest accounts are: {}", nearest.join(", "));
    }
    message += "\n  the names and ids are in the column `account` of accounts.csv, which `score` writes";
    message
}
