//! What the rulebook says of the leads against what the CRM says, and what to do about it.

use super::page::Page;
use super::table::Table;
use super::words::{count, name, plural, words};

/// Writes the section.
pub(super) fn write(page: &mut Page) {
    page.definitions(&["crm"]);
    let crm = &page.report.crm;
    let heads: Vec<String> = crm.crm_stages.iter().map(|stage| format!("#{stage}")).collect();
    let header: Vec<&str> = std::iter::once("Rulebook ↓ CRM →").chain(heads.iter().map(String::as_str)).collect();
    let mut table = Table::new("Leads by the rulebook's stage (down) and the CRM's (across)", &header);
    for row in &crm.rows {
        table.row(std::iter::once(name(&row.stage)).chain(row.n_leads.iter().map(|n| count(*n))));
    }
    page.table(&table);
    let told = format!(
        "{} to hand over to sales, {} to recycle.",
        plural(crm.n_hand_over, "lead"),
        plural(crm.n_recycle, "lead")
    );
    page.paragraph(&told);
    let mut steps =
        Table::new("What to do, the largest first", &["Step", "the CRM's stage", "the rulebook's stage", "#leads"]);
    for step in &crm.steps {
        let what = words(step.step.replace('_', " "));
        steps.row([what, name(&step.crm_stage), name(&step.stage), count(step.n_leads)]);
    }
    page.table(&steps);
    let mut reasons = Table::new("Disqualified leads by reason", &["Reason", "#leads"]);
    for (reason, n) in &crm.disqualified {
        reasons.row([name(reason), count(*n)]);
    }
    page.table(&reasons);
}
