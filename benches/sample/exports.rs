//! The exports that are separated by commas: the website, the mails, the notes of sales, the product, the deals, the history of stages.

use super::accounts::thousands;
use super::clock::{DAY, END, american, date, millis, minute, second, utc};
use super::log::{Log, Web, row};

/// `web-activity.csv`: monthly files put together, so that a header stands among the rows; some rows were exported twice, one comes
/// from a clock that is ahead, some name leads that are gone.
pub(super) fn web(log: &Log) -> Vec<u8> {
    const HEADER: [&str; 7] =
        ["Event ID", "Contact ID", "Event", "Timestamp", "Page URL", "Seconds on Page", "Form Topic"];
    let mut to = Vec::new();
    row(&mut to, ',', &HEADER, "\n");
    for (place, Web { time, lead, kind, page, seconds, topic }) in log.web.iter().enumerate() {
        let id = format!("w{:05}", place + 1);
        let gone = (100_000 + place / 40).to_string();
        let lead = if place % 1_201 == 600 { &gone } else { lead };
        let time = match place {
            4_321 => String::new(),
            7_654 => "31.31.2026".to_owned(),
            8_000 => second(END + 36 * 365 * DAY),
            _ => second(*time),
        };
        let seconds = seconds.map(|seconds| seconds.to_string()).unwrap_or_default();
        let cells = [&id, lead.as_str(), kind, &time, page, &seconds, topic];
        row(&mut to, ',', &cells, "\n");
        if place % 2_999 == 1_500 {
            row(&mut to, ',', &cells, "\n");
        }
        if place == 6_000 {
            row(&mut to, ',', &HEADER, "\n");
        }
    }
    to
}

/// `email-activity.csv`
pub(super) fn mail(log: &Log) -> Vec<u8> {
    let mut to = Vec::new();
    row(&mut to, ',', &["Event ID", "Recipient", "Event Type", "Occurred At", "Campaign", "User Agent"], "\n");
    for (place, mail) in log.mail.iter().enumerate() {
        let gone = format!("no.longer.here{}@poyrazcloud.example", place % 7);
        let address = if place % 1_103 == 500 { &gone } else { &mail.address };
        let campaign = format!("Newsletter {}", mail.campaign);
        let id = format!("m-{:05}", place + 1);
        row(&mut to, ',', &[&id, address, mail.kind, &utc(mail.time), &campaign, mail.agent], "\n");
    }
    to
}

/// `crm-activities.csv`: a program that leaves out empty cells at the end of some rows.
pub(super) fn crm(log: &Log) -> Vec<u8> {
    let mut to = Vec::new();
    row(
        &mut to,
        ',',
        &["Activity ID", "Contact ID", "Activity Type", "Activity Date", "Logged At", "Outcome", "Rating"],
        "\n",
    );
    for (place, crm) in log.crm.iter().enumerate() {
        let id = format!("T-{}", 70_001 + place);
        let rating = crm.rating.map(|rating| rating.to_string()).unwrap_or_default();
        let cells =
            [&id, crm.lead.as_str(), crm.kind, &american(crm.time), &american(crm.logged), crm.outcome, &rating];
        let n_cells = if crm.outcome.is_empty() && rating.is_empty() && place % 29 == 0 { 5 } else { 7 };
        row(&mut to, ',', &cells[..n_cells], "\n");
    }
    to
}

/// `product-usage.csv`
pub(super) fn product(log: &Log) -> Vec<u8> {
    let mut to = Vec::new();
    row(&mut to, ',', &["Timestamp", "User Email", "Event", "Feature", "Plan"], "\n");
    for (place, used) in log.product.iter().enumerate() {
        let address = if place % 1_507 == 700 { "qa@ledgerlane.example" } else { &used.address };
        row(&mut to, ',', &[&millis(used.time).to_string(), address, used.kind, used.feature, used.plan], "\n");
    }
    to
}

/// `deals.csv`: it was saved by a spreadsheet that keeps ids as texts, and one amount is in another currency than the column.
pub(super) fn deals(log: &Log) -> Vec<u8> {
    let mut to = Vec::new();
    let header = [
        "Deal ID",
        "Deal Name",
        "Contact ID",
        "Deal Stage",
        "Close Date",
        "Amount",
        "Amount in deal currency",
        "Deal Owner",
        "Closed Lost Reason",
    ];
    row(&mut to, ',', &header, "\n");
    for (place, deal) in log.deals.iter().enumerate() {
        let (rate, sign) = match deal.currency {
            "EUR" => (920, "€"),
            "TRY" => (33_000, "₺"),
            "GBP" => (790, "£"),
            "CHF" => (880, "CHF "),
            "PLN" => (4_000, "PLN "),
            _ => (1_000, "$"),
        };
        let own = format!("{sign}{}", thousands(deal.amount * rate / 1_000, ","));
        let amount = if place == 57 {
            format!("€{}", thousands(deal.amount, ","))
        } else {
            format!("${}", thousands(deal.amount, ","))
        };
        let cells = [
            &format!("D-{}", 4_101 + place),
            &format!("{} - Team plan", deal.company),
            &format!("=\"{}\"", deal.lead),
            deal.stage,
            &date(deal.close),
            &amount,
            &own,
            deal.owner,
            deal.reason,
        ];
        row(&mut to, ',', &cells, "\n");
    }
    to
}

/// `stage-history.csv`: every stage that the CRM recorded. The contacts have only the latest of each.
pub(super) fn history(log: &Log) -> Vec<u8> {
    let mut to = Vec::new();
    row(&mut to, ',', &["Change ID", "Contact ID", "Stage", "Changed On", "Reason", "Changed By"], "\n");
    for (place, change) in log.history.iter().enumerate() {
        let id = format!("H-{:05}", place + 1);
        row(&mut to, ',', &[&id, &change.lead, change.stage, &minute(change.time), change.reason, change.owner], "\n");
    }
    to
}
