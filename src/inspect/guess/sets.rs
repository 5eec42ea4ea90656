//! Cells with several values: `SAP;Azure;AWS`.

use crate::inspect::sketch::Held;
use std::collections::BTreeMap;

/// What stands between the values of a cell, if its parts come back in other cells as those of a list would.
pub(super) fn separator(values: &[&Held]) -> Option<&'static str> {
    [";", "|", ","].into_iter().find(|separator| splits(values, separator))
}

fn splits(values: &[&Held], separator: &str) -> bool {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut n_joined, mut n_cells) = (0, 0);
    for held in values {
        let parts: Vec<&str> = held.text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        n_joined += if parts.len() > 1 { held.count } else { 0 };
        n_cells += held.count;
        for part in parts {
            *seen.entry(part).or_default() += 1;
        }
    }
    let n_parts: u64 = seen.values().sum();
    let is_list = seen.len() as u64 * 2 <= n_parts && seen.keys().all(|part| part.chars().count() <= 40);
    // A comma stands in names, too: `Oil, Gas`, `Acme, Inc.`
    let is_likely = separator != "," || (seen.len() as u64 * 4 <= n_parts && n_joined * 5 >= n_cells);
    n_joined >= 2 && n_joined * 20 >= n_cells && is_list && is_likely
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cells: &[&str]) -> Option<&'static str> {
        let held: Vec<Held> = cells.iter().map(|cell| Held { text: (*cell).into(), count: 1 }).collect();
        separator(&held.iter().collect::<Vec<_>>())
    }

    #[test]
    fn lists_repeat_their_parts() {
        assert_eq!(found(&["SAP;AWS", "AWS", "SAP", "SAP;Azure;AWS", "Azure"]), Some(";"));
        assert_eq!(found(&["Acme, Inc.", "Beta, Ltd.", "Gamma"]), None);
        assert_eq!(found(&["Hello; see you", "Call; then mail"]), None);
        assert_eq!(found(&["a", "b"]), None);
    }
}
