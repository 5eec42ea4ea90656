//! What can be asked for: the commands, and the options that several share, with the environment variables that stand for them.
//! Options of a single command stand in that command's file.

use super::{check, completions, describe, diff, explain, init, inspect, man, rule, schema, score, test, verify};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Score the leads in your CRM and event exports with a YAML rulebook, and see why each lead scored what it did.
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
    /// Score all leads and write scored.csv and a report
    Score(score::ScoreArgs),
    /// Show why one lead has its score and stage, and what comes next
    Explain(explain::ExplainArgs),
    /// Draft a first rulebook, with tests, from your export files
    Init(init::InitArgs),
    /// Show how export files are written and what their columns hold
    Inspect(inspect::InspectArgs),
    /// Check rulebooks for errors and likely mistakes
    Check(check::CheckArgs),
    /// Explain a rule of `check`, with an example
    Rule(rule::RuleArgs),
    /// Run rulebook tests (*.test.yaml files)
    Test(test::TestArgs),
    /// Write a rulebook out in plain words, for people to agree on and sign
    Describe(describe::DescribeArgs),
    /// Print the JSON Schema of rulebooks or test files, for your editor
    Schema(schema::SchemaArgs),
    /// Generate shell completions
    Completions(completions::CompletionsArgs),
    /// Print a manual page, to read with `man -l -`
    Man(man::ManArgs),
    /// Check that nobody changed an output folder since its run wrote it
    Verify(verify::VerifyArgs),
    /// Show how a change to the rulebook affects your leads, edit by edit
    Diff(diff::DiffArgs),
}

/// How to talk.
#[derive(Debug, Clone, Args)]
pub(crate) struct Terminal {
    /// Print only errors
    #[arg(short, long, global = true, env = "LEADSCORE_QUIET", value_parser = clap::builder::FalseyValueParser::new())]
    pub quiet: bool,
    /// When to color the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, env = "LEADSCORE_COLOR")]
    pub color: Color,
    /// Format of the messages on standard error; the last JSON object has the exit code and the reason
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, env = "LEADSCORE_LOG_FORMAT")]
    pub log_format: LogFormat,
}

/// How to write to standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
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
    /// The leads file. You can repeat this option or use a glob
    #[arg(long, value_name = "FILE", env = "LEADSCORE_LEADS")]
    pub leads: Vec<PathBuf>,
    /// The file of a table. You can leave out NAME= if the rulebook has only one table
    #[arg(long, value_name = "NAME=FILE", env = "LEADSCORE_TABLE")]
    pub table: Vec<String>,
    /// The file of an event source. You can leave out NAME= if the rulebook has only one source
    #[arg(long, value_name = "NAME=FILE", env = "LEADSCORE_EVENTS")]
    pub events: Vec<String>,
    /// Score as of this date or time: 2026-06-01 (the end of that day) or 2026-06-01T08:00 [default: now]
    #[arg(long, value_name = "DATE", env = "LEADSCORE_AS_OF")]
    pub as_of: Option<String>,
    /// The delimiter of all files: one character, or `tab` [default: detected]
    #[arg(long, value_name = "CHAR", env = "LEADSCORE_DELIMITER")]
    pub delimiter: Option<String>,
    /// The encoding of all files, such as utf-8 or windows-1254 [default: detected]
    #[arg(long, value_name = "NAME", env = "LEADSCORE_ENCODING")]
    pub encoding: Option<String>,
    /// How many rows of a file may be rejected, as a number or a percentage [default: 1% or 10 rows, whichever is more; 0 for a pipe]
    #[arg(long, value_name = "N|P%", env = "LEADSCORE_MAX_REJECTS")]
    pub max_rejects: Option<String>,
    /// The output folder of an earlier run. leadscore compares with it and needs it for `keep_when`
    #[arg(long, value_name = "DIR", env = "LEADSCORE_PREVIOUS")]
    pub previous: Option<PathBuf>,
    /// How many threads to use. The results are the same for any number [default: one per processor]
    #[arg(long, value_name = "N", env = "LEADSCORE_THREADS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// About how many bytes a worker reads at once. The results are the same for any number
    #[arg(long, value_name = "BYTES", env = "LEADSCORE_BLOCK_BYTES", hide = true, default_value_t = 512 << 10)]
    pub block_bytes: usize,
    /// How many rows a worker works on together. The results are the same for any number
    #[arg(long, value_name = "N", env = "LEADSCORE_BATCH_ROWS", hide = true, default_value_t = 1024)]
    pub batch_rows: usize,
}
