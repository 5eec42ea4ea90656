//! Paths, response times, targets and value of a report made by hand.

use super::{MARKETING, Made, rate};
use leadscore::report::*;

impl Made {
    pub fn path(&self, name: &str, stages: &[(&str, u64)]) -> PathReport {
        let pairs = || stages.windows(2).map(|pair| (pair[0], pair[1]));
        let last = stages[stages.len() - 1];
        let to_last = || stages[..stages.len() - 1].iter().map(move |stage| (*stage, last));
        let reach = |(stage, percent): &(&str, u64)| {
            let n = self.part(*percent);
            let (n_implied, n_undated) = (n / 10, n / 20);
            let n_dated = n - n_implied - n_undated;
            StageReach {
                stage: self.name(stage),
                n_reached: n,
                n_dated,
                n_implied,
                n_undated,
                n_unknown: 3,
                n_open_here: n / 2,
            }
        };
        PathReport {
            name: self.name(name),
            stages: stages.iter().map(reach).collect(),
            to_next: pairs().map(|(from, to)| self.conversion(from, to, 1)).collect(),
            to_last: to_last().map(|(from, to)| self.conversion(from, to, 1)).collect(),
            segments: vec![self.segments("source", stages), self.segments("country", stages)],
            cohorts: stages[..stages.len() - 1].iter().enumerate().map(|(at, _)| self.cohorts(&stages[at..])).collect(),
            velocity_to_next: pairs().map(|(from, to)| self.velocity(from, to)).collect(),
            velocity_to_last: to_last().map(|(from, to)| self.velocity(from, to)).collect(),
            losses: None,
            open_by_owner: None,
        }
    }

    fn conversion(&self, from: (&str, u64), to: (&str, u64), share_of: u64) -> Conversion {
        let n = self.part(from.1) / share_of;
        let n_converted = (self.part(to.1) / share_of).min(n);
        let n_lost = (n - n_converted) / 2;
        Conversion {
            from: self.name(from.0),
            to: self.name(to.0),
            n,
            n_converted,
            n_open: n - n_converted - n_lost,
            n_lost: Some(n_lost),
            n_returned: None,
            rate: rate(n_converted, n),
            resolved: rate(n_converted, n_converted + n_lost),
            window: None,
        }
    }

    fn segments(&self, field: &str, stages: &[(&str, u64)]) -> SegmentTable {
        let plain = ["Organic Search", "Paid Search", "Webinar", "Referral", "Paid Social", "(other)", "(none)"];
        let names: Vec<String> = (0..plain.len() * self.times)
            .map(|at| if at < plain.len() { plain[at].to_owned() } else { format!("{} {at}", plain[at % plain.len()]) })
            .collect();
        let segment = |(at, name): (usize, &String)| {
            let share_of = 2 + 3 * at as u64;
            let (first, last) = (stages[0], stages[stages.len() - 1]);
            let last = (last.0, last.1 + at as u64 % 3);
            Segment {
                name: self.name(name),
                n_leads: self.n / share_of,
                n_reached: stages.iter().map(|stage| self.part(stage.1) / share_of).collect(),
                to_next: stages.windows(2).map(|pair| self.conversion(pair[0], pair[1], share_of)).collect(),
                to_last: self.conversion(first, last, share_of),
            }
        };
        SegmentTable {
            field: field.to_owned(),
            segments: names.iter().enumerate().map(segment).collect(),
            n_in_other: 12,
        }
    }

    fn cohorts(&self, stages: &[(&str, u64)]) -> Cohorts {
        let months = 12 * self.times.min(3);
        let month = |at: usize| {
            let n = self.part(stages[0].1) / months as u64;
            let had_time = if at + 3 < months { 1.0 } else { 0.8 - 0.25 * (at + 3 - months) as f64 };
            let cell = |to: &(&str, u64)| {
                let n_converted = n * to.1 / stages[0].1 * (100 - (at as u64 * 7) % 40) / 100;
                CohortCell { rate: rate(n_converted, n), had_time: Figure::Known { value: had_time } }
            };
            Cohort {
                month: format!("{}-{:02}", 2026 - (months - 1 - at) / 12, at % 12 + 1),
                n,
                cells: stages[1..].iter().map(cell).collect(),
            }
        };
        Cohorts {
            from: self.name(stages[0].0),
            to: stages[1..].iter().map(|stage| self.name(stage.0)).collect(),
            enough_time: stages[1..].iter().map(|_| Days::After { days: 41.5 }).collect(),
            months: if self.n == 0 { Vec::new() } else { (0..months).map(month).collect() },
        }
    }

