//! Accounts: scored leads, gathered by the company that they belong to, in the order of the file.
//!
//! [`AccountsSeen`] is what a run of leads came to and can be added to another, in order; [`AccountsSeen::rows`] turns it into
//! an [`AccountRow`] a company. Pure: no files, no clock, and the same rows for any number of threads. A lead's own result
//! never depends on what is gathered here.

mod gathered;
mod row;
mod watched;

pub(crate) use gathered::AccountsSeen;
pub use row::AccountRow;
pub(crate) use watched::AccountLead;
pub use watched::WatchedAccount;
