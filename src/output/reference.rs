//! The reference of the language as pages of the book, made from the table of keys. Nothing here knows a key by its name.

use crate::rulebook::keys::{
    ACCOUNT_PRIORITY, ACCOUNT_SCORE, ACCOUNT_STAGE, ACCOUNTS, CONDITION, CRITERION, DIMENSION, DISQUALIFIER, EXPORT,
    FIELD, FILE, FILES, FUNNEL, GROUP, Key, LEADS, Mapping, NAMED_LIST, Need, PRIORITY, RIGHT_SIDE, RULEBOOK, Reach,
    SOURCE, STAGE, Shape, TABLE, TEST_FILE, Takes, VALUE, Version,
};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A page of the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferencePage {
    /// Its file name, without `.md`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The page in Markdown.
    pub text: String,
}

/// A chapter: what it is about, and the mappings that it begins with. Places below these that no chapter begins with follow them.
struct Chapter {
    name: &'static str,
    title: &'static str,
    heads: &'static [&'static Mapping],
}

const CHAPTERS: [Chapter; 10] = [
    Chapter { name: "rulebook", title: "The rulebook", heads: &[&RULEBOOK] },
    Chapter { name: "exports", title: "Leads, tables and events", heads: &[&LEADS, &TABLE, &SOURCE] },
    Chapter { name: "fields", title: "Fields and files", heads: &[&FIELD, &FILE, &FILES] },
    Chapter { name: "dimensions", title: "Dimensions and groups", heads: &[&DIMENSION, &GROUP] },
    Chapter { name: "criteria", title: "Criteria", heads: &[&CRITERION] },
    Chapter { name: "conditions", title: "Conditions", heads: &[&CONDITION, &RIGHT_SIDE, &NAMED_LIST] },
    Chapter { name: "stages", title: "Stages, disqualifiers, priorities", heads: &[&STAGE, &DISQUALIFIER, &PRIORITY] },
    Chapter { name: "results", title: "Export, funnel, value", heads: &[&EXPORT, &FUNNEL, &VALUE] },
    Chapter {
        name: "accounts",
        title: "Accounts",
        heads: &[&ACCOUNTS, &ACCOUNT_SCORE, &ACCOUNT_STAGE, &ACCOUNT_PRIORITY],
    },
    Chapter { name: "tests", title: "Test files", heads: &[&TEST_FILE] },
];

/// What the words in the tables mean.
const READING: &str = "In the tables of this reference, *points* are a number with at most two decimals, such as `15`, `2.5` or `-10`. \
A *number* has at most six. A *duration* is a whole number with `s`, `min`, `h`, `d` or `w`, such as `30d`. A *date* is `2026-05-31` or \
`2026-05-31T14:30`. A *mark* is a letter or number of a grade. *Or a list* means that you can also write a list of such values.";

/// All pages, the index of all keys last.
#[must_use]
pub fn pages() -> Vec<ReferencePage> {
    let chapters = assigned();
    let links = Links(
        chapters
            .iter()
            .flat_map(|(chapter, mappings)| mappings.iter().map(|mapping| (mapping.name, chapter.name)))
            .collect(),
    );
    let page = |(chapter, mappings): &(&Chapter, Vec<&'static Mapping>)| {
        let sections: Vec<String> = mappings.iter().map(|mapping| links.section(mapping)).collect();
        ReferencePage {
            name: chapter.name,
            title: chapter.title,
            text: format!("# {}\n\n{}", chapter.title, sections.concat()),
        }
    };
    let mut pages: Vec<ReferencePage> = chapters.iter().map(page).collect();
    pages.push(links.index(chapters.iter().flat_map(|(_, mappings)| mappings).copied()));
    pages
}

/// The mappings of each chapter: its heads, and what lies below them and is no chapter's yet.
fn assigned() -> Vec<(&'static Chapter, Vec<&'static Mapping>)> {
    const ALL: &[Chapter] = &CHAPTERS;
    let mut taken: Vec<&str> = ALL.iter().flat_map(|chapter| chapter.heads).map(|head| head.name).collect();
    let mappings_of = |chapter: &'static Chapter| {
        let mut mappings: Vec<&'static Mapping> = chapter.heads.to_vec();
        let mut at = 0;
        while let Some(mapping) = mappings.get(at).copied() {
            for below in mapping.below() {
                if !taken.contains(&below.name) {
                    taken.push(below.name);
                    mappings.push(below);
                }
            }
            at += 1;
        }
        (chapter, mappings)
    };
    ALL.iter().map(mappings_of).collect()
}

/// Which page each mapping is on.
struct Links(BTreeMap<&'static str, &'static str>);

impl Links {
    fn to(&self, mapping: &Mapping) -> String {
        let page = self.0.get(mapping.name).copied().unwrap_or_default();
        format!("[{}]({page}.md#{})", mapping.what, anchor(mapping))
    }

