//! The whole program, seen from outside: a module a theme.

#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests write files, run the binary and read what it wrote; nobody calls them"
)]

mod cli;
mod diagnostics;
mod inputs;
mod world;
