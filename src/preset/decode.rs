//! The data file of a preset → [`Preset`]. What such a file may hold stands here, once.

use super::key::key;
use super::{ColumnRole, EventType, Header, Preset, PresetColumn, Purpose};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PresetFile {
    product: String,
    export: String,
    what: ExportKind,
    provenance: OneOrMany,
    /// Known of the product, and used by no draft: read past, so that a misspelt key is still an error.
    #[serde(default, rename = "footer")]
    _footer: IgnoredAny,
    /// Known of the product, and used by no draft: read past, so that a misspelt key is still an error.
    #[serde(default, rename = "blank")]
    _blank: IgnoredAny,
    #[serde(default)]
    always: Option<String>,
    #[serde(default)]
    event_types: Vec<WrittenType>,
    signature: Vec<Vec<String>>,
    columns: Vec<Column>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ExportKind {
    Leads,
    Table,
    Events,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenType {
    text: OneOrMany,
    means: String,
    #[serde(default)]
    ours: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    /// Where the name of the role will not do.
    #[serde(default)]
    field: Option<String>,
    role: ColumnRole,
    /// The role that it has where no other column has that.
    #[serde(default)]
    stands_in_for: Option<ColumnRole>,
    /// These too are known of the product, and used by no draft.
    #[serde(default, rename = "type")]
    _kind: IgnoredAny,
    headers: BTreeMap<String, OneOrMany>,
    #[serde(default, rename = "format")]
    _format: IgnoredAny,
    #[serde(default, rename = "split")]
    _split: IgnoredAny,
    #[serde(default, rename = "true")]
    _true_words: IgnoredAny,
    #[serde(default, rename = "false")]
    _false_words: IgnoredAny,
}

/// One text, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    /// One text.
    One(String),
    /// A list.
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn as_slice(&self) -> &[String] {
        match self {
            OneOrMany::One(text) => std::slice::from_ref(text),
            OneOrMany::Many(texts) => texts,
        }
    }

    pub(super) fn into_vec(self) -> Vec<String> {
        match self {
            OneOrMany::One(text) => vec![text],
            OneOrMany::Many(texts) => texts,
        }
    }
}

/// The preset of this name, from the text of its file.
///
/// # Errors
/// What the file has that it may not have, with the name of the preset.
pub(super) fn decode(name: &'static str, text: &str) -> Result<Preset, String> {
    let file: PresetFile = serde_yaml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    let columns = file.columns.into_iter().map(column_of).collect::<Vec<_>>();
    for field in file.signature.iter().flatten() {
        if !columns.iter().any(|column| column.field == *field) {
            return Err(format!("{name}: the signature names `{field}`, which no column is"));
        }
    }
    let what = match file.what {
        ExportKind::Leads => Purpose::Leads,
        ExportKind::Table => Purpose::Table,
        ExportKind::Events => Purpose::Events,
    };
    let event_types = file.event_types.into_iter().flat_map(|written| {
        let (means, ours) = (written.means, written.ours);
        written.text.into_vec().into_iter().map(move |text| EventType { text, means: means.clone(), ours })
    });
    Ok(Preset {
        name,
        product: file.product,
        export: file.export,
        what,
        provenance: file.provenance.into_vec(),
        always: file.always,
        event_types: event_types.collect(),
        columns,
        signature: file.signature,
    })
}

fn column_of(column: Column) -> PresetColumn {
    let headers = column.headers.into_iter().flat_map(|(language, texts)| {
        texts.into_vec().into_iter().map(move |text| Header { language: language.clone(), key: key(&text), text })
    });
    PresetColumn {
        field: column.field.unwrap_or_else(|| column.role.field_name()),
        headers: headers.collect(),
        role: column.role,
        stands_in_for: column.stands_in_for,
    }
}
