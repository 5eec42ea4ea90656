//! What sales gave back this calendar month and last, by reason.

use super::lens::Lens;
use super::report::{GivenBackFor, MonthlyReturns, Months};
use super::segments::{Segments, Summed};
use crate::run::ScoredLead;
use crate::score::Journal;

/// Returns of some leads in the two months.
#[derive(Clone, Debug)]
pub(super) struct ReturnsSeen(Segments<Months>);

impl ReturnsSeen {
    pub(super) fn new() -> Self {
        Self(Segments::new(Months::default()))
    }

    /// Adds the returns of a lead, whichever of its passes count elsewhere.
    pub(super) fn add_lead(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, journal: &Journal) {
        for (number, one) in journal.returns.iter().enumerate() {
            if let Some(month) = lens.months.of_instant(one.moment.at) {
                let reason = journal.reason(number, lead.facts);
                self.0.of_text(reason.as_deref()).count(Some(month));
            }
        }
    }

    /// Adds the leads of the next part of the run.
    pub(super) fn add(&mut self, other: &Self) {
        self.0.add(&other.0);
    }

    /// What they came to: the most frequent reasons first, then the others together, then returns without one.
    pub(super) fn report(&self) -> MonthlyReturns {
        let (shown, _) = self.0.shown();
        let mut n = Months::default();
        for (_, months) in &shown {
            n.add_sums(months);
        }
        MonthlyReturns { n, reasons: shown.into_iter().map(|(reason, n)| GivenBackFor { reason, n }).collect() }
    }
}

impl Summed for Months {
    fn add_sums(&mut self, other: &Self) {
        self.this += other.this;
        self.last += other.last;
    }

    fn size(&self) -> u64 {
        self.this + self.last
    }
}
