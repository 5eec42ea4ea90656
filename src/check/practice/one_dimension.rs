//! Who leads are and what they do, added up in one dimension.
//!
//! ## Why
//! A student who reads everything and a director who asked once can come to the same number, and need opposite treatment.
//! Apart, the two scores make a grade such as `A3`, and a stage can ask for both. A rulebook that looks at one of the two
//! only gets a note.
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
//! Give each question a dimension of its own: `fit`, `engagement`.

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
            .help("give each a dimension of its own, such as `fit` and `engagement`");
    } else if says_who || says_what {
        let (has, lacks) = if says_who { ("who leads are", "what they do") } else { ("what leads do", "who they are") };
        findings
            .add(only.place.span, format!("`{}` is the only dimension: it looks at {has}, not at {lacks}", only.name))
            .noted();
    }
}
