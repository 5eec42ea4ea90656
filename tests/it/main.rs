//! The integration tests, a module a theme: the language page sentence by sentence, each test named by what it holds, and the
//! program seen from outside.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests write files, run the binary and read what it wrote; nobody calls them"
)]

mod architecture;
mod book;
mod bounds;
mod cards;
mod check;
mod claims;
mod cli;
mod columns;
mod conditions;
mod crash;
mod criteria;
mod describe;
mod diagnostics;
mod dialects;
mod diff;
mod drafts;
mod events;
mod explain;
mod exports;
mod funnel;
mod funnel_value;
mod fuzz;
mod hints;
mod hints_places;
mod html;
mod in_memory;
mod init;
mod input_sums;
mod inputs;
mod inspect;
mod invariants;
mod journeys;
mod language;
mod language_1_1;
mod lints;
#[path = "../../benches/sample/mod.rs"]
mod made_sample;
mod manual;
mod night;
mod night_odd;
mod outline;
mod people;
#[cfg(unix)]
mod pipe;
mod product;
mod rows;
mod rule_tests;
mod sales;
mod sample_data;
mod sample_journeys;
mod samples;
mod schema;
mod scores;
mod stages;
mod tables;
mod trial;
mod values;
mod whole;
mod words;
mod world;
