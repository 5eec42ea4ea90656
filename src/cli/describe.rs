//! `describe`: the rulebook in plain words, for the meeting in which two departments agree on it.

use super::args::Terminal;
use super::exit::{CommandFailure, Exit, print};
use super::{load, log};
use clap::{Args, ValueEnum};
use leadscore::Rulebook;
use leadscore::present::describe;
use leadscore::present::html;
use leadscore::present::markdown;
use leadscore::present::terminal as text;
use leadscore::{TestFile, read_tests};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// `describe`
#[derive(Debug, Args)]
pub(crate) struct DescribeArgs {
    /// The rulebook, a YAML file
    #[arg(value_name = "RULEBOOK")]
    pub rulebook: PathBuf,
    /// The format of the document [default: text on a terminal, otherwise markdown]
    #[arg(long, value_enum, env = "LEADSCORE_FORMAT")]
    pub format: Option<DescribeFormat>,
}

/// How to set a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DescribeFormat {
    /// For a terminal.
    Text,
    /// For a pull request, a chat or a wiki.
    Markdown,
    /// One page to send, print and sign.
    Html,
}

/// Runs the command.
pub(super) fn run(args: &DescribeArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let rulebook = load::rulebook(&args.rulebook, terminal)?;
    let is_terminal = std::io::stdout().is_terminal();
    let usual = if is_terminal { DescribeFormat::Text } else { DescribeFormat::Markdown };
    let tests = tests_beside(&args.rulebook, &rulebook, terminal);
    let document = describe(&rulebook, tests.as_ref());
    print(&match args.format.unwrap_or(usual) {
        DescribeFormat::Text => text(&document, load::use_color(terminal, is_terminal)),
        DescribeFormat::Markdown => markdown(&document),
        DescribeFormat::Html => html(&document),
    })?;
    Ok(Exit::Done)
}

/// The tests in `NAME.test.yaml` beside `NAME.yaml`, for the worked example. Tests that can't be read are `test`'s to tell of;
/// here the example is left out, and it is said why.
fn tests_beside(path: &Path, rulebook: &Rulebook, terminal: &Terminal) -> Option<TestFile> {
    let file = path.with_extension("test.yaml");
    if !file.is_file() {
        return None;
    }
    let text = load::text(&file, "test file").ok();
    let tests = text.and_then(|text| read_tests(&text, rulebook).ok()).map(|tests| tests.file);
    if tests.is_none() {
        let shown = file.display();
        log::warning(
            terminal,
            &format!("{shown} can't be read, so the document has no example; to see why, run `leadscore test {shown}`"),
        );
    }
    tests
}
