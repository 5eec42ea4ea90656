//! How a command ends: exit codes mean something, and a failure says what to do.

use leadscore::RunError;
use std::io::{self, Write as _};
use std::process::ExitCode;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The answer is no.
    No,
    /// Wrong usage.
    Usage,
    /// The rulebook is invalid.
    Rulebook,
    /// The input is unusable.
    Input,
    /// The output can't be written.
    Output,
    /// Another run holds the lock.
    Busy,
    /// Interrupted from the keyboard.
    Interrupted,
    /// Told to end by the system.
    Terminated,
}

impl Exit {
    /// Every way to end, by code.
    pub(super) const ALL: [Self; 9] = [
        Self::Done,
        Self::No,
        Self::Usage,
        Self::Rulebook,
        Self::Input,
        Self::Output,
        Self::Busy,
        Self::Interrupted,
        Self::Terminated,
    ];

    /// The number that the program ends with.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::Rulebook => 3,
            Self::Input => 4,
            Self::Output => 5,
            Self::Busy => 75,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }

    /// What that number says.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::No => "findings, or a failed test",
            Self::Usage => "wrong usage",
            Self::Rulebook => "the rulebook is invalid",
            Self::Input => "an input can't be used",
            Self::Output => "the output can't be written",
            Self::Busy => "another run holds the lock",
            Self::Interrupted => "interrupted",
            Self::Terminated => "terminated",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command fails.
#[derive(Debug)]
pub(super) struct CommandFailure {
    exit: Exit,
    error: anyhow::Error,
}

impl CommandFailure {
    /// A failure with its message.
    pub(super) fn new(exit: Exit, error: impl Into<anyhow::Error>) -> Self {
        Self { exit, error: error.into() }
    }

    /// A failure with a message of its own.
    pub(super) fn message(exit: Exit, message: impl std::fmt::Display) -> Self {
        Self { exit, error: anyhow::anyhow!("{message}") }
    }

    /// How the command ends.
    pub(super) fn exit(&self) -> Exit {
        self.exit
    }

    /// Why.
    pub(super) fn reason(&self) -> String {
        format!("{:#}", self.error)
    }

    /// Says why, on standard error, where the command goes on all the same.
    pub(super) fn tell(&self) -> Exit {
        say(&format!("error: {}\n", self.reason()));
        self.exit
    }
}

impl From<RunError> for CommandFailure {
    fn from(error: RunError) -> Self {
        let exit = if matches!(error, RunError::Keep { .. }) { Exit::Usage } else { Exit::Input };
        Self::new(exit, error)
    }
}

/// Writes to standard error. That nobody can read it is no reason to fail: the exit code says it all the same.
pub(super) fn say(text: &str) {
    drop(anstream::stderr().lock().write_all(text.as_bytes()));
}

/// Prints to standard output. A reader that went away is no failure.
pub(super) fn print(text: &str) -> Result<(), CommandFailure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| CommandFailure::new(Exit::Output, error)),
    }
}
