use super::*;
use proptest::prelude::*;

fn istanbul() -> Zone {
    Zone::named("Europe/Istanbul").expect("a zone")
}

fn reader(formats: &[&str], language: Option<&str>) -> DateReader {
    DateReader::with_formats(formats, istanbul(), language).expect("formats of the language")
}

fn read(format: &str, text: &str) -> Option<String> {
    reader(&[format], Some("tr")).read(text).map(|instant| instant.to_string())
}

#[test]
fn formats_read() {
    for (format, text, instant) in [
        ("%d.%m.%Y %H:%M", "04.05.2026 09:30", "2026-05-04T06:30:00Z"),
        ("%d.%m.%Y %H:%M", "4.5.2026   9:3", "2026-05-04T06:03:00Z"),
        ("%d.%m.%Y  %H:%M", "4.5.2026\u{a0}\t9:3", "2026-05-04T06:03:00Z"),
        (" %d.%m.%Y ", "31.12.9999", "9999-12-30T21:00:00Z"),
        ("%Y%m%d", "20260504", "2026-05-03T21:00:00Z"),
        ("%d%m%Y", "04122026", "2026-12-03T21:00:00Z"),
        ("%m/%e/%y", "5/ 4/69", "1969-05-03T22:00:00Z"),
        ("%D %T", "5/4/68 1:2:3", "2068-05-03T22:02:03Z"),
        ("%F %R", "2026-5-4 09:30", "2026-05-04T06:30:00Z"),
        ("%FT%T.%f%z", "2026-05-04t09:30:01.98765z", "2026-05-04T09:30:01.987Z"),
        ("%FT%T.%f%z", "2026-05-04T09:30:01.9-0130", "2026-05-04T11:00:01.900Z"),
        ("%F %T%z", "2026-05-04 09:30:01 +02", "2026-05-04T07:30:01Z"),
        ("%F %T %z", "2026-05-04 09:30:01 +02:00", "2026-05-04T07:30:01Z"),
        ("%m/%d/%Y %I:%M %p", "5/4/2026 12:05 AM", "2026-05-03T21:05:00Z"),
        ("%m/%d/%Y %I:%M %p", "5/4/2026 12:05 pm", "2026-05-04T09:05:00Z"),
        ("%m/%d/%Y, %I:%M:%S %p", "5/4/2026, 9:05:00\u{202f}PM", "2026-05-04T18:05:00Z"),
        ("%d %B %Y", "4 Mayıs 2026", "2026-05-03T21:00:00Z"),
        ("%d %b %Y", "4 MAYIS 2026", "2026-05-03T21:00:00Z"),
        ("%d %B %Y", "4 may. 2026", "2026-05-03T21:00:00Z"),
        ("%d %B %Y", "4 AĞUSTOS 2026", "2026-08-03T21:00:00Z"),
        ("%d %b %Y", "4 Aug 2026", "2026-08-03T21:00:00Z"),
        ("%d%b%Y", "4Mart2026", "2026-03-03T21:00:00Z"),
        ("%d%b%Y", "4Mar2026", "2026-03-03T21:00:00Z"),
        // What follows decides: the longest name that fits is `mar`, and the stop is the format's.
        ("%d.%bt.%Y", "4.mart.2026", "2026-03-03T21:00:00Z"),
        ("%d.%b.%Y", "4.mar.2026", "2026-03-03T21:00:00Z"),
        ("%d.%b.%Y", "4.mar..2026", "2026-03-03T21:00:00Z"),
        ("%b %e, %Y", "May  4, 2026", "2026-05-03T21:00:00Z"),
        ("%d%%%m%%%Y", "4%5%2026", "2026-05-03T21:00:00Z"),
        ("Gün: %d.%m.%Y", "GÜN: 4.5.2026", "2026-05-03T21:00:00Z"),
        ("%Y年%m月%d日", "2026年5月4日", "2026-05-03T21:00:00Z"),
        ("%a, %d %b %Y %T %z", "Fri, 01 May 2026 10:00:00 +0000", "2026-05-01T10:00:00Z"),
        ("%A %d.%m.%Y", "CUMARTESİ 4.5.2026", "2026-05-03T21:00:00Z"),
        ("%a %d.%m.%Y", "Cum. 4.5.2026", "2026-05-03T21:00:00Z"),
        ("%d.%m.%Y %A", "4.5.2026 sunday", "2026-05-03T21:00:00Z"),
        ("%a%d.%m.%Y", "Pazar4.5.2026", "2026-05-03T21:00:00Z"),
        ("%a %F %T %z", "Fri 2026-05-01 10:00:00 GMT+0300", "2026-05-01T07:00:00Z"),
        ("%F %T %z", "2026-05-01 10:00:00 UTC", "2026-05-01T10:00:00Z"),
        ("%F %T%z", "2026-05-01 10:00:00gmt", "2026-05-01T10:00:00Z"),
        ("%F %T%z", "2026-05-01 10:00:00\u{a0}UTC-02:00", "2026-05-01T12:00:00Z"),
        ("%F %I:%M %p", "2026-05-04 9:30 p.m.", "2026-05-04T18:30:00Z"),
        ("%F %I:%M %p", "2026-05-04 9:30 a. m.", "2026-05-04T06:30:00Z"),
        ("%F %I:%M %p", "2026-05-04 9:30\u{a0}P.\u{202f}M", "2026-05-04T18:30:00Z"),
        ("%F %I:%M%p", "2026-05-04 9:30 PM", "2026-05-04T18:30:00Z"),
        ("%I:%M %p %F", "9:30 p. m.  2026-05-04", "2026-05-04T18:30:00Z"),
        ("%I:%M %p. %F", "9:30 p.m. 2026-05-04", "2026-05-04T18:30:00Z"),
        ("Zeit: %F", "zeit: 2026-05-04", "2026-05-03T21:00:00Z"),
        ("Z %F", "z 2026-05-04", "2026-05-03T21:00:00Z"),
    ] {
        assert_eq!(read(format, text).as_deref(), Some(instant), "{format} on {text:?}");
    }
}

