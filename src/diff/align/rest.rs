//! Edits of what no score depends on: priorities, the export, the report's part.

use super::Aligner;
use crate::diff::edit::{Breach, Change, EditReach, EditSubject};
use crate::diff::patch::FramePart;
use crate::diff::sides::paired;

impl Aligner<'_> {
    pub(super) fn rest(&mut self) {
        self.priorities();
        self.once("accounts", EditReach::Report, None);
        self.once("export", EditReach::Contract(Breach::Export), None);
        self.once("funnel", EditReach::Report, None);
        self.once("value", EditReach::Report, None);
    }

    fn priorities(&mut self) {
        let both = self.frame.rulebooks.as_ref();
        let names = both.map(|one| one.priorities.iter().map(|priority| &priority.name).collect::<Vec<_>>());
        let list = self.root.get("priorities");
        let mut details = Vec::new();
        for pair in paired(&names) {
            let nodes = list.item(pair);
            let name = pair.zip(names.as_ref()).map(|(at, names)| at.map(|at| names[at])).latest();
            let (_, name) = name.expect("one of the two sides has it");
            details.extend(nodes.differences(&[]).into_iter().map(|detail| detail.under(name)));
        }
        if details.is_empty() {
            details = list.differences(&[]);
        }
        let is_same = both.map(|one| &one.priorities).is_same();
        match list.new {
            Some(node) if details.is_empty() && !is_same => {
                self.blame(EditSubject::Key("priorities"), node, FramePart::Priorities);
            }
            _ => {
                let columns = names.as_ref().map(|names| (!names.is_empty()).then_some(())).change();
                let reach = match columns {
                    Change::Added | Change::Removed => EditReach::Contract(Breach::PriorityColumns(columns)),
                    _ => EditReach::Scores,
                };
                let part = (!is_same).then_some(FramePart::Priorities);
                self.edit(EditSubject::Key("priorities"), Change::Changed, details, reach, part);
            }
        }
    }
}
