//! Names for what a rulebook calls by name: fields, tables, sources, criteria, made of headers and file names.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// A name in small letters, digits and `joint`, in Latin letters where they have a Latin base; `otherwise` if nothing is left.
#[must_use]
pub fn slug(text: &str, joint: char, otherwise: &str) -> String {
    let mut name = String::new();
    let mut was_small = false;
    for c in text.nfd().filter(|c| !is_mark(*c)) {
        let starts_word = was_small && c.is_uppercase();
        was_small = c.is_lowercase() || c.is_numeric();
        if (starts_word || !c.is_alphanumeric()) && !name.is_empty() && !name.ends_with(joint) {
            name.push(joint);
        }
        match c {
            'ı' => name.push('i'),
            'ł' | 'Ł' => name.push('l'),
            'ß' => name.push_str("ss"),
            'ø' | 'Ø' => name.push('o'),
            'æ' | 'Æ' => name.push_str("ae"),
            c if c.is_ascii_alphanumeric() => name.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    let trimmed = name.trim_matches(joint);
    let short: String = trimmed.chars().take(40).collect();
    let short = short.trim_end_matches(joint);
    if short.is_empty() { otherwise.to_owned() } else { short.to_owned() }
}

/// A combining mark of a letter that was taken apart.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Names that stand for one thing each.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The name, with a number behind it if it is taken.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|n: u32| format!("{wanted}_{n}"));
        let found = std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !self.taken.contains(name));
        let name = found.unwrap_or_else(|| wanted.to_owned());
        self.taken.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (text, expected) in [
            ("Number of Employees", "number_of_employees"),
            ("createdAt", "created_at"),
            ("Şirket Adı", "sirket_adi"),
            ("Größe (m²)", "grosse_m"),
            ("  E-Mail!", "e_mail"),
            ("الاسم", "column"),
            ("MQL", "mql"),
        ] {
            assert_eq!(slug(text, '_', "column"), expected, "{text}");
        }
        let mut names = Names::default();
        assert_eq!([names.take("a"), names.take("a"), names.take("a")], ["a", "a_2", "a_3"]);
    }
}
