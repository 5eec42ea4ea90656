//! What the words and figures of the report mean. A section shows the meanings of the words that it uses.

/// A word that has a meaning of its own in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word.
    pub(super) term: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
}

pub(super) const HANDED_OVER: Word = Word {
    term: "Handed over",
    meaning: "Entries into the stage that the CRM recorded in the calendar month. Shown are the stages of paths that have an SLA or \
        a target.",
};

pub(super) const TOUCHED: Word =
    Word { term: "Touched", meaning: "Of these entries: answered by now, in time or late, as the stage's SLA says." };

pub(super) const ACCEPTED: Word =
    Word { term: "Accepted", meaning: "Of these entries: reached the next stage of the path, or a later one, by now." };

pub(super) const RETURNED: Word = Word {
    term: "Given back in a month",
    meaning: "Returns in the calendar month, with the reason that was recorded, whenever the lead was handed over.",
};

pub(super) const WON: Word =
    Word { term: "Won", meaning: "Entries into the last stage of a path that the CRM recorded in the month." };

pub(super) const PAST_DUE: Word = Word {
    term: "Past due",
    meaning: "The promised time is over, and there is no answer yet. Since is when it was over.",
};

pub(super) const SOON: Word = Word {
    term: "Coming soon",
    meaning: "Leads that would hold one of these stages with up to 10 more points on each score that it asks for, while all else \
        stays as it is. Not shown are disqualified leads, and those at that stage or a later one by the rulebook or the CRM.",
};

pub(super) const REACHED: Word = Word {
    term: "Reached",
    meaning: "A lead has reached a stage if the CRM says that it entered it, or any later stage of the path. A stage that was \
        skipped takes the date of the next one and is marked implied. A stage that was entered on an unknown date is \
        reached, but is in no cohort, time or response time; it neither takes nor gives an implied date. Nothing after \
        the report's instant counts.",
};

pub(super) const LEFT_OUT: Word = Word {
    term: "Left out",
    meaning: "Leads that the rulebook's leave_out names are in no figure of this report and in no account. They are scored like \
        all others. If it is unknown whether the condition is true, the lead stays in.",
};

pub(super) const WITHIN: Word = Word {
    term: "Steps with a window",
    meaning: "The rulebook gives a lead a time for such a step. Its rate is of the leads that entered, by a recorded or implied date, \
        at least so long before the report's instant. Converted are those that reached the next stage, or one beyond it, \
        within that time; a date before the entry is within it. Leads that reached it later are late and count as not converted. Leads that \
        are not yet due, and leads without a date at one end, are in neither number. The worth of a lead uses these rates, so its chain may differ from the direct rate.",
};

pub(super) const LOSSES: Word = Word {
    term: "Why leads were lost",
    meaning: "Lost leads by the reason on record, and by the furthest stage that they reached. Reasons compare without regard to \
        capitals. The twelve most frequent are shown; the others together are (other), leads without a reason are (none).",
};

pub(super) const OWNER: Word = Word {
    term: "By owner",
    meaning: "The owner is who has the lead today, by the leads file, whoever had it before. Leads without an owner are (none).",
};

pub(super) const PIPELINE: Word = Word {
    term: "Pipeline",
    meaning: "The amounts on record of the open leads: those that are not disqualified, not customers, and not lost after their latest \
        recorded stage. Weighted is the sum of each stage × the rate from that stage to the last one of the path, as the \
        conversion to the last stage shows it. A stage on several paths takes the first path that ends in a customer.",
};

pub(super) const PASSES: Word = Word {
    term: "Passes",
    meaning: "A lead's pass begins with the lead, or when sales gives it back, and ends at the next return. A record counts in the pass in \
        which it lies. A later pass has reached the first stage of a path at the return that began it. Wherever this report says \
        leads of stages, steps, months and response times, it counts passes. Scores, grades and criteria are of the latest pass.",
};

pub(super) const GIVEN_BACK: Word = Word {
    term: "Given back",
    meaning: "A return ends a pass. The pass is resolved, like a lost one, and being given back is a competing end in every curve. If the \
        pass was lost before the return or on its day, it counts as lost. The median runs from the recorded entry into the \
        furthest stage until the return. Reasons and owners compare without regard to capitals; the owner is today's.",
};

pub(super) const RATE: Word = Word {
    term: "Rates and intervals",
    meaning: "A rate is the share of the leads that reached the earlier stage, whenever they did, and then converted. Its \
        interval is Wilson's score interval at 95 %: if the same leads were drawn again many times, 95 of 100 such \
        intervals would hold the true rate.",
};

pub(super) const FEW: Word = Word {
    term: "Too few, n/a, not reached",
    meaning: "With fewer than 20 leads a rate reads \"too few\" instead of a percentage. \"n/a\" means that nobody recorded \
        it, or that there is no lead. A median reads \"not reached\" while fewer than half have converted. None of them \
        is 0.",
};

pub(super) const CONVERSION: Word = Word {
    term: "Conversion",
    meaning: "Of the leads that reached a stage: converted are those that reached the later one; lost are those with a lost \
        date and no further stage of the path after it; all others are open, disqualified leads too. \"Of the resolved\" \
        is converted / (converted + lost), without the open ones.",
};

pub(super) const SEGMENTS: Word = Word {
    term: "Segments",
    meaning: "Leads by the value of a field, without regard to capitals. The twelve largest are shown; the others together are \
        (other), leads without a value are (none). If a cell holds several values, the lead counts in each of them.",
};

