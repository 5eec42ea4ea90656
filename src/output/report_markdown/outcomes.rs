//! Outcomes by score and by criterion, and the rulebook beside the CRM.

use super::lift;
use super::tables::{Markdown, count_or};
use crate::funnel::report::{Criteria, Outcomes, Report, Unclosed};
use crate::output::number::grouped;
use crate::output::report_words::{amount, figure, figure_between, fixed, interval, rate};

fn outcomes(name: String, outcomes: &Outcomes) -> Vec<String> {
    let Outcomes { n_leads, n_customers, rate: share, lift: raised } = *outcomes;
    vec![
        name,
        grouped(n_leads),
        count_or(n_customers),
        rate(share, 1),
        interval(share),
        figure(raised, |x| fixed(x, 2)),
    ]
}

const HEADER: [&str; 6] = ["", "#Leads", "#Customers", "#Rate", "#95 %", "#Lift"];

pub(super) fn scores(page: &mut Markdown<'_>, report: &Report) {
    let scores = &report.scores;
    page.heading(2, "Outcomes by score");
    page.define("scores");
    if let Some(grid) = &scores.grades {
        page.heading(3, "By grade");
        page.line(&format!("{}: leads, customer rate, lift.", grid.axes.join(" × ")));
        let columns =
            grid.columns.iter().map(|column| format!("#{}", if column.is_empty() { "grade" } else { column }));
        let header: Vec<String> = std::iter::once(String::new()).chain(columns).collect();
        page.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
        for row in &grid.rows {
            let cells = row.cells.iter().map(|grade| {
                let Outcomes { n_leads, rate: share, lift: raised, .. } = grade.outcomes;
                if n_leads == 0 {
                    return "0".to_owned();
                }
                format!("{}; {}; {}", grouped(n_leads), rate(share, 1), figure(raised, |x| fixed(x, 2)))
            });
            page.row(std::iter::once(row.mark.clone()).chain(cells));
        }
    }
    page.heading(3, "By total");
    page.table(&HEADER);
    for band in &scores.bands {
        let name = match (band.from, band.to) {
            (Some(from), Some(to)) => format!("{from} to under {to}"),
            (Some(from), None) => format!("{from} and more"),
            (None, Some(to)) => format!("under {to}"),
            (None, None) => "all".to_owned(),
        };
        page.row(outcomes(name, &band.outcomes));
    }
    page.heading(3, "By stage of the rulebook");
    page.table(&HEADER);
    for (stage, won) in &scores.stages {
        page.row(outcomes(stage.clone(), won));
    }
    page.row(outcomes("all".to_owned(), &scores.all));
    page.define("auc");
    page.line(&format!("AUC: {}.", figure_between(scores.auc.auc, |x| fixed(x, 3))));
}

pub(super) fn criteria(page: &mut Markdown<'_>, report: &Report) {
    let criteria = &report.criteria;
    page.heading(2, "Outcomes by criterion");
    page.define("criteria");
    page.table(&[
        "Criterion",
        "Of",
        "#Fired",
        "#Given",
        "#Taken",
        "#Rate with",
        "#Rate without",
        "#Lift",
        "#Revenue with",
        "#Revenue without",
    ]);
    for effect in &criteria.criteria {
        page.row([
            effect.title.clone(),
            effect.part.clone(),
            grouped(effect.n_fired),
            amount(effect.given),
            amount(effect.taken),
            rate(effect.rate_with, 1),
            rate(effect.rate_without, 1),
            lift(effect.lift),
            figure(effect.revenue_with, amount),
            figure(effect.revenue_without, amount),
        ]);
    }
    points(page, criteria);
    pairs(page, criteria);
    if let Some(late) = &criteria.unclosed {
        unclosed(page, late);
    }
}

fn points(page: &mut Markdown<'_>, criteria: &Criteria) {
    page.heading(3, "Points by dimension and group");
    page.define("points");
    page.table(&["", "#Leads with points", "#Given", "#Taken"]);
    for dimension in &criteria.dimensions {
        let name =
            if dimension.in_total { dimension.name.clone() } else { format!("{} (not in the total)", dimension.name) };
        page.row([name, grouped(dimension.n_leads), amount(dimension.given), amount(dimension.taken)]);
        for group in &dimension.groups {
            let name = format!("{}.{}", dimension.name, group.name);
            page.row([name, grouped(group.n_leads), amount(group.given), amount(group.taken)]);
        }
    }
}

fn pairs(page: &mut Markdown<'_>, criteria: &Criteria) {
    if criteria.pairs.is_empty() {
        return;
    }
    page.heading(3, "Criteria that fire together");
    page.define("pairs");
    page.table(&["One", "Other", "#Both", "#Either", "#Jaccard"]);
    for pair in &criteria.pairs {
        let (one, other) = pair.titles.clone();
        page.row([one, other, grouped(pair.n_both), grouped(pair.n_either), fixed(pair.jaccard, 2)]);
    }
}

fn unclosed(page: &mut Markdown<'_>, late: &Unclosed) {
    page.heading(3, &format!("{} that did not close (path {})", late.stage, late.path));
    page.define("unclosed");
    page.line(&format!(
        "{} reached {}: {} closed, {} lost, {} open.",
        grouped(late.n),
        late.stage,
        grouped(late.n_closed),
        count_or(late.n_lost),
        grouped(late.n_open)
    ));
    page.table(&["Criterion", "#Leads", "#Not closed", "#Closed", "#Closed without it"]);
    for row in &late.criteria {
        let counts = [grouped(row.n), grouped(row.n_unclosed), rate(row.closed, 1), rate(row.closed_without, 1)];
        page.row(std::iter::once(row.title.clone()).chain(counts));
    }
}

pub(super) fn crm(page: &mut Markdown<'_>, report: &Report) {
    let crm = &report.crm;
    page.heading(2, "Rulebook and CRM");
    page.define("crm");
    let columns = crm.crm_stages.iter().map(|stage| format!("#{stage}"));
    let header: Vec<String> = std::iter::once("Rulebook \\ CRM".to_owned()).chain(columns).collect();
    page.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for row in &crm.rows {
        page.row(std::iter::once(row.stage.clone()).chain(row.n_leads.iter().copied().map(grouped)));
    }
    page.line(&format!("To hand over: {}. To recycle: {}.", grouped(crm.n_hand_over), grouped(crm.n_recycle)));
    if !crm.disqualified.is_empty() {
        page.table(&["Disqualified because", "#Leads"]);
        for (reason, n_leads) in &crm.disqualified {
            page.row([reason.clone(), grouped(*n_leads)]);
        }
    }
}
