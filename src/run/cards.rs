//! The second reading of the leads: every lead is scored, in parallel, and handed on in the order of the file.

use super::counts::{BlockIssues, FileRole};
use super::error::RunError;
use super::leads::{BlockMap, LeadColumns, LeadRow, TableMatch, bind};
use super::previous::PreviousResult;
use super::rows::Reader;
use super::{Loaded, Options, Watch};
use crate::input::{CsvBlock, Record};
use crate::score::identity::identity;
use crate::score::{Cells, Decode, LeadFacts, ScoreCard, score_lead};
use std::borrow::Cow;

/// A scored lead, as long as its row is at hand.
pub struct ScoredLead<'x, 'r> {
    /// Its id, as it stands in the file, trimmed.
    pub id: Cow<'x, str>,
    /// Its number among all accepted leads.
    pub number: u32,
    /// Its score card.
    pub card: &'x ScoreCard,
    /// Its cells and tallies.
    pub facts: &'x LeadFacts<'x, 'r>,
    /// What the previous run said of it, if there was one and it was in it.
    pub previous: Option<&'x PreviousResult>,
    record: Record<'x>,
    columns: &'x LeadColumns,
}

impl<'r> ScoredLead<'_, 'r> {
    /// The same row with the card of facts that stand beside its own: see [`LeadFacts::beside`].
    #[must_use]
    pub fn beside<'y>(&'y self, facts: &'y LeadFacts<'y, 'r>) -> ScoredLead<'y, 'r> {
        ScoredLead {
            id: Cow::Borrowed(&self.id),
            number: self.number,
            card: facts.card(),
            facts,
            previous: self.previous,
            record: self.record,
            columns: self.columns,
        }
    }

    /// The cells of `--keep`, as they stand in the file.
    pub fn kept(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.columns.keep.iter().map(|column| self.record.untrimmed(*column))
    }

    /// A field's cell as it stands in the leads file; none for fields of tables.
    #[must_use]
    pub fn cell(&self, field: usize) -> Option<Cow<'_, str>> {
        self.columns.fields[field].map(|column| self.record.cell(column))
    }
}

/// What one block of leads came to.
struct BlockCards<R> {
    result: R,
    issues: BlockIssues,
    n_scored: u64,
    n_unmatched: Vec<u64>,
}

impl Loaded<'_> {
    /// Scores every lead: `each` on any thread, a block's leads in order into one `R`; `take` gets those in order.
    ///
    /// # Errors
    /// When a leads file can't be read again as it was.
    pub fn score<R: Default + Send>(
        &mut self,
        options: &Options,
        watch: &dyn Watch,
        each: impl Fn(&mut R, &ScoredLead<'_, '_>) + Sync,
        mut take: impl FnMut(R) + Send,
    ) -> Result<(), RunError> {
        // The sums were taken on the first reading.
        let options = &Options { sums: false, ..options.clone() };
        let reader = Reader::new(options, watch);
        let mut counts = std::mem::take(&mut self.counts);
        counts.n_unmatched = vec![0; self.plan.rulebook.tables.len()];
        for (path, maps) in self.lead_paths.iter().zip(&self.maps) {
            let settings = &self.plan.rulebook.leads.files.settings;
            let opened = reader.open(&FileRole::Scores, path, settings, |path, header| {
                bind(self.plan.rulebook, &options.keep, path, header)
            })?;
            let header = opened.header.clone();
            let mut n_blocks = 0;
            let mut has_changed = false;
            reader.read(
                opened,
                |columns, block| self.score_block(maps, columns, block, &each),
                |place, block: Option<BlockCards<R>>| {
                    n_blocks += 1;
                    let Some(block) = block else {
                        has_changed = true;
                        return;
                    };
                    counts.leads.n_scored += block.n_scored;
                    for (sum, n) in counts.n_unmatched.iter_mut().zip(block.n_unmatched) {
                        *sum += n;
                    }
                    let at = (place.first_line, &header[..]);
                    let fields = &self.plan.rulebook.fields;
                    let field = |field: usize| (fields[field].name.clone(), fields[field].kind);
                    block.issues.settle(&mut counts.issues, &FileRole::Leads, path, at, field);
                    take(block.result);
                },
            )?;
            if has_changed || n_blocks != maps.len() {
                return Err(RunError::Changed { path: path.clone() });
            }
        }
        self.counts = counts;
        Ok(())
    }

    /// Scores a block's leads; none if the block is not what it was on the first reading.
    fn score_block<R: Default>(
        &self,
        maps: &[BlockMap],
        columns: &LeadColumns,
        block: &mut CsvBlock<'_>,
        each: &impl Fn(&mut R, &ScoredLead<'_, '_>),
    ) -> Option<BlockCards<R>> {
        let rulebook = self.plan.rulebook;
        let map = maps.get(usize::try_from(block.seq()).ok()?)?;
        let mut out = BlockCards {
            result: R::default(),
            issues: BlockIssues::default(),
            n_scored: 0,
            n_unmatched: vec![0; self.tables.len()],
        };
        let row = LeadRow::new(rulebook, &self.tables, columns);
        let decode: Box<Decode<'_>> = Box::new(|field| row.decode(field));
        let cells = Cells::new(rulebook.fields.len(), rulebook.lead_slots.len(), decode);
        let mut facts = LeadFacts::new(&self.plan, cells, &self.tallies);
        let (mut number, mut ordinal) = (map.first_lead, 0u32);
        let (mut skipped, mut later) = (map.skipped.iter().peekable(), map.later.iter().peekable());
        while let Some(record) = block.next_record() {
            let is_skipped = skipped.next_if_eq(&&ordinal).is_some();
            let is_later = later.next_if_eq(&&ordinal).is_some();
            ordinal += 1;
            if !is_skipped {
                row.turn_to(record);
                facts.turn_to(number);
                for (table, n_unmatched) in out.n_unmatched.iter_mut().enumerate() {
                    *n_unmatched += u64::from(matches!(row.look_up(table), TableMatch::NoRow));
                }
                self.score_row(&mut facts, number, record, columns, &mut out.result, each);
                out.n_scored += 1;
            }
            number += u32::from(!is_skipped || is_later);
        }
        drop(facts);
        out.issues = row.take_issues();
        (ordinal == map.n_rows).then_some(out)
    }

    fn score_row<'t, R>(
        &self,
        facts: &mut LeadFacts<'_, 't>,
        number: u32,
        record: Record<'t>,
        columns: &LeadColumns,
        result: &mut R,
        each: &impl Fn(&mut R, &ScoredLead<'_, '_>),
    ) {
        let rulebook = self.plan.rulebook;
        // Every field that anything reads is decoded, so that an unreadable cell is counted whatever the conditions ask.
        for (field, _) in &rulebook.lead_slots {
            facts.lead.value(*field);
        }
        let id = record.cell(columns.id);
        let previous = self.previous.as_ref().and_then(|previous| previous.of(identity(&id, rulebook.ids, false)));
        score_lead(facts, previous.and_then(|previous| previous.stage_index));
        each(result, &ScoredLead { id, number, card: facts.card(), facts, previous, record, columns });
    }
}
