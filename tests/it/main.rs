//! The integration tests: a module a theme.
