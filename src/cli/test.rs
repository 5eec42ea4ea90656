//! `test`: a rulebook's own tests. Finds the files, reads each against its rulebook, judges the cases, and on request says what
//! they cover and which changes they don't notice.

mod files;

use super::apart::check_not_read;
use super::args::Terminal;
use super::exit::{CommandFailure, Exit, print, say};
use super::load;
use super::place::write_whole;
use clap::{Args, ValueEnum};
use leadscore::Diagnostic;
use leadscore::Rulebook;
use leadscore::present;
use leadscore::{
    Case, Mutation, RulebookReport, TestFile, TestReport, TestedFile, Unread, coverage, judge, mutants, read_tests,
    rulebook_named, survivors,
};
use leadscore::{SourceText, render};
use leadscore::{test_json, test_junit};
use regex::Regex;
use std::cell::RefCell;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// `test`
#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Test files, folders or globs [default: all *.test.yaml files in rules/, or in the current folder]
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Run only the tests with a name that matches this regular expression
    #[arg(long, value_name = "REGEX", env = "LEADSCORE_RUN")]
    pub run: Option<String>,
    /// Also write the results to this file, as `JUnit` XML
    #[arg(long, value_name = "FILE", env = "LEADSCORE_JUNIT")]
    pub junit: Option<PathBuf>,
    /// List the criteria, tiers, stages and disqualifiers that fire in no test, or in every test
    #[arg(long, env = "LEADSCORE_COVERAGE", value_parser = clap::builder::FalseyValueParser::new())]
    pub coverage: bool,
    /// Fail if the tests cover less than this percentage of a rulebook
    #[arg(long, value_name = "PERCENT", env = "LEADSCORE_MIN_COVERAGE", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min_coverage: Option<u8>,
    /// Change one thing in the rulebook at a time, and list the changes that no test notices
    #[arg(long, env = "LEADSCORE_MUTATE", value_parser = clap::builder::FalseyValueParser::new())]
    pub mutate: bool,
    /// How to print the results
    #[arg(long, value_enum, default_value_t = TestFormat::Text, env = "LEADSCORE_FORMAT")]
    pub format: TestFormat,
}

/// How to print the results of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// A rulebook that is tested.
struct Book {
    path: PathBuf,
    text: String,
    rulebook: Rulebook,
}

/// A test file with the number of its rulebook.
struct Tests {
    path: PathBuf,
    book: usize,
    file: TestFile,
}

/// Runs the command.
pub(super) fn run(args: &TestArgs, terminal: &Terminal) -> Result<Exit, CommandFailure> {
    let wanted = args.run.as_deref().map(Regex::new).transpose();
    let wanted = wanted.map_err(|error| CommandFailure::message(Exit::Usage, format!("--run: {error}")))?;
    let paths = files::find(&args.files)?;
    let read = RefCell::new(paths.clone());
    let mut books: Vec<Book> = Vec::new();
    let mut tests: Vec<Tests> = Vec::new();
    let mut report = TestReport::default();
    let mut refused = None;
    for path in &paths {
        let problem = |problem: &str| Unread { path: path.display().to_string(), problem: problem.to_owned() };
        match read_file(path, &mut books, &read, terminal) {
            Ok(Err(n_problems)) => report.unread.push(problem(&n_problems)),
            // The tests of other rulebooks are run all the same.
            Err(failure) if failure.exit() == Exit::Rulebook => {
                report.unread.push(problem(&failure.reason()));
                refused.get_or_insert(failure);
            }
            Err(failure) => return Err(failure),
            Ok(Ok((book, file))) => {
                tests.push(Tests { path: path.clone(), book, file: only(file, wanted.as_ref()) });
            }
        }
    }
    report.files = tests.iter().map(|tests| judged(tests, &books)).collect();
    let n_invalid = report.unread.len();
    if report.n_cases() == 0 && n_invalid == 0 {
        let why = args.run.as_ref().map_or_else(
            || "no test found: the files have none".to_owned(),
            |run| format!("no test found: no name matches `{run}`"),
        );
        return Err(CommandFailure::message(Exit::No, why));
    }
    let passes = report.n_failed() == 0 && n_invalid == 0;
    // What a file that can't be read would cover, nobody knows.
    if n_invalid == 0 {
        let of = |(number, book)| rulebook_report(book, &files_of(&tests, number), args, passes);
        report.rulebooks = books.iter().enumerate().map(of).collect();
    }
    args.junit.iter().try_for_each(|junit| check_not_read("--junit", junit, &read.borrow()))?;
    tell(&report, args, terminal)?;
    if let Some(failure) = refused {
        return Err(failure);
    }
    if args.mutate && !passes {
        say("no change was tried, because all tests must pass first\n");
    }
    let too_low = too_low(&report, args.min_coverage);
    Ok(if passes && !too_low { Exit::Done } else { Exit::No })
}

