//! Which events are automated: made by a program that looks at mails, not by the lead.
//!
//! A rule looks at groups of events: its own, and those that it asks for before them. First the times of all events of such groups
//! are gathered, lead by lead; then each event is asked about, by binary search. So whether an event is automated hangs on no order
//! and on no other event's being automated. Which events count at all, and so are looked at, is said elsewhere: the same here for
//! files and for a lead in memory.

use super::board::{N_SHARDS, row_of, shard_of};
use super::cells::Cells;
use super::plan::Plan;
use super::takes::{EventFilter, JudgedEvent};
use crate::rulebook::expr::{Expr, FieldRef};
use crate::rulebook::{AutomatedRule, AutomatedSign};
use crate::value::{Instant, Value};
use xxhash_rust::xxh3::xxh3_64;

/// The rules of a source, over groups of its events.
#[derive(Debug, Default)]
pub(crate) struct Screen<'r> {
    groups: Vec<Group<'r>>,
    rules: Vec<ScreenRule>,
    types: Vec<&'r str>,
}

/// Events that are held against each other.
#[derive(Debug)]
struct Group<'r> {
    types: &'r [String],
    filter: Option<&'r Expr>,
    asked: EventFilter<'r>,
    same: Option<FieldRef>,
    /// Whether a rule asks for their times.
    is_gathered: bool,
}

#[derive(Debug)]
struct ScreenRule {
    /// The group of the events that it can set aside.
    own: usize,
    sign: ScreenSign,
}

#[derive(Debug)]
enum ScreenSign {
    After { others: usize, within_ms: i64 },
    AtLeast { n: usize, within_ms: i64 },
    Chosen,
}

/// That an event belongs to a group, and what of it `same` compares: told apart from others of the lead as surely as 64 bits can.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Membership {
    group: u32,
    value: u64,
}

impl Membership {
    /// One number for the group and the value.
    fn key(self) -> u64 {
        key_in(self.group, self.value)
    }
}

