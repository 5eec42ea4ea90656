//! The blocks of a page.

use super::{HtmlPage, chart, shown, table, text};
use crate::points::Points;
use crate::present::cell::Tone;
use crate::present::document::{Amount, Block, LedgerEntry, Mark, Section, Tile};
use crate::present::language::truth;
use crate::present::terminal::{PARTIES, SIGNED_WITH};
use crate::present::text::Text;
use crate::present::words;
use maud::{Markup, html};

/// A section with its heading.
pub(super) fn section(page: &mut HtmlPage<'_>, section: &Section) -> Markup {
    let content = blocks(page, &section.blocks);
    html! {
        section id=(section.id) aria-labelledby={ (section.id) "-h" } {
            h2 id={ (section.id) "-h" } { (text(page, &section.title)) }
            (content)
        }
    }
}

/// Blocks below each other.
pub(super) fn blocks(page: &mut HtmlPage<'_>, blocks: &[Block]) -> Markup {
    let made: Vec<Markup> = blocks.iter().map(|piece| block(page, piece)).collect();
    html! { @for block in made { (block) "\n" } }
}

fn block(page: &mut HtmlPage<'_>, block: &Block) -> Markup {
    match block {
        Block::Heading { level: 3, id, title } => html! { h3 id=[id] { (text(page, title)) } },
        Block::Heading { id, title, .. } => html! { h4 id=[id] { (text(page, title)) } },
        Block::Paragraph(words) => html! { p { (text(page, words)) } },
        Block::Note(words) => html! { p.note { (text(page, words)) } },
        Block::Remark(words) => html! { p.small { (text(page, words)) } },
        Block::Definition { term, meaning } => {
            html! { p.definition { b { (term) "." } " " (text(page, meaning)) } }
        }
        Block::List(items) => html! { ul { @for item in items { li { (text(page, item)) } } } },
        Block::Table(rows) => table::table(page, rows),
        Block::Chart(shown) => chart::chart(page, shown),
        Block::Tiles(tiles) => html! { dl.key { @for tile in tiles { (self::tile(page, tile)) } } },
        Block::Product { of, factors, result } => html! {
            p.chain {
                small { (text(page, of)) } br;
                @for (at, (factor, what)) in factors.iter().enumerate() {
                    span { @if at > 0 { "× " } b { (shown(factor)) } " " small { (text(page, what)) } } " "
                }
                span { "= " b { (shown(result)) } }
            }
        },
        Block::Facts(pairs) => facts(page, pairs),
        Block::Lines(entries) => html! { p { @for entry in entries { (text(page, &entry.text)) br; } } },
        Block::Quoted(blocks) => {
            let inner = self::blocks(page, blocks);
            html! { blockquote { (inner) } }
        }
        Block::Ledger(entries) => {
            html! { table.ledger { tbody { @for entry in entries { (self::entry(page, entry)) } } } }
        }
        Block::Folded { title, blocks } => {
            let inner = self::blocks(page, blocks);
            html! { details { summary { (text(page, title)) } (inner) } }
        }
        Block::Signatures { version } => html! {
            p { "This document describes version " code { (version) } " of the rules." }
            div.sign {
                @for party in PARTIES {
                    div { h3 { (party) } @for line in SIGNED_WITH { p { span { (line) } } } }
                }
            }
        },
    }
}

/// Names, and what is said of each.
pub(super) fn facts(page: &HtmlPage<'_>, pairs: &[(&'static str, Text)]) -> Markup {
    html! {
        dl.about {
            @for (name, said) in pairs {
                div { dt { (name) } dd { (text(page, said)) } }
            }
        }
    }
}

fn tile(page: &HtmlPage<'_>, tile: &Tile) -> Markup {
    let class = tile.is_chief.then_some("chief");
    html! {
        div class=[class] {
            dt { (text(page, &tile.title)) }
            dd { (shown(&tile.figure)) @if let Some(unit) = &tile.unit { " " small { bdi { (shown(unit)) } } } }
            @if !tile.more.is_empty() { dd { (shown(&tile.more)) } }
        }
    }
}

fn entry(page: &HtmlPage<'_>, entry: &LedgerEntry) -> Markup {
    let within = match entry.amount {
        Amount::Within(points) => format!(" {points}"),
        Amount::Cut(points) => format!(" {}", points.signed()),
        _ => String::new(),
    };
    let (points, class) = match entry.amount {
        Amount::None | Amount::Within(_) | Amount::Cut(_) => (String::new(), None),
        Amount::Off => ("off".to_owned(), None),
        Amount::Part(points) => (words::gain(points), (points < Points::ZERO).then_some("costs")),
        Amount::Before(points) | Amount::Carried(points) => (points.to_string(), None),
        Amount::Total(points) => (points.to_string(), Some("total")),
    };
    let depth = format!("padding-left: {}rem", entry.depth);
    html! {
        tr {
            td style=(depth) {
                @match entry.mark {
                    Mark::None | Mark::Verdict(_) => {}
                    Mark::Point => { "– " }
                    Mark::Truth(value) => { small { (truth(value)) } " " }
                }
                @match entry.tone {
                    Tone::Plain => { (text(page, &entry.text)) }
                    Tone::Strong => { b { (text(page, &entry.text)) } }
                    Tone::Faint => { small { (text(page, &entry.text)) } }
                }
                (within)
            }
            td.n { span class=[class] { (points) } }
        }
    }
}
