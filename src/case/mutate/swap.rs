//! Two neighbouring stages swapped, with everything that names a stage by its number.

use crate::rulebook::Rulebook;
use crate::rulebook::expr::Expr;

/// The stages that can change places with the next: what a stage names must stay before it, and the first stays first.
pub(super) fn swappable(rulebook: &Rulebook) -> Vec<usize> {
    let names = |later: usize, earlier: usize| {
        let stage = &rulebook.stages[later];
        let conditions = [&stage.when, &stage.keep_when, &stage.recycle_when].into_iter().flatten();
        stage.after.contains(&earlier) || conditions.into_iter().any(|when| asks_for(when, earlier))
    };
    (1..rulebook.stages.len().saturating_sub(1)).filter(|first| !names(first + 1, *first)).collect()
}

/// Swaps a stage with the next.
pub(super) fn swap(rulebook: &mut Rulebook, first: usize) {
    let second = first + 1;
    let swapped = |stage: usize| match stage {
        stage if stage == first => second,
        stage if stage == second => first,
        stage => stage,
    };
    rulebook.stages.swap(first, second);
    for stage in &mut rulebook.stages {
        stage.after.iter_mut().for_each(|after| *after = swapped(*after));
        for when in [&mut stage.when, &mut stage.keep_when, &mut stage.recycle_when].into_iter().flatten() {
            rename(when, &swapped);
        }
    }
    for when in rulebook.priorities.iter_mut().filter_map(|priority| priority.when.as_mut()) {
        rename(when, &swapped);
    }
}

fn asks_for(expr: &Expr, stage: usize) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) | Expr::AtLeast(_, parts) => parts.iter().any(|part| asks_for(part, stage)),
        Expr::Not(inner) => asks_for(inner, stage),
        Expr::Stage(named) => *named == stage,
        _ => false,
    }
}

fn rename(expr: &mut Expr, new: &impl Fn(usize) -> usize) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) | Expr::AtLeast(_, parts) => {
            for part in parts {
                rename(part, new);
            }
        }
        Expr::Not(inner) => rename(inner, new),
        Expr::Stage(stage) => *stage = new(*stage),
        _ => {}
    }
}
