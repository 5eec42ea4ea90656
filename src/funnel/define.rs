//! What the words and figures of report.json mean: its schema holds the definitions, so version 1 keeps them to the letter.
//! What people read has its own, in [`crate::present`].

use super::lens::Lens;
use super::observed::Observed;
use super::report::{Caution, Definition};
use super::value_report::ends_in_customer;

/// Every definition, in the order in which a reader needs them.
const DEFINITIONS: [(&str, &str, &str); 23] = [
    (
        "sales",
        "Sales this month",
        "By the calendar month of the report's instant, and by the one before, in the rulebook's time zone. Handed over are entries \
         that the CRM recorded, into stages of paths that have an SLA or a target; touched those of them that were answered by now, \
         in time or late, as the SLA says; accepted those that reached the path's next stage by now, or a later one. Given back are \
         returns, whenever the lead was handed over; won are entries into a path's last stage. Past due are leads whose promised \
         time is over and who have no answer. Coming soon are leads that would hold one of these stages with up to 10 more points \
         on each score that its condition asks for, all else as it is; disqualified leads and those that are there or further, by \
         the rulebook or the CRM, are left out.",
    ),
    (
        "reached",
        "Reached",
        "A lead has reached a stage if the CRM says that it entered it, or any later stage of the path. A stage that was skipped \
         takes the date of the next one and is marked implied. A stage that is known to be entered, but not when, is reached, and \
         stands in no cohort, time or response time; it neither takes nor gives an implied date. What lies after the report's \
         instant does not exist.",
    ),
    (
        "rate",
        "Rates and intervals",
        "A rate is converted leads of all leads that reached the earlier stage, whenever they did. Its interval is Wilson's score \
         interval at 95 %: were the same leads drawn again, 95 of 100 such intervals would hold the true rate.",
    ),
    (
        "few",
        "Too few, n/a, not reached",
        "Under 20 leads a rate reads \"too few\" in place of a percentage. What nobody recorded, or what has no lead, reads \"n/a\". \
         A median reads \"not reached\" while fewer than half have converted. None of them is 0.",
    ),
    (
        "conversion",
        "Conversion",
        "Of the leads that reached a stage: converted are those that reached the later one, lost those with a lost date that no \
         further stage of the path follows, open all others, disqualified ones included. Of resolved is converted of converted and \
         lost, without the open ones.",
    ),
    (
        "segments",
        "Segments",
        "Leads by the value of a field, compared without regard to case. The twelve largest are shown, the others together as \
         (other), leads without a value as (none). Where a cell holds several values the lead stands in each of them.",
    ),
    (
        "cohorts",
        "Cohorts",
        "Leads by the calendar month in which they entered a stage, in the rulebook's time zone, recorded or implied, and the share \
         that has reached each later stage by now. \"Had time\" is the share of the month's leads that entered at least as long ago \
         as nine in ten of all converted leads took; where it is below 100 % the rate may still rise.",
    ),
    (
        "velocity",
        "Time to convert",
        "The cumulative incidence of converting by Aalen and Johansen: leads still open are censored at the report's instant, and \
         being lost is a competing end. Where nobody was lost it is 1 − Kaplan–Meier. Only dates that the CRM recorded count; leads \
         without them, or with dates out of order, are left out and counted. Times are rounded up to the hour.",
    ),
    (
        "dates",
        "Dates out of order",
        "A later stage of the path was entered before an earlier one, by recorded dates. Such leads are listed and never \
         corrected; they have reached both stages, and stand in no time between them. A date without a time of day is no error on \
         the day itself.",
    ),
    (
        "paths",
        "Paths side by side",
        "Each path seen from the first of its stages that not every path has. Only leads count here that the CRM says entered this \
         very stage: those that skipped it may have come by the other path.",
    ),
    (
        "sla",
        "Response times",
        "The clock starts when a stage is entered, by the CRM's own date, and stops at the promised answer, or when the next stage \
         of the path is reached; a promise in business hours counts these only, and so does its median. A promise is met \
         or broken only when its time is over (entry + the promised time, not after as_of): met with an answer by then, broken \
         without one; broken ones were missed (answered later), lost after (never answered) or are past due (not answered yet). Early ones are answered and \
         running ones are not, both with time left; lost before the time was over counts for neither. Kept is met of met and \
         broken; the median is of all those answered.",
    ),
    (
        "targets",
        "Targets",
        "Entries into a stage that the CRM recorded in a calendar month, in the rulebook's time zone. The pace needed spreads what is \
         missing over the days that are left, today included unless it is over.",
    ),
    (
        "value",
        "What a lead is worth",
        "Lifetime value × the rate from each stage to the next, down to the customer. Every factor is shown; one that the rulebook \
         states in place of measuring is marked. The direct rate is measured from the stage to the customer at once. Where all \
         factors are measured both agree, because whoever reached a stage has reached all before it; a gap comes from stated rates \
         alone. The interval is the direct rate's. The highest cost is the value / target return. By segment the overall lifetime \
         value is used. A pool is the open leads of a stage × its value, whatever their age.",
    ),
    ("ltv", "Lifetime value", "Stated in the rulebook, or the mean over the customers that have a value on record."),
    (
        "cost",
        "Cost",
        "Spend on a segment / its leads that reached a stage. Spend and leads must cover the same time; the report can't check that.",
    ),
    (
        "scores",
        "Outcomes by score",
        "A customer is a lead that the CRM records in the rulebook's last stage. Lift is a group's customer rate / that of all leads: \
         1 is average. Today's score of a past customer is no forecast: it knows what happened after the sale, and rates by score \
         describe the past. For a forecast score the leads as of an earlier day.",
    ),
    (
        "auc",
        "AUC",
        "The chance that a customer's total is above that of another lead, ties counting half: 0.5 is no better than chance, 1 \
         tells them apart without error. The interval is DeLong's at 95 %.",
    ),
    (
        "criteria",
        "Outcomes by criterion",
        "A criterion fired if it gave a lead other than 0 points. Lift is the customer rate of leads with it / of leads without it, \
         with Katz' logarithmic interval at 95 %; an interval that holds 1 shows nothing. Revenue a lead is the customers' value / \
         all leads; customers without a value count with the mean.",
    ),
    (
        "points",
        "Points by dimension and group",
        "Points above and below zero, added up over all leads: a group's after its limits, a dimension's after weight and limits.",
    ),
    (
        "pairs",
        "Criteria that fire together",
        "The leads on which both fired / those on which either did (Jaccard's index), at least 20 leads together. Near 1 the two may \
         count one thing twice. Criteria that fire on more than nine in ten leads are left out: they fire together with everything. With more than 512 criteria it is left out.",
    ),
    (
        "unclosed",
        "What did not close",
        "Leads of the first path that reached the stage before the last, and how many of them did not reach the last: by criterion, \
         beside those on which it did not fire.",
    ),
    (
        "crm",
        "Rulebook and CRM",
        "Down the stage that the rulebook gives, across the last stage that the CRM records. To hand over: the rulebook is further. \
         To recycle: the CRM's stage says that the lead goes back to marketing.",
    ),
    (
        "questions",
        "The next question to ask",
        "For each lead below the first stage that a score opens, and each field that it lacks: every criterion that reads the field is \
         given the most points that it could give, were the field known and all else as it is; groups, dimensions and total follow \
         with their limits. Moved are leads for which the stage's condition could then hold. It is the best case; with very many \
         leads an even sample is asked.",
    ),
];

