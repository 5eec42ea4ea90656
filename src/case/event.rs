//! Events of a test as they are written: one line each (`email_open x3 every 1d from -9d`), or a mapping with fields.

use super::lead::FieldType;
use super::read::TestReader;
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::keys::EVENT;
use crate::rulebook::yaml::{TOO_LARGE, YamlKind, YamlNode};
use crate::score::TrialEvent;
use crate::value::{Instant, Moment, Value};

/// How many events one line may stand for.
const MOST_EVENTS: u64 = 10_000;
/// How many bytes the events of a file may take: a few lines stand for many events, and aliases for many lines.
const MOST_BYTES: usize = 32 << 20;

/// An event as written, before its source is known.
pub(super) struct WrittenEvent {
    pub kind: String,
    pub kind_span: Span,
    pub times: Vec<Moment>,
    pub source: Option<usize>,
    pub id: Option<String>,
    pub fields: Vec<(usize, Value<'static>)>,
}

/// When events happen: `x3 every 1d from -9d`.
struct Series {
    times: u64,
    every_ms: i64,
    from: Moment,
}

impl WrittenEvent {
    /// About how many bytes its events take.
    fn bytes(&self) -> usize {
        let texts = |value: &Value<'_>| match value {
            Value::Text(text) => text.len(),
            Value::Set(parts) => parts.iter().map(|part| size_of_val(part) + part.len()).sum(),
            _ => 0,
        };
        let fields: usize = self.fields.iter().map(|field| size_of_val(field) + texts(&field.1)).sum();
        let one = size_of::<TrialEvent>() + self.kind.len() + self.id.as_ref().map_or(0, String::len) + fields;
        one.saturating_mul(self.times.len())
    }
}

impl Series {
    fn moments(&self) -> Vec<Moment> {
        let later = |n: u64| self.every_ms.saturating_mul(i64::try_from(n).unwrap_or(i64::MAX));
        let nth = |n| Moment { at: self.from.at.plus_ms(later(n)), is_bare: self.from.is_bare && n == 0 };
        (0..self.times).map(nth).collect()
    }
}

impl<'n> TestReader<'_, '_, 'n> {
    /// The events of a case, each with its line.
    pub(super) fn events(&mut self, node: &'n YamlNode, as_of: Instant) -> Vec<(TrialEvent, usize)> {
        let mut events = Vec::new();
        for item in self.decoder.list(node, "`events`") {
            let written = match &item.kind {
                YamlKind::Map(_) => self.mapped_event(item, as_of),
                _ => self.one_line_event(item, as_of),
            };
            let Some(written) = written else { continue };
            let source = match written.source {
                Some(source) => self.check_event(source, &written).then_some(source),
                None => self.source_of(&written),
            };
            let Some(source) = source else { continue };
            self.event_bytes = self.event_bytes.saturating_add(written.bytes());
            if self.event_bytes > MOST_BYTES {
                self.too_many_events(item.span);
                break;
            }
            let line = self.line(item.span);
            events.extend(written.times.iter().map(|time| {
                let (kind, id) = (written.kind.clone(), written.id.clone());
                (
                    TrialEvent {
                        source,
                        kind,
                        time: time.at,
                        is_bare: time.is_bare,
                        id,
                        fields: written.fields.clone(),
                    },
                    line,
                )
            }));
        }
        events
    }

    /// Says so once, however many cases follow.
    fn too_many_events(&mut self, span: Span) {
        if !std::mem::replace(&mut self.is_full, true) {
            let message = format!("the events of this file take more than {} MiB", MOST_BYTES >> 20);
            self.decoder
                .wrong(TOO_LARGE, span, message)
                .help("a test needs only a few events; write a smaller number after `x`");
        }
    }

