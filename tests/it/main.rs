//! The whole program, seen from outside: a module a theme.

mod cli;
mod diagnostics;
mod inputs;
mod world;