pub(super) const COHORTS: Word = Word {
    term: "Cohorts",
    meaning: "Leads by the calendar month in which they entered a stage, in the rulebook's time zone, recorded or implied, and \
        the share that has reached each later stage by now. \"Had time\" is the share of the month's leads that entered at \
        least as long ago as nine in ten of all converted leads took. Where it is below 100 %, the rate may still rise.",
};

pub(super) const VELOCITY: Word = Word {
    term: "Time to convert",
    meaning: "The cumulative incidence of converting, by Aalen and Johansen: open leads are censored at the report's instant, \
        and being lost is a competing end. Where nobody was lost it is 1 − Kaplan–Meier. Only dates that the CRM recorded \
        count. Leads without them, or with dates out of order, are left out and counted. Times are rounded up to the hour.",
};

pub(super) const DATES: Word = Word {
    term: "Dates out of order",
    meaning: "A later stage of the path was entered before an earlier one, by recorded dates. Such leads are listed and never \
        corrected. They have reached both stages, and are in no time between them. A date without a time of day is no \
        error on the day itself.",
};

pub(super) const PATHS: Word = Word {
    term: "Paths side by side",
    meaning: "Each path seen from the first of its stages that not every path has. Only leads count here that the CRM says \
        entered this very stage: leads that skipped it may have come by the other path.",
};

pub(super) const SLA: Word = Word {
    term: "Response times",
    meaning: "The clock starts when a stage is entered, by the CRM's own date. It stops at the promised answer, or when the next \
        stage of the path is reached. A promise is kept or broken only when its time is over: kept with an answer in time, \
        broken without one. Past due now is the part of the broken that still waits for one. While there is time, leads are \
        kept, not yet due (with an answer), or running (without one). Leads that were lost before their time was over count \
        for neither. The rate is kept / (kept + broken). The median is of all those answered.",
};

pub(super) const BUSINESS_HOURS: Word = Word {
    term: "Business hours",
    meaning: "Where a promise is in business hours, its clock runs only while the company is open, by the rulebook's \
        business hours. A stage that is entered at another time counts from the next opening. The median is in business hours, \
        too.",
};

pub(super) const TARGETS: Word = Word {
    term: "Targets",
    meaning: "Entries into a stage that the CRM recorded in a calendar month, in the rulebook's time zone. The pace needed \
        spreads what is missing over the days that are left, today included unless it is over.",
};

pub(super) const VALUE: Word = Word {
    term: "What a lead is worth",
    meaning: "Lifetime value × the rate from each stage to the next, down to the customer. Every factor is shown; a factor that \
        the rulebook states instead of measuring is marked. The direct rate is measured from the stage to the customer at \
        once. Where all factors are measured, both agree, because a lead that reached a stage has reached all stages \
        before it; a gap comes from stated rates alone. The interval is the direct rate's. The highest cost is the value / \
        target return. By segment the overall lifetime value is used. A pool is the open leads of a stage × its value, \
        whatever their age.",
};

pub(super) const LTV: Word = Word {
    term: "Lifetime value",
    meaning: "Stated in the rulebook, or the mean over the customers that have a value on record.",
};

pub(super) const COST: Word = Word {
    term: "Cost",
    meaning: "Spend on a segment / its leads that reached a stage. Spend and leads must cover the same time; the report can't \
        check that.",
};

pub(super) const SCORES: Word = Word {
    term: "Outcomes by score",
    meaning: "A customer is a lead that the CRM records in the rulebook's last stage. Lift is a group's customer rate / that of \
        all leads: 1 is average. A past customer's score today is no forecast: it knows what happened after the sale, and \
        rates by score describe the past. For a forecast, score the leads as of an earlier day.",
};

pub(super) const AUC: Word = Word {
    term: "AUC",
    meaning: "The chance that a customer's total is above that of another lead, ties counting half: 0.5 is no better than \
        chance, 1 separates them without error. The interval is DeLong's at 95 %.",
};

pub(super) const CRITERIA: Word = Word {
    term: "Outcomes by criterion",
    meaning: "A criterion fired if it gave a lead other than 0 points. Lift is the customer rate of leads with it / of leads \
        without it, with Katz' logarithmic interval at 95 %; an interval that holds 1 shows nothing. Revenue a lead is the \
        customers' value / all leads; customers without a value count with the mean.",
};

pub(super) const POINTS: Word = Word {
    term: "Points by dimension and group",
    meaning: "Points above and below zero, added up over all leads: a group's after its limits, a dimension's after weight and \
        limits.",
};

pub(super) const PAIRS: Word = Word {
    term: "Criteria that fire together",
    meaning: "The leads on which both fired / the leads on which either did (Jaccard's index), for at least 20 leads together. \
        Near 1 the two may count one thing twice. Criteria that fire on more than nine in ten leads are left out: they \
        fire together with everything. With more than 512 criteria no pair is shown.",
};

pub(super) const UNCLOSED: Word = Word {
    term: "What did not close",
    meaning: "Leads of the first path that reached the stage before the last, and how many of them did not reach the last: by \
        criterion, beside the leads on which it did not fire.",
};

pub(super) const CRM: Word = Word {
    term: "Rulebook and CRM",
    meaning: "Down is the stage that the rulebook gives, across the last stage that the CRM records. To hand over: the rulebook \
        is further. To recycle: the CRM's stage says that the lead goes back to marketing.",
};

pub(super) const QUESTIONS: Word = Word {
    term: "The next question to ask",
    meaning: "For each lead below the first stage that a score opens, and each field that it lacks: every criterion that reads \
        the field gets the most points that it could give if the field were known and all else stayed as it is; groups, \
        dimensions and total follow with their limits. \"Would move\" counts the leads for which the stage's condition \
        could then hold. It is the best case. With very many leads, an even sample is asked.",
};
