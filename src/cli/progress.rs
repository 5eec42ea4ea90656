//! A progress bar with bytes, rate and time left: on a terminal a bar, elsewhere a line every ten seconds, nothing if quiet.

use super::args::{LogFormat, Terminal};
use super::exit::say;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};
use leadscore::{FileRole, Watch};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Shows how a run gets on.
pub(super) struct Progress {
    bar: ProgressBar,
    lines: Option<Mutex<PlainProgress>>,
}

/// What is said where there is no terminal.
struct PlainProgress {
    file: String,
    n_read: u64,
    n_bytes: u64,
    last: Instant,
}

const EVERY: Duration = Duration::from_secs(10);

impl Progress {
    /// A bar, lines, or silence.
    pub(super) fn new(terminal: &Terminal) -> Self {
        if terminal.quiet || terminal.log_format == LogFormat::Json {
            return Self { bar: ProgressBar::hidden(), lines: None };
        }
        if !std::io::stderr().is_terminal() {
            let lines = PlainProgress { file: String::new(), n_read: 0, n_bytes: 0, last: Instant::now() };
            return Self { bar: ProgressBar::hidden(), lines: Some(Mutex::new(lines)) };
        }
        let bar = ProgressBar::new(0);
        let template = "{msg} {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta} left";
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, lines: None }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn file(&self, role: &FileRole, path: &Path, n_bytes: u64) {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        self.bar.set_message(format!("{role}: {name}"));
        self.bar.set_length(n_bytes);
        self.bar.set_position(0);
        self.bar.reset_eta();
        if let Some(lines) = &self.lines
            && let Ok(mut lines) = lines.lock()
        {
            (lines.file, lines.n_read, lines.n_bytes) = (path.display().to_string(), 0, n_bytes);
        }
    }

    fn bytes(&self, n_bytes: u64) {
        self.bar.set_position(n_bytes);
        let Some(Ok(mut lines)) = self.lines.as_ref().map(Mutex::lock) else { return };
        lines.n_read = n_bytes;
        if lines.last.elapsed() >= EVERY {
            lines.last = Instant::now();
            let (n_read, n_bytes) = (HumanBytes(lines.n_read), HumanBytes(lines.n_bytes));
            say(&format!("{}: {n_read} of {n_bytes} read\n", lines.file));
        }
    }
}
