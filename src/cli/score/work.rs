//! Reads, scores and writes into the staged folder; what it came to is handed back and not yet in its place.

use super::super::exit::{CommandFailure, Exit};
use super::super::place::cannot_write;
use super::super::progress::Progress;
use super::super::staged::{CompleteFile, OutFile, Staged};
use super::files::{FILES, is_written};
use super::{PREVIOUS, twins};
use leadscore::AccountRow;
use leadscore::FileSum;
use leadscore::report::Report;
use leadscore::{Crm, Dialect, ScoredCsv, ScoredForm, Sheet, StepRows, Stepping, scored_header};
use leadscore::{Inputs, Loaded, Moves, Options, ScoredLead, Watched, exported_results, load as load_run};
use leadscore::{Lens, Observed, measure};
use leadscore::{Plan, Totals};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What there is to do.
pub(super) struct Job<'j> {
    pub options: &'j Options,
    pub dialect: Dialect,
    pub staged: &'j Staged,
    /// The folder as it was named.
    pub out: &'j Path,
    pub progress: &'j Progress,
}

/// What a run came to.
pub(super) struct Scored<'r> {
    pub inputs: Inputs,
    /// The rulebook's text and its list files, with their sums.
    pub rulebook_files: Vec<(PathBuf, FileSum)>,
    pub loaded: Loaded<'r>,
    pub totals: Totals,
    pub moves: Moves,
    pub report: Report,
    /// Where the rulebook has accounts.
    pub accounts: Option<Vec<AccountRow>>,
    pub dialect: Dialect,
    pub stepping: Stepping,
    pub steps: StepRows,
    /// Cells that begin like a formula.
    pub n_formulas: u64,
    pub written: Vec<CompleteFile>,
}

/// A block's share of the results.
#[derive(Default)]
struct BlockResults {
    rows: Option<ScoredCsv>,
    crm: Option<Sheet>,
    totals: Totals,
    moves: Moves,
    steps: StepRows,
    seen: Option<Observed>,
}

/// What a lead's row goes into.
struct RowWriter<'d> {
    lens: &'d Lens<'d>,
    form: &'d ScoredForm<'d>,
    dialect: Dialect,
    has_previous: bool,
    stepping: &'d Stepping,
    crm: Option<&'d Crm>,
}

impl RowWriter<'_> {
    fn add(&self, part: &mut BlockResults, lead: &ScoredLead<'_, '_>) {
        let rows = part.rows.get_or_insert_with(|| ScoredCsv::new(self.dialect));
        if self.crm.is_none() && lead.card.step.is_none() {
            rows.lead(self.form, lead);
        } else {
            let cells = rows.shown_lead(self.form, lead);
            self.stepping.add(&mut part.steps, lead, cells);
            if let Some(crm) = self.crm {
                crm.add(part.crm.get_or_insert_with(|| Sheet::new(Dialect::Plain)), lead, cells);
            }
        }
        part.totals.add_card(lead.facts.plan.rulebook, lead.card);
        if self.has_previous {
            part.moves.add_lead(lead);
        }
        part.seen.get_or_insert_with(|| Observed::new(self.lens)).add_lead(self.lens, lead);
    }
}

/// The files that grow lead by lead.
struct Streams {
    scored: OutFile,
    crm: Option<OutFile>,
}

impl Streams {
    fn open(job: &Job<'_>, header: &[String], crm: Option<&Crm>) -> io::Result<Self> {
        let mut scored = job.staged.create("scored.csv")?;
        scored.write_all(&Sheet::header(job.dialect, header))?;
        let crm = crm.map(|crm| {
            let mut file = job.staged.create("crm.csv")?;
            file.write_all(&crm.header())?;
            io::Result::Ok(file)
        });
        Ok(Self { scored, crm: crm.transpose()? })
    }

    fn write(&mut self, rows: Option<ScoredCsv>, crm: Option<Sheet>) -> io::Result<()> {
        rows.map_or(Ok(()), |rows| self.scored.write_all(&rows.into_bytes()))?;
        match (&mut self.crm, crm) {
            (Some(file), Some(sheet)) => file.write_all(&sheet.into_bytes()),
            _ => Ok(()),
        }
    }

