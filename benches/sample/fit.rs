//! How good a lead is: as the scores of the night say, and in truth.

use super::accounts::Account;
use super::people::{Person, Rank};

/// The points for who it is, roughly as the CRM had them when leads were handed over.
pub(super) fn scored(person: &Person, account: Option<&Account>) -> i64 {
    let company = account.map_or(0, |account| {
        let market = match account.industry {
            "Software" | "Fintech" => 20,
            "Healthcare" => 12,
            "Manufacturing" | "Logistics" => 8,
            "Retail" => 3,
            "Public Sector" => -10,
            "Gambling" => -30,
            _ => 0,
        };
        let size = match account.employees {
            ..10 => -10,
            10..50 => 0,
            200..2_000 => 20,
            _ => 10,
        };
        let revenue = match account.revenue {
            ..500_000 => -10,
            500_000..10_000_000 => 0,
            10_000_000..50_000_000 => 6,
            _ => 10,
        };
        let maturity = match account.maturity {
            "Growth" => 10,
            "Established" => 5,
            "Winding down" => -20,
            _ => 0,
        };
        let place =
            if ["India", "Nigeria", "Brazil", "Canada", "Ireland"].contains(&account.country) { -15 } else { 5 };
        market + size + revenue + maturity + place + if account.uses_cloud() { 10 } else { -5 }
    });
    let rank = match person.rank {
        Rank::Senior => 20,
        Rank::Manager => 14,
        Rank::Other => 2,
        Rank::Student => -40,
    };
    let mailbox = if person.has_free_mail { -15 } else { 0 };
    (company.min(70) + (rank + 7 + mailbox).min(30)).max(0)
}

/// What decides whether it buys, from 0 to some 100: need, size, tools, who it is and how it found us; nothing else.
pub(super) fn strength(person: &Person, account: Option<&Account>) -> i64 {
    let company = account.map_or(0, |account| {
        let size = match account.employees {
            ..10 => 0,
            10..50 => 6,
            50..200 => 14,
            200..2_000 => 24,
            _ => 12,
        };
        let market = match account.industry {
            "Software" | "Fintech" | "Healthcare" => 8,
            "Public Sector" | "Gambling" => 0,
            _ => 4,
        };
        size + market + if account.uses_cloud() { 8 } else { 0 }
    });
    let rank = match person.rank {
        Rank::Senior | Rank::Manager => 12,
        Rank::Other => 4,
        Rank::Student => 0,
    };
    let came_by = match person.source {
        "Referrals" => 8,
        "Organic Search" => 4,
        "Paid Social" => -4,
        "Purchased List" => -10,
        _ => 0,
    };
    let mailbox = if person.has_free_mail { -8 } else { 0 };
    (company + rank + came_by + mailbox + person.need / 18 - 8).max(0)
}

/// The chance, in thousandths, that sales finds a real purchase behind it.
pub(super) fn qualifies(strength: i64) -> i64 {
    table(strength, [5, 10, 15, 30, 90, 240, 490, 760, 890, 930, 950])
}

/// The chance, in thousandths, that a real purchase is made from us.
pub(super) fn buys(strength: i64) -> i64 {
    table(strength, [50, 80, 120, 180, 270, 390, 530, 670, 780, 840, 880])
}

fn table(strength: i64, chances: [i64; 11]) -> i64 {
    let place = usize::try_from(strength / 10).unwrap_or(0);
    chances.get(place).or(chances.last()).copied().unwrap_or(0)
}