#[test]
fn cells_of_another_form_are_unreadable() {
    for (format, text) in [
        ("%d.%m.%Y", ""),
        ("%d.%m.%Y", "2026-05-04"),
        // As many digits as there can be, without a second guess.
        ("%d%m%Y", "112026"),
        ("%d.%m.%Y", "04.05.26"),
        ("%d.%m.%Y", "04.05.02026"),
        ("%d.%m.%Y", "30.02.2026"),
        ("%d.%m.%Y", "1.13.2026"),
        ("%d.%m.%Y", "004.05.2026"),
        ("%d.%m.%Y", "-4.05.2026"),
        ("%d.%m.%Y", "٤.05.2026"),
        ("%d.%m.%Y", "4.5.2026 9:30"),
        ("%d.%m.%Y %H:%M", "4.5.20269:30"),
        ("%d.%m.%Y %H:%M", "4.5.2026 24:00"),
        ("%F %I:%M %p", "2026-05-04 13:00 PM"),
        ("%F %I:%M %p", "2026-05-04 0:30 AM"),
        ("%F %I:%M %p", "2026-05-04 9:30 xm"),
        ("%F %I:%M %p", "2026-05-04 9:30 p"),
        ("%F %I:%M %p", "2026-05-04 9:30 p,m"),
        ("%a %F", "Xyz 2026-05-04"),
        ("%a %F", "2026-05-04"),
        ("%F %T %z", "2026-05-04 09:30:00 EST"),
        ("%F %T.%f", "2026-05-04 9:30:00."),
        ("%F %T%z", "2026-05-04 9:30:00"),
        ("%F %T", "2026-05-04 9:30:60"),
        ("%d %b %Y", "4 Mayi 2026"),
        ("%d %b %Y", "4 Foo 2026"),
        ("%d %b %Y", "4 mayıs.. 2026"),
        ("%m/%d/%y", "5/4/2026"),
    ] {
        assert_eq!(read(format, text), None, "{format} on {text:?}");
    }
    let english = DateReader::with_formats(&["%d %B %Y"], Zone::utc(), None).expect("a format");
    assert_eq!(english.read("4 Mayıs 2026"), None);
}

#[test]
fn counts_of_days_and_seconds() {
    for (format, text, instant) in [
        ("epoch_s", "1777887000", "2026-05-04T09:30:00Z"),
        ("epoch_s", "1777887000.9999", "2026-05-04T09:30:00.999Z"),
        ("epoch_s", "-0.0001", "1969-12-31T23:59:59.999Z"),
        ("epoch_s", "-1", "1969-12-31T23:59:59Z"),
        ("epoch_ms", "1777887000123.9", "2026-05-04T09:30:00.123Z"),
        ("epoch_ms", "-0.5", "1969-12-31T23:59:59.999Z"),
        ("excel_days", "46146", "2026-05-03T21:00:00Z"),
        ("excel_days", "46146.5", "2026-05-04T09:00:00Z"),
        ("excel_days", "46146.3958333333", "2026-05-04T06:30:00Z"),
        ("excel_days", "0", "1899-12-29T22:03:04Z"),
        ("excel_days", "-1", "1899-12-28T22:03:04Z"),
        ("excel_days", "46146.999999999999", "2026-05-04T21:00:00Z"),
    ] {
        assert_eq!(read(format, text).as_deref(), Some(instant), "{format} on {text:?}");
    }
    for text in ["", "-", "1,777", "1e9", "1 777", "x", "253402300800", &"9".repeat(99)] {
        assert_eq!(read("epoch_s", text), None, "{text:?}");
    }
    for text in ["9999999", "-9999999", &"9".repeat(30), "1e5", "46146,5"] {
        assert_eq!(read("excel_days", text), None, "{text:?}");
    }
    let comma = reader(&["excel_days"], None).with_decimal(Decimal::Comma);
    assert_eq!(comma.read("46146,5").map(|i| i.to_string()).as_deref(), Some("2026-05-04T09:00:00Z"));
}

