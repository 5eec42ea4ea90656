//! Entries this calendar month and last against the wanted number, and the pace that is needed.

use super::lens::Lens;
use super::report::{Target, TargetMonth};
use super::sales::MonthSeen;
use crate::rulebook;
use crate::score::StageEntry;
use crate::value::{Calendar, Instant, InstantSpan, Zone, bucket, day_number};

/// The calendar months that targets look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct TargetMonths {
    this: i64,
    this_span: InstantSpan,
    last_span: InstantSpan,
}

impl TargetMonths {
    pub(super) fn of(as_of: Instant, zone: &Zone) -> Self {
        let this = bucket(as_of, zone, Calendar::Month);
        let span = |bucket| Calendar::Month.span(bucket, zone);
        Self { this, this_span: span(this), last_span: span(this - 1) }
    }
}

impl TargetMonths {
    /// Which of the two months an instant lies in.
    pub(super) fn of_instant(&self, at: Instant) -> Option<MonthSeen> {
        match at {
            at if self.this_span.contains(at) => Some(MonthSeen::This),
            at if self.last_span.contains(at) => Some(MonthSeen::Last),
            _ => None,
        }
    }

    /// This month, and the one before: `2026-06`, `2026-05`.
    pub(super) fn labels(&self) -> [String; 2] {
        [self.this, self.this - 1].map(|month| Calendar::Month.label(month))
    }
}

/// Entries of one target's stage: this month's and last month's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entries {
    this: u64,
    last: u64,
}

impl Entries {
    pub(super) fn add_pass(&mut self, months: &TargetMonths, entry: StageEntry) {
        let Some(at) = entry.at else { return };
        self.this += u64::from(months.this_span.contains(at));
        self.last += u64::from(months.last_span.contains(at));
    }

    pub(super) fn add(&mut self, other: Self) {
        self.this += other.this;
        self.last += other.last;
    }

    pub(super) fn target(self, lens: &Lens<'_>, target: &rulebook::Target) -> Target {
        let zone = &lens.rulebook.zone;
        let this = lens.months.this;
        // The last instant of a day leaves nothing of it.
        let today = i64::from(day_number(lens.as_of.plus_ms(1), zone));
        let (first, end) = (Calendar::Month.first_day(this), Calendar::Month.first_day(this + 1));
        let n_missing = target.n_leads.saturating_sub(self.this);
        let days = |n: i64| u64::try_from(n.max(0)).unwrap_or(0);
        let (days_over, days_left) = (days(today - first), days(end - today));
        Target {
            stage: lens.rulebook.stages[target.stage].name.clone(),
            target: target.n_leads,
            this_month: TargetMonth { month: Calendar::Month.label(this), n: self.this },
            last_month: TargetMonth { month: Calendar::Month.label(this - 1), n: self.last },
            days_left: u32::try_from(days_left).unwrap_or(0),
            n_missing,
            needed_a_day_hundredths: match (n_missing, days_left) {
                (0, _) => Some(0),
                (_, 0) => None,
                _ => Some(n_missing.saturating_mul(100).div_ceil(days_left)),
            },
            so_far_a_day_hundredths: (days_over > 0).then(|| self.this.saturating_mul(100) / days_over),
        }
    }
}
