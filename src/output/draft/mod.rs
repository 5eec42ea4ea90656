//! A drafted rulebook as YAML for somebody who has never seen any: commented, in the order in which one reads it.

mod cases;
mod criteria;
mod files;
mod presets;
mod stages;
mod text;

pub use cases::draft_cases;
pub use presets::preset_list;

use crate::draft::{Draft, FileDraft};
use crate::input::{EncodingDoubt, shown_header};
use crate::present::doubt::doubt_in_words;
use crate::present::passed::passed_over;
use std::fmt::Write as _;
use text::{YamlText, list, quoted};

/// What stands around a draft: names and commands.
#[derive(Clone, Debug)]
pub struct DraftShown {
    /// The command that made it.
    pub command: String,
    /// The command to run next; none where it would fail.
    pub next: Option<String>,
    /// The command that runs its tests.
    pub tests: String,
}

/// The rulebook.
#[must_use]
pub fn draft_yaml(draft: &Draft, shown: &DraftShown) -> String {
    let mut lines = YamlText::default();
    head(&mut lines, draft, shown);
    lines.push("rulebook: 1                  # the version of this language, not of your rules");
    lines.push(&format!("name: {}", quoted(&draft.name)));
    lines.push("owner: marketing-ops         # the team that is responsible for these points");
    lines.push("# review_by: 2027-05-03      # when you will review them: remove the first #");
    lines.push("timezone: UTC                # for times without an offset, and for calendar days; write yours, such as Europe/Berlin");
    if draft.sources.iter().any(|source| source.is_salesforce) || draft.tables.iter().any(|table| table.is_salesforce) {
        lines.push("ids: salesforce              # an id of 15 and one of 18 characters can mean the same record");
    }
    if !draft.not_engagement.is_empty() {
        lines.blank();
        lines.comment(
            0,
            "These events are not done by the lead, or say that the lead wants no more mail: they show no interest.",
        );
        lines.push(&format!("not_engagement: {}", list(&draft.not_engagement)));
    }
    lines.section("1. The files. Every path is relative to the folder of this rulebook.");
    files::leads(&mut lines, &draft.leads);
    files::tables(&mut lines, &draft.tables);
    files::sources(&mut lines, &draft.sources);
    if !draft.lists.is_empty() {
        lines.section("2. Lists that criteria use. Add the words and domains of your market.");
        lines.push("lists:");
        for (name, words) in &draft.lists {
            lines.wrapped_list(2, name, words);
        }
    }
    lines.section(
        "3. Points. These are only a start. Ask sales about the ten best and the ten worst leads of last quarter.",
    );
    criteria::dimensions(&mut lines, draft);
    lines.section("4. Stages, from the top of the funnel down. Every lead is at least in the first.");
    stages::stages(&mut lines, draft);
    stages::returns(&mut lines, draft);
    stages::funnel(&mut lines, draft);
    stages::export(&mut lines, draft);
    lines.section("5. What to do next");
    for (command, what) in steps(shown) {
        lines.comment(0, &format!("{what}:"));
        lines.comment(0, &format!("  {command}"));
    }
    lines.into_text()
}

/// The commands to run next, each with what it is for.
fn steps(shown: &DraftShown) -> impl Iterator<Item = (&str, &'static str)> {
    let score = shown.next.as_deref().map(|next| (next, "Score the leads, and open the report in the folder out"));
    score.into_iter().chain([(shown.tests.as_str(), "After each change of points, see whose score has changed")])
}

fn head(lines: &mut YamlText, draft: &Draft, shown: &DraftShown) {
    lines.comment(0, &format!("Made by: {}", shown.command));
    lines.comment(0, "");
    lines.comment(0, "A line that begins with # is a comment and has no effect. \"name: value\" sets something, and what belongs to it");
    lines.comment(0, "is below it, indented by spaces. \"- \" begins an entry of a list; [a, b, c] is a short list, { a: 1, b: 2 } a short");
    lines.comment(0, "form of \"name: value\" lines. A # after a line says what the line was guessed from.");
    if !draft.open.is_empty() {
        lines.comment(0, "");
        lines.comment(0, "DECIDE: questions that only you can answer");
        for (number, question) in draft.open.iter().enumerate() {
            lines.comment(0, &format!("  {}. {question}", number + 1));
        }
    }
    if !draft.notes.is_empty() {
        lines.comment(0, "");
        lines.comment(0, "Without points");
        for note in &draft.notes {
            lines.comment(0, &format!("  - {note}"));
        }
    }
    if !draft.left_out.is_empty() {
        lines.comment(0, "");
        lines.comment(0, "Files that are not used");
        for file in &draft.left_out {
            lines.comment(0, &format!("  - {file}"));
        }
    }
    lines.blank();
}

/// How the files are read: leads, tables, events.
fn files(draft: &Draft) -> impl Iterator<Item = &FileDraft> {
    let tables = draft.tables.iter().map(|table| &table.file);
    std::iter::once(&draft.leads.file).chain(tables).chain(draft.sources.iter().map(|source| &source.file))
}

/// Why the encoding of a file may be another, in words.
fn encoding_doubt(file: &FileDraft) -> Option<String> {
    let EncodingDoubt { cause, line } = file.encoding_doubt.as_ref()?;
    Some(doubt_in_words(&file.shown, *line, file.encoding?, cause))
}

/// What `init` tells when it is done: what it found, what is open, what to run next.
#[must_use]
pub fn draft_summary(draft: &Draft, written: &[String], shown: &DraftShown) -> String {
    let mut text = String::new();
    let mut say = |line: &str| writeln!(text, "{line}").unwrap_or_default();
    let n_fields = draft.leads.fields.len() + draft.tables.iter().map(|table| table.fields.len()).sum::<usize>();
    let n_criteria = draft.fit.len() + draft.engagement.len();
    let s = |n: usize| if n == 1 { "" } else { "s" };
    say(&format!("wrote {}", written.join(" and ")));
    say(&format!(
        "  leads: {} ({}); id: {} ({})",
        draft.leads.file.shown,
        draft.leads.file.because,
        shown_header(&draft.leads.id.to_string()),
        draft.leads.id_because
    ));
    for table in &draft.tables {
        say(&format!("  table {}: {} ({}); {}", table.name, table.file.shown, table.file.because, table.because));
    }
    for source in &draft.sources {
        say(&format!("  events {}: {} ({}); {}", source.name, source.file.shown, source.file.because, source.because));
    }
    let stages: Vec<&str> =
        std::iter::once("Lead").chain(draft.stages.iter().map(|stage| stage.name.as_str())).collect();
    say(&format!(
        "  {n_fields} field{}, {n_criteria} criteri{}, stages {}",
        s(n_fields),
        if n_criteria == 1 { "on" } else { "a" },
        stages.join(" → ")
    ));
    for file in files(draft) {
        let path = &file.shown;
        if let Some(doubt) = encoding_doubt(file) {
            say(&format!("  decide: {doubt}"));
        }
        for told in passed_over(&file.above, &file.below) {
            say(&format!("  {path}: {told}"));
        }
    }
    for file in &draft.left_out {
        say(&format!("  not used: {file}"));
    }
    if !draft.not_engagement.is_empty() {
        say(&format!("  not engagement, so without points: {}", draft.not_engagement.join(", ")));
    }
    for note in &draft.notes {
        say(&format!("  without points: {note}"));
    }
    for question in &draft.open {
        say(&format!("  decide: {question}"));
    }
    say("next:");
    steps(shown).for_each(|(command, _)| say(&format!("  {command}")));
    text
}
