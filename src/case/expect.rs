//! `expect:` → checks: any column of a scored lead as a value or with operators, and which criteria fire.

use super::read::TestReader;
use super::{CaseSubject, Check, Expectation, TextColumn};
use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::DISQUALIFIED;
use crate::rulebook::expr::{Order, ScoreRef};
use crate::rulebook::keys::{EXPECT, EXPECTATION, Mapping, STAGE_EXPECTATION, TEXT_EXPECTATION, once};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::score::Step;

/// The operators that know an order.
const ORDERS: [(&str, Order); 4] =
    [("gt", Order::Greater), ("gte", Order::AtLeast), ("lt", Order::Less), ("lte", Order::AtMost)];

/// What reads a single value of an expectation.
type ReadOne<T> = dyn Fn(&mut TestReader<'_, '_, '_>, &YamlNode) -> Option<T>;

/// What reads the value of an operator that knows an order.
type ReadOrder<'a, R> = dyn Fn(&mut R, Order, &YamlNode) -> Option<Check> + 'a;

impl<'n> TestReader<'_, '_, 'n> {
    /// What is expected of a lead.
    pub(super) fn expectations(&mut self, node: &'n YamlNode) -> Vec<Expectation> {
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

    fn expectation(&self, subject: CaseSubject, check: Check, span: Span) -> Expectation {
        Expectation { subject, check, span, line: self.line(span) }
    }

    /// `fired: [a, b]`, or `fired: { a: 80, b: { gte: 5 } }`.
    fn fired(&mut self, node: &'n YamlNode, expected: &mut Vec<Expectation>) {
        if let YamlKind::Map(_) = node.kind {
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

    fn criterion(&mut self, id: &str, span: Span) -> Option<CaseSubject> {
        let ids: Vec<String> = self.rulebook.criteria.iter().map(|criterion| criterion.id.clone()).collect();
        self.decoder.index_of(id, span, "criterion", &ids).map(CaseSubject::Criterion)
    }

    /// A column, a dimension or a group by its name.
    fn subject(&mut self, key: &str, span: Span) -> Option<CaseSubject> {
        let known = self.subjects();
        let found = known.iter().find(|(name, _)| name == key).map(|(_, subject)| *subject);
        if found.is_none() {
            let names = known.iter().map(|(name, _)| name.as_str()).chain(EXPECT.common_keys().map(|key| key.name));
            self.decoder.unknown(key, span, "result of a lead", once(names));
        }
        found
    }

    /// Everything that can be expected something of.
    fn subjects(&self) -> Vec<(String, CaseSubject)> {
        let rulebook = self.rulebook;
        let mut known = vec![("total".to_owned(), CaseSubject::Score(ScoreRef::Total))];
        for (index, dimension) in rulebook.dimensions.iter().enumerate() {
            known.push((dimension.name.clone(), CaseSubject::Score(ScoreRef::Dimension(index))));
            let group = |(number, group): (usize, &crate::rulebook::Group)| {
                let name = format!("{}.{}", dimension.name, group.name);
                (name, CaseSubject::Score(ScoreRef::Group(index, number)))
            };
            known.extend(dimension.groups.iter().enumerate().map(group));
        }
        let has = |column: &TextColumn| match column {
            TextColumn::Grade => rulebook.grade.is_some(),
            TextColumn::Priority | TextColumn::Action => !rulebook.priorities.is_empty(),
            TextColumn::Returned => rulebook.returns.is_some(),
            _ => true,
        };
        let columns = TextColumn::ALL.into_iter().filter(has);
        known.extend(columns.map(|column| (column.name().to_owned(), CaseSubject::Column(column))));
        known.push(("missing".to_owned(), CaseSubject::Missing));
        known.push(("events".to_owned(), CaseSubject::Events));
        known.extend(rulebook.returns.as_ref().map(|_| ("passes".to_owned(), CaseSubject::Passes)));
        known
    }

    fn check(&mut self, subject: CaseSubject, node: &'n YamlNode) -> Option<Check> {
        match subject {
            CaseSubject::Score(_) | CaseSubject::Criterion(_) | CaseSubject::Events | CaseSubject::Passes => {
                self.number_check(node)
            }
            CaseSubject::Column(column) => self.text_check(column, node),
            CaseSubject::Missing => {
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

    fn number_check(&mut self, node: &'n YamlNode) -> Option<Check> {
        let read: &ReadOne<Points> = &|reader, node| reader.decoder.points(node, "a number of points");
        if !matches!(node.kind, YamlKind::Map(_)) {
            return read(self, node).map(|points| Check::Numbers(vec![points]));
        }
        let order =
            |reader: &mut Self, order, node: &YamlNode| read(reader, node).map(|points| Check::Order(order, points));
        self.operators(node, &EXPECTATION, read, [Check::Numbers, Check::NotNumbers], Some(&order))
    }

    fn text_check(&mut self, column: TextColumn, node: &'n YamlNode) -> Option<Check> {
        let known = self.texts_of(column);
        let read = move |reader: &mut TestReader<'_, '_, '_>, node: &YamlNode| reader.column_text(column, &known, node);
        if !matches!(node.kind, YamlKind::Map(_)) {
            if column == TextColumn::Disqualified && is_word(node, "true") {
                return Some(Check::Filled);
            }
            return read(self, node).map(|text| Check::Texts(vec![text]));
        }
        let checks: [fn(Vec<String>) -> Check; 2] = [Check::Texts, Check::NotTexts];
        let order =
            |reader: &mut Self, order, node: &YamlNode| Some(Check::StageOrder(order, reader.stage_name(node)?));
        if column == TextColumn::Stage {
            self.operators(node, &STAGE_EXPECTATION, &read, checks, Some(&order))
        } else {
            self.operators(node, &TEXT_EXPECTATION, &read, checks, None)
        }
    }

    /// The operators of a mapping, all of which must hold.
    fn operators<T>(
        &mut self,
        node: &'n YamlNode,
        mapping: &'static Mapping,
        read: &ReadOne<T>,
        [equal, unequal]: [fn(Vec<T>) -> Check; 2],
        ordered: Option<&ReadOrder<'_, Self>>,
    ) -> Option<Check> {
        let mut keys = self.decoder.keys(node, mapping)?;
        let mut checks = Vec::new();
        for (key, check) in [("is", equal), ("in", equal), ("is_not", unequal), ("not_in", unequal)] {
            checks.extend(keys.take(key).map(|node| self.several(node, read).map(check)));
        }
        for (key, order) in ORDERS.into_iter().filter(|_| ordered.is_some()) {
            checks.extend(keys.take(key).zip(ordered).map(|(node, ordered)| ordered(self, order, node)));
        }
        self.decoder.finish(&keys);
        if checks.is_empty() && !keys.has_stray() {
            self.decoder
                .wrong("LS003", node.span, "an expectation without an operator")
                .help("for example `{ gte: 100 }`");
        }
        let mut checks: Vec<Check> = checks.into_iter().collect::<Option<_>>()?;
        if checks.len() > 1 { Some(Check::All(checks)) } else { checks.pop() }
    }

    /// One value or a list of them.
    fn several<T>(&mut self, node: &YamlNode, read: &ReadOne<T>) -> Option<Vec<T>> {
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        nodes.iter().map(|node| read(self, node)).collect()
    }

    /// The text of a column; `false` or nothing stands for an empty cell.
    fn column_text(&mut self, column: TextColumn, known: &[String], node: &YamlNode) -> Option<String> {
        if node.kind == YamlKind::Null || is_word(node, "false") {
            return Some(String::new());
        }
        let text = self.decoder.text(node, column.name())?;
        if !text.is_empty() && !known.is_empty() {
            let what = if column == TextColumn::CrmStage { "stage" } else { column.name() };
            let what = if column == TextColumn::Disqualified { "reason to disqualify" } else { what };
            self.decoder.index_of(text, node.span, what, known)?;
        }
        Some(text.to_owned())
    }

    /// The texts that a column can hold; none where any can.
    fn texts_of(&self, column: TextColumn) -> Vec<String> {
        let rulebook = self.rulebook;
        let stages = || rulebook.stages.iter().map(|stage| stage.name.clone());
        match column {
            TextColumn::Stage => stages().chain([DISQUALIFIED.to_owned()]).collect(),
            TextColumn::CrmStage => stages().collect(),
            TextColumn::Grade => rulebook.grade.as_ref().map(crate::rulebook::Grade::all).unwrap_or_default(),
            TextColumn::Disqualified => rulebook.disqualifiers.iter().map(|found| found.reason.clone()).collect(),
            TextColumn::Priority => rulebook.priorities.iter().map(|priority| priority.name.clone()).collect(),
            TextColumn::Action => rulebook.priorities.iter().filter_map(|priority| priority.action.clone()).collect(),
            TextColumn::Step => [Step::HandOver, Step::Recycle].map(|step| step.name().to_owned()).to_vec(),
            TextColumn::Returned | TextColumn::Why | TextColumn::LastEvent => Vec::new(),
        }
    }
}

fn is_word(node: &YamlNode, word: &str) -> bool {
    matches!(&node.kind, YamlKind::Scalar(scalar) if !scalar.quoted && scalar.text == word)
}
