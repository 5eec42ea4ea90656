//! `accounts.csv`: a row a company.

use super::sheet::{Dialect, Sheet};
use crate::accounts::AccountRow;
use crate::rulebook::AccountRules;

/// The accounts as a file, and how many of its cells begin like a formula.
#[must_use]
pub fn accounts_csv(rules: &AccountRules, rows: &[AccountRow], dialect: Dialect) -> (Vec<u8>, u64) {
    let mut bytes = Sheet::header(dialect, header(rules));
    let mut sheet = Sheet::new(dialect);
    for row in rows {
        let stage = (!rules.stages.is_empty()).then(|| row.stage.map(|stage| rules.stages[stage].name.as_str()));
        let priority = row.priority.map(|priority| &rules.priorities[priority]);
        let chosen =
            [priority.map(|priority| priority.name.as_str()), priority.and_then(|priority| priority.action.as_deref())];
        let chosen = chosen.into_iter().filter(|_| !rules.priorities.is_empty());
        let mut cells = vec![row.name.clone(), row.n_leads.to_string()];
        cells.extend(row.scores.iter().map(ToString::to_string));
        cells.extend(row.fields.iter().cloned());
        cells.extend(stage.into_iter().chain(chosen).map(|cell| cell.unwrap_or_default().to_owned()));
        cells.push(row.best.join("; "));
        sheet.row(cells);
    }
    let n_formulas = sheet.n_formulas();
    bytes.extend(sheet.into_bytes());
    (bytes, n_formulas)
}

fn header(rules: &AccountRules) -> Vec<&str> {
    let mut names = vec!["account", "leads"];
    names.extend(rules.scores.iter().map(|score| score.name.as_str()));
    names.extend(rules.fields.iter().map(|field| field.name.as_str()));
    names.extend((!rules.stages.is_empty()).then_some("stage"));
    names.extend(["priority", "action"].into_iter().filter(|_| !rules.priorities.is_empty()));
    names.push("best");
    names
}
