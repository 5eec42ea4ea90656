//! The description of a rulebook as a page to send, print and sign, in the look of the report.

use super::markup::Markup;
use super::{AGREEMENT_STYLE, head};
use crate::output::describe::{Block, Cell, Document, PARTIES, SIGNED_WITH, Section, Table, Tone};

/// The document as a page: HTML in UTF-8, the same bytes for the same document. It needs nothing but itself, and prints on A4
/// with the room for signatures at its end.
#[must_use]
pub fn describe_html(document: &Document) -> String {
    let mut html = Markup::new();
    head(&mut html, "Lead scoring: ", &document.title, AGREEMENT_STYLE);
    html.raw("<body class=\"agreement\">\n<a class=\"skip\" href=\"#main\">Skip to the rules</a>\n<header>\n<h1>");
    html.name(&document.title).raw("</h1>\n<dl class=\"about\">\n");
    for (name, said) in &document.about {
        html.raw("<div><dt>").raw(name).raw("</dt><dd>").name(said).raw("</dd></div>\n");
    }
    html.raw("</dl>\n<nav aria-label=\"Contents\"><ul>\n");
    for (number, section) in document.sections.iter().enumerate() {
        html.raw("<li><a href=\"#part-").text(&(number + 1).to_string()).raw("\">").raw(section.title);
        html.raw("</a></li>\n");
    }
    html.raw("</ul></nav>\n</header>\n<main id=\"main\">\n");
    for (number, part) in document.sections.iter().enumerate() {
        section(&mut html, number + 1, part);
    }
    signatures(&mut html, document);
    html.raw(
        "</main>\n<footer>\n<p>Written by leadscore. This page works without a network and asks nothing of one.</p>\n",
    );
    html.raw("</footer>\n</body>\n</html>\n");
    html.into_string()
}

fn section(html: &mut Markup, number: usize, section: &Section) {
    let id = format!("part-{number}");
    html.raw("<section").attribute("id", &id).attribute("aria-labelledby", &format!("{id}-h")).raw(">\n<h2");
    html.attribute("id", &format!("{id}-h")).raw(">").raw(section.title).raw("</h2>\n");
    section.blocks.iter().for_each(|piece| block(html, piece));
    html.raw("</section>\n");
}

fn block(html: &mut Markup, block: &Block) {
    match block {
        Block::Heading(title) => {
            html.raw("<h3>").name(title).raw("</h3>\n");
        }
        Block::Subheading(title) => {
            html.raw("<h4>").name(title).raw("</h4>\n");
        }
        Block::Paragraph(words) => {
            html.raw("<p>").text(words).raw("</p>\n");
        }
        Block::List(items) => {
            html.raw("<ul>\n");
            for item in items {
                html.raw("<li>").text(item).raw("</li>\n");
            }
            html.raw("</ul>\n");
        }
        Block::Table(rows) => table(html, rows),
    }
}

fn table(html: &mut Markup, table: &Table) {
    html.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
    html.attribute("aria-label", &table.header.join(", ")).raw(">\n<table>\n<thead><tr>");
    for name in &table.header {
        html.raw(if *name == "Points" { "<th scope=\"col\" class=\"n\">" } else { "<th scope=\"col\">" });
        html.raw(name).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        html.raw("<tr>");
        for (column, lines) in row.iter().enumerate() {
            cell(html, column == 0, lines);
        }
        html.raw("</tr>\n");
    }
    html.raw("</tbody>\n</table>\n</div>\n");
}

fn cell(html: &mut Markup, is_head: bool, lines: &Cell) {
    let is_number = lines.iter().any(|(tone, _)| *tone == Tone::Number);
    html.raw(match (is_head, is_number) {
        (true, _) => "<th scope=\"row\">",
        (false, true) => "<td class=\"n\">",
        (false, false) => "<td>",
    });
    for (index, (tone, text)) in lines.iter().enumerate() {
        if index > 0 {
            html.raw("<br>");
        }
        match tone {
            Tone::Strong => html.raw("<b>").name(text).raw("</b>"),
            Tone::Faint => html.raw("<small>").text(text).raw("</small>"),
            Tone::Number if text.starts_with('-') && !text.contains('+') => {
                html.raw("<span class=\"costs\">").text(text).raw("</span>")
            }
            Tone::Plain | Tone::Number => html.text(text),
        };
    }
    html.raw(if is_head { "</th>" } else { "</td>" });
}

fn signatures(html: &mut Markup, document: &Document) {
    html.raw("<section id=\"agreed\" aria-labelledby=\"agreed-h\">\n<h2 id=\"agreed-h\">Agreed</h2>\n");
    html.raw("<p>This document describes version <code>")
        .text(&document.fingerprint)
        .raw("</code> of the rules.</p>\n");
    html.raw("<div class=\"sign\">\n");
    for party in PARTIES {
        html.raw("<div>\n<h3>").raw(party).raw("</h3>\n");
        for line in SIGNED_WITH {
            html.raw("<p><span>").raw(line).raw("</span></p>\n");
        }
        html.raw("</div>\n");
    }
    html.raw("</div>\n</section>\n");
}
