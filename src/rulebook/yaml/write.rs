//! Texts on their way into YAML, for those who write rulebooks and tests.

use std::fmt::Write as _;

/// A text in double quotes, as YAML reads it back: what JSON writes, and escapes for what JSON lets stand and YAML does not, or
/// takes for the end of a line.
#[must_use]
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    for c in serde_json::Value::from(text).to_string().chars() {
        if is_printable(c) {
            quoted.push(c);
        } else {
            let _ = write!(quoted, "\\u{:04X}", u32::from(c));
        }
    }
    quoted
}

/// Whether a character may stand in a line of YAML as it is.
#[must_use]
pub(crate) fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::super::{Scalar, YamlKind, YamlNode, parse};
    use super::*;
    use proptest::prelude::*;

    fn read(yaml: &str) -> Option<String> {
        match parse(yaml).ok()? {
            YamlNode { kind: YamlKind::Scalar(Scalar { text, .. }), .. } => Some(text),
            _ => None,
        }
    }

    #[test]
    fn what_is_no_line_of_text_is_escaped() {
        assert_eq!(quoted("a\u{8d}\u{85}\u{2028}\u{7f}"), "\"a\\u008D\\u0085\\u2028\\u007F\"");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_text_reads_as_it_was(text in any::<String>(), odd in "[\\x00-\\x20\\x7F-\\xA0\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}\"\\\\#:]{0,8}") {
            let text = text + &odd;
            prop_assert_eq!(read(&quoted(&text)), Some(text));
        }
    }
}
