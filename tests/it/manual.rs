//! `completions` and `man` are made of the program's own arguments: every command and every option that `--help` tells of
//! stands in them.

use crate::world::{World, rules};

fn world() -> World {
    rules("")
}

/// The commands, as `--help` lists them.
fn commands() -> Vec<String> {
    let help = world().command(&["--help"]).stdout;
    let listed = help.split("Commands:\n").nth(1).unwrap_or_default().split("\n\n").next().unwrap_or_default();
    // A line that goes on from the one above it is indented further.
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The long options of a command, as its `--help` lists them.
fn options(command: &str) -> Vec<String> {
    let help = world().command(&[command, "--help"]).stdout;
    let words = help.split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '[' | ']' | '`'));
    let mut options: Vec<String> = words.filter(|word| word.starts_with("--")).map(str::to_owned).collect();
    options.retain(|option| option.len() > 2);
    options.sort();
    options.dedup();
    options
}

#[test]
fn every_shell_is_told_every_command_and_option() {
    let commands = commands();
    assert!(commands.contains(&"score".to_owned()) && commands.contains(&"man".to_owned()), "{commands:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = world().command(&["completions", shell]);
        assert_eq!((script.code, script.stderr.as_str()), (Some(0), ""));
        for command in &commands {
            assert!(script.stdout.contains(command.as_str()), "{shell} lacks {command}");
        }
        let told = |option: &String| script.stdout.contains(option.trim_start_matches('-'));
        let untold: Vec<String> = commands.iter().flat_map(|command| options(command)).filter(|o| !told(o)).collect();
        assert!(untold.is_empty(), "{shell} lacks {untold:?}");
    }
}

#[test]
fn the_manual_has_a_page_for_the_program_and_for_every_command() {
    let program = world().command(&["man"]);
    assert_eq!((program.code, program.stderr.as_str()), (Some(0), ""));
    for command in commands() {
        assert!(program.stdout.contains(&format!("leadscore\\-{command}(1)")), "{command}\n{}", program.stdout);
        let page = world().command(&["man", &command]).stdout;
        assert!(page.contains(&format!(".TH leadscore-{command} 1")), "{page}");
        for part in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS", ".SH \"EXIT STATUS\""] {
            assert!(page.contains(part), "{command}: {part}");
        }
        for option in options(&command) {
            assert!(page.contains(&option.replace('-', "\\-")), "{command}: {option}");
        }
    }
    let page = world().command(&["man", "score"]).stdout;
    assert!(page.contains("\\fBLEADSCORE_AS_OF\\fR"), "{page}");
}

#[test]
fn what_there_is_no_page_or_script_for_is_wrong_usage() {
    let page = world().command(&["man", "socre"]);
    assert_eq!(page.code, Some(2));
    assert_eq!(page.stderr, "error: there is no command `socre`; did you mean `score`?\n");
    assert_eq!(world().command(&["completions", "csh"]).code, Some(2));
}
