//! `scored.csv`: a row a lead, in the order of the leads file. What its columns mean is fixed by the rulebook language.

use super::number::{push_points, push_whole};
use super::sheet::{Dialect, Sheet, is_like_formula};
use crate::points::Points;
use crate::rulebook::{DISQUALIFIED, Priority, Rulebook};
use crate::run::ScoredLead;
use crate::score::ScoreCard;
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
    names.extend(["crm_stage", "step", "why", "missing", "events", "last_event"]);
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
    /// For each criterion, whether its title may stand in a cell as it is.
    has_plain_title: Vec<bool>,
}

/// A cell whose text is known before there is a row.
#[derive(Clone, Copy, Debug)]
struct FixedCell<'r> {
    text: &'r str,
    is_plain: bool,
}

impl<'r> FixedCell<'r> {
    fn new(text: &'r str) -> Self {
        Self { text, is_plain: is_plain(text.as_bytes()) }
    }
}

/// Cells of a row on their way somewhere.
trait Row {
    /// Where the bytes of the present cell go.
    fn cell(&mut self) -> &mut Vec<u8>;
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
            has_plain_title: rulebook.criteria.iter().map(|criterion| is_plain(criterion.title().as_bytes())).collect(),
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
        fixed(row, card.step.map(|step| FixedCell { text: step.name(), is_plain: true }).as_ref());
        self.why(card, row);
        self.missing(lead, row);
        self.events(lead, row);
        if self.has_previous {
            self.previous(lead, row);
        }
        for cell in lead.kept() {
            text(row, &cell);
        }
    }

    /// `demo-request +80; free-mail -20`
    fn why(&self, card: &ScoreCard, row: &mut impl Row) {
        let mut is_plain = true;
        let mut separator: &[u8] = b"";
        for index in card.largest().into_iter().flatten() {
            let points = card.criteria[index];
            let cell = row.cell();
            cell.extend_from_slice(separator);
            cell.extend_from_slice(self.rulebook.criteria[index].title().as_bytes());
            cell.extend_from_slice(if points.hundredths() < 0 { b" " } else { b" +" });
            push_points(cell, points);
            separator = b"; ";
            is_plain &= self.has_plain_title[index];
        }
        row.end(is_plain);
    }

    /// The fields that conditions read and this lead lacks.
    fn missing(&self, lead: &ScoredLead<'_, '_>, row: &mut impl Row) {
        let mut separator: &[u8] = b"";
        for &field in self.rulebook.missing_fields.iter().filter(|field| !lead.facts.has_value(**field)) {
            let cell = row.cell();
            cell.extend_from_slice(separator);
            cell.extend_from_slice(self.rulebook.fields[field].name.as_bytes());
            separator = b"; ";
        }
        row.end(separator.is_empty());
    }

    fn events(&self, lead: &ScoredLead<'_, '_>, row: &mut impl Row) {
        push_whole(row.cell(), lead.facts.count(self.rulebook.events_tally));
        row.end(true);
        if let Some(instant) = lead.facts.newest(self.rulebook.last_event_tally) {
            instant.push_to(row.cell());
        }
        row.end(true);
    }

    fn previous(&self, lead: &ScoredLead<'_, '_>, row: &mut impl Row) {
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
}

fn text(row: &mut impl Row, text: &str) {
    row.cell().extend_from_slice(text.as_bytes());
    row.end(text.is_empty());
}

fn fixed(row: &mut impl Row, cell: Option<&FixedCell<'_>>) {
    if let Some(cell) = cell {
        row.cell().extend_from_slice(cell.text.as_bytes());
    }
    row.end(cell.is_none_or(|cell| cell.is_plain));
}

fn points(row: &mut impl Row, points: Points) {
    push_points(row.cell(), points);
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
            Dialect::Plain => self.plain.bytes,
            Dialect::Spreadsheet => self.sheet.into_bytes(),
        }
    }
}

/// Rows as plain CSV: as the `csv` crate writes them, without a look at cells that are known to need no quotes.
#[derive(Debug, Default)]
struct PlainRows {
    bytes: Vec<u8>,
    /// Where the present cell begins.
    start: usize,
    n_formulas: u64,
}

impl Row for PlainRows {
    fn cell(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    #[inline]
    fn end(&mut self, is_plain: bool) {
        if !is_plain {
            self.look_at_cell();
        }
        self.bytes.push(b',');
        self.start = self.bytes.len();
    }
}

impl PlainRows {
    fn look_at_cell(&mut self) {
        let cell = &self.bytes[self.start..];
        self.n_formulas += u64::from(is_like_formula(cell));
        if needs_quotes(cell) {
            let cell = self.bytes.split_off(self.start);
            self.bytes.push(b'"');
            for byte in cell {
                // A quote is doubled.
                self.bytes.extend(std::iter::repeat_n(byte, if byte == b'"' { 2 } else { 1 }));
            }
            self.bytes.push(b'"');
        }
    }

    /// Ends the row: in place of the last comma its line does.
    fn end_row(&mut self) {
        if let Some(last) = self.bytes.last_mut() {
            *last = b'\n';
        }
    }
}

/// A row as texts.
#[derive(Debug, Default)]
struct RowCells {
    row: csv::StringRecord,
    cell: Vec<u8>,
}

impl Row for RowCells {
    fn cell(&mut self) -> &mut Vec<u8> {
        &mut self.cell
    }

    fn end(&mut self, _: bool) {
        // All that is written into a cell is text.
        self.row.push_field(str::from_utf8(&self.cell).unwrap_or_default());
        self.cell.clear();
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
                row.iter().for_each(|cell| text(&mut plain, cell));
                plain.end_row();
                sheet.row(row);
            }
            prop_assert_eq!(plain.n_formulas, sheet.n_formulas());
            prop_assert_eq!(plain.bytes, sheet.into_bytes());
        }
    }
}
