//! `schema`: what may stand in a rulebook or a test file, for editors.

use super::exit::{CommandFailure, Exit, print};
use clap::{Args, ValueEnum};
use leadscore::{rulebook_schema, test_schema};

/// `schema`
#[derive(Debug, Args)]
#[command(
    after_help = "For your editor, run: leadscore schema > rulebook.schema.json\nThen write this as the first line of your rulebook:\n\
    # yaml-language-server: $schema=rulebook.schema.json"
)]
pub(crate) struct SchemaArgs {
    /// Which schema to print
    #[arg(value_name = "KIND", value_enum, default_value_t = SchemaOf::Rulebook)]
    pub of: SchemaOf,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// The schema of rulebooks.
    Rulebook,
    /// The schema of test files.
    Test,
}

/// Runs the command.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, CommandFailure> {
    let schema = match args.of {
        SchemaOf::Rulebook => rulebook_schema(),
        SchemaOf::Test => test_schema(),
    };
    print(&format!("{schema:#}\n"))?;
    Ok(Exit::Done)
}
