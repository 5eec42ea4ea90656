//! Accounts by stage, of the accounts that the leads came to.

use super::lens::Lens;
use super::observed::Observed;
use super::report::{Accounts, AccountsInStage};

/// The accounts by stage; none where the rulebook has no accounts.
pub(super) fn accounts(lens: &Lens<'_>, seen: &Observed) -> Option<Accounts> {
    let rules = lens.rulebook.accounts.as_ref()?;
    let rows = seen.accounts(lens)?;
    let in_stage = |name: &String| AccountsInStage { stage: name.clone(), n_accounts: 0, n_leads: 0 };
    let mut stages: Vec<AccountsInStage> = rules.stages.iter().map(|stage| in_stage(&stage.name)).collect();
    for row in &rows {
        if let Some(stage) = row.stage.and_then(|stage| stages.get_mut(stage)) {
            stage.n_accounts += 1;
            stage.n_leads += row.n_leads;
        }
    }
    let n_leads = rows.iter().map(|row| row.n_leads).sum();
    Some(Accounts { n_accounts: rows.len() as u64, n_leads, n_without: seen.accounts.n_without, stages })
}
