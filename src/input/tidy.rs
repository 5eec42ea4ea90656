//! What a cell means that does not stand in the file as it is meant: quoted, with blanks around it, or kept as a formula.

use std::borrow::Cow;

use memchr::memchr;

/// Undoes the quotes of a cell and trims it; of `="…"`, a spreadsheet's way to keep a text, it takes the text within.
#[inline(never)]
pub(super) fn tidied(written: &str) -> Cow<'_, str> {
    match unquoted(written) {
        Cow::Borrowed(text) => text_within(text.trim()),
        Cow::Owned(text) => Cow::Owned(text_within(text.trim()).into_owned()),
    }
}

/// The text in `="…"`, trimmed, where `""` is a quote; any other text as it is.
fn text_within(text: &str) -> Cow<'_, str> {
    let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(text);
    };
    if !inner.contains('"') {
        return Cow::Borrowed(inner.trim());
    }
    let undoubled = inner.replace("\"\"", "");
    if undoubled.contains('"') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(inner.replace("\"\"", "\"").trim().to_owned())
}

/// Undoes the quotes of a cell. What follows the closing quote belongs to the cell as it is.
pub(super) fn unquoted(written: &str) -> Cow<'_, str> {
    let Some(inner) = written.strip_prefix('"') else {
        return Cow::Borrowed(written);
    };
    match memchr(b'"', inner.as_bytes()) {
        None => Cow::Borrowed(inner),
        Some(quote) if quote + 1 == inner.len() => Cow::Borrowed(&inner[..quote]),
        Some(_) => Cow::Owned(undoubled(inner)),
    }
}

/// The text from behind an opening quote on, with doubled quotes undone and the closing one removed.
fn undoubled(mut rest: &str) -> String {
    let mut text = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('"') {
        text.push_str(before);
        rest = after;
        let Some(after) = rest.strip_prefix('"') else {
            break;
        };
        text.push('"');
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_kept_as_a_formula_is_the_text_within() {
        for (text, within) in [
            ("=\"0012\"", "0012"),
            ("=\" a b \"", "a b"),
            ("=\"\"", ""),
            ("=\"  \"", ""),
            ("=\"say \"\"x\"\"\"", "say \"x\""),
            ("=\"\"\"\"", "\""),
            ("=\"\"\"", "=\"\"\""),
            ("=\"a\"b\"", "=\"a\"b\""),
            ("=\"a\"&\"b\"", "=\"a\"&\"b\""),
            ("=\"", "=\""),
            ("=0012", "=0012"),
            ("= \"0012\"", "= \"0012\""),
            ("\"0012\"", "\"0012\""),
        ] {
            assert_eq!(text_within(text), within, "{text}");
        }
        assert_eq!(tidied(" \u{a0}=\"0012\" "), "0012");
        assert_eq!(tidied("\"=\"\"0012\"\"\""), "0012");
    }

    #[test]
    fn quotes_are_undone() {
        let cases = [
            ("\"a\"", "a"),
            ("\"a\"\"b\"", "a\"b"),
            ("\"a\"b\"c\"\"", "ab\"c\"\""),
            ("\"\"", ""),
            ("\"\"\"\"", "\""),
            ("a\"\"b", "a\"\"b"),
            (" \"a\"", " \"a\""),
        ];
        for (written, text) in cases {
            assert_eq!(unquoted(written), text, "{written}");
        }
    }
}
