//! Texts for people are plain English: phrases that a reader stumbles over stand in none of them.

use std::path::{Path, PathBuf};

/// What is not said. What is said in its place: see the words of a text nearby.
const PHRASES: [&str; 30] = [
    "or probably not meant",
    "press of the tab key",
    "From which weight on",
    "at most so many",
    "so many days",
    "how-manieth",
    "` is no ",
    "a blank is missing",
    "indent with blanks",
    "name a row that",
    "that the table doesn't have",
    "can come to another result",
    "at another stage",
    "tells none apart",
    "tells nobody apart",
    "points say it",
    "for sales to say",
    "a sign round",
    "never left out",
    "we reckon with",
    "the answer is no",
    "told to end",
    "told to machines",
    "of which ",
    "wherein",
    "thereof",
    "one's own",
    "see there",
    "were it no",
    "and count as missing",
];

/// Whose texts are still to be gone through.
const NOT_YET: [&str; 5] = ["rulebook", "check", "funnel", "output/draft", "present/report"];

fn rust_files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("it can be listed") {
            rust_files(&entry.expect("it can be read").path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
        found.push(path.to_owned());
    }
}

/// The texts in quotes of a source file, without comments and unit tests. Line ends that a text passes over are passed over.
fn texts(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut texts = Vec::new();
    let mut text: Option<String> = None;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match (&mut text, c) {
            (None, '/') if chars.peek() == Some(&'/') => {
                chars.by_ref().find(|c| *c == '\n');
            }
            (None, '\'') => {
                // A quote as a character is no beginning of a text.
                if chars.peek() == Some(&'"') {
                    chars.next();
                }
            }
            (None, '"') => text = Some(String::new()),
            (Some(_), '"') => texts.extend(text.take()),
            (Some(text), '\\') => match chars.next() {
                Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                escaped => text.extend(escaped),
            },
            (Some(text), c) => text.push(c),
            (None, _) => {}
        }
    }
    texts
}

#[test]
fn no_text_holds_a_phrase_that_one_stumbles_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let mut found = Vec::new();
    let mut n_texts = 0;
    for path in files.into_iter().filter(|path| NOT_YET.iter().all(|folder| !path.starts_with(root.join(folder)))) {
        let source = std::fs::read_to_string(&path).expect("it can be read");
        let texts = texts(&source);
        n_texts += texts.len();
        for text in texts {
            let held = PHRASES.iter().filter(|phrase| text.contains(*phrase));
            let place = path.strip_prefix(&root).expect("it lies below").display();
            found.extend(held.map(|phrase| format!("{place}: \"{text}\" holds \"{phrase}\"")));
        }
    }
    assert!(n_texts > 1000, "{n_texts} texts: so few are not all");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
