//! Bytes being written, a few at a time: the room is there already, so that a short text is one copy of fixed length.

use crate::points::Points;
use crate::value::Instant;

/// How many bytes are copied at once.
const SHORT: usize = 16;

/// Bytes being written.
#[derive(Debug, Default)]
pub(super) struct Pen {
    /// What is behind `n_written` is room.
    bytes: Vec<u8>,
    n_written: usize,
}

/// A text that is written again and again.
#[derive(Clone, Copy, Debug)]
pub(super) struct FixedText<'t> {
    text: &'t str,
    /// Its first bytes, zeros behind them.
    short: [u8; SHORT],
}

impl<'t> FixedText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut short = [0; SHORT];
        let n_short = text.len().min(SHORT);
        short[..n_short].copy_from_slice(&text.as_bytes()[..n_short]);
        Self { text, short }
    }
}

impl Pen {
    /// How many bytes were written.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.n_written
    }

    /// What was written from a place on.
    pub(super) fn written(&self, from: usize) -> &[u8] {
        &self.bytes[from..self.n_written]
    }

    /// What was written, as bytes of one's own.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.n_written);
        self.bytes
    }

    /// Takes back what was written from a place on.
    pub(super) fn back_to(&mut self, place: usize) {
        self.n_written = place;
    }

    /// Room for so many bytes more.
    #[inline]
    fn room(&mut self, n_bytes: usize) -> &mut [u8] {
        if self.bytes.len() - self.n_written < n_bytes {
            self.grow(n_bytes);
        }
        &mut self.bytes[self.n_written..]
    }

    #[inline(never)]
    fn grow(&mut self, n_bytes: usize) {
        self.bytes.resize(2 * self.bytes.len() + n_bytes + 4096, 0);
    }

    /// Writes a text.
    #[inline]
    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Writes bytes.
    #[inline]
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.room(bytes.len())[..bytes.len()].copy_from_slice(bytes);
        self.n_written += bytes.len();
    }

    /// Writes so many of some bytes.
    #[inline]
    fn short(&mut self, bytes: [u8; SHORT], n_bytes: usize) {
        if let Some(room) = self.room(SHORT).first_chunk_mut() {
            *room = bytes;
        }
        self.n_written += n_bytes;
    }

    /// Writes a text that is written again and again.
    #[inline]
    pub(super) fn fixed(&mut self, text: &FixedText<'_>) {
        if text.text.len() <= SHORT { self.short(text.short, text.text.len()) } else { self.text(text.text) }
    }

    /// Writes one byte.
    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        if let Some(room) = self.room(1).first_mut() {
            *room = byte;
        }
        self.n_written += 1;
    }

    /// Replaces the byte that was written last.
    pub(super) fn replace_last(&mut self, byte: u8) {
        if let Some(last) = self.bytes[..self.n_written].last_mut() {
            *last = byte;
        }
    }

    /// Writes points as [`Points`] shows them: without trailing zeros.
    #[inline]
    pub(super) fn points(&mut self, points: Points) {
        let hundredths = points.hundredths().unsigned_abs();
        if points.hundredths() < 0 {
            self.byte(b'-');
        }
        self.whole(hundredths / 100);
        let rest = (hundredths % 100) as u8;
        if rest > 0 {
            let (tenths, rest) = (rest / 10, rest % 10);
            let mut text = [0; SHORT];
            (text[0], text[1], text[2]) = (b'.', b'0' + tenths, b'0' + rest);
            self.short(text, 2 + usize::from(rest > 0));
        }
    }

    /// Writes a whole number.
    #[inline]
    pub(super) fn whole(&mut self, number: u64) {
        // Nearly all numbers are small.
        if number < 100 {
            let number = (number % 100) as u8;
            let mut text = [0; SHORT];
            let is_long = number >= 10;
            (text[0], text[1]) = if is_long { (b'0' + number / 10, b'0' + number % 10) } else { (b'0' + number, 0) };
            return self.short(text, 1 + usize::from(is_long));
        }
        let mut text = [b'0'; 32];
        let mut rest = number;
        let mut n_digits = 0;
        loop {
            // From the end; no number has more than twenty digits.
            n_digits += 1;
            text[20 - n_digits] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        match text[20 - n_digits..].first_chunk::<SHORT>() {
            Some(short) if n_digits <= SHORT => self.short(*short, n_digits),
            _ => self.bytes(&text[20 - n_digits..20]),
        }
    }

    /// Writes an instant as [`Instant`] shows it.
    pub(super) fn instant(&mut self, instant: Instant) {
        match instant.usual_text() {
            Some(text) => self.bytes(&text),
            None => self.text(&instant.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_what_is_shown(
            hundredths in prop_oneof![any::<i64>(), -20_000..20_000_i64], ms in prop_oneof![any::<i64>(), 0..2_000_000_000_000_i64],
            texts in prop::collection::vec(".{0,40}", 0..5)
        ) {
            let (points, instant) = (Points::from_hundredths(hundredths), Instant::from_ms(ms));
            let mut pen = Pen::default();
            pen.points(points);
            pen.instant(instant);
            pen.whole(hundredths.unsigned_abs());
            for text in &texts {
                pen.fixed(&FixedText::new(text));
            }
            let shown = format!("{points}{instant}{}{}", hundredths.unsigned_abs(), texts.concat());
            prop_assert_eq!(pen.into_bytes(), shown.into_bytes());
        }
    }
}
