//! The page being written: sections, definitions, charts with their captions. Knows the order of nothing.

use super::chart::About;
use super::markup::Markup;
use super::table::Table;
use crate::funnel::report::Report;

/// The page being written.
pub(super) struct Page<'r> {
    /// What it is about.
    pub(super) report: &'r Report,
    /// What is written.
    pub(super) body: Markup,
    n_charts: usize,
}

impl<'r> Page<'r> {
    /// An empty page.
    pub(super) fn new(report: &'r Report) -> Self {
        Self { report, body: Markup::new(), n_charts: 0 }
    }

    /// A section with its heading and what `content` writes.
    pub(super) fn section(&mut self, id: &'static str, title: &'static str, content: impl FnOnce(&mut Self)) {
        self.body.raw("<section id=\"").raw(id).raw("\" aria-labelledby=\"").raw(id).raw("-h\">\n<h2 id=\"");
        self.body.raw(id).raw("-h\">").raw(title).raw("</h2>\n");
        content(self);
        self.body.raw("</section>\n");
    }

    /// A heading within a section.
    pub(super) fn heading(&mut self, title: &str) {
        self.body.raw("<h3>").name(title).raw("</h3>\n");
    }

    /// The definitions with these keys, where the report has them.
    pub(super) fn definitions(&mut self, keys: &[&str]) {
        for definition in self.report.definitions.iter().filter(|definition| keys.contains(&definition.key)) {
            self.body.raw("<p class=\"definition\"><b>").text(definition.title).raw(".</b> ");
            self.body.prose(definition.text).raw("</p>\n");
        }
    }

    /// A sentence or two of ours.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.body.raw("<p>").prose(text).raw("</p>\n");
    }

    /// A remark.
    pub(super) fn remark(&mut self, text: &str) {
        self.body.raw("<p class=\"small\">").prose(text).raw("</p>\n");
    }

    /// What a reader should mind.
    pub(super) fn note(&mut self, text: &str) {
        self.body.raw("<p class=\"note\">").prose(text).raw("</p>\n");
    }

    /// A chart below what it is called and how it is read.
    pub(super) fn chart(&mut self, title: &str, reading: &str, draw: impl FnOnce(&About) -> Markup) {
        self.n_charts += 1;
        let about = About {
            id: format!("chart-{}", self.n_charts),
            title: title.to_owned(),
            description: format!("{reading} The numbers stand in the table below it."),
        };
        self.body.raw("<figure>\n<figcaption><b>").text(title).raw(".</b> ").text(reading).raw("</figcaption>\n");
        self.body.add(&draw(&about)).raw("</figure>\n");
    }

    /// A table that is always seen.
    pub(super) fn table(&mut self, table: &Table) {
        table.write(&mut self.body);
    }

    /// A table of a chart's numbers, to be opened.
    pub(super) fn numbers(&mut self, table: &Table) {
        table.write_folded(&mut self.body);
    }
}
