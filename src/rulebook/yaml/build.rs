//! The parser's events → the tree, with what the language refuses noted on the way.
//!
//! The tree is built on a stack of its own, never by recursion into the text. After a finding that leaves the structure
//! clear the reading goes on, so that one run shows all of them.

use std::collections::{BTreeMap, HashMap};

use serde_yaml::granit_parser::{self, Event, Options, Parser, ScalarStyle, StructureStyle};

use super::{KeyValue, MAX_COPIED_BYTES, MAX_DEPTH, REPEATED_KEY, Scalar, YamlKind, YamlNode, foreign, syntax};
use crate::diagnostic::{Diagnostic, Span};

/// Reads the whole text.
pub(super) fn tree(text: &str) -> Result<YamlNode, Vec<Diagnostic>> {
    let mut builder = Builder::new(text);
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    for next in Parser::new_from_str_with_options(text, options) {
        let step = match next {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => Err(syntax::explain(text, &error, &builder.context())),
        };
        if let Err(last) = step {
            builder.give_up(last);
            break;
        }
    }
    builder.finish()
}

/// What a finished tree of a text costs to copy, and how deep it is.
#[derive(Clone, Copy)]
struct Size {
    depth: usize,
    bytes: usize,
}

impl Size {
    /// Recursion is safe: no node is deeper than [`MAX_DEPTH`].
    fn of(node: &YamlNode) -> Self {
        let parts: Vec<Self> = match &node.kind {
            YamlKind::Null => vec![],
            YamlKind::Scalar(scalar) => {
                let bytes = size_of::<YamlNode>() + scalar.text.len();
                return Self { depth: 0, bytes };
            }
            YamlKind::List(items) => items.iter().map(Self::of).collect(),
            YamlKind::Map(entries) => entries.iter().map(Self::of_entry).collect(),
        };
        let bytes = parts.iter().map(|part| part.bytes).sum::<usize>() + size_of::<YamlNode>();
        let is_collection = !matches!(node.kind, YamlKind::Null);
        let deepest = parts.iter().map(|part| part.depth).max().unwrap_or(0);
        Self { depth: deepest + usize::from(is_collection), bytes }
    }

    fn of_entry(entry: &KeyValue) -> Self {
        let value = Self::of(&entry.value);
        Self { depth: value.depth, bytes: value.bytes + size_of::<KeyValue>() + entry.key.text.len() }
    }
}

/// A value with a name.
struct Anchor {
    /// Where `&name` stands.
    name_span: Span,
    /// None until the value is complete, so that a value cannot contain itself.
    value: Option<(YamlNode, Size)>,
    is_used: bool,
}

/// A list or mapping whose end has not come.
struct Open {
    start: usize,
    anchor: usize,
    is_flow: bool,
    items: Items,
}

enum Items {
    List(Vec<YamlNode>),
    Map(Vec<KeyValue>, Option<(Scalar, Span)>),
}

