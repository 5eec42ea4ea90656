//! `manifest.json`: what ran, on what, with what outcome, so that someone who wasn't there can tell, and `verify` can check.
//!
//! No clock: the same inputs and options give the same manifest. How long a run took stands in the metrics.

use super::passed_over::PassedOver;
use crate::digest::{FileSum, SumBy};
use crate::funnel::report::Accounts;
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::run::{Counts, EventCounts, FileReport, Moves, PreviousRun};
use crate::score::Totals;
use crate::value::Instant;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// The shape of a manifest, counted up when a reader would have to change.
const MANIFEST_SCHEMA: u32 = 2;

/// How a run was asked for.
#[derive(Clone, Debug)]
pub struct Ran<'a> {
    /// The arguments that bring about the same run: the rulebook, every file by name, the instant, the options.
    pub arguments: Vec<String>,
    /// The rulebook as it was named.
    pub rulebook_path: PathBuf,
    /// The rulebook's text and its list files, with their sums.
    pub rulebook_files: Vec<(PathBuf, FileSum)>,
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// The instant of the run.
    pub as_of: Instant,
    /// What became of every row.
    pub counts: &'a Counts,
    /// What the leads came to.
    pub totals: &'a Totals,
    /// What the accounts came to, where the rulebook has accounts.
    pub accounts: Option<&'a Accounts>,
    /// The previous run, and what moved since.
    pub previous: Option<(&'a PreviousRun, &'a Moves)>,
    /// Cells that begin like a formula.
    pub n_formulas: u64,
    /// What someone should know.
    pub warnings: &'a [String],
    /// The files that were written, by name.
    pub outputs: &'a [(String, FileSum)],
}

/// What a manifest says to whoever checks a folder.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub struct Manifest {
    /// Its shape. In 1, the sum of an input was always its SHA-256.
    pub manifest: u32,
    /// The version of `leadscore` that wrote it.
    pub leadscore: String,
    /// The arguments that bring about the same run.
    pub arguments: Vec<String>,
    /// The rulebook.
    #[serde(default)]
    pub rulebook: ManifestRulebook,
    /// The files that were read.
    pub inputs: Vec<ManifestFile>,
    /// The files that were written.
    pub outputs: Vec<ManifestFile>,
    /// The `scored.csv` of the previous run.
    #[serde(default)]
    pub previous: Option<ManifestFile>,
}

/// The rulebook of a manifest.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
pub struct ManifestRulebook {
    /// The rulebook and its list files.
    #[serde(default)]
    pub files: Vec<ManifestFile>,
}

/// A file of a manifest.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub struct ManifestFile {
    /// Its path as it was named, or its name in the folder.
    pub path: String,
    /// Its size in bytes; none where its sum was not taken.
    pub bytes: Option<u64>,
    /// Its BLAKE3, if it was taken; only of inputs.
    #[serde(default)]
    pub blake3: Option<String>,
    /// Its SHA-256, if it was taken; of outputs it always is.
    #[serde(default)]
    pub sha256: Option<String>,
}

impl ManifestFile {
    /// What its sum was taken by, and the sum.
    #[must_use]
    pub fn sum(&self) -> Option<(SumBy, &str)> {
        let sums = [(SumBy::Blake3, &self.blake3), (SumBy::Sha256, &self.sha256)];
        sums.into_iter().find_map(|(by, sum)| Some((by, sum.as_deref()?)))
    }
}

/// Reads a manifest; none if it is no manifest of a version that we know.
#[must_use]
pub fn read_manifest(text: &str) -> Option<Manifest> {
    serde_json::from_str(text).ok().filter(|found: &Manifest| (1..=MANIFEST_SCHEMA).contains(&found.manifest))
}

