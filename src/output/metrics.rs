//! A run in the text format of Prometheus, for the textfile collector of its node exporter.

use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::run::Counts;
use crate::score::Totals;
use std::fmt::Write as _;

/// The last success, which outlives failures: `name value` on a line of its own.
const LAST_SUCCESS: &str = "leadscore_last_success_timestamp_seconds";

/// When a run ended, and how.
#[derive(Clone, Copy, Debug)]
pub struct RunEnd {
    /// Its exit code.
    pub exit: u8,
    /// Seconds since 1970.
    pub ended_s: i64,
    /// How long it took.
    pub duration_ms: u64,
    /// The last success, in seconds since 1970.
    pub last_success_s: Option<i64>,
}

/// The metrics of a run; of one that failed only that it did.
#[must_use]
pub fn metrics(end: &RunEnd, results: Option<(&Rulebook, &Totals, &Counts)>) -> String {
    let mut text = String::new();
    family(
        &mut text,
        "leadscore_exit_code",
        "Exit code of the last run, 0 for success.",
        [(String::new(), end.exit.to_string())],
    );
    family(
        &mut text,
        "leadscore_last_run_timestamp_seconds",
        "When the last run ended.",
        [(String::new(), end.ended_s.to_string())],
    );
    let seconds = format!("{}.{:03}", end.duration_ms / 1000, end.duration_ms % 1000);
    family(&mut text, "leadscore_duration_seconds", "How long the last run took.", [(String::new(), seconds)]);
    let success = end.last_success_s.map(|seconds| (String::new(), seconds.to_string()));
    family(&mut text, LAST_SUCCESS, "When a run last succeeded.", success);
    if let Some((rulebook, totals, counts)) = results {
        of_results(&mut text, rulebook, totals, counts);
    }
    text
}

fn of_results(text: &mut String, rulebook: &Rulebook, totals: &Totals, counts: &Counts) {
    let by_file = |of: fn(&crate::run::FileReport) -> u64| {
        let label = |file: &crate::run::FileReport| {
            labels(&[("role", &file.role.to_string()), ("file", &file.path.display().to_string())])
        };
        counts.files.iter().map(move |file| (label(file), of(file).to_string())).collect::<Vec<_>>()
    };
    family(text, "leadscore_rows", "Data rows read, by file.", by_file(|file| file.n_rows));
    family(text, "leadscore_rejected_rows", "Rows that can't be used, by file.", by_file(|file| file.n_rejects));
    let stages = rulebook
        .stages
        .iter()
        .enumerate()
        .map(|(index, stage)| (stage.name.as_str(), totals.by_stage.get(index).map_or(0, |stage| stage.n_leads)));
    let stages = stages.chain([(DISQUALIFIED, totals.disqualified.n_leads)]);
    let stages = stages.map(|(stage, n_leads)| (labels(&[("stage", stage)]), n_leads.to_string()));
    family(text, "leadscore_leads", "Scored leads, by stage.", stages);
    let newest = rulebook.sources.iter().zip(&counts.sources).filter_map(|(source, counts)| {
        Some((labels(&[("source", &source.name)]), (counts.newest?.ms().div_euclid(1000)).to_string()))
    });
    family(text, "leadscore_newest_event_timestamp_seconds", "The newest event that counts, by source.", newest);
}

/// When a run last succeeded, by an earlier file of metrics.
#[must_use]
pub fn last_success(text: &str) -> Option<i64> {
    let value = text.lines().find_map(|line| line.strip_prefix(LAST_SUCCESS)?.strip_prefix(' '));
    value?.trim().parse().ok()
}

/// Whether a file that starts so holds metrics of a run.
#[must_use]
pub fn is_metrics(start: &[u8]) -> bool {
    start.starts_with(b"# HELP leadscore_")
}

/// A family of gauges; nothing if it has no value.
fn family(text: &mut String, name: &str, help: &str, values: impl IntoIterator<Item = (String, String)>) {
    let mut values = values.into_iter().peekable();
    if values.peek().is_some() {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for (labels, value) in values {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
    }
}

/// `{stage="MQL"}`
fn labels(labels: &[(&str, &str)]) -> String {
    let escaped = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    format!("{{{}}}", labels.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_success_outlives_a_failure() {
        let good = RunEnd { exit: 0, ended_s: 1000, duration_ms: 1234, last_success_s: Some(1000) };
        let text = metrics(&good, None);
        assert!(text.contains("\nleadscore_duration_seconds 1.234\n"), "{text}");
        let bad = RunEnd { exit: 4, ended_s: 2000, duration_ms: 5, last_success_s: last_success(&text) };
        let text = metrics(&bad, None);
        assert!(text.contains("leadscore_exit_code 4\n") && last_success(&text) == Some(1000), "{text}");
        assert_eq!(last_success(""), None);
    }

    #[test]
    fn labels_are_escaped() {
        assert_eq!(labels(&[("stage", "a\"b\\c\nd")]), "{stage=\"a\\\"b\\\\c\\nd\"}");
    }
}
