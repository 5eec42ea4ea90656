//! Outcomes by grade, band of ten points and stage; every total, for the area under the curve.

use super::keyed::Keyed;
use crate::score::ScoreCard;

/// Leads, and the customers among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Won {
    pub n_leads: u64,
    pub n_customers: u64,
}

impl Won {
    pub(super) fn add_lead(&mut self, is_customer: bool) {
        self.n_leads += 1;
        self.n_customers += u64::from(is_customer);
    }

    pub(super) fn add(&mut self, other: Self) {
        self.n_leads += other.n_leads;
        self.n_customers += other.n_customers;
    }
}

/// The sums by score.
#[derive(Clone, Debug, Default)]
pub(super) struct ByScore {
    pub all: Won,
    pub grades: Keyed<String, Won>,
    /// Under each band, numbered by its lower bound in tens, the leads by stage, disqualified ones last.
    pub bands: Keyed<i64, Vec<Won>>,
    pub stages: Vec<Won>,
    /// Hundredths of a point, shifted by one, and whether it is a customer's.
    totals: Vec<i64>,
}

impl ByScore {
    pub(super) fn new(n_stages: usize) -> Self {
        Self { stages: vec![Won::default(); n_stages + 1], ..Self::default() }
    }

    pub(super) fn add_lead(&mut self, card: &ScoreCard, is_customer: bool) {
        self.all.add_lead(is_customer);
        if !card.grade.is_empty() {
            self.grades.of(card.grade.as_str(), Won::default).add_lead(is_customer);
        }
        let n_places = self.stages.len();
        let stage = card.stage.unwrap_or(n_places - 1);
        self.stages[stage].add_lead(is_customer);
        let total = card.total.value.hundredths();
        self.bands.of(&total.div_euclid(1000), || vec![Won::default(); n_places])[stage].add_lead(is_customer);
        self.totals.push((total << 1) | i64::from(is_customer));
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.all.add(other.all);
        for (grade, won) in other.grades.entries() {
            self.grades.of(grade.as_str(), Won::default).add(*won);
        }
        for (sum, won) in self.stages.iter_mut().zip(&other.stages) {
            sum.add(*won);
        }
        for (band, stages) in other.bands.entries() {
            let sums = self.bands.of(band, || vec![Won::default(); stages.len()]);
            for (sum, won) in sums.iter_mut().zip(stages) {
                sum.add(*won);
            }
        }
        self.totals.extend_from_slice(&other.totals);
    }

    /// The totals ascending, each once, with its customers and others.
    pub(super) fn ties(&self) -> Vec<(i64, u64, u64)> {
        let mut sorted = self.totals.clone();
        sorted.sort_unstable();
        let mut ties: Vec<(i64, u64, u64)> = Vec::new();
        for packed in sorted {
            let (total, is_customer) = (packed >> 1, packed & 1 == 1);
            if ties.last().is_none_or(|last| last.0 != total) {
                ties.push((total, 0, 0));
            }
            if let Some(last) = ties.last_mut() {
                *(if is_customer { &mut last.1 } else { &mut last.2 }) += 1;
            }
        }
        ties
    }
}
