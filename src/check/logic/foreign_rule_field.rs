//! A rule for automated events asks for a field that its source does not have.
//!
//! ## Why
//! A rule looks only at events of its own source. If only another source has the field, no event of this one has a value:
//! `same` then looks at no event, and a `where` on it is unknown. The rule sets nothing aside.
//!
//! ## Example
//! ```yaml
//! events:
//!   web: { lead: Id, type: Event, time: At, fields: { campaign: Campaign } }
//!   mail: { lead: Id, type: Event, time: At, automated: [{ event: click, after: sent, within: 15s, same: campaign }] }
//! ```
//!
//! ## What to do
//! Add the field to the source of the rule, or remove it from the rule.

use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::expr::Expr;

pub(super) const LINT: Lint = Lint::warning("LS441", "foreign-rule-field", include_str!("foreign_rule_field.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for source in &rulebook.sources {
        for rule in &source.automated {
            let of_same = rule.same.map(|same| (same, rule.place.at("same")));
            let span = rule.place.at("where");
            let of_where = rule.filter.iter().flat_map(Expr::fields).map(|field| (field, span));
            let is_own = |field: usize| source.fields.iter().any(|(own, _)| *own == field);
            for (field, span) in of_same.into_iter().chain(of_where).filter(|(field, _)| !is_own(field.field)) {
                let name = rulebook.event_field_name(field);
                findings
                    .add(span, format!("events of `{}` have no field `{name}`", source.name))
                    .help("add the field to this source, or remove it from the rule");
            }
        }
    }
}
