//! The `leadscore` program: parse, dispatch, exit code.

#[expect(clippy::disallowed_methods, reason = "the edge reads files and the clock")]
mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(&cli::Cli::parse()).into()
}
