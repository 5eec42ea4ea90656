//! What a score of accounts is made of, in words.

use super::{Voice, condition, score_name};
use crate::explain::Side;
use crate::rulebook::RollUp;

/// `the sum of the 5 largest engagement scores`
pub(crate) fn roll_up(voice: Voice<'_>, roll_up: &RollUp) -> String {
    match roll_up {
        RollUp::Sum { score, top: None } => format!("the sum of {}", score_name(voice, *score)),
        RollUp::Max(score) | RollUp::Sum { score, top: Some(1) } => {
            format!("the largest value of {}", score_name(voice, *score))
        }
        RollUp::Sum { score, top: Some(top) } => {
            format!("the sum of the {top} largest values of {}", score_name(voice, *score))
        }
        RollUp::Mean(score) => format!("the average of {}", score_name(voice, *score)),
        RollUp::Count(None) => "the number of leads".to_owned(),
        RollUp::Count(Some(counted)) => {
            format!("the number of leads for which this is true: {}", condition(voice, counted, Side::Lead))
        }
    }
}
