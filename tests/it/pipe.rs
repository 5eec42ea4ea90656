//! A named pipe as an input: a run that reads it waits at a known point, in the middle of its work, until the test goes on.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::thread::JoinHandle;

/// Makes a named pipe.
pub(crate) fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.is_ok_and(|status| status.success()), "a pipe can be made");
}

/// A run that has opened a pipe and waits for what comes out of it.
pub(crate) struct Held {
    pipe: File,
    process: u32,
    end: JoinHandle<Output>,
}

impl Held {
    /// Starts a run and comes back once it has opened the pipe to read it.
    pub(crate) fn start(mut command: Command, pipe: &Path) -> Self {
        let child = command.spawn().expect("the binary runs");
        let process = child.id();
        let path = pipe.to_owned();
        let end = std::thread::spawn(move || {
            let output = child.wait_with_output().expect("it ends");
            // A run that ended early has never opened the pipe, and somebody must, or the test would wait for ever.
            drop(File::options().read(true).write(true).open(path));
            output
        });
        let pipe = File::options().write(true).open(pipe).expect("a pipe can be written to");
        Self { pipe, process, end }
    }

    /// Writes this, lets the pipe end, and the run go on.
    pub(crate) fn finish(mut self, content: &str) -> Output {
        self.pipe.write_all(content.as_bytes()).expect("the run reads it");
        drop(self.pipe);
        self.end.join().expect("it was waited for")
    }

    /// Writes as [`Self::finish`] does, and tells the most memory that the run had until it had read all but the end, in KiB.
    #[cfg(target_os = "linux")]
    pub(crate) fn peak_kib(mut self, content: &str) -> (u64, Output) {
        self.pipe.write_all(content.as_bytes()).expect("the run reads it");
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process)).expect("it still runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        drop(self.pipe);
        (peak.expect("the system tells it"), self.end.join().expect("it was waited for"))
    }

    /// Sends a signal. The pipe never ends, so the run ends by that or not at all.
    pub(crate) fn killed(self, signal: &str) -> Output {
        let killed = Command::new("kill").args([signal, &self.process.to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()), "it still runs");
        self.end.join().expect("it was waited for")
    }

    /// Writes to the pipe without end, until nobody reads it any more: how many bytes that took, and how the run ended.
    pub(crate) fn fed(mut self, start: &[u8], piece: &[u8]) -> (usize, Output) {
        let mut n_bytes = 0;
        let many = piece.repeat(1 << 16);
        let mut next = start;
        while self.pipe.write_all(next).is_ok() {
            n_bytes += next.len();
            next = &many;
        }
        (n_bytes, self.end.join().expect("it was waited for"))
    }
}
