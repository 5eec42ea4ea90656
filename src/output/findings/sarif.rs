//! Findings as SARIF 2.1.0, the exchange format of static analysis: code scanning and editors read it.

use super::{CheckReport, Checked, Region, whole_message};
use crate::diagnostic::{Diagnostic, Severity};
use crate::manual::ManualPage;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run with the rules that found something, their manual pages as help, and every finding.
#[must_use]
pub fn findings_sarif(report: &CheckReport<'_>) -> Value {
    let codes: BTreeSet<&str> = report.files.iter().flat_map(|file| &file.found).map(|found| found.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, report.page(code))).collect();
    let results: Vec<Value> =
        report.files.iter().flat_map(|file| file.found.iter().map(|found| result(&codes, file, found))).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "leadscore", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn rule(code: &str, page: Option<&ManualPage>) -> Value {
    let Some(page) = page else { return json!({ "id": code }) };
    json!({
        "id": code,
        "name": page.name,
        "shortDescription": { "text": page.title() },
        "help": { "text": page.text, "markdown": page.text },
        "defaultConfiguration": { "level": level(page.severity) },
        "properties": { "tags": [page.family()] },
    })
}

fn result(codes: &[&str], file: &Checked, found: &Diagnostic) -> Value {
    let Region { line, column, end_line, end_column } = Region::of(file, found);
    json!({
        "ruleId": found.code,
        "ruleIndex": codes.binary_search(&found.code).ok(),
        "level": level(found.severity),
        "message": { "text": whole_message(found) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&file.path) },
                "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
            },
        }],
    })
}

/// A path as a relative reference (an absolute one as `file:`), every other sign by its bytes.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("writing to a String cannot fail");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        let cases = [
            ("rules/b2b-saas.yaml", "rules/b2b-saas.yaml"),
            ("/srv/a b.yaml", "file:///srv/a%20b.yaml"),
            ("rules\\ş:1.yaml", "rules/%C5%9F%3A1.yaml"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected);
        }
    }
}
