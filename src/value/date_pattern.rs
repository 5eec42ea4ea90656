//! One strftime format: compiled when the rulebook is read, matched against cells. Only the directives of the
//! rulebook language exist here; there are no flags and no widths, and nothing is written, only read.

use super::date_format::FormatFault;
use super::date_names::{DateNames, Names};
use super::duration::{HOUR_MS, MINUTE_MS, SECOND_MS};
use super::instant::{Instant, day_from_civil};
use super::iso::{Stamp, leading_fraction};
use super::offset::{ZONE_WORDS, leading_offset};
use super::text::fold;
use super::zone::Zone;
use std::ops::Range;
use std::sync::Arc;

/// What a message lists.
const DIRECTIVES: &str = "%Y %y %m %d %e %H %I %M %S %p %f %z %b %B %a %A %F %T %R %D %%";

/// A compiled format.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    items: Vec<Item>,
    names: Arc<DateNames>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    /// Folded; matched in any case of letters.
    Literal(String),
    /// One or more white-space characters.
    Blank,
    Take(Directive),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Directive {
    Year,
    ShortYear,
    Month,
    MonthName,
    Weekday,
    Day,
    PaddedDay,
    Hour,
    HalfDayHour,
    Minute,
    Second,
    HalfDay,
    Fraction,
    Offset,
}

/// What has been read of a cell so far.
#[derive(Clone, Copy, Debug, Default)]
struct DateParts {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    ms: i64,
    afternoon: Option<bool>,
    offset_ms: Option<i64>,
}

impl Pattern {
    /// Compiles a format.
    pub(crate) fn compile(format: &str, names: &Arc<DateNames>) -> Result<Pattern, FormatFault> {
        refuse_zone_words(format)?;
        let mut items = Vec::new();
        let mut rest = format.char_indices();
        while let Some((at, c)) = rest.next() {
            if c != '%' {
                push_text(&mut items, c);
                continue;
            }
            let Some((_, name)) = rest.next() else {
                return Err(FormatFault::new(
                    at..format.len(),
                    format!("a directive is missing after `%`; write one of {DIRECTIVES}"),
                ));
            };
            let place = at..at + 1 + name.len_utf8();
            for item in directive(name).ok_or_else(|| not_read(name, place.clone()))? {
                push_item(&mut items, item, &place)?;
            }
        }
        check_whole(&items, 0..format.len())?;
        Ok(Pattern { items, names: Arc::clone(names) })
    }

    /// Whether it says the time of day.
    pub(crate) fn has_hour(&self) -> bool {
        says(&self.items, Directive::Hour)
    }

    /// Reads a whole trimmed cell. An ASCII cell is compared as it stands, others folded.
    pub(crate) fn read(&self, text: &str, zone: &Zone) -> Option<Instant> {
        if text.is_ascii() {
            return self.match_from(0, text, DateParts::default())?.instant(zone);
        }
        self.match_from(0, &fold(text), DateParts::default())?.instant(zone)
    }

    /// Matches the items from `at` on with the whole of `text`. Where there is a choice, the longest is taken after which the
    /// rest still fits: of the names of months and weekdays, with their full stop, and of what follows AM and PM. A format has
    /// one of each at most.
    fn match_from(&self, mut at: usize, mut text: &str, mut fields: DateParts) -> Option<DateParts> {
        while let Some(item) = self.items.get(at) {
            at += 1;
            text = match item {
                Item::Literal(literal) => strip_folded(text, literal)?,
                Item::Blank => text.strip_prefix(char::is_whitespace)?.trim_start(),
                Item::Take(Directive::MonthName) => {
                    return self.match_name(at, text, &self.names.months, |month| DateParts { month, ..fields });
                }
                Item::Take(Directive::Weekday) => {
                    return self.match_name(at, text, &self.names.weekdays, |_| fields);
                }
                Item::Take(Directive::HalfDay) => return self.match_half_day(at, text, fields),
                Item::Take(directive) => directive.take(text, &mut fields)?,
            };
        }
        text.is_empty().then_some(fields)
    }

    fn match_name(&self, next: usize, text: &str, names: &Names, with: impl Fn(i64) -> DateParts) -> Option<DateParts> {
        names.leading(text).find_map(|(number, length)| {
            let fields = with(number);
            let rest = &text[length..];
            let without_stop = rest.strip_prefix('.').and_then(|rest| self.match_from(next, rest, fields));
            without_stop.or_else(|| self.match_from(next, rest, fields))
        })
    }

