//! The fields of a draft: columns of the leads file and of the tables that were joined, each under a name of its own. A field
//! is declared once something reads it; the other columns are kept as suggestions.

use super::Exports;
use super::export::Export;
use super::model::{Draft, FieldDraft, MappedDraft};
use super::name::Names;
use super::spellings;
use crate::inspect::{ColumnProfile, Guess};
use crate::preset::ColumnRole;
use crate::value::{Type, fold};

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnAt {
    /// The table, by its place among the tables; none for the leads file.
    pub table: Option<usize>,
    /// The column.
    pub column: usize,
}

/// The fields so far.
pub(super) struct Fields<'e> {
    exports: &'e Exports,
    /// The tables that could be joined, in the order in which they stand in the draft.
    pub joined: Vec<usize>,
    names: Names,
    taken: Vec<(ColumnAt, FieldDraft)>,
    mapped: Vec<(ColumnAt, MappedDraft)>,
    /// Columns that are keys, which are no fields.
    pub keys: Vec<ColumnAt>,
}

impl<'e> Fields<'e> {
    pub(super) fn new(exports: &'e Exports) -> Self {
        let mut names = Names::default();
        // What `scored.csv` and the events call by these names.
        for reserved in ["lead_id", "total", "stage", "grade", "any", "returns"] {
            names.take(reserved);
        }
        Self { exports, joined: Vec::new(), names, taken: Vec::new(), mapped: Vec::new(), keys: Vec::new() }
    }