fn key_in(group: u32, value: u64) -> u64 {
    value ^ u64::from(group + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl<'r> Screen<'r> {
    /// Lowers a source's rules. The plan knows its conditions on events.
    pub(super) fn new(plan: &Plan<'r>, rules: &'r [AutomatedRule]) -> Self {
        let mut screen = Self::default();
        for rule in rules {
            let own = screen.group(plan, &rule.types, rule.filter.as_ref(), rule.same);
            let sign = match &rule.sign {
                AutomatedSign::After { types, within_ms } => {
                    let others = screen.group(plan, types, None, rule.same);
                    screen.groups[others].is_gathered = true;
                    ScreenSign::After { others, within_ms: *within_ms }
                }
                AutomatedSign::AtLeast { n, within_ms } => {
                    screen.groups[own].is_gathered = true;
                    ScreenSign::AtLeast { n: *n, within_ms: *within_ms }
                }
                AutomatedSign::Chosen => ScreenSign::Chosen,
            };
            screen.rules.push(ScreenRule { own, sign });
        }
        screen.types = screen.groups.iter().flat_map(|group| group.types).map(String::as_str).collect();
        screen.types.sort_unstable();
        screen.types.dedup();
        screen
    }

    /// The group of these events, kept once however many rules look at it.
    fn group(
        &mut self,
        plan: &Plan<'r>,
        types: &'r [String],
        filter: Option<&'r Expr>,
        same: Option<FieldRef>,
    ) -> usize {
        let is_it = |group: &Group<'_>| group.types == types && group.filter == filter && group.same == same;
        self.groups.iter().position(is_it).unwrap_or_else(|| {
            let asked = EventFilter::new(plan, filter);
            self.groups.push(Group { types, filter, asked, same, is_gathered: false });
            self.groups.len() - 1
        })
    }

    /// Whether there are no rules.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// How many rules there are.
    pub(crate) fn n_rules(&self) -> usize {
        self.rules.len()
    }

    /// The types that any rule looks at, folded and sorted.
    pub(crate) fn types(&self) -> &[&'r str] {
        &self.types
    }

    /// For each of these types whether a rule that goes by times can set its events aside.
    pub(crate) fn asks_for_times(&self) -> Vec<bool> {
        let timed: Vec<&ScreenRule> =
            self.rules.iter().filter(|rule| !matches!(rule.sign, ScreenSign::Chosen)).collect();
        let asks = |kind: &&str| timed.iter().any(|rule| self.groups[rule.own].types.iter().any(|name| name == kind));
        self.types.iter().map(asks).collect()
    }

    /// The groups that events of a type may belong to: none for most types.
    pub(crate) fn groups_of(&self, folded_type: &str) -> Vec<u32> {
        let is_in = |group: &Group<'_>| group.types.iter().any(|name| name == folded_type);
        let groups = (0_u32..).zip(&self.groups).filter(|(_, group)| is_in(group));
        groups.map(|(number, _)| number).collect()
    }

    /// Adds, of some groups, those that an event of their types belongs to.
    pub(crate) fn add_memberships<'a, D: Fn(usize) -> Value<'a>>(
        &self,
        plan: &Plan<'_>,
        groups: &[u32],
        judged: &mut impl JudgedEvent,
        cells: &Cells<'a, D>,
        memberships: &mut Vec<Membership>,
    ) {
        for &number in groups {
            let group = &self.groups[number as usize];
            let value = match group.same {
                None => Some(0),
                Some(same) => plan.key(cells, same).map(|key| xxh3_64(&key.to_le_bytes())),
            };
            if let Some(value) = value.filter(|_| group.asked.takes(plan, judged, cells)) {
                memberships.push(Membership { group: number, value });
            }
        }
    }

    /// Gathers the time of a lead's event for the rules that ask for it.
    pub(crate) fn gather(&self, memberships: &[Membership], lead: u32, time: Instant, gathering: &mut Gathering) {
        for membership in memberships.iter().filter(|one| self.groups[one.group as usize].is_gathered) {
            gathering.shards[shard_of(lead)].push((row_of(lead), membership.key(), time.ms()));
        }
    }

    /// The first rule by which a lead's event is automated. It has been gathered with all others.
    pub(crate) fn rule(&self, times: &Times, lead: u32, time: Instant, memberships: &[Membership]) -> Option<usize> {
        let in_group = |group: usize| memberships.iter().find(|one| one.group as usize == group);
        let holds = |rule: &ScreenRule| {
            let Some(own) = in_group(rule.own) else { return false };
            match rule.sign {
                ScreenSign::Chosen => true,
                ScreenSign::After { others, within_ms } => {
                    let group = u32::try_from(others).expect("a rulebook has fewer than four billion rules");
                    let span = (time.minus_ms(within_ms).ms(), time.ms());
                    let n_before = times.of(lead, key_in(group, own.value), span).len();
                    // An event is no witness for itself.
                    n_before > usize::from(in_group(others).is_some())
                }
                ScreenSign::AtLeast { n, within_ms } => {
                    let span = (time.minus_ms(within_ms).ms(), time.plus_ms(within_ms).ms());
                    is_in_burst(times.of(lead, own.key(), span), time.ms(), n, within_ms)
                }
            }
        };
        self.rules.iter().position(holds)
    }
}

/// How many of some sorted times are no later than one. Spans are short: the end is looked for from the start, in doubled steps.
fn n_up_to(times: &[(u64, i64)], last: (u64, i64)) -> usize {
    let mut end = 1;
    while end <= times.len() && times[end - 1] <= last {
        end *= 2;
    }
    let start = end / 2;
    start + times[start..times.len().min(end)].partition_point(|one| *one <= last)
}

/// Whether one of at least so many times that lie in a span of some length is this one. It is among the times, which are sorted.
fn is_in_burst(times: &[(u64, i64)], time: i64, n: usize, within_ms: i64) -> bool {
    let first = times.partition_point(|(_, at)| *at < time);
    let last = times.partition_point(|(_, at)| *at <= time);
    // Spans of just so many times that begin at most n - 1 before the first such time, and no later than the last one.
    let starts = (first + 1).saturating_sub(n)..last;
    starts.into_iter().any(|start| {
        let end = start.checked_add(n - 1).and_then(|end| times.get(end));
        end.is_some_and(|(_, end)| *end >= time && end.saturating_sub(times[start].1) <= within_ms)
    })
}

/// The times of events while they come in, in any order.
#[derive(Debug)]
pub(crate) struct Gathering {
    /// For each part of the leads: the lead's row in it, the key of group and value, the time in milliseconds.
    shards: Vec<Vec<(u32, u64, i64)>>,
}

impl Default for Gathering {
    fn default() -> Self {
        Self { shards: vec![Vec::new(); N_SHARDS] }
    }
}

/// The times of events of some of the leads, unsorted, in several heaps.
#[derive(Debug, Default)]
pub(crate) struct GatheredPart(Vec<Vec<(u32, u64, i64)>>);

impl GatheredPart {
    /// Sorts them.
    pub(crate) fn sorted(self) -> TimesOfPart {
        let mut all = self.0.concat();
        drop(self.0);
        all.sort_unstable();
        let n_rows = all.last().map_or(0, |(row, ..)| *row as usize + 1);
        let mut ends = vec![0; n_rows];
        for (row, ..) in &all {
            ends[*row as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        TimesOfPart { ends, times: all.into_iter().map(|(_, key, time)| (key, time)).collect() }
    }
}

/// The times of events of some of the leads.
#[derive(Debug)]
pub(crate) struct TimesOfPart {
    /// For each lead where its times end.
    ends: Vec<usize>,
    /// Lead by lead, sorted: the key of group and value, the time in milliseconds.
    times: Vec<(u64, i64)>,
}

/// So many times are near once one of them is.
const A_LINE: usize = 4;
/// So much of a lead's times is looked at beforehand; few leads have more.
const LINES: usize = 16;

/// The times of all events that rules ask for.
#[derive(Debug)]
pub(crate) struct Times {
    parts: Vec<TimesOfPart>,
}

impl Times {
    /// The times, now that all events are gathered. `each` sorts the parts, in order, on as many threads as it likes.
    pub(crate) fn new(all: Vec<Gathering>, each: impl FnOnce(Vec<GatheredPart>) -> Vec<TimesOfPart>) -> Self {
        let mut parts: Vec<GatheredPart> = (0..N_SHARDS).map(|_| GatheredPart::default()).collect();
        for gathering in all {
            for (part, times) in parts.iter_mut().zip(gathering.shards) {
                part.0.push(times);
            }
        }
        Self { parts: each(parts) }
    }

    /// Looks at where the times of some leads stand and does nothing with them: those looks wait for memory together, which the
    /// searches, each of which needs what it finds, do not.
    pub(crate) fn touch(&self, leads: impl Iterator<Item = u32> + Clone) {
        let ends = leads.clone().map(|lead| self.of_lead(lead).len());
        std::hint::black_box(ends.fold(0, |seen, n| seen ^ n));
        let keys = leads.flat_map(|lead| {
            let own = self.of_lead(lead);
            own.iter().step_by(A_LINE).take(LINES).chain(own.last())
        });
        std::hint::black_box(keys.fold(0, |seen, (key, _)| seen ^ key));
    }

    /// All times of a lead.
    #[inline]
    fn of_lead(&self, lead: u32) -> &[(u64, i64)] {
        let (part, row) = (&self.parts[shard_of(lead)], row_of(lead) as usize);
        let Some(end) = part.ends.get(row) else { return &[] };
        let start = row.checked_sub(1).map_or(0, |before| part.ends[before]);
        &part.times[start..*end]
    }

    /// A lead's times under a key in a span, both ends in it.
    fn of(&self, lead: u32, key: u64, (from, to): (i64, i64)) -> &[(u64, i64)] {
        let own = self.of_lead(lead);
        let first = own.partition_point(|one| *one < (key, from));
        &own[first..first + n_up_to(&own[first..], (key, to))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_many_are_no_later_as_counting_says(mut times in prop::collection::vec(0_i64..40, 0..40), last in 0_i64..40) {
            times.sort_unstable();
            let keyed: Vec<(u64, i64)> = times.iter().map(|time| (7, *time)).collect();
            let counted = times.iter().filter(|time| **time <= last).count();
            prop_assert_eq!(n_up_to(&keyed, (7, last)), counted);
        }

        #[test]
        fn a_burst_is_what_counting_says(
            mut times in prop::collection::vec(0_i64..30, 1..20), n in 2_usize..6, within in 0_i64..12,
        ) {
            times.sort_unstable();
            let keyed: Vec<(u64, i64)> = times.iter().map(|time| (7, *time)).collect();
            for time in &times {
                // Every span of that length that has the time in it.
                let counted = (time - within..=*time).any(|start| {
                    times.iter().filter(|at| (start..=start + within).contains(*at)).count() >= n
                });
                prop_assert_eq!(is_in_burst(&keyed, *time, n, within), counted);
            }
        }
    }
}