    /// `demo_request -2d`, `email_open x3 every 1d from -9d`; the type may have blanks.
    fn one_line_event(&mut self, node: &'n YamlNode, as_of: Instant) -> Option<WrittenEvent> {
        let text = self.decoder.filled_text(node, "an event")?;
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let time = words.pop().unwrap_or_default();
        if words.last() == Some(&"from") {
            words.pop();
        }
        let mut every_ms = 0;
        if let [.., "every", every] = words[..] {
            every_ms = self.duration(every, node.span)?;
            words.truncate(words.len() - 2);
        }
        let count = words.last().and_then(|word| word.strip_prefix('x')).and_then(|count| count.parse::<u64>().ok());
        if count.is_some() {
            words.pop();
        }
        if words.is_empty() {
            let found =
                Diagnostic::error("LS005", node.span, format!("the event's type or its time is missing in `{text}`"));
            let help = "for example `demo_request -2d`, or `email_open x3 every 1d from -9d`";
            self.decoder.report(found.with_help(help));
            return None;
        }
        let from = self.instant(time, node.span, as_of)?;
        let series = self.series(count.unwrap_or(1), every_ms, from, node.span)?;
        let kind = words.join(" ");
        let source = self.source_by_file(&kind);
        Some(WrittenEvent { kind, kind_span: node.span, times: series.moments(), source, id: None, fields: Vec::new() })
    }

    fn mapped_event(&mut self, node: &'n YamlNode, as_of: Instant) -> Option<WrittenEvent> {
        let mut keys = self.decoder.keys(node, &EVENT)?;
        let kind_node = self.decoder.required(&mut keys, "type");
        let kind = kind_node.and_then(|node| self.decoder.text(node, "an event type"));
        let time = self.decoder.required(&mut keys, "time");
        let from = time.and_then(|node| {
            let text = self.decoder.text(node, "a time")?;
            self.instant(text, node.span, as_of)
        });
        let times = keys.take("times").and_then(|node| self.decoder.whole(node, 1, "a number of events"));
        let every = keys.take("every").and_then(|node| self.decoder.duration_ms(node));
        let id = keys.take("id").and_then(|node| self.decoder.text(node, "an event's id")).map(str::to_owned);
        let named = keys.take("source").map(|node| self.source_named(node));
        keys.take("fields");
        let mut fields = Vec::new();
        for (name, span, value) in self.decoder.entries(node, "an event") {
            if name == "fields" {
                for (name, span, value) in self.decoder.entries(value, "`fields`") {
                    fields.extend(self.event_field(name, span, value, as_of));
                }
            } else if EVENT.key(name).is_none() {
                fields.extend(self.event_field(name, span, value, as_of));
            }
        }
        let (kind, kind_span) = (kind?.to_owned(), kind_node?.span);
        let series = self.series(times.unwrap_or(1), every.unwrap_or(0), from?, node.span)?;
        let source = match named {
            Some(named) => Some(named?),
            None => self.source_by_file(&kind),
        };
        Some(WrittenEvent { kind, kind_span, times: series.moments(), source, id, fields })
    }

    fn series(&mut self, times: u64, every_ms: i64, from: Moment, span: Span) -> Option<Series> {
        if times == 0 || times > MOST_EVENTS {
            let message = format!("one line can mean 1 to {MOST_EVENTS} events, not {times}");
            self.decoder.wrong("LS005", span, message);
            return None;
        }
        Some(Series { times, every_ms, from })
    }

    fn duration(&mut self, text: &str, span: Span) -> Option<i64> {
        match crate::value::parse_duration_ms(text) {
            Ok(ms) => Some(ms),
            Err(error) => {
                self.decoder.wrong("LS005", span, format!("`{text}` is not a duration")).help(error.hint.clone());
                None
            }
        }
    }

    fn event_field(
        &mut self,
        name: &'n str,
        span: Span,
        node: &YamlNode,
        as_of: Instant,
    ) -> Option<(usize, Value<'static>)> {
        let rulebook = self.rulebook;
        let Some(field) = rulebook.event_fields.iter().position(|field| field.name == name) else {
            let names = rulebook.event_fields.iter().map(|field| field.name.as_str());
            let known: Vec<&str> = names.chain(EVENT.common_keys().map(|key| key.name)).collect();
            self.decoder.unknown(name, span, "field of events", known);
            return None;
        };
        let declared = &rulebook.event_fields[field];
        let typed = FieldType { kind: declared.kind, is_set: declared.is_set, phone: declared.phone };
        self.value(node, typed, name, as_of).map(|value| (field, value))
    }
}
