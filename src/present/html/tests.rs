use super::*;
use proptest::prelude::*;

proptest! {
    /// Unescaping gives the text back, and nothing in between could open a tag, an entity or an end of an attribute.
    #[test]
    fn text_stays_text(text in "(\\PC|[<>&\"'`]){0,60}") {
        let written = html! { (shown(&text)) }.into_string();
        prop_assert!(!written.contains(['<', '>', '"']));
        let back = written.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        prop_assert_eq!(back, shown(&text));
    }
}

#[test]
fn what_turns_a_line_is_taken_out() {
    assert_eq!(shown("a\u{202e}b\u{7}c\n"), "a\u{fffd}b\u{fffd}c\n");
}
