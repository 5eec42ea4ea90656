//! Accounts by stage.

use serde::Serialize;

/// What the accounts came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Accounts {
    /// How many there are.
    pub n_accounts: u64,
    /// How many leads belong to one.
    pub n_leads: u64,
    /// How many leads could belong to one and don't say to which.
    pub n_without: u64,
    /// By stage, in the order of the rulebook; empty where accounts have no stages.
    pub stages: Vec<AccountsInStage>,
}

/// The accounts of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountsInStage {
    /// The stage.
    pub stage: String,
    /// How many accounts have it.
    pub n_accounts: u64,
    /// How many leads these have.
    pub n_leads: u64,
}
