//! What becomes of a run that is interrupted from the keyboard or told to end by the system: it tidies up and ends at once.
//!
//! Nothing is replaced before the very last step, so ending early is safe anywhere but in that step, which is let through.

use super::exit::Exit;
use std::sync::{Arc, Mutex, PoisonError};

/// Whether the last step has begun.
#[derive(Debug, Default)]
pub(super) struct Signals {
    has_begun: Arc<Mutex<bool>>,
}

impl Signals {
    /// From now on, `tidy` runs and the program ends when a signal arrives. Where the system has no signals nothing is watched.
    pub(super) fn watch(tidy: impl Fn(Exit) + Send + 'static) -> Self {
        let signals = Self::default();
        let has_begun = Arc::clone(&signals.has_begun);
        listen(move |exit| {
            // Held until the end: whoever is about to begin the last step waits here and never does.
            let has_begun = has_begun.lock().unwrap_or_else(PoisonError::into_inner);
            if !*has_begun {
                tidy(exit);
                std::process::exit(i32::from(exit.code()));
            }
        });
        signals
    }

    /// The last step begins, be it to replace the results or to say why they are not: a signal no longer ends the program. Where
    /// one is ending it, this never returns.
    pub(super) fn begin_last_step(&self) {
        *self.has_begun.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }
}

#[cfg(unix)]
fn listen(on_signal: impl Fn(Exit) + Send + 'static) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    let listen = move || {
        for signal in signals.forever() {
            on_signal(if signal == SIGINT { Exit::Interrupted } else { Exit::Terminated });
        }
    };
    // Without a thread the system ends the program itself, and the next run tidies up.
    drop(std::thread::Builder::new().name("signals".to_owned()).spawn(listen));
}

#[cfg(not(unix))]
fn listen(_: impl Fn(Exit) + Send + 'static) {}
