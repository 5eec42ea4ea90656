//! What a lead of a stage is worth, as a chain with every factor, and what it may cost.

use super::{Figure, Pipeline, Rate};
use crate::value::duration::format_duration;
use serde::{Serialize, Serializer};

/// What customers, and the leads that may become one, are worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueFigures {
    /// The currency, as the rulebook has it.
    pub currency: Option<String>,
    /// The lifetime value of a customer; none where the rulebook gives none.
    pub ltv: Option<Ltv>,
    /// The wanted return on spend.
    pub target_roas: Option<f64>,
    /// For each path, each of its stages but the last: what a lead that reached it is worth.
    pub stages: Vec<StageValue>,
    /// What the leads that are open now are worth, by path and stage.
    pub pool: Vec<Pool>,
    /// What the open leads may bring by their own amounts; absent where the rulebook names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<Pipeline>,
    /// By the first `by` field: spend and cost, beside the value; segments that the rulebook names under `spend`, in its order.
    pub spend: Vec<SpendRow>,
}

/// A customer's lifetime value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ltv {
    /// The amount; [`Figure::None`] if no customer has a value.
    pub amount: Figure,
    /// Where it comes from.
    pub from: LtvFrom,
}

/// Where a lifetime value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LtvFrom {
    /// Stated in the rulebook.
    Stated,
    /// The mean over the customers that have one.
    Mean {
        /// How many have.
        n: u64,
        /// Of how many customers.
        n_customers: u64,
    },
}

/// What a lead of a stage is worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageValue {
    /// The path.
    pub path: String,
    /// The stage.
    pub stage: String,
    /// The factors after the lifetime value, in order; their product is `chain_rate`.
    pub factors: Vec<ChainFactor>,
    /// The product of the factors.
    pub chain_rate: Figure,
    /// Lifetime value × the factors.
    pub chain: Figure,
    /// Measured from this stage to the last at once.
    pub direct_rate: Rate,
    /// Lifetime value × the direct rate, with the interval that the rate's gives.
    pub direct: Figure,
    /// Chain less direct; [`Figure::Known`] 0 where every factor is measured and none has a window.
    pub gap: Figure,
    /// Why there is a gap, a sentence; none where there is no gap.
    pub gap_why: Option<StatedFactors>,
    /// The most that such a lead may cost: the chain's value / target ROAS.
    pub max_cost: Figure,
    /// What one costs: spend / leads that reached the stage, over the segments with spend.
    pub cost: Figure,
    /// By the first `by` field: segments in the order of [`super::SegmentTable`].
    pub segments: Vec<SegmentValue>,
}

/// One factor of a chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChainFactor {
    /// From this stage.
    pub from: String,
    /// To this one.
    pub to: String,
    /// The share that converts.
    pub rate: Figure,
    /// Where it comes from: mark stated ones wherever they are shown.
    pub source: FactorFrom,
    /// What the leads themselves say.
    pub measured: Rate,
    /// Of how long a time the measured rate is, in milliseconds; absent where the step has no window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_ms: Option<i64>,
}

/// Where a factor comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorFrom {
    /// Stated in the rulebook.
    Stated,
    /// Measured.
    Measured,
}

/// What a lead of a stage is worth in one segment: the overall lifetime value × the segment's direct rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SegmentValue {
    /// The segment.
    pub name: String,
    /// From the stage to the last.
    pub direct_rate: Rate,
    /// The product of the segment's measured rates, where one of the steps has a window; else absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain_rate: Option<Figure>,
    /// Lifetime value × `chain_rate` where there is one, else × `direct_rate`.
    pub value: Figure,
    /// That / target ROAS.
    pub max_cost: Figure,
    /// Spend / leads that reached the stage; none without spend.
    pub cost: Figure,
}

/// The leads that are open at a stage: it is the furthest they reached, and they are neither lost nor disqualified.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pool {
    /// The path.
    pub path: String,
    /// The stage.
    pub stage: String,
    /// How many.
    pub n_open: u64,
    /// What they are worth together: `n_open` × the stage's value by the chain.
    pub value: Figure,
}

/// Spend on a segment, and what a lead of each stage of each path came to cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpendRow {
    /// The segment, as the rulebook writes it; `all with spend` for their sum, the last row.
    pub segment: String,
    /// What was spent.
    pub amount: f64,
    /// For each path and stage.
    pub costs: Vec<StageCost>,
}

/// What a lead of a stage cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageCost {
    /// The path.
    pub path: String,
    /// The stage.
    pub stage: String,
    /// How many leads of the segment reached it.
    pub n: u64,
    /// Spend / that; [`Figure::None`] where nobody did.
    pub cost: Figure,
}

/// The factors of a chain that the rulebook states or gives a window: why the chain and the direct rate may differ.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedFactors(pub Vec<ChainFactor>);

impl Serialize for StatedFactors {
    /// Version 1 of the report's schema holds them as one sentence.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let percent = |share: f64| format!("{} %", libm::round(share * 1000.0) / 10.0);
        let one = |factor: &ChainFactor| {
            let stated = factor.rate.value().map_or_else(|| "n/a".to_owned(), percent);
            let measured = match factor.measured {
                Rate::Measured { n, converted, rate, .. } => {
                    format!("measured are {} ({converted} of {n})", percent(rate))
                }
                Rate::TooFew { n, .. } => format!("measured are too few ({n})"),
                Rate::None => "nothing is measured".to_owned(),
            };
            if let (FactorFrom::Measured, Some(ms)) = (factor.source, factor.within_ms) {
                return format!("{} to {}: {measured}, within {}", factor.from, factor.to, format_duration(ms));
            }
            format!("{} to {} is stated as {stated}, {measured}", factor.from, factor.to)
        };
        serializer.serialize_str(&self.0.iter().map(one).collect::<Vec<_>>().join("; "))
    }
}
