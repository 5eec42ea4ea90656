//! The small world of a test: a rulebook, files and an instant, run through the library or the binary in a folder of its own.
//!
//! [`rules`] takes the parts of a rulebook that a test is about and fills in the rest. Nothing here knows what a result
//! should be.

use leadscore::Diagnostic;
use leadscore::ExportsObserved;
use leadscore::Rulebook;
use leadscore::{Counts, Inputs, MaxRejects, Options, RunError, ScoredLead, Unwatched, Watched, load};
use leadscore::{InstantSpan, parse_date_literal};
use leadscore::{Plan, ScoreCard};
use leadscore::{ScoredCsv, ScoredForm, scored_header};
use proptest::prelude::ProptestConfig;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The instant of a test that names none: the last of this day in the rulebook's zone.
pub(crate) const TODAY: &str = "2026-06-30";

/// A rulebook, its files, and how to run it.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) rulebook: String,
    leads: Vec<Vec<u8>>,
    tables: Vec<(String, Vec<u8>)>,
    events: Vec<(String, Vec<u8>)>,
    others: Vec<(String, Vec<u8>)>,
    as_of: String,
    previous: Option<String>,
    pub(crate) options: Options,
}

/// A world whose rulebook has these top-level parts and, for what they leave out, the plainest there is: leads with an `id`,
/// one dimension without criteria, one stage.
pub(crate) fn rules(parts: &str) -> World {
    let has = |key: &str| parts.lines().any(|line| line.starts_with(&format!("{key}:")));
    let plain = [
        ("rulebook", "rulebook: 1"),
        ("leads", "leads: { id: id, fields: { note: { optional: true } } }"),
        ("dimensions", "dimensions: { score: { criteria: [] } }"),
        ("stages", "stages: [{ name: Lead }]"),
    ];
    let filled: Vec<&str> = plain.iter().filter(|(key, _)| !has(key)).map(|(_, text)| *text).collect();
    World::new(&format!("{}\n{parts}\n", filled.join("\n")))
}

impl World {
    /// A world of a whole rulebook.
    pub(crate) fn new(rulebook: &str) -> Self {
        let options = Options {
            threads: 2,
            delimiter: None,
            encoding: None,
            max_rejects: MaxRejects::Rows(u64::MAX),
            keep: Vec::new(),
            block_bytes: 1 << 16,
            batch_rows: 1024,
            previous: None,
            sums: None,
        };
        let (leads, tables, events, others) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self {
            rulebook: rulebook.to_owned(),
            leads,
            tables,
            events,
            others,
            as_of: TODAY.to_owned(),
            previous: None,
            options,
        }
    }

    /// One more leads file.
    pub(crate) fn leads(mut self, csv: impl AsRef<[u8]>) -> Self {
        self.leads.push(csv.as_ref().to_vec());
        self
    }

    /// One more file of a table.
    pub(crate) fn table(mut self, name: &str, csv: impl AsRef<[u8]>) -> Self {
        self.tables.push((name.to_owned(), csv.as_ref().to_vec()));
        self
    }

    /// One more file of an event source.
    pub(crate) fn events(mut self, name: &str, csv: impl AsRef<[u8]>) -> Self {
        self.events.push((name.to_owned(), csv.as_ref().to_vec()));
        self
    }