    fn section(&self, mapping: &'static Mapping) -> String {
        let mut text =
            format!("<a id=\"{}\"></a>\n\n## {}\n\n{}", anchor(mapping), capital(mapping.what), mapping.meaning);
        if !mapping.more.is_empty() {
            text += " ";
            text += mapping.more;
        }
        write!(text, "\n\n```yaml\n{}\n```\n\n", mapping.example).expect("a text takes everything");
        text += &self.table(mapping.common_keys());
        for shape in mapping.all_shapes() {
            let deciding: Vec<String> = shape.deciding().map(|key| format!("`{key}`")).collect();
            writeln!(text, "### {} with {}\n", capital(mapping.what), deciding.join(" and ")).expect("as above");
            text += reach(shape);
            text += &self.table(shape.own.iter());
            let shared: Vec<String> =
                shape.shared.iter().copied().flatten().map(|key| format!("`{}`", key.name)).collect();
            if !shared.is_empty() {
                let also = if shape.own.is_empty() { "Its keys" } else { "It also has" };
                writeln!(text, "{also}: {}, as below.\n", shared.join(", ")).expect("as above");
            }
        }
        let shared = shared_keys(mapping);
        if !shared.is_empty() {
            writeln!(text, "### Keys that several of these share\n").expect("as above");
            text += &self.table(shared.into_iter());
        }
        if let Some((of, form)) = mapping.others {
            writeln!(text, "Beside these: the name of each {of}, with {}.\n", self.form(&form)).expect("as above");
        }
        text
    }

    fn table(&self, keys: impl Iterator<Item = &'static Key>) -> String {
        let rows: Vec<String> = keys.map(|key| self.row(key)).collect();
        if rows.is_empty() {
            return String::new();
        }
        format!("| key | value | meaning | example |\n|---|---|---|---|\n{}\n", rows.concat())
    }

    fn row(&self, key: &Key) -> String {
        let mut meaning = key.meaning.to_owned();
        if key.need != Need::Optional {
            meaning += " **Required.**";
        }
        if !key.default.is_empty() {
            meaning = format!("{meaning} Default: {}.", key.default);
        }
        for more in [key.more].into_iter().filter(|more| !more.is_empty()) {
            meaning = format!("{meaning} {more}");
        }
        if key.since > Version::V1 {
            meaning = format!("{meaning} Since {}.", key.since.name());
        }
        let cells = [format!("`{}`", key.name), self.form(&key.takes), meaning, format!("`{}`", key.example)];
        format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
    }

    fn form(&self, form: &Takes) -> String {
        match form {
            Takes::Text => "a text".to_owned(),
            Takes::Name(of) => (*of).to_owned(),
            Takes::Number => "a number".to_owned(),
            Takes::Points => "points".to_owned(),
            Takes::Whole(0) => "a whole number".to_owned(),
            Takes::Whole(least) => format!("a whole number, {least} or more"),
            Takes::Switch => "`true` or `false`".to_owned(),
            Takes::Duration => "a duration".to_owned(),
            Takes::Percentage => "a percentage".to_owned(),
            Takes::Date => "a date".to_owned(),
            Takes::Bound => "a number or a date".to_owned(),
            Takes::Word(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Takes::Empty => "nothing".to_owned(),
            Takes::OneOrMore(one) => format!("{}, or a list", self.form(one)),
            Takes::List(one) | Takes::Filled(one) => format!("a list, each {}", self.form(one)),
            Takes::ByName(of, value) | Takes::ByOwnName(of, value) => format!("for each {of}: {}", self.form(value)),
            Takes::OneOf(forms) => {
                let mut told: Vec<String> = forms.iter().map(|form| self.form(form)).collect();
                told.dedup();
                told.join("; or ")
            }
            Takes::In(mapping) => self.to(mapping),
            Takes::Condition(Reach::Event) => format!("{} on the event", self.to(&CONDITION)),
            Takes::Condition(_) | Takes::Inner => self.to(&CONDITION),
        }
    }

    /// Every key with the mappings that have it.
    fn index(&self, mappings: impl Iterator<Item = &'static Mapping>) -> ReferencePage {
        let mut keys: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for mapping in mappings {
            for key in mapping.all_keys() {
                let owners = keys.entry(key.name).or_default();
                let link = self.to(mapping);
                if !owners.contains(&link) {
                    owners.push(link);
                }
            }
        }
        let rows: Vec<String> =
            keys.into_iter().map(|(key, owners)| format!("| `{key}` | {} |\n", owners.join(", "))).collect();
        let text = format!("# All keys\n\n{READING}\n\n| key | belongs to |\n|---|---|\n{}", rows.concat());
        ReferencePage { name: "keys", title: "All keys", text }
    }
}

/// The keys that shapes share, each once.
fn shared_keys(mapping: &'static Mapping) -> Vec<&'static Key> {
    let mut keys: Vec<&'static Key> = Vec::new();
    for key in mapping.all_shapes().flat_map(|shape| shape.shared).copied().flatten() {
        if !keys.iter().any(|known| known.name == key.name && known.meaning == key.meaning) {
            keys.push(key);
        }
    }
    keys
}

/// Where a shape can be used, if not everywhere.
fn reach(shape: &Shape) -> &'static str {
    match (shape.reach, shape.of_accounts) {
        (Reach::Event | Reach::Account, _) => "",
        (Reach::Facts, true) => "Not inside `where`.\n\n",
        (Reach::Facts, false) => "Not inside `where`, and not about accounts.\n\n",
        (Reach::Scores, true) => "In `disqualify`, `stages` and `priorities`.\n\n",
        (Reach::Scores, false) => "In `disqualify`, `stages` and `priorities` of leads.\n\n",
        (Reach::Stages, _) => "In `stages` and `priorities`.\n\n",
    }
}

fn anchor(mapping: &Mapping) -> String {
    mapping.name.replace('_', "-")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
