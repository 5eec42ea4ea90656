//! What is wrong with a rulebook, and where: pure values, made while it is read and checked, rendered by `output`.
//!
//! Nothing here knows files, terminals or colours. The suggestions for misspelt names live here too, because every
//! reader and every check wants the same ones.

mod lines;
mod opposite;

pub use lines::line_column;
pub(crate) use lines::{LineColumn, Lines};
pub(crate) use opposite::{is_negation, words};

/// A range of bytes in the rulebook's text, `start` inclusive, `end` exclusive. May be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty range at `offset`.
    #[must_use]
    pub const fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The range from the first byte of either to the last.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the other lies in it.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The rulebook can't be used.
    Error,
    /// The rulebook can be used, and probably does not say what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word shown to people and written into machine-readable output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One finding about a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the rule that was broken, such as `LS012`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The place in the rulebook's text.
    pub span: Span,
    /// What is wrong: one sentence, lower case, without a full stop.
    pub message: String,
    /// Shown under the underlined text: what was expected there.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`, without label or help.
    #[must_use]
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::of(code, Severity::Error, span, message)
    }

    /// A warning at `span`, without label or help.
    #[must_use]
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::of(code, Severity::Warning, span, message)
    }

    /// A note at `span`, without label or help.
    #[must_use]
    pub fn note(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::of(code, Severity::Note, span, message)
    }

    /// A finding of that weight at `span`, without label or help.
    #[must_use]
    pub fn of(code: &'static str, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity, span, message: message.into(), label: None, help: None }
    }

    /// Adds `label` under the underlined text.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// Adds advice on what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// The same with `label` under the underlined text.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same with advice on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with advice, where there is any: takes what [`did_you_mean`] gives.
    #[must_use]
    pub fn with_help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

/// The known name that `name` was probably meant to be, if one is reasonably near.
///
/// Case and separators don't count (`Job-Title` is `job_title`); beyond that, about one typing slip in three letters is
/// forgiven. Of equally near names the first given wins, so the answer depends on nothing else. A name that says the opposite is
/// never meant, however near: `not_active` is not `active`, and nobody knows whether `te` is `gte` or `lte`.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = bare(name);
    let length = wanted.chars().count();
    // A name of megabytes has no near neighbour, and measuring the distance would take quadratic time.
    if length > LONGEST_NAME {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    let mut is_doubtful = false;
    for candidate in known {
        let bared = bare(candidate);
        let n_letters = bared.chars().count();
        let allowed = length.max(n_letters) / 3;
        if n_letters > LONGEST_NAME || length.abs_diff(n_letters) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &bared);
        if distance > allowed || opposite::are_opposite(name, candidate) {
            continue;
        }
        match best {
            Some((least, found)) if distance == least => is_doubtful |= opposite::are_opposite(found, candidate),
            Some((least, _)) if distance > least => {}
            _ => (best, is_doubtful) = (Some((distance, candidate)), false),
        }
    }
    best.filter(|_| !is_doubtful).map(|(_, candidate)| candidate)
}

const LONGEST_NAME: usize = 100;

/// The name in lower case without blanks, `_`, `-` and `.`.
fn bare(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}

/// A help line that offers the [`nearest`] name: ``did you mean `job_title`?``
#[must_use]
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(|near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_near_within_reason() {
        let known = ["job_title", "first_name", "company", "lt", "gte", "gt"];
        let cases = [
            ("job-title", Some("job_title")),
            ("Job Title", Some("job_title")),
            ("JOBTITLE", Some("job_title")),
            ("jbo_title", Some("job_title")),
            ("compnay", Some("company")),
            ("country", None),
            ("get", Some("gte")),
            ("ge", Some("gte")),
            ("eq", None),
            ("", None),
            ("___", None),
        ];
        for (name, expected) in cases {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }

    #[test]
    fn of_equally_near_names_the_first_wins() {
        assert_eq!(nearest("stagf", ["stage", "stags"]), Some("stage"));
        assert_eq!(nearest("stagf", ["stags", "stage"]), Some("stags"));
        assert_eq!(nearest("stags", ["stage", "stags"]), Some("stags"));
    }

    #[test]
    fn long_names_cost_nothing() {
        let long = "x".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(did_you_mean("name", [long.as_str()]), None);
    }
}
