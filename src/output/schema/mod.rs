//! What may stand in a rulebook or a test file, as JSON Schema draft-07: for editors, which complete keys, tell their meaning and
//! underline what doesn't fit. The program itself reads by no schema; that both know the same keys is held by a test.

mod conditions;
mod criteria;
mod exports;
mod form;
mod report;
mod rulebook;
mod shape;
mod stages;
mod test_file;
#[cfg(test)]
mod tests;

use serde_json::Value;
use shape::Schema;

/// The schema of rulebooks.
#[must_use]
pub fn rulebook_schema() -> Value {
    all_of_rulebook().into_json("a leadscore rulebook", "rulebook")
}

/// The schema of test files.
#[must_use]
pub fn test_schema() -> Value {
    all_of_test_file().into_json("the tests of a leadscore rulebook", "test_file")
}

fn all_of_rulebook() -> Schema {
    let mut schema = Schema::default();
    rulebook::add(&mut schema);
    exports::add(&mut schema);
    criteria::add(&mut schema);
    conditions::add(&mut schema);
    stages::add(&mut schema);
    report::add(&mut schema);
    schema
}

fn all_of_test_file() -> Schema {
    let mut schema = Schema::default();
    test_file::add(&mut schema);
    schema
}
