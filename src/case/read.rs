//! A test file's text → its cases: names resolved against the rulebook, everything wrong collected.

use super::manual::NOT_LATER;
use super::{Case, Moment, TestFile};
use crate::diagnostic::{Diagnostic, Severity, Span};
#[cfg(test)]
use crate::rulebook::AskedKeys;
use crate::rulebook::keys::{TEST, TEST_FILE};
use crate::rulebook::yaml::{self, YamlKind, YamlNode};
use crate::rulebook::{Decoder, Keys, Rulebook};
use crate::score::{PreviousStage, TrialLead};
use crate::value::{Instant, parse_duration_ms, parse_signed_duration_ms};

/// A test file, and what is odd about it.
#[derive(Debug)]
pub struct ReadTests {
    /// The tests.
    pub file: TestFile,
    /// Warnings, in order of place.
    pub warnings: Vec<Diagnostic>,
}

/// What has been read so far.
pub(super) struct TestReader<'t, 'r, 'n> {
    pub decoder: Decoder<'t>,
    pub rulebook: &'r Rulebook,
    pub text: &'t str,
    pub personas: Vec<(&'n str, &'n YamlNode)>,
    /// For event types the source that the file's `sources` names, by folded type.
    pub sources: Vec<(String, usize)>,
    /// How many bytes the events read so far take, and whether that was too many.
    pub event_bytes: usize,
    pub is_full: bool,
}

/// The path of the rulebook that a test file names, relative to the test file; none if it names none.
///
/// # Errors
/// When the text is not YAML.
pub fn rulebook_named(text: &str) -> Result<Option<String>, Vec<Diagnostic>> {
    let root = yaml::parse(text)?;
    let YamlKind::Map(entries) = &root.kind else { return Ok(None) };
    let named = entries.iter().find(|entry| entry.key.text == "rulebook").map(|entry| &entry.value.kind);
    Ok(match named {
        Some(YamlKind::Scalar(scalar)) if !scalar.text.trim().is_empty() => Some(scalar.text.trim().to_owned()),
        _ => None,
    })
}

/// Reads a test file's text against the rulebook that it tests.
///
/// # Errors
/// Everything that is wrong with it, in order of place, warnings too.
pub fn read_tests(text: &str, rulebook: &Rulebook) -> Result<ReadTests, Vec<Diagnostic>> {
    let root = yaml::parse(text)?;
    let mut reader = TestReader::new(text, rulebook);
    let file = reader.root(&root);
    let found = reader.decoder.into_found();
    match file {
        Some(file) if !found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) => {
            Ok(ReadTests { file, warnings: found })
        }
        _ => Err(found),
    }
}

/// The keys that are read of a test file, each with its place: what the table of keys is held to.
#[cfg(test)]
pub(crate) fn keys_read(text: &str, rulebook: &Rulebook) -> AskedKeys {
    let root = yaml::parse(text).expect("the text is YAML");
    let mut reader = TestReader::new(text, rulebook);
    assert!(reader.root(&root).is_some(), "{:#?}", reader.decoder.into_found());
    reader.decoder.asked
}

impl<'t, 'r, 'n> TestReader<'t, 'r, 'n> {
    fn new(text: &'t str, rulebook: &'r Rulebook) -> Self {
        let decoder = Decoder::beside(text, &rulebook.zone);
        let (personas, sources) = (Vec::new(), Vec::new());
        Self { decoder, rulebook, text, personas, sources, event_bytes: 0, is_full: false }
    }

    /// The line of a place, from 1.
    pub(super) fn line(&self, span: Span) -> usize {
        self.text[..span.start].matches('\n').count() + 1
    }

    fn root(&mut self, root: &'n YamlNode) -> Option<TestFile> {
        let mut keys = self.decoder.keys(root, &TEST_FILE)?;
        if let Some(node) = keys.take("rulebook") {
            self.decoder.filled_text(node, "the path of the rulebook");
        }
        let as_of_node = self.decoder.required(&mut keys, "as_of");
        let as_of = as_of_node.and_then(|node| self.as_of(node));
        // Without an instant everything else is still looked at, so that one run shows every problem.
        let instant = as_of.unwrap_or(Instant::from_ms(0));
        if let Some(node) = keys.take("sources") {
            self.sources(node);
        }
        if let Some(node) = keys.take("personas") {
            self.personas(node, instant);
        }
        let tests = self.decoder.required(&mut keys, "tests");
        let nodes = tests.map_or(&[][..], |node| self.decoder.list(node, "`tests`"));
        let cases: Vec<Option<Case>> = nodes.iter().map(|node| self.case(node, instant)).collect();
        self.decoder.finish(&keys);
        as_of?;
        Some(TestFile { cases: cases.into_iter().collect::<Option<_>>()? })
    }

