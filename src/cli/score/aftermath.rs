//! What a run leaves besides its results: metrics after every run, and word of a failed one beside the results that are still
//! there. That one of these can't be written is said and is no failure of the run.

use super::super::args::Terminal;
use super::super::exit::Exit;
use super::super::log;
use super::super::place::{OutFolder, write_whole};
use super::work::Scored;
use super::{FAILED, ScoreArgs};
use leadscore::{RunEnd, failed_manifest, last_success, metrics_text as metrics};
use std::path::PathBuf;
use std::time::Instant;

/// Who tells of a run's end.
#[derive(Clone, Debug)]
pub(super) struct Aftermath {
    terminal: Terminal,
    /// None where no results can stand.
    place: Option<OutFolder>,
    rulebook: String,
    metrics_file: Option<PathBuf>,
    began: Instant,
}

impl Aftermath {
    /// Of a run that begins now.
    pub(super) fn new(args: &ScoreArgs, terminal: &Terminal, place: Option<&OutFolder>) -> Self {
        Self {
            terminal: terminal.clone(),
            place: place.cloned(),
            rulebook: args.rulebook.display().to_string(),
            metrics_file: args.metrics_file.clone(),
            began: Instant::now(),
        }
    }

    /// The results are in their place.
    pub(super) fn succeeded(&self, scored: &Scored<'_>) {
        self.write_metrics(Exit::Done, Some(scored));
    }

    /// Nothing was replaced.
    pub(super) fn failed(&self, exit: Exit, reason: &str) {
        // Wrong usage is told to whoever typed it; another run that is busy has the folder to itself.
        let place = self.place.iter().filter(|_| exit != Exit::Usage && exit != Exit::Busy);
        for place in place.filter(|place| place.folder.is_dir()) {
            let text = failed_manifest(&self.rulebook, exit.code(), reason);
            drop(place.drop_in(FAILED, &text));
        }
        self.write_metrics(exit, None);
    }

    /// A signal ends the run: nothing was replaced, and what was written so far goes away.
    pub(super) fn ended_by_signal(&self, exit: Exit) {
        let reason = match exit {
            Exit::Interrupted => "interrupted; nothing was replaced",
            _ => "terminated; nothing was replaced",
        };
        self.place.iter().for_each(OutFolder::remove_staged);
        self.failed(exit, reason);
        log::failed(&self.terminal, exit, reason);
    }

    fn write_metrics(&self, exit: Exit, scored: Option<&Scored<'_>>) {
        let Some(path) = &self.metrics_file else { return };
        let ended_s = log::now().ms().div_euclid(1000);
        let last_success_s = match exit {
            Exit::Done => Some(ended_s),
            // Of a pipe or a terminal nothing can be read back; to try would be to wait for ever.
            _ if !path.is_file() => None,
            _ => std::fs::read_to_string(path).ok().and_then(|text| last_success(&text)),
        };
        let duration_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let end = RunEnd { exit: exit.code(), ended_s, duration_ms, last_success_s };
        let results = scored.map(|scored| (scored.loaded.plan.rulebook, &scored.totals, &scored.loaded.counts));
        if let Err(error) = write_whole(path, &metrics(&end, results)) {
            let loud = Terminal { quiet: false, ..self.terminal.clone() };
            // Said under `-q`, too: monitoring that goes blind must not do so unheard.
            log::warning(&loud, &format!("can't write the metrics to {}: {error}", path.display()));
        }
    }
}
