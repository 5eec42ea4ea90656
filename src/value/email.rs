//! E-mail addresses, as far as scoring needs: something, the last `@`, something. It neither validates an
//! address nor changes one.

/// Whether the text has something on both sides of its last `@` and no white space.
#[must_use]
pub fn is_email(text: &str) -> bool {
    match text.rsplit_once('@') {
        Some((local, domain)) => !local.is_empty() && !domain.is_empty() && !text.contains(char::is_whitespace),
        None => false,
    }
}

/// What stands before the last `@`, if anything does.
#[must_use]
pub fn local(text: &str) -> Option<&str> {
    text.rsplit_once('@').map(|(local, _)| local).filter(|part| !part.is_empty())
}

/// What stands after the last `@`, if anything does.
#[must_use]
pub fn domain(text: &str) -> Option<&str> {
    text.rsplit_once('@').map(|(_, domain)| domain).filter(|part| !part.is_empty())
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
