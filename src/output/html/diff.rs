//! A change as one page, in the style of the report: it needs nothing else, no script, no request, no font.

use super::chart::{About, Heat, HeatCell, Panel, heat, histogram};
use super::markup::Markup;
use super::table::{Cell, Table};
use crate::diff::report::{Count, DiffReport, EditRow, EffectRow};
use crate::output::diff_text::{exact, is_crossed, range};
use crate::output::diff_words::{count, edit, mean, net, place, points, relative, score_cells, share, signed};
use crate::output::number::grouped;
use crate::output::report_words::amount;

/// How many edits the page shows; all are in the JSON form.
const MOST_EDITS: usize = 90;

/// The report as a page: HTML in UTF-8, the same bytes for the same report.
#[must_use]
pub fn diff_html(report: &DiffReport) -> String {
    let name = report.rulebook.as_deref().unwrap_or("unnamed rulebook");
    let mut html = Markup::new();
    super::head(&mut html, "Change of the rulebook: ", name, "");
    html.raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<h1>").name(name);
    html.raw("</h1>\n<p class=\"about\">From ").name(&report.old).raw(" to ").name(&report.new);
    html.raw(", leads as of ").text(&report.as_of.to_string()).raw(".</p>\n</header>\n<main id=\"main\">\n");
    section(&mut html, "reach", "How far it reaches", |html| reach(html, report));
    if !report.is_empty() {
        section(&mut html, "edits", "Edits", |html| edits(html, report));
        section(&mut html, "stages", "Stages", |html| stages(html, report));
        section(&mut html, "scores", "Scores", |html| scores(html, report));
        section(&mut html, "lines", "Nearest to each line", |html| lines(html, report));
    }
    html.raw("</main>\n<footer>\n<p>Written by leadscore. This page works without a network and asks nothing of one.");
    if !report.shows_ids {
        html.raw(" Ids are hashed");
        html.raw(if report.hides_small_groups { "; groups of fewer than five leads read &lt;5." } else { "." });
    }
    html.raw("</p>\n</footer>\n</body>\n</html>\n");
    html.into_string()
}

fn section(html: &mut Markup, id: &'static str, title: &'static str, content: impl FnOnce(&mut Markup)) {
    html.raw("<section id=\"").raw(id).raw("\" aria-labelledby=\"").raw(id).raw("-h\">\n<h2 id=\"");
    html.raw(id).raw("-h\">").raw(title).raw("</h2>\n");
    content(html);
    html.raw("</section>\n");
}

fn paragraph(html: &mut Markup, text: &str) {
    html.raw("<p>").text(text).raw("</p>\n");
}

fn reach(html: &mut Markup, report: &DiffReport) {
    html.raw("<p class=\"note\"><b>").text(&report.class.to_string()).raw("</b>");
    for reason in &report.reasons {
        html.raw("<br>").text(&reason.to_string());
    }
    for tripped in &report.tripped {
        html.raw("<br><b>exceeded: ").text(&tripped.limit).raw("</b> (").text(&tripped.found.to_string()).raw(")");
    }
    html.raw("</p>\n");
    let score = &report.score;
    let of = |sum: i128| mean(sum, report.n_leads);
    let change = relative(score.before_hundredths, score.after_hundredths);
    paragraph(
        html,
        &format!(
            "{} leads. Mean total {} → {}{change}; {} totals, {} grades, {} priorities and {} stages change.",
            grouped(report.n_leads),
            of(score.before_hundredths),
            of(score.after_hundredths),
            count(report.total.n_changed),
            count(report.n_grade_changed),
            count(report.n_priority_changed),
            count(report.total.n_moved),
        ),
    );
    if let Some(value) = &report.value {
        let currency = value.currency.as_ref().map_or_else(String::new, |currency| format!(" {currency}"));
        let change = relative(exact(value.before), exact(value.after));
        let (before, after) = (amount(value.before), amount(value.after));
        paragraph(html, &format!("Open leads are worth {before} → {after}{currency}{change}."));
    }
    if report.has_two_readings {
        let (old, new) = (grouped(report.n_only_old), grouped(report.n_only_new));
        paragraph(
            html,
            &format!(
                "The rulebooks read the files differently, so each has read them: {old} leads are there for the old one only, \
                 {new} for the new one only."
            ),
        );
    }
    let mut table = Table::new("Leads by stage", &["stage", "#before", "#after", "#change"]);
    for row in &report.stages {
        let change = match (row.before.n(), row.after.n()) {
            (Some(before), Some(after)) => {
                format!("{}{}", signed(after - before), relative(before.into(), after.into()))
            }
            _ => String::new(),
        };
        table.row([Cell::Name(row.stage.clone()), number(row.before), number(row.after), Cell::Number(change)]);
    }
    table.write(html);
}

fn number(n: Count) -> Cell {
    match n.n() {
        Some(_) => Cell::Number(count(n)),
        None => Cell::Absent(count(n)),
    }
}

