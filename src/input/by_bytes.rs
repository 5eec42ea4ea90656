//! Properties of finding cells and records: on every kind of processor the same as byte by byte.

use proptest::prelude::*;
use proptest::sample::select;

use super::classes::{GROUP, levels};
use super::index::Index;
use super::records::last_record_end_on;

/// What the grammar makes of a text, found in the plainest way.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    ends: Vec<u32>,
    rows: Vec<u32>,
    quoted_line_ends: Vec<u32>,
    /// Behind the last record end.
    behind_last: Option<usize>,
    /// The quote that is left open.
    open: Option<usize>,
}

impl Found {
    fn by_bytes(text: &[u8], delimiter: u8) -> Self {
        let mut found = Self::default();
        let (mut may_open, mut before) = (true, 0);
        let mut before_opened = 0;
        for (place, &byte) in (0..).zip(text) {
            let ends_line = byte == b'\r' || byte == b'\n' && before != b'\r';
            match found.open {
                Some(_) if byte == b'"' => (found.open, may_open, before_opened) = (None, true, found.open.unwrap()),
                Some(_) => found.quoted_line_ends.extend(ends_line.then_some(place)),
                None if byte == b'"' && may_open => {
                    let is_doubled = before == b'"' && place > 0;
                    found.open = Some(if is_doubled { before_opened } else { place as usize });
                }
                None => {
                    may_open = byte == delimiter || byte == b'\r' || byte == b'\n';
                    found.ends.extend((ends_line || byte == delimiter).then_some(place));
                    found.rows.extend(ends_line.then_some(place));
                    if byte == b'\r' || byte == b'\n' {
                        found.behind_last = Some(place as usize + 1);
                    }
                }
            }
            before = byte;
        }
        found
    }

    fn by_index(index: &Index) -> Self {
        Self {
            ends: index.ends().to_vec(),
            rows: index.rows().to_vec(),
            quoted_line_ends: index.quoted_line_ends.clone(),
            ..Self::default()
        }
    }
}

fn check(text: &[u8], delimiter: u8, is_whole: bool) {
    let mut wanted = Found { behind_last: None, open: None, ..Found::by_bytes(text, delimiter) };
    if !matches!(text.last(), None | Some(b'\r' | b'\n')) {
        wanted.ends.push(text.len().try_into().unwrap());
        wanted.rows.push(text.len().try_into().unwrap());
    }
    let is_uncertain = !is_whole && text.ends_with(b"\r");
    let certain = Found::by_bytes(&text[..text.len() - usize::from(is_uncertain)], delimiter);
    for level in levels() {
        let mut index = Index::default();
        for part in [&text[..text.len() / 2], text] {
            index.fill_on(level, part, [delimiter]);
        }
        assert_eq!(Found::by_index(&index), wanted, "{level:?}");
        let found = last_record_end_on(level, text, delimiter, is_whole);
        assert_eq!(found, (certain.behind_last, certain.open), "{level:?}");
    }
}

const PIECES: &[&[u8]] = &[
    b"\"",
    b"\"",
    b"\"\"",
    b"\",\"",
    b",\"",
    b",\"\"",
    b",",
    b"\n",
    b"\r\n",
    b"\r",
    b"a",
    b"word, ",
    b"\0",
    b";",
    "ü".as_bytes(),
];

/// Pieces, some of them often enough to fill groups of chunks, or more.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let times = prop_oneof![8 => 1_usize..4, 2 => 1_usize..200, 1 => 1_usize..6000];
    let run = (select(PIECES), times).prop_map(|(piece, n)| piece.repeat(n));
    prop::collection::vec(run, 0..40).prop_map(|runs| runs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_is_found_as_byte_by_byte(text in text(), delimiter in select(&b",;\0"[..]), is_whole: bool) {
        check(&text, delimiter, is_whole);
    }
}

#[test]
fn what_ends_a_group_counts_in_the_next_and_in_that_behind_a_plain_one() {
    let plain = b"plain,".repeat(GROUP);
    for before in PIECES {
        for after in PIECES {
            let first = [&plain[..GROUP - before.len()], before].concat();
            check(&[&first, *after, &plain].concat(), b',', false);
            for n_plain in GROUP - 6..GROUP {
                let between = &plain[GROUP - n_plain..];
                check(&[&first, &between[..GROUP], *after, &plain[..100]].concat(), b',', false);
            }
        }
    }
}