    pub(super) fn export(&self, table: Option<usize>) -> &'e Export {
        table.map_or(&self.exports.leads, |table| &self.exports.tables[table])
    }

    pub(super) fn column(&self, place: ColumnAt) -> &'e ColumnProfile {
        self.export(place.table).column(place.column)
    }

    pub(super) fn role_at(&self, place: ColumnAt) -> Option<&'e ColumnRole> {
        self.export(place.table).meanings[place.column].as_ref().map(|meaning| &meaning.role)
    }

    /// All columns that could be fields: of the leads, then of the joined tables.
    pub(super) fn places(&self) -> Vec<ColumnAt> {
        let of = |table: Option<usize>| {
            (0..self.export(table).profile.columns.len()).map(move |column| ColumnAt { table, column })
        };
        let tables = self.joined.iter().flat_map(|table| of(Some(*table)));
        let all = of(None).chain(tables);
        all.filter(|place| !self.column(*place).is_unusable && !self.keys.contains(place)).collect()
    }

    /// The first column of a role that has any value, the leads' own before those of tables.
    pub(super) fn role(&self, is: impl Fn(&ColumnRole) -> bool) -> Option<ColumnAt> {
        let fits = |place: &ColumnAt| self.role_at(*place).is_some_and(&is);
        self.places().into_iter().find(|place| fits(place) && self.column(*place).n_values() > 0)
    }

    /// The column of the lead's address, even where it is the id as well.
    pub(super) fn email(&self) -> Option<ColumnAt> {
        let leads = &self.exports.leads;
        let own = leads.with_role(|role| *role == ColumnRole::Email).find(|at| leads.column(*at).guess == Guess::Email);
        own.map(|column| ColumnAt { table: None, column }).or_else(|| self.role(|role| *role == ColumnRole::Email))
    }

    /// All columns of a role.
    pub(super) fn all_of(&self, is: impl Fn(&ColumnRole) -> bool) -> Vec<ColumnAt> {
        let fits = |place: &ColumnAt| self.role_at(*place).is_some_and(&is);
        self.places().into_iter().filter(|place| fits(place) && self.column(*place).n_values() > 0).collect()
    }

    /// The field of a column as rules read it, declared now if it was not yet: where one thing has several spellings, the field
    /// that gives it one.
    pub(super) fn take(&mut self, place: ColumnAt) -> String {
        if let Some((_, mapped)) = self.mapped.iter().find(|(known, _)| *known == place) {
            return mapped.name.clone();
        }
        let things = self.spellings(place);
        if things.is_empty() {
            return self.take_column(place);
        }
        let wanted = self.export(place.table).field(place.column).name;
        let name = self.names.take(&wanted);
        let from = self.take_as(place, &format!("{wanted}_raw"));
        self.mapped.push((place, MappedDraft { name: name.clone(), from, things }));
        name
    }

    /// The field of a column as it stands, which keys are compared with.
    pub(super) fn take_column(&mut self, place: ColumnAt) -> String {
        let wanted = self.export(place.table).field(place.column).name;
        self.take_as(place, &wanted)
    }

    fn take_as(&mut self, place: ColumnAt, wanted: &str) -> String {
        if let Some((_, field)) = self.taken.iter().find(|(known, _)| *known == place) {
            return field.name.clone();
        }
        let name = self.names.take(wanted);
        let field = FieldDraft { name: name.clone(), ..self.export(place.table).field(place.column) };
        self.taken.push((place, field));
        name
    }

    fn spellings(&self, place: ColumnAt) -> Vec<(String, Vec<String>)> {
        spellings::of(self.export(place.table), place.column)
    }

    /// The type of a column.
    pub(super) fn kind(&self, place: ColumnAt) -> Type {
        self.export(place.table).reading(place.column).kind
    }

    /// The most frequent values of a column that has few, the most frequent first.
    pub(super) fn values(&self, place: ColumnAt, most: usize) -> Vec<String> {
        let column = self.column(place);
        if !column.sketch.is_whole() {
            return Vec::new();
        }
        let (mut values, mut folded): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let things = self.spellings(place);
        let of_thing = |text: &str| {
            let is_one = |(_, others): &&(String, Vec<String>)| others.iter().any(|other| fold(other) == fold(text));
            things.iter().find(is_one).map_or_else(|| text.to_owned(), |(thing, _)| thing.clone())
        };
        let separator = match &column.guess {
            Guess::Set { separator } => Some(separator.as_str()),
            _ => None,
        };
        for held in column.sketch.values() {
            let parts: Vec<&str> =
                separator.map_or_else(|| vec![&*held.text], |separator| held.text.split(separator).collect());
            for part in parts.into_iter().map(str::trim) {
                let value = of_thing(part);
                let key = fold(&value).into_owned();
                let is_value = !part.is_empty() && part.len() <= 80 && !column.blank.iter().any(|blank| blank == part);
                if is_value && !folded.contains(&key) {
                    folded.push(key);
                    values.push(value);
                }
            }
        }
        values.truncate(most);
        values
    }

    /// Writes the fields into the draft: what is read, and, for each file, what could be.
    pub(super) fn hand_over(mut self, draft: &mut Draft) {
        let joined = self.joined.clone();
        let places = self.places();
        let is_rest = |place: &ColumnAt| {
            self.column(*place).n_values() > 0 && !self.taken.iter().any(|(known, _)| known == place)
        };
        let rest: Vec<ColumnAt> = places.into_iter().filter(is_rest).collect();
        let mut others: Vec<(ColumnAt, FieldDraft)> = Vec::new();
        for place in rest {
            let mut field = self.export(place.table).field(place.column);
            field.name = self.names.take(&field.name);
            others.push((place, field));
        }
        self.taken.sort_by_key(|(place, _)| *place);
        let of = |fields: &[(ColumnAt, FieldDraft)], table: Option<usize>| -> Vec<FieldDraft> {
            fields.iter().filter(|(place, _)| place.table == table).map(|(_, field)| field.clone()).collect()
        };
        self.mapped.sort_by_key(|(place, _)| *place);
        let mapped = |table: Option<usize>| -> Vec<MappedDraft> {
            self.mapped.iter().filter(|(place, _)| place.table == table).map(|(_, mapped)| mapped.clone()).collect()
        };
        draft.leads.mapped = mapped(None);
        draft.leads.fields = of(&self.taken, None);
        draft.leads.others = of(&others, None);
        for (table, drafted) in joined.into_iter().zip(&mut draft.tables) {
            drafted.mapped = mapped(Some(table));
            drafted.fields = of(&self.taken, Some(table));
            drafted.others = of(&others, Some(table));
        }
        // A table that nothing reads would be joined for nothing.
        let is_read = |draft: &Draft, at: usize| !draft.tables[at].fields.is_empty();
        let unread: Vec<usize> = (0..draft.tables.len()).filter(|at| !is_read(draft, *at)).collect();
        for at in unread.into_iter().rev() {
            if let Some(field) = draft.tables[at].others.first().cloned() {
                let name = field.name.clone();
                draft.tables[at].others.remove(0);
                draft.tables[at].fields.push(field);
                draft.tables[at].because += "; `funnel` reads its first field only to give the table a use";
                draft.by.push(name);
            } else {
                draft.left_out.push(format!("{}: it has only its key column", draft.tables[at].file.shown));
                draft.tables.remove(at);
            }
        }
    }
}
