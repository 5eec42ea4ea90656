//! Leads that share the value of a field by which events name leads: an event that names them so counts for each.

use super::index::LeadIndex;
use super::lead_row::Way;
use crate::rulebook::expr::FieldRef;
use std::collections::BTreeMap;

/// Leads of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedGroup {
    /// The field whose value they share.
    pub(crate) by: FieldRef,
    /// Their numbers, in the order of their rows.
    pub(crate) leads: Vec<u32>,
}

/// All leads that share a key with another, later ones included. The keys themselves are not kept.
#[derive(Clone, Debug, Default)]
pub struct SharedKeys {
    /// In the order of the ways to name leads, then of the leads.
    pub groups: Vec<SharedGroup>,
    /// The leads' ids by their numbers, once the leads are scored.
    pub ids: BTreeMap<u32, String>,
    /// The leads in any group, ascending.
    sharing: Vec<u32>,
}

impl SharedKeys {
    pub(super) fn new(index: LeadIndex, ways: &[Way]) -> Self {
        let groups = index.into_shared().into_iter().map(|(way, leads)| SharedGroup { by: ways[way].0, leads });
        let groups: Vec<SharedGroup> = groups.collect();
        let mut sharing: Vec<u32> = groups.iter().flat_map(|group| &group.leads).copied().collect();
        sharing.sort_unstable();
        sharing.dedup();
        Self { groups, ids: BTreeMap::new(), sharing }
    }

    /// Whether there is any.
    pub(super) fn is_empty(&self) -> bool {
        self.sharing.is_empty()
    }

    /// Whether a lead shares a key with another.
    pub(super) fn includes(&self, lead: u32) -> bool {
        self.sharing.binary_search(&lead).is_ok()
    }

    /// For each key that a lead shares, the field and the other leads' ids, in the order of their rows.
    pub(crate) fn with(&self, lead: u32) -> impl Iterator<Item = (FieldRef, Vec<&str>)> {
        self.groups.iter().filter(move |group| group.leads.contains(&lead)).map(move |group| {
            let others = group.leads.iter().filter(|other| **other != lead);
            (group.by, others.filter_map(|other| self.ids.get(other)).map(String::as_str).collect())
        })
    }
}
