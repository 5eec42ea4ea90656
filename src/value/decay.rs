//! How an occurrence's points fade with its age. All but half-life decay are exact; that uses `libm`,
//! whose results are the same on every platform. It knows no events and no limits such as `cap`.

use super::number::Number;
use super::power::shrunk;
use crate::points::{div_round, saturate};

/// A hundred percent, in the millionths of a percent that [`Number`] holds.
const WHOLE_PERCENT_MICROS: i128 = 100_000_000;

/// A form of decay. Durations are milliseconds above zero; a smaller one is taken as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decay {
    /// p·2^(−a/h).
    HalfLife {
        /// The age at which half is left.
        half_life_ms: i64,
    },
    /// p·max(0, 1 − a/d).
    Linear {
        /// The age at which nothing is left.
        duration_ms: i64,
    },
    /// p·max(0, 1 − q/100·⌊a/d⌋).
    Step {
        /// What is lost at each step, in percent.
        percent: Number,
        /// The length of a step.
        every_ms: i64,
    },
    /// p·(1 − q/100)^⌊a/d⌋.
    Compound {
        /// What is lost at each step, in percent of what is left.
        percent: Number,
        /// The length of a step.
        every_ms: i64,
    },
}

impl Decay {
    /// The points (in millionths) that are left at an age, rounded half away from zero to a millionth.
    /// An age below zero counts as zero.
    ///
    /// All but half-life decay are exact before that rounding. Half-life decay is off by less than
    /// |points| · 2⁻⁵¹ before it (twice that for sizes beyond 2⁵³, which no rulebook can write): for a million
    /// points 0.0005 of a millionth. At whole multiples of the half-life it is exact.
    #[must_use]
    pub fn apply(self, points_micros: i64, age_ms: i64) -> i64 {
        let age_ms = age_ms.max(0);
        match self {
            Decay::HalfLife { half_life_ms } => half_life(points_micros, age_ms, half_life_ms.max(1)),
            Decay::Linear { duration_ms } => linear(points_micros, age_ms, duration_ms.max(1)),
            Decay::Step { percent, every_ms } => {
                let lost = i128::from(percent.micros()).saturating_mul(i128::from(age_ms / every_ms.max(1)));
                step(points_micros, lost)
            }
            Decay::Compound { percent, every_ms } => compound(points_micros, percent, age_ms / every_ms.max(1)),
        }
    }
}

/// Points that fade, event after event: the share that is left is worked out once for events of one age.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fade {
    /// The half-life and the age, and what is left of one point.
    last: (i64, i64, f64),
    /// The points and the steps of a compound decay, and what is left of them.
    last_steps: Option<(i64, Number, i64, i64)>,
}

impl Fade {
    /// As [`Decay::apply`].
    #[inline]
    pub(crate) fn apply(&mut self, decay: Decay, points_micros: i64, age_ms: i64) -> i64 {
        let half_life_ms = match decay {
            Decay::HalfLife { half_life_ms } => half_life_ms,
            Decay::Compound { percent, every_ms } => {
                return self.compound(points_micros, percent, age_ms.max(0) / every_ms.max(1));
            }
            _ => return decay.apply(points_micros, age_ms),
        };
        let (age_ms, half_life_ms) = (age_ms.max(0), half_life_ms.max(1));
        if (self.last.0, self.last.1) != (half_life_ms, age_ms) {
            self.last = (half_life_ms, age_ms, share_left(age_ms, half_life_ms));
        }
        faded(points_micros, self.last.2)
    }

    fn compound(&mut self, points_micros: i64, percent: Number, n_steps: i64) -> i64 {
        if let Some((points, of, steps, left)) = self.last_steps
            && (points, of, steps) == (points_micros, percent, n_steps)
        {
            return left;
        }
        let left = compound(points_micros, percent, n_steps);
        self.last_steps = Some((points_micros, percent, n_steps, left));
        left
    }
}

fn linear(points_micros: i64, age_ms: i64, duration_ms: i64) -> i64 {
    let left_ms = i128::from(duration_ms - age_ms.min(duration_ms));
    saturate(div_round(i128::from(points_micros) * left_ms, i128::from(duration_ms)))
}

fn step(points_micros: i64, lost_micros: i128) -> i64 {
    let left = (WHOLE_PERCENT_MICROS - lost_micros.clamp(0, WHOLE_PERCENT_MICROS)).max(0);
    saturate(div_round(i128::from(points_micros) * left, WHOLE_PERCENT_MICROS))
}

fn compound(points_micros: i64, percent: Number, n_steps: i64) -> i64 {
    let kept = WHOLE_PERCENT_MICROS - i128::from(percent.micros()).clamp(0, WHOLE_PERCENT_MICROS);
    let [kept, whole] = [kept, WHOLE_PERCENT_MICROS].map(|micros| u32::try_from(micros).unwrap_or(u32::MAX));
    shrunk(points_micros, kept, whole, n_steps.unsigned_abs())
}

/// The whole half-lives are exact halvings; only the rest, below one half-life, goes through `exp2`. So the
/// error is that of two roundings, one division and one `exp2` (under one unit in the last place), however
/// old the event is.
fn half_life(points_micros: i64, age_ms: i64, half_life_ms: i64) -> i64 {
    faded(points_micros, share_left(age_ms, half_life_ms))
}

