//! Which bytes of a text are delimiters, quotes and line ends, 64 at a time.
//!
//! Written once for all processors; `S` stands for the instructions of one kind of them. Whether a byte counts as what it is, inside
//! quotes and out, is not known here.
#![expect(clippy::inline_always, reason = "only what becomes part of a function made for wide vectors may use them")]

use fearless_simd::prelude::*;
use fearless_simd::{mask8x64, u8x64};

/// How many bytes are looked at together: as many as a word has bits.
pub(super) const CHUNK: usize = 64;

/// How many bytes are told at once to hold no quotes: fewer, and telling costs more; more, and some quote is nearly always there.
pub(super) const GROUP: usize = 8 * CHUNK;

/// What the bytes of a chunk are by themselves: one bit each, the first byte's lowest.
///
/// The classes are only put together as words, by the grammar. If two came as one, the compiler would reckon with vectors of bits
/// instead of words, which made the grammar ten times slower on all processors that have no such vectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes {
    pub(super) delimiters: u64,
    pub(super) quotes: u64,
    pub(super) lfs: u64,
    pub(super) crs: u64,
}

impl Classes {
    #[inline(always)]
    pub(super) fn of<S: Simd, const N: usize>(simd: S, chunk: &[u8; CHUNK], delimiters: [u8; N]) -> Self {
        let bytes = u8x64::load_array_ref(simd, chunk);
        Self {
            delimiters: are_any(bytes, delimiters).to_bitmask(),
            quotes: are(bytes, b'"').to_bitmask(),
            lfs: are(bytes, b'\n').to_bitmask(),
            crs: are(bytes, b'\r').to_bitmask(),
        }
    }

    /// Of a chunk without quotes and CRs, which takes half the comparisons.
    #[inline(always)]
    pub(super) fn of_plain<S: Simd, const N: usize>(simd: S, chunk: &[u8; CHUNK], delimiters: [u8; N]) -> Self {
        let bytes = u8x64::load_array_ref(simd, chunk);
        Self {
            delimiters: are_any(bytes, delimiters).to_bitmask(),
            lfs: are(bytes, b'\n').to_bitmask(),
            ..Self::default()
        }
    }
}

/// Whether one of `wanted` is in the chunks.
#[inline(always)]
pub(super) fn hold<S: Simd, const N: usize>(simd: S, chunks: &[[u8; CHUNK]], wanted: [u8; N]) -> bool {
    let mut found = mask8x64::splat(simd, false);
    for chunk in chunks {
        found |= are_any(u8x64::load_array_ref(simd, chunk), wanted);
    }
    found.any_true()
}

#[inline(always)]
fn are<S: Simd>(bytes: u8x64<S>, byte: u8) -> mask8x64<S> {
    bytes.simd_eq(u8x64::splat(bytes.token(), byte))
}

#[inline(always)]
fn are_any<S: Simd, const N: usize>(bytes: u8x64<S>, wanted: [u8; N]) -> mask8x64<S> {
    let mut found = mask8x64::splat(bytes.token(), false);
    for byte in wanted {
        found |= are(bytes, byte);
    }
    found
}

/// The kinds of processor that this one can stand for.
#[cfg(test)]
pub(super) fn levels() -> Vec<fearless_simd::Level> {
    let best = fearless_simd::Level::new();
    #[cfg(target_arch = "x86_64")]
    let lower = [best.as_avx2().map(Simd::level), best.as_sse4_2().map(Simd::level), best.as_sse2().map(Simd::level)];
    #[cfg(not(target_arch = "x86_64"))]
    let lower: [Option<fearless_simd::Level>; 0] = [];
    [best].into_iter().chain(lower.into_iter().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use fearless_simd::dispatch;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_byte_is_classed(
            bytes in prop::collection::vec(select(&b"a;\"\n\r\0\xFF,\x8A"[..]), CHUNK),
            delimiter in select(&b",;\0"[..]),
        ) {
            let chunk: &[u8; CHUNK] = bytes.first_chunk().unwrap();
            for level in levels() {
                let classes = dispatch!(level, simd => Classes::of(simd, chunk, [delimiter]));
                let plain = dispatch!(level, simd => Classes::of_plain(simd, chunk, [delimiter]));
                for (at, &byte) in bytes.iter().enumerate() {
                    let is = |class: u64| class >> at & 1 == 1;
                    assert_eq!((is(classes.delimiters), is(classes.quotes)), (byte == delimiter, byte == b'"'));
                    assert_eq!((is(classes.lfs), is(classes.crs)), (byte == b'\n', byte == b'\r'));
                }
                assert_eq!(plain, Classes { quotes: 0, crs: 0, ..classes });
                let is_special = dispatch!(level, simd => hold(simd, &[*chunk], [b'"', b'\r']));
                assert_eq!(is_special, classes.quotes | classes.crs != 0);
            }
        }
    }
}
