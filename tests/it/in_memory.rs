//! A lead given in memory is scored exactly as the same lead in files.

use crate::invariants::{Visit, leads, visits, world};
use crate::world::TODAY;
use leadscore::{Facts, Plan, Quantity, Trial, TrialEvent, TrialLead};
use leadscore::{Instant, InstantSpan, Value, parse_date_literal};
use leadscore::{Origin, Rulebook, TypeFrom};
use proptest::prelude::*;

/// The cells of a row.
fn cells(row: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
    let record = reader.records().next().expect("there is a row").expect("it can be read");
    record.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn read(reader: &leadscore::CellReader, cell: &str) -> Value<'static> {
    reader.read(cell).into_owned().value
}

/// A lead's fields, with those of the row of its account.
fn fields(rulebook: &Rulebook, row: &[String]) -> Vec<(usize, Value<'static>)> {
    let size = match row[1].as_str() {
        "A" => "5",
        "B" => "10",
        _ => "",
    };
    let columns = ["id", "acc", "c", "r", "n", "set"];
    let field = |(index, field): (usize, &leadscore::Field)| {
        let spec = field.spec()?;
        let cell = match field.origin {
            Origin::Leads => &row[columns.iter().position(|name| *name == field.name).expect("it has a column")],
            Origin::Table(_) => size,
        };
        Some((index, read(&spec.reader, cell)))
    };
    rulebook.fields.iter().enumerate().filter_map(field).collect()
}

/// The events of the lead with this number, as the rules of the language find them.
fn events(rulebook: &Rulebook, visits: &[Visit], rows: &[Vec<String>], number: usize) -> Vec<TrialEvent> {
    let event = |visit: &Visit| {
        let cells = cells(&visit.cells);
        let source = usize::from(!visit.source);
        let by_id = rows.iter().any(|row| row[0] == cells[0]);
        let shares = visit.source && !by_id && !cells[1].is_empty() && cells[1] == rows[number][1];
        if cells[0] != rows[number][0] && !shares {
            return None;
        }
        let (kind, time, rest) = if visit.source { (2, 3, 4) } else { (1, 2, 3) };
        let TypeFrom::Column { time: spec, .. } = &rulebook.sources[source].type_from else { panic!("a column") };
        let moment = read(&spec.reader, &cells[time]).moment()?;
        let columns = rulebook.sources[source].fields.iter().filter_map(|(field, from)| Some((*field, from.spec()?)));
        let fields =
            columns.zip(&cells[rest..]).map(|((field, spec), cell)| (field, read(&spec.reader, cell))).collect();
        let id = (!visit.source).then(|| cells[rest].clone());
        Some(TrialEvent { source, kind: cells[kind].clone(), time: moment.at, is_bare: moment.is_bare, id, fields })
    };
    visits.iter().filter_map(event).collect()
}

fn n_events(facts: &impl Facts, rulebook: &Rulebook) -> (String, String) {
    let Quantity::Number { numerator, .. } = facts.tally(rulebook.events_tally) else { panic!("a number") };
    let last = match facts.tally(rulebook.last_event_tally) {
        Quantity::Instant(instant) => instant.to_string(),
        _ => String::new(),
    };
    (numerator.to_string(), last)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn a_lead_in_memory_gets_the_card_that_a_run_gives_it(leads in leads(), visits in visits()) {
        let world = world(&leads, &visits, 1);
        let (outcome, rulebook) = (world.run(), world.parsed());
        let as_of: Instant = parse_date_literal(TODAY, &rulebook.zone).map(InstantSpan::last).expect("a date");
        let plan = Plan::new(&rulebook, as_of);
        let rows: Vec<Vec<String>> = leads.iter().map(|row| cells(row)).collect();
        for (number, row) in rows.iter().enumerate() {
            let events = events(&rulebook, &visits, &rows, number);
            let lead = TrialLead { fields: fields(&rulebook, row), events, ..TrialLead::default() };
            let trial = Trial::new(&plan, &lead);
            let at = outcome.rows.iter().position(|scored| scored["lead_id"] == row[0]);
            prop_assert_eq!(trial.is_some(), at.is_some(), "{:?}", row);
            let (Some(trial), Some(at)) = (trial, at) else { continue };
            let facts = trial.facts();
            prop_assert_eq!(facts.card(), &outcome.cards[at]);
            let (n_events, last) = n_events(&facts, &rulebook);
            prop_assert_eq!((&n_events, &last), (&outcome.rows[at]["events"], &outcome.rows[at]["last_event"]));
        }
    }
}
