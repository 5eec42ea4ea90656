//! Which bytes of a text are delimiters, quotes and line ends, 64 at a time.
//!
//! Sixteen bytes are compared by one vector instruction, which `wide` writes for the processors that have them; whether a byte
//! counts as what it is, inside quotes and out, is not known here.

use wide::u8x16;

/// How many bytes are looked at together: as many as a word has bits.
pub(super) const CHUNK: usize = 64;

/// What the bytes of a chunk are by themselves: one bit each, the first byte's lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes {
    /// Delimiters, LFs and CRs.
    pub(super) ends: u64,
    /// LFs and CRs.
    pub(super) line_ends: u64,
    pub(super) quotes: u64,
    pub(super) crs: u64,
}

impl Classes {
    #[inline]
    pub(super) fn of<const N: usize>(chunk: &[u8; CHUNK], delimiters: [u8; N]) -> Self {
        let mut classes = Self::default();
        let (lanes, _) = chunk.as_chunks();
        for (at, lane) in (0..).step_by(16).zip(lanes) {
            let bytes = u8x16::new(*lane);
            let are = |byte| bytes.simd_eq(u8x16::splat(byte));
            let crs = are(b'\r');
            let line_ends = crs | are(b'\n');
            let ends = delimiters.into_iter().fold(line_ends, |ends, delimiter| ends | are(delimiter));
            let bits = |found: u8x16| u64::from(found.to_bitmask()) << at;
            classes.ends |= bits(ends);
            classes.line_ends |= bits(line_ends);
            classes.quotes |= bits(are(b'"'));
            classes.crs |= bits(crs);
        }
        classes
    }

    /// Whether there are quotes or CRs.
    #[inline]
    pub(super) fn are_special(self) -> bool {
        self.quotes | self.crs != 0
    }
}

#[cfg(test)]
mod tests {
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
            let classes = Classes::of(bytes.first_chunk().unwrap(), [delimiter]);
            for (at, &byte) in bytes.iter().enumerate() {
                let is = |class: u64| class >> at & 1 == 1;
                assert_eq!(is(classes.ends), byte == delimiter || byte == b'\n' || byte == b'\r');
                assert_eq!(is(classes.line_ends), byte == b'\n' || byte == b'\r');
                assert_eq!((is(classes.quotes), is(classes.crs)), (byte == b'"', byte == b'\r'));
            }
            assert_eq!(classes.are_special(), bytes.contains(&b'"') || bytes.contains(&b'\r'));
        }
    }
}
