//! What a reader of the report should be careful about, as facts.

use serde::{Serialize, Serializer};

/// What a reader should be careful about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caution {
    /// Scores of past customers know about their sale.
    PastCustomers,
    /// The rulebook's funnel names no path.
    NoPath,
    /// The CRM doesn't record the last stage.
    NoCustomer,
    /// The rulebook doesn't say when a lead is lost.
    NoLoss,
    /// A path doesn't end in a customer.
    NotToCustomer {
        /// The path.
        path: String,
        /// Its last stage.
        last: String,
    },
    /// Many leads skipped a stage of a path.
    Skipped {
        /// The path.
        path: String,
        /// How many skipped it.
        n_skipped: u64,
        /// Of how many that reached it.
        n_reached: u64,
        /// The stage.
        stage: String,
    },
    /// Some leads have dates out of order.
    DatesOutOfOrder {
        /// How many.
        n_leads: u64,
    },
}

impl Serialize for Caution {
    /// Version 1 of the report's schema holds cautions as these sentences.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::PastCustomers => serializer.serialize_str(
                "Today's score of a past customer is no forecast: it was worked out when the sale was known. To see what scores \
                 foretell, score the leads as of an earlier day.",
            ),
            Self::NoPath => serializer.serialize_str(
                "The rulebook's `funnel` names no path, so there is no conversion, time or value by stage.",
            ),
            Self::NoCustomer => serializer
                .serialize_str("The CRM doesn't record the last stage, so nobody is known to be a customer."),
            Self::NoLoss => serializer.serialize_str(
                "The rulebook doesn't say when a lead is lost: whoever has not converted counts as open.",
            ),
            Self::NotToCustomer { path, last } => serializer.collect_str(&format_args!(
                "The path `{path}` ends in {last}, not in a customer, so its stages have no value."
            )),
            Self::Skipped { path, n_skipped, n_reached, stage } => serializer.collect_str(&format_args!(
                "On the path `{path}`, {n_skipped} of {n_reached} leads that reached {stage} skipped it and may have come by \
                 another path: they raise its rate and value. Paths side by side leave them out."
            )),
            Self::DatesOutOfOrder { n_leads } => {
                let (have, leads) = if *n_leads == 1 { ("has", "lead") } else { ("have", "leads") };
                serializer.collect_str(&format_args!("{n_leads} {leads} {have} dates out of order; see there."))
            }
        }
    }
}
