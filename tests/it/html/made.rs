//! Reports made by hand: nothing, a handful of leads, a usual company, and more of everything than fits a page. The figures are
//! plausible and not computed; every name ends in `suffix`, so that a test can see what becomes of names.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "made figures are small, and only look like figures"
)]

mod outcomes;
mod paths;

use leadscore::report::*;

/// Makes reports.
#[derive(Clone, Debug)]
pub struct Made {
    /// What every name ends in.
    pub suffix: String,
    /// How many leads.
    pub n: u64,
    /// How many times as many segments, criteria and fields as usual.
    pub times: usize,
}

const MARKETING: [(&str, u64); 4] = [("Lead", 100), ("MQL", 24), ("SQL", 9), ("Customer", 4)];
const PRODUCT: [(&str, u64); 4] = [("Lead", 100), ("PQL", 6), ("SQL", 9), ("Customer", 4)];

impl Made {
    /// With plain names.
    pub fn new(n: u64, times: usize) -> Self {
        Self { suffix: String::new(), n, times }
    }

    fn name(&self, name: &str) -> String {
        format!("{name}{}", self.suffix)
    }

    fn accounts(&self) -> Accounts {
        let stage = |stage: &str, part: u64| AccountsInStage {
            stage: self.name(stage),
            n_accounts: self.part(part),
            n_leads: self.part(part * 2),
        };
        Accounts {
            n_accounts: self.part(30),
            n_leads: self.part(60),
            n_without: self.part(5),
            stages: vec![stage("Known", 25), stage("MQA", 5)],
        }
    }

    fn part(&self, percent: u64) -> u64 {
        self.n * percent / 100
    }

    /// The whole.
    pub fn report(&self) -> Report {
        let names = ["Lead", "MQL", "PQL", "SQL", "Customer"];
        Report {
            schema: SCHEMA,
            rulebook: Some(self.name("B2B SaaS")),
            owner: Some(self.name("marketing-ops")),
            as_of: instant("2026-06-01T20:59:59.999Z"),
            zone: leadscore::Zone::named("Europe/Istanbul").expect("a zone"),
            n_leads: self.n,
            n_left_out: None,
            passes: None,
            stages: names.iter().map(|name| self.name(name)).collect(),
            customer_stage: Some(self.name("Customer")),
            n_customers: Some(self.part(4)),
            definitions: Vec::new(),
            cautions: vec![
                Caution::PastCustomers,
                Caution::NotToCustomer { path: self.name("partner"), last: self.name("SQL") },
                Caution::DatesOutOfOrder { n_leads: 1 },
            ],
            sales: Some(self.sales()),
            paths: vec![self.path("marketing", &MARKETING), self.path("product", &PRODUCT)],
            side_by_side: vec![self.compared("marketing", "MQL", 24), self.compared("product", "PQL", 6)],
            date_errors: DateErrors { n_leads: self.part(1), examples: vec![self.date_error()] },
            given_back: None,
            slas: vec![self.sla()],
            targets: vec![self.target("MQL", 120), self.target("SQL", 1)],
            value: Some(self.value()),
            accounts: Some(self.accounts()),
            scores: self.scores(&names),
            criteria: self.criteria(),
            crm: self.crm(&names),
            quality: self.quality(),
        }
    }
}

/// No lead, no path, no value: what a bare rulebook and an empty file give.
pub fn bare() -> Report {
    let full = Made::new(0, 1).report();
    let none = Outcomes { n_leads: 0, n_customers: None, rate: Rate::None, lift: Figure::None };
    Report {
        rulebook: None,
        owner: None,
        customer_stage: None,
        n_customers: None,
        sales: None,
        paths: Vec::new(),
        side_by_side: Vec::new(),
        date_errors: DateErrors::default(),
        slas: Vec::new(),
        targets: Vec::new(),
        value: None,
        accounts: None,
        scores: Scores {
            all: none,
            grades: None,
            bands: Vec::new(),
            stages: Vec::new(),
            auc: Auc { auc: Figure::None, n_customers: None, n_others: None },
        },
        criteria: Criteria { criteria: Vec::new(), dimensions: Vec::new(), pairs: Vec::new(), unclosed: None },
        ..full
    }
}

/// A share with an interval about as wide as it should be.
fn rate(converted: u64, n: u64) -> Rate {
    match n {
        0 => Rate::None,
        1..20 => Rate::TooFew { n, converted },
        _ => {
            let rate = converted as f64 / n as f64;
            let half = 1.96 * (rate * (1.0 - rate) / n as f64 + 0.001).sqrt();
            Rate::Measured { n, converted, rate, low: (rate - half).max(0.0), high: (rate + half).min(1.0) }
        }
    }
}

/// An instant from its text.
fn instant(text: &str) -> leadscore::Instant {
    leadscore::parse_date_literal(text, &leadscore::Zone::utc()).expect("a date").start
}
