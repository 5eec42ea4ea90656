//! What only a person can say, asked on a terminal.

use crate::cli::exit::{CommandFailure, Exit, say};
use leadscore::{DateOrder, FileProfile, Guess, LayoutDoubt};
use std::io::{BufRead, IsTerminal, stderr, stdin};

/// Asks for the delimiter of a file that can be read in two ways. An empty answer leaves it open.
pub(super) fn delimiter(profile: &FileProfile) -> Result<Option<u8>, CommandFailure> {
    let Some(LayoutDoubt::Delimiter { taken, n_columns, other, n_columns_other }) = profile.assumed.layout_doubt else {
        return Ok(None);
    };
    if !is_terminal() {
        return Ok(None);
    }
    say(&format!(
        "{}: which character is between the cells?\n  1: {taken} ({n_columns} columns)\n  2: {other} ({n_columns_other} columns)\n",
        profile.path.display(),
    ));
    answer("  [1/2; press Enter to decide later] ", &[("1", taken.0), ("2", other.0)])
}

fn is_terminal() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// Asks until one of these is the answer, or none.
fn answer<T: Copy>(question: &str, answers: &[(&str, T)]) -> Result<Option<T>, CommandFailure> {
    loop {
        say(question);
        let mut text = String::new();
        let n_read = stdin().lock().read_line(&mut text).map_err(|error| CommandFailure::new(Exit::Input, error))?;
        let text = text.trim().to_lowercase();
        let found = answers.iter().find(|(known, _)| *known == text);
        if found.is_some() || text.is_empty() || n_read == 0 {
            return Ok(found.map(|(_, meant)| *meant));
        }
    }
}

/// Asks of each column of dates in which no cell decides whether the day or the month comes first. An empty answer leaves it
/// open. Elsewhere than on a terminal nothing is asked.
pub(super) fn dates(profile: &mut FileProfile) -> Result<(), CommandFailure> {
    if !is_terminal() {
        return Ok(());
    }
    let path = profile.path.display().to_string();
    for column in &mut profile.columns {
        let values: Vec<String> = column.sketch.values().iter().take(3).map(|held| held.text.to_string()).collect();
        let Guess::Date(date) = &mut column.guess else { continue };
        if date.order != DateOrder::Ambiguous {
            continue;
        }
        say(&format!("{path}, column {}: {}\n", column.name, values.join(", ")));
        let question = "  does the day or the month come first? [d/m; press Enter to decide later] ";
        let (day, month) = (DateOrder::DayFirst, DateOrder::MonthFirst);
        if let Some(order) = answer(question, &[("d", day), ("day", day), ("m", month), ("month", month)])? {
            date.order = order;
        }
    }
    Ok(())
}
