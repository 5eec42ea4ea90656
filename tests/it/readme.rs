//! The README is true: its commands are run, and what it shows is what they print.

use crate::samples;
use std::path::Path;
use std::process::Command;

/// A command of the README and what is shown below it.
struct Shown {
    args: Vec<String>,
    output: String,
}

/// The blocks marked `console` whose command runs the program, with the output shown, if any is.
fn shown(readme: &str) -> Vec<Shown> {
    let blocks = readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let of = |block: &str| {
        let (command, output) = block.split_once('\n')?;
        let args =
            command.strip_prefix("$ cargo run --release -- ").or_else(|| command.strip_prefix("$ leadscore "))?;
        Some(Shown { args: args.split_whitespace().map(str::to_owned).collect(), output: output.to_owned() })
    };
    blocks.filter_map(of).collect()
}

#[test]
fn the_readmes_commands_print_what_it_shows() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(project.join("README.md")).expect("there is a README");
    let folder = samples::folder();
    let all = shown(&readme);
    assert!(all.len() >= 2, "the README shows how to score and to explain");
    for Shown { args, output } in all {
        let run = Command::new(env!("CARGO_BIN_EXE_leadscore")).args(&args).current_dir(folder.path()).output();
        let run = run.expect("the program starts");
        let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(run.status.success(), "{args:?}: {err}");
        let (head, whole) = match output.split_once("[…]\n") {
            Some((head, _)) => (head, false),
            None => (output.as_str(), true),
        };
        let printed = format!("{err}{out}");
        let same = if whole { printed == head } else { printed.starts_with(head) };
        assert!(output.is_empty() || same, "{args:?} prints\n{printed}\nand the README shows\n{head}");
    }
}
