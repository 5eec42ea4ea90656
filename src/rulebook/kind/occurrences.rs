//! `event:` with `points:` — points for each counted event, decayed by its age, up to a cap.

use super::Kind;
use crate::diagnostic::Diagnostic;
use crate::points::Points;
use crate::rulebook::expr::{Calendar, Count, Measure, Tally, Worth};
use crate::rulebook::parse::{Decoder, Keys, Scope, inside_where};
use crate::rulebook::yaml::{Kind as NodeKind, Node};
use crate::value::{Decay, Number};

pub(super) const KIND: Kind = Kind { key: "event", lower };

fn lower(decoder: &mut Decoder<'_>, keys: &mut Keys<'_>, scope: &Scope) -> Option<Worth> {
    let select = decoder.selection(keys, scope);
    let points = decoder.required_points(keys);
    let count = keys.take("count").map_or(Some(Count::Each), |node| count(decoder, node));
    let at_most =
        keys.take("at_most").map_or(Some(None), |node| decoder.whole_usize(node, 1, "a number of events").map(Some));
    let decay = keys.take("decay").map_or(Some(None), |node| decay(decoder, node).map(Some));
    let cap = keys.take("cap").map_or(Some(None), |node| cap(decoder, node).map(Some));
    let measure = Measure::Points { points: points?, count: count?, at_most: at_most?, decay: decay? };
    let tally = decoder.tally(Tally { select: select?, measure });
    Some(Worth::Occurrences { tally, cap: cap? })
}

fn cap(decoder: &mut Decoder<'_>, node: &Node) -> Option<Points> {
    let cap = decoder.points(node, "a cap")?;
    if cap <= Points::default() {
        let found = Diagnostic::error("LS005", node.span, "a cap is above 0");
        decoder.report(
            found.with_help("it limits the size of the sum: `cap: 30` keeps a negative criterion at -30 or above"),
        );
        return None;
    }
    Some(cap)
}

fn count(decoder: &mut Decoder<'_>, node: &Node) -> Option<Count> {
    if !matches!(node.kind, NodeKind::Map(_)) {
        return match decoder.text(node, "`count`")? {
            "each" => Some(Count::Each),
            "once" => Some(Count::Once),
            other => {
                decoder.unknown(
                    other,
                    node.span,
                    "way to count",
                    ["each", "once", "{ per: day }", "{ distinct: field }"],
                );
                None
            }
        };
    }
    let mut keys = decoder.keys(node, "`count`")?;
    let one = decoder.one_form(&mut keys, &["per", "distinct"]);
    let per = keys.take("per").map(|node| per(decoder, node));
    let distinct = keys.take("distinct").map(|node| {
        let field = decoder.field(node, &inside_where())?;
        decoder.expect_single(field, node.span)?;
        Some(Count::Distinct(field))
    });
    if per.is_none() && distinct.is_none() {
        let found =
            Diagnostic::error("LS003", keys.span, "`count` is `each`, `once`, `{ per: … }` or `{ distinct: … }`");
        decoder.report_unless(keys.has_stray(), found);
    }
    decoder.finish(&keys);
    if one { per.or(distinct)? } else { None }
}

fn per(decoder: &mut Decoder<'_>, node: &Node) -> Option<Count> {
    let name = decoder.text(node, "a calendar period")?;
    let period = match name {
        "day" => Calendar::Day,
        "week" => Calendar::Week,
        "month" => Calendar::Month,
        "quarter" => Calendar::Quarter,
        "year" => Calendar::Year,
        _ => {
            decoder.unknown(name, node.span, "calendar period", ["day", "week", "month", "quarter", "year"]);
            return None;
        }
    };
    Some(Count::Per(period))
}

fn decay(decoder: &mut Decoder<'_>, node: &Node) -> Option<Decay> {
    let mut keys = decoder.keys(node, "`decay`")?;
    let one = decoder.one_form(&mut keys, &["half_life", "linear", "step"]);
    let mut duration = |key| keys.take(key).map(|node: &Node| decoder.duration_ms(node));
    let half_life = duration("half_life").map(|found| found.map(|ms| Decay::HalfLife { half_life_ms: ms }));
    let linear = duration("linear").map(|found| found.map(|ms| Decay::Linear { duration_ms: ms }));
    let step = keys.take("step").map(|node| step(decoder, node));
    if half_life.is_none() && linear.is_none() && step.is_none() {
        let found = Diagnostic::error("LS003", keys.span, "`decay` needs `half_life`, `linear` or `step`");
        decoder.report_unless(keys.has_stray(), found.with_help("for example `decay: { half_life: 30d }`"));
    }
    decoder.finish(&keys);
    if one { half_life.or(linear).or(step)? } else { None }
}

fn step(decoder: &mut Decoder<'_>, node: &Node) -> Option<Decay> {
    let mut keys = decoder.keys(node, "a decay in steps")?;
    let percent = decoder.required(&mut keys, "percent").and_then(|node| percent(decoder, node));
    let every = decoder.required(&mut keys, "every").and_then(|node| decoder.duration_ms(node));
    decoder.finish(&keys);
    Some(Decay::Step { percent: percent?, every_ms: every? })
}

fn percent(decoder: &mut Decoder<'_>, node: &Node) -> Option<Number> {
    let percent = decoder.number(node, "a percentage")?;
    if percent.micros() <= 0 || percent.micros() > 100_000_000 {
        decoder.report(Diagnostic::error("LS005", node.span, "a percentage is above 0 and at most 100"));
        return None;
    }
    Some(percent)
}
