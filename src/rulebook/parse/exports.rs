//! `leads`, `tables` and `events`: what the exports look like.

use super::Decoder;
use super::blame::noun;
use super::cells::text_reader;
use super::derived::is_derived;
use super::keys::Keys;
use super::scope::{Rows, Typed};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::derived::Derivation;
use crate::rulebook::exports::{
    Column, EventField, EventKind, Field, FileSettings, Header, LeadKey, Leads, Origin, Source, Table, TypeFrom,
    ValueFrom,
};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::keys::{COLUMN_NAME, LEAD_KEY, LEADS, Mapping, SOURCE, TABLE, TYPE};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::value::{Part, PhoneReader, Type};

/// What of a source is read once all fields are known.
pub(crate) struct RestOfSource<'n> {
    /// Index into the sources.
    source: usize,
    lead: &'n YamlNode,
    automated: Option<&'n YamlNode>,
}

/// What stands under a name in `fields`.
pub(super) struct FieldSpec {
    pub from: ValueFrom,
    pub kind: Type,
    pub is_set: bool,
}

/// What `leads` names of the fields of a lead, as it is written.
#[derive(Clone, Copy)]
pub(crate) struct LeadsNaming<'n> {
    created: Option<&'n YamlNode>,
    former_ids: Option<&'n YamlNode>,
    newest: Option<&'n YamlNode>,
}

/// What a table names of the fields, as it is written: its number, `by`, `newest`.
pub(crate) type TableNaming<'n> = (usize, Option<&'n YamlNode>, Option<&'n YamlNode>);

impl FieldSpec {
    /// Stands for a derived field until it is read.
    fn unread() -> Self {
        let nothing = Derivation::FirstOf(Vec::new());
        Self {
            from: ValueFrom::Derived { derivation: Box::new(nothing), phone: None },
            kind: Type::Text,
            is_set: false,
        }
    }
}

