//! `scored.csv`: a row a lead, in the order of the leads file. What its columns mean is fixed by the rulebook language.

use super::pen::{FixedText, Pen};
use super::sheet::{Dialect, Sheet, is_like_formula};
use crate::points::Points;
use crate::rulebook::{DISQUALIFIED, Priority, Rulebook};
use crate::run::ScoredLead;
use crate::score::{ScoreCard, Step};
use crate::value::Instant;
use std::cmp::Ordering;

/// The header; `has_previous` adds the columns that compare with an earlier run.
#[must_use]
pub fn scored_header(rulebook: &Rulebook, has_previous: bool, keep: &[String]) -> Vec<String> {
    let mut names = vec!["lead_id"];
    names.extend(rulebook.dimensions.iter().map(|dimension| dimension.name.as_str()));
    names.push("total");
    if rulebook.grade.is_some() {
        names.push("grade");
    }
    names.extend(["stage", "disqualified"]);
    if !rulebook.priorities.is_empty() {
        names.extend(["priority", "action"]);
    }
    names.extend(["crm_stage", "step"]);
    if rulebook.returns.is_some() {
        names.extend(["passes", "returned"]);
    }
    names.extend(["why", "missing", "events", "last_event"]);
    if has_previous {
        names.extend(["previous_total", "previous_stage", "changed"]);
    }
    names.into_iter().map(str::to_owned).chain(keep.iter().cloned()).collect()
}

/// What the cells of `scored.csv` are made of: texts of the rulebook that stand in row after row, looked at once.
#[derive(Debug)]
pub struct ScoredForm<'r> {
    rulebook: &'r Rulebook,
    has_previous: bool,
    stages: Vec<FixedCell<'r>>,
    disqualified: FixedCell<'r>,
    reasons: Vec<FixedCell<'r>>,
    /// Name and action.
    priorities: Vec<[FixedCell<'r>; 2]>,
    /// For each criterion its title.
    titles: Vec<FixedCell<'r>>,
    steps: [FixedCell<'r>; 2],
}

/// A cell whose text is known before there is a row.
#[derive(Clone, Copy, Debug)]
struct FixedCell<'r> {
    text: FixedText<'r>,
    is_plain: bool,
}

impl<'r> FixedCell<'r> {
    fn new(text: &'r str) -> Self {
        Self { text: FixedText::new(text), is_plain: is_plain(text.as_bytes()) }
    }
}

/// Cells of a row on their way somewhere.
trait Row {
    /// What writes the present cell.
    fn pen(&mut self) -> &mut Pen;
    /// Ends the cell. One that `is_plain` is known to need no quotes and to be no formula.
    fn end(&mut self, is_plain: bool);
}

impl<'r> ScoredForm<'r> {
    /// The form of a rulebook's rows; `has_previous` as for [`scored_header`].
    #[must_use]
    pub fn new(rulebook: &'r Rulebook, has_previous: bool) -> Self {
        let action = |priority: &'r Priority| priority.action.as_deref().unwrap_or_default();
        let priority = |priority: &'r Priority| [&priority.name, action(priority)].map(FixedCell::new);
        Self {
            rulebook,
            has_previous,
            stages: rulebook.stages.iter().map(|stage| FixedCell::new(&stage.name)).collect(),
            disqualified: FixedCell::new(DISQUALIFIED),
            reasons: rulebook.disqualifiers.iter().map(|reason| FixedCell::new(&reason.reason)).collect(),
            priorities: rulebook.priorities.iter().map(priority).collect(),
            titles: rulebook.criteria.iter().map(|criterion| FixedCell::new(criterion.title())).collect(),
            steps: [Step::HandOver, Step::Recycle].map(|step| FixedCell::new(step.name())),
        }
    }

