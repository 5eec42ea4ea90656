//! Accounts by the domain of an e-mail address, with nothing that leaves out free mail.
//!
//! ## Why
//! Everybody with an address at a free mail service has the same domain. All these people become one account, usually the
//! largest one, with a sum of scores that no company has.
//!
//! ## Example
//! ```yaml
//! accounts: { by: email.domain, scores: { engagement: { sum: engagement } } }
//! ```
//!
//! ## What to do
//! Leave those domains out with `where`, for example by a list: `where: { field: email.domain, not_in: { list: free-mail } }`.

use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::expr::Expr;
use crate::value::Part;

pub(super) const LINT: Lint =
    Lint::warning("LS453", "account-of-free-mail", include_str!("account_of_free_mail.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(rules) = &subject.rulebook.accounts else { return };
    let is_asked = rules.only.iter().flat_map(Expr::fields).any(|read| read.field == rules.by.field);
    if rules.by.part == Part::Domain && !is_asked {
        let name = subject.rulebook.field_name(rules.by);
        let message = format!("all leads with a free mail address become one account by `{name}`");
        let help = format!("leave them out: `where: {{ field: {name}, not_in: {{ list: free-mail }} }}`");
        findings.add(rules.by_span, message).help(help);
    }
}
