//! `init`: from a folder of exports to a first rulebook that runs.

mod ask;
mod place;
mod rejects;

use super::args::Terminal;
use super::exit::{CommandFailure, Exit, print};
use super::inspect::{LookingArgs, lines_of, look, looking};
use super::{load, log};
use clap::Args;
use leadscore::Looking;
use leadscore::Rulebook;
use leadscore::did_you_mean;
use leadscore::expand;
use leadscore::{Draft, Export, Exports, draft, slug};
use leadscore::{DraftShown, draft_cases, draft_summary, draft_yaml, preset_list};
use leadscore::{Preset, Purpose, preset_named as by_name, presets as all};
use std::path::{Path, PathBuf};

/// `init`
#[derive(Debug, Args)]
#[command(
    after_help = "leadscore init --leads contacts.csv --events web.csv --events webinars.csv --out rules/mine.yaml\n\n\
    leadscore finds the columns that identify leads by the values that the files share. The cells can leave\n\
    something open, such as whether the day or the month comes first. On a terminal, leadscore asks you; otherwise it\n\
    guesses and marks the guess in the rulebook."
)]
pub(crate) struct InitArgs {
    /// The leads file. You can use a glob
    #[arg(long, value_name = "FILE", env = "LEADSCORE_LEADS", required_unless_present = "list")]
    pub leads: Option<PathBuf>,
    /// A further export with one row for each value of a key column, such as accounts. NAME= gives it a name
    #[arg(long, value_name = "[NAME=]FILE", env = "LEADSCORE_TABLE")]
    pub table: Vec<String>,
    /// A file of events, with one or more events per row. NAME= gives it a name
    #[arg(long, value_name = "[NAME=]FILE", env = "LEADSCORE_EVENTS")]
    pub events: Vec<String>,
    /// The product that a file was exported from, if its headers don't show it. For the names, see --list
    #[arg(long, value_name = "NAME", env = "LEADSCORE_PRESET")]
    pub preset: Vec<String>,
    /// A domain of your own company. Leads with such an address are scored, but are in no figure of the report
    #[arg(long, value_name = "DOMAIN", env = "LEADSCORE_OWN_DOMAIN", value_parser = own_domain)]
    pub own_domain: Vec<String>,
    /// The rulebook to write. Its tests are written to the same folder
    #[arg(long, value_name = "FILE", env = "LEADSCORE_OUT", required_unless_present = "list")]
    pub out: Option<PathBuf>,
    /// List the exports that leadscore recognizes
    #[arg(long, env = "LEADSCORE_LIST", value_parser = clap::builder::FalseyValueParser::new())]
    pub list: bool,
    /// Replace the rulebook if it exists
    #[arg(long, env = "LEADSCORE_FORCE", value_parser = clap::builder::FalseyValueParser::new())]
    pub force: bool,
    /// Never ask questions, even on a terminal
    #[arg(long, env = "LEADSCORE_NO_INPUT", value_parser = clap::builder::FalseyValueParser::new())]
    pub no_input: bool,
    /// How to read the files.
    #[command(flatten)]
    pub looking: LookingArgs,
}

/// Runs the command.
pub(super) fn run(args: &InitArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    if args.list {
        print(&preset_list(all()))?;
        return Ok(Exit::Done);
    }
    let (Some(leads), Some(out)) = (&args.leads, &args.out) else {
        return Err(CommandFailure::message(
            Exit::Usage,
            "name the leads with --leads FILE and the rulebook with --out FILE",
        ));
    };
    let tests = out.with_extension("test.yaml");
    place::check(out, &tests, args.force)?;
    check_names(args)?;
    let asked = args.preset.iter().map(|name| preset(name)).collect::<Result<Vec<_>, _>>()?;
    let folder = place::folder(out)?;
    let files = Inspection {
        args: &args.looking,
        looking: looking(&args.looking)?,
        asked,
        folder,
        may_ask: !args.no_input && !terminal.quiet,
    };
    let mut names = vec!["leads".to_owned()];
    let exports = Exports {
        leads: files.export("leads".to_owned(), leads, Purpose::Leads)?,
        tables: files.named(&args.table, Purpose::Table, &mut names)?,
        events: files.named(&args.events, Purpose::Events, &mut names)?,
        own_domains: args.own_domain.clone(),
    };
    let drafted = draft(&title(out), &exports);
    let as_of = place::AsOf::of(&exports, log::now());
    let shown = DraftShown {
        command: place::command(args, leads, out),
        next: None,
        tests: format!("leadscore test {}", place::shell(&tests.display().to_string())),
    };
    let rulebook = parsed(&draft_yaml(&drafted, &shown), out, terminal)?;
    // A draft that can't score yet is written all the same: what is in its way may be a line of it, or one file of several.
    let tried = rejects::room(&rulebook, out, as_of.instant(&rulebook, log::now()), &files.looking);
    let next = tried.as_ref().ok().map(|room| place::score_command(out, *room, &as_of));
    write(&drafted, &DraftShown { next, ..shown }, out, &tests, &as_of, terminal)?;
    tried.map(|_| Exit::Done).map_err(|error| {
        let message = format!("wrote {}, but it can't score yet: {error}", out.display());
        CommandFailure::message(Exit::Input, message)
    })
}

/// What a draft's text means.
fn parsed(text: &str, out: &Path, terminal: &Terminal) -> Result<Rulebook, CommandFailure> {
    Rulebook::parse(text, &|list| Err(format!("there is no list {list}")))
        .map_err(|found| load::refused(&out.display().to_string(), text, &found, terminal))
}

