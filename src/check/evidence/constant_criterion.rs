//! A criterion that gives the same to every lead of the files: nothing, or always so much.
//!
//! ## Why
//! What all leads have tells none apart. A criterion that never fires often asks for a value, a type or a combination that
//! doesn't occur; one that always fires only moves every threshold. Where it could only take points away, that nobody lost
//! any may be good news: a note.
//!
//! ## Example
//! ```yaml
//! - { id: named, when: { present: [company] }, points: 5 }       # the form requires it: 5 points for each of 600 leads
//! ```
//!
//! ## What to do
//! Look at the findings about its values and types; else ask whether the criterion is needed.

use super::super::figures::grouped;
use super::super::practice::worth::can_give;
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "LS604",
    name: "constant-criterion",
    severity: Severity::Warning,
    file: include_str!("constant_criterion.rs"),
    find,
};

/// Of fewer leads it says nothing that they have something in common.
const FEWEST_LEADS: u64 = 20;

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed.filter(|observed| observed.n_leads >= FEWEST_LEADS) else { return };
    let n_leads = grouped(observed.n_leads);
    for (criterion, fires) in subject.rulebook.criteria.iter().zip(&observed.criteria) {
        let Some((least, most)) = fires.between.filter(|_| criterion.enabled) else { continue };
        if least != most {
            continue;
        }
        if most.is_zero() {
            let message = format!("`{}` gives 0 to each of {n_leads} leads", criterion.id);
            let finding = findings.add(criterion.span, message);
            if !can_give(subject.rulebook, criterion) {
                finding.weighs(Severity::Note);
            }
        } else {
            let message = format!("`{}` gives {} to each of {n_leads} leads", criterion.id, most.signed());
            findings.add(criterion.span, message).help("what all leads have tells none apart");
        }
    }
}