#[test]
fn formats_are_tried_in_order_and_nothing_else_is() {
    let two = reader(&["%d/%m/%Y", "%m/%d/%Y"], None);
    let show = |text| two.read(text).map(|instant| instant.to_string());
    assert_eq!(show("4/5/2026").as_deref(), Some("2026-05-03T21:00:00Z"));
    assert_eq!(show("5/14/2026").as_deref(), Some("2026-05-13T21:00:00Z"));
    assert_eq!(show("2026-05-04"), None);
}

#[test]
fn wrong_formats_say_where_and_what_is_allowed() {
    let fault = |formats: &[&str], language| {
        DateReader::with_formats(formats, Zone::utc(), language).expect_err("a wrong format")
    };
    for (format, range, part) in [
        ("%Y-%m-%q", 6..8, "%Y %y %m %d %e"),
        ("%d.%m.%Y %-H", 9..11, "flags are not needed"),
        ("ğ %u", 3..5, "write %a"),
        ("%F %T UTC", 6..9, "write `%z`"),
        ("%F %Tgmt+0300", 5..8, "write `%z`"),
        ("%FT%TZ", 5..6, "write `%z`"),
        ("%FT%T.000Z", 9..10, "write `%z`"),
        ("%H:%M z, %F", 6..7, "write `%z`"),
        ("%a %F %A", 6..8, "already"),
        ("%d.%m.%", 6..7, "a directive is missing"),
        ("%Yğ%é", 4..7, "`%é`"),
        ("%F %Y", 3..5, "already"),
        ("%F %T %H", 6..8, "already"),
        ("%d %b %m %Y", 6..8, "already"),
        ("%Y-%m", 0..5, "a day (%d)"),
        ("  %H:%M", 2..7, "needs a year"),
        ("%F %I:%M", 0..8, "%I needs %p"),
        ("%F %H:%M %p", 0..11, "%I needs %p"),
        ("%F %M", 0..5, "minutes need hours"),
        ("%F %z", 0..5, "needs a time"),
        ("dd.mm.yyyy", 0..10, "a pattern such as"),
        ("epoch", 0..5, "did you mean `epoch_s`"),
        ("", 0..0, "not a format"),
    ] {
        let error = fault(&["%F", format], None);
        assert_eq!((error.format, error.range.clone()), (Some(1), range), "{format}: {error}");
        assert!(error.message.contains(part), "{format}: {error}");
    }
    assert!(fault(&[], None).message.contains("empty"));
    let error = fault(&["%F"], Some("xx"));
    assert!(error.format.is_none() && error.message.contains("`xx`"), "{error}");
}

#[test]
fn a_reader_is_shared_by_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&reader(&["%d %b %Y"], Some("tr")));
}

proptest! {
    #[test]
    fn what_jiff_writes_is_read(seconds in -2_000_000_000_i64..4_000_000_000) {
        let zoned = jiff::Timestamp::from_second(seconds).expect("in range").to_zoned(jiff::tz::TimeZone::UTC);
        let expected = Some(Instant::from_ms(seconds * 1000));
        for format in ["%Y-%m-%d %H:%M:%S", "%F %T", "%d %b %Y %I:%M:%S %p", "%e. %B %Y, %R:%S", "%d/%m/%Y %H.%M.%S %z"] {
            let reader = DateReader::with_formats(&[format], Zone::utc(), Some("de")).expect("a format");
            let text = zoned.strftime(format).to_string();
            prop_assert_eq!(reader.read(text.trim()), expected, "{}", text);
        }
    }

    #[test]
    fn the_iso_form_and_the_same_format_agree(text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]") {
        let iso = DateReader::iso(istanbul());
        prop_assert_eq!(iso.read(&text), reader(&["%FT%T"], None).read(&text));
    }

    #[test]
    fn no_format_and_no_text_panics(format in "(%[a-zA-Z%]|[. é-]){0,8}|\\PC{0,8}", text in "[0-9.: a-zıİ月é%+-]{0,20}|\\PC{0,20}") {
        if let Ok(reader) = DateReader::with_formats(&[&format], istanbul(), Some("tr")) {
            let _ = reader.read(&text);
        }
        for format in NAMED.into_iter().chain(["%d %b %Y", "%Y %B %d %p%I"]) {
            let _ = reader(&[format], Some("zh")).read(&text);
        }
    }
}
