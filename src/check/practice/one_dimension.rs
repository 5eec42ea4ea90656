//! One dimension adds up who leads are and what they do.
//!
//! ## Why
//! A student who reads everything and a director who asked once can have the same number, but need different treatment.
//! With two scores you get a grade such as `A3`, and a stage can ask for both. If a rulebook looks at only one of the
//! two, this is a note.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   score:
//!     criteria:
//!       - { id: title, when: { field: job_title, has_word: Director }, points: 20 }
//!       - { id: visit, event: page_view, points: 1, within: 30d }
//! ```
//!
//! ## What to do
//! Give each question its own dimension: `fit` and `engagement`.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::warning("LS502", "one-dimension", include_str!("one_dimension.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let [only] = subject.rulebook.dimensions.as_slice() else { return };
    let criteria = || subject.rulebook.criteria.iter();
    let says_who = criteria().any(|criterion| criterion.fields().next().is_some());
    let says_what = criteria().any(|criterion| criterion.tallies().next().is_some());
    if says_who && says_what {
        findings
            .add(only.place.span, format!("`{}` adds up who leads are and what they do", only.name))
            .help("give each its own dimension, such as `fit` and `engagement`");
    } else if says_who || says_what {
        let (has, lacks) = if says_who { ("who leads are", "what they do") } else { ("what leads do", "who they are") };
        findings
            .add(
                only.place.span,
                format!("`{}` is the only dimension, and it looks only at {has}, not at {lacks}", only.name),
            )
            .noted();
    }
}