    /// A further file beside the rulebook, such as a list.
    pub(crate) fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.others.push((path.to_owned(), content.as_ref().to_vec()));
        self
    }

    /// The instant: a date means its last one.
    #[expect(clippy::wrong_self_convention, reason = "it is the language's word")]
    pub(crate) fn as_of(mut self, text: &str) -> Self {
        text.clone_into(&mut self.as_of);
        self
    }

    /// The `scored.csv` of an earlier run.
    pub(crate) fn previous(mut self, scored: &str) -> Self {
        self.previous = Some(scored.to_owned());
        self
    }

    /// Columns of the leads file to hand through.
    pub(crate) fn keep(mut self, columns: &[&str]) -> Self {
        self.options.keep = columns.iter().map(|&name| name.to_owned()).collect();
        self
    }

    /// Other options.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// What is wrong with the rulebook; empty if nothing is.
    pub(crate) fn problems(&self) -> Vec<Diagnostic> {
        let folder = self.written();
        self.parse(folder.path()).err().unwrap_or_default()
    }

    /// Runs through the library; the rulebook and the files must be good.
    pub(crate) fn run(&self) -> Outcome {
        self.try_run().unwrap_or_else(|error| panic!("{error}\n{}", self.rulebook))
    }

    /// Runs through the library; the rulebook must be good.
    pub(crate) fn try_run(&self) -> Result<Outcome, RunError> {
        let folder = self.written();
        let rulebook = self.parse(folder.path()).unwrap_or_else(|problems| panic!("{}\n{problems:#?}", self.rulebook));
        let as_of = parse_date_literal(&self.as_of, &rulebook.zone)
            .map(InstantSpan::last)
            .expect("the instant of a test can be read");
        let inputs = Inputs::resolve(&rulebook, folder.path(), &self.given(&rulebook, folder.path()))?;
        let mut options = self.options.clone();
        options.previous = self.previous.as_ref().map(|_| folder.path().join("previous"));
        let mut loaded = load(Plan::new(&rulebook, as_of), &inputs, &options, Watched::Nobody, &Unwatched)?;
        let has_previous = options.previous.is_some();
        let mut bytes = ScoredCsv::header(&scored_header(&rulebook, has_previous, &options.keep));
        let mut cards = Vec::new();
        let form = ScoredForm::new(&rulebook, has_previous);
        let each = |(rows, cards): &mut (ScoredCsv, Vec<ScoreCard>), lead: &ScoredLead<'_, '_>| {
            rows.lead(&form, lead);
            cards.push(lead.card.clone());
        };
        loaded.score(&options, &Unwatched, each, |(rows, part)| {
            bytes.extend(rows.into_bytes());
            cards.extend(part);
        })?;
        assert_eq!(loaded.counts.imbalance(), None, "the rows and events read are all accounted for");
        let csv = String::from_utf8(bytes).expect("scored.csv is UTF-8");
        let rows = read_csv(&csv);
        Ok(Outcome { csv, rows, cards, counts: loaded.counts })
    }

    /// What the files say, as `check` sees it; nothing where there are none.
    pub(crate) fn observed(&self, rulebook: &Rulebook) -> Option<ExportsObserved> {
        if self.leads.is_empty() {
            return None;
        }
        let folder = self.written();
        let as_of = parse_date_literal(&self.as_of, &rulebook.zone).map(InstantSpan::last).expect("a date");
        let inputs = Inputs::resolve(rulebook, folder.path(), &self.given(rulebook, folder.path()));
        let observed = inputs
            .and_then(|inputs| ExportsObserved::read(Plan::new(rulebook, as_of), &inputs, &self.options, &Unwatched));
        Some(observed.unwrap_or_else(|error| panic!("{error}\n{}", self.rulebook)))
    }

    /// Runs a command of the binary in the world's folder: `rulebook.yaml`, `leads-1.csv`, `table-NAME-1.csv`,
    /// `events-NAME-1.csv` and the further files lie there.
    pub(crate) fn command(&self, args: &[&str]) -> Ended {
        let folder = self.written();
        let output = Command::new(env!("CARGO_BIN_EXE_leadscore"))
            .current_dir(folder.path())
            .env_clear()
            .args(args)
            .output()
            .expect("the binary runs");
        Ended::new(folder, &output)
    }

    /// `score rulebook.yaml` by the binary, with every file of this world, its instant and further arguments.
    pub(crate) fn score(&self, more: &[&str]) -> Ended {
        let mut args = vec!["score".to_owned(), "rulebook.yaml".to_owned(), "--as-of".to_owned(), self.as_of.clone()];
        let numbered = (1..=self.leads.len()).map(|n| ["--leads".to_owned(), format!("leads-{n}.csv")]);
        args.extend(numbered.flatten());
        for (option, prefix, files) in [("--table", "table", &self.tables), ("--events", "events", &self.events)] {
            for (name, number) in numbers(files) {
                args.extend([option.to_owned(), format!("{name}={prefix}-{name}-{number}.csv")]);
            }
        }
        if self.previous.is_some() {
            args.extend(["--previous".to_owned(), "previous".to_owned()]);
        }
        if !self.options.keep.is_empty() {
            args.extend(["--keep".to_owned(), self.options.keep.join(",")]);
        }
        args.extend(more.iter().map(|&arg| arg.to_owned()));
        self.command(&args.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The rulebook, which must be good.
    pub(crate) fn parsed(&self) -> Rulebook {
        let folder = self.written();
        self.parse(folder.path()).unwrap_or_else(|problems| panic!("{}\n{problems:#?}", self.rulebook))
    }

    fn parse(&self, folder: &Path) -> Result<Rulebook, Vec<Diagnostic>> {
        Rulebook::parse(&self.rulebook, &|list| {
            std::fs::read_to_string(folder.join(list)).map_err(|error| error.to_string())
        })
    }

    /// A folder with every file of this world.
    pub(crate) fn written(&self) -> TempDir {
        let folder = TempDir::new().expect("a folder can be made");
        let write = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
            std::fs::write(path, content).expect("a file can be written");
        };
        write("rulebook.yaml", self.rulebook.as_bytes());
        for (index, csv) in self.leads.iter().enumerate() {
            write(&format!("leads-{}.csv", index + 1), csv);
        }
        for (prefix, files) in [("table", &self.tables), ("events", &self.events)] {
            for ((name, number), (_, csv)) in numbers(files).zip(files) {
                write(&format!("{prefix}-{name}-{number}.csv"), csv);
            }
        }
        for (path, content) in &self.others {
            write(path, content);
        }
        if let Some(scored) = &self.previous {
            write("previous/scored.csv", scored.as_bytes());
        }
        folder
    }

    /// The files that lie in that folder, by what they are.
    pub(crate) fn given(&self, rulebook: &Rulebook, folder: &Path) -> Inputs {
        let of = |prefix: &str, files: &[(String, Vec<u8>)], wanted: &str| -> Vec<PathBuf> {
            let named = numbers(files).filter(|(name, _)| name == wanted);
            named.map(|(name, number)| folder.join(format!("{prefix}-{name}-{number}.csv"))).collect()
        };
        Inputs {
            leads: (1..=self.leads.len()).map(|n| folder.join(format!("leads-{n}.csv"))).collect(),
            tables: rulebook.tables.iter().map(|table| of("table", &self.tables, &table.name)).collect(),
            sources: rulebook.sources.iter().map(|source| of("events", &self.events, &source.name)).collect(),
        }
    }
}

