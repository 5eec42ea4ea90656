//! `rule`: the manual page of a rule, or the list of all.

use super::exit::{CommandFailure, Exit, print};
use clap::Args;
use leadscore::ManualPage;
use leadscore::nearest;
use std::fmt::Write as _;

/// `rule`
#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    /// The code or name of a rule, such as LS201 or unused-field. Leave it out to list all rules
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// The pages of all rules, in order of code.
pub(super) fn pages() -> Vec<ManualPage> {
    let mut pages: Vec<ManualPage> = leadscore::lint_pages().chain(leadscore::test_pages()).collect();
    pages.sort_by_key(|page| page.code);
    pages
}

/// Runs the command.
pub(super) fn run(args: &RuleArgs) -> Result<Exit, CommandFailure> {
    let pages = pages();
    let text = match &args.code {
        None => list(&pages),
        Some(code) => page(&pages, code)?,
    };
    print(&text)?;
    Ok(Exit::Done)
}

/// One line a rule, by family.
fn list(pages: &[ManualPage]) -> String {
    let width = pages.iter().map(|page| page.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for family in pages.chunk_by(|a, b| a.family() == b.family()) {
        let blank = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{blank}{}", family[0].family());
        for page in family {
            let (code, name, severity) = (page.code, page.name, page.severity.name());
            let _ = writeln!(out, "  {code}  {name:width$}  {severity:7}  {}", page.title());
        }
    }
    out
}

fn page(pages: &[ManualPage], wanted: &str) -> Result<String, CommandFailure> {
    let is_it = |page: &&ManualPage| page.code.eq_ignore_ascii_case(wanted) || page.name.eq_ignore_ascii_case(wanted);
    if let Some(page) = pages.iter().find(is_it) {
        return Ok(format!("{} {} ({})\n\n{}", page.code, page.name, page.severity.name(), page.text));
    }
    let names = pages.iter().flat_map(|page| [page.code, page.name]);
    let help = match nearest(wanted, names) {
        Some(near) => format!("did you mean {near}?"),
        None => "`leadscore rule` lists all rules".to_owned(),
    };
    Err(CommandFailure::message(Exit::Usage, format!("no rule is called {wanted}; {help}")))
}
