use super::*;
use proptest::prelude::*;

#[test]
fn pieces_sum_to_the_whole() {
    let sum = |by| {
        let mut digest = Digest::new(by);
        for piece in ["a", "", "bc"] {
            digest.add(piece.as_bytes());
        }
        digest.sum()
    };
    // The first example of FIPS 180-2.
    assert_eq!(sum(SumBy::Sha256).hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!((sum(SumBy::Sha256).n_bytes, FileSum::of(b"abc")), (3, sum(SumBy::Sha256)));
    // What `b3sum` prints.
    assert_eq!(sum(SumBy::Blake3).hex(), "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85");
}

/// So many bytes without a pattern that a mistake could hide in.
fn noise(n_bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_le_bytes()[7]
    };
    std::iter::repeat_with(next).take(n_bytes).collect()
}

/// The sum of ranges that end at `cuts`, taken in an order that `turn` decides.
fn by_ranges(bytes: &[u8], mut cuts: Vec<usize>, turn: usize) -> FileSum {
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    let mut ranges: Vec<_> = cuts.windows(2).map(|pair| (pair[0], &bytes[pair[0]..pair[1]])).collect();
    let digest = RangeDigest::default();
    while !ranges.is_empty() {
        let (offset, range) = ranges.swap_remove(turn % ranges.len());
        digest.add(offset as u64, range);
    }
    digest.sum()
}

fn by_blake3(bytes: &[u8]) -> FileSum {
    let mut digest = Digest::new(SumBy::Blake3);
    digest.add(bytes);
    let sum = digest.sum();
    assert_eq!(sum.hash, *blake3::hash(bytes).as_bytes());
    sum
}

#[test]
fn a_file_of_few_chunks_sums_up_the_same_wherever_it_is_cut() {
    let bytes = noise(5 << 10);
    for n_bytes in [0, 1, 1023, 1024, 1025, 2047, 2048, 2049, 3072, 4096, 4097, 5120] {
        let bytes = &bytes[..n_bytes];
        for cut in (0..=n_bytes).filter(|cut| cut % 512 < 2 || cut % 512 == 511) {
            assert_eq!(by_ranges(bytes, vec![cut], cut), by_blake3(bytes), "{n_bytes} bytes cut at {cut}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_sum_up_to_the_file_in_any_order(
        n_bytes in prop_oneof![0_usize..5_000, 0_usize..300_000, (0_usize..300).prop_map(|n_chunks| n_chunks << 10)],
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..40),
        turn in 0_usize..1000,
    ) {
        let bytes = noise(n_bytes);
        let cuts = cuts.into_iter().map(|(cut, is_aligned)| {
            let cut = cut.index(n_bytes + 1);
            if is_aligned { cut - cut % CHUNK_BYTES } else { cut }
        });
        prop_assert_eq!(by_ranges(&bytes, cuts.collect(), turn), by_blake3(&bytes));
    }
}

const CHUNK_BYTES: usize = blake3::CHUNK_LEN;
