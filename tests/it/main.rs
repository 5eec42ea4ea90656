//! The whole program, seen from outside: a module a command or a side of the language.

mod diagnostics;
