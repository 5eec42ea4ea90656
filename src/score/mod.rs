//! Scoring: conditions over a lead and its tallies become a [`ScoreCard`].
//!
//! Pure: no files, no clock, no failure, and never a look at another lead.
//!
//! # How it works, told to a new colleague
//! A rulebook could be asked condition by condition, lead by lead; that costs twenty times what the answers are worth. So a
//! [`Plan`] binds it to an instant and lowers it once, and rows then go through it in batches, column by column.
//!
//! **What is true of a row** stands in words ([`words`]): a bit for each condition without parts, in one word whether it is
//! true, in another whether it is unknown. The conditions on one field stand side by side ([`leaves`]), so its cell is read once
//! and says all of them. A number or date needs no more than the span that it lies in, because a rulebook tells few spans
//! apart. Any other cell is looked up by its bytes among those that came before ([`column`]): industries, titles and
//! addresses of pages repeat. What a condition *means* stands in [`eval`] alone: words are made by asking it, once a span and once
//! a distinct cell. Conditions with parts are folded from the bits by the same logic that joins them everywhere.
//!
//! **Criteria** ([`program`]): most give points where one condition is true, so only set bits are visited. Sums over events are
//! read from the board; the rest is asked one by one. Then sums, limits, grade and stages follow in the order in which they depend
//! on each other ([`card`], [`stage`]).
//!
//! **Events** ([`takes`]): for a source and a type the tallies that look at it are one [`EventProgram`]. Most events are older than
//! every window, and then only the common tallies take them: how many there were, and the newest. A younger one is asked each
//! `where`, over words like a lead's, and what the tallies take of it becomes a list of changes.
//!
//! **Automated events** ([`automated`]): whether a program made an event hangs on others of the lead, so what the tallies take of such
//! types waits until a source is read. Then the times that its rules ask for lie sorted, and each event is asked about.
//!
//! **The board** ([`board`], [`layout`]): a lead has a line of 64 bytes, as much as memory hands over at once, with the newest
//! times and, in narrow integers, counts and sums of points. A sum of a capped criterion may stay at the end of what a narrow
//! integer holds: all that is added to it has one sign, so it lies beyond the cap in whatever order it is added. What needs more
//! room stands beside the lines; what is distinct or bundled, in sets. Changes are dealt to 64 parts with a lock each; before a
//! part is changed, all lines that will change are looked at, so that they wait for memory together.
//!
//! **For a hand-off list** ([`lately`]) the last three events of a lead stand beside its line, and the minute of the newest event of
//! each criterion in one more narrow integer. Only a plan that is made for such a list keeps them.
//!
//! **Leads that come back** ([`passes`]): what the CRM records of a stage counts in the pass in which it lies. Where events say that a
//! lead was given back, what `since: returns` selects waits ([`changes`]) until all events are in and the returns are known.
//!
//! **What a rep is told** ([`lately`]): for a hand-off list the last things that a lead did, and when each criterion counted last, stand
//! beside the lines; other runs keep none of it.
//!
//! **One lead** is a batch of one: [`Trial`] and `explain` fill the same words from values and ask the same program; when an
//! explanation asks for a condition, it reads the words that scored the lead ([`Facts::truth`]). A rulebook that stands beside a
//! plan, as in `diff`, has no words of its own: there each condition is asked anew.
//!
//! # Where the next things go
//! - A measure: its shape and how it is read in [`measure`], and a slot in [`layout`].
//! - Values that are kept an event (spans, first and last values): beside `newest` in [`board`], one map a part.
//! - Several instants at once: a plan of several `as_of` shares fields and types; each instant has its own `after_ms`, slots and
//!   program, and a change names the instant. Reading, types, times and leads of an event are found once.
//! - Columns that come from elsewhere than CSV: another [`column::Written`].

mod account;
mod automated;
mod board;
mod bundles;
mod card;
mod cells;
mod changes;
mod column;
mod derive;
mod eval;
mod facts;
mod held;
pub(crate) mod identity;
mod lately;
mod layout;
mod leaves;
mod measure;
mod moments;
mod occurrences;
mod passes;
mod plan;
mod program;
mod select;
mod stage;
mod takes;
mod tallies;
mod texts_seen;
mod totals;
mod trial;
mod truth;
mod words;

