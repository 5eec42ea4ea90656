//! Points or a stage depend on a person's age, sex, religion, origin or health.
//!
//! ## Why
//! Such points treat people unequally for what they are. In many countries this is unlawful if it decides about an
//! offer, and for religion, origin and health even the use of the data is restricted. `check` recognizes fields by
//! their names and headers in English, German, French, Spanish, Turkish and Polish. The country or age of a company is
//! fine.
//!
//! ## Example
//! ```yaml
//! leads: { fields: { gender: Gender } }
//! when: { field: gender, is: male }
//! ```
//!
//! ## What to do
//! Score what the person needs or can decide: role, seniority, what they asked for. If the name means something else,
//! say so in a comment: `# allow LS507: …`.

use super::super::{CheckSubject, Findings, Lint};
use crate::diagnostic::Span;
use crate::rulebook::expr::Worth;
use crate::rulebook::{Condition, ConditionRole, Criterion, Field};
use crate::value::fold;

pub(super) const LINT: Lint =
    Lint::warning("LS507", "protected-attribute", include_str!("protected_attribute.rs"), find);

/// What is recognised, folded; words that stand side by side are a phrase.
const WORDS: [(&str, &str); 7] = [
    (
        AGE,
        "age, alter, edad, âge, yaş, wiek, birth, birthday, birthdate, dob, geburtsdatum, geburtstag, \
         geburtsjahr, naissance, nacimiento, cumpleaños, doğum, urodzenia, urodziny",
    ),
    ("sex", "sex, gender, geschlecht, sexe, sexo, género, cinsiyet, cinsiyeti, płeć, plec"),
    ("religion", "religion, religious, konfession, religionszugehörigkeit, religión, dini, mezhep, wyznanie, religia"),
    (
        "nationality",
        "nationality, citizenship, nationalität, staatsangehörigkeit, staatsbürgerschaft, nationalité, \
         citoyenneté, nacionalidad, ciudadanía, uyruk, uyruğu, vatandaşlık, milliyet, narodowość, \
         obywatelstwo",
    ),
    ("ethnic origin", "ethnicity, ethnic, race, ethnie, ethnische, ethnique, etnia, raza, etnik, ırk, etniczne, rasa"),
    (
        "marital status",
        "marital, married, familienstand, verheiratet, matrimoniale, état civil, estado civil, medeni, stan \
         cywilny",
    ),
    (
        "health",
        "disability, disabled, illness, diagnosis, pregnant, pregnancy, health status, health condition, \
         behinderung, krankheit, schwanger, gesundheitszustand, handicap, maladie, discapacidad, enfermedad, \
         engelli, hastalık, niepełnosprawność, choroba",
    ),
];

const AGE: &str = "age";

/// Beside these words an age is not a person's.
const NOT_A_PERSON: &str = "company, account, firm, business, organization, lead, deal, contract, domain, unternehmen, \
                            firma, firmen, entreprise, empresa, şirket, hesap, firmy, konta";

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for (field, declared) in rulebook.fields.iter().enumerate() {
        if let Some(what) = attribute(declared)
            && let Some((span, whose)) = use_of(subject, field)
        {
            let header =
                declared.spec().map_or_else(String::new, |spec| format!(" (`{}`)", spec.column.joined("`, `")));
            let message = format!("{whose} depends on a person's {what}: the field `{}`{header}", declared.name);
            findings.add(span, message).help("score what the person needs or decides, not what they are");
        }
    }
}

/// What a field tells of a person that is nobody's business.
fn attribute(field: &Field) -> Option<&'static str> {
    let headers = field.spec().into_iter().flat_map(|spec| &spec.column.headers).map(|header| &header.name);
    let names = std::iter::once(&field.name).chain(headers).map(|name| words(name));
    let mut found = None;
    for words in names {
        let line = format!(" {} ", words.join(" "));
        let has_one = |phrases: &str| phrases.split(", ").any(|phrase| line.contains(&format!(" {} ", fold(phrase))));
        let hit = WORDS.iter().find(|(_, phrases)| has_one(phrases)).map(|(what, _)| *what);
        let is_of_a_company = has_one(NOT_A_PERSON);
        found = found.or(hit.filter(|what| *what != AGE || !is_of_a_company));
    }
    found
}

/// A name's words, folded: `dateOfBirth`, `date_of_birth` and `Date of Birth` are the same three.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (was_lower && c.is_uppercase()) {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().expect("there is one").push(c);
        }
        was_lower = c.is_lowercase();
    }
    words.iter().filter(|word| !word.is_empty()).map(|word| fold(word).into_owned()).collect()
}

/// Where a field decides about points, a stage or a priority, and whose; the first such place.
fn use_of(subject: &CheckSubject<'_>, field: usize) -> Option<(Span, String)> {
    let rulebook = subject.rulebook;
    let own = |criterion: &Criterion| (criterion.place.span, format!("`{}`", criterion.id));
    let is_looked_up =
        |criterion: &&Criterion| matches!(&criterion.worth, Worth::Lookup { field: read, .. } if read.field == field);
    let looked_up = rulebook.criteria.iter().find(is_looked_up).map(own);
    let judged = || {
        let mut readers = subject.conditions.iter().filter(|one| one.expr.fields().any(|read| read.field == field));
        readers.find_map(|Condition { expr, role }| {
            let whose = match *role {
                ConditionRole::When(index) | ConditionRole::OnlyIf(index) | ConditionRole::Tier(index, _) => {
                    return Some(own(&rulebook.criteria[index]));
                }
                ConditionRole::Disqualifier(index) => {
                    format!("disqualification (`{}`)", rulebook.disqualifiers[index].reason)
                }
                ConditionRole::Stage(index) | ConditionRole::Keep(index) | ConditionRole::Recycle(index) => {
                    format!("the stage `{}`", rulebook.stages[index].name)
                }
                ConditionRole::Priority(index) => format!("the priority `{}`", rulebook.priorities[index].name),
                ConditionRole::OfAccounts => "the `where` of accounts".to_owned(),
                ConditionRole::AccountCount(_) => "a score of accounts".to_owned(),
                ConditionRole::Where(_)
                | ConditionRole::Automated(..)
                | ConditionRole::Entered(_)
                | ConditionRole::LeftOut => return None,
            };
            Some((expr.place.whole(), whose))
        })
    };
    looked_up.or_else(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(words("dateOfBirth"), ["date", "of", "birth"]);
        assert_eq!(words("Doğum_Tarihi 2"), ["doğum", "tarihi", "2"]);
        assert_eq!(words("ID"), ["id"]);
    }
}
