//! Scores, criteria, stages and data quality of a report made by hand.

use super::{Made, rate};
use leadscore::report::*;

impl Made {
    pub fn scores(&self, stages: &[&str]) -> Scores {
        let n_bands = if self.n == 0 { 0 } else { 14 * self.times.min(4) as i64 };
        let peaks = [2, 6, 7, 9, 11, 1];
        let band = |at: i64| {
            let by_stage: Vec<u64> =
                peaks.iter().map(|peak| self.n / 20 / (1 + ((at - peak) * (at - peak)) as u64)).collect();
            Band {
                from: (at > 0).then_some(at * 10 - 20),
                to: (at + 1 < n_bands).then_some(at * 10 - 10),
                outcomes: outcomes(by_stage.iter().sum(), (at * at / 2).clamp(0, 90) as u64),
                by_stage,
            }
        };
        let names = stages.iter().copied().chain(["Disqualified"]);
        let grade = |letter: usize, number: usize| Grade {
            grade: format!("{}{}", ["A", "B", "C", "D"][letter], number + 1),
            outcomes: outcomes(
                self.n / (4 + 3 * (3 - letter) as u64 + 2 * number as u64),
                (12 / (1 + letter + number)) as u64,
            ),
        };
        let row = |letter: usize| GradeRow {
            mark: ["A", "B", "C", "D"][letter].to_owned(),
            cells: (0..4).map(|number| grade(letter, number)).collect(),
        };
        Scores {
            all: outcomes(self.n, 4),
            grades: Some(GradeGrid {
                axes: vec!["fit".to_owned(), "engagement".to_owned()],
                columns: ["1", "2", "3", "4"].map(str::to_owned).to_vec(),
                rows: (0..4).map(row).collect(),
            }),
            bands: (0..n_bands).map(band).collect(),
            stages: names
                .enumerate()
                .map(|(at, name)| (self.name(name), outcomes(self.n / 6, at as u64 * 3)))
                .collect(),
            auc: Auc {
                auc: if self.n < 20 {
                    Figure::TooFew { n: self.n }
                } else {
                    Figure::Between { value: 0.81, low: 0.78, high: 0.84 }
                },
                n_customers: Some(self.part(4)),
                n_others: Some(self.n - self.part(4)),
            },
        }
    }

    pub fn criteria(&self) -> Criteria {
        let titles =
            ["Read a white paper", "Asked for a demo", "ICP industry", "Company size", "Free mail", "Gone cold"];
        let effect = |at: usize| {
            let title = titles[at % titles.len()];
            let is_negative = at % titles.len() > 3;
            let points = 40.0 * self.n as f64 / (1 + at) as f64;
            let n_fired = self.n / (1 + at as u64);
            CriterionEffect {
                id: format!("criterion-{at}"),
                title: self.name(&if at < titles.len() { title.to_owned() } else { format!("{title} ({at})") }),
                part: "engagement.content".to_owned(),
                n_fired,
                given: if is_negative { 0.0 } else { points },
                taken: if is_negative || at == 3 { -points / 2.0 } else { 0.0 },
                rate_with: rate(n_fired / 15, n_fired),
                rate_without: rate((self.n - n_fired) / 30, self.n - n_fired),
                revenue_with: if n_fired < 20 {
                    Figure::TooFew { n: n_fired }
                } else {
                    Figure::Known { value: 1333.3 }
                },
                revenue_without: Figure::Known { value: 640.0 },
                lift: if n_fired < 20 {
                    Figure::TooFew { n: n_fired }
                } else {
                    Figure::Between { value: 2.0, low: 1.6, high: 2.6 }
                },
            }
        };
        let unclosed = |at: usize| UnclosedCriterion {
            title: self.name(titles[at]),
            n: self.part(5),
            n_unclosed: self.part(3),
            closed: rate(self.part(2), self.part(5)),
            closed_without: rate(self.part(2), self.part(4)),
        };
        let group = GroupPoints { name: self.name("content"), n_leads: self.part(40), given: 8200.0, taken: -120.5 };
        let dimension = |name: &str, in_total: bool| DimensionPoints {
            name: self.name(name),
            in_total,
            n_leads: self.part(60),
            given: 12_000.0,
            taken: -640.25,
            groups: vec![group.clone()],
        };
        Criteria {
            criteria: (0..titles.len() * self.times * 2).map(effect).collect(),
            dimensions: vec![dimension("fit", true), dimension("product", false)],
            pairs: vec![Pair {
                titles: (self.name(titles[0]), self.name(titles[1])),
                n_both: 120,
                n_either: 150,
                jaccard: 0.8,
            }],
            unclosed: Some(Unclosed {
                path: self.name("marketing"),
                stage: self.name("SQL"),
                n: self.part(9),
                n_closed: self.part(4),
                n_lost: None,
                n_open: self.part(9) - self.part(4),
                criteria: (0..titles.len()).map(unclosed).collect(),
            }),
        }
    }

