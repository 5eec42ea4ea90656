//! The host, path and query of a web address as the rulebook language defines them, for addresses as exports
//! have them: often without a scheme, sometimes a bare path. Nothing is decoded, lower-cased or checked.

/// The parts of an address; an absent or empty one is `None`. None contains the fragment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    /// Without user and port. An IPv6 address keeps its brackets.
    pub host: Option<&'a str>,
    /// `/` where there is a host and nothing after it. Without one final `/`, save where it is all there is.
    pub path: Option<&'a str>,
    /// What follows the first `?`.
    pub query: Option<&'a str>,
}

impl<'a> Url<'a> {
    /// Takes an address apart. Any text is an address; what it lacks is `None`.
    #[must_use]
    pub(crate) fn parse(text: &'a str) -> Url<'a> {
        let text = before(text, '#');
        let (main, query) = text.split_once('?').unwrap_or((text, ""));
        let (host, path) = split_host(main);
        let path = if path.is_empty() && host.is_some() { "/" } else { path };
        let path = path.strip_suffix('/').filter(|shorter| !shorter.is_empty()).unwrap_or(path);
        Url { host, path: present(path), query: present(query) }
    }
}

fn present(part: &str) -> Option<&str> {
    (!part.is_empty()).then_some(part)
}

fn before(text: &str, end: char) -> &str {
    text.split_once(end).map_or(text, |(before, _)| before)
}

/// Parts an address without query and fragment into its host, if it names one, and the rest.
fn split_host(main: &str) -> (Option<&str>, &str) {
    if let Some(rest) = after_slashes(main) {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = authority.rsplit_once('@').map_or(authority, |(_user, host)| host);
        return (present(without_port(host)), path);
    }
    let (first, path) = main.split_at(main.find('/').unwrap_or(main.len()));
    let host = without_port(first);
    if first.contains('.') && !first.contains('@') && !host.is_empty() { (Some(host), path) } else { (None, main) }
}

/// What follows `//` at the start or after `scheme:` (a letter, then letters, digits, `+`, `-`, `.`; RFC 3986).
fn after_slashes(main: &str) -> Option<&str> {
    let (scheme, rest) = main.split_once("//")?;
    if scheme.is_empty() {
        return Some(rest);
    }
    let name = scheme.strip_suffix(':')?;
    let letter_first = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let named = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    (letter_first && named).then_some(rest)
}

/// The host without `:` and digits (or none) at its end. The colons within the brackets of an IPv6 address stay.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_of_addresses() {
        let cases: &[(&str, &str, &str, &str)] = &[
            ("https://www.acme.com/pricing?plan=pro#top", "www.acme.com", "/pricing", "plan=pro"),
            ("https://a.b", "a.b", "/", ""),
            ("https://a.b/", "a.b", "/", ""),
            ("https://a.b?", "a.b", "/", ""),
            ("https://a.b?x", "a.b", "/", "x"),
            ("https://a.b#x?y/z", "a.b", "/", ""),
            ("https://a.b/p?x=?&u=http://c.d/e#f", "a.b", "/p", "x=?&u=http://c.d/e"),
            ("//cdn.acme.com/x", "cdn.acme.com", "/x", ""),
            ("HTTP://Acme.COM:8080/A", "Acme.COM", "/A", ""),
            ("https://user:p@ss@host.x:1/p", "host.x", "/p", ""),
            ("https://localhost/x", "localhost", "/x", ""),
            ("http://[2001:db8::1]:443/x", "[2001:db8::1]", "/x", ""),
            ("http://[::1]", "[::1]", "/", ""),
            ("https://a.b:/x", "a.b", "/x", ""),
            ("https:///x", "", "/x", ""),
            ("https://", "", "", ""),
            ("//", "", "", ""),
            ("https://:80", "", "", ""),
            ("https://u@", "", "", ""),
            ("a.b://c/x", "c", "/x", ""),
            ("git+ssh://h/x", "h", "/x", ""),
            ("www.acme.com/pricing", "www.acme.com", "/pricing", ""),
            ("www.acme.com", "www.acme.com", "/", ""),
            ("www.acme.com?x=1", "www.acme.com", "/", "x=1"),
            ("www.acme.com:8080/pricing", "www.acme.com", "/pricing", ""),
            ("acme.com/a//b", "acme.com", "/a//b", ""),
            ("acme.com/r?u=https://c.d", "acme.com", "/r", "u=https://c.d"),
            ("acme.com#x", "acme.com", "/", ""),
            ("/pricing/a.html", "", "/pricing/a.html", ""),
            ("/a//b.c/d", "", "/a//b.c/d", ""),
            ("pricing", "", "pricing", ""),
            ("pricing/a.b", "", "pricing/a.b", ""),
            ("me@acme.com/x", "", "me@acme.com/x", ""),
            ("mailto:me@acme.com", "", "mailto:me@acme.com", ""),
            ("1http://a.b/c", "", "1http://a.b/c", ""),
            ("?x=1", "", "", "x=1"),
            ("#top", "", "", ""),
            ("?", "", "", ""),
            ("", "", "", ""),
            ("şirket.com/ürün?ş=ğ", "şirket.com", "/ürün", "ş=ğ"),
        ];
        for &(text, host, path, query) in cases {
            let expected = Url { host: present(host), path: present(path), query: present(query) };
            assert_eq!(Url::parse(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn parts_are_read_back(host in "[a-z]{1,5}\\.[a-z]{2}", port in "(:[0-9]{0,4})?", path in "(/[a-z.]{1,3}){1,3}", query in "[a-z=?/]{1,9}") {
            let expected = Url { host: Some(&host), path: Some(&path), query: Some(&query) };
            let text = format!("{host}{port}{path}?{query}#f");
            prop_assert_eq!(Url::parse(&text), expected);
            let text = format!("https://me@{text}");
            prop_assert_eq!(Url::parse(&text), expected);
        }

        #[test]
        fn no_text_panics_and_no_part_is_empty(text in "[a.:/?#@\\[\\]é ]{0,14}|\\PC{0,12}") {
            let url = Url::parse(&text);
            for part in [url.host, url.path, url.query].into_iter().flatten() {
                prop_assert!(!part.is_empty());
                prop_assert!(!part.contains('#'));
                prop_assert!(part == "/" || text.contains(part));
            }
            prop_assert!(url.host.is_none() || url.path.is_some());
        }
    }
}
