//! Edits of how files are read: zone, ids, columns, types, tables, sources. Also says which fields mean the same in both
//! rulebooks, so that these can share what is decoded.

use super::Aligner;
use super::cause::Cause;
use crate::diff::edit::{Breach, Change, EditReach, EditSubject, Input};
use crate::diff::numbering::SameFields;
use crate::diff::sides::Sides;
use crate::diff::source::DiffSource;
use crate::diff::tree::Nodes;
use crate::rulebook::{Origin, Rulebook, Spec};

/// Whether files are read alike, wherever they lie.
fn same_file(of: Nodes<'_>) -> bool {
    of.get("file").differences(&["path"]).is_empty()
}

/// The fields that both rulebooks read alike.
pub(in crate::diff) fn same_fields(sources: Sides<&DiffSource>) -> SameFields {
    let root = sources.map(|source| Some(source.tree()));
    let mut found = SameFields::default();
    if !same_file(root) || !root.get("timezone").say_the_same() {
        return found;
    }
    let (tables, events) = (root.get("tables"), root.get("events"));
    let files = std::iter::once(root.get("leads")).chain(tables.keys().into_iter().map(|name| tables.get(name)));
    for fields in files.filter(|file| same_file(*file)).map(|file| file.get("fields")) {
        let same = |name: &&str| fields.get(name).both().is_some() && fields.get(name).say_the_same();
        found.lead.extend(fields.keys().into_iter().filter(same).map(str::to_owned));
    }
    let events: Vec<Nodes<'_>> = events.keys().into_iter().map(|name| events.get(name)).collect();
    for name in events.iter().flat_map(|source| source.get("fields").keys()) {
        let is_same = |source: &Nodes<'_>| {
            let field = source.get("fields").get(name);
            field.say_the_same() && (field.old.is_none() || same_file(*source))
        };
        if events.iter().all(is_same) {
            found.event.insert(name.to_owned());
        }
    }
    found
}

/// How a rulebook reads a field of a file.
fn spec<'r>(rulebook: &'r Rulebook, of: &Input, name: &str) -> Option<&'r Spec> {
    let lead_field =
        |origin: Origin| rulebook.fields.iter().find(|field| field.name == name && field.origin == origin)?.spec();
    match of {
        Input::Leads => lead_field(Origin::Leads),
        Input::Table(table) => {
            lead_field(Origin::Table(rulebook.tables.iter().position(|known| known.name == *table)?))
        }
        Input::Source(source) => {
            let source = rulebook.sources.iter().find(|known| known.name == *source)?;
            let mut fields = source.fields.iter();
            fields.find(|(field, _)| rulebook.event_fields[*field].name == name).and_then(|(_, from)| from.spec())
        }
    }
}

impl Aligner<'_> {
    /// Edits of everything that says how files are read.
    pub(super) fn data(&mut self) {
        for key in ["timezone", "ids", "not_engagement", "file"] {
            self.reading(EditSubject::Key(key), self.root.get(key), &["path"]);
        }
        self.declared(&Input::Leads, self.root.get("leads"));
        let (tables, events) = (self.root.get("tables"), self.root.get("events"));
        tables.keys().into_iter().for_each(|name| self.declared(&Input::Table(name.to_owned()), tables.get(name)));
        events.keys().into_iter().for_each(|name| self.declared(&Input::Source(name.to_owned()), events.get(name)));
    }

    /// An edit of something that decides which rows and events there are.
    fn reading(&mut self, subject: EditSubject, nodes: Nodes<'_>, skip: &[&str]) {
        let reach = EditReach::Contract(Breach::Reading(Box::new(subject.clone())));
        if let Some(edit) = self.edit(subject, Change::Changed, nodes.differences(skip), reach, None) {
            self.edits[edit].is_reading = true;
        }
    }

    /// Edits of a file's declaration: of the whole, of each field, and of where it lies.
    fn declared(&mut self, input: &Input, nodes: Nodes<'_>) {
        if nodes.both().is_none() {
            let reach = EditReach::Contract(Breach::Input(input.clone(), nodes.change()));
            let subject = EditSubject::Input(input.clone());
            let edit = self.edit_at(nodes.spans(), subject, nodes.change(), Vec::new(), reach, None);
            self.edits[edit].is_reading = true;
            return;
        }
        self.reading(EditSubject::Input(input.clone()), nodes, &["fields", "file", "max_age", "max_orphans"]);
        let limit = |key: &'static str| nodes.get(key).differences(&[]).into_iter().map(move |one| one.under(key));
        let limits = limit("max_age").chain(limit("max_orphans")).collect();
        self.edit(EditSubject::Guard(input.clone()), Change::Changed, limits, EditReach::Cosmetic, None);
        let file = nodes.get("file");
        self.reading(EditSubject::Settings(input.clone()), file, &["path"]);
        let paths = file.get("path").differences(&[]);
        self.edit(EditSubject::Path(input.clone()), Change::Changed, paths, EditReach::Cosmetic, None);
        let fields = nodes.get("fields");
        fields.keys().into_iter().for_each(|name| self.field(input, name, fields.get(name)));
    }

    fn field(&mut self, of: &Input, name: &str, nodes: Nodes<'_>) {
        let specs = self.sources.map(|source| spec(&source.rulebook, of, name));
        let column = |spec: &Spec| spec.column.joined(" or ");
        let reach = match (specs.old, specs.new) {
            (None, Some(new)) if !new.optional => EditReach::Contract(Breach::Column(of.clone(), column(new))),
            (Some(old), Some(new)) if old.column.headers != new.column.headers => {
                EditReach::Contract(Breach::FieldColumn {
                    of: of.clone(),
                    field: name.to_owned(),
                    old: column(old),
                    new: column(new),
                })
            }
            (Some(_), Some(_)) => EditReach::Scores,
            // What is made of other fields is no column that could be lacking.
            _ if nodes.both().is_some() => EditReach::Scores,
            _ => EditReach::Cosmetic,
        };
        let subject = EditSubject::Field(name.to_owned(), of.clone());
        let edit = self.edit(subject, nodes.change(), nodes.differences(&[]), reach, None);
        self.causes.extend(edit.map(|edit| (Cause::Field(name.to_owned()), edit)));
    }
}
