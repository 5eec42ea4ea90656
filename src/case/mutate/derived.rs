//! Where derived fields can be changed: their texts, the boundaries of bands, and which events they look at.

use super::change::Site;
use super::walk::{PlaceContext, Walker};
use crate::diagnostic::Span;
use crate::rulebook::derived::{Banded, Derivation, DerivedSpot, Mapped, Rest};
use crate::rulebook::{Place, Rulebook, Side};
use crate::value::fold;

impl Walker<'_, '_> {
    /// Goes to every place of some derived fields.
    pub(super) fn derived(&mut self, rulebook: &mut Rulebook, spots: &[DerivedSpot]) {
        for &spot in spots {
            let (of, own) = (format!("field {}", spot.name(rulebook)), spot.span(rulebook));
            let (side, from) = match spot {
                DerivedSpot::Lead(field) => (Side::Lead, &mut rulebook.fields[field].from),
                DerivedSpot::Event(source, field) => {
                    let fields = &mut rulebook.sources[source].fields;
                    let Some((_, from)) = fields.iter_mut().find(|(known, _)| *known == field) else { continue };
                    (Side::Event, from)
                }
            };
            let context = PlaceContext { side, ..PlaceContext::new(&of, &Place::words(own)) };
            match from.derivation_mut() {
                Some(Derivation::Map(mapped)) => self.map(mapped, own, &context),
                Some(Derivation::Bands(banded)) => self.bands(banded, &context),
                Some(Derivation::OfEvents(tally)) => self.tally(tally, &context),
                _ => {}
            }
        }
    }

    fn map(&mut self, mapped: &mut Mapped, own: Span, context: &PlaceContext<'_>) {
        let spans: Vec<Span> = (0..mapped.targets.len()).map(|at| mapped.span_of(at).unwrap_or(own)).collect();
        for (target, span) in spans.into_iter().enumerate() {
            (self.visit)(Site::Entry(mapped, target), &context.at(&Place::words(span)));
        }
        self.rest(&mut mapped.rest, context);
    }

    fn bands(&mut self, banded: &mut Banded, context: &PlaceContext<'_>) {
        let texts: Vec<String> = banded.bands.iter().map(|band| band.then.clone()).collect();
        let others = others(&texts, &banded.rest);
        for (band, other) in banded.bands.iter_mut().zip(others) {
            let here = context.at(&band.place);
            if let Some(other) = other {
                (self.visit)(Site::Text(&mut band.then, other), &here.key("then"));
            }
            self.condition(&mut band.when, &here);
        }
        self.rest(&mut banded.rest, context);
    }

    fn rest(&mut self, rest: &mut Rest, context: &PlaceContext<'_>) {
        (self.visit)(Site::Rest(&mut rest.otherwise), &context.key("otherwise"));
        (self.visit)(Site::Rest(&mut rest.unknown), &context.key("unknown"));
    }
}

/// For each text of bands the next one that is another; none where there is none.
fn others(texts: &[String], rest: &Rest) -> Vec<Option<String>> {
    let all: Vec<&String> = texts.iter().chain(&rest.otherwise).chain(&rest.unknown).collect();
    let other = |at: usize| {
        let mut next = (1..all.len()).map(|step| all[(at + step) % all.len()]);
        next.find(|other| fold(other) != fold(&texts[at])).cloned()
    };
    (0..texts.len()).map(other).collect()
}
