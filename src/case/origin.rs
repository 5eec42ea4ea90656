//! Which source an event of a test comes from: what it or the file says, else the one that can have it, else one of several that
//! make no difference to the rulebook.

use super::event::WrittenEvent;
use super::manual::{NO_SOURCE, UNREAD_TYPE, WHICH_SOURCE};
use super::read::TestReader;
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::rulebook::expr::Types;
use crate::rulebook::read::Ref;
use crate::rulebook::yaml::YamlNode;
use crate::rulebook::{AutomatedRule, AutomatedSign, Rulebook, Source, TypeFrom};
use crate::score::Plan;
use crate::value::{Instant, fold};

impl<'n> TestReader<'_, '_, 'n> {
    /// `sources: { web: [page_view], product: [login] }`: where types come from, said once.
    pub(super) fn sources(&mut self, node: &'n YamlNode) {
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

    pub(super) fn source_by_file(&self, kind: &str) -> Option<usize> {
        let folded = fold(kind);
        self.sources.iter().find(|(known, _)| *known == folded).map(|(_, source)| *source)
    }

    pub(super) fn source_named(&mut self, node: &YamlNode) -> Option<usize> {
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

    /// Whether a source, which was named, can have an event like this; reported if not.
    pub(super) fn check_event(&mut self, source: usize, written: &WrittenEvent) -> bool {
        let declared = &self.rulebook.sources[source];
        let name = &declared.name;
        let lacking = written.fields.iter().find(|(field, _)| !has_field(self.rulebook, source, *field));
        let message = match lacking {
            Some((field, _)) => {
                format!("the source `{name}` has no field `{}`", self.rulebook.event_fields[*field].name)
            }
            None if written.id.is_some() && declared.id.is_none() => {
                format!("events of the source `{name}` have no id")
            }
            None => return self.check_source(source, &written.kind, written.kind_span),
        };
        self.decoder.report(Diagnostic::error(NO_SOURCE, written.kind_span, message));
        false
    }

    /// The source that an event must come from, or one of several that make no difference.
    pub(super) fn source_of(&mut self, written: &WrittenEvent) -> Option<usize> {
        let rulebook = self.rulebook;
        let folded = fold(&written.kind);
        let has_fields = |source: &usize| {
            let has_id = written.id.is_none() || rulebook.sources[*source].id.is_some();
            has_id && written.fields.iter().all(|(field, _)| has_field(rulebook, *source, *field))
        };
        let able = |wanted: Fixed| {
            let sources = 0..rulebook.sources.len();
            let able = sources.filter(|source| produces(rulebook, *source, &folded) == Some(wanted));
            able.filter(has_fields).collect::<Vec<usize>>()
        };
        let mut sources = able(Fixed::Yes);
        if sources.is_empty() {
            sources = able(Fixed::No);
        }
        let has_rule = |source: &usize| types_of_rules(&rulebook.sources[*source]).any(|name| *name == folded);
        let by_rule: Vec<usize> = sources.iter().copied().filter(has_rule).collect();
        if !by_rule.is_empty() {
            sources = by_rule;
        }
        let plan = Plan::new(rulebook, Instant::from_ms(0));
        let named = (!folded.is_empty()).then_some(folded.as_ref());
        // Sources with rules for a type hold different events to be automated.
        let looked_at = |source: &usize| (plan.tallies_for(*source, named), has_rule(source).then_some(*source));
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
        let is_told = sources.len() == 1 || are_alike(&sources);
        if !known_types(rulebook).iter().any(|name| *name == folded) && !sources.is_empty() {
            self.unread_type(written, &sources, is_told);
        } else if sources.is_empty() {
            self.no_source(written);
        } else if !is_told {
            self.ambiguous(written, &sources);
        }
        sources.first().copied().filter(|_| is_told)
    }

    /// A type that nothing in the rulebook names is more often misspelt than meant.
    fn unread_type(&mut self, written: &WrittenEvent, sources: &[usize], is_told: bool) {
        let (kind, span) = (&written.kind, written.kind_span);
        let message = format!("the rulebook never names events of type `{kind}`");
        let known = known_types(self.rulebook);
        let near = did_you_mean(kind, known.iter().map(String::as_str));
        let found = if is_told {
            Diagnostic::warning(UNREAD_TYPE, span, message)
        } else {
            Diagnostic::error(UNREAD_TYPE, span, message)
        };
        let name = &self.rulebook.sources[sources[0]].name;
        let help = near.unwrap_or_else(|| {
            format!("they count only for `any`; if you mean that, name their source: `sources: {{ {name}: [{kind}] }}`")
        });
        self.decoder.report(found.with_help(help));
    }

    fn no_source(&mut self, written: &WrittenEvent) {
        let message = format!("no source has events of type `{}` with these fields", written.kind);
        self.decoder.report(Diagnostic::error(NO_SOURCE, written.kind_span, message));
    }

    fn ambiguous(&mut self, written: &WrittenEvent, sources: &[usize]) {
        let names: Vec<&str> = sources.iter().map(|source| self.rulebook.sources[*source].name.as_str()).collect();
        let message =
            format!("`{}` could come from several sources, and the rulebook treats them differently", written.kind);
        let found = Diagnostic::error(WHICH_SOURCE, written.kind_span, message)
            .with_label(format!("the sources: {}", names.join(", ")));
        let help = format!(
            "name the source once at the top of the file, `sources: {{ {}: [{}] }}`, or here with `source: {}`",
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
        known.extend(types_of_rules(source).cloned());
        match &source.type_from {
            TypeFrom::Column { .. } => {}
            TypeFrom::Always { name, .. } => known.push(fold(name).into_owned()),
            TypeFrom::Columns(kinds) => known.extend(kinds.iter().map(|kind| fold(&kind.name).into_owned())),
        }
    }
    known
}

/// The types that a source's rules for automated events name, folded. They are types of that source.
fn types_of_rules(source: &Source) -> impl Iterator<Item = &String> {
    source.automated.iter().flat_map(|rule| rule.types.iter().chain(types_before(rule)))
}

/// The types that a rule asks for before its own.
fn types_before(rule: &AutomatedRule) -> &[String] {
    match &rule.sign {
        AutomatedSign::After { types, .. } => types,
        AutomatedSign::AtLeast { .. } | AutomatedSign::Chosen => &[],
    }
}

/// The event fields that anything asks of events of a type by its name.
fn fields_read(rulebook: &Rulebook, folded: &str) -> Vec<usize> {
    let mut read = Vec::new();
    for tally in &rulebook.tallies {
        if !matches!(&tally.select.types, Types::Named(names) if names.iter().any(|name| name == folded)) {
            continue;
        }
        read.extend(tally.references().into_iter().filter_map(|read| match read {
            Ref::EventField(field) => Some(field.field),
            _ => None,
        }));
    }
    read
}