/// Reads a test file and the rulebook that it names, which several may share; how many problems it has if it is invalid, which is
/// told. `read` gets every file of the rulebook.
fn read_file(
    path: &Path,
    books: &mut Vec<Book>,
    read: &RefCell<Vec<PathBuf>>,
    terminal: &Terminal,
) -> Result<Result<(usize, TestFile), String>, CommandFailure> {
    let text = load::text(path, "test file").map_err(|message| CommandFailure::message(Exit::No, message))?;
    let named = match rulebook_named(&text) {
        Ok(Some(version)) if version.bytes().all(|byte| byte.is_ascii_digit()) => return Err(no_tests_of(path)),
        Ok(named) => named,
        Err(found) => return Ok(Err(invalid(path, &text, &found, terminal))),
    };
    let Some(of) = named.map_or_else(|| files::beside(path), |named| Some(load::folder_of(path).join(named))) else {
        let message =
            format!("{}: this file names no rulebook; write `rulebook: path/to/rulebook.yaml`", path.display());
        return Err(CommandFailure::message(Exit::No, message));
    };
    let known = books.iter().position(|book| files::is_same(&book.path, &of));
    if known.is_none() {
        let note = |path: &Path, _: &[u8]| read.borrow_mut().push(path.to_owned());
        let (text, rulebook) = load::rulebook_noting(&of, terminal, &note)?;
        books.push(Book { path: files::short(&of), text, rulebook });
    }
    let book = known.unwrap_or(books.len() - 1);
    match read_tests(&text, &books[book].rulebook) {
        Ok(read) => {
            show(path, &text, &read.warnings, terminal);
            Ok(Ok((book, read.file)))
        }
        Err(found) => Ok(Err(invalid(path, &text, &found, terminal))),
    }
}

/// A rulebook was named, and it has no tests beside it.
fn no_tests_of(rulebook: &Path) -> CommandFailure {
    let tests = files::tests_of(rulebook);
    let message = format!("no test found: {} is a rulebook, but there is no {}", rulebook.display(), tests.display());
    CommandFailure::message(Exit::No, message)
}

fn invalid(path: &Path, text: &str, found: &[Diagnostic], terminal: &Terminal) -> String {
    show(path, text, found, terminal);
    let plural = if found.len() == 1 { "" } else { "s" };
    let problem = format!("{} problem{plural}; its tests were not run", found.len());
    say(&format!("error: {}: {problem}\n", path.display()));
    problem
}

fn show(path: &Path, text: &str, found: &[Diagnostic], terminal: &Terminal) {
    if !found.is_empty() {
        let shown = path.display().to_string();
        let color = load::use_color(terminal, std::io::stderr().is_terminal());
        say(&render(&SourceText { path: &shown, text }, found, color));
    }
}

fn only(file: TestFile, wanted: Option<&Regex>) -> TestFile {
    let Some(wanted) = wanted else { return file };
    TestFile { cases: file.cases.into_iter().filter(|case| wanted.is_match(&case.name)).collect() }
}

fn judged<'b>(tests: &Tests, books: &'b [Book]) -> TestedFile<'b> {
    let cases = judge(&tests.file, &books[tests.book].rulebook, &tests.path);
    TestedFile { path: tests.path.display().to_string(), cases }
}

fn files_of(tests: &[Tests], book: usize) -> Vec<&TestFile> {
    tests.iter().filter(|tests| tests.book == book).map(|tests| &tests.file).collect()
}

fn rulebook_report<'b>(book: &'b Book, files: &[&TestFile], args: &TestArgs, passes: bool) -> RulebookReport<'b> {
    let with_coverage = args.coverage || args.min_coverage.is_some();
    RulebookReport {
        path: book.path.display().to_string(),
        coverage: with_coverage.then(|| coverage(files, &book.rulebook, &book.text)),
        mutation: (args.mutate && passes).then(|| mutated(book, files)),
    }
}

fn mutated(book: &Book, files: &[&TestFile]) -> Mutation {
    let mutants = mutants(&book.rulebook, &book.text);
    let cases: Vec<&Case> = files.iter().flat_map(|file| &file.cases).collect();
    Mutation::new(mutants.len(), survivors(&book.rulebook, &mutants, &cases), &book.text)
}

fn tell(report: &TestReport<'_>, args: &TestArgs, terminal: &Terminal) -> Result<(), CommandFailure> {
    print(&match args.format {
        TestFormat::Text => {
            let color = load::use_color(terminal, std::io::stdout().is_terminal());
            present::terminal(&present::tested(report, terminal.quiet), color)
        }
        TestFormat::Json => test_json(report),
    })?;
    let Some(path) = &args.junit else { return Ok(()) };
    let unwritable = |error| CommandFailure::message(Exit::Output, format!("can't write {}: {error}", path.display()));
    write_whole(path, &test_junit(report)).map_err(unwritable)
}

/// Whether the tests of some rulebook cover too little, which is told.
fn too_low(report: &TestReport<'_>, least: Option<u8>) -> bool {
    let Some(least) = least else { return false };
    let mut found = false;
    for rulebook in &report.rulebooks {
        let percent = rulebook.coverage.as_ref().map_or(100, |coverage| coverage.percent);
        if percent < usize::from(least) {
            say(&format!("error: {}: {percent} % covered, but --min-coverage asks for {least} %\n", rulebook.path));
            found = true;
        }
    }
    found
}
