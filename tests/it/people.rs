//! Random rows for the exports of [`EXPORTS`](crate::language::EXPORTS), and which of them belong to a lead: the rules of the
//! language about ids, keys and repeats, told a second time and in the plainest way.

use leadscore::{CellReader, Instant, Origin, Rulebook, TrialEvent, TrialLead, TypeFrom, Value};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::HashSet;

/// The texts of the files.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub(crate) leads: String,
    pub(crate) n_leads: usize,
    pub(crate) accounts: String,
    pub(crate) regions: String,
    /// Each source's name and file.
    pub(crate) events: Vec<(String, String)>,
    pub(crate) previous: String,
}

type Text = BoxedStrategy<String>;

fn one_of(texts: &[&'static str]) -> Text {
    select(texts.to_vec()).prop_map(str::to_owned).boxed()
}

fn line(cells: Vec<Text>) -> Text {
    cells.prop_map(|cells| cells.join(",") + "\n").boxed()
}

/// Times of few days, as in a log, so that some are equal; at the edges of windows; and a few that can't be read.
fn time() -> Text {
    let days = select(vec!["2026-06-29", "2026-06-28", "2026-05-30", "2026-03-10", "2026-01-02", "2026-07-02"]);
    let clocks = select(vec!["00:00", "12:30:15.250", "23:59:01", "08:15:30"]);
    let of_days = (days, clocks, select(vec!["Z", "Z", "", "+03:00"]));
    let of_days = of_days.prop_map(|(day, clock, zone)| format!("{day}T{clock}{zone}"));
    let edges =
        ["2026-06-30", "2026-06-30T23:59:59.999Z", "2026-05-31T23:59:59.999Z", "2026-06-01", "2026-03-29T02:30"];
    prop_oneof![12 => of_days, 4 => one_of(&edges), 1 => one_of(&["", "soon"])].boxed()
}

fn date() -> Text {
    prop_oneof![3 => time(), 2 => Just(String::new())].boxed()
}

fn number() -> Text {
    one_of(&["", "1", "2.25", "-7", "5", "12.5", "\"1,200\"", "30%", "€ 5", "5 TRY", "1'200", "many"])
}

fn range() -> Text {
    one_of(&["", "2-10", "201 – 500", "\"10,001+\"", "<5", ">= 12.5", "7", "5-2", "some"])
}

fn mail() -> Text {
    one_of(&["p1@x.example", "P2@X.example", "office@shop.example", "p3@shop.example", "nobody", ""])
}

fn lead() -> Text {
    line(vec![
        one_of(&["A", "b", "C", "N/A", ""]),
        mail(),
        one_of(&["https://acme.example/pricing/?a=b", "shop.example", "/x", ""]),
        one_of(&["Head of Sales", "ceo", "İntern", "a", "\"x, b c\"", ""]),
        one_of(&["a;b", "B", "\"a\nb\";x", ";", ""]),
        number(),
        one_of(&["yes", "no", "maybe", ""]),
        date(),
        date(),
        date(),
        range(),
        one_of(&["0532 000 00 01", "+90 532 000 00 02", "05320000001 ext. 3", "00905320000002", "12", ""]),
        one_of(&["\"[\"\"a\"\", \"\"B\"\"]\"", "\"[null, 1]\"", "[]", "a", ""]),
        one_of(&["p1@x.example; office@shop.example", "nobody;P2@X.example", "nobody", ""]),
    ])
}

/// Which lead an event is of: some that is there, or none.
fn of_lead() -> Text {
    (0..9u8).prop_map(|number| if number == 8 { String::new() } else { format!("L{number}") }).boxed()
}

fn kind() -> Text {
    one_of(&["visit", "Visit", "form", "deal", "mail", "other", ""])
}

fn file(header: &'static str, row: Text, most: usize) -> Text {
    prop::collection::vec(row, 0..most).prop_map(move |rows| format!("{header}\n{}", rows.concat())).boxed()
}

fn events() -> impl Strategy<Value = Vec<(String, String)>> {
    let keys = || one_of(&["a", "A", "b", "", "\"q\"\"\n,x\""]);
    let urls = one_of(&["https://acme.example/pricing?a=b", "https://acme.example/x", "shop.example", "/pricing", ""]);
    let web = line(vec![
        of_lead(),
        mail(),
        kind(),
        time(),
        number(),
        keys(),
        urls,
        date(),
        one_of(&["a;x", "b", ""]),
        one_of(&["yes", "no", "?"]),
        range(),
    ]);
    let ids = || one_of(&["e1", "e2", "e3", "e4", "e5", "E1", ""]);
    let crm = line(vec![of_lead(), kind(), time(), ids(), number(), keys()]);
    let hook = line(vec![of_lead(), one_of(&["x.example", "SHOP.example", "y.example", ""]), time(), ids()]);
    let visits = line(vec![of_lead(), time(), keys()]);
    let two = line(vec![one_of(&["a", "B", "c", "D", ""]), date(), date(), number()]);
    let files = [
        file("lead,mail,type,time,x,k,url,on,has,yes,reach", web, 40),
        file("lead,type,time,eid,x,k", crm, 25),
        file("lead,host,time,eid", hook, 15),
        file("acc,a,b,x", two, 12),
        file("lead,time,k", visits, 15),
    ];
    files
        .to_vec()
        .prop_map(|texts| ["web", "crm", "hook", "two", "visits"].map(str::to_owned).into_iter().zip(texts).collect())
}

/// Rows of leads called L0, L1, …, of their accounts and regions, of all sources, and of an earlier run.
pub(crate) fn rows() -> impl Strategy<Value = Rows> {
    let account = line(vec![one_of(&["A", "B", "b", "C"]), number(), one_of(&["North", "SOUTH", "x", ""]), date()]);
    let region = line(vec![one_of(&["north", "South", "X"]), one_of(&["a", "B", ""]), number()]);
    let stage = || one_of(&["Lead", "MQL", "SQL", "Won", "Disqualified", "Gone"]);
    let leads = prop::collection::vec((lead(), prop::option::of(stage())), 1..8);
    let tables = (file("acc,size,region,renewed", account, 5), file("region,zone,rank", region, 5));
    (leads, tables, events()).prop_map(|(leads, (accounts, regions), events)| {
        let numbered = leads.iter().enumerate();
        let rows: Vec<_> = numbered.clone().map(|(number, (cells, _))| format!("L{number},{cells}")).collect();
        let known = numbered.filter_map(|(number, (_, stage))| Some((number, stage.as_ref()?)));
        let stages: Vec<_> = known.map(|(number, stage)| format!("L{number},1,{stage}\n")).collect();
        Rows {
            leads: format!("id,acc,mail,site,title,tags,n,ok,c,r,m,span,tel,js,mm\n{}", rows.concat()),
            n_leads: leads.len(),
            accounts,
            regions,
            events,
            previous: format!("lead_id,total,stage\n{}", stages.concat()),
        }
    })
}

// ---------------------------------------------------------------------------------------------- who is found by what

/// The rows of a file by header, trimmed.
struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn read(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut rows = reader.records().map(|row| {
            let row = row.expect("the row can be read");
            row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
        });
        Self { header: rows.next().expect("there is a header"), rows: rows.collect() }
    }

    fn cell(&self, row: usize, column: &str) -> &str {
        let column = self.header.iter().position(|header| header == column).expect("there is such a column");
        &self.rows[row][column]
    }

    /// The first row with this key.
    fn find(&self, column: &str, key: &str, same: impl Fn(&str, &str) -> bool) -> Option<usize> {
        (0..self.rows.len()).find(|row| !key.is_empty() && same(self.cell(*row, column), key))
    }
}

