//! A sales stage that follows from points.
//!
//! ## Why
//! That sales accepted a lead, found it qualified or sold to it are facts: somebody did it, and the CRM has it. A stage of
//! that name that is inferred from a score tells the funnel report of sales that nobody made, and sales of leads that
//! nobody looked at.
//!
//! ## Example
//! ```yaml
//! - { name: SQL, when: { score: total, gte: 150 } }
//! ```
//!
//! ## What to do
//! Read what the CRM says: `entered: became_sql`, or a `when` over the answers that sales writes down. What points can
//! tell is who is *ready* for sales: that is the MQL.

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
                format!("`{}` is for sales to say, and here points say it", stage.name)
            } else {
                format!("`{}` comes after the sales stage `{}`, and here points say it", stage.name, stages[first].name)
            };
            let span = stage.place.at("when");
            findings.add(span, message).help("read what the CRM has: `entered: …`, or answers that sales writes down");
        }
    }
}

fn is_of_sales(stage: &Stage) -> bool {
    let name = fold(&stage.name).replace(|c: char| !c.is_alphanumeric(), " ");
    let name = format!(" {name} ");
    SALES.split(", ").any(|word| name.contains(&format!(" {word} ")))
}
