//! The binary's side: arguments, terminal, one file a command. Loads what a command needs, calls the library, prints what it
//! returns; the only part that prints, reads the clock or exits.

mod apart;
mod args;
mod check;
mod completions;
mod describe;
mod diff;
mod exit;
mod explain;
mod init;
mod inspect;
mod load;
mod lock;
mod log;
mod man;
mod place;
mod progress;
mod proposals;
mod revision;
mod rule;
mod schema;
mod score;
mod signals;
mod staged;
mod test;
mod verify;
mod version;

pub(crate) use args::Cli;
pub(crate) use exit::Exit;
pub(crate) use version::answer as version_answer;

use args::Command;

/// Runs the command that was asked for.
pub(crate) fn run(cli: &Cli) -> Exit {
    // What was asked for holds for everything that is printed, also where it would otherwise be stripped.
    match cli.terminal.color {
        args::Color::Auto => {}
        args::Color::Always => anstream::ColorChoice::Always.write_global(),
        args::Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let outcome = match &cli.command {
        Command::Score(args) => score::run(args, &cli.terminal),
        Command::Explain(args) => explain::run(args, &cli.terminal),
        Command::Check(args) => check::run(args, &cli.terminal),
        Command::Init(args) => init::run(args, &cli.terminal),
        Command::Inspect(args) => inspect::run(args, &cli.terminal),
        Command::Rule(args) => rule::run(args),
        Command::Test(args) => test::run(args, &cli.terminal),
        Command::Describe(args) => describe::run(args, &cli.terminal),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
        Command::Verify(args) => verify::run(args, &cli.terminal),
        Command::Diff(args) => diff::run(args, &cli.terminal),
    };
    match outcome {
        Ok(exit) => {
            log::end(&cli.terminal, exit);
            exit
        }
        Err(failure) => {
            log::failed(&cli.terminal, failure.exit(), &failure.reason());
            failure.exit()
        }
    }
}
