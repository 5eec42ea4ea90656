//! What a hand-off list wants to know of a lead beside its score: the last three things that it did, and to the minute when each
//! criterion counted an event last. Kept only where a plan says that such a list is written.

use super::board::{Shard, row_of, shard_of};
use super::changes::CommonChange;
use super::facts::LeadFacts;
use super::measure::{TallyShape, is_common};
use super::plan::Plan;
use super::tallies::Tallies;
use crate::rulebook::expr::{Arm, Count, EventPoints, Measure, Term, Types, Worth};
use crate::rulebook::{Criterion, Rulebook};
use crate::value::Instant;
use crate::value::duration::MINUTE_MS;
use foldhash::HashMap;
use std::cmp::Ordering;
use std::sync::{PoisonError, RwLock};

/// How many of a lead's events are kept.
const N_LAST: usize = 3;

/// Whether an event is the lead's doing and, where that is kept, what it did: a number of [`DoingNames`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Doing(u32);

impl Doing {
    /// It is our own doing.
    pub(crate) const NOT_THE_LEADS: Self = Self(0);
    /// It is the lead's, and nobody asks what it was.
    pub(crate) const ANYTHING: Self = Self(1);
    /// The first that has a name.
    const FIRST: u32 = 2;

    /// Whether it is the lead's.
    #[inline]
    pub(crate) fn is_the_leads(self) -> bool {
        self != Self::NOT_THE_LEADS
    }
}

/// What a lead did: of several at one instant the smaller one comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DoingName {
    /// Index into [`Rulebook::sources`].
    pub source: usize,
    /// The type, as the rulebook writes it where it does, else as the file does; empty if the event has none.
    pub kind: String,
}

/// What leads did, by number. Numbers are given as events come in, so nothing may hang on which is the smaller one.
#[derive(Debug, Default)]
pub(super) struct DoingNames {
    names: Vec<DoingName>,
    by_name: HashMap<DoingName, u32>,
}

impl DoingNames {
    fn number(&mut self, name: DoingName) -> Doing {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX).saturating_add(Doing::FIRST);
        let number = *self.by_name.entry(name.clone()).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        Doing(number)
    }

    fn of(&self, doing: Doing) -> Option<&DoingName> {
        self.names.get(doing.0.checked_sub(Doing::FIRST)? as usize)
    }
}

/// What leads did, while events come in.
#[derive(Debug, Default)]
pub(super) struct Doings(RwLock<DoingNames>);

impl Doings {
    /// What an event of a source is to the lead: its type folded, and as it stands in the file.
    pub(super) fn doing(&self, plan: &Plan<'_>, source: usize, folded: &str, written: &str) -> Doing {
        match plan.is_engagement((!folded.is_empty()).then_some(folded)) {
            false => Doing::NOT_THE_LEADS,
            true if !plan.hands_off => Doing::ANYTHING,
            true => {
                let kind = plan.rulebook.type_mentioned(folded).unwrap_or(written).to_owned();
                self.0.write().unwrap_or_else(PoisonError::into_inner).number(DoingName { source, kind })
            }
        }
    }

    /// Which of two things done at one instant comes first.
    fn order(&self, one: Doing, other: Doing) -> Ordering {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        names.of(one).cmp(&names.of(other))
    }

    /// Those that have been named so far.
    pub(super) fn named(names: DoingNames) -> Self {
        Self(RwLock::new(names))
    }

