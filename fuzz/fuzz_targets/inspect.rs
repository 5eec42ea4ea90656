#![no_main]
//! See `inspect_file` in `targets.rs`.

#[path = "../targets.rs"]
#[allow(dead_code, reason = "each target is one of several")]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::inspect_file(data));
