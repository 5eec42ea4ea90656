//! A change as one page; the last page that is not yet a document.

mod chart;
mod diff;
mod markup;
mod table;

pub use diff::diff_html;

use markup::Markup;

/// What the browser is allowed to do: to use the style that stands in the page, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Everything before the body: what the page is called, and its style with what one kind of page adds to it.
fn head(html: &mut Markup, what: &'static str, title: &str, more_style: &'static str) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\"").attribute("content", POLICY).raw(">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw("<meta name=\"robots\" content=\"noindex\">\n<title>").raw(what).text(title).raw("</title>\n");
    html.raw("<style>\n").raw(include_str!("style.css")).raw(more_style).raw("</style>\n</head>\n");
}
