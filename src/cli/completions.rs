//! `completions`: the script that makes a shell complete commands and options. Installs nothing.

use super::args::Cli;
use super::exit::{CommandFailure, Exit, print};
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

/// `completions`
#[derive(Debug, Args)]
#[command(after_help = "For bash: leadscore completions bash > ~/.local/share/bash-completion/completions/leadscore")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

/// Runs the command.
pub(super) fn run(args: &CompletionsArgs) -> Result<Exit, CommandFailure> {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
