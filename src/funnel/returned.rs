//! What sales gave back this calendar month and last, by reason. Reasons compare folded and are shown as most often written.

use super::lens::Lens;
use super::report::{GivenBackFor, MonthlyReturns, Months};
use super::segments::{ADDRESSES, NONE, OTHER};
use crate::run::ScoredLead;
use crate::score::Journal;
use crate::value::fold;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// As many reasons as a page lists; the rest is "other".
const MOST_SHOWN: usize = 6;
/// So many reasons are kept apart.
const MOST_KEPT: usize = 1_000;

/// Returns of some leads in the two months.
#[derive(Clone, Debug, Default)]
pub(super) struct ReturnsSeen {
    /// Under the folded reason.
    reasons: BTreeMap<String, Reason>,
    without: Months,
    rest: Months,
}

#[derive(Clone, Debug, Default)]
struct Reason {
    /// How often it is written in which way.
    spellings: BTreeMap<String, u64>,
    n: Months,
}

impl ReturnsSeen {
    /// Adds the returns of a lead.
    pub(super) fn add_lead(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>) {
        // Of most leads there is none, and nothing to look up.
        if lead.card.passes < 2 {
            return;
        }
        let Some(journal) = Journal::of(lead.facts) else { return };
        for (number, one) in journal.returns.iter().enumerate() {
            let Some(month) = lens.months.of_instant(one.moment.at) else { continue };
            let mut n = Months::default();
            n.count(Some(month));
            match journal.reason(number, lead.facts) {
                None => self.without.add(n),
                Some(reason) if reason.contains('@') => self.add_reason(ADDRESSES, &BTreeMap::new(), n),
                Some(reason) => self.add_reason(&fold(&reason), &BTreeMap::from([(reason.clone(), 1)]), n),
            }
        }
    }

    fn add_reason(&mut self, folded: &str, spellings: &BTreeMap<String, u64>, n: Months) {
        if self.reasons.len() >= MOST_KEPT && !self.reasons.contains_key(folded) {
            return self.rest.add(n);
        }
        let known = self.reasons.entry(folded.to_owned()).or_default();
        known.n.add(n);
        for (text, times) in spellings {
            *known.spellings.entry(text.clone()).or_default() += times;
        }
    }

    /// Adds the leads of the next part of the run.
    pub(super) fn add(&mut self, other: &Self) {
        for (folded, reason) in &other.reasons {
            self.add_reason(folded, &reason.spellings, reason.n);
        }
        self.without.add(other.without);
        self.rest.add(other.rest);
    }

    /// What they came to: the most frequent reasons first, then the others together, then returns without one.
    pub(super) fn report(&self) -> MonthlyReturns {
        let mut sorted: Vec<(&String, &Reason)> = self.reasons.iter().collect();
        sorted.sort_by_key(|(folded, reason)| (Reverse(reason.n.this + reason.n.last), *folded));
        let mut n = self.without;
        n.add(self.rest);
        for (_, reason) in &sorted {
            n.add(reason.n);
        }
        let mut other = self.rest;
        for (_, reason) in sorted.iter().skip(MOST_SHOWN) {
            other.add(reason.n);
        }
        let told = sorted.iter().take(MOST_SHOWN).map(|(folded, reason)| (reason.name(folded), reason.n));
        let more = [(OTHER.to_owned(), other), (NONE.to_owned(), self.without)];
        let more = more.into_iter().filter(|(_, n)| *n != Months::default());
        MonthlyReturns { n, reasons: told.chain(more).map(|(reason, n)| GivenBackFor { reason, n }).collect() }
    }
}

impl Reason {
    /// The most frequent spelling; of equally frequent ones the first in byte order.
    fn name(&self, folded: &str) -> String {
        let spellings = self.spellings.iter().map(|(text, n)| (Reverse(n), text.as_str()));
        spellings.min().map_or(folded, |(_, text)| text).to_owned()
    }
}
