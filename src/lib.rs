//! Lead scoring as code: a YAML rulebook scores the leads of CRM and event exports, in parallel, and says why.
//!
//! # The idea: a small compiler
//! A rulebook is compiled. Every criterion kind is sugar that *lowers* to one closed expression language; the engine evaluates
//! that language, and whatever explains, checks or compares rulebooks reads it. A new criterion kind never touches the engine,
//! a new use of the engine never touches the kinds.
//!
//! ```text
//! rulebook.yaml ─► yaml ─► parse, kind ─► Rulebook: Expr, Worth, Tally ─► Plan(as_of)
//!                             └► Diagnostics                                  │
//! tables ─► input ─► rows by key ─┐                                           │
//! leads.csv ─► input ─► index ────┼► events*.csv ─► input ─► Board ◄──────────┤
//!                                 │                            │ close        │
//! leads.csv ─► input ─► Cells ────┴─────────────► LeadFacts ◄──┴ Tallies      │
//!                                                     └► ScoreCard ◄──────────┘ ─► funnel, explain ─► output: csv, html, text, json
//! ```
//!
//! # The modules, each knowing only those below it
//! - [`output`]: results → bytes; owns the serialised shapes, one format a file.
//! - [`case`]: a rulebook's own tests: leads in memory and what is expected of them, coverage, changes that no test notices. Pure.
//! - [`diff`]: what a change of the rulebook does to the leads, edit by edit, as a [`diff::report::DiffReport`]. Pure.
//! - [`draft`]: exports that were looked into → a first rulebook, each line with what it was guessed from. Pure.
//! - [`explain`]: one lead's card with the evidence for every number on it.
//! - [`check`]: what a rulebook says that it probably doesn't mean: one lint a file. Pure.
//! - [`analysis`]: what can be said of a rulebook without a lead: bounds of points, what can be unknown, what can be so together.
//! - [`preset`]: what the headers of well-known exports mean; one data file a flavour. Knows no files.
//! - [`funnel`]: what all leads came to: conversion, time, value, outcomes by score, as a [`funnel::report::Report`]. Pure.
//! - [`inspect`]: a file that nobody has described: how it is written, where its table is, what its columns hold.
//! - [`run`]: files → [`score`]: reads tables, leads and events, counts what became of every row, hands scored leads on.
//! - [`score`]: the engine: conditions over a lead and its tallies become a [`score::ScoreCard`]. Pure.
//! - [`input`]: bytes → records: encodings, dialects, blocks read in parallel and handed on in order. Knows no leads.
//! - [`rulebook`]: text → meaning, with everything that is wrong collected; `rulebook::keys` is the one table of the language, from
//!   which the decoder, the JSON Schema and the reference are made. Knows no data.
//! - [`value`], [`points`], [`diagnostic`], [`manual`], [`digest`]: the nouns: cells by type, exact points, findings, what they mean, sums
//!   of files.
//!
//! # Where something new goes
//! - A lint: a file in its family's folder of [`check`], which opens with its manual page, and its line in the folder's list. It asks the
//!   rulebook's parts for their places ([`rulebook::Place`]) and [`analysis`] for what can be; it walks no tree of its own.
//! - A form of conditions that is no combination of others: [`rulebook::expr::Atom`], its parser, its words, its evaluation in [`score`]
//!   and what [`analysis`] makes of it. How conditions are joined is in [`rulebook::logic`] alone.
//! - A number by which one part of a rulebook names another: a line in `rulebook::references`, which readers and renumberers share.
//!
//! # What never happens
//! - A lead's result never depends on other leads, on the order of rows or files, on threads, block size, clock or machine:
//!   tallies are integers that commute, points are exact, and `as_of` comes from outside.
//! - The library never prints, reads the clock or exits; scoring returns values and can't fail.
//! - No row is lost in silence: [`run::Counts`] adds up, or nothing is written.
//! - No rulebook is half applied: an unknown key, a dropped condition, a name that nothing has are errors, told all at once.
//! - Memory follows leads × event criteria, never the number of events.

pub mod analysis;
pub mod case;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod digest;
pub mod draft;
pub mod explain;
pub mod funnel;
pub mod input;
pub mod inspect;
pub mod manual;
pub mod output;
pub mod points;
pub mod present;
pub mod preset;
pub mod rulebook;
pub mod run;
pub mod score;
pub mod value;
