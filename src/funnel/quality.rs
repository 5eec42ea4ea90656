//! How well fields are filled, and what could not be used: the run's own counts, without any cell's text.

use super::figures::{count, to_share};
use super::lens::Lens;
use super::questions::Answers;
use super::report::{
    AutomatedEvents, CellIssue, Field, FieldOrigin, Figure, File, MixedCurrencies, Orphans, Quality, RejectCount,
    SourceEvents,
};
use crate::rulebook::{Origin, Rulebook};
use crate::run::{Counts, RejectCode, ScoredLead};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many kinds of orphans are shown.
const MOST_ORPHANS: usize = 50;

/// For each field how many leads have a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Fill {
    n_filled: Vec<u64>,
}

impl Fill {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        Self { n_filled: vec![0; rulebook.fields.len()] }
    }

    /// Adds a lead. What nothing reads is not decoded: its cell counts as filled if it isn't blank.
    pub(super) fn add_lead(&mut self, is_read: &[bool], lead: &ScoredLead<'_, '_>) {
        let fields = &lead.facts.plan.rulebook.fields;
        for (field, (n_filled, is_read)) in self.n_filled.iter_mut().zip(is_read).enumerate() {
            let is_filled = if *is_read {
                lead.facts.has_value(field)
            } else {
                let spec = fields[field].spec();
                spec.zip(lead.cell(field)).is_some_and(|(spec, cell)| !spec.reader.is_blank(&cell))
            };
            *n_filled += u64::from(is_filled);
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.n_filled.iter_mut().zip(&other.n_filled).for_each(|(sum, n)| *sum += n);
    }

    fn report(&self, rulebook: &Rulebook, n_leads: u64) -> Vec<Field> {
        let is_read = fields_read(rulebook);
        let fields = rulebook.fields.iter().enumerate().map(|(index, field)| {
            let is_known = is_read[index] || field.origin == Origin::Leads && field.spec().is_some();
            let n_filled = is_known.then_some(self.n_filled[index]);
            Field {
                name: field.name.clone(),
                origin: match field.origin {
                    Origin::Leads => FieldOrigin::Leads,
                    Origin::Table(table) => FieldOrigin::Table(rulebook.tables[table].name.clone()),
                },
                n_filled,
                filled: match n_filled {
                    Some(n) if n_leads > 0 => Figure::Known { value: to_share(count(n) / count(n_leads)) },
                    _ => Figure::None,
                },
                is_scored: rulebook.missing_fields.contains(&index),
            }
        });
        fields.collect()
    }
}

/// For each field whether anything in the rulebook reads it.
pub(super) fn fields_read(rulebook: &Rulebook) -> Vec<bool> {
    let mut is_read = vec![false; rulebook.fields.len()];
    rulebook.lead_slots.iter().for_each(|(field, _)| is_read[*field] = true);
    is_read
}

/// Everything about the data.
pub(super) fn quality(lens: &Lens<'_>, fill: &Fill, answers: &Answers, counts: &Counts, n_leads: u64) -> Quality {
    let rulebook = lens.rulebook;
    let tables = rulebook.tables.iter().map(|table| table.name.clone());
    Quality {
        files: files(counts),
        n_later_leads: counts.leads.n_later,
        fields: fill.report(rulebook, n_leads),
        issues: issues(counts),
        mixed_currencies: mixed_currencies(rulebook, counts),
        sources: sources(rulebook, counts),
        automated: automated(rulebook, counts),
        orphans: orphans(rulebook, counts),
        unmatched: tables.zip(counts.n_unmatched.iter().copied()).collect(),
        rejects: rejects(counts),
        questions: answers.report(rulebook, &lens.questions),
    }
}

