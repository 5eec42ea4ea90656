//! `expect:` → checks: any column of a scored lead as a value or with operators, and which criteria fire.

use super::read::Reader;
use super::{Check, Column, Expectation, Subject};
use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::DISQUALIFIED;
use crate::rulebook::expr::{Order, ScoreRef};
use crate::rulebook::keys::{EXPECTATION, STAGE_EXPECTATION, TEXT_EXPECTATION};
use crate::rulebook::yaml::{Kind, Node};
use crate::score::Step;

/// The operators that know an order.
const ORDERS: [(&str, Order); 4] =
    [("gt", Order::Greater), ("gte", Order::AtLeast), ("lt", Order::Less), ("lte", Order::AtMost)];

/// What reads a single value of an expectation.
type ReadOne<T> = dyn Fn(&mut Reader<'_, '_, '_>, &Node) -> Option<T>;

impl<'n> Reader<'_, '_, 'n> {
    /// What is expected of a lead.
    pub(super) fn expectations(&mut self, node: &'n Node) -> Vec<Expectation> {
        let mut expected = Vec::new();
        for (key, span, value) in self.decoder.entries(node, "what is expected") {
            match key {
                "fired" => self.fired(value, &mut expected),
                "not_fired" => {
                    for (id, span) in self.decoder.texts_or_none(value, "a criterion") {
                        let criterion = self.criterion(id, span);
                        expected.extend(criterion.map(|subject| self.expectation(subject, Check::NotFired, span)));
                    }
                }
                _ => {
                    let Some(subject) = self.subject(key, span) else { continue };
                    let check = self.check(subject, value);
                    let span = Span::new(span.start, value.span.end.max(span.end));
                    expected.extend(check.map(|check| self.expectation(subject, check, span)));
                }
            }
        }
        expected
    }

    fn expectation(&self, subject: Subject, check: Check, span: Span) -> Expectation {
        Expectation { subject, check, span, line: self.line(span) }
    }

    /// `fired: [a, b]`, or `fired: { a: 80, b: { gte: 5 } }`.
    fn fired(&mut self, node: &'n Node, expected: &mut Vec<Expectation>) {
        if let Kind::Map(_) = node.kind {
            for (id, span, value) in self.decoder.entries(node, "`fired`") {
                let Some(subject) = self.criterion(id, span) else { continue };
                let check = self.check(subject, value);
                let span = Span::new(span.start, value.span.end.max(span.end));
                expected.extend(check.map(|check| self.expectation(subject, check, span)));
            }
            return;
        }
        for (id, span) in self.decoder.texts_or_none(node, "a criterion") {
            let criterion = self.criterion(id, span);
            expected.extend(criterion.map(|subject| self.expectation(subject, Check::Fired, span)));
        }
    }

    fn criterion(&mut self, id: &str, span: Span) -> Option<Subject> {
        let ids: Vec<String> = self.rulebook.criteria.iter().map(|criterion| criterion.id.clone()).collect();
        self.decoder.index_of(id, span, "criterion", &ids).map(Subject::Criterion)
    }

    /// A column, a dimension or a group by its name.
    fn subject(&mut self, key: &str, span: Span) -> Option<Subject> {
        let known = self.subjects();
        let found = known.iter().find(|(name, _)| name == key).map(|(_, subject)| *subject);
        if found.is_none() {
            let names = known.iter().map(|(name, _)| name.as_str()).chain(["fired", "not_fired"]);
            let names: Vec<&str> = names.collect();
            self.decoder.unknown(key, span, "result of a lead", names);
        }
        found
    }

    /// Everything that can be expected something of.
    fn subjects(&self) -> Vec<(String, Subject)> {
        let rulebook = self.rulebook;
        let mut known = vec![("total".to_owned(), Subject::Score(ScoreRef::Total))];
        for (index, dimension) in rulebook.dimensions.iter().enumerate() {
            known.push((dimension.name.clone(), Subject::Score(ScoreRef::Dimension(index))));
            let group = |(number, group): (usize, &crate::rulebook::Group)| {
                let name = format!("{}.{}", dimension.name, group.name);
                (name, Subject::Score(ScoreRef::Group(index, number)))
            };
            known.extend(dimension.groups.iter().enumerate().map(group));
        }
        let has = |column: &Column| match column {
            Column::Grade => rulebook.grade.is_some(),
            Column::Priority | Column::Action => !rulebook.priorities.is_empty(),
            _ => true,
        };
        let columns = Column::ALL.into_iter().filter(has);
        known.extend(columns.map(|column| (column.name().to_owned(), Subject::Column(column))));
        known.push(("missing".to_owned(), Subject::Missing));
        known.push(("events".to_owned(), Subject::Events));
        known
    }

    fn check(&mut self, subject: Subject, node: &'n Node) -> Option<Check> {
        match subject {
            Subject::Score(_) | Subject::Criterion(_) | Subject::Events => self.number_check(node),
            Subject::Column(column) => self.text_check(column, node),
            Subject::Missing => {
                let known: Vec<String> = self.rulebook.fields.iter().map(|field| field.name.clone()).collect();
                let fields = self.decoder.texts_or_none(node, "a field");
                let fields: Vec<(&str, Span)> = fields.into_iter().filter(|(text, _)| *text != "false").collect();
                let named = |(name, span): (&str, Span)| {
                    self.decoder.index_of(name, span, "field of leads", &known).map(|_| name.to_owned())
                };
                fields.into_iter().map(named).collect::<Option<_>>().map(Check::Fields)
            }
        }
    }

    fn number_check(&mut self, node: &'n Node) -> Option<Check> {
        let read: &ReadOne<Points> = &|reader, node| reader.decoder.points(node, "a number of points");
        if !matches!(node.kind, Kind::Map(_)) {
            return read(self, node).map(|points| Check::Numbers(vec![points]));
        }
        let mut keys = self.decoder.keys(node, &EXPECTATION)?;
        let mut checks = Vec::new();
        for (key, is_negated) in [("is", false), ("in", false), ("is_not", true), ("not_in", true)] {
            let Some(node) = keys.take(key) else { continue };
            let points = self.several(node, read);
            checks.push(points.map(if is_negated { Check::NotNumbers } else { Check::Numbers }));
        }
        for (key, order) in ORDERS {
            let Some(node) = keys.take(key) else { continue };
            checks.push(read(self, node).map(|points| Check::Order(order, points)));
        }
        self.decoder.finish(&keys);
        let is_stray = keys.has_stray();
        self.together(node, checks, is_stray)
    }

    fn text_check(&mut self, column: Column, node: &'n Node) -> Option<Check> {
        let known = self.texts_of(column);
        let read = move |reader: &mut Reader<'_, '_, '_>, node: &Node| reader.column_text(column, &known, node);
        if !matches!(node.kind, Kind::Map(_)) {
            if column == Column::Disqualified && is_word(node, "true") {
                return Some(Check::Filled);
            }
            return read(self, node).map(|text| Check::Texts(vec![text]));
        }
        let place = if column == Column::Stage { &STAGE_EXPECTATION } else { &TEXT_EXPECTATION };
        let mut keys = self.decoder.keys(node, place)?;
        let mut checks = Vec::new();
        for (key, is_negated) in [("is", false), ("in", false), ("is_not", true), ("not_in", true)] {
            let Some(node) = keys.take(key) else { continue };
            let texts = self.several(node, &read);
            checks.push(texts.map(if is_negated { Check::NotTexts } else { Check::Texts }));
        }
        if column == Column::Stage {
            for (key, order) in ORDERS {
                let Some(node) = keys.take(key) else { continue };
                checks.push(self.stage_name(node).map(|stage| Check::StageOrder(order, stage)));
            }
        }
        self.decoder.finish(&keys);
        let is_stray = keys.has_stray();
        self.together(node, checks, is_stray)
    }

    /// One value or a list of them.
    fn several<T>(&mut self, node: &Node, read: &ReadOne<T>) -> Option<Vec<T>> {
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        nodes.iter().map(|node| read(self, node)).collect()
    }

    fn together(&mut self, node: &Node, checks: Vec<Option<Check>>, is_stray: bool) -> Option<Check> {
        if checks.is_empty() && !is_stray {
            let found = crate::diagnostic::Diagnostic::error("LS003", node.span, "an expectation without an operator");
            self.decoder.report(found.with_help("for example `{ gte: 100 }`"));
        }
        let mut checks: Vec<Check> = checks.into_iter().collect::<Option<_>>()?;
        match checks.len() {
            0 => None,
            1 => checks.pop(),
            _ => Some(Check::All(checks)),
        }
    }

    /// The text of a column; `false` or nothing stands for an empty cell.
    fn column_text(&mut self, column: Column, known: &[String], node: &Node) -> Option<String> {
        if node.kind == Kind::Null || is_word(node, "false") {
            return Some(String::new());
        }
        let text = self.decoder.text(node, column.name())?;
        if !text.is_empty() && !known.is_empty() {
            let what = if column == Column::CrmStage { "stage" } else { column.name() };
            let what = if column == Column::Disqualified { "reason to disqualify" } else { what };
            self.decoder.index_of(text, node.span, what, known)?;
        }
        Some(text.to_owned())
    }

    /// The texts that a column can hold; none where any can.
    fn texts_of(&self, column: Column) -> Vec<String> {
        let rulebook = self.rulebook;
        let stages = || rulebook.stages.iter().map(|stage| stage.name.clone());
        match column {
            Column::Stage => stages().chain([DISQUALIFIED.to_owned()]).collect(),
            Column::CrmStage => stages().collect(),
            Column::Grade => rulebook.grade.as_ref().map(crate::rulebook::Grade::all).unwrap_or_default(),
            Column::Disqualified => rulebook.disqualifiers.iter().map(|found| found.reason.clone()).collect(),
            Column::Priority => rulebook.priorities.iter().map(|priority| priority.name.clone()).collect(),
            Column::Action => rulebook.priorities.iter().filter_map(|priority| priority.action.clone()).collect(),
            Column::Step => [Step::HandOver, Step::Recycle].map(|step| step.name().to_owned()).to_vec(),
            Column::Why | Column::LastEvent => Vec::new(),
        }
    }
}

fn is_word(node: &Node, word: &str) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if !scalar.quoted && scalar.text == word)
}
