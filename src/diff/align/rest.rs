//! Edits of what no score depends on: priorities, the export, the report's part, who stands for the rulebook.

use super::{Aligner, section};
use crate::diff::edit::{Change, Edit, Reach};
use crate::diff::patch::{Patch, Whole};
use crate::diff::tree::{Difference, differences, get, items, text_of};
use crate::rulebook::yaml::Node;

impl Aligner<'_> {
    /// Name, owner and dates.
    pub(super) fn card(&mut self) {
        for key in ["name", "owner", "agreed", "review_by"] {
            self.plain(key, Reach::Cosmetic);
        }
    }

    pub(super) fn rest(&mut self) {
        self.priorities();
        self.plain("export", Reach::Contract("crm.csv: other columns or leads".to_owned()));
        self.plain("funnel", Reach::Report);
        self.plain("value", Reach::Report);
    }

    /// An edit of a key of the whole rulebook. What only the report says is what the worth of leads is made of.
    fn plain(&mut self, key: &str, reach: Reach) {
        let (old, new) = (get(self.old_tree, key), get(self.new_tree, key));
        let found = differences(old, new, &[]);
        if !found.is_empty() {
            let changes_worth = reach == Reach::Report;
            let edit = self.made(key, section::change(old, new), found, reach);
            self.edits.push(Edit { changes_worth, ..edit });
        }
    }

    fn priorities(&mut self) {
        let (old, new) = (get(self.old_tree, "priorities"), get(self.new_tree, "priorities"));
        let names = |list: Option<&'_ Node>| -> Vec<String> {
            items(list).iter().filter_map(|item| text_of(Some(item), "name")).map(str::to_owned).collect()
        };
        let (before, after) = (names(old), names(new));
        let mut found: Vec<Difference> = Vec::new();
        let more = after.iter().filter(|name| !before.contains(name));
        for name in before.iter().chain(more) {
            let sides = (section::named(old, "name", name, 1), section::named(new, "name", name, 1));
            found.extend(differences(sides.0, sides.1, &[]).into_iter().map(|one| {
                let key = if one.key.is_empty() { name.clone() } else { format!("{name}.{}", one.key) };
                Difference { key, ..one }
            }));
        }
        if found.is_empty() && before != after {
            found = differences(old, new, &[]);
        }
        if !found.is_empty() {
            let reach = if before.is_empty() || after.is_empty() {
                Reach::Contract("scored.csv: the columns `priority` and `action` come or go".to_owned())
            } else {
                Reach::Scores
            };
            let edit = self.made("priorities", Change::Changed, found, reach);
            self.edits.push(Edit { patch: Patch { whole: vec![Whole::Priorities], ..Patch::default() }, ..edit });
        }
    }
}