/// How often a property is tried: as often as usual, or as `PROPTEST_CASES` says.
pub(crate) fn tries(usual: u32) -> ProptestConfig {
    let said = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig { cases: said.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// Files of one name are numbered from 1.
fn numbers(files: &[(String, Vec<u8>)]) -> impl Iterator<Item = (String, usize)> + '_ {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    files.iter().map(move |(name, _)| {
        let number = seen.entry(name).or_default();
        *number += 1;
        (name.clone(), *number)
    })
}

/// What a run of the library came to.
pub(crate) struct Outcome {
    /// The bytes of `scored.csv`.
    pub(crate) csv: String,
    /// The rows, in order.
    pub(crate) rows: Vec<BTreeMap<String, String>>,
    /// The score cards, in the same order.
    pub(crate) cards: Vec<ScoreCard>,
    pub(crate) counts: Counts,
}

impl Outcome {
    /// One cell of a lead.
    pub(crate) fn cell(&self, lead: &str, column: &str) -> &str {
        let row = self
            .rows
            .iter()
            .find(|row| row["lead_id"] == lead)
            .unwrap_or_else(|| panic!("no lead {lead} in\n{}", self.csv));
        &row[column]
    }

    /// A column, from the first lead to the last.
    pub(crate) fn column(&self, column: &str) -> Vec<&str> {
        self.rows.iter().map(|row| row[column].as_str()).collect()
    }

    /// The cells that could not be read: `leads.employees` and how many.
    pub(crate) fn issues(&self) -> Vec<(String, u64)> {
        self.counts.issues.iter().map(|((place, field), issues)| (format!("{place}.{field}"), issues.n_cells)).collect()
    }

    /// The rejects: line and code.
    pub(crate) fn rejects(&self) -> Vec<(u64, &'static str)> {
        self.counts.rejects.iter().map(|reject| (reject.line, reject.code.name())).collect()
    }

    /// What became of the events of all sources.
    pub(crate) fn fates(&self) -> Fates {
        let sum = |of: fn(&leadscore::EventCounts) -> u64| self.counts.sources.iter().map(of).sum();
        Fates {
            rejects: sum(|source| source.n_rejects),
            undated: sum(|source| source.n_undated),
            orphans: sum(|source| source.n_orphans),
            later: sum(|source| source.n_later),
            repeats: sum(|source| source.n_repeats),
            automated: sum(|source| source.n_automated),
            counted: sum(|source| source.n_counted),
        }
    }
}

/// What became of the events of all sources.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fates {
    pub(crate) rejects: u64,
    pub(crate) undated: u64,
    pub(crate) orphans: u64,
    pub(crate) later: u64,
    pub(crate) repeats: u64,
    pub(crate) automated: u64,
    pub(crate) counted: u64,
}

/// How a command of the binary ended. Its folder lives as long as this does.
pub(crate) struct Ended {
    pub(crate) folder: TempDir,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    fn new(folder: TempDir, output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { folder, code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// A file of the folder afterwards, as text.
    pub(crate) fn file(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.path().join(path)).ok()
    }

    /// `out/scored.csv`: its rows.
    pub(crate) fn scored(&self) -> Vec<BTreeMap<String, String>> {
        read_csv(&self.file("out/scored.csv").unwrap_or_else(|| panic!("nothing was scored: {}", self.stderr)))
    }
}

/// The rows of a CSV text, by column.
fn read_csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize().map(|row| row.expect("every row has a cell for each header"));
    rows.collect()
}

/// Cells written as CSV, whatever is in them. A row is cells between ` | `.
pub(crate) fn sheet<R: AsRef<str>>(header: &str, rows: impl IntoIterator<Item = R>) -> String {
    let line = |row: &str| {
        row.split('|')
            .map(|cell| format!("\"{}\"", cell.trim_matches(' ').replace('"', "\"\"")))
            .collect::<Vec<_>>()
            .join(",")
    };
    let mut csv = line(header) + "\n";
    for row in rows {
        csv += &(line(row.as_ref()) + "\n");
    }
    csv
}