/// Writes the rulebook and its tests, and says what to do next.
fn write(
    drafted: &Draft,
    shown: &DraftShown,
    out: &Path,
    tests: &Path,
    as_of: &place::AsOf,
    terminal: &Terminal,
) -> Result<(), CommandFailure> {
    let text = draft_yaml(drafted, shown);
    let rulebook = parsed(&text, out, terminal)?;
    let name = out.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let cases = draft_cases(drafted, &rulebook, &name, &as_of.day, &shown.tests);
    place::write(out, &text)?;
    place::write(tests, &cases)?;
    if !terminal.quiet {
        let written = [out.display().to_string(), tests.display().to_string()];
        print(&draft_summary(drafted, &written, shown))?;
    }
    Ok(())
}

/// How the files of a draft are looked into.
struct Inspection<'a> {
    args: &'a LookingArgs,
    looking: Looking,
    asked: Vec<&'static Preset>,
    folder: PathBuf,
    may_ask: bool,
}

impl Inspection<'_> {
    /// Looks into a file; of several that a glob finds, the first.
    fn export(&self, name: String, path: &Path, purpose: Purpose) -> Result<Export, CommandFailure> {
        let found = expand(path);
        let first = found.first().map_or(path, PathBuf::as_path);
        let looking = Looking {
            skip_first: lines_of("--skip-first", &self.args.skip_first, Some(&name))?,
            skip_last: lines_of("--skip-last", &self.args.skip_last, Some(&name))?,
            ..self.looking
        };
        let mut profile = look(first, &looking, Some(&name))?;
        if self.may_ask
            && let Some(delimiter) = ask::delimiter(&profile)?
        {
            profile = look(first, &Looking { delimiter: Some(delimiter), ..looking }, Some(&name))?;
        }
        if profile.columns.iter().all(|column| column.is_unusable) {
            let message = format!("{}: no column has a header; name the columns in the file", first.display());
            return Err(CommandFailure::message(Exit::Input, message));
        }
        if self.may_ask {
            ask::dates(&mut profile)?;
        }
        let shown = place::from(&self.folder, path);
        Ok(Export::new(name, shown, profile, purpose, &self.asked))
    }

    /// Files that may have names.
    fn named(&self, args: &[String], purpose: Purpose, names: &mut Vec<String>) -> Result<Vec<Export>, CommandFailure> {
        let mut exports = Vec::new();
        for arg in args {
            let (name, path) = named(arg, names);
            exports.push(self.export(name, &path, purpose)?);
        }
        Ok(exports)
    }
}

/// `firm.example`: what stands behind the `@`.
fn own_domain(text: &str) -> Result<String, String> {
    let domain = text.trim().trim_start_matches('@');
    let is_domain = domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty())
        && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    if is_domain {
        Ok(domain.to_lowercase())
    } else {
        Err("write what is behind the @, such as firm.example".to_owned())
    }
}

/// The name of a file of tables or events, a free one, and its path.
fn named(arg: &str, names: &mut Vec<String>) -> (String, PathBuf) {
    let (name, path) = match arg.split_once('=').filter(|(name, _)| is_name(name) && !Path::new(arg).exists()) {
        Some((name, path)) => (name.to_owned(), PathBuf::from(path)),
        None => (stem(arg), PathBuf::from(arg)),
    };
    let numbered = (2..).map(|n: u32| format!("{name}-{n}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
    let name = free.unwrap_or(name);
    names.push(name.clone());
    (name, path)
}

/// Lines above or below are said of files that there are.
fn check_names(args: &InitArgs) -> Result<(), CommandFailure> {
    let mut names = vec!["leads".to_owned()];
    args.table.iter().chain(&args.events).for_each(|arg| drop(named(arg, &mut names)));
    let args = &args.looking;
    for (option, args) in [("--skip-first", &args.skip_first), ("--skip-last", &args.skip_last)] {
        let unknown = args.iter().filter_map(|arg| Some((arg, arg.split_once('=')?.0)));
        let unknown = unknown.into_iter().find(|(_, name)| !names.iter().any(|known| known == name));
        if let Some((arg, name)) = unknown {
            let known = names.join(", ");
            let message = format!("{option} {arg}: no file is called `{name}`; there are: {known}");
            return Err(CommandFailure::message(Exit::Usage, message));
        }
    }
    Ok(())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// `web-activity` for `exports/Web Activity.csv.gz`.
fn stem(path: &str) -> String {
    let name = Path::new(path).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    slug(name.split('.').next().unwrap_or(&name), '-', "file")
}

/// `B2b saas` for `rules/b2b-saas.yaml`.
fn title(out: &Path) -> String {
    let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let words = stem.replace(['-', '_', '.'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map_or_else(String::new, |c| c.to_uppercase().collect());
    if first.is_empty() { "My leads".to_owned() } else { format!("{first}{}", letters.as_str()) }
}

fn preset(name: &str) -> Result<&'static Preset, CommandFailure> {
    by_name(name).ok_or_else(|| {
        let names = all().iter().map(|preset| preset.name);
        let help = did_you_mean(name, names).unwrap_or_else(|| "see `leadscore init --list`".to_owned());
        CommandFailure::message(Exit::Usage, format!("--preset {name}: there is no such preset; {help}"))
    })
}
