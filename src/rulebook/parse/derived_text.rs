//! Derived fields that come to a text: `map`, `bands`; and those that events give.

use super::Decoder;
use super::condition::one_or_all;
use super::derived::{Derived, Shape, named_low};
use super::keys::Keys;
use super::operator::has_no_operator;
use super::scope::{Scope, Spot, Typed, inside_where};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::derived::{Band, Banded, Derivation, MapEntry, Mapped, Rest};
use crate::rulebook::expr::{Aggregate, Measure, Tally, Term, Test};
use crate::rulebook::keys::BAND;
use crate::rulebook::yaml::{Scalar, YamlKind, YamlNode};
use crate::value::{Decimal, Range, Type, fold};
use std::collections::HashMap;

/// What is said of a value that an entry of a map stands for.
const LISTED: &str = "listed";

impl Decoder<'_> {
    /// `from` and `map`
    pub(super) fn mapped(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Derived> {
        let input = self.required(keys, "from").and_then(|node| self.input(node, scope));
        let node = keys.take("map")?;
        let rest = self.rest(keys);
        let (of, typed) = input?;
        let rows = self.entries(node, "`map`");
        if rows.is_empty() {
            self.wrong("LS005", node.span, "`map` has no entry");
            return None;
        }
        let is_range = self.shape_of(of, scope).kind == Type::Range;
        let (mut targets, mut entries, mut is_good) = (Vec::new(), Vec::new(), true);
        for (target, (name, span, value)) in rows.iter().enumerate() {
            if name.is_empty() {
                self.wrong("LS005", *span, "a text of `map` is empty");
                is_good = false;
            }
            targets.push((*name).to_owned());
            for (text, span) in self.filled_texts(value, "a value of `map`").unwrap_or_default() {
                let entry = self.map_entry(text, span, (typed, is_range), target);
                is_good &= entry.is_some();
                entries.extend(entry);
            }
        }
        let is_text = is_textual(typed);
        if is_text {
            is_good &= self.no_text_twice(&rows, &entries);
        }
        let by_text = if is_text { by_text(&targets, &entries) } else { HashMap::new() };
        let mapped = Mapped { of, targets, entries, by_text, rest: rest? };
        is_good.then(|| Derived::plain(Derivation::Map(mapped), Type::Text))
    }

    fn map_entry(
        &mut self,
        text: &str,
        span: Span,
        (typed, is_range): (Typed, bool),
        target: usize,
    ) -> Option<MapEntry> {
        if is_range {
            return self.range_entry(text, span, target);
        }
        let scalar = Scalar { text: text.to_owned(), quoted: true };
        let node = YamlNode { span, kind: YamlKind::Scalar(scalar) };
        let test = self.equals(&node, typed, true)?;
        // What is compared is what the type makes of it: a phone number, say, in its full form.
        let written = match &test {
            Test::Text(test) => test.values.first().cloned().unwrap_or_default(),
            _ => text.to_owned(),
        };
        Some(MapEntry { test, written, place: Place::words(span), target })
    }

    /// A range, or a number, that a map lists: its lower end is what counts.
    fn range_entry(&mut self, text: &str, span: Span, target: usize) -> Option<MapEntry> {
        let Some(range) = Range::parse(text.trim(), Decimal::Point) else {
            self.wrong("LS005", span, format!("`{text}` is neither a number nor a range"))
                .help("write it as `201-500`, `10001+`, `<50` or `50`");
            return None;
        };
        let test = Test::Numbers(vec![range.low()]);
        Some(MapEntry { test, written: text.to_owned(), place: Place::words(span), target })
    }

    /// Whether no text is listed twice, and no two new texts are the same.
    fn no_text_twice(&mut self, rows: &[(&str, Span, &YamlNode)], entries: &[MapEntry]) -> bool {
        let mut is_good = true;
        let mut told = |this: &mut Self, texts: &mut dyn Iterator<Item = (&str, Span)>, what: &str| {
            let mut seen: HashMap<String, String> = HashMap::new();
            for (text, span) in texts {
                if let Some(first) = seen.insert(fold(text).into_owned(), text.to_owned()) {
                    let message = if first == text {
                        format!("`{text}` is {what} twice")
                    } else {
                        format!("`{text}` and `{first}` are the same text, because capitals do not matter")
                    };
                    let found = this.wrong("LS007", span, message);
                    if what == LISTED {
                        found.help("the new text is before the colon, all values that it stands for are after it");
                    }
                    is_good = false;
                }
            }
        };
        told(self, &mut rows.iter().map(|(name, span, _)| (*name, *span)), "a new text");
        told(self, &mut entries.iter().map(|entry| (entry.written.as_str(), entry.place.span)), LISTED);
        is_good
    }

    /// `from` and `bands`
    pub(super) fn banded(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Derived> {
        let input = self.required(keys, "from").and_then(|node| self.input(node, scope));
        let node = keys.take("bands")?;
        let items = self.list(node, "`bands`");
        if items.is_empty() {
            self.wrong("LS005", node.span, "`bands` has no band");
            return None;
        }
        let (term, typed) = input.map_or((None, Typed::Unreadable), |(of, typed)| (Some(Term::Field(of)), typed));
        let bands: Vec<Option<Band>> = items.iter().map(|item| self.band(item, term, typed, scope)).collect();
        let rest = self.rest(keys);
        let bands = bands.into_iter().collect::<Option<Vec<Band>>>()?;
        let banded = Banded { of: input?.0, bands, rest: rest? };
        Some(Derived::plain(Derivation::Bands(banded), Type::Text))
    }

    fn band(&mut self, node: &YamlNode, term: Option<Term>, typed: Typed, scope: &Scope) -> Option<Band> {
        self.mapping(node, &BAND, |this, keys| {
            let then = this.required(keys, "then").and_then(|node| this.filled_text(node, "the text of a band"));
            let tests = this.operators(keys, term, typed, scope);
            if has_no_operator(keys) {
                let found = Diagnostic::error("LS003", node.span, "a band needs an operator, such as `gte: 50`");
                let help = "for all other values, write `otherwise: …` beside `bands`";
                this.report_unless(keys.has_stray(), found.with_help(help));
            }
            let place = Place::of(node);
            Some(Band { when: one_or_all(tests, &place)?, then: then?.to_owned(), place })
        })
    }

    /// `otherwise` and `unknown`
    fn rest(&mut self, keys: &mut Keys<'_>) -> Option<Rest> {
        let mut text = |key: &'static str| {
            self.part(keys, key, |this, node| this.filled_text(node, &format!("`{key}`")).map(str::to_owned))
        };
        let (otherwise, unknown) = (text("otherwise"), text("unknown"));
        Some(Rest { otherwise: otherwise?, unknown: unknown? })
    }

    /// A selection with `first` or `last`.
    pub(super) fn held_by_events(&mut self, keys: &mut Keys<'_>) -> Option<Derived> {
        // What holds around a criterion does not reach a field, which is the same everywhere.
        let select = self.selection(keys, &Scope::new(Spot::Report, false));
        let is_first = keys.has("first");
        let node = keys.take(if is_first { "first" } else { "last" })?;
        let name = self.text(node, "a field of events")?;
        let (measure, shape) = if name == "time" {
            let time = Shape { kind: Type::Date, is_set: false, phone: None };
            let measure = match (self.has_returns, is_first) {
                // A return or a record may be read from it, and then a bare date is told from a time.
                (true, _) => Measure::EndMoment { is_first },
                (false, true) => Measure::Earliest,
                (false, false) => Measure::Newest,
            };
            (measure, time)
        } else {
            let field = named_low(node, self.field(node, &inside_where())?);
            let declared = &self.event_fields[field.field];
            if declared.is_set {
                self.wrong("LS009", node.span, "`first` and `last` can't use a field with `split`");
                return None;
            }
            if self.typed(field, &inside_where()) == Typed::Unreadable {
                return None;
            }
            let shape = self.shape_of(field, &inside_where());
            let end = if is_first { Aggregate::First } else { Aggregate::Last };
            (Measure::OfField(end, field), shape)
        };
        let tally = self.tally(Tally { select: select?, measure });
        let Shape { kind, is_set, phone } = shape;
        Some(Derived { derivation: Derivation::OfEvents(tally), kind, is_set, phone })
    }
}

/// Whether values are compared as texts.
fn is_textual(typed: Typed) -> bool {
    match typed {
        Typed::Set | Typed::Phone(_) => true,
        Typed::Plain(kind) => kind.is_textual(),
        Typed::Unreadable => false,
    }
}

/// By folded text the number of the new one: a new text stands for itself, unless another entry lists it.
fn by_text(targets: &[String], entries: &[MapEntry]) -> HashMap<String, usize> {
    let listed = entries.iter().map(|entry| (fold(&entry.written).into_owned(), entry.target));
    let mut by_text: HashMap<String, usize> = listed.collect();
    for (target, text) in targets.iter().enumerate() {
        by_text.entry(fold(text).into_owned()).or_insert(target);
    }
    by_text
}
