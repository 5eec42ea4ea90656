//! E-mail addresses, as far as scoring needs: something, the last `@`, something. It neither validates an
//! address nor changes one.

use memchr::memrchr;

/// Whether the text has something on both sides of its last `@` and no white space.
#[must_use]
pub(crate) fn is_email(text: &str) -> bool {
    match sides(text) {
        Some((local, domain)) => !local.is_empty() && !domain.is_empty() && !has_white_space(text),
        None => false,
    }
}

/// What stands before the last `@`, if anything does.
#[must_use]
pub(crate) fn local(text: &str) -> Option<&str> {
    sides(text).map(|(local, _)| local).filter(|part| !part.is_empty())
}

/// What stands after the last `@`, if anything does.
#[must_use]
pub(crate) fn domain(text: &str) -> Option<&str> {
    sides(text).map(|(_, domain)| domain).filter(|part| !part.is_empty())
}

/// What stands on both sides of the last `@`.
fn sides(text: &str) -> Option<(&str, &str)> {
    let at = memrchr(b'@', text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

fn has_white_space(text: &str) -> bool {
    if text.is_ascii() {
        // All bytes, without a stop at the first: that takes many at a time.
        return text.bytes().fold(false, |found, byte| found | matches!(byte, b'\t'..=b'\r' | b' '));
    }
    text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_the_last_at() {
        for (text, parts) in [
            ("ayse@Acme.example", Some(("ayse", "Acme.example"))),
            ("\"a@b\"@c.d", Some(("\"a@b\"", "c.d"))),
            ("a@b", Some(("a", "b"))),
            ("@@b", Some(("@", "b"))),
            ("a@", None),
            ("@b", None),
            ("@", None),
            ("ab", None),
            ("", None),
            ("a b@c", None),
            ("a\u{b}@c", None),
            ("a\u{1c}@c", Some(("a\u{1c}", "c"))),
            ("a@b\u{a0}", None),
            ("a@@", None),
        ] {
            assert_eq!(is_email(text), parts.is_some(), "{text:?}");
            if let Some((before, after)) = parts {
                assert_eq!((local(text), domain(text)), (Some(before), Some(after)), "{text:?}");
            }
        }
        assert_eq!((local("@b"), domain("a@"), local("ab")), (None, None, None));
    }
}
