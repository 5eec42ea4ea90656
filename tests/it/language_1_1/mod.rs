//! What version 1.1 adds to the language, a module a part of its page and a test a sentence.

mod accounts;
mod automated;
mod derived;
mod derived_events;
mod derived_tests;
mod entered;
mod events;
mod fade;
mod fields_read;
mod former_ids;
mod funnel_passes;
mod guard;
mod handoff;
mod handoff_words;
mod ids;
mod keys;
mod leave_out;
mod lost_owner_pipeline;
#[cfg(target_os = "linux")]
mod memory;
mod newest;
mod read_differently;
mod response_times;
mod returns;
mod returns_bare;
mod returns_events;
mod returns_shown;
mod rows;
mod rows_whole;
mod since_returns;
mod step_windows;