    /// An instant to score at; a date means its last, as `--as-of` does.
    fn as_of(&mut self, node: &YamlNode) -> Option<Instant> {
        let text = self.decoder.text(node, "`as_of`")?;
        self.decoder.date(text, node.span).map(crate::value::InstantSpan::last)
    }

    fn case(&mut self, node: &'n YamlNode, as_of: Instant) -> Option<Case> {
        let mut keys = self.decoder.keys(node, &TEST)?;
        let name = self.name(&mut keys);
        let own = keys.take("as_of").map(|node| self.as_of(node));
        let as_of = own.flatten().unwrap_or(as_of);
        let fields = keys.take("lead").map(|node| self.lead(node, as_of)).unwrap_or_default();
        let events = keys.take("events").map(|node| self.events(node, as_of)).unwrap_or_default();
        let previous = keys.take("previous_stage").and_then(|node| self.stage_name(node));
        let mut moments = Vec::new();
        if let Some(node) = keys.take("expect") {
            moments.push(Moment { later: None, as_of, expected: self.expectations(node) });
        }
        if let Some(node) = keys.take("later") {
            self.later(node, as_of, &mut moments);
        }
        self.decoder.finish(&keys);
        let n_expected: usize = moments.iter().map(|moment| moment.expected.len()).sum();
        let tried = ["expect", "later"];
        let is_tried = tried.iter().any(|key| keys.has(key)) || keys.has_near(&tried);
        if n_expected == 0 && (!is_tried || !self.decoder.has_errors()) {
            self.decoder
                .wrong("LS003", keys.span, "this test expects nothing")
                .help("for example `expect: { stage: MQL, total: { gte: 100 } }`");
        }
        let (name, span) = name?;
        let (events, event_lines) = events.into_iter().unzip();
        let lead = TrialLead { fields, events, before: PreviousStage::default() };
        Some(Case { name, line: self.line(span), lead, event_lines, previous_stage: previous, moments })
    }

    fn name(&mut self, keys: &mut Keys<'n>) -> Option<(String, Span)> {
        let node = self.decoder.required(keys, "name")?;
        let name = self.decoder.filled_text(node, "a test's name")?;
        self.decoder.once("test", name, node.span);
        Some((name.to_owned(), node.span))
    }

    pub(super) fn stage_name(&mut self, node: &YamlNode) -> Option<String> {
        let name = self.decoder.text(node, "a stage")?;
        let names: Vec<String> = self.rulebook.stages.iter().map(|stage| stage.name.clone()).collect();
        self.decoder.index_of(name, node.span, "stage", &names).map(|stage| names[stage].clone())
    }

    /// `later: { +90d: { … } }`: the same lead, the same events, a later instant.
    fn later(&mut self, node: &'n YamlNode, as_of: Instant, moments: &mut Vec<Moment>) {
        for (when, span, expected) in self.decoder.entries(node, "`later`") {
            let instant = match when.strip_prefix('+').map(|after| parse_signed_duration_ms('+', after)) {
                Some(Ok(ms)) => Some(as_of.plus_ms(ms)),
                Some(Err(error)) => {
                    self.decoder.wrong("LS005", span, format!("`{when}` is not a duration")).help(error.hint.clone());
                    None
                }
                None => self.later_date(when, span, as_of),
            };
            let expected = self.expectations(expected);
            moments.extend(instant.map(|as_of| Moment { later: Some(when.to_owned()), as_of, expected }));
        }
    }

    fn later_date(&mut self, when: &str, span: Span, as_of: Instant) -> Option<Instant> {
        if parse_duration_ms(when).is_ok() {
            self.decoder
                .wrong("LS005", span, format!("`{when}` is not an instant after `as_of`"))
                .help(format!("write `+{when}`"));
            return None;
        }
        let instant = self.decoder.date(when, span)?.last();
        if instant <= as_of {
            self.decoder
                .wrong(NOT_LATER, span, format!("`{when}` is not later than the test's `as_of`"))
                .help("write `+90d`, or a date after `as_of`");
        }
        Some(instant)
    }
}
