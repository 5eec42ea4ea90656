//! What a run must come to before it may replace the last one: fresh events, few orphans, enough leads. And what someone should
//! look at though it stops nothing: a stage whose share has moved.

use super::super::exit::{CommandFailure, Exit};
use super::super::load;
use super::guard::{SourceLimits, Written};
use super::work::Scored;
use clap::Args;
use leadscore::DISQUALIFIED;
use leadscore::{average, grouped, share};

/// The limits as options.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Exit with 4 if the newest event of a source is older than this, such as 26h or 3d. Overrides `max_age` in the rulebook;
    /// `none` lifts it
    #[arg(long, value_name = "DURATION", env = "LEADSCORE_MAX_AGE")]
    pub max_age: Option<String>,
    /// Exit with 4 if more than this share of a source's events belong to no lead, such as 20%. Overrides `max_orphans` in the
    /// rulebook; `none` lifts it
    #[arg(long, value_name = "P%", env = "LEADSCORE_MAX_ORPHANS")]
    pub max_orphans: Option<String>,
    /// Exit with 4 if fewer than N leads were scored
    #[arg(long, value_name = "N", env = "LEADSCORE_MIN_LEADS")]
    pub min_leads: Option<u64>,
    /// With --previous: warn if a stage's share of all leads moved by more than P percentage points
    #[arg(long, value_name = "P%", default_value = "5%", env = "LEADSCORE_WARN_DRIFT")]
    pub warn_drift: String,
}

/// The limits.
#[derive(Debug)]
pub(super) struct RunLimits {
    of_sources: SourceLimits,
    min_leads: Option<u64>,
    /// In millionths.
    drift: u64,
}

impl RunLimits {
    /// Reads the options.
    pub(super) fn new(args: &LimitArgs) -> Result<Self, CommandFailure> {
        Ok(Self {
            of_sources: SourceLimits::new(args.max_age.as_deref(), args.max_orphans.as_deref())?,
            min_leads: args.min_leads,
            drift: load::percentage("--warn-drift", &args.warn_drift)?.millionths(),
        })
    }

    /// Everything that a run must not be; none if all is well.
    pub(super) fn check(&self, scored: &Scored<'_>, rulebook: Written<'_>) -> Result<(), CommandFailure> {
        let tripped: Vec<String> = [self.too_few(scored), self.of_sources.broken(scored, rulebook)].concat();
        if tripped.is_empty() {
            return Ok(());
        }
        Err(CommandFailure::message(Exit::Input, format!("{}\nnothing was replaced", tripped.join("\n"))))
    }

    fn too_few(&self, scored: &Scored<'_>) -> Vec<String> {
        let n_leads = scored.totals.n_leads;
        let least = self.min_leads.filter(|least| n_leads < *least);
        let told = least.map(|least| {
            format!("only {} leads were scored, fewer than --min-leads {}", grouped(n_leads), grouped(least))
        });
        told.into_iter().collect()
    }

    /// The stages whose share of all leads has moved by more than the limit since the previous run.
    pub(super) fn drifts(&self, scored: &Scored<'_>) -> Vec<String> {
        let Some(previous) = scored.loaded.previous_run() else { return Vec::new() };
        let rulebook = scored.loaded.plan.rulebook;
        let stages = rulebook.stages.iter().enumerate().map(|(index, stage)| {
            (stage.name.as_str(), scored.totals.by_stage.get(index).map_or(0, |stage| stage.n_leads))
        });
        let n_leads = scored.totals.n_leads;
        if previous.n_leads > 0 && n_leads == 0 {
            return vec![format!("no leads at all, but {} in the previous run", grouped(previous.n_leads))];
        }
        if previous.n_leads == 0 {
            return Vec::new();
        }
        let share_of = |n: u64, of: u64| i128::from(n) * 1_000_000 / i128::from(of);
        let all = stages.chain([(DISQUALIFIED, scored.totals.disqualified.n_leads)]);
        let moved = all.filter_map(|(stage, n)| {
            let before = previous.by_stage.get(stage).copied().unwrap_or(0);
            let by = share_of(n, n_leads) - share_of(before, previous.n_leads);
            (by.unsigned_abs() > u128::from(self.drift)).then(|| {
                let (now, before) = (share(n, n_leads), share(before, previous.n_leads));
                let points = average(by / 100, 1);
                format!("{stage}: {now} of all leads, but {before} in the previous run ({points} percentage points)")
            })
        });
        moved.collect()
    }
}
