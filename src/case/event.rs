//! Events of a test: one line each (`email_open x3 every 1d from -9d`) or a mapping with fields, and which source they come from.

use super::lead::Typed;
use super::manual::{NO_SOURCE, UNREAD_TYPE, WHICH_SOURCE};
use super::read::Reader;
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::expr::{Count, Expr, FieldRef, Measure, Term, Types};
use crate::rulebook::yaml::{Kind, Node};
use crate::rulebook::{Rulebook, TypeFrom};
use crate::score::{Plan, TrialEvent};
use crate::value::{Instant, Value, fold};

/// How many events one line may stand for.
const MOST_EVENTS: u64 = 10_000;

/// An event as written, before its source is known.
struct Written {
    kind: String,
    kind_span: Span,
    times: Vec<Instant>,
    source: Option<usize>,
    id: Option<String>,
    fields: Vec<(usize, Value<'static>)>,
}

/// When events happen: `x3 every 1d from -9d`.
struct Series {
    times: u64,
    every_ms: i64,
    from: Instant,
}

impl Series {
    fn instants(&self) -> Vec<Instant> {
        let nth = |n: u64| self.from.plus_ms(self.every_ms.saturating_mul(i64::try_from(n).unwrap_or(i64::MAX)));
        (0..self.times).map(nth).collect()
    }
}

impl<'n> Reader<'_, '_, 'n> {
    /// The events of a case, each with its line.
    pub(super) fn events(&mut self, node: &'n Node, as_of: Instant) -> Vec<(TrialEvent, usize)> {
        let mut events = Vec::new();
        for item in self.decoder.list(node, "`events`") {
            let written = match &item.kind {
                Kind::Map(_) => self.mapped_event(item, as_of),
                _ => self.one_line_event(item, as_of),
            };
            let Some(written) = written else { continue };
            let Some(source) = written.source.or_else(|| self.source_of(&written)) else { continue };
            let line = self.line(item.span);
            events.extend(written.times.iter().map(|time| {
                let (kind, id) = (written.kind.clone(), written.id.clone());
                (TrialEvent { source, kind, time: *time, id, fields: written.fields.clone() }, line)
            }));
        }
        events
    }

    /// `demo_request -2d`, `email_open x3 every 1d from -9d`; the type may have blanks.
    fn one_line_event(&mut self, node: &'n Node, as_of: Instant) -> Option<Written> {
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
            let found = Diagnostic::error("LS005", node.span, format!("`{text}` lacks the event's type or its time"));
            let help = "for example `demo_request -2d`, or `email_open x3 every 1d from -9d`";
            self.decoder.report(found.with_help(help));
            return None;
        }
        let from = self.instant(time, node.span, as_of)?;
        let series = self.series(count.unwrap_or(1), every_ms, from, node.span)?;
        let kind = words.join(" ");
        let source = self.source_by_file(&kind);
        if source.is_none() {
            self.check_type(&kind, node.span);
        }
        Some(Written { kind, kind_span: node.span, times: series.instants(), source, id: None, fields: Vec::new() })
    }

    fn mapped_event(&mut self, node: &'n Node, as_of: Instant) -> Option<Written> {
        let mut keys = self.decoder.keys(node, "an event")?;
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
        let own = ["type", "time", "times", "every", "id", "source", "fields"];
        let mut fields = Vec::new();
        for (name, span, value) in self.decoder.entries(node, "an event") {
            if name == "fields" {
                for (name, span, value) in self.decoder.entries(value, "`fields`") {
                    fields.extend(self.event_field(name, span, value, &own, as_of));
                }
            } else if !own.contains(&name) {
                fields.extend(self.event_field(name, span, value, &own, as_of));
            }
        }
        let (kind, kind_span) = (kind?.to_owned(), kind_node?.span);
        if named.is_none() && self.source_by_file(&kind).is_none() {
            self.check_type(&kind, kind_span);
        }
        let series = self.series(times.unwrap_or(1), every.unwrap_or(0), from?, node.span)?;
        let source = match named {
            Some(named) => Some(named?),
            None => self.source_by_file(&kind),
        };
        Some(Written { kind, kind_span, times: series.instants(), source, id, fields })
    }

    fn series(&mut self, times: u64, every_ms: i64, from: Instant, span: Span) -> Option<Series> {
        if times == 0 || times > MOST_EVENTS {
            let message = format!("a line stands for 1 to {MOST_EVENTS} events, not {times}");
            self.decoder.report(Diagnostic::error("LS005", span, message));
            return None;
        }
        Some(Series { times, every_ms, from })
    }

