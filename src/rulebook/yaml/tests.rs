//! What comes through as text, where it stands, and what is refused.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// The tree in one line: every text with the source it claims to stand at, if that differs.
fn outline(text: &str, node: &YamlNode) -> String {
    let source = &text[node.span.start..node.span.end];
    match &node.kind {
        YamlKind::Null => "-".to_owned(),
        YamlKind::Scalar(scalar) if scalar.text == source => source.to_owned(),
        YamlKind::Scalar(scalar) => format!("{:?}@{source:?}", scalar.text),
        YamlKind::List(items) => {
            let items: Vec<_> = items.iter().map(|item| outline(text, item)).collect();
            format!("[{}]", items.join(", "))
        }
        YamlKind::Map(entries) => {
            let mut out = String::new();
            for entry in entries {
                let key = &text[entry.key_span.start..entry.key_span.end];
                let value = outline(text, &entry.value);
                write!(out, "{key}: {value}; ").expect("writing to a String cannot fail");
            }
            format!("{{ {out}}}")
        }
    }
}

fn read(text: &str) -> String {
    parse(text).map_or_else(|found| findings(text, &found), |node| outline(text, &node))
}

fn findings(text: &str, found: &[Diagnostic]) -> String {
    let path = "";
    let source = crate::output::diagnostics::SourceText { path, text };
    crate::output::diagnostics::render_short(&source, found)
}

#[test]
fn plain_scalars_are_the_text_that_stands_there() {
    for text in [
        "NO",
        "010",
        "1e3",
        "2026-05-04",
        "~",
        "null",
        "+15",
        "0x1F",
        "1_000",
        ".5",
        "12:30",
        "true",
        "-20",
        "a b  c",
        "C#",
        "https://x.example/?a=b#c",
        "x, y",
    ] {
        assert_eq!(read(&format!("k: {text}  # note\n")), format!("{{ k: {text}; }}"));
        assert_eq!(read(&format!("- {text}\r\n-\r\n")), format!("[{text}, -]"));
        let quoted = parse(&format!("'{text}'")).expect("it is closed");
        let scalar = Scalar { text: text.to_owned(), quoted: true };
        assert_eq!(quoted.kind, YamlKind::Scalar(scalar));
    }
}

