//! Which column of a file names the leads, or the rows of another file: found by the values that both have, not by names alone.

use super::export::Export;
use super::salesforce;
pub(super) use crate::input::speaks_of_id as is_id_like;
use crate::inspect::{ColumnProfile, Guess};
use crate::preset::ColumnRole;
use crate::value::fold;

/// A column that others may name.
pub(super) struct Host<'e> {
    pub export: &'e Export,
    pub column: usize,
    /// Whether it is the lead's id.
    pub is_id: bool,
}

/// Two columns with values in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The column that names.
    pub column: usize,
    /// The host, by its place in the list.
    pub host: usize,
    /// How many of the values compared both have.
    pub n_shared: usize,
    /// How many values were compared.
    pub n_compared: usize,
    /// Whether those were not all.
    pub is_sample: bool,
    /// Whether they are the same by their first 15 characters only, as Salesforce's ids of 15 and of 18 are.
    pub is_salesforce: bool,
    rank: usize,
}

impl Link {
    /// A link of which no value is known yet.
    pub(super) fn unseen(column: usize, host: usize) -> Self {
        Self { column, host, n_shared: 0, n_compared: 0, is_sample: false, is_salesforce: false, rank: 0 }
    }

    /// What was compared, in words that go on with what it shows; none where nothing was.
    pub(super) fn compared(&self) -> Option<String> {
        let Self { n_shared, n_compared, .. } = self;
        match (n_compared, self.is_salesforce, self.is_sample) {
            (0, true, _) => Some("its Salesforce ids (15 or 18 characters)".to_owned()),
            (0, false, _) => None,
            (n, true, _) => Some(format!("{n_shared} of {n} values (by their first 15 characters)")),
            (n, false, true) => Some(format!("{n_shared} of {n} sampled values")),
            (n, false, false) => Some(format!("{n_shared} of {n} values")),
        }
    }
}

/// Of what the shared values are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JoinSide {
    /// Of the values of the file that is joined: events.
    Guest,
    /// Of the values of the host: a table in which leads look something up.
    Host,
}

/// The links between a file and hosts, the best first.
pub(super) fn links(export: &Export, hosts: &[Host<'_>], of: JoinSide) -> Vec<Link> {
    let mut links = Vec::new();
    for (column, profile) in export.profile.columns.iter().enumerate() {
        if of == JoinSide::Host && !is_nearly_key(profile) {
            continue;
        }
        for (number, host) in hosts.iter().enumerate() {
            let other = host.export.column(host.column);
            if !are_comparable(profile, other) {
                continue;
            }
            let (counted, against) = match of {
                JoinSide::Guest => (profile, other),
                JoinSide::Host => (other, profile),
            };
            let (n_shared, n_compared) = counted.sketch.shared_with(&against.sketch);
            let is_sample = !(counted.sketch.is_whole() && against.sketch.is_whole());
            if n_shared == 0
                && let Some((n_shared, n_compared)) = salesforce::shared(&counted.sketch, &against.sketch)
            {
                // Where only their kind could be compared, values that are seen to be shared count for more.
                let rank = (n_shared * 100).checked_div(n_compared).unwrap_or(0) + bonus(export, column, host);
                let (host, is_salesforce) = (number, true);
                links.push(Link { column, host, n_shared, n_compared, is_sample, is_salesforce, rank });
                continue;
            }
            let bonus = bonus(export, column, host);
            // Small whole numbers meet by chance: the headers have to say the same.
            let is_chance = matches!(profile.guess, Guess::Number { .. }) && bonus < 10 && n_compared < 50;
            if n_shared > 0 && n_shared * 20 >= n_compared && !is_chance {
                let rank = n_shared * 100 / n_compared.max(1) + bonus;
                let (host, is_salesforce) = (number, false);
                links.push(Link { column, host, n_shared, n_compared, is_sample, is_salesforce, rank });
            }
        }
    }
    links.sort_by(|a, b| b.rank.cmp(&a.rank).then_with(|| (a.host, a.column).cmp(&(b.host, b.column))));
    links
}

/// What speaks for a link besides the values.
fn bonus(export: &Export, column: usize, host: &Host<'_>) -> usize {
    let key = |name: &str| fold(name).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (own, other) = (&export.column(column).name, &host.export.column(host.column).name);
    let role = export.meanings[column].as_ref().map(|meaning| &meaning.role);
    let is_named = key(own) == key(other) && !key(own).is_empty();
    let is_role =
        matches!(role, Some(ColumnRole::EventLead | ColumnRole::Email | ColumnRole::AccountId | ColumnRole::Id));
    usize::from(is_named) * 30
        + usize::from(is_role) * 10
        + usize::from(host.is_id) * 15
        + usize::from(is_id_like(own)) * 10
}

fn are_comparable(one: &ColumnProfile, other: &ColumnProfile) -> bool {
    let is_out = |column: &ColumnProfile| {
        column.is_unusable
            || matches!(column.guess, Guess::Empty | Guess::Date(_) | Guess::Boolean { .. } | Guess::Set { .. })
    };
    let is_email = |column: &ColumnProfile| column.guess == Guess::Email;
    !is_out(one) && !is_out(other) && is_email(one) == is_email(other)
}

/// Whether nearly every value of a column stands there once.
pub(super) fn is_nearly_key(column: &ColumnProfile) -> bool {
    let n = column.n_values();
    n > 0 && (column.sketch.n_distinct() * 100 >= n * 95 || column.sketch.is_unique())
}
