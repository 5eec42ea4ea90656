//! Accounts by stage.

use crate::funnel::report::{Accounts, Report};
use crate::present::words::{grouped, plural, share};
use crate::present::{Cell, Section, Table, Text};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("accounts", "Accounts");
    let Some(accounts) = &report.accounts else { return section };
    section.say(counted(accounts));
    let mut table = Table::of_numbers("Accounts by stage", "Stage", &["Accounts", "Share", "Leads"]);
    for stage in &accounts.stages {
        let share = Cell::Number(share(stage.n_accounts, accounts.n_accounts));
        table.row([Cell::name(&stage.stage), Cell::Count(stage.n_accounts), share, Cell::Count(stage.n_leads)]);
    }
    section.table(table);
    section
}

/// How many there are, and who belongs to none.
fn counted(accounts: &Accounts) -> Text {
    let (n_accounts, n_leads) = (plural(accounts.n_accounts, "account"), plural(accounts.n_leads, "lead"));
    let without = match accounts.n_without {
        0 => String::new(),
        n => format!(
            " {} could be in one, but {} no value that names it.",
            grouped(n),
            if n == 1 { "has" } else { "have" }
        ),
    };
    Text::from(format!("{n_accounts} with {n_leads}.{without} Each account is a row of "))
        .code("accounts.csv")
        .words(".")
}