#[test]
fn places_are_bytes_of_the_source() {
    let cases = [
        ("\u{feff}ğı: 😀 ş # 😀\r\n# İ\r\nb: [Ü, { ç: é }]\r\n", "{ ğı: 😀 ş; b: [Ü, { ç: é; }]; }"),
        ("a:\n  - x: 1\n    y:\n  -\nb: # c\n", "{ a: [{ x: 1; y: -; }, -]; b: -; }"),
        ("a: one\n  two\nb: 1", r#"{ a: "one two"@"one\n  two"; b: 1; }"#),
        ("a: \"ö\n  x\\n\"\nb: 'it''s'", r#"{ a: "ö x\n"@"\"ö\n  x\\n\""; b: "it's"@"'it''s'"; }"#),
        ("a: |\n  ö\n  x\n\nb: >\n  p\n  q\n", r#"{ a: "ö\nx\n"@"ö\n  x"; b: "p q\n"@"p\n  q"; }"#),
        ("---\na: &x { k: ü }\nb: *x\n...\n", "{ a: { k: ü; }; b: { k: ü; }; }"),
        ("", "-"),
        ("# nothing\n", "-"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text:?}");
    }
    let text = "fit:\n  criteria:\n    - a: 1\n      b: { c: 2 }   # x\n\n# y\nnext: 1\n";
    let root = parse(text).expect("it is a mapping");
    let YamlKind::Map(entries) = root.kind else {
        unreachable!("it is a mapping");
    };
    let span = entries[0].value.span;
    assert_eq!(&text[span.start..span.end], "criteria:\n    - a: 1\n      b: { c: 2 }");
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    let cases = [
        ("a: 1\n\tb: 2", ":2:1: LS001: there is a tab"),
        ("a:\n\tb: 2", ":2:1: LS001: there is a tab"),
        ("a:\r\n  - ğ: 1\r\n\t- b", ":3:1: LS001: there is a tab"),
        ("a:\n  b: 1\n c: 2", ":3:2: LS001: the indentation of this line matches no line"),
        ("a: 1\n  b: 2", ":2:3: LS001: the indentation of this line matches no line"),
        ("a:\n  - x\n - y", ":3:2: LS001: the indentation of this line matches no line"),
        ("a: b\n- c", ":2:1: LS001: the indentation of this line matches no line"),
        ("a: 1 # ğ\nb: \"open\nc: 1\n", ":2:4: LS001: this quote is not closed"),
        ("a: [\"x\", \"y", ":1:10: LS001: this quote is not closed"),
        ("a: 'it's'\n", ":1:8: LS001: the text continues after its closing"),
        ("a: \"\\q\"", ":1:4: LS001: a `\\` in"),
        ("a: [1, 2\nb: 3\n", ":1:4: LS001: `[` is not closed"),
        ("a: {x: 1\nb: 3\nc: 4", ":1:4: LS001: `{` is not closed"),
        ("a: [1, 2}\n", ":1:4: LS001: `[` is closed by `}`"),
        ("a: [1 2]]", ":1:9: LS001: `]` closes nothing"),
        ("a: x: y", ":1:5: LS001: this line has a second `: `"),
        ("a: {when: x: y}", ":1:12: LS001: this entry has a second `: `"),
        ("a: [b, , c]", ":1:8: LS001: there is nothing before"),
        ("a: [- b]", ":1:5: LS001: `- ` is not allowed inside `[ ]`"),
        ("a: - b", ":1:4: LS001: a list with `- ` must begin"),
        ("ş: %d.%m", ":1:4: LS001: unquoted text cannot begin with `%`"),
        ("a: @me", ":1:4: LS001: unquoted text cannot begin with `@`"),
        ("a: & x", ":1:4: LS001: unquoted text cannot begin with `&`"),
        ("a: &Co Partners", ":1:4: LS013: `&Co` names a value, but nothing"),
        ("a: ** x", ":1:4: LS013: `**` refers to a value, but no"),
        ("a: > x", ":1:4: LS001: `>` begins a text on the next"),
        ("name: x\nowner:foo\nb: 3", ":2:6: LS001: a space is missing"),
        ("owner:foo\nagreed: 3", ":1:6: LS001: a space is missing"),
        ("{ points:5, a: 1 }", ":1:9: LS001: a space is missing"),
        ("a: 1\nb\nc: 1", ":2:1: LS001: a key without a colon"),
        ("a: 5 # y\n  more", ":1:6: LS001: there is a comment inside"),
        ("a: 1\n---\nb: 1", ":2:1: LS013: a second YAML document"),
        ("a: {{ x }}", ":1:5: LS013: a key must be a text"),
        ("a: &x [*x]", ":1:8: LS013: this value refers to itself"),
    ];
    for (text, expected) in cases {
        let found = read(text).replace(": error[", ": ").replace("]: ", ": ");
        assert!(found.starts_with(expected), "{text:?}\n{found}");
        assert_eq!(found.lines().count(), 1, "{text:?}\n{found}");
    }
}

#[test]
fn the_reading_goes_on_where_it_can() {
    let text = "a: 1\nb: *.csv\nc: !important x\n'a': 2\nd: { e: 1, e: 2, <<: 3 }\na: 4\nf: @g\n";
    let expected = "\
:2:4: error[LS013]: `*.csv` refers to a value, but no `&` has that name (if you mean it as text, put the whole value in quotes)
:3:4: error[LS013]: `!important` is a YAML tag, which a rulebook does not use (if you mean it as text, put the whole value in quotes; otherwise remove it)
:4:1: error[LS007]: `a` is given twice in the same mapping (it is first given on line 1; keep one of the two)
:5:12: error[LS007]: `e` is given twice in the same mapping (it is first given on line 5; keep one of the two)
:5:18: error[LS013]: `<<` does not merge mappings here (write the keys out, or give the whole value by reference: `key: *name`)
:6:1: error[LS007]: `a` is given twice in the same mapping (it is first given on line 1; keep one of the two)
:7:4: error[LS001]: unquoted text cannot begin with `@` (put the whole value in quotes)
";
    assert_eq!(read(text), expected);
    let repeated = findings_of("a: 1\nb: 2\na: 3\n'a': 4\n");
    assert_eq!(repeated, [("LS007", 10), ("LS007", 15)]);
}

fn findings_of(text: &str) -> Vec<(&'static str, usize)> {
    let found = parse(text).err().unwrap_or_default();
    found.iter().map(|d| (d.code, d.span.start)).collect()
}

#[test]
fn bombs_end_quickly() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..40 {
        let list = vec![format!("*a{}", n - 1); 9].join(", ");
        writeln!(bomb, "a{n}: &a{n} [{list}]").expect("writing to a String cannot fail");
    }
    assert!(read(&bomb).contains("[LS014]: references"), "{}", read(&bomb));
    let mut chain = "- &a0 x\n".to_owned();
    for n in 1..200 {
        writeln!(chain, "- &a{n} [*a{}]", n - 1).expect("writing to a String cannot fail");
    }
    assert!(read(&chain).contains("[LS014]: lists"), "{}", read(&chain));
    for piece in [
        "[", "{", "- ", "? ", "{a: ", "[[", "a: [", "&a ", "!a ", "\"", "'", "|", "a:\n ", "-\n", "\t", "{a: 1},",
        "[a]: ", "*a ", "# \n", "%A\n", "---\n", "a: *b\n", "&a a,", "[*a,",
    ] {
        let text = piece.repeat(30_000);
        // Whatever the answer is, it comes: no overflow of the stack, no quadratic time.
        let _ = parse(&text);
    }
    let deep = format!("{}x{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    assert!(parse(&deep).is_ok());
}

proptest! {
    #[test]
    fn any_text_gives_a_tree_or_places(text in "([a-z: \\n]|[-\\[\\]{},&*!|>'\"%@`#?\\\\~\\t\\r\u{feff}\u{0}ğ😀]|: |- |\n  ){0,120}") {
        match parse(&text) {
            Ok(node) => drop(outline(&text, &node)),
            Err(found) => {
                prop_assert!(!found.is_empty());
                for diagnostic in found {
                    prop_assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some());
                }
            }
        }
    }
}
