//! What goes to standard error for machines: one JSON object a line, the last with the exit code and the reason.

use super::args::{LogFormat, Terminal};
use super::exit::{Exit, say};
use leadscore::FileReport;
use leadscore::Instant;
use leadscore::present::assumptions;
use leadscore::present::terminal as as_text;
use leadscore::{SourceText, render, render_short};
use serde_json::{Value, json};

/// The time of day, which no result depends on.
pub(super) fn now() -> Instant {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant::from_ms(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// Writes an event, if events are wanted.
pub(super) fn event(terminal: &Terminal, name: &str, fields: &Value) {
    if terminal.log_format == LogFormat::Json {
        let mut line = json!({ "time": now().to_string(), "event": name });
        if let (Some(line), Some(fields)) = (line.as_object_mut(), fields.as_object()) {
            line.extend(fields.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        say(&format!("{line}\n"));
    }
}

/// The last word on a command that did what it was asked. As text it has been said; under `-q` success is silent.
pub(super) fn end(terminal: &Terminal, exit: Exit) {
    if exit != Exit::Done || !terminal.quiet {
        event(terminal, "end", &json!({ "exit": exit.code(), "reason": exit.meaning() }));
    }
}

/// The last word on a command that failed: why.
pub(super) fn failed(terminal: &Terminal, exit: Exit, reason: &str) {
    match terminal.log_format {
        LogFormat::Json => event(terminal, "end", &json!({ "exit": exit.code(), "reason": reason })),
        LogFormat::Text if reason.is_empty() => {}
        LogFormat::Text => say(&format!("error: {reason}\n")),
    }
}

/// Something that someone should know, and that stops nothing.
pub(super) fn warning(terminal: &Terminal, message: &str) {
    match terminal.log_format {
        _ if terminal.quiet => {}
        LogFormat::Json => event(terminal, "warning", &json!({ "message": message })),
        LogFormat::Text => say(&format!("warning: {message}\n")),
    }
}

/// What was assumed of each file.
pub(super) fn files(terminal: &Terminal, files: &[FileReport]) {
    match terminal.log_format {
        _ if terminal.quiet => {}
        LogFormat::Text => say(&as_text(&assumptions(files), false)),
        LogFormat::Json => {
            for file in files {
                let path = file.path.display().to_string();
                let fields = json!({ "role": file.role, "path": path, "read_as": file.assumed.to_string(),
                    "rows": file.n_rows, "rejects": file.n_rejects, "empty": file.n_empty,
                    "padded": file.n_padded, "superseded": file.n_superseded });
                event(terminal, "file", &fields);
            }
        }
    }
}

/// What is wrong with a rulebook.
pub(super) fn findings(terminal: &Terminal, source: &SourceText<'_>, found: &[leadscore::Diagnostic], color: bool) {
    match terminal.log_format {
        LogFormat::Text => say(&render(source, found, color)),
        LogFormat::Json => {
            for line in render_short(source, found).lines() {
                event(terminal, "finding", &json!({ "message": line }));
            }
        }
    }
}
