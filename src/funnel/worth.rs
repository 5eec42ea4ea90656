//! What a customer brought in: the lead's own value, and the mean over those that have one.

use super::figures::{float, to_cents};
use super::report::{Figure, Ltv, LtvFrom};
use crate::points::div_round;
use crate::rulebook::WorthOfCustomer;
use crate::score::{Facts, LeadFacts, Quantity};
use crate::value::Number;

/// What a customer was worth, in millionths of the currency; none if that is not on record. Stated values are everyone's.
pub(super) fn worth_of(worth: &WorthOfCustomer, facts: &LeadFacts<'_, '_>) -> Option<i64> {
    match worth {
        WorthOfCustomer::Stated(number) => Some(number.micros()),
        WorthOfCustomer::Field(field) => facts.lead.value(field.field).number_rounded(field.part).map(Number::micros),
        WorthOfCustomer::Event { measure, count } => match (facts.tally(*count), facts.tally(*measure)) {
            (Quantity::Number { numerator: n, .. }, Quantity::Number { numerator, denominator }) if n > 0 => {
                i64::try_from(div_round(numerator.saturating_mul(1_000_000), denominator)).ok()
            }
            _ => None,
        },
    }
}

/// What some customers were worth together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Takings {
    pub n_customers: u64,
    /// Of these: worth something known.
    pub n_valued: u64,
    pub sum_micros: i128,
}

impl Takings {
    pub(super) fn add_customer(&mut self, worth_micros: Option<i64>) {
        self.n_customers += 1;
        if let Some(micros) = worth_micros {
            self.n_valued += 1;
            self.sum_micros += i128::from(micros);
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.n_customers += other.n_customers;
        self.n_valued += other.n_valued;
        self.sum_micros += other.sum_micros;
    }

    /// All of `self` that is not of `part`, which lies within it.
    pub(super) fn without(self, part: Self) -> Self {
        Self {
            n_customers: self.n_customers - part.n_customers,
            n_valued: self.n_valued - part.n_valued,
            sum_micros: self.sum_micros - part.sum_micros,
        }
    }

    /// The mean over those that have a value.
    pub(super) fn mean(self) -> Option<f64> {
        (self.n_valued > 0).then(|| float(self.sum_micros) / 1e6 / float(i128::from(self.n_valued)))
    }

    /// What a lead brought in on average; customers without a value count with `mean`.
    pub(super) fn revenue_a_lead(self, n_leads: u64, mean: Option<f64>) -> Figure {
        match (n_leads, mean) {
            (0, _) | (_, None) => Figure::None,
            (n, _) if n < super::figures::FEW => Figure::TooFew { n },
            (n, Some(mean)) => {
                let lacking = float(i128::from(self.n_customers - self.n_valued)) * mean;
                Figure::Known { value: to_cents((float(self.sum_micros) / 1e6 + lacking) / float(i128::from(n))) }
            }
        }
    }

    /// A customer's lifetime value.
    pub(super) fn ltv(self, worth: &WorthOfCustomer) -> (Option<f64>, Ltv) {
        let (amount, from) = match worth {
            WorthOfCustomer::Stated(number) => (Some(float(i128::from(number.micros())) / 1e6), LtvFrom::Stated),
            _ => (self.mean(), LtvFrom::Mean { n: self.n_valued, n_customers: self.n_customers }),
        };
        let shown = amount.map_or(Figure::None, |amount| Figure::Known { value: to_cents(amount) });
        (amount, Ltv { amount: shown, from })
    }
}