    /// AM or PM, with full stops and blanks before, between and behind the letters: those behind may also be the format's.
    fn match_half_day(&self, next: usize, text: &str, fields: DateParts) -> Option<DateParts> {
        let is_filler = |c: char| c == '.' || c.is_whitespace();
        let text = text.trim_start_matches(is_filler);
        let (afternoon, rest) = match strip_folded(text, "p") {
            Some(rest) => (true, rest),
            None => (false, strip_folded(text, "a")?),
        };
        let behind = strip_folded(rest.trim_start_matches(is_filler), "m")?;
        let filler = behind.len() - behind.trim_start_matches(is_filler).len();
        let fields = DateParts { afternoon: Some(afternoon), ..fields };
        let mut ends = (0..=filler).rev().filter(|&end| behind.is_char_boundary(end));
        ends.find_map(|end| self.match_from(next, &behind[end..], fields))
    }
}

impl Directive {
    /// Takes what the directive means from the start of the text, and gives back the rest.
    fn take<'a>(self, text: &'a str, fields: &mut DateParts) -> Option<&'a str> {
        let bytes = text.as_bytes();
        let n_bytes = match self {
            Directive::Year => digits(bytes, 4, 4, 0..=9999, &mut fields.year)?,
            Directive::ShortYear => {
                let n_bytes = digits(bytes, 2, 2, 0..=99, &mut fields.year)?;
                fields.year += if fields.year >= 69 { 1900 } else { 2000 };
                n_bytes
            }
            Directive::Month => digits(bytes, 1, 2, 1..=12, &mut fields.month)?,
            Directive::Day => digits(bytes, 1, 2, 1..=31, &mut fields.day)?,
            // strftime writes it with a blank in place of a zero.
            Directive::PaddedDay => {
                return Directive::Day.take(text.strip_prefix(' ').unwrap_or(text), fields);
            }
            Directive::Hour => digits(bytes, 1, 2, 0..=23, &mut fields.hour)?,
            Directive::HalfDayHour => digits(bytes, 1, 2, 1..=12, &mut fields.hour)?,
            Directive::Minute => digits(bytes, 1, 2, 0..=59, &mut fields.minute)?,
            Directive::Second => digits(bytes, 1, 2, 0..=59, &mut fields.second)?,
            Directive::Fraction => {
                let (ms, n_bytes) = leading_fraction(bytes)?;
                fields.ms = ms;
                n_bytes
            }
            Directive::Offset => {
                let rest = text.trim_start();
                let (offset_ms, n_bytes) = leading_offset(rest.as_bytes())?;
                fields.offset_ms = Some(offset_ms);
                return Some(&rest[n_bytes..]);
            }
            // They have a choice, which the pattern makes.
            Directive::MonthName | Directive::Weekday | Directive::HalfDay => return None,
        };
        Some(&text[n_bytes..])
    }
}

impl DateParts {
    fn instant(self, zone: &Zone) -> Option<Instant> {
        let hour = match self.afternoon {
            None => self.hour,
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
        };
        let ms_of_day = hour * HOUR_MS + self.minute * MINUTE_MS + self.second * SECOND_MS + self.ms;
        let day = day_from_civil(self.year, self.month, self.day)?;
        Stamp { day, ms_of_day: Some(ms_of_day), offset_ms: self.offset_ms }.instant(zone)
    }
}

/// Reads as many ASCII digits as stand there, up to `most`; the answer is how many.
fn digits(
    text: &[u8],
    least: usize,
    most: usize,
    range: std::ops::RangeInclusive<i64>,
    value: &mut i64,
) -> Option<usize> {
    let n_digits = text.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    *value = text[..n_digits].iter().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
    (n_digits >= least && range.contains(value)).then_some(n_digits)
}

fn strip_folded<'a>(text: &'a str, folded: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(folded.len())?;
    start.eq_ignore_ascii_case(folded).then_some(rest)
}

/// The items that a directive stands for.
fn directive(name: char) -> Option<Vec<Item>> {
    use Directive::{
        Day, Fraction, HalfDay, HalfDayHour, Hour, Minute, Month, MonthName, Offset, PaddedDay, Second, ShortYear,
        Weekday, Year,
    };
    let joined = |parts: &[Directive], separator: &str| {
        let mut items = Vec::new();
        for (i, &part) in parts.iter().enumerate() {
            if i > 0 {
                items.push(Item::Literal(separator.to_owned()));
            }
            items.push(Item::Take(part));
        }
        items
    };
    let one = |directive| vec![Item::Take(directive)];
    Some(match name {
        'Y' => one(Year),
        'y' => one(ShortYear),
        'm' => one(Month),
        'b' | 'B' => one(MonthName),
        'a' | 'A' => one(Weekday),
        'd' => one(Day),
        'e' => one(PaddedDay),
        'H' => one(Hour),
        'I' => one(HalfDayHour),
        'M' => one(Minute),
        'S' => one(Second),
        'p' => one(HalfDay),
        'f' => one(Fraction),
        'z' => one(Offset),
        'F' => joined(&[Year, Month, Day], "-"),
        'T' => joined(&[Hour, Minute, Second], ":"),
        'R' => joined(&[Hour, Minute], ":"),
        'D' => joined(&[Month, Day, ShortYear], "/"),
        '%' => vec![Item::Literal("%".to_owned())],
        _ => return None,
    })
}