/// What only some rulebooks ask for: shown where it is asked for.
const LEFT_OUT: (&str, &str, &str) = (
    "left_out",
    "Left out",
    "Leads for which the rulebook's `leave_out` is true stand in no figure and in no account. They are scored as all others are. \
     Where it is unknown whether it is true, a lead is not left out.",
);

const WITHIN: (&str, &str, &str) = (
    "within",
    "Steps with a window",
    "Where the rulebook gives a step a time (`within`), its rate is of the leads with a dated entry, recorded or implied, at least so \
     long before the report's instant: converted are those that reached the next stage, or one beyond it, at most so long after the \
     entry, one dated before the entry included. Who reached it later is late and counts as not converted. Younger entries are not \
     yet due; they, and leads of whom nobody knows when they entered or when they went on, stand in neither number. The worth of a lead is made of these \
     rates, by segment too, so that the chain and the direct rate may differ.",
);

const LOSSES: (&str, &str, &str) = (
    "losses",
    "Why leads were lost",
    "Lost leads of a path by the reason on record and by the furthest stage that they reached. Reasons compare without regard to case; the \
     twelve most frequent are shown, the others together as (other), leads without a reason as (none).",
);

const OWNER: (&str, &str, &str) = (
    "owner",
    "By owner",
    "Figures by the owner that the leads file has today, whoever had the lead before; without one: (none).",
);