/// A file by its name, with as many of its folders as tell it apart from the other files of the run.
fn file_name(counts: &Counts, path: &Path) -> String {
    let end = |path: &Path, n: usize| -> PathBuf {
        let parts: Vec<_> = path.components().rev().take(n).collect();
        parts.into_iter().rev().collect()
    };
    let others = || counts.files.iter().map(|file| file.path.as_path()).filter(|other| *other != path);
    let is_told = |n: &usize| !others().any(|other| end(other, *n) == end(path, *n));
    let n_parts = (1..path.components().count()).find(is_told);
    n_parts.map_or_else(|| path.to_owned(), |n| end(path, n)).display().to_string()
}

fn files(counts: &Counts) -> Vec<File> {
    let file = |file: &crate::run::FileReport| File {
        role: file.role.to_string(),
        name: file_name(counts, &file.path),
        n_rows: file.n_rows,
        n_rejects: file.n_rejects,
        n_empty: file.n_empty,
        n_padded: file.n_padded,
        n_superseded: file.n_superseded,
    };
    counts.files.iter().map(file).collect()
}

fn issues(counts: &Counts) -> Vec<CellIssue> {
    let issues = counts.issues.iter().map(|((place, field), issues)| CellIssue {
        place: place.to_string(),
        field: field.clone(),
        n_cells: issues.n_cells,
        first: issues.examples.first().map(|first| format!("{}:{}", file_name(counts, &first.file), first.line)),
    });
    issues.collect()
}

fn mixed_currencies(rulebook: &Rulebook, counts: &Counts) -> Vec<MixedCurrencies> {
    let mixed = counts.mixed_currencies(rulebook).into_iter().map(|(field, marks)| MixedCurrencies {
        field: field.name(rulebook).to_owned(),
        marks: marks.iter().map(ToString::to_string).collect(),
    });
    mixed.collect()
}

fn sources(rulebook: &Rulebook, counts: &Counts) -> Vec<SourceEvents> {
    let source = |(source, events): (&crate::rulebook::Source, &crate::run::EventCounts)| SourceEvents {
        source: source.name.clone(),
        n_counted: events.n_counted,
        n_undated: events.n_undated,
        n_orphans: events.n_orphans,
        n_later: events.n_later,
        n_repeats: events.n_repeats,
        n_automated: events.n_automated,
        n_shared: events.n_shared,
    };
    rulebook.sources.iter().zip(&counts.sources).map(source).collect()
}

fn automated(rulebook: &Rulebook, counts: &Counts) -> Vec<AutomatedEvents> {
    let sources = rulebook.sources.iter().zip(&counts.sources);
    let rows = sources.flat_map(|(source, events)| {
        events.automated.iter().map(|((rule, kind), n_events)| AutomatedEvents {
            source: source.name.clone(),
            kind: kind.clone(),
            rule: rule + 1,
            n_events: *n_events,
        })
    });
    rows.collect()
}

fn orphans(rulebook: &Rulebook, counts: &Counts) -> Vec<Orphans> {
    let mut orphans: Vec<Orphans> = Vec::new();
    for (source, events) in rulebook.sources.iter().zip(&counts.sources) {
        for (kind, n_events) in &events.orphans_by_type {
            let kind = match kind.as_str() {
                "" => "(no type)",
                kind if kind.contains('@') => "(an e-mail address)",
                kind => kind,
            };
            orphans.push(Orphans { source: source.name.clone(), kind: kind.to_owned(), n_events: *n_events });
        }
    }
    orphans.sort_by_key(|orphans| std::cmp::Reverse(orphans.n_events));
    orphans.truncate(MOST_ORPHANS);
    orphans
}

fn rejects(counts: &Counts) -> Vec<RejectCount> {
    let mut by_code: BTreeMap<RejectCode, u64> = BTreeMap::new();
    for reject in &counts.rejects {
        *by_code.entry(reject.code).or_default() += 1;
    }
    let count = |(code, n_rows): (RejectCode, u64)| RejectCount { code: code.name(), meaning: code.meaning(), n_rows };
    by_code.into_iter().map(count).collect()
}
