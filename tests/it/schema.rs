//! The schemas that editors use: good rulebooks fit them, typical mistakes don't, and the files beside the rulebooks are those
//! that the program prints.

#[cfg(feature = "schema-tests")]
mod fits;

use crate::world::rules;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

#[test]
fn the_files_beside_the_rulebooks_are_what_the_program_prints() {
    for (args, file) in [(&["schema"][..], "rulebook.schema.json"), (&["schema", "test"], "test.schema.json")] {
        let printed = rules("").command(args);
        assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
        let path = folder().join(file);
        if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
            std::fs::write(&path, &printed.stdout).expect("it can be written");
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(stored == printed.stdout, "rules/{file} is out of date: leadscore {} > rules/{file}", args.join(" "));
    }
    assert_eq!(rules("").command(&["schema", "rulebok"]).code, Some(2));
}
