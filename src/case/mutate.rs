//! Which changes of a rulebook does no case notice? Changes one thing at a time in memory and asks the cases.
//!
//! A change is a number moved by one step, a condition dropped or negated, an entry of a map dropped, the text of a band
//! taken for another one's, or two neighbouring stages swapped. What no lead could tell apart is left out where that is cheap to know.

mod change;
mod derived;
mod swap;
mod walk;

use super::{Case, passes};
use crate::diagnostic::Span;
use crate::rulebook::Rulebook;
use change::{Site, change, changes};
use rayon::prelude::*;
use walk::{PlaceContext, walk};

/// A change of a rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What it changes: `criterion demo-request: points 45 → 46`.
    pub what: String,
    /// Where that stands in the rulebook.
    pub span: Span,
    recipe: Recipe,
}

/// How a mutant is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recipe {
    /// The change of that number at the place of that number, in the order of the walk.
    Change { site: usize, variant: usize },
    /// That stage and the next.
    Swap(usize),
}

/// A change that no case notices.
pub(crate) type Survivor = Mutant;

/// How many neighbouring mutants try first the case that noticed the one before.
const NEIGHBOURS: usize = 8;

/// Every change of a rulebook, whose text is `text`, in the order of the file.
#[must_use]
pub fn mutants(rulebook: &Rulebook, text: &str) -> Vec<Mutant> {
    let source = RulebookText { rulebook, text };
    let mut copy = rulebook.clone();
    let mut found = Vec::new();
    let mut site = 0;
    walk(&mut copy, &mut |at: Site<'_>, context: &PlaceContext<'_>| {
        if let Some(span) = context.span() {
            for (variant, what) in changes(&at, context, &source).into_iter().enumerate() {
                found.push(Mutant { what, span, recipe: Recipe::Change { site, variant } });
            }
        }
        site += 1;
    });
    for stage in swap::swappable(rulebook) {
        let (first, second) = (&rulebook.stages[stage], &rulebook.stages[stage + 1]);
        let what = format!("stages {} and {} swapped", first.name, second.name);
        found.push(Mutant { what, span: second.place.span, recipe: Recipe::Swap(stage) });
    }
    found.sort_by_key(|mutant| mutant.span.start);
    found
}

impl Mutant {
    /// The changed rulebook.
    #[must_use]
    pub fn of(&self, rulebook: &Rulebook) -> Rulebook {
        let mut copy = rulebook.clone();
        match self.recipe {
            Recipe::Swap(stage) => swap::swap(&mut copy, stage),
            Recipe::Change { site: wanted, variant } => {
                let mut site = 0;
                walk(&mut copy, &mut |at: Site<'_>, _: &PlaceContext<'_>| {
                    if site == wanted {
                        change(at, variant);
                    }
                    site += 1;
                });
            }
        }
        copy
    }
}

/// The changes that no case notices, in the order given. The cases must pass under the rulebook as it is.
#[must_use]
pub fn survivors(rulebook: &Rulebook, mutants: &[Mutant], cases: &[&Case]) -> Vec<Survivor> {
    let surviving = mutants.par_chunks(NEIGHBOURS).flat_map_iter(|chunk| {
        let mut likeliest = 0;
        let mut surviving = Vec::new();
        for mutant in chunk {
            let changed = mutant.of(rulebook);
            if cases.get(likeliest).is_some_and(|case| !passes(case, &changed)) {
                continue;
            }
            match cases.iter().position(|case| !passes(case, &changed)) {
                Some(noticed) => likeliest = noticed,
                None => surviving.push(mutant.clone()),
            }
        }
        surviving
    });
    surviving.collect()
}

/// The rulebook with its text, to show what is changed as it is written.
struct RulebookText<'t> {
    rulebook: &'t Rulebook,
    text: &'t str,
}

impl RulebookText<'_> {
    /// A place as it is written, if that is short and says this number: `gte: 10`.
    fn saying(&self, at: Span, number: &str) -> Option<&str> {
        let written = self.text.get(at.start..at.end)?.trim();
        let is_short = written.len() <= 40 && !written.contains('\n');
        (is_short && written != number && written.contains(number)).then_some(written)
    }

    /// A place as it is written, on one line.
    fn written(&self, at: Span) -> String {
        let text = self.text.get(at.start..at.end).unwrap_or_default();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= 80 { line } else { line.chars().take(79).collect::<String>() + "…" }
    }
}
