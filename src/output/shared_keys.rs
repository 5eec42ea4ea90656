//! `shared-keys.csv`: which leads share a value by which events name leads. The ids alone: the value is nobody's business here.

use super::sheet::{Dialect, Sheet};
use crate::rulebook::Rulebook;
use crate::run::SharedKeys;
use std::io::{self, Write};

/// Whether leads can share what events name them by, so that there is something to write.
#[must_use]
pub fn can_share_keys(rulebook: &Rulebook) -> bool {
    rulebook.sources.iter().flat_map(|source| &source.lead).any(|key| key.by.is_some())
}

/// Writes the leads that share a key: a number for each key, the field, a lead; how many cells begin like a formula.
///
/// # Errors
/// When `to` can't be written.
pub fn write_shared_keys(
    to: &mut dyn Write,
    rulebook: &Rulebook,
    shared: &SharedKeys,
    dialect: Dialect,
) -> io::Result<u64> {
    to.write_all(&Sheet::header(dialect, ["key", "by", "lead_id"]))?;
    let mut sheet = Sheet::new(dialect);
    for (number, group) in (1..).zip(&shared.groups) {
        let (number, by) = (u64::to_string(&number), rulebook.field_name(group.by));
        for id in group.leads.iter().filter_map(|lead| shared.ids.get(lead)) {
            sheet.row([number.as_str(), &by, id]);
        }
    }
    let n_formulas = sheet.n_formulas();
    to.write_all(&sheet.into_bytes())?;
    Ok(n_formulas)
}
