//! The names nearest to a mistyped one, for error messages.

use super::text::fold;

/// How alike two names must be to be worth a mention, from 0 to 1.
const ALIKE: f64 = 0.75;

/// Up to three of the names, the nearest first. A name with slashes is also known by its last part, as
/// people write `Istanbul` for `Europe/Istanbul`.
pub(crate) fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wrong = fold(wrong);
    let likeness = |name: &str| {
        let name = fold(name);
        let last = name.rsplit('/').next().unwrap_or(&name);
        strsim::jaro_winkler(&wrong, &name).max(strsim::jaro_winkler(&wrong, last))
    };
    let mut alike: Vec<(f64, &str)> =
        names.into_iter().map(|name| (likeness(name), name)).filter(|&(score, _)| score >= ALIKE).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike.into_iter().take(3).map(|(_, name)| name).collect()
}

/// `; did you mean a or b?`, or nothing.
pub(crate) fn did_you_mean(names: &[&str]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("; did you mean {}?", quoted.join(" or "))
}
