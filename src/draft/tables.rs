//! Tables: which of their columns is the key, and which field of a lead, or of another table, holds it.

use super::Exports;
use super::fields::{ColumnAt, Fields};
use super::join::{Host, JoinSide, Link, links};
use super::model::{Draft, TableDraft};

/// Joins what can be joined, through other tables too, and says what can't.
pub(super) fn join(exports: &Exports, id: usize, fields: &mut Fields<'_>, draft: &mut Draft) {
    fields.keys.push(ColumnAt { table: None, column: id });
    let mut waiting: Vec<usize> = (0..exports.tables.len()).collect();
    loop {
        let found =
            waiting.iter().enumerate().find_map(|(at, table)| Some((at, *table, best(exports, *table, fields)?)));
        let Some((at, table, (link, host))) = found else { break };
        waiting.remove(at);
        let export = &exports.tables[table];
        // The id is no field; a table that is looked up by it needs one.
        fields.keys.retain(|key| *key != host);
        let by = fields.take_column(host);
        if host.table.is_none() && host.column == id {
            fields.keys.push(host);
        }
        fields.keys.push(ColumnAt { table: Some(table), column: link.column });
        fields.joined.push(table);
        draft.tables.push(TableDraft {
            name: export.name.clone(),
            file: export.file(),
            key: export.header(link.column),
            by,
            because: link.compared().map_or_else(String::new, |compared| format!("{compared} occur here")),
            is_salesforce: link.is_salesforce,
            fields: Vec::new(),
            mapped: Vec::new(),
            others: Vec::new(),
        });
    }
    for table in waiting {
        let path = exports.tables[table].profile.path.display();
        draft.left_out.push(format!(
            "{path}: no column has one row for each value of the leads, so it can't be a table; if its rows are events, pass it with --events"
        ));
    }
}

/// The best link of a table to the leads or to a table that is joined already, and where its host stands.
fn best(exports: &Exports, table: usize, fields: &Fields<'_>) -> Option<(Link, ColumnAt)> {
    let mut places: Vec<ColumnAt> = Vec::new();
    let all = std::iter::once(None).chain(fields.joined.iter().map(|table| Some(*table)));
    for origin in all {
        places
            .extend((0..fields.export(origin).profile.columns.len()).map(|column| ColumnAt { table: origin, column }));
    }
    let is_host = |place: &ColumnAt| {
        !fields.column(*place).is_unusable && (place.table.is_none() || !fields.keys.contains(place))
    };
    places.retain(is_host);
    let hosts: Vec<Host<'_>> = places
        .iter()
        .map(|place| Host {
            export: fields.export(place.table),
            column: place.column,
            is_id: place.table.is_none() && fields.keys.contains(place),
        })
        .collect();
    let link = links(&exports.tables[table], &hosts, JoinSide::Host).into_iter().next()?;
    Some((link, places[link.host]))
}
