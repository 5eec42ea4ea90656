//! `man`: the manual, made of what the commands say of themselves, so that it can't be out of date. Installs nothing.

use super::args::Cli;
use super::exit::{CommandFailure, Exit, print};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use leadscore::did_you_mean;
use std::io;

/// `man`
#[derive(Debug, Args)]
#[command(after_help = "To read it: leadscore man score | man -l -")]
pub(crate) struct ManArgs {
    /// The command to print the page of. Leave it out for the page of the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &ManArgs) -> Result<Exit, CommandFailure> {
    let mut program = Cli::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| no_such(name, &program))?,
    };
    let page = page(command).map_err(|error| CommandFailure::new(Exit::Output, error))?;
    print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let source = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    let mut page = Vec::new();
    Man::new(command).source(source).manual("leadscore manual").render(&mut page)?;
    exit_status().to_writer(&mut page)?;
    Ok(page)
}

fn exit_status() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["EXIT STATUS"]);
    for exit in Exit::ALL {
        section.control("TP", []).text([bold(exit.code().to_string())]).text([roman(exit.meaning())]);
    }
    section
}

fn no_such(name: &str, program: &Command) -> CommandFailure {
    let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    let known = || format!("there are: {}", names.join(", "));
    let help = did_you_mean(name, names.iter().copied()).unwrap_or_else(known);
    CommandFailure::message(Exit::Usage, format!("there is no command `{name}`; {help}"))
}
