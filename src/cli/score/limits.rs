//! What a run must come to before it may replace the last one: fresh events, few orphans, enough leads. And what someone should
//! look at though it stops nothing: a stage whose share has moved.

use super::super::exit::{CommandFailure, Exit};
use super::super::load;
use super::work::Scored;
use clap::Args;
use leadscore::DISQUALIFIED;
use leadscore::FileRole;
use leadscore::Instant;
use leadscore::{average, grouped, share};
use std::time::Duration;

/// The limits as options.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Exit with 4 if the newest event of a source is older than this, such as 26h or 3d
    #[arg(long, value_name = "DURATION", env = "LEADSCORE_MAX_AGE")]
    pub max_age: Option<String>,
    /// Exit with 4 if more than this share of a source's events belong to no lead, such as 20%
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
    max_age: Option<(String, Duration)>,
    /// In millionths.
    max_orphans: Option<u64>,
    min_leads: Option<u64>,
    /// In millionths.
    drift: u64,
}

impl RunLimits {
    /// Reads the options.
    pub(super) fn new(args: &LimitArgs) -> Result<Self, CommandFailure> {
        let age = |text: &str| Ok::<_, CommandFailure>((text.to_owned(), load::duration("--max-age", text)?));
        let orphans = args.max_orphans.as_deref();
        Ok(Self {
            max_age: args.max_age.as_deref().map(age).transpose()?,
            max_orphans: orphans.map(|text| load::percentage("--max-orphans", text)).transpose()?,
            min_leads: args.min_leads,
            drift: load::percentage("--warn-drift", &args.warn_drift)?,
        })
    }

    /// Everything that a run must not be; none if all is well.
    pub(super) fn check(&self, scored: &Scored<'_>) -> Result<(), CommandFailure> {
        let tripped: Vec<String> = [self.too_few(scored), self.too_old(scored), self.too_many_orphans(scored)].concat();
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

    /// Sources that have a file and no event that is new enough.
    fn too_old(&self, scored: &Scored<'_>) -> Vec<String> {
        let Some((text, max_age)) = &self.max_age else { return Vec::new() };
        let plan = &scored.loaded.plan;
        let max_ms = i64::try_from(max_age.as_millis()).unwrap_or(i64::MAX);
        let sources = plan.rulebook.sources.iter().zip(&scored.loaded.counts.sources);
        let has_file = |name: &str| scored.loaded.counts.has_file(&FileRole::Events(name.to_owned()));
        let is_old = |newest: Option<Instant>| newest.is_none_or(|newest| plan.as_of.ms_since(newest) > max_ms);
        let old = sources.filter(|(source, counts)| has_file(&source.name) && is_old(counts.newest));
        old.map(|(source, counts)| {
            let newest = counts.newest.map_or("there is none".to_owned(), |newest| newest.to_string());
            format!("events `{}`: the newest event that counts ({newest}) is older than --max-age {text}", source.name)
        })
        .collect()
    }

    fn too_many_orphans(&self, scored: &Scored<'_>) -> Vec<String> {
        let Some(most) = self.max_orphans else { return Vec::new() };
        let sources = scored.loaded.plan.rulebook.sources.iter().zip(&scored.loaded.counts.sources);
        let is_over = |n: u64, of: u64| u128::from(n) * 1_000_000 > u128::from(of) * u128::from(most);
        let over = sources.filter(|(_, counts)| is_over(counts.n_orphans, counts.n_events));
        over.map(|(source, counts)| {
            let (n, of) = (grouped(counts.n_orphans), grouped(counts.n_events));
            let part = share(counts.n_orphans, counts.n_events);
            format!(
                "events `{}`: {n} of {of} events ({part}) belong to no lead, more than --max-orphans allows",
                source.name
            )
        })
        .collect()
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
