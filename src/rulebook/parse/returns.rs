//! `returns`, and the moments in a lead's life: date fields and events.

use super::Decoder;
use super::keys::Keys;
use super::scope::{Scope, Spot, inside_where};
use crate::diagnostic::Span;
use crate::rulebook::derived::{Derivation, LatestReturn};
use crate::rulebook::expr::{FieldRef, Measure, Tally};
use crate::rulebook::keys::{MOMENT, RETURNS};
use crate::rulebook::measure::LeadMoment;
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::rulebook::{Field, Origin, Place, Returns, Stage, ValueFrom};
use crate::value::{Part, Type, trim};

impl Decoder<'_> {
    /// `returns:`
    pub(crate) fn returns(&mut self, node: &YamlNode) -> Option<Returns> {
        let mut declared = self.fields.iter().enumerate().filter(|(at, _)| self.latest_return != Some(*at));
        if let Some((_, field)) = declared.find(|(_, field)| field.name == "returns") {
            let message = "a field of leads can't be called `returns`, because this rulebook has `returns`";
            let span = field.span;
            self.wrong("LS007", span, message).help("give the field another name, for example `returned_at`");
        }
        self.mapping(node, &RETURNS, |this, keys| {
            let (reason, event_reason) = keys.take("reason").map(|node| this.reason(node)).unwrap_or_default();
            let at = this.required(keys, "at").and_then(|node| this.moments(node, "`at`", event_reason));
            Some(Returns { at: at?, reason, event_reason, place: Place::of(node) })
        })
    }

    /// The field that says why: of leads, of events, or both, each for the returns that it can tell of.
    fn reason(&mut self, node: &YamlNode) -> (Option<FieldRef>, Option<FieldRef>) {
        let Some(name) = self.filled_text(node, "a field") else { return (None, None) };
        let base = name.split('.').next().unwrap_or(name);
        let of_event = self.event_fields.iter().any(|field| field.name == base);
        let of_lead = self.fields.iter().any(|field| field.name == base);
        let event_reason = if of_event { self.field_named(name, node.span, &inside_where()) } else { None };
        let scope = Scope::new(Spot::Report, false);
        let reason = if of_lead || !of_event { self.field_named(name, node.span, &scope) } else { None };
        (reason, event_reason)
    }

    /// A moment in a lead's life, or a list of them.
    pub(crate) fn moments(&mut self, node: &YamlNode, what: &str, reason: Option<FieldRef>) -> Option<Vec<LeadMoment>> {
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        if nodes.is_empty() {
            self.wrong("LS005", node.span, format!("{what} is an empty list"));
            return None;
        }
        nodes.iter().map(|node| self.moment_with(node, what, reason)).collect::<Vec<_>>().into_iter().collect()
    }

    /// A moment in a lead's life: a date field or an event.
    pub(crate) fn moment(&mut self, node: &YamlNode, what: &str) -> Option<LeadMoment> {
        self.moment_with(node, what, None)
    }

    fn moment_with(&mut self, node: &YamlNode, what: &str, reason: Option<FieldRef>) -> Option<LeadMoment> {
        if !matches!(node.kind, YamlKind::Map(_)) {
            return self.date_field(node, what).map(LeadMoment::Field);
        }
        if let Some(when) = condition(node) {
            let help = match what {
                "`entered`" => {
                    "a condition is not in a list: `entered: { when: …, at: … }`, with the date field that says when"
                }
                _ => "name date fields and events",
            };
            self.wrong("LS010", when, format!("{what} can't have a condition here")).help(help);
            return None;
        }
        self.mapping(node, &MOMENT, |this, keys| this.events_of_moment(keys, reason).map(LeadMoment::Event))
    }

    /// The tally of some events: of the earliest, and where leads come back of all.
    pub(crate) fn events_of_moment(&mut self, keys: &mut Keys<'_>, reason: Option<FieldRef>) -> Option<usize> {
        let select = self.occasion(keys)?;
        let measure = if self.has_returns { Measure::Moments { reason } } else { Measure::Earliest };
        Some(self.tally(Tally { select, measure }))
    }

    /// `since: returns`: the latest return of the lead, which is a field that no rulebook declares. None where the node says
    /// something else.
    pub(crate) fn since_returns(&mut self, node: &YamlNode) -> Option<FieldRef> {
        let YamlKind::Scalar(scalar) = &node.kind else { return None };
        if !self.has_returns || trim(&scalar.text) != "returns" {
            return None;
        }
        let field = self.latest_return.unwrap_or_else(|| {
            let empty = LatestReturn { at: Vec::new(), last: None, zone: self.zone.clone() };
            self.fields.push(Field {
                name: "returns".to_owned(),
                kind: Type::Date,
                is_set: false,
                origin: Origin::Leads,
                from: ValueFrom::Derived { derivation: Box::new(Derivation::LatestReturn(empty)), phone: None },
                span: node.span,
            });
            self.missing_fields.push(false);
            self.fields.len() - 1
        });
        self.latest_return = Some(field);
        let slot = (field, Part::Whole);
        let slot = self.lead_slots.iter().position(|known| *known == slot).unwrap_or_else(|| {
            self.lead_slots.push(slot);
            self.lead_slots.len() - 1
        });
        Some(FieldRef { field, part: Part::Whole, slot })
    }

    /// Fills in what `since: returns` is read from, now that the stages are known.
    pub(crate) fn settle_latest_return(&mut self, returns: Option<&Returns>, stages: &[Stage]) {
        let (Some(field), Some(returns)) = (self.latest_return, returns) else { return };
        let last = stages.last().filter(|stage| stage.when.is_none());
        let entered = last.and_then(|stage| stage.entered.clone());
        let latest = LatestReturn { at: returns.at.clone(), last: entered, zone: self.zone.clone() };
        let derivation = Derivation::LatestReturn(latest);
        if self.hangs_on(&derivation, field) {
            let message = "what `returns` or the last stage's `entered` reads can't use `since: returns`";
            let span = self.fields[field].span;
            self.wrong("LS011", span, message)
                .help("first it must be known when a lead was given back; only then can events after that be found");
            return;
        }
        self.fields[field].from = ValueFrom::Derived { derivation: Box::new(derivation), phone: None };
    }

    /// Whether what a field is made of is selected by that field's date.
    fn hangs_on(&self, derivation: &Derivation, field: usize) -> bool {
        let tallies = |derivation: &Derivation| match derivation {
            Derivation::LatestReturn(latest) => latest.tallies(),
            Derivation::OfEvents(tally) => vec![*tally],
            _ => Vec::new(),
        };
        let (mut asked, mut open) = (vec![field], vec![derivation]);
        while let Some(derivation) = open.pop() {
            let selects = |tally: usize| self.tallies[tally].select.since.iter().any(|since| since.field == field);
            if tallies(derivation).into_iter().any(selects) {
                return true;
            }
            for input in derivation.inputs() {
                if !asked.contains(&input.field) {
                    asked.push(input.field);
                    open.extend(self.fields[input.field].derivation());
                }
            }
        }
        false
    }
}

/// Where a condition is written in the place of a moment.
fn condition(node: &YamlNode) -> Option<Span> {
    let YamlKind::Map(entries) = &node.kind else { return None };
    let key = |name: &str| entries.iter().find(|entry| entry.key.text == name).map(|entry| entry.key_span);
    key("when").filter(|_| key("event").is_none())
}