impl Decoder<'_> {
    /// `leads:`; its fields are known afterwards, also when something else in it is wrong. What names fields is handed back
    /// unread, because it may name a table's.
    pub(crate) fn leads<'n>(&mut self, node: &'n YamlNode) -> Option<(Leads, LeadsNaming<'n>)> {
        let mut keys = self.keys(node, &LEADS)?;
        let files = self.files(&mut keys);
        let id = self.required(&mut keys, "id").and_then(|node| self.column(node, "an id column"));
        if let Some(node) = keys.take("fields") {
            self.lead_fields(node, Origin::Leads, &files.settings);
        }
        self.blame_if_misspelt(&keys, "fields", &[noun::LEAD_FIELD]);
        let naming = LeadsNaming {
            created: keys.take("created"),
            former_ids: keys.take("former_ids"),
            newest: keys.take("newest"),
        };
        self.finish(&keys);
        let id_reader = text_reader(&files.settings);
        Some((Leads { files, id: id?, created: None, former_ids: None, newest: None, id_reader }, naming))
    }

    /// What `leads` names of its fields, once the tables' are known, too.
    pub(crate) fn named_by_leads(&mut self, leads: Leads, naming: &LeadsNaming<'_>) -> Leads {
        let created = naming.created.and_then(|node| self.early_date(node, "`created`"));
        let former_ids = naming.former_ids.and_then(|node| self.former_ids(node));
        let newest = naming.newest.and_then(|node| self.newest(node, Origin::Leads));
        Leads { created, former_ids, newest, ..leads }
    }

    fn former_ids(&mut self, node: &YamlNode) -> Option<FieldRef> {
        let field = self.early_field(node, "`former_ids`")?;
        let Field { name, kind, .. } = &self.fields[field.field];
        if (*kind, field.part) != (Type::Text, Part::Whole) {
            let message = format!("`former_ids` must be a text field, but `{name}` is {}", Typed::Plain(*kind).name());
            let is_faulty = self.has_faulty_type(noun::LEAD_FIELD, name);
            let help = format!("declare it as `{name}: {{ column: …, split: \";\" }}`");
            self.report_unless(is_faulty, Diagnostic::error("LS009", node.span, message).with_help(help));
            return None;
        }
        Some(field)
    }

    /// `newest:` a date field of the file whose rows it chooses among.
    fn newest(&mut self, node: &YamlNode, of: Origin) -> Option<FieldRef> {
        let field = self.early_date(node, "`newest`")?;
        let Field { name, origin, .. } = &self.fields[field.field];
        if *origin != of {
            let message = format!("`newest` must be a field of the same file, but `{name}` is in another");
            self.wrong("LS009", node.span, message).help("name a date field under `fields` of the same file");
            return None;
        }
        Some(field)
    }

    fn lead_fields(&mut self, node: &YamlNode, origin: Origin, settings: &FileSettings) {
        for (name, span, value) in self.declared(node, "`fields`", noun::LEAD_FIELD) {
            if self.fields.iter().any(|field| field.name == name) {
                let message = format!("the field `{name}` is declared twice");
                self.wrong("LS007", span, message)
                    .help("a table can't have a field with the same name as a lead's field; rename one of them");
                continue;
            }
            let FieldSpec { from, kind, is_set } = if is_derived(value) {
                let rows = if let Origin::Table(table) = origin { Rows::Table(table) } else { Rows::Leads };
                self.keep_derived(rows, name, span, value);
                FieldSpec::unread()
            } else {
                self.field_spec(name, span, value, settings, noun::LEAD_FIELD)
            };
            self.fields.push(Field { name: name.to_owned(), kind, is_set, origin, from, span });
            self.missing_fields.push(false);
        }
    }

    /// `tables:`. What each names of the fields is handed back unread, because it may name a field of any table.
    pub(crate) fn tables<'n>(&mut self, node: &'n YamlNode) -> Vec<TableNaming<'n>> {
        let mut bys = Vec::new();
        for (name, span, value) in self.declared(node, "`tables`", noun::LEAD_FIELD) {
            let index = self.tables.len();
            let Some(mut keys) = self.keys(value, &TABLE) else {
                self.blame_all(noun::LEAD_FIELD);
                continue;
            };
            let files = self.files(&mut keys);
            let key = self.required(&mut keys, "key").and_then(|node| self.column(node, "a key column"));
            let by = self.required(&mut keys, "by");
            let fold = self.switch(&mut keys, "fold", false);
            let newest = keys.take("newest");
            let optional = self.switch(&mut keys, "optional", false);
            if let Some(node) = self.required(&mut keys, "fields") {
                self.lead_fields(node, Origin::Table(index), &files.settings);
            } else {
                self.blame_all(noun::LEAD_FIELD);
            }
            self.finish(&keys);
            let key_reader = text_reader(&files.settings);
            let key = key.unwrap_or_else(|| Column::named("", span));
            let placeholder = FieldRef { field: 0, part: Part::Whole, slot: 0 };
            self.tables.push(Table {
                name: name.to_owned(),
                span,
                files,
                key,
                key_reader,
                by: placeholder,
                fold,
                phone: None,
                newest: None,
                optional,
            });
            bys.push((index, by, newest));
        }
        bys
    }

    /// What every table names of the fields: `newest` of its own, and `by`, with which tables chain in any order.
    pub(crate) fn table_keys(&mut self, tables: &[TableNaming<'_>]) {
        let mut known = vec![None; self.tables.len()];
        for &(index, by, newest) in tables {
            self.tables[index].newest = newest.and_then(|node| self.newest(node, Origin::Table(index)));
            if let Some(by) = by.and_then(|node| self.early_field(node, "`by`")) {
                self.tables[index].by = by;
                let phone = self.fields[by.field].from.phone();
                let table = &self.tables[index];
                // A number in its one spelling has nothing to fold.
                let fold = phone.is_none() && (table.fold || self.folds(by));
                (self.tables[index].fold, self.tables[index].phone) = (fold, phone);
                known[index] = Some(by);
            }
        }
        self.no_circles(&known);
    }

    /// A lead field that must be known before events are.
    fn early_field(&mut self, node: &YamlNode, what: &str) -> Option<FieldRef> {
        let field = self.plain_field(node)?;
        self.must_be_known_early(field, node.span, what).map(|()| field)
    }

    /// Whether keys of that field fold by themselves: e-mail addresses, urls and their parts.
    fn folds(&self, field: FieldRef) -> bool {
        matches!(self.fields[field.field].kind, Type::Email | Type::Url)
    }

    /// `events:`. What may need what all fields are is handed back unread.
    pub(crate) fn sources<'n>(&mut self, node: &'n YamlNode) -> Vec<RestOfSource<'n>> {
        let mut rest = Vec::new();
        for (name, span, value) in self.declared(node, "`events`", noun::SOURCE) {
            if let Some((source, unread)) = self.source(name, span, value) {
                rest.push(unread);
                self.sources.push(source);
            } else {
                self.blame_name(noun::SOURCE, name);
                self.report_unless(true, Diagnostic::error("LS004", value.span, "this source can't be read"));
            }
        }
        rest
    }

    /// How every source names its leads, and which of its events are automated.
    pub(crate) fn rest_of_sources(&mut self, rest: &[RestOfSource<'_>]) {
        for RestOfSource { source, lead, automated } in rest {
            self.sources[*source].lead = self.lead_keys(lead);
            if let Some(node) = automated {
                self.sources[*source].automated = self.automated(node, *source);
            }
        }
    }

    fn source<'n>(&mut self, name: &str, span: Span, node: &'n YamlNode) -> Option<(Source, RestOfSource<'n>)> {
        if !matches!(node.kind, YamlKind::Map(_)) {
            self.blame_all(noun::EVENT_FIELD);
        }
        let mut keys = self.keys(node, &SOURCE)?;
        let files = self.files(&mut keys);
        let lead = self.required(&mut keys, "lead");
        let type_from = self.type_from(&mut keys, &files.settings);
        let id = self.part(&mut keys, "id", |this, node| this.column(node, "an id column"));
        let optional = self.switch(&mut keys, "optional", false);
        let guard = self.guard(&mut keys);
        let mut fields = Vec::new();
        if let Some(node) = keys.take("fields") {
            fields = self.event_fields(node, &files.settings);
        }
        self.blame_if_misspelt(&keys, "fields", &[noun::EVENT_FIELD]);
        let automated = keys.take("automated");
        self.finish(&keys);
        let text_reader = text_reader(&files.settings);
        let source = Source {
            name: name.to_owned(),
            place: Place::of(node).narrowed(span),
            files,
            lead: Vec::new(),
            type_from: type_from?,
            id: id?,
            text_reader,
            fields,
            automated: Vec::new(),
            guard,
            optional,
        };
        Some((source, RestOfSource { source: self.sources.len(), lead: lead?, automated }))
    }

    fn event_fields(&mut self, node: &YamlNode, settings: &FileSettings) -> Vec<(usize, ValueFrom)> {
        let mut fields = Vec::new();
        for (name, span, value) in self.declared(node, "`fields`", noun::EVENT_FIELD) {
            if is_derived(value) {
                self.keep_derived(Rows::Source(self.sources.len()), name, span, value);
                continue;
            }
            let FieldSpec { from, kind, is_set } = self.field_spec(name, span, value, settings, noun::EVENT_FIELD);
            let phone = from.phone();
            let index = self.event_field_index(EventField { name: name.to_owned(), kind, is_set, phone }, span);
            fields.push((index, from));
        }
        fields
    }

    /// The number of a field of events, which is the same in every source that has it.
    pub(super) fn event_field_index(&mut self, field: EventField, span: Span) -> usize {
        let EventField { name, kind, is_set, phone } = &field;
        let Some(index) = self.event_fields.iter().position(|known| known.name == *name) else {
            self.event_fields.push(field);
            return self.event_fields.len() - 1;
        };
        if self.event_fields[index].phone != *phone {
            self.event_fields[index].phone = Some(PhoneReader::default());
        }
        let declared = &self.event_fields[index];
        if (declared.kind, declared.is_set) != (*kind, *is_set) {
            let words = |kind: Type, is_set| Typed::of(kind, is_set).name();
            let (here, there) = (words(*kind, *is_set), words(declared.kind, declared.is_set));
            let message = format!("`{name}` is {here} here, but {there} in another source");
            let is_faulty = self.has_faulty_type(noun::EVENT_FIELD, name);
            self.report_unless(
                is_faulty,
                Diagnostic::error("LS009", span, message)
                    .with_help("a field must have the same type in all sources; rename one of them"),
            );
        }
        index
    }

    /// `lead:` a column, a mapping with `by`, or a list of these that is tried in order.
    fn lead_keys(&mut self, node: &YamlNode) -> Vec<LeadKey> {
        let nodes = match &node.kind {
            YamlKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        if nodes.is_empty() {
            self.wrong("LS005", node.span, "`lead` is an empty list");
        }
        nodes.iter().filter_map(|node| self.lead_key(node)).collect()
    }

    fn lead_key(&mut self, node: &YamlNode) -> Option<LeadKey> {
        if !matches!(node.kind, YamlKind::Map(_)) || names_column(node, &LEAD_KEY) {
            return Some(LeadKey { column: self.column(node, "a lead column")?, by: None, fold: false, phone: None });
        }
        self.mapping(node, &LEAD_KEY, |this, keys| {
            let column = this.required(keys, "column").and_then(|node| this.column(node, "a lead column"));
            let by = this.part(keys, "by", |this, node| this.early_field(node, "`by`"));
            let fold = this.switch(keys, "fold", false);
            let by = by?;
            let phone = by.and_then(|by| this.fields[by.field].from.phone());
            let fold = phone.is_none() && (fold || by.is_some_and(|by| this.folds(by)));
            Some(LeadKey { column: column?, by, fold, phone })
        })
    }

    fn type_from(&mut self, keys: &mut Keys<'_>, settings: &FileSettings) -> Option<TypeFrom> {
        let node = self.required(keys, "type")?;
        if !matches!(node.kind, YamlKind::Map(_)) || names_column(node, &TYPE) {
            let time = self.required(keys, "time").map(|node| self.time_spec(node, settings));
            return Some(TypeFrom::Column { column: self.column(node, "a type column")?, time: time? });
        }
        self.mapping(node, &TYPE, |this, inner| {
            if let Some(columns) = inner.take("from_columns") {
                let kinds = this.kinds_from_columns(columns, settings);
                if let Some(time) = keys.take("time") {
                    let message = "`time` can't be used with `from_columns`, because each of those columns has a time";
                    this.wrong("LS008", time.span, message);
                }
                return Some(TypeFrom::Columns(kinds));
            }
            let always = this.part(inner, "always", |this, node| this.filled_text(node, "an event type"));
            let column = this.part(inner, "column", |this, node| this.column(node, "a type column"));
            let time = this.required(keys, "time").map(|node| this.time_spec(node, settings));
            let column = |time| column.flatten().map(|column| TypeFrom::Column { column, time });
            match always? {
                Some(name) => Some(TypeFrom::Always { name: name.to_owned(), time: time? }),
                None => column(time?),
            }
        })
    }

    fn kinds_from_columns(&mut self, node: &YamlNode, settings: &FileSettings) -> Vec<EventKind> {
        let entries = self.entries(node, "`from_columns`");
        if entries.is_empty() {
            self.wrong("LS005", node.span, "`from_columns` names no column");
        }
        let kinds = entries.into_iter();
        kinds
            .map(|(name, _, value)| EventKind { name: name.to_owned(), time: self.time_spec(value, settings) })
            .collect()
    }

    /// One header or a list of them.
    pub(crate) fn column(&mut self, node: &YamlNode, what: &str) -> Option<Column> {
        let nodes = match &node.kind {
            YamlKind::List(items) if items.is_empty() => {
                self.wrong("LS005", node.span, format!("{what} is an empty list"));
                return None;
            }
            YamlKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let headers: Vec<Header> = nodes.iter().filter_map(|node| self.header(node, what)).collect();
        (!headers.is_empty()).then_some(Column { headers, span: node.span })
    }

    /// A header, alone or with which of its columns is meant.
    fn header(&mut self, node: &YamlNode, what: &str) -> Option<Header> {
        let YamlKind::Map(_) = node.kind else {
            return Some(Header { name: self.filled_text(node, what)?.to_owned(), nth: None });
        };
        self.mapping(node, &COLUMN_NAME, |this, keys| {
            let name = this.required(keys, "name").and_then(|node| this.filled_text(node, what));
            let nth = this.required(keys, "nth").and_then(|node| this.whole_usize(node, 1, "the number of a column"));
            Some(Header { name: name?.to_owned(), nth: Some(nth?) })
        })
    }
}

/// Whether a mapping says which of several columns is meant, where it could be another one, too.
pub(super) fn names_column(node: &YamlNode, other: &Mapping) -> bool {
    let YamlKind::Map(entries) = &node.kind else { return false };
    let has = |wanted: &str| entries.iter().any(|entry| entry.key.text == wanted);
    has("name") && has("nth") && !other.all_keys().any(|key| has(key.name))
}
