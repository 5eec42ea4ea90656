//! Funnel.
pub mod report;
