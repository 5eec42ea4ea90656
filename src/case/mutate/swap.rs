//! Two neighbouring stages swapped, with everything that names a stage by its number.

use crate::rulebook::{Rulebook, read, rewrite};

/// The stages that can change places with the next: what a stage names must stay before it, and the first stays first.
pub(super) fn swappable(rulebook: &Rulebook) -> Vec<usize> {
    let names = |later: usize, earlier: usize| {
        let read = rulebook.stages[later].references();
        read.into_iter().any(|read| matches!(read, read::Ref::Stage(stage) if *stage == earlier))
    };
    (1..rulebook.stages.len().saturating_sub(1)).filter(|first| !names(first + 1, *first)).collect()
}

/// Swaps a stage with the next.
pub(super) fn swap(rulebook: &mut Rulebook, first: usize) {
    let second = first + 1;
    rulebook.stages.swap(first, second);
    let mut swapped = |named: rewrite::Ref<'_>| match named {
        rewrite::Ref::Stage(stage) if *stage == first => *stage = second,
        rewrite::Ref::Stage(stage) if *stage == second => *stage = first,
        _ => {}
    };
    rulebook.stages.iter_mut().for_each(|stage| stage.rewrite(&mut swapped));
    rulebook.priorities.iter_mut().filter_map(|one| one.when.as_mut()).for_each(|when| when.rewrite(&mut swapped));
}