fn edits(html: &mut Markup, report: &DiffReport) {
    paragraph(
        html,
        "What each edit does alone, to the leads as they were. The rows, and what the edits do together beyond their sum, add up \
         to the last line.",
    );
    if report.edits.len() > MOST_EDITS {
        let more = report.edits.len() - MOST_EDITS;
        paragraph(
            html,
            &format!("{more} more edits are left out here and stand in the JSON form; the sums hold them."),
        );
    }
    let mut table = Table::new(
        "Edits, each with its own effect",
        &["edit", "where", "what", "#scores", "#points", "#each", "#moved", "stages"],
    );
    let effect = |effect: &EffectRow| {
        let [n, sum, mean] = score_cells(effect);
        let moved = Cell::Number(count(effect.n_moved));
        [Cell::Number(n), Cell::Number(sum), Cell::Number(mean), moved, Cell::Name(net(report, effect))]
    };
    let none = || std::array::from_fn(|_| Cell::Name(String::new()));
    for row in report.edits.iter().take(MOST_EDITS) {
        let mark = |row: &EditRow| if row.is_cosmetic { " (cosmetic)" } else { "" };
        let what = [row.subject.to_string(), place(report, row), format!("{}{}", edit(row), mark(row))].map(Cell::Name);
        let cells: [Cell; 5] = row.effect.as_ref().map_or_else(none, effect);
        table.row(what.into_iter().chain(cells));
    }
    for (name, row) in [("together, beyond the sum", &report.interaction), ("old → new", &report.total)] {
        let what = [name, "", ""].map(|text| Cell::Name(text.to_owned()));
        table.row(what.into_iter().chain(effect(row)));
    }
    table.write(html);
}

fn stages(html: &mut Markup, report: &DiffReport) {
    if !report.has_moves() {
        paragraph(html, "No lead is at another stage.");
        return;
    }
    let largest = moved_most(report).max(1);
    let cell = |(from, to): (usize, usize), n: Count| HeatCell {
        depth: (from != to).then(|| float(n.n().unwrap_or(1)) / float(largest)).filter(|depth| *depth > 0.0),
        words: if n.n() == Some(0) { "·".to_owned() } else { count(n) },
        more: String::new(),
    };
    let rows = report.places.iter().zip(&report.matrix).enumerate().map(|(from, (place, row))| {
        (place.clone(), row.iter().enumerate().map(|(to, n)| cell((from, to), *n)).collect())
    });
    let field = Heat { corner: "from".to_owned(), columns: report.places.clone(), rows: rows.collect() };
    let about = About {
        id: "chart-stages".to_owned(),
        title: "Stages from and to".to_owned(),
        description: "Leads by their stage before, down, and after, across; the more moved, the deeper the color."
            .to_owned(),
    };
    figure(html, &about, &heat(&about, &field));
    let mut table = Table::new(
        "Gained and lost, by what became of them",
        &["stage", "", "#leads", "#customers", "#lost", "#open", "#customers, 95 %"],
    );
    for row in report.crossings.iter().filter(|row| is_crossed(row)) {
        for (word, fates) in [("gained", &row.gained), ("lost", &row.lost)] {
            let name = [Cell::Name(row.stage.clone()), Cell::Words(word.to_owned())];
            let counts = [fates.n, fates.n_customers, fates.n_lost, fates.n_open].map(number);
            table.row(name.into_iter().chain(counts).chain([Cell::Number(share(fates))]));
        }
    }
    table.write(html);
}

/// The most leads that went from one stage to one other.
fn moved_most(report: &DiffReport) -> i64 {
    let rows = report.matrix.iter().enumerate();
    let cells = rows.flat_map(|(from, row)| row.iter().enumerate().filter(move |(to, _)| from != *to));
    cells.filter_map(|(_, n)| n.n()).max().unwrap_or(0)
}

fn figure(html: &mut Markup, about: &About, drawing: &Markup) {
    html.raw("<figure>\n<figcaption><b>").text(&about.title).raw(".</b> ").text(&about.description);
    html.raw("</figcaption>\n").add(drawing).raw("</figure>\n");
}

fn scores(html: &mut Markup, report: &DiffReport) {
    if report.histogram.is_empty() {
        paragraph(html, "No total changes.");
        return;
    }
    let names: Vec<String> = report.histogram.iter().map(|bin| signed(bin.above.max(bin.to - 1))).collect();
    let columns = report.histogram.iter().map(|bin| float(bin.n.n().unwrap_or(1))).collect();
    let panel = Panel { name: "Leads".to_owned(), value: count(report.total.n_changed), columns };
    let about = About {
        id: "chart-scores".to_owned(),
        title: "Change of the total".to_owned(),
        description: "Leads by how many points their total changes; the numbers stand in the table below.".to_owned(),
    };
    let shown: Vec<String> = report.histogram.iter().map(|bin| range(bin.above, bin.to)).collect();
    figure(html, &about, &histogram(&about, if names.len() > 8 { &names } else { &shown }, &[panel]));
    let mut table = Table::new("Leads by the change of their total", &["points", "#leads"]);
    for bin in &report.histogram {
        table.row([Cell::Name(range(bin.above, bin.to)), number(bin.n)]);
    }
    table.write_folded(html);
}

fn lines(html: &mut Markup, report: &DiffReport) {
    paragraph(html, "The leads for whom a stage hangs on one score alone, nearest first on either side of the line.");
    for row in report.lines.iter().filter(|row| !(row.above.is_empty() && row.below.is_empty())) {
        let mut table = Table::new(&format!("{}: {}", row.stage, row.asks), &["lead", "#distance", "before", "after"]);
        for near in row.above.iter().rev().chain(&row.below) {
            let distance = Cell::Number(points(near.distance_hundredths.into()));
            let places = [near.before.clone(), near.after.clone()].map(Cell::Name);
            table.row([Cell::Name(near.lead.clone()), distance].into_iter().chain(places));
        }
        table.write(html);
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of leads are far below 2^53")]
fn float(n: i64) -> f64 {
    n as f64
}