/// Refuses words of time zones that stand for themselves: they would be read and what they say be lost.
fn refuse_zone_words(format: &str) -> Result<(), FormatFault> {
    let mut has_time = false;
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let at = format.len() - rest.len();
        let word = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        if c == '%' {
            let name = rest[1..].chars().next();
            has_time |= name.is_some_and(|name| "HIMSpfTR".contains(name));
            rest = &rest[1 + name.map_or(0, char::len_utf8)..];
            continue;
        }
        let folded = fold(&rest[..word]);
        if ZONE_WORDS.contains(&&*folded) || has_time && folded == "z" {
            let written = &rest[..word];
            let message =
                format!("`{written}` in a format is only text: write `%z`, which reads it as the offset zero");
            return Err(FormatFault::new(at..at + word, message));
        }
        rest = &rest[word.max(c.len_utf8())..];
    }
    Ok(())
}

fn not_read(name: char, place: Range<usize>) -> FormatFault {
    let why = match name {
        '-' | '_' | '0' | '^' | '#' => "flags are not needed, because one digit and two digits are both read; ",
        'h' => "for names of months, write %b; ",
        'Z' => "names of time zones are not read; for offsets, write %z; ",
        's' => "for seconds since 1970, write the format epoch_s; ",
        'u' | 'w' => "numbers of weekdays are not read; for names of weekdays, write %a; ",
        _ => "",
    };
    FormatFault::new(place, format!("`%{name}` is not read here: {why}a format may use {DIRECTIVES}"))
}

/// Adds a character that stands for itself, joined to the text before it. A run of blanks is one.
fn push_text(items: &mut Vec<Item>, c: char) {
    if c.is_whitespace() {
        if items.last() != Some(&Item::Blank) {
            items.push(Item::Blank);
        }
        return;
    }
    let mut literal = match items.pop() {
        Some(Item::Literal(literal)) => literal,
        other => {
            items.extend(other);
            String::new()
        }
    };
    literal.push(c);
    items.push(Item::Literal(fold(&literal).into_owned()));
}

/// Which part of a date or time a directive says: no format may say one twice.
fn part(directive: Directive) -> u8 {
    match directive {
        Directive::Year | Directive::ShortYear => 0,
        Directive::Month | Directive::MonthName => 1,
        Directive::Day | Directive::PaddedDay => 2,
        Directive::Hour | Directive::HalfDayHour => 3,
        Directive::Minute => 4,
        Directive::Second => 5,
        Directive::HalfDay => 6,
        Directive::Fraction => 7,
        Directive::Offset => 8,
        Directive::Weekday => 9,
    }
}

fn says(items: &[Item], wanted: Directive) -> bool {
    items.iter().any(|item| matches!(item, Item::Take(directive) if part(*directive) == part(wanted)))
}

fn push_item(items: &mut Vec<Item>, item: Item, place: &Range<usize>) -> Result<(), FormatFault> {
    match item {
        Item::Take(directive) if says(items, directive) => {
            Err(FormatFault::new(place.clone(), "the format already has this part of the date or time".to_owned()))
        }
        Item::Literal(text) => {
            text.chars().for_each(|c| push_text(items, c));
            Ok(())
        }
        item => {
            items.push(item);
            Ok(())
        }
    }
}

/// Refuses a format that cannot say which instant is meant.
fn check_whole(items: &[Item], all: Range<usize>) -> Result<(), FormatFault> {
    use Directive::{Day, Fraction, HalfDay, HalfDayHour, Hour, Minute, Month, Offset, Second, Year};
    let has = |directive| says(items, directive);
    let takes = |directive| items.contains(&Item::Take(directive));
    let fault = if !has(Year) || !has(Month) || !has(Day) {
        "a date needs a year (%Y or %y), a month (%m or %b) and a day (%d)"
    } else if takes(HalfDayHour) != has(HalfDay) {
        "%I needs %p, and %p needs %I; for hours from 0 to 23, write only %H"
    } else if has(Minute) && !has(Hour) || has(Second) && !has(Minute) || has(Fraction) && !has(Second) {
        "minutes need hours (%H), seconds need minutes (%M), and a fraction needs seconds (%S)"
    } else if has(Offset) && !has(Hour) {
        "an offset (%z) needs a time (%H)"
    } else {
        return Ok(());
    };
    Err(FormatFault::new(all, fault.to_owned()))
}