    fn finish(self) -> io::Result<Vec<CompleteFile>> {
        let mut written = vec![self.scored.finish()?];
        written.extend(self.crm.map(OutFile::finish).transpose()?);
        Ok(written)
    }
}

/// Reads everything, scores every lead and writes every file but the manifest.
pub(super) fn score_all<'r>(
    plan: Plan<'r>,
    inputs: Inputs,
    rulebook_files: Vec<(PathBuf, FileSum)>,
    job: &Job<'_>,
) -> Result<Scored<'r>, CommandFailure> {
    let cannot = |error: io::Error| cannot_write(job.out, &error);
    let mut loaded = load_run(plan, &inputs, job.options, Watched::Nobody, job.progress)?;
    let rulebook = loaded.plan.rulebook;
    let has_previous = job.options.previous.is_some();
    let header = scored_header(rulebook, has_previous, &job.options.keep);
    let stepping = Stepping::new(rulebook, &header, job.options.keep.len(), has_previous);
    let export = rulebook.export.as_ref();
    let crm = export.map(|export| Crm::new(export, &exported_results(rulebook), &header, loaded.plan.as_of));
    let mut streams = Streams::open(job, &header, crm.as_ref()).map_err(cannot)?;
    let lens = Lens::new(&loaded.plan, loaded.counts.leads.n_rows);
    let mut seen = Observed::new(&lens);
    let (mut totals, mut moves, mut steps, mut n_formulas) =
        (Totals::default(), Moves::default(), StepRows::default(), 0);
    let mut written = Ok(());
    let form = ScoredForm::new(rulebook, has_previous);
    let desk = RowWriter {
        lens: &lens,
        form: &form,
        dialect: job.dialect,
        has_previous,
        stepping: &stepping,
        crm: crm.as_ref(),
    };
    loaded.score(
        job.options,
        job.progress,
        |part, lead| desk.add(part, lead),
        |part: BlockResults| {
            totals.add(&part.totals);
            moves.add(&part.moves);
            steps.append(part.steps);
            part.seen.iter().for_each(|more| seen.add(more));
            n_formulas += part.rows.as_ref().map_or(0, ScoredCsv::n_formulas);
            if written.is_ok() {
                written = streams.write(part.rows, part.crm);
            }
        },
    )?;
    written.map_err(cannot)?;
    let written = streams.finish().map_err(cannot)?;
    if let Some(imbalance) = loaded.counts.imbalance() {
        return Err(CommandFailure::message(
            Exit::Input,
            format!("{imbalance}; nothing was written; please report this as a bug"),
        ));
    }
    moves.n_before = loaded.previous_run().map_or(0, |run| run.n_leads);
    let report = measure(&lens, &seen, &loaded.counts);
    let (accounts, dialect) = (seen.accounts(&lens), job.dialect);
    let mut scored = Scored {
        inputs,
        rulebook_files,
        loaded,
        totals,
        moves,
        report,
        accounts,
        dialect,
        stepping,
        steps,
        n_formulas,
        written,
    };
    write_files(&mut scored, job.staged).map_err(cannot)?;
    scored.written.extend(twins::write(&scored.loaded.counts, job.staged, job.out)?);
    Ok(scored)
}

/// What is written once everything is known.
fn write_files(scored: &mut Scored<'_>, staged: &Staged) -> io::Result<()> {
    let rulebook = scored.loaded.plan.rulebook;
    for (name, form) in FILES.into_iter().filter(|(name, _)| is_written(name, rulebook)) {
        let mut file = staged.create(name)?;
        scored.n_formulas += form(scored, &mut file)?;
        scored.written.push(file.finish()?);
    }
    keep_previous(scored, staged)
}

/// What this run compared with stays beside its results: where it stood, the next run may stand by tomorrow.
fn keep_previous(scored: &mut Scored<'_>, staged: &Staged) -> io::Result<()> {
    let Some(run) = scored.loaded.previous_run() else { return Ok(()) };
    let scored_csv = run.sum.map(|sum| ("scored.csv", &run.path, sum));
    let handoff_csv = run.handoff.as_ref().map(|(path, sum)| ("handoff.csv", path, *sum));
    for (name, path, sum) in scored_csv.into_iter().chain(handoff_csv) {
        let name = format!("{PREVIOUS}/{name}");
        staged.link(path, &name)?;
        scored.written.push(CompleteFile { name, sum });
    }
    Ok(())
}
