//! Which rows count and which of them belong to a lead: the rules of the language about ids, keys, newest rows, former ids and
//! repeats, told a second time and in the plainest way.

use super::Rows;
use leadscore::{CellReader, Instant, Moment, Origin, Rulebook, TrialEvent, TrialLead, TypeFrom, Value};
use std::collections::HashSet;

/// A lead as the rules find it.
pub(crate) struct Found {
    pub(crate) id: String,
    /// The ids that it had before.
    former: Vec<String>,
    pub(crate) trial: TrialLead,
}

/// The rows of files of one kind by header, trimmed, without those that have cells too many or too few.
struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The text of a cell: of `="…"` the text within.
fn text_in(cell: &str) -> String {
    let within = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let within = within.filter(|text| !text.replace("\"\"", "").contains('"'));
    within.map_or(cell.trim().to_owned(), |text| text.replace("\"\"", "\"").trim().to_owned())
}

impl Sheet {
    fn read<'t>(texts: impl IntoIterator<Item = &'t String>, is_padded: bool) -> Self {
        let mut sheet = Self { header: Vec::new(), rows: Vec::new() };
        for text in texts {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let mut rows =
                reader.records().map(|row| row.expect("the row can be read").iter().map(text_in).collect::<Vec<_>>());
            sheet.header = rows.next().expect("there is a header");
            // The second of two columns of one name goes by the name with a 2.
            for at in 1..sheet.header.len() {
                if sheet.header[..at].contains(&sheet.header[at]) {
                    sheet.header[at].push('2');
                }
            }
            let n_cells = sheet.header.len();
            for mut row in rows {
                while row.len() > n_cells && row.last().is_some_and(String::is_empty) {
                    row.pop();
                }
                if is_padded && row.len() < n_cells {
                    row.resize(n_cells, String::new());
                }
                if row.len() == n_cells {
                    sheet.rows.push(row);
                }
            }
        }
        sheet
    }

    fn cell(&self, row: usize, column: &str) -> &str {
        let column = self.header.iter().position(|header| header == column).expect("there is such a column");
        &self.rows[row][column]
    }

    /// The row with this key: of several the newest, of equally new ones the first. Where nothing is said of new ones, all are
    /// equal.
    fn find(
        &self,
        column: &str,
        key: &str,
        same: impl Fn(&str, &str) -> bool,
        date: impl Fn(usize) -> Option<Instant>,
    ) -> Option<usize> {
        let rows = (0..self.rows.len()).filter(|row| !key.is_empty() && same(self.cell(*row, column), key));
        rows.rev().max_by_key(|row| date(*row))
    }
}

fn read(reader: &CellReader, cell: &str) -> Value<'static> {
    reader.read(cell).into_owned().value
}

fn same(one: &str, other: &str) -> bool {
    one == other
}

/// Whether keys that fold are the same: those of the rows are ASCII.
fn folded(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// A key, if its cell is not blank: none of the keys of the rows is a blank text but `b` and `N/A`.
fn key<'c>(rulebook: &Rulebook, cell: &'c str) -> &'c str {
    if read(&rulebook.leads.id_reader, cell) == Value::Missing { "" } else { cell }
}

/// The texts of a value, in the order of the cell.
fn texts(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.to_string()],
        Value::Set(texts) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// The value of a field of a lead, of which `read` knows those that have a column. Of the others only choices among columns are
/// keys and dates of rows: a contact's address and the later of two dates.
fn value_of(rulebook: &Rulebook, field: usize, read: &dyn Fn(&str) -> Value<'static>) -> Value<'static> {
    let dates = |names: [&str; 2]| names.map(|name| read(name).moment());
    match rulebook.fields[field].name.as_str() {
        "contact" => [read("spare"), read("mail")].into_iter().find(|value| *value != Value::Missing),
        "late" => dates(["r", "m"]).into_iter().max().flatten().map(Moment::value),
        "soon" => dates(["c", "r"]).into_iter().flatten().min().map(Moment::value),
        name => Some(read(name)),
    }
    .unwrap_or(Value::Missing)
}

/// All files of leads and tables.
struct Files<'r> {
    rulebook: &'r Rulebook,
    leads: Sheet,
    accounts: Sheet,
    regions: Sheet,
}

