//! The currency of a column of amounts: by the signs and codes in its cells, else by a column of currencies beside it.

use super::export::Export;
use super::model::{Question, ReadingDraft};
use super::reading::held;
use crate::preset::ColumnRole;
use crate::value::cell::CellReading;
use crate::value::number::Decimal;
use crate::value::{CellReader, Currency, CurrencyMark, Words};
use std::collections::BTreeSet;

/// Whose sign it mostly is, where several currencies have it.
const USUAL: [(char, &str); 3] = [('$', "USD"), ('£', "GBP"), ('¥', "JPY")];

/// The reading of a number column, with its currency where all its amounts show the same, or a question where they differ.
pub(super) fn of(export: &Export, at: usize, reading: ReadingDraft) -> ReadingDraft {
    let marks = marks(export, at);
    let role = export.meanings[at].as_ref().map(|meaning| &meaning.role);
    let is_money = !marks.is_empty() || matches!(role, Some(ColumnRole::Amount | ColumnRole::Revenue));
    if !is_money {
        return reading;
    }
    let beside = beside(export);
    let (currencies, column): (Vec<Currency>, &str) = match &beside {
        Some((currencies, column)) => (currencies.clone(), column),
        None => (Vec::new(), ""),
    };
    let shown: Vec<String> = marks.iter().map(CurrencyMark::to_string).collect();
    let is_of_all = |currency: &Currency| marks.iter().all(|mark| currency.can_be(*mark));
    match (&currencies[..], shown.len()) {
        ([only], _) if is_of_all(only) => {
            ReadingDraft { currency: Some(*only), because: format!("the currency in {column}"), ..reading }
        }
        ([_, _, ..], _) => ReadingDraft {
            question: Some(question(&format!("{column} has {} currencies", currencies.len()))),
            ..reading
        },
        (_, 0) => reading,
        _ => match usual(&marks).filter(is_of_all) {
            Some(currency) => {
                let is_sure = marks.iter().any(|mark| matches!(mark, CurrencyMark::Code(_))) || !is_shared(&marks);
                let advice = if is_sure { "" } else { "; write the code of yours if it is another" };
                let because = format!("{} in its cells{advice}", shown.join(" and "));
                ReadingDraft { currency: Some(currency), because, ..reading }
            }
            None => ReadingDraft {
                question: Some(question(&format!("the amounts are in {}", shown.join(" and ")))),
                ..reading
            },
        },
    }
}

fn question(seen: &str) -> Question {
    Question {
        asked: format!("{seen}: which currency should a sum be in? It adds them up as if they were one."),
        then: "Export the amounts in one currency, and name it here with `currency:`.".to_owned(),
    }
}

/// The signs and codes in the cells of a column.
fn marks(export: &Export, at: usize) -> BTreeSet<CurrencyMark> {
    let column = export.column(at);
    let decimal = if export.has_comma(at) { Decimal::Comma } else { Decimal::Point };
    let reader = CellReader::new(CellReading::Number { decimal, currency: None }, Words::new(&column.blank));
    held(column).iter().filter_map(|held| reader.read(&held.text).mark).collect()
}

/// The currencies in a column of them, and its header: the only such column of the file.
fn beside(export: &Export) -> Option<(Vec<Currency>, String)> {
    let mut columns = export.with_role(|role| *role == ColumnRole::Currency);
    let (Some(at), None) = (columns.next(), columns.next()) else { return None };
    let column = export.column(at);
    let currencies: Option<Vec<Currency>> = held(column).iter().map(|held| Currency::of(&held.text)).collect();
    currencies.map(|currencies| (currencies, column.name.clone()))
}

/// The currency whose code stands there, or whose sign it mostly is.
fn usual(marks: &BTreeSet<CurrencyMark>) -> Option<Currency> {
    let code = marks.iter().find_map(|mark| match mark {
        CurrencyMark::Code(currency) => Some(*currency),
        CurrencyMark::Sign(_) => None,
    });
    let sign = *marks.first()?;
    let of_sign = || {
        let usual = USUAL.iter().filter_map(|(_, code)| Currency::of(code));
        let all = Currency::codes().filter_map(Currency::of);
        usual.chain(all).find(|currency| currency.can_be(sign))
    };
    code.or_else(of_sign)
}

/// Whether a sign is one that several currencies have.
fn is_shared(marks: &BTreeSet<CurrencyMark>) -> bool {
    let of = |mark: CurrencyMark| Currency::codes().filter_map(Currency::of).filter(move |known| known.can_be(mark));
    marks.iter().any(|mark| of(*mark).nth(1).is_some())
}
