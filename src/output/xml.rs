//! Text inside XML: the few signs that it can't hold as they are.

/// Text as XML has it; signs that XML can't hold become blanks.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn whatever_a_rulebook_brings_stays_text() {
        assert_eq!(xml("<a b=\"&\">\u{1b}[0m\u{0}"), "&lt;a b=&quot;&amp;&quot;&gt; [0m ");
    }
}