    pub(super) fn into_names(self) -> DoingNames {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The last things that a lead did, newest first, in half of what memory hands over at once: three words begin with a time and end
/// with the first bits of what was done; the other bits of that stand side by side in the fourth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(32))]
pub(super) struct LastDoings([u64; N_LAST + 1]);

/// How many bits of what was done stand beside its time. A time that can be read needs no more than the others.
const NEAR_BITS: u32 = 15;
/// How many bits of the fourth word there are for each.
const FAR_BITS: u32 = 21;

/// A time in milliseconds as these words begin with it: from 1 on, because 0 is none.
#[inline]
fn time_bits(time: i64) -> u64 {
    time.saturating_sub(Instant::FIRST.ms() - 1).max(1).cast_unsigned() << NEAR_BITS
}

impl LastDoings {
    /// Before any event.
    pub(super) const NONE: Self = Self([0; N_LAST + 1]);

    /// The thing at a place, and when it was done.
    fn get(self, at: usize) -> Option<(Instant, Doing)> {
        let near = self.0[at];
        let far = self.0[N_LAST] >> (FAR_BITS * place(at)) & ((1 << FAR_BITS) - 1);
        let doing = far << NEAR_BITS | near & ((1 << NEAR_BITS) - 1);
        let time = (near >> NEAR_BITS).cast_signed() + (Instant::FIRST.ms() - 1);
        (near != 0).then(|| (Instant::from_ms(time), Doing(u32::try_from(doing).unwrap_or_default())))
    }

    #[inline]
    fn note(&mut self, time: i64, doing: Doing, doings: &Doings) {
        // What follows a time never makes up for an earlier one.
        if time_bits(time) >= self.0[N_LAST - 1] >> NEAR_BITS << NEAR_BITS {
            self.insert(time, doing, doings);
        }
    }

    fn insert(&mut self, time: i64, doing: Doing, doings: &Doings) {
        let time = Instant::from_ms(time);
        let precedes = |at: &usize| match self.get(*at) {
            Some((known, other)) if known == time => doing != other && doings.order(doing, other).is_lt(),
            Some((known, _)) => time > known,
            None => true,
        };
        let Some(at) = (0..N_LAST).find(precedes) else { return };
        for later in (at + 1..N_LAST).rev() {
            self.0[later] = self.0[later - 1];
        }
        let doing = u64::from(doing.0);
        self.0[at] = time_bits(time.ms()) | doing & ((1 << NEAR_BITS) - 1);
        let (far, from) = (self.0[N_LAST], FAR_BITS * place(at));
        let before = far & ((1 << from) - 1);
        // The last of those that move up is beyond the word.
        self.0[N_LAST] = before | doing >> NEAR_BITS << from | (far >> from << from) << FAR_BITS;
    }
}

/// A place as a number of bits is reckoned from it.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or_default()
}

impl Shard {
    /// Notes what leads did, if that is kept.
    #[inline]
    pub(super) fn note_last(&mut self, changes: &[CommonChange], doings: &Doings) {
        if self.last.is_empty() {
            return;
        }
        let last = |change: &CommonChange| self.last[change.row as usize].0[0];
        // As in `touch`: the looks wait for memory together.
        std::hint::black_box(changes.iter().map(last).fold(0, |seen, time| seen ^ time));
        for change in changes.iter().filter(|change| change.doing.is_the_leads()) {
            self.last[change.row as usize].note(change.time, change.doing, doings);
        }
    }
}

impl Tallies {
    /// The last things that a lead did, newest first.
    fn last_doings(&self, lead: u32) -> impl Iterator<Item = (Instant, &DoingName)> {
        let last = self.shards[shard_of(lead)].last.get(row_of(lead) as usize).copied().unwrap_or(LastDoings::NONE);
        let all = (0..N_LAST).filter_map(move |at| last.get(at));
        all.filter_map(|(time, doing)| Some((time, self.doings.of(doing)?)))
    }
}

impl LeadFacts<'_, '_> {
    /// The last things that the lead did, newest first, where that is kept.
    pub(crate) fn last_doings(&self) -> impl Iterator<Item = (Instant, &DoingName)> {
        self.tallies.last_doings(self.index)
    }

