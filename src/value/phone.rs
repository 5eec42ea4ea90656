//! Phone numbers, as libphonenumber reads them: every way of writing one comes to the same E.164 text. Whether a number is in
//! use is not asked, only whether it can be a full one.

use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};
use std::borrow::Cow;
use std::fmt;

/// The release of libphonenumber's metadata, which the version of the crate in Cargo.toml brings.
pub const PHONE_METADATA: &str = "9.0.42";

/// The longest text that is looked at, as libphonenumber has it: a longer one is no phone number.
const MOST_BYTES: usize = 250;

/// A country, by whose habits numbers without an international prefix are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country(Region);

impl Country {
    /// The country of two letters, as ISO 3166 has them; capitals.
    #[must_use]
    pub fn of(code: &str) -> Option<Country> {
        let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let region = if is_code { code.parse::<Region>().ok() } else { None };
        region.filter(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(*region).is_some()).map(Country)
    }

    /// The country of a number with an international prefix.
    #[must_use]
    pub fn of_number(text: &str) -> Option<Country> {
        let is_short = text.len() <= MOST_BYTES;
        let number = if is_short { PHONE_NUMBER_UTIL.parse(text, None).ok()? } else { return None };
        let region = PHONE_NUMBER_UTIL.get_region_for_number(&number);
        region.or_else(|| PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code)).map(Country)
    }

    /// The codes of all countries.
    #[must_use]
    pub fn all() -> Vec<String> {
        let mut codes: Vec<String> =
            PHONE_NUMBER_UTIL.get_supported_regions().map(|region| region.to_string()).collect();
        codes.retain(|code| code.len() == 2);
        codes.sort_unstable();
        codes
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// Reads the phone numbers of one column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PhoneReader {
    /// Whose habits numbers without an international prefix have; without one they can't be read.
    pub country: Option<Country>,
}

impl PhoneReader {
    /// The number in E.164, `+905320000001`; `None` for what can't be a full number. An extension is dropped.
    #[must_use]
    pub fn read(self, text: &str) -> Option<String> {
        if text.len() > MOST_BYTES {
            return None;
        }
        let number = PHONE_NUMBER_UTIL.parse(text, self.country.map(|country| country.0)).ok()?;
        let is_full = matches!(number.is_possible_with_reason(), Ok(NumberLengthType::IsPossible));
        is_full.then(|| match number.format_as(PhoneNumberFormat::E164) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(country: Option<&str>, text: &str) -> Option<String> {
        PhoneReader { country: country.map(|code| Country::of(code).expect("a country")) }.read(text)
    }

    #[test]
    fn every_spelling_is_one_number() {
        for text in [
            "+90 532 000 00 01",
            "00905320000001",
            "(0532) 000-0001",
            "0532 000 00 01 ext. 12",
            "0532 000 00 01 x12",
            "5320000001",
            "tel:+90-532-000-0001",
            "＋９０ 532 000 0001",
        ] {
            assert_eq!(read(Some("TR"), text).as_deref(), Some("+905320000001"), "{text}");
        }
        assert_eq!(read(Some("IT"), "06 6982 0000").as_deref(), Some("+390669820000"), "the zero belongs to it");
        assert_eq!(read(None, "+44 20 7946 0018").as_deref(), Some("+442079460018"));
    }

    #[test]
    fn what_can_be_no_full_number_is_unreadable() {
        for text in
            ["", "many", "12", "12345", "+90 532", "+999 532 000 00 01", "0532 000 00 01 00 00", &"5".repeat(400)]
        {
            assert_eq!(read(Some("TR"), text), None, "{text}");
        }
        assert_eq!(read(None, "0532 000 00 01"), None, "of which country?");
        assert_eq!(read(Some("US"), "253-0000"), None, "a local number lacks its area");
    }

    #[test]
    fn countries_are_two_capitals() {
        assert_eq!(Country::of("TR").map(|country| country.to_string()).as_deref(), Some("TR"));
        for code in ["tr", "TUR", "ZZ", "", "001", "90", "UK"] {
            assert_eq!(Country::of(code), None, "{code}");
        }
        let of_number = |text| Country::of_number(text).map(|country| country.to_string());
        assert_eq!(of_number("+90 532 000 00 01").as_deref(), Some("TR"));
        assert_eq!(of_number("0532 000 00 01"), None);
        assert!(Country::all().len() > 200 && Country::all().contains(&"TR".to_owned()));
    }

    /// Whoever raises the crate reads in its notes which release of the metadata it brings.
    #[test]
    fn the_release_is_that_of_the_crate() {
        let manifest = include_str!("../../Cargo.toml");
        assert!(manifest.contains("rlibphonenumber = \"=2.2.15\""), "does it still bring {PHONE_METADATA}?");
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_again(text in "[+0-9() .x/-]{0,24}|\\PC{0,40}") {
            if let Some(number) = read(Some("TR"), &text) {
                prop_assert_eq!(read(None, &number), Some(number.clone()), "{}", text);
            }
        }
    }
}
