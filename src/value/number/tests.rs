use super::*;
use proptest::prelude::*;

fn point(text: &str) -> Option<String> {
    Number::parse_cell(text, Decimal::Point).map(|n| n.to_string())
}

fn comma(text: &str) -> Option<String> {
    Number::parse_cell(text, Decimal::Comma).map(|n| n.to_string())
}

#[test]
fn cells_as_people_write_them() {
    for (cell, number) in [
        ("0", "0"),
        ("-0", "0"),
        ("+7", "7"),
        ("007", "7"),
        ("-12.50", "-12.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,234", "1234"),
        ("12,345.678", "12345.678"),
        ("1,234,567", "1234567"),
        ("1 234.5", "1234.5"),
        ("1\u{a0}234", "1234"),
        ("1\u{2009}234\u{2009}567", "1234567"),
        ("1\u{202f}234", "1234"),
        ("1'500'000.00", "1500000"),
        ("7\u{2019}000", "7000"),
        ("USD 5", "5"),
        ("USD5", "5"),
        ("-USD 5", "-5"),
        ("USD -5", "-5"),
        ("5 USD", "5"),
        ("-5USD", "-5"),
        ("CHF 1'500.50", "1500.5"),
        ("€ -5", "-5"),
        ("€-5", "-5"),
        ("-€5", "-5"),
        ("- € 5", "-5"),
        ("5 €", "5"),
        ("-5€", "-5"),
        ("$1,000.25", "1000.25"),
        ("₺ 1,000", "1000"),
        ("﷼5", "5"),
        ("\u{20c1}5", "5"),
        ("12%", "12"),
        ("%12", "12"),
        ("-12 %", "-12"),
        ("+%5", "5"),
        ("\u{2212}5", "-5"),
        ("5\u{a0}€", "5"),
        ("9000000000000", "9000000000000"),
        ("123456789012", "123456789012"),
        ("0.0000005", "0.000001"),
        ("-0.0000005", "-0.000001"),
        ("0.00000049999", "0"),
        ("1.9999999", "2"),
    ] {
        assert_eq!(point(cell).as_deref(), Some(number), "{cell:?}");
    }
    for (cell, number) in [
        ("1 234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
        ("-5,5 €", "-5.5"),
        ("12,5%", "12.5"),
        ("1.234.567", "1234567"),
    ] {
        assert_eq!(comma(cell).as_deref(), Some(number), "{cell:?}");
    }
}

#[test]
fn anything_else_is_unreadable() {
    for cell in [
        "",
        "+",
        "-",
        "%",
        "€",
        "-€",
        "- 5",
        "+-5",
        "--5",
        "€- 5",
        "5-",
        "(5)",
        ".",
        "-.",
        ",",
        "1.2.3",
        "1e5",
        "1_000",
        "0x10",
        "1,23",
        "1,2345",
        "1234,567",
        ",123",
        "1,,234",
        "1,234 567",
        "1,234,",
        "1.234,5",
        "12.345.678",
        "1 23",
        "1  234",
        "1.23 4",
        "５",
        "٣",
        "NaN",
        "inf",
        "½",
        "5 TL",
        "usd 5",
        "USDT 5",
        "XXX 5",
        "DEM 5",
        "USD €5",
        "5 € USD",
        "USD 5%",
        "USD",
        "- USD",
        "1'23",
        "1'234,567",
        "1'234\u{2019}567",
        "'5",
        "€5%",
        "€€5",
        "5 € €",
        "12%%",
        "\u{feff}5",
        "9000000000001",
        "9000000000000.000001",
        "-9,000,000,000,000.5",
        "1.000,000",
    ] {
        assert_eq!(point(cell), None, "{cell:?}");
    }
    for cell in ["1,234.5", "1.23", "1,234,567", "0.5", "1,2,3"] {
        assert_eq!(comma(cell), None, "{cell:?}");
    }
    assert_eq!(point(&"9".repeat(4000)), None);
    assert_eq!(point(&format!("{}5", "0".repeat(4000))).as_deref(), Some("5"));
    assert_eq!(point(&format!("0.{}", "4".repeat(4000))).as_deref(), Some("0.444444"));
}

#[test]
fn literals_are_plain() {
    let read = |text| Number::parse_literal(text).map(Number::micros);
    assert_eq!(read("-2.5"), Ok(-2_500_000));
    assert_eq!(read("0.000001"), Ok(1));
    assert_eq!(read("+9000000000000"), Ok(MAX_MICROS));
    for text in ["", "-", "1e5", "1,000", "12%", " 1", "٣", "1_0"] {
        assert_eq!(read(text), Err(NumberError::NotDecimal), "{text:?}");
    }
    assert_eq!(read("0.0000001"), Err(NumberError::TooFine));
    assert_eq!(read("9000000000000.000001"), Err(NumberError::TooLarge));
}

#[test]
fn products_round_to_millionths() {
    let times = |a, b| Number(a).times(Number(b)).micros();
    assert_eq!(times(3, 500_000), 2);
    assert_eq!(times(-3, 500_000), -2);
    assert_eq!(times(MAX_MICROS, MAX_MICROS), i64::MAX);
    assert_eq!(Number::from_count(u64::MAX).micros(), i64::MAX);
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(micros in -MAX_MICROS..=MAX_MICROS) {
        let number = Number(micros);
        let text = number.to_string();
        prop_assert_eq!(Number::parse_literal(&text), Ok(number));
        prop_assert_eq!(Number::parse_cell(&text, Decimal::Point), Some(number));
        prop_assert_eq!(Number::parse_cell(&text.replace('.', ","), Decimal::Comma), Some(number));
    }

    /// Against the value as a fraction of integers, twelve decimals.
    #[test]
    fn decimals_round_half_away(negative: bool, whole in 0_i64..1_000_000_000, fraction in 0_i64..1_000_000_000_000) {
        let sign = if negative { "-" } else { "" };
        let exact = i128::from(whole) * 10_i128.pow(12) + i128::from(fraction);
        let expected = (exact + 500_000) / 1_000_000 * if negative { -1 } else { 1 };
        let read = Number::parse_cell(&format!("{sign}{whole}.{fraction:012}"), Decimal::Point);
        prop_assert_eq!(read.map(|n| i128::from(n.micros())), Some(expected));
    }

    #[test]
    fn groups_change_nothing(value in 0_i64..MAX_MICROS / ONE_MICROS, separator in "[, \u{a0}\u{2009}\u{202f}]") {
        let bare = value.to_string();
        let mut grouped = String::new();
        for (i, digit) in bare.chars().enumerate() {
            if i > 0 && (bare.len() - i) % 3 == 0 {
                grouped.push_str(&separator);
            }
            grouped.push(digit);
        }
        prop_assert_eq!(point(&grouped), Some(bare));
    }

    #[test]
    fn no_text_panics(text in "[-+0-9., %€$\u{a0}\u{2212}eE]{0,12}|\\PC{0,8}") {
        let _ = (point(&text), comma(&text), Number::parse_literal(&text));
    }
}