fn read(reader: &CellReader, cell: &str) -> Value<'static> {
    reader.read(cell).into_owned().value
}

/// Whether keys that fold are the same: those of the rows are ASCII.
fn folded(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// A key, if its cell is not blank: none of the keys of the rows is a blank text but `b` and `N/A`.
fn key<'c>(rulebook: &Rulebook, cell: &'c str) -> &'c str {
    if read(&rulebook.leads.id_reader, cell) == Value::Missing { "" } else { cell }
}

fn text_of(value: &Value<'_>) -> String {
    if let Value::Text(text) = value { text.to_string() } else { String::new() }
}

/// The fields of the lead of a row, with those of its tables.
fn fields(rulebook: &Rulebook, rows: &Rows, number: usize) -> Vec<(usize, Value<'static>)> {
    let (leads, accounts, regions) =
        (Sheet::read(&rows.leads), Sheet::read(&rows.accounts), Sheet::read(&rows.regions));
    let account = accounts.find("acc", key(rulebook, leads.cell(number, "acc")), |one, other| one == other);
    let region = account.and_then(|row| regions.find("region", key(rulebook, accounts.cell(row, "region")), folded));
    let value = |(index, field): (usize, &leadscore::Field)| {
        let Some(spec) = field.spec() else { return (index, Value::Missing) };
        let cell = match field.origin {
            Origin::Leads => Some(leads.cell(number, &field.name)),
            Origin::Table(table) if rulebook.tables[table].name == "accounts" => {
                account.map(|row| accounts.cell(row, &field.name))
            }
            Origin::Table(_) => region.map(|row| regions.cell(row, &field.name)),
        };
        (index, cell.map_or(Value::Missing, |cell| read(&spec.reader, cell)))
    };
    rulebook.fields.iter().enumerate().map(value).collect()
}

