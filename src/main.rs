//! The `leadscore` program: parse, dispatch, exit code.

#[expect(clippy::disallowed_methods, reason = "the edge reads files and the clock")]
mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let version = cli::version_answer(std::env::args_os().skip(1));
    version.unwrap_or_else(|| cli::run(&cli::Cli::parse())).into()
}