    /// When the newest of the events happened that a criterion counts, to the minute, where that is kept and there is one.
    pub(crate) fn newest_of(&self, criterion: &Criterion) -> Option<Instant> {
        let tally = counted_by(self.rulebook, criterion)?;
        match (self.plan.newest_of.get(tally), &self.rulebook.tallies[tally]) {
            (Some(Some(newest)), _) => match self.plan.layout.shapes[*newest as usize] {
                TallyShape::Minute { slot } => minute(self.tallies.of(self.index).narrow(slot)),
                _ => None,
            },
            (_, tally) if is_common(tally) && tally.select.types == Types::Any => {
                self.newest(self.rulebook.last_event_tally)
            }
            _ if keeps_newest(self.rulebook, tally) => self.newest(tally),
            _ => None,
        }
    }
}

/// A time as it is kept: minutes, from 1 on where they are not below 0, because 0 is none.
pub(super) fn minute_number(time: Instant) -> i64 {
    let minutes = time.ms().div_euclid(MINUTE_MS);
    minutes + i64::from(minutes >= 0)
}

fn minute(number: i32) -> Option<Instant> {
    let minutes = i64::from(number) - i64::from(number > 0);
    (number != 0).then(|| Instant::from_ms(minutes * MINUTE_MS))
}

/// The tally of the events that a criterion counts: of those that give points, or of the only measure of things that happened that
/// its cases ask for.
fn counted_by(rulebook: &Rulebook, criterion: &Criterion) -> Option<usize> {
    match &criterion.worth {
        Worth::Occurrences { tally, .. } => Some(*tally),
        Worth::Choose { arms, .. } => {
            let mut terms = arms.iter().flat_map(|Arm { when, .. }| when.terms());
            let Some(Term::Tally(tally)) = terms.next() else { return None };
            let is_same = terms.all(|term| term == Term::Tally(tally));
            let is_count = matches!(
                rulebook.tallies[tally].measure,
                Measure::Count | Measure::Days | Measure::Busiest(_) | Measure::OfField(..)
            );
            (is_same && is_count).then_some(tally)
        }
        Worth::Lookup { .. } => None,
    }
}

/// Whether a tally is the time of the newest event itself.
fn keeps_newest(rulebook: &Rulebook, tally: usize) -> bool {
    let measure = &rulebook.tallies[tally].measure;
    matches!(measure, Measure::Points { points: EventPoints::Fixed(_), count: Count::Once, .. })
}

/// The tallies of which the newest time is kept beside, because criteria count their events and they don't keep it themselves.
pub(super) fn watched(rulebook: &Rulebook) -> Vec<usize> {
    let criteria = rulebook.criteria.iter().filter(|criterion| criterion.enabled);
    let mut tallies: Vec<usize> = criteria.filter_map(|criterion| counted_by(rulebook, criterion)).collect();
    tallies.retain(|tally| !is_common(&rulebook.tallies[*tally]) && !keeps_newest(rulebook, *tally));
    tallies.sort_unstable();
    tallies.dedup();
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(number: u32) -> DoingName {
        DoingName { source: (number % 3) as usize, kind: (number / 3).to_string() }
    }

    proptest! {
        #[test]
        fn the_last_three_are_those_of_all_in_any_order(
            events in prop::collection::vec((prop_oneof![0..4_i64, any::<i64>(), Just(Instant::FIRST.ms()), Just(Instant::LAST.ms())], 0..12_u32), 0..9),
            keys in prop::collection::vec(any::<u8>(), 9)
        ) {
            let readable = |time: i64| time.clamp(Instant::FIRST.ms(), Instant::LAST.ms());
            let mut events: Vec<(i64, u32)> = events.into_iter().map(|(time, number)| (readable(time), number)).collect();
            let doings = Doings::default();
            let number = |named: u32| doings.0.write().expect("nobody panicked").number(name(named));
            let mut last = LastDoings::NONE;
            let mut keyed: Vec<_> = events.iter().zip(&keys).collect();
            keyed.sort_by_key(|(_, key)| **key);
            for ((time, named), _) in keyed {
                last.note(*time, number(*named), &doings);
            }
            events.sort_by_key(|(time, named)| (std::cmp::Reverse(*time), name(*named)));
            let expected: Vec<_> = events.iter().take(N_LAST).map(|(time, named)| (Instant::from_ms(*time), name(*named))).collect();
            let names = doings.into_names();
            let kept = (0..N_LAST).filter_map(|at| last.get(at));
            let kept: Vec<_> = kept.map(|(time, doing)| (time, names.of(doing).cloned().unwrap_or(name(99)))).collect();
            prop_assert_eq!(kept, expected);
        }

        #[test]
        fn all_numbers_of_what_was_done_fit(numbers in prop::collection::vec(any::<u32>(), 3), more in any::<u32>()) {
            let mut last = LastDoings::NONE;
            let doings = Doings::default();
            for (time, number) in [(1, more), (3, numbers[1]), (4, numbers[0]), (2, numbers[2])] {
                last.note(time, Doing(number), &doings);
            }
            let kept: Vec<u32> = (0..N_LAST).filter_map(|at| last.get(at)).map(|(_, doing)| doing.0).collect();
            prop_assert_eq!(kept, numbers);
        }

        #[test]
        fn a_minute_is_read_back(ms in Instant::FIRST.ms()..=Instant::LAST.ms()) {
            let number = minute_number(Instant::from_ms(ms));
            prop_assert!(number != 0);
            if let Ok(number) = i32::try_from(number) {
                prop_assert_eq!(minute(number), Some(Instant::from_ms(ms.div_euclid(MINUTE_MS) * MINUTE_MS)));
            }
        }
    }
}
