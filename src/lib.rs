//! Lead scoring as code: a YAML rulebook scores the leads of CRM and event exports, in parallel, and says why.
//!
//! This page is the front door: what it exports is what the program, the tests, the benches and the fuzz targets share; all else
//! is the crate's own.
//!
//! # The idea: a small compiler
//! A rulebook is compiled. Every criterion kind is sugar that *lowers* to one closed expression language; the engine evaluates
//! that language, and whatever explains, checks or compares rulebooks reads it. A new criterion kind never touches the engine,
//! a new use of the engine never touches the kinds.
//!
//! ```text
//! rulebook.yaml ─► yaml ─► parse, kind ─► Rulebook: Expr, Worth, Tally ─► Plan(as_of): Program, EventProgram, Layout
//!                             └► Diagnostics                                  │
//! tables ─► input ─► rows by key ─┐                                           │
//! leads.csv ─► input ─► index ────┼► events*.csv ─► input ─► Board ◄──────────┤
//!                                 │                            │ close        │
//! leads.csv ─► input ─► truths ───┴─────────────► LeadFacts ◄──┴ Tallies      │
//!                                                     └► ScoreCard ◄──────────┘ ─► funnel, explain ─► output: csv, html, text, json
//! ```
//!
//! # The modules, each knowing only those below it
//! - `output`: results → files for machines, one format a file; JSON is derived from the types.
//! - [`present`]: what people read: one document, made once, and three renderers. The words of each thing are here, once.
//! - `case`: a rulebook's own tests: leads in memory and what is expected of them, coverage, changes that no test notices. Pure.
//! - [`backtest`]: what the scores of past moments foretold: areas, rates, lifts, drift, with intervals that count evidence by
//!   lead. Pure.
//! - `diff`: what a change of the rulebook does to the leads, edit by edit, as a `diff::report::DiffReport`. Pure.
//! - `draft`: exports that were looked into → a first rulebook, each line with what it was guessed from. Pure.
//! - `explain`: one lead's card with the evidence for every number on it: types, from which its JSON is derived, and no words.
//! - `check`: what a rulebook says that it probably doesn't mean: one lint a file. Pure.
//! - `analysis`: what can be said of a rulebook without a lead: bounds of points, what can be unknown, what can be so together.
//! - `preset`: what the headers of well-known exports mean; one data file a flavour. Knows no files.
//! - `accounts`: scored leads by the company that they belong to: what each comes to. Pure.
//! - `funnel`: what all leads came to: conversion, time, value, outcomes by score, as a `funnel::report::Report`. Pure.
//! - `inspect`: a file that nobody has described: how it is written, where its table is, what its columns hold.
//! - `run`: files → `score`: reads tables, leads and events, counts what became of every row, hands scored leads on.
//! - `score`: the engine: conditions over a lead and its tallies become a `score::ScoreCard`, in batches, column by column. Pure.
//!   Its first page explains how.
//! - `input`: bytes → records: encodings, dialects, blocks read in parallel and handed on in order. Knows no leads.
//! - `rulebook`: text → meaning, with everything that is wrong collected; `rulebook::keys` is the one table of the language, from
//!   which the decoder, the JSON Schema and the reference are made. Knows no data.
//! - `value`, `points`, `diagnostic`, `manual`, `digest`: the nouns: cells by type, exact points, findings, what they mean, sums
//!   of files.
//!
//! # Where something new goes
//! - A lint: a file in its family's folder of `check`, which opens with its manual page, and its line in the folder's list. It asks the
//!   rulebook's parts for their places (`rulebook::Place`) and `analysis` for what can be; it walks no tree of its own.
//! - A form of conditions that is no combination of others: `rulebook::expr::Atom`, its parser, its words, its evaluation in `score`
//!   and what `analysis` makes of it. How conditions are joined is in `rulebook::logic` alone.
//! - A kind of derived field: `rulebook::derived::Derivation`, its parser in `rulebook::parse`, what it comes to in `score::derive`, which
//!   leads, tables, events and tests share, and its words in `present::language`.
//! - A fact of an explanation or of tests: its type in `explain` or `case`, its words in `present::language`, its line in
//!   `present::explain` or `present::test`. Whatever form shows it asks the type; nobody looks into a text for what it says.
//! - A number by which one part of a rulebook names another: a line in `rulebook::references`, which readers and renumberers share.
//!
//! # What never happens
//! - A lead's result never depends on other leads, on the order of rows or files, on threads, block size, clock or machine:
//!   tallies are integers that commute, points are exact, and `as_of` comes from outside.
//! - The library never prints, reads the clock or exits; scoring returns values and can't fail.
//! - No row is lost in silence: `run::Counts` adds up, or nothing is written.
//! - No rulebook is half applied: an unknown key, a dropped condition, a name that nothing has are errors, told all at once.
//! - Memory follows leads × event criteria, never the number of events; save those of the types that rules for automated events,
//!   criteria with `count: { per: 24h }`, `returns` or `entered` beside it name, and those that `since: returns` selects where
//!   events say a return.

