//! leadscore
pub mod diagnostic;
pub mod input;
pub mod output;
pub mod points;
pub mod rulebook;
pub mod run;
pub mod score;
pub mod value;
