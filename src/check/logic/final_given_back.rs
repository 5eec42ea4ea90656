//! A last stage that sales gives leads back from.
//!
//! ## Why
//! With `returns`, the last stage of the list is final if it has no `when`: a lead that reached it has left the
//! funnel, and a return after that is none. If sales gives leads back from this stage, nothing undoes it. Such a
//! lead never comes back, is never handed over again, and is never disqualified.
//!
//! ## Example
//! ```yaml
//! returns: { at: recycled_at }
//! stages:
//!   - { name: Lead, entered: created }
//!   - { name: MQL, when: { score: total, gte: 100 }, entered: became_mql }
//!   - { name: SQL, entered: became_sql }
//! ```
//!
//! ## What to do
//! End the list with the stage that nobody gives back, such as `{ name: Customer, entered: { event: deal_won } }`. If the
//! CRM records no such stage, give the last one a `when`: then it is not final.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::fold;

pub(super) const LINT: Lint =
    Lint::warning("LS416", "final-stage-given-back", include_str!("final_given_back.rs"), find);

/// Words in the name of a stage on which sales still works.
const AT_WORK: &str = "mql, pql, sal, sql, mqa, sao, sqo, qualified, accepted, contacted, working, meeting, demo, opportunity, \
                       fırsat, nitelikli, qualifiziert";
/// Words that say that it is over.
const OVER: &str = "won, closed, customer, customers, client, lost";

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let (Some(_), Some(last)) = (&rulebook.returns, rulebook.final_stage()) else { return };
    let stage = &rulebook.stages[last];
    let why = match &stage.recycle_when {
        Some(_) => "`recycle_when` gives leads back from it",
        None if last > 0 && has_word(&stage.name, AT_WORK) && !has_word(&stage.name, OVER) => {
            "its name says that sales still works on it"
        }
        None => return,
    };
    let message =
        format!("`{}` is the last stage and has no `when`, so that no return undoes it; but {why}", stage.name);
    findings
        .add(stage.place.span, message)
        .help("end the list with the stage that nobody gives back, such as a won deal, or give this stage a `when`");
}

fn has_word(name: &str, words: &str) -> bool {
    let name = fold(name).replace(|c: char| !c.is_alphanumeric(), " ");
    words.split(", ").any(|word| name.split(' ').any(|part| part == word))
}