mod accounts;
mod analysis;
pub mod backtest;
mod case;
mod check;
mod diagnostic;
mod diff;
mod digest;
mod draft;
mod explain;
mod funnel;
mod input;
mod inspect;
mod manual;
mod output;
mod points;
pub mod present;
mod preset;
mod rulebook;
mod run;
mod score;
mod value;

/// The shape of `report.json`: every figure of a run, as plain values.
pub mod report {
    pub use crate::funnel::report::*;
}

// The rulebook, and what can be said of it without leads.
pub use analysis::{Analysis, PointRange};
pub use check::{CheckSubject, ExportsObserved, check, lints, pages as lint_pages};
pub use diagnostic::{Diagnostic, Severity, did_you_mean, nearest};
pub use manual::{ManualPage, SECTIONS as MANUAL_SECTIONS};
pub use rulebook::yaml::{YamlKind, YamlNode, parse as parse_yaml};
pub use rulebook::{
    AccountRules, Criterion, DISQUALIFIED, Dimension, Field, Guard, Limits, Origin, Rulebook, SCORED_COLUMNS, TypeFrom,
    delimiter_named,
};

// A run over files.
pub use digest::{Digest, FileSum, SumBy};
pub use input::{CsvBlock, CsvFile, Delimiter, InputError, LayoutDoubt, Reading, copy_lines};
pub use run::{
    Alarm, Counts, EventCounts, FileReport, FileRole, Inputs, Loaded, MaxRejects, Moves, Options, Presence, Reject,
    RunError, ScoredLead, SharedKeys, SupersededRow, Unwatched, Watch, Watched, WhyNone, alarms, expand,
    exported_results, load,
};
pub use score::{
    Facts, Fate, Plan, PreviousStage, Quantity, ScoreCard, Step, Totals, Trial, TrialEvent, TrialLead, capped,
};

// What is made of scored leads.
pub use accounts::{AccountRow, WatchedAccount};
pub use case::{
    Case, CaseResult, Mutant, Mutation, ReadTests, RulebookReport, TestFile, TestReport, TestedFile, Unread, coverage,
    judge, mutants, pages as test_pages, passes, read_tests, rulebook_named, survivors,
};
pub use diff::report::{DiffCount, DiffReport, EditRow, EffectRow};
pub use diff::{
    Comparison, DiffFindings, DiffLimit, DiffLook, DiffSource, GRAMMAR as LIMIT_GRAMMAR, Mover, Privacy, compose,
    movers, propose as propose_tests,
};
pub use explain::{
    AccountExplanation, CriterionLine, Evidence, Explanation, GroupLine, NearestIds, Shared, Sum, explain,
    explain_account,
};
pub use funnel::{Lens, Observed, measure};

// Exports that nobody has described.
pub use draft::{Draft, Export, Exports, Meaning, draft, likely_roles, slug};
pub use inspect::{DateOrder, FileProfile, Guess, Looking, TableSide, inspect};
pub use preset::{ColumnRole, Preset, Purpose, all as presets, by_name as preset_named};

// Files for machines, and texts of commands.
pub use output::diagnostics::{SourceText, line_column, render, render_short};
pub use output::draft::{DraftShown, draft_cases, draft_summary, draft_yaml, preset_list};
pub use output::schema::{rulebook_schema, test_schema};
pub use output::{
    CheckReport, Checked, Crm, Dialect, EXPLAIN_SCHEMA, Manifest, ManifestFile, Ran, RunEnd, ScoredCsv, ScoredForm,
    Sheet, StepRows, Stepping, accounts_csv, average, can_share_keys, diff_json, explain_account_json, explain_json,
    failed_manifest, findings_github, findings_json, findings_junit, findings_sarif, findings_short, findings_text,
    grouped, handoff_columns, inspect_json, is_metrics, last_success, manifest as manifest_json,
    metrics as metrics_text, proposed_tests, read_manifest, reference, report_json, scored_header, share, test_json,
    test_junit, write_rejects, write_shared_keys,
};

// The nouns.
pub use points::Points;
pub use value::{
    Calendar, CellReader, CurrencyMark, DateReader, Decimal, Instant, InstantSpan, Moment, Number, PHONE_METADATA,
    Percentage, Range, ReadCell, SkipLast, Value, Zone, bucket, parse_date_literal, parse_duration_ms,
};
