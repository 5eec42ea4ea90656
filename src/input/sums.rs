//! The sum of a file is that of its bytes, whatever is made of them and whoever reads which of them.

use std::io::Write;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1254};
use flate2::Compression as Level;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::sample::select;

use super::open::Reading;
use super::properties::{file, read_all};
use crate::digest::{Digest, SumBy};
use crate::value::SkipLast;

/// A file's bytes before it is packed: a start, many rows, perhaps rows in another encoding, and an end.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    const STARTS: &[&[u8]] = &[b"id,name\n", b"\xEF\xBB\xBFid,name\n", b"\xFF\xFEi\0d\0,\0n\0\n\0", b"id,\"a\nb\"\n"];
    const ENDS: &[&[u8]] = &[b"", b"last,row", b"Total,3\n", b"6,G\xFCl\xFEen \xE7a\xF0r\xFD\n", b"\xC3"];
    const ROWS: &[&[u8]] = &[
        b"1,plain\n",
        b"2,somewhat longer than the others, by a few cells\r\n",
        b"\n",
        b"3,\"of\ntwo lines\"\n",
        "4,Gülşen çağrı\n".as_bytes(),
        b"5,a\xFFb\n",
    ];
    let start = select(STARTS);
    let n_kinds = select(&[1, 3, 4, 5, 6][..]);
    let rows = n_kinds.prop_flat_map(|n_kinds| prop::collection::vec(select(&ROWS[..n_kinds]), 0..40));
    let end = select(ENDS);
    let n_times = prop_oneof![Just(1_usize), 1_usize..400];
    let long = prop_oneof![4 => Just(0_usize), 1 => 0_usize..100_000];
    (start, rows, n_times, long, end).prop_map(|(start, rows, n_times, long, end)| {
        let long = [b"7,", &b"x".repeat(long)[..], b"\n"].concat();
        [start, &rows.concat().repeat(n_times), &long, &rows.concat(), end].concat()
    })
}

fn packed(bytes: &[u8], how: &str) -> Vec<u8> {
    match how {
        "gzip" => {
            let mut packer = GzEncoder::new(Vec::new(), Level::fast());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        }
        "zstd" => zstd::encode_all(bytes, 1).unwrap(),
        _ => bytes.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sum_is_that_of_the_bytes(
        bytes in bytes(),
        block_bytes in prop_oneof![select(&[16, 1 << 10, 4 << 10, 64 << 10, 512 << 10, 1 << 20][..]), 16_usize..20_000],
        threads in 1_usize..5,
        how in prop_oneof![6 => Just("plain"), 1 => Just("gzip"), 1 => Just("zstd")],
        encoding in prop_oneof![4 => Just(None), 1 => Just(Some(UTF_8)), 1 => Just(Some(WINDOWS_1254))],
        skip_last in select(&[SkipLast::Lines(0), SkipLast::Lines(0), SkipLast::Lines(1), SkipLast::Lines(50), SkipLast::Auto][..]),
    ) {
        let held = packed(&bytes, how);
        let (_folder, path) = file(&held);
        for by in [SumBy::Blake3, SumBy::Sha256] {
            let encoding: Option<&'static Encoding> = encoding;
            let reading = Reading { encoding, skip_last, block_bytes, sum: Some(by), ..Reading::default() };
            let mut expected = Digest::new(by);
            expected.add(&held);
            // A quote may be left open where the text is not what it seems.
            if let Ok((_, assumed)) = read_all(&path, &reading, threads) {
                prop_assert_eq!(assumed.sum, Some(expected.sum()));
            }
        }
    }
}

#[test]
fn no_sum_is_taken_unasked() {
    let (_folder, path) = file(b"id\n1\n");
    let (_, assumed) = read_all(&path, &Reading::default(), 1).unwrap();
    assert_eq!(assumed.sum, None);
}