    pub fn crm(&self, stages: &[&str]) -> StageCross {
        let names = stages.iter().copied();
        let row = |(at, stage): (usize, &str)| StageRow {
            stage: self.name(stage),
            n_leads: (0..=stages.len()).map(|column| self.n / 30 / (1 + column.abs_diff(at) as u64)).collect(),
        };
        StageCross {
            crm_stages: std::iter::once("(none)").chain(names.clone()).map(|stage| self.name(stage)).collect(),
            rows: names.chain(["Disqualified"]).enumerate().map(row).collect(),
            n_hand_over: self.part(7),
            n_recycle: self.part(2),
            steps: vec![StepLeads {
                step: leadscore::Step::HandOver,
                crm_stage: self.name("Lead"),
                stage: self.name("MQL"),
                n_leads: self.part(7),
            }],
            disqualified: vec![(self.name("competitor"), self.part(1)), (self.name("unsubscribed"), 0)],
        }
    }

    pub fn quality(&self) -> Quality {
        let field = |at: usize| Field {
            name: format!("field_{at}"),
            origin: if at.is_multiple_of(3) { FieldOrigin::Table("accounts".to_owned()) } else { FieldOrigin::Leads },
            n_filled: (at != 4).then_some(self.n / (1 + at as u64 % 4)),
            filled: if at == 4 { Figure::None } else { Figure::Known { value: 1.0 / (1 + at % 4) as f64 } },
            is_scored: at.is_multiple_of(2),
        };
        let question = |at: u64| NextQuestion {
            field: format!("field_{at}"),
            n_lacking: self.part(30) / (1 + at),
            n_gaining: self.part(20) / (1 + at),
            n_moved: self.part(9) / (1 + at),
            mean_gain: Figure::Known { value: 12.5 },
            most_gain: Figure::Known { value: 30.0 },
        };
        Quality {
            files: vec![File {
                role: "leads".to_owned(),
                name: self.name("contacts.csv"),
                n_rows: self.n + 3,
                n_rejects: 2,
                n_empty: 1,
                n_padded: 0,
                n_superseded: 0,
            }],
            n_later_leads: 4,
            fields: (0..9 * self.times).map(field).collect(),
            issues: vec![CellIssue {
                place: "leads".to_owned(),
                field: "employees".to_owned(),
                n_cells: 17,
                first: Some(self.name("contacts.csv:17")),
            }],
            mixed_currencies: Vec::new(),
            sources: vec![SourceEvents {
                source: self.name("web"),
                n_counted: self.n * 9,
                n_undated: 3,
                n_orphans: 41,
                n_later: 0,
                n_repeats: 12,
                n_automated: 5,
                n_shared: 2,
            }],
            automated: vec![AutomatedEvents {
                source: self.name("web"),
                kind: self.name("page_view"),
                rule: 1,
                n_events: 5,
            }],
            orphans: vec![Orphans { source: self.name("web"), kind: self.name("page_view"), n_events: 41 }],
            unmatched: vec![("accounts".to_owned(), 7)],
            rejects: vec![RejectCount { code: "short_row", meaning: "fewer cells than the header", n_rows: 2 }],
            questions: NextQuestions {
                stage: Some(self.name("MQL")),
                n_below: self.part(70),
                n_asked: self.part(35),
                questions: (0..5).map(question).collect(),
            },
        }
    }
}

fn outcomes(n_leads: u64, percent: u64) -> Outcomes {
    let found = rate(n_leads * percent / 100, n_leads);
    let lift = match found {
        Rate::Measured { rate, low, high, .. } => {
            Figure::Between { value: rate / 0.04, low: low / 0.04, high: high / 0.04 }
        }
        Rate::TooFew { n, .. } => Figure::TooFew { n },
        Rate::None => Figure::None,
    };
    Outcomes { n_leads, n_customers: Some(n_leads * percent / 100), rate: found, lift }
}
