//! `accounts.csv`: companies, as the CRM and a provider of company data know them.

use super::clock::{BEGIN, DAY, date};
use super::log::row;
use super::luck::Luck;
use super::words::{CLOUD, COMPANIES, INDUSTRIES, OTHER_TOOLS, REGIONS, Region, plain};

/// How many there are.
pub(super) const N: usize = 760;

/// A company.
pub(super) struct Account {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) industry: &'static str,
    pub(super) region: Region,
    pub(super) country: &'static str,
    pub(super) employees: i64,
    pub(super) revenue: i64,
    pub(super) maturity: &'static str,
    pub(super) technologies: Vec<&'static str>,
    /// Mails go through a scanner that opens them and follows their links.
    pub(super) scans_mail: bool,
    luck: i64,
}

impl Account {
    pub(super) fn uses_cloud(&self) -> bool {
        self.technologies.iter().any(|tool| CLOUD.contains(tool))
    }
}

/// All companies.
pub(super) fn all() -> Vec<Account> {
    let names: Vec<(&str, &str, &str)> = INDUSTRIES
        .iter()
        .flat_map(|(industry, _, words)| words.iter().map(move |word| (*industry, *word)))
        .flat_map(|(industry, word)| COMPANIES.map(|first| (industry, first, word)))
        .collect();
    // A step that has no divisor in common with their number meets each name once.
    (0..N).map(|number| made(number, names[number * 337 % names.len()])).collect()
}

fn made(number: usize, (industry, first, word): (&'static str, &str, &str)) -> Account {
    let mut luck = Luck::of(21, number);
    let region = luck.weigh(&REGIONS);
    let employees = employees(number);
    let n_tools = luck.among(1, 3);
    let is_modern = luck.chance(550);
    let mut technologies: Vec<&str> = Vec::new();
    for _ in 0..n_tools {
        let tool = if is_modern { luck.pick(&CLOUD) } else { luck.pick(&OTHER_TOOLS) };
        if !technologies.contains(&tool) {
            technologies.push(tool);
        }
    }
    Account {
        id: format!("ACC-{}", 1_001 + number),
        name: format!("{first} {word} {}", luck.pick(region.legal_forms())),
        domain: format!("{}{}.example", plain(first), plain(word)),
        industry,
        region,
        country: luck.weigh(region.countries()),
        employees,
        revenue: employees * luck.among(70, 240) * 1_000,
        maturity: luck.weigh(&[("Established", 36), ("Growth", 32), ("Start-up", 26), ("Winding down", 6)]),
        technologies,
        scans_mail: luck.chance(100),
        luck: luck.below(1_000_000),
    }
}

/// How many people work there.
pub(super) fn employees(number: usize) -> i64 {
    let mut luck = Luck::of(20, number);
    match luck.below(100) {
        0..15 => luck.among(2, 9),
        15..40 => luck.among(10, 49),
        40..65 => luck.among(50, 199),
        65..90 => luck.among(200, 1_999),
        _ => luck.among(2_000, 9_000),
    }
}

/// The file, with a company that is there twice and cells that only a person can read.
pub(super) fn file(accounts: &[Account]) -> Vec<u8> {
    let mut to = Vec::new();
    let header = [
        "Account ID",
        "Account Name",
        "Industry",
        "Country",
        "Number of Employees",
        "Annual Revenue",
        "Company Stage",
        "Technologies",
        "Country",
        "Enriched On",
    ];
    row(&mut to, ',', &header, "\n");
    for (number, account) in accounts.iter().enumerate() {
        write(number, account, &mut to);
        if number == 140 {
            write(number, account, &mut to);
        }
    }
    to
}

fn write(number: usize, account: &Account, to: &mut Vec<u8>) {
    let employees = match number {
        17 => "about 200".to_owned(),
        _ if account.luck % 31 == 0 => String::new(),
        _ if account.luck % 3 == 0 => account.employees.to_string(),
        _ => thousands(account.employees, ","),
    };
    let revenue = match account.luck % 11 {
        0 => String::new(),
        1 | 2 => account.revenue.to_string(),
        3 | 4 => thousands(account.revenue, ","),
        5 => format!("USD {}", thousands(account.revenue, ",")),
        6 => format!("$ {}", thousands(account.revenue, "'")),
        _ => format!("${}", thousands(account.revenue, ",")),
    };
    // The seat that the CRM knows, and the one that the provider found; either may be missing.
    let (seat, found) = match account.luck % 23 {
        0 => ("", account.country),
        1 => ("N/A", account.country),
        2 if account.luck % 3 == 0 => ("", ""),
        2..=8 => (account.country, ""),
        _ => (account.country, account.country),
    };
    let industry = match account.luck % 97 {
        0 => "",
        1 => "N/A",
        _ => account.industry,
    };
    let maturity = if account.luck % 53 == 0 { "" } else { account.maturity };
    // Half of them were looked up when we began; the others as time went by.
    let enriched = if account.luck % 2 == 0 { BEGIN } else { BEGIN + account.luck % 400 * DAY };
    // Of some nobody knows what they use.
    let technologies = if account.luck % 29 == 3 { String::new() } else { account.technologies.join(";") };
    let cells = [
        &account.id,
        &account.name,
        industry,
        seat,
        &employees,
        &revenue,
        maturity,
        &technologies,
        found,
        &date(enriched),
    ];
    row(to, ',', &cells, "\n");
}

/// `1,237`
pub(super) fn thousands(number: i64, by: &str) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(by);
        }
        out.push(digit);
    }
    out
}