impl Files<'_> {
    /// The value of a field that has a column in a row of its file.
    fn value(&self, sheet: &Sheet, row: usize, name: &str) -> Value<'static> {
        let field = self.rulebook.fields.iter().find(|field| field.name == name).expect("there is such a field");
        read(&field.spec().expect("it has a column").reader, sheet.cell(row, name))
    }

    fn date(&self, sheet: &Sheet, row: usize, field: usize) -> Option<Instant> {
        value_of(self.rulebook, field, &|name| self.value(sheet, row, name)).instant()
    }

    /// The row of the leads that counts for the id of this one, if it has one.
    fn counting(&self, row: usize) -> Option<usize> {
        let newest = self.rulebook.leads.newest;
        let date = |row| newest.and_then(|newest| self.date(&self.leads, row, newest.field));
        self.leads.find("id", key(self.rulebook, self.leads.cell(row, "id")), same, date)
    }

    /// The row of the accounts that a row of the leads finds: by the first of its keys that finds one.
    fn account(&self, row: usize) -> Option<usize> {
        let table = self.rulebook.tables.iter().find(|table| table.name == "accounts").expect("there is such a table");
        let newest = |row| table.newest.and_then(|newest| self.date(&self.accounts, row, newest.field));
        let keys = texts(&self.value(&self.leads, row, &self.rulebook.fields[table.by.field].name));
        keys.iter().find_map(|wanted| self.accounts.find("acc", key(self.rulebook, wanted), same, newest))
    }

    /// The fields of the lead of a row, with those of its tables.
    fn fields(&self, row: usize) -> Vec<(usize, Value<'static>)> {
        let account = self.account(row);
        let region = account.and_then(|row| {
            self.regions.find("region", key(self.rulebook, self.accounts.cell(row, "region")), folded, |_| None)
        });
        let value = |(index, field): (usize, &leadscore::Field)| {
            let Some(_) = field.spec() else { return (index, Value::Missing) };
            let (sheet, row) = match field.origin {
                Origin::Leads => (&self.leads, Some(row)),
                Origin::Table(table) if self.rulebook.tables[table].name == "accounts" => (&self.accounts, account),
                Origin::Table(_) => (&self.regions, region),
            };
            (index, row.map_or(Value::Missing, |row| self.value(sheet, row, &field.name)))
        };
        self.rulebook.fields.iter().enumerate().map(value).collect()
    }
}

fn named_value(rulebook: &Rulebook, lead: &TrialLead, field: usize) -> Value<'static> {
    value_of(rulebook, field, &|name| {
        let field = rulebook.fields.iter().position(|field| field.name == name).expect("there is such a field");
        lead.fields[field].1.clone()
    })
}