/// The manifest of a run that came to its end.
#[must_use]
pub fn manifest(ran: &Ran<'_>) -> String {
    let card = &ran.rulebook.card;
    let previous = ran.previous.map(|(run, moves)| previous(run, moves));
    let sources = ran.rulebook.sources.iter().zip(&ran.counts.sources);
    let value = json!({
        "manifest": MANIFEST_SCHEMA,
        "leadscore": env!("CARGO_PKG_VERSION"),
        "exit": 0,
        "reason": "done",
        "as_of": ran.as_of.to_string(),
        "rulebook": {
            "path": ran.rulebook_path.display().to_string(),
            "name": card.name,
            "owner": card.owner,
            "fingerprint": ran.rulebook.fingerprint.to_string(),
            "files": ran.rulebook_files.iter().map(|(path, sum)| file(&path.display().to_string(), Some(*sum))).collect::<Vec<_>>(),
        },
        "arguments": ran.arguments,
        "inputs": ran.counts.files.iter().map(input).collect::<Vec<_>>(),
        "previous": previous,
        "leads": leads(ran),
        "events": sources.map(|(source, counts)| (source.name.clone(), events(counts))).collect::<Map<_, _>>(),
        "stages": stages(ran),
        "accounts": ran.accounts.map(accounts),
        "steps": { "hand_over": ran.totals.n_hand_over, "recycle": ran.totals.n_recycle },
        "cells": {
            "unreadable": ran.counts.issues.values().map(|issues| issues.n_cells).sum::<u64>(),
            "like_a_formula": ran.n_formulas,
        },
        "warnings": ran.warnings,
        "outputs": ran.outputs.iter().map(|(name, sum)| file(name, Some(*sum))).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

/// The manifest of a run that failed, to stand beside the results that are still there.
#[must_use]
pub fn failed_manifest(rulebook: &str, exit: u8, reason: &str) -> String {
    let value = json!({
        "manifest": MANIFEST_SCHEMA,
        "leadscore": env!("CARGO_PKG_VERSION"),
        "exit": exit,
        "reason": reason,
        "rulebook": { "path": rulebook },
    });
    format!("{value:#}\n")
}

fn file(path: &str, sum: Option<FileSum>) -> Value {
    let mut value = json!({ "path": path, "bytes": sum.map(|sum| sum.n_bytes) });
    if let Some(sum) = sum {
        value[sum.by.name()] = json!(sum.hex());
    }
    value
}

/// Of the rows of a file, those above its header and below its data are passed over; the others are its `rows`.
fn input(report: &FileReport) -> Value {
    let mut value = file(&report.path.display().to_string(), report.assumed.sum);
    value["role"] = json!(report.role);
    value["encoding"] = json!(report.assumed.encoding);
    value["delimiter"] = json!(char::from(report.assumed.delimiter).to_string());
    value["compression"] = json!(report.assumed.compression.map(crate::input::Compression::name));
    value["passed_over"] = json!(PassedOver::of(&report.assumed));
    value["rows"] = json!(report.n_rows);
    value["rejects"] = json!(report.n_rejects);
    value["empty"] = json!(report.n_empty);
    value["padded"] = json!(report.n_padded);
    value["superseded"] = json!(report.n_superseded);
    value
}

fn previous(run: &PreviousRun, moves: &Moves) -> Value {
    let mut value = file(&run.path.display().to_string(), run.sum);
    value["leads"] = json!(run.n_leads);
    value["new"] = json!(moves.n_new);
    value["gone"] = json!(moves.n_gone());
    let moved = moves.by_stage.iter().map(|(stage, moved)| {
        let counts = json!({ "entered": moved.n_entered, "left": moved.n_left, "flapped": moved.n_flapped });
        (stage.clone(), counts)
    });
    value["moves"] = Value::Object(moved.collect());
    value
}

/// Of lead rows: scored, later, superseded, rejects and empty add up to rows.
fn leads(ran: &Ran<'_>) -> Value {
    let leads = &ran.counts.leads;
    json!({
        "rows": leads.n_rows,
        "scored": leads.n_scored,
        "later": leads.n_later,
        "superseded": leads.n_superseded,
        "rejects": leads.n_rejects,
        "empty": leads.n_empty,
    })
}

/// Of event rows: rejects, empty and kept add up to rows; counted, undated, orphans, later, repeats and automated add up to events.
fn events(counts: &EventCounts) -> Value {
    json!({
        "rows": counts.n_rows,
        "rejects": counts.n_rejects,
        "empty": counts.n_empty,
        "kept": counts.n_kept,
        "events": counts.n_events,
        "counted": counts.n_counted,
        "undated": counts.n_undated,
        "orphans": counts.n_orphans,
        "later": counts.n_later,
        "repeats": counts.n_repeats,
        "automated": counts.n_automated,
        "automated_by_rule": counts.automated.iter().map(by_rule).collect::<Vec<_>>(),
        "newest": counts.newest.map(|newest| newest.to_string()),
    })
}

/// Rules are numbered from 1.
fn by_rule(((rule, kind), n): (&(usize, String), &u64)) -> Value {
    json!({ "rule": rule + 1, "type": kind, "events": n })
}

/// The stages of accounts add up to accounts, if there are any.
fn accounts(accounts: &Accounts) -> Value {
    let stages = accounts.stages.iter().map(|stage| (stage.stage.clone(), json!(stage.n_accounts)));
    json!({
        "accounts": accounts.n_accounts,
        "leads": accounts.n_leads,
        "without": accounts.n_without,
        "stages": stages.collect::<Map<_, _>>(),
    })
}

fn stages(ran: &Ran<'_>) -> Map<String, Value> {
    let by_stage = ran.rulebook.stages.iter().enumerate().map(|(index, stage)| {
        let n_leads = ran.totals.by_stage.get(index).map_or(0, |stage| stage.n_leads);
        (stage.name.clone(), json!(n_leads))
    });
    by_stage.chain([(DISQUALIFIED.to_owned(), json!(ran.totals.disqualified.n_leads))]).collect()
}