struct Builder<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    open: Vec<Open>,
    root: Option<YamlNode>,
    n_documents: usize,
    anchors: BTreeMap<usize, Anchor>,
    copied_bytes: usize,
    /// The end of the last thing read: where to look for what the parser stumbled over.
    last_end: usize,
    found: Vec<Diagnostic>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        let later = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            line_starts: std::iter::once(0).chain(later).collect(),
            open: vec![],
            root: None,
            n_documents: 0,
            anchors: BTreeMap::new(),
            copied_bytes: 0,
            last_end: 0,
            found: vec![],
        }
    }

    /// Takes one event. An error ends the reading.
    fn take(&mut self, event: Event, span: &granit_parser::Span) -> Result<(), Diagnostic> {
        let range = span.byte_range().unwrap_or(0..0);
        let place = Span::new(range.start, range.end);
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            self.found.push(foreign::tag(self.text, Span::new(tag.start, tag.end)));
        }
        match event {
            Event::DocumentStart(..) => self.start_document(place)?,
            Event::Scalar(text, style, anchor, _) => {
                let node = scalar(&text, style, self.trimmed(place, style));
                self.complete(node, anchor);
            }
            Event::SequenceStart(style, anchor, _) => {
                self.start(place, style, anchor, Items::List(vec![]))?;
            }
            Event::MappingStart(style, anchor, _) => {
                self.start(place, style, anchor, Items::Map(vec![], None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(place),
            Event::Anchor(id, _) => self.anchor(id).name_span = place,
            Event::Alias(id) => self.alias(id, place)?,
            Event::UnresolvedAlias(_) => self.unknown_alias(place),
            _ => return Ok(()),
        }
        self.last_end = self.last_end.max(place.end);
        Ok(())
    }

    fn start_document(&mut self, place: Span) -> Result<(), Diagnostic> {
        self.n_documents += 1;
        if self.n_documents == 1 {
            return Ok(());
        }
        Err(foreign::second_document(place))
    }

    fn start(&mut self, place: Span, style: StructureStyle, anchor: usize, items: Items) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            return Err(syntax::too_deep(place));
        }
        if anchor != 0 {
            self.anchor(anchor);
        }
        self.open.push(Open { start: place.start, anchor, is_flow: style == StructureStyle::Flow, items });
        Ok(())
    }

    fn end(&mut self, place: Span) {
        let Some(open) = self.open.pop() else { return };
        // A block's end is noticed only at the next text, beyond comments; its own text ends with its last value.
        let last = match &open.items {
            Items::List(items) => items.last(),
            Items::Map(entries, _) => entries.last().map(|entry| &entry.value),
        };
        let end = match last {
            Some(last) if !open.is_flow => last.span.end,
            _ => place.end,
        };
        let kind = match open.items {
            Items::List(items) => YamlKind::List(items),
            Items::Map(entries, _) => {
                self.check_keys(&entries);
                YamlKind::Map(entries)
            }
        };
        let span = Span::new(open.start, end.max(open.start));
        self.complete(YamlNode { span, kind }, open.anchor);
    }

    /// Puts a finished node where it belongs, and under its anchor.
    fn complete(&mut self, node: YamlNode, anchor: usize) {
        if anchor != 0 {
            let size = Size::of(&node);
            self.copied_bytes += size.bytes;
            self.anchor(anchor).value = Some((node.clone(), size));
        }
        match self.open.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(node),
            Some(Items::List(items)) => items.push(node),
            Some(Items::Map(entries, pending)) => {
                if let Some((key, key_span)) = pending.take() {
                    let value = node;
                    entries.push(KeyValue { key, key_span, value });
                } else {
                    let span = node.span;
                    let (key, problem) = foreign::key(node);
                    *pending = Some((key, span));
                    self.found.extend(problem);
                }
            }
        }
    }

    fn anchor(&mut self, id: usize) -> &mut Anchor {
        self.anchors.entry(id).or_insert(Anchor { name_span: Span::default(), value: None, is_used: false })
    }

    fn alias(&mut self, id: usize, place: Span) -> Result<(), Diagnostic> {
        let n_open = self.open.len();
        let copied_bytes = self.copied_bytes;
        let anchor = self.anchor(id);
        anchor.is_used = true;
        let Some((value, size)) = &anchor.value else {
            return Err(foreign::self_reference(place));
        };
        if n_open + size.depth > MAX_DEPTH {
            return Err(syntax::too_deep(place));
        }
        if copied_bytes.saturating_add(size.bytes) > MAX_COPIED_BYTES {
            return Err(foreign::too_many_copies(place));
        }
        let (kind, bytes) = (value.kind.clone(), size.bytes);
        self.copied_bytes += bytes;
        self.complete(YamlNode { span: place, kind }, 0);
        Ok(())
    }

    fn unknown_alias(&mut self, place: Span) {
        self.found.push(foreign::unknown_alias(self.text, place));
        let kind = YamlKind::Null;
        self.complete(YamlNode { span: place, kind }, 0);
    }

    fn check_keys(&mut self, entries: &[KeyValue]) {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for entry in entries {
            let text = entry.key.text.as_str();
            if let Some(earlier) = first.get(text) {
                let line = self.line_starts.partition_point(|at| *at <= earlier.start);
                let message = format!("`{text}` is given twice in the same mapping");
                let help = format!("it is first given on line {line}; keep one of the two");
                self.found.push(
                    Diagnostic::error(REPEATED_KEY, entry.key_span, message)
                        .with_label("given again here")
                        .with_help(help),
                );
            } else {
                first.insert(text, entry.key_span);
            }
            self.found.extend(foreign::glued_colon(entry));
        }
    }

    /// The place without the line feeds that the parser counts to a block, and not before what was read.
    fn trimmed(&self, place: Span, style: ScalarStyle) -> Span {
        if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return place;
        }
        let text = &self.text[place.start..place.end];
        Span::new(place.start, place.start + text.trim_end().len())
    }

    fn context(&self) -> syntax::Context {
        let flow = self.open.iter().rev().find(|open| open.is_flow);
        syntax::Context { last_end: self.last_end, open_bracket: flow.map(|open| open.start) }
    }

    /// Notes what ended the reading, unless the same line already has a finding that explains it.
    fn give_up(&mut self, last: Diagnostic) {
        for open in std::mem::take(&mut self.open) {
            if let Items::Map(entries, _) = open.items {
                self.check_keys(&entries);
            }
        }
        let line = |at: usize| self.line_starts.partition_point(|start| *start <= at);
        let here = line(last.span.start);
        let is_explained = self.found.iter().any(|d| line(d.span.start) == here);
        if !is_explained {
            self.found.push(last);
        }
    }

    fn finish(mut self) -> Result<YamlNode, Vec<Diagnostic>> {
        if self.found.is_empty() {
            self.found = self.unused_anchors();
        }
        if !self.found.is_empty() {
            self.found.sort_by_key(|diagnostic| diagnostic.span);
            return Err(self.found);
        }
        Ok(self.root.unwrap_or(YamlNode { span: Span::at(0), kind: YamlKind::Null }))
    }

    /// Unquoted text that begins with `&` would lose its first word in silence, were this not an error.
    fn unused_anchors(&self) -> Vec<Diagnostic> {
        let unused = self.anchors.values().filter(|anchor| !anchor.is_used);
        unused.map(|anchor| foreign::unused_anchor(self.text, anchor.name_span)).collect()
    }
}

fn scalar(text: &str, style: ScalarStyle, span: Span) -> YamlNode {
    // The parser says `~` for a value that is not there; only its empty place tells it from a written `~`.
    let kind = if style == ScalarStyle::Plain && span.start == span.end {
        YamlKind::Null
    } else {
        YamlKind::Scalar(Scalar { text: text.to_owned(), quoted: style != ScalarStyle::Plain })
    };
    YamlNode { span, kind }
}