const PIPELINE: (&str, &str, &str) = (
    "pipeline",
    "Pipeline",
    "The amounts on record of the open leads: neither disqualified, nor customers, nor lost after all that the CRM recorded of them. By \
     the last stage that the CRM records, and by segment. Weighted is the sum of each stage × the rate from that stage to the last one of its path, the \
     one that the path's conversion to the last stage shows; a stage on several paths takes the first that ends in a customer.",
);

const PASSES: (&str, &str, &str) = (
    "passes",
    "Passes",
    "A pass begins with the lead or after a return of it, and ends at the next return. A record counts in the pass in which it lies: on the \
     day of a return, where one of the two has no time of day, in the pass that the return ends. A later pass has reached the first \
     stage of a path at the return that began it. The figures of the funnel count passes where they say leads; scores, grades and \
     criteria are of the latest pass.",
);

const GIVEN_BACK: (&str, &str, &str) = (
    "given_back",
    "Given back",
    "A return ends a pass: it is resolved like a lost one, and a competing end in every curve. A pass that was lost before the return, or on its day \
     where one of the two has no time of day, counts as lost. By the furthest stage reached, by the reason of the return (a field of leads tells that of the latest return alone) and by today's \
     owner; the median runs from the recorded entry into the furthest stage until the return.",
);

/// Every definition that this report needs.
pub(super) fn definitions(lens: &Lens<'_>) -> Vec<Definition> {
    let has_left_out = lens.rulebook.funnel.as_ref().is_some_and(|funnel| funnel.leave_out.is_some());
    let asked = [
        (has_left_out, LEFT_OUT),
        (!lens.windows.is_empty(), WITHIN),
        (lens.has_returns(), PASSES),
        (lens.has_returns(), GIVEN_BACK),
        (lens.lost_reason.is_some(), LOSSES),
        (lens.owner.is_some(), OWNER),
        (lens.pipeline().is_some(), PIPELINE),
    ];
    let asked = asked.into_iter().filter_map(|(is_asked, definition)| is_asked.then_some(definition));
    DEFINITIONS.into_iter().chain(asked).map(|(key, title, text)| Definition { key, title, text }).collect()
}

/// What a reader of this report should be careful about.
pub(super) fn cautions(lens: &Lens<'_>, seen: &Observed) -> Vec<Caution> {
    let mut cautions = Vec::new();
    let mut add = |is_so: bool, caution: Caution| cautions.extend(is_so.then_some(caution));
    add(lens.customer.is_some(), Caution::PastCustomers);
    add(lens.paths.is_empty(), Caution::NoPath);
    add(lens.customer.is_none(), Caution::NoCustomer);
    add(lens.lost.is_none() && !lens.paths.is_empty(), Caution::NoLoss);
    if lens.value.is_some() {
        for (path, declared) in lens.paths.iter().enumerate().filter(|(path, _)| !ends_in_customer(lens, *path)) {
            let last = lens.stage_of(path, declared.stages.len() - 1);
            cautions.push(Caution::NotToCustomer { path: declared.name.clone(), last });
        }
    }
    if lens.paths.len() > 1 {
        cautions.extend(skipped(lens, seen));
    }
    if seen.date_errors.n_leads > 0 {
        cautions.push(Caution::DatesOutOfOrder { n_leads: seen.date_errors.n_leads });
    }
    cautions
}

/// Stages that many leads skipped, where they may have come by another path: their rates and values contain the other's leads.
fn skipped(lens: &Lens<'_>, seen: &Observed) -> Vec<Caution> {
    let mut cautions = Vec::new();
    for (path, flow) in seen.all.flows.iter().enumerate() {
        for (place, passage) in flow.stages.iter().enumerate() {
            let n_reached = passage.n_reached();
            let n_skipped = n_reached - passage.n_own;
            if n_skipped > 0 && n_skipped * 5 >= n_reached {
                let (path_name, stage) = (lens.paths[path].name.clone(), lens.stage_of(path, place));
                cautions.push(Caution::Skipped { path: path_name, n_skipped, n_reached, stage });
            }
        }
    }
    cautions
}
