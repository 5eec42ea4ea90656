//! A window and a decay that don't fit together.
//!
//! ## Why
//! `within` and `decay` both say how long an event counts. If the decay leaves nothing long before the window ends, the
//! window has no effect. If the window ends before the first step of the decay, the decay has no effect. One of the two
//! numbers is probably wrong.
//!
//! ## Example
//! ```yaml
//! { id: demo, event: demo_request, points: 45, within: 365d, decay: { linear: 90d } }      # gone after 90 days
//! ```
//!
//! ## What to do
//! Shorten the window to the time that the decay leaves, lengthen the decay, or remove one of them.

use super::super::{CheckSubject, Findings, Lint};
use crate::points::Points;
use crate::rulebook::expr::{EventPoints, Measure, Worth};
use crate::value::{Decay, format_duration};

pub(super) const LINT: Lint =
    Lint::warning("LS411", "window-beyond-decay", include_str!("window_beyond_decay.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for criterion in &subject.rulebook.criteria {
        let Worth::Occurrences { tally, .. } = criterion.worth else { continue };
        let tally = &subject.rulebook.tallies[tally];
        let Measure::Points { points, decay: Some(decay), .. } = &tally.measure else { continue };
        let Some(within_ms) = tally.select.within_ms else { continue };
        let span = criterion.place.at("within");
        let within = format_duration(within_ms);
        match decay {
            Decay::Step { every_ms, .. } | Decay::Compound { every_ms, .. } if within_ms <= *every_ms => {
                let message = format!("the window ends after {within}, before the first step of the decay");
                findings.add(span, message).help(format!(
                    "lengthen the window, or remove the decay, which begins after {}",
                    format_duration(*every_ms)
                ));
            }
            Decay::HalfLife { .. } | Decay::Compound { .. } if is_gone(*points, *decay, within_ms - 1) => {
                let message = format!(
                    "the window is {within}, but before it ends, the decay leaves less than half a hundredth of a point"
                );
                findings.add(span, message).noted().help("shorten the window or slow the decay down");
            }
            Decay::Linear { .. } | Decay::Step { .. } => {
                let gone_ms = gone_after(*decay);
                if gone_ms < within_ms {
                    let gone = format_duration(gone_ms);
                    let message = format!("the window is {within}, but the decay leaves nothing after {gone}");
                    findings.add(span, message).help(format!("write `within: {gone}`, or lengthen the decay"));
                }
            }
            Decay::HalfLife { .. } | Decay::Compound { .. } => {}
        }
    }
}

/// Whether less than half a hundredth is left of the points at an age; of points that only a file says, nobody knows.
fn is_gone(points: EventPoints, decay: Decay, age_ms: i64) -> bool {
    points.fixed().is_some_and(|points| {
        let micros = i64::try_from(points.micros()).unwrap_or(i64::MAX);
        Points::from_micros_rounded(i128::from(decay.apply(micros, age_ms))).is_zero()
    })
}

/// The age at which a decay that ends has left nothing, in milliseconds.
fn gone_after(decay: Decay) -> i64 {
    match decay {
        Decay::Linear { duration_ms } => duration_ms,
        Decay::Step { percent, every_ms } => {
            let n_steps = (100_000_000 + percent.micros() - 1) / percent.micros().max(1);
            n_steps.saturating_mul(every_ms)
        }
        Decay::HalfLife { .. } | Decay::Compound { .. } => i64::MAX,
    }
}
