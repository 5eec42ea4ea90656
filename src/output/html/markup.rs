//! Markup being written. What a file or a rulebook says comes in as text only, and is escaped; markup comes in only as a literal
//! of this program, which the type `&'static str` sees to. Keeps no tree and checks no nesting.

/// A piece of HTML or SVG.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Markup(String);

impl Markup {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Markup that stands in this program.
    pub(super) fn raw(&mut self, literal: &'static str) -> &mut Self {
        self.0.push_str(literal);
        self
    }

    /// A text, whatever it holds. Serves for attribute values in double quotes too.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c if is_harmful(c) => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
        self
    }

    /// A name from a file or a rulebook: a text whose direction of writing ends with it.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.raw("<bdi>").text(name).raw("</bdi>")
    }

    /// A text in which `parts between backticks` are shown as code.
    pub(super) fn prose(&mut self, text: &str) -> &mut Self {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return self.text(text);
        }
        for (index, part) in parts.iter().enumerate() {
            if index % 2 == 1 {
                self.raw("<code>").text(part).raw("</code>")
            } else {
                self.text(part)
            };
        }
        self
    }

    /// An attribute, with the blank before it.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// A length or place as an attribute: two decimals at most, and the unit (`%` or nothing).
    pub(super) fn length(&mut self, name: &'static str, value: f64, unit: &'static str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").coordinate(value).raw(unit).raw("\"")
    }

    /// A number of a drawing, with two decimals at most; what is no number is 0.
    pub(super) fn coordinate(&mut self, value: f64) -> &mut Self {
        let value = if value.is_finite() { value } else { 0.0 };
        let written = format!("{value:.2}");
        let short = written.trim_end_matches('0').trim_end_matches('.');
        self.0.push_str(if short == "-0" { "0" } else { short });
        self
    }

    /// Another piece.
    pub(super) fn add(&mut self, other: &Markup) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// The text of the whole.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// Control characters, and those that turn the direction of what follows them: a page shows none of them, and a stray one may
/// turn the whole line.
fn is_harmful(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn backticks_are_code_only_in_pairs() {
        let shown = |text: &str| {
            let mut markup = Markup::new();
            markup.prose(text);
            markup.into_string()
        };
        assert_eq!(shown("from `a<b` on"), "from <code>a&lt;b</code> on");
        assert_eq!(shown("an odd ` one"), "an odd ` one");
        assert_eq!(shown("`a` and `b"), "`a` and `b");
    }

    proptest! {
        /// Unescaping gives the text back, and nothing in between could open a tag, an entity or an end of an attribute.
        #[test]
        fn text_stays_text(text in "(\\PC|[<>&\"'`]){0,60}") {
            let mut markup = Markup::new();
            markup.text(&text);
            let written = markup.into_string();
            prop_assert!(!written.contains(['<', '>', '"', '\'']));
            let back = written.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            prop_assert_eq!(back.replace("&amp;", "&"), text.replace(is_harmful, "\u{fffd}"));
        }

        #[test]
        fn coordinates_are_short_and_finite(value in proptest::num::f64::ANY) {
            let mut markup = Markup::new();
            markup.coordinate(value);
            let written = markup.into_string();
            prop_assert!(written.parse::<f64>().is_ok_and(f64::is_finite), "{}", written);
            prop_assert!(!written.contains('.') || !written.ends_with('0'));
        }
    }
}
