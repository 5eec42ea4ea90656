//! What can be asked for: the commands, and the options that several share, with the environment variables that stand for them.
//! Options of a single command stand in that command's file.

use super::{check, completions, describe, diff, explain, init, inspect, man, rule, schema, score, test, verify};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Lead scoring as code: a YAML rulebook scores the leads of CRM and event exports, and says why.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to talk.
    #[command(flatten)]
    pub terminal: Terminal,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Score every lead and write scored.csv and rejects.csv
    Score(score::ScoreArgs),
    /// Show how one lead comes to its score, stage and next step
    Explain(explain::ExplainArgs),
    /// Draft a first rulebook from export files, with tests beside it
    Init(init::InitArgs),
    /// Look into export files: how they are written, and what their columns hold
    Inspect(inspect::InspectArgs),
    /// Say what is wrong with rulebooks, or probably not meant
    Check(check::CheckArgs),
    /// Explain a rule of `check`, with an example
    Rule(rule::RuleArgs),
    /// Run the tests of rulebooks, *.test.yaml files
    Test(test::TestArgs),
    /// Put a rulebook in plain words, as a document to agree on and sign
    Describe(describe::DescribeArgs),
    /// Print the JSON Schema of rulebooks or test files, for editors
    Schema(schema::SchemaArgs),
    /// Print what makes a shell complete commands and options at the press of the tab key
    Completions(completions::CompletionsArgs),
    /// Print a page of the manual, for `man -l -`
    Man(man::ManArgs),
    /// Check that an output folder is what its run wrote
    Verify(verify::VerifyArgs),
    /// Show what a change of the rulebook does to the leads, edit by edit
    Diff(diff::DiffArgs),
}

/// How to talk.
#[derive(Debug, Clone, Args)]
pub(crate) struct Terminal {
    /// Print nothing but errors
    #[arg(short, long, global = true, env = "LEADSCORE_QUIET", value_parser = clap::builder::FalseyValueParser::new())]
    pub quiet: bool,
    /// Color the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, env = "LEADSCORE_COLOR")]
    pub color: Color,
    /// How to write to standard error: for people, or one JSON object a line, the last with exit code and reason
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, env = "LEADSCORE_LOG_FORMAT")]
    pub log_format: LogFormat,
}

/// How to write to standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The files that a rulebook scores, and how to read them.
#[derive(Debug, Args)]
pub(crate) struct DataArgs {
    /// The leads file; may be given several times and may be a glob
    #[arg(long, value_name = "FILE", env = "LEADSCORE_LEADS")]
    pub leads: Vec<PathBuf>,
    /// A table's file, as NAME=FILE (NAME= may be left out where the rulebook has one table)
    #[arg(long, value_name = "NAME=FILE", env = "LEADSCORE_TABLE")]
    pub table: Vec<String>,
    /// An event source's file, as NAME=FILE (NAME= may be left out where the rulebook has one source)
    #[arg(long, value_name = "NAME=FILE", env = "LEADSCORE_EVENTS")]
    pub events: Vec<String>,
    /// The instant to score at: 2026-06-01 (the end of that day) or 2026-06-01T08:00; default: now
    #[arg(long, value_name = "DATE", env = "LEADSCORE_AS_OF")]
    pub as_of: Option<String>,
    /// The delimiter of all files, in place of the recognised one: a character or `tab`
    #[arg(long, value_name = "CHAR", env = "LEADSCORE_DELIMITER")]
    pub delimiter: Option<String>,
    /// The encoding of all files, in place of the recognised one: utf-8, windows-1254, …
    #[arg(long, value_name = "NAME", env = "LEADSCORE_ENCODING")]
    pub encoding: Option<String>,
    /// How many rows of a file may be unusable: a number or a percentage; default: 1% or 10 rows, whichever is more, and none of a
    /// pipe
    #[arg(long, value_name = "N|P%", env = "LEADSCORE_MAX_REJECTS")]
    pub max_rejects: Option<String>,
    /// The output folder of an earlier run, to compare with and to honour `keep_when`
    #[arg(long, value_name = "DIR", env = "LEADSCORE_PREVIOUS")]
    pub previous: Option<PathBuf>,
    /// How many threads to use; default: one a processor. Results are the same for any number
    #[arg(long, value_name = "N", env = "LEADSCORE_THREADS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// About how many bytes a worker reads at once; results are the same for any number
    #[arg(long, value_name = "BYTES", env = "LEADSCORE_BLOCK_BYTES", hide = true, default_value_t = 512 << 10)]
    pub block_bytes: usize,
}
