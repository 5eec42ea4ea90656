//! Single values: text, numbers, points, durations, booleans, names, each typed by its place.

use super::Decoder;
use super::keys::{Choice, Keys, QUOTE_COMMAS, describe};
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::points::Points;
use crate::rulebook::Limits;
use crate::rulebook::keys::advice_on_word;
use crate::rulebook::yaml::{KeyValue, YamlKind, YamlNode};
use crate::value::{InstantSpan, Number, parse_date_literal, parse_duration_ms, trim};
use std::collections::HashSet;

/// How many names are told where none is near.
const MOST_NAMES: usize = 16;

impl Decoder<'_> {
    /// The text that stands there, trimmed.
    pub(crate) fn text<'n>(&mut self, node: &'n YamlNode, what: &str) -> Option<&'n str> {
        match &node.kind {
            YamlKind::Scalar(scalar) => Some(trim(&scalar.text)),
            other => {
                let message = format!("{what} must be a single value, but this is {}", describe(other));
                let comma = (*other == YamlKind::Null).then(|| QUOTE_COMMAS.to_owned());
                self.report(Diagnostic::error("LS004", node.span, message).with_help_if(comma));
                None
            }
        }
    }

    /// A text that is not empty.
    pub(crate) fn filled_text<'n>(&mut self, node: &'n YamlNode, what: &str) -> Option<&'n str> {
        let text = self.text(node, what)?;
        if text.is_empty() {
            self.wrong("LS005", node.span, format!("{what} is empty"));
            return None;
        }
        Some(text)
    }

    /// One text or a list of them, each with its place; an empty list is reported.
    pub(crate) fn texts<'n>(&mut self, node: &'n YamlNode, what: &str) -> Vec<(&'n str, Span)> {
        let nodes = match &node.kind {
            YamlKind::List(items) if items.is_empty() => {
                self.wrong("LS005", node.span, format!("{what} is an empty list"));
                return Vec::new();
            }
            YamlKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        nodes.iter().filter_map(|item| Some((self.text(item, what)?, item.span))).collect()
    }

    /// One text or a list of them, none of which is empty.
    pub(crate) fn filled_texts<'n>(&mut self, node: &'n YamlNode, what: &str) -> Option<Vec<(&'n str, Span)>> {
        let texts = self.texts(node, what);
        for (_, span) in texts.iter().filter(|(text, _)| text.is_empty()) {
            self.wrong("LS005", *span, format!("{what} is empty"));
        }
        let texts: Vec<_> = texts.into_iter().filter(|(text, _)| !text.is_empty()).collect();
        (!texts.is_empty()).then_some(texts)
    }

    /// A list of texts, or one; none at all is as good an answer as any.
    pub(crate) fn texts_or_none<'n>(&mut self, node: &'n YamlNode, what: &str) -> Vec<(&'n str, Span)> {
        if node.items().is_some_and(<[YamlNode]>::is_empty) { Vec::new() } else { self.texts(node, what) }
    }

    /// One of these words.
    pub(crate) fn word<T: Clone>(&mut self, node: &YamlNode, noun: &str, words: &[(&'static str, T)]) -> Option<T> {
        self.word_or::<T, ()>(node, noun, words, &[])
    }

    /// One of these words, where a mapping with one of these keys could stand, too.
    pub(crate) fn word_or<T: Clone, U>(
        &mut self,
        node: &YamlNode,
        noun: &str,
        words: &[(&'static str, T)],
        choices: &[Choice<U>],
    ) -> Option<T> {
        let text = self.text(node, &format!("a {noun}"))?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| value.clone());
        if found.is_none() {
            let mappings = choices.iter().map(|choice| format!("{{ {}: … }}", choice.key.name));
            let known: Vec<String> = words.iter().map(|(word, _)| (*word).to_owned()).chain(mappings).collect();
            self.unknown(text, node.span, noun, known.iter().map(String::as_str));
        }
        found
    }

    /// The items of a list.
    pub(crate) fn list<'n>(&mut self, node: &'n YamlNode, what: &str) -> &'n [YamlNode] {
        match &node.kind {
            YamlKind::List(items) => items,
            YamlKind::Null => &[],
            other => {
                let message = format!("{what} must be a list, but this is {}", describe(other));
                self.wrong("LS004", node.span, message).help("begin each entry with `- `, or write `[a, b]`");
                &[]
            }
        }
    }

    /// The entries of a mapping with names of the user's own, each name checked.
    pub(crate) fn named<'n>(&mut self, node: &'n YamlNode, what: &str) -> Vec<(&'n str, Span, &'n YamlNode)> {
        let entries = self.entries(node, what);
        entries.into_iter().filter(|(name, span, _)| self.check_name(name, *span)).collect()
    }

    /// The same for names of one kind that conditions look up: what can't be read is not unknown.
    pub(crate) fn declared<'n>(
        &mut self,
        node: &'n YamlNode,
        what: &str,
        noun: &'static str,
    ) -> Vec<(&'n str, Span, &'n YamlNode)> {
        if !matches!(node.kind, YamlKind::Map(_) | YamlKind::Null) {
            self.blame_all(noun);
        }
        let entries = self.entries(node, what);
        let named = entries.into_iter().filter(|(name, span, _)| {
            let good = self.check_name(name, *span);
            if !good {
                self.blame_name(noun, name);
            }
            good
        });
        named.collect()
    }

    /// The entries of a mapping with free keys.
    pub(crate) fn entries<'n>(&mut self, node: &'n YamlNode, what: &str) -> Vec<(&'n str, Span, &'n YamlNode)> {
        match &node.kind {
            YamlKind::Map(entries) => {
                self.no_twins(entries);
                entries.iter().map(|entry| (trim(&entry.key.text), entry.key_span, &entry.value)).collect()
            }
            YamlKind::Null => Vec::new(),
            other => {
                let message = format!("{what} must be a mapping of keys to values, but this is {}", describe(other));
                self.wrong("LS004", node.span, message);
                Vec::new()
            }
        }
    }

    /// Keys that differ in the blanks around them are one.
    fn no_twins(&mut self, entries: &[KeyValue]) {
        let mut seen = HashSet::new();
        for entry in entries.iter().filter(|entry| !seen.insert(trim(&entry.key.text))) {
            let message = format!("`{}` is given twice (spaces around it don't count)", trim(&entry.key.text));
            self.wrong("LS007", entry.key_span, message);
        }
    }

    fn check_name(&mut self, name: &str, span: Span) -> bool {
        let good = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        if !good {
            let message = format!("`{name}` can't be a name");
            self.wrong("LS005", span, message).label("use only letters, digits, `_` and `-`");
        }
        good
    }

    /// A decimal number with at most six decimals.
    pub(crate) fn number(&mut self, node: &YamlNode, what: &str) -> Option<Number> {
        let text = self.text(node, what)?;
        match Number::parse_literal(text) {
            Ok(number) => Some(number),
            Err(error) => {
                let message = format!("`{text}` is not a number");
                let found = self.wrong("LS005", node.span, message).label(format!("{what}: {error}"));
                if let Some(number) =
                    text.strip_suffix('%').map(trim).filter(|text| Number::parse_literal(text).is_ok())
                {
                    found.help(format!("write `{number}`, without the percent sign"));
                }
                None
            }
        }
    }

    /// Points, with at most two decimals.
    pub(crate) fn points(&mut self, node: &YamlNode, what: &str) -> Option<Points> {
        if matches!(&node.kind, YamlKind::Map(entries) if entries.iter().any(|entry| entry.key.text == "field")) {
            let message = format!("{what} must be a single value, but this is a mapping");
            let help = "only a criterion that gives points for each event can take them from a field; for a field of \
                        leads, write `tiers`";
            self.wrong("LS004", node.span, message).help(help);
            return None;
        }
        let text = self.text(node, what)?;
        match Points::parse(text) {
            Ok(points) => Some(points),
            Err(error) => {
                let message = format!("`{text}` can't be {what}");
                self.wrong("LS005", node.span, message).label(error.to_string());
                None
            }
        }
    }

    /// The points under a key that may be missing.
    pub(crate) fn points_or_zero(&mut self, keys: &mut Keys<'_>, key: &'static str) -> Points {
        keys.take(key).and_then(|node| self.points(node, "points")).unwrap_or_default()
    }

    /// The points under a key that must be there.
    pub(crate) fn required_points(&mut self, keys: &mut Keys<'_>) -> Option<Points> {
        let node = self.required(keys, "points")?;
        self.points(node, "points")
    }

    /// A whole number, at least `least`.
    pub(crate) fn whole(&mut self, node: &YamlNode, least: u64, what: &str) -> Option<u64> {
        let text = self.text(node, what)?;
        let number =
            text.parse::<u64>().ok().filter(|number| *number >= least && text.bytes().all(|b| b.is_ascii_digit()));
        if number.is_none() {
            let message = format!("`{text}` can't be {what}");
            self.wrong("LS005", node.span, message).label(format!("write a whole number, {least} or more"));
        }
        number
    }

    /// The same as an index or a count in memory.
    pub(crate) fn whole_usize(&mut self, node: &YamlNode, least: u64, what: &str) -> Option<usize> {
        self.whole(node, least, what).map(|number| usize::try_from(number).unwrap_or(usize::MAX))
    }

    /// A duration in milliseconds.
    pub(crate) fn duration_ms(&mut self, node: &YamlNode) -> Option<i64> {
        let text = self.text(node, "a duration")?;
        match parse_duration_ms(text) {
            Ok(duration) => Some(duration),
            Err(error) => {
                self.wrong("LS005", node.span, format!("`{text}` is not a duration")).help(error.hint.clone());
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, node: &YamlNode, what: &str) -> Option<bool> {
        match self.text(node, what)? {
            "true" => Some(true),
            "false" => Some(false),
            text => {
                let message = format!("`{text}` is neither `true` nor `false`");
                self.wrong("LS005", node.span, message).label("write `true` or `false`");
                None
            }
        }
    }

    /// A switch that is off unless said otherwise.
    pub(crate) fn switch(&mut self, keys: &mut Keys<'_>, key: &'static str, default: bool) -> bool {
        keys.take(key).and_then(|node| self.boolean(node, key)).unwrap_or(default)
    }

    /// A date or an instant.
    pub(crate) fn date(&mut self, text: &str, span: Span) -> Option<InstantSpan> {
        let date = parse_date_literal(text, &self.zone).ok();
        if date.is_none() {
            let is_period = parse_duration_ms(text).is_ok();
            let help = if is_period {
                format!("for a length of time before now, write `within: {text}` or `older_than: {text}`")
            } else {
                "write dates as 2026-05-31 or 2026-05-31T14:30".to_owned()
            };
            self.wrong("LS005", span, format!("`{text}` is not a date")).help(help);
        }
        date
    }

    /// `min` and `max`, in points.
    pub(crate) fn limits(&mut self, keys: &mut Keys<'_>) -> Limits {
        let mut limit = |key| keys.take(key).and_then(|node| self.points(node, "a limit"));
        let limits = Limits { min: limit("min"), max: limit("max") };
        if let (Some(min), Some(max)) = (limits.min, limits.max)
            && min > max
        {
            let span = keys.peek("min").map_or(keys.span, |node| node.span);
            self.wrong("LS011", span, format!("`min` ({min}) is above `max` ({max})"));
        }
        limits
    }

    /// The index of a name among known ones, or a report with the nearest.
    pub(crate) fn index_of(&mut self, name: &str, span: Span, what: &str, known: &[String]) -> Option<usize> {
        let index = known.iter().position(|candidate| candidate == name);
        if index.is_none() {
            self.unknown(name, span, what, known.iter().map(String::as_str));
        }
        index
    }

    /// Reports a name that nothing has, with the nearest that something has.
    pub(crate) fn unknown<'k>(&mut self, name: &str, span: Span, what: &str, known: impl IntoIterator<Item = &'k str>) {
        let faulty = self.faulty_names(what);
        let known: Vec<&'k str> = known.into_iter().collect();
        let known: Vec<&str> =
            known.iter().map(|name| -> &str { name }).chain(faulty.iter().map(String::as_str)).collect();
        let few = || match known.len() {
            0 => format!("there is no {what} in this rulebook"),
            1..=MOST_NAMES => format!("there are: {}", known.join(", ")),
            n => format!("there are: {}, and {} more", known[..MOST_NAMES].join(", "), n - MOST_NAMES),
        };
        let near = || did_you_mean(name, known.iter().copied()).unwrap_or_else(few);
        let help = advice_on_word(what, name).map_or_else(near, str::to_owned);
        let found = Diagnostic::error("LS006", span, format!("no {what} is called `{name}`")).with_help(help);
        self.report_unknown(what, name, found);
    }
}