    fn duration(&mut self, text: &str, span: Span) -> Option<i64> {
        match crate::value::parse_duration_ms(text) {
            Ok(ms) => Some(ms),
            Err(error) => {
                let found = Diagnostic::error("LS005", span, format!("`{text}` is no duration"));
                self.decoder.report(found.with_help(error.hint.clone()));
                None
            }
        }
    }

    fn event_field(
        &mut self,
        name: &'n str,
        span: Span,
        node: &Node,
        own: &[&'static str],
        as_of: Instant,
    ) -> Option<(usize, Value<'static>)> {
        let rulebook = self.rulebook;
        let Some(field) = rulebook.event_fields.iter().position(|field| field.name == name) else {
            let names = rulebook.event_fields.iter().map(|field| field.name.as_str());
            let known: Vec<&str> = names.chain(own.iter().copied()).collect();
            self.decoder.unknown(name, span, "field of events", known);
            return None;
        };
        let declared = &rulebook.event_fields[field];
        let typed = Typed { kind: declared.kind, is_set: declared.is_set };
        self.value(node, typed, name, as_of).map(|value| (field, value))
    }

    /// A type that nothing in the rulebook names is more often misspelt than meant.
    fn check_type(&mut self, kind: &str, span: Span) {
        let folded = fold(kind);
        let known = known_types(self.rulebook);
        if kind.is_empty() || known.iter().any(|name| *name == folded) {
            return;
        }
        let near = crate::diagnostic::did_you_mean(kind, known.iter().map(String::as_str));
        let help = near.unwrap_or_else(|| "it counts for `any` alone".to_owned());
        let message = format!("nothing in the rulebook names events of type `{kind}`");
        self.decoder.report(Diagnostic::warning(UNREAD_TYPE, span, message).with_help(help));
    }

    /// `sources: { web: [page_view], product: [login] }`: where types come from, said once.
    pub(super) fn sources(&mut self, node: &'n Node) {
        let names: Vec<String> = self.rulebook.sources.iter().map(|source| source.name.clone()).collect();
        for (name, span, types) in self.decoder.entries(node, "`sources`") {
            let source = self.decoder.index_of(name, span, "source", &names);
            for (kind, span) in self.decoder.texts(types, "an event type") {
                if let Some(source) = source.filter(|source| self.check_source(*source, kind, span)) {
                    self.sources.push((fold(kind).into_owned(), source));
                }
            }
        }
    }

    fn source_by_file(&self, kind: &str) -> Option<usize> {
        let folded = fold(kind);
        self.sources.iter().find(|(known, _)| *known == folded).map(|(_, source)| *source)
    }

    fn source_named(&mut self, node: &Node) -> Option<usize> {
        let name = self.decoder.text(node, "a source")?;
        let names: Vec<String> = self.rulebook.sources.iter().map(|source| source.name.clone()).collect();
        self.decoder.index_of(name, node.span, "source", &names)
    }

    /// Whether a source can have events of a type; reported if not.
    fn check_source(&mut self, source: usize, kind: &str, span: Span) -> bool {
        let can = produces(self.rulebook, source, &fold(kind)).is_some();
        if !can {
            let name = &self.rulebook.sources[source].name;
            let message = format!("the source `{name}` has no events of type `{kind}`");
            self.decoder.report(Diagnostic::error(NO_SOURCE, span, message));
        }
        can
    }

    /// The source that an event must come from, or one of several that make no difference.
    fn source_of(&mut self, written: &Written) -> Option<usize> {
        let rulebook = self.rulebook;
        let folded = fold(&written.kind);
        let has_fields = |source: &usize| written.fields.iter().all(|(field, _)| has_field(rulebook, *source, *field));
        let able = |wanted: Fixed| {
            let sources = 0..rulebook.sources.len();
            let able = sources.filter(|source| produces(rulebook, *source, &folded) == Some(wanted));
            able.filter(has_fields).collect::<Vec<usize>>()
        };
        let mut sources = able(Fixed::Yes);
        if sources.is_empty() {
            sources = able(Fixed::No);
        }
        let plan = Plan::new(rulebook, Instant::from_ms(0));
        let named = (!folded.is_empty()).then_some(folded.as_ref());
        let looked_at = |source: &usize| plan.tallies_for(*source, named);
        let are_alike = |sources: &[usize]| sources.windows(2).all(|pair| looked_at(&pair[0]) == looked_at(&pair[1]));
        if sources.len() > 1 && !are_alike(&sources) {
            // Of an event whose fields the rulebook reads, the source is one that has them.
            let read = fields_read(rulebook, &folded);
            let richer = sources.iter().copied().filter(|source| read.iter().all(|f| has_field(rulebook, *source, *f)));
            let richer: Vec<usize> = richer.collect();
            if !richer.is_empty() && are_alike(&richer) {
                sources = richer;
            }
        }
        match &sources[..] {
            [] => self.no_source(written),
            several if are_alike(several) => return Some(several[0]),
            several => self.ambiguous(written, several),
        }
        None
    }

    fn no_source(&mut self, written: &Written) {
        let message = format!("no source has events of type `{}` with these fields", written.kind);
        self.decoder.report(Diagnostic::error(NO_SOURCE, written.kind_span, message));
    }

    fn ambiguous(&mut self, written: &Written, sources: &[usize]) {
        let names: Vec<&str> = sources.iter().map(|source| self.rulebook.sources[*source].name.as_str()).collect();
        let message = format!("`{}` could come from several sources, and the rulebook tells them apart", written.kind);
        let found = Diagnostic::error(WHICH_SOURCE, written.kind_span, message)
            .with_label(format!("from one of: {}", names.join(", ")));
        let help = format!(
            "say so once at the top of the file, `sources: {{ {}: [{}] }}`, or here with `source: {}`",
            names[0], written.kind, names[0]
        );
        self.decoder.report(found.with_help(help));
    }
}

/// Whether a source's types are fixed by the rulebook.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fixed {
    Yes,
    No,
}

