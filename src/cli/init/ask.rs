//! What only a person can say, asked on a terminal.

use crate::cli::exit::{CommandFailure, Exit, say};
use leadscore::{DateOrder, FileProfile, Guess};
use std::io::{BufRead, IsTerminal, stderr, stdin};

/// Asks of each column of dates in which no cell decides whether the day or the month comes first. An empty answer leaves it
/// open. Elsewhere than on a terminal nothing is asked.
pub(super) fn dates(profile: &mut FileProfile) -> Result<(), CommandFailure> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
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
        loop {
            say("  does the day or the month come first? [d/m; press Enter to decide later] ");
            let mut answer = String::new();
            let n_read =
                stdin().lock().read_line(&mut answer).map_err(|error| CommandFailure::new(Exit::Input, error))?;
            match answer.trim().to_lowercase().as_str() {
                "d" | "day" => date.order = DateOrder::DayFirst,
                "m" | "month" => date.order = DateOrder::MonthFirst,
                "" => {}
                _ if n_read > 0 => continue,
                _ => {}
            }
            break;
        }
    }
    Ok(())
}
