//! Selections of events and the measures over them, as conditions, tiers, occurrences and `entered` share them.

use super::Decoder;
use super::keys::Keys;
use super::scope::{Scope, Typed, inside_where};
use crate::diagnostic::Span;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Measure, Order, Selection, Stretch, Tally, Term, Test, Types};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::rulebook::{Mention, Place};
use crate::value::{Number, Type, fold, parse_date_literal, parse_duration_ms, trim};

/// Said of what stands under `since` and is no field.
const SINCE_TAKES: &str = "`since` takes a date field of the lead, or a list of them: `since: recycled`, for example the \
    date on which sales gave the lead back";

impl Expr {
    /// What an event condition without an operator means: `gte: 1`.
    pub(crate) fn at_least_one(term: Term, place: Place) -> Self {
        let test = Test::Number(Order::AtLeast, Number::from_micros(1_000_000));
        Self::leaf(Atom::Test { term, test }, place)
    }
}

impl Decoder<'_> {
    /// The index of a tally, kept once however often it is asked for.
    pub(crate) fn tally(&mut self, tally: Tally) -> usize {
        self.tallies.iter().position(|known| *known == tally).unwrap_or_else(|| {
            self.tallies.push(tally);
            self.tallies.len() - 1
        })
    }

    /// `event`, `source`, `where`: the part that every selection has.
    pub(crate) fn occasion(&mut self, keys: &mut Keys<'_>) -> Option<Selection> {
        let event = self.required(keys, "event");
        let types = event.and_then(|node| self.types(node));
        let source = self.part(keys, "source", Self::source_ref);
        if let Some(node) = event {
            self.mention(node, source.flatten(), false);
        }
        let filter = self.part(keys, "where", |this, node| this.condition(node, &inside_where()));
        // A part that was reported must not silently widen the selection.
        Some(Selection {
            types: types?,
            source: source?,
            filter: filter?,
            within_ms: None,
            since: Vec::new(),
            stretch: None,
        })
    }

    /// A whole selection, with its window and the `since` dates in force.
    pub(crate) fn selection(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Selection> {
        let occasion = self.occasion(keys);
        let within_ms = self.part(keys, "within", Self::duration_ms);
        let own = keys.take("since").map(|node| self.since(node)).unwrap_or_default();
        let stretch = self.stretch(keys, &own);
        let mut selection = occasion?;
        selection.within_ms = within_ms?;
        selection.stretch = stretch?;
        selection.since = joined(&scope.since, own);
        Some(selection)
    }

    /// `for:` so long after the dates that stand beside it.
    #[expect(clippy::option_option, reason = "there, absent and faulty are three things")]
    fn stretch(&mut self, keys: &mut Keys<'_>, own: &[FieldRef]) -> Option<Option<Stretch>> {
        let span = keys.key_span("for");
        let for_ms = self.part(keys, "for", Self::duration_ms)?;
        if for_ms.is_some() && !keys.has("since") {
            self.wrong("LS010", span, "`for` needs a `since` beside it: the date from which this time is counted")
                .help("for the time before the day of scoring, write `within`");
            return None;
        }
        Some(for_ms.map(|for_ms| Stretch { from: joined(&[], own.to_vec()), for_ms }))
    }

    /// `since:` one date field or a list of them.
    pub(crate) fn since(&mut self, node: &YamlNode) -> Vec<FieldRef> {
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        if nodes.is_empty() {
            self.wrong("LS005", node.span, "`since` is an empty list");
        }
        nodes.iter().filter_map(|node| self.since_returns(node).or_else(|| self.since_one(node))).collect()
    }

    /// What people write in its place is a length of time, a fixed date or an event: none of them is of the lead.
    fn since_one(&mut self, node: &YamlNode) -> Option<FieldRef> {
        let help = match &node.kind {
            YamlKind::Scalar(scalar) if self.fields.iter().all(|field| field.name != trim(&scalar.text)) => {
                let text = trim(&scalar.text);
                let is_date = parse_date_literal(text, &self.zone).is_ok();
                let is_period = parse_duration_ms(text).is_ok();
                let within =
                    is_period.then(|| format!("for events of this last stretch of time, write `within: {text}`"));
                within.or_else(|| is_date.then(|| SINCE_TAKES.to_owned()))
            }
            YamlKind::Map(_) => Some(SINCE_TAKES.to_owned()),
            _ => None,
        };
        let Some(help) = help else { return self.early_date(node, "`since`") };
        self.wrong("LS004", node.span, "`since` must be the name of a date field").help(help);
        None
    }

    /// A selection with its measure: a term and the type of its values.
    pub(crate) fn measured(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<(Term, Typed)> {
        let select = self.selection(keys, scope);
        let measure = match keys.take("measure") {
            None => Some((Measure::Count, Type::Number)),
            Some(node) => self.measure(node),
        };
        let from_span = keys.key_span("from");
        let from = keys.take("from").map(|node| self.early_date(node, "`from`"));
        let (mut measure, kind) = measure?;
        match (&mut measure, from) {
            (Measure::IdleDays { from: place }, Some(from)) => *place = Some(from?),
            (_, Some(_)) => {
                self.wrong("LS010", from_span, "`from` belongs to `measure: idle_days`")
                    .help("it is the date to count from if there is no event");
            }
            (_, None) => {}
        }
        let tally = self.tally(Tally { select: select?, measure });
        Some((Term::Tally(tally), Typed::Plain(kind)))
    }

    /// `event:` one type, a list, or `any`.
    pub(crate) fn types(&mut self, node: &YamlNode) -> Option<Types> {
        let names = self.texts(node, "an event type");
        if names.is_empty() {
            return None;
        }
        if let [("any", _)] = names[..] {
            return Some(Types::Any);
        }
        if let Some((name, span)) = names.iter().find(|(name, _)| *name != "any" && name.eq_ignore_ascii_case("any")) {
            self.wrong("LS005", *span, format!("`{name}` can't be an event type, because it looks like `any`"))
                .help("for every event, write `event: any`, in small letters");
            return None;
        }
        if let Some((_, span)) = names.iter().find(|(name, _)| *name == "any") {
            self.wrong("LS008", *span, "`any` can't be combined with other types")
                .help("it already means every type except those under `not_engagement`");
            return None;
        }
        if let Some((_, span)) = names.iter().find(|(name, _)| name.is_empty()) {
            self.wrong("LS005", *span, "an event type is empty");
            return None;
        }
        let mut folded: Vec<String> = names.iter().map(|(name, _)| fold(name).into_owned()).collect();
        folded.sort_unstable();
        folded.dedup();
        Some(Types::Named(folded))
    }

    /// Keeps every place that names a type.
    pub(crate) fn mention(&mut self, node: &YamlNode, source: Option<usize>, is_excepted: bool) {
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        let text = |node: &YamlNode| {
            if let YamlKind::Scalar(scalar) = &node.kind { Some(trim(&scalar.text).to_owned()) } else { None }
        };
        let named: Vec<(String, Span)> = nodes.iter().filter_map(|node| Some((text(node)?, node.span))).collect();
        let beside: Vec<String> = named.iter().map(|(text, _)| fold(text).into_owned()).collect();
        for ((written, span), name) in named.into_iter().zip(&beside) {
            if written != "any" && !written.is_empty() {
                let (name, beside) = (name.clone(), beside.clone());
                self.mentions.push(Mention { name, written, source, beside, is_excepted, span });
            }
        }
    }

    fn source_ref(&mut self, node: &YamlNode) -> Option<usize> {
        let name = self.text(node, "a source")?;
        let names: Vec<String> = self.sources.iter().map(|source| source.name.clone()).collect();
        self.index_of(name, node.span, "source", &names)
    }
}

/// Both lists as one, sorted and without repeats, so that equal selections are equal.
pub(crate) fn joined(inherited: &[FieldRef], own: Vec<FieldRef>) -> Vec<FieldRef> {
    let mut all = inherited.to_vec();
    all.extend(own);
    all.sort_unstable_by_key(|field| field.slot);
    all.dedup();
    all
}
