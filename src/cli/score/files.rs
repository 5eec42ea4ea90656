//! The files of the output folder that are written once everything is known: one line a file.

use super::work::Scored;
use leadscore::accounts_csv;
use leadscore::present::html;
use leadscore::present::markdown;
use leadscore::present::report;
use leadscore::{Rulebook, Step};
use leadscore::{can_share_keys, report_json, write_rejects, write_shared_keys};
use std::io::{self, Write};

/// Writes a file; how many of its cells begin like a formula.
type WriteForm = fn(&Scored<'_>, &mut dyn Write) -> io::Result<u64>;

/// The files, by name.
pub(super) const FILES: [(&str, WriteForm); 8] = [
    (ACCOUNTS, accounts),
    ("rejects.csv", |scored, to| write_rejects(to, &scored.loaded.counts.rejects, scored.dialect)),
    (SHARED_KEYS, |scored, to| {
        write_shared_keys(to, scored.loaded.plan.rulebook, &scored.loaded.shared, scored.dialect)
    }),
    ("handoff.csv", |scored, to| {
        text(to, &scored.stepping.file(&scored.steps, Step::HandOver, scored.dialect))?;
        Ok(scored.steps.n_formulas)
    }),
    ("recycle.csv", |scored, to| text(to, &scored.stepping.file(&scored.steps, Step::Recycle, scored.dialect))),
    ("report.json", |scored, to| text(to, report_json(&scored.report).as_bytes())),
    ("report.md", |scored, to| text(to, markdown(&report(&scored.report)).as_bytes())),
    ("report.html", |scored, to| text(to, html(&report(&scored.report)).as_bytes())),
];

/// Which leads share what events name them by.
const SHARED_KEYS: &str = "shared-keys.csv";

/// The companies that leads belong to.
const ACCOUNTS: &str = "accounts.csv";

/// Whether a file is written for a rulebook.
pub(super) fn is_written(name: &str, rulebook: &Rulebook) -> bool {
    match name {
        SHARED_KEYS => can_share_keys(rulebook),
        ACCOUNTS => rulebook.accounts.is_some(),
        _ => true,
    }
}

fn accounts(scored: &Scored<'_>, to: &mut dyn Write) -> io::Result<u64> {
    let rules = scored.loaded.plan.rulebook.accounts.as_ref();
    let Some((rules, rows)) = rules.zip(scored.accounts.as_ref()) else { return Ok(0) };
    let (bytes, n_formulas) = accounts_csv(rules, rows, scored.dialect);
    to.write_all(&bytes)?;
    Ok(n_formulas)
}

/// What a folder holds that was written before there was a manifest.
pub(super) const FIRST_FILES: [&str; 5] = ["scored.csv", "rejects.csv", "report.json", "report.md", "report.html"];

/// Bytes that are ready. What they show of a lead was counted with `scored.csv`.
fn text(to: &mut dyn Write, bytes: &[u8]) -> io::Result<u64> {
    to.write_all(bytes)?;
    Ok(0)
}
