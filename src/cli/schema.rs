//! `schema`: what may stand in a rulebook or a test file, for editors.

use super::exit::{Exit, Failure, print};
use clap::{Args, ValueEnum};
use leadscore::{rulebook_schema, test_schema};

/// `schema`
#[derive(Debug, Args)]
#[command(
    after_help = "For an editor: leadscore schema > rulebook.schema.json, and as the first line of the rulebook\n\
    # yaml-language-server: $schema=rulebook.schema.json"
)]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_name = "KIND", value_enum, default_value_t = Of::Rulebook)]
    pub of: Of,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// Rulebooks.
    Rulebook,
    /// Test files.
    Test,
}

/// Runs the command.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Failure> {
    let schema = match args.of {
        Of::Rulebook => rulebook_schema(),
        Of::Test => test_schema(),
    };
    print(&format!("{schema:#}\n"))?;
    Ok(Exit::Done)
}
