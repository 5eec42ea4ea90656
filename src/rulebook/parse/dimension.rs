//! Dimensions, their groups and criteria.

use super::Decoder;
use super::blame::noun;
use super::keys::Keys;
use super::scope::{Scope, Spot};
use super::selection::joined;
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::expr::{FieldRef, Worth};
use crate::rulebook::keys::{CRITERION, DIMENSION, GROUP};
use crate::rulebook::kind::KINDS;
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::rulebook::{Criterion, Dimension, Group};
use crate::value::Number;

impl Decoder<'_> {
    /// `dimensions:`
    pub(crate) fn dimensions(&mut self, node: &YamlNode) {
        for (name, span, value) in self.declared(node, "`dimensions`", noun::SCORE) {
            if self.taken_columns().any(|column| column == name) {
                let message = format!("`{name}` can't be a dimension: it is a column of scored.csv");
                self.wrong("LS007", span, message);
            }
            self.dimension(name, span, value);
        }
    }

    fn dimension(&mut self, name: &str, span: Span, node: &YamlNode) {
        let index = self.dimensions.len();
        let Some(mut keys) = self.keys(node, &DIMENSION) else {
            self.blame_name(noun::SCORE, name);
            return;
        };
        let limits = self.limits(&mut keys);
        let weight = keys.take("weight").and_then(|node| self.weight(node));
        let in_total = self.switch(&mut keys, "in_total", true);
        let fade = self.fade(&mut keys);
        let since = self.since_here(&mut keys, &[]);
        let weight = weight.unwrap_or_else(|| Number::from_micros(1_000_000));
        let place = keys.place().narrowed(span);
        let (name_of, groups) = (name.to_owned(), Vec::new());
        self.dimensions.push(Dimension { name: name_of, place, limits, weight, in_total, fade, groups });
        let own = keys.take("criteria");
        if let Some(node) = own {
            self.criteria(node, index, None, &since);
        }
        if let Some(groups) = keys.take("groups") {
            if !matches!(groups.kind, YamlKind::Map(_)) {
                self.blame_name(noun::SCORE, name);
            }
            for (name, span, node) in self.named(groups, "`groups`") {
                self.group(index, name, span, node, &since);
            }
        } else if keys.has_near(&["groups"]) {
            self.blame_name(noun::SCORE, name);
        } else if own.is_none() {
            let found =
                Diagnostic::error("LS003", span, format!("the dimension `{name}` has neither `criteria` nor `groups`"));
            self.report_unless(keys.has_stray(), found);
        }
        self.finish(&keys);
    }

    fn group(&mut self, dimension: usize, name: &str, span: Span, node: &YamlNode, since: &[FieldRef]) {
        let Some(mut keys) = self.keys(node, &GROUP) else {
            let dimension = self.dimensions[dimension].name.clone();
            self.blame_name(noun::SCORE, &format!("{dimension}.{name}"));
            return;
        };
        let limits = self.limits(&mut keys);
        let fade = self.fade(&mut keys);
        let since = self.since_here(&mut keys, since);
        let groups = &mut self.dimensions[dimension].groups;
        groups.push(Group { name: name.to_owned(), place: keys.place().narrowed(span), fade, limits });
        let index = groups.len() - 1;
        if let Some(node) = self.required(&mut keys, "criteria") {
            self.criteria(node, dimension, Some(index), &since);
        }
        self.finish(&keys);
    }

    fn since_here(&mut self, keys: &mut Keys<'_>, inherited: &[FieldRef]) -> Vec<FieldRef> {
        let own = keys.take("since").map(|node| self.since(node)).unwrap_or_default();
        joined(inherited, own)
    }

    fn weight(&mut self, node: &YamlNode) -> Option<Number> {
        let weight = self.number(node, "a weight")?;
        if weight.micros() < 0 || weight.micros() > 1_000_000_000 {
            self.wrong("LS005", node.span, "a weight must be between 0 and 1000")
                .help("to take points away, write negative `points`, not a negative weight");
            return None;
        }
        Some(weight)
    }

    fn criteria(&mut self, node: &YamlNode, dimension: usize, group: Option<usize>, since: &[FieldRef]) {
        for item in self.list(node, "`criteria`") {
            if self.criterion(item, dimension, group, since).is_none() {
                self.report_unless(true, Diagnostic::error("LS004", item.span, "this criterion can't be read"));
            }
        }
    }

    fn criterion(&mut self, node: &YamlNode, dimension: usize, group: Option<usize>, since: &[FieldRef]) -> Option<()> {
        self.mapping(node, &CRITERION, |this, keys| {
            let id = this.required(keys, "id").and_then(|node| Some((this.filled_text(node, "an id")?, node.span)));
            if let Some((id, span)) = id {
                this.once("criterion id", id, span);
            }
            let label = this.note(keys, "label");
            let note = this.note(keys, "note");
            let enabled = this.switch(keys, "enabled", true);
            let scope = Scope { place: Spot::Criterion, since: since.to_vec(), counts_as_missing: enabled };
            let only_if = this.part(keys, "only_if", |this, node| this.condition(node, &scope));
            let worth = this.worth(keys, &scope);
            let (id, span) = id?;
            let (only_if, worth, id, place) = (only_if?, worth?, id.to_owned(), keys.place().narrowed(span));
            this.criteria.push(Criterion { id, place, label, note, dimension, group, only_if, enabled, worth });
            Some(())
        })
    }

    /// A text for people.
    pub(crate) fn note(&mut self, keys: &mut Keys<'_>, key: &'static str) -> Option<String> {
        keys.take(key).and_then(|node| self.filled_text(node, key)).map(str::to_owned)
    }

    fn worth(&mut self, keys: &mut Keys<'_>, scope: &Scope) -> Option<Worth> {
        let form = keys.form();
        let kind = KINDS.iter().find(|kind| kind.shapes.iter().any(|shape| shape.name() == form))?;
        (kind.lower)(self, keys, scope).filter(|_| !keys.is_mixed())
    }
}
