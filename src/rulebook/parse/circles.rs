//! Tables that are looked up by fields of tables: in any order, save in a circle.

use super::Decoder;
use crate::rulebook::exports::Origin;
use crate::rulebook::expr::FieldRef;

impl Decoder<'_> {
    /// Reports a circle of tables once, at the first of them.
    pub(super) fn no_circles(&mut self, bys: &[Option<FieldRef>]) {
        let needs = |by: &Option<FieldRef>| by.map(|by| self.tables_of(by.field)).unwrap_or_default();
        let needs: Vec<Vec<usize>> = bys.iter().map(needs).collect();
        let circles = (0..needs.len()).filter_map(|start| circle(&needs, start));
        for way in circles.collect::<Vec<_>>() {
            let names: Vec<&str> =
                way.iter().chain(way.first()).map(|table| self.tables[*table].name.as_str()).collect();
            let message = format!("the table `{}` is looked up by a field that depends on itself", names[0]);
            let names = names.join(" → ");
            self.wrong("LS011", self.tables[way[0]].span, message).label(names);
        }
    }

    /// The tables whose rows a field is read from.
    fn tables_of(&self, field: usize) -> Vec<usize> {
        match (self.fields[field].derivation(), self.fields[field].origin) {
            (Some(derivation), _) => derivation.inputs().iter().flat_map(|input| self.tables_of(input.field)).collect(),
            (None, Origin::Table(table)) => vec![table],
            (None, Origin::Leads) => Vec::new(),
        }
    }
}

/// A way from a table back to it, over tables that each need the next, and none of which stands before it.
fn circle(needs: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut ways = vec![vec![start]];
    let mut seen = vec![false; needs.len()];
    while let Some(way) = ways.pop() {
        for &next in &needs[way[way.len() - 1]] {
            if next == start {
                return Some(way);
            }
            if next > start && !std::mem::replace(&mut seen[next], true) {
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}
