//! Headers in the form in which they are compared: their letters and digits, folded. `E-Mail Address *`, `emailAddress` and
//! `EMAIL_ADDRESS` are one header, and a unit in brackets is not part of it.

use crate::value::fold;

/// Pictures that stand for a word.
const PICTURES: [(&[char], &str); 4] =
    [(&['☎', '📞', '☏', '✆'], "phone"), (&['📱'], "mobile"), (&['✉', '📧', '📨'], "email"), (&['🌐'], "website")];

/// The words of a header, folded, without what is bracketed, split where the writing changes from small to capital.
pub(super) fn words(header: &str) -> Vec<String> {
    let bare = without_brackets(header);
    let bare = if bare.chars().any(char::is_alphanumeric) { bare } else { header.to_owned() };
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before_was_small = false;
    for c in bare.chars() {
        if let Some((_, name)) = PICTURES.iter().find(|(pictures, _)| pictures.contains(&c)) {
            finish(&mut word, &mut words);
            words.push((*name).to_owned());
        } else if !belongs(c) {
            finish(&mut word, &mut words);
        } else {
            if c.is_uppercase() && before_was_small {
                finish(&mut word, &mut words);
            }
            word.push(c);
        }
        before_was_small = c.is_lowercase();
    }
    finish(&mut word, &mut words);
    words
}

/// The form in which headers compare.
pub(super) fn key(header: &str) -> String {
    words(header).concat()
}

/// Whether a character is part of a word: letters, digits, and the marks that combine with them. A `%` or `#` says what
/// kind of number stands below.
fn belongs(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || c == '%' || c == '#'
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(fold(word).into_owned());
        word.clear();
    }
}

fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let outside = header.chars().filter(|c| match c {
        '(' | '[' | '{' => {
            depth += 1;
            false
        }
        ')' | ']' | '}' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    outside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_and_punctuation_are_no_difference() {
        for header in ["E-Mail Address *", "emailAddress", "EMAIL_ADDRESS", "  Email  address (work) "] {
            assert_eq!(key(header), "emailaddress", "{header}");
        }
        assert_eq!(words("☎ Contact"), ["phone", "contact"]);
        assert_eq!(words("Doğum Tarihi"), ["doğum", "tarihi"]);
        assert_eq!(key("(email)"), "email", "brackets around everything are not a unit");
        assert_eq!(key("İSİM"), key("isim"));
    }
}
