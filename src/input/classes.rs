//! Which bytes of a text are delimiters, quotes and line ends, 64 at a time.
//!
//! Written so that compilers turn it into vector instructions on every machine; whether a byte counts as what it is, inside
//! quotes and out, is not known here.

/// How many bytes are looked at together: as many as a word has bits.
pub(super) const CHUNK: usize = 64;

/// What each byte of a chunk is by itself: an or of [`END`], [`LINE_END`], [`QUOTE`] and [`CR`].
pub(super) struct Classes([u8; CHUNK]);

/// Delimiters, LFs and CRs.
pub(super) const END: u32 = 0;
/// LFs and CRs.
pub(super) const LINE_END: u32 = 1;
pub(super) const QUOTE: u32 = 2;
pub(super) const CR: u32 = 3;

const LOWEST_BITS: u64 = 0x0101_0101_0101_0101;

impl Classes {
    #[inline]
    pub(super) fn of<const N: usize>(chunk: &[u8; CHUNK], delimiters: [u8; N]) -> Self {
        let mut classes = [0; CHUNK];
        for (class, &byte) in classes.iter_mut().zip(chunk) {
            let is_delimiter = delimiters.contains(&byte);
            // Or'ed rather than matched: this becomes a few vector instructions for sixteen bytes.
            let when = |is, bits: u8| if is { bits } else { 0 };
            *class = when(is_delimiter, 1 << END)
                | when(byte == b'\n', 1 << END | 1 << LINE_END)
                | when(byte == b'\r', 1 << END | 1 << LINE_END | 1 << CR)
                | when(byte == b'"', 1 << QUOTE);
        }
        Self(classes)
    }

    /// Whether there are quotes or CRs.
    #[inline]
    pub(super) fn are_special(&self) -> bool {
        let any = self.words().fold(0, |any, word| any | word);
        any & (LOWEST_BITS << QUOTE | LOWEST_BITS << CR) != 0
    }

    /// The bytes of a class, one bit each.
    #[inline]
    pub(super) fn bits(&self, class: u32) -> u64 {
        // The product moves bit 8i, that of byte i, to bit 56 + i; no two terms of it meet.
        self.words().rev().fold(0, |bits, word| {
            let flags = word >> class & LOWEST_BITS;
            bits << 8 | flags.wrapping_mul(0x0102_0408_1020_4080) >> 56
        })
    }

    #[inline]
    fn words(&self) -> impl DoubleEndedIterator<Item = u64> {
        let (words, _) = self.0.as_chunks();
        words.iter().map(|&word| u64::from_le_bytes(word))
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
                let is = |class| classes.bits(class) >> at & 1 == 1;
                assert_eq!(is(END), byte == delimiter || byte == b'\n' || byte == b'\r');
                assert_eq!(is(LINE_END), byte == b'\n' || byte == b'\r');
                assert_eq!((is(QUOTE), is(CR)), (byte == b'"', byte == b'\r'));
            }
            assert_eq!(classes.are_special(), bytes.contains(&b'"') || bytes.contains(&b'\r'));
        }
    }
}
