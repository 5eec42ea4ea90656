//! `max_age` and `max_orphans` of a source.

use super::Decoder;
use super::keys::Keys;
use crate::rulebook::guard::Guard;
use crate::rulebook::yaml::YamlNode;
use crate::value::{Number, Percentage};

impl Decoder<'_> {
    /// The limits of a source; what is wrong with one of them leaves it out.
    pub(super) fn guard(&mut self, keys: &mut Keys<'_>) -> Guard {
        let max_age_ms = keys.take("max_age").and_then(|node| self.duration_ms(node));
        let max_orphans = keys.take("max_orphans").and_then(|node| self.percentage(node));
        Guard { max_age_ms, max_orphans }
    }

    /// `20%`.
    fn percentage(&mut self, node: &YamlNode) -> Option<Percentage> {
        let text = self.text(node, "a percentage")?;
        let found = Percentage::parse(text);
        if found.is_none() {
            let help = advice(text);
            self.wrong("LS005", node.span, format!("`{text}` is not a percentage")).help(help);
        }
        found
    }
}

/// What to write instead: `0.2` is meant as a share, `20` as so many of a hundred.
fn advice(text: &str) -> String {
    const ONE: i64 = 1_000_000;
    let number = Number::parse_literal(text).ok();
    let percent = number.and_then(|number| match number.micros() {
        micros @ 1..ONE => Percentage::of(Number::from_micros(micros * 100)),
        _ => Percentage::of(number),
    });
    percent.map_or_else(
        || "write a number from 0 to 100 and a percent sign, such as `20%`".to_owned(),
        |percent| format!("write `{percent}`"),
    )
}
