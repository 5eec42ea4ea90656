//! The derived fields of a lead, each with what it was made of.

use super::claim::Named;
use super::found::Found;
use super::view::View;
use crate::rulebook::derived::Derivation;
use crate::rulebook::expr::FieldRef;
use crate::value::Part;
use serde::Serialize;

/// A derived field of a lead.
#[derive(Clone, Debug, Serialize)]
pub struct DerivedLine<'r> {
    /// Its name.
    pub field: String,
    /// What it came to.
    pub value: Found,
    /// The fields that it is made of, with what they hold; of what events gave, none.
    pub made_of: Vec<InputLine>,
    /// How it is made.
    #[serde(skip)]
    pub how: Named<'r, &'r Derivation>,
}

/// A field that a derived one is made of.
#[derive(Clone, Debug, Serialize)]
pub struct InputLine {
    /// Its name, with the part that is read.
    pub field: String,
    /// What it holds.
    pub value: Found,
    /// Which one it is.
    #[serde(skip)]
    pub read: FieldRef,
}

/// The derived fields that the rulebook reads, in the order of their declaration.
pub(super) fn derived<'r>(view: &View<'_, '_, 'r>) -> Vec<DerivedLine<'r>> {
    let rulebook = view.rulebook;
    let found = |field: FieldRef| Found::of_value(view.facts.lead.value(field.field), field.part);
    let line = |index: usize| {
        let declared = &rulebook.fields[index];
        let derivation = declared.derivation()?;
        let mut inputs: Vec<FieldRef> = Vec::new();
        for input in derivation.inputs() {
            if !inputs.contains(&input) {
                inputs.push(input);
            }
        }
        let input = |read: FieldRef| InputLine { field: rulebook.field_name(read), value: found(read), read };
        Some(DerivedLine {
            field: declared.name.clone(),
            value: Found::of_value(view.facts.lead.value(index), Part::Whole),
            made_of: inputs.into_iter().map(input).collect(),
            how: view.named(derivation),
        })
    };
    let is_read = |field: &usize| rulebook.lead_slots.iter().any(|(read, _)| read == field);
    (0..rulebook.fields.len()).filter(is_read).filter_map(line).collect()
}
