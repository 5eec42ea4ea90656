//! Accounts by stage, for a terminal.

use super::lines;
use crate::funnel::report::{Accounts, Report};
use crate::present::words::{plural, share};
use crate::present::{Block, Cell, Table, Text};

/// Nothing where the rulebook has no accounts.
pub(super) fn accounts(report: &Report) -> Vec<Block> {
    let Some(accounts) = &report.accounts else { return Vec::new() };
    let mut blocks = vec![lines([counted(accounts)])];
    if !accounts.stages.is_empty() {
        let mut table = Table::of_numbers(Text::new(), "account stage", &["accounts", "share", "leads"]);
        for stage in &accounts.stages {
            let share = Cell::Number(share(stage.n_accounts, accounts.n_accounts));
            table.row([Cell::name(&stage.stage), Cell::Count(stage.n_accounts), share, Cell::Count(stage.n_leads)]);
        }
        blocks.push(Block::Table(table));
    }
    blocks
}

fn counted(accounts: &Accounts) -> String {
    let (n_accounts, n_leads) = (plural(accounts.n_accounts, "account"), plural(accounts.n_leads, "lead"));
    let without = match accounts.n_without {
        0 => String::new(),
        n => format!("; {} without an account", plural(n, "lead")),
    };
    format!("{n_accounts} with {n_leads}{without}")
}
