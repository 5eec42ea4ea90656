//! What the derived fields of a lead were made of.

use crate::explain::{DerivedLine, Explanation};
use crate::present::language::{Voice, found, made_of};
use crate::present::{Cell, Column, Section, Setting, Table, Text};

/// A line a field; nothing where there is none.
pub(super) fn derived(explanation: &Explanation<'_>) -> Option<Section> {
    let lines = &explanation.derived;
    if lines.is_empty() {
        return None;
    }
    let heads = ["Field", "Value", "Made of"].map(Column::text);
    let mut table = Table::new(Text::new(), heads.to_vec()).set(Setting::Wrapped);
    for line in lines {
        let value = found(&line.value, &explanation.zone);
        table.row([Cell::said(line.field.as_str()), Cell::said(value), Cell::said(inputs(explanation, line))]);
    }
    let mut section = Section::new("derived", "Derived fields");
    section.table(table);
    Some(section)
}

/// What it was made of, with what each field holds: `n (1,200) minus before (1,150)`.
fn inputs(explanation: &Explanation<'_>, line: &DerivedLine<'_>) -> String {
    made_of(Voice::terse(line.how.rulebook), line.how.it, |read| {
        let input = line.made_of.iter().find(|input| input.read == read);
        input.map_or_else(String::new, |input| format!("{} ({})", input.field, found(&input.value, &explanation.zone)))
    })
}
