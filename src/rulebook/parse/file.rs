//! `file:` — how a file is read; and `lists:`, whose entries may stand in files of their own.

use super::blame::noun;
use super::keys::Keys;
use super::{Decoder, ListItems};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::exports::{FileSettings, Files};
use crate::rulebook::keys::{DECIMALS, FILE, FILES, LIST_FILE, SHORT_ROWS};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::rulebook::{NamedList, Place};
use crate::value::date_names::check_language;
use crate::value::{SkipLast, trim};

impl Decoder<'_> {
    /// The files of one kind; their own keys replace the general ones.
    pub(crate) fn files(&mut self, keys: &mut Keys<'_>) -> Files {
        let general = self.general.clone();
        match keys.take("file") {
            None => Files { settings: general, ..Files::default() },
            Some(node) => self.file_settings(node, general, true),
        }
    }

    /// A `file:` mapping on top of `base`.
    pub(crate) fn file_settings(&mut self, node: &YamlNode, base: FileSettings, may_have_path: bool) -> Files {
        let mut files = Files { paths: Vec::new(), settings: base, place: Place::of(node) };
        let Some(mut keys) = self.keys(node, if may_have_path { &FILES } else { &FILE }) else { return files };
        if may_have_path {
            let paths = |this: &mut Self, node: &YamlNode| owned(this.filled_texts(node, "a path").unwrap_or_default());
            self.set(&mut keys, "path", &mut files.paths, paths);
        }
        let settings = &mut files.settings;
        let blanks = |this: &mut Self, node: &YamlNode| owned(this.texts_or_none(node, "a blank text"));
        self.set(&mut keys, "blank", &mut settings.blank, blanks);
        self.set(&mut keys, "decimal", &mut settings.decimal_comma, Self::decimal_comma);
        self.set(&mut keys, "language", &mut settings.language, Self::language);
        self.set(&mut keys, "country", &mut settings.country, Self::country);
        self.set(&mut keys, "encoding", &mut settings.encoding, Self::encoding);
        self.set(&mut keys, "delimiter", &mut settings.delimiter, Self::delimiter);
        let lines = |this: &mut Self, node: &YamlNode| this.whole_usize(node, 0, "a number of lines");
        self.set(&mut keys, "skip_first", &mut settings.skip_first, lines);
        self.set(&mut keys, "skip_last", &mut settings.skip_last, Self::skip_last);
        let pads = |this: &mut Self, node: &YamlNode| {
            this.word(node, "way to treat short rows", &SHORT_ROWS).unwrap_or_default()
        };
        self.set(&mut keys, "short_rows", &mut settings.pads_short_rows, pads);
        self.finish(&keys);
        files
    }

    fn set<T>(&mut self, keys: &mut Keys<'_>, key: &'static str, place: &mut T, read: fn(&mut Self, &YamlNode) -> T) {
        if let Some(node) = keys.take(key) {
            *place = read(self, node);
        }
    }

    /// `skip_last: 2` or `skip_last: auto`.
    fn skip_last(&mut self, node: &YamlNode) -> SkipLast {
        if matches!(&node.kind, YamlKind::Scalar(scalar) if scalar.text == "auto") {
            return SkipLast::Auto;
        }
        SkipLast::Lines(self.whole_usize(node, 0, "a number of lines, or `auto`").unwrap_or_default())
    }

    /// `decimal: comma` or `decimal: point`.
    pub(crate) fn decimal_comma(&mut self, node: &YamlNode) -> bool {
        self.word(node, "decimal mark", &DECIMALS).unwrap_or_default()
    }

    fn language(&mut self, node: &YamlNode) -> Option<String> {
        let language = self.filled_text(node, "a language")?;
        if let Err(error) = check_language(language) {
            let near = error.to_string().split_once("; ").map(|(_, near)| near.to_owned());
            self.report(
                Diagnostic::error("LS006", node.span, format!("no language is called `{language}`")).with_help_if(near),
            );
            return None;
        }
        Some(language.to_owned())
    }

    fn encoding(&mut self, node: &YamlNode) -> Option<&'static encoding_rs::Encoding> {
        let label = self.filled_text(node, "an encoding")?;
        let found = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        if found.is_none() {
            let known = [
                "utf-8",
                "utf-16le",
                "utf-16be",
                "windows-1250",
                "windows-1251",
                "windows-1252",
                "windows-1253",
                "windows-1254",
                "latin1",
            ];
            self.unknown(label, node.span, "encoding", known);
        }
        found
    }

    fn delimiter(&mut self, node: &YamlNode) -> Option<u8> {
        let YamlKind::Scalar(scalar) = &node.kind else {
            self.text(node, "a delimiter");
            return None;
        };
        let found = delimiter_named(&scalar.text);
        if found.is_none() {
            let message = format!("`{}` can't be a delimiter", scalar.text);
            self.wrong("LS005", node.span, message).label("write one ASCII character, or `tab`");
        }
        found
    }

    /// `lists:`; each is a list of values or a file with one entry a line.
    pub(crate) fn lists(&mut self, node: &YamlNode) {
        for (name, span, value) in self.declared(node, "`lists`", noun::LIST) {
            let items = if let YamlKind::Map(_) = value.kind {
                self.list_file(value)
            } else {
                let entries = self.texts_or_none(value, "a list entry").into_iter();
                ListItems::Inline(entries.map(|(text, span)| (text.to_owned(), span)).collect())
            };
            self.lists.push(NamedList { name: name.to_owned(), span, is_read: false });
            self.list_items.push(items);
        }
    }

    /// The entries of a named list, if they stand in a file.
    pub(super) fn entries_from_file(&self, name: &str) -> Option<&[String]> {
        let index = self.lists.iter().position(|known| known.name == name)?;
        match &self.list_items[index] {
            ListItems::File(entries) => Some(entries),
            ListItems::Inline(_) => None,
        }
    }

    fn list_file(&mut self, node: &YamlNode) -> ListItems {
        let read =
            |this: &mut Self, keys: &mut Keys<'_>| this.required(keys, "file").and_then(|path| this.read_list(path));
        ListItems::File(self.mapping(node, &LIST_FILE, read).unwrap_or_default())
    }

    fn read_list(&mut self, node: &YamlNode) -> Option<Vec<String>> {
        let path = self.filled_text(node, "a path")?;
        let read = self.read_list_file.expect("what names lists comes with a reader of lists");
        match read(path) {
            Ok(text) => Some(list_entries(&text)),
            Err(reason) => {
                self.wrong("LS012", node.span, format!("the list `{path}` can't be read: {reason}"))
                    .help("the path is relative to the rulebook, and the file needs one entry per line, in UTF-8");
                None
            }
        }
    }
}

fn owned(texts: Vec<(&str, Span)>) -> Vec<String> {
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}

/// The entries of a list file: one a line; lines that begin with `#` are comments.
pub(crate) fn list_entries(text: &str) -> Vec<String> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// A delimiter by its character or its name.
#[must_use]
pub fn delimiter_named(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Some(*byte),
        _ => match text {
            "tab" | "\\t" => Some(b'\t'),
            "comma" => Some(b','),
            "semicolon" => Some(b';'),
            "pipe" => Some(b'|'),
            _ => None,
        },
    }
}