    /// Writes a lead's cells.
    fn write(&self, lead: &ScoredLead<'_, '_>, row: &mut impl Row) {
        let card = lead.card;
        text(row, &lead.id);
        for dimension in &card.dimensions {
            points(row, dimension.value);
        }
        points(row, card.total.value);
        if self.rulebook.grade.is_some() {
            text(row, &card.grade);
        }
        fixed(row, Some(card.stage.map_or(&self.disqualified, |stage| &self.stages[stage])));
        fixed(row, card.disqualified.map(|reason| &self.reasons[reason]));
        if !self.priorities.is_empty() {
            let priority = card.priority.map(|priority| &self.priorities[priority]);
            fixed(row, priority.map(|[name, _]| name));
            fixed(row, priority.map(|[_, action]| action));
        }
        fixed(row, card.crm_stage.map(|stage| &self.stages[stage]));
        fixed(row, card.step.map(|step| &self.steps[usize::from(step == Step::Recycle)]));
        if self.rulebook.returns.is_some() {
            row.pen().whole(card.passes);
            row.end(true);
            instant(row, card.returned);
        }
        self.why(card, row);
        self.missing(lead, row);
        self.events(lead, row);
        if self.has_previous {
            previous(lead, row);
        }
        for cell in lead.kept() {
            text(row, &cell);
        }
    }

    /// `demo-request +80; free-mail -20`
    fn why(&self, card: &ScoreCard, row: &mut impl Row) {
        let mut is_plain = true;
        for (at, index) in card.largest().into_iter().flatten().enumerate() {
            let (points, title) = (card.criteria[index], &self.titles[index]);
            let pen = row.pen();
            if at > 0 {
                pen.bytes(b"; ");
            }
            pen.fixed(&title.text);
            pen.bytes(if points.hundredths() < 0 { b" " } else { b" +" });
            pen.points(points);
            is_plain &= title.is_plain;
        }
        row.end(is_plain);
    }

    /// The fields that conditions read and this lead lacks.
    fn missing(&self, lead: &ScoredLead<'_, '_>, row: &mut impl Row) {
        let mut is_empty = true;
        for field in self.rulebook.missing_of(|field| lead.facts.has_value(field)) {
            let pen = row.pen();
            if !is_empty {
                pen.bytes(b"; ");
            }
            pen.text(&self.rulebook.fields[field].name);
            is_empty = false;
        }
        row.end(is_empty);
    }

    fn events(&self, lead: &ScoredLead<'_, '_>, row: &mut impl Row) {
        row.pen().whole(lead.facts.count(self.rulebook.events_tally));
        row.end(true);
        instant(row, lead.facts.newest(self.rulebook.last_event_tally));
    }
}

/// What compares with an earlier run.
fn previous(lead: &ScoredLead<'_, '_>, row: &mut impl Row) {
    let Some(previous) = lead.previous else {
        for cell in ["", "", "new"] {
            text(row, cell);
        }
        return;
    };
    points(row, previous.total);
    text(row, &previous.stage);
    // No index orders below the first stage: disqualified, or a stage that no longer exists.
    text(
        row,
        match lead.card.stage.cmp(&previous.stage_index) {
            Ordering::Greater => "up",
            Ordering::Less => "down",
            Ordering::Equal => "",
        },
    );
}

fn text(row: &mut impl Row, text: &str) {
    row.pen().text(text);
    row.end(text.is_empty());
}

fn fixed(row: &mut impl Row, cell: Option<&FixedCell<'_>>) {
    if let Some(cell) = cell {
        row.pen().fixed(&cell.text);
    }
    row.end(cell.is_none_or(|cell| cell.is_plain));
}

fn instant(row: &mut impl Row, instant: Option<Instant>) {
    if let Some(instant) = instant {
        row.pen().instant(instant);
    }
    row.end(true);
}

fn points(row: &mut impl Row, points: Points) {
    row.pen().points(points);
    row.end(true);
}

/// Rows of `scored.csv` on their way into the file.
#[derive(Debug)]
pub struct ScoredCsv {
    dialect: Dialect,
    plain: PlainRows,
    sheet: Sheet,
    cells: RowCells,
}

impl Default for ScoredCsv {
    fn default() -> Self {
        Self::new(Dialect::Plain)
    }
}

