//! What is noted of an event for whoever explains a lead: each tally's verdict, and the values of its fields.

use super::desk::{Desk, decode};
use super::evidence::Sighting;
use crate::input::Record;
use crate::score::{Cells, Contribution, EventFacts, Fate, Take, Timing, Verdict};
use crate::value::{Instant, Value};
use std::cell::RefCell;
use std::ops::Range;
use std::path::PathBuf;

/// What a tally says of an event.
type Said = (usize, Verdict, Contribution);

impl Desk<'_> {
    /// What each tally that looks at an event's type says of it.
    pub(super) fn verdicts<'t, D: Fn(usize) -> Value<'t>>(
        &self,
        kind: u32,
        time: Instant,
        cells: &Cells<'t, D>,
    ) -> Vec<Said> {
        let plan = self.tallying.plan;
        let facts = EventFacts { cells, as_of: plan.as_of };
        let verdict = |tally| {
            let verdict = plan.verdict(tally, time, &facts);
            let contribution = match verdict {
                Verdict::Selected => plan.contribution(tally, time, cells),
                _ => Contribution::Nothing,
            };
            (tally, verdict, contribution)
        };
        let folded = &*self.kinds[kind].folded;
        let tallies = plan.tallies_for(self.source_index, (!folded.is_empty()).then_some(folded));
        tallies.into_iter().map(verdict).collect()
    }

    /// Notes an event for each watched lead that it belongs to; where it is noted.
    pub(super) fn sight(
        &mut self,
        record: Record<'_>,
        kind: u32,
        time: Option<Instant>,
        leads: &[u32],
        fate: Fate,
        verdicts: &[Said],
    ) -> Range<usize> {
        let start = self.out.sightings.len();
        let (tallying, watching) = (self.tallying, self.tallying.watching);
        if !watching.any(leads) {
            return start..start;
        }
        let values = self.values(record);
        for lead in leads.iter().copied().filter(|lead| watching.includes(*lead)) {
            let after = |&(tally, verdict, contribution): &Said| {
                let of = |(window, time)| Timing::of(time, tallying.index.edges(lead, window));
                let timing = tallying.plan.window_of[tally].zip(time).map_or(Timing::Within, of);
                Take { tally, verdict, contribution, timing }
            };
            self.out.sightings.push(Sighting {
                lead,
                source: self.source_index,
                file: PathBuf::new(),
                line: record.line(),
                kind: self.kinds[kind].written.clone(),
                time,
                fate,
                values: values.clone(),
                takes: verdicts.iter().map(after).collect(),
            });
        }
        start..self.out.sightings.len()
    }

    /// The fields of a row that have a column and a value: others follow from these. What can't be read is noted elsewhere, so that watching changes no count.
    fn values(&self, record: Record<'_>) -> Vec<(usize, Value<'static>)> {
        let issues = RefCell::default();
        let read = |(field, _): &(usize, _)| (*field, decode(self.columns, record, *field, &issues).into_owned());
        self.source.fields.iter().map(read).filter(|(_, value)| !value.is_missing()).collect()
    }
}
