//! The README and the book are true: their commands are run, what they show is what they print, and their links lead somewhere.
//! The reference of the book is made from the table of keys.

use crate::samples;
use leadscore::Rulebook;
use leadscore::reference;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A command and what is shown below it.
struct Shown {
    args: Vec<String>,
    output: String,
}

/// The blocks marked `console` whose command runs the program, with the output shown, if any is.
fn shown(page: &str) -> Vec<Shown> {
    let blocks = page.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let of = |block: &str| {
        let (command, output) = block.split_once('\n')?;
        let args =
            command.strip_prefix("$ cargo run --release -- ").or_else(|| command.strip_prefix("$ leadscore "))?;
        Some(Shown { args: args.split_whitespace().map(str::to_owned).collect(), output: output.to_owned() })
    };
    blocks.filter_map(of).collect()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files in a folder.
fn markdown_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.sort();
    paths
}

/// The README and every page of the book, each with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let book = project().join("docs/src");
    let paths =
        [project().join("README.md")].into_iter().chain(markdown_in(&book)).chain(markdown_in(&book.join("reference")));
    paths.map(|path| (path.clone(), std::fs::read_to_string(&path).expect("it is text"))).collect()
}

#[test]
fn commands_print_what_is_shown() {
    let mut n_commands = 0;
    for (path, text) in pages() {
        let all = shown(&text);
        if all.is_empty() {
            continue;
        }
        let folder = samples::folder();
        n_commands += all.len();
        for command in all {
            check(&path, &command, &folder);
        }
    }
    assert!(n_commands >= 10, "the book shows how to score, to explain and to check");
}

/// Runs a command of a page in a folder. With `INSTA_UPDATE=always`, the page then shows what it prints: as many lines as before.
fn check(page: &Path, Shown { args, output }: &Shown, folder: &TempDir) {
    let run = samples::run(folder, &args.iter().map(String::as_str).collect::<Vec<_>>());
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{args:?}: {err}");
    let (head, whole) = match output.split_once("[…]\n") {
        Some((head, _)) => (head, false),
        None => (output.as_str(), true),
    };
    let printed = format!("{err}{out}");
    let same = if whole { printed == head } else { printed.starts_with(head) };
    if output.is_empty() || same {
        return;
    }
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        let lines = if whole { usize::MAX } else { head.lines().count() };
        let now: String = printed.split_inclusive('\n').take(lines).collect();
        let text = std::fs::read_to_string(page).expect("it is text");
        return std::fs::write(page, text.replacen(head, &now, 1)).expect("the page is written");
    }
    panic!("{}: {args:?} prints\n{printed}\nand it shows\n{head}", page.display());
}

#[test]
fn whole_rulebooks_in_the_text_are_good() {
    let mut n_rulebooks = 0;
    for (path, text) in pages() {
        let blocks = text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
        for block in blocks.filter(|block| block.starts_with("rulebook: 1\n")) {
            let found = Rulebook::parse(block, &|_| Ok(String::new())).err().unwrap_or_default();
            assert!(found.is_empty(), "{}: {found:#?}", path.display());
            n_rulebooks += 1;
        }
    }
    assert!(n_rulebooks >= 2);
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    let mut n_links = 0;
    for (path, text) in &pages {
        let folder = path.parent().expect("a file is in a folder");
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { folder.join(file) };
            let found = std::fs::read_to_string(&target);
            let text = found.unwrap_or_else(|error| panic!("{} links to {link}: {error}", path.display()));
            let has_anchor = anchor.is_empty() || text.contains(&format!("<a id=\"{anchor}\"></a>"));
            assert!(has_anchor, "{} links to {link}, which has no such place", path.display());
            n_links += 1;
        }
    }
    assert!(n_links > 50);
}

#[test]
fn the_book_has_every_page_and_no_others() {
    let summary = std::fs::read_to_string(project().join("docs/src/SUMMARY.md")).expect("it is text");
    let book = project().join("docs/src");
    for (path, _) in pages().into_iter().filter(|(path, _)| path.starts_with(&book) && !path.ends_with("SUMMARY.md")) {
        let name = path.strip_prefix(&book).expect("it is in the book").display().to_string();
        assert!(summary.contains(&format!("]({name})")), "SUMMARY.md lacks {name}");
    }
}

#[test]
fn the_reference_is_what_the_table_of_keys_says() {
    let folder = project().join("docs/src/reference");
    let pages = reference::pages();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for page in &pages {
            std::fs::write(folder.join(page.name).with_extension("md"), &page.text).expect("it can be written");
        }
    }
    for page in &pages {
        let stored = std::fs::read_to_string(folder.join(page.name).with_extension("md")).unwrap_or_default();
        assert!(
            stored == page.text,
            "docs/src/reference/{}.md is out of date: INSTA_UPDATE=always cargo test book",
            page.name
        );
    }
    assert_eq!(markdown_in(&folder).len(), pages.len(), "docs/src/reference has pages that nothing writes");
}