impl ScoredCsv {
    /// No rows yet.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        let (plain, cells) = (PlainRows::default(), RowCells::default());
        Self { dialect, plain, sheet: Sheet::new(dialect), cells }
    }

    /// The header as bytes.
    #[must_use]
    pub fn header(names: &[String]) -> Vec<u8> {
        Sheet::header(Dialect::Plain, names)
    }

    /// How many cells begin like a formula.
    #[must_use]
    pub fn n_formulas(&self) -> u64 {
        self.plain.n_formulas + self.sheet.n_formulas()
    }

    /// Adds a lead.
    pub fn lead(&mut self, form: &ScoredForm<'_>, lead: &ScoredLead<'_, '_>) {
        match self.dialect {
            Dialect::Plain => {
                form.write(lead, &mut self.plain);
                self.plain.end_row();
            }
            Dialect::Spreadsheet => drop(self.shown_lead(form, lead)),
        }
    }

    /// Adds a lead whose cells other files show, too.
    pub fn shown_lead(&mut self, form: &ScoredForm<'_>, lead: &ScoredLead<'_, '_>) -> &csv::StringRecord {
        self.cells.row.clear();
        form.write(lead, &mut self.cells);
        match self.dialect {
            Dialect::Plain => {
                self.cells.row.iter().for_each(|cell| text(&mut self.plain, cell));
                self.plain.end_row();
            }
            Dialect::Spreadsheet => self.sheet.record(&self.cells.row),
        }
        &self.cells.row
    }

    /// The rows so far.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self.dialect {
            Dialect::Plain => self.plain.pen.into_bytes(),
            Dialect::Spreadsheet => self.sheet.into_bytes(),
        }
    }
}

/// Rows as plain CSV: as the `csv` crate writes them, without a look at cells that are known to need no quotes.
#[derive(Debug, Default)]
struct PlainRows {
    pen: Pen,
    /// Where the present cell begins.
    start: usize,
    n_formulas: u64,
}

impl Row for PlainRows {
    #[inline]
    fn pen(&mut self) -> &mut Pen {
        &mut self.pen
    }

    #[inline]
    fn end(&mut self, is_plain: bool) {
        if !is_plain {
            self.look_at_cell();
        }
        self.pen.byte(b',');
        self.start = self.pen.len();
    }
}

impl PlainRows {
    fn look_at_cell(&mut self) {
        let cell = self.pen.written(self.start);
        self.n_formulas += u64::from(is_like_formula(cell));
        if needs_quotes(cell) {
            let cell = cell.to_vec();
            self.pen.back_to(self.start);
            self.pen.byte(b'"');
            for byte in cell {
                if byte == b'"' {
                    self.pen.byte(byte);
                }
                self.pen.byte(byte);
            }
            self.pen.byte(b'"');
        }
    }

    /// Ends the row: in place of the last comma its line does.
    fn end_row(&mut self) {
        self.pen.replace_last(b'\n');
    }
}

/// A row as texts.
#[derive(Debug, Default)]
struct RowCells {
    row: csv::StringRecord,
    pen: Pen,
}

impl Row for RowCells {
    fn pen(&mut self) -> &mut Pen {
        &mut self.pen
    }

    fn end(&mut self, _: bool) {
        // All that is written into a cell is text.
        self.row.push_field(str::from_utf8(self.pen.written(0)).unwrap_or_default());
        self.pen.back_to(0);
    }
}

/// Whether a cell may stand in a row as it is, and is no formula.
fn is_plain(cell: &[u8]) -> bool {
    !needs_quotes(cell) && !is_like_formula(cell)
}

#[inline]
fn needs_quotes(cell: &[u8]) -> bool {
    // All bytes, without a stop at the first, because that takes many at a time.
    cell.iter().fold(false, |found, byte| found | matches!(byte, b',' | b'"' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_rows_are_those_of_the_csv_crate(rows in prop::collection::vec(prop::collection::vec("[ab,\"\r\n =+;ş-]{0,5}", 3), 1..4)) {
            let (mut plain, mut sheet) = (PlainRows::default(), Sheet::new(Dialect::Plain));
            for row in &rows {
                for cell in row {
                    text(&mut plain, cell);
                }
                plain.end_row();
                sheet.row(row);
            }
            prop_assert_eq!(plain.n_formulas, sheet.n_formulas());
            prop_assert_eq!(plain.pen.into_bytes(), sheet.into_bytes());
        }
    }
}
