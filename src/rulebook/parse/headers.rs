//! What to say where the header of a column stands and the name of a field should: other tools know no other name.

use super::Decoder;
use super::scope::Scope;
use crate::rulebook::exports::Spec;
use crate::value::{Type, fold};

impl Decoder<'_> {
    /// What to write in place of a name that is the header of a column, or looks like one. `kind` is the type that the field
    /// must have, if that is not text.
    pub(super) fn advice_on_header(&self, name: &str, scope: &Scope, kind: Option<Type>) -> Option<String> {
        if let Some(field) = self.field_that_reads(name, scope) {
            return Some(format!("`{name}` is a column; write `{field}`, the field that reads it"));
        }
        let looks_like_header = name.contains(char::is_whitespace);
        looks_like_header.then(|| {
            let spec =
                kind.map_or_else(|| name.to_owned(), |kind| format!("{{ column: {name}, type: {} }}", kind.name()));
            format!(
                "if `{name}` is a column, declare a field that reads it, for example `fields: {{ {}: {spec} }}`, and \
                 write the field's name here",
                field_name(name)
            )
        })
    }

    /// The field that reads the column with this header.
    fn field_that_reads(&self, header: &str, scope: &Scope) -> Option<&str> {
        let header = fold(header);
        let reads = |spec: &Spec| spec.column.headers.iter().any(|known| fold(&known.name) == header);
        if scope.is_where() {
            let mut fields = self.sources.iter().flat_map(|source| &source.fields);
            let (field, _) = fields.find(|(_, from)| from.spec().is_some_and(reads))?;
            return Some(&self.event_fields[*field].name);
        }
        self.fields.iter().find(|field| field.spec().is_some_and(reads)).map(|field| field.name.as_str())
    }
}

/// A name for the field that reads a column: `merged_ids` of `Merged IDs`.
fn field_name(header: &str) -> String {
    let words = header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}