/// The leads that a row of a source is of: those that the first of its columns that finds any names.
fn named(rulebook: &Rulebook, source: &str, sheet: &Sheet, row: usize, leads: &[TrialLead]) -> Vec<usize> {
    let of_field = |lead: &TrialLead, name: &str| {
        let field = rulebook.fields.iter().position(|field| field.name == name).expect("there is such a field");
        text_of(&lead.fields[field].1)
    };
    let all =
        |wanted: &dyn Fn(&TrialLead) -> bool| (0..leads.len()).filter(|lead| wanted(&leads[*lead])).collect::<Vec<_>>();
    let cell = |column| key(rulebook, sheet.cell(row, column));
    let by_id = |id: &str| (0..leads.len()).filter(|lead| format!("L{lead}") == id).collect::<Vec<_>>();
    let by_mail = |mail: &str| all(&|lead| !mail.is_empty() && folded(&of_field(lead, "mail"), mail));
    let by_host = |host: &str| {
        let domain = |lead: &TrialLead| of_field(lead, "mail").rsplit_once('@').map(|(_, domain)| domain.to_owned());
        all(&|lead| !host.is_empty() && domain(lead).is_some_and(|domain| folded(&domain, host)))
    };
    let or_else = |found: Vec<usize>, other: &dyn Fn() -> Vec<usize>| if found.is_empty() { other() } else { found };
    match source {
        "web" => or_else(by_id(cell("lead")), &|| by_mail(cell("mail"))),
        "hook" => or_else(by_id(cell("lead")), &|| by_host(cell("host"))),
        "two" => all(&|lead| !cell("acc").is_empty() && folded(&of_field(lead, "acc"), cell("acc"))),
        _ => by_id(cell("lead")),
    }
}

/// The events of a row: each type with its time.
fn kinds(rulebook: &Rulebook, source: usize, sheet: &Sheet, row: usize) -> Vec<(String, Value<'static>)> {
    let source = &rulebook.sources[source];
    let time = |reader: &CellReader, header: &str| read(reader, sheet.cell(row, header));
    match &source.type_from {
        TypeFrom::Column { time: spec, .. } => {
            let kind = read(&source.text_reader, sheet.cell(row, "type"));
            vec![(text_of(&kind), time(&spec.reader, "time"))]
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
    leads: &[TrialLead],
    as_of: Instant,
) -> Vec<(Vec<usize>, TrialEvent)> {
    let source = &rulebook.sources[index];
    let created = rulebook.leads.created.expect("the rulebook names it").field;
    let is_later = |lead: &usize| matches!(leads[*lead].fields[created].1, Value::Instant(at) if at > as_of);
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    for row in 0..sheet.rows.len() {
        let names = named(rulebook, &source.name, sheet, row, leads);
        for (kind, time) in kinds(rulebook, index, sheet, row) {
            let Value::Instant(time) = time else { continue };
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
            found.push((names.clone(), TrialEvent { source: index, kind, time, id: None, fields }));
        }
    }
    found
}

/// The leads as the rules of the language find them in the files, those created after the instant, too.
pub(crate) fn leads_on_trial(rulebook: &Rulebook, rows: &Rows, as_of: Instant) -> Vec<TrialLead> {
    let previous = Sheet::read(&rows.previous);
    let stage_of = |number: usize| {
        let row = previous.find("lead_id", &format!("L{number}"), |one, other| one == other)?;
        rulebook.stages.iter().position(|stage| stage.name == previous.cell(row, "stage"))
    };
    let lead = |number| TrialLead {
        fields: fields(rulebook, rows, number),
        previous_stage: stage_of(number),
        ..TrialLead::default()
    };
    let mut leads: Vec<TrialLead> = (0..rows.n_leads).map(lead).collect();
    for (index, source) in rulebook.sources.iter().enumerate() {
        let (_, text) = rows.events.iter().find(|(name, _)| *name == source.name).expect("it has a file");
        for (names, event) in counted(rulebook, index, &Sheet::read(text), &leads, as_of) {
            for lead in names {
                leads[lead].events.push(event.clone());
            }
        }
    }
    leads
}
