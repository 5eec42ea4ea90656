//! Edits of how files are read: zone, ids, columns, types, tables, sources. Also says which fields mean the same in both
//! rulebooks, so that these can share what is decoded.

use super::{Aligner, edit, section};
use crate::diff::edit::{Change, Edit, Reach, Which};
use crate::diff::numbering::SameFields;
use crate::diff::source::Source;
use crate::diff::tree::{differences, entries, get, says_the_same, scalar, text_of};
use crate::rulebook::yaml::Node;

/// Whether two nodes, either of which may be missing, say the same.
fn same(old: Option<&Node>, new: Option<&Node>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => says_the_same(old, new),
        (None, None) => true,
        _ => false,
    }
}

/// How a file is read, without where it lies.
fn same_file(old: Option<&Node>, new: Option<&Node>) -> bool {
    differences(get(old, "file"), get(new, "file"), &["path"]).is_empty()
}

/// The fields that both rulebooks read alike.
pub(in crate::diff) fn same_fields(old: &Source, new: &Source) -> SameFields {
    let (old, new) = (Some(old.tree()), Some(new.tree()));
    let mut found = SameFields::default();
    if !same_file(old, new) || !same(get(old, "timezone"), get(new, "timezone")) {
        return found;
    }
    let mut compare = |old: Option<&Node>, new: Option<&Node>| {
        for entry in entries(get(old, "fields")).iter().filter(|_| same_file(old, new)) {
            let other = get(get(new, "fields"), &entry.key.text);
            if other.is_some_and(|other| says_the_same(&entry.value, other)) {
                found.lead.insert(entry.key.text.clone());
            }
        }
    };
    compare(get(old, "leads"), get(new, "leads"));
    for table in entries(get(old, "tables")) {
        compare(Some(&table.value), get(get(new, "tables"), &table.key.text));
    }
    let field = |tree: Option<&'_ Node>, source: &str, name: &str| {
        get(get(get(get(tree, "events"), source), "fields"), name).cloned()
    };
    let sources = || entries(get(old, "events")).iter().chain(entries(get(new, "events")));
    for name in sources().flat_map(|source| entries(get(Some(&source.value), "fields"))).map(|entry| &entry.key.text) {
        let is_same = sources().map(|source| &source.key.text).all(|source| {
            let (before, after) = (field(old, source, name), field(new, source, name));
            let file = |tree| get(get(tree, "events"), source);
            same(before.as_ref(), after.as_ref()) && (before.is_none() || same_file(file(old), file(new)))
        });
        if is_same {
            found.event.insert(name.clone());
        }
    }
    found
}

impl Aligner<'_> {
    /// Edits of everything that says how files are read.
    pub(super) fn data(&mut self) {
        for key in ["timezone", "ids", "not_engagement"] {
            self.reading(key, get(self.old_tree, key), get(self.new_tree, key), &[]);
        }
        let files = (get(self.old_tree, "file"), get(self.new_tree, "file"));
        self.reading("file", files.0, files.1, &["path"]);
        let leads = (get(self.old_tree, "leads"), get(self.new_tree, "leads"));
        self.declared("leads", leads.0, leads.1);
        for (kind, what) in [("tables", "table"), ("events", "event source")] {
            let (old, new) = (get(self.old_tree, kind), get(self.new_tree, kind));
            for name in section::keys(old, new) {
                self.declared(&format!("{what} {name}"), get(old, &name), get(new, &name));
            }
        }
    }

    /// An edit of something that decides which rows and events there are.
    fn reading(&mut self, subject: &str, old: Option<&Node>, new: Option<&Node>, skip: &[&str]) {
        let found = differences(old, new, skip);
        if !found.is_empty() {
            let reach = Reach::Contract(format!("{subject}: the files are read in another way"));
            let edit = self.made(subject, Change::Changed, found, reach);
            self.edits.push(Edit { is_reading: true, ..edit });
        }
    }

    /// Edits of a file's declaration: of the whole, of each field, and of where it lies.
    fn declared(&mut self, subject: &str, old: Option<&Node>, new: Option<&Node>) {
        let change = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => Some((Change::Added, "has to be given")),
            (Some(_), None) => Some((Change::Removed, "is no longer read")),
            (Some(_), Some(_)) => None,
        };
        if let Some((change, why)) = change {
            let span = old.or(new).map(|node| node.span);
            let which = if change == Change::Added { Which::New } else { Which::Old };
            let line = span.map(|span| (which, self.line(which, span)));
            let reach = Reach::Contract(format!("{subject} {why}"));
            self.edits.push(Edit { line, is_reading: true, ..edit(subject, change, reach) });
            return;
        }
        self.reading(subject, old, new, &["fields", "file"]);
        let files = (get(old, "file"), get(new, "file"));
        self.reading(&format!("{subject}, file"), files.0, files.1, &["path"]);
        let paths = differences(get(files.0, "path"), get(files.1, "path"), &[]);
        if !paths.is_empty() {
            let edit = self.made(&format!("{subject}, file.path"), Change::Changed, paths, Reach::Cosmetic);
            self.edits.push(edit);
        }
        let fields = (get(old, "fields"), get(new, "fields"));
        for name in section::keys(fields.0, fields.1) {
            self.field(subject, &name, get(fields.0, &name), get(fields.1, &name));
        }
    }

    fn field(&mut self, of: &str, name: &str, old: Option<&Node>, new: Option<&Node>) {
        if same(old, new) {
            return;
        }
        let subject = format!("field {name} of {of}");
        let column = |node: Option<&Node>| match node.and_then(scalar) {
            Some(column) => column.to_owned(),
            None => get(node, "column").map_or_else(|| name.to_owned(), crate::diff::tree::flow),
        };
        let is_optional = text_of(new, "optional") == Some("true");
        let reach = match (old, new) {
            (None, Some(_)) if !is_optional => {
                Reach::Contract(format!("{of}: the file has to have the column {}", column(new)))
            }
            (Some(_), Some(_)) if column(old) != column(new) => {
                Reach::Contract(format!("{of}: {name} is read from {} in place of {}", column(new), column(old)))
            }
            (Some(_), Some(_)) => Reach::Scores,
            _ => Reach::Cosmetic,
        };
        let change = section::change(old, new);
        let edit = self.made(&subject, change, differences(old, new, &[]), reach);
        self.fields.push((name.to_owned(), self.edits.len()));
        self.edits.push(Edit { changes_worth: true, ..edit });
    }
}