/// Whether a source can have events of a folded type, and how; none if it can't.
fn produces(rulebook: &Rulebook, source: usize, folded: &str) -> Option<Fixed> {
    match &rulebook.sources[source].type_from {
        TypeFrom::Column { .. } => Some(Fixed::No),
        TypeFrom::Always { name, .. } => (fold(name) == folded).then_some(Fixed::Yes),
        TypeFrom::Columns(kinds) => kinds.iter().any(|kind| fold(&kind.name) == folded).then_some(Fixed::Yes),
    }
}

fn has_field(rulebook: &Rulebook, source: usize, field: usize) -> bool {
    rulebook.sources[source].fields.iter().any(|(known, _)| *known == field)
}

/// Every type that anything in the rulebook names, folded.
fn known_types(rulebook: &Rulebook) -> Vec<String> {
    let mut known = rulebook.not_engagement.clone();
    for tally in &rulebook.tallies {
        if let Types::Named(names) = &tally.select.types {
            known.extend(names.iter().cloned());
        }
    }
    for source in &rulebook.sources {
        match &source.type_from {
            TypeFrom::Column { .. } => {}
            TypeFrom::Always { name, .. } => known.push(fold(name).into_owned()),
            TypeFrom::Columns(kinds) => known.extend(kinds.iter().map(|kind| fold(&kind.name).into_owned())),
        }
    }
    known
}

/// The event fields that anything asks of events of a type by its name.
fn fields_read(rulebook: &Rulebook, folded: &str) -> Vec<usize> {
    let mut read = Vec::new();
    for tally in &rulebook.tallies {
        if !matches!(&tally.select.types, Types::Named(names) if names.iter().any(|name| name == folded)) {
            continue;
        }
        if let Some(filter) = &tally.select.filter {
            fields_of(filter, &mut read);
        }
        let measured: Option<&FieldRef> = match &tally.measure {
            Measure::Sum(field) | Measure::Max(field) | Measure::Distinct(field) => Some(field),
            Measure::Points { count: Count::Distinct(field), .. } => Some(field),
            _ => None,
        };
        read.extend(measured.map(|field| field.field));
    }
    read
}

fn fields_of(expr: &Expr, read: &mut Vec<usize>) {
    let mut term = |term: &Term| {
        if let Term::Field(field) = term {
            read.push(field.field);
        }
    };
    match expr {
        Expr::All(parts) | Expr::Any(parts) | Expr::AtLeast(_, parts) => {
            parts.iter().for_each(|part| fields_of(part, read));
        }
        Expr::Not(inner) => fields_of(inner, read),
        Expr::Present(field) => read.push(field.field),
        Expr::Test { term: subject, .. } => term(subject),
        Expr::Compare { left, right, .. } => {
            term(left);
            term(right);
        }
        Expr::Stage(_) | Expr::Grade(_) => {}
    }
}
