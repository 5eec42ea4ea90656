//! Results for machines, as JSON that ends in a line feed: the types as they are, each shape with its name and version.

use crate::case::TestReport;
use crate::diff::report::DiffReport;
use crate::explain::{AccountExplanation, Explanation};
use crate::funnel::report::Report;
use serde::Serialize;

/// The shape of an explanation. Points are numbers, points of events with up to six decimals; times are RFC 3339 in UTC. Keys
/// never vanish: what there is not is null or an empty list. A key that is added changes neither name nor version.
pub const EXPLAIN_SCHEMA: &str = "leadscore/explain/1";

/// The shape of an account's explanation.
const ACCOUNT_SCHEMA: &str = "leadscore/explain-account/1";

/// The shape of test results.
pub(crate) const TEST_SCHEMA: &str = "leadscore/test/v1";

/// `report.json`. Its shape is [`crate::funnel::report::SCHEMA`]'s.
#[must_use]
pub fn report_json(report: &Report) -> String {
    json(report)
}

/// A change, in the shape of [`crate::diff::report::SCHEMA`].
#[must_use]
pub fn diff_json(report: &DiffReport) -> String {
    json(report)
}

/// An explanation.
#[must_use]
pub fn explain_json(explanation: &Explanation<'_>) -> String {
    json(&Versioned { schema: EXPLAIN_SCHEMA, it: explanation })
}

/// The explanation of an account.
#[must_use]
pub fn explain_account_json(explanation: &AccountExplanation<'_>) -> String {
    json(&Versioned { schema: ACCOUNT_SCHEMA, it: explanation })
}

/// What the tests of rulebooks came to.
#[must_use]
pub fn test_json(report: &TestReport<'_>) -> String {
    #[derive(Serialize)]
    struct CountedTests<'t> {
        tests: usize,
        failed: usize,
        #[serde(flatten)]
        report: &'t TestReport<'t>,
    }
    json(&Versioned {
        schema: TEST_SCHEMA,
        it: &CountedTests { tests: report.n_cases(), failed: report.n_failed(), report },
    })
}

/// A shape that does not say itself what it is.
#[derive(Serialize)]
struct Versioned<'t, T> {
    schema: &'t str,
    #[serde(flatten)]
    it: &'t T,
}

pub(super) fn json<T: Serialize>(it: &T) -> String {
    serde_json::to_string_pretty(it).expect("our types have nothing that JSON can't hold") + "\n"
}
