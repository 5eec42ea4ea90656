//! A sales stage that depends on points.
//!
//! ## Why
//! Sales accepts a lead, qualifies it or sells to it. Those are facts, and the CRM records them. If you derive such a
//! stage from a score, the funnel report shows work that sales never did.
//!
//! ## Example
//! ```yaml
//! - { name: SQL, when: { score: total, gte: 150 } }
//! ```
//!
//! ## What to do
//! Read what the CRM records: `entered: became_sql`, or a `when` on the answers that sales writes down. A score can
//! only show which leads are *ready* for sales, and that stage is the MQL.

use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::Stage;
use crate::rulebook::expr::Atom;
use crate::value::fold;

pub(super) const LINT: Lint = Lint::warning("LS509", "inferred-sale", include_str!("inferred_sale.rs"), find);

/// Words in the name of a stage that sales enters, not marketing.
const SALES: &str = "sal, sql, customer, customers, client, won, opportunity, deal, proposal, negotiation, kunde, \
                     kunden, cliente, müşteri, klient, fırsat, sales accepted, sales qualified, closed, evangelist";

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let stages = &subject.rulebook.stages;
    let Some(first) = stages.iter().position(is_of_sales) else { return };
    for (index, stage) in stages.iter().enumerate().skip(first) {
        let Some(when) = &stage.when else { continue };
        let judges = when.reads_score() || when.leaves().iter().any(|at| matches!(at.leaf, Atom::Grade(_)));
        if judges {
            let message = if index == first || is_of_sales(stage) {
                format!("sales should record `{}`, but here the score decides it", stage.name)
            } else {
                format!(
                    "`{}` comes after the sales stage `{}`, but here the score decides it",
                    stage.name, stages[first].name
                )
            };
            let span = stage.place.at("when");
            findings
                .add(span, message)
                .help("read what the CRM records, such as `entered: …`, or the answers that sales writes down");
        }
    }
}

fn is_of_sales(stage: &Stage) -> bool {
    let name = fold(&stage.name).replace(|c: char| !c.is_alphanumeric(), " ");
    let name = format!(" {name} ");
    SALES.split(", ").any(|word| name.contains(&format!(" {word} ")))
}