pub(crate) use account::{AccountFacts, whole};
pub(crate) use automated::{GatheredPart, Gathering, Membership, Screen, Times};
pub(crate) use board::Board;
pub(crate) use card::roll_up;
pub(crate) use card::{Chosen, StageEntry, Subtotal, criterion_points, first_true, look_up};
pub use card::{ScoreCard, capped};
pub(crate) use cells::Cells;
pub(crate) use changes::{Changes, LateChanges};
pub(crate) use column::{ColumnReader, Note, Written};
pub(crate) use derive::derive;
pub use eval::Facts;
pub(crate) use eval::{evaluate, evaluate_atom, quantity, quantity_of};
pub(crate) use facts::{Decode, LeadFacts, Silence, latest_past};
pub(crate) use lately::{Doing, DoingName};
pub(crate) use leaves::LeafGroup;
pub(crate) use occurrences::{Candidate, Standing};
pub(crate) use passes::{Journal, PassEnds, Return, earliest, instants};
pub use plan::Plan;
pub(crate) use plan::{Edges, Timing, Window};
pub(crate) use select::{Contribution, EventFacts, Verdict};
pub use stage::{PreviousStage, Step};
pub(crate) use stage::{is_customer, is_left_out, last_to_record, may_keep};
pub(crate) use takes::{EventProgram, EventTakes, JudgedEvent, Taken};
pub(crate) use tallies::Tallies;
pub(crate) use texts_seen::{FieldSeen, TextsLook, TextsSeen};
pub(crate) use totals::StageTotals;
pub use totals::Totals;
pub(crate) use trial::Take;
pub use trial::{Fate, Trial, TrialEvent, TrialLead};
pub use truth::Quantity;
pub(crate) use truth::Truth;
pub(crate) use words::TruthWord;

/// Scores the lead that the facts have turned to, and fills in its card. `before` is what the previous run said of it.
///
/// Whoever explains the card can ask the facts the same questions afterwards.
pub(crate) fn score_lead(facts: &mut LeadFacts<'_, '_>, before: PreviousStage) {
    facts.plan.judge_lead(facts);
    score_judged(facts, before);
}

/// As [`score_lead`], of a lead whose cells were judged with those of others.
pub(crate) fn score_judged(facts: &mut LeadFacts<'_, '_>, before: PreviousStage) {
    facts.plan.program.points(facts);
    finish_card(facts, before);
}

/// Fills in everything of a card that follows from the points of its criteria, which it has: sums, grade, stages, and what
/// follows from those. [`score_lead`] ends with this; whoever knows the points already begins here.
pub(crate) fn finish_card(facts: &mut LeadFacts<'_, '_>, before: PreviousStage) {
    let rulebook = facts.rulebook;
    let is_faded = |dimension: &crate::rulebook::Dimension| {
        dimension.fade.is_some() || dimension.groups.iter().any(|group| group.fade.is_some())
    };
    if rulebook.dimensions.iter().any(is_faded) {
        let mut card = std::mem::take(&mut facts.card);
        card::roll_up(rulebook, &mut card, &|fade| facts.silence(fade));
        facts.card = card;
    } else {
        // Nothing asks for the silence, and the card stays where it is.
        card::roll_up(rulebook, &mut facts.card, &|_| None);
    }
    let mut grade = std::mem::take(&mut facts.card.grade);
    grade.clear();
    stage::push_grade(facts, &mut grade);
    facts.card.grade = grade;
    enter_all(facts);
    stage::hold_all(facts, before.serving(facts.card.passes));
    let card = &facts.card;
    let disqualified = stage::disqualified(facts);
    let crm_stage = stage::last_true(card.entered.iter().map(|entry| entry.truth));
    let stage = stage::last_true(card.holds.iter().copied()).filter(|_| disqualified.is_none());
    let (step, priority) = match disqualified {
        None => (stage::step(facts, crm_stage), stage::priority(facts)),
        Some(_) => (None, None),
    };
    let card = &mut facts.card;
    (card.disqualified, card.stage, card.crm_stage) = (disqualified, stage, crm_stage);
    (card.step, card.priority) = (step, priority);
}

/// Fills in what the CRM says of each stage, in the lead's latest pass.
fn enter_all(facts: &mut LeadFacts<'_, '_>) {
    let rulebook = facts.rulebook;
    let mut entered = std::mem::take(&mut facts.card.entered);
    entered.clear();
    let (mut passes, mut returned) = (1, None);
    match Journal::of(facts) {
        None => entered.extend(rulebook.stages.iter().map(|stage| passes::entry(stage, facts))),
        Some(journal) => {
            passes = journal.n_passes() as u64;
            let latest = journal.n_passes() - 1;
            returned = journal.ends(latest).began.map(|began| began.at);
            entered.extend(journal.entered(latest, facts));
        }
    }
    let card = &mut facts.card;
    (card.entered, card.passes, card.returned) = (entered, passes, returned);
}
