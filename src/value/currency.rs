//! Currencies, as far as cells name them: by a sign or by a code. Nothing is converted here; what matters is whether amounts of
//! two currencies stand in one column. The facts stand in `currencies.txt`.

use std::fmt;
use std::sync::LazyLock;

const TABLE: &str = include_str!("currencies.txt");

/// The codes with their signs, in the order of the codes.
static CURRENCIES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').unwrap_or((line, ""))).collect()
});

/// A currency that was active on 1 January 2020 or since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

impl Currency {
    /// The currency of this code of ISO 4217, in capitals.
    #[must_use]
    pub fn of(code: &str) -> Option<Currency> {
        signs(code).map(|(code, _)| Currency(code))
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The codes of all currencies.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        CURRENCIES.iter().map(|(code, _)| *code)
    }

    /// Whether a sign or code can be this currency's.
    #[must_use]
    pub fn can_be(self, mark: CurrencyMark) -> bool {
        match mark {
            CurrencyMark::Code(currency) => currency == self,
            CurrencyMark::Sign(sign) => signs(self.0).is_some_and(|(_, signs)| signs.contains(narrow(sign))),
        }
    }
}

/// What names a currency beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CurrencyMark {
    /// A sign, `€`.
    Sign(char),
    /// A code, `EUR`.
    Code(Currency),
}

impl fmt::Display for CurrencyMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign(sign) => write!(f, "{sign}"),
            Self::Code(currency) => f.write_str(currency.0),
        }
    }
}

/// The line of a code.
fn signs(code: &str) -> Option<(&'static str, &'static str)> {
    let at = CURRENCIES.binary_search_by(|(known, _)| (*known).cmp(code)).ok()?;
    Some(CURRENCIES[at])
}

/// A sign as it is usually written: East Asian text has wide forms, and small ones.
fn narrow(sign: char) -> char {
    match sign {
        '＄' | '﹩' => '$',
        '￡' => '£',
        '￥' => '¥',
        '￦' => '₩',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert!(CURRENCIES.is_sorted_by(|(a, _), (b, _)| a < b));
        for (code, signs) in CURRENCIES.iter() {
            assert!(code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
            for sign in signs.chars() {
                assert!(super::super::number::is_currency_sign(sign), "{code}: {sign}");
            }
        }
        assert!(CURRENCIES.len() > 170);
        for active in ["TRY", "HRK", "VES", "ZWL", "SLE", "XCG"] {
            assert!(Currency::of(active).is_some(), "{active}");
        }
        for other in ["usd", "US", "USDT", "DEM", "TRL", "MRO", "XXX", "XTS", ""] {
            assert_eq!(Currency::of(other), None, "{other}");
        }
    }

    #[test]
    fn a_sign_can_be_of_several() {
        let can_be = |code, mark| Currency::of(code).expect("a currency").can_be(mark);
        for (code, sign, expected) in [
            ("USD", '$', true),
            ("CAD", '$', true),
            ("USD", '＄', true),
            ("BRL", '$', false),
            ("JPY", '¥', true),
            ("CNY", '￥', true),
            ("EUR", '€', true),
            ("EUR", '$', false),
            ("TRY", '₺', true),
            ("GBP", '£', true),
            ("EGP", '£', false),
        ] {
            assert_eq!(can_be(code, CurrencyMark::Sign(sign)), expected, "{code} {sign}");
        }
        let euro = Currency::of("EUR").expect("a currency");
        assert!(can_be("EUR", CurrencyMark::Code(euro)) && !can_be("USD", CurrencyMark::Code(euro)));
    }
}
