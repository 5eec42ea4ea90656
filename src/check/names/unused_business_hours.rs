//! Business hours that no promise counts.
//!
//! ## Why
//! An `sla` counts all hours unless it says otherwise. So nights and weekends count, too, and sales looks slower than it is.
//!
//! ## Example
//! ```yaml
//! business_hours: { days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }
//! funnel:
//!   sla: { MQL: { within: 4h, until: contacted } }     # without `hours: business`
//! ```
//!
//! ## What to do
//! Write `hours: business` in each `sla` that counts these hours only, or remove `business_hours`.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::Clock;

pub(super) const LINT: Lint =
    Lint::warning("LS209", "unused-business-hours", include_str!("unused_business_hours.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let Some((_, span)) = &rulebook.business_hours else { return };
    let mut slas = rulebook.funnel.iter().flat_map(|funnel| &funnel.slas);
    if slas.all(|sla| sla.clock == Clock::Always) {
        findings
            .add(*span, "no `sla` counts these business hours")
            .help("write `hours: business` in an `sla`, or remove `business_hours`");
    }
}