/// The leads that a row of a source is of: those that the first of its columns that finds any names.
fn named(rulebook: &Rulebook, source: usize, sheet: &Sheet, row: usize, leads: &[Found]) -> Vec<usize> {
    let all =
        |wanted: &dyn Fn(&Found) -> bool| (0..leads.len()).filter(|lead| wanted(&leads[*lead])).collect::<Vec<_>>();
    let by_id = |id: &str| {
        let own = all(&|lead| lead.id == id);
        let former = all(&|lead| lead.former.iter().any(|former| former == id));
        own.into_iter().chain(former).take(1).collect::<Vec<_>>()
    };
    for way in &rulebook.sources[source].lead {
        let cell = key(rulebook, sheet.cell(row, &way.column.headers[0].name));
        if cell.is_empty() {
            continue;
        }
        let found = match way.by {
            None => by_id(cell),
            Some(by) => {
                let Some(wanted) = way.phone.map_or(Some(cell.to_owned()), |phone| phone.read(cell)) else { continue };
                all(&|lead| {
                    let values = texts(&named_value(rulebook, &lead.trial, by.field));
                    let mut keys = values.iter().filter_map(|value| by.part.extract(value));
                    keys.any(|key| if way.fold { folded(key, &wanted) } else { key == wanted })
                })
            }
        };
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The events of a row: each type with its time.
fn kinds(rulebook: &Rulebook, source: usize, sheet: &Sheet, row: usize) -> Vec<(String, Value<'static>)> {
    let source = &rulebook.sources[source];
    let time = |reader: &CellReader, header: &str| read(reader, sheet.cell(row, header));
    match &source.type_from {
        TypeFrom::Column { time: spec, .. } => {
            let kind = read(&source.text_reader, sheet.cell(row, "type"));
            vec![(texts(&kind).concat(), time(&spec.reader, "time"))]
        }
        TypeFrom::Always { name, time: spec } => vec![(name.clone(), time(&spec.reader, "time"))],
        TypeFrom::Columns(kinds) => kinds
            .iter()
            .zip(["a", "b"])
            .map(|(kind, header)| (kind.name.clone(), time(&kind.time.reader, header)))
            .collect(),
    }
}

/// The events of a source that count, each with the leads that it is of.
fn counted(
    rulebook: &Rulebook,
    index: usize,
    sheet: &Sheet,
    leads: &[Found],
    as_of: Instant,
) -> Vec<(Vec<usize>, TrialEvent)> {
    let source = &rulebook.sources[index];
    let created = rulebook.leads.created.expect("the rulebook names it").field;
    let is_later = |lead: &usize| {
        let created = named_value(rulebook, &leads[*lead].trial, created);
        created.instant().is_some_and(|at| at > as_of)
    };
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    for row in 0..sheet.rows.len() {
        let names = named(rulebook, index, sheet, row, leads);
        for (kind, time) in kinds(rulebook, index, sheet, row) {
            let Some(Moment { at: time, is_bare }) = time.moment() else { continue };
            if time > as_of || names.iter().all(is_later) {
                continue;
            }
            let id = if source.id.is_some() { key(rulebook, sheet.cell(row, "eid")) } else { "" };
            if !id.is_empty() && !seen.insert((id.to_owned(), kind.to_lowercase())) {
                continue;
            }
            let cell = |field: usize| sheet.cell(row, &rulebook.event_fields[field].name);
            let columns = source.fields.iter().filter_map(|(field, from)| Some((*field, from.spec()?)));
            let fields = columns.map(|(field, spec)| (field, read(&spec.reader, cell(field)))).collect();
            found.push((names.clone(), TrialEvent { source: index, kind, time, is_bare, id: None, fields }));
        }
    }
    found
}

/// The leads as the rules of the language find them in the files, those created after the instant, too.
pub(crate) fn find(rulebook: &Rulebook, rows: &Rows, as_of: Instant) -> Vec<Found> {
    let is_padded = rulebook.leads.files.settings.pads_short_rows;
    let read_one = |text: &String| Sheet::read([text], is_padded);
    let files = Files {
        rulebook,
        leads: Sheet::read(&rows.leads, is_padded),
        accounts: read_one(&rows.accounts),
        regions: read_one(&rows.regions),
    };
    let counting = |row: &usize| files.counting(*row) == Some(*row);
    let mut leads: Vec<Found> = (0..files.leads.rows.len())
        .filter(counting)
        .map(|row| {
            let old = rulebook.leads.former_ids.map(|_| files.value(&files.leads, row, "old"));
            Found {
                id: files.leads.cell(row, "id").to_owned(),
                former: old.iter().flat_map(texts).collect(),
                trial: TrialLead { fields: files.fields(row), ..TrialLead::default() },
            }
        })
        .collect();
    let previous = read_one(&rows.previous);
    let ids: Vec<String> = leads.iter().map(|lead| lead.id.clone()).collect();
    for lead in &mut leads {
        let former = lead.former.iter().filter(|former| !ids.contains(former));
        let row = [&lead.id].into_iter().chain(former).find_map(|id| previous.find("lead_id", id, same, |_| None));
        lead.trial.before.stage =
            row.and_then(|row| rulebook.stages.iter().position(|stage| stage.name == previous.cell(row, "stage")));
    }
    for (index, source) in rulebook.sources.iter().enumerate() {
        let (_, text) = rows.events.iter().find(|(name, _)| *name == source.name).expect("it has a file");
        for (names, event) in counted(rulebook, index, &read_one(text), &leads, as_of) {
            for lead in names {
                leads[lead].trial.events.push(event.clone());
            }
        }
    }
    leads
}
