//! How many times as often the leads with the highest totals win.

use super::by_total::{AtTotal, sums};
use crate::funnel::{FEW, float, to_share};
use crate::report::Figure;

/// The rate among the tenth of the rows with the highest totals, over the rate of all; 10 at most. Rows with the total at the
/// border share the places that are left: each counts with the share of them that has room. None where nobody won.
#[must_use]
pub fn lift_of_tenth(counted: &[AtTotal]) -> Figure {
    let (n, n_won) = sums(counted);
    if n_won == 0 {
        return Figure::None;
    }
    if n < FEW {
        return Figure::TooFew { n };
    }
    // In tenths of rows, so that a tenth of the rows is a whole number.
    let mut room = n;
    let mut won_tenths = 0.0;
    for at in counted.iter().rev() {
        let taken = room.min(10 * at.n);
        won_tenths += float(i128::from(taken) * i128::from(at.n_won)) / float(at.n.into());
        room -= taken;
        if room == 0 {
            break;
        }
    }
    Figure::Known { value: to_share(won_tenths / float(n_won.into())) }
}

#[cfg(test)]
mod tests {
    use super::super::by_total::by_total;
    use super::*;
    use crate::points::Points;

    fn lift(rows: &[(i64, u64, u64)]) -> Figure {
        let rows = rows
            .iter()
            .flat_map(|(total, n, n_won)| (0..*n).map(move |place| (Points::from_hundredths(*total), place < *n_won)));
        lift_of_tenth(&by_total(rows))
    }

    #[test]
    fn the_tenth_is_the_highest() {
        // 20 rows, 4 won; the two highest hold one of them: 1/2 over 1/5.
        assert_eq!(lift(&[(1, 18, 3), (2, 1, 0), (3, 1, 1)]), Figure::Known { value: 2.5 });
        assert_eq!(lift(&[(1, 18, 0), (2, 2, 2)]), Figure::Known { value: 10.0 });
    }

    #[test]
    fn ties_share_the_places() {
        // Everybody is alike.
        assert_eq!(lift(&[(5, 37, 11)]), Figure::Known { value: 1.0 });
        // 25 rows: a tenth is 2.5; one at the top that won, and 1.5 of the 4 below, of which 2 won: 1.75 / 2.5 over 3 / 25.
        assert_eq!(lift(&[(1, 20, 0), (2, 4, 2), (3, 1, 1)]), Figure::Known { value: 5.833_333 });
    }

    #[test]
    fn too_few_is_no_number() {
        assert_eq!(lift(&[(1, 19, 1)]), Figure::TooFew { n: 19 });
        assert_eq!(lift(&[(1, 30, 0)]), Figure::None);
        assert_eq!(lift(&[]), Figure::None);
    }
}