    fn velocity(&self, from: (&str, u64), to: (&str, u64)) -> Velocity {
        let n = self.part(from.1);
        let n_converted = self.part(to.1).min(n);
        let share = if n == 0 { 0.0 } else { n_converted as f64 / n as f64 };
        let point = |at: u32| {
            let days = f64::from(at) * 4.0;
            CurvePoint {
                days,
                share: share * (1.0 - 1.0 / (1.0 + days / 20.0)),
                n_at_risk: n * u64::from(40 - at) / 40,
            }
        };
        let after = |days: u32| {
            let value = share * f64::from(days) / 100.0;
            let known = Figure::Between { value, low: value * 0.8, high: value * 1.2 };
            (days, if n >= 20 { known } else { Figure::TooFew { n } })
        };
        Velocity {
            from: self.name(from.0),
            to: self.name(to.0),
            n,
            n_converted,
            n_lost: (n - n_converted) / 2,
            n_censored: (n - n_converted) - (n - n_converted) / 2,
            n_left_out: 5,
            after: [30, 60, 90].map(after).to_vec(),
            median: Days::NotReached,
            p90: Days::NotReached,
            median_of_converted: if n >= 20 { Days::After { days: 18.25 } } else { Days::TooFew { n } },
            curve: if n == 0 { Vec::new() } else { (0..40).map(point).collect() },
        }
    }

    pub fn compared(&self, path: &str, from: &str, percent: u64) -> PathCompared {
        PathCompared {
            path: self.name(path),
            from: self.name(from),
            to: self.name("Customer"),
            rate: rate(self.part(3), self.part(percent)),
            after: vec![(30, Figure::Known { value: 0.05 }), (60, Figure::TooFew { n: 4 }), (90, Figure::None)],
            median: Days::NotReached,
            median_of_converted: Days::After { days: 33.0 },
        }
    }

    pub fn date_error(&self) -> DateError {
        DateError {
            lead: self.name("100443"),
            stage: self.name("MQL"),
            at: super::instant("2026-03-04T08:00:00Z"),
            later_stage: self.name("Customer"),
            later_at: super::instant("2026-03-02T08:00:00Z"),
        }
    }

    pub fn sales(&self) -> Sales {
        let months = |percent: u64| Months { this: self.part(percent), last: self.part(2 * percent) };
        let leads = |n: usize| (0..n.min(15)).map(|at| self.name(&format!("10{at:04}")));
        let overdue = |lead: String| OverdueLead {
            lead,
            stage: self.name("MQL"),
            since: super::instant("2026-05-20T08:00:00Z"),
            owner: Some(self.name("Ayla")),
        };
        let near =
            |lead: String| NearLead { lead, stage: self.name("MQL"), missing: leadscore::Points::from_hundredths(50) };
        let n_listed = self.times * 9;
        Sales {
            this_month: "2026-06".to_owned(),
            last_month: "2026-05".to_owned(),
            handed_over: vec![HandedOver {
                stage: self.name("MQL"),
                target: Some(120),
                n_entered: months(4),
                n_touched: Some(months(3)),
                n_accepted: months(1),
            }],
            given_back: Some(MonthlyReturns {
                n: months(2),
                reasons: vec![GivenBackFor { reason: self.name("No budget"), n: months(2) }],
            }),
            won: vec![Won { stage: self.name("Customer"), target: None, n_entered: months(1) }],
            past_due: Some(PastDue { n: n_listed as u64, leads: leads(n_listed).map(overdue).collect() }),
            soon: Some(ComingSoon {
                stages: vec![self.name("MQL"), self.name("PQL")],
                within: leadscore::Points::from_hundredths(1_000),
                n_leads: n_listed as u64,
                leads: leads(n_listed).map(near).collect(),
            }),
        }
    }

