//! Outcomes by grade, band and stage, and the area under the curve.

use super::by_score::Won;
use super::estimate::{Z, auc};
use super::figures::{FEW, count, of_rate, rate_of_known, to_share};
use super::lens::Lens;
use super::observed::Observed;
use super::report::{Auc, Band, Figure, Grade, GradeGrid, GradeRow, Outcomes, Scores};
use crate::rulebook::DISQUALIFIED;

/// How many bands are shown; what lies beyond is in the outermost.
const MOST_BANDS: usize = 60;

/// Outcomes by score.
pub(super) fn scores_report(lens: &Lens<'_>, seen: &Observed) -> Scores {
    let average = Average { is_known: lens.customer.is_some(), all: seen.scores.all };
    let names = lens.rulebook.stages.iter().map(|stage| stage.name.clone()).chain([DISQUALIFIED.to_owned()]);
    Scores {
        all: average.outcomes(seen.scores.all),
        grades: grades(lens, seen, average),
        bands: bands(seen, average),
        stages: names.zip(&seen.scores.stages).map(|(name, won)| (name, average.outcomes(*won))).collect(),
        auc: area(seen, average),
    }
}

/// What lifts are measured against.
#[derive(Clone, Copy)]
struct Average {
    is_known: bool,
    all: Won,
}

impl Average {
    fn outcomes(self, won: Won) -> Outcomes {
        let n_customers = self.is_known.then_some(won.n_customers);
        let rate = rate_of_known(n_customers, won.n_leads);
        let lift = if self.all.n_customers == 0 {
            Figure::None
        } else {
            let average = count(self.all.n_customers) / count(self.all.n_leads);
            of_rate(rate, |rate| to_share(rate / average))
        };
        Outcomes { n_leads: won.n_leads, n_customers, rate, lift }
    }
}

fn grades(lens: &Lens<'_>, seen: &Observed, average: Average) -> Option<GradeGrid> {
    let grade = lens.rulebook.grade.as_ref()?;
    let cell = |grade: String| {
        let outcomes = average.outcomes(seen.scores.grades.get(grade.as_str()).copied().unwrap_or_default());
        Grade { grade, outcomes }
    };
    let axes = grade.axes.iter().map(|axis| lens.rulebook.score_name(axis.score)).collect();
    if let [down, across] = &grade.axes[..] {
        let row = |mark: &str| {
            let cells = across.bounds.iter().map(|bound| cell(format!("{mark}{}", bound.mark)));
            GradeRow { mark: mark.to_owned(), cells: cells.collect() }
        };
        let columns = across.bounds.iter().map(|bound| bound.mark.clone()).collect();
        let rows = down.bounds.iter().map(|bound| row(&bound.mark)).collect();
        return Some(GradeGrid { axes, columns, rows });
    }
    // Thousands of possible grades are no table: those that nobody has are left out.
    let has_leads = |grade: &String| seen.scores.grades.get(grade.as_str()).is_some();
    let rows = grade.all().into_iter().filter(|name| grade.axes.len() == 1 || has_leads(name));
    let rows = rows.map(|name| GradeRow { mark: name.clone(), cells: vec![cell(name)] }).collect();
    Some(GradeGrid { axes, columns: vec![String::new()], rows })
}

fn bands(seen: &Observed, average: Average) -> Vec<Band> {
    let mut sorted: Vec<(i64, &Vec<Won>)> =
        seen.scores.bands.entries().iter().map(|(band, stages)| (*band, stages)).collect();
    sorted.sort_unstable_by_key(|(band, _)| *band);
    let (Some(lowest), Some(highest)) = (sorted.first().map(|band| band.0), sorted.last().map(|band| band.0)) else {
        return Vec::new();
    };
    let (first, last) = window(&sorted, lowest, highest, seen.n_leads);
    let n_stages = seen.scores.stages.len();
    let band = |shown: i64| {
        let mut stages = vec![Won::default(); n_stages];
        for (_, more) in sorted.iter().filter(|(band, _)| (*band).clamp(first, last) == shown) {
            stages.iter_mut().zip(more.iter()).for_each(|(sum, won)| sum.add(*won));
        }
        let mut all = Won::default();
        for won in &stages {
            all.add(*won);
        }
        Band {
            from: (shown > first || first == lowest).then_some(shown * 10),
            to: (shown < last || last == highest).then_some(shown * 10 + 10),
            outcomes: average.outcomes(all),
            by_stage: stages.iter().map(|won| won.n_leads).collect(),
        }
    };
    (first..=last).map(band).collect()
}

/// The bands shown: all, or those around the median lead.
fn window(sorted: &[(i64, &Vec<Won>)], lowest: i64, highest: i64, n_leads: u64) -> (i64, i64) {
    let most = i64::try_from(MOST_BANDS).unwrap_or(i64::MAX);
    if highest - lowest < most {
        return (lowest, highest);
    }
    let mut seen = 0;
    let median = sorted.iter().find(|(_, stages)| {
        seen += stages.iter().map(|won| won.n_leads).sum::<u64>();
        2 * seen >= n_leads
    });
    let first = (median.map_or(lowest, |band| band.0) - most / 2).clamp(lowest, highest - most + 1);
    (first, first + most - 1)
}

fn area(seen: &Observed, average: Average) -> Auc {
    if !average.is_known {
        return Auc { auc: Figure::None, n_customers: None, n_others: None };
    }
    let (n_customers, n_others) = (seen.scores.all.n_customers, seen.scores.all.n_leads - seen.scores.all.n_customers);
    let shown = match n_customers.min(n_others) {
        0 => Figure::None,
        _ if seen.n_leads < FEW => Figure::TooFew { n: seen.n_leads },
        n => auc(&seen.scores.ties()).map_or(Figure::TooFew { n }, |(area, error)| Figure::Between {
            value: to_share(area),
            low: to_share((area - Z * error).max(0.0)),
            high: to_share((area + Z * error).min(1.0)),
        }),
    };
    Auc { auc: shown, n_customers: Some(n_customers), n_others: Some(n_others) }
}