/// What is left of one point.
fn share_left(age_ms: i64, half_life_ms: i64) -> f64 {
    let halvings = age_ms / half_life_ms;
    // 2⁶³ millionths halved 64 times round to nothing.
    let Some(halvings) = i32::try_from(halvings).ok().filter(|&n| n <= 64) else {
        return 0.0;
    };
    let part = to_f64(age_ms % half_life_ms) / to_f64(half_life_ms);
    libm::scalbn(libm::exp2(-part), -halvings)
}

#[inline]
fn faded(points_micros: i64, share_left: f64) -> i64 {
    to_i64(libm::round(to_f64(points_micros) * share_left))
}

#[expect(clippy::cast_precision_loss, reason = "beyond 2⁵³ the nearest float serves: part of the documented bound")]
fn to_f64(n: i64) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number no larger than an i64; `as` saturates at the ends")]
fn to_i64(x: f64) -> i64 {
    x as i64
}

#[cfg(test)]
mod tests {
    use super::super::duration::DAY_MS;
    use super::*;
    use proptest::prelude::*;

    const P: i64 = 20_000_000;

    fn percent(text: &str) -> Number {
        Number::parse_literal(text).expect("a number")
    }

    #[test]
    fn forms_by_hand() {
        let half = Decay::HalfLife { half_life_ms: 45 * DAY_MS };
        assert_eq!([0, 45, 90, 135].map(|d| half.apply(P, d * DAY_MS)), [P, P / 2, P / 4, P / 8]);
        // 20 · 2^(−1/45) = 19.694295…, by an arbitrary-precision calculator.
        assert_eq!(half.apply(P, DAY_MS), 19_694_295);
        let linear = Decay::Linear { duration_ms: 3 * DAY_MS };
        assert_eq!([0, 1, 2, 3, 4].map(|d| linear.apply(P, d * DAY_MS)), [P, 13_333_333, 6_666_667, 0, 0]);
        assert_eq!(linear.apply(-P, DAY_MS), -13_333_333);
        let step = Decay::Step { percent: percent("12.5"), every_ms: DAY_MS };
        assert_eq!([0, 1, 7, 8, 9].map(|d| step.apply(P, d * DAY_MS)), [P, 17_500_000, 2_500_000, 0, 0]);
        assert_eq!(step.apply(P, 2 * DAY_MS - 1), 17_500_000);
        assert_eq!(step.apply(P, -5), P);
        let compound = Decay::Compound { percent: percent("12.5"), every_ms: DAY_MS };
        assert_eq!([0, 1, 2, 3].map(|d| compound.apply(P, d * DAY_MS)), [P, 17_500_000, 15_312_500, 13_398_438]);
        assert_eq!(compound.apply(-P, 4 * DAY_MS - 1), -13_398_438);
        assert_eq!(Decay::Compound { percent: percent("100"), every_ms: DAY_MS }.apply(P, DAY_MS), 0);
    }

    #[test]
    fn halves_round_away_from_zero() {
        let half = Decay::HalfLife { half_life_ms: 10 };
        assert_eq!([half.apply(1, 10), half.apply(-1, 10), half.apply(1, 11)], [1, -1, 0]);
        let linear = Decay::Linear { duration_ms: 2 };
        assert_eq!([linear.apply(3, 1), linear.apply(-3, 1)], [2, -2]);
    }

    fn any_decay() -> impl Strategy<Value = Decay> {
        let ms = prop_oneof![1_i64..1_000, 1..=100_000 * DAY_MS, Just(i64::MAX)];
        prop_oneof![
            ms.clone().prop_map(|half_life_ms| Decay::HalfLife { half_life_ms }),
            ms.clone().prop_map(|duration_ms| Decay::Linear { duration_ms }),
            (0..=200_000_000_i64, ms.clone())
                .prop_map(|(q, every_ms)| Decay::Step { percent: Number::from_micros(q), every_ms }),
            (0..=200_000_000_i64, ms)
                .prop_map(|(q, every_ms)| Decay::Compound { percent: Number::from_micros(q), every_ms }),
        ]
    }

    proptest! {
        #[test]
        fn points_only_fade(decay in any_decay(), p in 0..=1_000_000_000_000_i64, age in 0..=i64::MAX / 2, more in 0..=i64::MAX / 2) {
            let (young, old) = (decay.apply(p, age), decay.apply(p, age + more));
            prop_assert!(young <= p && old <= young && old >= 0);
            prop_assert_eq!(decay.apply(-p, age), -young);
            prop_assert_eq!(decay.apply(p, 0), p);
        }

        /// 2^(−a/h) is the square of 2^(−a/2h).
        #[test]
        fn half_lives_compose(p in 1_000_000..=1_000_000_000_000_i64, half in 2_i64..=4_000 * DAY_MS, age in 0..=8_000 * DAY_MS) {
            let once = Decay::HalfLife { half_life_ms: half }.apply(p, age);
            let slow = Decay::HalfLife { half_life_ms: 2 * half };
            let twice = slow.apply(slow.apply(p, age), age);
            prop_assert!((once - twice).abs() <= 1);
        }

        #[test]
        fn extremes_do_not_panic(decay in any_decay(), q: i64, ms: i64, p: i64, age: i64) {
            let _ = decay.apply(p, age);
            let _ = Decay::Step { percent: Number::from_micros(q), every_ms: ms }.apply(p, age);
            let _ = Decay::Compound { percent: Number::from_micros(q), every_ms: ms }.apply(p, age);
            let _ = Decay::HalfLife { half_life_ms: ms }.apply(p, age);
            let _ = Decay::Linear { duration_ms: ms }.apply(p, age);
        }
    }
}
