//! The arrows of the architecture point one way, and files stay of a size that one can read.

use std::path::{Path, PathBuf};

/// The modules from the top down: each may use those below it, never one above. Tests may look wherever they like.
const LAYERS: [&[&str]; 11] = [
    &["cli"],
    &["output"],
    &["present"],
    &["backtest", "case", "diff", "draft"],
    &["accounts", "check", "explain", "funnel", "inspect", "preset"],
    &["analysis"],
    &["run"],
    &["score"],
    &["input"],
    &["rulebook"],
    &["value", "points", "manual", "diagnostic", "digest"],
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        (path.strip_prefix(&root).expect("it lies below").to_owned(), text)
    };
    files.into_iter().map(read).collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let first = path.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let module = first.unwrap_or_default().trim_end_matches(".rs").to_owned();
        let Some(own) = layer(&module) else { continue };
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("crate::").chain(line.match_indices("leadscore::")) {
                let rest = line[at..].split_once("::").map_or("", |(_, rest)| rest);
                let used: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if layer(&used).is_some_and(|used| used < own) {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these point upwards:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_short() {
    let too_long: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, n_lines)| *n_lines > 400)
        .map(|(path, n_lines)| format!("{}: {n_lines}", path.display()))
        .collect();
    assert!(too_long.is_empty(), "more than 400 lines: {too_long:?}");
}
