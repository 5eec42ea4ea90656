//! A document as a page that needs nothing else: no script, no request, no font. It works offline, follows the reader's choice of
//! light or dark, and prints on A4 in two columns: what charts show is not told again in numbers there, but named.
//!
//! Markup comes from templates that escape by type; [`shown`] is the one way in for text, and takes out what could turn the
//! direction of a line.

mod blocks;
mod chart;
mod table;
mod width;

use super::document::{Block, Document, Look};
use super::text::{Piece, Text};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What the browser is allowed to do: to use the style that stands in the page, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A page being made: what links point to, and how many charts there are.
struct HtmlPage<'d> {
    document: &'d Document,
    n_charts: usize,
}

/// The document as a page: HTML in UTF-8, the same bytes for the same document.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut page = HtmlPage { document, n_charts: 0 };
    let opening = blocks::blocks(&mut page, &document.opening);
    let sections: Vec<Markup> = document.sections.iter().map(|section| blocks::section(&mut page, section)).collect();
    let class = match document.look {
        Look::Report => None,
        Look::Agreement => Some("agreement"),
    };
    let body = html! {
        (DOCTYPE)
        html lang="en" {
            (head(document))
            body class=[class] {
                a.skip href="#main" { "Skip to the contents" }
                header {
                    h1 { (document.kind) ": " bdi { (shown(&document.title)) } }
                    (blocks::facts(&page, &document.about))
                    @if has_folded_numbers(document) {
                        p.small.print {
                            "The numbers that are folded on a screen are not printed, but named. Unfold them there to print them."
                        }
                    }
                    nav aria-label="Contents" {
                        ul {
                            @for section in &document.sections {
                                li { a href={ "#" (section.id) } { (text(&page, &section.title)) } }
                            }
                        }
                    }
                }
                main id="main" {
                    @if !document.opening.is_empty() { section id="key" { (opening) } }
                    @for section in sections { (section) }
                }
                footer {
                    p {
                        "Written by leadscore. This page works offline and loads nothing from the network."
                        @for said in &document.closing { " " (text(&page, said)) }
                    }
                }
            }
        }
    };
    body.into_string() + "\n"
}

/// Whether a table is folded that paper leaves out.
fn has_folded_numbers(document: &Document) -> bool {
    let is_folded = |block: &Block| matches!(block, Block::Table(table) if table.setting.is_folded());
    document.opening.iter().chain(document.sections.iter().flat_map(|section| &section.blocks)).any(is_folded)
}

fn head(document: &Document) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="robots" content="noindex";
            title { (document.kind) ": " (shown(&document.title)) }
            style { (PreEscaped(include_str!("style.css"))) (PreEscaped(include_str!("agreement.css"))) }
        }
    }
}

/// A text with its pieces.
fn text(page: &HtmlPage<'_>, text: &Text) -> Markup {
    html! { @for piece in &text.0 { (self::piece(page, piece)) } }
}

fn piece(page: &HtmlPage<'_>, piece: &Piece) -> Markup {
    html! {
        @match piece {
            Piece::Words(words) => { (shown(words)) }
            // The direction of a name's writing ends with it.
            Piece::Name(name) => { bdi { (shown(name)) } }
            Piece::Code(code) => { code { (shown(code)) } }
            Piece::Strong(words) => { b { (shown(words)) } }
            Piece::Time { machine, wall } => { time datetime=(machine) { (wall) } }
            Piece::Link(id) => {
                @if let Some(title) = page.document.title_of(id) { a href={ "#" (id) } { (text(page, title)) } }
            }
        }
    }
}

/// A text from anywhere, without what would be harmful even as text: control characters, and those that turn the direction of
/// what follows them.
fn shown(text: &str) -> String {
    let is_harmful = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests;