    pub fn sla(&self) -> Sla {
        let counts = |n: u64| SlaCounts {
            n,
            n_met: n / 2,
            n_broken: n - n / 2,
            n_missed: n / 4,
            n_past_due: n - n / 2 - n / 4,
            n_lost_after: 0,
            n_early: 0,
            n_running: 0,
            n_lost: 0,
            n_before: 2,
            n_undated: 1,
            kept: rate(n / 2, n),
            median: Days::After { days: 0.9 },
        };
        let segments =
            vec![(self.name("Webinar"), counts(self.part(9))), (self.name("Referral"), counts(self.part(1)))];
        Sla {
            stage: self.name("MQL"),
            until: self.name("contacted"),
            path: None,
            within_hours: 24.0,
            hours: SlaHours::All,
            all: counts(self.part(24)),
            segments: vec![("source".to_owned(), segments)],
        }
    }

    pub fn target(&self, stage: &str, target: u64) -> Target {
        Target {
            stage: self.name(stage),
            target,
            this_month: TargetMonth { month: "2026-06".to_owned(), n: 4 },
            last_month: TargetMonth { month: "2026-05".to_owned(), n: 97 },
            days_left: 29,
            n_missing: target.saturating_sub(4),
            needed_a_day_hundredths: (target > 4).then_some(401),
            so_far_a_day_hundredths: None,
        }
    }

    pub fn value(&self) -> ValueFigures {
        let stated = |from: &str, percent: u64| ChainFactor {
            from: self.name(from),
            to: self.name("SQL"),
            rate: Figure::Known { value: 0.25 },
            source: FactorFrom::Stated,
            measured: rate(self.part(9), self.part(percent)),
            within_ms: None,
        };
        let stage = |from: &str, percent: u64| StageValue {
            path: self.name("marketing"),
            stage: self.name(from),
            factors: vec![
                stated(from, percent),
                ChainFactor {
                    from: self.name("SQL"),
                    to: self.name("Customer"),
                    rate: Figure::Between { value: 0.4, low: 0.35, high: 0.45 },
                    source: FactorFrom::Measured,
                    measured: rate(self.part(4), self.part(9)),
                    within_ms: None,
                },
            ],
            chain_rate: Figure::Known { value: 0.1 },
            chain: Figure::Known { value: 2000.0 },
            direct_rate: rate(self.part(4), self.part(percent)),
            direct: Figure::Between { value: 3333.0, low: 2900.0, high: 3800.0 },
            gap: Figure::Known { value: -1333.0 },
            gap_why: Some(StatedFactors(vec![stated(from, percent)])),
            max_cost: Figure::Known { value: 1538.46 },
            cost: Figure::None,
            segments: vec![SegmentValue {
                name: self.name("Webinar"),
                direct_rate: rate(self.part(1), self.part(3)),
                chain_rate: None,
                value: Figure::Between { value: 6600.0, low: 4000.0, high: 8000.0 },
                max_cost: Figure::Known { value: 5000.0 },
                cost: Figure::Known { value: 412.5 },
            }],
        };
        let costs = |segment: &str| SpendRow {
            segment: self.name(segment),
            amount: 12_000.0,
            costs: MARKETING[1..]
                .iter()
                .map(|(stage, percent)| StageCost {
                    path: self.name("marketing"),
                    stage: self.name(stage),
                    n: self.part(*percent) / 5,
                    cost: Figure::Known { value: 12_000.0 / (1.0 + *percent as f64) },
                })
                .collect(),
        };
        ValueFigures {
            currency: Some(self.name("USD")),
            ltv: Some(Ltv { amount: Figure::Known { value: 20_000.0 }, from: LtvFrom::Stated }),
            target_roas: Some(1.3),
            stages: vec![stage("MQL", 24), stage("SAL", 12)],
            pipeline: None,
            pool: vec![Pool {
                path: self.name("marketing"),
                stage: self.name("MQL"),
                n_open: self.part(12),
                value: Figure::Known { value: 2000.0 * self.part(12) as f64 },
            }],
            spend: vec![costs("Webinar"), costs("Paid Search"), costs("all with spend")],
        }
    }
}
